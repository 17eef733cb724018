"""Answer heavy questions from the tables of a build: a question with a twin in SQL goes in, the answer of its SPARQL comes out.

A twin is a file `<name>.sql` beside `<name>.rq`: the same columns, and each parameter as `$name`, NULL where it is open. DuckDB
runs it over the Parquet files that `kg.tables_parquet` wrote. SPARQL text that is none of our questions has no twin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.answers import Answer, Plain, Term, plain
from kg.assets import asset
from kg.errors import QueryError
from kg.extras import extra
from kg.questions import Question
from kg.questions.binding import Value, terms
from kg.questions.library import TOPICS
from kg.vocabulary import LANGUAGE, term

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["TabularEngine", "has_tables", "size_of", "twin_of"]

_DUTIES = "_duties.parquet"
_WORD = re.compile(r"\w+")
_NAMESPACE = re.compile(r".*/")
_IN_LANGUAGE = f"@{LANGUAGE}"
"""Ends the name of a column whose texts carry the language of the documents, as labels of the graph do."""


def has_tables(folder: Path) -> bool:
    """Tell whether a folder holds the Parquet files that twins read."""
    return (folder / _DUTIES).is_file()


def size_of(folder: Path) -> int:
    """Return the bytes of the duties of a folder of tables: a measure of how much there is, at no cost."""
    return (folder / _DUTIES).stat().st_size


def twin_of(question: Question) -> str | None:
    """Return the SQL of a question of the library; None where it has no twin, or is another one under the same name."""
    path = _twins().get(question.name)
    if path is None or path.with_suffix(".rq").read_text(encoding="utf-8") != question.sparql:
        return None
    return path.read_text(encoding="utf-8")


@cache
def _twins() -> Mapping[str, Path]:
    """Give the file of each twin by the name of its question."""
    return {path.stem: path for topic in TOPICS for path in asset("queries", topic).glob("*.sql")}


class TabularEngine:
    """The engine of a folder of Parquet files; it answers the questions that have a twin."""

    __slots__ = ("_connection", "_files")

    def __init__(self, folder: Path) -> None:
        """Open the tables of a folder, for reading only.

        Raises `QueryError` where it holds none, and `OutputError` where duckdb is not installed.
        """
        if not has_tables(folder):
            raise QueryError(f"{folder}: no Parquet tables: write them first (kg tables --format parquet)")
        settings = {"default_null_order": "nulls_first_on_asc_last_on_desc", "autoload_known_extensions": False}
        self._connection: DuckDBPyConnection = extra("duckdb", "tables").connect(":memory:", config=settings)
        self._files = {path.stem: path for path in sorted(folder.glob("*.parquet"))}

    def answer(self, question: Question, parameters: Mapping[str, Value]) -> Answer | None:
        """Answer a question by its twin; None where it has none.

        Parameters are as `kg.questions.resolve` gives them. Raises `QueryError` where a value is of the wrong type and
        where the tables are those of another version.
        """
        sql = twin_of(question)
        return None if sql is None else self._answer(question, sql, parameters)

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def _show(self, sql: str) -> None:
        """Load the tables that a twin names and no earlier one did: some milliseconds for each, a tenth of the store's memory."""
        for name in self._files.keys() & set(_WORD.findall(sql)):
            quoted = str(self._files.pop(name)).replace("'", "''")
            kind = "TABLE" if name.startswith("_") else "VIEW"
            self._connection.execute(f"CREATE {kind} \"{name}\" AS FROM read_parquet('{quoted}')")

    def _answer(self, question: Question, sql: str, parameters: Mapping[str, Value]) -> Answer:
        duckdb = extra("duckdb", "tables")
        try:
            self._show(sql)
            (statement,) = duckdb.extract_statements(sql)
            values = _values(question, parameters)
            asked = {name: value for name, value in values.items() if name in statement.named_parameters}
            cursor = self._connection.cursor().execute(statement, asked)
            names = tuple(str(column[0]) for column in cursor.description or ())
            rows = cursor.fetchall()
        except (duckdb.Error, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise QueryError(f"the tables do not answer: {reason}: build them anew (kg build)") from error
        columns = (
            [_column(name, values) for name, values in zip(names, zip(*rows, strict=True), strict=True)] if rows else []
        )
        return Answer(
            columns=tuple(name.removesuffix(_IN_LANGUAGE) for name in names), rows=tuple(zip(*columns, strict=True))
        )


def _values(question: Question, given: Mapping[str, Value]) -> dict[str, Plain]:
    """Return the values of all parameters for DuckDB: a concept by its notation, a node by its id, None where it is open."""
    defaults = {parameter.name: parameter.default for parameter in question.parameters}
    return {name: _local(value) for name, value in terms(question, defaults | dict(given)).items()}


def _local(value: Term | None) -> Plain:
    return _NAMESPACE.sub("", value.value) if isinstance(value, NamedNode) else plain(value)


def _column(name: str, values: Sequence[Any]) -> list[Term | None]:
    """Write the values of a column as the graph holds them, each different one once."""
    make = _labelled if name.endswith(_IN_LANGUAGE) else _term
    made = {value: make(value) for value in set(values)}
    return [made[value] for value in values]


def _labelled(value: str | None) -> Term | None:
    return None if value is None else Literal(value, language=LANGUAGE)


def _term(value: str | bool | int | date | Decimal | None) -> Term | None:
    if value is None:
        return None
    if isinstance(value, (str, bool)):
        return Literal(value)
    if isinstance(value, int):
        return Literal(str(value), datatype=term("xsd:integer"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=term("xsd:date"))
    written = f"{value:f}"
    return Literal(written.rstrip("0").rstrip(".") if "." in written else written, datatype=term("xsd:decimal"))
