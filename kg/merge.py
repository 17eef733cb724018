"""Merge a new reading of a document into its corrected records: what a person changed, added or deleted stays."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from kg.errors import MergeError
from kg.matching import Item, by_offsets, by_words, in_order, pair
from kg.records import Commitment, Evidence, Organization, Plan, Region, Responsibility

__all__ = ["Difference", "Merge", "merge"]

_LISTS = ("indicators", "projects", "achievements", "citations", "organizations", "regions", "unread")
"""The lists of a plan that no other list points into, or that point into none."""

_UNSAID = frozenset({"id", "organization"})
"""Fields that a reading numbers or derives: a change there is no other reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place that a person corrected and the new reading reads differently than the old one did.

    `record` is the id of the record, `field` its field, or empty where the record as a whole was added, deleted or lost.
    `before`, `kept` and `now` are the old reading, what stays, and the new reading; None where the record is not there.
    """

    record: str
    field: str
    before: Any
    kept: Any
    now: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The merged records, how many corrections they keep, where those hide another reading, and whether the document changed."""

    plan: Plan
    corrections: int
    differences: tuple[Difference, ...] = ()
    document_changed: bool = False


def merge(kept: Plan, reading: Plan, *, before: Plan | None) -> Merge:
    """Merge a new reading into the records that a person may have corrected since the reading `before`.

    Field by field: what is as it was read before follows the new reading, what is not stays. Merging again changes
    nothing. Without `before` nothing tells what was corrected: all of `kept` stays, and every difference is listed.

    Raises `MergeError` where `kept` tells of another document, or where the document has changed and the words of a
    correction are not found in the new one.
    """
    old = (before or kept).document
    same_text = old.sha256 == reading.document.sha256
    if not same_text and (before is None or not _same_document(old, reading)):
        what = "another document" if not _same_document(old, reading) else "an earlier version of the document"
        raise MergeError(
            f"holds the records of {what}, {old.file}: name another place with -o, or say --overwrite to lose them"
        )
    merging = _Merging(
        same_text=same_text,
        loud=before is None,
        taken={record.id for record in _records(reading) if hasattr(record, "id")},
        places=_places(reading) if not same_text else {},
    )
    plan = merging.plan(kept, before or reading, reading)
    if merging.lost:
        raise MergeError(
            f"the document has changed, and the words of {len(merging.lost)} corrected records are not in it any more, "
            f"first those of {merging.lost[0]}: name another place with -o and carry them over, or say --overwrite"
        )
    return Merge(
        plan=plan,
        corrections=merging.corrections,
        differences=tuple(merging.differences),
        document_changed=not same_text,
    )


def _same_document(old: Any, reading: Plan) -> bool:
    new = reading.document
    return old.sha256 == new.sha256 or old.id == new.id or (old.title, old.region) == (new.title, new.region)


