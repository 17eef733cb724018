"""Rebuild a table of a word-processor dump: each cell begins with a tab, a cell may run over lines, rows are parted by blank lines."""

from __future__ import annotations

from collections.abc import Sequence

from kg.documents.flattened import find_header, group_name
from kg.documents.placing import Cell
from kg.documents.table import Column, ColumnKind, Row, Table


def rebuild_tabbed(cells: Sequence[Cell], title: str) -> Table | None:
    """Rebuild the table whose cells, empty ones too, are given in order; None where its header is not known."""
    filled = [cell for cell in cells if cell.passage]
    header = find_header(filled, 0, fragments=1)
    if header is None:
        return None
    columns, used = header
    start = cells.index(filled[used]) if used < len(filled) else len(cells)
    rows = _rows(cells[start:], columns)
    if not rows:
        return None
    return Table(
        columns=tuple(columns), rows=tuple(rows), title=title, start=filled[0].passage.start, end=filled[-1].passage.end
    )


def _rows(cells: Sequence[Cell], columns: Sequence[Column]) -> list[Row]:
    numbered = columns[0].kind is ColumnKind.NUMBER
    rows: list[Row] = []
    row: list[Cell] = []
    group: str | None = None
    for cell in cells:
        new = cell.gap > 0 and (not numbered or cell.passage.text == str(len(rows) + 1 + bool(row)))
        if row and (len(row) == len(columns) or new):
            group = _add(rows, row, columns, group)
            row = []
        row.append(cell)
    if row:
        _add(rows, row, columns, group)
    return rows


def _add(rows: list[Row], cells: Sequence[Cell], columns: Sequence[Column], group: str | None) -> str | None:
    """Add one row, or take it as the name of a group where it has one filled cell."""
    filled = [cell for cell in cells if cell.passage]
    if len(filled) == 1 and len(columns) > 2:
        return group_name(filled[0].text)
    placed = {i: cell.passage for i, cell in enumerate(cells[: len(columns)]) if cell.passage}
    if placed:
        rows.append(
            Row(cells=placed, group=group, spare=tuple(cell.passage for cell in cells[len(columns) :] if cell.passage))
        )
    return group
