"""A PDF gives the paragraphs, tables and records of the plan that was printed; what cannot be read in whole is refused."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import Table as PrintedTable

from kg.documents import Document, Paragraph, read
from kg.documents.parts import Grid, Line, Part
from kg.documents.pdf import read_pdf, worker
from kg.documents.pdf.characters import is_unknown, unify
from kg.errors import ReadError
from kg.extract import extract
from kg.records import Evidence

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
TEXT = "到二〇三三年，全区三十座老旧灯塔完成修缮并恢复夜航，新增渔网晾晒场十二处。"


@pytest.fixture(scope="module", autouse=True)
def font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def drawn(*pages: Callable[[Canvas], object], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """Draw pages by hand."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, **options)
    for page in pages:
        canvas.setFont(FONT, 16)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines_at(*lines: tuple[float, float, str], size: float = 16) -> Callable[[Canvas], None]:
    """Give a page of lines, each with its place from the left and from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for left, top, text in lines:
            canvas.drawString(left, HEIGHT - top, text)

    return draw


def grid_at(
    top: float, across: Sequence[float], down: Sequence[float], cells: Sequence[tuple[int, int, int, int, str]]
) -> Callable[[Canvas], None]:
    """Give a page of a table whose cells are row, column, rows, columns and text; a newline breaks a line."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for row, column, rows, columns, text in cells:
            left, above = across[column], HEIGHT - top - down[row]
            canvas.rect(left, above, across[column + columns] - left, down[row] - down[row + rows])
            for number, line in enumerate(text.split("\n")):
                canvas.drawString(left + 3, above - 13 - 12 * number, line)

    return draw


def typeset(
    blocks: Sequence[str | list[list[str]]],
    *,
    columns: int = 1,
    size: float = 16,
    height: float = HEIGHT,
    head: str = "",
    repeat: int = 1,
) -> bytes:
    """Set paragraphs and tables as offices do: indents of two characters, wrapped lines, page numbers between dashes."""
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=1.75 * size, wordWrap="CJK", firstLineIndent=2 * size
    )
    small = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=13, wordWrap="CJK")
    flow: list[Any] = []
    for block in blocks:
        if isinstance(block, str):
            flow.append(Printed(escape(block), body))
            continue
        width = (WIDTH - 155) / len(block[0])
        cells = [[Printed(escape(text), small) for text in row] for row in block]
        spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(block) if len(row) > 1 and not any(row[1:])]
        style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]
        flow.append(PrintedTable(cells, colWidths=width, repeatRows=repeat, style=style))

    def number(canvas: Canvas, _: object) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(WIDTH / 2, 40, f"— {canvas.getPageNumber()} —")
        canvas.drawString(80, height - 50, head)

    file = io.BytesIO()
    frame = (WIDTH - 155 + 20) / columns
    frames = [Frame(80 + frame * at, 90, frame - 20, height - 170, 0, 0, 0, 0) for at in range(columns)]
    document = BaseDocTemplate(file, pagesize=(WIDTH, height))
    document.addPageTemplates([PageTemplate(frames=frames, onPage=number)])
    document.build(flow)
    return file.getvalue()


