"""Remember what a build read and wrote, so that the next one does only what changed: a SQLite file beside the outputs.

It holds, for each source, its size, time and hash and what its files gave; the records of each document as they were
read; how long the piece of each document and of each shared node is in every file; and what each document says of the
shared nodes. It is a cache: without it everything is read anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import msgspec

from kg.records import Plan
from kg.sources.settling import renamed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "Ledger", "Node", "StoredPlans", "Written", "open_ledger", "pack_plan", "read_ledger"]

_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE source (n INTEGER PRIMARY KEY, at BLOB NOT NULL);
CREATE TABLE place (
    at BLOB PRIMARY KEY, label TEXT NOT NULL, short TEXT NOT NULL,
    size INTEGER, changed INTEGER, settled INTEGER NOT NULL, sha256 TEXT
);
CREATE TABLE result (
    at BLOB NOT NULL, n INTEGER NOT NULL, suffix TEXT NOT NULL, reading INTEGER, reason TEXT, PRIMARY KEY (at, n)
);
CREATE TABLE reading (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    extractor TEXT NOT NULL, plan BLOB NOT NULL,
    UNIQUE (sha256, name)
);
CREATE TABLE document (
    id TEXT PRIMARY KEY, reading INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    facts INTEGER NOT NULL, evidence INTEGER NOT NULL, lengths BLOB NOT NULL
);
CREATE TABLE register (nodes BLOB NOT NULL);
CREATE TABLE saying (
    id INTEGER PRIMARY KEY, node TEXT NOT NULL, digest BLOB NOT NULL, quads BLOB NOT NULL, UNIQUE (node, digest)
);
CREATE TABLE said (document TEXT NOT NULL, saying INTEGER NOT NULL, PRIMARY KEY (document, saying)) WITHOUT ROWID;
CREATE INDEX said_so ON said (saying);
CREATE TABLE written (path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL);
"""
_Lengths = tuple[int, ...]
_FAST = 1
"""Level of compression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a build: its id, the reading that it was made of, numbers of quads and lengths of its pieces in bytes."""

    id: str
    reading: int
    file: str
    sha256: str
    facts: int
    evidence: int
    lengths: _Lengths


class Node(NamedTuple):
    """A node that documents share, with the number of its triples and the lengths of its pieces in bytes."""

    iri: str
    triples: int
    lengths: _Lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file of a build as it was left: size in bytes, time in nanoseconds and hash."""

    size: int
    changed: int
    sha256: str


class Ledger:
    """The ledger of one build; what is not its own room's business stands in modules beside (see `kg.build.sourcing`)."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    @property
    def about(self) -> Mapping[str, str]:
        """Return what the build says of itself."""
        return dict(self.database.execute("SELECT key, value FROM about"))

    def describe(self, **about: str) -> None:
        """Say something of the build."""
        self.database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about.items())

    def sources(self) -> list[bytes]:
        """Return the sources of the build as they were named, paths in full."""
        return [row[0] for row in self.database.execute("SELECT at FROM source ORDER BY n")]

    def remember_sources(self, sources: Iterable[bytes]) -> None:
        """Put these sources in the place of those before."""
        self.database.execute("DELETE FROM source")
        self.database.executemany("INSERT INTO source (at) VALUES (?)", ((at,) for at in sources))

    def places(self) -> dict[bytes, tuple[int | None, int | None, bool, str | None]]:
        """Return size, time, whether that tells, and hash of the file at each place that was read."""
        rows = self.database.execute("SELECT at, size, changed, settled, sha256 FROM place")
        return {at: (size, changed, bool(settled), digest) for at, size, changed, settled, digest in rows}

    def extractors(self) -> tuple[str, ...]:
        """Return the names, with their versions, of the software that read the documents."""
        rows = self.database.execute(
            "SELECT DISTINCT extractor FROM reading JOIN document ON reading.id = document.reading ORDER BY 1"
        )
        return tuple(row[0] for row in rows)

    def documents(self) -> dict[str, Document]:
        """Return all documents by id, in order."""
        rows = self.database.execute("SELECT * FROM document ORDER BY id")
        names = Document.__slots__
        return {row[0]: Document(**dict(zip(names, (*row[:-1], _unpacked(row[-1])), strict=True))) for row in rows}

    def replace_documents(self, gone: Iterable[str], come: Iterable[Document]) -> None:
        """Take documents out and others in."""
        self.database.executemany("DELETE FROM document WHERE id = ?", ((one,) for one in gone))
        self.database.executemany(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((d.id, d.reading, d.file, d.sha256, d.facts, d.evidence, msgspec.msgpack.encode(d.lengths)) for d in come),
        )

    def nodes(self) -> list[Node]:
        """Return all shared nodes, in the order in which they were written."""
        row = self.database.execute("SELECT nodes FROM register").fetchone()
        return msgspec.msgpack.decode(row[0], type=list[Node]) if row else []

    def rewrite_nodes(self, nodes: Sequence[Node]) -> None:
        """Put the shared nodes in the place of those before, in their order."""
        self.database.execute("DELETE FROM register")
        self.database.execute("INSERT INTO register VALUES (?)", (msgspec.msgpack.encode(nodes),))

    def forget_said(self, document: str) -> list[str]:
        """Take out what a document says of shared nodes, and return the nodes."""
        sayings = self.database.execute(
            "SELECT id, node FROM saying JOIN said ON saying = id WHERE document = ?", (document,)
        ).fetchall()
        self.database.execute("DELETE FROM said WHERE document = ?", (document,))
        self.database.executemany(
            "DELETE FROM saying WHERE id = ?1 AND NOT EXISTS (SELECT * FROM said WHERE saying = ?1)",
            ((saying,) for saying, _ in sayings),
        )
        return [node for _, node in sayings]

    def add_said(self, document: str, said: Mapping[str, bytes]) -> None:
        """Add what a document says of shared nodes, as N-Quads; most say what others said before."""
        rows = [(node, hashlib.sha256(quads).digest(), quads) for node, quads in said.items()]
        self.database.executemany("INSERT OR IGNORE INTO saying (node, digest, quads) VALUES (?, ?, ?)", rows)
        self.database.executemany(
            "INSERT INTO said SELECT ?, id FROM saying WHERE node = ? AND digest = ?",
            ((document, node, digest) for node, digest, _ in rows),
        )

    def said_of(self, node: str) -> bytes:
        """Return all that documents say of a node."""
        return b"".join(row[0] for row in self.database.execute("SELECT quads FROM saying WHERE node = ?", (node,)))

    def plan(self, reading: int) -> Plan:
        """Return the records of a reading."""
        return _plan(self.database, reading)

    def written(self) -> dict[str, Written]:
        """Return every file of the build but the engine's and the cache, by its path in the folder."""
        rows = self.database.execute("SELECT path, size, changed, sha256 FROM written")
        return {path: Written(size=size, changed=changed, sha256=digest) for path, size, changed, digest in rows}

    def rewrite_written(self, files: Mapping[str, Written]) -> None:
        """Put these files in the place of those before."""
        self.database.execute("DELETE FROM written")
        rows = ((path, file.size, file.changed, file.sha256) for path, file in files.items())
        self.database.executemany("INSERT INTO written VALUES (?, ?, ?, ?)", rows)


