"""A build that is killed at any moment leaves the build that was there, or its own; what it left behind is cleaned by the next."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.errors import OutputError
from kg.swap import standing, workshop

BUILD = "import sys, kg; kg.build([sys.argv[1]], sys.argv[2])"
STEPS = """
import os, sys, kg
from kg import swap
left = int(sys.argv[3])
def step(event, arguments):
    global left
    if event in ("os.rename", "os.remove", "os.rmdir", "os.link", "os.mkdir", "shutil.rmtree", "ctypes.dlsym"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(step)
kg.build([sys.argv[1]], sys.argv[2])
"""


@pytest.fixture
def sources(fixtures: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of sources, the second with a document more, and one that differs."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    shutil.copy(fixtures / "plan.txt", tmp_path / "one" / "plan.txt")
    text = (fixtures / "plan.txt").read_text("utf-8")
    (tmp_path / "two" / "plan.txt").write_text(text.replace("120盏", "121盏"), "utf-8")
    shutil.copy(fixtures / "letter.txt", tmp_path / "two" / "letter.txt")
    return tmp_path / "one", tmp_path / "two"


def answers(out: Path) -> tuple[int, int, int]:
    """Ask the store, the tables and the manifest how many documents there are; all say the same."""
    in_store = kg.ask(kg.open_store(out / "store"), "SELECT ?d { ?d a resp:Document }").rows
    in_tables = (out / "tables" / "documents.csv").read_text("utf-8").splitlines()[1:]
    return len(in_store), len(in_tables), len(list((out / "plans").iterdir()))


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param((0, 25, 40), id="some"),
        pytest.param(tuple(range(90)), marks=pytest.mark.slow, id="all"),
    ],
)
def test_a_build_that_is_killed_at_one_of_its_steps_leaves_the_old_or_the_new(
    steps: tuple[int, ...], sources: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "made" / "out"
    kg.build([sources[0]], out)
    (out / "page.html").write_text("mine")
    seen = set()
    for step in steps:
        done = subprocess.run([sys.executable, "-c", STEPS, sources[1], out, str(step)], check=False)
        seen.add(found := answers(out))
        assert found in {(1, 1, 1), (2, 2, 2)}
        if done.returncode == 0:
            break
        assert done.returncode == -9
        kg.build([sources[0]], out)
        assert answers(out) == (1, 1, 1)
        assert (out / "page.html").read_text() == "mine"
        assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert (1, 1, 1) in seen
    assert done.returncode == -9 or (2, 2, 2) in seen


@pytest.mark.slow
def test_a_build_that_is_killed_at_random_moments_leaves_the_old_or_the_new(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "made" / "out"
    kg.build([sources[0]], out)
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", BUILD, sources[0], tmp_path / "other" / "out"], check=True)
    whole = time.monotonic() - begin
    pick = random.Random(5)  # noqa: S311
    killed = 0
    for number in range(60):
        run = subprocess.Popen([sys.executable, "-c", BUILD, sources[number % 2], out])
        time.sleep(pick.uniform(0.2, 1.1) * whole)
        run.kill()
        killed += run.wait() == -9
        assert answers(out) in {(1, 1, 1), (2, 2, 2)}
        assert kg.status(out).documents in {1, 2}
    assert killed > 20
    kg.build([sources[1]], out)
    assert answers(out) == (2, 2, 2)
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_what_a_person_had_beside_a_build_comes_back_from_one_that_was_killed(fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures], tmp_path / "out")
    left = tmp_path / ".out.kg-abcdefgh"
    (left / "new").mkdir(parents=True)
    (left / "new" / "page.html").write_text("mine")
    (left / "new" / "tables").mkdir()
    kg.build([fixtures], tmp_path / "out")
    assert (tmp_path / "out" / "page.html").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_looks_like_a_leftover_but_holds_a_persons_files_is_kept(fixtures: Path, tmp_path: Path) -> None:
    kg.build([fixtures], tmp_path / "out")
    (tmp_path / "out" / "page.html").write_text("newer")
    left = tmp_path / ".out.kg-abcdefgh"
    (left / "new").mkdir(parents=True)
    (left / "new" / "page.html").write_text("older")
    (tmp_path / ".out.kg-thesis").mkdir()
    kg.build([fixtures], tmp_path / "out")
    assert (left / "new" / "page.html").read_text() == "older"
    assert (tmp_path / "out" / "page.html").read_text() == "newer"
    assert (tmp_path / ".out.kg-thesis").is_dir()


def test_a_swap_in_two_steps_that_was_killed_between_them_is_bridged(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    kg.build([sources[1]], out)
    left = tmp_path / ".out.kg-abcdefgh"
    left.mkdir()
    out.rename(left / "old")
    assert standing(out) == left / "old"
    assert len(kg.ask(kg.open_store(out / "store"), "SELECT ?d { ?d a resp:Document }").rows) == 2
    assert kg.status(out).documents == 2
    assert kg.build([sources[1]], out).changes.all == ()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert answers(out) == (2, 2, 2)


def test_two_builds_of_one_folder_at_a_time_are_refused(fixtures: Path, tmp_path: Path) -> None:
    with workshop(tmp_path / "out"), pytest.raises(OutputError, match="another build is writing it"):
        kg.build([fixtures], tmp_path / "out")
    assert not list(tmp_path.iterdir())
    kg.build([fixtures], tmp_path / "out")


def test_who_has_the_store_open_goes_on_with_it_while_it_is_replaced(
    sources: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    kg.build([sources[0]], out)
    store = kg.open_store(out / "store")
    for source in (*sources, *sources):
        kg.build([source], out)
    assert len(kg.ask(store, "SELECT ?d { ?d a resp:Document }").rows) == 1
    assert len(kg.ask(kg.open_store(out / "store"), "SELECT ?d { ?d a resp:Document }").rows) == 2
