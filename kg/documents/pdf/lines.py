"""Put the characters of a page together to lines, in the order in which one or more columns are read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from kg.documents.pdf.page import Glyph

_SPLIT = 1.4
"""Characters this many of their sizes apart stand in two columns, or beside each other like the cells of a row."""
_SPACE = 0.16
_WORD_SPACE = 0.8
_TWICE = 0.15
_FEWEST_ROWS = 4
_NARROWEST = 0.2
_MOST_COLUMNS = 3
_FEWEST_CHARACTERS = 8
_HALF = 0.6
_GUTTER_STEP = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A printed line, or the part of it in one column: its words and edges.

    `column` names the column or frame that it stands in, and `room` the edges of the page or frame around.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int = 0
    column: str = ""
    room: tuple[float, float] | None = None

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Put characters that stand beside each other into rows, from above to below, each from left to right."""
    rows: list[tuple[Glyph, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            largest, members = rows[at]
            shared = min(largest.bottom, glyph.bottom) - max(largest.top, glyph.top)
            if shared >= 0.5 * min(largest.size, glyph.size):
                members.append(glyph)
                if glyph.size > largest.size:
                    rows[at] = glyph, members
                break
        else:
            rows.append((glyph, [glyph]))
    return [sorted(members, key=lambda one: one.left) for _, members in rows]


def lines_of(row: Sequence[Glyph], *, page: int = 0, parted: bool = True) -> list[TextLine]:
    """Make lines of a row of characters: one, or one for each part that stands far from the next.

    A character printed twice in one place, as for boldness or a shadow, counts once.
    """
    parts: list[list[Glyph]] = []
    for glyph in row:
        last = parts[-1][-1] if parts else None
        if last is None or (parted and glyph.left - last.right > _SPLIT * max(glyph.size, last.size)):
            parts.append([glyph])
        elif not _is_twice(glyph, parts[-1]):
            parts[-1].append(glyph)
    return [_line(part, page) for part in parts]


def _is_twice(glyph: Glyph, before: Sequence[Glyph]) -> bool:
    """Tell whether the character was printed in this place already."""
    near = [one for one in before[-2:] if abs(one.left - glyph.left) < _TWICE * glyph.size]
    return any(one.text == glyph.text and abs(one.base - glyph.base) < _TWICE * glyph.size for one in near)


def _line(part: Sequence[Glyph], page: int) -> TextLine:
    texts = [part[0].text]
    for one, two in itertools.pairwise(part):
        gap = (two.left - one.right) / max(1.0, min(one.size, two.size))
        is_word = one.text[-1].isascii() and two.text[0].isascii() and gap > _SPACE
        texts.append(f" {two.text}" if is_word or gap > _WORD_SPACE else two.text)
    size = median(glyph.size for glyph in part)
    main = [glyph for glyph in part if glyph.size > 0.8 * size]
    return TextLine(
        text="".join(texts),
        left=part[0].left,
        right=max(glyph.right for glyph in part),
        top=min(glyph.top for glyph in main),
        bottom=max(glyph.bottom for glyph in main),
        size=size,
        page=page,
    )


def joined(lines: Sequence[TextLine]) -> TextLine:
    """Make one line of parts that stand beside each other."""
    if len(lines) == 1:
        return lines[0]
    return replace(
        lines[0],
        text=" ".join(line.text for line in lines),
        right=max(line.right for line in lines),
        top=min(line.top for line in lines),
        bottom=max(line.bottom for line in lines),
        size=max(line.size for line in lines),
    )


def in_order(rows: Sequence[Sequence[TextLine]], column: str = "") -> list[TextLine]:
    """Give the lines in reading order: bands of columns one column after the other, all else from above to below."""
    gutter = _gutter(rows) if len(column) < _MOST_COLUMNS else None
    if gutter is None:
        return [_in_column(joined(row), column) for row in rows if row]
    found: list[TextLine] = []
    for is_band, band in _bands(rows, gutter):
        if not is_band:
            found.extend(_in_column(joined(row), column) for row in band)
            continue
        left = [[line for line in row if line.right <= gutter] for row in band]
        right = [[line for line in row if line.left >= gutter] for row in band]
        found += in_order([row for row in left if row], f"{column}l")
        found += in_order([row for row in right if row], f"{column}r")
    return found


def _in_column(line: TextLine, column: str) -> TextLine:
    return replace(line, column=column, room=None) if column else line


def _gutter(rows: Sequence[Sequence[TextLine]]) -> float | None:
    """Give the place of a strip that parts most lines of a page into two columns of text."""
    lines = [line for row in rows for line in row]
    if len(lines) < 2 * _FEWEST_ROWS:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = (left + right) / 2
    if not any(line.left > middle - 0.2 * (right - left) for line in lines):
        return None
    best: tuple[int, float] | None = None
    place = left + _NARROWEST * (right - left)
    while place < right - _NARROWEST * (right - left):
        score = sum(len(band) for is_band, band in _bands(rows, place) if is_band)
        if score and (best is None or score > best[0]):
            best = score, place
        place += _GUTTER_STEP
    return best[1] if best and 2 * best[0] > len(rows) else None


def _bands(rows: Sequence[Sequence[TextLine]], gutter: float) -> list[tuple[bool, list[Sequence[TextLine]]]]:
    """Part rows into bands that keep the strip free on both sides of it, and the rows between these."""
    bands: list[tuple[bool, list[Sequence[TextLine]]]] = []
    free: list[Sequence[TextLine]] = []
    for row in [*rows, None]:
        if row is not None and not any(line.left < gutter < line.right for line in row):
            free.append(row)
            continue
        if free:
            bands.append((_is_columns(free, gutter), free))
            free = []
        if row is not None:
            bands.append((False, [row]))
    return bands


def _is_columns(rows: Sequence[Sequence[TextLine]], gutter: float) -> bool:
    """Tell whether rows are two columns of running text and not, for example, names with their values beside them.

    Of the last columns of a text one may be short, where the other is plainly not as wide as the page.
    """
    left = [line for row in rows for line in row if line.right <= gutter]
    right = [line for row in rows for line in row if line.left >= gutter]
    if min(len(left), len(right)) >= _FEWEST_ROWS and _is_column(left) and _is_column(right):
        return True
    room = left[0].room if left and right else None
    is_half = room is not None and gutter - room[0] < _HALF * (room[1] - room[0])
    return is_half and any(_is_column(side) and _is_indented(side) for side in (left, right))


def _is_indented(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines begin at an edge and, those of new paragraphs, two characters after it."""
    edge, size = min(line.left for line in lines), median(line.size for line in lines)
    indented = sum(1.5 * size <= line.left - edge <= 2.6 * size for line in lines)
    flush = sum(line.left - edge < 0.5 * size for line in lines)
    return len(lines) >= 2 * _FEWEST_ROWS and min(indented, flush) > 1


def _is_column(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines are running text: a third of them or more about as wide as the widest."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left > 0.75 * width for line in lines)
    return width > _FEWEST_CHARACTERS * median(line.size for line in lines) and 3 * full >= len(lines)
