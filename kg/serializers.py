"""Write sorted graphs in the formats of RDF: graphs go in one by one, bytes come out as they come; see `kg.export.WRITERS`."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.jsonld import Compactor
from kg.layers import SPOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from pyoxigraph import Quad

    from kg.layers import Graphs
    from kg.vocabulary import Names

__all__ = [
    "JSONLD_BETWEEN",
    "JSONLD_TAIL",
    "jsonld_head",
    "jsonld_nodes",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_trig",
]

JSONLD_BETWEEN = b",\n"
JSONLD_TAIL = b"\n]}\n"
"""What stands between nodes and behind the last."""


def write_ntriples(graphs: Graphs, names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    """Write facts and register as N-Triples."""
    spoken = (quad.triple for part in graphs if part.layer in SPOKEN for quad in part.quads())
    serialize(spoken, file, RdfFormat.N_TRIPLES)


def write_nquads(graphs: Graphs, names: Names, file: BinaryIO) -> None:  # noqa: ARG001  (one shape for all writers)
    """Write all graphs as N-Quads."""
    serialize((quad for part in graphs for quad in part.quads()), file, RdfFormat.N_QUADS)


def write_trig(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write all graphs as TriG."""
    serialize((quad for part in graphs for quad in part.quads()), file, RdfFormat.TRIG, prefixes=names.prefixes())


def write_jsonld(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write facts and register as JSON-LD, one node a line, so that the file streams and lines compare."""
    compactor = Compactor(names)
    file.write(jsonld_head(compactor))
    between = b""
    for part in graphs:
        if part.layer in SPOKEN:
            for node in jsonld_nodes(part.quads(), compactor):
                file.write(between + node)
                between = JSONLD_BETWEEN
    file.write(JSONLD_TAIL)


def jsonld_head(compactor: Compactor) -> bytes:
    """Give what stands before the first node."""
    return b'{"@context": ' + _json(compactor.context()) + b',\n "@graph": [\n'


def jsonld_nodes(quads: Iterable[Quad], compactor: Compactor) -> Iterator[bytes]:
    """Give each node on a line, without the line's end."""
    for subject, told in groupby(quads, key=lambda quad: quad.subject):
        yield _json(compactor.node(subject, told))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")
