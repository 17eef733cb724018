"""A date mentioned in a passage, and whether the words around it tell of the past."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.records import Precision, Recurrence


class Manner(StrEnum):
    """How a date stands in its sentence."""

    BY = "by"  # 到2031年: governs what follows
    WITHIN = "within"  # 2031年底前, “十五五”期间: governs its own clause
    BARE = "bare"  # 2031年
    EVERY = "every"  # 每年


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date at `text[start:end]`; `when` has the form of the tables."""

    start: int
    end: int
    when: str
    manner: Manner
    precision: Precision
    earliest: date | None = None
    latest: date | None = None
    recurrence: Recurrence | None = None


HISTORY = re.compile(r"(?:截至|截止|截|自从|自|从|早在|始于|基于|根据|比|较|与|同比|相比|上年|据)(?:到|于)?$")
FORECAST = re.compile(r"(?:预计|预测|预估|据测算|推算)[^,。;]{0,6}$")
PAST_AFTER = re.compile(r"以来|来[,,]|起|至今|以后|后|(?:度)?(?:数据|统计|基数|水平|版)")
NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def within(
    match: re.Match[str], when: str, earliest: date, latest: date, precision: Precision = Precision.PERIOD
) -> DateMention:
    """Give the mention of a time that governs its own clause."""
    return DateMention(
        start=match.start(),
        end=match.end(),
        when=when,
        precision=precision,
        manner=Manner.WITHIN,
        earliest=earliest,
        latest=latest,
    )


def is_told(text: str, start: int, end: int) -> bool:
    """Tell whether a date is history, a forecast or part of a title."""
    return is_past(text, start, end) or in_title(text, start)


def is_past(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a date speak of the past or of a forecast."""
    before, after = text[max(0, start - 8) : start], text[end : end + 4]
    return bool(HISTORY.search(before) or FORECAST.search(before) or PAST_AFTER.match(after)) or after[:1] in (
        "—",
        "-",
        "~",
        "至",
    )


def in_title(text: str, at: int) -> bool:
    """Tell whether a place lies within 《》 or 〔〕."""
    opened = text.rfind("《", 0, at)
    return opened >= 0 and text.find("》", opened, at) < 0 and text.find("》", at) >= 0


def month_bounds(year: int, month: int, day: int) -> tuple[date, date, Precision, str]:
    """Give the first and last day of a month or of its day, the precision and the `when`; a day that the month lacks gives the month."""
    first, last = month_days(year, month)
    if 1 <= day <= last.day:
        exact = first.replace(day=day)
        return exact, exact, Precision.DAY, f"{year}-{month:02d}"
    return first, last, Precision.MONTH, f"{year}-{month:02d}"


def month_days(year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
