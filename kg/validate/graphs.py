"""Load graphs to be validated: graph files, a store or plans go in, a store that holds the vocabulary too comes out."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.assets import asset
from kg.errors import ValidateError
from kg.store import load, open_store
from kg.vocabulary import DEFAULT_BASE, VOCABULARY_FILES, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.records import Plan

__all__ = ["FORMATS", "is_graph", "load_graphs", "load_plans"]

FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        ".ttl": RdfFormat.TURTLE,
        ".nt": RdfFormat.N_TRIPLES,
        ".nq": RdfFormat.N_QUADS,
        ".trig": RdfFormat.TRIG,
        ".jsonld": RdfFormat.JSON_LD,
        ".rdf": RdfFormat.RDF_XML,
        ".xml": RdfFormat.RDF_XML,
        ".owl": RdfFormat.RDF_XML,
    }
)
"""The endings of graph files."""


def is_graph(source: str) -> bool:
    """Tell a graph, a file with an ending of `FORMATS` or the folder of a store or of a build, from other sources."""
    path = Path(source)
    return path.suffix.lower() in FORMATS or _store_of(path) is not None


def load_graphs(paths: Sequence[Path]) -> Store:
    """Open a store, or load graph files into one graph beside the vocabulary.

    A store is opened for reading, with the vocabulary that it was built with; it comes alone. Raises `ValidateError` for a
    file that cannot be parsed, with its line, and `QueryError` for a store that cannot be opened.
    """
    folders = [folder for path in paths if (folder := _store_of(path))]
    if folders and len(paths) > 1:
        raise ValidateError(f"{folders[0]}: a store is validated alone: leave the other graphs out")
    if folders:
        return open_store(folders[0])
    store = open_store()
    for path in paths:
        _load_file(store, path)
    if not len(store):
        raise ValidateError(f"{', '.join(map(str, paths))}: holds no triple: name a graph of plans")
    vocabulary = Names(DEFAULT_BASE).node("graph", "vocabulary")
    for name in VOCABULARY_FILES:
        store.bulk_load(path=str(asset("ontology", name)), to_graph=vocabulary)
    return store


def load_plans(plans: Iterable[Plan]) -> Store:
    """Make the graph of plans in memory."""
    store = open_store()
    load(store, plans)
    return store


def _store_of(path: Path) -> Path | None:
    """Give the folder of a store: the path itself, or its part where it is a build."""
    return next((folder for folder in (path, path / "store") if (folder / "CURRENT").is_file()), None)


def _load_file(store: Store, path: Path) -> None:
    format_ = FORMATS.get(path.suffix.lower())
    if format_ is None:
        raise ValidateError(f"{path}: is no graph: name files that end in {', '.join(FORMATS)}, or a store")
    try:
        store.bulk_load(path=str(path), format=format_)
    except SyntaxError as error:
        raise ValidateError(f"{path}: is no valid {format_.name}: {error.msg}: mend the file") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise ValidateError(f"{path}: cannot be read: {error}: name a graph that is there") from error
