"""Load plans or quads into a store: what documents share is settled before, so that each quad is loaded once."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.assets import asset
from kg.errors import OutputError
from kg.graph import settle, triples
from kg.store.opening import is_store
from kg.swap import swap, workshop
from kg.vocabulary import DEFAULT_BASE, VOCABULARY_FILES, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.records import Plan

__all__ = ["fill", "finish", "load", "write_store"]


def load(store: Store, plans: Iterable[Plan], *, base: str = DEFAULT_BASE) -> None:
    """Load plans as they come, and the vocabulary beside them; a second load of the same adds nothing."""
    names = Names(base)
    register = names.node("graph", "register")
    before = set(store.quads_for_pattern(None, None, None, register))
    shared = set(before)
    store.bulk_extend(_own(plans, names, shared))
    after = settle(shared)
    for quad in before - after:
        store.remove(quad)
    store.bulk_extend(after - before)
    _load_vocabulary(store, names)


def write_store(plans: Iterable[Plan], folder: Path, *, base: str = DEFAULT_BASE) -> None:
    """Build a store beside the folder, then put it in the folder's place, so that no reader meets half a store.

    Raises `OutputError` where the folder cannot be written or holds something that is no store.
    """
    if folder.exists() and not is_store(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: is there already and is no store: name another folder or remove it")
    try:
        with workshop(folder) as new:
            store = Store(str(new))
            load(store, plans, base=base)
            finish(store)
            del store  # its lock on the folder ends
            swap(new, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}: name another folder") from error


def fill(folder: Path, quads: Path, *, base: str = DEFAULT_BASE) -> int:
    """Make a store of a file of settled N-Quads that we wrote ourselves, and the vocabulary, as fast as the engine can.

    Returns the number of triples of the vocabulary.
    """
    store, names = Store(str(folder)), Names(base)
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS, lenient=True)
    _load_vocabulary(store, names)
    finish(store)
    return sum(1 for _ in store.quads_for_pattern(None, None, None, names.node("graph", "vocabulary")))


def finish(store: Store) -> None:
    """Write everything to disk in the shape in which it is read fastest."""
    store.flush()
    store.optimize()


def _own(plans: Iterable[Plan], names: Names, shared: set[Quad]) -> Iterator[Quad]:
    """Yield the quads that a document has for itself, and put those that documents share into the set."""
    register = names.node("graph", "register")
    for quad in chain.from_iterable(triples(plan, base=names.base) for plan in plans):
        if quad.graph_name == register:
            shared.add(quad)
        else:
            yield quad


def _load_vocabulary(store: Store, names: Names) -> None:
    vocabulary = names.node("graph", "vocabulary")
    store.clear_graph(vocabulary)
    for name in VOCABULARY_FILES:
        store.load(path=str(asset("ontology", name)), to_graph=vocabulary)