@dataclass(slots=True, kw_only=True)
class _Merging:
    """One merge under way: what it found so far, and the ids that new records cannot have."""

    same_text: bool
    loud: bool
    taken: set[str]
    places: Mapping[str, frozenset[int]]
    corrections: int = 0
    differences: list[Difference] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def plan(self, kept: Plan, before: Plan, now: Plan) -> Plan:
        """Merge the tasks, then what points to them, then the rest; and let no link lead to nothing."""
        document = self._fields(kept.document, before.document, now.document, "document")
        tasks = self._list(kept.tasks, before.tasks, now.tasks)
        commitments = self._list(self._relinked(kept.commitments), self._relinked(before.commitments), now.commitments)
        lists = {name: self._list(getattr(kept, name), getattr(before, name), getattr(now, name)) for name in _LISTS}
        extractor = self._value(kept.extractor, before.extractor, now.extractor, "document", "extractor")
        known = {task.id for task in tasks}
        linked = tuple(c if c.task is None or c.task in known else replace(c, task=None) for c in commitments)
        plan = Plan(document=document, extractor=extractor, tasks=tasks, commitments=linked, **lists)
        return _with_bodies(plan, (*kept.organizations, *now.organizations), (*kept.regions, *now.regions))

    def _relinked(self, commitments: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
        """Point to the tasks as they are called now."""
        return tuple(replace(c, task=self.renamed.get(c.task, c.task)) if c.task else c for c in commitments)

    def _list(self, kept: tuple[Any, ...], before: tuple[Any, ...], now: tuple[Any, ...]) -> tuple[Any, ...]:
        """Merge a list of records."""
        place = by_offsets if self.same_text else by_words
        left = pair(kept, before, place, ids=not self.loud)
        read = pair(before, now, place)
        found = {at: read[was] for at, was in left.items() if was in read}
        own = [at for at, record in enumerate(kept) if at not in found and not _is(record, before, left.get(at))]
        new = [at for at in range(len(now)) if at not in read.values()]
        again = pair([kept[at] for at in own], [now[at] for at in new], place)
        found |= {own[at]: new[to] for at, to in again.items()}
        items = [
            Item(
                record=self._kept(record, before, left.get(at), now, found.get(at)),
                kept=at,
                before=left.get(at),
                now=found.get(at),
            )
            for at, record in enumerate(kept)
            if at in found or at in own
        ]
        fresh = [at for at in new if at not in found.values()]
        items += [Item(record=now[at], now=at) for at in fresh]
        for was, at in read.items():
            if was not in left.values():
                self._deleted(before[was], now[at])
        return tuple(item.record for item in in_order(items))

    def _kept(self, record: Any, before: Sequence[Any], was: int | None, now: Sequence[Any], at: int | None) -> Any:
        """Merge a record of the kept list with what was read and is read at its place."""
        old = None if was is None else before[was]
        if at is not None:
            merged: Any = self._fields(record, old, now[at], _name(now[at]))
            if hasattr(merged, "id"):
                self.renamed |= {each.id: merged.id for each in (record, old) if each is not None}
            return merged
        self.corrections += 1
        placed = self._free(self._placed(record, _name(record)))
        if old is not None or self.loud:
            self._differ(_name(placed), "", old, record, None)
        return placed

    def _fields(self, kept: Any, before: Any, now: Any, name: str) -> Any:
        """Merge a record field by field; one that a person added (`before` is None) keeps all but its id."""
        changes: dict[str, Any] = {}
        for each in fields(now):
            values: list[Any] = [getattr(record, each.name, None) for record in (kept, before, now)]
            if any(isinstance(value, tuple) and value and is_dataclass(value[0]) for value in values):
                changes[each.name] = self._list(values[0], values[1] or (), values[2])
            elif each.name == "id":
                changes["id"] = self._id(kept, before, now)
            elif before is None:
                changes[each.name] = self._added(values[0], values[2], name, each.name)
            else:
                changes[each.name] = self._value(values[0], values[1], values[2], name, each.name)
        return replace(now, **changes)

    def _id(self, kept: Any, before: Any, now: Any) -> str:
        if before is None or kept.id in (before.id, now.id) or kept.id in self.taken:
            return str(now.id)
        self.taken.add(kept.id)
        return str(kept.id)

    def _added(self, kept: Any, now: Any, name: str, field_name: str) -> Any:
        if kept == now or self._same_words(kept, now):
            return now
        self._differ(name, field_name, None, kept, now)
        return self._placed(kept, name)

    def _value(self, kept: Any, before: Any, now: Any, name: str, field_name: str) -> Any:
        if kept in (before, now) or self._same_words(kept, now):
            return now
        self.corrections += 1
        if self.loud or before != now:
            self._differ(name, field_name, before, kept, now)
        return self._placed(kept, name)

    def _same_words(self, kept: Any, now: Any) -> bool:
        """Tell whether evidence only moved with the text that changed around it."""
        moved = not self.same_text and isinstance(kept, Evidence) and isinstance(now, Evidence)
        return moved and kept.quote is not None and kept.quote == now.quote

    def _deleted(self, before: Any, now: Any) -> None:
        """Leave out a record that a person deleted, and say so where it is read differently now."""
        self.corrections += 1
        if hasattr(before, "id"):
            self.renamed[before.id] = now.id
        if self.loud or (self._content(before) != self._content(now)):
            self._differ(_name(now), "", before, None, now)

    def _content(self, record: Any) -> Any:
        """Give what a record says, without what counts or places it."""
        hidden = _UNSAID if self.same_text else _UNSAID | {"start", "end"}
        return _without(record, hidden)

    def _differ(self, record: str, field_name: str, before: Any, kept: Any, now: Any) -> None:
        if field_name in _UNSAID:
            return
        told = None if self.loud else before
        self.differences.append(Difference(record=record, field=field_name, before=told, kept=kept, now=now))

    def _placed(self, value: Any, name: str) -> Any:
        """Find the words of a person's own record or evidence in the new text; they stay where they are in the same one."""
        if self.same_text:
            return value
        if isinstance(value, Evidence):
            starts = self.places.get(value.quote or "") or _inside(value.quote, self.places)
            if len(starts) != 1:
                self.lost.append(name)
                return value
            start = next(iter(starts))
            return replace(value, start=start, end=start + value.end - value.start)
        if isinstance(value, tuple):
            return tuple(self._placed(part, name) for part in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self._placed(getattr(value, f.name), name) for f in fields(value)})
        return value

    def _free(self, record: Any) -> Any:
        """Give a record that the new reading does not have ids that this has not given to another."""
        if isinstance(record, tuple):
            return tuple(map(self._free, record))
        if not is_dataclass(record) or isinstance(record, type | Evidence | Region):
            return record
        changes = {f.name: self._free(getattr(record, f.name)) for f in fields(record)}
        if "id" in changes:
            old = changes["id"]
            changes["id"] = self.renamed[old] = _free_id(old, self.taken)
            self.taken.add(changes["id"])
        return replace(record, **changes)


