"""Find sentences that look like a promise and gave none: a number with a date to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.extract.commitments import find_promises
from kg.extract.deadlines import is_due
from kg.grammar.dates import find_dates
from kg.grammar.mentions import Manner
from kg.grammar.numbers import find_quantities
from kg.grammar.stretches import sentences

_TOLD = re.compile(r"目前|现有|已|截至|截止|累计|共有|近年|去年|上年|预计|预测|以来|年满|周岁")
_COUNTED = frozenset("张个家所户座处项件场套台辆人次名亩批间条期%‰")


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
