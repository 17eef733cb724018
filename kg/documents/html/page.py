"""A page as its parser leaves it: all elements and texts in document order, with what each weighs for finding the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.documents.passage import fold
from kg.errors import ReadError

_UNREAD = frozenset(
    {
        *("head", "script", "style", "noscript", "template", "iframe", "object", "embed", "canvas", "svg", "math"),
        *("select", "datalist", "button", "audio", "video", "map", "-comment"),
    }
)
_TEXT = "-text"
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|txt)(?:$|[?#])", re.IGNORECASE)
_MARK = re.compile(r"[，。；、,;]")
_SHORT_WORDS = 5
"""Words without a mark of a sentence, as menus and tables have them, weigh one in so many."""

_FIRST_NODES = 60
_FIRST_LETTERS = 400

_SAFE_TAGS = 1500
_SAFE_LENGTH = 100_000
_MOST_DEPTH = 300_000_000
_MOST_COPIES = 300_000
_MOST_ATTRIBUTES = 10_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_SAFE_LENGTH - 1},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FORMATTING = frozenset(
    {*("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")}
)
_CLOSED_BY_NEXT = frozenset(
    {
        *("p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "col", "colgroup", "caption"),
        *("br", "hr", "img", "input", "meta", "link", "base", "area", "source", "wbr", "param", "track"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The nodes of a page in document order, node 0 being its body.

    `tags[i]` is empty for a text, which is `texts[i]`; `parents[i]` is the node around node `i`, `ends[i]` the first node
    after it and all that it holds.
    """

    tags: list[str]
    texts: list[str]
    parents: list[int]
    ends: list[int]
    attributes: Mapping[int, Mapping[str, str | None]]

    def attribute(self, node: int, name: str) -> str:
        """Give an attribute of an element; the empty string where it has none."""
        found = self.attributes.get(node)
        return (found.get(name) or "") if found else ""

    def children(self, node: int) -> Iterator[int]:
        """Give the nodes straight inside one."""
        child = node + 1
        while child < self.ends[node]:
            yield child
            child = self.ends[child]

    def text(self, node: int) -> str:
        """Give all the text inside a node, as it stands in the source."""
        return "".join(self.texts[node : self.ends[node]])

    def first_words(self, node: int) -> str:
        """Give the first words of a node, folded and without white space."""
        texts = self.texts[node : min(self.ends[node], node + _FIRST_NODES)]
        return "".join(fold("".join(texts)[:_FIRST_LETTERS]).split())

    def around(self, node: int) -> Iterator[int]:
        """Give the elements around a node, the innermost first, without the body."""
        while node > 0 and (node := self.parents[node]) > 0:
            yield node


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Sums over the nodes before each node: all letters, those that are not in links, and what these weigh as prose."""

    letters: list[int]
    plain: list[int]
    prose: list[int]


def parse(source: str, name: str) -> tuple[LexborHTMLParser, Page]:
    """Parse a page. Raises `ReadError` for one on which the parser would not end in time or memory."""
    _refuse_what_hangs(source, name)
    tree = LexborHTMLParser(source)
    return tree, _nodes(tree.body)


def _refuse_what_hangs(source: str, name: str) -> None:
    """Refuse a page whose nesting, unclosed formatting or attributes cost the parser the square of their number.

    Measured with lexbor: 6 ns for each open element at each tag, 350 bytes for each copy of unclosed formatting, 4 ns for
    each pair of attributes of one element; the bounds are about two seconds and 100 MB.
    """
    if source.count("<") > _SAFE_TAGS and _is_too_deep(source):
        raise ReadError(f"{name}: its elements are nested too deep for a page: save it as text and read that")
    if len(source) > _SAFE_LENGTH:
        for tag in _LONG_TAG.finditer(source):
            if len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES:
                raise ReadError(f"{name}: an element has too many attributes for a page: save it as text and read that")


def _is_too_deep(source: str) -> bool:
    depth = formatting = cost = copies = 0
    for end, tag in _TAG.findall(source):
        tag = tag.lower()  # noqa: PLW2901  (names of elements have no case)
        cost += depth
        if tag in _CLOSED_BY_NEXT:
            copies += formatting
            continue
        step = -1 if end else 1
        depth = max(0, depth + step)
        if tag in _FORMATTING:
            formatting = max(0, formatting + step)
    return cost > _MOST_DEPTH or copies > _MOST_COPIES


def _nodes(body: LexborNode | None) -> Page:
    """List the nodes below the body, without those that show no text of the page."""
    tags, texts, parents, ends = ["body"], [""], [0], [0]
    attributes: dict[int, Mapping[str, str | None]] = {}
    open_: list[LexborNode] = []
    places = [0]
    node = body.first_child if body is not None else None
    while node is not None or open_:
        if node is None:
            ends[places.pop()] = len(tags)
            node = open_.pop().next
            continue
        tag = node.tag or ""
        place = len(tags)
        if tag == _TEXT:
            tags.append("")
            texts.append(node.text_content or "")
            parents.append(places[-1])
            ends.append(place + 1)
            node = node.next
            continue
        if tag in _UNREAD:
            node = node.next
            continue
        tags.append(tag)
        texts.append("")
        parents.append(places[-1])
        ends.append(place + 1)
        if found := node.attributes:
            attributes[place] = found
        child = node.first_child
        if child is None:
            node = node.next
        else:
            open_.append(node)
            places.append(place)
            node = child
    ends[0] = len(tags)
    return Page(tags=tags, texts=texts, parents=parents, ends=ends, attributes=attributes)


def weigh(page: Page, gone: frozenset[int] = frozenset()) -> Weights:
    """Weigh the nodes of a page, those that are gone, with all inside them, as nothing."""
    letters, plain, prose = [0], [0], [0]
    skipped = linked = total = own = words = 0
    ends, texts = page.ends, page.texts
    for place, tag in enumerate(page.tags):
        if tag:
            if place in gone:
                skipped = max(skipped, ends[place])
            if tag == "a" and is_link(page, place):
                linked = max(linked, ends[place])
        elif place >= skipped and place not in gone and (length := len((text := texts[place]).strip())):
            total += length
            if place >= linked:
                own += length
                words += length if _MARK.search(text) else length // _SHORT_WORDS
        letters.append(total)
        plain.append(own)
        prose.append(words)
    return Weights(letters=letters, plain=plain, prose=prose)


def is_link(page: Page, node: int) -> bool:
    """Tell whether an anchor leads to another page; a place in this page and a file to be fetched are no such thing."""
    target = page.attribute(node, "href").strip()
    return bool(target) and not target.startswith("#") and not _FILE.search(target)
