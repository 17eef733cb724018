"""Lists of bodies are split where the document lists separate bodies, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.passage import fold
from kg.grammar.bodies import is_body, split_bodies

LISTS = [
    # separators
    ("区灯塔局、区渔网局", ["区灯塔局", "区渔网局"]),
    ("区灯塔局,区渔网局;区风筝办", ["区灯塔局", "区渔网局", "区风筝办"]),
    ("区灯塔局/区渔网局|区风筝办。", ["区灯塔局", "区渔网局", "区风筝办"]),
    ("、区灯塔局、、区渔网局、", ["区灯塔局", "区渔网局"]),
    ("区灯塔局", ["区灯塔局"]),
    ("", []),
    # 和 between bodies, and within a name
    ("区灯塔局、区渔网局和区风筝办", ["区灯塔局", "区渔网局", "区风筝办"]),
    ("区灯塔局与区渔网局", ["区灯塔局", "区渔网局"]),
    ("区灯塔局以及区渔网局", ["区灯塔局", "区渔网局"]),
    ("区卫生健康委和区民政局", ["区卫生健康委", "区民政局"]),
    ("区渔网和灯塔局、区风筝办", ["区渔网和灯塔局", "区风筝办"]),
    ("市发展和改革委员会、市财政局", ["市发展和改革委员会", "市财政局"]),
    ("区退役军人和社会保障局", ["区退役军人和社会保障局"]),
    ("由区灯塔局、区渔网局", ["区灯塔局", "区渔网局"]),
    ("区灯塔局,各市、县〔市、区〕政府", ["区灯塔局", "各市、县(市、区)政府"]),
    ("市灯塔局(市渔网和码头局)、各县", ["市灯塔局(市渔网和码头局)", "各县"]),
    ("省灯塔厅,相关市、州人民政府", ["省灯塔厅", "相关市、州人民政府"]),
    ("区灯塔局(会同区渔网局)、区风筝办(主责单位)", ["区灯塔局", "区风筝办"]),
    ("雾灯中学、各村小学、中心校", ["雾灯中学", "各村小学", "中心校"]),
    # brackets
    ("区灯塔局(区渔网社、区贝壳社)、区风筝办", ["区灯塔局(区渔网社、区贝壳社)", "区风筝办"]),
    ("各乡镇(街道)人民政府(办事处)", ["各乡镇(街道)人民政府(办事处)"]),
    ("区灯塔办公室(设在区灯塔局)", ["区灯塔办公室"]),
    ("区灯塔局(以下简称灯塔局)、区渔网局", ["区灯塔局", "区渔网局"]),
    # separators that the copy lost
    ("区灯塔局、区渔网局各码头街道办事处", ["区灯塔局", "区渔网局", "各码头街道办事处"]),
    ("区灯塔局区渔网局", ["区灯塔局", "区渔网局"]),
    ("省灯塔厅省渔网厅、省风筝办", ["省灯塔厅", "省渔网厅", "省风筝办"]),
    ("区委网信办区委宣传部", ["区委网信办", "区委宣传部"]),
    ("市灯塔局国家税务总局贝壳市税务局", ["市灯塔局", "国家税务总局贝壳市税务局"]),
    # one body, although two words for bodies stand in its name
    ("国家税务总局贝壳区税务局、区灯塔局", ["国家税务总局贝壳区税务局", "区灯塔局"]),
    ("区委宣传部、区政府办公室", ["区委宣传部", "区政府办公室"]),
    ("灯塔专班牵头单位", ["灯塔专班牵头单位"]),
    # collective bodies stay whole
    ("各镇街道", ["各镇街道"]),
    ("各县、市、区人民政府", ["各县、市、区人民政府"]),
    ("各市、县(市、区)人民政府", ["各市、县(市、区)人民政府"]),
    ("市灯塔局、市渔网局和有关区县", ["市灯塔局", "市渔网局", "有关区县"]),
    ("区灯塔局、各有关部门和单位", ["区灯塔局", "各有关部门和单位"]),
    # companies, people's organisations, offices of the state
    ("灯塔市供电公司、贝壳大学、贝壳海关", ["灯塔市供电公司", "贝壳大学", "贝壳海关"]),
    ("团区委、区妇联、区残联", ["团区委", "区妇联", "区残联"]),
]
OPEN = [
    # bare functions before 部门
    ("公安、财政等部门", ["公安", "财政"]),
    ("区灯塔局、自然资源和规划、住建等有关部门", ["区灯塔局", "自然资源和规划", "住建"]),
    ("公安、消防救援等机构", ["公安", "消防救援"]),
    ("区灯塔局、区渔网局等", ["区灯塔局", "区渔网局"]),
    ("区灯塔局、区渔网局等相关部门", ["区灯塔局", "区渔网局"]),
    ("区灯塔局、区渔网局等有关部门和单位", ["区灯塔局", "区渔网局"]),
    ("区灯塔局等3个部门", ["区灯塔局"]),
    ("区灯塔局等区级有关部门,各镇街道", ["区灯塔局", "各镇街道"]),
    ("区灯塔局等部门和各镇人民政府", ["区灯塔局", "各镇人民政府"]),
    ("区渔网局、区灯塔中心(区贝壳社)等", ["区渔网局", "区灯塔中心(区贝壳社)"]),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_is_split_into_its_bodies(text: str, names: list[str]) -> None:
    bodies = split_bodies(text)
    assert [item.name for item in bodies.items] == names
    assert not bodies.open


@pytest.mark.parametrize(("text", "names"), OPEN)
def test_a_list_that_ends_in_and_others_is_open(text: str, names: list[str]) -> None:
    bodies = split_bodies(text)
    assert [item.name for item in bodies.items] == names
    assert bodies.open


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("公安、财政部门", ["公安", "财政部门"]),
        ("公安、城管和教育部门", ["公安", "城管", "教育部门"]),
        ("文化和旅游部门", ["文化和旅游部门"]),
        ("公安、消防救援和教育部门", ["公安", "消防救援", "教育部门"]),
        ("公安、财政、教育主管部门", ["公安", "财政", "教育主管部门"]),
    ],
)
def test_the_word_department_stands_once_for_a_list_of_functions(text: str, names: list[str]) -> None:
    found = split_bodies(text, trusted=False)
    assert ([item.name for item in found.items], found.open, found.strange) == (names, False, ())


@pytest.mark.parametrize(
    "text",
    [
        "公安、财政",
        "教育、医疗等部门",
        "教育、文化等机构",
        "加强公安、财政等部门",
        "教育、养老机构",
        "公安、财政等方面",
    ],
)
def test_common_nouns_in_a_list_of_functions_leave_all_of_it_unread(text: str) -> None:
    assert split_bodies(text, trusted=False).strange


def test_a_body_knows_its_place_in_the_text() -> None:
    text = "责任单位:区灯塔局、区渔网局等。其他"
    for item in split_bodies(text, 5, 16).items:
        assert text[item.start : item.end] == item.name


def test_what_is_no_body_is_given_back_from_a_sentence_but_counts_in_a_labelled_list() -> None:
    text = "区灯塔局、守塔人"
    assert [item.name for item in split_bodies(text, trusted=False).strange] == ["守塔人"]
    assert [item.name for item in split_bodies(text).items] == ["区灯塔局", "守塔人"]


@pytest.mark.parametrize(
    "text", ["区灯塔局", "各码头", "灯塔部门", "区委宣传部", "各县、市、区人民政府", "贝壳市灯塔集团有限公司"]
)
def test_a_name_of_a_body_is_one(text: str) -> None:
    assert is_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "区",
        "各项",
        "各级",
        "全部",
        "工作",
        "灯塔亮度",
        "加强灯塔管理机构",
        "负责灯塔的部门",
        "牵头的区灯塔局",
        "局" * 60,
    ],
)
def test_other_words_are_no_body(text: str) -> None:
    assert not is_body(text)


NAMES = st.builds(
    lambda level, words, suffix: level + "".join(words) + suffix,
    st.sampled_from(["", "省", "市", "区", "县", "贝壳区", "灯塔市"]),
    st.lists(
        st.sampled_from(["灯塔", "渔网", "风筝", "贝壳", "浮标", "海雾", "守望"]), min_size=1, max_size=2, unique=True
    ),
    st.sampled_from(["局", "委", "办", "厅", "委员会", "中心", "街道", "镇", "公司", "医院", "联合会", "人民政府"]),
)


@given(st.lists(NAMES, min_size=1, max_size=12), st.sampled_from(["、", "，", "；", ","]))
def test_joined_bodies_are_split_back_exactly(names: list[str], mark: str) -> None:
    bodies = split_bodies(fold(mark.join(names)))
    assert [item.name for item in bodies.items] == names
    assert not bodies.open
    assert not bodies.strange


@given(st.text(alphabet="区灯塔局渔网办、,和等()各部门及与", max_size=40))
def test_every_item_is_a_slice_of_its_list_and_items_do_not_overlap(text: str) -> None:
    bodies = split_bodies(text)
    items = sorted((*bodies.items, *bodies.strange), key=lambda item: item.start)
    assert all(text[item.start : item.end] == item.name for item in items)
    assert all(a.end <= b.start for a, b in pairwise(items))
