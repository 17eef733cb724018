"""Lists of projects: money with its unit wherever it stands, sums and subheadings no projects, and dates for parts of a row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

import kg
from kg.documents import Document
from kg.documents.layout import blocks_of, of_parts
from kg.documents.parts import Grid, GridCell, Line, Parts
from kg.records import Plan

Texts = Sequence[str | tuple[str, int, int]]
ROW = ("1", "灯塔修缮工程", "2.5", "0.75", "区灯塔局")
AMOUNTS = (Decimal(25_000), Decimal(7_500))


def grid(rows: Sequence[Texts]) -> Grid:
    """Place the cells of rows, each a text or a text with the rows and columns that it spans."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for at, row in enumerate(rows):
        place = 0
        for cell in row:
            text, height, width = (cell, 1, 1) if isinstance(cell, str) else cell
            while (at, place) in taken:
                place += 1
            cells.append(GridCell(text=text, row=at, column=place, rows=height, columns=width))
            taken |= {(at + down, place + right) for down in range(height) for right in range(width)}
            place += width
    return Grid(cells=tuple(cells))


def plan(*rows: Texts, above: Sequence[str] = ("附件1", "贝壳区灯塔项目清单")) -> Plan:
    lines = [Line(text=text) for text in ("贝壳区灯塔养护工作方案", *above)]
    laid = of_parts(Parts(parts=(*lines, grid(rows))))
    return kg.extract(Document(name="x", sha256="0", text=laid.text, blocks=blocks_of(laid.stretches, laid.text)))


def tall(*texts: str) -> list[tuple[str, int, int]]:
    return [(text, 2, 1) for text in texts]


PLAIN = ("序号", "项目名称", "总投资", "中央预算内投资", "责任单位")
HEADERS: list[tuple[str, list[Texts], Sequence[str]]] = [
    (
        "over others",
        [[*tall("序号", "项目名称"), ("投资估算（亿元）", 1, 2), ("责任单位", 2, 1)], ["总投资", "其中：中央"]],
        (),
    ),
    (
        "over others, of money",
        [[*tall("序号", "项目名称"), ("投资（单位：亿元）", 1, 2), ("责任单位", 2, 1)], ["合计", "申请中央资金"]],
        (),
    ),
    ("own", [("序号", "项目名称", "总投资（亿元）", "中央预算内投资（亿元）", "责任单位")], ()),
    ("below", [[*tall("序号", "项目名称"), "总投资", "中央资金", ("责任单位", 2, 1)], ["（亿元）", "（亿元）"]], ()),
    ("below, not merged", [PLAIN, ("", "", "亿元", "亿元", "")], ()),
    ("line above", [PLAIN], ("单位：亿元",)),
    ("line in brackets", [PLAIN], ("（单位：人民币亿元）",)),
    ("row above", [[("单位：亿元", 1, 5)], PLAIN], ()),
    ("row above, beside a title", [[("贝壳区灯塔项目清单", 1, 3), ("单位：亿元", 1, 2)], PLAIN], ()),
    ("row below", [PLAIN, [("单位：亿元", 1, 5)]], ()),
]


@pytest.mark.parametrize(("header", "caption"), [one[1:] for one in HEADERS], ids=[one[0] for one in HEADERS])
def test_the_unit_of_money_is_found_wherever_it_stands(header: list[Texts], caption: Sequence[str]) -> None:
    (project,) = plan(*header, ROW, above=("附件1", "贝壳区灯塔项目清单", *caption)).projects
    assert (project.investment_wan, project.central_wan) == AMOUNTS
    assert (project.number, project.name) == ("1", "灯塔修缮工程")
    assert "单位" not in project.list


def test_the_unit_in_the_title_is_no_part_of_the_name_of_the_list() -> None:
    (project,) = plan(PLAIN, ROW, above=("附件1", "贝壳区灯塔项目清单（单位：亿元）")).projects
    assert (project.list, project.investment_wan) == ("贝壳区灯塔项目清单", AMOUNTS[0])


def test_without_a_unit_an_amount_is_what_the_column_says() -> None:
    (project,) = plan(PLAIN, ROW).projects
    assert (project.investment_wan, project.central_wan) == (Decimal("2.5"), Decimal("0.75"))


