"""Ask a question: an engine, a question and its parameters go in, an answer comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from kg.answers import Answer
from kg.asking.engine import Engine
from kg.asking.evidence import expose, with_evidence
from kg.asking.stored import StoredEngine
from kg.asking.terms import require_known
from kg.asking.tokens import reaches_out
from kg.asking.twins import TwinEngine, open_engine
from kg.errors import QueryError
from kg.questions import Question, bind, resolve, understand
from kg.questions.binding import Value

__all__ = ["Engine", "StoredEngine", "TwinEngine", "ask", "ask_with_evidence", "engine_of", "open_engine"]


def ask(asked: Engine | Store, question: str | Path | Question, /, **parameters: Value) -> Answer:
    """Answer a question: one of ours by its name, a query file, or SPARQL text, over the union of all graphs.

    Parameters are taken as people write them (`department="民政"`). The prefixes of `kg.vocabulary` need no declaration.
    Raises `QueryError` for an unknown name, a missing or ill-typed parameter, a syntax error with its line and column, and SPARQL
    text that names a term of our namespaces which there is not;
    `AmbiguityError`, which is one, for a name that can mean several.
    """
    engine, understood = engine_of(asked), understand(question)
    resolved = _resolved(engine, understood, parameters)
    with _told(understood):
        if isinstance(engine, TwinEngine) and (answer := engine.twin(understood, resolved)) is not None:
            return answer
    sparql = bind(understood, resolved)
    with _told(understood):
        return engine.answer(sparql)


def ask_with_evidence(asked: Engine | Store, question: str | Path | Question, /, **parameters: Value) -> Answer:
    """Answer a question as `ask` does, each row followed by the place that says it: the columns of `kg.asking.evidence`.

    Raises `QueryError` as `ask` does, and for a question whose rows rest on no single facts.
    """
    engine, understood = engine_of(asked), understand(question)
    sparql = expose(understood, bind(understood, _resolved(engine, understood, parameters)))
    with _told(understood):
        return with_evidence(understood, engine.answer(sparql), engine.answer)


def _resolved(engine: Engine, question: Question, parameters: Mapping[str, Value]) -> dict[str, Value]:
    _require_inside(question)
    require_known(question, engine)
    return resolve(question, parameters, engine.answer)


@contextmanager
def _told(question: Question) -> Iterator[None]:
    """Say in an error of an engine which question it answered."""
    try:
        yield
    except QueryError as error:
        raise QueryError(f"{question.name}: {error}") from error


def engine_of(asked: Engine | Store) -> Engine:
    """Return the engine of a store, or the engine itself."""
    return StoredEngine(asked) if isinstance(asked, Store) else asked


def _require_inside(question: Question) -> None:
    """Refuse a query that would reach out of the store."""
    if reaches_out(question.sparql):
        raise QueryError(
            f"{question.name}: SERVICE reaches out to another endpoint, and only this store is asked: leave it out"
        )
