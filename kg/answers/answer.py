"""Hold the answer to a question: rows of RDF terms go in, rows of plain Python values or strings come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocabulary import PREFIXES

__all__ = ["TRIPLE", "Answer", "Plain", "Term", "plain"]

Term = NamedNode | BlankNode | Literal | Triple
Plain = str | int | float | Decimal | date | bool | None
"""A value of an answer in Python: an IRI and a text are strings."""

TRIPLE = ("subject", "predicate", "object")
"""The columns of an answer that is a graph."""

_CONVERSIONS: Mapping[str, Callable[[str], Plain]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "date": date.fromisoformat,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows of an answer as RDF terms; ASK gives one row `answer`, a graph rows of `TRIPLE`, sorted."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    graph: bool = False

    def plain(self) -> list[tuple[Plain, ...]]:
        """Give the rows as plain Python values."""
        return [tuple(plain(value) for value in row) for row in self.rows]

    def strings(self) -> list[tuple[str, ...]]:
        """Give the rows as strings, an empty one where there is no value."""
        return [tuple(_string(value) for value in row) for row in self.rows]


def plain(value: Term | None) -> Plain:
    """Return the plain Python value of a term.

    >>> from kg.vocabulary import term
    >>> plain(Literal("2031-06-30", datatype=term("xsd:date")))
    datetime.date(2031, 6, 30)
    """
    if not isinstance(value, Literal):
        return None if value is None else _string(value)
    text, kind = value.value, value.datatype.value.removeprefix(PREFIXES["xsd"])
    if kind == "boolean":
        return text in {"true", "1"}
    convert = _CONVERSIONS.get(kind)
    return convert(text) if convert else text


def _string(value: Term | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, Triple) else value.value
