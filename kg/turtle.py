"""Write Turtle for people: prefixes once, subjects in the order of the data, properties in reading order, values by name.

The engine writes Turtle fast and in an order of its own, so the order is made here, on the lines of its text, before any
triple becomes a Python object: that is what makes it ten times as fast as rdflib (`benchmarks/export.py` prints the ratio).
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.layers import SPOKEN, Layer, natural, place
from kg.vocabulary import CLASSES, PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from pyoxigraph import Triple

    from kg.layers import Graphs
    from kg.vocabulary import Names

__all__ = ["sort_turtle", "spoken_prefixes", "turtle_block", "turtle_prefixes", "write_evidence", "write_turtle"]

_UNSPOKEN = ("copy", "run", "span", "position", "quote", "facts", "evidence", "graph", "oa")
"""Prefixes that only the evidence uses."""

# What the engine puts between subjects, properties and values. A line feed in a text is written as \n, so the first two
# are never part of a text; a comma may be.
_SUBJECT, _PROPERTY, _VALUE = " .\n", " ;\n\t", " , "

_PREFIX_LINES = re.compile(r"\A(?:@prefix .*\n)+")
_TEXT = r'"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^\S+)?'
_VALUES = re.compile(rf"{_TEXT}|\S+(?<!,)")


def write_turtle(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write facts and register as Turtle."""
    _write(graphs, SPOKEN, spoken_prefixes(names), file)


def write_evidence(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write where each fact is said, as Turtle."""
    _write(graphs, (Layer.EVIDENCE,), names.prefixes(), file)


def spoken_prefixes(names: Names) -> dict[str, str]:
    """Give the prefixes of facts and register, without those that only the evidence uses."""
    return {prefix: iri for prefix, iri in names.prefixes().items() if prefix not in _UNSPOKEN}


def turtle_prefixes(prefixes: Mapping[str, str]) -> bytes:
    """Give the lines that declare prefixes, in the order given."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()).encode()


def turtle_block(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Give triples, together by subject and property, as Turtle without the lines of prefixes, in their own order."""
    block = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    return _spaced(_subjects(block))


def sort_turtle(block: bytes) -> bytes:
    """Sort the Turtle of the engine, and leave out its lines of prefixes; a blank line stands before each subject.

    What is told of a subject may stand in several places: a store in memory gives triples as they came in.
    """
    subjects: dict[str, list[str]] = {}
    for told in _subjects(block):
        subject, _, rest = told.partition(" ")
        subjects.setdefault(subject, []).extend(rest.split(_PROPERTY))
    by_place = sorted(subjects, key=lambda subject: place(*subject.partition(":")[::2]))
    return _spaced(f"{subject} {_PROPERTY.join(_sorted(subjects[subject]))}" for subject in by_place)


def _write(graphs: Graphs, wanted: tuple[Layer, ...], prefixes: Mapping[str, str], file: BinaryIO) -> None:
    file.write(turtle_prefixes(prefixes))
    for part in graphs:
        if part.layer in wanted:
            file.write(sort_turtle(part.turtle(prefixes)))


def _subjects(block: bytes) -> list[str]:
    return _PREFIX_LINES.sub("", block.decode()).split(_SUBJECT)[:-1]


def _spaced(subjects: Iterable[str]) -> bytes:
    return "".join(f"\n{told}{_SUBJECT}" for told in subjects).encode()


def _sorted(lines: list[str]) -> list[str]:
    """Sort the properties of a subject, each on its line, and the values of each that has several."""
    told: dict[str, str] = {}
    for line in lines:
        name, _, values = line.partition(" ")
        told[name] = f"{told[name]}{_VALUE}{values}" if name in told else values
    ranks = _ranks()
    last = len(ranks)
    names = sorted(told, key=lambda name: ranks.get(name) or (last, name))
    return [f"{name} {_several(name, told[name]) if _VALUE in told[name] else told[name]}" for name in names]


def _several(name: str, values: str) -> str:
    """Sort the values of a property: classes in their order, everything else by name."""
    each = _VALUES.findall(values) if '"' in values else values.split(_VALUE)
    classes = _classes() if name == "a" else {}
    return _VALUE.join(sorted(each, key=lambda value: (classes.get(value, len(classes)), natural(value))))


@cache
def _ranks() -> Mapping[str, tuple[int, str]]:
    names = {"a" if name == "rdf:type" else name: rank for rank, name in enumerate(PROPERTIES)}
    return MappingProxyType({name: (rank, "") for name, rank in names.items()})


@cache
def _classes() -> Mapping[str, int]:
    return MappingProxyType({name: rank for rank, name in enumerate(CLASSES)})
