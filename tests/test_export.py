from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import OutputError
from kg.export import WRITERS, as_rdflib, write
from kg.graph import settle, triples
from kg.records import Plan
from kg.vocabulary import DEFAULT_BASE, Names

Plans = tuple[Plan, Plan]
PARSED_AS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "evidence": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "trig": (RdfFormat.TRIG, "trig"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
WITH_GRAPHS = {"nquads", "trig"}


def expected(plans: Plans, name: str) -> set[Quad]:
    """The quads that a format must hold, straight from the graph."""
    names = Names()
    register = names.node("graph", "register")
    quads = {quad for plan in plans for quad in triples(plan)}
    shared = {quad for quad in quads if quad.graph_name == register}
    quads = (quads - shared) | settle(shared)
    if name in WITH_GRAPHS:
        return quads
    is_evidence = {
        q: isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(names.namespace("evidence"))
        for q in quads
    }
    return {Quad(q.subject, q.predicate, q.object) for q in quads if is_evidence[q] is (name == "evidence")}


@pytest.fixture(scope="module", params=sorted(WRITERS))
def written(
    request: pytest.FixtureRequest, sample_plans: Plans, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    path = tmp_path_factory.mktemp("export") / f"graph{WRITERS[request.param].suffix}"
    write(sample_plans, path, request.param)
    return request.param, path


def test_a_file_holds_exactly_the_quads_of_the_plans(written: tuple[str, Path], sample_plans: Plans) -> None:
    name, path = written
    assert set(parse(path=str(path), format=PARSED_AS[name][0])) == expected(sample_plans, name)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_the_same_number_of_triples(written: tuple[str, Path], sample_plans: Plans) -> None:
    name, path = written
    graph = rdflib.Dataset(default_union=True) if name in WITH_GRAPHS else rdflib.Graph()
    graph.parse(path, format=PARSED_AS[name][1])
    assert len(graph) == len(expected(sample_plans, name))


def test_a_second_run_gives_the_same_bytes(written: tuple[str, Path], sample_plans: Plans, tmp_path: Path) -> None:
    name, path = written
    write(iter(sample_plans), tmp_path / path.name, name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_nothing_but_the_file_is_left_beside_it(written: tuple[str, Path]) -> None:
    assert [entry.name for entry in written[1].parent.iterdir()] == [written[1].name]


def test_every_writer_says_what_it_is() -> None:
    assert len({writer.suffix for writer in WRITERS.values()}) == len(WRITERS)
    assert set(PARSED_AS) == set(WRITERS)
    for name, writer in WRITERS.items():
        assert (writer.name, bool(writer.text), "/" in writer.media_type) == (name, True, True)


def test_turtle_is_for_people(sample_plans: Plans, tmp_path: Path) -> None:
    write(sample_plans, tmp_path / "graph.ttl", "turtle")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert (
        """
task:贝政发-2031-5_2-2 a resp:Task ;
	rdfs:label "培训守塔人"@zh ;
	dct:title "培训守塔人"@zh ;
	resp:number "二/(二)" ;
	resp:order 3 ;
	resp:document doc:贝政发-2031-5 ;
	resp:section "二、主要任务" ;
	resp:responsibleDepartment body:贝壳区卫生健康委员会 ;
	resp:open false ;
	resp:truncated false ;
	resp:deadline deadline:贝政发-2031-5_2-2_d1 .

duty:贝政发-2031-5_2-2_r1 a resp:Responsibility ;
	resp:task task:贝政发-2031-5_2-2 ;
"""
        in text
    )
    subjects = [line.split()[0] for line in text.splitlines() if line and line[0] not in "@\t"]
    assert len(subjects) == len(set(subjects))  # what is said of a subject stands together
    assert "<http" not in text.partition("\n\n")[2]  # every IRI is short
    assert text.endswith(" .\n")


def test_jsonld_is_one_node_a_line_with_short_keys(sample_plans: Plans, tmp_path: Path) -> None:
    write(sample_plans, tmp_path / "graph.jsonld", "jsonld")
    text = (tmp_path / "graph.jsonld").read_text(encoding="utf-8")
    nodes = {node["id"]: node for node in json.loads(text)["@graph"]}
    assert nodes["duty/贝政发-2031-5_2-2_r1"] == {
        "id": "duty/贝政发-2031-5_2-2_r1",
        "type": "Responsibility",
        "task": "task/贝政发-2031-5_2-2",
        "bearer": "body/贝壳区卫生健康委员会",
        "role": "code:role/responsible",
        "basis": "code:basis/clause",
        "writtenAs": "区卫生健康委",
    }
    assert nodes["task/贝政发-2031-5_2-1-2"]["leadDepartment"] == ["body/贝壳区民政局", "body/贝壳区财政局"]
    assert nodes["task/贝政发-2031-5_2-1-2"]["open"] is True
    assert len(text.splitlines()) == len(nodes) + 3


def test_text_that_could_break_a_format_survives_all(sample_plans: Plans, tmp_path: Path) -> None:
    hostile = '灯塔 " \\ .\n@prefix x: <y> .\r\t}] 🗼 a .\n'
    plan = dataclasses.replace(sample_plans[1], document=dataclasses.replace(sample_plans[1].document, title=hostile))
    for name, writer in WRITERS.items():
        path = tmp_path / f"graph{writer.suffix}"
        write([plan], path, name)
        quads = set(parse(path=str(path), format=PARSED_AS[name][0]))
        assert quads == expected((plan, plan), name)
        assert (Literal(hostile, language="zh") in {quad.object for quad in quads}) is (name != "evidence")


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_no_plans_give_a_file_without_triples(tmp_path: Path, name: str) -> None:
    write([], tmp_path / "empty", name)
    assert list(parse(path=str(tmp_path / "empty"), format=PARSED_AS[name][0])) == []


def test_another_base_leaves_no_trace_of_the_default_one(sample_plans: Plans, tmp_path: Path) -> None:
    base = "https://w3id.org/policy-responsibility/"
    for name, writer in WRITERS.items():
        path = tmp_path / f"graph{writer.suffix}"
        write(sample_plans, path, name, base=base)
        quads = set(parse(path=str(path), format=PARSED_AS[name][0]))
        assert DEFAULT_BASE not in path.read_text(encoding="utf-8")
        assert len(quads) == len(expected(sample_plans, name))
        assert NamedNode("https://w3id.org/policy-responsibility/task/浮民函-2031-12_1") in {
            quad.subject for quad in quads
        }


def test_an_unknown_format_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="did you mean turtle"):
        write([], tmp_path / "graph.ttl", "turtel")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(sample_plans: Plans, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old", encoding="utf-8")
    broken = dataclasses.replace(sample_plans[1].tasks[0], id="no legal name")
    with pytest.raises(Exception, match="no legal local name"):
        write([sample_plans[0], dataclasses.replace(sample_plans[1], tasks=(broken,))], path, "nquads")
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph.nq"]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"graph\.ttl: cannot be written"):
        write([], tmp_path / "file" / "graph.ttl", "turtle")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder: cannot be written"):
        write([], tmp_path / "folder", "turtle")


def test_as_rdflib_gives_the_graph_of_the_turtle_with_its_prefixes(sample_plans: Plans) -> None:
    graph = as_rdflib(sample_plans)
    assert len(graph) == len(expected(sample_plans, "turtle"))
    assert dict(graph.namespaces())["task"] == rdflib.URIRef(Names().namespace("task"))
