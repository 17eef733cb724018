"""Write tables as Parquet: the CSV files of a folder go in, typed Parquet files beside them come out, whole or not at all.

Beside the public tables stand a few whose names begin with `_`: the graph by row numbers, which `kg query` asks for heavy
questions (see `queries/tables/encoded.sql`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.assets import asset
from kg.codebook import columns_of
from kg.errors import OutputError
from kg.extras import extra
from kg.labels import function_branches, function_labels
from kg.output import write_whole
from kg.table_specs import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["add_parquet", "write_parquet"]

_CASTS: Mapping[str, str] = MappingProxyType(
    {
        "text": '"{0}"',
        "integer": 'CAST("{0}" AS INTEGER) AS "{0}"',
        "decimal": 'CAST("{0}" AS DECIMAL(38, 18)) AS "{0}"',
        "boolean": 'coalesce("{0}" = \'1\', false) AS "{0}"',
        "date": 'CAST("{0}" AS DATE) AS "{0}"',
    }
)
"""How a column of each type is read from its CSV; 18 places are what a decimal of the store can have."""

_LONGEST = 100_000_000
"""Bytes of a row, more than any document has."""


def add_parquet(folder: Path) -> tuple[Path, ...]:
    """Write the Parquet files beside the CSV files of a folder where duckdb is installed; without it, do nothing."""
    return write_parquet(folder, folder) if find_spec("duckdb") else ()


def write_parquet(source: Path, folder: Path) -> tuple[Path, ...]:
    """Write the tables, whose CSV files are in `source`, into `folder` as `<name>.parquet`; equal tables give equal bytes.

    Raises `OutputError` where duckdb is not installed, where a CSV file is none of ours, and where the folder cannot be written.
    """
    duckdb = extra("duckdb", "tables")
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as connection, TemporaryDirectory() as scratch:
            for name in TABLES:
                _read(connection, source / f"{name}.csv", name)
            _read_functions(connection, Path(scratch))
            connection.execute(asset("queries", "tables/encoded.sql").read_text(encoding="utf-8"))
            names = [
                row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
            ]
            for name in names:
                _copy(connection, f'"{name}"', Path(scratch) / f"{name}.parquet")
            return tuple(
                write_whole(folder / f"{name}.parquet", (Path(scratch) / f"{name}.parquet").read_bytes())
                for name in names
            )
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise OutputError(
            f"{source}: holds no tables that make Parquet: {reason}: write them anew (kg tables)"
        ) from error


def _read(connection: DuckDBPyConnection, path: Path, name: str) -> None:
    """Make a table of a CSV file; its names are ours, so that they can stand in the text."""
    columns = tuple(columns_of(name))
    chosen = ", ".join(_CASTS[column.kind].format(column.column) for column in columns)
    types = ", ".join(f"'{column.column}': 'VARCHAR'" for column in columns)
    read = (
        "read_csv($path, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', auto_detect = false, "
        f"parallel = false, max_line_size = {_LONGEST}, columns = {{{types}}})"
    )
    connection.execute(f'CREATE TABLE "{name}" AS SELECT {chosen} FROM {read}', {"path": str(path)})  # noqa: S608


def _read_functions(connection: DuckDBPyConnection, scratch: Path) -> None:
    """Make `_functions`, each function of government with its Chinese name, and `_branches`, what stands above each."""
    names = sorted((notation, words["zh"]) for notation, words in function_labels().items())
    above = sorted((notation, branch) for notation, branches in function_branches().items() for branch in branches)
    for table, header, rows in (
        ("functions", ("function", "name"), names),
        ("branches", ("function", "branch"), above),
    ):
        path = scratch / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
        connection.execute(
            f"CREATE TABLE _{table} AS FROM read_csv($path, header = true, all_varchar = true)", {"path": str(path)}
        )


def _copy(connection: DuckDBPyConnection, name: str, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"COPY {name} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
