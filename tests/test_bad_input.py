"""Bad input is met with one clear line and exit code 1, and nothing half-written is left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

ESSAY = "春日游记\n\n一、出门\n清晨的阳光洒在小路上，孩子们唱着歌。\n\n二、归来\n晚饭后大家讲起一天的见闻。\n"

SOURCES = {
    "an empty file": (b"", "source.txt: empty: nothing to read"),
    "white space only": (b" \r\n\t\n", "source.txt: empty: nothing to read"),
    "binary": (bytes(range(256)) * 40, "source.txt: a binary file, not text"),
    "a PDF": (b"%PDF-1.7\n", "source.txt: a broken PDF: fetch it again"),
    "a Word file": (b"PK\x03\x04" + b"\x00" * 60, "source.txt: a damaged DOCX file or archive"),
    "an essay": (ESSAY.encode(), "source.txt: not a plan: no duty, deadline"),
    "English": (b"The district shall repair thirty lighthouses by 2033.", "source.txt: holds no Chinese text"),
    "Big5 text": ("關於燈塔養護工作方案的通知，請認真組織實施。".encode("big5"), "source.txt: "),
    "Shift JIS text": ("灯台の保守に関する計画について、次のとおり定める。".encode("shift_jis"), "source.txt: "),
    "UTF-8 cut in a letter": ("牵头单位：区民政局".encode()[:-1] * 3, "source.txt: "),
}
RECORDS = {
    "records that are no YAML": ("a: [", "source.yaml: line 2, column 1"),
    "records of something else": ("name: 灯塔\n", "source.yaml: $: object missing required field `document`"),
    "records in GB18030": ("document: 灯塔".encode("gb18030"), "source.yaml: byte 10 is not UTF-8"),
}


@pytest.fixture
def nothing_left(tmp_path: Path) -> Callable[[str], None]:
    def check(*kept: str) -> None:
        assert {path.name for path in tmp_path.iterdir()} == set(kept)

    return check


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("command", ["build", "tables", "extract"])
def test_a_bad_document_is_one_line(
    command: str, kind: str, run: Callable, tmp_path: Path, nothing_left: Callable
) -> None:
    data, message = SOURCES[kind]
    (tmp_path / "source.txt").write_bytes(data)
    got = run(command, tmp_path / "source.txt", "-o", tmp_path / "out")
    assert got.code == 1
    assert got.out == ""
    assert len(got.complaints) == 1
    assert got.err.startswith(f"kg: {message}")
    nothing_left("source.txt")


@pytest.mark.parametrize("kind", RECORDS)
def test_bad_records_are_one_line(kind: str, run: Callable, tmp_path: Path, nothing_left: Callable) -> None:
    data, message = RECORDS[kind]
    (tmp_path / "source.yaml").write_bytes(data if isinstance(data, bytes) else data.encode())
    got = run("build", tmp_path / "source.yaml", "-o", tmp_path / "out")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith(f"kg: {message}")
    nothing_left("source.yaml")


def test_a_text_of_50_megabytes_is_refused_at_once(
    run: Callable, tmp_path: Path, nothing_left: Callable, fixtures: Path
) -> None:
    plan = (fixtures / "plan.txt").read_bytes()
    (tmp_path / "large.txt").write_bytes(plan * (50_000_000 // len(plan) + 1))
    got = run("build", tmp_path / "large.txt", "-o", tmp_path / "out")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert "is the most for one document: split it" in got.err
    nothing_left("large.txt")


def test_a_file_that_is_not_there_is_one_line(run: Callable, tmp_path: Path, nothing_left: Callable) -> None:
    got = run("build", tmp_path / "gone.txt", "-o", tmp_path / "out")
    assert (got.code, got.out) == (1, "")
    assert got.err == f"kg: {tmp_path / 'gone.txt'}: no such file: check the path\n"
    nothing_left()


def test_a_file_that_vanishes_while_others_are_read_is_reported(
    run: Callable, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("letter.txt", "plan.txt"):
        (tmp_path / name).write_bytes((fixtures / name).read_bytes())
    reading = import_module("kg.build.sourcing")
    files_of = reading.files_of

    def remove_and_read(place: object) -> object:
        (tmp_path / "plan.txt").unlink(missing_ok=True)
        return files_of(place)

    monkeypatch.setattr(reading, "files_of", remove_and_read)
    got = run("build", tmp_path, "-o", tmp_path / "out")
    assert got.code == 1
    assert got.err == f"kg: {tmp_path / 'plan.txt'}: no such file: check the path\n"
    assert "雾民函-2031-12" in got.out
    assert (tmp_path / "out" / "graph.ttl").is_file()


def test_one_bad_source_among_many_is_reported_and_the_rest_are_built(
    run: Callable, fixtures: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_text("")
    got = run("build", fixtures, tmp_path / "bad.txt", "-o", tmp_path / "out")
    assert got.code == 1
    assert got.err == "kg: bad.txt: empty: nothing to read\n"
    assert (tmp_path / "out" / "plans" / "贝政办发-2031-5.yaml").is_file()


def test_an_empty_folder_is_one_line(run: Callable, tmp_path: Path, nothing_left: Callable, fixtures: Path) -> None:
    (tmp_path / "none").mkdir()
    got = run("build", tmp_path / "none", "-o", tmp_path / "out")
    assert (got.code, got.out) == (1, "")
    assert got.err.startswith(f"kg: {tmp_path / 'none'}: holds no document and no records (.doc, ")
    assert got.err.endswith("): name the files or another folder\n")
    assert len(got.complaints) == 1
    nothing_left("none")
    beside = run("build", tmp_path / "none", fixtures, "-o", tmp_path / "out")
    assert (beside.code, beside.err) == (1, got.err)
    assert (tmp_path / "out" / "graph.ttl").is_file()


@pytest.mark.parametrize("command", ["build", "tables", "extract"])
def test_a_file_in_the_way_of_the_outputs_is_one_line(
    command: str, run: Callable, fixtures: Path, tmp_path: Path, nothing_left: Callable
) -> None:
    (tmp_path / "way").write_text("in the way")
    got = run(command, fixtures, "-o", tmp_path / "way" / "out")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith("kg: ")
    assert "cannot be written" in got.err
    nothing_left("way")


def test_a_page_in_a_place_that_cannot_be_written_is_one_line(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "way").write_text("in the way")
    got = run("view", "民政", fixtures, "-o", tmp_path / "way" / "page.html")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert "cannot be written" in got.err


def test_an_unknown_question_is_one_line_with_the_nearest(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    assert run("build", fixtures, "-o", tmp_path / "out").code == 0
    got = run("query", "obligation-by-function", "--store", tmp_path / "out")
    assert (got.code, got.out) == (1, "")
    assert got.err.startswith("kg: no query is called 'obligation-by-function': did you mean obligations-by-function")
    assert len(got.complaints) == 1


def test_a_store_that_is_not_there_is_one_line(run: Callable, tmp_path: Path) -> None:
    got = run("query", "documents", "--store", tmp_path / "none")
    assert (got.code, got.out) == (1, "")
    assert got.err == f"kg: {tmp_path / 'none'}: no store: build one first (kg build)\n"


def test_an_unknown_center_is_one_line_with_the_nearest(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    got = run("view", "民证局", fixtures, "-o", tmp_path / "page.html")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert "民政局" in got.err
    assert not (tmp_path / "page.html").exists()


def test_a_reader_that_stops_early_is_no_error(fixtures: Path) -> None:
    extract = subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", *[fixtures / "plan.txt", fixtures / "letter.txt"]],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert extract.stdout is not None
    assert extract.stderr is not None
    extract.stdout.close()
    with extract.stderr as complaints:
        assert b"Traceback" not in complaints.read()
    assert extract.wait() == 1


def test_a_user_who_stops_the_command_sees_no_traceback(
    run: Callable, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing_left: Callable
) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("kg.build.sourcing"), "files_of", stop)
    got = run("build", fixtures, "-o", tmp_path / "out")
    assert got.code == 130
    assert got.err.strip() == "kg: stopped"
    nothing_left()
