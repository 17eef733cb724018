from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

import kg
from kg.assets import asset
from kg.cli.export import export as command
from kg.errors import OutputError, QueryError
from kg.export import WRITERS, as_rdflib, format_of, write, write_stored
from kg.graph import settle, triples
from kg.jsonld import Compactor
from kg.layers import natural, ordered
from kg.records import Plan
from kg.store import open_store, write_store
from kg.vocabulary import DEFAULT_BASE, PROPERTIES, Names, term

Plans = tuple[Plan, Plan]
PARSED_AS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "evidence": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "nquads": (RdfFormat.N_QUADS, "nquads"),
    "trig": (RdfFormat.TRIG, "trig"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "rdfxml": (RdfFormat.RDF_XML, "xml"),
}
WITH_GRAPHS = {"nquads", "trig"}
WHOLE = sorted(PARSED_AS)
"""The formats of the graph itself; `qb` is a view of it, with tests of its own."""

CONTEXT = json.loads(asset("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]


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


@pytest.fixture(scope="module", params=WHOLE)
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
    assert {*PARSED_AS, "qb"} == set(WRITERS)
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

deadline:贝政发-2031-5_2-2_d1 a resp:Deadline ;
	resp:when "2032-06" ;
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
    for name in WHOLE:
        path = tmp_path / f"graph{WRITERS[name].suffix}"
        write([plan], path, name)
        quads = set(parse(path=str(path), format=PARSED_AS[name][0]))
        assert quads == expected((plan, plan), name)
        assert (Literal(hostile, language="zh") in {quad.object for quad in quads}) is (name != "evidence")


def test_a_store_gives_the_bytes_of_its_plans(written: tuple[str, Path], sample_store: Store, tmp_path: Path) -> None:
    name, path = written
    write_stored(sample_store, tmp_path / path.name, name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_the_order_of_the_records_leaves_no_trace(
    written: tuple[str, Path], sample_plans: Plans, tmp_path: Path
) -> None:
    name, path = written
    shuffled = [
        dataclasses.replace(
            plan,
            citations=plan.citations[::-1],
            commitments=plan.commitments[::-1],
            organizations=plan.organizations[::-1],
            regions=plan.regions[::-1],
        )
        for plan in sample_plans
    ]
    write(shuffled, tmp_path / path.name, name)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_numbers_in_ids_count_as_numbers() -> None:
    names = ["t_10", "t_2_r1", "t_2", "t_007", "t_7", "t"]
    assert sorted(names, key=natural) == ["t", "t_2", "t_2_r1", "t_007", "t_7", "t_10"]


def test_a_property_that_is_not_ours_comes_last_and_by_name() -> None:
    task = Names().node("task", "t_1")
    foreign = [Quad(task, NamedNode(f"http://example.org/{name}"), Literal("灯塔")) for name in ("b", "a")]
    label = Quad(task, term("rdfs:label"), Literal("点灯", language="zh"))
    assert ordered([*foreign, label], Names()) == [label, *foreign[::-1]]


def test_a_store_without_a_document_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="holds no document of kg"):
        write_stored(open_store(), tmp_path / "graph.ttl", "turtle")
    assert list(tmp_path.iterdir()) == []


def test_the_context_names_every_property_that_facts_and_register_use(sample_plans: Plans, tmp_path: Path) -> None:
    write(sample_plans, tmp_path / "graph.jsonld", "jsonld")
    made = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    assert made["@context"] == {"@base": DEFAULT_BASE, **CONTEXT}
    keys = {key for node in made["@graph"] for key in node}
    assert keys <= set(CONTEXT)
    values = [
        value
        for node in made["@graph"]
        for told in node.values()
        for value in (told if isinstance(told, list) else [told])
    ]
    assert not [value for value in values if isinstance(value, dict)]  # each is plain: the context says what it is
    told = {term(name) for name in PROPERTIES if not name.startswith(("oa:", "prov:"))}
    expanded = {NamedNode(iri) for iri in context_iris()}
    assert told <= expanded | {term("rdf:type")}, "add the property to ontology/context.jsonld"


def context_iris() -> set[str]:
    """Expand what the keys of the context stand for, by hand."""
    written = [said["@id"] if isinstance(said, dict) else said for said in CONTEXT.values()]
    prefixes = {key: iri for key, iri in CONTEXT.items() if isinstance(iri, str) and iri.startswith("http")}
    pairs = [iri.split(":", 1) for iri in written if not iri.startswith(("http", "@"))]
    return {prefixes[prefix] + name for prefix, name in pairs}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("resp:order", Literal("007", datatype=term("xsd:integer"))),
        ("resp:open", Literal("1", datatype=term("xsd:boolean"))),
        ("resp:value", Literal("8", datatype=term("xsd:integer"))),
        ("rdfs:label", Literal("lamp", language="en")),
        ("rdfs:label", Literal("无语言")),
        ("resp:number", Literal("三", language="zh")),
        ("resp:number", Names().node("task", "t_2")),
        ("resp:latest", Literal("2031-02")),
        ("prov:used", term("role:lead")),
    ],
)
def test_jsonld_gives_back_what_its_context_does_not_expect(name: str, value: Literal | NamedNode) -> None:
    compactor = Compactor(Names())
    quad = Quad(Names().node("task", "t_1"), term(name), value)
    made = json.dumps({"@context": compactor.context(), "@graph": [compactor.node(quad.subject, [quad])]})
    assert list(parse(made.encode(), format=RdfFormat.JSON_LD)) == [quad]


