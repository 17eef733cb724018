"""Write an answer as a workbook for Excel: one sheet, its header frozen, numbers as numbers and days as days."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from kg.answers.answer import Answer, Plain
from kg.columns import width
from kg.errors import OutputError

__all__ = ["write_xlsx"]

_MADE = datetime(2000, 1, 1)
_MOST_ROWS, _MOST_CHARACTERS = 1_048_575, 32_767
"""What a sheet and a cell of Excel hold, the header apart."""
_MOST_DIGITS = 15
"""Digits of a number that Excel keeps; a longer one stands as text."""
_NARROWEST, _WIDEST = 8, 60


def write_xlsx(answer: Answer) -> bytes:
    """Return a workbook; raises `OutputError` without xlsxwriter, and for an answer that no sheet holds."""
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError as error:
        raise OutputError(
            'xlsx needs xlsxwriter: pip install "policy-responsibility-graph[tables]", or take csv'
        ) from error
    if len(answer.rows) > _MOST_ROWS:
        raise OutputError(f"{len(answer.rows)} rows are more than a sheet of Excel holds ({_MOST_ROWS}): take csv")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet("answer")
    sheet.freeze_panes(1, 0)
    rows = answer.plain()
    sheet.write_row(0, 0, answer.columns, book.add_format({"bold": True}))
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, at, column, value, day)
    for column, name in enumerate(answer.columns):
        sheet.set_column(column, column, _wide(name, [row[column] for row in rows]))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(answer.columns) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Plain, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal) and len(str(value).strip("-0.")) <= _MOST_DIGITS:
        sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, value, day)
    elif len(text := str(value)) > _MOST_CHARACTERS:
        raise OutputError(
            f"row {row} holds a text longer than a cell of Excel ({_MOST_CHARACTERS} characters): take csv"
        )
    else:
        sheet.write_string(row, column, text)


def _wide(name: str, values: Sequence[Plain]) -> int:
    """Return the width of a column, in characters."""
    return max(_NARROWEST, min(_WIDEST, max(width(str(value or "")) for value in (name, *values)) + 2))
