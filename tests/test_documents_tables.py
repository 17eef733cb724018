"""Tables are rebuilt from whatever a copy left of them: which cell stood under which header, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Document, Paragraph, read
from kg.documents.table import Column, ColumnKind, Row, Table, column
from kg.records import Role


def tables(text: str) -> list[Table]:
    return [block for block in read(text.encode()).blocks if isinstance(block, Table)]


def only(text: str) -> Table:
    (table,) = tables(text)
    return table


def cells(table: Table) -> list[list[str | None]]:
    """Give the texts of all rows, None for an empty cell."""
    width = range(len(table.columns))
    return [[row.cells[at].text if at in row.cells else None for at in width] for row in table.rows]


def paragraphs(document: Document) -> list[str]:
    return [block.passage.text for block in document.blocks if isinstance(block, Paragraph)]


def a_line_each(*texts: str, gap: int = 0) -> str:
    return ("\n" * (gap + 1)).join(texts)


INDICATORS = ("序号", "指标", "单位", "2029年", "2031年", "2033年", "属性")

# --- one cell a line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_a_flattened_table_is_read_however_many_blank_lines_part_its_cells(gap: int) -> None:
    text = a_line_each(
        "灯塔主要指标",
        *INDICATORS,
        *("1", "灯塔数", "座", "3", "5", "6", "约束性"),
        *("2", "灯塔完好率", "%", "90", "≥95", "≥98", "预期性"),
        "二、重点任务",
        gap=gap,
    )
    table = only(text)
    assert table.title == "灯塔主要指标"
    assert cells(table) == [
        ["1", "灯塔数", "座", "3", "5", "6", "约束性"],
        ["2", "灯塔完好率", "%", "90", "≥95", "≥98", "预期性"],
    ]
    assert [row.aligned for row in table.rows] == [None, None]
    assert paragraphs(read(text.encode())) == ["灯塔主要指标", "二、重点任务"]


def test_values_whose_empty_cell_was_lost_fill_from_the_right_and_say_so() -> None:
    table = only(
        a_line_each(
            *INDICATORS,
            *("1", "灯塔数", "座", "3", "5", "6", "约束性"),
            *("2", "灯塔完好率", "%", "≥95", "≥98", "预期性"),
            *("3", "守塔人数", "人", "120", "预期性"),
        )
    )
    assert cells(table)[1:] == [
        ["2", "灯塔完好率", "%", None, "≥95", "≥98", "预期性"],
        ["3", "守塔人数", "人", None, None, "120", "预期性"],
    ]
    assert [row.aligned for row in table.rows] == [None, "right", "right"]


def test_an_extra_blank_line_shows_where_the_empty_cell_was() -> None:
    head = a_line_each(*INDICATORS, *("1", "灯塔数", "座", "3", "5", "6", "约束性"), gap=1)
    first = only(f"{head}\n\n2\n\n灯塔完好率\n\n%\n\n\n≥95\n\n≥98\n\n预期性\n")
    assert cells(first)[1] == ["2", "灯塔完好率", "%", None, "≥95", "≥98", "预期性"]
    last = only(f"{head}\n\n2\n\n灯塔完好率\n\n%\n\n≥95\n\n≥98\n\n\n预期性\n")
    assert cells(last)[1] == ["2", "灯塔完好率", "%", "≥95", "≥98", None, "预期性"]
    assert [row.aligned for row in (*first.rows, *last.rows)] == [None] * 4


def test_an_empty_cell_that_is_printed_as_a_dash_keeps_its_place() -> None:
    table = only(a_line_each(*INDICATORS, *("1", "灯塔数", "座", "—", "5", "/", "约束性")))
    assert cells(table) == [["1", "灯塔数", "座", "—", "5", "/", "约束性"]]


DUTIES = ("序号", "任务", "牵头单位", "责任单位", "完成时限")


def test_names_that_are_broken_over_lines_are_put_together() -> None:
    table = only(
        "灯塔任务分工表\n\n"
        + a_line_each(*DUTIES, gap=1)
        + "\n\n1\n\n修缮灯塔\n\n区人力灯塔\n保障局\n\n区渔网局、\n区风筝办\n\n2031年6月底\n\n2\n\n巡查灯塔\n\n区灯塔局\n\n区渔网局\n\n每月\n"
    )
    assert cells(table) == [
        ["1", "修缮灯塔", "区人力灯塔保障局", "区渔网局、区风筝办", "2031年6月底"],
        ["2", "巡查灯塔", "区灯塔局", "区渔网局", "每月"],
    ]


def test_a_header_that_is_broken_over_lines_is_put_together() -> None:
    table = only(
        a_line_each("序号", "工作", "任务", "牵头", "单位", "完成", "时限", "1", "修缮灯塔", "区灯塔局", "2031年底")
    )
    assert [c.header for c in table.columns] == ["序号", "工作任务", "牵头单位", "完成时限"]
    assert cells(table) == [["1", "修缮灯塔", "区灯塔局", "2031年底"]]


def test_a_header_that_is_printed_again_and_the_names_of_groups_are_no_rows() -> None:
    table = only(
        a_line_each(
            *DUTIES,
            *("一", "点亮灯塔"),
            *("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年6月底"),
            *("2", "培训守塔人", "区人社局", "区渔网局", "长期坚持"),
            *DUTIES,
            *("二", "守护灯塔"),
            *("3", "巡查灯塔", "区灯塔局", "各码头街道办事处", "每月"),
            gap=1,
        )
    )
    assert [(row.cells[1].text, row.group) for row in table.rows] == [
        ("修缮灯塔", "点亮灯塔"),
        ("培训守塔人", "点亮灯塔"),
        ("巡查灯塔", "守护灯塔"),
    ]


def test_a_serial_number_that_is_left_out_does_not_end_the_table() -> None:
    rows = [(str(n), f"修缮{n}号灯塔", "区灯塔局", "区渔网局", "2031年底") for n in (1, 2, 4, 5)]
    table = only(a_line_each(*DUTIES, *[cell for row in rows for cell in row]))
    assert [row.cells[0].text for row in table.rows] == ["1", "2", "4", "5"]


def test_an_empty_cell_of_bodies_is_found_by_what_the_other_cells_can_hold() -> None:
    table = only(
        a_line_each(
            *DUTIES,
            *("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底"),
            *("2", "巡查灯塔", "区灯塔局", "区渔网局"),
            *("3", "守护灯塔", "区灯塔局", "区渔网局", "每年"),
        )
    )
    assert cells(table)[1] == ["2", "巡查灯塔", "区灯塔局", "区渔网局", None]


def test_a_table_without_numbers_carries_the_cell_that_spans_rows() -> None:
    table = only(
        a_line_each(
            "灯塔主要指标",
            *("类别", "指标", "单位", "2029年", "2031年"),
            *("点亮", "灯塔数", "座", "3", "5"),
            *("夜航灯数", "盏", "30", "50"),
            *("守护", "守塔人数", "人", "100", "120"),
            "二、重点任务",
        )
    )
    assert [(row.cells[0].text, row.cells[1].text) for row in table.rows] == [
        ("点亮", "灯塔数"),
        ("点亮", "夜航灯数"),
        ("守护", "守塔人数"),
    ]


def test_the_last_row_ends_before_the_next_heading() -> None:
    text = a_line_each(*DUTIES, *("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底"), "三、保障措施", "加强领导。")
    assert paragraphs(read(text.encode())) == ["三、保障措施", "加强领导。"]


# --- tab-led cells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_sums_up_a_copied_list_is_no_row_of_it(first: bool) -> None:
    header = ("序号", "项目名称", "建设性质", "总投资", "责任单位")
    rows = ("1", "修缮灯塔工程", "新建", "2.5", "区灯塔局"), ("2", "织造渔网工程", "新建", "3.5", "区渔网局")
    sums = ("合计", "6")
    lines = [*header, *(sums if first else ()), *rows[0], *rows[1], *(() if first else sums)]
    assert cells(only(a_line_each(*lines, gap=1))) == [list(row) for row in rows]


def tab_led(*rows: tuple[str, ...]) -> str:
    """Write rows as a word processor's dump: each cell begins with a tab, rows are parted by a blank line."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def test_tab_led_cells_keep_their_place_when_they_are_empty() -> None:
    table = only(
        "灯塔主要指标\n\n" + tab_led(INDICATORS, ("1", "灯塔数", "座", "", "5", "6", "约束性")) + "\n\n正文。\n"
    )
    assert cells(table) == [["1", "灯塔数", "座", None, "5", "6", "约束性"]]
    assert table.rows[0].aligned is None


