"""A build that begins with an earlier one reads only what changed, and gives what a build from nothing would give."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg.build import Build, sourcing
from kg.build.outputs import Output
from kg.build.splice import Splice, places
from kg.export import write
from kg.sources.settling import renamed

PLANS = 12
LONG_AGO = 1_700_000_000
ENGINE = ("store", "cache")


def contents(folder: Path) -> Mapping[str, bytes]:
    """Give every file but the engine's own and the cache."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.parent.name not in ENGINE]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def quads(folder: Path) -> list[str]:
    """Give every quad; the blank nodes of the ontology have other names in every store."""
    found = [str(quad) for quad in kg.open_store(folder / "store")]
    assert len(found) == len(set(found))
    return sorted(re.sub(r"_:\w+", "_:", quad) for quad in found)


def put(path: Path, text: str | bytes) -> None:
    """Write a source as if it had been there for long."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (LONG_AGO, LONG_AGO))


def touch(path: Path, text: str) -> None:
    """Write a source as a person does, later than the last build."""
    put(path, text)
    os.utime(path, (LONG_AGO + 60, LONG_AGO + 60))


def assert_as_if_built_from_nothing(built: Build, sources: list[Path], scratch: Path) -> None:
    fresh = kg.build(sources, scratch / "fresh")
    assert fresh.changes is None
    ours, theirs = contents(built.folder), contents(fresh.folder)
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []
    assert quads(built.folder) == quads(fresh.folder)
    assert list(built.plans) == list(fresh.plans)
    assert (built.failures, built.notes) == (fresh.failures, fresh.notes)
    assert kg.status(built.folder).triples == kg.status(fresh.folder).triples
    shutil.rmtree(scratch / "fresh")


@pytest.fixture(autouse=True)
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    read, seen = sourcing.read_file, []

    def watched(file: object) -> object:
        seen.append(file.short)
        return read(file)

    monkeypatch.setattr(sourcing, "read_file", watched)
    return seen


@pytest.fixture
def folder(generated: ModuleType, tmp_path: Path) -> Path:
    """A folder of plans drawn at random."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for seed in range(PLANS):
        put(folder / f"{seed:02}.txt", drawn(generated, seed))
    return folder


def drawn(generated: ModuleType, seed: int) -> str:
    pick = generated.Seeded(seed)
    return generated.write(generated.draw_sketch(pick), "text", pick).text


