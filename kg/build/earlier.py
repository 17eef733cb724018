"""Look at the folder that a build is to replace: what may not be overwritten is refused, what can be built upon comes out."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.assets import asset
from kg.build.ledger import Written, read_ledger
from kg.build.outputs import GRAPHS, LEDGER, PLANS, STORE, TABLES_FOLDER
from kg.build.sourcing import digest_of
from kg.errors import OutputError
from kg.sources.listing import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Earlier", "earlier_build", "fingerprint", "store_state"]

_READERS = ("lxml", "msgspec", "pypdfium2", "pyoxigraph", "pyyaml", "selectolax")
"""The libraries on which what is read and written depends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A build that the next one can begin with: its folder, its files, and whether its store is as it was left."""

    folder: Path
    files: Mapping[str, Written]
    is_store_whole: bool


def earlier_build(folder: Path) -> Earlier | None:
    """Return the build in a folder, or None where there is none that the next could begin with.

    Raises `OutputError` where the folder holds what a build must not overwrite.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise OutputError(f"{folder}: is a file: choose a folder with -o")
    if not any(folder.iterdir()):
        return None
    try:
        made: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{folder}: holds files and is no earlier build: choose another folder with -o") from error
    known, about = _ledger_of(folder)
    files = {}
    for path, entry in _files(folder):
        files[path] = _checked(folder, path, entry, (made.get(path), known.get(path)))
    if about.get("fingerprint") != fingerprint() or files.keys() != made.keys():
        return None
    return Earlier(folder=folder, files=files, is_store_whole=about.get("store") == store_state(folder / STORE))


@cache
def fingerprint() -> str:
    """Return a hash of all on which the outputs depend beside the sources: our code and data, and the versions of libraries.

    A version alone would not do: who changes the code, or the ontology, wants to see what changes with it.
    """
    made = hashlib.sha256()
    code, data = Path(__file__).resolve().parents[1], asset("data")
    files = [*code.rglob("*.py"), *asset("ontology").rglob("*"), *data.glob("*.csv")]
    for path in sorted(path for path in files if path.is_file()):
        made.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        made.update(path.read_bytes())
    made.update(repr([_version(name) for name in _READERS]).encode())
    return made.hexdigest()


def store_state(folder: Path) -> str:
    """Return a hash of the names and sizes of the engine's files, which change whenever it writes."""
    try:
        files = sorted((e.name, e.stat().st_size) for e in list(os.scandir(folder)) if not e.name.startswith("LO"))
    except OSError:
        return ""
    return hashlib.sha256(repr(files).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _ledger_of(folder: Path) -> tuple[Mapping[str, Written], Mapping[str, str]]:
    try:
        with read_ledger(folder / LEDGER) as ledger:
            return ledger.written(), ledger.about
    except sqlite3.DatabaseError:
        return {}, {}


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Give every file of a build but the manifest, the engine's and the cache."""
    for place, prefix, names in (
        (folder, "", GRAPHS),
        (folder / PLANS, f"{PLANS}/", ()),
        (folder / TABLES_FOLDER, f"{TABLES_FOLDER}/", ()),
    ):
        if not place.is_dir():
            continue
        for entry in list(os.scandir(place)):
            if (not names or entry.name in names) and entry.is_file():
                yield prefix + entry.name, entry


def _checked(folder: Path, path: str, entry: os.DirEntry[str], known: tuple[str | None, Written | None]) -> Written:
    """Return the state of a file that is as the build left it; its content is read only where size or time differ."""
    digest, written = known
    told = entry.stat()
    if written and (written.size, written.changed, written.sha256) == (told.st_size, told.st_mtime_ns, digest):
        return written
    found = digest_of(folder / path)
    if found != digest:
        raise OutputError(
            f"{folder / path}: is not as the build left it: move it away, or choose another folder with -o"
        )
    return Written(size=told.st_size, changed=told.st_mtime_ns, sha256=found)
