"""Load graphs to be validated: graph files, a store or plans go in, a store that holds the vocabulary too comes out."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad, Store, parse

from kg.assets import asset
from kg.errors import ValidateError
from kg.graph_files import GRAPH_FORMATS
from kg.store import is_store, load, open_store, store_folder
from kg.validate.model import TargetKind
from kg.validate.shapes import our_shapes
from kg.vocabulary import DEFAULT_BASE, PREFIXES, VOCABULARY_FILES, Names, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.records import Plan

__all__ = ["is_graph", "load_graphs", "load_plans"]


def is_graph(source: str) -> bool:
    """Tell a graph, a file with an ending of `GRAPH_FORMATS` or the folder of a store or of a build, from other sources."""
    path = Path(source)
    return path.suffix.lower() in GRAPH_FORMATS or _store_of(path) is not None


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
    names = count(1)
    for path in paths:
        _load_file(store, path, names)
    if not _is_of_the_model(store):
        raise ValidateError(
            f"{', '.join(map(str, paths))}: holds nothing that a shape is about: name a graph in the terms of {PREFIXES['resp']}"
        )
    vocabulary = Names(DEFAULT_BASE).node("graph", "vocabulary")
    for name in VOCABULARY_FILES:
        store.bulk_load(path=str(asset("ontology", name)), to_graph=vocabulary)
    return store


def load_plans(plans: Iterable[Plan]) -> Store:
    """Make the graph of plans in memory."""
    store = open_store()
    load(store, plans)
    return store


def _is_of_the_model(store: Store) -> bool:
    """Tell whether a shape has a node in a graph, so that a graph of something else does not look sound."""
    for target in (target for shape in our_shapes() for target in shape.targets):
        is_class = target.kind is TargetKind.CLASS
        pattern = (term("rdf:type"), target.iri) if is_class else (target.iri, None)
        if next(store.quads_for_pattern(None, *pattern), None):
            return True
    return False


def _store_of(path: Path) -> Path | None:
    """Give the folder of a store: the path itself, or its part where it is a build."""
    folder = store_folder(path)
    return folder if is_store(folder) else None


def _load_file(store: Store, path: Path, names: Iterator[int]) -> None:
    format_ = GRAPH_FORMATS.get(path.suffix.lower())
    if format_ is None:
        raise ValidateError(f"{path}: is no graph: name files that end in {', '.join(GRAPH_FORMATS)}, or a store")
    try:
        store.bulk_extend(_named(parse(path=str(path), format=format_, base_iri=path.absolute().as_uri()), names))
    except SyntaxError as error:
        raise ValidateError(f"{path}: is no valid {format_.name}: {error.msg}: mend the file") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise ValidateError(f"{path}: cannot be read: {error}: name a graph that is there") from error


def _named(quads: Iterable[Quad], names: Iterator[int]) -> Iterator[Quad]:
    """Call blank nodes by numbers in the order of the file, so that equal files give equal reports."""
    known: dict[BlankNode, BlankNode] = defaultdict(lambda: BlankNode(f"b{next(names)}"))
    for quad in quads:
        subject, end = quad.subject, quad.object
        if isinstance(subject, BlankNode) or isinstance(end, BlankNode):
            subject = known[subject] if isinstance(subject, BlankNode) else subject
            end = known[end] if isinstance(end, BlankNode) else end
            yield Quad(subject, quad.predicate, end, quad.graph_name)
        else:
            yield quad
