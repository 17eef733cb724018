"""A grid, whose rows, columns and spans a file tells, gives the table that a person reads in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.documents import Document, Paragraph, read
from kg.documents.layout import blocks_of, of_parts
from kg.documents.parts import Grid, GridCell, Line, Part, Parts
from kg.documents.table import ColumnKind, Table
from kg.records import Plan, Role

Texts = Sequence[str | tuple[str, int, int]]
"""The cells of a row: a text, or a text with the rows and the columns that it spans."""


def grid(*rows: Texts) -> Grid:
    """Place the cells of rows as a browser does: each in the first column that none from above covers."""
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


def document(*parts: Part) -> Document:
    laid = of_parts(Parts(parts=parts))
    return Document(name="x", sha256="0", text=laid.text, blocks=blocks_of(laid.stretches, laid.text))


def table(*rows: Texts, before: Sequence[str] = ()) -> Table:
    found = document(*(Line(text=text) for text in before), grid(*rows))
    (one,) = [block for block in found.blocks if isinstance(block, Table)]
    return one


def paragraphs(found: Document) -> list[str]:
    return [block.passage.text for block in found.blocks if isinstance(block, Paragraph)]


def cells(found: Table) -> list[list[str | None]]:
    width = range(len(found.columns))
    return [[row.cells[at].text if at in row.cells else None for at in width] for row in found.rows]


def plan(*parts: Part) -> Plan:
    return kg.extract(document(Line(text="贝壳区灯塔养护工作方案"), *parts))


DUTIES = ("序号", "任务", "牵头单位", "配合单位", "完成时限")
FIRST = ("1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底")
SECOND = ("2", "巡查灯塔", "区渔网局", "", "每月")
FIRST_ROW = [*FIRST]
SECOND_ROW = ["2", "巡查灯塔", "区渔网局", None, "每月"]

# --- headers ---------------------------------------------------------------------------------------------------------


def test_the_words_of_two_header_rows_are_put_together() -> None:
    found = table(
        [("序号", 2, 1), ("指标", 2, 1), ("单位", 2, 1), ("目标值", 1, 2), ("责任单位", 1, 2)],
        ["2033年", "2035年", "牵头单位", "配合单位"],
        ["1", "灯塔数", "座", "34", "40", "区灯塔局", "区财政局"],
    )
    kinds = [(c.kind, c.period, c.role) for c in found.columns[3:]]
    assert kinds == [
        (ColumnKind.VALUE, "2033", None),
        (ColumnKind.VALUE, "2035", None),
        (ColumnKind.BODY, None, Role.LEAD),
        (ColumnKind.BODY, None, Role.SUPPORT),
    ]
    assert found.columns[3].target
    assert cells(found) == [["1", "灯塔数", "座", "34", "40", "区灯塔局", "区财政局"]]


@pytest.mark.parametrize("words", [("牵头", "配合"), ("牵头单位", "配合单位"), ("牵头部门", "参与部门")])
def test_a_lower_header_of_a_role_alone_is_read_with_the_one_above(words: tuple[str, str]) -> None:
    found = table(
        [("任务", 2, 1), ("责任单位", 1, 2), ("完成时限", 2, 1)],
        [*words],
        ["修缮灯塔", "区灯塔局", "区财政局", "2031年底"],
    )
    assert [c.role for c in found.columns] == [None, Role.LEAD, Role.SUPPORT, None]


def test_a_header_may_have_three_rows() -> None:
    found = table(
        [("序号", 3, 1), ("指标名称", 3, 1), ("指标值", 1, 3)],
        [("2030年", 2, 1), ("目标值", 1, 2)],
        ["2033年", "2035年"],
        ["1", "灯塔数", "26", "34", "40"],
    )
    assert [(c.period, c.target) for c in found.columns[2:]] == [("2030", False), ("2033", True), ("2035", True)]
    assert cells(found) == [["1", "灯塔数", "26", "34", "40"]]


def test_a_row_across_the_table_above_the_header_is_its_title() -> None:
    found = document(Line(text="附件1"), grid([("灯塔任务分工表", 1, 5)], [("单位：座", 1, 5)], DUTIES, FIRST))
    (one,) = [block for block in found.blocks if isinstance(block, Table)]
    assert one.title == "附件1 灯塔任务分工表 单位:座"
    assert paragraphs(found) == ["附件1", "灯塔任务分工表", "单位:座"]
    assert cells(one) == [FIRST_ROW]


def test_a_title_row_is_known_by_its_one_cell_even_where_the_span_was_lost() -> None:
    found = table(["灯塔任务分工表"], DUTIES, FIRST)
    assert found.title == "灯塔任务分工表"
    assert cells(found) == [FIRST_ROW]


def test_the_first_row_of_data_is_no_part_of_the_header() -> None:
    found = table(["任务", "牵头单位", ("配合单位", 1, 2)], ["修缮灯塔", "区灯塔局", "区渔网局", "区财政局"])
    assert cells(found)[0][:3] == ["修缮灯塔", "区灯塔局", "区渔网局"]


def test_a_grid_of_unknown_columns_gives_its_cells_as_paragraphs() -> None:
    found = document(grid(["灯", "塔"], ["浪", "花"]))
    assert paragraphs(found) == ["灯", "塔", "浪", "花"]
    assert not [block for block in found.blocks if isinstance(block, Table)]


def test_a_grid_without_a_row_of_data_gives_its_cells_as_paragraphs() -> None:
    assert paragraphs(document(grid(DUTIES))) == [*DUTIES]
    assert paragraphs(document(grid(DUTIES, ["合计", "2"]))) == [*DUTIES, "合计", "2"]


# --- rows ------------------------------------------------------------------------------------------------------------

NO_ROWS = {
    "a header again": DUTIES,
    "a header of two words again": [*DUTIES[:2]],
    "numbers of the columns": ["1", "2", "3", "4", "5"],
    "numbers of the columns in brackets": ["(1)", "(2)", "(3)", "(4)", "(5)"],
    "a sum": ["合计", "", "", "", "3"],
    "a sum beside an empty number": ["", "小计", "", "", "3"],
    "a spaced sum": ["合　计", "", "", "", "3"],
    "nothing": ["", "", "", "", ""],
}


@pytest.mark.parametrize("kind", NO_ROWS)
@pytest.mark.parametrize("at", [1, 2])
def test_what_is_no_row_is_left_out(kind: str, at: int) -> None:
    rows = [DUTIES, FIRST, SECOND]
    assert cells(table(*rows[:at], NO_ROWS[kind], *rows[at:])) == [FIRST_ROW, SECOND_ROW]


GROUPS = {
    "across the table": [("一、点亮行动", 1, 5)],
    "in the first cell": ["一、点亮行动", "", "", "", ""],
    "with its numeral apart": ["一", "点亮行动", "", "", ""],
    "with its numeral apart and a span": ["一", ("点亮行动", 1, 4)],
    "with its numeral in brackets": ["（一）", ("点亮行动", 1, 4)],
}


@pytest.mark.parametrize("kind", GROUPS)
def test_a_row_that_names_a_group_is_no_row_of_its_own(kind: str) -> None:
    found = table(DUTIES, GROUPS[kind], FIRST, [("二、守护行动", 1, 5)], SECOND)
    assert [row.group for row in found.rows] == ["点亮行动", "守护行动"]
    assert cells(found) == [FIRST_ROW, SECOND_ROW]


@pytest.mark.parametrize("note", ["备注：排名不分先后。", "注：1.略", "说明：略"])
def test_a_note_below_the_table_is_a_paragraph(note: str) -> None:
    found = document(grid(DUTIES, FIRST, [(note, 1, 5)]))
    assert len(paragraphs(found)) == 1
    (one,) = [block for block in found.blocks if isinstance(block, Table)]
    assert cells(one) == [FIRST_ROW]


def test_a_cell_that_spans_rows_belongs_to_each_of_them() -> None:
    found = table(
        DUTIES,
        [("1", 2, 1), ("修缮灯塔", 2, 1), "区灯塔局", ("区渔网局", 3, 1), "2031年底"],
        ["区码头局", "2032年底"],
        ["2", "巡查灯塔", "区风筝局", "每月"],
    )
    assert cells(found) == [
        ["1", "修缮灯塔", "区灯塔局", "区渔网局", "2031年底"],
        ["1", "修缮灯塔", "区码头局", "区渔网局", "2032年底"],
        ["2", "巡查灯塔", "区风筝局", "区渔网局", "每月"],
    ]
    assert [set(row.carried) for row in found.rows] == [set(), {0, 1, 3}, {3}]


def test_an_empty_cell_stays_empty() -> None:
    found = table(DUTIES, ["1", "修缮灯塔", "", "区渔网局", ""], ["2", "巡查灯塔"])
    assert cells(found) == [["1", "修缮灯塔", None, "区渔网局", None], ["2", "巡查灯塔", None, None, None]]


def test_a_value_across_columns_holds_for_each_year_and_other_cells_for_the_first_column() -> None:
    found = table(
        ["序号", "指标", "2030年", "2033年", "2035年", "责任单位", "配合单位"],
        ["1", "守塔人子女入学", ("应帮尽帮", 1, 3), ("区教委", 1, 2)],
    )
    assert cells(found) == [["1", "守塔人子女入学", "应帮尽帮", "应帮尽帮", "应帮尽帮", "区教委", None]]


def test_a_table_of_two_columns_has_rows_and_no_groups() -> None:
    found = table(["重点任务", "责任单位"], ["修缮灯塔", "区灯塔局"], ["巡查灯塔", ""], ["守护灯塔", "区渔网局"])
    assert cells(found) == [["修缮灯塔", "区灯塔局"], ["巡查灯塔", None], ["守护灯塔", "区渔网局"]]


def test_lines_of_a_cell_that_each_name_a_body_are_a_list_and_others_run_on() -> None:
    found = table(DUTIES, ["1", "修缮\n灯塔", "区灯塔局\n区渔网局", "区人力灯塔\n保障局", "2031年\n底"])
    assert cells(found) == [["1", "修缮灯塔", "区灯塔局、区渔网局", "区人力灯塔保障局", "2031年底"]]


# --- what the records take from a grid -------------------------------------------------------------------------------


def test_inner_offices_bear_no_duty() -> None:
    found = plan(grid(["序号", "任务", "内设处室", "责任单位"], ["1", "修缮灯塔", "灯塔处", "区灯塔局"]))
    assert [d.department for task in found.tasks for d in task.responsibilities] == ["区灯塔局"]


def test_a_row_whose_lead_is_empty_has_only_its_supporters() -> None:
    found = plan(grid(DUTIES, ["1", "修缮灯塔", "", "区渔网局", ""], ["2", "巡查灯塔", "/", "区财政局", ""]))
    duties = [[(d.department, d.role) for d in task.responsibilities] for task in found.tasks]
    assert duties == [[("区渔网局", Role.SUPPORT)], [("区财政局", Role.SUPPORT)]]


def test_indicators_of_three_levels_are_named_by_the_innermost() -> None:
    found = plan(
        grid(
            ["一级指标", "二级指标", "三级指标", "单位", "指标解释", "2033年", "2035年"],
            [("灯塔", 3, 1), ("点亮", 2, 1), "灯塔数", "座", "在用的灯塔", "34", "40"],
            ["夜航灯数", "盏", "点亮的灯", "8000", "12000"],
            ["守护", "守塔人数", "人", "在岗的人", "", "300"],
        )
    )
    assert [(i.name, i.group, [str(v.value) for v in i.values]) for i in found.indicators] == [
        ("灯塔数", "灯塔", ["34", "40"]),
        ("夜航灯数", "灯塔", ["8000", "12000"]),
        ("守塔人数", "灯塔", ["300"]),
    ]


def test_indicators_with_definitions_and_without_targets_are_read() -> None:
    found = plan(
        grid(["序号", "指标名称", "指标解释", "责任单位"], ["1", "灯塔完好率", "完好的灯塔占比", "区灯塔局"]),
    )
    assert [(i.name, i.values, len(i.responsibilities)) for i in found.indicators] == [("灯塔完好率", (), 1)]


def test_a_target_that_is_a_sentence_is_kept_as_printed() -> None:
    found = plan(
        grid(["序号", "指标", "2030年", "2035年"], ["1", "守塔人帮扶", "—", "符合条件的守塔人全部得到帮扶，应帮尽帮"])
    )
    ((value,),) = [one.values for one in found.indicators]
    assert (value.period, value.value, value.text) == ("2035", None, "符合条件的守塔人全部得到帮扶，应帮尽帮")


# --- the same table in other forms -----------------------------------------------------------------------------------

SHARED = {
    "duties": [DUTIES, FIRST, ("2", "巡查灯塔", "区渔网局", "区财政局", "每月")],
    "indicators": [
        ("序号", "指标", "单位", "2030年", "2035年", "属性"),
        ("1", "灯塔数", "座", "26", "40", "约束性"),
        ("2", "灯塔完好率", "%", "88", "≥96", "预期性"),
    ],
    "groups": [DUTIES, ("一、点亮行动",), FIRST, ("二、守护行动",), ("2", "巡查灯塔", "区渔网局", "区财政局", "每月")],
    "no numbers": [
        ("任务", "牵头单位", "配合单位"),
        ("修缮灯塔", "区灯塔局", "区渔网局"),
        ("巡查灯塔", "区渔网局", "区财政局"),
    ],
}


def forms(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    return {
        "flattened": "\n\n".join(cell for row in rows for cell in row),
        "tabs": "\n".join("\t".join([*row, *[""] * (len(rows[0]) - len(row))]) for row in rows),
        "bars": "\n".join(f"| {' | '.join([*row, *[''] * (len(rows[0]) - len(row))])} |" for row in rows),
    }


@pytest.mark.parametrize(
    ("kind", "form"),
    [(k, f) for k in SHARED for f in ("flattened", "tabs", "bars") if (k, f) != ("no numbers", "flattened")],
)
def test_a_grid_and_the_copies_of_its_text_give_the_same_table(kind: str, form: str) -> None:
    rows = SHARED[kind]
    text = f"灯塔表\n\n{forms(rows)[form]}\n\n三、保障措施\n"
    (copied,) = [block for block in read(text.encode()).blocks if isinstance(block, Table)]
    told = table(*rows, before=["灯塔表"])
    assert told.columns == copied.columns
    assert cells(told) == cells(copied)
    assert [row.group for row in told.rows] == [row.group for row in copied.rows]
    assert told.title == copied.title == "灯塔表"


# --- what holds for every grid ---------------------------------------------------------------------------------------

WORD = st.sampled_from(
    ["", "1", "2", "序号", "任务", "牵头单位", "2035年", "指标", "灯塔", "区灯塔局", "合计", "注：略", "一、灯", "年"]
)
CELL = st.builds(
    lambda text, row, column, rows, columns: GridCell(text=text, row=row, column=column, rows=rows, columns=columns),
    WORD, st.integers(0, 5), st.integers(0, 5), st.integers(1, 4), st.integers(1, 4),
)  # fmt: skip


@given(st.lists(CELL, max_size=24))
def test_any_grid_is_read_and_every_cell_leads_back_to_the_text(found: list[GridCell]) -> None:
    ordered = tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
    made = document(Grid(cells=ordered), Line(text="灯塔"))
    for block in made.blocks:
        if isinstance(block, Paragraph):
            assert 0 <= block.passage.start < block.passage.end <= len(made.text)
            continue
        for row in block.rows:
            evidence = row.evidence(made.text)
            assert block.start <= evidence.start < evidence.end <= block.end
    kg.extract(made)
