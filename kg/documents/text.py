"""Read plain text, as web pages and word-processor files leave it, into paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.documents.delimited import rebuild_rows, split_row
from kg.documents.document import Block, Paragraph
from kg.documents.flattened import rebuild
from kg.documents.passage import Passage, fold, passage
from kg.documents.placing import Cell
from kg.documents.tabbed import joined, rebuild_tabbed
from kg.grammar.headings import ANNEX_WORD

_MARKS = re.compile(r"\s*(?:#{1,6}|>)\s+")
_FURNITURE = re.compile(
    r"(?:扫一扫|打印(?:本页)?$|关闭(?:窗口|本页)?$|【?(?:打印|关闭)|分享(?:到)?[:：]?$|上一[篇条]|下一[篇条]|相关(?:文档|链接|附件|阅读|解读)[:：]?$|版权所有|网站(?:地图|声明|标识码)"
    r"|[^。]{0,12}ICP备|[•·]?(?:文字解读|图片解读|一图读懂|文件下载)$|我要找政策|语音播报$|字体[:：]|\[?(?:大|中|小)\]?$|责任编辑)"
)
_MARKED = frozenset("#> ")
_TITLE_LENGTH = 60
_ANNEX = re.compile(ANNEX_WORD)


def blocks(text: str) -> tuple[Block, ...]:
    """Split normalised text into paragraphs and tables, in order; the furniture of a web page is left out."""
    folded = fold(text)
    lines = list(_lines(folded))
    found: list[Block] = []
    place = 0
    while place < len(lines):
        if lines[place].cells and place + 1 < len(lines) and lines[place + 1].cells:
            rows, place = _delimited(lines, place, folded, found)
            found.extend(rows)
            continue
        if lines[place].tabbed:
            table, place = _tabbed(lines, place, found)
            found.extend(table)
            continue
        rebuilt = rebuild(lines, place, _title(found)) if _may_be_header(lines, place) else None
        if rebuilt:
            found.append(rebuilt[0])
            place = rebuilt[1]
            continue
        if not _FURNITURE.match(lines[place].text):
            found.append(Paragraph(passage=lines[place].passage))
        place += 1
    return tuple(found)


class _Line(Cell):
    """A line of text: a cell that may begin with a tab."""

    __slots__ = ("cells", "tabbed")
    tabbed: bool
    cells: list[Passage] | None


def _lines(text: str) -> Iterator[_Line]:
    gap = 0
    place = 0
    while place <= len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        first = text[place : place + 1]
        line = passage(text, *(_without_marks(text, place, end) if first in _MARKED else (place, end)))
        tabbed = text.startswith("\t", place)
        if line or tabbed:
            made = _Line(line, gap)
            object.__setattr__(made, "tabbed", tabbed)
            object.__setattr__(
                made, "cells", split_row(text, place, end) if first == "|" or "\t" in text[place + 1 : end] else None
            )
            yield made
            gap = 0
        else:
            gap += 1
        place = end + 1


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the marks of a Markdown heading or quotation at the start of a line."""
    match = _MARKS.match(text, start, end)
    return (match.end() if match else start), end


def _delimited(lines: Sequence[_Line], place: int, text: str, found: Sequence[Block]) -> tuple[list[Block], int]:
    """Read the run of rows at `place`: a table, or paragraphs where no header is known."""
    at = place
    rows: list[list[Passage]] = []
    while at < len(lines) and lines[at].cells:
        rows.append(lines[at].cells or [])
        at += 1
    table = rebuild_rows(rows, text, _title(found))
    if table:
        return [table], at
    return [Paragraph(passage=line.passage) for line in lines[place:at]], at


def _may_be_header(lines: Sequence[_Line], place: int) -> bool:
    """Tell cheaply whether a table may begin here: several short lines in a row."""
    part = lines[place : place + 3]
    return len(part) == 3 and all(len(line.text) <= 12 and not line.tabbed for line in part)


def _title(found: Sequence[Block]) -> str:
    """Give the words of the short paragraphs straight above a table."""
    words: list[str] = []
    for block in reversed(found[-3:]):
        if (
            not isinstance(block, Paragraph)
            or len(block.passage.text) > _TITLE_LENGTH
            or block.passage.text.endswith(("。", ";"))
        ):
            break
        words.append(block.passage.text)
        if _ANNEX.match(block.passage.text):
            break
    return " ".join(reversed(words))


def _tabbed(lines: Sequence[_Line], place: int, found: Sequence[Block]) -> tuple[list[Block], int]:
    """Read the run of tab-led cells at `place`: a table, or paragraphs where no header is known."""
    cells: list[Cell] = []
    at = place
    while at < len(lines) and (lines[at].tabbed or lines[at].gap == 0):
        if not lines[at].tabbed:
            last = cells.pop()
            cells.append(joined([last.passage, lines[at].passage], last.gap))
        else:
            cells.append(Cell(lines[at].passage, lines[at].gap))
        at += 1
    table = rebuild_tabbed(cells, _title(found))
    if table:
        return [table], at
    return [Paragraph(passage=cell.passage) for cell in cells if cell.passage], at


def paragraphs(found: Sequence[Block]) -> list[Passage]:
    """Give the passages of the paragraphs alone."""
    return [block.passage for block in found if isinstance(block, Paragraph)]
