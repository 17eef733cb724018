"""Lay the graph out as every format is written: plans or a store go in, the facts and the evidence of each document come out.

The order is a function of the triples alone, so plans, the records of a build and its store give the same bytes. Ids
count naturally (task 2 before task 10), and what belongs to a task or an indicator stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from kg.errors import QueryError
from kg.graph import settle, triples
from kg.vocabulary import CLASSES, DATA, PROPERTIES, Names, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Store

    from kg.records import Plan

__all__ = [
    "SPOKEN",
    "Graphs",
    "Key",
    "Layer",
    "Part",
    "base_of",
    "graphs_in",
    "graphs_of",
    "natural",
    "ordered",
    "place",
]

Key = tuple[int | str, ...]


class Layer(StrEnum):
    """The three kinds of graph that the data has."""

    FACTS = "facts"
    EVIDENCE = "evidence"
    REGISTER = "register"


class Part(Protocol):
    """One graph: it is read when a writer asks for it, so that a format without evidence never reads that."""

    @property
    def layer(self) -> Layer:
        """Return which kind of graph it is."""

    def quads(self) -> list[Quad]:
        """Return its quads as `ordered` gives them."""

    def turtle(self, prefixes: Mapping[str, str]) -> bytes:
        """Return its Turtle as the engine writes it, in any order (see `kg.turtle.sort_turtle`)."""


Graphs = Iterator[Part]
"""The facts and the evidence of each document in turn, then the register of all."""

SPOKEN = (Layer.FACTS, Layer.REGISTER)
"""The layers of the formats without named graphs; the evidence is a Turtle file of its own."""

_TOGETHER = (
    ("doc", "task", "duty", "deadline", "commitment", "indicator", "value", "project", "achievement", "citation"),
    ("span", "position", "quote"),
)
"""Types of node that stand behind each other by their ids; every other type stands alone."""

_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class _Told:
    """A graph whose quads are at hand."""

    layer: Layer
    held: Iterable[Quad]
    names: Names

    def quads(self) -> list[Quad]:
        return ordered(self.held, self.names)

    def turtle(self, prefixes: Mapping[str, str]) -> bytes:
        told = (quad.triple for quad in self.held)
        return serialize(told, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A graph of a store, which writes its Turtle before a quad becomes a Python object."""

    layer: Layer
    store: Store
    graph: NamedNode
    names: Names

    def quads(self) -> list[Quad]:
        return ordered(self.store.quads_for_pattern(None, None, None, self.graph), self.names)

    def turtle(self, prefixes: Mapping[str, str]) -> bytes:
        told = self.store.dump(format=RdfFormat.TURTLE, from_graph=self.graph, prefixes=dict(prefixes))
        return told or b""


def graphs_of(plans: Iterable[Plan], names: Names) -> Graphs:
    """Yield the graphs of plans in the order given; memory holds one document and the register."""
    register: set[Quad] = set()
    for plan in plans:
        layers: dict[Layer, list[Quad]] = {layer: [] for layer in Layer}
        for quad in triples(plan, base=names.base):
            layers[_layer(quad, names)].append(quad)
        register.update(layers[Layer.REGISTER])
        yield _Told(Layer.FACTS, layers[Layer.FACTS], names)
        yield _Told(Layer.EVIDENCE, layers[Layer.EVIDENCE], names)
    yield _Told(Layer.REGISTER, settle(register), names)


def graphs_in(store: Store, names: Names) -> Graphs:
    """Yield the graphs of a store that `kg.store.write_store` made, by document id; the vocabulary is left out."""
    facts = names.namespace("facts")
    graphs = [graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    for document in sorted(graph.removeprefix(facts) for graph in graphs if graph.startswith(facts)):
        for layer, prefix in ((Layer.FACTS, "facts"), (Layer.EVIDENCE, "evidence")):
            yield _Stored(layer, store, names.node(prefix, document), names)
    yield _Stored(Layer.REGISTER, store, names.node("graph", "register"), names)


def base_of(store: Store) -> Names:
    """Return the names of a store, whose base any of its documents tells.

    Raises `QueryError` where the store holds no document.
    """
    document = next(store.quads_for_pattern(None, term("rdf:type"), term("resp:Document")), None)
    if document is None or not isinstance(document.subject, NamedNode):
        raise QueryError("the store holds no document of kg: build it from sources first (kg build)")
    return Names(document.subject.value.rpartition("doc/")[0])


def ordered(quads: Iterable[Quad], names: Names) -> list[Quad]:
    """Sort quads by subject, within a subject by property in reading order, and its values by name."""
    subjects: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            raise TypeError(f"{quad.subject}: the data has no blank nodes and no triple terms")
        subjects.setdefault(quad.subject, []).append(quad)
    base = names.base
    by_place = sorted(subjects, key=lambda node: place(*node.value.removeprefix(base).partition("/")[::2]))
    return [quad for subject in by_place for quad in _told(subjects[subject])]


def place(prefix: str, local: str) -> tuple[int, Key, int]:
    """Return the place of a node among all: its family, its id, its type; what is no node of the data comes last.

    >>> sorted([("duty", "t_2_r1"), ("task", "t_10"), ("body", "b"), ("task", "t_2")], key=lambda node: place(*node))
    [('task', 't_2'), ('duty', 't_2_r1'), ('task', 't_10'), ('body', 'b')]
    """
    family, rank = _places().get(prefix, (len(DATA), 0))
    return family, natural(local), rank


def natural(text: str) -> Key:
    """Return a sort key in which numbers count as numbers.

    >>> sorted(["t_10", "t_2", "t_2_r1"], key=natural)
    ['t_2', 't_2_r1', 't_10']
    """
    parts: list[int | str] = list(_DIGITS.split(text))
    parts[1::2] = map(int, parts[1::2])
    return (*parts, text)  # 007 and 7 differ


def _layer(quad: Quad, names: Names) -> Layer:
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    if graph.startswith(names.namespace("facts")):
        return Layer.FACTS
    return Layer.EVIDENCE if graph.startswith(names.namespace("evidence")) else Layer.REGISTER


def _told(quads: list[Quad]) -> list[Quad]:
    """Sort what is told of a subject; a property that we do not know comes last, by its name."""
    ranks = _ranks()
    predicates = {quad.predicate for quad in quads}
    if (
        len(predicates) == len(quads) and predicates <= ranks.keys()
    ):  # three subjects of four: no value need be compared
        return sorted(quads, key=lambda quad: ranks[quad.predicate])
    last = len(ranks)
    return sorted(quads, key=lambda quad: (ranks.get(quad.predicate, last), quad.predicate.value, *_value(quad)))


def _value(quad: Quad) -> tuple[int, Key]:
    classes = _classes()
    if quad.object in classes:
        return classes[quad.object], ()
    return len(classes), natural(str(quad.object))


@cache
def _places() -> Mapping[str, tuple[int, int]]:
    """Give the family and the rank of each type of node; a family has the rank of its first type."""
    first = {prefix: family[0] for family in _TOGETHER for prefix in family}
    return MappingProxyType({prefix: (DATA.index(first.get(prefix, prefix)), DATA.index(prefix)) for prefix in DATA})


@cache
def _ranks() -> Mapping[NamedNode, int]:
    return {term(name): rank for rank, name in enumerate(PROPERTIES)}


@cache
def _classes() -> Mapping[object, int]:
    return {term(name): rank for rank, name in enumerate(CLASSES)}