def printed(document: Document) -> Iterator[str | list[list[str]]]:
    """Give the paragraphs and tables of a document, to be set again; a group is a row of one cell."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.passage.printed(document.text)
            continue
        rows = [[column.header for column in block.columns]]
        group = None
        for row in block.rows:
            if row.group not in (None, group):
                rows.append([row.group, *[""] * (len(rows[0]) - 1)])
            group = row.group
            texts = {at: cell.printed(document.text) for at, cell in row.cells.items()}
            rows.append([texts.get(at, "") for at in range(len(rows[0]))])
        yield rows


def said(record: object) -> object:
    """Give what records say, without the places, the hash and the file that it was read from."""
    if isinstance(record, Evidence):
        return "".join((record.quote or "").split())
    if isinstance(record, tuple):
        return [said(one) for one in record]
    if is_dataclass(record):
        names = [field.name for field in fields(record) if field.name not in ("sha256", "file", "aligned")]
        return {name: said(getattr(record, name)) for name in names}
    return record


def texts(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Line)]


def cells(part: Part) -> list[tuple[int, int, int, int, str]]:
    assert isinstance(part, Grid)
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in part.cells]


def parts_of(data: bytes) -> Sequence[Part]:
    return read_pdf(data, "plan.pdf").parts


PLANS = [
    "two/plan.txt",
    "two/letter.txt",
    *(f"plans/{name}/source.txt" for name in ("annex-table", "contents-first", "reply-letter", "web-page")),
]
SETTINGS: dict[str, dict[str, Any]] = {
    "a page": {},
    "small pages and a running head": {"height": 420, "head": "贝壳区人民政府公报"},
    "tables without a repeated header": {"height": 420, "repeat": 0},
    "small type": {"size": 10.5},
    "two columns": {"columns": 2, "size": 10.5, "height": 560},
}


TOO_WIDE = {("two columns", "plans/annex-table/source.txt"), ("two columns", "plans/web-page/source.txt")}
"""Their tables of seven columns are wider than a column of text."""


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in SETTINGS for name in PLANS if (kind, name) not in TOO_WIDE]
)
def test_a_printed_plan_gives_the_records_of_its_text(name: str, kind: str, fixtures: Path) -> None:
    source = read(fixtures.parent / name)
    document = read(typeset([*printed(source)], **SETTINGS[kind]), name="plan.pdf")
    assert said(extract(document)) == said(extract(source))


def test_a_paragraph_goes_on_over_lines_and_pages() -> None:
    paragraphs = [f"{number}.{TEXT * 4}" for number in range(1, 12)]
    assert texts(parts_of(typeset(paragraphs))) == paragraphs


def test_a_line_that_is_just_full_ends_a_paragraph_where_the_next_is_indented() -> None:
    full = (TEXT * 2)[:25]
    page = lines_at((112, 100, full), (80, 128, (TEXT * 2)[25:52]), (112, 156, full), (80, 184, "完。"))
    assert texts(parts_of(drawn(page))) == [(TEXT * 2)[:52], f"{full}完。"]


def test_paragraphs_without_indents_begin_with_numerals_gaps_or_after_short_lines() -> None:
    full = (TEXT * 2)[:27]
    page = lines_at(
        (80, 100, f"{full[:26]}。"), (80, 128, f"一、{full[:25]}"), (80, 156, full), (80, 184, full[:5]), (80, 212, full),
        (80, 240, full), (80, 310, full), (80, 338, full[:8]),
    )  # fmt: skip
    found = texts(parts_of(drawn(page)))
    assert found == [f"{full[:26]}。", f"一、{full[:25]}{full}{full[:5]}", full * 2, f"{full}{full[:8]}"]


def test_centred_lines_and_signatures_stay_lines_of_their_own() -> None:
    title = "雾灯市贝壳区人民政府关于印发灯塔方案", "和渔网方案的通知"
    page = lines_at(
        *((WIDTH / 2 - 8 * len(line), 90 + 30 * at, line) for at, line in enumerate(title)),
        (112, 160, (TEXT * 2)[:25]), (80, 188, (TEXT * 2)[25:52]), (350, 216, "雾灯市贝壳区人民政府"),
        (370, 244, "2031年4月2日"),
    )  # fmt: skip
    found = texts(parts_of(drawn(page)))
    assert found == [*title, (TEXT * 2)[:52], "雾灯市贝壳区人民政府", "2031年4月2日"]


def test_words_of_latin_letters_keep_their_space_and_figures_none() -> None:
    line = "甲" * 22
    page = lines_at((80, 100, f"{line}LED lamp"), (80, 128, f"module {line[:20]}第20"), (80, 156, f"31号{line[:3]}。"))
    assert texts(parts_of(drawn(page))) == [f"{line}LED lamp module{line[:20]}第2031号{line[:3]}。"]


@pytest.mark.parametrize(
    "number", ["— {} —", "- {} -", "－{}－", "{}", "第 {} 页", "第{}页 共9页", "{}/9", "· {} ·", "Page {} of 9"]
)
def test_page_numbers_are_dropped_wherever_they_stand(number: str) -> None:
    def page(at: int) -> Callable[[Canvas], None]:
        left = 80 if at % 2 else 480
        return lines_at((112, 100, f"第{'一二三四'[at]}段。"), (left, 790, number.format(at + 7)))

    assert texts(parts_of(drawn(*map(page, range(4))))) == ["第一段。", "第二段。", "第三段。", "第四段。"]


def test_figures_in_the_text_are_no_page_numbers() -> None:
    page = lines_at((112, 100, "灯塔数（座）"), (112, 128, "26"))
    assert texts(parts_of(drawn(page))) == ["灯塔数（座）", "26"]


def test_heads_and_feet_that_repeat_are_dropped_and_titles_stay() -> None:
    def page(at: int) -> Callable[[Canvas], None]:
        return lines_at(
            (80, 50, "贝壳区灯塔方案"), (112, 100, f"第{'一二三四'[at]}段。"), (80, 800, f"内部资料 第{at}版")
        )

    title = lines_at((200, 100, "贝壳区灯塔方案"))
    assert texts(parts_of(drawn(title, *map(page, range(4)))))[:2] == ["贝壳区灯塔方案", "第一段。"]
    assert len(texts(parts_of(drawn(title, *map(page, range(4)))))) == 5


def test_annexes_that_begin_pages_keep_their_numbers() -> None:
    def page(at: int) -> Callable[[Canvas], None]:
        return lines_at((112, 90, f"附件 {at}"), (200, 150, f"第{'零一二三'[at]}张表"))

    assert texts(parts_of(drawn(*map(page, (1, 2, 3)))))[::2] == ["附件1", "附件2", "附件3"]


def test_a_last_line_of_two_pages_above_their_numbers_is_no_foot() -> None:
    def page(at: int) -> Callable[[Canvas], None]:
        text = (TEXT * 2)[:25], (TEXT * 2)[25:52]
        return lines_at((112, 690, text[0]), (80, 718, text[1]), (80, 746, "负责)。"), (280, 800, f"— {at} —"))

    assert texts(parts_of(drawn(page(1), page(2)))) == [f"{(TEXT * 2)[:52]}负责)。"] * 2


def test_marks_that_hang_over_the_margin_widen_no_line() -> None:
    hanging = f"{(TEXT * 2)[:27]}。"
    page = lines_at((112, 100, f"{hanging[2:]}"), (80, 128, hanging), (80, 156, hanging), (80, 184, hanging[1:-1]),
        (80, 212, "就是。"), (112, 240, hanging[2:]), (80, 268, hanging[:9]))  # fmt: skip
    assert texts(parts_of(drawn(page))) == [
        f"{hanging[2:]}{hanging}{hanging}{hanging[1:-1]}就是。", f"{hanging[2:]}{hanging[:9]}"
    ]  # fmt: skip


def test_what_a_browser_prints_around_a_page_is_dropped() -> None:
    page = lines_at(
        (24, 20, "2031/4/2 10:15"), (250, 20, "贝壳区灯塔方案"), (112, 100, "修缮灯塔。"),
        (24, 830, "https://plans.example/lighthouse"), (560, 830, "1/1"), size=8,
    )  # fmt: skip
    assert texts(parts_of(drawn(page))) == ["修缮灯塔。"]


def test_leaders_and_page_numbers_of_a_contents_list_are_dropped() -> None:
    page = lines_at((80, 100, "一、总体要求..............................3"), (80, 128, "二、重点任务………………12"))
    assert texts(parts_of(drawn(page))) == ["一、总体要求", "二、重点任务"]


TABLE = (
    [80, 120, 220, 320, 420, 515],
    [0, 20, 40, 80, 110, 140],
    [
        (0, 0, 2, 1, "序号"), (0, 1, 2, 1, "工作任务"), (0, 2, 1, 2, "单位"), (0, 4, 2, 1, "时限"),
        (1, 2, 1, 1, "牵头单位"), (1, 3, 1, 1, "配合单位"),
        (2, 0, 1, 1, "1"), (2, 1, 2, 1, "更换夜航\n灯和雾笛"), (2, 2, 1, 1, "区灯塔局"), (2, 3, 1, 1, "区财政局、\n区民政局"),
        (2, 4, 1, 1, "2031年"), (3, 0, 1, 1, "2"), (3, 2, 1, 1, "区渔网局"), (3, 3, 1, 1, ""), (3, 4, 1, 1, "2032年"),
        (4, 0, 1, 5, "备注：以批复为准"),
    ],
)  # fmt: skip


def test_a_ruled_table_is_a_grid_with_its_spans_and_its_text_nowhere_else() -> None:
    across, down, content = TABLE

    def page(canvas: Canvas) -> None:
        grid_at(120, across, down, content)(canvas)
        lines_at((112, 100, "表前。"), (112, 290, "表后。"))(canvas)

    before, grid, after = parts_of(drawn(page))
    assert (before, after) == (Line(text="表前。"), Line(text="表后。"))
    assert cells(grid) == content


def test_names_that_stand_in_lines_of_a_cell_are_a_list_and_a_broken_one_is_one() -> None:
    lines = "区灯塔城乡\n建设局\n石灯镇人民政府"
    content = [(0, 0, 1, 1, "工作任务"), (0, 1, 1, 1, "责任单位"), (1, 0, 1, 1, "修缮灯塔"), (1, 1, 1, 1, lines)]
    data = drawn(grid_at(120, (80, 200, 320), (0, 20, 80), content))
    assert "区灯塔城乡建设局、石灯镇人民政府" in read(data, name="x.pdf").text


def test_lines_may_be_thin_areas_and_a_table_open_to_its_sides() -> None:
    def page(canvas: Canvas) -> None:
        for top in (100, 130, 160):
            canvas.rect(80, HEIGHT - top, 400, 0.5, stroke=0, fill=1)
        canvas.rect(200, HEIGHT - 160, 0.5, 60, stroke=0, fill=1)
        lines_at((85, 120, "指标"), (205, 120, "2031年"), (85, 150, "灯塔数"), (205, 150, "26"))(canvas)

    (grid,) = parts_of(drawn(page))
    assert cells(grid) == [(0, 0, 1, 1, "指标"), (0, 1, 1, 1, "2031年"), (1, 0, 1, 1, "灯塔数"), (1, 1, 1, 1, "26")]


ALIGNED = [("序号", "指标名称", "2031年"), ("1", "灯塔数（座）", "26"), ("2", "夜航灯数（盏）", "8000")]


def test_rows_that_stand_in_columns_without_lines_are_a_grid() -> None:
    rows = [(100 + 150 * at, 130 + 26 * down, text) for down, row in enumerate(ALIGNED) for at, text in enumerate(row)]
    before, grid = parts_of(drawn(lines_at((112, 90, "贝壳区主要指标"), *rows)))
    assert before == Line(text="贝壳区主要指标")
    assert cells(grid) == [(down, at, 1, 1, text) for down, row in enumerate(ALIGNED) for at, text in enumerate(row)]


def test_rows_without_lines_whose_cells_are_broken_are_no_grid() -> None:
    rows = [(100 + 150 * at, 130 + 26 * down, text) for down, row in enumerate(ALIGNED) for at, text in enumerate(row)]
    found = parts_of(drawn(lines_at(*rows, (250, 202, "（含备用）"))))
    assert all(isinstance(part, Line) for part in found)


def test_text_in_a_frame_is_running_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(70, HEIGHT - 220, 460, 150)
        lines_at((112, 100, (TEXT * 2)[:25]), (80, 128, (TEXT * 2)[25:52]), (112, 156, "专栏完。"))(canvas)

    assert parts_of(drawn(page)) == (Line(text=(TEXT * 2)[:52]), Line(text="专栏完。"))


HEADER = [(0, 0, 1, 1, "序号"), (0, 1, 1, 1, "工作任务"), (0, 2, 1, 1, "牵头单位")]
COLUMNS = [80, 120, 300, 515]
FULL = "每座灯塔每个月巡查不少于两次并登"


def test_a_cell_that_the_break_cuts_is_one_where_it_alone_goes_on() -> None:
    down = [0, 20, 60]
    first = [*HEADER, (1, 0, 1, 1, "灯塔"), (1, 1, 1, 1, FULL), (1, 2, 1, 1, "区渔网局")]
    later = [(0, 0, 1, 1, ""), (0, 1, 1, 1, "记造册。"), (0, 2, 1, 1, ""), (1, 0, 1, 3, "备注：略")]
    (grid,) = parts_of(drawn(grid_at(600, COLUMNS, down, first), grid_at(100, COLUMNS, down, later)))
    assert cells(grid)[4:] == [(1, 1, 1, 1, f"{FULL}\n记造册。"), (1, 2, 1, 1, "区渔网局"), (2, 0, 1, 3, "备注：略")]


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("words", [True, False])
def test_a_table_that_goes_on_is_one_grid_and_a_cell_that_the_break_cuts_one_cell(repeated: bool, words: bool) -> None:
    down = [0, 20, 60, 100]
    first = [*HEADER, (1, 0, 1, 1, "1"), (1, 1, 1, 1, "修缮灯塔"), (1, 2, 1, 1, "区灯塔局")]
    first += [(2, 0, 1, 1, "2"), (2, 1, 1, 1, FULL), (2, 2, 1, 1, "区渔网局")]
    start = 1 if repeated else 0
    later = [(start, 0, 1, 1, ""), (start, 1, 1, 1, "记造册。"), (start, 2, 1, 1, "")]
    later += [(start + 1, 0, 1, 1, "3"), (start + 1, 1, 1, 1, "织网"), (start + 1, 2, 1, 1, "区民政局")]

    def second(canvas: Canvas) -> None:
        if words:
            lines_at((250, 90, "（续表）"), size=10)(canvas)
        grid_at(100, COLUMNS, down, [*(HEADER if repeated else []), *later])(canvas)

    (grid,) = parts_of(drawn(grid_at(600, COLUMNS, down, first), second))
    assert cells(grid) == [
        *first[:-2], (2, 1, 1, 1, f"{FULL}\n记造册。"), (2, 2, 1, 1, "区渔网局"),
        (3, 0, 1, 1, "3"), (3, 1, 1, 1, "织网"), (3, 2, 1, 1, "区民政局"),
    ]  # fmt: skip


def test_a_group_cell_goes_on_over_a_page_break_and_a_new_row_stays_one() -> None:
    down = [0, 20, 60, 100]
    first = [*HEADER, (1, 0, 2, 1, "灯塔"), (1, 1, 1, 1, "修缮灯塔。"), (1, 2, 1, 1, "区灯塔局")]
    first += [(2, 1, 1, 1, "巡查灯塔。"), (2, 2, 1, 1, "区渔网局")]
    later = [
        (0, 0, 2, 1, ""),
        (0, 1, 1, 1, "培训。"),
        (0, 2, 1, 1, "区教育局"),
        (1, 1, 1, 1, "慰问。"),
        (1, 2, 1, 1, "区民政局"),
    ]
    (grid,) = parts_of(drawn(grid_at(600, COLUMNS, down, first), grid_at(100, COLUMNS, down, later)))
    assert cells(grid)[3] == (1, 0, 4, 1, "灯塔")
    assert [cell[-1] for cell in cells(grid)[4:]] == [
        "修缮灯塔。", "区灯塔局", "巡查灯塔。", "区渔网局", "培训。", "区教育局", "慰问。", "区民政局"
    ]  # fmt: skip


def test_tables_of_other_columns_or_with_words_between_stay_apart() -> None:
    down = [0, 20, 60]
    rows = [*HEADER, (1, 0, 1, 1, "1"), (1, 1, 1, 1, "修缮灯塔"), (1, 2, 1, 1, "区灯塔局")]

    def titled(canvas: Canvas) -> None:
        lines_at((112, 90, "附件2"))(canvas)
        grid_at(100, COLUMNS, down, rows)(canvas)

    other = grid_at(100, [80, 150, 300, 515], down, rows)
    assert len(parts_of(drawn(grid_at(600, COLUMNS, down, rows), other))) == 2
    assert len(parts_of(drawn(grid_at(600, COLUMNS, down, rows), titled))) == 3


def test_a_page_turned_or_printed_sideways_is_read_upright() -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.setFont(FONT, 16)
        for number, text in enumerate(("一、横向", "第一行。", "第二行。")):
            canvas.drawString(100, -100 - 40 * number, text)

    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        sideways(canvas)

    assert texts(parts_of(drawn(sideways))) == texts(parts_of(drawn(turned))) == ["一、横向", "第一行。", "第二行。"]


def test_a_table_printed_sideways_and_words_turned_in_a_cell_are_read() -> None:
    across, down, content = TABLE

    def page(canvas: Canvas) -> None:
        canvas.translate(0, 0)
        canvas.rotate(90)
        canvas.translate(0, -HEIGHT)
        grid_at(120, across, down, [one for one in content if one[:2] != (2, 0)])(canvas)
        canvas.rect(80, HEIGHT - 160, 40, -40)
        canvas.saveState()
        canvas.translate(95, HEIGHT - 190)
        canvas.rotate(90)
        canvas.drawString(0, 0, "壹贰")
        canvas.restoreState()

    (grid,) = parts_of(drawn(page, size=(HEIGHT, HEIGHT)))
    assert (2, 0, 1, 1, "壹贰") in cells(grid)
    assert len(cells(grid)) == len(content)


def test_writing_from_above_to_below_is_read() -> None:
    def page(canvas: Canvas) -> None:
        for column, text in enumerate(("贝壳区灯塔方案", "修缮灯塔三十座")):
            for row, char in enumerate(text):
                canvas.drawString(500 - 30 * column, HEIGHT - 100 - 17 * row, char)

    assert "".join(texts(parts_of(drawn(page)))) == "贝壳区灯塔方案修缮灯塔三十座"


def test_a_character_printed_twice_counts_once_and_a_watermark_not_at_all() -> None:
    def page(canvas: Canvas) -> None:
        lines_at((80, 100, "修缮灯塔11座"), (80.4, 100.3, "修缮灯塔11座"))(canvas)
        canvas.translate(100, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    assert texts(parts_of(drawn(page))) == ["修缮灯塔11座"]


def picture(kind: str) -> ImageReader:
    """Give a scan of a printed page, or a photograph."""
    image = Image.new("L", (400, 560), 250)
    for x in range(400):
        for y in range(560):
            if kind == "photo":
                image.putpixel((x, y), (x * 7 + y * 3) % 256)
            elif x % 9 < 2 and y % 28 < 8:
                image.putpixel((x, y), 20)
    return ImageReader(image)


def pictured(kind: str, text: str = "", mode: int = 3) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(kind), 0, 0, WIDTH, HEIGHT)
        line = canvas.beginText(80, 700)
        line.setTextRenderMode(mode)
        line.textLine(text)
        canvas.drawText(line)

    return page


def test_the_text_that_ocr_laid_over_a_scan_is_read_and_other_invisible_text_is_not() -> None:
    def hidden(canvas: Canvas) -> None:
        canvas.saveState()
        line = canvas.beginText(80, 700)
        line.setTextRenderMode(3)
        line.textLine("看不见")
        canvas.drawText(line)
        canvas.restoreState()
        lines_at((80, 100, "看得见"))(canvas)

    assert texts(parts_of(drawn(pictured("scan", "修缮灯塔")))) == ["修缮灯塔"]
    assert texts(parts_of(drawn(hidden))) == ["看得见"]


def test_a_cover_picture_and_an_empty_page_are_passed_over() -> None:
    pages = [pictured("photo"), lines_at((80, 100, "修缮灯塔")), lambda _: None]
    assert texts(parts_of(drawn(*pages))) == ["修缮灯塔"]


WORDS = lines_at((80, 100, "修缮灯塔"))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (lambda: b"%PDF-1.7\n", "a broken PDF: fetch it again, or print it to a new PDF"),
        (lambda: drawn(WORDS)[:300], "a broken PDF: fetch it again, or print it to a new PDF"),
        (lambda: drawn(WORDS, encrypt=StandardEncryption("secret")), "a PDF locked with a password: save it without"),
        (lambda: drawn(lambda _: None), "a PDF without text: run OCR first (ocrmypdf -l chi_sim in.pdf out.pdf)"),
        (lambda: drawn(pictured("scan")), "scanned pages without text: run OCR first (ocrmypdf -l chi_sim in.pdf"),
        (
            lambda: drawn(WORDS, pictured("scan"), WORDS, pictured("scan")),
            "pages 2, 4 scanned, without text: run OCR first (ocrmypdf --skip-text -l chi_sim in.pdf out.pdf)",
        ),
        (lambda: drawn(WORDS).replace(b"/Count 1", b"/Count 9"), "a broken PDF: pages 2, 3, 4, 5, 6 and 3 more"),
        (lambda: drawn(WORDS).replace(b"/Count 1", b"/Count 10000"), "10,000 pages, and 1,000 is the most for one"),
    ],
)
def test_what_cannot_be_read_in_whole_is_refused_in_one_line(data: Callable[[], bytes], complaint: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_pdf(data(), "plan.pdf")
    assert str(raised.value).startswith(f"plan.pdf: {complaint}")
    assert "\n" not in str(raised.value)


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert texts(parts_of(drawn(WORDS, encrypt=StandardEncryption("", "owner")))) == ["修缮灯塔"]


def forms(depth: int) -> bytes:
    """Give a page with a form that draws another one twice, and so on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>\nstream\n/F Do\nendstream",
    ]
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length 11/Resources<</XObject<</F %d 0 R>>>>>>"
    objects += [head % (6 + at) + b"\nstream\n/F Do /F Do\nendstream" for at in range(depth)]
    data = b"%PDF-1.7\n"
    for number, body in enumerate(objects, 1):
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return data + b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)