@contextmanager
def open_ledger(path: Path, *, earlier: Path | None) -> Iterator[Ledger]:
    """Open the ledger of a new build, which begins as a copy of the earlier one or empty.

    Nothing is synchronised to disk in between: if the process dies, the folder that it lies in is thrown away.
    Raises `sqlite3.DatabaseError` where the earlier one is damaged.
    """
    path.parent.mkdir(parents=True)
    if earlier is not None:
        shutil.copyfile(earlier, path)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = ON", "locking_mode = EXCLUSIVE"):
            database.execute(f"PRAGMA {setting}")
        if earlier is None:
            database.executescript(_SCHEMA)
        database.execute("BEGIN")
        yield Ledger(database)
        database.execute("COMMIT")
    finally:
        database.close()


@contextmanager
def read_ledger(path: Path) -> Iterator[Ledger]:
    """Open the ledger of a build for reading; raises `sqlite3.DatabaseError` where there is none or it is damaged."""
    database = _read_only(path)
    try:
        yield Ledger(database)
    finally:
        database.close()


class StoredPlans(Sequence[Plan]):
    """The plans of a build by document id, of which none is held in memory; a later build does not change them."""

    def __init__(self, path: Path) -> None:
        self._database = _read_only(path)
        self._rows: list[tuple[str, int]] = self._database.execute(
            "SELECT id, reading FROM document ORDER BY id"
        ).fetchall()
        weakref.finalize(self, self._database.close)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Plan: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Plan, ...]: ...
    def __getitem__(self, at: int | slice) -> Plan | tuple[Plan, ...]:
        if isinstance(at, slice):
            return tuple(self._plan(*row) for row in self._rows[at])
        return self._plan(*self._rows[at])

    def _plan(self, document: str, reading: int) -> Plan:
        return renamed(_plan(self._database, reading), document)


def pack_plan(plan: Plan) -> bytes:
    """Pack records for the ledger."""
    return zlib.compress(msgspec.msgpack.encode(plan), _FAST)


def _plan(database: sqlite3.Connection, reading: int) -> Plan:
    (packed,) = database.execute("SELECT plan FROM reading WHERE id = ?", (reading,)).fetchone()
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Plan)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _unpacked(lengths: Any) -> _Lengths:
    return msgspec.msgpack.decode(lengths, type=_Lengths)
