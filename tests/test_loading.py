"""The exported files load without a warning where people load them, and every engine counts the same triples."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, parse
from rdflib import Graph

import kg
from kg.export import write

SPOKEN = {"turtle": ("facts.ttl", "turtle"), "ntriples": ("facts.nt", "nt"), "rdfxml": ("facts.rdf", "xml")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled dataset in each format of the facts, and its evidence."""
    folder = tmp_path_factory.mktemp("loading")
    plans = kg.gather().plans
    for name, (file, _) in SPOKEN.items():
        write(plans, folder / file, name)
    write(plans, folder / "evidence.ttl", "evidence")
    return folder


@pytest.fixture(scope="module")
def triples(folder: Path) -> int:
    """How many triples the facts have."""
    count = len({quad.triple for quad in parse(path=str(folder / "facts.nt"), format=RdfFormat.N_TRIPLES)})
    assert count > 5000
    return count


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_oxigraph_loads_the_facts(name: str, folder: Path, triples: int) -> None:
    store = Store()
    store.bulk_load(path=str(folder / SPOKEN[name][0]))
    assert len(store) == triples


@pytest.mark.parametrize("name", sorted(SPOKEN))
def test_rdflib_loads_the_facts_without_a_warning(
    name: str, folder: Path, triples: int, caplog: pytest.LogCaptureFixture
) -> None:
    file, form = SPOKEN[name]
    with caplog.at_level(logging.WARNING):  # a warning of Python is an error in every test
        graph = Graph().parse(folder / file, format=form)
    assert len(graph) == triples
    assert caplog.records == []  # rdflib logs a literal that is not of its type


def owlready() -> ModuleType:
    return pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")


@pytest.mark.parametrize("file", ["facts.nt", "facts.rdf"])
def test_owlready2_loads_the_facts_without_a_warning(
    file: str, folder: Path, triples: int, capfd: pytest.CaptureFixture[str]
) -> None:
    ontology = owlready().World().get_ontology((folder / file).as_uri()).load()
    assert len(ontology.graph) == triples + 1  # it adds that the file is an ontology
    assert capfd.readouterr() == ("", "")


def test_owlready2_loads_the_turtle_through_rdflib(
    folder: Path, triples: int, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    world = owlready().World()
    ontology = world.get_ontology("https://example.org/facts#")
    with ontology, caplog.at_level(logging.WARNING):
        world.as_rdflib_graph().parse(folder / "facts.ttl", format="turtle")
    assert len(ontology.graph) == triples + 1
    assert (capfd.readouterr(), caplog.records) == (("", ""), [])


@pytest.fixture(scope="module")
def loading(virtuoso: Any) -> Iterator[Any]:
    """A Virtuoso on which these tests leave no graph, since others ask it too."""
    yield virtuoso
    for graph in (
        "https://example.org/facts.ttl",
        "https://example.org/evidence.ttl",
        "https://example.org/asked",
        "https://e.org/",
    ):
        assert "rror" not in virtuoso.ask(f"SPARQL DROP SILENT GRAPH <{graph}>;")


@pytest.mark.parametrize(("file", "form"), [("facts.ttl", RdfFormat.TURTLE), ("evidence.ttl", RdfFormat.TURTLE)])
def test_virtuoso_loads_the_turtle_without_a_complaint(file: str, form: RdfFormat, folder: Path, loading: Any) -> None:
    graph = f"https://example.org/{file}"
    before = loading.log.read_text(encoding="utf-8", errors="replace")
    assert loading.ask(f"DB.DBA.TTLP(file_to_string_output('{folder / file}'), '', '{graph}', 0);") == ""
    expected = len({quad.triple for quad in parse(path=str(folder / file), format=form)})
    assert loading.count(graph, "{ ?s ?p ?o }") == expected
    after = loading.log.read_text(encoding="utf-8", errors="replace").removeprefix(before)
    assert [line for line in after.splitlines() if "error" in line.lower() or "warn" in line.lower()] == []


def test_virtuoso_finds_a_chinese_name_and_a_date(loading: Any, folder: Path) -> None:
    graph = "https://example.org/asked"
    assert loading.ask(f"DB.DBA.TTLP(file_to_string_output('{folder / 'facts.ttl'}'), '', '{graph}', 0);") == ""
    resp = "https://w3id.org/policy-responsibility/ontology#"
    where = f"{{ ?d a <{resp}Deadline> ; <{resp}latest> ?day FILTER(?day = '2025-12-31'^^<http://www.w3.org/2001/XMLSchema#date>) }}"
    with_date = loading.count(graph, where)
    store = Store()
    store.bulk_load(path=str(folder / "facts.ttl"))
    assert with_date == len(list(store.query(f"SELECT ?d WHERE {where}"))) > 0
    named = f"{{ ?b a <{resp}Department> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(CONTAINS(STR(?l), '民政局')) }}"
    assert loading.count(graph, named) == len(list(store.query(f"SELECT ?b WHERE {named}")))


def test_virtuoso_complains_of_what_is_no_turtle(loading: Any, folder: Path) -> None:
    (folder / "broken.ttl").write_text("@prefix : <https://example.org/> . :a :b", encoding="utf-8")
    complaint = loading.ask(f"DB.DBA.TTLP(file_to_string_output('{folder / 'broken.ttl'}'), '', 'https://e.org/', 0);")
    assert "syntax error" in complaint
