"""Find the words of facts in a document: evidence and a text go in, the place where the words stand comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.documents.passage import fold
from kg.records import Evidence

__all__ = ["Mark", "find_date", "find_words", "locate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a document's text; `moved` where the words stand elsewhere than the record says."""

    start: int
    end: int
    moved: bool = False

    @property
    def length(self) -> int:
        """Count its characters."""
        return self.end - self.start


def locate(evidence: Evidence, text: str) -> Mark | None:
    """Find evidence in a text: at its offsets, else where its words stand nearest to them; None where they do not."""
    quote = evidence.quote
    if quote is None or text[evidence.start : evidence.end] == quote:
        return Mark(start=evidence.start, end=evidence.end) if evidence.end <= len(text) else None
    starts = [match.start() for match in re.finditer(re.escape(quote), text)] if quote else []
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - evidence.start))
    return Mark(start=start, end=start + len(quote), moved=True)


def find_words(words: str | None, text: str, within: Mark | None = None) -> Mark | None:
    """Find words as records give them, without white space and full-width letters, as a text prints them."""
    letters = [re.escape(fold(letter)) for letter in words or "" if not letter.isspace()]
    if not letters:
        return None
    pattern = re.compile(r"\s*".join(letters))
    start, end = (within.start, within.end) if within else (0, len(text))
    match = pattern.search(fold(text[start:end]))
    return Mark(start=start + match.start(), end=start + match.end()) if match else None


def find_date(day: date | None, text: str) -> Mark | None:
    """Find a date as documents print it: 2031年4月2日 or 2031-04-02."""
    if day is None:
        return None
    for pattern in _printed(day):
        if match := re.search(pattern, text):
            return Mark(start=match.start(), end=match.end())
    return None


def _printed(day: date) -> Iterator[str]:
    yield rf"{day.year}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日"
    yield rf"{day.year}[-./]0?{day.month}[-./]0?{day.day}(?!\d)"
    numerals = "〇一二三四五六七八九"
    year = "".join("[〇○零Ｏ]" if figure == "0" else numerals[int(figure)] for figure in str(day.year))
    yield rf"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    """Write a number below a hundred in Chinese numerals, as dates have it."""
    ones = "〇一二三四五六七八九"
    tens, one = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{ones[tens]}十"
    return head + (ones[one] if one else "")
