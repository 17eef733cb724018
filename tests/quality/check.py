"""What a check is: where it comes from, what it asks, and the function that finds what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check that our tests make."""

    source: str
    id: str
    level: str
    text: str
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Unchecked:
    """A check of the field that cannot be made here, with the reason."""

    source: str
    id: str
    level: str
    text: str
    reason: str


CHECKS: list[Check] = []
UNCHECKED: list[Unchecked] = []


def check(source: str, id: str, level: str, text: str) -> Callable[[Callable], Callable]:  # noqa: A002  (the word of the field)
    """Enter a function, which yields its findings as text, in the register."""

    def enter(find: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
        CHECKS.append(Check(source=source, id=id, level=level, text=text, find=find))
        return find

    return enter


def unchecked(source: str, id: str, level: str, text: str, reason: str) -> None:  # noqa: A002  (one row of a table)
    UNCHECKED.append(Unchecked(source=source, id=id, level=level, text=text, reason=reason))
