"""Ranking of functions and organisations, on two invented island districts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

import pytest

from kg.rank import RankRow, rank
from kg.records import (
    Basis,
    DocumentInfo,
    DocumentKind,
    Evidence,
    Indicator,
    Organization,
    OrganizationKind,
    Plan,
    Project,
    Region,
    RegionLevel,
    Responsibility,
    Role,
    Task,
)

LEAD, RESPONSIBLE, SUPPORT, IMPLEMENT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.IMPLEMENT
LABELS = {"lighthouses": {"zh": "灯塔", "en": "lighthouses"}, "nets": {"zh": "渔网", "en": "fishing nets"}}

Duty = tuple[str, Role]
By = Literal["function", "organization"]


def duty(number: int, name: str, role: Role, organization: Organization | None) -> Responsibility:
    return Responsibility(
        id=f"r{number}",
        department=name,
        role=role,
        basis=Basis.CLAUSE,
        evidence=Evidence(start=10 * number, end=10 * number + len(name), quote=name),
        organization=organization.id if organization else None,
    )


def island(
    document: str,
    tasks: list[list[Duty]],
    *,
    region: tuple[str, str] | None = ("990101", "贝壳区"),
    indicators: Sequence[list[Duty]] = (),
    projects: Sequence[list[Duty]] = (),
) -> Plan:
    """Build a plan; with a region its bodies are resolved, without one they stay as written."""
    code, name = region or (None, None)
    functions = {"区灯塔局": "lighthouses", "区守塔中心": "lighthouses", "区渔网局": "nets"}
    kinds = {"各岛村": OrganizationKind.COLLECTIVE}
    organizations = {
        written: Organization(
            id=f"{code}/{written}",
            label=f"{name}{written.removeprefix('区')}",
            kind=kinds.get(written, OrganizationKind.DEPARTMENT),
            names=(written,),
            region_code=code,
            function=functions.get(written),
        )
        for written in ("区灯塔局", "区守塔中心", "区渔网局", "区专班", "各岛村")
        if region
    }

    def duties(pairs: list[Duty]) -> tuple[Responsibility, ...]:
        return tuple(duty(n, name, role, organizations.get(name)) for n, (name, role) in enumerate(pairs))

    place = Evidence(start=0, end=5)
    return Plan(
        document=DocumentInfo(
            id=document,
            file=f"{document}.txt",
            sha256="0" * 64,
            title="一岛一灯行动方案",
            kind=DocumentKind.PLAN,
            region=name,
            region_code=code,
            date_issued=date(2031, 3, 1),
        ),
        extractor="by hand",
        tasks=tuple(
            Task(id=f"t{n}", number=f"二/{n}", section=(), evidence=place, responsibilities=duties(pairs))
            for n, pairs in enumerate(tasks)
        ),
        indicators=tuple(
            Indicator(id=f"i{n}", number=str(n), name="亮灯率", evidence=place, responsibilities=duties(pairs))
            for n, pairs in enumerate(indicators)
        ),
        projects=tuple(
            Project(id=f"p{n}", list="清单", number="1", name="新塔", evidence=place, responsibilities=duties(pairs))
            for n, pairs in enumerate(projects)
        ),
        organizations=tuple(organizations.values()),
        regions=(Region(code=code, name=name, level=RegionLevel.COUNTY),) if code and name else (),
    )


def by_label(rows: tuple[RankRow, ...]) -> dict[str, RankRow]:
    return {row.label: row for row in rows}


BEIKE = island(
    "beike",
    [
        [("区灯塔局", LEAD), ("区渔网局", SUPPORT), ("各岛村", IMPLEMENT)],
        [("区灯塔局", LEAD), ("区守塔中心", RESPONSIBLE)],
        [("区渔网局", RESPONSIBLE), ("区专班", SUPPORT)],
        [],
    ],
    indicators=[[("区灯塔局", RESPONSIBLE)], [("区灯塔局", RESPONSIBLE), ("区渔网局", RESPONSIBLE)]],
    projects=[[("区渔网局", LEAD)]],
)
LUOBEI = island("luobei", [[("区灯塔局", SUPPORT)], [("区渔网局", LEAD)]], region=("990102", "螺贝县"))


def test_a_function_is_counted_across_regions() -> None:
    row = by_label(rank([BEIKE, LUOBEI], labels=LABELS))["灯塔"]
    assert (row.lead, row.responsible, row.support, row.implement) == (2, 1, 1, 0)
    assert (row.total, row.tasks, row.documents) == (4, 3, 2)
    assert (row.key, row.label_en, row.function, row.place) == ("lighthouses", "lighthouses", "lighthouses", None)
    assert row.share == pytest.approx(3 / 6)
    assert (row.indicators, row.projects) == (2, 0)


def test_an_organisation_is_counted_within_its_region() -> None:
    rows = by_label(rank([BEIKE, LUOBEI], by="organization"))
    assert (rows["贝壳区灯塔局"].total, rows["螺贝县灯塔局"].total) == (2, 1)
    assert (rows["贝壳区灯塔局"].share, rows["螺贝县灯塔局"].share) == (2 / 4, 1 / 2)
    assert (rows["贝壳区灯塔局"].place, rows["螺贝县灯塔局"].place) == ("贝壳区", "螺贝县")
    assert rows["贝壳区渔网局"].projects == 1


def test_fractions_of_all_rows_make_the_number_of_tasks_that_name_a_counted_body() -> None:
    for by in get_args(By):
        for collective in (False, True):
            rows = rank([BEIKE, LUOBEI], by=by, collective=collective)
            assert sum(row.fractional for row in rows) == pytest.approx(5)


def test_two_bodies_of_one_function_share_its_fraction_of_a_task() -> None:
    row = by_label(rank([BEIKE]))["lighthouses"]
    assert row.fractional == pytest.approx(1 / 2 + 1)


def test_collective_bodies_are_counted_on_request_only() -> None:
    assert "贝壳区各岛村" not in by_label(rank([BEIKE], by="organization"))
    row = by_label(rank([BEIKE], by="organization", collective=True))["贝壳区各岛村"]
    assert (row.implement, row.total, row.fractional) == (1, 1, pytest.approx(1 / 3))


def test_a_body_without_a_function_is_listed_as_such() -> None:
    row = by_label(rank([BEIKE], labels=LABELS))["贝壳区专班"]
    assert (row.function, row.label_en, row.total) == (None, None, 1)


def test_unresolved_bodies_fall_back_to_the_written_name() -> None:
    first, second = (island(name, [[("区灯塔局", LEAD), ("各岛村", IMPLEMENT)]], region=None) for name in "ab")
    functions = by_label(rank([first, second], labels=LABELS))
    assert (functions["区灯塔局"].lead, functions["区灯塔局"].function) == (2, None)
    leaders = rank([first, second], by="organization")[:2]
    assert [(row.label, row.place, row.lead) for row in leaders] == [("区灯塔局", "a", 1), ("区灯塔局", "b", 1)]


def test_a_body_named_twice_in_one_role_counts_once_and_in_two_roles_twice() -> None:
    plan = island("beike", [[("区灯塔局", LEAD), ("区灯塔局", LEAD), ("区灯塔局", IMPLEMENT)]])
    (row,) = rank([plan], by="organization")
    assert (row.lead, row.implement, row.total, row.tasks, row.fractional) == (1, 1, 2, 1, 1.0)


def test_rows_stand_by_total_then_lead_then_label() -> None:
    plan = island(
        "beike",
        [
            [("甲站", SUPPORT), ("乙站", LEAD), ("丙站", SUPPORT), ("区灯塔局", SUPPORT)],
            [("区灯塔局", SUPPORT)],
        ],
    )
    labels = [row.label for row in rank([plan], by="organization")]
    assert labels == ["贝壳区灯塔局", "乙站", *sorted(["甲站", "丙站"])]


def test_the_order_of_the_plans_makes_no_difference() -> None:
    for by in get_args(By):
        assert rank([BEIKE, LUOBEI], by=by) == rank([LUOBEI, BEIKE], by=by)


def test_the_sample_is_a_responsibility_of_the_strongest_role() -> None:
    row = by_label(rank([LUOBEI, BEIKE]))["nets"]
    assert row.evidence is not None
    assert (row.evidence.document, row.evidence.task, row.evidence.number) == ("luobei", "t1", "二/1")
    assert (row.evidence.role, row.evidence.quote, row.evidence.end - row.evidence.start) == (LEAD, "区渔网局", 4)


def test_a_body_with_indicators_only_has_a_row_without_a_sample() -> None:
    plan = island("beike", [], indicators=[[("区灯塔局", RESPONSIBLE)]])
    (row,) = rank([plan])
    assert (row.total, row.indicators, row.share, row.evidence) == (0, 1, 0.0, None)


def test_no_plans_give_no_rows() -> None:
    assert rank([]) == ()