def test_a_tab_led_cell_may_run_over_lines() -> None:
    table = only(tab_led(DUTIES, ("1", "修缮\n灯塔", "区人力灯塔\n保障局", "区渔网局、\n区风筝办", "2031年\n6月底")))
    assert cells(table) == [["1", "修缮灯塔", "区人力灯塔保障局", "区渔网局、区风筝办", "2031年6月底"]]


def test_tab_led_cells_that_are_all_parted_by_blank_lines_are_counted() -> None:
    rows = [DUTIES, ("1", "修缮灯塔", "区灯塔局", "2", "2"), ("2", "巡查灯塔", "区灯塔局", "", "每月")]
    table = only("\n\n".join(f"\t{cell}" for row in rows for cell in row))
    assert cells(table) == [["1", "修缮灯塔", "区灯塔局", "2", "2"], ["2", "巡查灯塔", "区灯塔局", None, "每月"]]


def test_a_tab_led_table_without_numbers_is_read() -> None:
    rows = [("任务", "牵头单位", "配合单位"), ("修缮灯塔", "区灯塔局", ""), ("巡查灯塔", "区渔网局", "区财政局")]
    for gap in ("\n", "\n\n"):
        table = only(gap.join(f"\t{cell}" for row in rows for cell in row))
        assert cells(table) == [["修缮灯塔", "区灯塔局", None], ["巡查灯塔", "区渔网局", "区财政局"]]


