"""Answer SPARQL from an Oxigraph store, in memory or on disk."""

from __future__ import annotations

import re

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.answers import Answer
from kg.answers.answer import TRIPLE
from kg.asking.engine import DATA_BASE, base_of
from kg.errors import QueryError
from kg.vocabulary import Names

__all__ = ["StoredEngine"]

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)


class StoredEngine:
    """The engine of an Oxigraph store; the default graph is the union of all graphs."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, sparql: str, /) -> Answer:
        """Answer a query; raises `QueryError` where it does not parse or cannot be answered."""
        prefixes = Names(base_of(_answer(self._store.query(DATA_BASE, use_default_graph_as_union=True)))).prefixes()
        try:
            return _answer(self._store.query(sparql, prefixes=prefixes, use_default_graph_as_union=True))
        except SyntaxError as error:
            raise QueryError(_explain(str(error), sparql)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"cannot be answered: {error}") from error


def _answer(result: QuerySolutions | QueryBoolean | QueryTriples) -> Answer:
    if isinstance(result, QueryBoolean):
        return Answer(columns=("answer",), rows=((Literal(bool(result)),),))
    if isinstance(result, QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns=columns, rows=tuple(tuple(row) for row in result))
    rows = sorted(((triple.subject, triple.predicate, triple.object) for triple in result), key=str)
    return Answer(columns=TRIPLE, rows=tuple(rows), graph=True)


def _explain(message: str, sparql: str) -> str:
    match = _POSITION.fullmatch(message)
    if not match:
        return message
    line, what = int(match["line"]), match["what"].partition("\n")[0]
    if "Prefix not found" in what:
        what = "unknown prefix: declare it with PREFIX"
    written = sparql.splitlines()[line - 1].strip() if line <= len(sparql.splitlines()) else "the end"
    return f"line {line}, column {match['column']}: {what[:200]}, in: {written}"
