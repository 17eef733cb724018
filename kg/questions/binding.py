"""Bind parameters: a question and values go in, SPARQL comes out whose `VALUES` lines hold them as terms, never as raw text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kg.answers import Plain
from kg.errors import QueryError
from kg.questions.reading import ANY, Parameter, Question
from kg.vocabulary import LANGUAGE, PREFIXES, term

__all__ = ["CONCEPTS", "bind", "require"]

CONCEPTS = {"function": "func", "role": "role", "attribute": "attribute", "basis": "basis", "level": "level"}
"""The types whose values are concepts, with the prefix of their code list."""

_VALUES = re.compile(r"VALUES\s+\?(?P<name>\w+)\s*\{[^{}]*\}")
_LITERALS = {"code": "string", "text": "string", "date": "date", "integer": "integer", "decimal": "decimal"}


def bind(question: Question, parameters: Mapping[str, Plain]) -> str:
    """Return the SPARQL of a question with its parameters bound, ready for any SPARQL 1.1 engine.

    Raises `QueryError` for a parameter that is missing, unknown or of the wrong type.
    """
    require(question, parameters)
    known = {parameter.name: parameter for parameter in question.parameters}
    terms = {name: _term(question, known[name], value) for name, value in parameters.items()}

    def replace(match: re.Match[str]) -> str:
        bound = terms.get(match["name"])
        return f"VALUES ?{match['name']} {{ {bound} }}" if bound else match[0]

    return _VALUES.sub(replace, question.sparql)


def require(question: Question, parameters: Mapping[str, Plain]) -> None:
    """Raise `QueryError` for a parameter that is unknown, and for one that is missing."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in parameters:
        if name not in known:
            raise QueryError(f"{question.name}: no parameter {name!r}; it takes {', '.join(known) or 'none'}")
    for name, parameter in known.items():
        if parameter.default is None and name not in parameters:
            raise QueryError(f"{question.name}: needs {name} ({parameter.type}): {parameter.text}")


def _term(question: Question, parameter: Parameter, value: Plain) -> str:
    """Write a value as a term; pyoxigraph escapes and checks what it is given, so that no value can end the term."""
    kind, text = parameter.type, str(value)
    if value is None or text == ANY:
        return "UNDEF"
    try:
        if kind == "name":
            return str(Literal(text, language=LANGUAGE))
        if kind in _LITERALS:
            return str(Literal(_lexical(kind, text), datatype=term(f"xsd:{_LITERALS[kind]}")))
        return str(_concept(kind, text))
    except (ValueError, InvalidOperation) as error:
        raise QueryError(f"{question.name}: {parameter.name}={text!r} is no {kind}: {parameter.text}") from error
    except KeyError as error:
        raise QueryError(f"{question.name}: the parameter {parameter.name} has an unknown type {kind!r}") from error


def _concept(kind: str, text: str) -> NamedNode:
    return NamedNode(text if text.startswith("http") else PREFIXES[CONCEPTS[kind]] + text)


def _lexical(kind: str, text: str) -> str:
    """Return the lexical form of a typed value; raises `ValueError` or `InvalidOperation` where it has none."""
    if kind == "date":
        return date.fromisoformat(text).isoformat()
    if kind == "integer":
        return str(int(text))
    if kind == "decimal":
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError(text)
        return f"{number:f}"
    return text
