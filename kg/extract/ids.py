"""Give the tasks of one document their ids."""

from __future__ import annotations

import re

from kg.grammar.characters import HUNDREDS
from kg.grammar.numbers import chinese_number

_PART = re.compile(rf"附件|{HUNDREDS}+|\d+|[①-⑳]")


class TaskIds:
    """Ids of tasks: the document's id and the number path in Arabic figures, counted where a path comes again.

    >>> ids = TaskIds("灯政发-2031-5")
    >>> ids.give("三/(五)/1"), ids.give("附件1-3"), ids.give("三/(五)/1")
    ('灯政发-2031-5_3-5-1', '灯政发-2031-5_a1-3', '灯政发-2031-5_3-5-1_2')
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._used: dict[str, int] = {}

    def give(self, path: str) -> str:
        """Give the next id for a number path."""
        slug = _slug(path) or "0"
        count = self._used[slug] = self._used.get(slug, 0) + 1
        return f"{self._document}_{slug}" if count == 1 else f"{self._document}_{slug}_{count}"


def _slug(path: str) -> str:
    """Make `三/(五)/1` into `3-5-1` and `附件1-3` into `a1-3`."""
    return "-".join(_figure(part) for part in _PART.findall(path)).replace("a-", "a")


def _figure(part: str) -> str:
    if part == "附件":
        return "a"
    if "①" <= part <= "⑳":
        return str(ord(part) - ord("①") + 1)
    return str(chinese_number(part) or part)
