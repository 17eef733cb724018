"""Describe an export so that catalogues and query editors find their way: files go in, Turtle of DCAT 3 and VoID comes out.

The description says who publishes what, under which terms, in which files (size, checksum, media type), and what is in
the graph: triples, entities, classes and properties, time and place. Every number is counted. What nobody said, such as
the licence, is left out and told, never guessed. Equal files and statements give equal bytes.

DCAT 3: https://www.w3.org/TR/vocab-dcat-3/. VoID: https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.catalogue import Catalogue
from kg.counts import count
from kg.errors import OutputError, ReadError
from kg.export import WRITERS, format_of
from kg.sources.listing import MANIFEST
from kg.vocabulary import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

__all__ = ["Distribution", "Statements", "describe_dataset", "distributions", "missing"]

_TABLE = "text/csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What the publisher says of a dataset, for it cannot be counted; `titles` by language, `url` where the files will lie."""

    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    publisher: str | None = None
    licence: str | None = None
    issued: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A file of a dataset: its name, place, what it holds, media type, size in bytes and SHA-256; `format` is None for a table."""

    name: str
    path: Path
    text: str
    media_type: str
    size: int
    sha256: str
    format: str | None


def describe_dataset(exports: Sequence[Path], statements: Statements) -> bytes:
    """Return the description of a dataset that lies in these files, or in the folder of a build.

    The graph that is counted is the union of the files, each triple once. Raises `ReadError` where a file is none that
    `kg export` writes or holds no document.
    """
    files = distributions(exports)
    with TemporaryDirectory(prefix="kg-dataset-") as scratch:
        store = Store(str(Path(scratch) / "store"))
        for file in _counted(files):
            store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in _quads(file))
        counts = count(store)
        del store  # its lock on the folder ends here
    if not counts.documents:
        raise ReadError(
            f"{exports[0]}: holds no document of kg: name a file that kg export wrote, or the folder of a build"
        )
    names = Names(counts.documents[0].rpartition("doc/")[0])
    return Catalogue(names, counts, files, statements).turtle()


def distributions(exports: Sequence[Path]) -> tuple[Distribution, ...]:
    """List the files of a dataset: those named, or the graphs and tables of a build.

    Raises `ReadError` for what is neither a file of a known format nor a build.
    """
    files = [file for export in exports for file in _files(export)]
    names = [file.name for file in files]
    for name in names:
        if names.count(name) > 1:
            raise ReadError(f"{name}: two files have this name: give each its own")
    return tuple(files)


def missing(statements: Statements) -> tuple[str, ...]:
    """Name the statements that a catalogue asks for and nobody made."""
    return tuple(name for name in ("publisher", "licence", "issued", "url") if getattr(statements, name) is None)


def _files(export: Path) -> Iterator[Distribution]:
    if not export.is_dir():
        yield _file(export, export.name)
        return
    if not (export / MANIFEST).is_file():
        raise ReadError(f"{export}: is no build: name a file that kg export wrote, or the folder of a build")
    for writer in WRITERS.values():
        if (path := export / f"graph{writer.suffix}").is_file():
            yield _file(path, path.name)
    for path in sorted((export / "tables").glob("*.csv")):
        yield _file(path, f"tables/{path.name}")


def _file(path: Path, name: str) -> Distribution:
    is_table = path.suffix == ".csv"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        form = None if is_table else format_of(path)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}: name a file that kg export wrote") from error
    except OutputError as error:
        raise ReadError(f"{path}: the ending tells no format of RDF: name a file that kg export wrote") from error
    return Distribution(
        name=name,
        path=path,
        text=WRITERS[form].text if form else "CSV: one of the tables",
        media_type=WRITERS[form].media_type if form else _TABLE,
        size=path.stat().st_size,
        sha256=digest,
        format=form,
    )


def _counted(files: Sequence[Distribution]) -> list[Distribution]:
    """Give the graphs to be counted: of a build the N-Quads, which hold what its other files do."""
    graphs = [file for file in files if file.format]
    built = [file for file in graphs if file.name == "graph.nq" and (file.path.parent / MANIFEST).is_file()]
    others = [file for file in graphs if not any(file.path.parent == whole.path.parent for whole in built)]
    return built + others


def _quads(file: Distribution) -> Iterator[Quad]:
    form = RdfFormat.from_media_type(file.media_type)
    try:
        yield from parse(path=str(file.path), format=form)
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"{file.path}: is no {file.media_type}: {error}: export it again (kg export)") from error
