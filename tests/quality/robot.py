"""The checks of `robot report` (https://robot.obolibrary.org/report), one file at a time and one language at a time.

ROBOT knows one label a term; ours have one in each language, so what it asks of labels is asked in each language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quality.check import check, unchecked
from quality.graph import Graph, files, imported

SOURCE = "ROBOT report"
LANGUAGES = ("en", "zh")
NAMES = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
TEXTS = (*NAMES, "skos:definition", "skos:example", "skos:note", "skos:scopeNote", "rdfs:comment")


def described() -> Iterator[tuple[Graph, str]]:
    """Yield each term of ours with the graph that describes it: not where another file only speaks of it."""
    for graph in files().values():
        yield from ((graph, term) for term in graph.terms)


@check(SOURCE, "annotation_whitespace", "warn", "white space around an annotation or twice within it")
def annotation_whitespace() -> Iterator[str]:
    for graph, term in described():
        for predicate in TEXTS:
            yield from (text for text in graph.texts(term, predicate) if text != " ".join(text.split()))


@check(SOURCE, "label_whitespace", "error", "white space around a label")
def label_whitespace() -> Iterator[str]:
    for graph, term in described():
        yield from (text for text in graph.texts(term, "rdfs:label") if text != text.strip())


@check(SOURCE, "label_formatting", "error", "a label with a line break or a tab")
def label_formatting() -> Iterator[str]:
    for graph, term in described():
        yield from (text for text in graph.texts(term, "rdfs:label") if any(mark in text for mark in "\n\r\t"))


@check(SOURCE, "missing_label", "error", "a term without a label in each language")
def missing_label() -> Iterator[str]:
    for language in LANGUAGES:
        yield from (
            f"{term} {language}" for graph, term in described() if not graph.texts(term, "rdfs:label", language)
        )


@check(SOURCE, "multiple_labels", "error", "a term with several labels in one language")
def multiple_labels() -> Iterator[str]:
    for language in LANGUAGES:
        yield from (term for graph, term in described() if len(graph.texts(term, "rdfs:label", language)) > 1)


@check(SOURCE, "duplicate_label", "error", "one label for several terms of a file")
def duplicate_label() -> Iterator[str]:
    yield from duplicates("rdfs:label")


@check(SOURCE, "missing_definition", "warn", "a term without a definition in each language")
def missing_definition() -> Iterator[str]:
    for language in LANGUAGES:
        yield from (term for graph, term in described() if not graph.texts(term, "skos:definition", language))


@check(SOURCE, "multiple_definitions", "error", "a term with several definitions in one language")
def multiple_definitions() -> Iterator[str]:
    for language in LANGUAGES:
        yield from (term for graph, term in described() if len(graph.texts(term, "skos:definition", language)) > 1)


@check(SOURCE, "duplicate_definition", "error", "one definition for several terms of a file")
def duplicate_definition() -> Iterator[str]:
    yield from duplicates("skos:definition")


@check(SOURCE, "lowercase_definition", "info", "an English definition that begins in lower case")
def lowercase_definition() -> Iterator[str]:
    for graph, term in described():
        yield from (text for text in graph.texts(term, "skos:definition", "en") if text[0].islower())


@check(SOURCE, "duplicate_exact_synonym", "warn", "an alternative label twice in a scheme of concepts")
def duplicate_exact_synonym() -> Iterator[str]:
    yield from duplicates("skos:altLabel", "skos:Concept")


@check(SOURCE, "duplicate_label_synonym", "warn", "a label that is also an alternative label of the term")
def duplicate_label_synonym() -> Iterator[str]:
    for graph, term in described():
        yield from set(graph.texts(term, "rdfs:label")) & set(graph.texts(term, "skos:altLabel"))


@check(SOURCE, "missing_ontology_title", "error", "a file without a title in each language")
def missing_ontology_title() -> Iterator[str]:
    yield from headers_without("dct:title")


@check(SOURCE, "missing_ontology_description", "error", "a file without a description in each language")
def missing_ontology_description() -> Iterator[str]:
    yield from headers_without("dct:description")


@check(SOURCE, "missing_ontology_license", "error", "a file without a licence")
def missing_ontology_license() -> Iterator[str]:
    yield from (name for name, graph in files().items() if not graph.values(graph.ontology, "dct:license"))


@check(SOURCE, "multiple_equivalent_classes", "error", "a class that is equivalent to several")
def multiple_equivalent_classes() -> Iterator[str]:
    yield from (term for graph, term in described() if len(graph.values(term, "owl:equivalentClass")) > 1)


@check(SOURCE, "equivalent_pair", "warn", "two classes that are equivalent")
def equivalent_pair() -> Iterator[str]:
    yield from (term for graph, term in described() if graph.values(term, "owl:equivalentClass"))


@check(SOURCE, "deprecated_class_reference", "error", "a deprecated class in an axiom")
def deprecated_class_reference() -> Iterator[str]:
    yield from deprecated_references("owl:Class")


@check(SOURCE, "deprecated_property_reference", "error", "a deprecated property in an axiom")
def deprecated_property_reference() -> Iterator[str]:
    yield from deprecated_references("owl:ObjectProperty", "owl:DatatypeProperty")


@check(SOURCE, "missing_obsolete_label", "warn", "a deprecated term whose label does not say so")
def missing_obsolete_label() -> Iterator[str]:
    for graph, term in described():
        if graph.values(term, "owl:deprecated"):
            yield from (t for t in graph.texts(term, "rdfs:label", "en") if not t.startswith("obsolete "))


@check(SOURCE, "misused_obsolete_label", "error", "a term in use whose label says that it is obsolete")
def misused_obsolete_label() -> Iterator[str]:
    for graph, term in described():
        if not graph.values(term, "owl:deprecated"):
            yield from (t for t in graph.texts(term, "rdfs:label", "en") if t.startswith("obsolete "))


@check(
    SOURCE, "multiple_asserted_superclasses", "warn", "a class of ours with several named superclasses in its own file"
)
def multiple_asserted_superclasses() -> Iterator[str]:
    for graph, term in described():
        if len([upper for upper in graph.nodes(term, "rdfs:subClassOf") if not upper.startswith("_:")]) > 1:
            yield term


unchecked(SOURCE, "duplicate_scoped_synonym", "warn", "an OBO synonym with two scopes", "OBO annotations are not used.")
unchecked(SOURCE, "invalid_xref", "warn", "an OBO cross-reference that is no CURIE", "OBO annotations are not used.")
unchecked(SOURCE, "missing_superclass", "info", "a class without a superclass", "Documents, facts, bodies, regions and changes have nothing in common that would be worth a class.")  # fmt: skip


def duplicates(predicate: str, *types: str) -> Iterator[str]:
    for name, graph in files().items():
        for language in LANGUAGES:
            terms = graph.of_type(*types) if types else graph.terms
            said = Counter(text for term in terms for text in graph.texts(term, predicate, language))
            yield from (f"{name}: {text}" for text, count in said.items() if count > 1)


def headers_without(predicate: str) -> Iterator[str]:
    for name, graph in files().items():
        if {language for language in LANGUAGES if graph.texts(graph.ontology, predicate, language)} != set(LANGUAGES):
            yield name


def deprecated_references(*types: str) -> Iterator[str]:
    """Find deprecated terms of ours, and terms of others that their lists mark as deprecated."""
    for graph in files().values():
        gone = {s for s, p, _ in graph.triples if p == "owl:deprecated" and graph.of_type(*types)}
        gone |= {term for term, kind in imported().items() if kind.startswith("deprecated")}
        yield from (f"{s} {p} {o}" for s, p, o in graph.triples if o in gone)
