"""Write sorted graphs in the formats of RDF: graphs go in one by one, bytes come out as they come; see `kg.export.WRITERS`."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from kg.jsonld import Compactor
from kg.layers import SPOKEN, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from pyoxigraph import Quad

    from kg.layers import Graphs
    from kg.vocabulary import Names

__all__ = [
    "turtle_block",
    "turtle_prefixes",
    "write_evidence",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_trig",
    "write_turtle",
]

_UNSPOKEN = ("copy", "run", "span", "position", "quote", "facts", "evidence", "graph", "oa")
"""Prefixes that only the evidence uses."""

_PREFIX_LINES = re.compile(rb"\A(?:@prefix .*\n)+")


def write_turtle(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write facts and register as Turtle for people: the prefixes once and in our order, a blank line between subjects."""
    prefixes = {prefix: iri for prefix, iri in names.prefixes().items() if prefix not in _UNSPOKEN}
    _write_turtle(graphs, SPOKEN, prefixes, file)


def write_evidence(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write where each fact is said, as Turtle."""
    _write_turtle(graphs, (Layer.EVIDENCE,), names.prefixes(), file)


def write_ntriples(graphs: Graphs, names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    """Write facts and register as N-Triples."""
    spoken = (triple for layer, quads in graphs if layer in SPOKEN for triple in _triples(quads))
    serialize(spoken, file, RdfFormat.N_TRIPLES)


def write_nquads(graphs: Graphs, names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    """Write all graphs as N-Quads."""
    serialize((quad for _, quads in graphs for quad in quads), file, RdfFormat.N_QUADS)


def write_trig(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write all graphs as TriG."""
    serialize((quad for _, quads in graphs for quad in quads), file, RdfFormat.TRIG, prefixes=names.prefixes())


def write_jsonld(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write facts and register as JSON-LD, one node a line, so that the file streams and lines compare."""
    compactor = Compactor(names)
    file.write(b'{"@context": ' + _json(compactor.context()) + b',\n "@graph": [')
    between = b"\n"
    for layer, quads in graphs:
        if layer in SPOKEN:
            for subject, told in groupby(quads, key=lambda quad: quad.subject):
                file.write(between + _json(compactor.node(subject, told)))
                between = b",\n"
    file.write(b"\n]}\n")


def turtle_prefixes(prefixes: Mapping[str, str]) -> bytes:
    """Give the lines that declare prefixes, in the order given."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()).encode()


def turtle_block(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Give triples, together by subject, as Turtle without the lines of prefixes; a blank line stands before each subject."""
    block = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    block = _PREFIX_LINES.sub(b"", block)
    return b"\n" + block.replace(b" .\n", b" .\n\n").removesuffix(b"\n") if block else b""


def _write_turtle(graphs: Graphs, wanted: tuple[Layer, ...], prefixes: Mapping[str, str], file: BinaryIO) -> None:
    file.write(turtle_prefixes(prefixes))
    for layer, quads in graphs:
        if layer in wanted:
            file.write(turtle_block(_triples(quads), prefixes))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    return (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
