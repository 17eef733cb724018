"""Write a sketch as plain text, in the layouts that copies and dumps leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .pick import Pick
from .sketch import Line, Sketch, Table
from .table_parts import ROLES

TABS, BARS, SPACED, COMPACT, DUMPED, GLUED = "tabs", "bars", "spaced", "compact", "dumped", "glued"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: blank lines between paragraphs, their indent, and the form of tables."""

    table: str = TABS
    gap: int = 1
    indent: str = ""
    broken: bool = False


_RANKED = re.compile("[省市区县州旗各]")
PLAIN = Layout()


def draw_layout(pick: Pick) -> Layout:
    """Draw a layout of plain text."""
    return Layout(
        pick.one((TABS, BARS, SPACED, COMPACT, DUMPED, GLUED)),
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
    if layout.table == GLUED and can_be_glued(table):
        yield from map("".join, rows)
    elif layout.table in (TABS, GLUED):
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


def can_be_glued(table: Table) -> bool:
    """Tell whether a reader can part the cells of a table that are run together: no cell is empty, and each body bears its rank."""
    sure = (*ROLES, "序号", "重点任务", "完成时限")
    if table.header[0] != "序号" or not set(table.header) <= set(sure):
        return False
    for row in table.rows:
        for word, cell in zip(table.header, row, strict=False):
            names = re.split("[、，]", cell.text) if word in ROLES and len(row) > 1 else []
            if not cell.text.strip("/—") or "市、县" in cell.text or not all(_RANKED.match(name) for name in names):
                return False
    return True


def _broken(text: str, layout: Layout) -> str:
    """Break a long cell over two lines."""
    if not layout.broken or len(text) < 8 or text[4].isdigit() or not text[3:5].isalpha():
        return text
    return f"{text[:4]}\n{text[4:]}"
