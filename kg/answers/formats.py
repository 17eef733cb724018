"""Write an answer as a file: rows as a table, CSV, TSV, JSON, XLSX or Markdown, a graph as Turtle, N-Triples or JSON-LD.

Equal answers give equal bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kg.answers.answer import Answer, Plain
from kg.answers.graphs import write_jsonld, write_ntriples, write_turtle
from kg.answers.workbook import write_xlsx
from kg.columns import aligned
from kg.errors import OutputError

__all__ = ["FORMATS", "Format", "format_of", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is written, the suffixes of its files, whether a terminal can show it, whether it is for graphs."""

    write: Callable[[Answer], bytes]
    suffixes: tuple[str, ...]
    binary: bool = False
    graph: bool = False


def write(answer: Answer, form: str) -> bytes:
    """Return an answer in one of `FORMATS`.

    Raises `OutputError` for an unknown format, for rows where a graph is asked for, and where a format cannot hold them.
    """
    if form not in FORMATS:
        raise OutputError(f"no format is called {form!r}: choose one of {', '.join(FORMATS)}")
    if FORMATS[form].graph and not answer.graph:
        raise OutputError(f"this answer has no triples: {form} is for CONSTRUCT and DESCRIBE, take csv or json")
    return FORMATS[form].write(answer)


def format_of(path: Path) -> str:
    """Return the format that the suffix of a file names; raises `OutputError` where it names none."""
    for name, form in FORMATS.items():
        if path.suffix.lower() in form.suffixes:
            return name
    suffixes = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
    raise OutputError(f"{path}: the suffix {path.suffix!r} names no format: take one of {suffixes}, or --format")


def _table(answer: Answer) -> bytes:
    return ("\n".join(aligned(answer.columns, answer.strings())) + "\n").encode()


def _separated(answer: Answer, delimiter: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.strings())
    return out.getvalue().encode()


def _json(answer: Answer) -> bytes:
    rows = [dict(zip(answer.columns, map(_value, row), strict=True)) for row in answer.plain()]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _value(value: Plain) -> str | int | float | bool | None:
    """Give dates as text and decimals as numbers, whole ones as integers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _markdown(answer: Answer) -> bytes:
    lines = [_cells(answer.columns), "|---" * len(answer.columns) + "|", *map(_cells, answer.strings())]
    return ("\n".join(lines) + "\n").encode()


def _cells(row: tuple[str, ...]) -> str:
    return f"| {' | '.join(_cell(cell) for cell in row)} |"


def _cell(text: str) -> str:
    """Write a text so that Markdown shows it as it stands, on one line."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return "<br>".join(escaped.splitlines())


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "table": Format(_table, (".txt",)),
        "csv": Format(lambda answer: _separated(answer, ","), (".csv",)),
        "tsv": Format(lambda answer: _separated(answer, "\t"), (".tsv",)),
        "json": Format(_json, (".json",)),
        "xlsx": Format(write_xlsx, (".xlsx",), binary=True),
        "markdown": Format(_markdown, (".md",)),
        "ttl": Format(write_turtle, (".ttl",), graph=True),
        "nt": Format(write_ntriples, (".nt",), graph=True),
        "jsonld": Format(write_jsonld, (".jsonld",), graph=True),
    }
)
"""The formats of answers by name; those of rows hold a graph too, as its triples."""
