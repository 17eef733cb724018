"""Find what a page is about: a name goes in, the bodies or the documents that it means come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from kg.bearers import Bearer, bearers
from kg.errors import QueryError
from kg.rank import FunctionLabels, function_label
from kg.records import Indicator, Plan, Project, Region, Task

__all__ = ["Center", "CenterKind", "UnknownCenterError", "find_center"]


REGION, ORGANIZATION, FUNCTION, WRITTEN = range(4)  # what a name is taken for, first to last


class UnknownCenterError(QueryError):
    """No department and no region of the plans has the name that is asked for."""


class CenterKind(StrEnum):
    """What stands in the middle of a page."""

    DEPARTMENT = "department"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Center:
    """The middle of a page; `members` are the keys of its bodies, or the ids of the region's documents."""

    kind: CenterKind
    label: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One way to call a centre; where several centres share a spelling, the lowest `order` is meant."""

    order: int
    spelling: str
    kind: CenterKind
    label: str
    member: str


def find_center(plans: Sequence[Plan], name: str, labels: FunctionLabels, language: str) -> Center:
    """Find the centre called `name`, whatever the width, case and spacing of its letters.

    A name is taken as a region (code or name), else as a full label of an organisation, else as a government function
    (notation or label), else as a name as written; in the last two cases it can mean several bodies: it means them all.
    Raises `UnknownCenterError`, with the nearest names, where nothing is called so.
    """
    names = [*_region_names(plans), *_body_names(plans, labels, language)]
    same = [known for known in names if _fold(known.spelling) == _fold(name)]
    if not same:
        raise UnknownCenterError(_advice(name, names))
    first = min(same, key=lambda known: known.order)
    members = frozenset(known.member for known in same if known.order == first.order)
    shared = first.order == WRITTEN and len(members) > 1
    return Center(kind=first.kind, label=first.spelling if shared else first.label, members=members)


def _region_names(plans: Sequence[Plan]) -> Iterator[_Name]:
    """Name each plan's region and those above it: a page on a city holds the plans of its districts."""
    for plan in plans:
        document = plan.document
        chain = [(document.region_code, document.region), (None, document.parent_region)]
        for code, region in [*chain, *_regions_above(plan)]:
            for spelling in (code, region):
                if spelling:
                    label = region or spelling
                    yield _Name(
                        order=REGION, spelling=spelling, kind=CenterKind.REGION, label=label, member=document.id
                    )


def _regions_above(plan: Plan) -> Iterator[tuple[str, str]]:
    known: dict[str | None, Region] = {region.code: region for region in plan.regions}
    region = known.pop(plan.document.region_code, None)
    while region:  # each region is popped, so that a circle of parents ends
        yield region.code, region.name
        region = known.pop(region.parent, None)


def _body_names(plans: Sequence[Plan], labels: FunctionLabels, language: str) -> Iterator[_Name]:
    for plan in plans:
        bearer_of = bearers(plan)
        holders: tuple[Task | Indicator | Project, ...] = (*plan.tasks, *plan.indicators, *plan.projects)
        for holder in holders:
            for responsibility in holder.responsibilities:
                bearer = bearer_of(responsibility)
                written = dict.fromkeys((responsibility.department, *bearer.names))
                yield from _names_of(bearer, labels, language)
                for name in written:
                    yield _body_name(WRITTEN, name, bearer.label, bearer)


def _names_of(bearer: Bearer, labels: FunctionLabels, language: str) -> Iterator[_Name]:
    if bearer.kind is not None:  # resolved: the label is the organisation's own
        for name in (bearer.key, bearer.label):
            yield _body_name(ORGANIZATION, name, bearer.label, bearer)
    if notation := bearer.function:
        label = function_label(notation, labels, language) or notation
        for spelling in (notation, *labels.get(notation, {}).values()):
            yield _body_name(FUNCTION, spelling, label, bearer)


def _body_name(order: int, spelling: str, label: str, bearer: Bearer) -> _Name:
    return _Name(order=order, spelling=spelling, kind=CenterKind.DEPARTMENT, label=label, member=bearer.key)


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _advice(name: str, names: list[_Name]) -> str:
    spelling = {_fold(known.spelling): known.spelling for known in names}
    if not spelling:
        return f"nothing is called {name!r}: these plans name no department and no region"
    nearest = get_close_matches(_fold(name), sorted(spelling), n=5, cutoff=0.0)
    return f"no department or region is called {name!r}; nearest: {'、'.join(spelling[key] for key in nearest)}"
