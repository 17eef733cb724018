"""Number paragraphs as Word does: the lists of a document go in, the numeral in front of each next paragraph comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from kg.documents.numerals import numeral
from kg.documents.wordml import is_on, number, value, w
from kg.documents.wordstyles import Style, Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_BULLET = "bullet"
_NEVER = 0
_NUM_PR, _NUM_ID, _ILVL = w("numPr"), w("numId"), w("ilvl")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One level of a list: how its number is written, its text (`第%1章`), and after which level (from 1) it begins again."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    style: str | None = None
    is_legal: bool = False
    is_hidden: bool = False
    is_spaced: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list: the definition that it counts with, its levels, and those that it begins anew."""

    definition: str
    levels: Mapping[int, _Level]
    anew: frozenset[int]


@dataclass(slots=True)
class _Counts:
    """How far the levels of a list were counted; lists of one definition count on from each other."""

    at: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, counted on from paragraph to paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, etree._Element] = {}
        self._definitions: dict[str, etree._Element] = {}
        self._counts: dict[str, _Counts] = {}
        self._read: dict[int, _List | None] = {}
        for element in root if root is not None else ():
            if element.tag == w("num"):
                self._lists[_id(element, "numId")] = element
            elif element.tag == w("abstractNum"):
                self._definitions[element.get(w("abstractNumId"), "")] = element

    def next_numeral(self, properties: etree._Element | None, style: Style) -> str:
        """Count a paragraph with these properties and this style; give its numeral, empty where it is in no list."""
        listed = properties.find(_NUM_PR) if properties is not None else None
        own = number(listed, _NUM_ID)
        list_id = style.list_id if own is None else own
        found = self._list(list_id) if list_id else None
        if list_id is None or found is None:
            return ""
        level = number(listed, _ILVL)
        if level is None:
            level = _level_of(style, found.levels, is_own=own is not None)
        if level >= _LEVELS:
            return ""
        counts = self._counts.setdefault(found.definition, _Counts())
        _count(counts, level, found.levels, frozenset() if list_id in counts.begun else found.anew)
        counts.begun.add(list_id)
        return _printed(level, found.levels, counts.at)

    def _list(self, list_id: int) -> _List | None:
        if list_id not in self._read:
            self._read[list_id] = self._read_list(list_id)
        return self._read[list_id]

    def _read_list(self, list_id: int) -> _List | None:
        element = self._lists.get(list_id)
        definition = self._definition(element)
        if element is None or definition is None:
            return None
        levels = {_id(level, "ilvl"): _level(level) for level in definition.iterfind(w("lvl"))}
        anew: set[int] = set()
        for change in element.iterfind(w("lvlOverride")):
            at = _id(change, "ilvl")
            own = change.find(w("lvl"))
            levels[at] = levels.get(at, _Level()) if own is None else _level(own)
            start = number(change, w("startOverride"))
            if start is not None and 0 <= at < _LEVELS:
                levels[at] = replace(levels[at], start=start)
                anew.add(at)
        return _List(definition=definition.get(w("abstractNumId"), ""), levels=levels, anew=frozenset(anew))

    def _definition(self, element: etree._Element | None) -> etree._Element | None:
        """Give the definition of a list; one that only names a style of lists stands for the list of that style."""
        definition = self._definitions.get(value(element, w("abstractNumId")) or "")
        link = value(definition, w("numStyleLink"))
        linked = self._lists.get(self._styles.list_of(link) or 0) if link else None
        if linked is None:
            return definition
        return self._definitions.get(value(linked, w("abstractNumId")) or "")


def _id(element: etree._Element, name: str) -> int:
    text = element.get(w(name), "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _level(element: etree._Element) -> _Level:
    forms = [form.get(w("val"), "") for form in element.iter(w("numFmt"))]
    start = number(element, w("start"))
    return _Level(
        start=1 if start is None else start,
        form=forms[-1] if forms else "decimal",
        text=value(element, w("lvlText")) or "",
        restart=number(element, w("lvlRestart")),
        style=value(element, w("pStyle")),
        is_legal=is_on(element, w("isLgl")) is True,
        is_hidden=is_on(element.find(w("rPr")), w("vanish")) is True,
        is_spaced=value(element, w("suff")) != "nothing",
    )


def _level_of(style: Style, levels: Mapping[int, _Level], *, is_own: bool) -> int:
    """Give the level of a paragraph that names none: the one linked to its style, else the one the style names."""
    linked = next((at for at, level in levels.items() if style.id and level.style == style.id), None)
    if linked is not None:
        return linked
    return 0 if is_own else style.level or 0


def _count(counts: _Counts, level: int, levels: Mapping[int, _Level], anew: frozenset[int]) -> None:
    """Count one paragraph at a level; the levels below it begin again, those above it have at least begun."""
    for at in anew:
        counts.at[at] = None
    for above in range(level):
        if counts.at[above] is None:
            counts.at[above] = levels.get(above, _Level()).start
    now = counts.at[level]
    counts.at[level] = levels.get(level, _Level()).start if now is None else now + 1
    for below in range(level + 1, _LEVELS):
        restart = levels.get(below, _Level()).restart
        if restart is None or (restart != _NEVER and level < restart):
            counts.at[below] = None


def _printed(level: int, levels: Mapping[int, _Level], counts: Sequence[int | None]) -> str:
    """Print the numeral of a level, with a space after it where it ends in a figure or letter and is set apart."""
    one = levels.get(level)
    if one is None or one.form == _BULLET or one.is_hidden:
        return ""

    def number_of(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        other = levels.get(at, _Level())
        return numeral(counts[at] or 0, "decimal" if one.is_legal and other.form != _BULLET else other.form)

    text = _PLACE.sub(number_of, one.text).strip()
    last = text[-1:]
    return f"{text} " if one.is_spaced and (last.isalpha() or last.isdecimal()) else text
