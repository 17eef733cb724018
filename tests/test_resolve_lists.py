"""A bare name in a list of bodies is read with the rank of the name before it, and left open where it can be either's."""

import re
from dataclasses import replace

import pytest

from kg.records import (
    Basis,
    DocumentInfo,
    DocumentKind,
    Evidence,
    Indicator,
    Organization,
    Plan,
    Responsibility,
    Role,
    Task,
)
from kg.resolve import resolve


def duties(clause: str, start: int) -> tuple[Responsibility, ...]:
    """Make a duty of each name in a clause, at its place."""
    found = re.finditer(r"[^、,;牵头配合]+", clause)
    return tuple(
        Responsibility(
            id=f"{start + match.start()}",
            department=match[0],
            role=Role.LEAD,
            basis=Basis.CLAUSE,
            evidence=Evidence(start=start + match.start(), end=start + match.end()),
        )
        for match in found
    )


def plan(*clauses: str, region: str | None, issuer: str | None = None) -> Plan:
    """Make a plan whose tasks have one clause each, far from one another."""
    tasks = []
    for number, clause in enumerate(clauses, start=1):
        start = number * 1000
        place = Evidence(start=start, end=start + len(clause))
        tasks.append(
            Task(
                id=str(number),
                number=str(number),
                section=(),
                evidence=place,
                clause=place,
                responsibilities=duties(clause, start),
            )
        )
    info = DocumentInfo(
        id="d", file="d.txt", sha256="0", title="", kind=DocumentKind.PLAN, region=region, issuer=issuer
    )
    return Plan(document=info, extractor="test", tasks=tuple(tasks))


def bodies(resolved: Plan) -> list[list[str]]:
    """Give the organisation of each name, clause by clause."""
    return [[duty.organization or "" for duty in task.responsibilities] for task in resolved.tasks]


# region, clauses -> ids of the organisations
LISTS = [
    ("贝壳县", ["县民政局、财政局、人社局"], [["贝壳县_civil-affairs", "贝壳县_finance", "贝壳县_human-resources"]]),
    (
        "贝壳区",
        ["市灯塔局、渔网局", "区灯塔局、渔网局"],
        [["贝壳区_市灯塔局", "贝壳区_市渔网局"], ["贝壳区_灯塔局", "贝壳区_渔网局"]],
    ),
    (
        "万州区",
        ["市民政局、财政局", "区民政局、财政局"],
        [["500000_civil-affairs", "500000_finance"], ["500101_civil-affairs", "500101_finance"]],
    ),
    ("万州区", ["市民政局牵头,财政局配合"], [["500000_civil-affairs", "500000_finance"]]),
    (
        "平凉市",
        ["省民政厅、财政厅、市妇联、残联"],
        [["620000_civil-affairs", "620000_finance", "620800_womens-federation", "620800_disabled-federation"]],
    ),
    ("重庆市", ["涪陵区民政局、财政局"], [["500102_civil-affairs", "500102_finance"]]),
    ("甘肃省", ["省级民政部门、财政部门"], [["620000_civil-affairs", "620000_finance"]]),
    ("重庆市", ["国家发展改革委、卫生健康委"], [["100000_development-reform", "100000_health"]]),
    (
        "万州区",
        ["区民政局、各镇乡街道、财政局、团区委、残联"],
        [["500101_civil-affairs", "500101_各镇乡街道", "500101_finance", "500101_youth-league", "500101_disabled-federation"]],
    ),
    ("万州区", ["市民政局、渔网镇、渔网公司、灯塔医院"], [["500000_civil-affairs", "500101_渔网镇", "500101_渔网公司", "500101_灯塔医院"]]),
]  # fmt: skip


@pytest.mark.parametrize(("region", "clauses", "ids"), LISTS)
def test_a_bare_name_has_the_region_of_the_list_that_it_stands_in(
    region: str, clauses: list[str], ids: list[list[str]]
) -> None:
    assert bodies(resolve(plan(*clauses, region=region))) == ids


def test_ministries_of_a_national_plan_need_no_rank() -> None:
    resolved = resolve(plan("民政部、财政部、卫生健康委、医保局", region=None, issuer="国务院办公厅"))
    assert bodies(resolved) == [["100000_civil-affairs", "100000_finance", "100000_health", "100000_medical-insurance"]]


@pytest.mark.parametrize(
    "clauses",
    [
        ["市民政局、财政局", "财政局、教育局"],  # the plan writes its own 财政局 bare
        ["市民政局、财政局", "教育局、住建局"],  # and its own bureaux in general
        ["国家发展改革委、财政局"],  # no central body is called so
    ],
)
def test_a_name_that_can_be_of_either_level_is_left_without_a_region(clauses: list[str]) -> None:
    resolved = resolve(plan(*clauses, region="万州区"))
    finance = {body.id: body for body in resolved.organizations}[bodies(resolved)[0][1]]
    assert (finance.id, finance.label, finance.region_code, finance.function) == (
        "500101_财政局",
        "财政局",
        None,
        "finance",
    )


