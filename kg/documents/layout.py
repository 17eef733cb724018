"""Lay the parts of a file out as one normalised text, and find paragraphs and tables in that text again by their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.document import Block, Paragraph
from kg.documents.encoding import normalise
from kg.documents.gridded import Slot, rebuild_grid
from kg.documents.parts import Grid, Line, Parts
from kg.documents.passage import fold, passage
from kg.documents.text import blocks, title_above
from kg.grammar.bodies import is_body
from kg.grammar.clauses import LABEL


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text that is read by one rule: running text, or the cells of one grid."""

    start: int
    end: int
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A normalised text and the stretches that it consists of, in order."""

    text: str
    stretches: tuple[Stretch, ...]


_WHOLE = re.compile(
    r"^各|(?:局|委|厅|办|部|院|会|联|政府|办公室|办事处|街道|镇|乡|中心|公司|集团|大学|学校|医院|园区|开发区|单位|部门)$"
)
"""A line that can be a whole name, not the beginning of one: 国家税务 ⏎ 总局贝壳区税务局."""


def of_text(text: str) -> Layout:
    """Lay out a plain text, already normalised: one stretch."""
    return Layout(text, (Stretch(0, len(text)),))


def of_parts(found: Parts) -> Layout:
    """Lay out the parts of a file: a line each, the cells of a grid row parted by tabs."""
    texts: list[str] = []
    stretches: list[Stretch] = []
    place = first = 0
    for part in found.parts:
        if isinstance(part, Line):
            text = f"{normalise(part.text)}\n"
        else:
            if place > first:
                stretches.append(Stretch(first, place))
            text, slots = _grid(part, place)
            first = place + len(text)
            stretches.append(Stretch(place, first, slots))
        texts.append(text)
        place += len(text)
    if place > first:
        stretches.append(Stretch(first, place))
    return Layout("".join(texts), tuple(stretches))


def _grid(grid: Grid, start: int) -> tuple[str, tuple[Slot, ...]]:
    """Print a grid from `start` on: a row a line, a cell once, in its first row."""
    texts: list[str] = []
    slots: list[Slot] = []
    place, row = start, None
    for cell in grid.cells:
        mark = "" if row is None else "\n" if cell.row != row else "\t"
        text = cell_text(cell.text)
        place += len(mark)
        slots.append(
            Slot(
                start=place,
                end=place + len(text),
                row=cell.row,
                column=cell.column,
                rows=max(1, cell.rows),
                columns=max(1, cell.columns),
            )
        )
        texts += [mark, text]
        place, row = place + len(text), cell.row
    return "".join([*texts, "\n"]), tuple(slots)


def cell_text(text: str) -> str:
    """Give the text of a cell as one line; lines that each name a body are parted by 、, lines that each begin with a duty label by ;, as on one line."""
    lines = [" ".join(line.split()) for line in normalise(text).split("\n")]
    filled = [line for line in lines if line]
    names = [fold(line).replace(" ", "") for line in filled]
    is_list = len(names) > 1 and all(map(is_body, names)) and all(map(_WHOLE.search, names[:-1]))
    is_labelled = len(names) > 1 and all(map(LABEL.at_start, names))
    return ("、" if is_list else ";" if is_labelled else " ").join(filled)


def blocks_of(stretches: Sequence[Stretch], text: str) -> tuple[Block, ...]:
    """Find the paragraphs and tables of a text that was laid out in these stretches; a grid of no known kind gives paragraphs."""
    found: list[Block] = []
    folded = fold(text)
    for stretch in stretches:
        if not stretch.slots:
            found.extend(blocks(folded, stretch.start, stretch.end, before=found))
            continue
        table, left = rebuild_grid(stretch.slots, folded, title_above(found))
        found.extend(Paragraph(passage=line) for slot in left if (line := passage(folded, slot.start, slot.end)))
        if table is not None:
            found.append(table)
    return tuple(found)
