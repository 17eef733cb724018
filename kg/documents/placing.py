"""Place the loose cells of one table row under its columns by what each can hold: the best assignment, not the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add, sub

from kg.documents.passage import Passage, join
from kg.documents.table import EMPTY, Column, ColumnKind, Row
from kg.grammar.bodies import is_body
from kg.grammar.units import UNIT

NUMERIC = re.compile(
    r"[\[(〔]?(?:[≥≤<>=约近]|>=|<=|不低于|不高于|不少于|不超过|达到|达)?[+-]?\d[\d,]*(?:\.\d+)?(?:[-—~～至]\d+(?:\.\d+)?)?(?:%|‰|万|亿|个百分点)?(?:以上|以下|左右|以内)?[\])〕]?\d?"
)
ATTRIBUTE = re.compile(r"\(?(?:约束|预期|指导|参考|引导|共性|个性)性?(?:指标)?\)?")
_TIME = re.compile(r"20\d\d|\d{1,2}月|长期|持续|每年|每月|每季|常态|年底|前|立即|全年|[一二三四]季度|即时")
_MONEY = re.compile(r"(?:约)?\d[\d,]*(?:\.\d+)?(?:亿元?|万元?|元)?")
_YEARS = re.compile(r"(?:20\d\d[年.\-/—~至]*(?:\d{1,2}月?)?)+(?:年)?(?:底|末)?")
_MAX_RUN = 8
_LONG_LIST = 400
_LEFT_OVER = -2.5
_TRACE = 1.2
_ACROSS = 2.8
_NEVER = float("-inf")
_JOIN = 0.6
_WORDS = (
    ColumnKind.TASK,
    ColumnKind.CONTENT,
    ColumnKind.NAME,
    ColumnKind.GOAL,
    ColumnKind.OTHER,
    ColumnKind.PLACE,
    ColumnKind.PERSON,
)
_SINGLE = (
    ColumnKind.VALUE,
    ColumnKind.UNIT,
    ColumnKind.ATTRIBUTE,
    ColumnKind.NUMBER,
    ColumnKind.INVESTMENT,
    ColumnKind.CENTRAL,
)
_MISSING = {
    ColumnKind.UNIT: -0.5,
    ColumnKind.GROUP: -0.3,
    ColumnKind.TYPE: -0.4,
    ColumnKind.OTHER: -0.6,
    ColumnKind.PERSON: -0.6,
    ColumnKind.NAME: -3.0,
    ColumnKind.TASK: -2.0,
    ColumnKind.NUMBER: -3.0,
}


_SHAPES = {
    ColumnKind.NUMBER: (re.compile(r"\d{1,3}"), 3.0, -3.0),
    ColumnKind.UNIT: (UNIT.regex, 2.0, -3.0),
    ColumnKind.ATTRIBUTE: (ATTRIBUTE, 4.0, -4.0),
    ColumnKind.INVESTMENT: (_MONEY, 2.0, -2.0),
    ColumnKind.CENTRAL: (_MONEY, 2.0, -2.0),
    ColumnKind.START: (_YEARS, 2.0, -1.5),
    ColumnKind.END: (_YEARS, 2.0, -1.0),
}
"""What a cell of a kind looks like, and how well it fits where it does and where it does not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a flattened table and how many blank lines stand before it."""

    passage: Passage
    gap: int

    @property
    def text(self) -> str:
        """The folded text."""
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row with the score of its placing, about 1 to 4 for each column that holds what it should, and how many lines were joined to others."""

    row: Row
    score: float
    joined: int = 0


