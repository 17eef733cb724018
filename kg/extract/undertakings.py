"""Read what a reply letter undertakes: the units and paragraphs after the words 下一步."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.documents.passage import Passage, join
from kg.extract.drafts import Draft
from kg.extract.outline import Unit

_NEXT = re.compile(r"下一步|下步|下一阶段|今后(?:一段时间|一个时期)?,?(?:我|本|将)|接下来")
_AHEAD = re.compile(r"^(?!去年|截至|目前|近年)[^。]*?(?:将(?!军)|拟|计划|力争|争取|底前|月前|要(?!求|素))")
_BEGINS = re.compile(rf"(?:同时|此外|另外)?,?(?:{_NEXT.pattern})")


def find_undertakings(root: Unit) -> Iterator[Draft]:
    """Find what a reply undertakes: the units below the words 下一步, and the paragraphs that begin with them."""
    yield from (draft for draft in _undertaken(root) if draft.text)


def _undertaken(root: Unit) -> Iterator[Draft]:
    started = False
    done: list[Unit] = []
    for unit in root.walk():
        if unit.parent is not None and any(unit.parent is other for other in done):
            done.append(unit)
        elif not started and leads_on(unit.heading):
            yield from map(_undertaking, _leaves(unit))
            done.append(unit)
        elif started and unit.kind == "item":
            yield _undertaking(unit)
        else:
            yield from (_paragraph(unit, part) for part in _next_paragraphs(unit.body))
        if any(announces_next(part) for part in unit.body):
            started = True
            if unit.children and unit not in done and unit.kind != "item":
                yield from map(_undertaking, (leaf for child in unit.children for leaf in _leaves(child)))
                done.append(unit)


def _next_paragraphs(parts: Sequence[Passage]) -> Iterator[Passage]:
    """Give the paragraph that begins with what is to come, and those below it that look ahead too."""
    first = next((at for at, part in enumerate(parts) if begins_next(part)), len(parts))
    return (
        part for part in parts[first:] if begins_next(part) or (_AHEAD.search(part.text) and not announces_next(part))
    )


def _paragraph(unit: Unit, part: Passage) -> Draft:
    section = (*unit.section, unit.heading.text) if unit.heading else unit.section
    return Draft(path=unit.path, section=section, text=part)


def begins_next(part: Passage) -> bool:
    """Tell whether a paragraph of a reply begins with what is to come and says it itself."""
    return _BEGINS.match(part.text) is not None and not part.text.endswith(":")


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
