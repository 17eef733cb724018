"""Replace and delete named graphs of a server: by its Graph Store Protocol, or by updates where it offers only these.

https://www.w3.org/TR/sparql11-http-rdf-update/ and https://www.w3.org/TR/sparql11-protocol/#update-operation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from kg.remote.refusal import refusal
from kg.remote.session import Request, Session

__all__ = ["GraphStore", "Graphs", "UpdateStore"]

MOST_TRIPLES = 500
"""Triples of one update: Virtuoso compiles an update as a whole, and its compiler has an end (10,000 lines)."""

_NOTHING_THERE = 404


class Graphs(Protocol):
    """Named graphs of a server that can be replaced."""

    def put(self, graph: NamedNode, triples: bytes, /) -> None:
        """Replace a graph by triples written as N-Triples; raises `EndpointError` where the server refuses."""

    def delete(self, graph: NamedNode, /) -> None:
        """Delete a graph, which may be gone already; raises `EndpointError` where the server refuses."""


class GraphStore:
    """The graphs of a server by the SPARQL 1.1 Graph Store HTTP Protocol: one request replaces one graph."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, graph: NamedNode, triples: bytes, /) -> None:
        """Replace a graph by triples written as N-Triples; raises `EndpointError` where the server refuses."""
        headers = (("Content-Type", "application/n-triples"),)
        self._send(Request(method="PUT", query=_named(graph), body=triples, headers=headers))

    def delete(self, graph: NamedNode, /) -> None:
        """Delete a graph, which may be gone already; raises `EndpointError` where the server refuses."""
        self._send(Request(method="DELETE", query=_named(graph)), gone=_NOTHING_THERE)

    def _send(self, request: Request, *, gone: int = 0) -> None:
        reply = self._session.send(request)
        if not reply.done and reply.status != gone:
            raise refusal(self._session, reply)


class UpdateStore:
    """The graphs of a server by SPARQL 1.1 Update, for servers that offer nothing else.

    A graph of up to `MOST_TRIPLES` triples is replaced in one request, a larger one in several.
    """

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, graph: NamedNode, triples: bytes, /) -> None:
        """Replace a graph by triples written as N-Triples; raises `EndpointError` where the server refuses."""
        before = f"DROP SILENT GRAPH {graph} ;\n"
        for insertion in _insertions(graph, triples.decode("utf-8")):
            self._send(before + insertion)
            before = ""
        if before:
            self.delete(graph)

    def delete(self, graph: NamedNode, /) -> None:
        """Delete a graph, which may be gone already; raises `EndpointError` where the server refuses."""
        self._send(f"DROP SILENT GRAPH {graph}")

    def _send(self, update: str) -> None:
        headers = (("Content-Type", "application/x-www-form-urlencoded"),)
        reply = self._session.send(
            Request(method="POST", body=urlencode({"update": update}).encode("ascii"), headers=headers)
        )
        if not reply.done:
            raise refusal(self._session, reply)


def _named(graph: NamedNode) -> str:
    return f"graph={quote(graph.value, safe='')}"


def _insertions(graph: NamedNode, triples: str) -> Iterator[str]:
    """Yield updates that insert the triples; those with blank nodes go together, since a label lives for one request."""
    lines = triples.split("\n")
    blank = [line for line in lines if line.startswith("_:") or " _:" in line.partition('"')[0]]
    rest = sorted({*lines} - {*blank, ""})
    if blank:  # Virtuoso takes no blank node in INSERT DATA
        yield f"INSERT {{ GRAPH {graph} {{\n" + "\n".join(blank) + "\n} } WHERE {}"
    for at in range(0, len(rest), MOST_TRIPLES):
        yield f"INSERT DATA {{ GRAPH {graph} {{\n" + "\n".join(rest[at : at + MOST_TRIPLES]) + "\n} }"
