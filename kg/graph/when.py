"""Read the dates in the table form of a time: 2025, 2025-06, 2025-06-30; every other form has no day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

__all__ = ["last_day", "year"]

_YEAR = re.compile(r"([12]\d{3})(?:-.*)?")
_DATE = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def year(when: str | None) -> int | None:
    """Return the year of a time.

    >>> year("2031-06"), year("every-year")
    (2031, None)
    """
    match = _YEAR.fullmatch(when or "")
    return int(match[1]) if match else None


def last_day(when: str | None) -> date | None:
    """Return the last day that a time can mean.

    >>> str(last_day("2031")), str(last_day("2031-06")), last_day("ongoing")
    ('2031-12-31', '2031-06-30', None)
    """
    match = _DATE.fullmatch(when or "")
    if not match:
        return None
    in_year, month = int(match[1]), int(match[2] or 12)
    last = monthrange(in_year, month)[1]
    return date(in_year, month, min(int(match[3] or last), last))
