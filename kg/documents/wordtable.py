"""Read a Word table into a grid: cells by row and column, with the rows and columns that each spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kg.documents.parts import Grid, GridCell
from kg.documents.wordml import VAL, children, is_on, number, w

_TR, _TC, _TR_PR, _TC_PR = w("tr"), w("tc"), w("trPr"), w("tcPr")
_SPAN, _BESIDE, _BELOW = w("gridSpan"), w("hMerge"), w("vMerge")
_MOST_COLUMNS = 63
"""Word's own limit; a span beyond it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A cell as the file has it; `is_continued` is true for the lower part of one that spans rows."""

    element: etree._Element
    row: int
    column: int
    columns: int
    is_continued: bool


def is_frame(table: etree._Element) -> bool:
    """Tell whether a table has one column: a frame around text, whose cells hold lines and perhaps tables."""
    return all(cell.column == 0 for cell in _cells(table))


def shown_cells(table: etree._Element) -> Iterator[etree._Element]:
    """Give the cells whose text is printed, in order."""
    return (cell.element for cell in _cells(table) if not cell.is_continued)


def read_grid(table: etree._Element, text_of: Callable[[etree._Element], str]) -> Grid:
    """Make the grid of a table; `text_of` reads a cell."""
    made: list[GridCell] = []
    lowest: dict[int, int] = {}
    for cell in _cells(table):
        at = lowest.get(cell.column) if cell.is_continued else None
        if at is not None and _reaches(made[at], cell):
            made[at] = replace(made[at], rows=made[at].rows + 1)
            continue
        lowest[cell.column] = len(made)
        made.append(
            GridCell(text=text_of(cell.element), row=cell.row, column=cell.column, columns=cell.columns),
        )
    return Grid(cells=tuple(made))


def _reaches(above: GridCell, cell: _Cell) -> bool:
    """Tell whether a cell carries on the one above it."""
    return above.row + above.rows == cell.row and above.columns == cell.columns


def _cells(table: etree._Element) -> Iterator[_Cell]:
    """Give the cells of the rows that are printed, each with the cells beside it that are merged into it."""
    rows = (row for row in children(table, _TR) if not _is_gone(row.find(_TR_PR)))
    for at, row in enumerate(rows):
        column = min(number(row.find(_TR_PR), w("gridBefore")) or 0, _MOST_COLUMNS)
        last: _Cell | None = None
        for element in children(row, _TC):
            properties = element.find(_TC_PR)
            columns = min(max(number(properties, _SPAN) or 1, 1), _MOST_COLUMNS)
            if last is not None and _is_continued(properties, _BESIDE):
                last = replace(last, columns=last.columns + columns)
            else:
                if last is not None:
                    yield last
                is_continued = _is_continued(properties, _BELOW)
                last = _Cell(element=element, row=at, column=column, columns=columns, is_continued=is_continued)
            column += columns
        if last is not None:
            yield last


def _is_continued(properties: etree._Element | None, name: str) -> bool:
    merged = properties.find(name) if properties is not None else None
    return merged is not None and merged.get(VAL, "continue") != "restart"


def _is_gone(properties: etree._Element | None) -> bool:
    """Tell whether a row is deleted or hidden."""
    return properties is not None and (properties.find(w("del")) is not None or is_on(properties, w("hidden")) is True)
