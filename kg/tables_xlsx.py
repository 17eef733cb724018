"""Write the public tables as one Excel workbook: rows go in, the bytes of a file with a sheet for each table come out.

The first sheet is the codebook, in Chinese and English. Dates are dates and numbers are numbers; no text becomes a formula
or a link.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.codebook import TABLE_NAMES, codebook, columns_of
from kg.errors import OutputError
from kg.extras import extra
from kg.table_shape import Record, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["workbook"]

_MOST_ROWS = 1_048_575
"""Rows that a sheet of Excel holds below its header."""

_LONGEST = 32_767
"""Characters that a cell of Excel holds."""

_FIRST_DAY = date(1900, 3, 1)
"""The first day that every spreadsheet program counts alike (Excel knows a 29 February 1900); earlier ones stay text."""

_MADE = datetime(2000, 1, 1)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CODEBOOK = "说明 codebook"
_HEADER = ("表 table", "表名", "列 column", "类型 type", "说明", "meaning")
_KINDS = {
    "text": "文本 text",
    "integer": "整数 integer",
    "decimal": "数值 number",
    "boolean": "是否 true/false",
    "date": "日期 date",
}
_NOTES = (
    f"超过 {_LONGEST} 字的文本以“…”截断。Texts longer than {_LONGEST} characters end in …",
    "空单元格表示文件未说明。An empty cell means that the document does not say.",
)
_WIDTHS = {"text": 24, "integer": 10, "decimal": 14, "boolean": 8, "date": 12}


def workbook(tables: Mapping[str, Sequence[Record]]) -> bytes:
    """Return the workbook of all tables, given by name; equal tables give equal bytes.

    Raises `OutputError` where xlsxwriter is not installed and where a table has more rows than a sheet holds.
    """
    for name, records in tables.items():
        if len(records) > _MOST_ROWS:
            raise OutputError(
                f"{name}: {len(records)} rows, and a sheet of Excel holds {_MOST_ROWS}: take --format parquet or csv"
            )
    out = io.BytesIO()
    with extra("xlsxwriter", "tables").Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _MADE})
        bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        _write_codebook(book.add_worksheet(_CODEBOOK), bold)
        for name, records in tables.items():
            _write_table(book.add_worksheet(name), name, records, (bold, day))
    return out.getvalue()


def _write_codebook(sheet: Worksheet, bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    for at, (head, width) in enumerate(zip(_HEADER, (24, 18, 18, 18, 48, 60), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, bold)
    known = tuple(codebook())
    for row, info in enumerate(known, start=1):
        cells = (info.table, TABLE_NAMES[info.table], info.column, _KINDS[info.kind], info.zh, info.en)
        for at, text in enumerate(cells):
            sheet.write_string(row, at, text)
    sheet.autofilter(0, 0, len(known), len(_HEADER) - 1)
    for below, note in enumerate(_NOTES, start=len(known) + 2):
        sheet.write_string(below, 0, note)


def _write_table(sheet: Worksheet, name: str, records: Sequence[Record], formats: tuple[Format, Format]) -> None:
    bold, day = formats
    columns = tuple(columns_of(name))
    sheet.freeze_panes(1, 0)
    for at, info in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS[info.kind])
        sheet.write_string(0, at, info.column, bold)
    for row, record in enumerate(records, start=1):
        for at, info in enumerate(columns):
            _write(sheet, (row, at), record[info.column], day)
    sheet.autofilter(0, 0, max(len(records), 1), len(columns) - 1)


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, day: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(*at, float(value))
    elif isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), day)
    else:
        text = value.isoformat() if isinstance(value, date) else value
        sheet.write_string(*at, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
