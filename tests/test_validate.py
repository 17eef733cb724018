"""The validator finds what pySHACL finds: on the bundled dataset, on generated and on mutated graphs, and on each broken example."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from rdflib.namespace import RDF, SH

import kg
from kg.asking import ask
from kg.assets import asset
from kg.questions import checks
from kg.records import Plan
from kg.validate import as_json, as_turtle, load_graphs, load_plans, report, validate
from kg.validate.model import SHACL, SHAPES, Component
from kg.validate.paths import predicates
from kg.validate.shapes import our_shapes
from kg.vocabulary import CLASSES, HOME, PROPERTIES, VOCABULARY_FILES, Names, term

GOOD = sorted(asset("ontology", "examples/good").glob("*.ttl"))
BROKEN = sorted(asset("ontology", "examples/broken").glob("*.ttl"))
HERE = Path(__file__).parent
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = term("rdf:type")
MARK = re.compile(r"# Broken on purpose: shapes:(?P<shape>\S+) (?P<component>\w+)\n")
SOME = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.generate]
)
"""A failure is shown as drawn: to make it small takes minutes, for the reference is slow."""


def module(name: str) -> ModuleType:
    spec = spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[name] = made  # its data classes look for their module
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module", autouse=True)
def literals_as_written() -> None:
    """Let rdflib keep literals as they are written, and be silent about those that are wrong on purpose."""
    normal, level = rdflib.NORMALIZE_LITERALS, logging.getLogger("rdflib.term").level
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    yield
    rdflib.NORMALIZE_LITERALS = normal
    logging.getLogger("rdflib.term").setLevel(level)


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    return module("shacl_reference")


@pytest.fixture(scope="module")
def bundled() -> Store:
    return load_plans(kg.gather().plans)


def same(store: Store, reference: ModuleType) -> int:
    """Hold both sets of results equal, and give their number."""
    found = validate(store)
    ours, theirs = reference.ours(found), reference.theirs(store, found.skipped)
    assert ours - theirs == set()
    assert theirs - ours == set()
    return len(ours)


def store_of(quads: list[Quad], vocabulary: tuple[str, ...] = VOCABULARY_FILES) -> Store:
    store = Store()
    for name in vocabulary:
        store.bulk_load(path=str(asset("ontology", name)), to_graph=Names().node("graph", "vocabulary"))
    store.extend(quads)
    return store


def quads_of(path: Path) -> list[Quad]:
    return list(parse(path=str(path), format=RdfFormat.TURTLE))


# ---- examples --------------------------------------------------------------------------------------------------------


def intended(path: Path) -> tuple[str, str]:
    match = MARK.match(path.read_text(encoding="utf-8"))
    assert match, path
    return match["shape"], match["component"]


def told(store: Store) -> list[tuple[str, str]]:
    return [
        (r.shape.iri.value.removeprefix(SHAPES), r.constraint.component.removesuffix("ConstraintComponent"))
        for r in validate(store).results
    ]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_example_breaks_nothing(path: Path, reference: ModuleType) -> None:
    assert same(load_graphs([path]), reference) == 0


def test_the_good_examples_use_every_class_and_property() -> None:
    quads = [quad for path in GOOD for quad in quads_of(path)]
    assert {q.object for q in quads if q.predicate == term("rdf:type")} >= {term(name) for name in CLASSES}
    assert {q.predicate for q in quads} >= {term(name) for name in PROPERTIES}


def test_every_constraint_has_its_broken_example() -> None:
    stated = {
        (part.iri.value.removeprefix(SHAPES), one.component.removesuffix("ConstraintComponent"))
        for shape in our_shapes()
        if shape.targets
        for part in (shape, *shape.properties)
        for one in part.constraints
    }
    assert Counter(intended(path) for path in BROKEN) == Counter(stated)
    assert {"_".join(intended(path)) for path in BROKEN} == {path.stem for path in BROKEN}


def test_a_broken_example_breaks_what_it_says_and_nothing_else() -> None:
    store = store_of([])
    assert len(BROKEN) > 200
    for path in BROKEN:
        quads = quads_of(path)
        store.extend(quads)
        assert (path.stem, told(store)) == (path.stem, [intended(path)])
        for quad in quads:
            store.remove(quad)
    assert told(store) == []


@pytest.mark.parametrize("with_evidence", [pytest.param(True, marks=pytest.mark.slow), False])
def test_the_reference_finds_the_same_in_the_broken_examples(with_evidence: bool, reference: ModuleType) -> None:
    """All of them in one graph, each under names of its own: pySHACL would need minutes for one at a time.

    Together they have more results than apart, for an example of evidence alone is not asked for its document.
    """
    together: list[Quad] = []
    wanted: Counter[tuple[str, str]] = Counter()
    for number, path in enumerate(BROKEN):
        quads = quads_of(path)
        if any(quad.object == term("oa:SpecificResource") for quad in quads) == with_evidence:
            together += [apart(quad, number, {quad.subject for quad in quads}) for quad in quads]
            wanted[intended(path)] += 1
    store = store_of(together)
    assert same(store, reference) >= wanted.total() > 20
    assert wanted - Counter(told(store)) == Counter()


def apart(quad: Quad, number: int, described: set[object]) -> Quad:
    """Rename what an example describes."""

    def rename(node: object) -> object:
        if isinstance(node, BlankNode):
            return BlankNode(f"{node.value}x{number}")
        if isinstance(node, NamedNode) and node in described:
            start = HOME if node.value.startswith(HOME) else "https://example.org/"
            return NamedNode(node.value.replace(start, f"{start}{number}/", 1))
        return node

    return Quad(rename(quad.subject), quad.predicate, rename(quad.object))


@pytest.mark.slow
@pytest.mark.checkout
def test_the_broken_examples_are_what_the_rule_makes_of_the_good_ones() -> None:
    made, missing = module("break_examples").broken_examples()
    assert missing == []
    assert made == {path.stem: path.read_text(encoding="utf-8") for path in BROKEN}


# ---- the reference ---------------------------------------------------------------------------------------------------


def test_the_bundled_dataset_breaks_nothing_but_metrics_that_were_left_out(bundled: Store) -> None:
    found = validate(bundled)
    assert found.violations == ()
    assert {result.shape.iri.value for result in found.warnings} == {SHAPES + "metric-words"}


def test_the_sample_plans_break_nothing(sample_store: Store, reference: ModuleType) -> None:
    assert same(sample_store, reference) == 0


@pytest.mark.slow
def test_the_reference_finds_the_same_in_the_bundled_dataset(bundled: Store, reference: ModuleType) -> None:
    assert same(bundled, reference) == 3


def drawn(generated: ModuleType, seed: int) -> Plan:
    pick = generated.Seeded(seed)
    written = generated.write(generated.draw_sketch(pick), "text", pick)
    return kg.resolve(kg.extract(kg.read(written.data, name=f"plan{seed}.txt")))


def test_the_reference_finds_the_same_in_generated_plans(generated: ModuleType, reference: ModuleType) -> None:
    store = load_plans([drawn(generated, 1), drawn(generated, 2)])
    same(store, reference)
    assert validate(store).violations == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 11))
def test_the_reference_finds_the_same_in_a_generated_plan(
    seed: int, generated: ModuleType, reference: ModuleType
) -> None:
    store = load_plans([drawn(generated, seed)])
    same(store, reference)
    assert validate(store).violations == ()


EXAMPLES = {path.stem: quads_of(path) for path in GOOD}
SOUND = [quad for name, quads in EXAMPLES.items() if name not in ("codes", "cube", "dataset") for quad in quads]
SUBJECTS = sorted({quad.subject for quad in SOUND}, key=str)
PREDICATES = sorted({quad.predicate for quad in SOUND}, key=str)
OBJECTS = [
    *sorted({quad.object for quad in SOUND}, key=str),
    Literal("words"), Literal(""), Literal("words", language="fr"), Literal(7), Literal(-7), Literal(True), BlankNode("nobody"),
    *(Literal(text, datatype=NamedNode(XSD + kind)) for text, kind in (
        ("seven", "integer"), ("7.5", "decimal"), ("2031-02-30", "date"), ("2031", "gYear"),
    )),
]  # fmt: skip
"""What a mutation draws from: nodes and values of the good examples, and values that are wrong nearly everywhere."""


@st.composite
def mutated(draw: st.DrawFn) -> list[Quad]:
    """Take triples out of a good example, change some, and put others in."""
    quads = list(EXAMPLES[draw(st.sampled_from(sorted(EXAMPLES)))])
    for _ in range(draw(st.integers(1, 25))):
        at = draw(st.integers(0, len(quads) - 1))
        one = quads[at]
        match draw(st.sampled_from(["remove", "object", "subject", "predicate", "add"])):
            case "remove" if len(quads) > 1:
                quads.pop(at)
            case "object":
                quads[at] = Quad(one.subject, one.predicate, draw(st.sampled_from(OBJECTS)))
            case "subject":
                quads.append(Quad(draw(st.sampled_from(SUBJECTS)), one.predicate, one.object))
            case "predicate":
                quads.append(Quad(one.subject, draw(st.sampled_from(PREDICATES)), one.object))
            case _:
                quads.append(Quad(one.subject, one.predicate, draw(st.sampled_from(OBJECTS))))
    return [quad for quad in quads if not is_beyond_the_reference(quad)]


def properties_of(*components: Component) -> set[NamedNode]:
    """Give the properties of the shapes with such a condition, and those that they name."""
    return {
        iri
        for shape in our_shapes()
        for part in shape.properties
        for one in part.constraints
        if one.component in components and part.path
        for iri in (*predicates(part.path), *one.values)
        if isinstance(iri, NamedNode)
    }


COMPARED = properties_of(
    Component.LESS_THAN, Component.LESS_THAN_OR_EQUALS, Component.MIN_INCLUSIVE, Component.MAX_INCLUSIVE
)
DATES = {
    quad.predicate for quad in SOUND if isinstance(quad.object, Literal) and quad.object.datatype.value == XSD + "date"
}
NONE = ("seven", "2031-02-30")
"""A number and a day that are none."""


def is_beyond_the_reference(quad: Quad) -> bool:
    """Tell whether values of different kinds would be compared: pySHACL orders them, where SPARQL, and so SHACL, has no order.

    What we make of them has a test of its own, and docs/validation.md tells of it.
    """
    if quad.predicate not in COMPARED:
        return False
    if not isinstance(quad.object, Literal) or quad.object.value in NONE:
        return True
    kind = quad.object.datatype.value.removeprefix(XSD)
    return kind != "date" if quad.predicate in DATES else kind not in ("integer", "decimal")


@settings(SOME, max_examples=5)
@given(quads=mutated())
def test_the_reference_finds_the_same_in_a_mutated_graph(quads: list[Quad], reference: ModuleType) -> None:
    same(store_of(quads), reference)


@pytest.mark.slow
@settings(SOME, max_examples=60)
@given(quads=mutated())
def test_the_reference_finds_the_same_in_sixty_mutated_graphs(quads: list[Quad], reference: ModuleType) -> None:
    same(store_of(quads), reference)


@pytest.mark.parametrize(
    "value",
    [
        term("role:lead"),
        Literal("words"),
        Literal(True),
        *(
            Literal(text, datatype=NamedNode(XSD + kind))
            for text, kind in (("seven", "integer"), ("2031-01-01", "date"))
        ),
    ],
)
def test_values_that_cannot_be_compared_break_what_compares_them(value: NamedNode | Literal) -> None:
    """By the definitions of https://www.w3.org/TR/shacl/#core-components-range and #LessThanOrEqualsConstraintComponent."""
    start, order = term("oa:start"), term("resp:order")
    quads = [
        Quad(q.subject, q.predicate, value if q.predicate in (start, order) else q.object) for q in EXAMPLES["project"]
    ]
    found = Counter(told(store_of(quads)))
    assert found["Position-order", "LessThanOrEquals"] == 2
    assert found["Position-start", "MinInclusive"] == 2
    assert found["WorkItem-order", "MinInclusive"] == 1


