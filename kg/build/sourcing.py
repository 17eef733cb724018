"""Read sources, or remember what was read of them: places go in, a key for each plan comes out, and the plans lie in the ledger.

A file of the size and time that the ledger knows is not opened. Otherwise its content is hashed, and what has the hash
and the name of something read before is not read again, wherever it lies now: in another folder or in an archive.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.build.ledger import pack_plan
from kg.errors import ReadError
from kg.sources.file import ARCHIVES, Failure, File, ending
from kg.sources.files import files_of
from kg.sources.reading import read_file
from kg.sources.settling import Kept, Key, Settled, key_of, settle

if TYPE_CHECKING:
    from kg.build.ledger import Ledger
    from kg.sources import Progress
    from kg.sources.listing import Listing, Place

__all__ = ["Sourced", "State", "digest_of", "key_of_place", "read_sources", "state_of"]

_SETTLED = 2 * 10**9
"""Nanoseconds after which a file that is written again certainly gets another time (file systems count up to two seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A file as the system tells of it: size in bytes, time in nanoseconds, and whether that time is long enough ago to tell."""

    size: int
    changed: int
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What the sources gave: the documents that are kept with their readings, and how many files were read and not read."""

    settled: Settled
    readings: tuple[int, ...]
    read: int
    known: int

    def kept(self) -> Iterator[tuple[Kept, int]]:
        """Give each document that is kept with its reading."""
        for one in self.settled.kept:
            yield one, self.readings[one.at]


@dataclass(slots=True)
class _Found:
    """What a file of a place gave: the id of a reading with its key, or why there is none."""

    suffix: str
    reading: int | None
    reason: str | None


def read_sources(listing: Listing, ledger: Ledger, progress: Progress | None) -> Sourced:
    """Read the sources that the ledger does not know as they are; the others are left alone.

    Raises `ReadError` where no source gives a plan.
    """
    reader = _Reader(ledger)
    keys: list[Key] = []
    readings: list[int] = []
    failures: list[Failure] = []
    for place in listing.places:
        for found in reader.found(place):
            label = place.label + found.suffix
            if found.reading is None:
                failures.append(Failure(source=label, reason=found.reason or ""))
            else:
                keys.append(replace(reader.keys[found.reading], label=label))
                readings.append(found.reading)
        if progress:
            progress(place.at)
    if not keys:
        raise ReadError("\n".join([*(failure.reason for failure in failures), *listing.notes]))
    reader.forget_others()
    settled = settle(keys)
    together = replace(
        settled,
        failures=(*failures, *settled.failures),
        notes=(*listing.notes, *settled.notes),
    )
    return Sourced(settled=together, readings=tuple(readings), read=reader.read, known=len(keys) - reader.read)


def key_of_place(at: Path | str) -> bytes:
    """Return how the ledger names a place: paths in full, addresses as they are."""
    return os.fsencode(Path(os.path.abspath(at)) if isinstance(at, Path) else at)  # noqa: PTH100  (links stay as named)


def state_of(at: Path | str) -> State | None:
    """Return the state of a file, or None for what is no file here."""
    if not isinstance(at, Path):
        return None
    try:
        told = at.stat()
    except (OSError, ValueError):
        return None
    return State(size=told.st_size, changed=told.st_mtime_ns, settled=time.time_ns() - told.st_mtime_ns > _SETTLED)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Reader:
    """Reads what the ledger does not know; `keys` are those of all readings, without labels."""

    def __init__(self, ledger: Ledger) -> None:
        self._database = ledger.database
        self._places = {row[0]: row[1:] for row in self._database.execute("SELECT * FROM place")}
        self._results: dict[bytes, list[_Found]] = {}
        rows = self._database.execute("SELECT at, suffix, reading, reason FROM result ORDER BY at, n")
        for at, *found in rows:
            self._results.setdefault(at, []).append(_Found(*found))
        self._readings: dict[tuple[str, str], int] = {}
        self.keys: dict[int, Key] = {}
        for number, sha256, name, key in self._database.execute("SELECT id, sha256, name, key FROM reading"):
            self._readings[sha256, name] = number
            self.keys[number] = msgspec.json.decode(key, type=Key)
        self._seen: set[bytes] = set()
        self.read = 0

    def found(self, place: Place) -> list[_Found]:
        """Give what the files of a place gave."""
        at, state = key_of_place(place.at), state_of(place.at)
        if at not in self._seen and not self._is_known(place, at, state):
            self._record(place, at, state, self._read(place))
        self._seen.add(at)
        return self._results[at]

    def forget_others(self) -> None:
        """Take out of the ledger what is no source any more."""
        gone = [(at,) for at in self._places.keys() - self._seen]
        self._database.executemany("DELETE FROM place WHERE at = ?", gone)
        self._database.executemany("DELETE FROM result WHERE at = ?", gone)
        self._database.execute(
            "DELETE FROM reading WHERE id NOT IN (SELECT reading FROM result WHERE reading IS NOT NULL)"
        )

    def _is_known(self, place: Place, at: bytes, state: State | None) -> bool:
        known = self._places.get(at)
        if known is None or state is None:
            return False
        label, short, size, changed, settled, _ = known
        if (state.size, state.changed, True) != (size, changed, bool(settled)):
            return False
        said = all(found.reason is None for found in self._results.get(at, ()))
        return said or (label, short) == (place.label, place.short)  # a reason names the file as it was named then

    def _read(self, place: Place) -> tuple[list[_Found], str | None]:
        """Read the files of a place; give the hash of a single one too."""
        results: list[_Found] = []
        digest = None
        for file in files_of(place):
            if isinstance(file, Failure):
                results.append(_Found(file.source.removeprefix(place.label), None, file.reason))
                continue
            digest = hashlib.sha256(file.data).hexdigest()
            results.append(self._of_file(file, digest, file.label.removeprefix(place.label)))
        if isinstance(place.at, Path) and ending(place.at.name) in ARCHIVES and place.at.is_file():
            digest = digest_of(place.at)
        return results, digest

    def _of_file(self, file: File, digest: str, suffix: str) -> _Found:
        number = self._readings.get((digest, file.name))
        if number is not None:
            return _Found(suffix, number, None)
        result = read_file(file)
        if isinstance(result.found, Failure):
            return _Found(suffix, None, result.found.reason)
        key = replace(key_of(result, result.found), label="")
        added = self._database.execute(
            "INSERT INTO reading (sha256, name, key, extractor, plan) VALUES (?, ?, ?, ?, ?)",
            (digest, file.name, msgspec.json.encode(key).decode(), result.found.extractor, pack_plan(result.found)),
        )
        number = int(added.lastrowid or 0)
        self._readings[digest, file.name], self.keys[number] = number, key
        self.read += 1
        return _Found(suffix, number, None)

    def _record(self, place: Place, at: bytes, state: State | None, read: tuple[list[_Found], str | None]) -> None:
        self._results[at], digest = read
        self._database.execute("DELETE FROM result WHERE at = ?", (at,))
        self._database.executemany(
            "INSERT INTO result VALUES (?, ?, ?, ?, ?)",
            ((at, n, found.suffix, found.reading, found.reason) for n, found in enumerate(self._results[at])),
        )
        told = (state.size, state.changed, state.settled) if state else (None, None, False)
        self._database.execute(
            "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (at, place.label, place.short, *told, digest)
        )
