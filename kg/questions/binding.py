"""Bind parameters: a question and values go in, SPARQL comes out whose `VALUES` lines hold them as terms, never as raw text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.answers import Plain, Term
from kg.errors import QueryError
from kg.questions.reading import ANY, Parameter, Question
from kg.vocabulary import LANGUAGE, PREFIXES, term

__all__ = ["CONCEPTS", "Value", "bind", "fill", "require", "terms"]

Value = Plain | Term
"""What a parameter can be given: a plain value, or a term that stands for itself."""

CONCEPTS = {"function": "func", "role": "role", "attribute": "attribute", "basis": "basis", "level": "level"}
"""The types whose values are concepts, with the prefix of their code list."""

_VALUES = re.compile(r"VALUES\s+\?(?P<name>\w+)\s*\{[^{}]*\}")
_DATE = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?|月)?|年)?")


def bind(question: Question, parameters: Mapping[str, Value]) -> str:
    """Return the SPARQL of a question with its parameters bound, ready for any SPARQL 1.1 engine.

    Names of bodies, departments and documents are taken as IRIs here; `resolve` finds these. Raises `QueryError` for a
    parameter that is missing, unknown or of the wrong type.
    """
    require(question, parameters)
    return fill(question.sparql, {name: [value] for name, value in terms(question, parameters).items()})


def terms(question: Question, parameters: Mapping[str, Value]) -> dict[str, Term | None]:
    """Return the values as terms, None for one that is left open; raises `QueryError` for a value of the wrong type."""
    known = {parameter.name: parameter for parameter in question.parameters}
    return {name: _term(question, known[name], value) for name, value in parameters.items()}


def fill(sparql: str, terms: Mapping[str, Sequence[Term | None]]) -> str:
    """Put terms between the braces of `VALUES ?name { … }`, where None leaves a variable open.

    pyoxigraph writes the terms and checked them when they were made, so that no value can end its term.
    """

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in terms:
            return match[0]
        written = " ".join("UNDEF" if value is None else str(value) for value in terms[name])
        return f"VALUES ?{name} {{ {written} }}"

    return _VALUES.sub(replace, sparql)


def require(question: Question, parameters: Mapping[str, Value]) -> None:
    """Raise `QueryError` for a parameter that is unknown, and for one that is missing."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in known:
            raise QueryError(f"{question.name}: no parameter {name!r}; it takes {', '.join(known) or 'none'}")
    for name, parameter in known.items():
        if parameter.default is None and name not in parameters:
            raise QueryError(f"{question.name}: needs {name} ({parameter.type}): {parameter.text}")


def _term(question: Question, parameter: Parameter, value: Value) -> Term | None:
    kind, text = parameter.type, str(value)
    if value is None or text == ANY:
        return None
    if isinstance(value, NamedNode | BlankNode | Literal | Triple):
        return value
    try:
        return _concept(kind, text) if kind in CONCEPTS else _TERMS[kind](text)
    except (ValueError, InvalidOperation) as error:
        raise QueryError(f"{question.name}: {parameter.name}={text!r} is no {kind}: {parameter.text}") from error
    except KeyError as error:
        raise QueryError(f"{question.name}: the parameter {parameter.name} has an unknown type {kind!r}") from error


def _concept(kind: str, text: str) -> NamedNode:
    return NamedNode(text if text.startswith("http") else PREFIXES[CONCEPTS[kind]] + text)


def _number(text: str) -> Literal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return Literal(f"{number:f}", datatype=term("xsd:decimal"))


def _day(text: str, *, last: bool = True) -> Literal:
    """Read a day as people write it; of a month or a year alone the last day is meant, or the first.

    >>> _day("2031年6月").value, _day("2031", last=False).value
    ('2031-06-30', '2031-01-01')
    """
    match = _DATE.fullmatch(text.strip().removesuffix("底"))
    if not match:
        raise ValueError(text)
    year, month = int(match["year"]), int(match["month"] or (12 if last else 1))
    day = int(match["day"] or (monthrange(year, month)[1] if last else 1))
    return Literal(date(year, month, day).isoformat(), datatype=term("xsd:date"))


def _label(text: str) -> Literal:
    return Literal(text, language=LANGUAGE)


_TERMS: Mapping[str, Callable[[str], Term]] = {
    "text": Literal,
    "region": Literal,
    "code": Literal,
    "name": _label,
    "indicator": _label,
    "task": _label,
    "integer": lambda text: Literal(int(text)),
    "decimal": _number,
    "date": _day,
    "start-date": lambda text: _day(text, last=False),
    "body": NamedNode,
    "department": NamedNode,
    "document": NamedNode,
}
"""How a value of each type becomes a term; raises `ValueError` or `InvalidOperation` where it cannot."""
