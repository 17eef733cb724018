"""Answers in every format: rows for people and programs, graphs for other stores, equal bytes for equal answers."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from lxml import etree
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg.answers import FORMATS, Answer, format_of, write
from kg.answers.workbook import write_xlsx
from kg.asking import ask
from kg.columns import width
from kg.errors import OutputError
from kg.vocabulary import term

ROWS = Answer(
    columns=("名称", "value", "day", "sure", "iri"),
    rows=(
        (
            Literal("灯塔|一\n二", language="zh"),
            Literal(3),
            Literal("2031-06-30", datatype=term("xsd:date")),
            None,
            None,
        ),
        (
            Literal("=SUM(A1)\t<b>"),
            Literal("2.50", datatype=term("xsd:decimal")),
            None,
            Literal(True),
            NamedNode("http://x/灯"),
        ),
    ),
)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def test_a_table_stands_in_line_where_letters_are_wide() -> None:
    lines = write(ROWS, "table").decode().splitlines()
    assert (
        len({width(line[: line.index(mark)]) for line, mark in zip(lines, ("value", "    3", " 2.50"), strict=True)})
        == 1
    )
    assert lines[1].startswith("灯塔|一 二")


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_come_back_as_they_were(form: str, delimiter: str) -> None:
    text = write(ROWS, form).decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == [
        list(ROWS.columns),
        *map(list, ROWS.strings()),
    ]
    assert "\r" not in text


def test_json_has_numbers_days_and_truths() -> None:
    assert json.loads(write(ROWS, "json")) == [
        {"名称": "灯塔|一\n二", "value": 3, "day": "2031-06-30", "sure": None, "iri": None},
        {"名称": "=SUM(A1)\t<b>", "value": 2.5, "day": None, "sure": True, "iri": "http://x/灯"},
    ]


def test_markdown_keeps_a_row_on_its_line() -> None:
    lines = write(ROWS, "markdown").decode().splitlines()
    assert lines[:2] == ["| 名称 | value | day | sure | iri |", "|---|---|---|---|---|"]
    assert lines[2] == "| 灯塔\\|一<br>二 | 3 | 2031-06-30 |  |  |"
    assert lines[3].startswith("| =SUM(A1)\t&lt;b> | 2.50 |")


def cells(book: bytes) -> dict[str, tuple[str | None, str]]:
    """Read the sheet of a workbook: the type and text of each cell by its place."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = ["".join(s.itertext()) for s in etree.fromstring(archive.read("xl/sharedStrings.xml"))]
    assert not sheet.findall(".//m:f", NS), "a text became a formula"
    made = {}
    for cell in sheet.iterfind(".//m:c", NS):
        kind, text = cell.get("t"), cell.findtext("m:v", "", NS)
        made[cell.get("r")] = (kind, shared[int(text)] if kind == "s" else text)
    return made


def test_a_workbook_has_numbers_days_and_texts_and_no_formulas() -> None:
    found = cells(write(ROWS, "xlsx"))
    assert found["A1"] == ("s", "名称")
    assert found["A2"] == ("s", "灯塔|一\n二")
    assert found["A3"] == ("s", "=SUM(A1)\t<b>")
    assert (found["B2"], found["B3"]) == ((None, "3"), (None, "2.5"))
    assert found["C2"] == (None, str((date(2031, 6, 30) - date(1899, 12, 30)).days))
    assert found["D3"] == ("b", "1")
    assert "D2" not in found


def test_equal_answers_give_equal_bytes(sample_store: Store) -> None:
    graph = ask(sample_store, "graph-of-body", body="雾港救助协会")
    for name, form in FORMATS.items():
        answered = graph if form.graph else ROWS
        assert write(answered, name) == write(answered, name), name
    book = write(ROWS, "xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_what_no_sheet_holds_is_refused() -> None:
    long = Answer(columns=("x",), rows=((Literal("长" * 32768),),))
    with pytest.raises(OutputError, match="row 1 holds a text longer than a cell"):
        write_xlsx(long)
    many = Answer(columns=("x",), rows=((Literal(1),),) * 1_048_576)
    with pytest.raises(OutputError, match="1048576 rows are more than a sheet"):
        write_xlsx(many)
    digits = Answer(columns=("x",), rows=((Literal(12345678901234567890),),))
    assert cells(write_xlsx(digits))["A2"] == ("s", "12345678901234567890")


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(OutputError, match=r"policy-responsibility-graph\[tables\]"):
        write(ROWS, "xlsx")


def test_a_graph_is_the_same_in_each_format(sample_store: Store) -> None:
    answered = ask(sample_store, "graph-of-body", body="雾港救助协会")
    ttl = rdflib.Graph().parse(data=write(answered, "ttl"), format="turtle")
    assert len(ttl) == len(answered.rows)
    for form, syntax in (("nt", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)):
        quads = parse(write(answered, form), format=syntax)
        assert {(q.subject, q.predicate, q.object) for q in quads} == set(answered.rows), form
    text = write(answered, "ttl").decode()
    declared = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert "@prefix duty: " in text
    assert write(answered, "csv").startswith(b"subject,predicate,object\n")


def test_a_graph_under_another_base_has_the_prefixes_of_that_base() -> None:
    node = NamedNode("https://data.example.org/body/x")
    answered = Answer(
        columns=("subject", "predicate", "object"), rows=((node, term("rdfs:label"), Literal("灯")),), graph=True
    )
    assert b"@prefix body: <https://data.example.org/body/> ." in write(answered, "ttl")
    assert b'"@base": "https://data.example.org/"' in write(answered, "jsonld")


def test_rows_are_no_graph_and_an_unknown_format_is_an_error() -> None:
    for form in ("ttl", "nt", "jsonld"):
        with pytest.raises(OutputError, match="this answer has no triples"):
            write(ROWS, form)
    with pytest.raises(OutputError, match="no format is called 'pdf': choose one of table, csv"):
        write(ROWS, "pdf")


def test_an_answer_without_rows_or_columns_is_written_too() -> None:
    empty = Answer(columns=("x",), rows=())
    assert write(empty, "csv") == b"x\n"
    assert write(empty, "json") == b"[]\n"
    assert write(empty, "table") == b"x\n"
    assert cells(write(empty, "xlsx")) == {"A1": ("s", "x")}


def test_a_suffix_names_its_format() -> None:
    for name, form in FORMATS.items():
        for suffix in form.suffixes:
            assert format_of(Path(f"a.b{suffix.upper()}")) == name
    with pytest.raises(OutputError, match=r"a\.pdf: the suffix '\.pdf' names no format: take one of \.txt, "):
        format_of(Path("a.pdf"))


def test_a_triple_and_a_decimal_are_cells_too() -> None:
    triple = Triple(NamedNode("http://x/s"), NamedNode("http://x/p"), Literal(1))
    answered = Answer(columns=("t", "n"), rows=((triple, Literal(Decimal("1.0"))),))
    assert b"http://x/s" in write(answered, "csv")
    assert json.loads(write(answered, "json"))[0]["n"] == 1
