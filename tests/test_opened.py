"""An opened graph answers questions and gives its tables as rows and frames."""

from __future__ import annotations

import doctest
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from pandas.api import types

import kg
from kg.codebook import columns_of
from kg.errors import OutputError, QueryError
from kg.opened import Graph
from kg.tables import TABLES, rows

ONE = "SELECT (1 AS ?n) (1.5 AS ?d) ('2031-06-30'^^xsd:date AS ?day) ('灯塔' AS ?word) (?none AS ?nothing) {}"
MODULES = ("kg.opened", "kg.frames", "kg.extras", "kg.codebook")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kg.build(out=tmp_path_factory.mktemp("opened") / "out").folder


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    with kg.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_rows_are_plain_values(graph: Graph) -> None:
    found = graph.query(ONE)
    assert found.rows == [(1, Decimal("1.5"), date(2031, 6, 30), "灯塔", None)]
    assert list(found) == [dict(zip(found.columns, found.rows[0], strict=True))]
    assert len(found) == 1


def test_frames_have_types(graph: Graph) -> None:
    frame = graph.query(ONE).to_pandas()
    assert types.is_integer_dtype(frame["n"])
    assert types.is_float_dtype(frame["d"])
    assert types.is_datetime64_any_dtype(frame["day"])
    schema = graph.query(ONE).to_polars().schema
    assert [schema[name] for name in ("n", "d", "day", "word")] == [pl.Int64, pl.Float64, pl.Date, pl.String]


def test_an_answer_without_rows_is_an_empty_frame(graph: Graph) -> None:
    nothing = graph.query("SELECT ?a ?b { ?a <http://reef.example/noSuch> ?b }")
    assert nothing.to_pandas().shape == (0, 2)
    assert nothing.to_polars().shape == (0, 2)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_for_pandas_and_polars_and_as_its_rows(name: str, graph: Graph) -> None:
    pandas, polars = graph.table(name), graph.table(name, to="polars")
    expected = rows(kg.gather().plans, name)
    assert list(pandas.columns) == polars.columns == list(TABLES[name].columns)
    assert len(pandas) == len(polars) == len(expected)
    for info in columns_of(name):
        told = [_told(row[info.column]) for row in expected]
        assert [_told(value) for value in polars[info.column].to_list()] == told
        assert [_told(None if kg_missing(value) else value) for value in pandas[info.column].tolist()] == told


def kg_missing(value: object) -> bool:
    """Tell whether pandas holds no value: its own missing ones differ from themselves or are not comparable."""
    return str(value) in {"<NA>", "NaT", "nan"}


def _told(value: object) -> object:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return float(value)
    return value.date() if hasattr(value, "date") else value


def test_every_property_is_a_table(graph: Graph) -> None:
    names = [name for name in TABLES if hasattr(Graph, name)]
    assert len(names) >= 10
    assert all(list(getattr(graph, name).columns) == list(TABLES[name].columns) for name in names)


def test_a_build_a_folder_a_store_folder_and_a_store_open(folder: Path) -> None:
    store = kg.open_store(folder / "store")
    for where in (folder, str(folder), folder / "store", store):
        with kg.open(where) as graph:
            assert len(graph.query("documents")) == 5
    with pytest.raises(QueryError, match="a store has no tables"):
        kg.open(store).duties  # noqa: B018  (asked for the error)


def test_wrong_uses_are_told_in_one_line(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no table is called 'duty': choose one of documents"):
        graph.table("duty")
    with pytest.raises(OutputError, match="pandas or polars"):
        graph.table("duties", to="excel")  # type: ignore[call-overload]
    with pytest.raises(QueryError, match="no store"):
        kg.open(tmp_path)
    with pytest.raises(QueryError, match="needs body"):
        graph.query("tasks-of-body")
    graph.close()
    with pytest.raises(QueryError, match="closed"):
        graph.query("documents")
    with pytest.raises(QueryError, match="closed"):
        graph.table("duties")


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_package_is_named(package: str, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OutputError, match=rf"{package} is not installed: pip install .*\[{package}\]"):
        getattr(graph.query("documents"), f"to_{package}")()
    with pytest.raises(OutputError, match=package):
        graph.table("duties", to=package)  # type: ignore[call-overload]


@pytest.mark.slow
@pytest.mark.checkout
def test_the_tutorial_runs_from_first_to_last_cell(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "docs/tutorial.py"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "民政" in done.stdout


@pytest.mark.checkout
def test_the_tutorial_speaks_both_languages(checkout: Path) -> None:
    cells = (checkout / "docs" / "tutorial.py").read_text(encoding="utf-8").split("@app.cell")
    prose = [cell for cell in cells if "mo.md(" in cell]
    assert len(prose) >= 6
    assert all(re.search(r"[\u4e00-\u9fff]{4}", cell) and re.search(r"[a-z]+ [a-z]+ [a-z]+", cell) for cell in prose)
    assert "app" in runpy.run_path(str(checkout / "docs" / "tutorial.py"), run_name="tutorial")
