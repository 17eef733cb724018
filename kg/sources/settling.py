"""Settle which of the plans that were read are kept and under which ids: a key for each goes in, not the plans themselves."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from kg.records import Organization, Plan, Region
from kg.sources.file import Failure
from kg.sources.reading import Result

__all__ = ["Kept", "Key", "Settled", "key_of", "renamed", "settle"]

_MARK = 6
"""Figures of the hash that tell two documents with one id apart."""

_SHA256 = re.compile(r"[0-9a-f]{64}")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What tells a plan from others: its names, the hash of the document's bytes and the hash of what is said in it."""

    label: str
    id: str
    file: str
    sha256: str
    saying: str
    from_records: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A plan that is kept: its place among the keys, and the id that it gets."""

    at: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The plans that are kept, in the order of their ids, the records that contradict others, and what was passed over or renamed."""

    kept: tuple[Kept, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


def key_of(result: Result, plan: Plan) -> Key:
    """Make the key of a plan."""
    saying = hashlib.sha256(repr(_saying(plan)).encode("utf-8", "backslashreplace")).hexdigest()
    sha256 = plan.document.sha256
    return Key(
        label=result.label,
        id=plan.document.id,
        file=plan.document.file,
        sha256=sha256 if _SHA256.fullmatch(sha256) else saying,
        saying=saying,
        from_records=result.from_records,
    )


def settle(keys: Sequence[Key]) -> Settled:
    """Keep one plan of each document, and give documents that share an id one each.

    Two sources are one document if their bytes are the same, or if they say the same, as in another encoding. Records
    win over the document that they were made from, for a person may have corrected them; else the first is kept. Two
    records files of one document that differ cannot both be right: the second is a failure.
    """
    places, failures, notes = _without_repeats(keys)
    kept, renamings = _with_own_ids(keys, places)
    return Settled(kept=kept, failures=failures, notes=(*notes, *renamings))


def _without_repeats(keys: Sequence[Key]) -> tuple[list[int], tuple[Failure, ...], list[str]]:
    first: dict[str, int] = {}
    failures: dict[int, Failure] = {}
    notes: dict[int, str] = {}
    places: list[int] = []
    for at in sorted(range(len(keys)), key=lambda at: not keys[at].from_records):
        key = keys[at]
        found = first.get(key.sha256, first.get(key.saying))
        if found is None:
            first[key.sha256] = first[key.saying] = at
            places.append(at)
            continue
        before = keys[found]
        if not key.from_records and before.from_records:
            notes[at] = f"{key.label}: passed over: {before.label} holds its records, which may have been corrected"
        elif key.from_records and key.saying != before.saying:
            reason = f"{key.label}: holds other records of the document of {before.label}: give one of the two"
            failures[at] = Failure(source=key.label, reason=reason)
        else:
            notes[at] = f"{key.label}: passed over: the same document as {before.label}"
    return sorted(places), tuple(failures[at] for at in sorted(failures)), [notes[at] for at in sorted(notes)]


def _with_own_ids(keys: Sequence[Key], places: Iterable[int]) -> tuple[tuple[Kept, ...], list[str]]:
    """Let the one with the lowest hash keep an id that several have, whatever the order of the sources."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for at in places:
        by_id[keys[at].id].append(at)
    made = {name: min(same, key=lambda at: keys[at].sha256) for name, same in by_id.items()}
    notes: list[str] = []
    for name, same in by_id.items():
        keeper = made[name]
        for at in sorted(same, key=lambda at: keys[at].sha256):
            if at == keeper:
                continue
            marks = (f"{name}-{keys[at].sha256[:length]}" for length in range(_MARK, 65))
            own = next(mark for mark in marks if mark not in made)
            made[own] = at
            notes.append(f"{keys[at].file}: has the id of {keys[keeper].file}, {name}, and is called {own}")
    return tuple(Kept(at=made[name], id=name) for name in sorted(made)), sorted(notes)


def _saying(plan: Plan) -> tuple[object, ...]:
    """Give what tells documents apart: all that is said but the name and the bytes of the file."""
    document = replace(plan.document, file="", sha256="", id="")
    told = tuple(
        (task.number, task.title, len(task.responsibilities), task.evidence.end - task.evidence.start)
        for task in plan.tasks
    )
    promised = tuple((commitment.metric, commitment.value, commitment.by) for commitment in plan.commitments)
    return document, told, promised, len(plan.indicators), len(plan.projects), len(plan.citations)


def renamed(plan: Plan, name: str) -> Plan:
    """Give a plan another id, and all its records, whose ids begin with it."""
    if plan.document.id == name:
        return plan
    changed = _with_prefix(plan, f"{plan.document.id}_", f"{name}_")
    return replace(changed, document=replace(plan.document, id=name))


def _with_prefix(item: Item, old: str, new: str) -> Item:
    if isinstance(item, tuple):
        return tuple(_with_prefix(part, old, new) for part in item)  # type: ignore[return-value]  # a tuple of the same records
    if not is_dataclass(item) or isinstance(item, type | Organization | Region):
        return item
    changes = {field.name: _with_prefix(getattr(item, field.name), old, new) for field in fields(item)}
    for link in ("id", "task"):
        if isinstance(changes.get(link), str) and changes[link].startswith(old):
            changes[link] = new + changes[link].removeprefix(old)
    return replace(item, **changes)