def test_the_unit_of_a_cell_comes_first_and_that_of_a_header_before_the_one_above_the_table() -> None:
    header = ("序号", "项目名称", "总投资（万元）", "中央预算内投资", "责任单位")
    row = ("1", "灯塔修缮工程", "2500", "75万元", "区灯塔局")
    (project,) = plan(header, row, above=("附件1", "灯塔项目清单", "单位：亿元")).projects
    assert (project.investment_wan, project.central_wan) == (Decimal(2500), Decimal(75))


def test_a_part_of_the_investment_is_not_the_investment() -> None:
    header: list[Texts] = [
        [*tall("序号", "项目名称"), ("投资（万元）", 1, 3), ("责任单位", 2, 1)],
        ["地方", "2031年", "总投资"],
    ]
    (project,) = plan(*header, ("1", "灯塔修缮工程", "10", "20", "30", "区灯塔局")).projects
    assert project.investment_wan == Decimal(30)


def test_years_below_money_are_no_values_of_indicators() -> None:
    header: list[Texts] = [[*tall("序号", "项目名称"), ("投资计划（万元）", 1, 3)], ["小计", "2031年", "2032年"]]
    found = plan(*header, ("1", "灯塔修缮工程", "30", "10", "20"))
    assert ([one.investment_wan for one in found.projects], found.indicators) == ([Decimal(30)], ())


def test_sums_and_subheadings_are_no_projects() -> None:
    found = plan(
        PLAIN,
        [("一、灯塔类（1个）", 1, 2), "2.5", "0.75", ""],
        ROW,
        ["二", "渔网类", "3", "1", "—"],
        ["2", "渔网织造工程", "3", "1", "区渔网局"],
        ["", "渔网类小计", "3", "1", ""],
        ["", "合计（2个）", "5.5", "1.75", ""],
        [("总计：2个项目", 1, 2), "5.5", "1.75", "/"],
    ).projects
    assert [project.name for project in found] == ["灯塔修缮工程", "渔网织造工程"]


def test_projects_may_be_numbered_by_chinese_numerals() -> None:
    rows = [("一", "灯塔修缮工程", "2.5", "1", "—"), ("二", "渔网织造工程", "3", "1", "—")]
    assert [project.name for project in plan(PLAIN, *rows).projects] == ["灯塔修缮工程", "渔网织造工程"]


def test_the_caption_of_an_indicator_table_names_the_unit_of_rows_that_name_none() -> None:
    found = plan(
        ("序号", "指标名称", "2031年", "2035年"), ("1", "灯塔数", "26", "30"), ("2", "达标率（%）", "80", "90"),
        above=("附件1", "贝壳区灯塔主要指标", "单位：座"),
    ).indicators  # fmt: skip
    assert [(one.name, one.unit) for one in found] == [("灯塔数", "座"), ("达标率", "%")]


def test_a_caption_of_several_units_names_none() -> None:
    rows = ("序号", "指标名称", "2031年", "2035年"), ("1", "灯塔数", "26", "30")
    (found,) = plan(*rows, above=("附件1", "贝壳区灯塔主要指标", "单位：座、%")).indicators
    assert found.unit is None


def test_names_below_each_other_in_a_cell_are_bodies_and_a_broken_name_is_one() -> None:
    row = ("1", "灯塔修缮工程", "2.5", "1", "区灯塔城乡\n建设局\n石灯镇人民政府\n螺湾镇人民政府")
    (project,) = plan(PLAIN, row).projects
    named = [duty.department for duty in project.responsibilities]
    assert named == ["区灯塔城乡建设局", "石灯镇人民政府", "螺湾镇人民政府"]


@pytest.mark.parametrize(
    ("time", "by"),
    [
        ("2031年6月底完成东岸灯塔；2032年底全部完成", "2031-06"),
        ("东岸灯塔2031年底前，其余2032年底前", "2031"),
        ("2031年6月底完成西岸灯塔；2032年底全部完成", "2032"),
        ("2032年底", "2032"),
    ],
)
def test_a_promise_that_names_a_part_takes_the_date_of_that_part(time: str, by: str) -> None:
    header = ("序号", "工作任务", "完成时限", "责任单位")
    row = ("1", "分批修缮灯塔，其中修缮东岸灯塔20座。", time, "区灯塔局")
    (found,) = plan(header, row, above=("附件1", "贝壳区灯塔任务分工表")).commitments
    assert (found.value, found.by) == (Decimal(20), by)
