"""Keep the graph in Oxigraph, in memory or on disk: plans go in, a store to be queried comes out."""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.assets import asset
from kg.errors import OutputError, QueryError
from kg.graph import settle, triples
from kg.vocabulary import DEFAULT_BASE, VOCABULARY_FILES, Names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Plan

__all__ = ["load", "open_store", "write_store"]


def open_store(folder: Path | None = None) -> Store:
    """Open a store that `write_store` made, for reading only, or a new empty one in memory.

    Raises `QueryError` where the folder holds no store.
    """
    if folder is None:
        return Store()
    if not (folder / "CURRENT").is_file():
        raise QueryError(f"{folder}: no store: build one first (kg build)")
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"{folder}: the store cannot be opened: {error}: build it again (kg build)") from error


def load(store: Store, plans: Iterable[Plan], *, base: str = DEFAULT_BASE) -> None:
    """Load plans as they come, and the vocabulary beside them; a second load of the same adds nothing."""
    names = Names(base)
    store.bulk_extend(chain.from_iterable(triples(plan, base=base) for plan in plans))
    _settle(store, names)
    vocabulary = names.node("graph", "vocabulary")
    store.clear_graph(vocabulary)
    for name in VOCABULARY_FILES:
        store.bulk_load(path=str(asset("ontology", name)), to_graph=vocabulary)


def _settle(store: Store, names: Names) -> None:
    before = set(store.quads_for_pattern(None, None, None, names.node("graph", "register")))
    after = settle(before)
    for quad in before - after:
        store.remove(quad)
    store.extend(after - before)


def write_store(plans: Iterable[Plan], folder: Path, *, base: str = DEFAULT_BASE) -> None:
    """Build a store beside the folder, then put it in the folder's place, so that no reader meets half a store.

    Raises `OutputError` where the folder cannot be written or holds something that is no store.
    """
    if folder.exists() and not (folder / "CURRENT").is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: is there already and is no store: name another folder or remove it")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}: name another folder") from error
    try:
        _build(plans, workshop / "new", base)
        if folder.exists():
            folder.replace(workshop / "old")
        (workshop / "new").replace(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error}") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _build(plans: Iterable[Plan], folder: Path, base: str) -> None:
    store = Store(str(folder))  # its lock on the folder ends with this function
    load(store, plans, base=base)
    store.flush()
    store.optimize()
