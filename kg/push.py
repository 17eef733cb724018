"""Push a graph to a server: plans or a store go in, its named graphs are on the server afterwards, each replaced whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.asking.remote import RemoteEngine
from kg.errors import EndpointError
from kg.layers import base_of
from kg.remote import SECONDS, GraphStore, Session, UpdateStore
from kg.store import load, open_store

if TYPE_CHECKING:
    from kg.records import Plan
    from kg.remote import Graphs

__all__ = ["Pushed", "push"]

_FOLDERS = ("facts", "evidence", "graph")
"""The prefixes under which a dataset keeps its named graphs."""

_OURS = """SELECT DISTINCT ?graph
WHERE {{ GRAPH ?graph {{ ?subject ?predicate ?object }} FILTER(STRSTARTS(STR(?graph), "{base}")) }}
ORDER BY ?graph"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a push did: the graphs that were put and how many triples they hold, and the graphs that were deleted."""

    graphs: tuple[str, ...]
    triples: int
    deleted: tuple[str, ...]


def push(
    url: str,
    pushed: Store | Iterable[Plan],
    *,
    update: bool = False,
    prune: str | None = None,
    seconds: float = SECONDS,
) -> Pushed:
    """Push a store, or plans, to a server; each of the graphs replaces the one of its name, so a repeat changes nothing.

    `url` is that of the server's Graph Store Protocol, with `update` that of its SPARQL Update. `prune` is the URL of
    its queries: graphs under the base of the data that it lists and that are not pushed are deleted. `seconds` is the
    time for one graph. Raises `EndpointError` where the server fails, with the number of graphs that were put by then,
    and `QueryError` for a store without a document.
    """
    store = pushed if isinstance(pushed, Store) else _stored(pushed)
    names = base_of(store)
    session = Session(url, seconds=seconds)
    server: Graphs = UpdateStore(session) if update else GraphStore(session)
    graphs = sorted((graph for graph in store.named_graphs() if isinstance(graph, NamedNode)), key=str)
    there = _listed(prune, names.base, seconds) if prune else ()  # before anything is changed
    for count, graph in enumerate(graphs):
        try:
            server.put(graph, store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"")
        except EndpointError as error:
            done = f" ({count} of {len(graphs)} graphs were put: push again)" if count else ""
            raise EndpointError(f"{error}{done}") from error
    ours = {graph.value for graph in graphs}
    gone = tuple(graph for graph in there if graph not in ours)
    for name in gone:
        server.delete(NamedNode(name))
    triples = sum(1 for _ in store.quads_for_pattern(None, None, None))
    return Pushed(graphs=tuple(graph.value for graph in graphs), triples=triples, deleted=gone)


def _stored(plans: Iterable[Plan]) -> Store:
    store = open_store()
    load(store, plans)
    return store


def _listed(url: str, base: str, seconds: float) -> tuple[str, ...]:
    """Give the graphs of the dataset with this base that a server lists."""
    listed = RemoteEngine(url, seconds=seconds).answer(_OURS.format(base=base)).strings()
    folders = tuple(f"{base}{folder}/" for folder in _FOLDERS)
    return tuple(graph for (graph,) in listed if graph.startswith(folders))
