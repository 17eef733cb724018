"""Sources of every kind give the documents in them, each once, and a line for what gave none."""

from __future__ import annotations

import importlib
import inspect
import io
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg
from kg.errors import ReadError
from kg.records import Plan
from kg.sources import Failure, gathering, list_sources, read_plan, read_plans

NAMES = ("plan.txt", "Plan.TXT", "note.md", "page.html", "page.htm", "page.shtml", "a.docx", "a.doc", "a.PDF", "a.zip")
RECORDS = ("a.yaml", "b.YML")


@pytest.fixture
def plan(fixtures: Path) -> bytes:
    return (fixtures / "plan.txt").read_bytes()


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of files: `tree("a.txt", **{"sub/b.txt": b"bytes"})`."""

    def tree(*names: str, **contents: bytes) -> Path:
        for name, data in {**dict.fromkeys(names, b""), **contents}.items():
            path = tmp_path / "tree" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path / "tree"

    return tree


def numbered(plan: bytes, number: int) -> bytes:
    """Make another document, with a number of its own."""
    text = plan.decode()
    assert "〔2031〕5号" in text
    return text.replace("〔2031〕5号", f"〔2031〕{number}号").encode()


def listed(folder: Path) -> list[str]:
    return [Path(place).relative_to(folder).as_posix() for place in list_sources([folder])]


def test_a_folder_stands_for_all_documents_of_its_tree_by_name(tree: Callable) -> None:
    folder = tree("b.txt", "a/z.txt", "a/b/c.md", "c/a.txt", "a.txt")
    assert listed(folder) == ["a/b/c.md", "a/z.txt", "a.txt", "b.txt", "c/a.txt"]


def test_a_folder_stands_for_files_of_every_format(tree: Callable) -> None:
    assert sorted(listed(tree(*NAMES, *RECORDS))) == sorted({*NAMES, *RECORDS})


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/a.txt",
        "~$plan.docx",
        "__MACOSX/a.txt",
        "README.md",
        "a.png",
        "a.csv",
        "a.xlsx",
        "txt",
        "a.txt.bak",
    ],
)
def test_a_folder_passes_silently_over_what_is_no_document(name: str, tree: Callable, plan: bytes) -> None:
    folder = tree(name, **{"plan.txt": plan})
    assert listed(folder) == ["plan.txt"]
    gathered = kg.gather([folder])
    assert (len(gathered.plans), gathered.failures, gathered.notes) == (1, (), ())


def test_links_are_followed_to_files_of_the_folder_only(tree: Callable, plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.txt").write_bytes(plan)
    folder = tree(**{"a/plan.txt": plan, ".store/other.txt": numbered(plan, 6)})
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "kept.txt").symlink_to(folder / ".store" / "other.txt")
    (folder / "secret.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (folder / "out").symlink_to(tmp_path / "out")
    (folder / "picture.png").symlink_to("/dev/null")
    assert listed(folder) == ["a/plan.txt", "kept.txt"]
    assert kg.gather([folder]).notes == (
        f"{folder}/gone.txt: passed over: a link that leads to no file: mend it or remove it",
        f"{folder}/out: passed over: a link that leaves the folder: name what it leads to",
        f"{folder}/secret.txt: passed over: a link that leaves the folder: name what it leads to",
        f"{folder}/self.txt: passed over: a link that leads to no file: mend it or remove it",
    )


def test_a_folder_that_is_named_by_a_link_is_walked(tree: Callable, plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree(**{"plan.txt": plan}))
    assert len(kg.gather([tmp_path / "link"]).plans) == 1


def test_a_pipe_in_a_folder_is_not_waited_for(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"plan.txt": plan})
    os.mkfifo(folder / "pipe.txt")
    assert listed(folder) == ["plan.txt"]


def test_a_folder_that_may_not_be_listed_is_one_line(
    tree: Callable, plan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree("closed/a.txt", **{"plan.txt": plan})
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    gathered = kg.gather([folder])
    assert len(gathered.plans) == 1
    (failure,) = gathered.failures
    assert failure.reason == f"{folder / 'closed'}: cannot be read: Permission denied: check the path"


def test_a_build_stands_for_its_records_where_it_is_named_and_for_nothing_inside_a_tree(
    tree: Callable, plan: bytes
) -> None:
    folder = tree(**{"plan.txt": plan})
    built = kg.build([folder], folder / "sub" / "out")
    assert list_sources([built.folder]) == (built.folder / "plans" / "贝政办发-2031-5.yaml",)
    again = kg.gather([folder])
    assert [p.document.file for p in again.plans] == ["plan.txt"]
    note = f"{folder / 'sub' / 'out'}: passed over: the outputs of a build: name it to take its records"
    assert again.notes == (note,)
    (folder / "plan.txt").unlink()
    with pytest.raises(ReadError) as raised:
        kg.gather([folder])
    assert str(raised.value).splitlines()[1:] == [note]


@pytest.mark.parametrize("manifest", ["{}", "[]", "no json", '{"name": "an app"}', "[" * 100_000])
def test_a_manifest_of_something_else_makes_no_build(manifest: str, tree: Callable, plan: bytes) -> None:
    folder = tree(**{"app/manifest.json": manifest.encode(), "app/plans/plan.txt": plan, "app/other.txt": b""})
    assert listed(folder) == ["app/other.txt", "app/plans/plan.txt"]
    assert list_sources([folder / "app"]) == (folder / "app" / "other.txt", folder / "app" / "plans" / "plan.txt")


@pytest.mark.parametrize("name", ["plan", "贝壳区方案", "方案.2031年版", "plan.v2", "plan.2"])
def test_a_named_file_without_an_ending_is_told_by_its_content(name: str, plan: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(plan)
    assert read_plan(tmp_path / name).document.file == name
    (tmp_path / name).write_text(kg.dumps(read_plan(tmp_path / name)), encoding="utf-8")
    assert read_plan(tmp_path / name).document.id == "贝政办发-2031-5"


@pytest.mark.parametrize("name", ["plan.csv", "plan.png", "plan.rtf", "plan.7z", "plan.xlsx", "plan.json"])
def test_a_named_file_of_another_ending_is_refused_in_one_line(
    name: str, plan: bytes, tmp_path: Path, run: Callable
) -> None:
    (tmp_path / name).write_bytes(plan)
    got = run("rank", tmp_path / name)
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith(f"kg: {name}: a {Path(name).suffix} file, which no reader takes: save it as one of ")


def test_a_picture_without_an_ending_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scan").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(ReadError, match=r"^scan: a picture"):
        read_plan(tmp_path / "scan")


def test_messages_tell_files_of_one_name_apart(tree: Callable) -> None:
    folder = tree("a/plan.txt", "b/plan.txt")
    with pytest.raises(ReadError) as raised:
        kg.gather([folder])
    assert str(raised.value).splitlines() == [f"{name}/plan.txt: empty: nothing to read" for name in "ab"]


def test_a_name_with_a_line_end_stays_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_bytes(b"")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    with pytest.raises(ReadError) as raised:
        kg.gather([tmp_path, "no\0where"])
    lines = str(raised.value).splitlines()
    assert lines[:2] == ["a_b.txt: empty: nothing to read", "_.txt: empty: nothing to read"]
    assert lines[2].startswith("no_where: ")
    assert len(lines) == 3


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], io.BytesIO]:
    def give(data: bytes) -> io.BytesIO:
        stream = io.BytesIO(data)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
        return stream

    return give


def test_a_document_is_read_from_standard_input(run: Callable, plan: bytes, standard_input: Callable) -> None:
    standard_input(plan)
    got = run("extract", "-")
    assert (got.code, got.err) == (0, "")
    assert kg.loads(got.out).document.file == "standard input"


def test_records_are_read_from_standard_input(run: Callable, plan: bytes, standard_input: Callable) -> None:
    standard_input(plan)
    records = run("extract", "-").out
    standard_input(b"# reviewed\n---\n\n" + records.encode())
    assert run("extract", "-").out == records


def test_standard_input_is_read_once_however_often_it_is_named(plan: bytes, standard_input: Callable) -> None:
    standard_input(plan)
    gathered = kg.gather(["-", "-"])
    assert (len(gathered.plans), gathered.notes) == (1, ())


def test_standard_input_is_no_path(plan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(plan)
    assert kg.gather([Path("-")]).plans[0].document.file == "-"
    assert kg.gather(["./-"]).plans[0].document.file == "-"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "standard input: empty: nothing to read"),
        (b"\x89PNG", "standard input: a picture"),
        ("灯塔".encode() * 4_000_000, "standard input: more than 20,000,000 bytes, the most for one document"),
    ],
)
def test_what_cannot_be_read_from_standard_input_is_one_line(
    data: bytes, reason: str, run: Callable, standard_input: Callable
) -> None:
    standard_input(data)
    got = run("rank", "-")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith(f"kg: {reason}")


def test_standard_input_without_end_is_not_read_to_its_end(standard_input: Callable) -> None:
    stream = standard_input("灯塔".encode() * 20_000_000)
    with pytest.raises(ReadError, match="more than 20,000,000 bytes"):
        read_plan("-")
    assert stream.tell() < 25_000_000


def test_closed_standard_input_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ReadError, match=r"^standard input: closed: give it a file"):
        read_plan("-")


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(ReadError, match=r"^zero: more than 20,000,000 bytes"):
        read_plan("/dev/zero")


def test_records_win_over_the_document_they_were_made_from(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"plan.txt": plan, "other.txt": numbered(plan, 6)})
    records = kg.dumps(read_plan(folder / "plan.txt"))
    corrected = records.replace("department: 区财政局", "department: 区科技局")
    assert corrected != records
    (folder / "zz").mkdir()
    (folder / "zz" / "plan.yaml").write_text(corrected, encoding="utf-8")
    for sources in ([folder], [folder / "zz", folder / "plan.txt", folder / "other.txt"]):
        gathered = kg.gather(sources)
        assert [p.document.id for p in gathered.plans] == ["贝政办发-2031-5", "贝政办发-2031-6"]
        assert "区科技局" in kg.dumps(gathered.plans[0])
        assert gathered.failures == ()
        note = f"{folder}/plan.txt: passed over: {folder}/zz/plan.yaml holds its records, which may have been corrected"
        assert gathered.notes == (note,)


def test_records_from_which_much_was_struck_win_too(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"plan.txt": plan})
    short = kg.facts_only(read_plan(folder / "plan.txt"))
    (folder / "plan.yaml").write_text(kg.dumps(short).replace("title: ", "title: 短"), encoding="utf-8")
    gathered = kg.gather([folder])
    assert [p.document.title[0] for p in gathered.plans] == ["短"]


def test_two_records_of_one_document_that_differ_cannot_both_be_right(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"plan.txt": plan})
    records = kg.dumps(read_plan(folder / "plan.txt"))
    for name, text in (("a.yaml", records), ("b.yaml", records), ("c.yaml", records.replace("title: ", "title: 新"))):
        (folder / name).write_text(text, encoding="utf-8")
    gathered = kg.gather([folder])
    assert len(gathered.plans) == 1
    assert [failure.reason for failure in gathered.failures] == [
        f"{folder}/c.yaml: holds other records of the document of {folder}/a.yaml: give one of the two"
    ]
    assert gathered.notes == (
        f"{folder}/b.yaml: passed over: the same document as {folder}/a.yaml",
        f"{folder}/plan.txt: passed over: {folder}/a.yaml holds its records, which may have been corrected",
    )


def test_records_without_a_true_hash_are_told_apart_by_what_they_say(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"one.txt": plan, "two.txt": numbered(plan, 6)})
    for name in ("one", "two"):
        made = read_plan(folder / f"{name}.txt")
        text = kg.dumps(made).replace(made.document.sha256, "unknown")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert len(kg.gather([folder / "one.yaml", folder / "two.yaml"]).plans) == 2


def test_plans_are_read_one_by_one_with_their_labels(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"a.txt": plan, "b.txt": b"", "c.txt": plan})
    found = dict(read_plans([folder]))
    assert list(found) == [str(folder / name) for name in ("a.txt", "b.txt", "c.txt")]
    assert [type(one) for one in found.values()] == [Plan, Failure, Plan]
    assert next(read_plans([folder]))[0] == str(folder / "a.txt")


def test_plans_on_disk_are_those_in_memory(tree: Callable, plan: bytes, fixtures: Path) -> None:
    folder = tree(
        **{
            "a.txt": plan,
            "b.txt": plan.replace("120盏".encode(), "121盏".encode()),
            "c.txt": plan.replace("120盏".encode(), "122盏".encode()),
            "d.txt": plan.decode().encode("gb18030"),
            "e.txt": b"",
            "letter.txt": (fixtures / "letter.txt").read_bytes(),
        }
    )
    kept = kg.gather([folder])
    with gathering([folder]) as gathered:
        assert len(gathered.plans) == 4
        for _ in range(2):
            assert tuple(gathered.plans) == kept.plans
        assert gathered.notes == kept.notes
        assert gathered.failures == kept.failures
    assert (len(kept.notes), len(kept.failures)) == (3, 1)


def test_the_bundled_records_come_from_disk_as_they_are() -> None:
    with gathering() as gathered:
        assert tuple(gathered.plans) == kg.gather().plans


def test_three_documents_whose_marked_ids_clash_get_one_each(tree: Callable, plan: bytes) -> None:
    folder = tree(**{"a.txt": plan, "b.txt": plan.replace("120盏".encode(), "121盏".encode())})
    second = max(kg.gather([folder]).plans, key=lambda p: p.document.id)
    taken = second.document.id
    third = tree(**{"other/c.txt": numbered(plan, 7)}) / "other"
    records = kg.dumps(read_plan(third / "c.txt")).replace("贝政办发-2031-7", taken)
    (third / "c.yaml").write_text(records, encoding="utf-8")
    gathered = kg.gather([folder / "a.txt", folder / "b.txt", third / "c.yaml"])
    assert [p.document.id for p in gathered.plans] == [
        "贝政办发-2031-5",
        taken,
        f"贝政办发-2031-5-{second.document.sha256[:7]}",
    ]
    assert len({task.id for p in gathered.plans for task in p.tasks}) == 3 * len(second.tasks)


def test_extract_writes_records_beside_their_documents_that_are_then_read(
    tree: Callable, plan: bytes, run: Callable
) -> None:
    folder = tree(**{"plan.txt": plan})
    assert run("extract", folder, "-o", folder).code == 0
    got = run("extract", folder, "-o", folder)
    assert (got.code, got.out) == (0, f"{folder}/贝政办发-2031-5.yaml\n")
    assert got.err.startswith(f"note: {folder}/plan.txt: passed over: {folder}/贝政办发-2031-5.yaml holds its records")


def test_extract_writes_nothing_where_one_file_of_many_cannot_be_merged(
    tree: Callable, plan: bytes, run: Callable, tmp_path: Path
) -> None:
    folder = tree(**{f"{n}.txt": numbered(plan, n) for n in (6, 7, 8)})
    out = tmp_path / "records"
    out.mkdir()
    (out / "贝政办发-2031-8.yaml").write_text("reviewed")
    got = run("extract", folder, "-o", out)
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert "贝政办发-2031-8.yaml: no records" in got.err
    assert [path.name for path in out.iterdir()] == ["贝政办发-2031-8.yaml"]


MANY = """
import resource, sys
from pathlib import Path
from kg.cli import main

