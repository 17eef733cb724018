"""Tell the tables of a page that hold data from those that lay it out, and give the cells of the former at their places."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from kg.documents.html.flow import lines
from kg.documents.html.page import Page, Weights
from kg.documents.parts import Grid, GridCell, Line, Part
from kg.documents.table import column
from kg.grammar.metablock import LABEL_LINE

_CELLS = ("td", "th")
_SECTIONS = {"thead": 0, "tbody": 1, "tfoot": 2}
_WIDEST_SPAN = 60
"""A cell that claims to span more columns spans the table."""

_MOST_PLACES = 400_000
_HEADER_ROWS = 4
_LONGEST_HEADER = 24
_FEWEST_KNOWN = 2
_FEWEST_PAIRS = 2
_MOST_META = 40
_PROSE = 500
_PROSE_LINES = 4


class TableKind(StrEnum):
    """What a table is for."""

    DATA = "data"
    META = "meta"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    node: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    cells: tuple[_Cell, ...]
    section: int


def kinds_of_tables(page: Page, weights: Weights) -> dict[int, TableKind]:
    """Say of each table of a page what it is for; the inner ones first."""
    found: dict[int, TableKind] = {}
    data: dict[int, int] = {}
    """For each table the letters in it that tables of data hold."""
    outer: list[int] = []
    for node in reversed([place for place, tag in enumerate(page.tags) if tag == "table"]):
        inner: list[int] = []
        while outer and outer[-1] < page.ends[node]:
            inner.append(outer.pop())
        held = sum(data[one] for one in inner)
        kind = found[node] = _kind(page, node, weights, held if inner else None)
        data[node] = _size(weights, page, node) if kind is TableKind.DATA else held
        outer.append(node)
    return found


def _size(weights: Weights, page: Page, node: int) -> int:
    return weights.letters[page.ends[node]] - weights.letters[node]


def _kind(page: Page, table: int, weights: Weights, held: int | None) -> TableKind:
    """Say what a table is for; `held` are the letters of data in the tables inside it, None where there are none."""
    size = _size(weights, page, table)
    if held and held * 2 > size:
        return TableKind.LAYOUT
    rows = _rows(page, table)
    if _is_meta(page, rows):
        return TableKind.META
    if sum(len(row.cells) > 1 for row in rows) < 2 or page.attribute(table, "role") in ("presentation", "none"):
        return TableKind.LAYOUT
    if _has_header(page, rows):
        return TableKind.DATA
    return TableKind.LAYOUT if held is not None or _is_prose(page, rows, weights, size) else TableKind.DATA


def _is_prose(page: Page, rows: Sequence[_Row], weights: Weights, size: int) -> bool:
    """Tell whether most of a table is one cell of several paragraphs."""
    longest = max((cell.node for row in rows for cell in row.cells), key=lambda node: _size(weights, page, node))
    most = _size(weights, page, longest)
    return most > _PROSE and most * 2 > size and len(lines(page, longest)) >= _PROSE_LINES


def _is_meta(page: Page, rows: Sequence[_Row]) -> bool:
    """Tell whether a table is a meta block: labels, each with its value beside it, and little else."""
    if not rows or len(rows) > _MOST_META or max(len(row.cells) for row in rows) > _MOST_META:
        return False
    pairs = others = 0
    for row in rows:
        texts = [page.first_words(cell.node) for cell in row.cells]
        at = 0
        while at < len(texts):
            label = LABEL_LINE.fullmatch(texts[at])
            following = texts[at + 1] if at + 1 < len(texts) else None
            if label and label["mark"] and label["value"]:
                pairs += 1
            elif label and not label["value"] and following is not None and not LABEL_LINE.fullmatch(following):
                pairs += 1
                at += 1
            elif texts[at]:
                others += 1
            at += 1
    return pairs >= _FEWEST_PAIRS and pairs >= others


def _has_header(page: Page, rows: Sequence[_Row]) -> bool:
    for row in rows[:_HEADER_ROWS]:
        texts = [page.first_words(cell.node) for cell in row.cells[:_MOST_META]]
        if sum(len(text) <= _LONGEST_HEADER and column(text) is not None for text in texts) >= _FEWEST_KNOWN:
            return True
    return False


def _rows(page: Page, table: int) -> list[_Row]:
    """Give the rows of a table as a browser orders them: the head first, the foot last."""
    found: list[tuple[int, int, _Row]] = []
    for section, child in enumerate(page.children(table)):
        order = _SECTIONS.get(page.tags[child])
        if order is None:
            continue
        for row in page.children(child):
            if page.tags[row] == "tr":
                cells = tuple(_cell(page, cell) for cell in page.children(row) if page.tags[cell] in _CELLS)
                found.append((order, section, _Row(cells=cells, section=section)))
    return [row for _, _, row in sorted(found, key=lambda one: one[:2])]


def _cell(page: Page, node: int) -> _Cell:
    if node not in page.attributes:
        return _Cell(node=node, rows=1, columns=1)
    rows, columns = (_span(page.attribute(node, name)) for name in ("rowspan", "colspan"))
    return _Cell(node=node, rows=rows, columns=max(1, columns))


def _span(text: str) -> int:
    """Read a span; 0, which `rowspan` may be, is to the end of the section, and what is no number is 1."""
    text = text.strip()
    return int(text[:6]) if text.isascii() and text.isdigit() else 1


def read_table(page: Page, table: int, gone: Set[int]) -> list[Part]:
    """Give the caption and the grid of a table of data; its lines where its spans make it too large for a grid."""
    captions = [child for child in page.children(table) if page.tags[child] == "caption"]
    found: list[Part] = [Line(text=text) for node in captions for text in lines(page, node, gone)]
    rows = _rows(page, table)
    placed = _placed(page, rows, gone)
    if placed is None:
        cells = (cell.node for row in rows for cell in row.cells)
        return [*found, *(Line(text=text) for node in cells for text in lines(page, node, gone))]
    return [*found, Grid(cells=tuple(placed))] if placed else found


def _placed(page: Page, rows: Sequence[_Row], gone: Set[int]) -> list[GridCell] | None:
    """Give each cell its place: the first column that no cell of the rows above reaches down to.

    Spans end with the section and with the table; None where what they cover is more than any table has.
    """
    width = max((sum(_plain_width(cell) for cell in row.cells) for row in rows), default=0)
    ends = {row.section: at + 1 for at, row in enumerate(rows)}
    reach: dict[int, int] = {}
    found: list[GridCell] = []
    covered = 0
    for at, row in enumerate(rows):
        place = 0
        left = ends[row.section] - at
        for cell in row.cells:
            while reach.get(place, 0) > at:
                place += 1
            columns = max(1, min(cell.columns, width - place))
            height = min(cell.rows or left, left)
            covered += columns * height
            if covered > _MOST_PLACES:
                return None
            if cell.node not in gone:
                text = "\n".join(lines(page, cell.node, gone))
                found.append(GridCell(text=text, row=at, column=place, rows=height, columns=columns))
            for one in range(place, place + columns):
                reach[one] = max(reach.get(one, 0), at + height)
            place += columns
    return found


def _plain_width(cell: _Cell) -> int:
    return cell.columns if cell.columns <= _WIDEST_SPAN else 1
