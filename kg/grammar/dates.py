"""Find dates and recurrences in a passage: what the words can mean at the earliest and at the latest, and in which way they date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kg.grammar.mentions import NUMERALS, DateMention, Manner, is_past, is_told, month_bounds, month_days, within
from kg.grammar.pattern import Pattern
from kg.grammar.relative_dates import find_relative
from kg.records import Precision, Recurrence

_BY = re.compile(r"(?:力争|争取|确保|计划|预期)?(?:到|至|于|在)$")
_BY_REACH = 3
_QUOTE = r"[“”\"‘’]?"

YEAR_DATE = Pattern(
    "year date",
    r"(?P<year>20[0-6]\d)(?:(?<!\d....)|(?=年(?:底|末)))(?:年(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])日)?"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年))?|(?=建成|完成|实现|底|末))(?P<edge>(?:年)?(?:底|末|初|上旬|中旬|下旬))?(?P<before>之?前|以前)?",
    ("2031年", "2031年6月底前"),
    ("〔2031〕5号", "灯塔2031座"),
)
RANGE = Pattern(
    "range of years",
    r"(?P<first>20[0-6]\d)(?<!\d....)年?(?:-|—|——|–|~|～|至|到)(?P<last>20[0-6]\d)年(?:期间)?(?!版)",
    ("2031—2033年", "2031年至2033年"),
    ("2031年", "灯塔2031-2座"),
)
MONTHS = Pattern(
    "range of months",
    r"(?P<year>20[0-6]\d)年(?P<first>1[0-2]|0?[1-9])月?(?:-|—|——|–|~|至|到)(?:(?P<until>20[0-6]\d)年)?(?P<last>1[0-2]|0?[1-9])月(?!\d)(?P<edge>底|末)?",
    ("2031年1月至6月", "2031年11月—2032年3月底"),
    ("2031年1月", "2031年至2033年"),
)
PERIOD = Pattern(
    "five-year period",
    rf"(?P<by>(?:到|至)?){_QUOTE}十(?P<nth>[二三四五六七])五{_QUOTE}(?P<part>期间|时期|期|末|以内|内)(?:末)?",
    ("“十五五”期间", "十四五时期"),
    ("“十五五”规划", "十五个五年"),
)
EVERY = Pattern(
    "recurrence",
    r"每(?P<count>半|一|两|三|[1-9])?(?:个)?(?P<unit>年度?|月度?|季度?|周(?!边|岁|转|期|长|年|[\d一二三四五六日天末])|星期(?![一二三四五六日天\d]))(?!龄|份|之|收入|可支配)|按(?P<by>年度|季度?|月度?|年)(?!度?计划|龄|租|薪|份|利|费|息|均)",
    ("每年新增", "每季度通报"),
    ("全年新增", "年度计划"),
)
_PERIOD_NAME = re.compile(rf"{_QUOTE}十([二三四五六七])五{_QUOTE}")
_PERIODS = {"二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}
_RATE = re.compile(r"[\d.]+(?:万|千)?元")
_RATED = re.compile(r"[每/][人生户床天张名]$|均$")
_EVERY = {
    "年": Recurrence.YEAR,
    "月": Recurrence.MONTH,
    "季": Recurrence.QUARTER,
    "周": Recurrence.WEEK,
    "星": Recurrence.WEEK,
}


@lru_cache(maxsize=256)
def find_dates(
    text: str, start: int = 0, end: int | None = None, *, after: date | None = None
) -> tuple[DateMention, ...]:
    """Find the dates and recurrences of `text[start:end]` in order, history and forecasts left out.

    `after` sets the year of months printed without one: they are in its year, and not before its month.
    """
    ranges = [*_ranges(text, start, end), *_month_ranges(text, start, end)]
    years = [m for m in _years(text, start, end) if not any(r.start <= m.start < r.end for r in ranges)]
    dated = sorted([*ranges, *years, *_periods(text, start, end), *_recurrences(text, start, end)], key=_place)
    return tuple(sorted([*dated, *find_relative(text, dated, start, end, after)], key=_place))


def _place(mention: DateMention) -> int:
    return mention.start


def _years(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in YEAR_DATE.find(text, start, end):
        before = _BY.search(text[max(start, match.start() - _BY_REACH) : match.start()])
        first = match.start() - (len(before[0]) if before else 0)
        if not is_told(text, first, match.end()):
            yield _year_mention(match, first, by=before is not None and before[0][-1] in "到至")


def _ranges(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in RANGE.find(text, start, end):
        first, last = int(match["first"]), int(match["last"])
        if first < last and not is_told(text, match.start(), match.end()):
            yield within(match, str(last), date(first, 1, 1), date(last, 12, 31))


def _month_ranges(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in MONTHS.find(text, start, end):
        first, _ = month_days(int(match["year"]), int(match["first"]))
        year, month = int(match["until"] or match["year"]), int(match["last"])
        _, last = month_days(year, month)
        if first < last and not is_told(text, match.start(), match.end()):
            yield within(match, f"{year}-{month:02d}", first, last)


def _year_mention(match: re.Match[str], start: int, *, by: bool) -> DateMention:
    year = int(match["year"])
    edge = (match["edge"] or "").replace("年", "")
    earliest, latest, precision, when = _bounds(match, year)
    if edge in ("底", "末"):
        earliest = latest
    dated = bool(edge in ("底", "末") or match["before"])
    manner = Manner.BY if by else Manner.WITHIN if dated or precision is not Precision.YEAR else Manner.BARE
    return DateMention(
        start=start, end=match.end(), when=when, manner=manner, precision=precision, earliest=earliest, latest=latest
    )


def _bounds(match: re.Match[str], year: int) -> tuple[date, date, Precision, str]:
    """Give the first and last day, the precision and the `when` of a date; a day that its month lacks gives the month."""
    if match["month"]:
        return month_bounds(year, int(match["month"]), int(match["day"] or 0))
    if match["quarter"]:
        last = 3 * NUMERALS[match["quarter"]]
        return date(year, last - 2, 1), month_days(year, last)[1], Precision.QUARTER, f"{year}-{last:02d}"
    if match["half"]:
        last = 6 if match["half"] == "上半年" else 12
        return date(year, last - 5, 1), month_days(year, last)[1], Precision.HALF, f"{year}-{last:02d}"
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR, str(year)


def _periods(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "五" not in text:
        return
    for match in PERIOD.find(text, start, end):
        first = _PERIODS[match["nth"]]
        if not is_past(text, match.start(), match.end()):
            yield DateMention(
                start=match.start(),
                end=match.end(),
                when=str(first + 4),
                precision=Precision.PERIOD,
                manner=Manner.BY if match["by"] else Manner.WITHIN,
                earliest=date(first, 1, 1),
                latest=date(first + 4, 12, 31),
            )


def _recurrences(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "每" not in text and "按" not in text:
        return
    for match in EVERY.find(text, start, end):
        recurrence = _EVERY[(match["unit"] or match["by"])[0]]
        if _RATE.match(text, match.end()) or _RATED.search(text[max(0, match.start() - 2) : match.start()]):
            continue
        if match["count"] == "半" and recurrence is not Recurrence.YEAR:
            continue
        if match["count"] == "半":
            recurrence = Recurrence.HALF
        elif (match["count"] or "1") not in ("1", "一"):
            continue
        yield DateMention(
            start=match.start(),
            end=match.end(),
            when=recurrence.value,
            manner=Manner.EVERY,
            precision=Precision.NONE,
            recurrence=recurrence,
        )


def period_end(text: str) -> int | None:
    """Give the last year of the five-year period that a title names, whatever word follows it."""
    match = _PERIOD_NAME.search(text)
    return _PERIODS[match[1]] + 4 if match else None
