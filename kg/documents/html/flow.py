"""Walk through a page as a browser lays it out: where lines begin and end, and the numerals that lists print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set

from kg.documents.html.page import Page
from kg.documents.numerals import numeral as written
from kg.documents.parts import Line, Part
from kg.documents.passage import fold
from kg.grammar.headings import MARKER
from kg.grammar.metablock import is_label

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
        ),
        *(
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
        ),
        *("hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp"),
    }
)
"""The elements that begin and end a line."""

_PREFORMATTED = frozenset({"listing", "pre", "textarea", "xmp"})
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_NO_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_HAN_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:cjk|chinese|hanzi|han-)", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_COLLAPSED = re.compile(r"[ \t\r\n\f]+")
_EMPTIES = frozenset({"dd", "td", "th"})
_LONGEST_LABEL = 24
_MOST_ROMAN = 3999
_MOST_HAN = 99
_LINE_END = re.compile(r"\r\n?|\n")
_WHOLE = re.compile(r"-?\d{1,6}")
_OWN_NUMERAL = re.compile(r"(?:\d{1,3}[.、．)）]|[a-zA-Z][.)])")

Table = Callable[[int], list[Part] | None]
"""Give the parts of the table at a node, or None for one that only lays out the page."""


def flow(page: Page, start: int, end: int, gone: Set[int], table: Table) -> Iterator[Part]:
    """Give the parts of the nodes from `start` to `end`, without those that are gone."""
    return _Walk(page, gone, table).parts(start, end)


def lines(page: Page, node: int, gone: Set[int] = frozenset()) -> list[str]:
    """Give the lines inside one node, tables taken as they come."""
    if page.ends[node] == node + 2 and not page.tags[node + 1] and node + 1 not in gone:
        text = _collapsed(page.texts[node + 1]).strip()
        return [text] if text else []
    found = _Walk(page, gone, lambda _: None).parts(node + 1, page.ends[node])
    return [part.text for part in found if isinstance(part, Line)]


def label_lines(page: Page, start: int, end: int, gone: Set[int]) -> list[str]:
    """Give the lines from `start` to `end` folded and without white space for reading labels.

    An empty cell is an empty line, and a label in an element of its own, as style sheets set it apart, a line of its own.
    """
    found = _Walk(page, gone, lambda _: None, labels=True).parts(start, end)
    return [_plain(part.text) for part in found if isinstance(part, Line)]


def _collapsed(text: str) -> str:
    """Make each run of white space one space; a line of the source that breaks between Chinese words parts nothing."""
    return _COLLAPSED.sub(" ", _BREAK.sub("", text) if "\n" in text or "\r" in text else text)


def _plain(text: str) -> str:
    return "".join(fold(text).split())


class _Walk:
    """One walk through a page, and the line that is being put together."""

    def __init__(self, page: Page, gone: Set[int], table: Table, *, labels: bool = False) -> None:
        self._page = page
        self._gone = gone
        self._table = table
        self._labels = labels
        self._line: list[str] = []
        self._numeral = ""
        self._open: list[tuple[int, str]] = []
        self._pre = 0
        self._counts: dict[int, int] = {}
        self._filled = True

    def parts(self, start: int, end: int) -> Iterator[Part]:
        page = self._page
        place = start
        while place < end:
            yield from self._close(place)
            if place in self._gone:
                place = page.ends[place]
                continue
            tag = page.tags[place]
            if not tag:
                yield from self._text(page.texts[place])
            elif tag == "br":
                yield from self._flush()
            elif tag in BLOCKS:
                yield from self._flush()
                found = self._table(place) if tag == "table" else None
                if found is not None:
                    yield from found
                    place = page.ends[place]
                    continue
                self._enter(place, tag)
            place += 1
        yield from self._close(end)
        yield from self._flush()

    def _enter(self, place: int, tag: str) -> None:
        page = self._page
        self._open.append((page.ends[place], tag))
        self._filled = False
        if tag in _PREFORMATTED or _keeps_space(page, place):
            self._pre = max(self._pre, page.ends[place])
        if tag == "li":
            self._numeral = self._next_numeral(place)

    def _close(self, place: int) -> Iterator[Part]:
        """End the blocks that end before `place`."""
        while self._open and self._open[-1][0] <= place:
            _, tag = self._open.pop()
            yield from self._flush()
            if self._labels and tag in _EMPTIES and not self._filled:
                yield Line(text="")
            self._filled = True
            if tag == "li":
                self._numeral = ""
        if self._pre <= place:
            self._pre = 0

    def _text(self, text: str) -> Iterator[Part]:
        if self._pre:
            first, *more = _LINE_END.split(text)
            self._line.append(first)
            for one in more:
                yield from self._flush()
                self._line.append(one)
        elif text.strip():
            alone = self._labels and len(text) <= _LONGEST_LABEL and is_label(_plain(text))
            if alone:
                yield from self._flush()
            self._line.append(_collapsed(text))
            if alone:
                yield from self._flush()
        elif self._line:
            self._line.append(" ")

    def _flush(self) -> Iterator[Part]:
        """End the line; one of white space only is none."""
        text = "".join(self._line).strip()
        self._line.clear()
        if not text:
            return
        self._filled = True
        numeral, self._numeral = self._numeral, ""
        yield Line(text=_numbered(numeral, text))

    def _next_numeral(self, item: int) -> str:
        """Give what a browser prints before an item of a numbered list."""
        page = self._page
        parent = page.parents[item]
        style = page.attribute(parent, "style") + page.attribute(item, "style")
        if page.tags[parent] != "ol":
            return ""
        step = -1 if "reversed" in page.attributes.get(parent, {}) else 1
        last = self._counts.get(parent, _first(page, parent, step) - step)
        number = _whole(page.attribute(item, "value"), last + step)
        self._counts[parent] = number
        kind = page.attribute(item, "type") or page.attribute(parent, "type") or "1"
        return "" if _NO_STYLE.search(style) else numeral(number, "一" if _HAN_STYLE.search(style) else kind)


def _keeps_space(page: Page, node: int) -> bool:
    style = page.attribute(node, "style")
    return "white-space" in style and _PRE_STYLE.search(style) is not None


def _first(page: Page, list_: int, step: int) -> int:
    items = sum(1 for child in page.children(list_) if page.tags[child] == "li") if step < 0 else 1
    return _whole(page.attribute(list_, "start"), items)


def _whole(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if _WHOLE.fullmatch(text) else otherwise


def _numbered(numeral: str, text: str) -> str:
    """Put the numeral of an item before its text, unless the text brings one of its own."""
    if not numeral:
        return text
    plain = _plain(text)
    if MARKER.at_start(plain) or _OWN_NUMERAL.match(plain):
        return text
    return (numeral.replace(".", "、") if plain[:1].isdigit() else numeral) + text


def numeral(number: int, kind: str) -> str:
    """Print the number of an item of a list of one kind: `1`, `a`, `A`, `i`, `I` as in HTML, or `一`.

    >>> [numeral(12, kind) for kind in ("1", "a", "I", "一")]
    ['12.', 'l.', 'XII.', '十二、']
    """
    if kind in ("i", "I") and 0 < number <= _MOST_ROMAN:
        roman = written(number, "lowerRoman")
        return f"{roman if kind == 'i' else roman.upper()}."
    if kind in ("a", "A") and number > 0:
        return f"{_alphabetic(number) if kind == 'a' else _alphabetic(number).upper()}."
    if kind == "一" and 0 < number <= _MOST_HAN:
        return f"{written(number, 'chineseCounting')}、"
    return f"{number}."


def _alphabetic(number: int) -> str:
    made = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        made = chr(ord("a") + letter) + made
    return made
