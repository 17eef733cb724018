"""The parts that a format reader finds in a file, in order: lines of running text and grids of table cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph or line of running text, with the numeral that a word processor keeps apart in front of it.

    A `Line` without text stands for a blank line.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell of a table: its text, its place (from 0), and how many rows and columns it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of data whose cells are known: by row and then by column, each cell that spans others once."""

    cells: tuple[GridCell, ...]


Part = Line | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All parts of a file, and what the file says of itself outside its text.

    `meta` has the keys `title`, `number`, `issuer`, `issued` and `published`, each only where the file names it, as printed.
    """

    parts: tuple[Part, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
