"""Pair the records of two lists that tell of one document, whatever their ids: by what they say and where they stand."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kg.records import (
    Achievement,
    Citation,
    Commitment,
    Deadline,
    Evidence,
    Indicator,
    IndicatorValue,
    Organization,
    Project,
    Region,
    Responsibility,
    Task,
    Unread,
)

__all__ = ["Item", "Place", "by_id", "by_offsets", "by_words", "in_order", "pair"]

Place = Callable[[Evidence], Hashable]
"""Says where evidence stands: by its offsets in one text, by its words in two versions of a text."""

Key = Callable[[Any, Place], Hashable]


def by_offsets(evidence: Evidence) -> Hashable:
    """Place evidence by its offsets: for two readings of one text."""
    return evidence.start, evidence.end


def by_words(evidence: Evidence) -> Hashable:
    """Place evidence by its words, or its offsets where it has none: for readings of two versions of a text."""
    return evidence.quote or by_offsets(evidence)


def by_id(record: Any, place: Place) -> Hashable:  # noqa: ARG001  (the signature is that of every key)
    """Know a record by its id, a region by its code; a place that was not read has neither."""
    return getattr(record, "id", None) or getattr(record, "code", None)


KEYS: Mapping[type, tuple[Key, ...]] = MappingProxyType(
    {
        Task: (
            lambda r, place: (r.number, place(r.evidence)),
            lambda r, place: place(r.evidence),
            lambda r, _: (r.number, r.title),
            lambda r, _: r.number,
        ),
        Responsibility: (
            lambda r, _: (r.department, r.role, r.basis),
            lambda r, _: (r.department, r.role),
            lambda r, _: r.department,
        ),
        Deadline: (
            lambda r, place: (r.when, place(r.evidence)),
            lambda r, place: place(r.evidence),
            lambda r, _: r.when,
        ),
        Commitment: (
            lambda r, place: (r.metric, r.value, place(r.evidence)),
            lambda r, place: (r.metric, place(r.evidence)),
            lambda r, place: place(r.evidence),
            lambda r, _: (r.metric, r.value, r.by),
        ),
        Indicator: (
            lambda r, place: (r.name, place(r.evidence)),
            lambda r, _: (r.name, r.group, r.number),
            lambda r, _: r.name,
            lambda r, place: place(r.evidence),
        ),
        IndicatorValue: (
            lambda r, place: (r.period, r.kind, place(r.evidence)),
            lambda r, _: (r.period, r.kind),
            lambda r, place: place(r.evidence),
        ),
        Project: (
            lambda r, _: (r.list, r.number, r.name),
            lambda r, place: (r.name, place(r.evidence)),
            lambda r, place: place(r.evidence),
            lambda r, _: r.name,
        ),
        Achievement: (
            lambda r, place: (r.metric, r.value, place(r.evidence)),
            lambda r, place: (r.metric, place(r.evidence)),
            lambda r, place: place(r.evidence),
        ),
        Citation: (
            lambda r, place: (r.title, r.relation, place(r.evidence)),
            lambda r, place: place(r.evidence),
            lambda r, _: (r.title, r.number),
        ),
        Organization: (by_id, lambda r, _: r.label),
        Region: (by_id, lambda r, _: r.name),
        Unread: (lambda r, place: (r.kind, place(r.evidence)), lambda r, place: place(r.evidence)),
    }
)
"""What each kind of record is known by, the surest first. Ids are not among them: those that count shift from reading to reading."""


def pair(left: Sequence[Any], right: Sequence[Any], place: Place, *, ids: bool = False) -> dict[int, int]:
    """Pair the records of two lists of one kind: the place in `right` by the place in `left`.

    Each key is tried on what the surer ones have left over; records that share a key are paired in order.
    `ids` tries the id first: a person who corrects a record leaves that as it was.
    """
    if not left or not right:
        return {}
    kind = type(left[0])
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for key in ((by_id,) if ids and kind is not Unread else ()) + KEYS[kind]:
        free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for at, record in enumerate(right):
            if at not in taken:
                free[key(record, place)].append(at)
        for at, record in enumerate(left):
            if at not in pairs and (same := free.get(key(record, place))):
                pairs[at] = same.popleft()
                taken.add(pairs[at])
    return pairs


@dataclass(slots=True, kw_only=True)
class Item:
    """A record of the merged list, with its places in the list as kept, as read before and as read now."""

    record: Any
    kept: int | None = None
    before: int | None = None
    now: int | None = None


def in_order(items: Sequence[Item]) -> Iterator[Item]:
    """Order the records as they are read now, those of a person's own behind the one they stood behind.

    Where a person has changed the order, that order stays, and new records come behind the one they are read behind.
    """
    kept = sorted((i for i in items if i.kept is not None), key=lambda i: i.kept or 0)
    now = sorted((i for i in items if i.now is not None), key=lambda i: i.now or 0)
    were = [item.before for item in kept if item.before is not None]
    first, second = (now, kept) if were == sorted(were) else (kept, now)
    order: list[Item] = list(first)
    there = set(map(id, order))
    previous: Item | None = None
    for item in second:
        if id(item) not in there:
            at = next((n for n, other in enumerate(order, 1) if other is previous), 0)
            order.insert(at, item)
        previous = item
    return iter(order)