def test_a_page_that_never_ends_is_given_up_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS_A_PAGE", 1.0)
    with pytest.raises(ReadError, match=r"^plan\.pdf: a PDF with a page that takes longer than 1 seconds: print it"):
        read_pdf(forms(36), "plan.pdf")
    monkeypatch.undo()
    assert texts(parts_of(drawn(WORDS))) == ["修缮灯塔"]


def test_a_reader_that_ends_is_reported_and_started_again() -> None:
    reader = worker.worker_of(os.getpid())
    parts_of(drawn(WORDS))
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    with pytest.raises(ReadError, match=r"^plan\.pdf: a PDF that breaks its reader: print it to a new PDF"):
        read_pdf(drawn(WORDS), "plan.pdf")
    assert texts(parts_of(drawn(WORDS))) == ["修缮灯塔"]


@pytest.fixture(scope="module")
def sound() -> bytes:
    across, down, content = TABLE
    return drawn(WORDS, grid_at(120, across, down, content), pageCompression=0)


@settings(max_examples=150, deadline=None)
@given(edits=st.lists(st.tuples(st.integers(0), st.integers(0, 12), st.binary(max_size=8)), min_size=1, max_size=6))
def test_changed_bytes_are_read_or_refused_and_never_end_the_reader(
    sound: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    data = sound
    for place, removed, put in edits:
        at = place % len(data)
        data = data[:at] + put + data[at + removed :]
    complaint = ""
    try:
        read_pdf(data, "plan.pdf")
    except ReadError as error:
        complaint = str(error)
    assert "breaks its reader" not in complaint
    assert complaint.startswith("plan.pdf: ") or not complaint


@pytest.mark.parametrize(
    ("odd", "usual"),
    [("⼈⼒资源和社会保障局", "人力资源和社会保障局"), ("⺠政局、⻓江、⻢鞍⼭", "民政局、长江、马鞍山"), ("⻋⻔⻅⻚", "车门见页"),
     ("\uf900\ufa0e", "豈\ufa0e"), ("\ufb01\x02le", "fi-le"), ("\uf0b7修缮", "修缮")],
)  # fmt: skip
def test_radicals_and_compatibility_forms_become_the_usual_characters(odd: str, usual: str) -> None:
    assert unify(odd) == usual


def test_characters_that_only_look_different_stay() -> None:
    kept = "（１）Ａ％，：；①②½m²㎡℃…—“”〔2031〕5号"
    assert unify(kept) == kept


def test_no_radical_is_left_but_the_one_that_no_character_equals() -> None:
    radicals = [chr(code) for code in [*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)]]
    left = [char for char in radicals if not "\u3400" <= unify(char) <= "\u9fff"]
    assert left == ["⺀"]


@pytest.mark.parametrize(
    ("char", "unknown"), [("\ue123", True), ("\ufffd", True), ("\x00", True), ("灯", False), ("1", False)]
)
def test_a_character_that_a_font_does_not_name_is_unknown(char: str, unknown: bool) -> None:
    assert is_unknown(char) is unknown


def test_the_command_builds_a_plan_from_a_pdf(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(typeset([*printed(read(fixtures / "plan.txt"))]))
    assert run("build", tmp_path / "plan.pdf", "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "plans" / "贝政办发-2031-5.yaml").is_file()
