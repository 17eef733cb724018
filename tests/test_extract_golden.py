"""The invented plans, one in each form that copies leave, give the tables that a person checked by hand."""

from __future__ import annotations

import csv
import io
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.tables import TABLES

PLANS = Path(__file__).resolve().parent / "fixtures" / "plans"
FOLDERS = sorted(path for path in PLANS.iterdir() if path.is_dir() and not path.name.startswith("__"))
NAMES = [folder.name for folder in FOLDERS]
FILLED_LATER = {"organizations", "regions"}
"""The tables that a plan gets when it is resolved."""
RENEW = "run python tests/fixtures/plans/renew.py by hand, then read its diff"


@pytest.fixture(scope="module")
def tables_of() -> Callable[[Path], dict[str, str]]:
    """The function by which the expected tables are renewed, which writes nothing itself."""
    found = runpy.run_path(str(PLANS / "renew.py"))["tables_of"]
    assert callable(found)
    return found


def test_there_is_a_plan_in_each_form_that_copies_leave() -> None:
    assert NAMES == ["annex-table", "contents-first", "reply-letter", "web-page", "word-dump"]


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_every_plan_has_its_source_and_all_its_tables(folder: Path) -> None:
    assert (folder / "source.txt").is_file()
    assert {path.name for path in (folder / "expected").iterdir()} == {f"{name}.csv" for name in TABLES}, RENEW


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_plan_gives_the_tables_that_were_checked(folder: Path, tables_of: Callable[[Path], dict[str, str]]) -> None:
    for name, text in tables_of(folder / "source.txt").items():
        expected = (folder / "expected" / f"{name}.csv").read_bytes().decode()
        assert text == expected, f"{folder.name}: {name} differs: {RENEW}"


def test_every_relation_is_in_one_of_the_plans() -> None:
    filled = {
        path.stem
        for folder in FOLDERS
        for path in (folder / "expected").iterdir()
        if list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    }
    assert filled == set(TABLES) - FILLED_LATER
