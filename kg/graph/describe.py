"""Turn descriptions, a node with its properties and plain Python values, into quads of one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocabulary import LANGUAGE, PROPERTIES, Kind, term

__all__ = ["Description", "Value", "describe"]

Value = NamedNode | str | int | Decimal | date | None
Description = tuple[NamedNode, Mapping[str, Value | tuple[Value, ...]]]
"""A node and its properties as prefix:name; None stands for what is not known and gives no triple."""

_DATATYPES = {
    Kind.BOOLEAN: "xsd:boolean",
    Kind.INTEGER: "xsd:integer",
    Kind.DECIMAL: "xsd:decimal",
    Kind.DATE: "xsd:date",
}


def describe(descriptions: Iterable[Description], graph: NamedNode) -> Iterator[Quad]:
    """Yield each triple of the descriptions once, in their order, in one graph."""
    seen: set[Quad] = set()
    for subject, properties in descriptions:
        for name, values in properties.items():
            if values is None:
                continue
            predicate, kind = _property(name)
            for value in values if isinstance(values, tuple) else (values,):
                if value is not None:
                    quad = Quad(subject, predicate, _object(kind, value), graph)
                    if quad not in seen:
                        seen.add(quad)
                        yield quad


@cache
def _property(name: str) -> tuple[NamedNode, Kind]:
    return term(name), PROPERTIES[name]


def _object(kind: Kind, value: NamedNode | str | int | Decimal | date) -> NamedNode | Literal:
    if isinstance(value, NamedNode):
        return value
    if kind is Kind.CLASS:
        return term(str(value))
    if kind is Kind.LABEL:
        return Literal(str(value), language=LANGUAGE)
    if kind is Kind.STRING:
        return Literal(str(value))
    return Literal(_lexical(value), datatype=term(_DATATYPES[kind]))


def _lexical(value: str | int | Decimal | date) -> str:
    """Write a value in the canonical form that Oxigraph gives back, so that a file and a dump agree: 60, not 60.0."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        written = f"{value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    return str(value)
