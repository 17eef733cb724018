from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.asking import ask
from kg.errors import OutputError, QueryError
from kg.graph import settle, triples
from kg.records import Plan
from kg.store import load, open_store, write_store
from kg.vocabulary import Names, term

Plans = tuple[Plan, Plan]
VOCABULARY = Names().node("graph", "vocabulary")


def data(store: Store) -> set[str]:
    return {str(quad) for quad in store if quad.graph_name != VOCABULARY}


def test_a_store_holds_the_quads_of_the_plans_as_they_are_written(sample_store: Store, sample_plans: Plans) -> None:
    register = Names().node("graph", "register")
    quads = {quad for plan in sample_plans for quad in triples(plan)}
    shared = {quad for quad in quads if quad.graph_name == register}
    assert data(sample_store) == {str(quad) for quad in (quads - shared) | settle(shared)}


def test_the_vocabulary_has_a_graph_of_its_own(sample_store: Store) -> None:
    assert next(sample_store.quads_for_pattern(term("role:lead"), None, None, VOCABULARY), None)
    assert next(sample_store.quads_for_pattern(term("resp:Task"), None, None, VOCABULARY), None)
    assert next(sample_store.quads_for_pattern(term("func:civil-affairs"), None, None, VOCABULARY), None)


def test_no_triple_of_data_or_vocabulary_counts_twice_in_the_union(sample_store: Store) -> None:
    seen = [(str(q.subject), str(q.predicate), str(q.object)) for q in sample_store]
    assert len(seen) == len(set(seen))


def test_a_second_load_of_the_same_adds_nothing(sample_plans: Plans) -> None:
    store = open_store()
    load(store, sample_plans)
    once = data(store), len(store)
    load(store, iter(sample_plans))
    assert (data(store), len(store)) == once


def test_bodies_that_two_plans_label_differently_are_counted_once(sample_plans: Plans) -> None:
    plan = sample_plans[1]
    renamed = tuple(dataclasses.replace(body, label=f"{body.label}(合署)") for body in plan.organizations)
    other = dataclasses.replace(plan, organizations=renamed)
    store = open_store()
    load(store, [plan])
    load(store, [other])
    rows = ask(store, "obligations-by-body").plain()
    assert len(rows) == 4
    assert all(str(row[0]).endswith("(合署)") for row in rows)


def test_a_store_on_disk_answers_like_one_in_memory(sample_plans: Plans, sample_store: Store, tmp_path: Path) -> None:
    write_store(sample_plans, tmp_path / "deep" / "store")
    store = open_store(tmp_path / "deep" / "store")
    assert data(store) == data(sample_store)
    assert [entry.name for entry in (tmp_path / "deep").iterdir()] == ["store"]
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(next(iter(sample_store)))


def test_two_readers_share_a_store_on_disk(sample_plans: Plans, tmp_path: Path) -> None:
    write_store(sample_plans, tmp_path / "store")
    first, second = open_store(tmp_path / "store"), open_store(tmp_path / "store")
    assert len(first) == len(second) > 0


def test_an_earlier_store_is_replaced_whole(sample_plans: Plans, tmp_path: Path) -> None:
    write_store(sample_plans, tmp_path / "store")
    write_store(sample_plans[:1], tmp_path / "store")
    documents = ask(open_store(tmp_path / "store"), "documents")
    assert len(documents.rows) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_a_build_that_fails_leaves_the_earlier_store(sample_plans: Plans, tmp_path: Path) -> None:
    write_store(sample_plans, tmp_path / "store")
    broken = dataclasses.replace(sample_plans[0].tasks[0], id="no legal name")
    with pytest.raises(Exception, match="no legal local name"):
        write_store([dataclasses.replace(sample_plans[0], tasks=(broken,))], tmp_path / "store")
    assert len(ask(open_store(tmp_path / "store"), "documents").rows) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["store"]


def test_a_folder_that_is_no_store_is_never_replaced(sample_plans: Plans, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(OutputError, match="is no store"):
            write_store(sample_plans, place)
    with pytest.raises(OutputError, match="cannot be written"):
        write_store(sample_plans, tmp_path / "notes.txt" / "store")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_opening_what_is_no_store_is_an_error_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no store"):
        open_store(tmp_path / "missing")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(QueryError, match="cannot be opened"):
        open_store(tmp_path / "damaged")
    assert [entry.name for entry in tmp_path.iterdir()] == ["damaged"]


def test_the_rooms_of_the_graph_load_no_rdflib() -> None:
    rooms = "kg.graph, kg.export, kg.store, kg.answers, kg.asking, kg.questions, kg.vocabulary"
    code = f"import sys, {rooms}; sys.exit(int('rdflib' in sys.modules))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