def test_groups_and_repeated_headers_of_a_tab_led_table_are_no_rows() -> None:
    table = only(
        tab_led(
            DUTIES,
            ("一、点亮灯塔",),
            ("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底"),
            DUTIES,
            ("二、守护灯塔",),
            ("2", "巡查灯塔", "区灯塔局", "", "每月"),
        )
    )
    assert [(row.cells[1].text, row.group) for row in table.rows] == [
        ("修缮灯塔", "点亮灯塔"),
        ("巡查灯塔", "守护灯塔"),
    ]


def test_paragraphs_that_begin_with_a_tab_are_no_table() -> None:
    text = "贝壳区灯塔方案\n\n\t灯塔是海雾省的骄傲。\n\n\t全区要守护灯塔。\n"
    assert tables(text) == []
    assert paragraphs(read(text.encode())) == ["贝壳区灯塔方案", "灯塔是海雾省的骄傲。", "全区要守护灯塔。"]


# --- rows on one line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["\t", " \t "])
def test_lines_whose_cells_are_parted_by_tabs_are_rows(mark: str) -> None:
    rows = [DUTIES, ("1", "修缮灯塔", "区灯塔局", "", "2031年底"), ("2", "巡查灯塔", "区灯塔局", "区财政局", "每月")]
    text = "灯塔任务分工表\n" + "\n".join(mark.join(row) for row in rows) + "\n以上。"
    table = only(text)
    assert cells(table) == [
        ["1", "修缮灯塔", "区灯塔局", None, "2031年底"],
        ["2", "巡查灯塔", "区灯塔局", "区财政局", "每月"],
    ]
    assert table.title == "灯塔任务分工表"


def test_lines_between_vertical_bars_are_rows() -> None:
    table = only(
        "| 序号 | 任务 | 牵头单位 | 配合单位 |\n| --- | :---: | --- | --- |\n| 1 | 修缮灯塔 | 区灯塔局 |  |\n| | 守护灯塔 | | |\n"
        "| 2 | 巡查灯塔 | / | 各码头街道 |\n"
    )
    assert cells(table) == [["1", "修缮灯塔", "区灯塔局", None], ["2", "巡查灯塔", "/", "各码头街道"]]
    assert [row.group for row in table.rows] == [None, "守护灯塔"]


def test_a_header_again_and_a_cell_too_many_in_delimited_rows_are_kept_apart() -> None:
    head = "序号\t任务\t牵头单位\t配合单位\n"
    table = only(f"{head}1\t修缮灯塔\t区灯塔局\t区渔网局\n{head}2\t巡查灯塔\t区灯塔局\t/\t多出一格\n")
    assert cells(table) == [["1", "修缮灯塔", "区灯塔局", "区渔网局"], ["2", "巡查灯塔", "区灯塔局", "/"]]
    assert [cell.text for cell in table.rows[1].spare] == ["多出一格"]


def test_lines_with_tabs_and_no_known_header_are_paragraphs() -> None:
    text = "灯\t塔\t真\t亮\n浪\t花\t真\t白\n"
    assert tables(text) == []
    assert paragraphs(read(text.encode())) == ["灯塔真亮", "浪花真白"]


# --- headers ---------------------------------------------------------------------------------------------------------

HEADERS = [
    ("序号", ColumnKind.NUMBER, None),
    ("牵头单位", ColumnKind.BODY, Role.LEAD),
    ("牵头部门", ColumnKind.BODY, Role.LEAD),
    ("第一责任单位", ColumnKind.BODY, Role.LEAD),
    ("责任单位", ColumnKind.BODY, Role.RESPONSIBLE),
    ("任务分工", ColumnKind.BODY, Role.RESPONSIBLE),
    ("配合单位", ColumnKind.BODY, Role.SUPPORT),
    ("参与部门", ColumnKind.BODY, Role.SUPPORT),
    ("实施主体", ColumnKind.BODY, Role.IMPLEMENT),
    ("内设处室", ColumnKind.OTHER, None),
    ("责任处室", ColumnKind.OTHER, None),
    ("责任人", ColumnKind.PERSON, None),
    ("联系电话", ColumnKind.PERSON, None),
    ("计量单位", ColumnKind.UNIT, None),
    ("指标名称", ColumnKind.NAME, None),
    ("项目名称", ColumnKind.NAME, None),
    ("一级指标", ColumnKind.GROUP, None),
    ("指标属性", ColumnKind.ATTRIBUTE, None),
    ("建设性质", ColumnKind.TYPE, None),
    ("开工时间", ColumnKind.START, None),
    ("完成时限", ColumnKind.DEADLINE, None),
    ("竣工时间", ColumnKind.END, None),
    ("建设地点", ColumnKind.PLACE, None),
    ("总投资(万元)", ColumnKind.INVESTMENT, None),
    ("拟申请中央预算内资金(万元)", ColumnKind.CENTRAL, None),
    ("预期目标", ColumnKind.GOAL, None),
    ("重点任务", ColumnKind.TASK, None),
    ("工作事项", ColumnKind.TASK, None),
    ("建设内容和规模", ColumnKind.CONTENT, None),
]