# ---- checks ----------------------------------------------------------------------------------------------------------


def test_what_a_check_finds_the_shapes_find_too() -> None:
    """Each query of `queries/checks` has an example that it tells; that of duties without evidence is the next test's."""
    store = store_of([])
    found: set[str] = set()
    for path in BROKEN:
        quads = quads_of(path)
        if path.stem == "Node_NodeKind":
            continue  # its document has no name, from which a query takes the base of the data
        store.extend(quads)
        found |= {check.name for check in checks() if ask(store, check).rows}
        for quad in quads:
            store.remove(quad)
    assert {check.name for check in checks()} - found == {"checks/duty-without-evidence"}


def test_every_fact_is_asked_for_its_evidence() -> None:
    stated = [quad for quad in SOUND if quad.predicate == term("resp:evidence")]
    kinds = {
        other.object for quad in stated for other in SOUND if (other.subject, other.predicate) == (quad.subject, TYPE)
    }
    assert len(kinds) == 9
    for lost in stated:
        assert told(store_of([quad for quad in SOUND if quad != lost])) == [("evidence", "MinCount")], lost.subject


# ---- reports ---------------------------------------------------------------------------------------------------------


def broken(name: str) -> Store:
    return load_graphs([asset("ontology", f"examples/broken/{name}.ttl")])


