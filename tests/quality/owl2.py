"""The rules of OWL 2 DL that a file can break, and the syntax of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL)."""

from __future__ import annotations

from collections.abc import Iterator

from quality.check import check
from quality.graph import ANNOTATION, BUILT_IN, CORE, DATATYPE, OBJECT, Graph, files, is_own, whole

DL, RL = "OWL 2 DL", "OWL 2 RL"
DATATYPES = {
    "xsd:anyURI", "xsd:base64Binary", "xsd:boolean", "xsd:byte", "xsd:dateTime", "xsd:dateTimeStamp", "xsd:decimal",
    "xsd:double", "xsd:float", "xsd:hexBinary", "xsd:int", "xsd:integer", "xsd:language", "xsd:long", "xsd:Name",
    "xsd:NCName", "xsd:negativeInteger", "xsd:NMTOKEN", "xsd:nonNegativeInteger", "xsd:nonPositiveInteger",
    "xsd:normalizedString", "xsd:positiveInteger", "xsd:short", "xsd:string", "xsd:token", "xsd:unsignedByte",
    "xsd:unsignedInt", "xsd:unsignedLong", "xsd:unsignedShort", "rdfs:Literal",
}  # fmt: skip
"""The datatype map of OWL 2 without owl:real and owl:rational, which RL has not either."""

OUTSIDE_RL = {
    "Responsibility SubClassOf concerns some",
    "Responsibility SubClassOf bearer some",
    "Responsibility SubClassOf role some",
    "WorkItem DisjointUnion",
    "Body DisjointUnion",
    "region domain unionOf",
    "comparator range oneOf",
}
"""The axioms of the last section of `responsibility.ttl`, and no others, are outside the profile."""

PLAIN = {"rdf:type", "rdf:first", "rdf:rest", "owl:members", "owl:inverseOf", "rdfs:subPropertyOf"}
LEFT_OR_RIGHT = {"rdfs:subClassOf", "rdfs:domain", "rdfs:range"}
PARTS = {"owl:onProperty", "owl:someValuesFrom", "owl:unionOf", "owl:oneOf"}
TYPES = {
    "owl:AllDisjointClasses", "owl:AsymmetricProperty", "owl:Class", "owl:DatatypeProperty", "owl:FunctionalProperty",
    "owl:InverseFunctionalProperty", "owl:IrreflexiveProperty", "owl:ObjectProperty", "owl:Ontology", "owl:Restriction",
    "owl:AnnotationProperty", "rdfs:Datatype",
}  # fmt: skip


@check(DL, "typing", "", "a term that is two kinds of property, or a class and a datatype")
def double_types() -> Iterator[str]:
    kinds = {OBJECT, DATATYPE, ANNOTATION}
    for term in {s for s, p, _ in whole().triples if p == "rdf:type"}:
        if len(kinds & set(whole().nodes(term, "rdf:type"))) > 1:
            yield term
        if {"owl:Class", "rdfs:Datatype"} <= set(whole().nodes(term, "rdf:type")):
            yield term


@check(DL, "declarations", "", "an individual, class or property that is not declared in its file or the ontology")
def undeclared_terms() -> Iterator[str]:
    for name, graph in files().items():
        known = {s for s, p, _ in (*graph.triples, *files()[CORE].triples) if p == "rdf:type"}
        for term in sorted({p for _, p, _ in graph.triples}):
            if term.partition(":")[0] not in BUILT_IN and term not in known:
                yield f"{name}: {term}"


@check(DL, "datatypes", "", "a range that is no datatype of OWL 2")
def foreign_datatypes() -> Iterator[str]:
    graph = files()[CORE]
    for term in graph.of_type(DATATYPE):
        yield from (
            f"{term} {r}" for r in graph.nodes(term, "rdfs:range") if not r.startswith("_:") and r not in DATATYPES
        )


@check(DL, "annotations", "", "an annotation property with a characteristic, a domain or a range")
def described_annotations() -> Iterator[str]:
    for term in whole().of_type(ANNOTATION):
        if whole().nodes(term, "rdf:type") != [ANNOTATION] or whole().nodes(term, "rdfs:domain"):
            yield term