@pytest.mark.parametrize(("header", "kind", "role"), HEADERS)
def test_a_header_says_what_its_column_holds(header: str, kind: ColumnKind, role: Role | None) -> None:
    assert column(header) == Column(kind=kind, header=header, role=role)


VALUES = [
    ("2029年", "2029", False, False),
    ("2031年末", "2031", False, False),
    ("2029年完成值", "2029", True, False),
    ("2029年(现状)", "2029", True, False),
    ("2031年目标值", "2031", False, True),
    ("目标值(2031年)", "2031", False, True),
    ("现状值(2029年)", "2029", True, False),
    ("现状值", "baseline", True, False),
    ("目标值", "target", False, False),
]


@pytest.mark.parametrize(("header", "period", "baseline", "target"), VALUES)
def test_a_header_of_values_names_its_period(header: str, period: str, baseline: bool, target: bool) -> None:
    found = column(header)
    assert found is not None
    assert (found.kind, found.period, found.baseline, found.target) == (ColumnKind.VALUE, period, baseline, target)


@pytest.mark.parametrize("header", ["", "灯塔", "修缮灯塔", "区灯塔局", "2031", "责任单位要加强管理"])
def test_other_words_are_no_header(header: str) -> None:
    found = column(header)
    assert found is None or (header == "2031" and found.kind is ColumnKind.VALUE)


# --- what holds for every table --------------------------------------------------------------------------------------

WORDS = st.text(alphabet="灯塔渔网风筝码头", min_size=2, max_size=8)
BODIES = st.builds("区{}局".format, st.text(alphabet="灯塔渔网风筝码头", min_size=2, max_size=4))
ROWS = st.lists(st.tuples(WORDS, BODIES, BODIES), min_size=1, max_size=8)


@given(ROWS, st.sampled_from(["line", "gap", "tab-led", "tabs", "bars"]))
def test_the_same_table_is_read_from_every_form_that_a_copy_leaves(rows: list[tuple[str, str, str]], form: str) -> None:
    lines = [("序号", "任务", "牵头单位", "配合单位"), *((str(n), *row) for n, row in enumerate(rows, 1))]
    forms = {
        "line": "\n".join(cell for line in lines for cell in line),
        "gap": "\n\n".join(cell for line in lines for cell in line),
        "tab-led": tab_led(*lines),
        "tabs": "\n".join("\t".join(line) for line in lines),
        "bars": "\n".join(f"| {' | '.join(line)} |" for line in lines),
    }
    text = f"灯塔任务分工表\n\n{forms[form]}\n\n三、保障措施\n"
    table = only(text)
    assert cells(table) == [list(line) for line in lines[1:]]
    assert table.title == "灯塔任务分工表"


@given(ROWS)
def test_every_cell_leads_back_to_the_text(rows: list[tuple[str, str, str]]) -> None:
    lines = [("序号", "任务", "牵头单位", "配合单位"), *((str(n), *row) for n, row in enumerate(rows, 1))]
    document = read("\n".join(cell for line in lines for cell in line).encode())
    for table in document.blocks:
        assert isinstance(table, Table)
        assert table.start == 0
        assert table.end == len(document.text)
        for row in table.rows:
            evidence = row.evidence(document.text)
            assert all(evidence.start <= cell.start < cell.end <= evidence.end for cell in row.cells.values())


def test_a_row_lists_its_cells_by_column() -> None:
    table = only(a_line_each(*DUTIES, *("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底")))
    (row,) = table.rows
    assert isinstance(row, Row)
    assert table.index(ColumnKind.BODY) == 2
    assert table.indexes(ColumnKind.BODY) == (2, 3)
    assert table.index(ColumnKind.UNIT) is None
    task = table.cell(row, ColumnKind.TASK)
    assert task is not None
    assert task.text == "修缮灯塔"
    assert table.cell(row, ColumnKind.UNIT) is None
