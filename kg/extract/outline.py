"""Read the outline: headings by their numerals, as a tree of units with the paragraphs that stand under each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.documents.document import Block, Paragraph
from kg.documents.passage import Passage
from kg.documents.table import Table
from kg.grammar.bodies import is_body
from kg.grammar.headings import ANNEX, ANNEX_WORD, MARKER

_CLOSING = re.compile(
    r"特此(?:通知|函复|答复|报告)|专此|此复|(?:衷心|再次)?感谢您|此答复|以上答复|\(?此件|抄送|\(?联系(?:人|单位|电话)|(?:主|承)办(?:单位)?:(?=[^;]*(?:网站|技术支持|备案|版权|承办:|维护)|[^,;、]{2,20}(?:人民政府|办公室|办公厅|网信办|信息中心)$)"
)
_DATE_LINE = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日|\d{3,4})|二[〇○零O].{2}年.{1,2}月.{1,3}日")
_RANK: dict[str, float] = {
    "root": -1,
    "closing": 99,
    "annex": 0,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "article": 4,
    "first": 5,
    "second": 6,
    "third": 7,
    "fourth": 8,
    "fifth": 9,
    "item": 10,
}
_OVER_ARTICLES = ("first", "second")
_BARE_ANNEX = re.compile(rf"{ANNEX_WORD}[:\d]*")
_NOTE = re.compile(r"\[\d{1,3}\]")
_TITLE_LENGTH = 50
_LABEL_LENGTH = 18
_FEWEST_CONTENTS = 4
_ITEM_ENDS = (";", "。")
_ARTICLE_NAME = re.compile(
    r"【([^】]{2,20})】|\[([^\]]{2,20})\]|\((?![一二三四五六七八九十\d]{1,3}\))([^():,;。]{2,20})\)(?![,;。:、])"
)
"""The title that an article bears in brackets behind its number."""
_CLAUSE_LIKE = re.compile(r":|牵头|(?:负责|配合)[)\]】]")
_DUTY = re.compile(r"责任|牵头|负责|配合|落实|参与")
_LEADER = re.compile(r"[\s.。、,…·\d]*$")
_NO_TITLE = re.compile(r"[,;]|责任|牵头|单位|时限")


@dataclass(slots=True)
class Unit:
    """A heading with what stands under it. `path` are the numerals from the outermost heading inwards.

    `runs_on` where the first paragraph stands on the line of the heading.
    """

    kind: str
    numeral: str = ""
    heading: Passage = field(default_factory=lambda: Passage("", ()))
    title: Passage = field(default_factory=lambda: Passage("", ()))
    body: list[Passage] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    parent: Unit | None = None
    runs_on: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The numerals from the outermost heading to this one."""
        above = self.parent.path if self.parent else ()
        return (*above, self.numeral) if self.numeral else above

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above this one, outermost first, as printed."""
        if self.parent is None:
            return ()
        return (*self.parent.section, self.parent.heading.text) if self.parent.heading else self.parent.section

    def walk(self) -> Iterator[Unit]:
        """Give this unit and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading line in parts: the whole heading, its words without number and stop, and the text that runs on."""

    whole: Passage
    title: Passage
    rest: Passage


def read_outline(blocks: Sequence[Block], *, items: bool, starts: Sequence[Passage] = ()) -> Unit:
    """Build the tree of units; `items` makes paragraphs that begin with 一是, 二是 units too (reply letters).

    `starts` are the lines with which the plan itself begins, below a notice and its signature.
    """
    root = Unit("root")
    current = root
    listing = low = articles = False
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            current.tables.append(block)
            continue
        line = block.passage
        if any(line is start for start in starts):
            current = root if current.kind == "closing" else current
            continue
        annex = _annex(
            line.text, before_table=isinstance(blocks[place + 1], Table) if place + 1 < len(blocks) else False
        )
        if annex is None and line.text.startswith("附件:"):
            listing = True
            continue
        if annex:
            current = Unit("annex", annex, line, parent=root)
            root.children.append(current)
            listing = False
            continue
        if _is_closing(blocks, place):
            current = Unit("closing", parent=root)
            continue
        marker = MARKER.at_start(line.text)
        if listing and marker and len(line.text) <= 60:
            continue
        if marker and marker.lastgroup and (marker.lastgroup != "item" or items):
            listing = False
            low = low or (marker.lastgroup in _OVER_ARTICLES and not articles)
            articles = articles or marker.lastgroup == "article"
            current = _open(current, marker, line, low_articles=low)
        elif current.kind == "annex" and not current.title and not current.body and len(line.text) <= _TITLE_LENGTH:
            current.title = line
            current.heading = Passage(current.heading.text + line.text, (*current.heading.offsets, *line.offsets))
        else:
            current.body.append(line)
    return root


def _is_closing(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a paragraph ends the text proper: thanks, contact lines, a signature, the date below it, notes."""
    block = blocks[place]
    if not isinstance(block, Paragraph):
        return False
    text = block.passage.text
    if _CLOSING.match(text) or _DATE_LINE.fullmatch(text) or _is_end_note(blocks, place):
        return True
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        isinstance(following, Paragraph) and _DATE_LINE.fullmatch(following.passage.text) is not None and is_body(text)
    )


