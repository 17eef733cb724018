from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS, VOID, XSD

import kg
from kg.assets import asset
from kg.build import Build
from kg.catalogue import CATALOGUE_PREFIXES
from kg.dataset import Statements, describe_dataset
from kg.errors import ReadError
from kg.export import WRITERS, write
from kg.records import Plan
from kg.vocabulary import DEFAULT_BASE

Plans = tuple[Plan, Plan]
DATASET = URIRef(DEFAULT_BASE + "dataset")
SPDX = CATALOGUE_PREFIXES["spdx"]
STATEMENTS = Statements(
    titles={"zh": "灯塔责任数据"},
    publisher="灯塔研究所",
    licence="https://creativecommons.org/licenses/by/4.0/",
    issued=date(2031, 12, 1),
    url="https://data.example.org/lamps/",
)


@pytest.fixture(scope="module")
def export(sample_plans: Plans, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dataset") / "lamps.nq"
    write(sample_plans, path, "nquads")
    return path


@pytest.fixture(scope="module")
def told(export: Path) -> Graph:
    return Graph().parse(data=describe_dataset([export], STATEMENTS), format="turtle")


@pytest.fixture(scope="module")
def built(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return kg.build([fixtures], tmp_path_factory.mktemp("dataset") / "out")


@pytest.fixture(scope="module")
def counted(export: Path) -> Graph:
    """The triples of the export in one graph of rdflib, to be asked in SPARQL."""
    graph = Graph()
    for subject, predicate, value, _ in Dataset().parse(export, format="nquads").quads():
        graph.add((subject, predicate, value))
    return graph


def number(graph: Graph, sparql: str) -> int:
    return int(next(iter(graph.query(sparql)))[0])


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(
    ("name", "sparql"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("entities", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
    ],
)
def test_the_numbers_of_the_dataset_are_what_sparql_counts(name: str, sparql: str, told: Graph, counted: Graph) -> None:
    assert told.value(DATASET, VOID[name]).toPython() == number(counted, sparql)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_every_class_is_a_part_with_its_members_and_their_properties(told: Graph, counted: Graph) -> None:
    parts = list(told.objects(DATASET, VOID.classPartition))
    assert {told.value(part, VOID["class"]) for part in parts} == set(counted.objects(None, RDF.type))
    for part in parts:
        of = told.value(part, VOID["class"])
        members = set(counted.subjects(RDF.type, of))
        assert told.value(part, VOID.entities).toPython() == len(members)
        stated = {
            told.value(inner, VOID.property): told.value(inner, VOID.triples).toPython()
            for inner in told.objects(part, VOID.propertyPartition)
        }
        counts: dict[object, int] = {}
        for subject, predicate, _ in counted:
            if subject in members:
                counts[predicate] = counts.get(predicate, 0) + 1
        assert stated == counts, of


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_every_property_is_a_part_with_its_numbers(told: Graph, counted: Graph) -> None:
    parts = list(told.objects(DATASET, VOID.propertyPartition))
    assert {told.value(part, VOID.property) for part in parts} == set(counted.predicates())
    for part in parts:
        name = told.value(part, VOID.property)
        pairs = list(counted.subject_objects(name))
        expected = (len(pairs), len({s for s, _ in pairs}), len({o for _, o in pairs}))
        names = (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        assert tuple(told.value(part, count).toPython() for count in names) == expected, name


def test_a_file_is_told_with_size_checksum_and_media_type(told: Graph, export: Path) -> None:
    [file] = told.objects(DATASET, DCAT.distribution)
    data = export.read_bytes()
    assert told.value(file, DCAT.byteSize) == Literal(len(data), datatype=XSD.nonNegativeInteger)
    assert told.value(file, DCAT.mediaType) == URIRef(
        "https://www.iana.org/assignments/media-types/application/n-quads"
    )
    checksum = told.value(file, URIRef(SPDX + "checksum"))
    value = f'spdx:checksumValue "{hashlib.sha256(data).hexdigest()}"^^xsd:hexBinary'
    assert value in describe_dataset([export], STATEMENTS).decode()
    assert told.value(checksum, URIRef(SPDX + "algorithm")) == URIRef(SPDX + "checksumAlgorithm_sha256")
    assert told.value(file, DCAT.downloadURL) == URIRef("https://data.example.org/lamps/lamps.nq")
    assert told.value(DATASET, VOID.dataDump) == URIRef("https://data.example.org/lamps/lamps.nq")


def test_what_the_publisher_says_is_there(told: Graph) -> None:
    assert set(told.objects(DATASET, RDF.type)) == {DCAT.Dataset, VOID.Dataset}
    assert {(str(title), title.language) for title in told.objects(DATASET, DCTERMS.title)} == {
        ("灯塔责任数据", "zh"),
        ("Responsibilities in government plans: 2 documents", "en"),
    }
    descriptions = {text.language: str(text) for text in told.objects(DATASET, DCTERMS.description)}
    assert set(descriptions) == {"zh", "en"}
    assert "5项任务" in descriptions["zh"]
    assert "tasks: 5" in descriptions["en"]
    assert told.value(DATASET, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert told.value(DATASET, DCTERMS.issued) == Literal("2031-12-01", datatype=XSD.date)
    publisher = told.value(DATASET, DCTERMS.publisher)
    assert told.value(publisher, URIRef(CATALOGUE_PREFIXES["foaf"] + "name")) == Literal("灯塔研究所")


def test_time_and_place_are_those_of_the_data(told: Graph) -> None:
    period = told.value(DATASET, DCTERMS.temporal)
    assert told.value(period, DCAT.startDate) == Literal("2030-01-01", datatype=XSD.date)  # a baseline of 2030
    assert told.value(period, DCAT.endDate) == Literal("2035-12-31", datatype=XSD.date)  # a target for 2035
    places = {str(told.value(place, RDFS.label)) for place in told.objects(DATASET, DCTERMS.spatial)}
    assert places == {"贝壳区", "浮标县"}


def test_the_dataset_conforms_to_the_version_of_the_ontology(told: Graph) -> None:
    ontology = Graph().parse(asset("ontology", "responsibility.ttl"))
    [version] = ontology.objects(None, URIRef("http://www.w3.org/2002/07/owl#versionIRI"))
    assert told.value(DATASET, DCTERMS.conformsTo) == version


def test_the_vocabularies_are_those_of_the_terms_used(told: Graph, export: Path) -> None:
    used = {str(iri) for iri in told.objects(DATASET, VOID.vocabulary)}
    for quad in parse(path=str(export), format=RdfFormat.N_QUADS):
        for node in (quad.predicate, quad.object if quad.predicate.value == str(RDF.type) else None):
            if isinstance(node, NamedNode):
                assert any(node.value.startswith(iri) for iri in used), node
    assert CATALOGUE_PREFIXES["dct"] in used


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format_can_be_described(name: str, sample_plans: Plans, tmp_path: Path) -> None:
    path = tmp_path / f"graph{WRITERS[name].suffix}"
    write(sample_plans, path, name)
    told = Graph().parse(data=describe_dataset([path], Statements()), format="turtle")
    form = RdfFormat.from_media_type(WRITERS[name].media_type)
    triples = {quad.triple for quad in parse(path=str(path), format=form)}
    assert told.value(DATASET, VOID.triples).toPython() == len(triples)


def test_formats_of_one_graph_are_one_dataset(sample_plans: Plans, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("lamps.ttl", "lamps.jsonld")]
    for path, name in zip(files, ("turtle", "jsonld"), strict=True):
        write(sample_plans, path, name)
    one, both = (Graph().parse(data=describe_dataset(of, Statements()), format="turtle") for of in (files[:1], files))
    assert one.value(DATASET, VOID.triples) == both.value(DATASET, VOID.triples)
    assert len(list(both.objects(DATASET, DCAT.distribution))) == 2


def test_another_base_names_the_dataset(sample_plans: Plans, tmp_path: Path) -> None:
    write(sample_plans, tmp_path / "a.ttl", "turtle", base="https://data.example.org/id/")
    told = Graph().parse(data=describe_dataset([tmp_path / "a.ttl"], Statements()), format="turtle")
    assert (URIRef("https://data.example.org/id/dataset"), RDF.type, VOID.Dataset) in told


def test_a_build_is_told_with_graphs_and_tables(built: Build) -> None:
    told = Graph().parse(data=describe_dataset([built.folder], Statements()), format="turtle")
    titles = {str(told.value(file, DCTERMS.title)) for file in told.objects(DATASET, DCAT.distribution)}
    assert {"graph.ttl", "graph.nq", "graph.jsonld", "tables/tasks.csv", "tables/duties.csv"} <= titles
    triples = {quad.triple for quad in parse(path=str(built.folder / "graph.nq"), format=RdfFormat.N_QUADS)}
    assert told.value(DATASET, VOID.triples).toPython() == len(triples)


def test_a_description_has_no_blank_node_and_is_the_same_again(export: Path, built: Build) -> None:
    for files in ([export], [built.folder]):
        first = describe_dataset(files, STATEMENTS)
        assert first == describe_dataset(files, STATEMENTS)
        assert b"_:" not in first
        assert b"[" not in first


def test_what_is_no_export_is_an_error(tmp_path: Path, sample_plans: Plans) -> None:
    (tmp_path / "broken.ttl").write_text("@prefix : <灯塔", encoding="utf-8")
    (tmp_path / "foreign.ttl").write_text("<http://a.example/> a <http://b.example/> .", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("灯塔", encoding="utf-8")
    write(sample_plans, tmp_path / "a" / "graph.ttl", "turtle")
    write(sample_plans, tmp_path / "b" / "graph.ttl", "turtle")
    for files, reason in (
        (["broken.ttl"], r"broken\.ttl: is no text/turtle: .*: export it again"),
        (["foreign.ttl"], r"foreign\.ttl: holds no document of kg"),
        (["notes.txt"], r"notes\.txt: the ending tells no format of RDF"),
        (["missing.ttl"], r"missing\.ttl: cannot be read: No such file"),
        (["."], "is no build"),
        (["a/graph.ttl", "b/graph.ttl"], r"graph\.ttl: two files have this name"),
    ):
        with pytest.raises(ReadError, match=reason):
            describe_dataset([tmp_path / name for name in files], Statements())


def test_the_command_writes_the_description_and_names_what_nobody_said(
    run: Callable, export: Path, tmp_path: Path
) -> None:
    out = tmp_path / "dataset.ttl"
    said = ["--title", "zh=灯塔责任数据", "--publisher", "灯塔研究所", "--issued", "2031-12-01"]
    got = run("dataset", export, "-o", out, *said, "--url", "https://data.example.org/lamps")
    assert (got.code, got.out) == (0, f"{out}\n")
    assert got.complaints == ["note: not said: licence: name them with --licence"]
    got = run("dataset", export, "-o", out, *said, "--url", STATEMENTS.url, "--licence", STATEMENTS.licence)
    assert (got.code, got.err) == (0, "")
    assert out.read_bytes() == describe_dataset([export], STATEMENTS)


@pytest.mark.parametrize(
    "options",
    [["--licence", "MIT"], ["--issued", "2031"], ["--url", "ftp://x"], ["--title", "灯塔"], ["--title", "fr=phare"]],
)
def test_a_statement_that_cannot_be_is_a_wrong_use(
    run: Callable, export: Path, tmp_path: Path, options: list[str]
) -> None:
    got = run("dataset", export, "-o", tmp_path / "dataset.ttl", *options)
    assert (got.code, len(got.complaints)) == (2, 1)
    assert not (tmp_path / "dataset.ttl").exists()
