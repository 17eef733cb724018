"""Read plain text, as web pages and word-processor files leave it, into paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents import glued
from kg.documents.delimited import rebuild_rows, split_row
from kg.documents.document import Block, Paragraph
from kg.documents.flattened import rebuild
from kg.documents.glued import glued_header
from kg.documents.passage import Passage, join, passage
from kg.documents.placing import Cell
from kg.documents.running import pieces
from kg.documents.tabbed import rebuild_tabbed
from kg.documents.table import Table
from kg.grammar.headings import ANNEX_WORD

_MARKS = re.compile(r"\s*(?:#{1,6}|>)\s+")
_FURNITURE = re.compile(
    r"(?:扫一扫|打印(?:本页)?$|关闭(?:窗口|本页)?$|【?(?:打印|关闭)|分享(?:到)?[:：]?$|上一[篇条]|下一[篇条]|相关(?:文档|链接|附件|阅读|解读)[:：]?$|版权所有|网站(?:地图|声明|标识码)"
    r"|[^。]{0,12}ICP备|[•·]?(?:文字解读|图片解读|一图读懂|文件下载)$|我要找政策|语音播报$|字体[:：]|\[?(?:大|中|小)\]?$|责任编辑)"
)
_MARKED = frozenset("#> ")
_TITLE_LENGTH = 60
_HEADER_LINES = 3
_HEADER_LENGTH = 12
_ANNEX = re.compile(ANNEX_WORD)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text with the blank lines before it; `row` are its cells where it is a whole row of a table."""

    cell: Cell
    tabbed: bool
    row: list[Passage] | None

    @property
    def text(self) -> str:
        return self.cell.text


def blocks(folded: str, start: int, end: int, *, before: Sequence[Block] = ()) -> list[Block]:
    """Split `folded[start:end]`, normalised and folded text, into paragraphs and tables, in order.

    The furniture of a web page is left out; `before` are the blocks above, whose last lines may name a table.
    """
    lines = list(_lines(folded, start, end))
    cells = [line.cell for line in lines]
    found: list[Block] = []
    place = 0
    while place < len(lines):
        title = title_above([*before[-3:], *found[-3:]])
        if lines[place].row and place + 1 < len(lines) and lines[place + 1].row:
            table, end = _delimited(lines, place, folded, title)
        elif lines[place].tabbed:
            table, end = _tabbed(lines, place, title)
        elif not lines[place].row and glued_header(lines[place].text):
            table, end = glued.rebuild(cells, place, title)
        else:
            table, end = (_may_be_header(lines, place) and rebuild(cells, place, title)) or (None, place + 1)
        found.extend([table] if table else _paragraphs(lines[place:end]))
        place = end
    return found


def _lines(text: str, start: int, stop: int) -> Iterator[_Line]:
    gap = 0
    place = start
    while place < stop:
        end = text.find("\n", place, stop)
        end = stop if end < 0 else end
        for first, last in pieces(text, place, end):
            mark = text[first : first + 1]
            line = passage(text, *(_without_marks(text, first, last) if mark in _MARKED else (first, last)))
            if line or mark == "\t":
                row = split_row(text, first, last) if mark == "|" or "\t" in text[first + 1 : last] else None
                yield _Line(Cell(line, gap), mark == "\t", row)
                gap = 0
            else:
                gap += 1
        place = end + 1


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the marks of a Markdown heading or quotation at the start of a line."""
    match = _MARKS.match(text, start, end)
    return (match.end() if match else start), end


def _paragraphs(lines: Sequence[_Line]) -> list[Block]:
    """Make paragraphs of lines that are no table, without the furniture of a page."""
    return [Paragraph(passage=line.cell.passage) for line in lines if line.text and not _FURNITURE.match(line.text)]


def _delimited(lines: Sequence[_Line], place: int, text: str, title: str) -> tuple[Table | None, int]:
    """Read the run of rows at `place`; give the table, None where no header is known, and the place after the run."""
    rows: list[list[Passage]] = []
    for line in lines[place:]:
        if line.row is None:
            break
        rows.append(line.row)
    return rebuild_rows(rows, text, title), place + len(rows)


def _tabbed(lines: Sequence[_Line], place: int, title: str) -> tuple[Table | None, int]:
    """Read the run of tab-led cells at `place`, each with the lines that follow it without a blank line."""
    cells: list[Cell] = []
    at = place
    for line in lines[place:]:
        if line.tabbed:
            cells.append(line.cell)
        elif line.cell.gap == 0:
            cells[-1] = Cell(join([cells[-1].passage, line.cell.passage]), cells[-1].gap)
        else:
            break
        at += 1
    return rebuild_tabbed(cells, title), at


def _may_be_header(lines: Sequence[_Line], place: int) -> bool:
    """Tell cheaply whether a table may begin here: several short lines in a row."""
    part = lines[place : place + _HEADER_LINES]
    return len(part) == _HEADER_LINES and all(len(line.text) <= _HEADER_LENGTH and not line.tabbed for line in part)


def title_above(found: Sequence[Block]) -> str:
    """Give the words of the short paragraphs straight above a table."""
    words: list[str] = []
    for block in reversed(found[-3:]):
        if not isinstance(block, Paragraph):
            break
        text = block.passage.text
        if len(text) > _TITLE_LENGTH or text.endswith(("。", ";")):
            break
        words.append(text)
        if _ANNEX.match(text):
            break
    return " ".join(reversed(words))
