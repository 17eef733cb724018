"""Cut a document's text into lines, tables and segments for a page: each segment is of one look, and every character is there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.documents import Document
from kg.documents.passage import fold
from kg.documents.table import Row, Table
from kg.grammar.headings import MARKER
from kg.pages.places import Mark

__all__ = ["Line", "Segment", "TableBlock", "TableCell", "TableLine", "cut"]

_HEADING_LENGTH = 50
_RULING = " |-:"
"""Characters that rule a table in plain text and say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters that stand together and bear the same marks; `signs` are the kinds whose mark begins here."""

    start: int
    text: str
    kinds: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of running text; `tasks` are the keys of the tasks that begin in it, `inside` tells that it belongs to one."""

    start: int
    segments: tuple[Segment, ...]
    heading: bool
    tasks: tuple[str, ...]
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell; one that is `carried` stands in a row above and spans this one, and bears no marks here."""

    segments: tuple[Segment, ...]
    carried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLine:
    """A row of a table, or, with one cell that is `whole`, words that stand in no column."""

    cells: tuple[TableCell, ...]
    tasks: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table with the headers of its columns and its rows."""

    headers: tuple[str, ...]
    rows: tuple[TableLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked in a text: marks by kind, edges at which to cut besides, and the tasks with their places, by key."""

    kinds: Sequence[tuple[str, Mark]]
    edges: Iterable[Mark]
    tasks: Mapping[str, Mark]


def cut(document: Document, marks: Marks) -> tuple[Line | TableBlock, ...]:
    """Cut the text of a document where a mark begins or ends."""
    cutter = _Cutter(document.text, marks)
    tables = sorted((block for block in document.blocks if isinstance(block, Table)), key=lambda table: table.start)
    found: list[Line | TableBlock] = []
    place = 0
    for table in tables:
        found += cutter.lines(place, table.start)
        found.append(cutter.table(table, max(place, table.start)))
        place = max(place, table.end)
    return (*found, *cutter.lines(place, len(document.text)))


class _Cutter:
    """The text with its marks laid out for cutting."""

    def __init__(self, text: str, marks: Marks) -> None:
        self._text = text
        self._edges = sorted(
            {at for mark in (*(m for _, m in marks.kinds), *marks.edges) for at in (mark.start, mark.end)}
        )
        self._marks = sorted(marks.kinds, key=lambda item: (item[1].start, -item[1].length))
        self._starts = [mark.start for _, mark in self._marks]
        self._longest = max((mark.length for _, mark in self._marks), default=0)
        self._tasks = sorted(marks.tasks.items(), key=lambda item: item[1].start)

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """Give the lines of running text, without blank ones and those that rule a table."""
        for first, last in _stripped(self._text, start, end, "\n"):
            text = fold(self._text[first:last])
            if not text.strip(_RULING):
                continue
            heading = len(text) <= _HEADING_LENGTH and "。" not in text and bool(MARKER.regex.match(text))
            begun = tuple(key for key, mark in self._tasks if first <= mark.start < last)
            inside = any(mark.start < last and first < mark.end for _, mark in self._tasks)
            yield Line(
                start=first,
                segments=tuple(self._segments(range(first, last))),
                heading=heading,
                tasks=begun,
                inside=inside,
            )

    def table(self, table: Table, start: int) -> TableBlock:
        """Give a table with all its words: those that stand in no cell have a row of their own."""
        width = len(table.columns)
        rows: list[tuple[int, TableLine]] = []
        held: set[int] = set()
        for row in table.rows:
            own = [cell for at, cell in row.cells.items() if at not in row.carried]
            held |= {at for cell in own for at in cell.offsets}
            if own:
                rows.append((min(cell.start for cell in own), self._row(row, width)))
        first = min((at for at, _ in rows), default=table.end)
        headers = "".join(column.header for column in table.columns)
        for at, last in self._left(held, start, table.end):
            if at >= first or "".join(fold(self._text[at:last]).replace("|", "").split()) not in headers:
                cell = TableCell(segments=tuple(self._segments(range(at, last))))
                rows.append((at, TableLine(cells=(cell,), whole=True)))
        ordered = sorted(rows, key=lambda item: item[0])
        return TableBlock(
            headers=tuple(column.header for column in table.columns), rows=tuple(line for _, line in ordered)
        )

    def _row(self, row: Row, width: int) -> TableLine:
        cells = []
        own: list[int] = []
        for at in range(width):
            cell = row.cells.get(at)
            carried = at in row.carried
            offsets = cell.offsets if cell else ()
            own += () if carried else offsets
            segments = self._segments(offsets, marked=not carried)
            cells.append(TableCell(segments=tuple(segments), carried=carried))
        begun = tuple(key for key, mark in self._tasks if own and min(own) <= mark.start <= max(own))
        return TableLine(cells=tuple(cells), tasks=begun)

    def _left(self, held: set[int], start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the stretches of a table that no cell holds."""
        for first, last in _stripped(self._text, start, end, "\n\t"):
            at = first
            while at < last:
                stop = at
                while stop < last and stop not in held:
                    stop += 1
                if self._text[at:stop].strip(_RULING):
                    yield at, stop
                at = stop + 1

    def _segments(self, offsets: Sequence[int], *, marked: bool = True) -> Iterator[Segment]:
        """Cut characters where a mark begins or ends, and where characters between them are left out."""
        run: list[int] = []
        for at in offsets:
            if run and (at != run[-1] + 1 or self._is_edge(at)):
                yield self._segment(run, marked)
                run = []
            run.append(at)
        if run:
            yield self._segment(run, marked)

    def _segment(self, run: Sequence[int], marked: bool) -> Segment:
        start = run[0]
        text = self._text[start : run[-1] + 1]
        held = list(self._holding(start)) if marked else []
        kinds = tuple(dict.fromkeys(kind for kind, _ in held))
        signs = tuple(dict.fromkeys(kind for kind, mark in held if mark.start == start))
        return Segment(start=start, text=text, kinds=kinds, signs=signs)

    def _is_edge(self, at: int) -> bool:
        place = bisect_left(self._edges, at)
        return place < len(self._edges) and self._edges[place] == at

    def _holding(self, at: int) -> Iterator[tuple[str, Mark]]:
        """Give the marks that hold a character; those that begin too far before it cannot."""
        first = bisect_left(self._starts, at - self._longest)
        for kind, mark in self._marks[first : bisect_right(self._starts, at)]:
            if mark.start <= at < mark.end:
                yield kind, mark


def _stripped(text: str, start: int, end: int, parting: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text between parting characters, without the white space around them."""
    first = start
    for at in range(start, end + 1):
        if at == end or text[at] in parting:
            part = text[first:at]
            if stripped := part.strip():
                begin = first + len(part) - len(part.lstrip())
                yield begin, begin + len(stripped)
            first = at + 1
