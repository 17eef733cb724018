from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.assets import asset
from kg.graph import triples
from kg.records import Plan
from kg.vocabulary import (
    ATTRIBUTES,
    CLASSES,
    CODE_LISTS,
    PREFIXES,
    PROPERTIES,
    SHORTCUTS,
    VOCABULARY_FILES,
    Kind,
    concept,
    term,
)

OWL = "http://www.w3.org/2002/07/owl#"
RESP, RDF, RDFS, SKOS, XSD = (PREFIXES[prefix] for prefix in ("resp", "rdf", "rdfs", "skos", "xsd"))
TYPES = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"}

UNUSED = {
    "WorkItem": "the superclass of Task, Indicator and Project",
    "Body": "the superclass of Organization and CollectiveBody",
    "Role": "the class of the concepts in roles.ttl",
    "Figure": "the superclass of the three kinds of numbers",
    "concerns": "the superproperty of task, indicator and project",
    "hasResponsibility": "the inverse of concerns",
    "bears": "the inverse of bearer",
    "answeringBody": "the superproperty of the shortcuts",
    "valueOf": "the inverse of indicatorValue",
    "partLabel": "used in functions.ttl",
    "branchLabel": "used in functions.ttl",
    "notLabel": "used in functions.ttl",
    "FormerBody": "the class of the kinds in reforms.ttl",
    "Reform": "the class of the reforms in reforms.ttl",
    "formerBody": "used in reforms.ttl",
    "formerFunction": "used in reforms.ttl",
    "previousFunction": "used in reforms.ttl",
    "presentFunction": "used in reforms.ttl",
    "reformYear": "used in reforms.ttl",
}
"""Terms that the data does not use, each with its reason."""

DATATYPES = {Kind.STRING: "string", Kind.BOOLEAN: "boolean", Kind.INTEGER: "integer", Kind.DECIMAL: "decimal"}


def read(name: str) -> Iterator[Triple]:
    for quad in parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE):
        yield Triple(quad.subject, quad.predicate, quad.object)


@pytest.fixture(scope="module")
def core() -> list[Triple]:
    return list(read("responsibility.ttl"))


@pytest.fixture(scope="module")
def codes() -> list[Triple]:
    return list(read("roles.ttl"))


@pytest.fixture(scope="module")
def declared(core: list[Triple]) -> dict[str, set[str]]:
    """The types of every term, of ours and of others, by its IRI."""
    types: dict[str, set[str]] = defaultdict(set)
    for triple in core:
        if triple.predicate.value == RDF + "type" and isinstance(triple.subject, NamedNode):
            types[triple.subject.value].add(str(triple.object).strip("<>").removeprefix(OWL))
    return types


@pytest.fixture(scope="module")
def own(declared: dict[str, set[str]]) -> set[str]:
    return {iri for iri in declared if iri.startswith(RESP)}


def values(graph: list[Triple], subject: str, predicate: str) -> list[Literal | NamedNode]:
    return [t.object for t in graph if t.subject == NamedNode(subject) and t.predicate.value == predicate]


def test_every_term_that_the_code_knows_is_declared(declared: dict[str, set[str]]) -> None:
    for name in CLASSES:
        assert "Class" in declared[term(name).value], name
    for name, kind in PROPERTIES.items():
        if name not in {"rdf:type", "rdfs:label"}:  # built into OWL
            expected = (
                "ObjectProperty"
                if kind is Kind.NODE
                else "AnnotationProperty"
                if kind is Kind.LABEL
                else "DatatypeProperty"
            )
            assert expected in declared[term(name).value], name


def test_every_term_of_ours_is_known_to_the_code_or_unused_for_a_reason(own: set[str]) -> None:
    known = {term(name).value for name in (*CLASSES, *PROPERTIES) if name.startswith("resp:")}
    assert own - known == {RESP + name for name in UNUSED}


def test_the_sample_plans_use_every_class_and_property(sample_plans: tuple[Plan, Plan]) -> None:
    quads = [quad for plan in sample_plans for quad in triples(plan)]
    properties = {quad.predicate for quad in quads}
    classes = {quad.object for quad in quads if quad.predicate == term("rdf:type")}
    assert properties <= {term(name) for name in PROPERTIES}
    assert classes == {term(name) for name in CLASSES}
    missing = {name for name in PROPERTIES if term(name) not in properties}
    assert missing == {"resp:aligned", "resp:goal", "resp:namesFormerBody"}  # all rare: no invented row needs them


def test_every_term_has_one_label_and_one_definition_in_each_language(core: list[Triple], own: set[str]) -> None:
    for iri in own:
        for predicate in (RDFS + "label", SKOS + "definition"):
            languages = sorted(str(v.language) for v in values(core, iri, predicate) if isinstance(v, Literal))
            assert languages == ["en", "zh"], iri
        assert values(core, iri, RDFS + "isDefinedBy"), iri


def test_no_two_terms_share_a_label_or_a_definition(core: list[Triple], own: set[str]) -> None:
    for predicate in (RDFS + "label", SKOS + "definition"):
        said = Counter(str(v) for iri in own for v in values(core, iri, predicate))
        assert [text for text, count in said.items() if count > 1] == []


