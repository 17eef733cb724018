"""Find the element of a page that holds its article: the smallest that leaves out no prose and no table of data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from kg.documents.html.flow import BLOCKS, lines
from kg.documents.html.grids import TableKind
from kg.documents.html.page import Page, Weights
from kg.documents.passage import fold
from kg.grammar.bodies import is_body
from kg.grammar.headings import ANNEX_WORD

_NAMED = re.compile(
    r"UCAP-?CONTENT|(?:my)?TRS_\w+|zoom(?:con)?|vsb_content\w*|v_news_content|ewb-?article\w*|wz_?(?:zw|nr|con)\w*|zw(?:xl)?(?:nr|con)\w*|bt[-_]content"
    r"|(?:pages?|news|info|detail|main|text|xxgk|gk|con|art|article|doc|view|wen)?[-_]?(?:content|article|artical|text|txt|con|body|main|view|detail|editor)(?:[-_]?(?:con|content|box|body|main|text|txt|detail|article|area|\d))*",
    re.IGNORECASE,
)
"""Ids and classes that the publishing systems of government sites give to the element around an article."""

_BELOW = re.compile(rf"{ANNEX_WORD}|\(此件|20\d\d年\d{{1,2}}月\d{{1,2}}日$|二[〇○零O].{{2}}年.{{1,2}}月.{{1,3}}日$")
_LONGEST_BELOW = 60
_ELEMENTS = frozenset({"article", "main"})
_ALL = 0.97
_NAMED_SHARE = 0.75
_ANY_TABLE = 6
"""Cells outside of the article that would make a table of data."""

_MOST_LEVELS = 6
_WHOLE = (TableKind.DATA, TableKind.META)
_INSIDE = BLOCKS - {"p", "ol", "ul", "li", "dl", "dt", "dd", "pre", "textarea"}


def find_article(page: Page, weights: Weights, kinds: Mapping[int, TableKind]) -> int:
    """Give the node of the article, going inwards from the body.

    A step inwards may leave out a few words; on the way to an element that is named as the article, a quarter of the
    prose, for short letters stand beside much else. No step leaves out a table of data.
    """
    prose = weights.prose
    cells = _cells(page, kinds)
    node = 0
    while (best := _best(page, prose, node)) is not None and kinds.get(best) not in _WHOLE:
        held = prose[page.ends[best]] - prose[best]
        lost = cells[page.ends[node]] - cells[node] - (cells[page.ends[best]] - cells[best])
        least = _NAMED_SHARE if _leads_to_named(page, prose, best) else _ALL
        if held == 0 or held < least * prose[-1] or lost >= _ANY_TABLE:
            return node
        node = best
    return node


def end_of_article(page: Page, node: int, gone: Set[int]) -> int:
    """Give the node before which the article ends: after the signature, the date and the annexes named below its element."""
    end = page.ends[node]
    last = page.ends[page.parents[node]] if node else end
    while end < last:
        below = [] if end in gone else lines(page, end, gone)
        if not all(len(line) <= _LONGEST_BELOW and _is_below(line) for line in below):
            break
        end = page.ends[end]
    return end


def _is_below(line: str) -> bool:
    plain = "".join(fold(line).split())
    return _BELOW.match(plain) is not None or is_body(plain)


def _best(page: Page, prose: Sequence[int], node: int) -> int | None:
    """Give the child that holds the most prose."""
    inside = [child for child in page.children(node) if page.tags[child] in _INSIDE]
    return max(inside, key=lambda child: prose[page.ends[child]] - prose[child], default=None)


def _leads_to_named(page: Page, prose: Sequence[int], node: int) -> bool:
    """Tell whether an element, or one inside it that holds nearly all its prose, is named as the article."""
    least = _ALL * (prose[page.ends[node]] - prose[node])
    inner: int | None = node
    for _ in range(_MOST_LEVELS):
        if inner is None or prose[page.ends[inner]] - prose[inner] < least:
            return False
        if _is_named(page, inner):
            return True
        inner = _best(page, prose, inner)
    return False


def _is_named(page: Page, node: int) -> bool:
    names = f"{page.attribute(node, 'class')} {page.attribute(node, 'id')}".split()
    return page.tags[node] in _ELEMENTS or any(_NAMED.fullmatch(name) for name in names)


def _cells(page: Page, kinds: Mapping[int, TableKind]) -> list[int]:
    """Count the cells of tables of data before each node."""
    counts = [0]
    inside = 0
    for place, tag in enumerate(page.tags):
        if kinds.get(place) is TableKind.DATA:
            inside = max(inside, page.ends[place])
        counts.append(counts[-1] + (place < inside and tag in ("td", "th")))
    return counts
