"""Read what a page says of itself above its article: the meta block, the title and the meta tags of government sites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set

from selectolax.lexbor import LexborHTMLParser

from kg.documents.html.flow import label_lines
from kg.documents.html.grids import TableKind
from kg.documents.html.page import Page, Weights
from kg.documents.passage import fold
from kg.grammar.characters import letters
from kg.grammar.metablock import read_labels

_META_TAGS = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "article:published_time": "published",
    "contentsource": "issuer",
}
_TITLE_NAMED = re.compile(
    r"(?:.*[-_])?(?:title|tit|biaoti|bt|headline|subject)\d?(?:[-_].*)?|(?:article|art|news|content|detail|info|xl|zw|main)_?(?:title|tit|bt)\d?",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:网|门户|门户网站|网站|人民政府|人民政府办公室|[局委厅办]|委员会|平台|栏目|首页)$")
_PARTED = re.compile(r"[_|·«»<>]|\s[-–—]+\s|(?<!\d)[-–—]+(?!\d)|——")
_CUT = ("...", "…", "..")
_HEAD_PROSE = 200
_HEAD_NODES = 80
_SHORTEST = 6
_LONGEST = 120
_TITLE_LINES = 20


def read_front(
    page: Page, weights: Weights, article: int, unseen: Set[int], kinds: Mapping[int, TableKind]
) -> dict[str, str]:
    """Read the labels above and at the head of the article, and those of every meta table."""
    head = _head_end(page, weights, article)
    data = {node for node, kind in kinds.items() if kind is TableKind.DATA}
    lines = label_lines(page, 1, head, unseen | data)
    for node, kind in sorted(kinds.items()):
        if kind is TableKind.META and node >= head:
            lines += ["", *label_lines(page, node + 1, page.ends[node], unseen)]
    return read_labels(lines)


def _head_end(page: Page, weights: Weights, article: int) -> int:
    """Give the node before which a meta block may stand: some way into the article, or into the prose of the page."""
    end = max(article + _HEAD_NODES, bisect_left(weights.prose, _HEAD_PROSE))
    return min(end, len(page.tags))


def meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    """Read the meta tags in which publishing systems name the title, the date and the source of an article."""
    found: dict[str, str] = {}
    for tag in tree.css("meta"):
        attributes = tag.attributes
        name = _META_TAGS.get((attributes.get("name") or attributes.get("property") or "").strip().lower())
        value = " ".join((attributes.get("content") or "").split())
        if name and value and not value.endswith(_CUT):
            found.setdefault(name, value)
    return found


def find_title(page: Page, weights: Weights, article: int, unseen: Set[int], window: str) -> str:
    """Find the title of the article that the page prints; else what its window says without the name of the site."""
    printed = list(_headings(page, weights, _head_end(page, weights, article), unseen))
    told = letters(window)
    for text in printed:
        if letters(text) in told:
            return text
    likely = [text for text in printed if not _SITE.search(text)]
    return likely[-1] if likely else _of_window(window)


def _headings(page: Page, weights: Weights, end: int, unseen: Set[int]) -> Iterator[str]:
    """Give the texts of headings and of elements named as the title, before `end`, that are no links."""
    place = 1
    while place < end:
        if place in unseen:
            place = page.ends[place]
            continue
        if page.tags[place] in ("h1", "h2", "h3") or _is_named(page, place):
            text = " ".join(page.text(place)[: _LONGEST * 4].split())
            own = weights.plain[page.ends[place]] - weights.plain[place]
            if _SHORTEST <= len(text) <= _LONGEST and own * 2 > len(text):
                yield text
        place += 1


def _is_named(page: Page, node: int) -> bool:
    found = page.attributes.get(node)
    if found is None:
        return False
    names = f"{found.get('class') or ''} {found.get('id') or ''}".split()
    return any(_TITLE_NAMED.fullmatch(name) for name in names)


def _of_window(window: str) -> str:
    """Cut the name of the site off the title of the window; empty where nothing else is left."""
    pieces = [piece.strip() for piece in _PARTED.split(" ".join(window.split()))]
    return next((p for p in pieces if len(p) >= _SHORTEST and not _SITE.search(p) and not p.endswith(_CUT)), "")


def is_printed(title: str, lines: Sequence[str]) -> bool:
    """Tell whether one of the first lines is the title."""
    wanted = letters(fold(title))
    return any(letters(fold(line)) == wanted for line in lines[:_TITLE_LINES])
