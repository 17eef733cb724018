"""Dates as plans print them, each with what the tables must hold for it."""

from __future__ import annotations

from dataclasses import dataclass

from .pick import Pick
from .sketch import Words

_PERIODS = {2011: "十二五", 2016: "十三五", 2021: "十四五", 2026: "十五五", 2031: "十六五", 2036: "十七五"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Words that date what follows them, what the tables hold for them, and the name of the style."""

    words: str
    when: str
    style: str


def period(year: int) -> tuple[str, int]:
    """Give the name and the first year of the five-year period of a year."""
    first = year - (year - 1) % 5
    return _PERIODS[first], first


def by_a_date(pick: Pick, year: int, *, title_year: bool = False) -> Dated:
    """Draw words that set a date: a year, its end, a month's end, a five-year period; a bare month only where the title has the year."""
    due, month = year + pick.number(0, 6), pick.number(1, 12)
    name, first = period(year)
    quoted = pick.one((f"“{name}”", name))
    options = [
        Dated(words=f"到{due}年，", when=str(due), style="到Y年"),
        Dated(words=f"{due}年底前，", when=str(due), style="Y年底前"),
        Dated(words=f"{due}年底前", when=str(due), style="Y年底前"),
        Dated(words=f"{due}年{month}月底前，", when=f"{due}-{month:02d}", style="Y年M月底前"),
        Dated(words=f"{due}年末，", when=str(due), style="Y年末"),
        Dated(words=f"到{due}年底，", when=str(due), style="到Y年底"),
        Dated(words=f"{quoted}期间，", when=str(first + 4), style="期间"),
        Dated(words=f"{quoted}时期，", when=str(first + 4), style="时期"),
    ]
    if title_year:
        options.append(Dated(words=f"{month}月底前，", when=f"{year}-{month:02d}", style="month of the title's year"))
    return pick.one(options)


def recurring(pick: Pick) -> Dated:
    """Draw a recurrence."""
    words, when = pick.one((("每年", "every-year"), ("每月", "every-month"), ("每季度", "every-quarter")))
    return Dated(words=words, when=when, style=words)


def parts_of_a_period(pick: Pick, year: int) -> Words:
    """Give a sentence that splits a period that it names, one that lies ahead."""
    name, first = period(year + 4)
    early, late = pick.one(((2, 3), (3, 2)))
    text = f"“{name}”期间，前{'零一两三'[early]}年完成试点，后{'零一两三'[late]}年全面推广。"
    return Words(text=text, style="前两年后三年", deadlines=(str(first + 4), str(first + early - 1)))


def months_of(pick: Pick, year: int) -> tuple[str, tuple[str, ...]]:
    """Draw what a label or a cell of the time holds."""
    due, month = year + pick.number(0, 4), pick.number(1, 12)
    return pick.one(
        (
            (f"{due}年{month}月底", (f"{due}-{month:02d}",)),
            (f"{due}年底前", (str(due),)),
            (f"{due}年{month}月底前", (f"{due}-{month:02d}",)),
            (f"{due}年", (str(due),)),
            ("长期坚持", ("ongoing",)),
            ("持续推进", ("ongoing",)),
            ("每年", ("every-year",)),
            (f"{due}年{month}月取得阶段性成果并持续推进", (f"{due}-{month:02d}", "ongoing")),
        )
    )
