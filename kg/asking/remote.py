"""Answer SPARQL from a server by the SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from kg.answers import Answer
from kg.asking.engine import DATA_BASE, base_of
from kg.errors import OutputError
from kg.remote import MOST_BYTES, SECONDS, Request, Session
from kg.remote.refusal import refusal
from kg.remote.results import GRAPHS, TABLES, read_graph, read_table
from kg.vocabulary import DEFAULT_BASE, Names

__all__ = ["RemoteEngine"]

_ASIDE = re.compile(
    r"<[^<>\s\"{}|\\^`]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.DOTALL
)
"""IRIs, strings and comments, in which nothing is a keyword or a prefix."""

_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*)\s*:", re.IGNORECASE)
_USED = re.compile(r"(?<![\w:.-])([A-Za-z][\w-]*):")
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)

_GRAPHS = """PREFIX resp: <https://w3id.org/policy-responsibility/ontology#>
SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?subject ?predicate ?object } } ORDER BY ?graph"""
"""Asked only where no other dataset has a document; one graph for each document and its evidence, and two more."""

_UNION = (("union-default-graph", "true"),)
"""A parameter of Oxigraph's own; other servers pass over it, and then all graphs are named as the protocol has it."""


class RemoteEngine:
    """The engine of a SPARQL endpoint, whose URL may carry parameters of the server's own, such as `default-graph-uri`.

    The default graph is the server's; where that holds no document, it is the union of its named graphs.
    Takes at most `seconds` and `most_bytes` for one answer. Raises `EndpointError` for a URL that is none.
    """

    __slots__ = ("_base", "_dataset", "_session")

    def __init__(self, url: str, *, seconds: float = SECONDS, most_bytes: int = MOST_BYTES) -> None:
        self._session = Session(url, seconds=seconds, most_bytes=most_bytes)
        self._base: str | None = None
        self._dataset: tuple[tuple[str, str], ...] = ()

    def answer(self, sparql: str, /) -> Answer:
        """Answer a query; raises `EndpointError`, a `QueryError`, where the server refuses or does not answer it."""
        if self._base is None:
            self._base = self._settle()
        return self._ask(_declared(sparql, Names(self._base).prefixes()))

    def _settle(self) -> str:
        """Find the base of the data, and a dataset whose default graph is the union of the named ones."""
        documents = self._ask(DATA_BASE)
        if not documents.rows:  # empty, or a default graph apart from the named ones
            self._dataset = _UNION
            documents = self._ask(DATA_BASE)
        if not documents.rows:
            graphs = [name for (name,) in self._ask(_GRAPHS).strings()]
            self._dataset = tuple((key, graph) for key in ("default-graph-uri", "named-graph-uri") for graph in graphs)
            documents = self._ask(DATA_BASE) if graphs else documents
        try:
            return Names(base_of(documents)).base
        except OutputError:  # a dataset of others, who name their documents otherwise
            return DEFAULT_BASE

    def _ask(self, sparql: str) -> Answer:
        table = _is_table(sparql)
        headers = (
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Accept", TABLES if table else GRAPHS),
        )
        body = urlencode([("query", sparql), *self._dataset]).encode("ascii")
        reply = self._session.send(Request(method="POST", body=body, headers=headers, reads=True))
        if not reply.done:
            raise refusal(self._session, reply)
        return (read_table if table else read_graph)(self._session.label, reply)


def _declared(sparql: str, prefixes: dict[str, str]) -> str:
    """Declare the prefixes of ours that a query uses and does not declare, on its first line, so that lines keep their number."""
    bare = _ASIDE.sub(" ", sparql)
    missing = {name for name in _USED.findall(bare) if name in prefixes} - set(_DECLARED.findall(bare))
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(missing)) + sparql


def _is_table(sparql: str) -> bool:
    """Tell whether the answer of a query is a table, as that of SELECT and ASK is, and no graph."""
    form = _FORM.search(_DECLARED.sub(" ", _ASIDE.sub(" ", sparql)))
    return form is None or form[1].upper() in ("SELECT", "ASK")
