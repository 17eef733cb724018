"""Find dates and recurrences in a passage: what the words can mean at the earliest and at the latest, and in which way they date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from kg.grammar.pattern import Pattern
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
    r"每(?P<count>半|一|两|三|[1-9])?(?:个)?(?P<unit>年度?|月度?|季度?|周(?!边|岁|转|期|长)|星期)(?!龄|份|之|收入|可支配)|按(?P<by>年度|季度?|月度?|年)(?!度?计划|龄)",
    ("每年新增", "每季度通报"),
    ("全年新增", "年度计划"),
)
PART = Pattern(
    "part of a period",
    r"(?P<side>[前后])(?P<count>[一两二三四])年(?![前后内来均])",
    ("前两年打基础", "后三年全面建成"),
    ("两年后", "三年行动"),
)
MONTH = Pattern(
    "month without a year",
    r"(?<![\d年月个第—\-~至到])(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]\d|3[01]|[1-9])日)?(?:(?P<edge>底|末)(?:之?前|以前)?|(?:[上中下]旬)?(?:之?前|以前))",
    ("6月底前完成", "12月15日前报送"),
    ("2031年6月底前", "6个月以前"),
)
YEAR_END = Pattern(
    "end of a year that stands elsewhere",
    r"(?<![\d〇零一二三四五六七八九十年每次翌逐上去往历近多几数半两第])(?:今年|本年|今|本|当)?年(?:底|末|终|内)(?:之?前|以前)?|(?<![\d年])(?P<whole>全年)(?!龄|平均|均)",
    ("年底前完成", "今年年底前"),
    ("2031年底前", "三年内"),
)
HISTORY = re.compile(r"(?:截至|截止|截|自从|自|从|早在|始于|基于|根据|比|较|与|同比|相比|上年|据)(?:到|于)?$")
FORECAST = re.compile(r"(?:预计|预测|预估|据测算|推算)[^,。;]{0,6}$")
PAST_AFTER = re.compile(r"以来|来[,,]|起|至今|以后|后|(?:度)?(?:数据|统计|基数|水平|版)")
_PERIOD_NAME = re.compile(rf"{_QUOTE}十([二三四五六七])五{_QUOTE}")
_PERIODS = {"二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}
_YEAR = re.compile(r"20\d\d年")
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
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
    relative = [
        *_parts_of_periods(text, dated, start, end),
        *_bare_months(text, dated, start, end, after),
        *_year_ends(text, dated, start, end, after),
    ]
    return tuple(sorted([*dated, *relative], key=_place))


def _place(mention: DateMention) -> int:
    return mention.start


def _years(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in YEAR_DATE.find(text, start, end):
        before = _BY.search(text[max(start, match.start() - _BY_REACH) : match.start()])
        first = match.start() - (len(before[0]) if before else 0)
        if not _is_told(text, first, match.end()):
            yield _year_mention(match, first, by=before is not None and before[0][-1] in "到至")


def _ranges(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in RANGE.find(text, start, end):
        first, last = int(match["first"]), int(match["last"])
        if first < last and not _is_told(text, match.start(), match.end()):
            yield _within(match, str(last), date(first, 1, 1), date(last, 12, 31))


def _month_ranges(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "20" not in text:
        return
    for match in MONTHS.find(text, start, end):
        first, _ = _month(int(match["year"]), int(match["first"]))
        year, month = int(match["until"] or match["year"]), int(match["last"])
        _, last = _month(year, month)
        if first < last and not _is_told(text, match.start(), match.end()):
            yield _within(match, f"{year}-{month:02d}", first, last)


def _within(match: re.Match[str], when: str, earliest: date, latest: date) -> DateMention:
    return DateMention(
        start=match.start(),
        end=match.end(),
        when=when,
        precision=Precision.PERIOD,
        manner=Manner.WITHIN,
        earliest=earliest,
        latest=latest,
    )


def _is_told(text: str, start: int, end: int) -> bool:
    """Tell whether a date is history, a forecast or part of a title."""
    return _is_past(text, start, end) or _in_title(text, start)


def _is_past(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 8) : start], text[end : end + 4]
    return bool(HISTORY.search(before) or FORECAST.search(before) or PAST_AFTER.match(after)) or after[:1] in (
        "—",
        "-",
        "~",
        "至",
    )


def _in_title(text: str, at: int) -> bool:
    """Tell whether a place lies within 《》 or 〔〕."""
    opened = text.rfind("《", 0, at)
    return opened >= 0 and text.find("》", opened, at) < 0 and text.find("》", at) >= 0


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
        return _month_bounds(year, int(match["month"]), int(match["day"] or 0))
    if match["quarter"]:
        last = 3 * _NUMERALS[match["quarter"]]
        return date(year, last - 2, 1), _month(year, last)[1], Precision.QUARTER, f"{year}-{last:02d}"
    if match["half"]:
        last = 6 if match["half"] == "上半年" else 12
        return date(year, last - 5, 1), _month(year, last)[1], Precision.HALF, f"{year}-{last:02d}"
    return date(year, 1, 1), date(year, 12, 31), Precision.YEAR, str(year)


def _month_bounds(year: int, month: int, day: int) -> tuple[date, date, Precision, str]:
    first, last = _month(year, month)
    if 1 <= day <= last.day:
        exact = first.replace(day=day)
        return exact, exact, Precision.DAY, f"{year}-{month:02d}"
    return first, last, Precision.MONTH, f"{year}-{month:02d}"


def _month(year: int, month: int) -> tuple[date, date]:
    """Give the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _periods(text: str, start: int, end: int | None) -> Iterator[DateMention]:
    if "五" not in text:
        return
    for match in PERIOD.find(text, start, end):
        first = _PERIODS[match["nth"]]
        if not _is_past(text, match.start(), match.end()):
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
        elif match["count"] in ("两", "三") or (match["count"] or "1") not in ("1", "一"):
            continue
        yield DateMention(
            start=match.start(),
            end=match.end(),
            when=recurrence.value,
            manner=Manner.EVERY,
            precision=Precision.NONE,
            recurrence=recurrence,
        )


