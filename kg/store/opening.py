"""Open a store for reading: a folder goes in, the engine with it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.errors import QueryError
from kg.swap import standing

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["is_store", "open_store", "store_folder"]


def open_store(folder: Path | None = None) -> Store:
    """Open a store that `write_store` or `kg build` made, for reading only, or a new empty one in memory.

    A build that replaces the store does not disturb who has it open: they go on with what they opened.
    Raises `QueryError` where the folder holds no store.
    """
    if folder is None:
        return Store()
    place = standing(standing(folder.parent) / folder.name)
    if not is_store(place):
        raise QueryError(f"{folder}: no store: build one first (kg build)")
    try:
        return Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"{folder}: the store cannot be opened: {error}: build it again (kg build)") from error


def store_folder(folder: Path) -> Path:
    """Return the folder of the store: the one in a build, or the folder itself; it need not be there."""
    return folder / "store" if (standing(folder) / "store").is_dir() else folder


def is_store(folder: Path) -> bool:
    """Tell a store by the file that names its newest state."""
    return (folder / "CURRENT").is_file()
