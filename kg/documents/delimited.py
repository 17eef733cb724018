"""Rebuild a table whose rows are lines and whose cells are parted by tabs or by vertical bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.documents.flattened import find_header
from kg.documents.header import group_name
from kg.documents.passage import Passage, passage
from kg.documents.placing import Cell
from kg.documents.table import Row, Table, with_repeated

_RULE = re.compile(r"[|:\-\s]+")
_LEAST_CELLS = 3


def split_row(text: str, start: int, end: int) -> list[Passage] | None:
    """Split one line of a table into its cells, empty ones too; None where it is no row."""
    line = text[start:end]
    if line.startswith("|") and line.rstrip().endswith("|") and line.count("|") > _LEAST_CELLS:
        mark, start, end = "|", start + 1, start + len(line.rstrip()) - 1
    elif line.count("\t") >= _LEAST_CELLS - 1 and not line.startswith("\t"):
        mark = "\t"
    else:
        return None
    cells: list[Passage] = []
    place = start
    while place <= end:
        stop = text.find(mark, place, end)
        stop = end if stop < 0 else stop
        cells.append(passage(text, place, stop))
        place = stop + 1
    return cells


def rebuild_rows(rows: Sequence[Sequence[Passage]], source: str, title: str) -> Table | None:
    """Make the table of rows that were split; the first is its header. None where that is not known."""
    lines = [row for row in rows if not _is_rule(row, source)]
    header = find_header([Cell(cell, 0) for cell in lines[0] if cell], 0, fragments=1) if lines else None
    if header is None or len(header[0]) != sum(1 for cell in lines[0] if cell):
        return None
    columns = header[0]
    group: str | None = None
    made: list[Row] = []
    for cells in lines[1:]:
        filled = {at: cell for at, cell in enumerate(cells[: len(columns)]) if cell}
        if len(filled) == 1 and len(columns) > 2:
            group = group_name(next(iter(filled.values())).text)
        elif filled and [cell.text for cell in filled.values()] != [column.header for column in columns]:
            made.append(Row(cells=filled, group=group, spare=tuple(c for c in cells[len(columns) :] if c)))
    if not made:
        return None
    return Table(
        columns=tuple(columns),
        rows=with_repeated(made),
        title=title,
        start=min(c.start for c in lines[0] if c),
        end=max(c.end for c in lines[-1] if c),
    )


def _is_rule(row: Sequence[Passage], source: str) -> bool:
    """Tell whether a row only draws the line below a header."""
    return all(not cell or _RULE.fullmatch(source[cell.start : cell.end]) for cell in row)
