"""Lay rows out for a terminal, in columns that stand in line where letters are wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["UNKNOWN", "aligned", "clipped", "width"]

UNKNOWN = "—"
"""Stands in a column of figures for one that is not defined."""

_WIDEST = 60
"""Columns of the terminal that one cell may take; the other formats have the whole text."""


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table; columns of figures stand to the right."""
    cells = [[clipped(cell) for cell in row] for row in rows]
    lines = [list(header), *cells] if header else cells
    columns = list(zip(*lines, strict=True))
    widths = [max(map(width, column)) for column in columns]
    figures = [bool(cells) and all(_is_figure(row[at]) for row in cells) for at in range(len(columns))]
    for line in lines:
        padded = [_padded(cell, wide, right) for cell, wide, right in zip(line, widths, figures, strict=True)]
        yield "  ".join(padded).rstrip()


def _padded(cell: str, wide: int, right: bool) -> str:
    space = " " * (wide - width(cell))
    return space + cell if right else cell + space


def _is_figure(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").removesuffix("%").isdigit() or cell in ("", UNKNOWN)


def width(text: str) -> int:
    """Count the columns of a terminal that a text takes: wide characters two, marks above others none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clipped(text: str) -> str:
    """Put a text on one line of at most `_WIDEST` columns."""
    line = " ".join(text.split())
    if width(line) <= _WIDEST:
        return line
    kept = ""
    for character in line:
        if width(kept + character) >= _WIDEST:
            break
        kept += character
    return kept + "…"
