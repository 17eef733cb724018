"""Two invented plans of one invented city: every kind of record, every branch of the graph, no word of a real document.

The Shell District (贝壳区) plan is read with its text, the Buoy County (浮标县) reply carries offsets only.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.records import (
    Achievement,
    Basis,
    Citation,
    CitationRelation,
    Commitment,
    Comparator,
    Deadline,
    DocumentInfo,
    DocumentKind,
    Evidence,
    Indicator,
    IndicatorValue,
    Organization,
    OrganizationKind,
    Plan,
    Precision,
    Project,
    Recurrence,
    Region,
    RegionLevel,
    Responsibility,
    Role,
    Task,
    ValueKind,
)

SHELL = "贝政发-2031-5"
BUOY = "浮民函-2031-12"

PROVINCE = Region(code="990000", name="海雾省", level=RegionLevel.PROVINCE)
CITY = Region(code="990100", name="雾灯市", level=RegionLevel.PREFECTURE, parent="990000")
SHELL_DISTRICT = Region(code="990101", name="贝壳区", level=RegionLevel.COUNTY, parent="990100")
BUOY_COUNTY = Region(code="990122", name="浮标县", level=RegionLevel.COUNTY, parent="990100")


def body(
    label: str,
    function: str | None = None,
    *,
    names: tuple[str, ...] = (),
    kind: OrganizationKind = OrganizationKind.DEPARTMENT,
    region: str | None = "990101",
) -> Organization:
    return Organization(
        id=label, label=label, kind=kind, names=names or (label,), region_code=region, function=function
    )


def at(start: int, end: int, quote: str | None = None) -> Evidence:
    return Evidence(start=start, end=end, quote=quote)


def said(start: int, quote: str) -> Evidence:
    return Evidence(start=start, end=start + len(quote), quote=quote)


def duty(
    name: str, written: str, role: Role, place: Evidence, organization: str, basis: Basis = Basis.CLAUSE
) -> Responsibility:
    return Responsibility(
        id=name, department=written, role=role, basis=basis, evidence=place, organization=organization
    )


def value(
    of: str, period: str, text: str, start: int, number: str | None = None, kind: ValueKind = ValueKind.TARGET
) -> IndicatorValue:
    return IndicatorValue(
        id=f"{of}_{period}",
        period=period,
        kind=kind,
        text=text,
        evidence=at(start, start + len(text)),
        comparator=Comparator.AT_LEAST if text.startswith("≥") else None,
        value=Decimal(number) if number else None,
    )


def shell_plan() -> Plan:
    """Give the plan of 贝壳区: four tasks, two indicators, two projects, a promise, three citations."""
    first, second, third, fourth = (f"{SHELL}_{n}" for n in ("2-1-1", "2-1-2", "2-2", "3-1"))
    info = DocumentInfo(
        id=SHELL,
        file="shell.txt",
        sha256="5e" * 32,
        title="贝壳区灯塔点亮行动方案",
        kind=DocumentKind.PLAN,
        number="贝政发〔2031〕5号",
        issuer="贝壳区人民政府",
        region="贝壳区",
        region_code="990101",
        parent_region="雾灯市",
        date_issued=date(2031, 3, 1),
        date_published=date(2031, 3, 4),
    )
    tasks = (
        Task(
            id=first,
            number="二/(一)/1",
            section=("二、主要任务", "(一)点亮灯塔"),
            evidence=said(100, "1.修复灯塔。"),
            title="修复灯塔",
            clause=said(160, "(区民政局牵头,区财政局、区卫生健康委配合)"),
            responsibilities=(
                duty(f"{first}_r1", "区民政局", Role.LEAD, said(161, "区民政局"), "贝壳区民政局"),
                duty(f"{first}_r2", "区财政局", Role.SUPPORT, said(168, "区财政局"), "贝壳区财政局"),
                duty(f"{first}_r3", "区卫生健康委", Role.SUPPORT, said(173, "区卫生健康委"), "贝壳区卫生健康委员会"),
            ),
            deadlines=(
                Deadline(
                    id=f"{first}_d1",
                    when="2033",
                    precision=Precision.YEAR,
                    evidence=said(110, "2033年年内"),
                    earliest=date(2033, 1, 1),
                    latest=date(2033, 12, 31),
                ),
            ),
        ),
        Task(
            id=second,
            number="二/(一)/2",
            section=("二、主要任务", "(一)点亮灯塔"),
            evidence=said(181, "2.巡查雾笛。"),
            title="巡查雾笛",
            clause=said(230, "(区民政局、区财政局牵头,各码头办事处具体落实)"),
            open=True,
            responsibilities=(
                duty(f"{second}_r1", "区民政局", Role.LEAD, said(231, "区民政局"), "贝壳区民政局"),
                duty(f"{second}_r2", "区财政局", Role.LEAD, said(236, "区财政局"), "贝壳区财政局"),
                duty(f"{second}_r3", "各码头办事处", Role.IMPLEMENT, said(245, "各码头办事处"), "贝壳区各码头办事处"),
            ),
            deadlines=(
                Deadline(
                    id=f"{second}_d1",
                    when="every-quarter",
                    precision=Precision.NONE,
                    evidence=said(190, "每季度"),
                    recurrence=Recurrence.QUARTER,
                ),
            ),
        ),
        Task(
            id=third,
            number="二/(二)",
            section=("二、主要任务",),
            evidence=said(261, "(二)培训守塔人。"),
            title="培训守塔人",
            clause=said(310, "(责任单位:区卫生健康委)"),
            responsibilities=(
                duty(
                    f"{third}_r1", "区卫生健康委", Role.RESPONSIBLE, said(316, "区卫生健康委"), "贝壳区卫生健康委员会"
                ),
            ),
            deadlines=(
                Deadline(
                    id=f"{third}_d1",
                    when="2032-06",
                    precision=Precision.MONTH,
                    evidence=said(270, "2032年6月底前"),
                    earliest=date(2032, 6, 1),
                    latest=date(2032, 6, 30),
                ),
            ),
        ),
        Task(
            id=fourth,
            number="三/(一)",
            section=("三、保障措施",),
            evidence=said(331, "(一)加强宣传。"),
            truncated=True,
        ),
    )
    towers, keepers = f"{SHELL}_i1", f"{SHELL}_i2"
    indicators = (
        Indicator(
            id=towers,
            number="1",
            name="灯塔亮灯率",
            evidence=said(400, "1 灯塔亮灯率"),
            group="灯塔",
            unit="%",
            attribute="约束性",
            values=(
                value(towers, "2030", "82.5", 410, "82.50", ValueKind.BASELINE),
                value(towers, "2033", "≥95", 415, "95"),
                value(towers, "2035", "应亮尽亮", 420),
            ),
            responsibilities=(
                duty(f"{towers}_r1", "区民政局", Role.RESPONSIBLE, said(430, "区民政局"), "贝壳区民政局", Basis.TABLE),
            ),
        ),
        Indicator(
            id=keepers,
            number="2",
            name="守塔人数",
            evidence=said(441, "2 守塔人数"),
            unit="人",
            attribute="预期性",
            values=(value(keepers, "2035", "300", 460, "300"),),
        ),
    )
    harbour, horn = f"{SHELL}_p1", f"{SHELL}_p2"
    projects = (
        Project(
            id=harbour,
            list="重点项目清单",
            number="1",
            name="月牙湾灯塔",
            evidence=said(500, "1 月牙湾灯塔"),
            type="新建",
            start="2031",
            end="2033",
            place="月牙湾",
            investment_wan=Decimal("1200.50"),
            central_wan=Decimal(600),
            responsibilities=(
                duty(f"{harbour}_r1", "区民政局", Role.LEAD, said(540, "区民政局"), "贝壳区民政局", Basis.TABLE),
                duty(f"{harbour}_r2", "区财政局", Role.SUPPORT, said(546, "区财政局"), "贝壳区财政局", Basis.TABLE),
            ),
        ),
        Project(
            id=horn,
            list="重点项目清单",
            number="2",
            name="雾笛改造",
            evidence=said(561, "2 雾笛改造"),
            investment_wan=Decimal(80),
            responsibilities=(
                duty(f"{horn}_r1", "区民政局", Role.LEAD, said(590, "区民政局"), "贝壳区民政局", Basis.TABLE),
            ),
        ),
    )
    return Plan(
        document=info,
        extractor="kg 0.1.0",
        tasks=tasks,
        commitments=(
            Commitment(
                id=f"{SHELL}_c1",
                metric="新增灯塔",
                comparator=Comparator.AT_LEAST,
                value=Decimal(15000),
                evidence=said(120, "新增灯塔1.5万座以上"),
                unit="座",
                by="2033",
                task=first,
                section=("二、主要任务", "(一)点亮灯塔"),
            ),
            Commitment(
                id=f"{SHELL}_c2",
                metric="培训守塔人",
                comparator=Comparator.EQUAL,
                value=Decimal(3),
                value_max=Decimal(5),
                evidence=said(280, "培训守塔人3—5名"),
                unit="名",
                by="every-year",
            ),
        ),
        indicators=indicators,
        projects=projects,
        citations=(
            Citation(
                id=f"{SHELL}_q1",
                title="海雾省灯塔条例",
                relation=CitationRelation.BASIS,
                evidence=said(20, "《海雾省灯塔条例》"),
            ),
            Citation(
                id=f"{SHELL}_q2",
                title="雾灯市守塔人意见",
                relation=CitationRelation.BASIS,
                evidence=said(30, "《雾灯市守塔人意见》"),
                number="雾政发〔2030〕8号",
            ),
            Citation(
                id=f"{SHELL}_q3",
                title="雾笛技术规范",
                relation=CitationRelation.MENTION,
                evidence=said(200, "《雾笛技术规范》"),
            ),
        ),
        organizations=(
            body("贝壳区人民政府", kind=OrganizationKind.GOVERNMENT),
            body("贝壳区民政局", "civil-affairs", names=("区民政局", "贝壳区民政局")),
            body("贝壳区财政局", "finance", names=("区财政局",)),
            body("贝壳区卫生健康委员会", "health", names=("区卫生健康委",)),
            body("贝壳区各码头办事处", names=("各码头办事处",), kind=OrganizationKind.COLLECTIVE),
        ),
        regions=(PROVINCE, CITY, SHELL_DISTRICT),
    )


def buoy_reply() -> Plan:
    """Give the reply of 浮标县: offsets without words, a task led by civil affairs there, an achievement."""
    only = f"{BUOY}_1"
    rate = f"{BUOY}_i1"
    return Plan(
        document=DocumentInfo(
            id=BUOY,
            file="buoy.txt",
            sha256="b0" * 32,
            title="关于第12号建议的答复函",
            kind=DocumentKind.REPLY,
            number="浮民函〔2031〕12号",
            issuer="浮标县民政局",
            region="浮标县",
            region_code="990122",
            parent_region="雾灯市",
            date_issued=date(2031, 5, 20),
        ),
        extractor="kg 0.1.0",
        tasks=(
            Task(
                id=only,
                number="一",
                section=("一、下一步工作",),
                evidence=at(50, 90),
                title="布设浮标",
                responsibilities=(
                    duty(f"{only}_r1", "我们", Role.LEAD, at(52, 54), "浮标县民政局", Basis.IMPLIED),
                    duty(f"{only}_r2", "县财政局", Role.SUPPORT, at(60, 64), "浮标县财政局", Basis.PROSE),
                    duty(f"{only}_r3", "雾港救助协会", Role.SUPPORT, at(65, 71), "雾港救助协会", Basis.PROSE),
                ),
                deadlines=(
                    Deadline(
                        id=f"{only}_d1",
                        when="2031",
                        precision=Precision.YEAR,
                        evidence=at(70, 75),
                        earliest=date(2031, 1, 1),
                        latest=date(2031, 12, 31),
                    ),
                ),
            ),
        ),
        indicators=(
            Indicator(
                id=rate,
                number="1",
                name="灯塔亮灯率",
                evidence=at(150, 170),
                unit="%",
                values=(
                    value(rate, "baseline", "70", 155, "70", ValueKind.BASELINE),
                    value(rate, "2033", "90", 160, "90"),
                ),
            ),
        ),
        achievements=(
            Achievement(
                id=f"{BUOY}_a1",
                metric="已布设浮标",
                value=Decimal(40),
                evidence=at(100, 110),
                unit="个",
                as_of="2030",
            ),
        ),
        citations=(
            Citation(
                id=f"{BUOY}_q1",
                title="雾灯市守塔人意见",
                relation=CitationRelation.MENTION,
                evidence=at(120, 130),
                number="雾政发〔2030〕8号",
            ),
            Citation(
                id=f"{BUOY}_q2",
                title="贝壳区灯塔点亮行动方案",
                relation=CitationRelation.MENTION,
                evidence=at(132, 140),
                number="贝政发〔2031〕5号",
            ),
        ),
        organizations=(
            body("浮标县民政局", "civil-affairs", region="990122"),
            body("浮标县财政局", "finance", names=("县财政局",), region="990122"),
            body("雾港救助协会", kind=OrganizationKind.ASSOCIATION, region=None),
        ),
        regions=(PROVINCE, CITY, BUOY_COUNTY),
    )


def plans() -> tuple[Plan, Plan]:
    """Give both plans, in the order of their ids."""
    return buoy_reply(), shell_plan()
