"""Write plans or a store as RDF: one registry of writers for the library and the command; a graph goes in, a file comes out.

Documents come one after the other and what they share, the register, comes last, each sorted (see `kg.layers`). So memory
holds one document and the register, and equal input gives equal bytes. Turtle, N-Triples, JSON-LD and RDF/XML hold facts
and register; `evidence` is the Turtle of where each fact is said; N-Quads and TriG hold all, graph by graph; `qb` is the
view of `kg.cube`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.cube import write_cube
from kg.errors import OutputError
from kg.layers import base_of, graphs_in, graphs_of
from kg.rdfxml import write_rdfxml
from kg.serializers import write_jsonld, write_nquads, write_ntriples, write_trig
from kg.turtle import write_evidence, write_turtle
from kg.vocabulary import DEFAULT_BASE, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from pyoxigraph import Store
    from rdflib import Graph

    from kg.layers import Graphs
    from kg.records import Plan

__all__ = ["WRITERS", "Writer", "as_rdflib", "format_of", "write", "write_stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format that a graph can be written in; `function` writes it to an open file and returns notes, if there are any."""

    name: str
    suffix: str
    media_type: str
    text: str
    function: Callable[[Graphs, Names, BinaryIO], tuple[str, ...] | None]


def write(plans: Iterable[Plan], path: Path, format: str, *, base: str = DEFAULT_BASE) -> tuple[str, ...]:  # noqa: A002  (the word of the field)
    """Write plans to a file that appears whole or not at all; return notes on what has no place in the format.

    Raises `OutputError` for a format that is not in `WRITERS` and for a place that cannot be written.
    """
    names = Names(base)
    return _write(graphs_of(plans, names), names, path, format)


def write_stored(store: Store, path: Path, format: str) -> tuple[str, ...]:  # noqa: A002  (the word of the field)
    """Write the graph of a store, without the vocabulary in it, as `write` does the plans that it was made from.

    Raises `OutputError` as `write` does, and `QueryError` for a store without a document.
    """
    names = base_of(store)
    return _write(graphs_in(store, names), names, path, format)


def format_of(path: Path) -> str:
    """Return the format whose ending a file has.

    Raises `OutputError` with all endings where it has none of them.
    """
    fitting = [writer for writer in WRITERS.values() if path.name.endswith(writer.suffix)]
    if not fitting:
        endings = ", ".join(writer.suffix for writer in WRITERS.values())
        raise OutputError(f"{path}: the ending tells no format: end it in one of {endings}, or name a --format")
    return max(fitting, key=lambda writer: len(writer.suffix)).name


def as_rdflib(plans: Iterable[Plan], *, base: str = DEFAULT_BASE) -> Graph:
    """Give the facts of plans as an rdflib graph with the prefixes of the Turtle, for programs that work with rdflib.

    rdflib answers slowly beyond some thousand triples; `kg.open_store` asks the same graph much faster.
    """
    from rdflib import Graph  # noqa: PLC0415  (a tenth of a second that others need not wait for)

    names, file = Names(base), BytesIO()
    write_turtle(graphs_of(plans, names), names, file)
    return Graph().parse(data=file.getvalue(), format="turtle")


def _write(graphs: Graphs, names: Names, path: Path, format: str) -> tuple[str, ...]:  # noqa: A002  (the word of the field)
    writer = WRITERS.get(format)
    if writer is None:
        near = get_close_matches(format, WRITERS, n=1, cutoff=0.4) or WRITERS
        raise OutputError(f"no format is called {format!r}; did you mean {', '.join(near)}?")
    with _whole(path) as file:
        return writer.function(graphs, names, file) or ()


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside the path and put it in its place when all is written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}: choose another place with -o") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}: choose another place with -o") from error
    finally:
        part.unlink(missing_ok=True)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        writer.name: writer
        for writer in (
            Writer(
                name="turtle",
                suffix=".ttl",
                media_type="text/turtle",
                text="Turtle: facts, for people",
                function=write_turtle,
            ),
            Writer(
                name="evidence",
                suffix=".evidence.ttl",
                media_type="text/turtle",
                text="Turtle: where each fact is said",
                function=write_evidence,
            ),
            Writer(
                name="ntriples",
                suffix=".nt",
                media_type="application/n-triples",
                text="N-Triples: facts",
                function=write_ntriples,
            ),
            Writer(
                name="nquads",
                suffix=".nq",
                media_type="application/n-quads",
                text="N-Quads: facts and evidence",
                function=write_nquads,
            ),
            Writer(
                name="trig",
                suffix=".trig",
                media_type="application/trig",
                text="TriG: facts and evidence",
                function=write_trig,
            ),
            Writer(
                name="jsonld",
                suffix=".jsonld",
                media_type="application/ld+json",
                text="JSON-LD: facts",
                function=write_jsonld,
            ),
            Writer(
                name="rdfxml",
                suffix=".rdf",
                media_type="application/rdf+xml",
                text="RDF/XML: facts",
                function=write_rdfxml,
            ),
            Writer(
                name="qb",
                suffix=".qb.ttl",
                media_type="text/turtle",
                text="Turtle: the indicators as an RDF Data Cube",
                function=write_cube,
            ),
        )
    }
)
