"""The styles of a Word document: what a paragraph or a run takes over from its style and from those that style builds on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from kg.documents.wordml import VAL, is_on, number, value, w

_CONTENTS = re.compile(r"toc\s*\d|目录\s*\d", re.IGNORECASE)
_NUM_PR = f"{w('pPr')}/{w('numPr')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style says, None where it says nothing: the list and level of its paragraphs, and whether its text is hidden.

    `is_contents` is true for the lines of a table of contents.
    """

    id: str = ""
    list_id: int | None = None
    level: int | None = None
    is_hidden: bool | None = None
    is_contents: bool = False


_PLAIN = Style()


class Styles:
    """The styles of a document by id, each completed from those it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._made: dict[str, Style] = {}
        self._default = ""
        for element in root.iterfind(w("style")) if root is not None else ():
            name = element.get(w("styleId"), "")
            self._elements[name] = element
            if element.get(w("type")) == "paragraph" and element.get(w("default"), "0") in ("1", "true", "on"):
                self._default = name

    def of_paragraph(self, name: str | None) -> Style:
        """Give a paragraph style; the default one where a paragraph names none that is there."""
        return self._style(name if name in self._elements else self._default)

    def of_run(self, name: str) -> Style:
        """Give a character style."""
        return self._style(name)

    def list_of(self, name: str) -> int | None:
        """Give the list that a style of lists stands for."""
        return self._style(name).list_id

    def _style(self, name: str | None) -> Style:
        if not name or name not in self._elements:
            return _PLAIN
        if name not in self._made:
            self._made[name] = self._complete(name)
        return self._made[name]

    def _complete(self, name: str) -> Style:
        """Complete a style from the chain of those it is based on, which may not come back to itself."""
        made = Style(id=name)
        seen: set[str] = set()
        at: str | None = name
        while at and at in self._elements and at not in seen:
            seen.add(at)
            element = self._elements[at]
            made = _over(made, _own(element))
            at = value(element, w("basedOn"))
        return made


def _over(style: Style, base: Style) -> Style:
    """Let a style say what it says, and its base the rest."""
    return replace(
        style,
        list_id=base.list_id if style.list_id is None else style.list_id,
        level=base.level if style.level is None else style.level,
        is_hidden=base.is_hidden if style.is_hidden is None else style.is_hidden,
        is_contents=style.is_contents or base.is_contents,
    )


def _own(element: etree._Element) -> Style:
    name = element.find(w("name"))
    listed = element.find(_NUM_PR)
    return Style(
        list_id=number(listed, w("numId")),
        level=number(listed, w("ilvl")),
        is_hidden=is_on(element.find(w("rPr")), w("vanish")),
        is_contents=name is not None and _CONTENTS.fullmatch(name.get(VAL, "").strip()) is not None,
    )
