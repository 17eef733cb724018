"""Leave out what surrounds the text of a page: page numbers, running heads and feet, the marks of a browser's print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.pdf.lines import TextLine, joined

Row = Sequence[TextLine]

_DASH = r"[-—–―－─_·•・~*|]"
_NUMBER = re.compile(
    rf"{_DASH}+\s*\d{{1,4}}\s*{_DASH}+"
    r"|第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:\s*[,，/(（]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页[)）]?)?"
    r"|(?:page\s+)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|page\s+\d{1,4}",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}|[ivxlIVXLⅠ-Ⅻⅰ-ⅻ]{1,6}")
_PRINTED = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?|\d{1,4}[/.年-]\d{1,2}[/.月-]\d{1,4}日?[,，]?\s*(?:[上下]午)?\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.*)?"
)
_ANNEX = re.compile(r"附[件录表][\d一二三四五六七八九十]{0,3}[:：]?")
_FIGURES = re.compile(r"\d+")
_EDGE = 4
_MOST_APART = 2
_SAME_PLACE = 6.0
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the upper or lower edge of a page; `is_apart` where gaps part it from the text."""

    page: int
    text: str
    place: float
    is_apart: bool


def without_furniture(pages: Sequence[Sequence[Row]], spans: Sequence[tuple[float, float]]) -> list[list[Row]]:
    """Give the rows of each page without those at its edges that are no text of the document.

    `spans` are the upper and lower edge of what else, tables, is printed on each page.
    """
    edges = [edge for page, rows in enumerate(pages) for edge in _edges(page, rows)]
    repeated = _repeated(edges, len(pages))
    counted = _counted(edges)
    made: list[list[Row]] = []
    for page, (rows, span) in enumerate(zip(pages, spans, strict=True)):
        low, high = 0, len(rows)
        while (
            low < min(high, _EDGE)
            and rows[low][0].bottom <= span[0]
            and _is_furniture(page, rows[low], repeated, counted)
        ):
            low += 1
        while high > max(low, len(rows) - _EDGE) and rows[high - 1][0].top >= span[1]:
            if not (_is_furniture(page, rows[high - 1], repeated, counted) or _is_alone(rows[low:high], span[1])):
                break
            high -= 1
        made.append(list(rows[low:high]))
    return made


def _edges(page: int, rows: Sequence[Row]) -> list[_Edge]:
    near = {*range(min(_EDGE, len(rows))), *range(max(0, len(rows) - _EDGE), len(rows))}
    return [_Edge(page, joined(rows[at]).text, rows[at][0].middle, _is_apart(rows, at)) for at in sorted(near)]


def _is_apart(rows: Sequence[Row], at: int) -> bool:
    """Tell whether gaps part the row, alone or with one other, from all else on the page."""
    first, end = at, at + 1
    while first > 0 and not _is_gap(rows[first - 1], rows[first]):
        first -= 1
    while end < len(rows) and not _is_gap(rows[end - 1], rows[end]):
        end += 1
    return end - first <= _MOST_APART


def _is_gap(above: Row, below: Row) -> bool:
    return below[0].top - above[0].bottom > min(above[0].size, below[0].size)


def _repeated(edges: Sequence[_Edge], pages: int) -> set[tuple[str, int]]:
    """Give the texts, with figures alike, that stand in one place on most pages, or apart on every other one.

    The number of an annex is none of them, although each annex may begin a page.
    """
    places: dict[tuple[str, int], set[int]] = {}
    apart: dict[tuple[str, int], set[int]] = {}
    for edge in edges:
        if len(edge.text) <= _LONGEST and not _ANNEX.fullmatch("".join(edge.text.split())):
            for key in _keys(edge.text, edge.place):
                places.setdefault(key, set()).add(edge.page)
                if edge.is_apart:
                    apart.setdefault(key, set()).add(edge.page)
    often = {key for key, on in places.items() if len(on) >= max(3, 0.6 * pages)}
    return often | {key for key, on in apart.items() if len(on) >= max(2, 0.4 * pages)}


def _keys(text: str, place: float) -> set[tuple[str, int]]:
    """Give a text, its figures alike, with the two strips of the page that its place falls into."""
    key = _FIGURES.sub("0", "".join(text.split()))
    return {(key, 2 * int(place // _SAME_PLACE)), (key, 2 * int(place / _SAME_PLACE + 0.5) + 1)}


def _counted(edges: Sequence[_Edge]) -> set[tuple[int, str]]:
    """Give the bare figures that count the pages: on two pages or more they differ from the page by the same number."""
    bare = [edge for edge in edges if _BARE.fullmatch(edge.text)]
    offsets = Counter(int(edge.text) - edge.page for edge in bare if edge.text.isascii() and edge.text.isdecimal())
    return {
        (edge.page, edge.text) for edge in bare if not edge.text.isdecimal() or offsets[int(edge.text) - edge.page] > 1
    }


def _is_furniture(page: int, row: Row, repeated: set[tuple[str, int]], counted: set[tuple[int, str]]) -> bool:
    line = joined(row)
    is_number = _NUMBER.fullmatch(line.text) is not None or (page, line.text) in counted
    is_printed = _PRINTED.fullmatch(line.text) is not None
    return is_number or is_printed or not repeated.isdisjoint(_keys(line.text, row[0].middle))


def _is_alone(rows: Sequence[Row], end: float) -> bool:
    """Tell whether the last row is a bare figure well below all else."""
    last = joined(rows[-1])
    above = max([end, *(row[0].bottom for row in rows[:-1])])
    return _BARE.fullmatch(last.text) is not None and last.top - above > 1.2 * last.size
