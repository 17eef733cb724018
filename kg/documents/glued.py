"""Rebuild a table whose cells a copy ran together, a line a row: 1修缮灯塔区灯塔局区渔网局、区财政局2031年底前.

A row is read only where its parts leave no choice: a serial number, one text, as many lists of bodies as the header has
columns of them (two lists stand together without a mark), and the time at the end. Other rows keep their number and words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from kg.documents.passage import Passage
from kg.documents.placing import Cell
from kg.documents.table import Column, ColumnKind, Row, Table, column
from kg.grammar.bodies import is_body
from kg.grammar.characters import NUMERAL
from kg.grammar.dates import find_dates

_LONGEST_HEADER = 60
_LONGEST_WORD = 14
_FEWEST = 3
_TEXTS = (ColumnKind.TASK, ColumnKind.NAME, ColumnKind.CONTENT)
_KNOWN = (ColumnKind.NUMBER, *_TEXTS, ColumnKind.BODY, ColumnKind.DEADLINE, ColumnKind.END)
_TIMES = (ColumnKind.DEADLINE, ColumnKind.END)
_GROUP = re.compile(rf"(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)).{{2,40}}")
_WITHOUT_END = re.compile(r"长期坚持|持续推进|长期推进|持续实施|全年|长期")
_RANK = re.compile(r"[省市区县州旗盟各]")
_SEAM = re.compile(
    r"(?<=[局委厅办部室会司社处院府队心道校联街班组镇乡协)])[省市区县州旗盟各](?!(?:人民)?政府(?![办督研])|委(?![\u4e00-\u9fff]{2})|级|直(?!属)|域|区|县|市(?!场|容|政|民))"
)
"""Where a body may begin behind another without a mark."""
_PIECE = re.compile(r"(?:[^、,()]|\([^()]*\))+")
_OF_BODIES = re.compile(r"单位|部门")
_FEWEST_WORDS = 4


def rebuild(cells: Sequence[Cell], start: int, title: str) -> tuple[Table | None, int]:
    """Rebuild the table whose header is the line at `start`; give it and the place after its last row, or None."""
    columns = glued_header(cells[start].text)
    if columns is None:
        return None, start + 1
    rows: list[Row] = []
    group: str | None = None
    place = start + 1
    while place < len(cells):
        line = cells[place].passage
        number = str(len(rows) + 1)
        if _is_row(line.text, number):
            rows.append(Row(cells=dict(_cells(line, len(number), columns)), group=group))
        elif _GROUP.fullmatch(line.text):
            group = line.text
        else:
            break
        place += 1
    if not rows:
        return None, start + 1
    end = cells[place - 1].passage.end
    return Table(columns=columns, rows=tuple(rows), title=title, start=cells[start].passage.start, end=end), place


def _is_row(text: str, number: str) -> bool:
    """Tell whether a line is a serial number with words behind it."""
    words = text.removeprefix(number).lstrip(".、")
    return text.startswith(number) and words != "" and not words[0].isdigit()


@lru_cache(maxsize=512)
def glued_header(text: str) -> tuple[Column, ...] | None:
    """Cut a line into the words of a header with a serial number, one text, bodies and perhaps the time at the end; None where it is none."""
    if not text.startswith(("序号", "编号")) or len(text) > _LONGEST_HEADER:
        return None
    columns = _cut(text)
    if columns is None or len(columns) < _FEWEST:
        return None
    kinds = [one.kind for one in columns]
    bodies = kinds.count(ColumnKind.BODY)
    order = [ColumnKind.NUMBER, kinds[1], *[ColumnKind.BODY] * bodies, *kinds[2 + bodies :]]
    is_known = kinds == order and bodies and kinds[1] in _TEXTS and len(kinds) <= 3 + bodies
    return columns if is_known and all(kind in _TIMES for kind in kinds[2 + bodies :]) else None


def _cut(text: str) -> tuple[Column, ...] | None:
    """Cut words of known columns off a text, the longest first, until nothing is left."""
    if not text:
        return ()
    for length in range(min(_LONGEST_WORD, len(text)), 1, -1):
        one = column(text[:length])
        if one is not None and one.kind in _KNOWN and len(_OF_BODIES.findall(text, 0, length)) < _FEWEST - 1:
            rest = _cut(text[length:])
            if rest is not None:
                return (one, *rest)
    return None


def _cells(line: Passage, first: int, columns: Sequence[Column]) -> Iterator[tuple[int, Passage]]:
    """Give the cells of a row by column; without sure lists of bodies, all words after the number are its text."""
    text = line.text
    yield 0, line.part(0, first)
    first += len(text[first:]) - len(text[first:].lstrip(".、"))
    bodies = sum(1 for one in columns if one.kind is ColumnKind.BODY)
    stops = _time_starts(text, first) if columns[-1].kind in _TIMES else [len(text)]
    stop, lists = next(((at, found) for at in stops if (found := _lists(text, first, at, bodies))), (len(text), None))
    if lists is None:
        yield 1, line.part(first, len(text))
        return
    yield 1, line.part(first, lists[0][0])
    for at, (begin, end) in enumerate(lists):
        yield 2 + at, line.part(begin, end)
    if stop < len(text):
        yield len(columns) - 1, line.part(stop, len(text))


def _time_starts(text: str, first: int) -> list[int]:
    """Give the places where the time at the end of a row may begin: dates, words without an end, the end of the row."""
    places = {mention.start for mention in find_dates(text, first)}
    return sorted(places | {match.start() for match in _WITHOUT_END.finditer(text, first)} | {len(text)})


def _lists(text: str, first: int, stop: int, count: int) -> list[tuple[int, int]] | None:
    """Give the places of so many lists of bodies at the end of `text[first:stop]`; None where they can be more than one thing."""
    sentence = max(text.rfind(mark, first, stop) for mark in "。;") + 1
    begins = [sentence] if sentence else [m.start() for m in _RANK.finditer(text, first + _FEWEST_WORDS, stop)]
    read = [found for begin in begins for found in _readings(text, begin, stop, count - 1)]
    return read[0] if len(read) == 1 else None


def _readings(text: str, begin: int, stop: int, seams: int) -> Iterator[list[tuple[int, int]]]:
    """Give each way to read `text[begin:stop]` as bodies that bear their rank, with so many seams where two stand without a mark."""
    pieces = [(m.start(), m.end()) for m in _PIECE.finditer(text, begin, stop)]
    options = [list(_split(text, start, end)) for start, end in pieces]
    for chosen in product(*options):
        places = sorted(place for one in chosen for place in one)
        if len(places) == seams:
            edges = [begin, *places, stop]
            yield list(pairwise(edges))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, ...]]:
    """Give each way to read `text[start:end]` as one body or some, as the places of the seams."""
    if not _RANK.match(text, start):
        return
    if is_body(text[start:end]):
        yield ()
    for seam in _SEAM.finditer(text, start + 2, end):
        if is_body(text[start : seam.start()]):
            yield from ((seam.start(), *rest) for rest in _split(text, seam.start(), end))
