"""A rule that a document states once holds for all its tasks: the first body leads, or some bodies answer for every one."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.extract import extract
from kg.records import Basis, Plan


def plan_of(*lines: str) -> Plan:
    return extract(read("\n".join(("贝壳区灯塔养护方案", "一、重点任务", *lines)).encode(), name="plan.txt"))


def duties(plan: Plan) -> list[list[tuple[str, str, str]]]:
    return [[(d.department, d.role.value, d.basis.value) for d in task.responsibilities] for task in plan.tasks]


FIRST, SECOND = "（一）点灯。点亮灯塔。（责任单位：区灯塔局、区渔网局）", "（二）修网。修好渔网。（责任单位：区渔网局）"


@pytest.mark.parametrize(
    "rule",
    [
        "列首位的为牵头单位。",
        "责任单位中排在第一位的为牵头单位，下同。",
        "二、责任分解中,列第一位的责任单位为牵头单位。",
    ],
)
def test_the_first_of_several_responsible_bodies_leads_where_a_rule_says_so(rule: str) -> None:
    assert duties(plan_of(FIRST, SECOND, rule))[:2] == [
        [("区灯塔局", "lead", "clause"), ("区渔网局", "responsible", "clause")],
        [("区渔网局", "lead", "clause")],
    ]


def test_without_the_rule_nobody_leads() -> None:
    assert all(role == "responsible" for task in duties(plan_of(FIRST, SECOND)) for _, role, _ in task)


def test_the_rule_holds_for_tables_with_one_column_of_bodies_only() -> None:
    table = "序号\t工作任务\t责任单位\n1\t点灯\t区灯塔局、区渔网局\n2\t修网\t区渔网局"
    assert duties(plan_of("注：列首位的为牵头单位", table))[0][0] == ("区灯塔局", "lead", "table")
    both = "序号\t工作任务\t牵头单位\t责任单位\n1\t点灯\t区风筝办\t区灯塔局、区渔网局\n2\t修网\t区风筝办\t区渔网局"
    assert [role for _, role, _ in duties(plan_of("注：列首位的为牵头单位", both))[0]] == [
        "lead",
        "responsible",
        "responsible",
    ]


@pytest.mark.parametrize("mark", "★☆▲●※*")
def test_marked_bodies_lead_where_a_note_says_so_and_else_the_mark_is_dropped(mark: str) -> None:
    line = f"（一）点灯。点亮灯塔。（责任单位：区渔网局、{mark}区灯塔局，{mark}区风筝办）"
    names = ["区渔网局", "区灯塔局", "区风筝办"]
    ((*found,),) = duties(plan_of(line, f"注：带{mark}号的为牵头单位。"))
    assert found == [(name, role, "clause") for name, role in zip(names, ("responsible", "lead", "lead"), strict=True)]
    assert duties(plan_of(line)) == [[(name, "responsible", "clause") for name in names]]


def test_a_header_tells_what_the_mark_means_in_its_column() -> None:
    table = "序号\t工作任务\t责任单位（★为牵头单位）\n1\t点灯\t★区灯塔局、区渔网局\n2\t修网\t区渔网局★"
    assert [[role for _, role, _ in task] for task in duties(plan_of(table))] == [["lead", "responsible"], ["lead"]]


def test_a_rule_in_a_bracket_behind_a_list_holds_for_that_list_only() -> None:
    line = "（一）点灯。点亮灯塔。\n责任单位：区灯塔局、区渔网局（排名第一的为牵头单位）"
    assert [[role for _, role, _ in task] for task in duties(plan_of(line, SECOND))] == [
        ["lead", "responsible"],
        ["responsible"],
    ]


def test_bodies_that_stand_for_all_tasks_are_named_in_each_with_the_words_of_the_rule() -> None:
    rule = "以上任务各码头街道办事处均需落实，不再单独列出。"
    plan = plan_of(FIRST, SECOND, "（三）看海。观察海况。", rule)
    standing = [[d for d in task.responsibilities if d.basis is Basis.STANDING] for task in plan.tasks]
    assert [[(d.department, d.role.value) for d in found] for found in standing] == [
        [("各码头街道办事处", "implement")],
        [("各码头街道办事处", "implement")],
        [],
    ]
    quote = standing[0][0].evidence.quote
    assert quote is not None
    assert quote in rule
    assert len({d.id for task in plan.tasks for d in task.responsibilities}) == 5


def test_a_sentence_that_only_asks_all_to_work_is_no_rule() -> None:
    plan = plan_of(FIRST, SECOND, "各码头街道办事处均要落实责任，加强宣传。")
    assert all(d.basis is not Basis.STANDING for task in plan.tasks for d in task.responsibilities)


def test_a_rule_inside_a_clause_holds_for_all_tasks_and_a_rule_on_a_condition_for_none() -> None:
    inside = FIRST[:-1] + "，以下任务均需各码头街道办事处具体落实，不再逐一列出）"
    assert [
        len([d for d in task.responsibilities if d.basis is Basis.STANDING]) for task in plan_of(inside, SECOND).tasks
    ] == [1, 1]
    on_condition = "涉及各地的，各码头街道办事处均为责任单位，不再逐一列出。"
    assert all(
        d.basis is not Basis.STANDING
        for task in plan_of(FIRST, SECOND, on_condition).tasks
        for d in task.responsibilities
    )


@pytest.mark.parametrize(
    "clause", ["（以上三项由区灯塔局牵头，区渔网局配合）", "以上三项工作由区灯塔局牵头，区渔网局配合。"]
)
def test_a_clause_on_the_tasks_above_it_is_theirs_too(clause: str) -> None:
    plan = plan_of(
        "（一）守塔。",
        "1．点灯。点亮灯塔。",
        "2．修塔。修缮灯塔。",
        "3．看塔。看好灯塔。",
        "4．补网。修补渔网。",
        clause,
    )
    both = [("区灯塔局", "lead", "clause"), ("区渔网局", "support", "clause")]
    assert duties(plan) == [[], both, both, both]
    assert len({d.id for task in plan.tasks for d in task.responsibilities}) == 6
