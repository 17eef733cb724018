"""Find the tables that a page prints without ruling lines: rows of words that stand below each other in columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from kg.documents.pdf.furniture import Row
from kg.documents.pdf.tables import Filled, RuledTable

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_LARGEST_GAP = 3.0
_NEAR = 1.2


def take_aligned(rows: Sequence[Row]) -> tuple[list[RuledTable], list[Row]]:
    """Give the tables without lines among the rows of a page, and the other rows.

    Only rows that all have a word in each column are taken: of others nobody could tell an empty cell from one that is
    broken over lines.
    """
    tables: list[RuledTable] = []
    rest: list[Row] = []
    start = 0
    while start < len(rows):
        end = _end(rows, start)
        run = rows[start:end]
        if len(run) >= _FEWEST_ROWS and not _is_broken(run, rows[start - 1 : start], rows[end : end + 1]):
            tables.append(_table(run))
        else:
            rest += run
        start = end
    return tables, rest


def _end(rows: Sequence[Row], start: int) -> int:
    """Give the place after the rows from `start` on that stand in the same columns."""
    columns = [(line.left, line.right) for line in rows[start]]
    end = start + 1
    while len(columns) >= _FEWEST_COLUMNS and end < len(rows) and len(rows[end]) == len(columns):
        row = rows[end]
        wider = [(min(a, line.left), max(b, line.right)) for (a, b), line in zip(columns, row, strict=True)]
        is_far = row[0].top - rows[end - 1][0].bottom > _LARGEST_GAP * row[0].size
        if is_far or any(one[1] >= two[0] for one, two in itertools.pairwise(wider)):
            break
        columns, end = wider, end + 1
    return end


def _is_broken(run: Sequence[Row], above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Tell whether the row above or below prints more of an inner cell, so that the rows are not whole."""
    for row, gap in (
        *((row, run[0][0].top - row[0].bottom) for row in above),
        *((row, row[0].top - run[-1][0].bottom) for row in below),
    ):
        is_parted = len(row) > 1
        is_inner = all(line.left > run[0][1].left - line.size for line in row)
        if gap < _NEAR * row[0].size and (is_parted or is_inner):
            return True
    return False


def _table(run: Sequence[Row]) -> RuledTable:
    """Make the table of rows that stand in columns."""
    cells = [
        Filled(text=line.text, row=row, column=column, rows=1, columns=1)
        for row, lines in enumerate(run)
        for column, line in enumerate(lines)
    ]
    across = [min(row[at].left for row in run) for at in range(len(run[0]))]
    edges = [*across, max(row[-1].right for row in run)]
    first = run[0][0]
    return RuledTable(across=edges, height=len(run), cells=cells, top=first.top, page=first.page, last_page=first.page)
