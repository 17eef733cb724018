"""Write plans as the public tables, one fact a row, sorted: CSV in UTF-8 with a header row, Parquet, or one workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from kg.output import write_whole
from kg.records import Plan
from kg.table_shape import Record, TableSpec, Value
from kg.table_specs import TABLES

__all__ = ["TABLES", "Form", "Record", "TableSpec", "rows", "table_csv", "table_head", "table_lines", "write_tables"]

Form = Literal["csv", "parquet", "xlsx"]


def rows(plans: Iterable[Plan], name: str) -> list[Record]:
    """Give the rows of one table for all plans, sorted by document, in the order of the text within it."""
    ordered = sorted(plans, key=lambda p: p.document.id)
    return [row for plan in ordered for row in TABLES[name].rows(plan)]


def table_csv(plans: Sequence[Plan], name: str) -> str:
    """Give one table as CSV text with its header row."""
    return table_head(name) + table_lines(rows(plans, name))


def table_head(name: str) -> str:
    """Give the header row of a table."""
    return ",".join(TABLES[name].columns) + "\n"


def table_lines(found: Iterable[Record]) -> str:
    """Give rows of a table as lines of CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_text(value) for value in row.values()] for row in found)
    return out.getvalue()


def write_tables(plans: Sequence[Plan], out: Path, form: Form = "csv") -> tuple[Path, ...]:
    """Write all tables into the folder `out`, or as one workbook; each file appears whole or not at all.

    `csv` gives `<name>.csv`; `parquet` gives `<name>.parquet` with typed columns, and beside them the tables with `_` that
    `kg query` reads; `xlsx` gives one workbook, `out` itself where it ends in .xlsx, else `tables.xlsx` in it.
    Equal plans give equal bytes. Raises `OutputError` where the place cannot be written and where a package is missing.
    """
    if form == "xlsx":
        from kg.tables_xlsx import workbook  # noqa: PLC0415  (its package is an extra)

        path = out if out.suffix == ".xlsx" else out / "tables.xlsx"
        return (write_whole(path, workbook({name: rows(plans, name) for name in TABLES})),)
    if form == "csv":
        return tuple(write_whole(out / f"{name}.csv", table_csv(plans, name)) for name in TABLES)
    from kg.tables_parquet import write_parquet  # noqa: PLC0415  (its package is an extra)

    with TemporaryDirectory() as scratch:
        write_tables(plans, Path(scratch))
        return write_parquet(Path(scratch), out)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
