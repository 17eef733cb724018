"""Open a graph to work with in Python: a build, a store or an endpoint goes in, answers and tables as rows or frames come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from pyoxigraph import Store

from kg.answers import Answer, Plain
from kg.asking import Engine, ask, engine_of, open_engine
from kg.asking.twins import Choice
from kg.build import Build
from kg.errors import OutputError, QueryError
from kg.frames import READERS, pandas_of, polars_of
from kg.questions import Question, questions
from kg.questions.binding import Value
from kg.table_specs import TABLES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Found", "Graph", "open"]


def open(where: str | Path | Store | Build = "out", /, *, engine: Choice = "auto") -> Graph:  # noqa: A001  (read `kg.open`)
    """Open a build by its folder, a store, or a SPARQL endpoint by its URL.

    `engine` tells what answers the questions of the library: `store`, `tables` (the Parquet files, by DuckDB), or `auto`,
    the tables where the build is large. Raises `QueryError` where there is no store.

    >>> import kg, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, kg.open(kg.build(out=f"{folder}/out")) as graph:
    ...     found = graph.query("obligations-by-function")
    ...     found.columns[:2], found.rows[0][:2]
    (('function', 'name'), ('civil-affairs', '民政'))
    """
    if isinstance(where, Store):
        return Graph(engine_of(where))
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        return Graph(_remote(where))
    folder = where.folder if isinstance(where, Build) else Path(where)
    tables = folder / "tables"
    return Graph(open_engine(folder, engine), tables if tables.is_dir() else None)


def _remote(url: str) -> Engine:
    try:
        engine: Engine = import_module("kg.asking.remote").RemoteEngine(url)
    except ModuleNotFoundError as error:
        raise QueryError(f"{url}: this version opens folders only: name the folder of a build") from error
    return engine


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the answer to a question, as rows of plain Python values or as a data frame.

    >>> import kg
    >>> store = kg.open_store()
    >>> kg.open(store).query("SELECT (1 AS ?one) ('灯塔' AS ?word) {}").rows
    [(1, '灯塔')]
    """

    answer: Answer

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.answer.columns

    @property
    def rows(self) -> list[tuple[Plain, ...]]:
        """The rows as plain Python values: text, numbers (decimals exact), dates, None; IRIs are text."""
        return self.answer.plain()

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a frame of pandas; raises `OutputError` where pandas is not installed."""
        return pandas_of(self.columns, self.rows)

    def to_polars(self) -> pl.DataFrame:
        """Give the rows as a frame of polars; raises `OutputError` where polars is not installed."""
        return polars_of(self.columns, self.rows)

    def __len__(self) -> int:
        return len(self.answer.rows)

    def __iter__(self) -> Iterator[dict[str, Plain]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


class Graph:
    """An open graph: it answers questions, and gives the tables of its build as frames of pandas.

    It is a context manager; leaving it closes it.

    >>> import kg, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> graph = kg.open(kg.build(out=folder.name))
    >>> graph.documents[["region", "kind"]].head(2).values.tolist()
    [['万州区', 'plan'], ['平凉市', 'plan']]
    >>> graph.table("duties", to="polars").shape[0] == len(graph.duties)
    True
    >>> graph.query("tasks-of-body", body="万州区民政局", role="lead").rows[0][4]
    'lead'
    >>> graph.close(); folder.cleanup()
    """

    __slots__ = ("_engine", "_tables")

    def __init__(self, engine: Engine, tables: Path | None = None) -> None:
        """Take an engine and, where there are any, the folder of the tables; `kg.open` finds both."""
        self._engine: Engine | None = engine
        self._tables = tables

    def query(self, question: str | Path | Question, /, **parameters: Value) -> Found:
        """Answer a question: one of the library by its name, a query file, or SPARQL text.

        Names, functions and regions are taken as people write them. Raises `QueryError` as `kg.ask` does.
        """
        return Found(ask(self._open(), question, **parameters))

    def questions(self) -> tuple[Question, ...]:
        """Give the questions of the library, each with its words, parameters and columns."""
        return questions()

    @overload
    def table(self, name: str, *, to: Literal["pandas"] = "pandas") -> pd.DataFrame: ...
    @overload
    def table(self, name: str, *, to: Literal["polars"]) -> pl.DataFrame: ...
    def table(self, name: str, *, to: Literal["pandas", "polars"] = "pandas") -> Any:
        """Give a table of the build as a frame of pandas or polars; docs/tables.md tells what each column holds.

        Raises `QueryError` for a table that there is not, and `OutputError` where the package is not installed.
        """
        self._open()
        if name not in TABLES:
            raise QueryError(f"no table is called {name!r}: choose one of {', '.join(TABLES)}")
        if to not in READERS:
            raise OutputError(f"a table is given to pandas or polars, not to {to!r}")
        if self._tables is None:
            raise QueryError(f"{name}: a store has no tables: open the folder of a build (kg build)")
        path = self._tables / f"{name}.csv"
        if not path.is_file():
            raise QueryError(f"{path}: no such table: build it again (kg build)")
        return READERS[to](name, path)

    @property
    def documents(self) -> pd.DataFrame:
        """The documents, with region and dates."""
        return self.table("documents")

    @property
    def tasks(self) -> pd.DataFrame:
        """The tasks, with the headings above."""
        return self.table("tasks")

    @property
    def duties(self) -> pd.DataFrame:
        """The duties: which body has which role in which task, and the words that say it."""
        return self.table("duties")

    @property
    def deadlines(self) -> pd.DataFrame:
        """The deadlines of the tasks, with the first and last day that the words can mean."""
        return self.table("deadlines")

    @property
    def commitments(self) -> pd.DataFrame:
        """The promised numbers."""
        return self.table("commitments")

    @property
    def indicators(self) -> pd.DataFrame:
        """The indicators."""
        return self.table("indicators")

    @property
    def indicator_values(self) -> pd.DataFrame:
        """The baselines and targets of the indicators."""
        return self.table("indicator_values")

    @property
    def projects(self) -> pd.DataFrame:
        """The projects, policies and pilots of annexes, with their money."""
        return self.table("projects")

    @property
    def achievements(self) -> pd.DataFrame:
        """What the documents report as reached."""
        return self.table("achievements")

    @property
    def citations(self) -> pd.DataFrame:
        """The acts that the documents name."""
        return self.table("citations")

    @property
    def organizations(self) -> pd.DataFrame:
        """The bodies that the documents name, with function and region."""
        return self.table("organizations")

    def close(self) -> None:
        """Let go of the files; asking a closed graph raises `QueryError`."""
        close = getattr(self._engine, "close", None)
        if close is not None:
            close()
        self._engine = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _open(self) -> Engine:
        if self._engine is None:
            raise QueryError("this graph is closed: open it again with kg.open")
        return self._engine
