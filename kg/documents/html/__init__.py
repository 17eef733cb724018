"""Read a web page of a government site: its article as lines and grids, and what its meta block says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from kg.documents.encoding import decode_page
from kg.documents.html.article import end_of_article, find_article
from kg.documents.html.flow import flow
from kg.documents.html.front import find_title, is_printed, meta_tags, read_front
from kg.documents.html.furniture import furniture, hidden
from kg.documents.html.grids import TableKind, kinds_of_tables, read_table
from kg.documents.html.page import Page, parse, weigh
from kg.documents.parts import Line, Part, Parts
from kg.errors import ReadError

__all__ = ["read_html"]

_DECLARED = re.compile(
    rb"<(?:meta\s[^<>]{0,300}?charset|\?xml\s[^<>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_HEAD = 4096
_OWN = b'<meta name="generator" content="policy-responsibility-graph">'
"""What the pages of `kg view` and `kg review` bear, which hold the text of a document and are none."""


def read_html(data: bytes, name: str) -> Parts:
    """Read the bytes of a page. Raises `ReadError` where they are no text, or cost the parser too much."""
    if _OWN in data[:_HEAD]:
        raise ReadError(f"{name}: a page that kg wrote, not a document: keep pages in another folder")
    declared = _DECLARED.search(data[:_HEAD])
    source = decode_page(data, name, declared[1].decode("ascii", "replace") if declared else "")
    tree, page = parse(source, name)
    bare = weigh(page)
    unseen, aside = hidden(page, bare)
    gone = unseen | aside | furniture(page, bare)
    weights = weigh(page, gone)
    kinds = kinds_of_tables(page, bare)
    article = find_article(page, weights, kinds)
    tags = meta_tags(tree)
    meta = tags | read_front(page, weights, article, unseen, kinds)
    window = tree.css_first("title")
    title = meta.get("title") or find_title(page, bare, article, unseen, window.text() if window else "")
    parts = _parts(page, article, gone, kinds)
    if title:
        meta["title"] = title
        if not is_printed(title, [part.text for part in parts if isinstance(part, Line)]):
            parts.insert(0, Line(text=title))
    return Parts(parts=tuple(parts), meta=meta)


def _parts(page: Page, article: int, gone: Set[int], kinds: Mapping[int, TableKind]) -> list[Part]:
    """Give the parts of the article; a meta table is left out, for its values stand beside the parts."""

    def table(node: int) -> list[Part] | None:
        kind = kinds[node]
        if kind is TableKind.LAYOUT:
            return None
        return read_table(page, node, gone) if kind is TableKind.DATA else []

    return list(flow(page, article, end_of_article(page, article, gone), gone, table))
