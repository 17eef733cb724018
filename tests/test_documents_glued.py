"""A table whose cells were run together is read where its parts leave no choice, and listed where they do."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.documents.glued import glued_header
from kg.extract import extract
from kg.records import Plan

HEADER = "序号重点任务牵头单位配合单位完成时限"


def plan_of(*rows: str, header: str = HEADER) -> Plan:
    lines = ("贝壳区灯塔养护方案", "附件1", "灯塔任务分工表", header, *rows)
    return extract(read("\n".join(lines).encode(), name="plan.txt"))


def told(plan: Plan) -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    return [
        (
            task.evidence.quote or "",
            [(duty.department, duty.role.value) for duty in task.responsibilities],
            [deadline.when for deadline in task.deadlines],
        )
        for task in plan.tasks
    ]


def test_the_cells_of_a_row_are_parted_where_two_bodies_stand_without_a_mark() -> None:
    plan = plan_of(
        "1修缮灯塔并更换夜航灯区灯塔局区财政局、区应急管理局2033年底前",
        "一、守护行动",
        "2到2032年，回收渔网5吨。区渔网局、区环卫中心区城市管理局长期坚持",
        "3守好灯塔。区灯塔局各码头街道",
    )
    assert told(plan) == [
        (
            "修缮灯塔并更换夜航灯",
            [("区灯塔局", "lead"), ("区财政局", "support"), ("区应急管理局", "support")],
            ["2033"],
        ),
        (
            "到2032年，回收渔网5吨。",
            [("区渔网局", "lead"), ("区环卫中心", "lead"), ("区城市管理局", "support")],
            ["2032", "ongoing"],
        ),
        ("守好灯塔。", [("区灯塔局", "lead"), ("各码头街道", "support")], []),
    ]
    assert [task.section[-1] for task in plan.tasks][1] == "一、守护行动"
    assert plan.unread == ()


@pytest.mark.parametrize(
    "row",
    [
        "1修缮灯塔区灯塔局2033年底前",
        "1修缮灯塔渔网局和灯塔局2033年底前",
        "1改造市区旧灯塔区灯塔局区财政局区渔网局2033年底前",
    ],
)
def test_a_row_that_can_be_parted_otherwise_gives_no_body_and_is_listed(row: str) -> None:
    plan = plan_of(row, "2守好灯塔。区灯塔局区财政局每月")
    assert plan.tasks[0].responsibilities == ()
    assert [place.evidence.quote for place in plan.unread if place.kind.value == "row"] == ["1"]
    assert told(plan)[1][1] == [("区灯塔局", "lead"), ("区财政局", "support")]


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        (HEADER, ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"]),
        ("序号工作任务责任单位", ["序号", "工作任务", "责任单位"]),
        ("序号主要任务主要内容责任单位", None),
        ("序号重点任务", None),
        ("修缮灯塔的责任单位", None),
        ("序号指标名称单位", None),
    ],
)
def test_a_header_is_cut_into_words_that_are_known(line: str, headers: list[str] | None) -> None:
    columns = glued_header(line)
    assert ([column.header for column in columns] if columns else None) == headers


def test_a_number_alone_is_no_row() -> None:
    assert [task.number for task in plan_of("1点灯区灯塔局区财政局每月", "2", "2.").tasks] == ["附件1-1"]


def test_a_header_without_rows_is_a_paragraph() -> None:
    assert plan_of("修缮灯塔。（区灯塔局负责）").tasks[0].responsibilities[0].department == "区灯塔局"
