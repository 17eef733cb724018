"""Gather what surrounds a centre: the tasks, indicators and projects it answers for, with the bodies beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.bearers import Bearer, bearers, place_of
from kg.pages.center import Center, CenterKind
from kg.records import DocumentInfo, Evidence, Indicator, Plan, Project, Responsibility, Role, Task

__all__ = ["Ego", "Entry", "Share", "gather", "shown_names", "shown_sources"]

Item = TypeVar("Item", Task, Indicator, Project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One body's role in one item."""

    bearer: Bearer
    role: Role
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[Item]):
    """A task, indicator or project of the page.

    `mine` are the shares of the centre (none where it is a region), `others` those of all other bodies.
    """

    key: str
    document: DocumentInfo
    item: Item
    mine: tuple[Share, ...]
    others: tuple[Share, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles by which the page is filtered: the centre's own, or everybody's where the centre is a region."""
        held = {share.role for share in self.mine or self.others}
        return tuple(role for role in Role if role in held)


AnyEntry = Entry[Task] | Entry[Indicator] | Entry[Project]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ego:
    """A centre and all that surrounds it; `members` are the bodies it is made of (none where it is a region)."""

    center: Center
    documents: tuple[DocumentInfo, ...]
    members: tuple[Bearer, ...]
    tasks: tuple[Entry[Task], ...]
    indicators: tuple[Entry[Indicator], ...]
    projects: tuple[Entry[Project], ...]


def gather(plans: Sequence[Plan], center: Center) -> Ego:
    """Gather the surroundings of a centre; documents come by region, date and id, whatever the order of the plans."""
    plans = sorted(plans, key=_place_in_page)
    tasks = _entries(plans, center, "t", lambda plan: plan.tasks)
    indicators = _entries(plans, center, "i", lambda plan: plan.indicators)
    projects = _entries(plans, center, "p", lambda plan: plan.projects)
    entries: tuple[AnyEntry, ...] = (*tasks, *indicators, *projects)
    named = {entry.document.id for entry in entries}
    members = {share.bearer.key: share.bearer for entry in entries for share in entry.mine}
    return Ego(
        center=center,
        documents=tuple(plan.document for plan in plans if plan.document.id in named),
        members=tuple(members.values()),
        tasks=tasks,
        indicators=indicators,
        projects=projects,
    )


def shown_names(ego: Ego) -> dict[str, str]:
    """Say how the page calls each body, by its key.

    In a page on one place 区民政局 is enough for 万州区民政局; in a page on several, bodies that are written alike are
    told apart by their place.
    """
    places = {place_of(document) for document in ego.documents}
    place = places.pop() if len(places) == 1 else None
    entries: tuple[AnyEntry, ...] = (*ego.tasks, *ego.indicators, *ego.projects)
    bodies = {share.bearer.key: share.bearer for entry in entries for share in (*entry.mine, *entry.others)}
    if place:
        return {key: _without_place(body.label, place) for key, body in bodies.items()}
    alike = Counter(body.label for body in bodies.values())
    return {key: body.label if alike[body.label] == 1 else f"{body.place}·{body.label}" for key, body in bodies.items()}


def shown_sources(ego: Ego) -> dict[str, str]:
    """Say how the page calls each document, by its id: by its place where that is enough to tell it from the others."""
    places = Counter(place_of(document) for document in ego.documents)
    return {
        document.id: place_of(document) if places[place_of(document)] == 1 else document.title
        for document in ego.documents
    }


def _without_place(label: str, place: str) -> str:
    rest = label.removeprefix(place)
    if rest in ("", label) or rest.startswith("各"):
        return rest or label
    return f"{place[-1]}{rest}"


def _place_in_page(plan: Plan) -> tuple[str, str, str]:
    document = plan.document
    return document.region_code or document.region or "", str(document.date_issued or ""), document.id


def _entries(
    plans: Sequence[Plan], center: Center, letter: str, items: Callable[[Plan], tuple[Item, ...]]
) -> tuple[Entry[Item], ...]:
    found: list[Entry[Item]] = []
    for plan in plans:
        shares_of = _sharer(plan)
        for item in items(plan):
            shares = shares_of(item.responsibilities)
            mine = tuple(share for share in shares if share.bearer.key in center.members)
            region = center.kind is CenterKind.REGION and plan.document.id in center.members
            if mine or region:
                others = tuple(share for share in shares if share not in mine)
                key = f"{letter}{len(found)}"
                found.append(Entry(key=key, document=plan.document, item=item, mine=mine, others=others))
    return tuple(found)


def _sharer(plan: Plan) -> Callable[[Iterable[Responsibility]], tuple[Share, ...]]:
    """Return the function that gives shares, each body and role once."""
    bearer_of = bearers(plan)

    def shares_of(responsibilities: Iterable[Responsibility]) -> tuple[Share, ...]:
        shares: dict[tuple[str, Role], Share] = {}
        for item in responsibilities:
            bearer = bearer_of(item)
            share = Share(bearer=bearer, role=item.role, evidence=item.evidence)
            shares.setdefault((bearer.key, item.role), share)
        return tuple(shares.values())

    return shares_of
