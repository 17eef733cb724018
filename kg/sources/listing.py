"""List where the files of some sources lie: paths, folders, URLs and `-` go in, places come out, and notes on what was passed over."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.assets import asset
from kg.sources.file import KNOWN, ending, is_aside, plain

__all__ = ["MANIFEST", "STANDARD_INPUT", "Listing", "Place", "given", "list_places", "list_sources"]

MANIFEST = "manifest.json"
"""Says what a build read and the hash of every file that it wrote; a folder with it was made by a build."""

STANDARD_INPUT = "-"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LOGIN = re.compile(r"(?<=://)[^/?#]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the bytes of a source lie: a path, or a URL or `-` as text; `label` and `short` are those of its `File`."""

    at: Path | str
    label: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The places of all sources in order, and what was passed over on the way."""

    places: tuple[Place, ...]
    notes: tuple[str, ...]


def list_sources(sources: Sequence[str | Path] = ()) -> tuple[Path | str, ...]:
    """List where the files of the sources lie; without a source, the files of the bundled dataset.

    A folder stands for all documents, records and archives in its tree, in the order of their names. What is hidden,
    and files of other endings, are left out, and so are builds that lie inside; a folder that is a build itself stands
    for its records. Links are followed to files inside the folder only. A folder that holds nothing is listed itself,
    to be reported with what else cannot be read. URLs and `-`, for standard input, stay as they are.
    """
    return tuple(place.at for place in list_places(sources).places)


def list_places(sources: Sequence[str | Path] = ()) -> Listing:
    """List the places of the sources as `list_sources` does, with their labels and the notes."""
    places: list[Place] = []
    notes: list[str] = []
    for path in given(sources):
        if isinstance(path, str):
            places.append(_elsewhere(path))
            continue
        root = path / "plans" if _is_build(path) else path
        found = [_inside(root, file) for file in _tree(root, notes)] if root.is_dir() else []
        places += found or [Place(at=root, label=plain(str(root)), short=plain(root.name))]
    is_input = [place.at == STANDARD_INPUT for place in places]
    once = (place for at, place in enumerate(places) if not (is_input[at] and any(is_input[:at])))
    return Listing(places=tuple(once), notes=tuple(notes))


def given(sources: Sequence[str | Path]) -> tuple[Path | str, ...]:
    """Tell paths from URLs and standard input, which stay text; without a source, give the bundled dataset."""
    found = sources or (asset("data", "plans"),)
    return tuple(one if isinstance(one, str) and _is_elsewhere(one) else Path(one) for one in found)


def _is_elsewhere(source: str) -> bool:
    return source == STANDARD_INPUT or _URL.match(source) is not None


def _elsewhere(source: str) -> Place:
    """Give the place of standard input or of a URL, whose login, if it has one, is shown nowhere."""
    label = "standard input" if source == STANDARD_INPUT else plain(_LOGIN.sub("…@", source))
    return Place(at=source, label=label, short=label)


def _inside(root: Path, file: Path) -> Place:
    return Place(at=file, label=plain(str(file)), short=plain(str(file.relative_to(root))))


def _is_build(folder: Path) -> bool:
    """Tell a folder that `kg build` wrote by its manifest; other programs have files of that name too."""
    manifest = folder / MANIFEST
    if not (manifest.is_file() and (folder / "plans").is_dir()):
        return False
    try:
        made = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(made, dict) and {"made_by", "documents", "files"} <= made.keys()


def _tree(root: Path, notes: list[str]) -> Iterator[Path]:
    """Walk a folder by name, depth first; a folder in it that cannot be listed comes itself."""
    home = Path(os.path.realpath(root))
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path != root and path.is_symlink():
            if _is_followed(path, home, notes):
                yield path
        elif path.is_dir():
            if path != root and _is_build(path):
                notes.append(f"{plain(str(path))}: passed over: the outputs of a build: name it to take its records")
                continue
            try:
                waiting += sorted((entry for entry in path.iterdir() if not is_aside(entry.name)), reverse=True)
            except OSError:
                yield path
        elif ending(path.name) in KNOWN and path.is_file():
            yield path


def _is_followed(link: Path, home: Path, notes: list[str]) -> bool:
    """Tell whether a link leads to a file of the tree; what a link to a folder in it leads to is listed there."""
    target = Path(os.path.realpath(link))
    is_folder = target.is_dir()
    if not is_folder and ending(link.name) not in KNOWN:
        return False
    if not target.is_relative_to(home):
        notes.append(f"{plain(str(link))}: passed over: a link that leaves the folder: name what it leads to")
        return False
    if not is_folder and not target.is_file():
        notes.append(f"{plain(str(link))}: passed over: a link that leads to no file: mend it or remove it")
        return False
    return not is_folder
