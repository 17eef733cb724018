"""What follows by the rules is what owlrl finds; contradictions are found by the rules and by HermiT, each where it can."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg import reasoning
from kg.assets import asset
from kg.graph import triples
from kg.graph_files import read_graph
from kg.records import Plan
from kg.vocabulary import PREFIXES, term

owlrl = pytest.importorskip("owlrl", reason="the oracle of the rules: pip install owlrl")

W3 = ("http://www.w3.org/2002/07/owl#", PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"])
HEAD = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix resp: <https://w3id.org/policy-responsibility/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix reef: <http://reef.example/> .
"""

FOLLOWS: dict[str, tuple[str, str, str]] = {
    "scm-sco": (
        "reef:Lamp rdfs:subClassOf reef:Light . reef:Light rdfs:subClassOf reef:Mark .",
        "reef:one a reef:Lamp .",
        "reef:one a reef:Light , reef:Mark .",
    ),
    "scm-spo": (
        "reef:nets rdfs:subPropertyOf reef:catches . reef:catches rdfs:subPropertyOf reef:meets .",
        "reef:boat reef:nets reef:crab .",
        "reef:boat reef:catches reef:crab ; reef:meets reef:crab .",
    ),
    "scm-eqc": ("reef:Lamp owl:equivalentClass reef:Light .", "reef:one a reef:Light .", "reef:one a reef:Lamp ."),
    "scm-eqp": (
        "reef:nets owl:equivalentProperty reef:catches .",
        "reef:boat reef:catches reef:crab .",
        "reef:boat reef:nets reef:crab .",
    ),
    "prp-dom": ("reef:nets rdfs:domain reef:Boat .", "reef:boat reef:nets 3 .", "reef:boat a reef:Boat ."),
    "prp-rng": ("reef:nets rdfs:range reef:Catch .", "reef:boat reef:nets reef:crab .", "reef:crab a reef:Catch ."),
    "prp-spo1": (
        "reef:nets rdfs:subPropertyOf reef:catches .",
        "reef:boat reef:nets reef:crab .",
        "reef:boat reef:catches reef:crab .",
    ),
    "prp-inv": (
        "reef:nets owl:inverseOf reef:nettedBy .",
        "reef:boat reef:nets reef:crab . reef:eel reef:nettedBy reef:boat .",
        "reef:crab reef:nettedBy reef:boat . reef:boat reef:nets reef:eel .",
    ),
    "prp-symp": (
        "reef:beside a owl:SymmetricProperty .",
        "reef:one reef:beside reef:two .",
        "reef:two reef:beside reef:one .",
    ),
    "prp-trp": (
        "reef:within a owl:TransitiveProperty .",
        "reef:pool reef:within reef:bay . reef:bay reef:within reef:sea .",
        "reef:pool reef:within reef:sea .",
    ),
    "prp-fp": (
        "reef:keeper a owl:FunctionalProperty .",
        "reef:one reef:keeper reef:crab , reef:krabbe .",
        "reef:crab owl:sameAs reef:krabbe . reef:krabbe owl:sameAs reef:crab .",
    ),
    "prp-ifp": (
        "reef:number a owl:InverseFunctionalProperty .",
        "reef:one reef:number reef:seven . reef:two reef:number reef:seven .",
        "reef:one owl:sameAs reef:two . reef:two owl:sameAs reef:one .",
    ),
    "cax-sco": ("reef:Lamp rdfs:subClassOf reef:Light .", "reef:one a reef:Lamp .", "reef:one a reef:Light ."),
    "cls-svf1": (
        "reef:Keeper owl:someValuesFrom reef:Light ; owl:onProperty reef:tends .",
        "reef:crab reef:tends reef:one . reef:one a reef:Light .",
        "reef:crab a reef:Keeper .",
    ),
    "eq-sym": ("", "reef:one owl:sameAs reef:two .", "reef:two owl:sameAs reef:one ."),
    "eq-trans": (
        "",
        "reef:one owl:sameAs reef:two . reef:two owl:sameAs reef:three .",
        "reef:two owl:sameAs reef:one . reef:three owl:sameAs reef:two , reef:one . reef:one owl:sameAs reef:three .",
    ),
    "eq-rep-s": (
        "",
        "reef:one owl:sameAs reef:two ; reef:lit 1 .",
        "reef:two owl:sameAs reef:one ; reef:lit 1 .",
    ),
    "eq-rep-o": (
        "",
        "reef:one owl:sameAs reef:two . reef:crab reef:tends reef:one .",
        "reef:two owl:sameAs reef:one . reef:crab reef:tends reef:two .",
    ),
}
"""For each rule, axioms, what is stated, and what follows beside it."""

