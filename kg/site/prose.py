"""Read Markdown of the ontology's folder and the guide to queries: a text goes in, blocks for a template come out, with links where code names a term."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.site.places import Places

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Block", "Span", "read_prose"]


_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text; `mark` is code, strong, em or nothing."""

    text: str
    mark: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading (h1 to h6), a paragraph (p), a list (ul, ol), code (pre) or a table: lines of cells, of which a text is one."""

    kind: str
    lines: tuple[tuple[tuple[Span, ...], ...], ...]


def read_prose(text: str, places: Places, links: Mapping[str, str]) -> list[Block]:
    """Part Markdown into blocks; `links` gives the page for a target, and a link to anything else is its words alone."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  (0.05 s that only the site needs)

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(_COMMENT.sub("", text))
    return list(_blocks(tokens, places, links))


def _blocks(tokens: Sequence[Token], places: Places, links: Mapping[str, str]) -> Iterator[Block]:
    """Gather the lines of each block at the top; what a list holds within a list becomes a line of it."""
    lines: list[list[tuple[Span, ...]]] = []
    for token in tokens:
        if token.type in {"fence", "code_block"}:
            pieces = places.pieces(token.content)
            yield Block(kind="pre", lines=((tuple(Span(text=piece.text, link=piece.link) for piece in pieces),),))
        elif token.type in {"list_item_open", "tr_open"} or (token.type.endswith("_open") and token.level == 0):
            if token.tag not in {"ul", "ol", "table"}:
                lines.append([])
        elif token.type == "inline":
            lines[-1].append(tuple(_joined(_spans(token.children or [], places, links))))
        if token.type.endswith("_close") and token.level == 0:
            yield Block(kind=token.tag, lines=tuple(tuple(line) for line in lines))
            lines = []


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Take out the breaks at which Chinese goes on, where a page would show a space."""
    told = list(spans)
    for at, span in enumerate(told):
        if span.text == "\n" and 0 < at < len(told) - 1 and _goes_on(told[at - 1].text[-1:], told[at + 1].text[:1]):
            continue
        yield span


def _goes_on(before: str, after: str) -> bool:
    """Tell whether text goes on without a space: between two wide characters, and beside a wide mark."""
    wide = [unicodedata.east_asian_width(sign) in "WF" for sign in (before, after) if sign]
    marks = any(
        unicodedata.category(sign).startswith("P")
        for sign, is_wide in zip(before + after, wide, strict=True)
        if is_wide
    )
    return all(wide) or marks


def _spans(tokens: Sequence[Token], places: Places, links: Mapping[str, str]) -> Iterator[Span]:
    mark, target = "", ""
    for token in tokens:
        if token.type in {"strong_open", "em_open"}:
            mark = token.tag
        elif token.type in {"strong_close", "em_close"}:
            mark = ""
        elif token.type == "link_open":
            target = links.get(str(token.attrGet("href")), "")
        elif token.type == "link_close":
            target = ""
        elif token.type == "code_inline":
            pieces = places.pieces(token.content)
            yield from (Span(text=piece.text, mark="code", link=piece.link or target) for piece in pieces)
        else:
            yield Span(text="\n" if token.type.endswith("break") else token.content, mark=mark, link=target)
