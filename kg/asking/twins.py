"""Choose between store and tables: a question of the library goes to whichever answers it sooner, all else to the store."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from kg.answers import Answer
from kg.asking.engine import Engine
from kg.asking.stored import StoredEngine
from kg.asking.tabular import TabularEngine, has_tables, size_of, twin_of
from kg.errors import QueryError
from kg.questions import Question
from kg.questions.binding import Value
from kg.store import open_store, store_folder

__all__ = ["Choice", "TwinEngine", "open_engine"]

Choice = Literal["auto", "store", "tables"]
_LARGE = 50_000
"""Bytes of the duties in Parquet from which the tables are asked; about 8,000 duties. Below, starting DuckDB takes longer
than the store's answer: five documents hold 300 duties, and the store answers every question in some milliseconds."""


class TwinEngine:
    """The engine of a build: its store, and its tables for the questions that have a twin in SQL."""

    __slots__ = ("_choice", "_engine", "_folder", "_tables")

    def __init__(self, engine: Engine, tables: Path, choice: Choice = "auto") -> None:
        """Take the engine of the store and the folder of the tables; `choice` is `auto` or `tables`."""
        self._engine, self._folder, self._choice = engine, tables, choice
        self._tables: TabularEngine | None = None

    def answer(self, sparql: str, /) -> Answer:
        """Answer SPARQL text from the store."""
        return self._engine.answer(sparql)

    def twin(self, question: Question, parameters: Mapping[str, Value]) -> Answer | None:
        """Answer a question from the tables; None where the store is to be asked.

        Raises `QueryError` where the tables are asked for and the question has no twin.
        """
        if twin_of(question) is None:
            if self._choice == "tables":
                raise QueryError("has no twin in SQL: ask the store (--engine store)")
            return None
        if self._choice == "auto" and not self._worth():
            return None
        if self._tables is None:
            self._tables = TabularEngine(self._folder)
        return self._tables.answer(question, parameters)

    def close(self) -> None:
        """Let go of the files of the tables."""
        if self._tables is not None:
            self._tables.close()
            self._tables = None

    def _worth(self) -> bool:
        return has_tables(self._folder) and size_of(self._folder) >= _LARGE and find_spec("duckdb") is not None


def open_engine(folder: Path, choice: Choice = "auto") -> Engine:
    """Open the engine of a build, or of a store alone; `choice` tells which of store and tables answers.

    Raises `QueryError` where there is no store, and, on the first question, where tables are asked for that are not there.
    """
    place = store_folder(folder)
    inside = place != folder
    engine = StoredEngine(open_store(place))
    if choice == "store" or (choice == "auto" and not inside):
        return engine
    return TwinEngine(engine, place.parent / "tables", choice)
