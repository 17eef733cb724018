"""Look an IRI up in a store: an IRI and a language go in, what a page says of it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal as Choice

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.serve.addresses import Addresses
from kg.vocabulary import PROPERTIES, term

__all__ = ["Fact", "Place", "Resource", "Term", "Value", "Viewer"]

Node = NamedNode | BlankNode | Literal | Triple

_SHOWN = 25
"""Values of a property that a page shows."""
_COUNTED = 2000
"""Statements about a node that a page counts; beyond, it says that there are more."""
_MEMBERS = 200
"""Nodes of a graph that a page lists."""
_LABELS = ("rdfs:label", "skos:prefLabel", "dct:title")
_STANDING_IN = ("resp:writtenAs", "resp:when", "resp:text", "resp:fileName", "oa:exact")
_WORKS = ("resp:task", "resp:indicator", "resp:project")
_OTHER = {"zh": "en", "en": "zh"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value: its words, the page that tells more, its IRI or datatype, and its language."""

    text: str
    path: str | None = None
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A property with the first of its values, how many there are, and whether these are only the first that were counted."""

    name: Value
    values: tuple[Value, ...]
    number: int
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document says a fact: the file, offsets in its text, and the words where the store has them."""

    file: str
    start: str
    end: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that shares its page with others, such as a class of the ontology."""

    anchor: str
    iri: str
    short: str
    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a page says of a node: itself, what others say of it, where the text says so, and in which graphs it is said."""

    iri: str
    short: str
    label: str
    kinds: tuple[Value, ...]
    facts: tuple[Fact, ...]
    told: tuple[Fact, ...]
    places: tuple[Place, ...]
    graphs: tuple[Value, ...]
    terms: tuple[Term, ...]
    members: tuple[Value, ...]
    size: int
    is_graph: bool = False


