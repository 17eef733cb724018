"""Give rows as data frames: columns and plain rows, or the file of a table, go in, a frame of pandas or polars comes out.

Numbers with a point are floats in a frame, days are dates; the exact decimals are in the rows and in the Parquet files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.answers import Plain
from kg.codebook import columns_of
from kg.extras import extra

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["pandas_of", "pandas_table", "polars_of", "polars_table"]

_PANDAS = {"text": "string", "integer": "Int64", "decimal": "Float64", "boolean": "string", "date": "string"}


def pandas_of(columns: Sequence[str], rows: Sequence[Sequence[Plain]]) -> pd.DataFrame:
    """Return rows as a frame of pandas; raises `OutputError` where pandas is not installed."""
    pandas = extra("pandas", "pandas")
    frame = pandas.DataFrame([[_number(value) for value in row] for row in rows], columns=list(columns))
    for column in columns:
        if any(isinstance(value, date) for value in frame[column]):
            frame[column] = pandas.to_datetime(frame[column])
    typed: pd.DataFrame = frame.convert_dtypes()
    return typed


def polars_of(columns: Sequence[str], rows: Sequence[Sequence[Plain]]) -> pl.DataFrame:
    """Return rows as a frame of polars; raises `OutputError` where polars is not installed."""
    polars = extra("polars", "polars")
    made = [[_number(value) for value in row] for row in rows]
    frame: pl.DataFrame = polars.DataFrame(
        made, schema=list(columns), orient="row", infer_schema_length=None, strict=False
    )
    return frame


def pandas_table(name: str, path: Path) -> pd.DataFrame:
    """Read the CSV file of a table as a frame of pandas, each column by its type in the codebook."""
    pandas, columns = extra("pandas", "pandas"), tuple(columns_of(name))
    types = {info.column: _PANDAS[info.kind] for info in columns}
    frame = pandas.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
    for info in columns:
        if info.kind == "boolean":
            frame[info.column] = frame[info.column].eq("1").fillna(False).astype("bool")
        elif info.kind == "date":
            frame[info.column] = pandas.to_datetime(frame[info.column], format="%Y-%m-%d")
    return frame


def polars_table(name: str, path: Path) -> pl.DataFrame:
    """Read the CSV file of a table as a frame of polars, each column by its type in the codebook."""
    polars, columns = extra("polars", "polars"), tuple(columns_of(name))
    types = {
        "text": polars.String,
        "integer": polars.Int64,
        "decimal": polars.Float64,
        "boolean": polars.String,
        "date": polars.Date,
    }
    frame: pl.DataFrame = polars.read_csv(path, schema={info.column: types[info.kind] for info in columns})
    flags = [info.column for info in columns if info.kind == "boolean"]
    return frame.with_columns(polars.col(flags).eq("1").fill_null(value=False)) if flags else frame


def _number(value: Plain) -> Any:
    return float(value) if isinstance(value, Decimal) else value


READERS: dict[str, Callable[[str, Path], Any]] = {"pandas": pandas_table, "polars": polars_table}
"""How a table is read, by the name of the package."""
