"""Put a folder that was built beside another in its place in one step, so that whoever looks sees the old one or the new one.

Work goes on in a workshop beside the folder. What a killed process left in one is cleaned by the next that works there.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["standing", "swap", "workshop"]

_MARK = re.compile(r"\.kg-[a-z0-9_]{8}")
_NEW, _OLD = "new", "old"
_CURRENT_FOLDER = -100  # AT_FDCWD of <fcntl.h>
_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h>, RENAME_SWAP of macOS


@contextmanager
def workshop(folder: Path, own: Collection[str] = ()) -> Iterator[Path]:
    """Give the place of a new folder, beside the folder that it will replace; with the end of the block it is gone.

    `own` names the entries of the folder that may be thrown away with it; where it is empty, all may. Others, which a
    killed process was about to carry over, are put back. Raises `OutputError` where another process works there now.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    place, lock = _open(folder)
    try:
        for other in _others(folder, place):
            _clear(other, folder, own)
        yield place / _NEW
    finally:
        with suppress(OSError):
            _clear(place, folder, own)
        if lock is not None:
            os.close(lock)


def swap(new: Path, folder: Path, own: Collection[str] = ()) -> None:
    """Put the new folder, from a workshop, in the place of the old one, with what a person had put beside our own in that.

    One step where the system can exchange two folders (Linux, macOS); elsewhere two, and `standing` bridges the gap.
    """
    if not folder.exists():
        new.replace(folder)
        return
    old = new
    if not _exchange(new, folder):
        old = new.parent / _OLD
        folder.replace(old)
        try:
            new.replace(folder)
        except OSError:
            old.replace(folder)
            raise
    _discard(old, folder, own)


def standing(folder: Path) -> Path:
    """Return where a folder is: at its place, or where a swap in two steps was killed between them, beside it."""
    if folder.exists() or not folder.parent.is_dir():
        return folder
    return next((place / _OLD for place in _workshops(folder) if (place / _OLD).is_dir()), folder)


def _open(folder: Path) -> tuple[Path, int | None]:
    """Make a workshop and lock it; the lock ends with the process, however that ends."""
    while True:
        place = Path(mkdtemp(prefix=f".{folder.name}.kg-", dir=folder.parent))
        if os.name == "nt":
            return place, None  # Windows locks no folder, so that nothing is cleaned there either
        with suppress(FileNotFoundError):  # another process may have taken it for a leftover
            lock = os.open(place, os.O_RDONLY)
            if _lock(lock) and place.is_dir():
                return place, lock
            os.close(lock)


def _lock(descriptor: int) -> bool:
    """Lock an open folder, or tell that another process has."""
    import fcntl  # noqa: PLC0415  (not on every system)

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _workshops(folder: Path) -> list[Path]:
    found = (path for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}."))
    return sorted(p for p in found if _MARK.fullmatch(p.name.removeprefix(f".{folder.name}")) and p.is_dir())


def _others(folder: Path, mine: Path) -> Iterator[Path]:
    """Give the workshops of processes that have ended."""
    for place in _workshops(folder):
        if place == mine or os.name == "nt":
            continue
        try:
            lock = os.open(place, os.O_RDONLY)
        except OSError:
            continue  # its owner has just cleaned it
        try:
            if not _lock(lock):
                raise OutputError(f"{folder}: another build is writing it: wait until that has ended")
            yield place
        finally:
            os.close(lock)


def _clear(place: Path, folder: Path, own: Collection[str]) -> None:
    """Clean a workshop that was left: put the folder back where it is missing, and what is not ours where it was."""
    if not folder.exists() and (place / _OLD).is_dir():
        (place / _OLD).replace(folder)
    for name in (_OLD, _NEW):
        if (place / name).is_dir():
            _discard(place / name, folder, own)
    with suppress(OSError):  # holds what is not ours and has no other place
        place.rmdir()


def _discard(old: Path, folder: Path, own: Collection[str]) -> None:
    """Throw a folder away, and put what is not ours in it into the folder that is kept."""
    if own:
        foreign = [entry for entry in sorted(old.iterdir()) if entry.name not in own]
        for entry in foreign:
            if folder.is_dir() and not (folder / entry.name).exists():
                entry.replace(folder / entry.name)
        if any(entry.name not in own for entry in old.iterdir()):
            return
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (renameat2 of Linux, renamex_np of macOS), or tell that this system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if rename := getattr(library, "renameat2", None):
        return bool(rename(_CURRENT_FOLDER, paths[0], _CURRENT_FOLDER, paths[1], _EXCHANGE) == 0)
    if rename := getattr(library, "renamex_np", None):
        return bool(rename(*paths, _EXCHANGE) == 0)
    return False
