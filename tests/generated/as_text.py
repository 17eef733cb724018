"""Write a sketch as plain text, in the layouts that copies and dumps leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .pick import Pick
from .sketch import Line, Sketch, Table

TABS, BARS, SPACED, COMPACT, DUMPED = "tabs", "bars", "spaced", "compact", "dumped"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: blank lines between paragraphs, their indent, and the form of tables."""

    table: str = TABS
    gap: int = 1
    indent: str = ""
    broken: bool = False


PLAIN = Layout()


def draw_layout(pick: Pick) -> Layout:
    """Draw a layout of plain text."""
    return Layout(
        pick.one((TABS, BARS, SPACED, COMPACT, DUMPED)),
        pick.number(0, 1),
        pick.one(("", "　　")),
        broken=pick.chance(2),
    )


def text_of(sketch: Sketch, layout: Layout) -> str:
    """Write a plan as text."""
    lines: list[str] = []
    for part in sketch.parts:
        if isinstance(part, Line):
            lines += [(layout.indent if not part.center else "") + part.whole, *[""] * layout.gap]
        else:
            lines += [*_table(part, layout), ""]
    return "\n".join(lines) + "\n"


def _table(table: Table, layout: Layout) -> Iterator[str]:
    rows = [table.header, *(tuple(cell.text for cell in row) for row in table.rows)]
    width = len(table.header)
    if layout.table == TABS:
        yield from ("\t".join([*row, *[""] * (width - len(row))]) for row in rows)
    elif layout.table == BARS:
        for at, row in enumerate(rows):
            yield "| " + " | ".join([*row, *[""] * (width - len(row))]) + " |"
            if at == 0:
                yield "|" + " --- |" * width
    elif layout.table == DUMPED:
        for row in rows:
            yield from (f"\t{_broken(cell, layout)}" for cell in row)
            yield ""
    else:
        for row in rows:
            for at, cell in enumerate(row):
                # a copy prints a mark for an empty cell, or leaves one more blank line
                if layout.table == COMPACT:
                    yield cell or "/"
                else:
                    # one at the end of a row would be no trace but a gap between rows
                    mark = "/" if at == len(row) - 1 and not cell else cell
                    yield from [_broken(mark, layout), ""] if mark else [""]


def _broken(text: str, layout: Layout) -> str:
    """Break a long cell over two lines."""
    if not layout.broken or len(text) < 8 or text[4].isdigit() or not text[3:5].isalpha():
        return text
    return f"{text[:4]}\n{text[4:]}"
