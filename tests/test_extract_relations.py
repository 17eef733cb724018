"""Indicators, projects, citations and past results are read with their values, money, numbers and years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.documents import read
from kg.extract import extract
from kg.records import Citation, CitationRelation, Comparator, Indicator, Plan, Project, UnreadKind, ValueKind


def plan_of(*lines: str, title: str = "贝壳区灯塔养护方案", dated: str = "2031年3月1日") -> Plan:
    signature = ("贝壳区人民政府", dated) if dated else ()
    return extract(read("\n\n".join((title, *signature, *lines)).encode(), name="plan.txt"))


def flat(*rows: str) -> tuple[str, ...]:
    """Write rows, cells parted by blanks, one cell a line."""
    return tuple(cell for row in rows for cell in row.split())


def indicators(*rows: str, title: str = "灯塔主要指标", **options: str) -> tuple[Indicator, ...]:
    return plan_of(title, *flat(*rows), **options).indicators


def values(indicator: Indicator) -> list[tuple[str, ValueKind, str]]:
    return [(value.period, value.kind, value.text) for value in indicator.values]


B, T = ValueKind.BASELINE, ValueKind.TARGET


def test_a_row_is_an_indicator_with_its_unit_attribute_and_bodies() -> None:
    (first, second) = indicators(
        "序号 指标名称 单位 2030年 2035年 属性 责任单位",
        "1 灯塔数 座 26 40 约束性 区灯塔局",
        "2 灯塔完好率 % 88 ≥96 预期性 区灯塔局、区渔网局",
    )
    assert (first.number, first.name, first.unit, first.attribute) == ("1", "灯塔数", "座", "约束性")
    assert [duty.department for duty in second.responsibilities] == ["区灯塔局", "区渔网局"]
    assert values(first) == [("2030", B, "26"), ("2035", T, "40")]
    assert values(second) == [("2030", B, "88"), ("2035", T, "≥96")]


NUMBERS = [
    ("40", Comparator.EQUAL, "40"),
    ("≥96", Comparator.AT_LEAST, "96"),
    ("96以上", Comparator.AT_LEAST, "96"),
    ("≤5", Comparator.AT_MOST, "5"),
    ("＜5", Comparator.AT_MOST, "5"),
    ("5%以内", Comparator.AT_MOST, "5"),
    ("12,000", Comparator.EQUAL, "12000"),
    ("35.5%", Comparator.EQUAL, "35.5"),
    ("应保尽保", None, None),
]


@pytest.mark.parametrize(("text", "comparator", "number"), NUMBERS)
def test_a_value_is_a_number_with_its_comparison_or_a_text(
    text: str, comparator: Comparator | None, number: str | None
) -> None:
    (indicator,) = indicators("序号 指标 单位 2035年 属性", f"1 灯塔数 座 {text} 约束性")
    (value,) = indicator.values
    assert value.text == text
    assert value.comparator == comparator
    assert value.value == (Decimal(number) if number else None)


PERIODS = [
    ("现状值 目标值", "灯塔“十六五”规划", [("baseline", B), ("2035", T)]),
    ("现状值 目标值", "灯塔规划", [("baseline", B), ("target", T)]),
    ("2029年 2035年", "灯塔规划", [("2029", B), ("2035", T)]),
    ("2031年完成 2035年目标", "灯塔规划", [("2031", B), ("2035", T)]),
    ("目标值(2030年) 现状值(2030年)", "灯塔规划", [("2030", T), ("baseline", B)]),
]


@pytest.mark.parametrize(("headers", "title", "periods"), PERIODS)
def test_a_column_of_values_holds_a_baseline_or_a_target_of_its_period(
    headers: str, title: str, periods: list[tuple[str, ValueKind]]
) -> None:
    (indicator,) = indicators(f"序号 指标 单位 {headers} 属性", "1 灯塔数 座 26 40 约束性", title=title)
    assert [(value.period, value.kind) for value in indicator.values] == periods


def test_two_values_of_one_period_have_ids_of_their_own() -> None:
    (indicator,) = indicators("序号 指标 单位 现状值 现状值 属性", "1 灯塔数 座 26 40 约束性")
    assert len({value.id for value in indicator.values}) == 2


def test_the_unit_may_stand_in_brackets_after_the_name_and_a_mark_for_nothing_is_none() -> None:
    (first, second) = indicators(
        "序号 指标 2030年 2035年 属性", "1 灯塔数(座) 26 40 约束性", "2 灯塔覆盖(含夜航) 1 2 预期性"
    )
    assert [(one.name, one.unit) for one in (first, second)] == [("灯塔数", "座"), ("灯塔覆盖(含夜航)", None)]
    (third,) = indicators("序号 指标 单位 2035年 属性", "1 守塔人帮扶 — 应帮尽帮 预期性")
    assert third.unit is None


def test_values_without_a_place_of_their_own_are_marked_as_read_from_the_right() -> None:
    found = indicators(
        "序号 指标 单位 2030年 2033年 2035年 属性", "1 灯塔数 座 26 34 40 约束性", "2 夜航灯数 盏 34 40 预期性"
    )
    assert [[value.aligned for value in indicator.values] for indicator in found] == [[None] * 3, ["right"] * 2]
    assert values(found[1]) == [("2033", T, "34"), ("2035", T, "40")]


PROJECTS = "序号 项目名称 建设性质 开工时间 完工时间 建设地点 总投资(万元) 牵头单位 配合单位"


def project(row: str, header: str = PROJECTS) -> Project:
    (found,) = plan_of("附件1", "灯塔重点项目清单", *flat(header, row)).projects
    return found


def test_a_row_is_a_project_with_years_place_money_and_roles() -> None:
    found = project("1 东堤灯塔加固 改建 2031 2033 东堤 1,250.5 区灯塔局 区财政局、各码头街道")
    assert (found.list, found.number, found.name, found.type) == ("灯塔重点项目清单", "1", "东堤灯塔加固", "改建")
    assert (found.start, found.end, found.place, found.investment_wan) == ("2031", "2033", "东堤", Decimal("1250.5"))
    assert [(d.department, d.role.value) for d in found.responsibilities] == [
        ("区灯塔局", "lead"),
        ("区财政局", "support"),
        ("各码头街道", "support"),
    ]


MONEY = [
    ("总投资(万元)", "500", "500"),
    ("总投资(亿元)", "0.5", "5000"),
    ("总投资(元)", "500000", "50"),
    ("总投资", "500", "500"),
    ("总投资(万元)", "0.8亿元", "8000"),
    ("总投资(万元)", "约500", "500"),
]


@pytest.mark.parametrize(("header", "cell", "wan"), MONEY)
def test_money_is_in_ten_thousand_yuan_whatever_the_header_counts_in(header: str, cell: str, wan: str) -> None:
    found = project(
        f"1 东堤灯塔加固 改建 2031 2033 东堤 {cell} 区灯塔局 区财政局", PROJECTS.replace("总投资(万元)", header)
    )
    assert str(found.investment_wan) == wan


def test_a_range_in_one_cell_gives_both_years() -> None:
    found = project("1 东堤灯塔加固 改建 2031-2033年 区灯塔局", "序号 项目名称 建设性质 建设年限 牵头单位")
    assert (found.start, found.end) == ("2031", "2033")


def test_the_one_year_of_a_span_is_its_first_and_its_last_and_a_class_is_no_type() -> None:
    found = project("1 灯塔类 东堤灯塔加固 改建 2031 区灯塔局", "序号 项目类别 项目名称 建设性质 建设年限 市级牵头单位")
    assert (found.start, found.end, found.type) == ("2031", "2031", "改建")
    assert [(d.department, d.role.value) for d in found.responsibilities] == [("区灯塔局", "lead")]


def test_a_goal_of_a_project_may_promise() -> None:
    plan = plan_of(
        "附件1", "灯塔重点项目清单", *flat("序号 项目名称 预期目标 牵头单位", "1 东堤灯塔加固 建成灯塔5座 区灯塔局")
    )
    assert [one.goal for one in plan.projects] == ["建成灯塔5座"]
    assert [(c.value, c.unit, c.task) for c in plan.commitments] == [(5, "座", None)]


CITED = [
    ("根据《灯塔办法》（灯塔部令第5号）制定。", "灯塔办法", "灯塔部令第5号", CitationRelation.BASIS),
    ("根据《海雾省灯塔条例》，制定本方案。", "海雾省灯塔条例", None, CitationRelation.BASIS),
    ("落实《灯塔办法》（灯发〔2030〕5号）要求。", "灯塔办法", "灯发〔2030〕5号", CitationRelation.BASIS),
    ("参照《灯塔标准》（GB/T12345-2030）执行。", "灯塔标准", "GB/T12345-2030", CitationRelation.MENTION),
    ("宣传《灯塔办法（试行）》。", "灯塔办法（试行）", None, CitationRelation.MENTION),
]


@pytest.mark.parametrize(("text", "title", "number", "relation"), CITED)
def test_a_cited_act_has_its_title_number_and_relation(
    text: str, title: str, number: str | None, relation: CitationRelation
) -> None:
    (citation,) = plan_of(text).citations
    assert isinstance(citation, Citation)
    assert (citation.title, citation.number, citation.relation) == (title, number, relation)


def test_an_act_is_cited_once_and_the_document_does_not_cite_itself() -> None:
    plan = plan_of(
        "《贝壳区灯塔养护方案》已经同意。",
        "根据《灯塔条例》制定。",
        "宣传《灯塔条例》（灯发〔2030〕5号）。",
        "发放《灯塔许可证》。",
    )
    assert [(citation.title, citation.number) for citation in plan.citations] == [("灯塔条例", "灯发〔2030〕5号")]


def test_a_reply_tells_what_was_reached() -> None:
    plan = plan_of(
        "您的建议收悉。",
        "2030年，全市建成驿站45个，服务守塔人1.6万人次。连续3年获奖，满意度从82%提高到91%。",
        title="雾灯市灯塔管理局关于第118号建议的答复函",
        dated="",
    )
    assert [(a.metric, a.value, a.unit, a.as_of) for a in plan.achievements] == [
        ("驿站", 45, "个", "2030"),
        ("服务守塔人", 16000, "人次", "2030"),
        ("满意度", 91, "%", None),
    ]


def test_a_table_that_says_nothing_known_and_a_row_without_a_body_are_reported() -> None:
    strange = plan_of("附件1", *flat("序号 工作内容 完成时限 备注", "1 点亮灯塔 2031年底 无", "2 织补渔网 2031年底 无"))
    assert [unread.kind for unread in strange.unread] == [UnreadKind.ROW]
    without = plan_of("序号\t任务\t牵头单位\t配合单位\n1\t修缮灯塔\t\t\n2\t巡查灯塔\t区灯塔局\t\n")
    assert [(unread.reason, unread.evidence.quote) for unread in without.unread] == [("a row without a body", "1")]