def _free_id(name: str, taken: set[str]) -> str:
    """Give a name that is not taken: `m5` becomes `m5_k`, then `m5_k2`."""
    count = 1
    free = name
    while free in taken:
        free = f"{name}_k{count if count > 1 else ''}"
        count += 1
    return free


def _is(record: Any, before: Sequence[Any], was: int | None) -> bool:
    return was is not None and record == before[was]


def _without(value: Any, hidden: frozenset[str]) -> Hashable:
    if isinstance(value, tuple):
        return tuple(_without(part, hidden) for part in value)
    if is_dataclass(value):
        return tuple(_without(getattr(value, f.name), hidden) for f in fields(value) if f.name not in hidden)
    return value  # type: ignore[no-any-return]  # a scalar


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from _records(item)
    elif is_dataclass(value):
        yield value
        for each in fields(value):
            yield from _records(getattr(value, each.name))


def _places(reading: Plan) -> dict[str, frozenset[int]]:
    """Give the starts of every quote of a reading."""
    found: dict[str, set[int]] = {}
    for record in _records(reading):
        if isinstance(record, Evidence) and record.quote:
            found.setdefault(record.quote, set()).add(record.start)
    return {quote: frozenset(starts) for quote, starts in found.items()}


def _inside(words: str | None, places: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Give the starts of words inside the quotes of a reading."""
    if not words:
        return frozenset()
    exact = re.compile(re.escape(words))
    return frozenset(
        start + match.start()
        for quote, starts in places.items()
        if words in quote
        for match in exact.finditer(quote)
        for start in starts
    )


def _name(record: Any) -> str:
    """Name a record in a message: by its id, a region by its code, a place that was not read by its offsets."""
    if hasattr(record, "id"):
        return str(record.id)
    return record.code if isinstance(record, Region) else f"unread {record.evidence.start}–{record.evidence.end}"


def _with_bodies(plan: Plan, bodies: Iterable[Organization], regions: Iterable[Region]) -> Plan:
    """Add the organisations and regions that the records name and a merge left out, where the plan is resolved."""
    named = {record.organization for record in _records(plan) if isinstance(record, Responsibility)}
    missing = named - {body.id for body in plan.organizations}
    more = {body.id: body for body in bodies if body.id in missing} if plan.organizations else {}
    code = plan.document.region_code
    above = {r.code: r for r in regions if r.code == code} if plan.regions else {}
    own = {} if any(region.code == code for region in plan.regions) else above
    return replace(
        plan,
        organizations=(*plan.organizations, *more.values()),
        regions=(*plan.regions, *own.values()),
    )
