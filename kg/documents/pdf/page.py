"""Take what a page of a PDF prints: its characters with their places, its ruling lines, and whether it is a scan."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from kg.documents.pdf.characters import is_unknown, unify
from kg.documents.pdf.drawing import Box, Drawing, Point, address, take_drawing

MOST_CHARACTERS = 60_000
"""A page of print has one or two thousand characters; pdfium would give millions of a page that repeats itself."""
_SCAN_COVER = 0.5
_PAPER_LEVEL, _PAPER_SHARE, _INK_SHARE = 128, 0.6, 0.002
_MOST_TILT = math.radians(3)
_SMALLEST = 1.0
_THIN = 3.0
_SAMPLE = 400


class Glyph(NamedTuple):
    """A printed character; places are in points, to the right and down from a corner of the page as it is read."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        """The upper edge of the square in which the character is drawn."""
        return self.base - 0.86 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of that square."""
        return self.base + 0.14 * self.size


class Turned(NamedTuple):
    """A character that stands sideways: its middle on the page, and its place as its own line is read."""

    across: float
    down: float
    quarter: int
    glyph: Glyph


class Rule(NamedTuple):
    """A straight line across or down the page: where, from which place, to which."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page prints, turned so that its lines are read across.

    `unknown` counts the characters whose font does not name them; a scan is a page without text whose picture is paper.
    """

    width: float
    height: float
    glyphs: Sequence[Glyph]
    turned: Sequence[Turned]
    across: Sequence[Rule]
    down: Sequence[Rule]
    unknown: int
    is_scan: bool


class _Mark(NamedTuple):
    """A character as pdfium gives it, in the axes of the page, up being positive; `quarter` is its direction."""

    text: str
    box: Box
    origin: Point
    size: float
    quarter: int | None


def take_page(page: pdfium.PdfPage) -> Page:
    """Take the characters and the ruling lines of a page."""
    frame: Box = page.get_bbox()
    drawing = take_drawing(page)
    is_covered = drawing.covered / max(1.0, (frame[2] - frame[0]) * (frame[3] - frame[1])) >= _SCAN_COVER
    # Text laid invisibly over a scan is what OCR read there; elsewhere it is a leftover that no reader sees.
    marks, unknown = _marks(page, frame, frozenset() if is_covered else drawing.invisible)
    quarter = _quarter(marks)
    turn = _Turn(frame, quarter)
    across, down = _rules(drawing, turn)
    return Page(
        width=turn.width,
        height=turn.height,
        glyphs=[_glyph(mark, turn) for mark in marks if mark.quarter == quarter],
        turned=[_turned(mark, turn, frame) for mark in marks if mark.quarter not in (quarter, None)],
        across=across,
        down=down,
        unknown=unknown,
        is_scan=not marks and (drawing.is_dense or (is_covered and _is_paper(page))),
    )


class _Turn:
    """Turns places of the page so that text of one direction runs to the right and lines follow downwards."""

    def __init__(self, frame: Box, quarter: int) -> None:
        self.quarter = quarter % 4
        one, two = self._turn(*frame[:2]), self._turn(*frame[2:])
        self.left, self.top = min(one[0], two[0]), min(one[1], two[1])
        self.width, self.height = abs(one[0] - two[0]), abs(one[1] - two[1])

    def place(self, x: float, y: float) -> Point:
        """Give a place in points to the right and down."""
        across, down = self._turn(x, y)
        return across - self.left, down - self.top

    def _turn(self, x: float, y: float) -> Point:
        match self.quarter:
            case 0:
                return x, -y
            case 1:
                return y, x
            case 2:
                return -x, y
            case _:
                return -y, -x


