"""Find dates whose year stands elsewhere: months, quarters, ends of years, parts of periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.grammar.mentions import NUMERALS, DateMention, Manner, is_past, is_told, month_bounds, month_days, within
from kg.grammar.pattern import Pattern
from kg.records import Precision, Recurrence

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
MONTH_RANGE = Pattern(
    "range of months without a year",
    r"(?<![年\d.])(?P<first>1[0-2]|[1-9])(?:月(?:(?:[12]\d|3[01]|[1-9])日|[底初中]|[上中下]旬)?)?(?:-|—|——|–|~|至|到)(?P<month>1[0-2]|[1-9])月(?!龄|份?以)(?:(?P<day>[12]\d|3[01]|[1-9])日|[底末])?"
    r"|(?<=\()(?P<alone>1[0-2]|[1-9])月(?=\))",
    ("组织实施阶段(4—11月)", "总结阶段(12月)"),
    ("2031年4—11月", "6—11月龄"),
)
YEAR_END = Pattern(
    "end of a year that stands elsewhere",
    r"(?<![\d〇零一二三四五六七八九十年每次翌逐上去往历近多几数半两第])(?:今年|本年|今|本|当)?年(?:底|末|终|内)(?:之?前|以前)?|(?<![\d年])(?P<whole>全年)(?!龄|平均|均)",
    ("年底前完成", "今年年底前"),
    ("2031年底前", "三年内"),
)
PART_OF_YEAR = Pattern(
    "quarter or half of a year that stands elsewhere",
    r"(?<![年第个每\d])第?(?:(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)(?:[底末]?之?前|[底末])?",
    ("二季度末完成", "上半年开工"),
    ("每季度通报", "2031年上半年"),
)
_YEAR = re.compile(r"20\d\d年")


def find_relative(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find the dates of `text[start:end]` that take their year from those in `dated` or from `after`."""
    yield from _parts_of_periods(text, dated, start, end)
    yield from _bare_months(text, dated, start, end, after)
    yield from _bare_month_ranges(text, dated, start, end, after)
    yield from _year_ends(text, dated, start, end, after)
    yield from _parts_of_years(text, dated, start, end, after)


def _parts_of_periods(text: str, dated: Sequence[DateMention], start: int, end: int | None) -> Iterator[DateMention]:
    """Find 前两年 and 后三年 of the period that was named last before them."""
    for match in PART.find(text, start, end):
        whole = [m for m in dated if m.precision is Precision.PERIOD and m.end <= match.start()]
        if not whole or whole[-1].earliest is None or whole[-1].latest is None or is_past(text, *match.span()):
            continue
        first, last, count = whole[-1].earliest.year, whole[-1].latest.year, NUMERALS[match["count"]]
        if count > last - first:
            continue
        first, last = (first, first + count - 1) if match["side"] == "前" else (last - count + 1, last)
        yield within(match, str(last), date(first, 1, 1), date(last, 12, 31))


def _bare_months(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find months without a year: it is that of the last date in the sentence, else that of `after`."""
    if "月" not in text:
        return
    for match in MONTH.find(text, start, end):
        known = after.year if after is not None and int(match["month"]) >= after.month else None
        said = _year_of(text, dated, max(text.rfind("。", 0, match.start()) + 1, start), match.start(), known)
        if said is not None and not is_told(text, *match.span()):
            yield _month_mention(match, said)


def _bare_month_ranges(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find months from one to another, and one alone in brackets, whose year is that of the sentence or of `after`."""
    if "月" not in text:
        return
    for match in MONTH_RANGE.find(text, start, end):
        last = int(match["month"] or match["alone"])
        first = int(match["first"] or last)
        known = after.year if after is not None and last >= after.month and first <= last else None
        begin = max(text.rfind("。", 0, match.start()) + 1, start)
        said = _year_of(text, dated, begin, match.start(), known)
        if said is not None and not is_told(text, *match.span()):
            _, latest, _, when = month_bounds(said, last, int(match["day"] or 0))
            yield within(match, when, date(said, first, 1), latest)


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
        if said is None or is_told(text, *match.span()):
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


def _parts_of_years(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find 二季度 and 上半年 of the last year in the sentence, else of that of `after`, and not before its month."""
    if "季度" not in text and "半年" not in text:
        return
    for match in PART_OF_YEAR.find(text, start, end):
        last = 3 * NUMERALS[match["quarter"]] if match["quarter"] else 6 if match["half"] == "上" else 12
        known = after.year if after is not None and last >= after.month else None
        begin = max(text.rfind("。", 0, match.start()) + 1, start)
        said = _year_of(text, dated, begin, match.start(), known)
        if said is not None and not is_told(text, *match.span()):
            yield DateMention(
                start=match.start(),
                end=match.end(),
                when=f"{said}-{last:02d}",
                manner=Manner.WITHIN,
                precision=Precision.QUARTER if match["quarter"] else Precision.HALF,
                earliest=date(said, last - (2 if match["quarter"] else 5), 1),
                latest=month_days(said, last)[1],
            )


def _year_of(text: str, dated: Sequence[DateMention], start: int, at: int, year: int | None) -> int | None:
    """Give the year of a month at `at` in the sentence from `start`; None after history or 每年, where no year is sure."""
    before = [m for m in dated if start <= m.start < at and m.recurrence in (None, Recurrence.YEAR)]
    if before:
        return before[-1].latest.year if before[-1].latest else None
    return None if _YEAR.search(text, start, at) else year


def _month_mention(match: re.Match[str], year: int) -> DateMention:
    earliest, latest, precision, when = month_bounds(year, int(match["month"]), int(match["day"] or 0))
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