def test_no_property_has_two_domains_or_ranges(core: list[Triple], own: set[str]) -> None:
    for iri in own:
        assert len(values(core, iri, RDFS + "domain")) <= 1, iri
        assert len(values(core, iri, RDFS + "range")) <= 1, iri


def test_ranges_agree_with_the_values_that_the_code_writes(core: list[Triple]) -> None:
    for name, kind in PROPERTIES.items():
        stated = values(core, term(name).value, RDFS + "range")
        if name.startswith("resp:") and kind in DATATYPES and name != "resp:comparator":  # one of three strings
            assert stated == [NamedNode(XSD + DATATYPES[kind])], name
        if kind is Kind.DATE:
            assert stated == [], name  # xsd:date is not in the OWL 2 datatype map


def test_terms_of_others_are_declared_and_never_described(core: list[Triple]) -> None:
    foreign = [t for t in core if isinstance(t.subject, NamedNode) and not t.subject.value.startswith(RESP.rstrip("#"))]
    assert {t.predicate.value for t in foreign} == {RDF + "type"}
    assert {str(t.object).strip("<>").removeprefix(OWL) for t in foreign} <= TYPES


def test_every_term_of_ours_in_the_code_lists_is_declared(own: set[str]) -> None:
    for name in VOCABULARY_FILES:
        for triple in read(name):
            for node in (triple.subject, triple.predicate, triple.object):
                if isinstance(node, NamedNode) and node.value.startswith(RESP) and node.value != RESP:
                    assert node.value in own, f"{name}: {node.value}"


def test_every_member_of_an_enumeration_is_a_concept_with_its_notation(codes: list[Triple]) -> None:
    members = [member for enumeration in CODE_LISTS for member in enumeration]
    for member in members:
        notations = values(codes, concept(member).value, SKOS + "notation")
        assert notations == [Literal(member.value)], member
    attributes = {values(codes, term(f"attribute:{name}").value, SKOS + "prefLabel")[1] for name in ATTRIBUTES.values()}
    assert {Literal(printed, language="zh") for printed in ATTRIBUTES} == attributes
    concepts = [t for t in codes if t.predicate.value == SKOS + "inScheme"]
    assert len(concepts) == len(members) + len(ATTRIBUTES)


def test_every_concept_has_labels_and_definitions_in_both_languages(codes: list[Triple]) -> None:
    concepts = [
        t.subject.value for t in codes if t.predicate.value == SKOS + "inScheme" and isinstance(t.subject, NamedNode)
    ]
    for iri in concepts:
        for predicate in (SKOS + "prefLabel", RDFS + "label", SKOS + "definition"):
            assert [v.language for v in values(codes, iri, predicate) if isinstance(v, Literal)] == ["en", "zh"], iri


def test_roles_are_individuals_and_each_has_its_shortcut(codes: list[Triple], core: list[Triple]) -> None:
    roles = {t.subject for t in codes if t.object == term("resp:Role") and t.predicate.value == RDF + "type"}
    assert roles == {concept(role) for role in SHORTCUTS}
    for shortcut in SHORTCUTS.values():
        assert values(core, term(shortcut).value, RDFS + "subPropertyOf") == [term("resp:answeringBody")]


def test_the_ontology_says_what_it_is(core: list[Triple]) -> None:
    iri = RESP.rstrip("#")
    stated = {t.predicate.value for t in core if t.subject == NamedNode(iri)}
    dct, vann = PREFIXES["dct"], "http://purl.org/vocab/vann/"
    assert stated >= {
        OWL + "versionIRI",
        dct + "title",
        dct + "creator",
        dct + "license",
        vann + "preferredNamespaceUri",
    }
    assert values(core, iri, vann + "preferredNamespaceUri") == [Literal(RESP)]


@pytest.mark.slow
def test_a_reasoner_finds_ontology_and_sample_data_consistent(sample_plans: tuple[Plan, Plan], tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java: install a Java runtime")
    owlready2 = pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    graph = [*read("responsibility.ttl"), *(t for t in read("roles.ttl") if not t.predicate.value.endswith("#imports"))]
    graph += [Triple(q.subject, q.predicate, q.object) for plan in sample_plans for q in triples(plan)]
    # HermiT refuses xsd:date, which the OWL 2 datatype map does not have.
    reasoned = [t for t in graph if not (isinstance(t.object, Literal) and t.object.datatype.value == XSD + "date")]

    def reason(name: str, *more: Triple) -> list[object]:
        file = tmp_path / name
        serialize([*reasoned, *more], str(file), format=RdfFormat.N_TRIPLES)
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        owlready2.sync_reasoner(world, debug=0)
        return list(world.inconsistent_classes())

    assert reason("sound.nt") == []
    task = next(t.subject for t in reasoned if t.object == term("resp:Task") and t.predicate == term("rdf:type"))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason("unsound.nt", Triple(task, term("rdf:type"), term("resp:Region")))
