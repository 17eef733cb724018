"""What a plan says, before it is written in any format: its head, sections, tasks, promises and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One body in one role, as written."""

    department: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A number to be reached, in base units."""

    comparator: str
    value: str
    unit: str
    by: str | None
    value_max: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A sentence or clause with what it says; `style` names the way of saying it."""

    text: str
    style: str
    duties: tuple[Duty, ...] = ()
    open: bool = False
    deadlines: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    citations: tuple[tuple[str, str | None, str], ...] = ()
    achievements: tuple[tuple[str, str, str | None], ...] = ()
    lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed paragraph; `numeral` stands in front of `text`, `level` is that of a heading (0 for none)."""

    text: str
    numeral: str = ""
    level: int = 0
    center: bool = False

    @property
    def whole(self) -> str:
        return self.numeral + self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task that a reader must find; `title` counts only where `titled`."""

    number: str
    words: tuple[Words, ...]
    title: str | None = None
    titled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a printed table; one that is `merged` belongs to the cell above it, whose text it repeats."""

    text: str
    merged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A printed table: the words of its header, then rows; a row of one cell names a group and spans all columns."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def spans(self) -> list[list[tuple[int, str, int, int]]]:
        """Give the cells that each row begins, the header's first: column, text, rows and columns that it covers."""
        width = len(self.header)
        made: list[list[tuple[int, str, int, int]]] = [[(at, word, 1, 1) for at, word in enumerate(self.header)]]
        for at, row in enumerate(self.rows):
            if len(row) == 1:
                made.append([(0, row[0].text, 1, width)])
                continue
            cells = []
            for column, cell in enumerate(row):
                if not cell.merged:
                    below = at + 1
                    while below < len(self.rows) and len(self.rows[below]) > 1 and self.rows[below][column].merged:
                        below += 1
                    cells.append((column, cell.text, below - at, 1))
            made.append(cells)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of an indicator table; `values` are period, kind, text, comparator and number."""

    number: str
    name: str
    group: str | None
    unit: str | None
    attribute: str | None
    values: tuple[tuple[str, str, str, str | None, str | None], ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A row of a list of projects."""

    list: str
    number: str
    name: str
    type: str | None
    start: str | None
    end: str | None
    place: str | None
    investment: str | None
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the document says of itself, None where it says nothing."""

    title: str
    kind: str
    number: str | None = None
    issuer: str | None = None
    region: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A plan: what is printed, in order, and what it says."""

    head: Head
    parts: tuple[Line | Table, ...]
    tasks: tuple[Task, ...] = ()
    loose: tuple[Words, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    projects: tuple[Project, ...] = ()

    def is_own(self, title: str) -> bool:
        """Tell whether a cited title is a name of the document itself."""
        return title in self.head.title
