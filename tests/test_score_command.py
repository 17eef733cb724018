"""The command `kg score` prints the figures in every format, tells what it left out, and fails where a floor is missed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kg


@pytest.fixture
def reference(fixtures: Path, tmp_path: Path) -> Path:
    """The records of both invented documents, in one of which a person changed a role and took a body away."""
    folder = tmp_path / "reference"
    folder.mkdir()
    for plan in kg.gather([fixtures]).plans:
        text = kg.dumps(plan)
        if plan.document.file == "plan.txt":
            text = text.replace(
                "department: 区交通运输局\n    role: lead", "department: 区交通运输局\n    role: support", 1
            )
            text = text.replace("department: 区卫生健康委\n", "department: 区医保局\n")
        (folder / f"{plan.document.id}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_what_was_extracted_agrees_with_itself(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    assert run("extract", fixtures, "-o", tmp_path / "same").code == 0
    got = run("score", fixtures, tmp_path / "same", "--min", "micro=1", "--min", "macro=1")
    assert (got.code, got.err) == (0, "")
    heading, *rows = got.out.partition("All documents: 2\n")[2].splitlines()
    assert heading.split() == [
        *("relation", "wanted", "found", "hit", "precision", "recall", "F1", "95%", "from", "to", "documents", "mean"),
        "F1",
    ]
    assert rows[3].split() == [*("duties", "责任分工", "11", "11", "11"), *["1.000"] * 5, "2", "1.000"]
    assert rows[10].split() == ["projects", "项目", "0", "0", "0", "—", "—", "—", "—", "—", "0", "—"]
    assert "Missed" not in got.out


def test_misses_are_listed_with_place_and_quote(run: Callable, fixtures: Path, reference: Path) -> None:
    got = run("score", fixtures, reference, "--misses")
    assert (got.code, got.err) == (0, "")
    lines = got.out.partition("Missed and invented:\n")[2].partition("\n\n")[0].splitlines()
    assert lines[0].split() == ["side", "relation", "place", "said", "characters", "quote"]
    assert [line.split("  ")[0].strip() for line in lines[1:]] == ["missed", "missed", "invented", "invented"]
    assert "区交通运输局 · support" in lines[1]
    assert "区交通运输局 · lead" in lines[3]
    assert "区卫生健康委 · responsible  384–403" in lines[4]
    assert lines[4].endswith("（责任单位：区民政局、区卫生健康委等）")


def test_labels_are_chinese_where_they_are_asked_for(run: Callable, fixtures: Path, reference: Path) -> None:
    got = run("score", fixtures, reference, "--misses", "--language", "zh")
    assert "关系" in got.out
    assert "遗漏与多出:" in got.out
    assert not set(got.out.replace("F1", "").split()) & {"relation", "wanted", "missed", "duties", "micro", "All"}


def test_csv_has_a_row_for_each_document_and_relation(run: Callable, fixtures: Path, reference: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("score", fixtures, reference, "--format", "csv").out)))
    assert len(rows) == 3 * 16
    assert {row["document"] for row in rows} == {"贝政办发-2031-5", "雾民函-2031-12", "all"}
    (duties,) = [row for row in rows if row["document"] == "all" and row["relation"] == "duties"]
    assert (duties["wanted"], duties["found"], duties["hit"], duties["f1"]) == ("11", "11", "9", "0.818182")
    assert duties["low"] <= duties["f1"] <= duties["high"]
    (macro,) = [row for row in rows if row["document"] == "all" and row["relation"] == "macro"]
    assert (macro["wanted"], macro["documents"]) == ("", "2")


def test_csv_of_misses_is_the_list_alone(run: Callable, fixtures: Path, reference: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("score", fixtures, reference, "--format", "csv", "--misses").out)))
    assert [(row["side"], row["said"], row["start"]) for row in rows[1::2]] == [
        ("missed", "区医保局 · responsible", "384"),
        ("invented", "区卫生健康委 · responsible", "384"),
    ]
    assert {row["reference"] for row in rows} == {"贝政办发-2031-5.yaml"}


def test_json_has_everything(run: Callable, fixtures: Path, reference: Path) -> None:
    (reference / "雾民函-2031-12.yaml").unlink()
    got = json.loads(run("score", fixtures, reference, "--format", "json").out)
    assert set(got) == {"overall", "documents", "unpaired"}
    assert got["overall"]["duties"]["f1"] == 0.777778
    assert got["overall"]["projects"]["f1"] is None
    assert [lone["name"] for lone in got["unpaired"]] == ["雾民函-2031-12"]
    assert "misses" not in got["documents"][0]
    listed = json.loads(run("score", fixtures, reference, "--format", "json", "--misses").out)["documents"][0]["misses"]
    assert [miss["side"] for miss in listed] == ["missed", "missed", "invented", "invented"]
    assert listed[0]["said"] == ["区交通运输局", "support"]


def test_markdown_has_tables_that_a_paper_takes(run: Callable, fixtures: Path, reference: Path) -> None:
    records = reference / "贝政办发-2031-5.yaml"
    records.write_text(records.read_text(encoding="utf-8").replace("区医保局", "区|局"), encoding="utf-8")
    got = run("score", fixtures, records, "--format", "markdown", "--misses").out
    assert "\n## All documents: 1\n\n| relation | wanted |" in got
    assert "| duties 责任分工 | 9 | 9 | 7 | 0.778 | 0.778 | 0.778 | — | — | 1 | 0.778 |" in got
    assert "区\\|局 · responsible" in got
    tables = [block.splitlines() for block in got.split("\n\n") if block.startswith("|")]
    assert len(tables) == 3
    for lines in tables:
        assert set(lines[1]) == {"|", "-", " "}
        assert len({line.replace("\\|", "").count("|") for line in lines}) == 1


def test_a_floor_that_is_missed_is_an_error(run: Callable, fixtures: Path, reference: Path) -> None:
    assert run(
        "score", fixtures, reference, "--min", "duties=0.8", "--min", "Indicator Values=1", "--min", "tasks=1"
    ).err == ("kg: indicator-values: no fact on either side, so no F1 to hold to 1.0\n")
    got = run("score", fixtures, reference, "--min", "duties=0.9", "--min", "duties without role=0.95")
    assert (got.code, got.complaints) == (
        1,
        [
            "kg: duties: F1 0.8182 is under the floor 0.9",
            "kg: duties-without-role: F1 0.9091 is under the floor 0.95",
        ],
    )
    assert "All documents: 2" in got.out


def test_what_has_no_partner_is_told_and_what_cannot_be_read_fails(
    run: Callable, fixtures: Path, reference: Path, tmp_path: Path
) -> None:
    got = run("score", fixtures / "plan.txt", reference)
    assert (got.code, got.complaints) == (
        0,
        [
            "note: 雾民函-2031-12.yaml: reference only, left out: no record has its hash, file name, number or title",
        ],
    )
    got = run("score", fixtures / "plan.txt", reference, "--min", "duties=0.1")
    assert got.code == 1
    assert got.complaints[-1].startswith("kg: 雾民函-2031-12.yaml: a floor is for the whole reference")
    (tmp_path / "essay.txt").write_text("灯塔\n\n海雾里的灯塔很美。\n", encoding="utf-8")
    got = run("score", fixtures, tmp_path / "essay.txt", reference)
    assert (got.code, len(got.complaints)) == (1, 1)
    assert got.err.startswith("kg: essay.txt: not a plan")
    assert "All documents: 2" in got.out


def test_nothing_in_common_is_an_error(run: Callable, fixtures: Path, reference: Path) -> None:
    got = run("score", fixtures / "letter.txt", reference / "贝政办发-2031-5.yaml")
    assert (got.code, got.out) == (1, "")
    assert got.complaints == [
        "kg: no document is on both sides: give the records of the documents that the reference is of",
        "kg: 雾民函-2031-12: no reference has its hash, file name, number or title",
        "kg: 贝政办发-2031-5.yaml: no record has its hash, file name, number or title",
    ]


def test_equal_input_gives_equal_bytes(run: Callable, fixtures: Path, reference: Path) -> None:
    first = run("score", fixtures / "plan.txt", fixtures / "letter.txt", reference, "--format", "json", "--misses").out
    again = run("score", fixtures / "letter.txt", fixtures / "plan.txt", reference, "--format", "json", "--misses").out
    assert first == again
