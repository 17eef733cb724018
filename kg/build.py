"""Build all outputs of some sources: sources go in, a folder with tables, graph, store and records comes out, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from kg.errors import OutputError
from kg.export import WRITERS, write
from kg.extract import extractor_name
from kg.output import write_whole
from kg.records import Plan
from kg.records_file import dumps
from kg.sources import Failure, Progress, gather
from kg.sources.listing import MANIFEST
from kg.store import write_store
from kg.tables import write_tables
from kg.tables_parquet import add_parquet

__all__ = ["Build", "build"]

_FORMATS = ("turtle", "nquads", "jsonld")
_STORE = "store"
_OWN = (MANIFEST, "tables", "plans", _STORE, *(f"graph{WRITERS[name].suffix}" for name in _FORMATS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What was built: the plans, the sources that gave none, notes on what was passed over, and the folder."""

    plans: tuple[Plan, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]
    folder: Path


def build(sources: Sequence[str | Path] = (), out: str | Path = "out", *, progress: Progress | None = None) -> Build:
    """Build the outputs of the sources, or of the bundled dataset where there is none, in the folder `out`.

    Equal sources give equal bytes, but for the files inside `store/`, which are the engine's own. An earlier build in
    `out` is replaced, and what a person put beside its files is kept; `progress` is called after each source.
    Raises `ReadError` where no source gives a plan, and `OutputError` where `out` is another folder than an earlier
    build or an empty one, holds a file of a build that was changed since, or cannot be written.
    """
    folder = Path(out).resolve()
    _check(folder)
    gathered = gather(sources, progress=progress)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}: choose another place with -o") from error
    try:
        _write(gathered.plans, workshop / "new")
        (workshop / "new").chmod(0o755)
        _swap(workshop / "new", folder, workshop / "old")
    except OSError as error:
        raise OutputError(
            f"{out}: cannot be written: {error.strerror or error}: choose another place with -o"
        ) from error
    finally:
        shutil.rmtree(workshop / "new", ignore_errors=True)
        with suppress(OSError):
            workshop.rmdir()
    return Build(plans=gathered.plans, failures=gathered.failures, notes=gathered.notes, folder=Path(out))


def _check(folder: Path) -> None:
    """Refuse a place that holds what a build must not overwrite."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder}: is a file: choose a folder with -o")
    if not any(folder.iterdir()):
        return
    try:
        made = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{folder}: holds files and is no earlier build: choose another folder with -o") from error
    for path, digest in _digests(folder).items():
        if made.get(path) != digest:
            raise OutputError(
                f"{folder / path}: is not as the build left it: move it away, or choose another folder with -o"
            )


def _write(plans: Sequence[Plan], folder: Path) -> None:
    write_tables(plans, folder / "tables")
    add_parquet(folder / "tables")
    for plan in plans:
        write_whole(folder / "plans" / f"{plan.document.id}.yaml", dumps(plan))
    for name in _FORMATS:
        write(plans, folder / f"graph{WRITERS[name].suffix}", name)
    write_store(plans, folder / _STORE)
    documents = [{"document": p.document.id, "file": p.document.file, "sha256": p.document.sha256} for p in plans]
    manifest = {"made_by": extractor_name(), "documents": documents, "files": _digests(folder)}
    write_whole(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def _digests(folder: Path) -> dict[str, str]:
    """Give the hash of every file of a build but the manifest and the store's."""
    files = [
        path
        for name in _OWN
        if name not in (MANIFEST, _STORE)
        for path in ((folder / name), *(folder / name).glob("*"))
    ]
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(files)
        if p.is_file()
    }


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, with what a person had put into that."""
    if not folder.exists():
        new.replace(folder)
        return
    folder.replace(old)
    try:
        new.replace(folder)
    except OSError:
        old.replace(folder)
        raise
    for entry in sorted(old.iterdir()):
        if entry.name not in _OWN:
            entry.replace(folder / entry.name)
    shutil.rmtree(old)  # not before all that is not ours has left it
