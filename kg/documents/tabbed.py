"""Rebuild a table of a word-processor dump: each cell begins with a tab, a cell may run over lines, rows are parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.documents.flattened import find_header, usual_gap
from kg.documents.header import group_name
from kg.documents.placing import Cell
from kg.documents.table import Column, ColumnKind, Row, Table, with_repeated

_NUMBER = re.compile(r"\d{1,3}")
_FEWEST_COLUMNS = 2


def rebuild_tabbed(cells: Sequence[Cell], title: str) -> Table | None:
    """Rebuild the table whose cells, empty ones too, are given in order; None where its header is not known."""
    filled = [cell for cell in cells if cell.passage]
    header = find_header(filled, 0, fragments=1) if filled else None
    if header is None:
        return None
    columns, used = header
    start = cells.index(filled[used]) if used < len(filled) else len(cells)
    rows = _rows(cells[start:], columns)
    if not rows:
        return None
    return Table(
        columns=tuple(columns),
        rows=with_repeated(rows),
        title=title,
        start=filled[0].passage.start,
        end=filled[-1].passage.end,
    )


def _rows(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Row]:
    usual = usual_gap(cells)
    numbered = columns[0].kind is ColumnKind.NUMBER
    rows: list[Row] = []
    row: list[Cell] = []
    group: str | None = None
    for cell in cells:
        if row and (len(row) == len(columns) or _begins_row(cell, row, usual, numbered=numbered)):
            group = _add(rows, row, columns, group)
            row = []
        row.append(cell)
    if row:
        _add(rows, row, columns, group)
    return rows


def _begins_row(cell: Cell, row: Sequence[Cell], usual: int, *, numbered: bool) -> bool:
    """Tell whether a cell begins a row before the last one is full: after a wider gap, or as a number after a group."""
    if not numbered:
        return cell.gap > usual
    number = _NUMBER.fullmatch(cell.text) is not None
    return number and (cell.gap > usual or (len(row) == 1 and not _NUMBER.fullmatch(row[0].text)))


def _add(rows: list[Row], cells: Sequence[Cell], columns: Sequence[Column], group: str | None) -> str | None:
    """Add one row, or take it as the name of a group where it has one filled cell; a repeated header is left out."""
    filled = [cell for cell in cells if cell.passage]
    if len(filled) == 1 and len(columns) > _FEWEST_COLUMNS:
        return group_name(filled[0].text)
    if filled and [cell.text for cell in filled] != [column.header for column in columns]:
        placed = {at: cell.passage for at, cell in enumerate(cells[: len(columns)]) if cell.passage}
        spare = tuple(cell.passage for cell in cells[len(columns) :] if cell.passage)
        rows.append(Row(cells=placed, group=group, spare=spare))
    return group
