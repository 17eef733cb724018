"""A heavy question has the same answer from the tables, by its twin in SQL, as from the store, by its SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

import kg
from kg.asking import StoredEngine, TwinEngine, ask, open_engine, twins
from kg.asking.tabular import TabularEngine, twin_of
from kg.assets import asset
from kg.errors import OutputError, QueryError
from kg.questions import Question, find, questions, resolve
from kg.questions.library import TOPICS
from kg.records import Plan
from kg.store import load, open_store
from kg.tables import write_tables

TWINS = sorted(path for topic in TOPICS for path in asset("queries", topic).glob("*.sql"))
AT_LEAST = 30
GENERATED = 40
BUNDLED, SAMPLES, DRAWN = "bundled", "samples", "generated"

VALUES: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    BUNDLED: {
        "region": ("万州区",), "function": ("civil-affairs", "卫生健康"), "role": ("lead", "support"), "minimum": (1, 3),
        "year": (2025,), "level": ("county",), "indicator": ("人均预期寿命",),
    },
    SAMPLES: {
        "region": ("贝壳区",), "function": ("civil-affairs",), "role": ("lead", "implement"), "minimum": (1,),
        "year": (2031,), "level": ("county",), "indicator": ("灯塔亮灯率",),
    },
    DRAWN: {"function": ("education",), "role": ("lead", "responsible"), "minimum": (1, 4), "year": (2026,), "level": ("county",)},
}  # fmt: skip
"""Values of the parameters to ask with, beside the defaults."""


@dataclass(frozen=True)
class Both:
    """One dataset in both forms."""

    store: Store
    tables: TabularEngine


@pytest.fixture(scope="session")
def both(
    sample_plans: tuple[Plan, ...], generated: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Both]:
    """The store and the tables of a dataset by its name, each made once."""
    made: dict[str, Both] = {}

    def drawn() -> tuple[Plan, ...]:
        folder = tmp_path_factory.mktemp("drawn")
        for seed in range(GENERATED):
            pick = generated.Seeded(seed)
            (folder / f"{seed}.txt").write_bytes(generated.write(generated.draw_sketch(pick), "text", pick).data)
        return kg.gather([folder]).plans

    plans: dict[str, Callable[[], tuple[Plan, ...]]] = {
        BUNDLED: lambda: kg.gather().plans,
        SAMPLES: lambda: sample_plans,
        DRAWN: drawn,
    }

    def of(name: str) -> Both:
        if name not in made:
            folder, store, found = tmp_path_factory.mktemp(name), open_store(), plans[name]()
            load(store, found)
            write_tables(found, folder, "parquet")
            made[name] = Both(store, TabularEngine(folder))
        return made[name]

    return of


def question_of(path: Path) -> Question:
    return find(path.stem)


def choices(question: Question, dataset: str) -> list[dict[str, Any]]:
    """Every combination of the parameters: left out, or one of the values that the dataset has."""
    known = VALUES[dataset]
    options = [[(p.name, None), *((p.name, value) for value in known.get(p.name, ()))] for p in question.parameters]
    return [{name: value for name, value in row if value is not None} for row in product(*options)]


def test_there_are_twins_and_each_stands_beside_its_question() -> None:
    assert len(TWINS) >= AT_LEAST
    assert all(path.with_suffix(".rq").is_file() for path in TWINS)
    strays = set(asset("queries").rglob("*.sql")) - set(TWINS)
    assert strays == {asset("queries", "tables/encoded.sql")}


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_a_twin_takes_the_parameters_of_its_question_and_is_in_order(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\$(\w+)", sql)) == {parameter.name for parameter in question_of(path).parameters}
    assert re.search(r"\nORDER BY [^\n]+\n\Z", sql)


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
@pytest.mark.parametrize("dataset", VALUES)
def test_tables_and_store_give_the_same_answer(path: Path, dataset: str, both: Callable[[str], Both]) -> None:
    question, data = question_of(path), both(dataset)
    for given in choices(question, dataset):
        expected = ask(data.store, question, **given)
        found = data.tables.answer(question, resolve(question, given, StoredEngine(data.store).answer))
        assert found is not None
        assert found.columns == expected.columns == tuple(column.name for column in question.columns)
        assert found.plain() == expected.plain(), given
        assert found.strings() == expected.strings(), given


@pytest.mark.parametrize("dataset", VALUES)
def test_most_twins_find_something(dataset: str, both: Callable[[str], Both]) -> None:
    empty = [path.stem for path in TWINS if not both(dataset).tables.answer(question_of(path), {}).rows]
    assert len(empty) <= len(TWINS) // 3, empty


def test_a_question_of_ones_own_under_the_name_of_ours_has_no_twin() -> None:
    ours = find("obligations-by-function")
    assert twin_of(ours) is not None
    assert twin_of(Question(**{f: getattr(ours, f) for f in ours.__slots__} | {"sparql": ours.sparql + "\n"})) is None


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kg.build(out=tmp_path_factory.mktemp("built") / "out").folder


class Refusing:
    """An engine that answers what resolves names, and no question."""

    def __init__(self, engine: StoredEngine) -> None:
        self.engine, self.asked = engine, 0

    def answer(self, sparql: str, /) -> Any:
        self.asked += 1
        return self.engine.answer(sparql)


def test_a_small_build_is_asked_in_its_store_and_a_large_one_in_its_tables(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = Refusing(StoredEngine(open_store(build / "store")))
    engine = TwinEngine(inner, build / "tables")
    small = ask(engine, "concentration")
    assert inner.asked == 1
    monkeypatch.setattr(twins, "_LARGE", 1)
    assert ask(engine, "concentration") == small
    assert inner.asked == 1
    ask(engine, "SELECT ?s { ?s a resp:Task }")
    assert inner.asked == 2
    engine.close()


def test_tables_that_are_asked_for_must_be_there_and_have_a_twin(build: Path, tmp_path: Path) -> None:
    engine = open_engine(build, "tables")
    assert ask(engine, "regions").rows
    with pytest.raises(QueryError, match="has no twin in SQL"):
        ask(engine, "evidence-of-body", body="万州区民政局")
    kg.store.write_store(kg.gather().plans, tmp_path / "out" / "store")
    with pytest.raises(QueryError, match="no Parquet tables"):
        ask(open_engine(tmp_path / "out", "tables"), "regions")
    assert ask(open_engine(tmp_path / "out"), "regions").rows


def test_tables_of_another_version_are_refused_in_one_line(tmp_path: Path) -> None:
    write_tables(kg.gather().plans, tmp_path, "parquet")
    (tmp_path / "_duties.parquet").write_bytes((tmp_path / "regions.parquet").read_bytes())
    with pytest.raises(QueryError, match="build them anew") as caught:
        TabularEngine(tmp_path).answer(find("concentration"), {})
    assert "\n" not in str(caught.value)


def test_a_value_is_bound_and_never_part_of_the_text(both: Callable[[str], Both]) -> None:
    hostile = "x' OR 1=1; DROP VIEW _duties --"
    question = find("indicator-by-region")
    assert both(BUNDLED).tables.answer(question, {"indicator": hostile}).rows == ()


def test_without_duckdb_the_store_answers_and_the_tables_say_what_to_install(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins, "_LARGE", 1)
    monkeypatch.setattr(twins, "find_spec", lambda _: None)
    assert ask(open_engine(build), "regions").rows
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(OutputError, match=r"policy-responsibility-graph\[tables\]"):
        ask(open_engine(build, "tables"), "regions")


def test_the_command_takes_an_engine(build: Path, run: Callable[..., Any]) -> None:
    answers = {
        run("query", "duties-by-basis", "--store", build, "--engine", name).out for name in ("auto", "store", "tables")
    }
    assert len(answers) == 1
    refused = run("query", "evidence-of-body", "--body", "万州区民政局", "--store", build, "--engine", "tables")
    assert (refused.code, len(refused.complaints)) == (1, 1)


def test_every_question_with_a_twin_is_one_of_the_library() -> None:
    assert {path.stem for path in TWINS} <= {question.name for question in questions()}
