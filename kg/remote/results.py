"""Read what a server answers to a query: a reply goes in, an `Answer` comes out with the terms that Oxigraph would give.

SELECT and ASK are read as SPARQL 1.1 Query Results JSON, CONSTRUCT and DESCRIBE as N-Triples or Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.answers import Answer, Term
from kg.answers.answer import TRIPLE
from kg.errors import EndpointError
from kg.remote.refusal import said
from kg.remote.session import Reply
from kg.sources.file import plain

__all__ = ["GRAPHS", "TABLES", "read_graph", "read_table"]

TABLES = "application/sparql-results+json, application/json;q=0.5"
GRAPHS = "application/n-triples, text/turtle;q=0.9"
"""What is accepted of a server, for the `Accept` header."""

_TABLES = ("application/sparql-results+json", "application/json")
_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/ntriples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}
_ASKED = ("__ASK_RETVAL",)
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_BOOLEANS = {"1": "true", "0": "false"}
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class _Term(msgspec.Struct, frozen=True):
    type: str
    value: str | _Triple
    lang: str | None = msgspec.field(default=None, name="xml:lang")
    datatype: str | None = None


class _Triple(msgspec.Struct, frozen=True):
    subject: _Term
    predicate: _Term
    object: _Term


class _Head(msgspec.Struct, frozen=True):
    vars: tuple[str, ...] = ()


class _Results(msgspec.Struct, frozen=True):
    bindings: tuple[dict[str, _Term], ...]


class _Table(msgspec.Struct, frozen=True):
    head: _Head
    results: _Results | None = None
    boolean: bool | None = None


def read_table(label: str, reply: Reply) -> Answer:
    """Read the answer to SELECT or ASK; `label` names the server in messages.

    Raises `EndpointError` for another media type, for JSON that is cut short or no table, and where the server says
    that it left out rows.
    """
    _require(label, reply, _TABLES)
    _require_whole(label, reply)
    try:
        table = msgspec.json.decode(reply.body, type=_Table)
        if table.boolean is not None:
            return Answer(columns=("answer",), rows=((Literal(table.boolean),),))
        if table.results is None:
            raise EndpointError(f"{label}: answers neither rows nor yes or no: is it a SPARQL endpoint?")
        columns = table.head.vars
        rows = tuple(tuple(_term(row.get(name)) for name in columns) for row in table.results.bindings)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        why = plain(str(error))[:120]
        raise EndpointError(
            f"{label}: the answer is no whole table of results ({why}): it may be cut at a limit of the server; ask for less"
        ) from error
    return _yes_or_no(rows) if columns == _ASKED else Answer(columns=columns, rows=rows)


def _yes_or_no(rows: tuple[tuple[Term | None, ...], ...]) -> Answer:
    """Read the table with one number that Virtuoso 7 gives for ASK."""
    given = rows[0][0] if rows else None
    return Answer(columns=("answer",), rows=((Literal(isinstance(given, Literal) and given.value != "0"),),))


def read_graph(label: str, reply: Reply) -> Answer:
    """Read the answer to CONSTRUCT or DESCRIBE; raises `EndpointError` as `read_table` does."""
    _require(label, reply, tuple(_GRAPHS))
    _require_whole(label, reply)
    try:
        told = {quad.triple for quad in parse(reply.body, format=_GRAPHS[reply.type], lenient=True)}
    except (SyntaxError, ValueError) as error:
        why = plain(str(error).partition("\n")[0])[:120]
        raise EndpointError(f"{label}: the answer is no whole graph ({why}): ask for less, or ask again") from error
    rows = sorted(((triple.subject, triple.predicate, triple.object) for triple in told), key=str)
    return Answer(columns=TRIPLE, rows=tuple(rows), graph=True)


def _require(label: str, reply: Reply, types: tuple[str, ...]) -> None:
    if reply.type not in types:
        got = plain(reply.type)[:60] or "something without a type"
        words = f" ({said(reply)})" if said(reply) else ""
        raise EndpointError(f"{label}: answers {got}{words}, not {types[0]}: is this the URL of a SPARQL endpoint?")


def _require_whole(label: str, reply: Reply) -> None:
    """Refuse an answer of which the server says that it is not all (so does Virtuoso, in headers beside a 200 or 206)."""
    most = reply.headers.get("X-SPARQL-MaxRows")
    if most or reply.status == 206 or reply.headers.get("X-SQL-State"):
        limit = f"at {plain(most)[:20]} rows" if most else "at its time limit"
        raise EndpointError(f"{label}: the server cuts this answer {limit}: ask for less, with LIMIT and OFFSET")


def _term(given: _Term | None) -> Term | None:
    return None if given is None else _KINDS[given.type](given) if given.type in _KINDS else _unknown(given)


def _unknown(given: _Term) -> Term:
    raise ValueError(f"{given.type!r} is no kind of term")


def _literal(given: _Term) -> Literal:
    text = _text(given)
    if given.lang:
        return Literal(text, language=given.lang)
    if given.datatype == _BOOLEAN:
        text = _BOOLEANS.get(text, text)  # Virtuoso writes 1 and 0
    return Literal(text, datatype=NamedNode(given.datatype)) if given.datatype else Literal(text)


def _blank(given: _Term) -> BlankNode:
    label = _text(given).removeprefix("nodeID://").removeprefix("_:")
    return BlankNode(label if _LABEL.fullmatch(label) else "b" + label.encode().hex())


def _triple(given: _Term) -> Triple:
    if isinstance(given.value, str):
        raise TypeError("a triple without its parts")
    parts = (given.value.subject, given.value.predicate, given.value.object)
    return Triple(*map(_term, parts))  # type: ignore[arg-type]  # Triple checks its terms itself


def _text(given: _Term) -> str:
    if not isinstance(given.value, str):
        raise TypeError("a value that is no text")
    return given.value


_KINDS: dict[str, Callable[[_Term], Term]] = {
    "uri": lambda given: NamedNode(_text(given)),
    "literal": _literal,
    "typed-literal": _literal,  # of the working draft of 2006; Virtuoso 7 writes it
    "bnode": _blank,
    "triple": _triple,
}