def place(cells: Sequence[Cell], columns: Sequence[Column], *, usual_gap: int, group: str | None = None) -> Placed:
    """Give each column a run of cells, or none, in order, so that the sum of what fits is greatest.

    Where values are fewer than value columns they fill from the right, unless an extra blank line shows the empty cell.
    """
    texts = tuple(cell.text for cell in cells)
    gaps = tuple(cell.gap > usual_gap and at > 0 for at, cell in enumerate(cells))
    choice = _straight(texts, gaps, columns) or _one_lost(texts, gaps, columns) or _best(texts, gaps, tuple(columns))
    placed: dict[int, Passage] = {}
    at = 0
    for index, count in enumerate(choice.counts):
        if count:
            placed[index] = join(cell.passage for cell in cells[at : at + count])
        at += count
    values = [i for i, c in enumerate(columns) if c.kind is ColumnKind.VALUE]
    lost = [i for i in values if i not in placed]
    traced = any(gaps)
    return Placed(
        row=Row(cells=placed, group=group, aligned="right" if lost and not traced else None),
        score=choice.score,
        joined=sum(max(0, count - 1) for count in choice.counts),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    score: float
    counts: tuple[int, ...]


def _straight(texts: tuple[str, ...], gaps: tuple[bool, ...], columns: Sequence[Column]) -> _Choice | None:
    """Give the placing of one cell to each column where each fits well: the usual case, without a search."""
    if len(texts) != len(columns) or any(gaps):
        return None
    fits = [fit(column.kind, text) for column, text in zip(columns, texts, strict=True)]
    return _Choice(sum(fits), (1,) * len(columns)) if min(fits) >= 0 else None


def _one_lost(texts: tuple[str, ...], gaps: tuple[bool, ...], columns: Sequence[Column]) -> _Choice | None:
    """Give the best placing of one cell to each column but one, where one cell is lost and the others fit well."""
    width = len(columns)
    if len(texts) != width - 1 or any(gaps):
        return None
    best: _Choice | None = None
    for lost in range(width):
        kept = (*columns[:lost], *columns[lost + 1 :])
        fits = [fit(column.kind, text) for column, text in zip(kept, texts, strict=True)]
        score = sum(fits) + _missing(columns[lost].kind, lost)
        if min(fits) >= 0 and (best is None or score > best.score):
            best = _Choice(score, (1,) * lost + (0,) + (1,) * (width - 1 - lost))
    return best


def _missing(kind: ColumnKind, index: int) -> float:
    """Say what an empty cell costs; among values the leftmost is the cheapest, so that they fill from the right."""
    return _MISSING.get(kind, -1.0) - (0.05 * index if kind is ColumnKind.VALUE else 0.0)


@dataclass(slots=True)
class _Scores:
    """For each cell, the best score of a column and all after it: with the column filled from that cell, or empty."""

    filled: list[float]
    empty: list[float]
    counts: list[int]


@lru_cache(maxsize=2048)
def _best(texts: tuple[str, ...], gaps: tuple[bool, ...], columns: tuple[Column, ...]) -> _Choice:
    """Find the best counts of cells for the columns by dynamic programming, from the last column backwards.

    An extra blank line before a cell speaks for an empty column before it, and against a filled one or one that goes on.
    """
    size, width = len(texts), len(columns)
    longest = min(_MAX_RUN, 3 + max(0, size - width))
    after = _Scores([_NEVER] * (size + 1), [_LEFT_OVER * (size - cell) for cell in range(size + 1)], [])
    across = [_ACROSS if gap else 0.0 for gap in (*gaps, False)]
    trace = [_TRACE if gap else 0.0 for gap in (*gaps, False)]
    steps: list[_Scores] = []
    for index in range(width - 1, -1, -1):
        follow = list(map(max, map(sub, after.filled, across), after.empty))
        traced = map(max, map(add, after.filled, trace), after.empty) if index else map(max, after.filled, after.empty)
        missing = _missing(columns[index].kind, index)
        now = _Scores([_NEVER] * (size + 1), [missing + score for score in traced], [0] * (size + 1))
        _fill(now, texts, follow, across, columns[index].kind, longest)
        steps.append(now)
        after = now
    return _Choice(max(after.filled[0], after.empty[0]), _counts(steps[::-1], gaps))


def _fill(
    now: _Scores, texts: tuple[str, ...], follow: list[float], across: list[float], kind: ColumnKind, longest: int
) -> None:
    """Score a column of a kind filled from each cell on; a run of cells ends where the kind takes one, or at `longest`."""
    size = len(texts)
    most = 1 if kind in _SINGLE else longest
    for cell in range(size):
        text, joined = texts[cell], 0.0
        now.filled[cell], now.counts[cell] = follow[cell + 1] + fit(kind, text), 1
        for count in range(2, min(most, size - cell) + 1):
            text += texts[cell + count - 1]
            joined += _JOIN + across[cell + count - 1]
            total = follow[cell + count] + fit(kind, text) - joined
            if total > now.filled[cell]:
                now.filled[cell], now.counts[cell] = total, count


def _counts(steps: Sequence[_Scores], gaps: tuple[bool, ...]) -> tuple[int, ...]:
    """Follow the best scores from the first column on."""
    result: list[int] = []
    cell = 0
    for index, step in enumerate(steps):
        before = 0.0
        if index and cell < len(gaps) and gaps[cell]:
            before = -_ACROSS if result[-1] else _TRACE if index > 1 else 0.0
        count = step.counts[cell] if step.filled[cell] + before > step.empty[cell] else 0
        result.append(count)
        cell += count
    return tuple(result)


@lru_cache(maxsize=4096)
def fit(kind: ColumnKind, text: str) -> float:
    """Say how well a text fits a kind of column: about 0 for anything that words could be, less for what it can hardly be."""
    if kind is ColumnKind.BODY:
        return 2.0 if EMPTY.fullmatch(text) else _fits_bodies(text)
    if kind in _WORDS or kind in (ColumnKind.GROUP, ColumnKind.TYPE):
        return _fits_words(kind, text)
    if kind is ColumnKind.VALUE:
        return (
            2.0
            if NUMERIC.fullmatch(text)
            else 1.0
            if EMPTY.fullmatch(text)
            else -4.0
            if ATTRIBUTE.fullmatch(text)
            else 0.2
            if len(text) <= 14
            else -0.3
            if len(text) <= 40
            else -1.5
        )
    if kind is ColumnKind.DEADLINE or (kind is ColumnKind.END and not _YEARS.fullmatch(text)):
        return 2.0 if len(text) <= 24 and _TIME.search(text) else 1.0 if EMPTY.fullmatch(text) else -2.0
    pattern, good, bad = _SHAPES[kind]
    return good if pattern.fullmatch(text) else 0.5 if EMPTY.fullmatch(text) else bad


_ITEM = re.compile(r"[、,;/]+")
_BRACKETED = re.compile(r"\([^()]*\)")
_ACT_AT_END = re.compile(r"(?:负责|配合|落实|牵头|参与|实施|工作)[。;]?$")
_ACT_REACH = 4
_ACTS = re.compile(
    r"(?:等)?(?:相关|有关)?(?:部门|单位)?(?:按照?.{0,8}(?:职责|分工).{0,4})?(?:具体|共同|分别|牵头|组织|抓好)*(?:负责|配合|落实|牵头|参与|实施)+(?:落实|工作)?[。;]?$"
)


def _fits_bodies(text: str) -> float:
    """Score a text as a list of bodies: all its items shaped like one, or nearly all."""
    if len(text) > _LONG_LIST:
        return -3.0
    listed = _ACTS.sub("", text) if _ACT_AT_END.search(text, max(0, len(text) - _ACT_REACH)) else text.rstrip("。;")
    items = [item for item in _ITEM.split(_BRACKETED.sub("", listed.removeprefix("由"))) if item]
    if not items:
        return -3.0
    odd = sum(not (is_body(item) or is_body(item.split("等")[0])) for item in items)
    if odd == len(items):
        return -3.0
    return 3.0 - 1.5 * odd if odd <= 2 else -2.0


def _fits_words(kind: ColumnKind, text: str) -> float:
    if NUMERIC.fullmatch(text) or UNIT.fits(text) or ATTRIBUTE.fullmatch(text):
        return -2.5
    if kind in (ColumnKind.GROUP, ColumnKind.TYPE, ColumnKind.NAME, ColumnKind.PERSON, ColumnKind.PLACE):
        return 0.4 if len(text) <= 30 else -0.6 if len(text) > 60 else 0.0
    return 0.3