def test_the_report_tells_what_which_node_which_sentence_and_how_to_mend() -> None:
    store = broken("Responsibility-bearer_MinCount")
    for language, words in {
        "zh": [
            "责任应当有且只有一个承担者",
            "没有“责任承担者”",
            "补上“责任承担者”（resp:bearer）",
            "县渔业局",
            "第 60–64 字",
            "nets.docx",
        ],
        "en": [
            "exactly one bearer",
            "found: no bearer",
            "Add what is missing: bearer (resp:bearer)",
            "县渔业局",
            "characters 60 to 64",
        ],
    }.items():
        text = report(validate(store), store, language=language)
        assert [word for word in words if word not in text] == []
        assert "duty/渔网养护方案_i1_r1" in text


def test_the_report_quotes_the_sentence_of_the_graph() -> None:
    quads = [quad for quad in SOUND if quad.predicate != term("resp:basis")]
    store = store_of(quads)
    text = report(validate(store), store, language="zh")
    assert "原文：“区民政局”  shell.txt  第 161–165 字" in text


def test_a_node_without_a_place_is_told_with_that_of_a_fact_about_it() -> None:
    quads = [q for q in SOUND if not (q.predicate == term("resp:bodyKind") and "财政局" in q.subject.value)]
    store = store_of(quads)
    text = report(validate(store), store, language="zh")
    assert "原文：“区财政局”  projects.pdf" in text


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "Deadline-days_LessThanOrEquals",
            '不应超过 resp:latest（"2033-01-01"）',
            'should be at most resp:latest ("2033-01-01")',
        ),
        ("Responsibility-role_Class", "（图中没有对它的描述）", "(the graph says nothing of it)"),
        ("Responsibility-role_MaxCount", "多于 1 个（role:", "more than 1 of in role (role:"),
        ("Document-issued_Datatype", '如 "2031-12-31"^^xsd:date。', 'as in "2031-12-31"^^xsd:date.'),
        ("WorkItem-order_MinInclusive", "应当是不小于 1 的数", "should be a number of at least 1"),
    ],
)
def test_the_report_tells_what_stands_there_instead(name: str, zh: str, en: str) -> None:
    store = broken(name)
    assert zh in report(validate(store), store, language="zh")
    assert en in report(validate(store), store, language="en")
    found = json.loads(as_json(validate(store), store))["results"][0]
    assert zh in found["found"]["zh"] + found["mend"]["zh"]