def test_rdfxml_is_one_element_a_node_with_short_names(sample_plans: Plans, tmp_path: Path) -> None:
    write(sample_plans, tmp_path / "graph.rdf", "rdfxml")
    text = (tmp_path / "graph.rdf").read_text(encoding="utf-8")
    assert (
        """
<resp:Responsibility rdf:about="duty/贝政发-2031-5_2-2_r1">
	<resp:task rdf:resource="task/贝政发-2031-5_2-2"/>
	<resp:bearer rdf:resource="body/贝壳区卫生健康委员会"/>
	<resp:role rdf:resource="https://w3id.org/policy-responsibility/role/responsible"/>
	<resp:basis rdf:resource="https://w3id.org/policy-responsibility/basis/clause"/>
	<resp:writtenAs>区卫生健康委</resp:writtenAs>
</resp:Responsibility>
"""
        in text
    )


def test_what_xml_cannot_hold_is_an_error_that_says_so(sample_plans: Plans, tmp_path: Path) -> None:
    title = "灯塔\x07计划"
    plan = dataclasses.replace(sample_plans[1], document=dataclasses.replace(sample_plans[1].document, title=title))
    with pytest.raises(OutputError, match="control character, which XML cannot hold: choose another --format"):
        write([plan], tmp_path / "graph.rdf", "rdfxml")
    assert list(tmp_path.iterdir()) == []
    write([plan], tmp_path / "graph.ttl", "turtle")
    assert Literal(title, language="zh") in {q.object for q in parse(path=str(tmp_path / "graph.ttl"))}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.ttl", "turtle"),
        ("a.qb.ttl", "qb"),
        ("a.evidence.ttl", "evidence"),
        ("a.nq", "nquads"),
        ("a.b.rdf", "rdfxml"),
    ],
)
def test_the_ending_of_a_file_tells_its_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form


def test_an_ending_that_tells_nothing_is_an_error() -> None:
    with pytest.raises(OutputError, match=r"graph\.owl: the ending tells no format: end it in one of \.ttl, "):
        format_of(Path("graph.owl"))


@pytest.mark.parametrize("name", WHOLE)
def test_no_plans_give_a_file_without_triples(tmp_path: Path, name: str) -> None:
    write([], tmp_path / "empty", name)
    assert list(parse(path=str(tmp_path / "empty"), format=PARSED_AS[name][0])) == []


def test_another_base_leaves_no_trace_of_the_default_one(sample_plans: Plans, tmp_path: Path) -> None:
    base = "https://w3id.org/policy-responsibility/"
    for name in WHOLE:
        path = tmp_path / f"graph{WRITERS[name].suffix}"
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


def test_two_processes_write_the_same_bytes(fixtures: Path, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        script = (
            "import sys; from pathlib import Path; import kg; from kg.export import WRITERS, write\n"
            "plans = kg.build([sys.argv[1]], Path(sys.argv[2]) / 'out').plans\n"
            "for name, writer in WRITERS.items(): write(plans, Path(sys.argv[2]) / f'graph{writer.suffix}', name)"
        )
        command = [sys.executable, "-c", script, str(fixtures), str(folder)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name not in ("store", "cache"))
        made.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert len(made[0]) > len(WRITERS)
    assert made[0] == made[1]


def test_the_command_exports_sources_and_stores_alike(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    folder = kg.build([fixtures], tmp_path / "out").folder
    for name, source in (("sources", fixtures), ("build", folder), ("store", folder / "store")):
        got = run("export", source, "-o", tmp_path / f"{name}.ttl")
        assert (got.code, got.out, got.err) == (0, f"{tmp_path / name}.ttl\n", "")
    same = {(tmp_path / f"{name}.ttl").read_bytes() for name in ("sources", "build", "store")}
    assert same == {(folder / "graph.ttl").read_bytes()}


def test_the_command_takes_the_bundled_dataset_where_nothing_is_named(run: Callable, tmp_path: Path) -> None:
    assert run("export", "--format", "ntriples", "-o", tmp_path / "graph").code == 0
    assert len(list(parse(path=str(tmp_path / "graph"), format=RdfFormat.N_TRIPLES))) > 5000


def test_the_command_says_what_it_cannot_do(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    got = run("export", fixtures, "-o", tmp_path / "graph.owl")
    assert (got.code, "the ending tells no format" in got.err, len(got.complaints)) == (1, True, 1)
    got = run("export", fixtures, "-o", tmp_path / "graph.ttl", "--format", "turtel")
    assert (got.code, "turtel" in got.err) == (2, True)
    assert run("export", fixtures).code == 2
    write_store([], tmp_path / "store")
    got = run("export", tmp_path / "store", "-o", tmp_path / "graph.ttl")
    assert (got.code, got.complaints) == (
        1,
        [f"kg: {tmp_path / 'store'}: the store holds no document of kg: build it from sources first (kg build)"],
    )
    got = run("export", tmp_path / "store", fixtures, "-o", tmp_path / "graph.ttl")
    assert (got.code, "is exported alone" in got.err) == (2, True)
    assert not (tmp_path / "graph.ttl").exists()


def test_the_command_offers_every_writer() -> None:
    options = {option.name: option for option in command.params}
    assert list(options["form"].type.choices) == list(WRITERS)
    for writer in WRITERS.values():
        assert f"{writer.suffix}" in options["form"].help


@pytest.mark.checkout
def test_the_benchmark_prints_the_ratio(checkout: Path) -> None:
    script = [sys.executable, str(checkout / "benchmarks" / "export.py"), "--plans", "2"]
    lines = subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[0].startswith("2 plans, ")
    seconds = [float(line.split()[-2]) for line in lines[1:-1]]
    assert float(lines[-1].split()[-1]) == pytest.approx(seconds[1] / seconds[0], rel=0.1)