def _parts_of_periods(text: str, dated: Sequence[DateMention], start: int, end: int | None) -> Iterator[DateMention]:
    """Find 前两年 and 后三年 of the period that was named last before them."""
    for match in PART.find(text, start, end):
        whole = [m for m in dated if m.precision is Precision.PERIOD and m.end <= match.start()]
        if not whole or whole[-1].earliest is None or whole[-1].latest is None or _is_past(text, *match.span()):
            continue
        first, last, count = whole[-1].earliest.year, whole[-1].latest.year, _NUMERALS[match["count"]]
        if count > last - first:
            continue
        first, last = (first, first + count - 1) if match["side"] == "前" else (last - count + 1, last)
        yield _within(match, str(last), date(first, 1, 1), date(last, 12, 31))


def _bare_months(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find months without a year: it is that of the last date in the sentence, else that of `after`."""
    if "月" not in text:
        return
    for match in MONTH.find(text, start, end):
        known = after.year if after is not None and int(match["month"]) >= after.month else None
        said = _year_of(text, dated, max(text.rfind("。", 0, match.start()) + 1, start), match.start(), known)
        if said is not None and not _is_told(text, *match.span()):
            yield _month_mention(match, said)


def _year_ends(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find 年底前 and 年内 of the last year in the sentence, else of that of `after`; 全年 only where that is a whole year."""
    if "年底" not in text and "年末" not in text and "年内" not in text and "全年" not in text:
        return
    for match in YEAR_END.find(text, start, end):
        if match["whole"] and (after is None or (after.month, after.day) != (1, 1)):
            continue
        begin = max(text.rfind("。", 0, match.start()) + 1, start)
        said = _year_of(text, dated, begin, match.start(), after.year if after is not None else None)
        if said is None or _is_told(text, *match.span()):
            continue
        yield DateMention(
            start=match.start(),
            end=match.end(),
            when=str(said),
            manner=Manner.WITHIN,
            precision=Precision.YEAR,
            earliest=date(said, 12, 31) if "底" in match[0] or "末" in match[0] else date(said, 1, 1),
            latest=date(said, 12, 31),
        )


def _year_of(text: str, dated: Sequence[DateMention], start: int, at: int, year: int | None) -> int | None:
    """Give the year of a month at `at` in the sentence from `start`; None after history or 每年, where no year is sure."""
    before = [m for m in dated if start <= m.start < at and m.recurrence in (None, Recurrence.YEAR)]
    if before:
        return before[-1].latest.year if before[-1].latest else None
    return None if _YEAR.search(text, start, at) else year


def _month_mention(match: re.Match[str], year: int) -> DateMention:
    earliest, latest, precision, when = _month_bounds(year, int(match["month"]), int(match["day"] or 0))
    if match["edge"]:
        earliest = latest
    return DateMention(
        start=match.start(),
        end=match.end(),
        when=when,
        manner=Manner.WITHIN,
        precision=precision,
        earliest=earliest,
        latest=latest,
    )


def period_end(text: str) -> int | None:
    """Give the last year of the five-year period that a title names, whatever word follows it."""
    match = _PERIOD_NAME.search(text)
    return _PERIODS[match[1]] + 4 if match else None