def test_lists_of_other_clauses_and_names_without_a_place_lend_no_rank() -> None:
    apart = resolve(plan("市民政局", "财政局", region="万州区"))
    assert bodies(apart) == [["500000_civil-affairs"], ["500101_finance"]]
    nowhere = Evidence(start=0, end=0)
    extracted = plan("市民政局、财政局", region="万州区")
    unplaced = tuple(replace(duty, evidence=nowhere) for duty in extracted.tasks[0].responsibilities)
    resolved = resolve(replace(extracted, tasks=(replace(extracted.tasks[0], responsibilities=unplaced),)))
    assert bodies(resolved) == [["500000_civil-affairs", "500101_finance"]]


def test_a_table_cell_is_a_list_and_the_next_cell_another() -> None:
    cells = (*duties("市民政局、财政局", 10), *duties("卫健委", 30))
    row = Indicator(
        id="i", number="1", name="灯", evidence=Evidence(start=0, end=40), responsibilities=(*cells[2:], *cells[:2])
    )
    resolved = resolve(replace(plan("区民政局、区财政局", region="万州区"), indicators=(row,)))
    named = [duty.organization for duty in resolved.indicators[0].responsibilities]
    assert named == ["500101_health", "500000_civil-affairs", "500000_finance"]


def test_an_inherited_name_is_kept_as_written() -> None:
    resolved = resolve(plan("市民政局、财政局", "国家发展改革委、卫生健康委", "区教委", region="万州区"))
    by_id: dict[str, Organization] = {body.id: body for body in resolved.organizations}
    assert (by_id["500000_finance"].label, by_id["500000_finance"].names) == ("重庆市财政局", ("财政局",))
    assert (by_id["100000_health"].label, by_id["100000_health"].names) == ("卫生健康委", ("卫生健康委",))
    assert resolve(resolved) == resolved


# written name, region, issuer -> (id, label, kind, function)
TOWNSHIPS = [
    ("镇民政办", "万州区", None, ("500101_镇民政办", "万州区镇民政办", "collective", "civil-affairs")),
    ("渔网镇民政办", "万州区", None, ("500101_渔网镇民政办", "渔网镇民政办", "department", "civil-affairs")),
    ("万州区渔网镇民政办", "万州区", None, ("500101_渔网镇民政办", "万州区渔网镇民政办", "department", "civil-affairs")),
    ("乡民政办", "万州区", "万州区渔网乡人民政府", ("500101_渔网乡_民政办", "渔网乡民政办", "department", "civil-affairs")),
    ("党政办公室", "万州区", "万州区渔网乡人民政府", ("500101_渔网乡_党政办公室", "渔网乡党政办公室", "department", "party-office")),
    ("乡人民政府", "万州区", "万州区渔网乡人民政府", ("500101_渔网乡", "渔网乡人民政府", "government", "general-government")),
    ("区民政局", "万州区", "万州区渔网乡人民政府", ("500101_civil-affairs", "万州区民政局", "department", "civil-affairs")),
    ("街道党工委", "港湾街道", None, ("港湾街道_party-committee", "港湾街道党工委", "department", "party-committee")),
    ("县级民政部门", "甘肃省", None, ("620000_县级民政部门", "甘肃省县级民政部门", "collective", "civil-affairs")),
    ("省级民政部门", "万州区", None, ("500101_省级民政部门", "省级民政部门", "department", "civil-affairs")),
    ("驻区部队", "万州区", None, ("500101_驻区部队", "万州区驻区部队", "collective", "military-affairs")),
    ("国土资源部", "万州区", None, ("100000_国土资源部", "国土资源部", "department", "natural-resources")),
    ("国家矿山安全监察局重庆局", "万州区", None, ("500000_国家矿山安全监察局重庆局", "国家矿山安全监察局重庆局", "department", "mine-safety")),
    ("国家矿山安全监察局渔网局", "万州区", None, ("500101_国家矿山安全监察局渔网局", "国家矿山安全监察局渔网局", "department", "mine-safety")),
    ("兵团民政局", "新疆生产建设兵团", None, ("新疆生产建设兵团_civil-affairs", "新疆生产建设兵团民政局", "department", "civil-affairs")),
    ("新区党群工作部", "渔网新区", None, ("渔网新区_党群工作部", "渔网新区党群工作部", "department", "party-organization")),
    ("区委党校", "万州区", None, ("500101_party-school", "万州区委党校", "school", "party-school")),
    ("区委区政府", "万州区", None, ("500101_委区政府", "万州区委区政府", "government", None)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "region", "issuer", "expected"), TOWNSHIPS)
def test_bodies_below_and_beside_the_regions_of_the_table_have_their_place(
    name: str, region: str, issuer: str | None, expected: tuple[str | None, ...]
) -> None:
    [found] = resolve(plan(name, region=region, issuer=issuer)).organizations
    assert (found.id, found.label, found.kind.value, found.function) == expected
