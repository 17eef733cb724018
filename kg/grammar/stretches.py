"""Sentences and their parts in a folded text: where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。;!]")
_BREAK = re.compile(r"[,;。!]")


def sentence_start(text: str, at: int) -> int:
    """Give the start of the sentence around a place; a semicolon ends none."""
    return text.rfind("。", 0, at) + 1


def sentence_end(text: str, at: int) -> int:
    """Give the end of the sentence around a place, without its stop; a semicolon ends none."""
    stop = text.find("。", at)
    return stop if stop >= 0 else len(text)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the sentences of a text and of their parts between semicolons, without their stops."""
    return _between(text, _STOP)


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the parts of sentences between commas and stops."""
    return _between(text, _BREAK)


def _between(text: str, marks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in marks.finditer(text):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if start < len(text):
        yield start, len(text)
