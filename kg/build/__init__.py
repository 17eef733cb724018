"""Build all outputs of some sources: sources go in, a folder with tables, graph, store and records comes out, whole or not at all.

A build begins with the one that it replaces: what did not change is not read and not written again, and the result is
what a build from nothing would be.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.build.earlier import Earlier, earlier_build
from kg.build.ledger import StoredPlans, open_ledger
from kg.build.outputs import LEDGER, OWN
from kg.build.sourcing import key_of_place, read_sources
from kg.build.writing import Changes, write_build
from kg.errors import OutputError
from kg.records import Plan
from kg.sources import Failure, Progress
from kg.sources.listing import given, list_places
from kg.sources.settling import Settled
from kg.swap import swap, workshop

__all__ = ["Build", "Changes", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What was built: the plans, the sources that gave none, notes on what was passed over, the folder, and what changed in it.

    The plans are read from the folder as they are asked for, one at a time, and stay what they are when it is built anew.
    `read` is the number of files that were read; `changes` is None where there was no earlier build to begin with.
    """

    plans: Sequence[Plan]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
    folder: Path
    read: int
    changes: Changes | None


def build(
    sources: Sequence[str | Path] = (), out: str | Path = "out", *, full: bool = False, progress: Progress | None = None
) -> Build:
    """Build the outputs of the sources, or of the bundled dataset where there is none, in the folder `out`.

    Equal sources give equal bytes, but for the files inside `store/` and `cache/`. An earlier build in `out` is
    replaced in one step, so that a reader sees the old or the new one, and what a person put beside its files is kept.
    What it read of a source that has not changed, by size and time or else by content, is not read again, unless this
    version of kg differs from that which built it, or `full` asks for it. `progress` is called after each source.
    Raises `ReadError` where no source gives a plan, and `OutputError` where `out` is another folder than an earlier
    build or an empty one, holds a file of a build that was changed since, or cannot be written.
    """
    folder = Path(out).resolve()
    try:
        with workshop(folder, OWN) as new:  # which nobody else has now, so that the earlier build stays as it is
            earlier = earlier_build(folder)
            base = None if full else earlier
            try:
                settled, read, changes = _build(sources, new, base, progress)
            except (sqlite3.DatabaseError, msgspec.MsgspecError):
                if base is None:
                    raise
                shutil.rmtree(new)  # the ledger is damaged: without it everything is read anew
                base = None
                settled, read, changes = _build(sources, new, base, progress)
            new.chmod(0o755)
            swap(new, folder, OWN)
    except (OSError, sqlite3.DatabaseError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{out}: cannot be written: {reason}: choose another place with -o") from error
    return Build(
        plans=StoredPlans(folder / LEDGER),
        failures=settled.failures,
        notes=settled.notes,
        folder=Path(out),
        read=read,
        changes=changes if base else None,
    )


def _build(
    sources: Sequence[str | Path], new: Path, earlier: Earlier | None, progress: Progress | None
) -> tuple[Settled, int, Changes]:
    listing = list_places(sources)
    with open_ledger(new / LEDGER, earlier=earlier.folder / LEDGER if earlier else None) as ledger:
        sourced = read_sources(listing, ledger, progress)
        ledger.remember_sources(key_of_place(source) for source in given(sources))
        wanted = {one.id: reading for one, reading in sourced.kept()}
        changes = write_build(new, ledger, wanted, earlier)
    return sourced.settled, sourced.read, changes
