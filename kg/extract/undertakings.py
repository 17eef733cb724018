"""Read what a reply letter undertakes: the units and paragraphs after the words 下一步."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.passage import Passage, join
from kg.extract.drafts import Draft
from kg.extract.outline import Unit

_NEXT = re.compile(r"下一步|下步|下一阶段|今后(?:一段时间|一个时期)?,?(?:我|本|将)|接下来")


def find_undertakings(root: Unit) -> Iterator[Draft]:
    """Find what a reply undertakes: the units and paragraphs after the words 下一步."""
    yield from (draft for draft in map(_undertaking, _undertaken(root)) if draft.text)


def _undertaken(root: Unit) -> Iterator[Unit]:
    started = False
    for unit in root.walk():
        if not started and leads_on(unit.heading):
            yield from _leaves(unit)
            return
        if started and unit.kind == "item":
            yield unit
        started = started or any(announces_next(part) for part in unit.body)


def leads_on(heading: Passage) -> bool:
    """Tell whether a heading of a reply leads on from what was done to what is to come."""
    return _NEXT.search(heading.text) is not None


def announces_next(part: Passage) -> bool:
    """Tell whether a paragraph of a reply announces what is to come, as the items after it."""
    return leads_on(part) and part.text.endswith(":")


def _undertaking(unit: Unit) -> Draft:
    section = tuple(s for s in unit.section if s) if unit.kind != "item" else ()
    path = unit.path if unit.kind != "item" else (unit.numeral,)
    body = [p for p in unit.body[:1] if p] if unit.kind == "item" else [p for p in unit.body if p]
    return Draft(path=path, section=section, title=unit.title or None, text=join(body) if body else unit.title)


def _leaves(unit: Unit) -> Iterator[Unit]:
    if not unit.children:
        yield unit
    for child in unit.children:
        yield from _leaves(child)
