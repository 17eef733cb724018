"""Write plans as the public tables: CSV in UTF-8 with a header row, one fact a row, sorted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from kg.output import write_whole
from kg.records import Plan
from kg.table_specs import TABLES, Record, TableSpec, Value

__all__ = ["TABLES", "Record", "TableSpec", "rows", "table_csv", "table_head", "table_lines", "write_tables"]


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


def write_tables(plans: Sequence[Plan], folder: Path) -> tuple[Path, ...]:
    """Write all tables into `folder` as `<name>.csv`; each file appears whole or not at all.

    Raises `OutputError` where the folder cannot be written.
    """
    return tuple(write_whole(folder / f"{name}.csv", table_csv(plans, name)) for name in TABLES)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
