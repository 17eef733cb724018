"""The checks of the field on the ontology: each finds nothing, each can find something, and the page of the docs lists them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyoxigraph import Literal

FOLDER = Path(__file__).resolve().parent / "quality"


def load_checks() -> ModuleType:
    spec = spec_from_file_location("quality", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["quality"] = module  # its modules import each other
    spec.loader.exec_module(module)
    from quality import page  # noqa: PLC0415

    return page


PAGE = load_checks()
CHECKS: list[Any] = PAGE.CHECKS
GRAPH: ModuleType = sys.modules["quality.graph"]
KEYS = [f"{check.source} {check.id}" for check in CHECKS]
LEVELS = {"OOPS!": 41, "ROBOT report": 25}
"""How many checks the sources have: all of them are made or have a reason."""


@pytest.mark.parametrize("check", CHECKS, ids=KEYS)
def test_a_check_finds_nothing(check: Any) -> None:
    assert list(check.find()) == []


def test_every_check_of_a_source_is_made_or_has_a_reason() -> None:
    listed = Counter(entry.source for entry in (*CHECKS, *PAGE.UNCHECKED))
    assert {source: listed[source] for source in LEVELS} == LEVELS
    assert len(set(KEYS)) == len(KEYS)
    assert all(len(entry.reason) > 20 for entry in PAGE.UNCHECKED)


def test_every_check_names_a_source_that_is_listed() -> None:
    used = {entry.source for entry in (*CHECKS, *PAGE.UNCHECKED)}
    assert used == set(PAGE.SOURCES)
    assert all(where.startswith(("http", "../")) and len(what) > 20 for where, what in PAGE.SOURCES.values())


OOPS = {
    "critical": "01 03 05 06 14 15 16 19 27 28 29 31 37 39 40",
    "important": "10 11 12 17 18 23 24 25 26 30 34 35 38 41",
    "minor": "02 04 07 08 09 13 20 21 22 32 33 36",
}
"""The levels of the catalogue of OOPS! as its source gives them (but P34, see `quality.check.SOURCES`)."""


def test_the_pitfalls_of_oops_have_the_levels_of_its_catalogue() -> None:
    told = {entry.id: entry.level for entry in (*CHECKS, *PAGE.UNCHECKED) if entry.source == "OOPS!"}
    assert told == {f"P{number}": level for level, numbers in OOPS.items() for number in numbers.split()}


def test_a_finding_is_told_in_the_result() -> None:
    one = replace(CHECKS[0], find=lambda: ["a", "b"])
    assert (PAGE.result(one), PAGE.result(replace(one, find=list))) == ("2 findings", "passed")


@pytest.mark.checkout
def test_the_page_of_the_checks_is_current(checkout: Path) -> None:
    text = (checkout / "docs" / "ontology-checks.md").read_text(encoding="utf-8")
    assert text == PAGE.page(), "run: make docs"


ONTOLOGY = "https://w3id.org/policy-responsibility/ontology"
TASK, BODY, BEARER, BEARS, UNIT = (f"{ONTOLOGY}#{name}" for name in ("Task", "Body", "bearer", "bears", "unit"))
NEW, CONCEPT = f"{ONTOLOGY}#New", "https://w3id.org/policy-responsibility/topic/rural"
CORE, TOPICS, FUNCTIONS = "responsibility.ttl", "topics.ttl", "functions.ttl"
CLASS, OBJECT = (NEW, "rdf:type", "owl:Class"), (NEW, "rdf:type", "owl:ObjectProperty")


def text(value: str, language: str = "en") -> Literal:
    return Literal(value, language=language)


def same_text(subject: str, predicate: str, *values: str) -> list[tuple[str, str, Literal]]:
    return [(subject, predicate, text(value)) for value in values]


FAULTS: dict[str, tuple[str, list[tuple[str, str, Any]]]] = {
    "OOPS! P03": (CORE, [(f"{ONTOLOGY}#isA", "rdf:type", "owl:ObjectProperty")]),
    "OOPS! P05": (CORE, [(BEARER, "owl:inverseOf", UNIT)]),
    "OOPS! P06": (CORE, [(BODY, "rdfs:subClassOf", BODY)]),
    "OOPS! P10": (CORE, [CLASS, (NEW, "rdfs:subClassOf", BODY)]),
    "OOPS! P11": (CORE, [OBJECT]),
    "OOPS! P12": (CORE, same_text(BEARS, "rdfs:label", "bearer")),
    "OOPS! P14": (CORE, [("_:x", "owl:allValuesFrom", TASK)]),
    "OOPS! P15": (CORE, [("_:x", "owl:complementOf", TASK)]),
    "OOPS! P17": (CORE, [CLASS]),
    "OOPS! P18": (CORE, [("rdfs:label", "rdfs:domain", f"{ONTOLOGY}#Region")]),
    "OOPS! P19": (CORE, [(BEARER, "rdfs:domain", TASK)]),
    "OOPS! P23": (CORE, [(f"{ONTOLOGY}#Date", "rdf:type", "owl:Class")]),
    "OOPS! P24": (CORE, [(TASK, "rdfs:subClassOf", TASK)]),
    "OOPS! P25": (CORE, [(BEARER, "owl:inverseOf", BEARER)]),
    "OOPS! P26": (CORE, [(BEARER, "rdf:type", "owl:SymmetricProperty")]),
    "OOPS! P27": (CORE, [(BEARER, "owl:equivalentProperty", BEARS)]),
    "OOPS! P28": (CORE, [(BEARER, "rdf:type", "owl:SymmetricProperty")]),
    "OOPS! P29": (CORE, [(BEARER, "rdf:type", "owl:TransitiveProperty")]),
    "OOPS! P30": (CORE, same_text(TASK, "skos:altLabel", "project")),
    "OOPS! P31": (CORE, [(TASK, "owl:equivalentClass", "p-plan:Step")]),
    "OOPS! P34": (CORE, [(TASK, "rdfs:subClassOf", NEW)]),
    "OOPS! P35": (CORE, [(TASK, NEW, BODY)]),
    "OOPS! P38": (CORE, [(NEW, "rdf:type", "owl:Ontology")]),
    "OOPS! P40": (CORE, [(TASK, "rdfs:seeAlso", "cv:playsRole")]),
    "OOPS! P04": (CORE, [CLASS]),
    "OOPS! P08": (CORE, [CLASS]),
    "OOPS! P20": (CORE, same_text(TASK, "skos:definition", "no sentence")),
    "OOPS! P21": (CORE, [(f"{ONTOLOGY}#OtherBody", "rdf:type", "owl:Class")]),
    "OOPS! P22": (CORE, [(f"{ONTOLOGY}#lower_case", "rdf:type", "owl:Class")]),
    "OOPS! P32": (CORE, same_text(TASK, "rdfs:label", "project")),
    "OOPS! P33": (CORE, [(BEARER, "owl:propertyChainAxiom", "_:x")]),
    "OOPS! P36": (CORE, [(f"{ONTOLOGY}#a.ttl", "rdf:type", "owl:Class")]),
    "ROBOT report annotation_whitespace": (CORE, same_text(TASK, "skos:example", "two  spaces")),
    "ROBOT report label_whitespace": (CORE, same_text(TASK, "rdfs:label", " task")),
    "ROBOT report label_formatting": (CORE, same_text(TASK, "rdfs:label", "ta\nsk")),
    "ROBOT report missing_label": (CORE, [CLASS, *same_text(NEW, "rdfs:label", "new")]),
    "ROBOT report multiple_labels": (CORE, same_text(TASK, "rdfs:label", "work")),
    "ROBOT report duplicate_label": (CORE, same_text(TASK, "rdfs:label", "project")),
    "ROBOT report missing_definition": (CORE, [CLASS]),
    "ROBOT report multiple_definitions": (CORE, same_text(TASK, "skos:definition", "Another one.")),
    "ROBOT report duplicate_definition": (CORE, [CLASS, *same_text(NEW, "skos:definition", "What kind of body it is.")]),
    "ROBOT report lowercase_definition": (CORE, same_text(TASK, "skos:definition", "a task.")),
    "ROBOT report duplicate_exact_synonym": (TOPICS, [(CONCEPT, "skos:altLabel", text("养老", "zh"))]),
    "ROBOT report duplicate_label_synonym": (TOPICS, [(CONCEPT, "skos:altLabel", text("农村服务", "zh"))]),
    "ROBOT report multiple_equivalent_classes": (CORE, [(TASK, "owl:equivalentClass", x) for x in (BODY, NEW)]),
    "ROBOT report equivalent_pair": (CORE, [(TASK, "owl:equivalentClass", BODY)]),
    "ROBOT report deprecated_class_reference": (CORE, [(TASK, "owl:deprecated", text("true"))]),
    "ROBOT report deprecated_property_reference": (CORE, [(BEARER, "owl:deprecated", text("true"))]),
    "ROBOT report missing_obsolete_label": (CORE, [(TASK, "owl:deprecated", text("true"))]),
    "ROBOT report misused_obsolete_label": (CORE, same_text(TASK, "rdfs:label", "obsolete task")),
    "ROBOT report multiple_asserted_superclasses": (CORE, [(TASK, "rdfs:subClassOf", BODY)]),
    "FOOPS! URI2": (CORE, [(ONTOLOGY, "owl:versionInfo", Literal("9.9.9"))]),
    "FOOPS! VOC1": (CORE, [(ONTOLOGY, "dct:nonsense", text("x"))]),
    "FOOPS! VOC2": (CORE, [(TASK, "rdfs:seeAlso", "cv:playsRole")]),
    "FOOPS! VOC3": (CORE, [CLASS]),
    "FOOPS! VOC4": (CORE, [CLASS]),
    "OWL 2 DL typing": (CORE, [(BEARER, "rdf:type", "owl:DatatypeProperty")]),
    "OWL 2 DL declarations": (CORE, [(TASK, "dct:source", text("x"))]),
    "OWL 2 DL datatypes": (CORE, [(UNIT, "rdfs:range", "xsd:gYear")]),
    "OWL 2 DL annotations": (CORE, [(f"{ONTOLOGY}#notLabel", "rdfs:domain", TASK)]),
    "OWL 2 DL kinds-agree": (CORE, [(BEARER, "rdfs:subPropertyOf", UNIT)]),
    "OWL 2 DL simple-properties": (CORE, [(BEARER, "rdf:type", "owl:TransitiveProperty")]),
    "OWL 2 DL foreign-terms": (CORE, [("eli:Work", "rdfs:subClassOf", TASK)]),
    "OWL 2 RL syntax": (CORE, [(TASK, "owl:disjointUnionOf", "_:x")]),
    "SKOS S13": (TOPICS, [(CONCEPT, "skos:hiddenLabel", text("农村服务", "zh"))]),
    "SKOS S14": (TOPICS, same_text(CONCEPT, "skos:prefLabel", "villages")),
    "SKOS S27": (TOPICS, [(CONCEPT, "skos:related", CONCEPT)]),
    "Concept Librarian duplicate-preferred-labels": (TOPICS, same_text(CONCEPT, "skos:prefLabel", "health services")),
    "Concept Librarian non-unique-alternative-labels": (TOPICS, [(CONCEPT, "skos:altLabel", text("养老", "zh"))]),
    "Concept Librarian negative-labels": (TOPICS, [(CONCEPT, f"{ONTOLOGY}#notLabel", text("农村养老", "zh"))]),
    "Concept Librarian hierarchy": (TOPICS, [(CONCEPT, "skos:broader", CONCEPT)]),
    "Concept Librarian unconnected": (TOPICS, [(CONCEPT, "skos:inScheme", NEW)]),
    "Ours notation": (TOPICS, [(CONCEPT, "skos:notation", Literal("other"))]),
    "Ours same-names": (TOPICS, same_text(CONCEPT, "skos:prefLabel", "villages")),
    "Ours examples": (TOPICS, same_text(CONCEPT, "skos:example", "second")),
    "Ours invented-examples": (TOPICS, same_text(CONCEPT, "skos:example", "A plan of a real city.")),
    "Ours topics": ("indicator-concepts.ttl", [(CONCEPT.replace("topic/rural", "indicator-concept/life-expectancy"), "dct:subject", NEW)]),
    "Ours units": ("indicator-concepts.ttl", [(CONCEPT.replace("topic/rural", "indicator-concept/life-expectancy"), "rdfs:seeAlso", "unit:NUM")]),
}  # fmt: skip
"""What is added to a file so that a check finds it; the rest needs something taken away."""

TAKEN: dict[str, tuple[str, str, str]] = {
    "OOPS! P41": (CORE, ONTOLOGY, "dct:license"),
    "ROBOT report missing_ontology_title": (CORE, ONTOLOGY, "dct:title"),
    "ROBOT report missing_ontology_description": (CORE, ONTOLOGY, "dct:description"),
    "ROBOT report missing_ontology_license": (CORE, ONTOLOGY, "dct:license"),
    "FOOPS! FIND1": (CORE, ONTOLOGY, "vann:preferredNamespacePrefix"),
    "FOOPS! OM1": (CORE, ONTOLOGY, "dct:created"),
    "FOOPS! OM2": (CORE, ONTOLOGY, "dct:bibliographicCitation"),
    "FOOPS! OM3": (CORE, ONTOLOGY, "owl:priorVersion"),
    "FOOPS! OM4.1": (CORE, ONTOLOGY, "dct:license"),
    "FOOPS! OM5.1": (CORE, ONTOLOGY, "dct:creator"),
    "FOOPS! OM5.2": (CORE, ONTOLOGY, "dct:issued"),
    "FOOPS! VER1": (CORE, ONTOLOGY, "owl:versionIRI"),
    "OWL 2 RL stated": (CORE, f"{ONTOLOGY}#comparator", "rdfs:range"),
}
ELSEWHERE = {
    "OOPS! P39": "an ontology IRI that is not absolute does not parse",
    "FOOPS! PURL1": "as P39",
    "FOOPS! RDF1": "a file that does not parse is an error before any check",
    "Ours function-examples": "tests of `kg.resolve.functions` show that the resolver tells functions apart",
}
"""Checks that no added or missing statement makes fail."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Put a changed file in the place of one that the checks read."""

    def change(name: str, added: list[tuple], taken: tuple[str, str] | None = None) -> None:
        files = dict(GRAPH.files())
        kept = [t for t in files[name].triples if t[:2] != taken]
        files[name] = replace(files[name], triples=(*kept, *added))
        changed = GRAPH.Graph(tuple(dict.fromkeys(t for g in files.values() for t in g.triples)), {})
        for module in [m for n, m in sys.modules.items() if n.startswith("quality.")]:
            for attribute, value in (("files", lambda: files), ("whole", lambda: changed)):
                if hasattr(module, attribute):
                    monkeypatch.setattr(module, attribute, value)
        sys.modules["quality.oops"].types.cache_clear()  # type: ignore[attr-defined]

    yield change
    sys.modules["quality.oops"].types.cache_clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("check", CHECKS, ids=KEYS)
def test_a_check_finds_a_fault(check: Any, broken: Callable[..., None]) -> None:
    key = f"{check.source} {check.id}"
    if key in ELSEWHERE:
        return
    if key in FAULTS:
        broken(*FAULTS[key])
    else:
        name, subject, predicate = TAKEN[key]
        broken(name, [], (subject, predicate))
    assert list(check.find()) != []
