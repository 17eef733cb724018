"""The status of a build says what it holds, what built it, and what changed in its sources since."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError
from kg.records import Plan
from kg.store import write_store
from kg.vocabulary import Names

LONG_AGO = 1_700_000_000


@pytest.fixture
def sources(fixtures: Path, tmp_path: Path) -> Path:
    """A folder of two documents that have been there for long."""
    shutil.copytree(fixtures, tmp_path / "in")
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    return tmp_path / "in"


def test_it_counts_documents_and_the_triples_of_each_kind_of_graph(sources: Path, tmp_path: Path) -> None:
    kg.build([sources], tmp_path / "out")
    told = kg.status(tmp_path / "out")
    graphs = [str(quad.graph_name) for quad in kg.open_store(tmp_path / "out" / "store")]
    names = Names()
    counted = {
        "facts": sum(graph.startswith(f"<{names.namespace('facts')}") for graph in graphs),
        "evidence": sum(graph.startswith(f"<{names.namespace('evidence')}") for graph in graphs),
        "register": graphs.count(str(names.node("graph", "register"))),
        "vocabulary": graphs.count(str(names.node("graph", "vocabulary"))),
    }
    assert told.triples == counted
    assert sum(counted.values()) == len(graphs)
    assert (told.documents, told.is_current, told.bytes > 0) == (2, True, True)
    assert told.made_by[0].startswith("kg/")
    assert told.ontology.count(".") == 2


def test_a_store_alone_tells_the_same_of_itself(sources: Path, tmp_path: Path) -> None:
    kg.build([sources], tmp_path / "out")
    build, store = kg.status(tmp_path / "out"), kg.status(tmp_path / "out" / "store")
    for name in ("documents", "triples", "bytes", "made_by", "ontology"):
        assert getattr(build, name) == getattr(store, name)
    assert (store.is_current, store.sources) == (None, None)


def test_a_build_without_its_cache_is_told_as_a_store(sources: Path, tmp_path: Path) -> None:
    kg.build([sources], tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "cache")
    assert kg.status(tmp_path / "out").documents == 2
    assert kg.status(tmp_path / "out").sources is None


def test_it_tells_sources_that_changed_came_and_went(sources: Path, tmp_path: Path) -> None:
    kg.build([sources], tmp_path / "out")
    told = kg.status(tmp_path / "out").sources
    assert (told.changed, told.new, told.gone, told.unchanged, told.unseen) == ((), (), (), 2, ())
    shutil.copy(sources / "plan.txt", sources / "other.txt")
    (sources / "plan.txt").write_text("灯塔")
    (sources / "letter.txt").unlink()
    told = kg.status(tmp_path / "out").sources
    assert told.changed == (str(sources / "plan.txt"),)
    assert told.new == (str(sources / "other.txt"),)
    assert told.gone == (str(sources / "letter.txt"),)
    kg.build([sources / "other.txt"], tmp_path / "out")
    assert kg.status(tmp_path / "out").sources.unchanged == 1


def test_a_source_that_was_only_touched_is_unchanged_and_one_that_hides_its_change_is_found_by_content(
    sources: Path, tmp_path: Path
) -> None:
    kg.build([sources], tmp_path / "out")
    os.utime(sources / "plan.txt")
    assert kg.status(tmp_path / "out").sources.unchanged == 2
    text = (sources / "letter.txt").read_bytes()
    (sources / "letter.txt").write_bytes(text[:-1] + b"!")
    os.utime(sources / "letter.txt", (LONG_AGO, LONG_AGO))
    assert kg.status(tmp_path / "out").sources.unchanged == 2
    assert kg.status(tmp_path / "out", by_content=True).sources.changed == (str(sources / "letter.txt"),)


def test_sources_that_cannot_be_looked_at_are_named(sources: Path, tmp_path: Path) -> None:
    kg.build([sources], tmp_path / "out")
    sources.rename(tmp_path / "elsewhere")
    told = kg.status(tmp_path / "out").sources
    assert (told.unseen, told.gone, told.unchanged) == ((str(sources),), (), 0)


def test_what_is_no_build_is_an_error(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none"):
        with pytest.raises(QueryError, match=r"no build and no store: build one first \(kg build\)"):
            kg.status(place)


def test_the_command_prints_it_as_text_and_as_json(run: Callable, sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build([sources], out)
    (sources / "letter.txt").unlink()
    got = run("status", out)
    assert (got.code, got.err) == (0, "")
    lines = {line.split()[0]: line for line in got.out.splitlines()}
    assert lines["documents"].split()[1] == "2"
    assert "1 unchanged, 0 changed, 0 new, 1 gone" in lines["sources"]
    assert lines["gone"].endswith("letter.txt")
    told = json.loads(run("status", out, "--format", "json").out)
    assert told["sources"]["gone"] == [str(sources / "letter.txt")]
    assert told["triples"] == kg.status(out).triples
    got = run("status", tmp_path / "none")
    assert (got.code, got.complaints) == (
        1,
        [f"kg: {tmp_path / 'none'}: no build and no store: build one first (kg build)"],
    )


def test_the_command_tells_a_store_of_any_plans(run: Callable, sample_plans: tuple[Plan, ...], tmp_path: Path) -> None:
    write_store(sample_plans, tmp_path / "store")
    assert "sources" not in run("status", tmp_path / "store").out


def test_a_second_build_says_what_changed(run: Callable, sources: Path, tmp_path: Path) -> None:
    assert "since the last build" not in run("build", sources, "-o", tmp_path / "out").out
    (sources / "letter.txt").unlink()
    got = run("build", sources, "-o", tmp_path / "out")
    assert got.out.startswith("since the last build: 0 new, 0 changed, 1 gone, 1 unchanged\n")
    assert "since the last build" not in run("build", sources, "-o", tmp_path / "out", "--full").out