def test_a_node_of_another_class_is_told_with_its_class() -> None:
    quads = [Quad(q.subject, q.predicate, q.object) for q in SOUND if q.predicate != term("resp:bearer")]
    duty = next(q.subject for q in SOUND if q.predicate == term("resp:bearer"))
    region = next(q.subject for q in SOUND if q.object == term("resp:Region"))
    store = store_of([*quads, Quad(duty, term("resp:bearer"), region)])
    assert "is no resp:Body (it is a dct:Location, resp:Region)" in report(validate(store), store, language="en")


def test_a_report_of_many_results_tells_the_first_and_counts_the_rest() -> None:
    store = store_of([quad for quad in SOUND if quad.predicate != term("resp:basis")])
    short = report(validate(store), store, language="zh", limit=1)
    assert short.count("  - ") == 1
    assert "另有 3 处" in short
    assert report(validate(store), store, language="zh", limit=0).count("  - ") == 4


def test_the_turtle_is_a_shacl_report_with_the_same_results(reference: ModuleType) -> None:
    for name in (
        "Responsibility-work_MinCount",
        "Place-position_MaxCount",
        "Deadline-task_MinCount",
        "Duty-name_SPARQL",
    ):
        found = validate(broken(name))
        graph = rdflib.Graph().parse(data=as_turtle(found), format="turtle")
        assert {str(node) for node in graph.objects(None, SH.conforms)} == {"false"}
        assert reference.found_in(graph) == reference.ours(found)
        assert {m.language for m in graph.objects(None, SH.resultMessage)} == {"zh", "en"}
        assert list(graph.subjects(RDF.type, SH.ValidationReport)) == list(graph.subjects(SH.result))
    assert "sh:conforms true" in as_turtle(validate(load_graphs(GOOD[:1])))


def test_the_path_of_a_result_is_written_as_shacl_writes_it() -> None:
    graph = rdflib.Graph().parse(data=as_turtle(validate(broken("Responsibility-work_MinCount"))), format="turtle")
    head = next(graph.objects(None, SH.alternativePath))
    items = [str(item) for item in rdflib.collection.Collection(graph, head)]
    assert items == [term(f"resp:{name}").value for name in ("task", "indicator", "project")]


def test_the_json_holds_words_place_and_counts() -> None:
    store = broken("Quote-length_SPARQL")
    found = json.loads(as_json(validate(store), store))
    assert (found["conforms"], found["violations"], found["warnings"]) == (False, 1, 0)
    (result,) = found["results"]
    assert result["shape"] == SHAPES + "Quote-length"
    assert result["component"] == SHACL + "SPARQLConstraintComponent"
    assert result["end"] - result["start"] == len(result["quote"]) + 1
    assert set(result["mend"]) == {"zh", "en"}


def test_equal_graphs_give_equal_reports() -> None:
    stores = [store_of(quads) for quads in (SOUND[5:], list(reversed(SOUND[5:])))]
    assert len({as_turtle(validate(store)) for store in stores}) == 1
    assert len({as_json(validate(store), store) for store in stores}) == 1
    assert len({report(validate(store), store) for store in stores}) == 1