def _marks(page: pdfium.PdfPage, frame: Box, hidden: frozenset[int]) -> tuple[list[_Mark], int]:
    """Give the characters inside the page in the order of its content, and the number of those unknown."""
    text = page.get_textpage()
    found: list[_Mark] = []
    unknown = 0
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    for at in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (9, 10, 13, 32, 0xA0, 0x3000):
            continue
        char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        unknown += is_unknown(char)
        char = unify(char).strip()
        if not char or (hidden and address(raw.FPDFText_GetTextObject(text, at)) in hidden):
            continue
        raw.FPDFText_GetLooseCharBox(text, at, byref(box))
        raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
        if not (frame[0] <= x.value <= frame[2] and frame[1] <= y.value <= frame[3]):
            continue
        raw.FPDFText_GetMatrix(text, at, byref(matrix))
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        if _SMALLEST <= size <= frame[3] - frame[1]:
            place = box.left, box.bottom, box.right, box.top
            found.append(_Mark(char, place, (x.value, y.value), size, _direction(matrix.a, matrix.b)))
    return _with_vertical(found), unknown


def _direction(a: float, b: float) -> int | None:
    """Give the quarters of a turn, against the clock, that a text matrix makes; None for text aslant, as watermarks are."""
    if b == 0 and a > 0:
        return 0
    angle = math.atan2(b, a)
    quarter = round(angle / (math.pi / 2))
    return quarter % 4 if abs(angle - quarter * math.pi / 2) <= _MOST_TILT else None


def _with_vertical(marks: list[_Mark]) -> list[_Mark]:
    """Let upright characters that follow each other downwards, as in vertical writing, be a line that runs down."""
    pairs = [(one, two) for one, two in pairwise(marks[:_SAMPLE]) if one.quarter == two.quarter == 0]
    steps = sum(_steps_down(one, two) for one, two in pairs)
    if not pairs or steps < 0.6 * len(pairs):
        return marks
    turned: list[_Mark] = []
    for mark in marks:
        middle = (mark.box[0] + mark.box[2]) / 2
        top = max(mark.box[3], mark.box[1])
        turned.append(mark._replace(origin=(middle - 0.36 * mark.size, top), quarter=3) if mark.quarter == 0 else mark)
    return turned


def _steps_down(one: _Mark, two: _Mark) -> bool:
    shift, fall = abs(one.box[0] - two.box[0]), one.origin[1] - two.origin[1]
    return shift < 0.3 * one.size and 0.7 * one.size < fall < 1.6 * one.size


def _quarter(marks: Sequence[_Mark]) -> int:
    """Give the direction in which most of the text of a page runs."""
    count = Counter(mark.quarter for mark in marks if mark.quarter is not None)
    return max(count, key=lambda quarter: (count[quarter], -quarter), default=0)


def _glyph(mark: _Mark, turn: _Turn) -> Glyph:
    left, right = sorted((turn.place(*mark.box[:2])[0], turn.place(*mark.box[2:])[0]))
    return Glyph(mark.text, left, right, turn.place(*mark.origin)[1], mark.size)


def _turned(mark: _Mark, turn: _Turn, frame: Box) -> Turned:
    """Give a character whose line runs across those of the page."""
    across, down = turn.place((mark.box[0] + mark.box[2]) / 2, (mark.box[1] + mark.box[3]) / 2)
    own = mark.quarter or 0
    return Turned(across, down, own, _glyph(mark, _Turn(frame, own)))


def _rules(drawing: Drawing, turn: _Turn) -> tuple[list[Rule], list[Rule]]:
    """Part the lines of a drawing into those across and those down the page."""
    across: list[Rule] = []
    down: list[Rule] = []
    for one, two in drawing.lines:
        (x0, y0), (x1, y1) = turn.place(*one), turn.place(*two)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if high <= _THIN and wide > high:
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif wide <= _THIN and high > wide:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _is_paper(page: pdfium.PdfPage) -> bool:
    """Tell whether the picture of a page is printed paper, light with some ink, and not a photograph or a blank sheet."""
    width, height = page.get_size()
    bitmap = page.render(scale=800 / max(width, height, 1), grayscale=True, may_draw_forms=False)
    levels = Counter(bytes(bitmap.buffer))
    total = sum(levels.values())
    (paper, _), *_ = levels.most_common(1)
    near = sum(count for level, count in levels.items() if abs(level - paper) <= 40)
    ink = sum(count for level, count in levels.items() if level < paper - 60)
    return paper >= _PAPER_LEVEL and near >= _PAPER_SHARE * total and ink >= _INK_SHARE * total
