"""Answer SPARQL from an Oxigraph store, in memory or on disk."""

from __future__ import annotations

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.answers import Answer
from kg.answers.answer import TRIPLE
from kg.asking.engine import DATA_BASE, base_of
from kg.asking.faults import explain
from kg.errors import QueryError
from kg.vocabulary import Names

__all__ = ["StoredEngine"]


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
            raise QueryError(explain(str(error), sparql)) from error
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