BROKEN = {
    "disjoint-classes": (
        "reef:Lamp owl:disjointWith reef:Net .",
        "reef:one a reef:Lamp , reef:Net .",
        ("http://reef.example/one", "http://reef.example/Lamp", "http://reef.example/Net"),
    ),
    "disjoint-classes of a list": (
        "[] a owl:AllDisjointClasses ; owl:members ( reef:Lamp reef:Crab reef:Net ) .",
        "reef:one a reef:Lamp , reef:Net .",
        ("http://reef.example/one", "http://reef.example/Lamp", "http://reef.example/Net"),
    ),
    "disjoint-classes of a union": (
        "reef:Thing a owl:Class ; owl:disjointUnionOf ( reef:Lamp reef:Net ) .",
        "reef:one a reef:Lamp , reef:Net .",
        ("http://reef.example/one", "http://reef.example/Lamp", "http://reef.example/Net"),
    ),
    "two-values": (
        "reef:height a owl:DatatypeProperty , owl:FunctionalProperty .",
        "reef:one reef:height 3 , 4 .",
        ("http://reef.example/one", "3", "4"),
    ),
    "both-ways": (
        "reef:above a owl:AsymmetricProperty .",
        "reef:one reef:above reef:two . reef:two reef:above reef:one .",
        ("http://reef.example/one", "http://reef.example/two", "http://reef.example/above"),
    ),
    "self-tied": (
        "reef:above a owl:IrreflexiveProperty .",
        "reef:one reef:above reef:one .",
        ("http://reef.example/one", "http://reef.example/one", "http://reef.example/above"),
    ),
    "wrong-datatype": (
        "reef:height a owl:DatatypeProperty ; rdfs:range xsd:integer .",
        'reef:one reef:height "high" .',
        ("http://reef.example/one", "high", PREFIXES["xsd"] + "integer"),
    ),
}

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java: install a Java runtime")


def read(text: str) -> list[Triple]:
    quads = parse(input=(HEAD + text).encode(), format=RdfFormat.TURTLE)
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def facts(plans: Iterable[Plan]) -> list[Triple]:
    return [Triple(quad.subject, quad.predicate, quad.object) for plan in plans for quad in triples(plan)]


