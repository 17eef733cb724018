"""Draw from lists: one place where hypothesis is asked, so that every choice shrinks to the first of its list."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@lru_cache(maxsize=512)
def _integers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


class Pick:
    """The choices of one example."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        """Draw a number; it shrinks to `low`."""
        return int(self._draw(_integers(low, high))) if high > low else low

    def one(self, options: Sequence[T]) -> T:
        """Draw one of the options; it shrinks to the first."""
        return options[self.number(0, len(options) - 1)]

    def chance(self, times: int) -> bool:
        """Be true once in so many times; it shrinks to false."""
        return self.number(0, times - 1) == times - 1

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Draw different options."""
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(min(self.number(low, high), len(left)))]


class Seeded(Pick):
    """The choices of a seed, for a run of plans without hypothesis."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (choices of a test, no secret)

    def number(self, low: int, high: int) -> int:
        """Draw a number."""
        return self._random.randint(low, high)
