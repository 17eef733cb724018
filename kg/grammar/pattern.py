"""Named patterns: a regular expression with examples that it must and must not match, which the tests read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over folded text without white space, with two matching examples and one that must not match.

    `whole` marks one that is asked whether it fits a whole text; the examples of the others may stand anywhere in it.
    """

    name: str
    expression: str
    matches: tuple[str, str]
    rejects: tuple[str, ...]
    whole: bool = False
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.expression))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Find all matches in `text[start:end]`."""
        return self.regex.finditer(text, start, len(text) if end is None else end)

    def first(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find the first match at or after `start`."""
        return self.regex.search(text, start)

    def fits(self, text: str) -> re.Match[str] | None:
        """Match the whole of `text`."""
        return self.regex.fullmatch(text)

    def at_start(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match at `start`."""
        return self.regex.match(text, start)
