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
    r"特此(?:通知|函复|答复|报告)|专此|此复|(?:衷心|再次)?感谢您|此答复|以上答复|\(?此件|抄送|\(?联系(?:人|单位|电话)|主办(?:单位)?:|承办单位:"
)
_DATE_LINE = re.compile(r"20\d\d(?:年\d{1,2}月\d{1,2}日|\d{3,4})")
_RANK = {
    "root": -1,
    "closing": 99,
    "annex": 0,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "first": 4,
    "second": 5,
    "article": 6,
    "third": 6,
    "fourth": 7,
    "fifth": 8,
    "item": 9,
}
_BARE_ANNEX = re.compile(rf"{ANNEX_WORD}[:\d]*")
_TITLE_LENGTH = 50
_LABEL_LENGTH = 18
_FEWEST_CONTENTS = 4
_SENTENCE_END = re.compile(r"[。:]")


@dataclass(slots=True)
class Unit:
    """A heading with what stands under it. `path` are the numerals from the outermost heading inwards."""

    kind: str
    numeral: str = ""
    heading: Passage = field(default_factory=lambda: Passage("", ()))
    title: Passage = field(default_factory=lambda: Passage("", ()))
    body: list[Passage] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    parent: Unit | None = None

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


def read_outline(blocks: Sequence[Block], *, items: bool) -> Unit:
    """Build the tree of units; `items` makes paragraphs that begin with 一是, 二是 units too (reply letters)."""
    root = Unit("root")
    current = root
    listing = False
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            current.tables.append(block)
            continue
        line = block.passage
        annex = _annex(line.text, before_table=isinstance(blocks[place + 1], Table) if place + 1 < len(blocks) else False)
        if annex is None and re.match(r"附件:", line.text):
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
            current = _open(current, marker, line)
        elif current.kind == "annex" and not current.title and not current.body and len(line.text) <= _TITLE_LENGTH:
            current.title = line
            current.heading = Passage(current.heading.text + line.text, (*current.heading.offsets, *line.offsets))
        else:
            current.body.append(line)
    return root


def _is_closing(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a paragraph ends the text proper: thanks, contact lines, a signature or the date below it."""
    block = blocks[place]
    if not isinstance(block, Paragraph):
        return False
    text = block.passage.text
    if _CLOSING.match(text) or _DATE_LINE.fullmatch(text):
        return True
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    return isinstance(following, Paragraph) and _DATE_LINE.fullmatch(following.passage.text) is not None and is_body(text)


def _annex(text: str, *, before_table: bool) -> str | None:
    match = ANNEX.regex.fullmatch(text)
    if match and before_table and len(text) <= _TITLE_LENGTH:
        return f"附件{match['number'] or ''}"
    if (
        not match
        or len(text) > _TITLE_LENGTH
        or (_BARE_ANNEX.fullmatch(text) is None
        and not match["number"])
    ):
        return None
    return f"附件{match['number'] or ''}"


def _open(current: Unit, marker: re.Match[str], line: Passage) -> Unit:
    """Open the unit of a heading below the nearest unit of a higher rank."""
    kind = marker.lastgroup or "first"
    parent = current
    while _RANK[parent.kind] >= _RANK[kind] and parent.parent is not None:
        parent = parent.parent
    numeral = next(g for g in marker.groups() if g).removesuffix("是")
    heading, title, rest = _split_heading(line, marker.end())
    unit = Unit(kind, numeral, heading, title, [rest] if rest else [], parent=parent)
    parent.children.append(unit)
    return unit


def _split_heading(line: Passage, after: int) -> tuple[Passage, Passage, Passage]:
    """Split a heading line: the whole heading, its words without number and stop, and the text that runs on."""
    text = line.text
    empty = Passage("", ())
    if text.startswith("第") and text[after - 1] == "条":
        named = re.match(r"【([^】]{2,20})】", text[after:])
        if not named:
            return line.part(0, after), empty, line.part(after)
        return (
            line.part(0, after + named.end()),
            line.part(after + 1, after + named.end() - 1),
            line.part(after + named.end()),
        )
    stop = text.find("。", after)
    colon = text.find(":", after, after + _LABEL_LENGTH)
    if (
        after + 2 <= colon < len(text) - 1
        and (stop < 0 or colon < stop)
        and not re.search(r"[,;]|责任|牵头|单位|时限", text[after:colon])
    ):
        return line.part(0, colon), line.part(after, colon), line.part(colon + 1)
    if stop < 0:
        bracket = text.find("(", after) if text.endswith(")") else -1
        if len(text) - after <= _TITLE_LENGTH or (after < bracket <= after + _TITLE_LENGTH and _is_duty(text[bracket:])):
            end = bracket if bracket > after and _is_duty(text[bracket:]) else len(text)
            return line.part(0, end), line.part(after, end), line.part(end) if end < len(text) else empty
        return line.part(0, after), empty, line.part(after)
    if stop == len(text) - 1:
        short = stop - after <= _TITLE_LENGTH
        return (
            (line.part(0, stop), line.part(after, stop), empty)
            if short
            else (line.part(0, after), empty, line.part(after))
        )
    if stop - after > _TITLE_LENGTH or _is_sentence(text[after:stop]):
        return line.part(0, after), empty, line.part(after)
    return line.part(0, stop), line.part(after, stop), line.part(stop + 1)


def _is_duty(text: str) -> bool:
    return re.search(r"责任|牵头|负责|配合|落实|参与", text) is not None


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
    run = [b.passage for b in blocks[first:last] if isinstance(b, Paragraph)]
    if len(run) < _FEWEST_CONTENTS:
        return list(blocks), []
    later = {
        _key(b.passage.text[: _TITLE_LENGTH * 2])
        for b in blocks[last:]
        if isinstance(b, Paragraph) and MARKER.at_start(b.passage.text)
    }
    again = [p for p in run if any(_key(p.text) == key or key.startswith(_key(p.text)) for key in later)]
    if len(again) < _FEWEST_CONTENTS - 1:
        return list(blocks), []
    return [*blocks[:first], *blocks[last:]], [p for p in run if p not in again]


def _is_bare_heading(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and len(block.passage.text) <= _TITLE_LENGTH
        and MARKER.at_start(block.passage.text) is not None
    )


def _key(text: str) -> str:
    return re.sub(r"[\s.。、,…·\d]*$", "", text)
