"""Write the graph that a CONSTRUCT or DESCRIBE gives as Turtle, N-Triples or JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.answers.answer import Answer
from kg.jsonld import Compactor
from kg.vocabulary import DATA, Names

__all__ = ["turtle", "write_jsonld", "write_ntriples", "write_turtle"]


def write_ntriples(answer: Answer) -> bytes:
    """Write the triples of a graph in their order, one a line."""
    return serialize((quad.triple for quad in _quads(answer)), format=RdfFormat.N_TRIPLES) or b""


def write_turtle(answer: Answer) -> bytes:
    """Write a graph as Turtle with the prefixes that it uses."""
    written = write_ntriples(answer)
    used = {prefix: iri for prefix, iri in _names(answer).prefixes().items() if f"<{iri}".encode() in written}
    return turtle((quad.triple for quad in _quads(answer)), used)


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples in their order as Turtle; pyoxigraph declares prefixes in an order of its own, which is sorted here."""
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    lines = written.splitlines(keepends=True)
    declared = [line for line in lines[: len(prefixes)] if line.startswith(b"@prefix ")]
    return b"".join((*sorted(declared), *lines[len(declared) :]))


def write_jsonld(answer: Answer) -> bytes:
    """Write a graph as JSON-LD with the context of the ontology, one node a line."""
    compactor = Compactor(_names(answer))
    nodes = [
        json.dumps(compactor.node(subject, told), ensure_ascii=False)
        for subject, told in groupby(_quads(answer), key=lambda quad: quad.subject)
    ]
    context, graph = json.dumps(compactor.context(), ensure_ascii=False), ",\n".join(nodes)
    return f'{{"@context": {context},\n "@graph": [\n{graph}\n]}}\n'.encode()


def _quads(answer: Answer) -> Iterator[Quad]:
    for subject, predicate, value in answer.rows:
        if (
            isinstance(subject, NamedNode | BlankNode | Triple)
            and isinstance(predicate, NamedNode)
            and value is not None
        ):
            yield Quad(subject, predicate, value)


def _names(answer: Answer) -> Names:
    """Tell the names of the data by the first IRI that stands in one of the folders of the data."""
    for row in answer.rows:
        for node in row:
            base, _, folder = (
                node.value.rpartition("/")[0].rpartition("/") if isinstance(node, NamedNode) else ("", "", "")
            )
            if folder in DATA:
                return Names(f"{base}/")
    return Names()
