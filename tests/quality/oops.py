"""The pitfalls of OOPS!, the OntOlogy Pitfall Scanner (https://oops.linkeddata.es/catalogue.jsp), on the ontology itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from kg.vocabulary import CLASSES, PREFIXES, PROPERTIES
from quality.check import check, unchecked
from quality.graph import ALIGNMENTS, CORE, FOREIGN, Graph, data, files, imported, is_own, local, whole

SOURCE = "OOPS!"
DATES = {"earliest", "latest"}
"""Properties without a range in OWL: their values are xsd:date, which the OWL 2 datatype map has not."""
SAME = {frozenset({"CitedAct", "Document"})}
"""Classes that may share members: a cited act may be a document that was read."""
DATATYPE_NAMES = {"Boolean", "Date", "DateTime", "Decimal", "Duration", "Float", "Integer", "Number", "String", "Time"}
MISCELLANEOUS = ("Other", "Misc", "Unknown", "General")


def core() -> Graph:
    return files()[CORE]


@check(SOURCE, "P03", "critical", "a property named “is” in place of a subclass, a type or an identity")
def is_relations() -> Iterator[str]:
    yield from (term for term in core().properties if local(term).lower() in {"is", "isa", "is-a", "sameas"})


@check(SOURCE, "P05", "critical", "inverse properties whose domains and ranges are not each other's")
def wrong_inverses() -> Iterator[str]:
    for one, other in inverses():
        here, there = (core().values(one, "rdfs:domain"), core().values(one, "rdfs:range"))
        if here != core().values(other, "rdfs:range") or there != core().values(other, "rdfs:domain"):
            yield f"{one} {other}"


@check(SOURCE, "P06", "critical", "cycles in a hierarchy of classes, properties or concepts")
def cycles() -> Iterator[str]:
    for predicate in ("rdfs:subClassOf", "rdfs:subPropertyOf", "skos:broader"):
        yield from (term for term in whole().terms if term in whole().above(term, predicate))


@check(SOURCE, "P10", "important", "sibling classes that are not declared disjoint")
def missing_disjointness() -> Iterator[str]:
    disjoint = {frozenset(pair) for group in disjoint_groups() for pair in combinations(group, 2)}
    siblings = defaultdict(list)
    for term in core().classes:
        for upper in [u for u in core().nodes(term, "rdfs:subClassOf") if u in core().classes] or ["root"]:
            siblings[upper].append(term)
    for group in siblings.values():
        for pair in combinations(group, 2):
            if frozenset(pair) not in disjoint and frozenset(map(local, pair)) not in SAME:
                yield " ".join(pair)


@check(
    SOURCE,
    "P11",
    "important",
    "properties without a domain or a range (but those of dates, which OWL 2 has no datatype for)",
)
def missing_domains() -> Iterator[str]:
    for term in core().properties:
        if not core().values(term, "rdfs:domain"):
            yield f"{term} domain"
        if not core().values(term, "rdfs:range") and local(term) not in DATES:
            yield f"{term} range"


@check(SOURCE, "P12", "important", "properties with one label, which would be equivalent")
def undeclared_equivalent_properties() -> Iterator[str]:
    yield from same_labels(core().properties)


@check(
    SOURCE,
    "P14",
    "critical",
    "owl:allValuesFrom where owl:someValuesFrom is meant; neither a universal restriction is used",
)
def universal_restrictions() -> Iterator[str]:
    yield from uses("owl:allValuesFrom")


@check(SOURCE, "P15", "critical", "“some not” in place of “not some”; no complement is used")
def complements() -> Iterator[str]:
    yield from uses("owl:complementOf")


@check(SOURCE, "P17", "important", "leaf classes that never have members: each has some in the data or the code lists")
def overspecialised_classes() -> Iterator[str]:
    inner = {upper for term in core().classes for upper in core().nodes(term, "rdfs:subClassOf")}
    used = {expand(name) for name in CLASSES} | {str(o) for _, p, o in whole().triples if p == "rdf:type"}
    yield from (term for term in core().classes if term not in inner and term not in used)


@check(SOURCE, "P18", "important", "a domain or range that is too narrow for the bundled dataset")
def narrow_domains() -> Iterator[str]:
    for subject, predicate, value in data().triples:
        for side, node in (("rdfs:domain", subject), ("rdfs:range", value)):
            allowed = set(named(predicate, side))
            if allowed and isinstance(node, str) and not allowed & types(node):
                yield f"{predicate} {side} {node}"


@check(SOURCE, "P19", "critical", "properties with several domains or ranges, which OWL intersects")
def several_domains() -> Iterator[str]:
    for term in core().properties:
        for predicate in ("rdfs:domain", "rdfs:range"):
            if len(core().values(term, predicate)) > 1:
                yield f"{term} {predicate}"


@check(SOURCE, "P23", "important", "classes that stand for a datatype of the language")
def duplicated_datatypes() -> Iterator[str]:
    yield from (term for term in core().classes if local(term) in DATATYPE_NAMES)


@check(SOURCE, "P24", "important", "terms in their own definition")
def recursive_definitions() -> Iterator[str]:
    for term in [*core().classes, *core().properties]:
        for predicate in ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:disjointUnionOf"):
            if term in reached(term, predicate):
                yield f"{term} {predicate}"


@check(SOURCE, "P25", "important", "properties that are their own inverse")
def self_inverses() -> Iterator[str]:
    yield from (one for one, other in inverses() if one == other)


@check(SOURCE, "P26", "important", "symmetric properties with an inverse")
def symmetric_inverses() -> Iterator[str]:
    yield from (one for one, _ in inverses() if "owl:SymmetricProperty" in core().values(one, "rdf:type"))


@check(
    SOURCE,
    "P27",
    "critical",
    "wrong equivalent properties; none is declared equivalent to another, here or in the alignments",
)
def equivalent_properties() -> Iterator[str]:
    yield from uses("owl:equivalentProperty")


@check(SOURCE, "P28", "critical", "wrong symmetric properties; none is symmetric")
def symmetric_properties() -> Iterator[str]:
    yield from core().of_type("owl:SymmetricProperty")


@check(SOURCE, "P29", "critical", "wrong transitive properties; none is transitive")
def transitive_properties() -> Iterator[str]:
    yield from core().of_type("owl:TransitiveProperty")


@check(SOURCE, "P30", "important", "classes with one label, which would be equivalent")
def undeclared_equivalent_classes() -> Iterator[str]:
    yield from same_labels(core().classes)


@check(
    SOURCE,
    "P31",
    "critical",
    "wrong equivalent classes; none is declared equivalent to another, here or in the alignments",
)
def equivalent_classes() -> Iterator[str]:
    yield from uses("owl:equivalentClass")


@check(SOURCE, "P34", "important", "terms used as a class and not declared as one")
def untyped_classes() -> Iterator[str]:
    for name, graph in files().items():
        for subject, predicate, value in graph.triples:
            if predicate in {"rdf:type", "rdfs:subClassOf"} and isinstance(value, str) and not value.startswith("_:"):
                yield from undeclared(name, subject, value, "owl:Class")


@check(SOURCE, "P35", "important", "terms used as a property and not declared as one")
def untyped_properties() -> Iterator[str]:
    kinds = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
    for name, graph in files().items():
        for predicate in sorted({p for _, p, _ in graph.triples}):
            yield from undeclared(name, "", predicate, *kinds)


@check(SOURCE, "P38", "important", "a file without a declaration of its ontology")
def missing_ontologies() -> Iterator[str]:
    for name, graph in files().items():
        if len([s for s, p, o in graph.triples if p == "rdf:type" and o == "owl:Ontology"]) != 1:
            yield name


@check(SOURCE, "P39", "critical", "an ambiguous namespace: each file names its ontology in full, and ours ends in #")
def ambiguous_namespaces() -> Iterator[str]:
    yield from (name for name, graph in files().items() if not graph.ontology.startswith("https://"))
    if PREFIXES["resp"] != f"{core().ontology}#":
        yield PREFIXES["resp"]


@check(SOURCE, "P40", "critical", "namespace hijacking: terms of others that their own file does not have")
def hijacked_terms() -> Iterator[str]:
    used = {term for triple in whole().triples for term in triple if isinstance(term, str)}
    used |= {*CLASSES, *PROPERTIES}
    for term in sorted(used):
        if term.partition(":")[0] in FOREIGN and "://" not in term and term not in imported():
            yield term


@check(SOURCE, "P41", "important", "an ontology without a licence")
def missing_licences() -> Iterator[str]:
    yield from (name for name, graph in files().items() if not graph.values(graph.ontology, "dct:license"))


@check(SOURCE, "P04", "minor", "classes and properties without a relation to another")
def unconnected_terms() -> Iterator[str]:
    told = [t for t in core().triples if t[1] not in {"rdf:type", "rdfs:isDefinedBy"}]
    linked = {t[0] for t in told if isinstance(t[2], str) and is_own(t[2])} | {str(t[2]) for t in told}
    yield from (term for term in [*core().classes, *core().properties] if term not in linked)


@check(SOURCE, "P08", "minor", "terms without a label or a definition")
def missing_annotations() -> Iterator[str]:
    for term in core().terms:
        if not (core().texts(term, "rdfs:label") and core().texts(term, "skos:definition")):
            yield term


@check(SOURCE, "P20", "minor", "swapped annotations: a label that ends like a sentence, a definition that does not")
def swapped_annotations() -> Iterator[str]:
    for term in whole().terms:
        yield from (label for label in whole().texts(term, "rdfs:label") if label.endswith((".", "。")))
        texts = whole().texts(term, "skos:definition")
        yield from (f"{term}: {text}" for text in texts if not text.endswith((".", "。")))


@check(SOURCE, "P21", "minor", "a miscellaneous class")
def miscellaneous_classes() -> Iterator[str]:
    yield from (term for term in core().classes if local(term).startswith(MISCELLANEOUS))


@check(
    SOURCE,
    "P22",
    "minor",
    "mixed naming: classes are UpperCamelCase, properties lowerCamelCase, concepts lower-case with hyphens",
)
def mixed_names() -> Iterator[str]:
    yield from (term for term in core().classes if not (local(term)[0].isupper() and local(term).isalnum()))
    yield from (term for term in core().properties if not (local(term)[0].islower() and local(term).isalnum()))
    for term in whole().of_type("skos:Concept"):
        if local(term) != local(term).lower() or not local(term).replace("-", "").isalnum():
            yield term


@check(SOURCE, "P32", "minor", "several classes with one label")
def shared_class_labels() -> Iterator[str]:
    yield from same_labels(core().classes)


@check(SOURCE, "P33", "minor", "a property chain of one property; no chain is used")
def short_chains() -> Iterator[str]:
    yield from uses("owl:propertyChainAxiom")


@check(SOURCE, "P36", "minor", "a file extension in the IRI of an ontology or a term")
def extensions() -> Iterator[str]:
    endings = (".ttl", ".owl", ".rdf", ".n3", ".xml")
    yield from (term for term in [*whole().terms, *(g.ontology for g in files().values())] if term.endswith(endings))


unchecked(
    SOURCE,
    "P01",
    "critical",
    "one name with several meanings",
    "A matter of reading, which no test can do; the definitions and examples are there to be read.",
)
unchecked(
    SOURCE,
    "P16",
    "critical",
    "a primitive class where a defined one is meant",
    "No class is meant to gather its members by itself; the data states the types.",
)
unchecked(
    SOURCE,
    "P37",
    "critical",
    "an ontology that is not on the Web",
    "Needs the Web: the w3id.org redirect can be registered when the repository has its public address.",
)
unchecked(
    SOURCE,
    "P02",
    "minor",
    "synonyms as classes",
    "A matter of reading; P30 and P31 find the cases that a machine can see.",
)
unchecked(SOURCE, "P07", "minor", "different concepts in one class", "A matter of reading; no label joins two nouns.")
unchecked(
    SOURCE,
    "P09",
    "minor",
    "missing information of the domain",
    "The competency questions in `requirements/` say what must be answered, and are tested.",
)
unchecked(SOURCE, "P13", "minor", "properties without an inverse", "Inverses are named where people ask from both ends; elsewhere SPARQL has ^, and an inverse would double the data.")  # fmt: skip


def named(term: str, predicate: str) -> Iterator[str]:
    """Yield the classes that a domain or range names, the members where it is a union."""
    for node in core().nodes(term, predicate):
        unions = core().nodes(node, "owl:unionOf")
        yield from core().members(unions[0]) if unions else [node]


@cache
def types(node: str) -> set[str]:
    stated = {*data().nodes(node, "rdf:type"), *whole().nodes(node, "rdf:type")}
    return stated.union(*(core().above(term, "rdfs:subClassOf") for term in stated))


def inverses() -> list[tuple[str, str]]:
    return [(s, str(o)) for s, p, o in core().triples if p == "owl:inverseOf"]


def disjoint_groups() -> list[list[str]]:
    heads = [str(o) for _, p, o in core().triples if p in {"owl:members", "owl:disjointUnionOf"}]
    return [core().members(head) for head in heads]


def same_labels(terms: list[str]) -> Iterator[str]:
    said = defaultdict(list)
    for term in terms:
        for language in ("en", "zh"):
            for predicate in ("rdfs:label", "skos:altLabel"):
                for text in core().texts(term, predicate, language):
                    said[language, text.casefold()].append(term)
    yield from (f"{text}: {terms}" for (_, text), terms in said.items() if len(set(terms)) > 1)


def uses(predicate: str) -> Iterator[str]:
    yield from (f"{s} {o}" for s, p, o in whole().triples if p == predicate)


def reached(term: str, predicate: str) -> set[str]:
    """Return what one axiom of a term speaks of, through the blank nodes that it is written with."""
    found: set[str] = set()
    todo = core().nodes(term, predicate)
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            if node.startswith("_:"):
                todo += [o for s, _, o in core().triples if s == node and isinstance(o, str)]
    return found


def undeclared(name: str, subject: str, term: str, *kinds: str) -> Iterator[str]:
    graph = files()[name]
    types = {*graph.values(term, "rdf:type"), *files()[CORE].values(term, "rdf:type")}
    types |= set(files()["indicator-concepts.ttl"].values(term, "rdf:type")) if name == ALIGNMENTS else set()
    if term.partition(":")[0] not in {"owl", "rdf", "rdfs", "xsd"} and not types & set(kinds):
        yield f"{name}: {subject} {term}"


def expand(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix == "resp" else name
