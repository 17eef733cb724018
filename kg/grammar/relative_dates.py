"""Find dates whose year stands elsewhere: months, quarters, ends of years, parts of periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.grammar.mentions import NUMERALS, DateMention, is_past, is_told, month_bounds, month_days, within
from kg.grammar.pattern import Pattern
from kg.grammar.stretches import sentence_start
from kg.records import Precision, Recurrence

_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_THIS = r"(?P<this>今年|本年)?"
_OPENS = r"(?:^|(?<=[,;。:(、于到至在前要由将])|(?<=争取)|(?<=确保)|(?<=力争)|(?<=计划)|(?<=预计)|(?<=[全各][省市区县州旗镇乡]))"

PART = Pattern(
    "part of a period",
    r"(?P<side>[前后])(?P<count>[一两二三四])年(?![前后内来均])",
    ("前两年打基础", "后三年全面建成"),
    ("两年后", "三年行动"),
)
MONTH = Pattern(
    "month without a year",
    rf"(?:(?P<this>今年|本年)|(?<![\d年月个第满—\-~])(?<![\d月日][至到]))(?P<month>1[0-2]|[1-9])月(?:(?P<day>{_DAY})日)?"
    r"(?:(?P<edge>底|末)(?:之?前|以前)?|(?:[上中下]旬)?(?:之?前|以前))(?!已|出生|办理|登记|取得)",
    ("6月底前完成", "今年12月15日前报送"),
    ("2031年6月底前", "6个月以前"),
)
STAGE = Pattern(
    "months of a stage in brackets",
    rf"(?<=\()(?:(?P<first>{_MONTH})(?:月(?:(?P<from>{_DAY})日|[底初中]|[上中下]旬)?)?(?:-|—|——|-|–|~|至|到))?(?P<month>{_MONTH})月(?:(?P<day>{_DAY})日|[底末])?(?:之?前)?(?=\))",
    ("实施阶段(4—11月)", "总结阶段(12月)"),
    ("2031年4—11月", "(6—11月龄)"),
)
_STAGE_NAME = re.compile(r"(?:阶段|部署|推进|实施|整治|提升|总结|落实|摸排|启动|验收|评估|动员|攻坚|排查|整改|巩固)\($")
YEAR_END = Pattern(
    "end of a year that stands elsewhere",
    rf"{_OPENS}{_THIS}(?P<next>明|次)?(?:今|本)?年(?:底|末|终|内(?!部|向|容|涵))(?:之?前|以前)?|{_OPENS}(?P<whole>全年)(?!龄|平均|均)",
    ("年底前完成", "今年年底前"),
    ("2031年底前", "三年内"),
)
PART_OF_YEAR = Pattern(
    "quarter or half of a year that stands elsewhere",
    r"(?:(?P<this>今年|本年)|(?<![年第个每前\d]))第?(?:(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)(?:[底末]?之?前|[底末])?",
    ("二季度末完成", "上半年开工"),
    ("每季度通报", "2031年上半年"),
)
_NO_PART = re.compile(r"[^,;。]{0,12}(?:考核|经济|形势|余额|的)|,?[^,;。]{0,8}(?:共|已|同比|累计|实现了|完成了)")
"""What makes a part of the year one that has been, or a name."""


@dataclass(frozen=True, slots=True)
class _Around:
    """A text, the dates in it that name their year, and the day after which months without a year come."""

    text: str
    dated: Sequence[DateMention]
    start: int
    after: date | None

    def year(self, match: re.Match[str], month: int) -> int | None:
        """Give the year of a date with a last month: that of the last date in the sentence, else that of `after`, if it is not over there.

        None after history, a longer period or 每年, where no year is sure; 今年 is the year of `after` whatever stands before.
        """
        known = self.after.year if self.after is not None and month >= self.after.month else None
        begin = max(sentence_start(self.text, match.start()), self.start)
        before = [m for m in self.dated if begin <= m.start < match.start() and m.recurrence in (None, Recurrence.YEAR)]
        if "this" in match.re.groupindex and match["this"]:
            return known
        if not before:
            return None if _YEAR.search(self.text, begin, match.start()) else known
        last = before[-1]
        if last.earliest is None or last.latest is None or last.earliest.year != last.latest.year:
            return None
        return last.latest.year


_YEAR = re.compile(r"20\d\d年")


def find_relative(
    text: str, dated: Sequence[DateMention], start: int, end: int | None, after: date | None
) -> Iterator[DateMention]:
    """Find the dates of `text[start:end]` that take their year from those in `dated` or from `after`."""
    around = _Around(text, dated, start, after)
    yield from _parts_of_periods(text, dated, start, end)
    if "月" in text:
        yield from _months(around, end)
        yield from _stages(around, end)
    if "年" in text:
        yield from _year_ends(around, end)
    if "季度" in text or "半年" in text:
        yield from _parts_of_years(around, end)


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


def _months(around: _Around, end: int | None) -> Iterator[DateMention]:
    for match in MONTH.find(around.text, around.start, end):
        year = around.year(match, int(match["month"]))
        if year is not None and not is_told(around.text, *match.span()):
            earliest, latest, precision, when = month_bounds(year, int(match["month"]), int(match["day"] or 0))
            yield within(match, when, latest if match["edge"] else earliest, latest, precision)


def _stages(around: _Around, end: int | None) -> Iterator[DateMention]:
    """Find the months in brackets behind the name of a stage: 组织实施(4—11月)."""
    for match in STAGE.find(around.text, around.start, end):
        last = int(match["month"])
        first = int(match["first"] or last)
        year = around.year(match, last) if first <= last else None
        if year is not None and _STAGE_NAME.search(around.text, max(0, match.start() - 8), match.start()):
            _, latest, _, when = month_bounds(year, last, int(match["day"] or 0))
            earliest = month_bounds(year, first, int(match["from"] or 0))[0]
            yield within(match, when, earliest, latest)


def _year_ends(around: _Around, end: int | None) -> Iterator[DateMention]:
    """Find 年底前 and 年内; 全年 only where `after` is the first of January, the year of a plan for one year."""
    for match in YEAR_END.find(around.text, around.start, end):
        if match["whole"] and (around.after is None or (around.after.month, around.after.day) != (1, 1)):
            continue
        year = around.year(match, 12)
        if year is None or is_told(around.text, *match.span()):
            continue
        year += 1 if match["next"] else 0
        at_end = "底" in match[0] or "末" in match[0]
        yield within(
            match, str(year), date(year, 12, 31) if at_end else date(year, 1, 1), date(year, 12, 31), Precision.YEAR
        )


def _parts_of_years(around: _Around, end: int | None) -> Iterator[DateMention]:
    """Find 二季度 and 上半年 that are to come."""
    for match in PART_OF_YEAR.find(around.text, around.start, end):
        last = 3 * NUMERALS[match["quarter"]] if match["quarter"] else 6 if match["half"] == "上" else 12
        year = around.year(match, last)
        if year is None or is_told(around.text, *match.span()) or _NO_PART.match(around.text, match.end()):
            continue
        months = 2 if match["quarter"] else 5
        precision = Precision.QUARTER if match["quarter"] else Precision.HALF
        yield within(match, f"{year}-{last:02d}", date(year, last - months, 1), month_days(year, last)[1], precision)
