"""Resolve what people write (民政, 万州, 重庆市万州区民政局) to the terms of one dataset, which is asked by SPARQL only.

A slip of the pen would give an answer without rows, which reads as "nothing is due": what is not there is refused, and what
can mean several asks back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pyoxigraph import NamedNode

from kg.errors import AmbiguityError, QueryError
from kg.questions.binding import Value, require
from kg.questions.lookup import WAYS, Ask, Choice, Lookup
from kg.questions.reading import ANY, Parameter, Question

__all__ = ["Ask", "resolve"]

_FEW = 8
"""Choices that an error lists."""


def resolve(question: Question, parameters: Mapping[str, Value], answer: Ask) -> dict[str, Value]:
    """Give names as people write them the terms of the dataset, ready for `bind`.

    A region among the parameters tells bodies of one name apart. Raises `QueryError` for a parameter that is missing,
    unknown or of the wrong type and for a name that is not there, `AmbiguityError` for one that can mean several.
    """
    require(question, parameters)
    known, lookup = dict(parameters), Lookup(answer)
    for parameter in sorted(question.parameters, key=lambda parameter: parameter.type != "region"):
        value = parameters.get(parameter.name)
        if not isinstance(value, str | int) or value == ANY or parameter.type not in WAYS:
            continue
        value = str(value)
        if value.startswith(("http://", "https://")) and parameter.type != "region":
            known[parameter.name] = _node(question, parameter, value)
            continue
        known[parameter.name] = found = _one(question, parameter, value, lookup).term
        if parameter.type == "region":
            lookup = Lookup(answer, str(getattr(found, "value", "")))
    return known


def _node(question: Question, parameter: Parameter, value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        raise QueryError(
            f"{question.name}: {parameter.name}={value!r} is no {parameter.type}: {parameter.text}"
        ) from error


def _one(question: Question, parameter: Parameter, text: str, lookup: Lookup) -> Choice:
    """Return the only choice that a text leaves."""
    way = WAYS[parameter.type]
    found = {choice.term: choice for choice in way.find(lookup, text.strip())}
    if len(found) == 1:
        return next(iter(found.values()))
    where = f"{question.name}: {parameter.name}={text!r}"
    if found:
        names = _names(found.values())
        raise AmbiguityError(f"{where} can mean {_listed(names)}: write one of them", names)
    names = _names(way.all(lookup))
    near = tuple(get_close_matches(text, names, n=3, cutoff=0.4)) if len(names) > _FEW else ()
    told = f"did you mean {', '.join(near)}?" if near else f"it has {_listed(names) or 'none'}"
    raise QueryError(f"{where} is not in this store: {told}")


def _names(choices: Iterable[Choice]) -> tuple[str, ...]:
    """Give the names by which choices are told apart, sorted: the IRI or code where several have one name."""
    listed = set(choices)
    borne = Counter(choice.name for choice in listed)
    return tuple(sorted({c.name if borne[c.name] == 1 else c.term.value for c in listed}))


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f"{', '.join(names[:_FEW])}{more}"
