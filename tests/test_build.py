"""A build gives the same bytes each time, is whole or not there, and never overwrites what a person made."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from itertools import permutations
from pathlib import Path

import pytest

import kg
from kg.build import Build
from kg.errors import OutputError, ReadError
from kg.tables import TABLES

GRAPHS = {"graph.ttl", "graph.nq", "graph.jsonld"}


@pytest.fixture(scope="module")
def built(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return kg.build([fixtures], tmp_path_factory.mktemp("built") / "out")


def contents(folder: Path) -> dict[str, str]:
    """Give the hash of every file but the store's, which are the engine's own, and the cache."""
    own = ("store", "cache")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.parent.name not in own]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edited(source: Path, target: Path, old: str, new: str) -> Path:
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


def test_a_build_holds_every_output_and_nothing_else(built: Build) -> None:
    assert {path.name for path in built.folder.iterdir()} == {
        *("tables", "plans", "store", "cache", "manifest.json"),
        *GRAPHS,
    }
    assert {path.stem for path in (built.folder / "tables").glob("*.csv")} == set(TABLES)
    assert set(TABLES) < {path.stem for path in (built.folder / "tables").glob("*.parquet")}
    assert {path.suffix for path in (built.folder / "tables").iterdir()} == {".csv", ".parquet"}
    assert {path.stem for path in (built.folder / "plans").iterdir()} == {"贝政办发-2031-5", "雾民函-2031-12"}
    assert [path.name for path in built.folder.parent.iterdir()] == ["out"]
    assert built.failures == ()
    assert built.notes == ()


def test_two_builds_of_the_invented_plans_are_equal_byte_for_byte(built: Build, fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures / "plan.txt", fixtures / "letter.txt"], tmp_path / "again")
    assert contents(tmp_path / "again") == contents(built.folder)
    tables = [path for path in contents(built.folder) if path.endswith(".csv")]
    assert (len(tables), len(contents(built.folder)) > len(TABLES) * 2 + 2 + len(GRAPHS)) == (len(TABLES), True)


def test_two_builds_of_the_real_documents_are_equal_byte_for_byte(
    corpus_build: Build, corpus: Path, tmp_path: Path
) -> None:
    kg.build(sorted(corpus.glob("*.txt"), reverse=True), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(corpus_build.folder)
    assert len(corpus_build.plans) == 5


def test_a_build_from_its_own_records_gives_the_same_tables_and_graph(built: Build, tmp_path: Path) -> None:
    kg.build([built.folder / "plans"], tmp_path / "again")
    assert contents(tmp_path / "again") == contents(built.folder)


def test_the_store_answers_from_the_build(built: Build) -> None:
    answer = kg.ask(kg.open_store(built.folder / "store"), "SELECT (COUNT(?t) AS ?n) { ?t a resp:Task }")
    assert answer.plain() == [(sum(len(plan.tasks) for plan in built.plans),)]
    assert answer.plain() == [(6,)]


def test_the_bundled_dataset_is_built_where_no_source_is_given(tmp_path: Path) -> None:
    built = kg.build(out=tmp_path / "out")
    assert len(built.plans) == 5
    assert all(plan.organizations for plan in built.plans)


def test_the_manifest_names_the_documents_and_every_file(built: Build) -> None:
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [document["file"] for document in manifest["documents"]] == ["plan.txt", "letter.txt"]
    assert manifest["files"] == {
        name: digest for name, digest in contents(built.folder).items() if name != "manifest.json"
    }


def test_progress_is_told_of_every_source(fixtures: Path, tmp_path: Path) -> None:
    seen: list[Path] = []
    kg.build([fixtures], tmp_path / "out", progress=seen.append)
    assert [path.name for path in seen] == ["letter.txt", "plan.txt"]


def test_one_bad_source_is_reported_and_the_rest_are_built(fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "bad.yaml").write_text("tasks: 1")
    built = kg.build([tmp_path / "empty.txt", fixtures, tmp_path / "bad.yaml", tmp_path / "gone.txt"], tmp_path / "out")
    assert len(built.plans) == 2
    assert [failure.reason for failure in built.failures] == [
        "empty.txt: empty: nothing to read",
        "bad.yaml: line 1: $.tasks: expected `array`, got `str`",
        f"{tmp_path / 'gone.txt'}: no such file: check the path",
    ]


def test_nothing_is_written_where_no_source_can_be_read(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("")
    with pytest.raises(ReadError) as raised:
        kg.build([tmp_path], tmp_path / "out")
    assert str(raised.value).splitlines() == ["one.txt: empty: nothing to read", "two.txt: empty: nothing to read"]
    assert {path.name for path in tmp_path.iterdir()} == {"one.txt", "two.txt"}


def test_the_same_document_twice_is_built_once(fixtures: Path, tmp_path: Path) -> None:
    shutil.copy(fixtures / "plan.txt", tmp_path / "copy.txt")
    built = kg.build([fixtures / "plan.txt", tmp_path / "copy.txt"], tmp_path / "out")
    assert [plan.document.file for plan in built.plans] == ["plan.txt"]
    (note,) = built.notes
    assert re.fullmatch(r"\S+/copy\.txt: passed over: the same document as \S+/plan\.txt", note)


def test_documents_that_share_an_id_get_one_each_whatever_their_order(fixtures: Path, tmp_path: Path) -> None:
    copies = [edited(fixtures / "plan.txt", tmp_path / f"copy{n}.txt", "120盏", f"{n}盏") for n in (121, 122)]
    sources = [fixtures / "plan.txt", *copies]
    made = {kg.gather(order).plans for order in permutations(sources)}
    assert len(made) == 1
    plans = made.pop()
    keeper = min(plans, key=lambda plan: plan.document.sha256)
    assert keeper.document.id == "贝政办发-2031-5"
    for plan in plans:
        if plan is not keeper:
            assert plan.document.id == f"贝政办发-2031-5-{plan.document.sha256[:6]}"
        ids = [record.id for record in (*plan.tasks, *plan.commitments, *plan.citations)]
        assert {name.partition("_")[0] for name in ids} == {plan.document.id}
        assert plan == kg.loads(kg.dumps(plan))
    assert len(kg.build(sources, tmp_path / "out").plans) == 3


def test_an_earlier_build_is_replaced_and_what_others_put_beside_it_is_kept(fixtures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build([fixtures / "plan.txt"], out)
    (out / "page.html").write_text("mine")
    (out / "tables" / "citations.csv").unlink()
    kg.build([fixtures / "letter.txt"], out)
    assert (out / "page.html").read_text() == "mine"
    assert [path.name for path in (out / "plans").iterdir()] == ["雾民函-2031-12.yaml"]
    assert (out / "tables" / "citations.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("place", ["plans/贝政办发-2031-5.yaml", "tables/notes.csv", "graph.ttl"])
def test_a_build_that_was_changed_by_hand_is_not_overwritten(place: str, fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures], tmp_path / "out")
    (tmp_path / "out" / place).write_text("reviewed")
    with pytest.raises(OutputError, match=r"is not as the build left it: move it away"):
        kg.build([fixtures], tmp_path / "out")
    assert (tmp_path / "out" / place).read_text() == "reviewed"


def test_a_folder_that_is_no_build_is_left_alone(fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    kg.build([fixtures], tmp_path / "out")  # an empty one may be filled
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="holds files and is no earlier build: choose another folder with -o"):
        kg.build([fixtures], tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_write_that_fails_midway_leaves_the_earlier_build(
    fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build([fixtures / "plan.txt"], tmp_path / "out")
    before = contents(tmp_path / "out")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["kg.build.writing"], "fill", full)
        for out in ("out", "new"):
            with pytest.raises(OutputError, match="No space left on device"):
                kg.build([fixtures], tmp_path / out)
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_swap_that_fails_puts_the_earlier_build_back(
    fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build([fixtures / "plan.txt"], tmp_path / "out")
    before = contents(tmp_path / "out")
    replace = Path.replace
    monkeypatch.setattr("kg.swap._exchange", lambda *_: False)  # as on a system that cannot

    def stuck(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(16, "Device or resource busy")
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stuck)
        with pytest.raises(OutputError, match="Device or resource busy"):
            kg.build([fixtures], tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_same_document_in_another_encoding_is_read_once(fixtures: Path, tmp_path: Path) -> None:
    text = (fixtures / "plan.txt").read_text(encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_bytes((text.replace("\n", "\r\n") + "\r\n\r\n").encode("gb18030"))
    gathered = kg.gather([fixtures / "plan.txt", other])
    assert len(gathered.plans) == 1
    assert gathered.notes == (f"{other}: passed over: the same document as {fixtures / 'plan.txt'}",)


def test_a_department_that_somebody_corrected_is_resolved_again(fixtures: Path, tmp_path: Path) -> None:
    records = tmp_path / "plan.yaml"
    records.write_text(kg.dumps(kg.gather([fixtures / "plan.txt"]).plans[0]), encoding="utf-8")
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace("department: 区民政局", "department: 区科技局"), encoding="utf-8")
    assert text != records.read_text(encoding="utf-8")
    labels = {body.function for body in kg.gather([records]).plans[0].organizations}
    assert "science-technology" in labels
    assert "civil-affairs" not in labels