def oracle(graph: Iterable[Triple]) -> set[str]:
    """What owlrl finds, without what is so in every graph (identity, owl:Thing) and what stands between terms."""
    closed, named = rdflib.Graph(), rdflib.Graph()
    closed.parse(data=serialize(sorted(set(graph), key=str), format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    for subject, predicate, value in closed:
        between_terms = {
            rdflib.RDFS.subClassOf,
            rdflib.RDFS.subPropertyOf,
            rdflib.OWL.equivalentClass,
            rdflib.OWL.equivalentProperty,
        }
        of_terms = predicate in between_terms or value in {rdflib.OWL.Class, rdflib.RDFS.Resource}
        trivial = of_terms or value in (subject, rdflib.OWL.Thing) or str(subject).startswith(W3)
        if isinstance(subject, rdflib.URIRef) and not isinstance(value, rdflib.BNode) and not trivial:
            named.add((subject, predicate, value))
    return {str(triple) for triple in parse_nt(named.serialize(format="nt"))}


def parse_nt(text: str) -> list[Triple]:
    quads = parse(input=text.encode(), format=RdfFormat.N_TRIPLES)
    return [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]


def test_every_rule_has_a_case() -> None:
    assert {path.stem for path in asset("queries", "owl-rl").glob("*.ru")} == set(FOLLOWS)
    assert {path.stem for path in asset("queries", "contradictions").glob("*.rq")} == {n.split()[0] for n in BROKEN}


def test_every_rule_says_what_it_does_in_both_languages() -> None:
    for folder in ("owl-rl", "contradictions"):
        for path in asset("queries", folder).iterdir():
            head = path.read_text(encoding="utf-8").splitlines()[:3]
            assert [line[:6] for line in head] == ["# en: ", "# zh: ", "# rule"], path


@pytest.mark.parametrize("rule", FOLLOWS)
def test_a_rule_gives_what_follows_and_no_more(rule: str) -> None:
    axioms, stated, follows = (read(text) for text in FOLLOWS[rule])
    made = reasoning.materialise(stated, axioms)
    assert {str(triple) for triple in made} == {str(triple) for triple in (*stated, *follows)}


@pytest.mark.parametrize("rule", FOLLOWS)
def test_owlrl_finds_the_same_by_each_rule(rule: str) -> None:
    axioms, stated, _ = (read(text) for text in FOLLOWS[rule])
    terms = {str(triple.subject) for triple in axioms}
    ours = {str(triple) for triple in reasoning.materialise(stated, axioms)}
    theirs = {text for text in oracle((*axioms, *stated)) if text.split(" ", 1)[0] not in terms}
    assert ours == theirs


@pytest.mark.slow
def test_owlrl_finds_the_same_in_the_sample_plans(sample_plans: tuple[Plan, Plan]) -> None:
    stated, ontology = facts(sample_plans), reasoning.axioms()
    terms = {str(triple.subject) for triple in ontology}
    ours = {str(triple) for triple in reasoning.materialise(stated, ontology)}
    theirs = {text for text in oracle((*stated, *ontology)) if text.split(" ", 1)[0] not in terms}
    assert ours == theirs
    assert len(ours) > len(set(stated))


def test_what_follows_from_a_duty_is_there(sample_plans: tuple[Plan, Plan]) -> None:
    made = set(reasoning.materialise(facts(sample_plans), reasoning.axioms()))
    duty = next(triple.subject for triple in made if triple.predicate == term("resp:bearer"))
    bearer = next(t.object for t in made if t.subject == duty and t.predicate == term("resp:bearer"))
    assert Triple(duty, term("rdf:type"), NamedNode("http://data.europa.eu/m8g/Participation")) in made
    assert Triple(bearer, term("resp:bears"), duty) in made  # type: ignore[arg-type]


def test_the_sample_plans_have_no_contradiction(sample_plans: tuple[Plan, Plan]) -> None:
    assert reasoning.contradictions(reasoning.close((*facts(sample_plans), *reasoning.axioms()))) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_a_contradiction_names_the_node_and_both_sides(name: str) -> None:
    axioms, stated, told = BROKEN[name]
    found = reasoning.contradictions(reasoning.close(read(axioms + stated)))
    assert [(f.check, f.node, f.first, f.second) for f in found] == [(name.split(maxsplit=1)[0], *told)]


def test_every_construct_of_the_ontology_has_a_rule_that_is_there() -> None:
    assert "no rule is known" not in reasoning.outside_rl(reasoning.axioms()).values()
    files = {path.stem for folder in ("owl-rl", "contradictions") for path in asset("queries", folder).iterdir()}
    assert {name for served in reasoning.CONSTRUCTS.values() for name in served.split()} == files - {
        "two-values",  # a consequence of owl:FunctionalProperty
        "wrong-datatype",  # a consequence of rdfs:range
    }


def test_a_construct_without_a_rule_is_told() -> None:
    graph = read("reef:Lamp rdfs:subClassOf [ owl:hasSelf true ] .")
    assert reasoning.outside_rl(graph) == {"owl:hasSelf": "no rule is known"}


def test_what_is_outside_of_rl_is_stated_with_what_is_lost() -> None:
    text = "reef:Duty rdfs:subClassOf [ a owl:Restriction ; owl:onProperty reef:of ; owl:someValuesFrom reef:Work ] ."
    assert list(reasoning.outside_rl(read(text))) == ["superclass owl:someValuesFrom"]
    text = "reef:lit rdfs:domain [ a owl:Class ; owl:unionOf ( reef:Lamp reef:Light ) ] ."
    assert list(reasoning.outside_rl(read(text))) == ["domain owl:unionOf"]
    text = "reef:Keeper owl:someValuesFrom reef:Light ; owl:onProperty reef:tends ."
    assert reasoning.outside_rl(read(text)) == {}


@pytest.mark.checkout
def test_the_page_on_reasoning_names_every_construct_outside_of_rl(checkout: Path) -> None:
    page = (checkout / "docs" / "reasoning.md").read_text(encoding="utf-8")
    for name in reasoning.outside_rl(reasoning.axioms()):
        assert f"`{name}`" in page
    for path in asset("queries", "owl-rl").iterdir():
        assert f"`{path.stem}`" in page


def test_equal_graphs_give_equal_turtle_whatever_their_blank_nodes_are_called() -> None:
    first = read("[] reef:lit 1 ; reef:beside [ reef:lit 2 ] .")
    second = read("[] reef:lit 2 . _:x reef:lit 1 ; reef:beside _:y . _:y reef:lit 2 .")[1:]
    assert reasoning.turtle(first, {}) == reasoning.turtle(reversed(second), {})


@needs_java
def test_hermit_finds_a_class_that_can_have_no_member() -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    text = "reef:Lamp a owl:Class ; owl:disjointWith reef:Net . reef:Net a owl:Class . reef:Lampnet a owl:Class ; rdfs:subClassOf reef:Lamp , reef:Net ."
    verdict = reasoning.judge(read(text))
    assert (verdict.consistent, verdict.unsatisfiable) == (True, ("http://reef.example/Lampnet",))


@needs_java
def test_hermit_finds_what_no_rule_of_rl_can() -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    text = """reef:Thing a owl:Class ; owl:disjointUnionOf ( reef:Lamp reef:Net ) . reef:Lamp a owl:Class . reef:Net a owl:Class .
    reef:one a owl:NamedIndividual , reef:Thing , [ owl:complementOf reef:Lamp ] , [ owl:complementOf reef:Net ] ."""
    graph = read(text.replace("[ owl", "[ a owl:Class ; owl"))
    assert reasoning.contradictions(reasoning.close(graph)) == ()
    assert reasoning.judge(graph).consistent is False


@needs_java
@pytest.mark.slow
def test_hermit_finds_the_bundled_dataset_consistent_and_no_class_empty(run: Callable) -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    got = run("reason")
    assert (got.code, got.err) == (0, "")
    assert "HermiT: ontology and data are consistent" in got.out
    assert "HermiT: 0 unsatisfiable classes" in got.out
    assert "rules of OWL 2 RL: 0 contradictions" in got.out


@needs_java
def test_the_command_names_the_class_that_a_graph_empties(run: Callable, tmp_path: Path) -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    graph = tmp_path / "reef.ttl"
    graph.write_text(HEAD + "resp:Task owl:disjointWith resp:WorkItem .", encoding="utf-8")
    got = run("reason", graph)
    assert got.code == 1
    assert got.complaints == ["kg: 1 class can have no member, listed above"]
    assert "  https://w3id.org/policy-responsibility/ontology#Task\n" in got.out


@needs_java
def test_the_command_names_the_node_that_the_data_contradicts(run: Callable, tmp_path: Path) -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    graph = tmp_path / "reef.ttl"
    graph.write_text(HEAD + "reef:one a resp:Task , resp:Region .", encoding="utf-8")
    got = run("reason", graph)
    assert got.code == 1
    assert got.complaints == ["kg: the data contradicts the ontology, which alone is consistent"]
    told = [line for line in got.out.splitlines() if line.startswith("  http://reef.example/one: ")]
    assert told
    assert all("#Region" in line and line.endswith("(disjoint-classes)") for line in told)


def test_the_command_writes_what_follows_with_equal_bytes(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ttl", tmp_path / "second.ttl"
    got = run("reason", fixtures, "--materialise", "-o", first)
    assert got.code == 0
    assert re.fullmatch(rf"{re.escape(str(first))}: [\d,]+ triples stated, [\d,]+ follow\n", got.out)
    assert run("reason", fixtures, "--materialise", "-o", second).code == 0
    assert first.read_bytes() == second.read_bytes()
    made = read_graph(first)
    assert not any(isinstance(t.object, Literal) and t.object.value == "" for t in made.triples)
    again = run("reason", first, "--materialise", "-o", second)
    assert again.out.endswith(", 0 follow\n")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("arguments", [("--materialise",), ("-o", "reef.ttl")])
def test_the_command_wants_both_options_or_none(run: Callable, arguments: tuple[str, ...]) -> None:
    got = run("reason", *arguments)
    assert (got.code, got.out) == (2, "")
    assert got.complaints == ["kg: --materialise and -o FILE.ttl go together (kg reason --help tells how)"]


def test_the_command_says_in_one_line_that_java_is_missing(
    run: Callable, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    monkeypatch.setenv("PATH", str(tmp_path))
    got = run("reason", fixtures)
    assert got.code == 1
    assert got.complaints == [
        "kg: HermiT needs a Java runtime and none is on the path: on Debian, apt install default-jre-headless"
    ]


@pytest.fixture
def endless_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a java on the path that never ends; give the file in which it leaves its process."""
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    java, process = tmp_path / "bin" / "java", tmp_path / "process"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho $$ > '{process}'\nexec sleep 60\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{java.parent}{os.pathsep}{os.environ['PATH']}")
    return process


def test_the_command_ends_java_after_the_time_that_it_is_given(
    run: Callable, endless_java: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, scratch = tmp_path / "reef.ttl", tmp_path / "scratch"
    graph.write_text(HEAD + "reef:one a resp:Region .", encoding="utf-8")
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    began = time.monotonic()
    got = run("reason", graph, "--timeout", "0.5")
    assert time.monotonic() - began < 30  # the java would take 60
    assert got.code == 1
    (complaint,) = got.complaints
    assert re.fullmatch(
        r"kg: HermiT did not end within 0\.5 s over [\d,]+ triples and was stopped: give it more with --timeout, "
        r"a smaller graph or the ontology alone; kg reason --materialise needs no HermiT",
        complaint,
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int(endless_java.read_text()), 0)
    assert (list(scratch.iterdir()), tempfile.tempdir) == ([], str(scratch))


@needs_java
def test_hermit_has_time_enough_where_nothing_is_said_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = (
        "reef:Lamp a owl:Class ; owl:disjointWith reef:Net . reef:Net a owl:Class . reef:one a reef:Lamp , reef:Net ."
    )
    assert reasoning.SECONDS >= 60
    assert reasoning.judge(read(text)).consistent is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_the_time_is_a_number_above_zero(run: Callable, seconds: str) -> None:
    got = run("reason", "--timeout", seconds)
    assert (got.code, len(got.complaints)) == (2, 1)
    assert "--timeout" in got.err


def test_a_time_without_hermit_is_refused(run: Callable, tmp_path: Path) -> None:
    got = run("reason", "--materialise", "-o", tmp_path / "reef.ttl", "--timeout", "5")
    assert got.code == 2
    assert got.complaints == [
        "kg: --timeout is for HermiT, which --materialise does not ask (kg reason --help tells how)"
    ]


def test_the_command_says_in_one_line_that_the_extra_is_missing(
    run: Callable, fixtures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "owlready2", None)
    got = run("reason", fixtures)
    assert got.code == 1
    assert got.complaints == ["kg: HermiT needs owlready2: pip install 'policy-responsibility-graph[reason]'"]


def test_a_graph_with_a_fault_is_told_with_its_line(run: Callable, tmp_path: Path) -> None:
    graph = tmp_path / "reef.ttl"
    graph.write_text("<http://reef.example/one> a .\n", encoding="utf-8")
    got = run("reason", graph, "--materialise", "-o", tmp_path / "out.ttl")
    assert got.code == 1
    assert len(got.complaints) == 1
    assert f"{graph}: cannot be read as Turtle: " in got.err
    assert " line 1 " in got.err
    assert not (tmp_path / "out.ttl").exists()
