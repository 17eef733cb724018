"""Know what the ontology files say: their triples go in, and labels, relations and members of each term come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal as Choice

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph_files import GraphFile
from kg.vocabulary import HOME

__all__ = ["Language", "Node", "Vocabulary"]

Language = Choice["zh", "en"]
Node = NamedNode | BlankNode

TERM_KINDS = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
"""What a term can be, in the order in which a page lists them."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SECOND: Mapping[Language, Language] = {"zh": "en", "en": "zh"}


@dataclass(frozen=True)
class Vocabulary:
    """The ontology files as one graph; what is asked of it comes in the order of the files."""

    files: tuple[GraphFile, ...]

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Every prefix that a file declares, with its namespace."""
        made: dict[str, str] = {}
        for file in self.files:
            for prefix, iri in file.prefixes.items():
                made.setdefault(prefix, iri)
        return made

    @cached_property
    def _said(self) -> Mapping[object, Mapping[str, list[object]]]:
        said: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        for triple in self._triples():
            values = said[triple.subject][triple.predicate.value]
            if triple.object not in values:
                values.append(triple.object)
        return said

    @cached_property
    def _sayers(self) -> Mapping[tuple[str, object], list[NamedNode]]:
        sayers: dict[tuple[str, object], list[NamedNode]] = defaultdict(list)
        for triple in self._triples():
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
                subjects = sayers[triple.predicate.value, triple.object]
                if triple.subject not in subjects:
                    subjects.append(triple.subject)
        return sayers

    def _triples(self) -> Iterator[Triple]:
        return (triple for file in self.files for triple in file.triples)

    def iri(self, curie: str) -> str:
        """Return the IRI of prefix:name; raises `KeyError` where no file declares the prefix."""
        prefix, _, name = curie.partition(":")
        return ({"rdf": _RDF} | dict(self.prefixes))[prefix] + name

    def curie(self, node: NamedNode) -> str:
        """Write a node with the longest namespace that fits, or in full where none does."""
        fitting = [(len(iri), prefix, iri) for prefix, iri in self.prefixes.items() if node.value.startswith(iri)]
        if not fitting:
            return node.value
        _, prefix, iri = max(fitting)
        return f"{prefix}:{node.value.removeprefix(iri)}"

    def values(self, node: object, curie: str) -> list[object]:
        """List what a property says of a node; nothing where no file knows the prefix of the property."""
        if curie.partition(":")[0] not in {"rdf", *self.prefixes}:
            return []
        return self._said.get(node, {}).get(self.iri(curie), [])

    def predicates(self, node: object) -> list[NamedNode]:
        """List the properties that say something of a node."""
        return [NamedNode(predicate) for predicate in self._said.get(node, {})]

    def nodes(self, node: object, curie: str) -> list[NamedNode]:
        """List the named nodes that a property gives a node."""
        return [value for value in self.values(node, curie) if isinstance(value, NamedNode)]

    def sayers(self, curie: str, value: NamedNode) -> list[NamedNode]:
        """List the named nodes of which a property says this value."""
        if curie.partition(":")[0] not in {"rdf", *self.prefixes}:
            return []
        return self._sayers.get((self.iri(curie), value), [])

    def members(self, curie: str) -> list[NamedNode]:
        """List the named members of a class."""
        prefix = curie.partition(":")[0]
        return self.sayers("rdf:type", NamedNode(self.iri(curie))) if prefix in self.prefixes else []

    def listed(self, node: object) -> list[object]:
        """Give the members of an RDF list."""
        members: list[object] = []
        while node in self._said and (first := self._said[node][_RDF + "first"]):
            members += first
            node = self._said[node][_RDF + "rest"][0]
        return members

    def texts(self, node: object, curie: str, language: Language) -> list[str]:
        """List texts in a language, or without one."""
        texts = [value for value in self.values(node, curie) if isinstance(value, Literal)]
        return [text.value for text in texts if text.language in (language, None)]

    def text(self, node: object, curie: str, language: Language) -> str:
        """Give the first text in a language, else in the other, else nothing."""
        own = self.texts(node, curie, language) or self.texts(node, curie, _SECOND[language])
        return own[0] if own else ""

    def label(self, node: NamedNode, language: Language) -> str:
        """Say what a node is called; a node of others by its short IRI."""
        return (
            self.text(node, "rdfs:label", language) or self.text(node, "skos:prefLabel", language) or self.curie(node)
        )

    @cached_property
    def used(self) -> frozenset[str]:
        """The properties and classes with which the files themselves say something, so that a store has triples of them."""
        predicates = {triple.predicate.value for triple in self._triples()}
        types = (triple.object for triple in self._triples() if triple.predicate.value == _RDF + "type")
        return frozenset(predicates | {node.value for node in types if isinstance(node, NamedNode)})

    @cached_property
    def own(self) -> list[NamedNode]:
        """List every node of ours of which the files say something, but the headers of the files."""
        headers = set(self.members("owl:Ontology"))
        named = (node for node in self._said if isinstance(node, NamedNode) and node.value.startswith(HOME))
        return [node for node in named if node not in headers]

    @cached_property
    def terms(self) -> Mapping[str, list[NamedNode]]:
        """Our classes and properties by their kind."""
        return {kind: _ours(self.members(kind)) for kind in TERM_KINDS}

    @cached_property
    def schemes(self) -> list[NamedNode]:
        """Our code lists."""
        return _ours(self.members("skos:ConceptScheme"))

    def concepts(self, scheme: NamedNode) -> list[NamedNode]:
        """List the concepts of a code list."""
        return self.sayers("skos:inScheme", scheme)

    @cached_property
    def individuals(self) -> Mapping[NamedNode, list[NamedNode]]:
        """Our nodes that are neither terms nor of a code list, by our class; without one, by what else they are."""
        placed = {node for nodes in self.terms.values() for node in nodes} | set(self.schemes)
        placed |= {concept for scheme in self.schemes for concept in self.concepts(scheme)}
        made: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for node in self.own:
            if node not in placed:
                classes = self.nodes(node, "rdf:type")
                made[next(iter([*_ours(classes), *classes]), NamedNode(self.iri("owl:Thing")))].append(node)
        return made


def _ours(nodes: Iterable[NamedNode]) -> list[NamedNode]:
    return [node for node in nodes if node.value.startswith(HOME)]
