"""A store that was opened is read to its end, whatever takes the place of its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.serve.pinned import identify, pin

LOADS, EACH = 40, 100


def make(folder: Path, word: str) -> Path:
    """Make a store of many small files, more than the engine opens at once."""
    store = Store(str(folder))
    for load in range(LOADS):
        store.bulk_extend(
            Quad(NamedNode(f"urn:{word}-{load}-{n}"), NamedNode("urn:p"), Literal(word), NamedNode(f"urn:g{load}"))
            for n in range(EACH)
        )
    store.flush()
    return folder


def test_a_store_outlives_its_folder(tmp_path: Path) -> None:
    folder, other = make(tmp_path / "store", "old"), make(tmp_path / "new", "new")
    assert len(list(folder.glob("*.sst"))) > 100
    pinned = pin(folder, tmp_path)
    folder.replace(tmp_path / "gone")
    other.replace(folder)
    shutil.rmtree(tmp_path / "gone")
    assert pinned.store is not None
    found = [quad.object for quad in pinned.store]
    assert (len(found), set(found)) == (LOADS * EACH, {Literal("old")})
    assert identify(folder) != pinned.identity
    pinned.release()
    assert list(tmp_path.glob("store-*")) == []
    again = pin(folder, tmp_path)
    assert again.store is not None
    assert {quad.object for quad in again.store} == {Literal("new")}
    assert identify(folder) == again.identity
    again.release()


def test_reading_changes_nothing_in_the_folder(tmp_path: Path) -> None:
    folder = make(tmp_path / "store", "old")
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()}
    pin(folder, tmp_path).release()
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.iterdir()} == before


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="the store cannot be opened"):
        pin(tmp_path / "nothing", tmp_path)
