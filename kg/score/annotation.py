"""Annotations of a document by hand: JSON goes in, an `Annotation` comes out, which says only what its author judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, NoReturn

import msgspec

from kg.errors import ScoreError
from kg.records import CitationRelation, Comparator, DocumentKind, Role
from kg.records_check import explain
from kg.records_file import json_schema

__all__ = [
    "AnnotatedCitation",
    "AnnotatedCommitment",
    "AnnotatedDocument",
    "AnnotatedDuty",
    "AnnotatedIndicator",
    "AnnotatedProject",
    "AnnotatedTask",
    "Annotation",
    "loads",
    "schema",
]

_ALIKE = 0.8
"""From here on a key that the format lacks is taken for a slip of the pen, by `difflib`'s ratio."""

Number = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDocument:
    """What the document says of itself; a field that is left out or null is not judged."""

    file: str | None = None
    sha256: str | None = None
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    region: str | None = None
    region_code: str | None = None
    parent_region: str | None = None
    date_issued: date | None = None
    date_published: date | None = None
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDuty:
    """One body with one role in a task, written as in the document."""

    dept: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedTask:
    """A task; `anchor` is the beginning of its text, at least six characters of it."""

    n: str
    title: str | None = None
    section: tuple[str, ...] = ()
    anchor: str | None = None
    duties: tuple[AnnotatedDuty, ...] = ()
    clause: str | None = None
    open: bool = False
    deadlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedCommitment:
    """A promise with a number, in base units."""

    value: Number
    task: str | None = None
    metric: str | None = None
    op: Comparator | None = None
    value_max: Number | None = None
    unit: str | None = None
    by: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedIndicator:
    """A row of a table of indicators; `values` as printed, by year or `baseline`."""

    name: str
    n: int | str | None = None
    group: str | None = None
    unit: str | None = None
    attr: str | None = None
    depts: tuple[str, ...] = ()
    values: dict[str, Number] | None = None
    aligned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedProject:
    """A row of a list of projects; money in 万元 (10,000 yuan)."""

    name: str
    list: str | None = None
    n: int | str | None = None
    type: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    investment_wan: Number | None = None
    central_wan: Number | None = None
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    implement: tuple[str, ...] = ()
    goal_quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedCitation:
    """An act that the document names."""

    title: str
    number: str | None = None
    relation: CitationRelation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """The facts of one document as a person reads them; a list that is left out was not judged, an empty one has no fact."""

    doc: AnnotatedDocument
    tasks: tuple[AnnotatedTask, ...] | None = None
    commitments: tuple[AnnotatedCommitment, ...] | None = None
    indicators: tuple[AnnotatedIndicator, ...] | None = None
    projects: tuple[AnnotatedProject, ...] | None = None
    citations: tuple[AnnotatedCitation, ...] | None = None
    people: tuple[str, ...] = ()


def loads(text: str, name: str = "annotation") -> Annotation:
    """Read an annotation from JSON.

    Raises `ScoreError` that names the file, the path inside it and what is expected there.
    """
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        json.dumps(data, ensure_ascii=False).encode()  # half a character, as \ud800, can be escaped but not printed
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ScoreError(f"{name}: {place}: {error.msg}: mend the JSON there") from error
    except (ValueError, RecursionError) as error:
        raise ScoreError(f"{name}: no JSON of an annotation: {error}: mend it there") from error
    if not isinstance(data, dict) or "doc" not in data:
        raise ScoreError(f"{name}: no annotation: expected an object with the keys {', '.join(_names(Annotation))}")
    try:
        annotation = msgspec.convert(data, Annotation)
    except msgspec.ValidationError as error:
        raise ScoreError(f"{name}: {explain(str(error), Annotation)}") from error
    for problem in _slips(data, annotation, "$"):
        raise ScoreError(f"{name}: {problem}")
    return annotation


def schema() -> str:
    """Return the JSON Schema of an annotation as JSON text."""
    return json_schema(Annotation, "Annotation of one document by hand, a reference for `kg score`", closed=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that comes twice, where `json` would keep the last."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return made


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of a document")


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _slips(data: Any, record: Any, path: str) -> Iterator[str]:
    """Find keys that look like slips of the pen; at the top every unknown one, further in one that is much like another.

    Annotators keep notes of their own beside a fact, and these are passed over; `dutties` would lose a fact.
    """
    if isinstance(record, tuple):
        for at, (item, held) in enumerate(zip(data or (), record, strict=True)):
            yield from _slips(item, held, f"{path}[{at}]")
    elif is_dataclass(record) and isinstance(data, dict):
        names = _names(type(record))
        for key, item in data.items():
            if key in names:
                yield from _slips(item, getattr(record, key), f"{path}.{key}")
            elif path == "$" or get_close_matches(key.lower(), names, n=1, cutoff=_ALIKE):
                yield f"{path}.{' '.join(key.split())}: no such field: expected one of {', '.join(names)}"
