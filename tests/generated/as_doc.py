"""Write a sketch as an old Word file (DOC); each cell says its own text, for antiword tells no merged ones."""

from __future__ import annotations

from .old_word import Word97, word97
from .sketch import Line, Sketch, Table

_WIDTH = 1500


def doc_of(sketch: Sketch) -> bytes:
    """Write a plan as a Word 97 file."""
    word = Word97()
    for part in sketch.parts:
        if isinstance(part, Line):
            word.paragraph(part.whole)
        else:
            _add_table(word, part)
    word.paragraph("")
    return word97(word)


def _add_table(word: Word97, table: Table) -> None:
    width = len(table.header)
    for row in (table.header, *(tuple(cell.text for cell in row) for row in table.rows)):
        word.table([list(row)], [_WIDTH * width] if len(row) == 1 else [_WIDTH] * width)
