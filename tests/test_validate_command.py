"""The command `kg validate`: graphs in every format, stores, builds and sources; reports, exit codes, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import kg
from kg.assets import asset
from kg.export import WRITERS, write
from kg.records import Plan
from kg.store import write_store

GOOD = asset("ontology", "examples/good/task.ttl")
BROKEN = asset("ontology", "examples/broken/Responsibility-basis_MinCount.ttl")
WARNED = asset("ontology", "examples/broken/Task-terms_Closed.ttl")


def test_a_sound_graph_passes(run: Callable) -> None:
    got = run("validate", GOOD)
    assert (got.code, got.err) == (0, "")
    assert re.fullmatch(r"已检查：1 个文件、1 项任务、2 项责任（连同词汇共 [0-9,]+ 条三元组）\n符合全部形状\n", got.out)
    assert run("validate", "--lang", "en", GOOD).out.endswith("\nconforms to all shapes\n")


def test_a_violation_fails_and_a_warning_passes(run: Callable) -> None:
    got = run("validate", BROKEN)
    assert got.code == 1
    assert got.complaints == ["kg: the graph breaks the model: 1 violation, told above"]
    assert "shapes:Responsibility-basis MinCount" in got.out
    warned = run("validate", "--language", "en", WARNED)
    assert warned.code == 0
    assert "violations: 0, warnings: 1" in warned.out


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld"])
def test_a_graph_of_every_format_that_is_written_is_validated(
    form: str, run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    path = tmp_path / f"graph{WRITERS[form].suffix}"
    write(sample_plans, path, form)
    got = run("validate", path)
    assert got.code == 0
    assert "2 个文件、5 项任务" in got.out
    assert ("没有出处" in got.err) == (form not in ("nquads", "trig"))


@pytest.mark.parametrize("form", ["evidence", "qb"])
def test_a_file_of_evidence_and_a_cube_are_validated_alone(
    form: str, run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    path = tmp_path / f"graph{WRITERS[form].suffix}"
    write(sample_plans, path, form)
    got = run("validate", path)
    assert (got.code, got.out.splitlines()[1:]) == (0, ["符合全部形状"])
    assert ("没有文件和事实" in got.err, "没有出处" in got.err) == (form == "evidence", form == "qb")


def test_facts_and_a_cube_in_one_graph_are_validated(
    run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    paths = [tmp_path / f"graph{WRITERS[form].suffix}" for form in ("nquads", "qb")]
    for path, form in zip(paths, ("nquads", "qb"), strict=True):
        write(sample_plans, path, form)
    assert run("validate", *paths).out.endswith("符合全部形状\n")


def test_the_description_of_a_dataset_is_validated(
    run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    write(sample_plans, tmp_path / "graph.nq", "nquads")
    assert run("dataset", tmp_path / "graph.nq", "-o", tmp_path / "dataset.ttl").code == 0
    got = run("validate", tmp_path / "dataset.ttl")
    assert (got.code, got.err, got.out.splitlines()[1:]) == (0, "", ["符合全部形状"])


def test_what_the_rules_of_owl_add_breaks_nothing(
    run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    write(sample_plans, tmp_path / "graph.nq", "nquads")
    assert run("reason", "--materialise", tmp_path / "graph.nq", "-o", tmp_path / "all.ttl").code == 0
    assert run("validate", tmp_path / "all.ttl").out.endswith("\n符合全部形状\n")


def test_nodes_without_a_name_give_equal_bytes_each_time(run: Callable) -> None:
    nameless = asset("ontology", "examples/broken/Node_NodeKind.ttl")
    for form in ("text", "ttl", "json"):
        assert len({run("validate", "--format", form, nameless).out for _ in range(3)}) == 1


def test_rdf_xml_is_validated(run: Callable, tmp_path: Path) -> None:
    rdflib.Graph().parse(BROKEN).serialize(tmp_path / "graph.rdf", format="xml")
    assert run("validate", tmp_path / "graph.rdf").code == 1


def test_facts_and_evidence_in_two_files_are_one_graph(
    run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    for form in ("turtle", "evidence"):
        write(sample_plans, tmp_path / f"graph{WRITERS[form].suffix}", form)
    got = run("validate", tmp_path / "graph.ttl", tmp_path / "graph.evidence.ttl")
    assert (got.code, got.err) == (0, "")


def test_a_store_a_build_and_records_are_validated(
    run: Callable, fixtures: Path, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    write_store(sample_plans, tmp_path / "store")
    kg.build([fixtures], tmp_path / "out")
    outs = [
        run("validate", source).out.splitlines()[0]
        for source in (tmp_path / "store", tmp_path / "out", tmp_path / "out" / "plans", fixtures)
    ]
    assert "5 项任务" in outs[0]
    assert outs[1] == outs[2] == outs[3]


def test_the_bundled_dataset_is_validated_without_a_source(run: Callable) -> None:
    got = run("validate")
    assert got.code == 0
    assert "5 个文件、102 项任务、422 项责任" in got.out


def test_corrected_records_that_break_the_model_are_told(
    run: Callable, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    records = tmp_path / "shell.yaml"
    text = kg.dumps(sample_plans[1]).replace("latest: '2033-12-31'", "latest: '2032-12-31'", 1)
    records.write_text(text, encoding="utf-8")
    got = run("validate", "--lang", "en", records)
    assert got.code == 1
    assert "shapes:Deadline-days LessThanOrEquals" in got.out
    assert "“2033年年内”" in got.out


def test_the_machine_formats_are_written_whole(run: Callable) -> None:
    found = json.loads(run("validate", "--format", "json", BROKEN).out)
    assert found["violations"] == 1
    graph = rdflib.Graph().parse(data=run("validate", "--format", "ttl", BROKEN).out, format="turtle")
    assert len(graph) == 11


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("graph.ttl", "x y", "is no valid Turtle: Parser error at line 1 column 1"),
        ("graph.jsonld", '{"@context": "https://example.org/c", "@id": "a"}', "is no valid JSON-LD"),
        ("graph.rdf", "<rdf", "is no valid RDF/XML"),
        ("graph.nt", "", "holds nothing that a shape is about"),
        (
            "graph.nt",
            "<https://a.example/b> <https://a.example/c> <https://a.example/d> .",
            "holds nothing that a shape is about",
        ),
        ("graph.txt.ttl", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_graph_is_one_line(
    name: str, content: str | None, complaint: str, run: Callable, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    got = run("validate", tmp_path / name)
    assert got.code == 1
    assert len(got.complaints) == 1
    assert complaint in got.err
    assert str(tmp_path / name) in got.err


def test_graphs_and_sources_do_not_mix(
    run: Callable, fixtures: Path, sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    got = run("validate", GOOD, fixtures)
    assert (got.code, len(got.complaints)) == (2, 1)
    write_store(sample_plans, tmp_path / "store")
    assert "a store is validated alone" in run("validate", tmp_path / "store", GOOD).err


def test_a_graph_under_another_base_is_validated(run: Callable, tmp_path: Path) -> None:
    text = BROKEN.read_text(encoding="utf-8").replace(
        "https://w3id.org/policy-responsibility/id/", "https://example.org/"
    )
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    assert run("validate", tmp_path / "graph.ttl").code == 1
    assert "https://example.org/duty/" in run("validate", tmp_path / "graph.ttl").out
