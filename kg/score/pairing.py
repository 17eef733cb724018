"""Find what stands for the same on both sides: documents by hash, file, number or title; tasks by place, number or title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from kg.score.reading import Reading, Unit

__all__ = ["Unpaired", "pair_documents", "pair_units"]

_LEAST_SHARED = 0.5
"""Two tasks of one text are the same where they share this much of the characters of both together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaired:
    """A document that only one side has: `side` says which, `reason` why it was not paired."""

    side: Literal["found", "reference"]
    name: str
    reason: str


def pair_documents(
    found: Sequence[Reading], reference: Sequence[Reading]
) -> tuple[list[tuple[int, int]], list[Unpaired]]:
    """Pair documents by the hash of their bytes, else their file's name, else their number, else their title.

    Gives the places of each pair on both sides. What several documents of one side share pairs none of them: they stay
    for the next key, but for the hash, for those are one document several times over.
    """
    pairs: dict[int, int] = {}
    blocked: tuple[set[int], set[int]] = (set(), set())
    for name, key in _KEYS.items():
        ours = _by_key(found, key, blocked[0] | set(pairs))
        theirs = _by_key(reference, key, blocked[1] | set(pairs.values()))
        for value in ours.keys() & theirs.keys():
            if len(ours[value]) == len(theirs[value]) == 1:
                pairs[ours[value][0]] = theirs[value][0]
            elif name == "hash":
                blocked[0].update(ours[value])
                blocked[1].update(theirs[value])
    lone = [_alone("found", r, reference) for at, r in enumerate(found) if at not in pairs]
    lone += [_alone("reference", r, found) for at, r in enumerate(reference) if at not in pairs.values()]
    return sorted(pairs.items(), key=lambda pair: (found[pair[0]].name, reference[pair[1]].name)), lone


def pair_units(found: Sequence[Unit], reference: Sequence[Unit], *, same_text: bool) -> dict[str, str]:
    """Pair tasks of two readings of a document: found id → reference id.

    Where both have offsets in the same text, tasks that share most of their characters are paired first. The rest are
    paired by the beginning of the text together with the number path, the beginning alone, the number path alone, and
    the title; in each step the first of the found with the first of the reference that is still free.
    """
    pairs = _by_span(found, reference) if same_text else {}
    free = {unit.id: unit for unit in reference if unit.id not in set(pairs.values())}
    for same in (_same_place, _same_beginning, _same_number, _same_title):
        for ours in found:
            if ours.id in pairs:
                continue
            theirs = next((name for name, unit in free.items() if same(ours, unit)), None)
            if theirs is not None:
                pairs[ours.id] = theirs
                del free[theirs]
    return pairs


def _file_name(reading: Reading) -> str | None:
    return Path(reading.file).name if reading.file else None


_KEYS: Mapping[str, Callable[[Reading], str | None]] = MappingProxyType(
    {
        "hash": lambda reading: reading.sha256,
        "file name": _file_name,
        "number": lambda reading: reading.number,
        "title": lambda reading: reading.title,
    }
)
"""What documents are paired by, the surest first."""


def _by_key(readings: Sequence[Reading], key: Callable[[Reading], str | None], taken: set[int]) -> dict[str, list[int]]:
    """Give the places of the readings that are still free by the value of a key; empty ones have none."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        if at not in taken and (value := key(reading)):
            places[value].append(at)
    return places


def _alone(side: Literal["found", "reference"], reading: Reading, others: Sequence[Reading]) -> Unpaired:
    """Say why a reading is alone: nothing on the other side is of its document, or more than one thing on a side is."""
    shared = [name for name, key in _KEYS.items() if key(reading) and key(reading) in map(key, others)]
    what = "reference" if side == "found" else "record"
    if shared:
        reason = f"several documents of one side have its {shared[0]}: score them one by one"
    else:
        reason = f"no {what} has its hash, file name, number or title"
    return Unpaired(side=side, name=reading.name, reason=reason)


def _by_span(found: Sequence[Unit], reference: Sequence[Unit]) -> dict[str, str]:
    shares = [(_shared(ours, theirs), ours, theirs) for ours in found for theirs in reference]
    near = [(share, ours, theirs) for share, ours, theirs in shares if share >= _LEAST_SHARED]
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, ours, theirs in sorted(near, key=lambda s: (-s[0], s[1].start, s[2].start, s[1].id, s[2].id)):
        if ours.id not in pairs and theirs.id not in taken:
            pairs[ours.id] = theirs.id
            taken.add(theirs.id)
    return pairs


def _shared(one: Unit, other: Unit) -> float:
    """Give the share of characters that two tasks have in common, of those that either has."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    both = max(one.end, other.end) - min(one.start, other.start)
    return common / both if common > 0 else 0.0


def _same_beginning(found: Unit, reference: Unit) -> bool:
    return reference.mark is not None and reference.mark in found.head


def _same_number(found: Unit, reference: Unit) -> bool:
    return bool(reference.number) and reference.number == found.number


def _same_place(found: Unit, reference: Unit) -> bool:
    return _same_beginning(found, reference) and reference.number == found.number


def _same_title(found: Unit, reference: Unit) -> bool:
    return bool(reference.title) and reference.title == found.title
