"""Ask a question: an engine, a question and its parameters go in, an answer comes out."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Store

from kg.answers import Answer, Plain
from kg.asking.engine import Engine
from kg.asking.stored import StoredEngine
from kg.asking.twins import TwinEngine, open_engine
from kg.errors import QueryError
from kg.questions import Question, bind, resolve, understand

__all__ = ["Engine", "StoredEngine", "TwinEngine", "ask", "engine_of", "open_engine"]

_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_QUOTED = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*")


def ask(asked: Engine | Store, question: str | Path | Question, /, **parameters: Plain) -> Answer:
    """Answer a question: one of ours by its name, a query file, or SPARQL text, over the union of all graphs.

    The prefixes of `kg.vocabulary` need no declaration. Raises `QueryError` for an unknown name, a missing or
    ill-typed parameter, and a syntax error with its line and column.
    """
    engine, understood = engine_of(asked), understand(question)
    _require_inside(understood)
    resolved = resolve(understood, parameters, engine.answer)
    if isinstance(engine, TwinEngine) and (answer := engine.twin(understood, resolved)) is not None:
        return answer
    sparql = bind(understood, resolved)
    try:
        return engine.answer(sparql)
    except QueryError as error:
        raise QueryError(f"{understood.name}: {error}") from error


def engine_of(asked: Engine | Store) -> Engine:
    """Return the engine of a store, or the engine itself."""
    return StoredEngine(asked) if isinstance(asked, Store) else asked


def _require_inside(question: Question) -> None:
    """Refuse a query that would reach out of the store."""
    if _SERVICE.search(_QUOTED.sub(" ", question.sparql)):
        raise QueryError(
            f"{question.name}: SERVICE reaches out to another endpoint, and only this store is asked: leave it out"
        )