@check(
    DL,
    "kinds-agree",
    "",
    "an object property under a datatype property, with a datatype as its range, or the other way round",
)
def mixed_kinds() -> Iterator[str]:
    for kind in (OBJECT, DATATYPE):
        for term in whole().of_type(kind):
            for upper in whole().nodes(term, "rdfs:subPropertyOf"):
                if kind not in whole().nodes(upper, "rdf:type"):
                    yield f"{term} {upper}"
            for value in whole().nodes(term, "rdfs:range"):
                if (value in DATATYPES or "rdfs:Datatype" in whole().nodes(value, "rdf:type")) != (kind == DATATYPE):
                    yield f"{term} {value}"


@check(
    DL, "simple-properties", "", "a functional, asymmetric or irreflexive property that is transitive or has a chain"
)
def complex_properties() -> Iterator[str]:
    yield from (s for s, p, o in whole().triples if p == "owl:propertyChainAxiom" or o == "owl:TransitiveProperty")


@check(DL, "foreign-terms", "", "an axiom about a term of others, in the ontology or in the alignments")
def described_foreign_terms() -> Iterator[str]:
    for name, graph in files().items():
        for subject, predicate, _ in graph.triples:
            if not is_own(subject) and not subject.startswith("_:") and predicate != "rdf:type":
                yield f"{name}: {subject} {predicate}"


@check(RL, "syntax", "", "an axiom outside the profile that the last section of the ontology does not hold")
def outside_rl() -> Iterator[str]:
    yield from set(axioms_outside_rl(files()[CORE])) - OUTSIDE_RL


@check(RL, "stated", "", "an axiom that the last section is said to hold and does not")
def not_outside_rl() -> Iterator[str]:
    yield from OUTSIDE_RL - set(axioms_outside_rl(files()[CORE]))


def axioms_outside_rl(graph: Graph) -> Iterator[str]:
    """Name each axiom that RL has not; what the rules below do not know is outside as well."""
    inside = {member for head in heads(graph, PARTS | {"owl:members", "owl:disjointUnionOf"}) for member in head}
    for subject, predicate, value in graph.triples:
        if not predicate.startswith(("owl:", "rdf:", "rdfs:")) or subject == graph.ontology or subject in inside:
            continue
        if predicate in {"rdfs:label", "rdfs:isDefinedBy", "rdfs:seeAlso", "rdfs:comment"} or subject.startswith("_:"):
            continue
        name = subject.rpartition("#")[2]
        if predicate == "owl:disjointUnionOf":
            yield f"{name} DisjointUnion"
        elif predicate in LEFT_OR_RIGHT and isinstance(value, str) and value.startswith("_:"):
            yield f"{name} {expression(graph, predicate, value)}"
        elif predicate in LEFT_OR_RIGHT or (predicate in PLAIN and (predicate != "rdf:type" or known(str(value)))):
            continue
        else:
            yield f"{name} {predicate} {value}"


def known(kind: str) -> bool:
    return kind in TYPES or not kind.startswith(("owl:", "rdfs:"))


def expression(graph: Graph, predicate: str, node: str) -> str:
    """Name the class or data range that stands where RL wants a name."""
    verb = {"rdfs:subClassOf": "SubClassOf", "rdfs:domain": "domain", "rdfs:range": "range"}[predicate]
    for part in ("owl:unionOf", "owl:oneOf"):
        if graph.values(node, part):
            return f"{verb} {part.removeprefix('owl:')}"
    (on,) = graph.nodes(node, "owl:onProperty")
    kind = "some" if graph.values(node, "owl:someValuesFrom") else "restriction"
    return f"{verb} {on.rpartition('#')[2]} {kind}"


def heads(graph: Graph, predicates: set[str]) -> Iterator[list[str]]:
    yield from ([s for s, p, o in graph.triples if p in {"rdf:first", "rdf:rest"}] for _ in predicates)
