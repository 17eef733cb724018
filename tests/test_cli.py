"""The command parses, calls the library and prints: what a user sees, to the character."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.cli import show
from kg.cli.commands import kg as command

COMMANDS = (
    *(
        "build",
        "dataset",
        "docs",
        "export",
        "extract",
        "query",
        "rank",
        "reason",
        "review",
        "score",
        "tables",
        "validate",
        "view",
    ),
)


@pytest.fixture(scope="module")
def store(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the invented plans."""
    return kg.build([fixtures], tmp_path_factory.mktemp("cli") / "out").folder


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)


def fastest(*arguments: str) -> float:
    """Give the seconds of the fastest of five runs, beside those of Python itself."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        python(*arguments)
        between = time.perf_counter()
        python("-c", "")
        taken.append(2 * between - start - time.perf_counter())
    return min(taken)


def test_the_commands_are_these() -> None:
    assert tuple(sorted(command.commands)) == COMMANDS


def test_import_takes_no_time_and_loads_nothing() -> None:
    assert fastest("-c", "import kg") < 0.15
    loaded = python("-c", "import sys, kg; print(*sorted(m for m in sys.modules if m.startswith('kg')))").stdout.split()
    assert loaded == ["kg"]


def test_help_is_quick_and_loads_no_engine() -> None:
    assert fastest("-m", "kg", "--help") < 0.5
    code = "import sys, kg.cli.commands; print([m for m in ('pyoxigraph', 'networkx', 'rdflib', 'yaml') if m in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_every_verb_of_the_package_is_there_whatever_was_imported_before() -> None:
    code = (
        "import kg.rank, kg.build, kg.extract.extractor, kg.resolve.regions, kg\n"
        "from kg.rank import RankRow\n"
        "print(all(callable(getattr(kg, name)) for name in kg.__all__), len(kg.__all__), set(kg.__all__) <= set(dir(kg)))"
    )
    assert python("-c", code).stdout == "True 23 True\n"


def test_the_example_of_the_package_runs() -> None:
    assert python("-m", "doctest", str(kg.__file__)).stdout == ""
    assert ">>> plan = kg.resolve(kg.extract(" in str(kg.__doc__)


def test_build_prints_counts_ranking_and_places(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    got = run("build", fixtures, "-o", tmp_path / "out")
    assert (got.code, got.err) == (0, "")
    lines = got.out.splitlines()
    assert lines[1].split() == ["贝政办发-2031-5", "贝壳区", "4", "9", "4", "5", "0", "0", "0", "1"]
    assert lines[2].split() == ["雾民函-2031-12", "雾灯市", "2", "2", "2", "2", "0", "0", "3", "0"]
    assert lines[6].split() == ["1", "民政", "Civil", "affairs", "0", "3", "0", "0", "3", "3", "50%"]
    assert "1  贝壳区交通运输局" in got.out
    assert "民政 (Civil affairs) carries most: 3 duties in 3 tasks, 0 of them as lead" in got.out
    assert "in 贝政办发-2031-5, task 二/(三), characters 384–403: （责任单位：区民政局、区卫生健康委等）" in got.out
    assert "Places that look like a fact and were not read: 0" in got.out
    for place in ("tables", "graph.ttl", "graph.nq", "graph.jsonld", "store", "plans"):
        assert str(tmp_path / "out" / place) in got.out
        assert (tmp_path / "out" / place).exists()


def test_columns_stand_in_line_where_letters_are_wide(run: Callable, fixtures: Path) -> None:
    def columns(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)

    lines = run("rank", fixtures, "--by", "organization").out.splitlines()
    assert len(lines) == 9
    assert len({columns(line[: line.rindex("%")]) for line in lines[1:]}) == 1


def test_rank_leaves_collective_bodies_out_unless_they_are_asked_for(run: Callable, fixtures: Path) -> None:
    assert "各码头街道" not in run("rank", fixtures, "--by", "organization").out
    assert "各码头街道" in run("rank", fixtures, "--by", "organization", "--with-collective").out


def test_rank_as_csv_has_the_evidence(run: Callable, fixtures: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("rank", fixtures, "--format", "csv").out)))
    assert rows[1]["key"] == "transport"
    assert (rows[1]["lead"], rows[1]["total"], rows[1]["label_en"]) == ("2", "2", "Transport")
    assert rows[1]["evidence_quote"] == "（牵头单位：区交通运输局；配合单位：区财政局、区应急管理局）"


def test_rank_of_the_bundled_dataset_needs_no_source(run: Callable) -> None:
    got = run("rank")
    assert (got.code, got.err) == (0, "")
    assert got.out.splitlines()[1].split()[:2] == ["1", "民政"]


def test_extract_prints_records_that_are_read_again(run: Callable, fixtures: Path) -> None:
    got = run("extract", fixtures / "plan.txt")
    assert (got.code, got.err) == (0, "")
    assert kg.loads(got.out) == kg.gather([fixtures / "plan.txt"]).plans[0]
    assert run("extract", fixtures).out.count("\n---\n") == 1


def test_extract_writes_a_file_or_a_folder(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    assert run("extract", fixtures / "plan.txt", "-o", tmp_path / "one.yaml").out == f"{tmp_path / 'one.yaml'}\n"
    assert run("extract", fixtures, "-o", tmp_path / "all", "--facts-only").code == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["贝政办发-2031-5.yaml", "雾民函-2031-12.yaml"]
    assert "quote" in (tmp_path / "one.yaml").read_text(encoding="utf-8")
    assert "quote" not in (tmp_path / "all" / "贝政办发-2031-5.yaml").read_text(encoding="utf-8")
    got = run("extract", fixtures, "-o", tmp_path / "one.yaml")
    assert (got.code, len(got.complaints)) == (2, 1)
    assert "is one file for 2 documents: name a folder" in got.err


def test_extract_lists_what_was_not_read(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    text = (fixtures / "plan.txt").read_text(encoding="utf-8")
    odd = text.replace("（责任单位：区民政局、区卫生健康委等）", "（主抓单位：甲乙丙丁、戊己庚辛负责）")
    assert odd != text
    (tmp_path / "odd.txt").write_text(odd, encoding="utf-8")
    got = run("extract", tmp_path / "odd.txt", "-o", tmp_path / "odd.yaml")
    assert got.code == 0
    plan = kg.loads((tmp_path / "odd.yaml").read_text(encoding="utf-8"))
    assert len(got.complaints) == len(plan.unread)
    for line, place in zip(got.complaints, plan.unread, strict=True):
        assert line.startswith(
            f"odd.txt: not read: {place.kind.value}: {place.reason}: characters {place.evidence.start}–"
        )


def test_tables_are_written(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    got = run("tables", fixtures, "-o", tmp_path / "tables")
    assert got.out == f"14 tables in {tmp_path / 'tables'}\n"
    with (tmp_path / "tables" / "duties.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 11


def test_view_writes_one_page(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    got = run("view", "民政", fixtures, "-o", tmp_path / "page.html", "--language", "en")
    assert got.out == f"{tmp_path / 'page.html'}: open it in a browser\n"
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "区民政局" in page
    assert 'lang="en"' in page


def test_query_lists_every_question_in_both_languages(run: Callable) -> None:
    got = run("query", "--list")
    assert got.code == 0
    for question in kg.questions():
        assert f"\n    {question.question_en}\n    {question.question_zh}\n" in got.out


def test_query_prints_a_table(run: Callable, store: Path) -> None:
    got = run("query", "obligations-by-function", "--store", store)
    lines = got.out.splitlines()
    assert lines[0].split()[:3] == ["function", "name", "lead"]
    assert lines[1].split() == ["civil-affairs", "民政", "0", "3", "0", "0", "3", "3"]
    assert got.err == "\n7 rows\n"


def test_query_takes_a_parameter_a_file_and_sparql(run: Callable, store: Path, tmp_path: Path) -> None:
    got = run("query", "evidence-of-body", "--param", "body=区民政局", "--store", store / "store", "--format", "csv")
    assert [row["start"] for row in csv.DictReader(io.StringIO(got.out))] == ["384"]
    (tmp_path / "mine.rq").write_text("SELECT (COUNT(*) AS ?n) WHERE { ?t a resp:Task }")
    assert run("query", tmp_path / "mine.rq", "--store", store, "--format", "csv").out == "n\n6\n"
    assert run("query", "ASK { ?t a resp:Task }", "--store", store, "--format", "csv").out == "answer\ntrue\n"


def test_query_prints_numbers_and_dates_as_json(run: Callable, store: Path) -> None:
    sparql = "SELECT ?v ?d WHERE { ?c resp:metric '灯塔完好率' ; resp:value ?v . ?p eli:date_document ?d } ORDER BY ?d"
    got = run("query", sparql, "--store", store, "--format", "json")
    assert json.loads(got.out) == [{"v": 95, "d": "2031-04-02"}, {"v": 95, "d": "2031-06-08"}]


def test_query_prints_turtle_of_triples_only(run: Callable, store: Path) -> None:
    built = "CONSTRUCT { ?t a resp:Task } WHERE { ?t a resp:Task }"
    got = run("query", built, "--store", store, "--format", "ttl")
    assert got.out.count(" a resp:Task") == 6
    assert got.out.count("@prefix") == 3
    got = run("query", "SELECT ?t WHERE { ?t a resp:Task }", "--store", store, "--format", "ttl")
    assert (got.code, got.out) == (1, "")
    assert got.err == "kg: this answer has no triples: ttl is for CONSTRUCT and DESCRIBE, take csv or json\n"


MISUSES = {
    "frobnicate": ("No such command", "kg"),
    "build --frobnicate": ("No such option", "kg build"),
    "tables x.txt": ("Missing option '-o' / '--out'", "kg tables"),
    "extract": ("Missing argument 'SOURCES...'", "kg extract"),
    "query": ("which question? give a name, a file or SPARQL, or --list", "kg query"),
    "query documents --param x": ("Invalid value for --param: 'x' is no KEY=VALUE", "kg query"),
    "score x.txt": ("Missing argument 'RECORDS...'", "kg score"),
    "score x.txt y.json --min duties": ("Invalid value for --min: 'duties' is no RELATION=F1", "kg score"),
    "score x.txt y.json --min dooties=1": ("Invalid value for --min: 'dooties=1' is no RELATION=F1", "kg score"),
    "score x.txt y.json --min duties=97": ("Invalid value for --min: 'duties=97' is no RELATION=F1", "kg score"),
    "score x.txt y.json --min duties=nan": ("Invalid value for --min: 'duties=nan' is no RELATION=F1", "kg score"),
    "rank --by colour": ("Invalid value for '--by': 'colour' is not one of 'function', 'organization'", "kg rank"),
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_wrong_use_is_one_line_and_exit_code_2(misuse: str, run: Callable) -> None:
    message, where = MISUSES[misuse]
    got = run(*misuse.split())
    assert (got.code, got.out, len(got.complaints)) == (2, "", 1)
    assert got.err.startswith(f"kg: {message}")
    assert got.err.endswith(f" ({where} --help tells how)\n")


def test_the_version_is_that_of_the_package(run: Callable) -> None:
    from importlib.metadata import version  # noqa: PLC0415

    assert run("--version").out == f"kg {version('policy-responsibility-graph')}\n"


def test_a_progress_bar_is_drawn_where_there_are_many_sources_and_somebody_looks(
    run: Callable, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(21):
        text = (fixtures / "plan.txt").read_text(encoding="utf-8").replace("120盏", f"{number + 2}盏")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert "reading" not in run("rank", tmp_path).err
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    assert "21/21" in run("rank", tmp_path).err


def test_the_answer_formats_are_those_of_the_option() -> None:
    option = next(p for p in command.commands["query"].params if p.name == "form")
    assert tuple(option.type.choices) == show.ANSWER_FORMATS  # type: ignore[attr-defined]


def test_every_function_has_a_label_in_both_languages() -> None:
    labels = kg.function_labels()
    assert len(labels) > 45
    assert "https:" not in "".join(labels)
    assert labels["civil-affairs"] == {"zh": "民政", "en": "Civil affairs"}
    assert [notation for notation, names in labels.items() if set(names) != {"zh", "en"}] == []


def test_extract_never_overwrites_corrected_records(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    records = tmp_path / "plan.yaml"
    assert run("extract", fixtures / "plan.txt", "-o", records).code == 0
    made = records.read_text(encoding="utf-8")
    assert run("extract", fixtures / "plan.txt", "-o", records).err == ""
    assert records.read_text(encoding="utf-8") == made
    corrected = made.replace("department: 区民政局", "department: 区科技局")
    records.write_text(corrected, encoding="utf-8")
    assert run("extract", fixtures / "plan.txt", "-o", records).err == f"note: {records}: corrections kept: 1\n"
    assert records.read_text(encoding="utf-8") == corrected
    got = run("extract", fixtures / "letter.txt", "-o", records)
    assert (got.code, len(got.complaints)) == (1, 1)
    assert got.err.startswith(f"kg: {records}: holds the records of another document, plan.txt: name another place")
    assert records.read_text(encoding="utf-8") == corrected
    assert run("extract", fixtures / "plan.txt", "-o", records, "--overwrite").code == 0
    assert records.read_text(encoding="utf-8") == made


def test_an_output_that_is_no_regular_file_is_refused_and_a_link_is_followed(
    run: Callable, fixtures: Path, tmp_path: Path
) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link.html", tmp_path / "page.html"
    os.mkfifo(pipe)
    link.symlink_to(target)
    assert (
        run("view", "民政", fixtures, "-o", pipe).err
        == f"kg: {pipe}: is no regular file: choose another place with -o\n"
    )
    assert run("view", "民政", fixtures, "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_strict_fails_where_a_place_was_not_read_and_only_there(run: Callable, tmp_path: Path) -> None:
    whole = "贝壳区灯塔养护方案\n一、任务\n（一）点灯。点亮灯塔。（责任单位：区民政局）\n"
    (tmp_path / "whole.txt").write_text(whole, encoding="utf-8")
    (tmp_path / "gap.txt").write_text(whole + "（二）修网。由有关方面牵头修补渔网。\n", encoding="utf-8")
    assert run("extract", "--strict", tmp_path / "whole.txt").code == 0
    assert run("extract", tmp_path / "gap.txt").code == 0
    got = run("extract", "--strict", tmp_path / "gap.txt")
    assert (got.code, len(got.complaints)) == (1, 2)
    assert "not read: sentence" in got.complaints[0]
    assert got.complaints[1] == "kg: not read: 1 place, listed above"
