"""Hold a store as it is now: a folder goes in, an open store comes out that outlives the folder's replacement.

RocksDB opens some files of a store only when they are first needed, by name. Where a build has swapped the folder meanwhile,
that name is gone or, worse, another store's. So every file is opened first, and the engine gets a folder of links to those open
files; where the system has no such links, one of hard links; else the folder itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import Store

from kg.errors import QueryError

__all__ = ["Pinned", "identify", "pin"]

_TRIES = 60
_PAUSE = 0.05
_OWN_OF_THE_ENGINE = ("LOG", "LOCK")  # written anew by whoever opens the store


@dataclass(slots=True)
class Pinned:
    """An open store, what tells it from any other state of the folder, and the means that hold it."""

    store: Store | None
    identity: str
    _links: Path | None = None
    _files: list[int] = field(default_factory=list)

    def release(self) -> None:
        """Let go of the store and its files."""
        self.store = None
        for file in self._files:
            with suppress(OSError):
                os.close(file)
        self._files = []
        if self._links is not None:
            shutil.rmtree(self._links, ignore_errors=True)


def identify(folder: Path) -> str:
    """Tell one state of a store from another; raises `OSError` where the folder is not there."""
    told = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith(_OWN_OF_THE_ENGINE):
                status = entry.stat()
                told.append((entry.name, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
    if not any(name == "CURRENT" for name, *_ in told):
        raise FileNotFoundError(2, "no store", str(folder))
    return hashlib.sha256(repr(sorted(told)).encode()).hexdigest()[:16]


def pin(folder: Path, scratch: Path) -> Pinned:
    """Open a store for reading; a swap that is under way is waited for.

    Raises `QueryError` where the folder holds no store, or one that cannot be opened.
    """
    for last in (*[False] * (_TRIES - 1), True):
        try:
            return _pin(folder, scratch)
        except (OSError, RuntimeError) as error:
            if last:
                raise QueryError(f"{folder}: the store cannot be opened: {error}: build it again (kg build)") from error
            time.sleep(_PAUSE)
    raise AssertionError  # the last try returns or raises


def _pin(folder: Path, scratch: Path) -> Pinned:
    directory = os.open(folder, os.O_RDONLY)
    pinned = Pinned(store=None, identity=identify(folder), _links=Path(mkdtemp(prefix="store-", dir=scratch)))
    links = pinned._links
    assert links is not None  # noqa: S101  (made in the line above)
    try:
        for name in os.listdir(directory):  # noqa: PTH208  (of an open folder, which may have moved)
            if not name.startswith(_OWN_OF_THE_ENGINE):
                _hold(pinned, links / name, name, directory)
        _require(folder, pinned.identity)
        pinned.store = Store.read_only(str(links))
    except BaseException:
        pinned.release()
        raise
    finally:
        os.close(directory)
    return pinned


def _require(folder: Path, identity: str) -> None:
    if identify(folder) != identity:
        raise FileNotFoundError(2, "changed while it was opened", str(folder))


def _hold(pinned: Pinned, link: Path, name: str, directory: int) -> None:
    if sys.platform == "linux":
        file = os.open(name, os.O_RDONLY, dir_fd=directory)
        pinned._files.append(file)
        link.symlink_to(f"/proc/self/fd/{file}")
    else:
        os.link(name, link, src_dir_fd=directory)
