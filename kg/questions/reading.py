"""Read a query file: the comment block at its head tells the question, its parameters and its columns.

A parameter is a line `VALUES ?name { … }` in the query itself, which holds its default. So every file runs as it is on any
SPARQL 1.1 endpoint, and binding is the same for all engines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError

__all__ = ["ANY", "Column", "Parameter", "Question", "parse", "read", "read_question"]

ANY = "any"
"""The value that leaves a parameter open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a question asks of its user; without a value it takes its default, and `any` leaves it open."""

    name: str
    type: str
    default: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column of the answer holds."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One query file: the question in two languages, its parameters and columns, and its SPARQL."""

    name: str
    question_en: str
    question_zh: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


_HEADER = re.compile(r"# (?P<key>en|zh|param|column): (?P<text>.+)")
_PARAMETER = re.compile(r"(?P<name>\w+) \((?P<type>[\w-]+), (?:required|default (?P<default>\S.*?))\): (?P<text>.+)")
_COLUMN = re.compile(r"(?P<name>\w+): (?P<text>.+)")


def read_question(path: Path) -> Question:
    """Read one query file under the name of its stem; raises `QueryError` where it cannot be read."""
    return read(path, path.stem)


def read(path: Path, name: str) -> Question:
    """Read one query file under a name; raises `QueryError` where it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error


def parse(sparql: str, name: str) -> Question:
    """Read the comment block at the head of a query; raises `QueryError` for a line that describes nothing."""
    header: dict[str, list[str]] = {"en": [], "zh": [], "param": [], "column": []}
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line):
            header[match["key"]].append(match["text"])
    return Question(
        name=name,
        question_en=" ".join(header["en"]),
        question_zh="".join(header["zh"]),
        parameters=tuple(_parameter(text, name) for text in header["param"]),
        columns=tuple(_column(text, name) for text in header["column"]),
        sparql=sparql,
    )


def _parameter(text: str, name: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no parameter: write 'name (type, default any): text'")
    return Parameter(name=match["name"], type=match["type"], default=match["default"], text=match["text"])


def _column(text: str, name: str) -> Column:
    match = _COLUMN.fullmatch(text)
    if not match:
        raise QueryError(f"{name}: {text!r} describes no column: write 'name: text'")
    return Column(name=match["name"], text=match["text"])
