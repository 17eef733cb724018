"""Duty clauses are read into bodies and roles: each style that plans are known to use, with made-up bodies."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.passage import fold
from kg.extract.prose import find_prose
from kg.grammar.clauses import LABEL, find_brackets, find_clauses, labelled, parse_cell
from kg.grammar.roles import role_of
from kg.records import Role

L, R, S, D = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.IMPLEMENT

BRACKETS = [
    ("(责任单位:省灯塔厅、省渔网局)", [("省灯塔厅", R), ("省渔网局", R)]),
    ("(责任单位:省灯塔厅、省渔网局,各岛屿人民政府)", [("省灯塔厅", R), ("省渔网局", R), ("各岛屿人民政府", R)]),
    (
        "(牵头单位:区灯塔局、区渔网委,责任单位:区风筝局、各码头办事处)",
        [("区灯塔局", L), ("区渔网委", L), ("区风筝局", R), ("各码头办事处", R)],
    ),
    ("(牵头单位:市灯塔局;配合单位:市渔网局)", [("市灯塔局", L), ("市渔网局", S)]),
    ("(灯塔部、渔网委、风筝局负责)", [("灯塔部", R), ("渔网委", R), ("风筝局", R)]),
    ("(灯塔部负责)", [("灯塔部", R)]),
    ("(区灯塔局、区渔网局按职责分工负责)", [("区灯塔局", R), ("区渔网局", R)]),
    (
        "(市灯塔局、市渔网局按职责分工负责,各岛县人民政府、灯塔园区管委会具体落实)",
        [("市灯塔局", R), ("市渔网局", R), ("各岛县人民政府", D), ("灯塔园区管委会", D)],
    ),
    ("(灯塔部牵头,渔网委、风筝局按职责分工负责)", [("灯塔部", L), ("渔网委", R), ("风筝局", R)]),
    ("(灯塔部、码头部牵头,渔网委按职责分工负责)", [("灯塔部", L), ("码头部", L), ("渔网委", R)]),
    ("(省灯塔厅牵头,海关配合)", [("省灯塔厅", L), ("海关", S)]),
    ("(省灯塔厅牵头,省渔网厅按职责分工配合)", [("省灯塔厅", L), ("省渔网厅", S)]),
    ("(灯塔部牵头,渔网委参与)", [("灯塔部", L), ("渔网委", S)]),
    ("(区灯塔局牵头负责)", [("区灯塔局", L)]),
    ("(市灯塔局、市渔网局和有关区县具体负责)", [("市灯塔局", R), ("市渔网局", R), ("有关区县", R)]),
    ("(市灯塔局及各区人民政府具体负责)", [("市灯塔局", R), ("各区人民政府", R)]),
    ("(省灯塔领导小组成员单位按职责分工负责)", [("省灯塔领导小组成员单位", R)]),
    ("(灯塔专班牵头单位牵头,市渔网局配合)", [("灯塔专班牵头单位", L), ("市渔网局", S)]),
    ("(各有关部门和单位按职责分工负责)", [("各有关部门和单位", R)]),
    ("（区灯塔局牵头负责)", [("区灯塔局", L)]),
    ("(牵头单位:区灯塔局;配合单位:区渔网局；落实单位:区风筝办)", [("区灯塔局", L), ("区渔网局", S), ("区风筝办", D)]),
    ("(责任单位:区灯塔局、区渔网局各码头)", [("区灯塔局", R), ("区渔网局", R), ("各码头", R)]),
    # other brackets, a bracket that the copy lost, a bare list, two bodies that act together
    ("[责任单位:区灯塔局、区渔网局]", [("区灯塔局", R), ("区渔网局", R)]),
    ("【区灯塔局牵头,区渔网局配合】", [("区灯塔局", L), ("区渔网局", S)]),
    ("(责任单位:区灯塔局、区渔网局", [("区灯塔局", R), ("区渔网局", R)]),
    ("(区灯塔局、区渔网局)", [("区灯塔局", R), ("区渔网局", R)]),
    ("(区灯塔局会同区渔网局负责)", [("区灯塔局", L), ("区渔网局", S)]),
    # persons and times beside the bodies are not read
    ("(责任单位:区灯塔局;完成时限:2031年6月底)", [("区灯塔局", R)]),
    ("(责任单位:区灯塔局;责任人:某某)", [("区灯塔局", R)]),
    # styles that no list has, read from their parts
    ("(区灯塔局为牵头单位,区渔网局为责任单位)", [("区灯塔局", L), ("区渔网局", R)]),
    ("(牵头:区灯塔局;配合:区渔网局)", [("区灯塔局", L), ("区渔网局", S)]),
    ("(主办:区灯塔局;协办:区渔网局)", [("区灯塔局", L), ("区渔网局", S)]),
    ("(牵头(责任)单位:区灯塔局)", [("区灯塔局", L)]),
    ("(责任主体:各码头;行业主管部门:区灯塔局)", [("各码头", R), ("区灯塔局", R)]),
    ("(责任科室(单位):灯塔科、区灯塔中心;配合科室:办公室、区渔网局)", [("区灯塔中心", R), ("区渔网局", S)]),
    ("(区灯塔局督促指导,各码头负责实施)", [("区灯塔局", S), ("各码头", R)]),
    ("(以区灯塔局为主,区渔网局配合)", [("区灯塔局", L), ("区渔网局", S)]),
    ("(区灯塔局主责,区渔网局、区风筝办配合)", [("区灯塔局", L), ("区渔网局", S), ("区风筝办", S)]),
    ("(责任单位:1.区灯塔局;2.区渔网局)", [("区灯塔局", R), ("区渔网局", R)]),
    ("(此项工作由区灯塔局牵头,区渔网局配合)", [("区灯塔局", L), ("区渔网局", S)]),
    ("(区灯塔局,区渔网局,区风筝办)", [("区灯塔局", R), ("区渔网局", R), ("区风筝办", R)]),
    ("〔责任单位:区灯塔局〕", [("区灯塔局", R)]),
    ("(责任单位:区灯塔局、区渔网局,列首位的为牵头单位,下同)", [("区灯塔局", L), ("区渔网局", R)]),
    (
        "(责任单位:区灯塔局、区渔网局,贝壳农商行(排名第一的为牵头单位))",
        [("区灯塔局", L), ("区渔网局", R), ("贝壳农商行", R)],
    ),
    ("(责任单位:区灯塔局★、区渔网局。★为牵头单位,下同)", [("区灯塔局", R), ("区渔网局", R)]),
    ("(区灯塔局主抓,区渔网中心、各码头协同)", [("区灯塔局", L), ("区渔网中心", S), ("各码头", S)]),
    ("(区灯塔局负责,区渔网局、区风筝办做好协调服务)", [("区灯塔局", R), ("区渔网局", S), ("区风筝办", S)]),
    ("(区灯塔局会同区渔网公司办理)", [("区灯塔局", L), ("区渔网公司", S)]),
    ("〔省灯塔厅会同省渔网局、省风筝局组织实施〕", [("省灯塔厅", L), ("省渔网局", S), ("省风筝局", S)]),
    ("(牵头:省灯塔厅、省渔网局;参加:省风筝局)", [("省灯塔厅", L), ("省渔网局", L), ("省风筝局", S)]),
    ("【省灯塔厅牵头,各市州人民政府抓落实】", [("省灯塔厅", L), ("各市州人民政府", D)]),
    ("(责任单位:各市州、县市区人民政府,省渔网局)", [("各市州、县市区人民政府", R), ("省渔网局", R)]),
    ("(区灯塔局、区渔网公司;12月20日前)", [("区灯塔局", R), ("区渔网公司", R)]),
    ("。责任单位:区灯塔局、区渔网局", [("区灯塔局", R), ("区渔网局", R)]),
    ("修灯。(区灯塔局,2031年底前完成)", [("区灯塔局", R)]),
    (
        "(区灯塔局(灯塔)、区渔网局(牵头渔网回收)、区风筝中心(区贝壳社))",
        [("区灯塔局", R), ("区渔网局", L), ("区风筝中心(区贝壳社)", R)],
    ),
    ("修灯。[区灯塔局会同区渔网局、区风筝办]", [("区灯塔局", L), ("区渔网局", S), ("区风筝办", S)]),
    ("(区灯塔局负责指导,各码头街道办事处组织实施)", [("区灯塔局", R), ("各码头街道办事处", D)]),
    ("(区灯塔局负责,以下任务均需各码头街道办事处落实,不再逐一列出)", [("区灯塔局", R)]),
    # words of duty that are part of a name
    ("(应急管理部、市场监督管理局负责)", [("应急管理部", R), ("市场监督管理局", R)]),
    (
        "(国家渔网监督管理总局雾灯监管分局、区灯塔推进办负责)",
        [("国家渔网监督管理总局雾灯监管分局", R), ("区灯塔推进办", R)],
    ),
    # a body that is printed twice counts once in a role
    ("(责任单位:区灯塔局、区渔网局、区灯塔局)", [("区灯塔局", R), ("区渔网局", R)]),
]
OPEN = [
    ("(灯塔部、渔网委等负责)", [("灯塔部", R), ("渔网委", R)]),
    ("(灯塔部、渔网委等有关部门和单位负责)", [("灯塔部", R), ("渔网委", R)]),
    ("(区灯塔局、区渔网局等按职责分工负责)", [("区灯塔局", R), ("区渔网局", R)]),
    ("(灯塔部牵头,渔网委、风筝局等按职责分工负责)", [("灯塔部", L), ("渔网委", R), ("风筝局", R)]),
    ("(区灯塔局、区渔网局,岛海关等按职责分工负责)", [("区灯塔局", R), ("区渔网局", R), ("岛海关", R)]),
    ("(区渔网局、区灯塔中心(区贝壳社)等按职责分工负责)", [("区渔网局", R), ("区灯塔中心(区贝壳社)", R)]),
    ("(责任单位:区灯塔局等相关部门)", [("区灯塔局", R)]),
]
LINES = [
    ("牵头单位:省灯塔厅", [("省灯塔厅", L)]),
    ("牵头部门：省灯塔厅", [("省灯塔厅", L)]),
    ("落实部门:省灯塔厅、省渔网厅", [("省灯塔厅", D), ("省渔网厅", D)]),
    ("参与单位:省渔网厅,各岛政府", [("省渔网厅", S), ("各岛政府", S)]),
    ("参与部门:省渔网厅", [("省渔网厅", S)]),
    ("责任单位:区灯塔局", [("区灯塔局", R)]),
    ("★牵头:区灯塔局　☆配合:区渔网局、各码头　▲时限:10月底", [("区灯塔局", L), ("区渔网局", S), ("各码头", S)]),
    ("★牵头:区灯塔局　☆配合:区渔网局、风筝办等　▲时限:全年", [("区灯塔局", L), ("区渔网局", S), ("风筝办", S)]),
    ("牵头 区灯塔局|配合 区渔网局、各码头|进度 三季度末", [("区灯塔局", L), ("区渔网局", S), ("各码头", S)]),
    ("配合单位:区灯塔局、区渔网局", [("区灯塔局", S), ("区渔网局", S)]),
]
SENTENCES = [
    ("由区灯塔局牵头,建立联席会议。", [("区灯塔局", L)]),
    ("由区灯塔局负责日常巡查。", [("区灯塔局", R)]),
    ("区灯塔局会同区渔网部门组织巡查。", [("区灯塔局", L), ("区渔网部门", S)]),
    ("市、区灯塔部门负责灯塔的日常管理。", [("市、区灯塔部门", R)]),
    ("码头街道办事处对本辖区灯塔安全负主要责任。", [("码头街道办事处", R)]),
    ("区灯塔局牵头修缮灯塔,区渔网局配合。", [("区灯塔局", L), ("区渔网局", S)]),
]
NOT_DUTIES = [
    "项目负责人到岗。",
    "坚持谁主管谁负责。",
    "(谁主管谁负责)",
    "建成牵头医院3家。",
    "由牵头医院统筹床位。",
    "对材料真实性负责。",
    "(对材料真实性负责)",
    "(负责人签字)",
    "(项目负责人)",
    "(〔2031〕5号)",
    "(灯政发〔2031〕5号)",
    "(见附件1、附件2)",
    "负责人应当签字。",
]


def read(text: str) -> tuple[list[tuple[str, Role]], bool]:
    (clause,) = find_clauses(fold(text))[0]
    assert not clause.strange
    return [(a.item.name, a.role) for a in clause.assignments], clause.open


@pytest.mark.parametrize(("clause", "duties"), BRACKETS)
def test_a_bracket_gives_each_body_its_role(clause: str, duties: list[tuple[str, Role]]) -> None:
    assert read(f"修缮灯塔。{clause}") == (duties, False)


@pytest.mark.parametrize(("clause", "duties"), OPEN)
def test_a_bracket_that_ends_in_and_others_is_open(clause: str, duties: list[tuple[str, Role]]) -> None:
    assert read(f"修缮灯塔。{clause}") == (duties, True)


@pytest.mark.parametrize(("line", "duties"), LINES)
def test_a_labelled_line_gives_each_body_the_role_of_the_label(line: str, duties: list[tuple[str, Role]]) -> None:
    clause = labelled(fold(line))
    assert clause is not None
    assert [(a.item.name, a.role) for a in clause.assignments] == duties


@pytest.mark.parametrize(
    "line",
    ["完成时限:2031年6月底", "项目负责人:某某", "责任单位要加强管理", "修缮灯塔5座。", "落实区里的要求|每月一次"],
)
def test_another_line_is_no_duty_line(line: str) -> None:
    assert labelled(line) is None


@pytest.mark.parametrize(("sentence", "duties"), SENTENCES)
def test_a_sentence_names_who_does_what(sentence: str, duties: list[tuple[str, Role]]) -> None:
    assert [(a.item.name, a.role) for a in find_prose(sentence)] == duties


@pytest.mark.parametrize("text", NOT_DUTIES)
def test_words_of_duty_that_charge_nobody_give_none(text: str) -> None:
    clauses, unread = find_clauses(text)
    assert clauses == ()
    assert unread == ()
    assert labelled(text) is None
    assert find_prose(text) == []


def test_a_bracket_with_a_duty_word_that_names_nobody_is_reported() -> None:
    text = "修缮灯塔。(责任单位:无)"
    clauses, unread = find_clauses(text)
    assert clauses == ()
    assert [text[start:end] for start, end in unread] == ["(责任单位:无)"]


def test_what_in_a_clause_is_no_body_is_kept_as_strange() -> None:
    (clause,) = find_clauses("修缮灯塔。(区灯塔局、守塔人牵头)")[0]
    assert [item.name for item in clause.strange] == ["守塔人"]


CELLS = [
    ("区灯塔局、区渔网局", R, [("区灯塔局", R), ("区渔网局", R)]),
    ("区灯塔局，区渔网局", S, [("区灯塔局", S), ("区渔网局", S)]),
    ("区灯塔局牵头，区渔网局配合", R, [("区灯塔局", L), ("区渔网局", S)]),
    ("区灯塔局按职责分工负责", L, [("区灯塔局", L)]),
    ("牵头单位:区灯塔局;配合单位:区渔网局", R, [("区灯塔局", L), ("区渔网局", S)]),
    ("各码头街道办事处", D, [("各码头街道办事处", D)]),
]


@pytest.mark.parametrize(("cell", "role", "duties"), CELLS)
def test_a_cell_takes_the_role_of_its_column_unless_it_says_another(
    cell: str, role: Role, duties: list[tuple[str, Role]]
) -> None:
    assert [(a.item.name, a.role) for a in parse_cell(fold(cell), role).assignments] == duties


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("牵头负责", L),
        ("主办", L),
        ("负责", R),
        ("配合", S),
        ("参与", S),
        ("具体落实", D),
        ("负责落实", R),
        ("实施", D),
        ("指导监督", S),
    ],
)
def test_words_of_duty_name_a_role(words: str, role: Role) -> None:
    assert role_of(words) is role


def test_every_duty_label_of_the_genre_is_one() -> None:
    duties = ["牵头", "责任", "配合", "参与", "落实", "主办", "协办", "实施", "指导", "监督", "第一责任"]
    for label in [f"{duty}{who}:" for duty in duties for who in ("单位", "部门")]:
        match = LABEL.at_start(label)
        assert match is not None, label
        assert match.end() == len(label)


@given(st.text(alphabet="()（）[]【】责任单位:区灯塔局、牵头负责,。", max_size=60))
def test_brackets_are_found_in_order_and_within_the_text(text: str) -> None:
    places = list(find_brackets(fold(text)))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


@given(st.text(alphabet="()[]责任单位牵头配合:区灯塔渔网局、负责,。;等按职责分工会同", max_size=80))
def test_every_assignment_is_a_slice_of_its_clause(text: str) -> None:
    for clause in find_clauses(text)[0]:
        for assignment in clause.assignments:
            item = assignment.item
            assert clause.start <= item.start < item.end <= clause.end
            assert text[item.start : item.end] == item.name


@pytest.mark.parametrize("mark", ["——", "★", "▲", "• "])
def test_a_label_behind_an_ornament_begins_a_clause(mark: str) -> None:
    clause = labelled(fold(f"{mark}牵头单位:区灯塔局;配合单位:区渔网局").replace(" ", ""))
    assert clause is not None
    assert [(a.item.name, a.role) for a in clause.assignments] == [("区灯塔局", L), ("区渔网局", S)]
    assert clause.start == 0


def test_a_bracket_with_one_body_and_no_word_of_duty_counts_only_after_a_stop() -> None:
    assert find_clauses("巡查灯塔(区灯塔局)") == ((), ())
    (clause,) = find_clauses("巡查灯塔。(区灯塔局)")[0]
    assert [a.item.name for a in clause.assignments] == ["区灯塔局"]


def test_an_act_within_a_name_is_no_act() -> None:
    found = find_prose("由住房城乡建设部、灯塔城市管理局组织实施。")
    assert [(a.item.name, a.role) for a in found] == [("住房城乡建设部", D), ("灯塔城市管理局", D)]
