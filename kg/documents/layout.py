"""Lay the parts of a file out as one normalised text, and find paragraphs and tables in that text again by their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.broken import join_lines
from kg.documents.document import Block, Paragraph
from kg.documents.encoding import normalise
from kg.documents.gridded import Slot, rebuild_grid
from kg.documents.parts import Grid, Line, Parts
from kg.documents.passage import fold, passage
from kg.documents.text import blocks, title_above


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
    """Give the text of a cell as one line."""
    lines = [" ".join(line.split()) for line in normalise(text).split("\n")]
    return join_lines([line for line in lines if line])


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
