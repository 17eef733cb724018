"""What docs/sparql.md says of the graph is so: paths, classes, evidence, acts, and the terms that the bundled dataset lacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, serialize

import kg
from kg.asking import ask
from kg.graph.register import act_name
from kg.records import Citation, CitationRelation, Evidence
from kg.store import load, open_store
from kg.vocabulary import CLASSES, PROPERTIES, Names

pytestmark = pytest.mark.checkout

SECOND_TYPES = {"eli:Work", "dct:Location", "org:FormalOrganization", "prov:Entity", "resp:Plan"}
ELSEWHERE = {"rdf:type", "prov:wasDerivedFrom", "prov:wasGeneratedBy"}
"""Said in the text of the guide; what has them is a graph, or everything."""


@pytest.fixture(scope="module")
def bundled() -> Store:
    store = open_store()
    load(store, kg.gather().plans)
    return store


@pytest.fixture(scope="module")
def guide(checkout: Path) -> str:
    return (checkout / "docs" / "sparql.md").read_text(encoding="utf-8")


def section(guide: str, name: str) -> str:
    return guide.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def holds(store: Store, pattern: str) -> bool:
    return ask(store, f"ASK {{ {pattern} }}").plain() == [(True,)]


def test_every_path_leads_each_member_to_a_document_and_its_region(bundled: Store, guide: str) -> None:
    rows = re.findall(r"^\| `([\w:]+)` \| `(.+)` \|$", section(guide, "How things hang together"), re.MULTILINE)
    assert len(rows) == 13
    for name, path in rows:
        leads = path.replace("\\|", "|")
        assert holds(bundled, f"?x a {name}"), name
        assert not holds(
            bundled, f"?x a {name} FILTER NOT EXISTS {{ ?x {leads} ?d . ?d a resp:Document ; resp:region ?r }}"
        ), name


@pytest.mark.parametrize(
    "never",
    [
        "?x a resp:Responsibility ; resp:document ?d",
        "?x a resp:Deadline ; resp:document ?d",
        "?x a resp:IndicatorValue ; resp:document ?d",
        "?x a resp:Organization , resp:Department",
        "?x a resp:Organization , resp:CollectiveBody",
        "?x a resp:IndicatorValue ; resp:attribute ?a",
        "?d resp:basis basis:clause ; resp:task ?t ; resp:evidence ?s FILTER NOT EXISTS { ?t resp:clause ?s }",
        "?c resp:relation relation:mention ; resp:citedAct ?a ; resp:document ?d FILTER NOT EXISTS { ?d eli:cites ?a }",
        "?c resp:relation relation:basis ; resp:citedAct ?a ; resp:document ?d FILTER NOT EXISTS { ?d eli:based_on ?a }",
        "?d eli:cites ?a FILTER NOT EXISTS { ?c resp:relation relation:mention ; resp:citedAct ?a ; resp:document ?d }",
        "?v resp:period ?p FILTER(!REGEX(?p, '^([0-9]{4}|baseline|target)$'))",
        "VALUES ?t { resp:Body resp:Fact resp:Figure resp:WorkItem } ?x a ?t",
        "?x resp:concerns|resp:answeringBody|resp:bears|resp:hasResponsibility|resp:valueOf ?y",
    ],
)
def test_what_the_guide_says_never_is_never_is(bundled: Store, never: str) -> None:
    assert not holds(bundled, never)


def test_bodies_of_one_clause_share_its_span(bundled: Store) -> None:
    assert holds(
        bundled, "?a resp:evidence ?s ; resp:bearer ?x . ?b resp:evidence ?s ; resp:bearer ?y FILTER(?x != ?y)"
    )


def test_an_act_is_known_by_its_number_else_by_its_title() -> None:
    def cited(title: str, number: str | None) -> str:
        evidence = Evidence(start=0, end=1)
        return act_name(
            Citation(id="c1", title=title, number=number, relation=CitationRelation.BASIS, evidence=evidence)
        )

    assert cited("灯塔条例", "贝政发〔2031〕5号") == cited("贝壳区灯塔条例", "贝政发〔2031〕5号") == "贝政发-2031-5"
    assert cited("灯塔条例", None) == "灯塔条例"


def test_every_term_of_the_data_is_in_the_guide(guide: str) -> None:
    model = section(guide, "What the graph holds")
    assert (
        set(re.findall(r"^### (\S+)$", model, re.MULTILINE))
        >= {*CLASSES, "resp:Reform", "resp:FormerBody"} - SECOND_TYPES
    )
    assert set(re.findall(r"^\| `([\w:]+)` \|", model, re.MULTILINE)) >= set(PROPERTIES) - ELSEWHERE
    assert all(f"`{term}`" in guide for term in ELSEWHERE - {"rdf:type"})
    for term in ("resp:printed", "resp:goal", "oa:exact"):
        assert re.search(rf"^\| `{term}` \| `xsd:string` \| 0 \|", model, re.MULTILINE), term


@pytest.mark.slow
def test_rdflib_answers_every_query_of_the_guide_alike(bundled: Store, guide: str) -> None:
    written = serialize({quad.triple for quad in bundled}, format=RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph()
    graph.parse(data=written.decode(), format="nt")
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in Names().prefixes().items())
    for query in re.findall(r"(?s)```sparql\n(SELECT.*?)```", guide):
        rows = ["\t".join("" if cell is None else str(cell) for cell in row) for row in graph.query(prefixes + query)]
        assert sorted(rows) == sorted(map("\t".join, ask(bundled, query).strings())), query
