"""A passage: text folded and freed of white space for matching, with the way back to the document's offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Evidence

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width ASCII to ASCII, one character for one, so that offsets stay true."""

FOLD = FULL_WIDTH | {ord("∶"): ord(":"), ord("﹕"): ord(":"), ord("﹔"): ord(";"), ord("﹐"): ord(",")}

_FOLDED = tuple((chr(wide), chr(narrow)) for wide, narrow in FOLD.items())
"""As pairs: replacing the few that occur is five times faster than `str.translate` over all characters."""

_SHORT = 120
"""Below it `str.translate` is the faster."""

_WORD = re.compile(r"\S+")


def fold(text: str) -> str:
    """Fold full-width ASCII to half-width, character for character."""
    if len(text) < _SHORT:
        return text.translate(FOLD)
    for wide, narrow in _FOLDED:
        text = text.replace(wide, narrow)
    return text


@dataclass(frozen=True, slots=True)
class Passage:
    """Folded text without white space; `offsets[i]` is the document offset of `text[i]`."""

    text: str
    offsets: Sequence[int]

    @property
    def start(self) -> int:
        """Document offset of the first character."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """Document offset after the last character."""
        return self.offsets[-1] + 1

    def evidence(self, source: str, start: int = 0, end: int | None = None) -> Evidence:
        """Give the evidence for `text[start:end]`, quoting `source`, the document's text."""
        stop = len(self.text) if end is None else end
        first, last = self.offsets[start], self.offsets[stop - 1] + 1
        return Evidence(start=first, end=last, quote=source[first:last])

    def printed(self, source: str) -> str:
        """Give the characters as `source`, the document's text, prints them, without white space."""
        return "".join(source[at] for at in self.offsets)

    def part(self, start: int, end: int | None = None) -> Passage:
        """Give the passage of `text[start:end]`."""
        return Passage(self.text[start:end], self.offsets[start:end])

    def __bool__(self) -> bool:
        return bool(self.text)


def passage(folded: str, start: int, end: int) -> Passage:
    """Make the passage of `folded[start:end]`, where `folded` is the document's text after `fold`."""
    words = [match.span() for match in _WORD.finditer(folded, start, end)]
    if not words:
        return Passage("", ())
    if len(words) == 1:
        first, last = words[0]
        return Passage(folded[first:last], range(first, last))
    text = "".join(folded[a:b] for a, b in words)
    return Passage(text, tuple(i for a, b in words for i in range(a, b)))


def join(passages: Iterable[Passage]) -> Passage:
    """Put passages together, in order, as one."""
    parts = [p for p in passages if p]
    if len(parts) == 1:
        return parts[0]
    return Passage("".join(p.text for p in parts), tuple(i for p in parts for i in p.offsets))
