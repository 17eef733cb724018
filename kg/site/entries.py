"""Say all that a page says of a term, a concept or another node: the vocabulary goes in, records for the templates come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.competency import not_asked
from kg.questions import Question
from kg.site.places import Piece, Places
from kg.site.vocabulary import Language, Vocabulary
from kg.vocabulary import CLASSES, PROPERTIES

__all__ = ["Concept", "Described", "Entries", "Ref", "Scheme", "Term"]

_OTHER: Mapping[Language, Language] = {"zh": "en", "en": "zh"}
_KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object_property",
    "owl:DatatypeProperty": "datatype_property",
    "owl:AnnotationProperty": "annotation_property",
}
_CHARACTERS = (
    "owl:FunctionalProperty",
    "owl:InverseFunctionalProperty",
    "owl:TransitiveProperty",
    "owl:SymmetricProperty",
)
_OUT = {
    "rdfs:subClassOf": "superclasses",
    "rdfs:subPropertyOf": "superproperties",
    "rdfs:domain": "domain",
    "rdfs:range": "range",
    "owl:equivalentClass": "equivalent",
    "owl:equivalentProperty": "equivalent",
    "owl:disjointWith": "disjoint",
    "rdfs:seeAlso": "see_also",
}
"""What a term says of others, by the word of the page."""

_IN = {
    "rdfs:subClassOf": "subclasses",
    "rdfs:subPropertyOf": "subproperties",
    "rdfs:domain": "properties",
    "rdfs:range": "pointed_by",
}
"""What others say of a term."""

_NAMES = {
    "skos:altLabel": "names",
    "resp:partLabel": "part_names",
    "resp:branchLabel": "branch_names",
    "skos:hiddenLabel": "hidden_names",
    "resp:notLabel": "not_names",
}
"""The names of a concept that bodies bear, by the word of the page."""

_OF_BODIES = ("resp:formerFunction", "resp:partLabel", "resp:branchLabel", "skos:hiddenLabel")
"""What is said of some concept of a code list whose names are those of bodies; elsewhere skos:altLabel is just another name."""


_MOST_TRIPLES = 12
"""Triples of a member that an example shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A node as a page names it: in words, by its short IRI, and with its link where it is one of ours."""

    text: str
    curie: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or property: `facts` are words of the page with the nodes that they lead to.

    `stated` tells whether data or vocabulary have triples with it that no reasoner added; `unasked` why no competency question needs it.
    """

    anchor: str
    kind: str
    curie: str
    name: str
    iri: str
    label: str
    other: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    shown: tuple[Piece, ...]
    facts: tuple[tuple[str, tuple[Ref, ...]], ...]
    traits: tuple[str, ...]
    used: tuple[str, ...]
    stated: bool
    unasked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of a code list: `names` are words of the page with the names that bodies bear."""

    anchor: str
    curie: str
    notation: str
    label: str
    other: str
    definition: str
    examples: tuple[str, ...]
    broader: tuple[Ref, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[tuple[str, tuple[Ref, ...]], ...]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A code list with its concepts, each after the broader one."""

    anchor: str
    iri: str
    label: str
    other: str
    definition: str
    page: str
    concepts: tuple[Concept, ...]
    used: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Another node with what is said of it: `facts` are properties with nodes or texts."""

    anchor: str
    curie: str
    label: str
    other: str
    definition: str
    examples: tuple[str, ...]
    facts: tuple[tuple[Ref, tuple[Ref, ...]], ...]


@dataclass(frozen=True)
class Entries:
    """Makes the records of one language; questions tell where terms are used, the triples of the example how."""

    vocabulary: Vocabulary
    places: Places
    language: Language
    questions: Sequence[Question]
    shown: Sequence[Triple]

    def ref(self, node: object) -> Ref:
        """Name a node or a text."""
        if isinstance(node, NamedNode):
            known = self.vocabulary
            return Ref(text=known.label(node, self.language), curie=known.curie(node), link=self.places.link(node))
        if isinstance(node, BlankNode):
            return Ref(text=self._unnamed(node), curie="", link="")
        return Ref(text=cast(Literal, node).value, curie="", link="")

    def _unnamed(self, node: BlankNode) -> str:
        """Write a class or a data range without a name as OWL's functional words have it."""
        known = self.vocabulary
        for listing, mark in (("owl:oneOf", "{}"), ("owl:unionOf", "()"), ("owl:intersectionOf", "()")):
            if values := known.values(node, listing):
                joint = " ⊓ " if listing == "owl:intersectionOf" else " ⊔ " if listing == "owl:unionOf" else " , "
                return mark[0] + joint.join(self._short(part) for part in known.listed(values[0])) + mark[1]
        for property_ in known.nodes(node, "owl:onProperty"):
            for kind, word in (
                ("owl:someValuesFrom", "some"),
                ("owl:allValuesFrom", "only"),
                ("owl:hasValue", "value"),
            ):
                for value in known.values(node, kind):
                    return f"{known.curie(property_)} {word} {self._short(value)}"
        return "…"

    def _short(self, node: object) -> str:
        if isinstance(node, NamedNode):
            return self.vocabulary.curie(node)
        return self._unnamed(node) if isinstance(node, BlankNode) else f'"{cast(Literal, node).value}"'

    def terms(self, kind: str) -> list[Term]:
        """Describe every term of ours of a kind (owl:Class …)."""
        return [self._term(node, kind) for node in self.vocabulary.terms[kind]]

    def _term(self, node: NamedNode, kind: str) -> Term:
        known, language = self.vocabulary, self.language
        curie = known.curie(node)
        said = re.compile(rf"(?<![\w-]){re.escape(curie)}(?![\w-])")
        return Term(
            anchor=self.places.anchor(node),
            kind=_KINDS[kind],
            curie=curie,
            name=curie.partition(":")[2],
            iri=node.value,
            label=known.label(node, language),
            other=known.text(node, "rdfs:label", _OTHER[language]),
            definition=known.text(node, "skos:definition", language),
            notes=tuple(known.texts(node, "skos:scopeNote", language)),
            examples=tuple(known.texts(node, "skos:example", language)),
            shown=tuple(self._example(node, kind)),
            facts=tuple(self._facts(node)),
            traits=tuple(
                t.partition(":")[2] for t in _CHARACTERS if known.iri("owl:Class") and node in known.members(t)
            ),
            used=tuple(question.name for question in self.questions if said.search(question.sparql)),
            stated=curie in CLASSES or curie in PROPERTIES or node.value in known.used,
            unasked=self._unasked.get(curie, ""),
        )

    @cached_property
    def _unasked(self) -> Mapping[str, str]:
        return not_asked(self.language)

    def _facts(self, node: NamedNode) -> Iterable[tuple[str, tuple[Ref, ...]]]:
        known = self.vocabulary
        for curie, word in _OUT.items():
            if values := known.values(node, curie):
                yield word, tuple(map(self.ref, values))
        inverses = [*known.nodes(node, "owl:inverseOf"), *known.sayers("owl:inverseOf", node)]
        if inverses:
            yield "inverse", tuple(map(self.ref, inverses))
        if unions := known.values(node, "owl:disjointUnionOf"):
            yield "union_of", tuple(map(self.ref, known.listed(unions[0])))
        for curie, word in _IN.items():
            if sayers := known.sayers(curie, node):
                yield word, tuple(map(self.ref, sayers))

    def _example(self, node: NamedNode, kind: str) -> list[Piece]:
        """Write what the worked example says with the term: of a class its first member, of a property its first triple."""
        as_class = kind == "owl:Class"
        fits = (t for t in self.shown if (t.object if as_class else t.predicate) == node)
        if (found := next(fits, None)) is None:
            return []
        told = [t for t in self.shown if t.subject == found.subject][:_MOST_TRIPLES] if as_class else [found]
        written = serialize(told, format=RdfFormat.TURTLE, prefixes=dict(self.prefixes)) or b""
        lines = [line for line in written.decode().splitlines() if line and not line.startswith("@prefix")]
        return self.places.pieces("\n".join(lines).replace("\t", "    "))

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes of the data and of the vocabulary."""
        from kg.vocabulary import Names  # noqa: PLC0415  (used by one property)

        return dict(self.vocabulary.prefixes) | Names().prefixes()

    def scheme(self, node: NamedNode) -> Scheme:
        """Describe a code list; a concept stands below its broader one."""
        known, language = self.vocabulary, self.language
        bodies = any(known.values(concept, curie) for concept in known.concepts(node) for curie in _OF_BODIES)
        using = [n for n in known.sayers("rdfs:seeAlso", node) if n in known.terms["owl:ObjectProperty"]]
        return Scheme(
            anchor=self.places.anchor(node),
            iri=node.value,
            label=known.label(node, language),
            other=known.text(node, "skos:prefLabel", _OTHER[language]),
            definition=known.text(node, "skos:definition", language),
            page=self.places.pages[node],
            concepts=tuple(self._concept(concept, depth, bodies=bodies) for concept, depth in self._tree(node)),
            used=tuple(map(self.ref, using)),
        )

    def _tree(self, scheme: NamedNode) -> list[tuple[NamedNode, int]]:
        known = self.vocabulary
        members = known.concepts(scheme)
        inside, made = set(members), dict[NamedNode, int]()

        def add(concept: NamedNode, depth: int) -> None:
            if concept not in made:
                made[concept] = depth
                for narrower in known.sayers("skos:broader", concept):
                    if narrower in inside:
                        add(narrower, depth + 1)

        for concept in members:
            if not inside.intersection(known.nodes(concept, "skos:broader")):
                add(concept, 0)
        for concept in members:  # what stands in a circle of broader concepts
            add(concept, 0)
        return list(made.items())

    def _concept(self, node: NamedNode, depth: int, *, bodies: bool) -> Concept:
        known, language = self.vocabulary, self.language
        names = [
            (
                word if bodies else "other_names",
                tuple(v.value for v in known.values(node, curie) if isinstance(v, Literal)),
            )
            for curie, word in _NAMES.items()
        ]
        notation = known.text(node, "skos:notation", language) or known.curie(node).partition(":")[2]
        return Concept(
            anchor=self.places.anchor(node),
            curie=known.curie(node),
            notation=notation,
            label=known.label(node, language),
            other=known.text(node, "skos:prefLabel", _OTHER[language])
            or known.text(node, "rdfs:label", _OTHER[language]),
            definition=known.text(node, "skos:definition", language),
            examples=tuple(known.texts(node, "skos:example", language)),
            broader=tuple(map(self.ref, known.nodes(node, "skos:broader"))),
            names=tuple((word, found) for word, found in names if found),
            facts=tuple((ref.text, values) for ref, values in self.said(node, own_only=True)),
            depth=depth,
        )

    def described(self, node: NamedNode) -> Described:
        """Describe a node that is neither term nor concept."""
        known, language = self.vocabulary, self.language
        return Described(
            anchor=self.places.anchor(node),
            curie=known.curie(node),
            label=known.label(node, language),
            other=known.text(node, "rdfs:label", _OTHER[language]),
            definition=known.text(node, "skos:definition", language) or known.text(node, "dct:description", language),
            examples=tuple(known.texts(node, "skos:example", language)),
            facts=tuple(self.said(node)),
        )

    def said(self, node: NamedNode, *, own_only: bool = False) -> Iterable[tuple[Ref, tuple[Ref, ...]]]:
        """List what our properties, or all but labels and definitions, say of a node."""
        told = {
            "rdf:type",
            "rdfs:label",
            "skos:prefLabel",
            "skos:definition",
            "skos:example",
            "dct:description",
            "skos:inScheme",
            "skos:notation",
            "rdfs:isDefinedBy",
        }
        known = self.vocabulary
        for predicate in known.predicates(node):
            curie = known.curie(predicate)
            if curie in told or curie in _NAMES or (own_only and not curie.startswith("resp:")):
                continue
            values = [
                v
                for v in known.values(node, curie)
                if not isinstance(v, Literal) or v.language in (None, self.language)
            ]
            if values:
                yield self.ref(predicate), tuple(map(self.ref, values))
