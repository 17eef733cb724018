"""The public tables keep their names and columns, one fact a row, in an order that never changes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.documents import read
from kg.errors import OutputError
from kg.extract import extract
from kg.records import (
    Achievement,
    Comparator,
    Evidence,
    Indicator,
    IndicatorValue,
    Organization,
    OrganizationKind,
    Plan,
    Project,
    ValueKind,
)
from kg.tables import TABLES, rows, table_csv, write_tables

PUBLIC = {
    "documents": "document file title number kind issuer region region_code parent_region date_issued date_published",
    "tasks": "document task number title section text clause open truncated",
    "duties": "document task department organization function role basis quote",
    "deadlines": "document task when earliest latest quote",
    "commitments": "document task metric comparator value value_max unit by quote",
    "indicators": "document indicator no group name unit attribute",
    "indicator_departments": "document indicator department organization function",
    "indicator_values": "document indicator period kind comparator value text aligned",
    "projects": "document project list no name type start end place investment_wan central_wan goal",
    "project_departments": "document project department organization function role",
    "achievements": "document metric value unit as_of quote",
    "citations": "document title number relation",
}
"""The names and columns that other programs rely on; more columns may follow."""

TEXT = """贝壳区人民政府关于印发贝壳区灯塔方案的通知

贝政发〔2031〕5号

一、重点任务

（一）修灯。到2031年，修好
灯塔1.5万盏。（牵头单位：区灯塔局等）

（二）守灯。每年巡查灯塔，依据《灯塔条例》。（区渔网局负责）
"""
PLACE = Evidence(start=0, end=3, quote="贝壳区")


@pytest.fixture
def plan() -> Plan:
    return extract(read(TEXT.encode(), name="plan.txt"))


def table(plans: list[Plan], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_csv(plans, name))))


@pytest.mark.parametrize(("name", "columns"), PUBLIC.items())
def test_a_public_table_begins_with_its_public_columns(name: str, columns: str) -> None:
    assert list(TABLES[name].columns)[: len(columns.split())] == columns.split()


@pytest.mark.parametrize("name", TABLES)
def test_every_column_says_what_it_holds_and_every_row_has_all_columns(name: str, plan: Plan) -> None:
    assert all(TABLES[name].columns.values())
    assert all(list(row) == list(TABLES[name].columns) for row in rows([plan], name))
    assert table_csv([plan], name).splitlines()[0] == ",".join(TABLES[name].columns)


def test_a_row_is_one_fact(plan: Plan) -> None:
    (document,) = table([plan], "documents")
    assert document["document"] == "贝政发-2031-5"
    assert document["number"] == "贝政发〔2031〕5号"
    assert [(row["task"], row["number"], row["title"]) for row in table([plan], "tasks")] == [
        ("贝政发-2031-5_1-1", "一/(一)", "修灯"),
        ("贝政发-2031-5_1-2", "一/(二)", "守灯"),
    ]
    assert [(row["task"], row["department"], row["role"]) for row in table([plan], "duties")] == [
        ("贝政发-2031-5_1-1", "区灯塔局", "lead"),
        ("贝政发-2031-5_1-2", "区渔网局", "responsible"),
    ]
    assert [(row["when"], row["latest"]) for row in table([plan], "deadlines")] == [
        ("2031", "2031-12-31"),
        ("every-year", ""),
    ]
    assert [(row["title"], row["relation"]) for row in table([plan], "citations")] == [("灯塔条例", "basis")]


def test_yes_is_one_and_no_is_empty(plan: Plan) -> None:
    assert [row["open"] for row in table([plan], "tasks")] == ["1", ""]


def test_a_text_over_lines_is_printed_on_one(plan: Plan) -> None:
    assert all("\n" not in value for name in TABLES for row in table([plan], name) for value in row.values())
    assert table([plan], "tasks")[0]["text"].startswith("到2031年，修好")


def test_numbers_are_printed_plainly_and_dates_by_the_calendar(plan: Plan) -> None:
    value = IndicatorValue(
        id="i_2031", period="2031", kind=ValueKind.TARGET, text="1.5万", evidence=PLACE, comparator=Comparator.AT_LEAST,
        value=Decimal("1.5E+4"),
    )  # fmt: skip
    document = replace(plan.document, date_issued=date(2031, 3, 4))
    fuller = replace(
        plan,
        document=document,
        indicators=(Indicator(id="i", number="1", name="灯塔数", evidence=PLACE, values=(value,)),),
        projects=(
            Project(id="p", list="清单", number="1", name="灯塔", evidence=PLACE, investment_wan=Decimal("0.5")),
        ),
        achievements=(Achievement(id="r", metric="灯塔", value=Decimal("1E+1"), evidence=PLACE),),
    )
    assert table([fuller], "documents")[0]["date_issued"] == "2031-03-04"
    assert table([fuller], "indicator_values")[0]["value"] == "15000"
    assert table([fuller], "indicator_values")[0]["comparator"] == ">="
    assert table([fuller], "projects")[0]["investment_wan"] == "0.5"
    assert table([fuller], "achievements")[0]["value"] == "10"


def test_an_organisation_is_named_in_full_with_its_function(plan: Plan) -> None:
    body = Organization(
        id="贝壳区灯塔局",
        label="贝壳区灯塔局",
        kind=OrganizationKind.DEPARTMENT,
        names=("区灯塔局",),
        function="lighthouses",
    )
    tasks = tuple(
        replace(task, responsibilities=tuple(replace(duty, organization=body.id) for duty in task.responsibilities))
        for task in plan.tasks[:1]
    )
    (duty,) = table([replace(plan, tasks=tasks, organizations=(body,))], "duties")
    assert (duty["organization"], duty["function"]) == ("贝壳区灯塔局", "lighthouses")
    assert table([plan], "duties")[0]["organization"] == ""


def test_rows_are_sorted_by_document_and_stay_in_the_order_of_the_text(plan: Plan) -> None:
    other = replace(plan, document=replace(plan.document, id="一"))
    for plans in ([plan, other], [other, plan]):
        found = [(row["document"], row["task"]) for row in table(plans, "tasks")]
        assert found == [
            ("一", "贝政发-2031-5_1-1"),
            ("一", "贝政发-2031-5_1-2"),
            ("贝政发-2031-5", "贝政发-2031-5_1-1"),
            ("贝政发-2031-5", "贝政发-2031-5_1-2"),
        ]


def test_all_tables_are_written_as_utf_8_and_twice_the_same(plan: Plan, tmp_path: Path) -> None:
    paths = write_tables([plan], tmp_path / "tables")
    assert [path.name for path in paths] == [f"{name}.csv" for name in TABLES]
    first = {path.name: path.read_bytes() for path in paths}
    assert b"\r" not in b"".join(first.values())
    assert {path.name: path.read_bytes() for path in write_tables([plan], tmp_path / "tables")} == first
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(first)
    assert kg.write_tables is write_tables


def test_a_place_that_cannot_be_written_is_named(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "way").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        write_tables([plan], tmp_path / "way")