def _is_end_note(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a paragraph is a note, [1] …, below which nothing but notes stands."""
    return all(isinstance(block, Paragraph) and _NOTE.match(block.passage.text) for block in blocks[place:])


def _annex(text: str, *, before_table: bool) -> str | None:
    match = ANNEX.fits(text)
    if match and before_table and len(text) <= _TITLE_LENGTH:
        return f"附件{match['number'] or ''}"
    if not match or len(text) > _TITLE_LENGTH or (_BARE_ANNEX.fullmatch(text) is None and not match["number"]):
        return None
    return f"附件{match['number'] or ''}"


def _open(current: Unit, marker: re.Match[str], line: Passage, *, low_articles: bool) -> Unit:
    """Open the unit of a heading below the nearest unit of a higher rank.

    Articles stand above 一、 as in a regulation, or below it where such a heading came first (`low_articles`).
    """
    kind = marker.lastgroup or "first"
    ranks = _RANK | {"article": _RANK["second"] + 0.5} if low_articles else _RANK
    parent = current
    while ranks[parent.kind] >= ranks[kind] and parent.parent is not None:
        parent = parent.parent
    numeral = next(g for g in marker.groups() if g).removesuffix("是")
    if _is_item(parent, line, low_articles=low_articles):
        split = _untitled(line, marker.end())
    else:
        split = _split_heading(line, marker.end(), titled=low_articles)
    unit = Unit(kind, numeral, split.whole, split.title, [split.rest] if split.rest else [], parent=parent)
    unit.runs_on = bool(split.rest)
    parent.children.append(unit)
    return unit


def _is_item(parent: Unit, line: Passage, *, low_articles: bool) -> bool:
    """Tell whether a numbered line is an item of an article: a part of its sentence, or a sentence, and no heading."""
    return parent.kind == "article" and not low_articles and line.text.endswith(_ITEM_ENDS)


def _untitled(line: Passage, after: int) -> _Heading:
    return _Heading(line.part(0, after), line.part(after, after), line.part(after))


def _split_heading(line: Passage, after: int, *, titled: bool) -> _Heading:
    """Split a heading line whose numeral ends at `after`; `titled` articles may begin with a title of their own."""
    text = line.text
    is_article = text.startswith("第") and text[after - 1] == "条"
    named = _ARTICLE_NAME.match(text, after) if is_article else None
    if named and not _CLAUSE_LIKE.search(named[0]):
        return _Heading(line.part(0, named.end()), line.part(*named.span(named.lastindex or 0)), line.part(named.end()))
    end = None if is_article and not titled else _title_end(text, after)
    if end is None:
        return _untitled(line, after)
    rest = end + 1 if text.startswith(("。", ":"), end) else end
    return _Heading(line.part(0, end), line.part(after, end), line.part(rest))


def _title_end(text: str, after: int) -> int | None:
    """Find where the words of a heading end: at a colon, a stop or the bracket of a duty; None where they are a sentence."""
    stop = text.find("。", after)
    colon = text.find(":", after, after + _LABEL_LENGTH)
    runs_on = len(text) - colon > _TITLE_LENGTH or stop > colon
    if (
        after + 2 <= colon < len(text) - 1
        and runs_on
        and (stop < 0 or colon < stop)
        and not _NO_TITLE.search(text, after, colon)
    ):
        return colon
    if stop < 0:
        return _unstopped_end(text, after)
    if stop - after > _TITLE_LENGTH or (stop < len(text) - 1 and _is_sentence(text[after:stop])):
        return None
    return stop


def _unstopped_end(text: str, after: int) -> int | None:
    """Find where a heading without a stop ends: before the bracket of a duty, else with the line, if it is short."""
    bracket = text.find("(", after) if text.endswith(")") else -1
    duty = bracket > after and _is_duty(text[bracket:])
    if len(text) - after <= _TITLE_LENGTH or (duty and bracket <= after + _TITLE_LENGTH):
        return bracket if duty else len(text)
    return None


def _is_duty(text: str) -> bool:
    return _DUTY.search(text) is not None


def _is_sentence(text: str) -> bool:
    """Tell whether the words up to the first stop are a sentence rather than a heading."""
    return text.count(",") >= 2 or (text.count(",") == 1 and len(text) > 32) or "(责任" in text


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Passage]]:
    """Drop a table of contents: a run of headings without text whose words come again as headings.

    Give the rest, and those headings of it that the text does not hold (a copy that was cut).
    """
    first = next((i for i, b in enumerate(blocks) if _is_bare_heading(b)), None)
    if first is None:
        return list(blocks), []
    last = first
    while last < len(blocks) and _is_bare_heading(blocks[last]):
        last += 1
    last = _begins_again(blocks, first, last)
    run = [b.passage for b in blocks[first:last] if isinstance(b, Paragraph)]
    if len(run) < _FEWEST_CONTENTS:
        return list(blocks), []
    later = {
        _key(b.passage.text[: _TITLE_LENGTH * 2])
        for b in blocks[last:]
        if isinstance(b, Paragraph) and MARKER.at_start(b.passage.text)
    }
    again = [p for p in run if _comes_again(_key(p.text), later)]
    if len(again) < _FEWEST_CONTENTS - 1:
        return list(blocks), []
    return [*blocks[:first], *blocks[last:]], [p for p in run if p not in again]


def _begins_again(blocks: Sequence[Block], first: int, last: int) -> int:
    """Give the end of a run of headings: where its first one comes again, the text begins straight below the contents."""
    keys = [_key(block.passage.text) if isinstance(block, Paragraph) else "" for block in blocks[first:last]]
    again = [place for place, key in enumerate(keys) if place >= _FEWEST_CONTENTS - 1 and key == keys[0]]
    return first + again[0] if again else last


def _comes_again(key: str, later: set[str]) -> bool:
    return key in later or any(other.startswith(key) for other in later)


def _is_bare_heading(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and len(block.passage.text) <= _TITLE_LENGTH
        and MARKER.at_start(block.passage.text) is not None
    )


def _key(text: str) -> str:
    return _LEADER.sub("", text)
