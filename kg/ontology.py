"""Read what the files of `ontology/` state about the data: its prefixes, classes, properties, shortcuts and printed codes.

`profile.csv` is the application profile: the terms that data uses, in reading order, with the kind of each property's values.
The Turtle beside it defines them; a test holds both together.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.assets import asset
from kg.errors import KgError

__all__ = ["VERSION", "Kind", "Stated", "classes", "prefixes", "printed", "properties", "shortcuts", "version"]

K = TypeVar("K")
V = TypeVar("V")


VERSION = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
"""The property by which the ontology states its version."""


class Kind(StrEnum):
    """What the value of a property is in RDF."""

    CLASS = "class"  # a class, written as prefix:name
    NODE = "node"  # another node
    LABEL = "label"  # text for people, tagged with its language
    STRING = "string"  # characters as printed, or a code
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


class Stated(Mapping[K, V], Generic[K, V]):
    """A mapping that is read when it is first used, for nothing happens at import.

    >>> Stated(lambda: {"resp": 1})["resp"]
    1
    """

    def __init__(self, read: Callable[[], Mapping[K, V]]) -> None:
        self._read = cache(read)

    def __getitem__(self, key: K) -> V:
        return self._read()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __repr__(self) -> str:
        return repr(dict(self))


def prefixes() -> dict[str, str]:
    """Return the namespace of each prefix of terms and concepts."""
    return _profile("prefix")


def classes() -> dict[str, str]:
    """Return the classes of which the data has members; the values are empty."""
    return _profile("class")


def properties() -> dict[str, Kind]:
    """Return the kind of the values of each property that the data uses."""
    return {name: Kind(value) for name, value in _profile("property").items()}


def shortcuts() -> dict[str, str]:
    """Return the shortcut property of each role by its notation, as `resp:shortcutOfRole` states it."""
    known = prefixes()
    return {
        _local(quad.object, known["role"]): f"resp:{_local(quad.subject, known['resp'])}"
        for quad in _triples("responsibility.ttl")
        if quad.predicate.value == known["resp"] + "shortcutOfRole"
    }


def printed(prefix: str) -> dict[str, str]:
    """Return the notation of each concept of a code list of `roles.ttl` by its Chinese label, which documents print.

    >>> printed("attribute")["约束性"]
    'binding'
    """
    known = prefixes()
    return {
        quad.object.value: _local(quad.subject, known[prefix])
        for quad in _triples("roles.ttl")
        if quad.predicate.value == known["skos"] + "prefLabel"
        and isinstance(quad.object, Literal)
        and quad.object.language == "zh"
        and str(quad.subject).startswith(f"<{known[prefix]}")
    }


def version() -> str:
    """Return the version that the ontology states of itself."""
    return next(
        quad.object.value
        for quad in _triples("responsibility.ttl")
        if quad.predicate == VERSION and isinstance(quad.object, Literal)
    )


def _profile(kind: str) -> dict[str, str]:
    return {row["term"]: row["value"] for row in _rows() if row["kind"] == kind}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with asset("ontology", "profile.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _triples(name: str) -> Iterable[Quad]:
    return parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)


def _local(node: object, namespace: str) -> str:
    if not isinstance(node, NamedNode) or not node.value.startswith(namespace):
        raise KgError(f"ontology: {node} is no term of {namespace}: install policy-responsibility-graph again")
    return node.value.removeprefix(namespace)
