"""Change a store without touching it: the old folder and what to change go in, a new folder comes out.

The tables of the engine are never changed once they are written, so the new folder shares them with the old one by hard
links (what a RocksDB checkpoint does), and the change costs what was changed.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Store

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad

__all__ = ["Change", "change", "share_file"]

_TABLES = ".sst"
_STATE = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
_LOG = ".log"


@dataclass(slots=True, kw_only=True)
class Change:
    """What is to be done: graphs that go, quads that come and the whole new description of some nodes of the register."""

    graphs: list[NamedNode] = field(default_factory=list)
    quads: list[Quad] = field(default_factory=list)
    register: NamedNode
    nodes: dict[NamedNode, set[Quad]] = field(default_factory=dict)


def change(old: Path, new: Path, todo: Change) -> None:
    """Write the old store with the change into the folder `new`; nobody may have the old one open for writing.

    Raises `OSError` where the old store is damaged.
    """
    _share(old, new)
    store = Store(str(new))
    for graph in todo.graphs:
        store.remove_graph(graph)
    come = list(todo.quads)
    for node, after in todo.nodes.items():
        before = set(store.quads_for_pattern(node, None, None, todo.register))
        for quad in before - after:
            store.remove(quad)
        come += after - before
    store.extend(come)
    store.flush()
    del store  # its lock on the folder ends
    for path in new.glob("LOG*"):
        path.unlink()  # what the engine tells its developers


def _share(old: Path, new: Path) -> None:
    new.mkdir(parents=True)
    for entry in list(os.scandir(old)):
        if entry.name.endswith(_TABLES):
            share_file(entry.path, new / entry.name)
        elif entry.name.startswith(_STATE) or entry.name.endswith(_LOG):
            shutil.copyfile(entry.path, new / entry.name)


def share_file(old: str | Path, new: Path) -> None:
    """Link a file that is never changed, or copy it where the file system has no hard links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