def test_nothing_is_read_where_nothing_changed(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    first = kg.build([folder], tmp_path / "out")
    assert (first.read, first.changes, len(reads)) == (PLANS, None, PLANS)
    before = contents(first.folder)
    again = kg.build([folder], tmp_path / "out")
    assert (again.read, again.changes.all, again.changes.unchanged, len(reads)) == (0, (), PLANS, PLANS)
    assert contents(again.folder) == before


@pytest.mark.slow
def test_changes_of_every_kind_give_what_a_build_from_nothing_gives(
    folder: Path, tmp_path: Path, generated: ModuleType, reads: list[str]
) -> None:
    kg.build([folder], tmp_path / "out")
    steps: list[tuple[Callable[[], object], int, tuple[int, int, int]]] = [
        (lambda: touch(folder / "03.txt", (folder / "03.txt").read_text("utf-8") + "\n\n"), 1, (0, 1, 0)),
        ((folder / "05.txt").unlink, 0, (0, 0, 1)),
        (lambda: touch(folder / "99.txt", drawn(generated, 99)), 1, (1, 0, 0)),
        (lambda: [(folder / f"{n:02}.txt").unlink() for n in (0, 1, 2, 4, 6)], 0, (0, 0, 5)),
        (lambda: (folder / "07.txt").rename(folder / "zz.txt"), 1, (0, 1, 0)),
        (lambda: [touch(folder / f"{n:02}.txt", drawn(generated, n)) for n in range(20, 24)], 4, (4, 0, 0)),
        (lambda: touch(folder / "00-bad.txt", ""), 1, (0, 0, 0)),
    ]
    for step, read, (new, changed, gone) in steps:
        del reads[:]
        step()
        built = kg.build([folder], tmp_path / "out")
        assert len(reads) == read
        assert tuple(map(len, (built.changes.new, built.changes.changed, built.changes.gone))) == (new, changed, gone)
        assert_as_if_built_from_nothing(built, [folder], tmp_path)


def test_a_document_of_many_is_put_into_the_store_that_was_there(folder: Path, tmp_path: Path) -> None:
    kg.build([folder], tmp_path / "out")
    tables = {path.name: path.stat().st_ino for path in (tmp_path / "out" / "store").glob("*.sst")}
    touch(folder / "03.txt", (folder / "03.txt").read_text("utf-8") + "\n\n")
    built = kg.build([folder], tmp_path / "out")
    shared = {path.name: path.stat().st_ino for path in (tmp_path / "out" / "store").glob("*.sst")}
    assert len(tables.items() & shared.items()) > len(tables) / 2
    assert_as_if_built_from_nothing(built, [folder], tmp_path)


def test_what_only_one_document_said_of_a_body_leaves_with_it(sample_plans: tuple, tmp_path: Path) -> None:
    plan = sample_plans[1]
    longer = tuple(replace(body, label=f"{body.label}（合署）") for body in plan.organizations)
    told = replace(plan.document, title="另一份", sha256="1" * 64)
    other = renamed(replace(plan, organizations=longer, document=told), "另-2031-1")
    sources = [tmp_path / "one.yaml", tmp_path / "other.yaml"]
    for path, each in zip(sources, (plan, other), strict=True):
        put(path, kg.dumps(each))
    built = kg.build(sources, tmp_path / "out")
    assert any("（合署）" in quad for quad in quads(built.folder))
    alone = kg.build(sources[:1], tmp_path / "out")
    assert alone.changes.gone == ("另-2031-1",)
    assert not any("（合署）" in quad for quad in quads(alone.folder))
    assert_as_if_built_from_nothing(alone, sources[:1], tmp_path)
    assert_as_if_built_from_nothing(kg.build(sources, tmp_path / "out"), sources, tmp_path)


def test_a_document_gets_its_own_id_back_where_the_other_with_that_id_leaves(fixtures: Path, tmp_path: Path) -> None:
    text = (fixtures / "plan.txt").read_text("utf-8")
    for number in (120, 121, 122):
        put(tmp_path / f"{number}.txt", text.replace("120盏", f"{number}盏"))
    sources = [tmp_path / f"{number}.txt" for number in (120, 121, 122)]
    built = kg.build(sources, tmp_path / "out")
    keeper = next(plan for plan in built.plans if plan.document.id == "贝政办发-2031-5").document.file
    left = [source for source in sources if source.name != keeper]
    again = kg.build(left, tmp_path / "out")
    assert again.read == 0
    assert len(again.changes.changed) == len(again.changes.gone) == 1
    assert_as_if_built_from_nothing(again, left, tmp_path)


def test_a_source_that_only_moved_is_not_read_again(fixtures: Path, tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "a").mkdir()
    shutil.copy(fixtures / "plan.txt", tmp_path / "a" / "plan.txt")
    kg.build([tmp_path / "a"], tmp_path / "out")
    (tmp_path / "a").rename(tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.write(fixtures / "letter.txt", "letter.txt")
        archive.write(fixtures / "plan.txt", "deep/plan.txt")
    assert kg.build([tmp_path / "b"], tmp_path / "out").changes.all == ()
    built = kg.build([tmp_path / "c.zip"], tmp_path / "out")
    assert reads == ["plan.txt", "c.zip/letter.txt"]
    assert_as_if_built_from_nothing(built, [tmp_path / "c.zip"], tmp_path)
    del reads[:]
    assert kg.build([tmp_path / "c.zip"], tmp_path / "out").changes.all == ()
    assert reads == []


def test_a_change_within_the_same_second_and_size_is_seen(fixtures: Path, tmp_path: Path) -> None:
    text = (fixtures / "plan.txt").read_text("utf-8")
    (tmp_path / "plan.txt").write_text(text, "utf-8")
    before = (tmp_path / "plan.txt").stat()
    kg.build([tmp_path / "plan.txt"], tmp_path / "out")
    (tmp_path / "plan.txt").write_text(text.replace("120盏", "121盏"), "utf-8")
    os.utime(tmp_path / "plan.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kg.build([tmp_path / "plan.txt"], tmp_path / "out").changes.changed == ("贝政办发-2031-5",)


def test_why_a_source_gave_nothing_is_told_again_without_reading_it(
    tmp_path: Path, fixtures: Path, reads: list[str]
) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in" / "essay.txt", "灯塔\n\n海边有一座灯塔。")
    put(tmp_path / "in" / "plan.txt", (fixtures / "plan.txt").read_bytes())
    first = kg.build([tmp_path / "in"], tmp_path / "out")
    again = kg.build([tmp_path / "in"], tmp_path / "out")
    assert len(first.failures) == 1
    assert again.failures == first.failures
    assert sorted(reads) == ["essay.txt", "plan.txt"]
    named = kg.build([tmp_path / "in" / "plan.txt", tmp_path / "in" / "essay.txt"], tmp_path / "out")
    assert [failure.source for failure in named.failures] == [str(tmp_path / "in" / "essay.txt")]


def test_everything_is_read_again_where_it_is_asked_for_or_the_version_differs(
    fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert kg.build([fixtures], out).read == 2
    assert kg.build([fixtures], out, full=True).read == 2
    assert kg.build([fixtures], out).read == 0
    for module in ("kg.build.earlier", "kg.build.writing", "kg.status"):
        monkeypatch.setattr(import_module(module), "fingerprint", lambda: "another")
    assert not kg.status(out).is_current
    assert kg.build([fixtures], out).read == 2
    assert kg.status(out).is_current


@pytest.mark.parametrize("harm", ["cache", "half", "noise", "store", "CURRENT", "engine", "table"])
def test_a_damaged_or_missing_part_of_the_earlier_build_is_made_anew(harm: str, fixtures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build([fixtures], out)
    ledger = out / "cache" / "ledger.sqlite"
    if harm == "cache":
        shutil.rmtree(out / "cache")
    elif harm == "half":
        ledger.write_bytes(ledger.read_bytes()[:8192])
    elif harm == "noise":
        ledger.write_bytes(random.Random(1).randbytes(8192))  # noqa: S311
    elif harm == "store":
        shutil.rmtree(out / "store")
    elif harm == "table":
        (out / "tables" / "tasks.csv").unlink()
    elif harm == "engine":
        for path in (out / "store").glob("*.sst"):
            path.write_bytes(path.read_bytes()[:100] + bytes(path.stat().st_size - 100))
    else:
        (out / "store" / "CURRENT").write_text("nonsense")
    assert_as_if_built_from_nothing(kg.build([fixtures], out), [fixtures], tmp_path)


def test_a_build_that_was_copied_is_built_upon(fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures], tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "copy", copy_function=shutil.copyfile)
    built = kg.build([fixtures], tmp_path / "copy")
    assert (built.read, built.changes.unchanged) == (0, 2)
    assert_as_if_built_from_nothing(built, [fixtures], tmp_path)


def test_the_plans_of_a_build_stay_what_they_were_when_it_is_built_anew(fixtures: Path, tmp_path: Path) -> None:
    built = kg.build([fixtures], tmp_path / "out")
    before = list(built.plans)
    kg.build([fixtures / "letter.txt"], tmp_path / "out")
    assert list(built.plans) == before == [built.plans[0], built.plans[-1]] == list(built.plans[0:2])


def test_the_files_of_a_build_are_those_that_export_and_tables_write(folder: Path, tmp_path: Path) -> None:
    built = kg.build([folder], tmp_path / "out")
    for path, form in (("graph.ttl", "turtle"), ("graph.nq", "nquads"), ("graph.jsonld", "jsonld")):
        write(built.plans, tmp_path / path, form)
        assert (tmp_path / path).read_bytes() == (built.folder / path).read_bytes()
    for path in kg.write_tables(list(built.plans), tmp_path / "tables"):
        assert path.read_bytes() == (built.folder / "tables" / path.name).read_bytes()


def test_no_absolute_path_stands_in_what_is_published(fixtures: Path, tmp_path: Path) -> None:
    built = kg.build([fixtures], tmp_path / "out")
    for path, data in contents(built.folder).items():
        assert str(tmp_path).encode() not in data, path
    assert json.loads((built.folder / "manifest.json").read_text("utf-8"))["ontology"]


def test_what_left_is_not_in_the_ledger_either(fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures], tmp_path / "out")
    kg.build([fixtures / "letter.txt"], tmp_path / "out")
    database = sqlite3.connect(tmp_path / "out" / "cache" / "ledger.sqlite")
    for table in ("place", "result", "reading", "document"):
        assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,)  # noqa: S608  (names of our own)
    orphans = "SELECT COUNT(*) FROM saying WHERE id NOT IN (SELECT saying FROM said)"
    assert database.execute(orphans).fetchone() == (0,)
    database.close()


def test_pieces_are_spliced_with_what_stands_between_them(tmp_path: Path) -> None:
    output = Output(path="x", head=b"[", between=b", ", tail=b"]")
    for seed in range(200):
        pick = random.Random(seed)  # noqa: S311
        old = {str(n): b"x" * pick.choice((0, 1, 3)) + str(n).encode() * pick.choice((0, 1)) for n in range(6)}
        new = {**{key: piece for key, piece in old.items() if pick.random() < 0.7}, "7": b"new" * pick.choice((0, 1))}
        for name, pieces, base in (("old", old, None), ("new", new, tmp_path / f"{seed}-old")):
            splice = Splice(output, base, tmp_path / f"{seed}-{name}")
            where = places([output], [(key, [len(piece)]) for key, piece in old.items()])
            for key, piece in sorted(pieces.items()):
                if base and key in old and pick.random() < 0.8:
                    splice.keep(*where[key][0])
                else:
                    splice.add(piece)
            splice.finish()
            splice.close()
            joined = b", ".join(piece for _, piece in sorted(pieces.items()) if piece)
            assert (tmp_path / f"{seed}-{name}").read_bytes() == b"[" + joined + b"]"