@dataclass
class Viewer:
    """Tells of the nodes of one store in one language."""

    store: Store
    addresses: Addresses
    language: Choice["zh", "en"]
    keeps_language: bool = False
    _known: dict[str, str] = field(default_factory=dict)

    def resource(self, iri: str) -> Resource | None:
        """Tell of an IRI, or return None where the store has nothing on it. Raises `ValueError` where it is no IRI."""
        node = NamedNode(iri)
        graph = self._graph(node)
        quads = list(islice(self.store.quads_for_pattern(node, None, None), _COUNTED))
        terms = tuple(self._terms(iri))
        told = self._told(node)
        if not (quads or told or terms or graph):
            return None
        return Resource(
            iri=iri,
            short=self.addresses.short(iri),
            label=self.label(node),
            kinds=tuple(sorted((self.value(q.object) for q in quads if q.predicate == term("rdf:type")), key=_foreign)),
            facts=self._facts((q.predicate, q.object) for q in quads),
            told=told,
            places=tuple(self._places(node)),
            graphs=tuple(
                self.value(name)
                for name in sorted({q.graph_name for q in quads}, key=str)
                if isinstance(name, NamedNode)
            ),
            terms=terms,
            members=tuple(map(self.value, graph[:_MEMBERS])),
            size=len(graph),
            is_graph=bool(graph),
        )

    def triples(self, iri: str, limit: int) -> list[Triple]:
        """Give what the store says of an IRI, of the terms on its page, or in the graph of that name; one more than the limit at most."""
        node = NamedNode(iri)
        if self.store.contains_named_graph(node):
            found = (quad.triple for quad in self.store.quads_for_pattern(None, None, None, node))
        else:
            nodes = [node, *self._sharing(iri)]
            found = (quad.triple for each in nodes for quad in self.store.quads_for_pattern(each, None, None))
        return list(dict.fromkeys(islice(found, limit + 1)))

    def label(self, node: Node) -> str:
        """Name a node in the language of the page, else in the other, else by what stands in for a name, else by its short IRI."""
        if not isinstance(node, NamedNode):
            return node.value if isinstance(node, Literal | BlankNode) else str(node)
        if node.value not in self._known:
            self._known[node.value] = self._name(node)
        return self._known[node.value]

    def value(self, node: Node) -> Value:
        """Tell a value in words."""
        if isinstance(node, NamedNode):
            return Value(text=self.label(node), path=self._path(node.value), note=self.addresses.short(node.value))
        if isinstance(node, Literal):
            kind = (
                ""
                if node.language or node.datatype.value.endswith(("#string", "#langString"))
                else self.addresses.short(node.datatype.value)
            )
            return Value(text=node.value, note=kind, language=node.language or "")
        return Value(text=str(node))

    def _path(self, iri: str) -> str | None:
        path = self.addresses.path(iri)
        if path is None or not self.keeps_language:
            return path
        page, mark, fragment = path.partition("#")
        return f"{page}?lang={self.language}{mark}{fragment}"

    def _name(self, node: NamedNode) -> str:
        found: dict[str, str] = {}
        for curie in _LABELS:
            for quad in self.store.quads_for_pattern(node, term(curie), None):
                if isinstance(quad.object, Literal):
                    found.setdefault((quad.object.language or "")[:2], quad.object.value)
        for language in (self.language, _OTHER[self.language], ""):
            if language in found:
                return found[language]
        if said := self._duty(node):
            return said
        for curie in _STANDING_IN:
            for quad in self.store.quads_for_pattern(node, term(curie), None):
                if isinstance(quad.object, Literal):
                    return quad.object.value
        return self.addresses.short(node.value)

    def _duty(self, node: NamedNode) -> str:
        """Name a duty by role and work, for bodies have many; nothing where the node is none."""
        works = [work for curie in _WORKS for work in self._objects(node, curie)]
        roles = list(self._objects(node, "resp:role"))
        return f"{self.label(roles[0])} · {self.label(works[0])}" if works and roles else ""

    @cached_property
    def _order(self) -> dict[str, int]:
        return {term(curie).value: place for place, curie in enumerate(PROPERTIES)}

    def _facts(self, pairs: Iterable[tuple[NamedNode, Node]], *, more: bool = False) -> tuple[Fact, ...]:
        grouped: dict[NamedNode, dict[Node, None]] = {}
        for predicate, value in pairs:
            grouped.setdefault(predicate, {})[value] = None
        grouped.pop(term("rdf:type"), None)
        names = sorted(grouped, key=lambda name: (self._order.get(name.value, len(self._order)), name.value))
        return tuple(
            Fact(
                name=self.value(name),
                values=tuple(map(self.value, self._first(grouped[name]))),
                number=len(grouped[name]),
                more=more,
            )
            for name in names
        )

    def _first(self, values: Iterable[Node]) -> list[Node]:
        """Give the first values, those in the language of the page before others."""
        return sorted(values, key=lambda v: (getattr(v, "language", None) == _OTHER[self.language], str(v)))[:_SHOWN]

    def _told(self, node: NamedNode) -> tuple[Fact, ...]:
        quads = list(islice(self.store.quads_for_pattern(None, None, node), _COUNTED))
        kinds: dict[NamedNode, dict[Node, None]] = {}
        for quad in quads:
            kinds.setdefault(quad.predicate, {})[quad.subject] = None
        order = sorted(kinds, key=lambda name: (self._order.get(name.value, len(self._order)), name.value))
        return tuple(
            Fact(
                name=self.value(name),
                values=tuple(map(self.value, self._first(kinds[name]))),
                number=len(kinds[name]),
                more=len(quads) == _COUNTED,
            )
            for name in order
        )

    def _places(self, node: NamedNode) -> Iterator[Place]:
        for span in islice(self._objects(node, "resp:evidence"), _SHOWN):
            said: dict[str, str] = {}
            for selector in self._objects(span, "oa:hasSelector"):
                for curie in ("oa:start", "oa:end", "oa:exact"):
                    for found in self._objects(selector, curie):
                        said[curie] = self.label(found)
            files = [self.label(copy) for copy in self._objects(span, "oa:hasSource")]
            yield Place(
                file=next(iter(files), ""),
                start=said.get("oa:start", ""),
                end=said.get("oa:end", ""),
                words=said.get("oa:exact", ""),
            )

    def _objects(self, node: Node, curie: str) -> Iterator[Node]:
        if isinstance(node, NamedNode):
            for quad in self.store.quads_for_pattern(node, term(curie), None):
                yield quad.object

    def _sharing(self, iri: str) -> list[NamedNode]:
        """Give the terms whose IRI is this one with a fragment."""
        start = f"{iri}#"
        if not any(space == start for space in self.addresses.prefixes().values()):
            return []
        subjects = {quad.subject for quad in self.store.quads_for_pattern(None, term("rdfs:isDefinedBy"), None)}
        subjects |= {quad.subject for quad in self.store.quads_for_pattern(None, term("skos:definition"), None)}
        return sorted((s for s in subjects if isinstance(s, NamedNode) and s.value.startswith(start)), key=str)

    def _terms(self, iri: str) -> Iterator[Term]:
        for node in self._sharing(iri):
            quads = self.store.quads_for_pattern(node, None, None)
            yield Term(
                anchor=node.value.partition("#")[2],
                iri=node.value,
                short=self.addresses.short(node.value),
                label=self.label(node),
                facts=self._facts((quad.predicate, quad.object) for quad in quads),
            )

    def _graph(self, node: NamedNode) -> list[Node]:
        if not self.store.contains_named_graph(node):
            return []
        quads = islice(self.store.quads_for_pattern(None, None, None, node), _COUNTED * 10)
        return sorted(dict.fromkeys(quad.subject for quad in quads), key=str)


def _foreign(value: Value) -> tuple[bool, str]:
    """Sort what has a page here before what has none."""
    return value.path is None, value.note