folder, number = Path(sys.argv[1]), int(sys.argv[2])
plan = Path(sys.argv[3]).read_text(encoding="utf-8")
for at in range(number):
    path = folder / "in" / str(at % 10) / f"{at}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    # every third shares its id with others, and every tenth is what another is
    said = at - at % 10 // 9
    own = plan.replace("〔2031〕5号", f"〔2031〕{said if said % 3 else said % 7}号").replace("120盏", f"{said}盏")
    path.write_text(own, encoding="utf-8")
try:
    main(["extract", str(folder / "in"), "-o", str(folder / "out")])
except SystemExit as left:
    print("code", left.code, "files", len(list((folder / "out").iterdir())))
print("kilobytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_extraction_needs_no_more_memory_for_more_documents(fixtures: Path, tmp_path: Path) -> None:
    peaks: dict[int, int] = {}
    for number in (2000, 4000):
        (tmp_path / str(number)).mkdir()
        arguments = [str(tmp_path / str(number)), str(number), str(fixtures / "plan.txt")]
        done = subprocess.run([sys.executable, "-c", MANY, *arguments], capture_output=True, text=True, check=True)
        assert f"code 0 files {number * 9 // 10}\n" in done.stdout
        peaks[number] = int(done.stdout.split()[-1])
    assert peaks[4000] - peaks[2000] < 8_000, peaks


def test_no_cache_grows_without_bound() -> None:
    found = {}
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            for name, thing in vars(importlib.import_module(module.name)).items():
                if hasattr(thing, "cache_parameters") and thing.cache_parameters()["maxsize"] is None:
                    found[f"{thing.__module__}.{name}"] = len(inspect.signature(thing).parameters)
    assert {name for name, parameters in found.items() if parameters} == {
        "kg.documents.pdf.worker.worker_of",  # one entry for each process
        "kg.graph.describe._property",  # one entry for each property of the ontology
        "kg.questions.lookup.lookup_query",  # one entry for each file of queries/lookups
        "kg.records_file._defaults",  # one entry for each kind of record
        "kg.vocabulary.term",  # one entry for each term of the ontology
    }
    assert len(found) > 3
