"""Gather plans from sources: documents, records, folders and archives go in, resolved plans with an id each come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import ReadError
from kg.records import Plan
from kg.sources.file import Failure
from kg.sources.listing import list_places
from kg.sources.reading import Progress, read_each
from kg.sources.settling import Kept, Key, Settled, key_of, renamed, settle
from kg.sources.spool import Spool

__all__ = ["Gathered", "Gathering", "Plans", "gather", "gathering"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The plans of all sources by document id, the sources that gave none, and what was passed over or renamed."""

    plans: tuple[Plan, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


class _Held(Protocol):
    """Where plans are kept while they are read: a list or a spool."""

    def append(self, plan: Plan, /) -> None: ...

    def __getitem__(self, at: int, /) -> Plan: ...


class Plans:
    """Plans by document id, of which one is held in memory at a time; they can be gone through again and again."""

    def __init__(self, held: _Held, kept: Sequence[Kept]) -> None:
        self._held = held
        self._kept = kept

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Plan]:
        for one in self._kept:
            yield renamed(self._held[one.at], one.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """As `Gathered`, for more plans than memory holds."""

    plans: Plans
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


def gather(sources: Sequence[str | Path] = (), *, progress: Progress | None = None) -> Gathered:
    """Read every source and resolve it; without a source, the bundled dataset.

    A source is a path to a document, records, an archive or a folder, a URL or `-` for standard input; see
    `kg.sources.list_sources`. Raises `ReadError` where no source gives a plan; its message has one line for each.
    """
    held: list[Plan] = []
    settled = _read(sources, held, progress)
    return Gathered(plans=tuple(Plans(held, settled.kept)), failures=settled.failures, notes=settled.notes)


@contextmanager
def gathering(sources: Sequence[str | Path] = (), *, progress: Progress | None = None) -> Iterator[Gathering]:
    """Gather as `gather` does, with the plans on disk while they are used.

    Which plans are kept, and under which ids, is known only when all are read, so each is put on disk when it was read,
    in a file without a name, and in memory stays a key of some hundred bytes.
    """
    with Spool() as held:
        settled = _read(sources, held, progress)
        yield Gathering(plans=Plans(held, settled.kept), failures=settled.failures, notes=settled.notes)


def _read(sources: Sequence[str | Path], held: _Held, progress: Progress | None) -> Settled:
    """Read all sources, keep the plans and settle which count."""
    listing = list_places(sources)
    keys: list[Key] = []
    failures: list[Failure] = []
    for result in read_each(listing.places, progress):
        if isinstance(result.found, Failure):
            failures.append(result.found)
        else:
            held.append(result.found)
            keys.append(key_of(result, result.found))
    if not keys:
        raise ReadError("\n".join([*(failure.reason for failure in failures), *listing.notes]))
    settled = settle(keys)
    return Settled(
        kept=settled.kept,
        failures=(*failures, *settled.failures),
        notes=(*listing.notes, *settled.notes),
    )
