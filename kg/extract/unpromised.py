"""Find sentences that look like a promise or a duty and gave none: a number with a date to come, a body that is to act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.extract.commitments import find_promises
from kg.extract.deadlines import is_due
from kg.extract.prose import names_somebody
from kg.grammar.bodies import is_body
from kg.grammar.dates import Manner, find_dates
from kg.grammar.numbers import find_quantities

_LONGEST_NAME = 32
_STOPS = re.compile(r"[。;!]")
_TOLD = re.compile(r"目前|现有|已|截至|截止|累计|共有|近年|去年|上年|预计|预测|以来|年满|周岁")
_COUNTED = frozenset("张个家所户座处项件场套台辆人次名亩批间条期%‰")
_OFFICE = re.compile(r"(?:局|委员会|委|厅|部|办公室|办|办事处|管委会|人民政府|政府|部门|中心|公司|联合会|联)$")
_JOINED = ("会同", "与", "和", "同")
_ACTS = re.compile(
    r"(?:要|应当?|须|必须|将|负责|牵头|做好|加强|落实|组织|开展|建立|制定|完善|推动|推进|加快|加大|会同|协调|指导|督促|定期|及时|积极|切实|统筹|承担|配合|协助|强化|优化|安排|统一)"
)
_OPENING = re.compile(r"^(?:由|请|其中|同时|(?:[一二三四五六七八九十]是|\(?\d{1,2}[.、)]))*")


def find_unpromised(text: str, since: int | None, after: date | None) -> Iterator[tuple[int, int]]:
    """Find the sentences of `text` with a counted number and a date to come in which no promise was read."""
    promises = find_promises(text, since, after)
    dates = [m for m in find_dates(text, after=after) if m.manner is not Manner.EVERY and is_due(m, text, since)]
    for start, end in sentences(text):
        if any(start <= promise.quantity.start < end for promise in promises) or _TOLD.search(text, start, end):
            continue
        dated = [m for m in dates if start <= m.start < end]
        counted = [q for q in find_quantities(text, start, end) if q.unit and q.unit[-1] in _COUNTED]
        if any(m.end <= q.start for m in dated for q in counted):
            yield start, end


def find_inactive(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find the sentences of `text` that begin with a body that is to act, outside the places where duties were read."""
    for start, end in sentences(text):
        if any(a < end and start < b for a, b in read):
            continue
        opening = _OPENING.match(text[start:end])
        first = start + (opening.end() if opening else 0)
        name = _name_at(text, first, end)
        if name and names_somebody(name):
            yield start, end


def _name_at(text: str, start: int, end: int) -> str | None:
    """Give the name of an office that begins at a place and that a word of acting follows."""
    if text.startswith(_JOINED, start):
        return None
    for act in _ACTS.finditer(text, start + 2, min(end, start + _LONGEST_NAME)):
        name = text[start : act.start()]
        if _OFFICE.search(name) and is_body(name):
            return name
    return None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the sentences of a text, without their stops."""
    start = 0
    for stop in _STOPS.finditer(text):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if start < len(text):
        yield start, len(text)
