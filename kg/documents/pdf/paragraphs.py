"""Join printed lines to paragraphs by where they begin and end, over columns and pages too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kg.documents.pdf.lines import TextLine
from kg.grammar.headings import MARKER

_INDENT = 0.9
_ROOM = 0.45
_LEADING = 0.55
_OTHER_SIZE = 1.12
_BACKED = 3
_NARROW = 0.8
_SHARE_FULL = 0.25
_SHARE_BACKED = 0.03
_SHARE_INDENTED = 0.05
_NOT_FIRST = "、，。；：！？）》」』】〕”’,.;:!?)]}%％‰℃"
_NOT_LAST = "（《「『【〔“‘([{"
_ENDS = "。；！？：;!?:”」』）)"
_WORD = re.compile(r"[A-Za-z0-9.,%‰/+~—–-]+")
_FOLD = str.maketrans("（）．：０１２３４５６７８９", "().:0123456789")
_LEADERS = re.compile(r"\s*(?:[.·•…⋯．。]\s*){4,}\s*\d{0,4}$|\s*…{2,}\s*\d{0,4}$")


class Margins(NamedTuple):
    """Where the lines of a column begin and end, and whether its paragraphs begin with an indent."""

    left: float
    right: float
    is_indented: bool


Columns = dict[tuple[int, str], Margins]


def margins_of(lines: Iterable[TextLine], widths: Sequence[float]) -> Columns:
    """Give the margins of each column of each page from what the pages of one width have in common."""
    groups: dict[tuple[int, str], list[TextLine]] = defaultdict(list)
    pages: set[tuple[int, str]] = set()
    for line in lines:
        groups[round(widths[line.page]), line.column].append(line)
        pages.add((line.page, line.column))
    found = {key: _margins(group) for key, group in groups.items()}
    return {(page, column): found[round(widths[page]), column] for page, column in sorted(pages)}


def _margins(lines: Sequence[TextLine]) -> Margins:
    """Give the edges that lines share: the outermost left one, and the right one of most of the full lines.

    On a page or in a frame, a right edge that few lines share gives way to the mirrored left one; so does one that
    leaves much room, but for the lines of a column with indents, a quarter of which are full.
    """
    size = median(line.size for line in lines)
    fewest = max(1, _SHARE_BACKED * len(lines))
    lefts = sorted(line.left for line in lines)
    left = next((at for at in lefts if sum(abs(at - one) <= 0.4 * size for one in lefts) >= fewest), lefts[0])
    right, backed = _right(sorted(_edge(line) for line in lines), 0.5 * size)
    indented = sum(1.5 * size <= at - left <= 2.6 * size for at in lefts)
    is_indented = indented >= max(2, _SHARE_INDENTED * len(lines))
    room = lines[0].room
    if room is not None:
        mirrored = room[0] + room[1] - left - size
        is_set = is_indented and len(lines) - indented > 1 and backed >= max(_BACKED, _SHARE_FULL * len(lines))
        is_weak = backed < _BACKED or (right - left < _NARROW * (mirrored - left) and not is_set)
        right = max(right, mirrored) if is_weak else right
    return Margins(left, right, is_indented)


def _edge(line: TextLine) -> float:
    """Give the right edge of a line without a last mark, which word processors let hang over the margin."""
    return line.right - line.size * (line.text[-1] in _NOT_FIRST)


def _right(edges: Sequence[float], window: float) -> tuple[float, int]:
    """Give the outermost right edge that half as many lines reach as the most common one, and how many these are."""
    backed = [at - bisect_left(edges, edge - window) + 1 for at, edge in enumerate(edges)]
    at = max(at for at, count in enumerate(backed) if 2 * count >= max(backed))
    return edges[at], backed[at]


def follows(line: TextLine, last: TextLine, margins: Margins, before: Margins, pitch: float) -> bool:
    """Tell whether a line goes on with the paragraph whose last line is `last`.

    It does where `last` is full, so that what the line begins with had no room on it, and where neither an indent, a
    larger gap than the `pitch` of the column, another size of type nor a heading numeral begins something new.
    """
    size = max(line.size, last.size)
    if max(line.size, last.size) > _OTHER_SIZE * min(line.size, last.size):
        return False
    if not _goes_on(line, last) and before.right - last.right > _head_width(last, line) + _ROOM * size:
        return False
    if line.left - margins.left > _INDENT * size and not _hangs(line, last):
        return False
    is_below = line.page == last.page and line.column == last.column
    if is_below and line.top - last.top > pitch + _LEADING * size:
        return False
    return margins.is_indented or last.text[-1] not in _ENDS or not _has_marker(line.text)


def _goes_on(line: TextLine, last: TextLine) -> bool:
    """Tell whether the words alone say that a line goes on: a closing mark begins it, or a bracket is open above it."""
    opened = last.text.translate(_FOLD)
    return line.text[0] in _NOT_FIRST or (opened.count("(") > opened.count(")") > -1 and not _has_marker(line.text))


def _head_width(last: TextLine, line: TextLine) -> float:
    """Give the width of what a line may not be parted from: its first word or character with the marks around."""
    text = line.text
    end = next((at for at, char in enumerate(text) if char not in _NOT_LAST), 0)
    word = _WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in _NOT_FIRST:
        end += 1
    carried = 1 if last.text[-1] in _NOT_LAST else 0
    width = sum(0.56 if char.isascii() else 1.0 for char in text[:end])
    return (min(width, 20.0) + carried) * line.size


def _hangs(line: TextLine, last: TextLine) -> bool:
    """Tell whether a line stands under the words after the numeral of the line above."""
    marker = MARKER.at_start(last.text.translate(_FOLD))
    if marker is None or line.page != last.page:
        return False
    width = sum(0.5 if char.isascii() else 1.0 for char in last.text[: marker.end()]) * last.size
    return abs(line.left - last.left - width) <= 0.7 * line.size


def _has_marker(text: str) -> bool:
    return MARKER.at_start(text.translate(_FOLD)) is not None


def pitches_of(lines: Sequence[TextLine]) -> Mapping[int, float]:
    """Give the usual distance of a line to the next for each size of type."""
    steps: dict[int, list[float]] = defaultdict(list)
    for last, line in pairwise(lines):
        is_below = (line.page, line.column) == (last.page, last.column)
        if is_below and round(line.size) == round(last.size) and 0 < line.top - last.top < 4 * line.size:
            steps[round(line.size)].append(line.top - last.top)
    return {size: sorted(values)[len(values) // 3] for size, values in steps.items()}


def join_text(texts: Iterable[str]) -> str:
    """Put broken lines together, with a space only between words of Latin letters."""
    whole = ""
    for text in texts:
        if whole and whole[-1].isascii() and whole[-1].isalpha() and text[:1].isascii() and text[:1].isalpha():
            whole += " "
        whole += text
    return whole


def without_leaders(text: str) -> str:
    """Drop the dots and the page number after a line of a table of contents."""
    return _LEADERS.sub("", text) or text
