"""The tables as Parquet and as one workbook: typed, explained in Chinese, whole or not at all, equal bytes for equal plans."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import etree

from kg.codebook import TABLE_NAMES, codebook
from kg.errors import OutputError
from kg.records import Plan
from kg.tables import TABLES, rows, write_tables
from kg.tables_parquet import add_parquet
from kg.tables_xlsx import workbook

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HAN = re.compile(r"[\u4e00-\u9fff]")
KINDS = {"text": str, "integer": int, "decimal": Decimal, "boolean": bool, "date": date}


def sheet(data: bytes, number: int) -> list[dict[str, Any]]:
    """Read a sheet, the codebook being 1: its rows as cell reference → (type, text)."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        strings = [
            "".join(si.itertext()) for si in etree.fromstring(file.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        tree = etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
    found = []
    for row in tree.iter(f"{SHEET}row"):
        cells = {}
        for cell in row:
            value = cell.findtext(f"{SHEET}v")
            assert cell.find(f"{SHEET}f") is None
            kind = cell.get("t", "n")
            cells[re.sub(r"\d", "", cell.get("r"))] = strings[int(value)] if kind == "s" else value
        found.append(cells)
    return found


def test_the_codebook_tells_every_column_in_both_languages() -> None:
    known = list(codebook())
    assert [(info.table, info.column) for info in known] == [(t, c) for t, spec in TABLES.items() for c in spec.columns]
    assert all(HAN.search(info.zh) and info.en for info in known)
    assert set(TABLE_NAMES) == set(TABLES)


def test_every_value_is_of_the_type_that_the_codebook_tells(sample_plans: tuple[Plan, ...]) -> None:
    for info in codebook():
        values = [row[info.column] for row in rows(sample_plans, info.table)]
        assert all(value is None or type(value) is KINDS[info.kind] or isinstance(value, str) for value in values), info
        assert info.kind == "text" or not any(isinstance(value, str) for value in values), info


def test_parquet_holds_what_the_tables_hold_with_types(sample_plans: tuple[Plan, ...], tmp_path: Path) -> None:
    write_tables(sample_plans, tmp_path, "parquet")
    for name in TABLES:
        stored = duckdb.sql(f"FROM read_parquet('{tmp_path}/{name}.parquet')")
        expected = [tuple(value if value != "" else None for value in row.values()) for row in rows(sample_plans, name)]
        assert stored.columns == list(TABLES[name].columns)
        assert stored.fetchall() == expected


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_equal_plans_give_equal_bytes(form: Any, sample_plans: tuple[Plan, ...], tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_tables(sample_plans, tmp_path / "one", form)]
    time.sleep(2.1)  # the stamps of a ZIP archive count two seconds
    assert [path.read_bytes() for path in write_tables(tuple(reversed(sample_plans)), tmp_path / "two", form)] == first
    assert len(list((tmp_path / "one").iterdir())) == len(first)


def test_a_workbook_has_a_codebook_first_and_a_sheet_for_each_table(
    sample_plans: tuple[Plan, ...], tmp_path: Path
) -> None:
    (path,) = write_tables(sample_plans, tmp_path / "all.xlsx", "xlsx")
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        book = etree.fromstring(file.read("xl/workbook.xml"))
        names = [element.get("name") for element in book.iter(f"{SHEET}sheet")]
        frozen = [
            etree.fromstring(file.read(f"xl/worksheets/sheet{at}.xml")).find(f".//{SHEET}pane").get("ySplit")
            for at in range(1, len(names) + 1)
        ]
    assert names[1:] == list(TABLES)
    assert frozen == ["1"] * len(names)
    told = sheet(data, 1)
    assert told[0]["E"] == "说明"
    assert told[1] == {
        "A": "documents",
        "B": "文件",
        "C": "document",
        "D": "文本 text",
        "E": "文件标识",
        "F": "id of the document",
    }


def test_days_and_numbers_of_a_workbook_are_no_texts(sample_plans: tuple[Plan, ...], tmp_path: Path) -> None:
    (path,) = write_tables(sample_plans, tmp_path / "all.xlsx", "xlsx")
    header, *found = sheet(path.read_bytes(), 2 + list(TABLES).index("deadlines"))
    at = {name: letter for letter, name in header.items()}
    expected = [row["latest"] for row in rows(sample_plans, "deadlines")]
    origin = date(1899, 12, 30).toordinal()
    assert [row.get(at["latest"]) for row in found] == [
        str(day.toordinal() - origin) if isinstance(day, date) else None for day in expected
    ]


def test_no_text_of_a_workbook_becomes_a_formula_and_a_long_one_is_cut() -> None:
    texts = {"title": "=1+1", "section": "字" * 40_000, "text": "http://localhost/"}
    record = dict.fromkeys(TABLES["tasks"].columns) | texts
    (_, row) = sheet(workbook({"tasks": [record]}), 2)
    cut = "字" * 32_766 + "…"
    assert set(row.values()) == {"=1+1", cut, "http://localhost/"}


def test_a_table_that_no_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.tables_xlsx._MOST_ROWS", 0)
    with pytest.raises(OutputError, match=r"tasks: 1 rows.*--format parquet"):
        workbook({"tasks": [dict.fromkeys(TABLES["tasks"].columns)]})


@pytest.mark.parametrize(("form", "package"), [("parquet", "duckdb"), ("xlsx", "xlsxwriter")])
def test_without_its_package_a_form_says_what_to_install_and_writes_nothing(
    form: Any, package: str, sample_plans: tuple[Plan, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(OutputError, match=r"pip install .policy-responsibility-graph\[tables\]"):
        write_tables(sample_plans, tmp_path / "out", form)
    assert not (tmp_path / "out").exists()


def test_csv_of_another_make_gives_no_parquet(tmp_path: Path, sample_plans: tuple[Plan, ...]) -> None:
    write_tables(sample_plans, tmp_path)
    (tmp_path / "deadlines.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(OutputError, match="holds no tables"):
        add_parquet(tmp_path)
    assert not list(tmp_path.glob("*.parquet"))


def test_the_command_tells_the_form_by_the_ending(fixtures: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    assert run("tables", fixtures, "-o", tmp_path / "t.xlsx").code == 0
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")
    assert run("tables", fixtures, "--format", "parquet", "-o", tmp_path / "p").code == 0
    assert (tmp_path / "p" / "duties.parquet").read_bytes().startswith(b"PAR1")
