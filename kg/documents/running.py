"""Cut a line into which headings, numbers and text were run together at the places where its paragraphs began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.grammar.characters import HAN, NUMERAL
from kg.grammar.numbers import chinese_number

_SHORTEST = 120
"""Characters of the shortest line that is looked at; a paragraph of the genre that holds two headings is longer."""

_HEADING = re.compile(
    rf"(?P<first>(?<!第)(?<!{NUMERAL}){NUMERAL}{{1,3}}、)|(?<![第条款项(和及、])(?P<second>\({NUMERAL}{{1,3}}\))"
    rf"|(?P<article>(?<![依据照按合反《{HAN[1:-1]}])第{NUMERAL}{{1,3}}[章条](?=[\s【]))"
)
_ITEM = re.compile(rf"(?:(?<=[。;!)\s])|(?<=[：:]))(?:\d{{1,2}}[.、](?!\d)\s*(?={HAN})|\(\d{{1,2}}\)(?={HAN}))")
_LABEL = re.compile(
    r"(?<=[。;\s])(?=(?:牵头|责任|配合|主办|协办|承办|参与|落实|实施|主管|协同)(?:责任)?(?:单位|部门|主体|机构)\s?:|(?:完成|办结|工作)?(?:时限|时间)(?:要求)?\s?:|附件\s?[\d一二三四五]?\s?:)"
)
_GAP = re.compile(rf"(?<=[。;:)》号{HAN[1:-1]}])\s+(?=[{HAN[1:-1]}(《“第]|20\d\d年)")
_MARKS = re.compile(r"[,;:。]")
_BRACKET = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_FEWEST = 2
_LONGEST_HEADING = 40
_STOPS = ("。", ";", ":", ")")


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the places of the paragraphs of the line `text[start:end]` (folded); one, the line itself, where nothing was run together.

    A line counts as run together where two headings of one rank follow each other in it, 一、 and 二、 or (一) and (二).
    """
    if end - start < _SHORTEST:
        return [(start, end)]
    headings = list(_headings(text, start, end))
    if len(headings) < _FEWEST:
        return [(start, end)]
    closed = _in_brackets(text, start, end)
    cuts = {start, end, *headings}
    for pattern in (_ITEM, _LABEL):
        cuts.update(match.start() for match in pattern.finditer(text, start, end) if match.start() not in closed)
    for match in _GAP.finditer(text, start, end):
        if match.start() in closed:
            continue
        last = max(cut for cut in cuts if cut <= match.start())
        before = text[last : match.start()].strip()
        if before.endswith(_STOPS) or (len(before) <= _LONGEST_HEADING and not _MARKS.search(before)):
            cuts.add(match.end())
    ordered = sorted(cuts)
    return [(a, b) for a, b in pairwise(ordered) if text[a:b].strip()]


def _in_brackets(text: str, start: int, end: int) -> frozenset[int]:
    """Give the places within round brackets."""
    return frozenset(
        at for match in _BRACKET.finditer(text, start, end) for at in range(match.start() + 1, match.end())
    )


def _headings(text: str, start: int, end: int) -> Iterator[int]:
    """Find the headings whose numbers run on from 一, the second rank anew under each of the first; none where no number follows another."""
    last = {"first": 0, "second": 0, "article": 0}
    found: list[tuple[int, str, int]] = []
    for match in _HEADING.finditer(text, start, end):
        rank = match.lastgroup or "first"
        number = chinese_number(match[0].strip("第、()章条"))
        if number is None or number not in (1, last[rank] + 1):
            continue
        last[rank] = number
        if rank == "first":
            last["second"] = 0
        found.append((match.start(), rank, number))
    if any(number > 1 for _, _, number in found):
        yield from (place for place, _, _ in found)
