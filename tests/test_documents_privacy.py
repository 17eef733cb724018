"""Names and telephone numbers of persons are masked, character for character, before anything else reads a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import read
from kg.documents.privacy import MASK, redact
from kg.extract import extract

SURNAMES = ["沈", "陆", "祁", "欧阳", "诸葛", "范", "柏"]
GIVEN = st.text(alphabet="岚澜屿舟帆汀潮霁", min_size=1, max_size=2)
PERSONS = st.builds(lambda surname, given_name: surname + given_name, st.sampled_from(SURNAMES), GIVEN)
"""Invented persons: a surname that there is and a given name out of the words of the sea."""

FRAMES = [
    # those who are written to
    "{}代表：",
    "{}委员:",
    "尊敬的{}代表：",
    "{}同志：",
    # contact lines
    "联系人：{}",
    "联 系 人：{}；联系电话：0990-5551234",
    "（联系单位：区灯塔局，联系人：{}，电话：0990—5551234）",
    "经办人：{}  电 话：0990-5551234",
    "责任编辑：{}",
    "签发人：{}",
    "联系方式：13900000000（{}）",
    # lists of officials
    "组  长：{}  区人民政府副区长",
    "副组长：{}（区灯塔局局长）",
    "成  员：区财政局、{}",
    "  {}   区渔网局副局长",
    "召集人：{}",
    "责任人：{}（区灯塔局局长）",
    "牵头领导：{}",
    "项目负责人：{}",
    # sentences about officials
    "由{}副区长任组长。",
    "{}区长主持会议。",
    "组长由区政府副区长{}担任。",
    "区灯塔局局长{}同志任组长。",
    "办公室设在区灯塔局，{}同志任主任。",
]


@pytest.mark.parametrize("frame", FRAMES)
@given(person=PERSONS)
def test_a_person_is_masked_and_every_offset_stays(frame: str, person: str) -> None:
    text = f"贝壳区灯塔方案\n{frame.format(person)}\n修缮灯塔。"
    hidden = redact(text)
    assert person not in hidden
    assert len(hidden) == len(text)
    assert all(masked in (char, MASK) for char, masked in zip(text, hidden, strict=True))
    assert hidden.startswith("贝壳区灯塔方案\n")
    assert hidden.endswith("\n修缮灯塔。")


@given(st.lists(PERSONS, min_size=2, max_size=4))
def test_several_persons_are_masked(persons: list[str]) -> None:
    for frame in ("{}代表：", "{}委员：", "成员：{}"):
        hidden = redact(frame.format("、".join(persons)))
        assert not any(person in hidden for person in persons)


def test_a_name_of_two_characters_that_is_printed_with_a_space_is_masked() -> None:
    assert redact("组长：陆 岚  区灯塔局局长") == "组长：× ×  区灯塔局局长"


NUMBERS = ["13900000000", "139-0000-0000", "0990-5551234", "0990—5551234", "099055512345"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_telephone_number_is_masked(number: str) -> None:
    assert redact(f"电话{number}。") == f"电话{MASK * len(number)}。"
    assert redact(f"（{number}）") == f"（{MASK * len(number)}）"


def test_the_line_of_a_telephone_and_an_address_of_mail_are_masked() -> None:
    assert redact("咨询电话：5551234转8") == f"咨询电话：{MASK * 9}"
    address = "deng.ta@example.org"
    assert redact(f"发至 {address} 。") == f"发至 {MASK * len(address)} 。"


STAY = [
    "总书记对灯塔工作作出重要指示。",
    "区长、副区长按分工负责。",
    "各街道书记要高度重视，主任应当到场。",
    "养老院院长31人，守塔人300人。",
    "成员：区灯塔局、区渔网局、司法局、文旅局、文联、公安局、团委。",
    "责任人：区灯塔局主要负责人",
    "牵头单位：区灯塔局",
    "组长由区长担任，副组长由分管副区长担任。",
    "单位（局长负责制）",
    "总投资12500000000元，面积13900000000平方米。",
    "灯政发〔2031〕5号",
    "人大代表：请审议。",
    "局长任期，主任单位，",
]


@pytest.mark.parametrize("text", STAY)
def test_offices_bodies_and_other_numbers_stay(text: str) -> None:
    assert redact(text) == text


@given(person=PERSONS)
def test_no_person_is_in_any_record_of_a_plan(person: str) -> None:
    text = (
        f"贝壳区灯塔方案\n\n{person}代表：\n\n一、重点任务\n（一）修灯。由区灯塔局局长{person}同志负责，到2031年，修好灯塔30座。"
        f"（责任单位：区灯塔局；责任人：{person}）\n\n附件\n\n项目清单\n\n序号\n\n项目名称\n\n总投资(万元)\n\n责任人\n\n牵头单位\n\n"
        f"1\n\n灯塔修缮\n\n500\n\n{person}\n\n区灯塔局\n\n联系人：{person}，电话：13900000000\n"
    )
    plan = extract(read(text.encode()))
    assert [(project.name, project.investment_wan) for project in plan.projects] == [("灯塔修缮", 500)]
    assert [duty.department for task in plan.tasks for duty in task.responsibilities] == ["区灯塔局"]
    assert person not in repr(plan)
    assert "13900000000" not in repr(plan)
