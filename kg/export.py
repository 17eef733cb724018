"""Write plans as RDF: one registry of writers for the library and the command; plans go in, a file comes out.

Documents are written in the order given and records in the order of the document; what documents share, the register,
comes last. So memory holds one document and the register, and equal input gives equal bytes. Turtle, N-Triples and JSON-LD
hold facts and register; `evidence` is the Turtle of where each fact is said; N-Quads and TriG hold all, graph by graph.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import mkstemp
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import OutputError
from kg.graph import settle, triples
from kg.jsonld import Compactor
from kg.vocabulary import DATA, DEFAULT_BASE, PROPERTIES, Names, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from rdflib import Graph

    from kg.records import Plan

__all__ = ["WRITERS", "Writer", "as_rdflib", "write"]


class Layer(StrEnum):
    """The three kinds of graph that the data has."""

    FACTS = "facts"
    EVIDENCE = "evidence"
    REGISTER = "register"


_SPOKEN = (Layer.FACTS, Layer.REGISTER)
_UNSPOKEN = ("copy", "run", "span", "position", "quote", "facts", "evidence", "graph", "oa")
"""Prefixes that only the evidence uses."""

_PREFIX_LINES = re.compile(rb"\A(?:@prefix .*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format that plans can be written in; `function` writes graphs to an open file."""

    name: str
    suffix: str
    media_type: str
    text: str
    function: Callable[[Iterator[tuple[Layer, list[Quad]]], Names, BinaryIO], None]


def write(plans: Iterable[Plan], path: Path, format: str, *, base: str = DEFAULT_BASE) -> None:  # noqa: A002  (the word of the field)
    """Write plans to a file that appears whole or not at all.

    Raises `OutputError` for a format that is not in `WRITERS` and for a place that cannot be written.
    """
    writer = WRITERS.get(format)
    if writer is None:
        near = get_close_matches(format, WRITERS, n=1, cutoff=0.4) or WRITERS
        raise OutputError(f"no format is called {format!r}; did you mean {', '.join(near)}?")
    names = Names(base)
    with _whole(path) as file:
        writer.function(_graphs(plans, names), names, file)


def as_rdflib(plans: Iterable[Plan], *, base: str = DEFAULT_BASE) -> Graph:
    """Give the facts of plans as an rdflib graph with the prefixes of the Turtle, for programs that work with rdflib.

    rdflib answers slowly beyond some thousand triples; `kg.open_store` asks the same graph much faster.
    """
    from rdflib import Graph  # noqa: PLC0415  (a tenth of a second that others need not wait for)

    names, file = Names(base), BytesIO()
    WRITERS["turtle"].function(_graphs(plans, names), names, file)
    return Graph().parse(data=file.getvalue(), format="turtle")


def _graphs(plans: Iterable[Plan], names: Names) -> Iterator[tuple[Layer, list[Quad]]]:
    """Yield the facts and the evidence of each plan, and at the end the register of all."""
    register: set[Quad] = set()
    for plan in plans:
        layers: dict[Layer, list[Quad]] = {layer: [] for layer in Layer}
        for quad in triples(plan, base=names.base):
            layers[_layer(quad, names)].append(quad)
        register.update(layers[Layer.REGISTER])
        yield Layer.FACTS, _ordered(layers[Layer.FACTS])
        yield Layer.EVIDENCE, _ordered(layers[Layer.EVIDENCE])
    if register:
        yield Layer.REGISTER, _ordered(sorted(settle(register), key=_place))


def _layer(quad: Quad, names: Names) -> Layer:
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    if graph.startswith(names.namespace("facts")):
        return Layer.FACTS
    return Layer.EVIDENCE if graph.startswith(names.namespace("evidence")) else Layer.REGISTER


def _ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Put together what is said of a subject, subjects as they first come, properties in reading order."""
    subjects: dict[object, list[Quad]] = {}
    for quad in quads:
        subjects.setdefault(quad.subject, []).append(quad)
    rank = _ranks()
    return [quad for told in subjects.values() for quad in sorted(told, key=lambda quad: rank[quad.predicate])]


def _place(quad: Quad) -> tuple[int, str, str]:
    """Sort the register: bodies before regions before acts, each by name."""
    subject = str(quad.subject)
    return DATA.index(subject.rsplit("/", 2)[1]), subject, str(quad.object)


@cache
def _ranks() -> Mapping[NamedNode, int]:
    return {term(name): rank for rank, name in enumerate(PROPERTIES)}


def _write_turtle(
    graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO, wanted: tuple[Layer, ...] = _SPOKEN
) -> None:
    """Write Turtle for people: the prefixes once and in our order, a blank line between subjects."""
    prefixes = {prefix: iri for prefix, iri in names.prefixes().items() if wanted != _SPOKEN or prefix not in _UNSPOKEN}
    for prefix, namespace in prefixes.items():
        file.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
    for layer, quads in graphs:
        if layer in wanted and quads:
            block = serialize(_triples(quads), format=RdfFormat.TURTLE, prefixes=prefixes) or b""
            block = _PREFIX_LINES.sub(b"", block)
            file.write(b"\n" + block.replace(b" .\n", b" .\n\n").removesuffix(b"\n"))


def _write_evidence(graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO) -> None:
    _write_turtle(graphs, names, file, (Layer.EVIDENCE,))


def _write_ntriples(graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    spoken = (triple for layer, quads in graphs if layer in _SPOKEN for triple in _triples(quads))
    serialize(spoken, file, RdfFormat.N_TRIPLES)


def _write_nquads(graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    serialize((quad for _, quads in graphs for quad in quads), file, RdfFormat.N_QUADS)


def _write_trig(graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO) -> None:
    serialize((quad for _, quads in graphs for quad in quads), file, RdfFormat.TRIG, prefixes=names.prefixes())


def _write_jsonld(graphs: Iterator[tuple[Layer, list[Quad]]], names: Names, file: BinaryIO) -> None:
    """Write one node a line, so that the file streams and lines compare."""
    compactor = Compactor(names)
    file.write(b'{"@context": ' + _json(compactor.context()) + b',\n "@graph": [')
    between = b"\n"
    for layer, quads in graphs:
        if layer in _SPOKEN:
            for subject, told in groupby(quads, key=lambda quad: quad.subject):
                file.write(between + _json(compactor.node(subject, told)))
                between = b",\n"
    file.write(b"\n]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


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
                function=_write_turtle,
            ),
            Writer(
                name="evidence",
                suffix=".evidence.ttl",
                media_type="text/turtle",
                text="Turtle: where each fact is said",
                function=_write_evidence,
            ),
            Writer(
                name="ntriples",
                suffix=".nt",
                media_type="application/n-triples",
                text="N-Triples: facts",
                function=_write_ntriples,
            ),
            Writer(
                name="nquads",
                suffix=".nq",
                media_type="application/n-quads",
                text="N-Quads: facts and evidence",
                function=_write_nquads,
            ),
            Writer(
                name="trig",
                suffix=".trig",
                media_type="application/trig",
                text="TriG: facts and evidence",
                function=_write_trig,
            ),
            Writer(
                name="jsonld",
                suffix=".jsonld",
                media_type="application/ld+json",
                text="JSON-LD: facts",
                function=_write_jsonld,
            ),
        )
    }
)
