"""Read the ontology files as graphs that the checks ask, with IRIs shortened to prefix:name."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

import kg
from kg.assets import asset
from kg.graph import triples
from kg.vocabulary import HOME, VOCABULARY_FILES

Value = str | Literal
"""An IRI as prefix:name, a blank node as _:id, or a literal."""

with asset("ontology", "standards.csv").open(encoding="utf-8", newline="") as _listed:
    FOREIGN = {row["prefix"]: row["namespace"] for row in csv.DictReader(_listed) if row["prefix"]}
"""The namespace of each list of `ontology/imports/`."""

CORE = "responsibility.ttl"
ALIGNMENTS = "alignments.ttl"
OBJECT, DATATYPE, ANNOTATION = "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"
BUILT_IN = ("owl", "rdf", "rdfs", "xsd")
"""Prefixes whose terms OWL knows without a declaration."""


@dataclass(frozen=True)
class Graph:
    """The statements of one file, or of several together."""

    triples: tuple[tuple[str, str, Value], ...]
    prefixes: dict[str, str]

    @cached_property
    def _told(self) -> dict[tuple[str, str], list[Value]]:
        told: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for subject, predicate, value in self.triples:
            told[subject, predicate].append(value)
        return told

    def values(self, subject: str, predicate: str) -> list[Value]:
        return self._told.get((subject, predicate), [])

    def nodes(self, subject: str, predicate: str) -> list[str]:
        return [value for value in self.values(subject, predicate) if isinstance(value, str)]

    def texts(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        literals = [value for value in self.values(subject, predicate) if isinstance(value, Literal)]
        return [value.value for value in literals if language is None or value.language == language]

    def of_type(self, *types: str) -> list[str]:
        """Return our own subjects of any of the types."""
        return sorted({s for s, p, o in self.triples if p == "rdf:type" and o in types and is_own(s)})

    def members(self, head: str) -> list[str]:
        """Return the members of an RDF list."""
        found: list[str] = []
        while head != "rdf:nil":
            found += self.nodes(head, "rdf:first")
            (head,) = self.nodes(head, "rdf:rest")
        return found

    def above(self, term: str, predicate: str) -> set[str]:
        """Return what lies above a term by a hierarchical property; the term itself is there only in a cycle."""
        found: set[str] = set()
        todo = self.nodes(term, predicate)
        while todo:
            upper = todo.pop()
            if upper not in found:
                found.add(upper)
                todo += self.nodes(upper, predicate)
        return found

    @property
    def ontology(self) -> str:
        (header,) = [s for s, p, o in self.triples if p == "rdf:type" and o == "owl:Ontology"]
        return header

    @property
    def classes(self) -> list[str]:
        return self.of_type("owl:Class")

    @property
    def properties(self) -> list[str]:
        return self.of_type(OBJECT, DATATYPE)

    @property
    def terms(self) -> list[str]:
        """Return every term of ours that the graph types, but the ontology itself."""
        return sorted({s for s, p, o in self.triples if p == "rdf:type" and is_own(s) and o != "owl:Ontology"})


def is_own(term: str) -> bool:
    return not term.startswith("_:") and ("://" in term or term.partition(":")[0] not in FOREIGN)


@cache
def files() -> dict[str, Graph]:
    """Read each file that is loaded beside the data."""
    return {name: _read(name) for name in VOCABULARY_FILES}


@cache
def whole() -> Graph:
    """Put all files together."""
    graphs = files().values()
    prefixes = {prefix: iri for graph in graphs for prefix, iri in graph.prefixes.items()}
    return Graph(tuple(dict.fromkeys(t for graph in graphs for t in graph.triples)), prefixes)


@cache
def data() -> Graph:
    """Return the facts of the bundled dataset."""
    quads = (quad for plan in kg.gather().plans for quad in triples(plan))
    return Graph(tuple(dict.fromkeys(_triples("data", quads))), {})


@cache
def imported() -> dict[str, str]:
    """Return the kind of every term of others that the lists hold."""
    rows: dict[str, str] = {}
    for prefix in FOREIGN:
        with asset("ontology", f"imports/{prefix}.csv").open(encoding="utf-8", newline="") as file:
            rows |= {row["term"]: row["kind"] for row in csv.DictReader(file)}
    return rows


def shorten(iri: str) -> str:
    """Write an IRI as prefix:name, or in full where no prefix of others or of ours fits."""
    if iri.startswith(HOME):
        return iri
    for prefix, namespace in sorted(FOREIGN.items(), key=lambda pair: -len(pair[1])):
        name = iri.removeprefix(namespace)
        if name != iri and name and "/" not in name:
            return f"{prefix}:{name}"
    return iri


def _read(name: str) -> Graph:
    parser = parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)
    triples = tuple(_triples(name, parser))
    return Graph(triples, dict(parser.prefixes))


def _triples(name: str, quads: Iterator) -> Iterator[tuple[str, str, Value]]:
    for quad in quads:
        yield _node(name, quad.subject), shorten(quad.predicate.value), _value(name, quad.object)


def _node(name: str, node: NamedNode | BlankNode) -> str:
    return shorten(node.value) if isinstance(node, NamedNode) else f"_:{name}-{node.value}"


def _value(name: str, value: NamedNode | BlankNode | Literal) -> Value:
    return value if isinstance(value, Literal) else _node(name, value)


def local(term: str) -> str:
    """Return the last part of the IRI of a term of ours."""
    return term.rpartition("#")[2] if "#" in term else term.rpartition("/")[2]
