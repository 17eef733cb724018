"""What one side says of one document, in the form that is compared, and how records and annotations come to share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.records import DocumentInfo, Project
from kg.score.annotation import AnnotatedDocument, AnnotatedProject
from kg.score.comparing import figure, folded
from kg.score.relations import Relation

__all__ = ["HEAD", "Fact", "Reading", "Unit", "by_relation", "mark_of", "project_says", "says_of_itself"]

HEAD = 80
"""Characters at the beginning of a task in which the other side's mark is looked for."""

_MARK, _LEAST_MARK = 12, 6
"""The characters of a mark, and the fewest that tell tasks apart."""

_DOCUMENT = ("title", "number", "issuer", "region", "region_code", "date_issued", "date_published", "kind")
_PROJECT = ("type", "start", "end", "place", "investment_wan", "central_wan")
_ONCE = (Relation.DUTIES, Relation.DUTIES_WITHOUT_ROLE, Relation.DEADLINES, Relation.CITATIONS)
"""What is one fact however often it is said: in a task, or in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A task as the other side's is looked for: `head` is its beginning, and `mark` what the other's head must contain.

    `start` and `end` are None in an annotation, which has no offsets.
    """

    id: str
    number: str
    title: str
    head: str
    mark: str | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: `said` is compared, and so is `task`, the unit in which it stands, None where that does not matter.

    `place`, a number path or another name, `quote` and the offsets tell a person where to look; an annotation has no
    offsets.
    """

    relation: Relation
    said: tuple[str, ...]
    task: str | None = None
    place: str = ""
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All facts of one document on one side; a relation that is not in `facts` was not judged.

    `complete` says that an empty field states that the document has none, as in records; an annotation leaves empty
    what it does not judge.
    """

    name: str
    sha256: str | None
    file: str | None
    number: str
    title: str
    complete: bool
    units: tuple[Unit, ...]
    facts: Mapping[Relation, tuple[Fact, ...]]


def mark_of(text: str | None) -> str | None:
    """Give the beginning of a task's text by which the other side's is known, None where it is too short."""
    mark = folded(text)[:_MARK]
    return mark if len(mark) >= _LEAST_MARK else None


def by_relation(facts: Iterable[Fact], judged: Iterable[Relation]) -> dict[Relation, tuple[Fact, ...]]:
    """Sort facts by the relations that are judged; what counts once is kept once."""
    sorted_facts: dict[Relation, list[Fact]] = {relation: [] for relation in judged}
    seen: set[tuple[Relation, str | None, tuple[str, ...]]] = set()
    for fact in facts:
        key = (fact.relation, fact.task, fact.said)
        if fact.relation in sorted_facts and not (fact.relation in _ONCE and key in seen):
            seen.add(key)
            sorted_facts[fact.relation].append(fact)
    return {relation: tuple(held) for relation, held in sorted_facts.items()}


def says_of_itself(document: DocumentInfo | AnnotatedDocument) -> Iterator[Fact]:
    """Give a fact for each field that is filled in."""
    for name in _DOCUMENT:
        if value := folded(getattr(document, name)):
            yield Fact(relation=Relation.DOCUMENT, said=(name, value))


def project_says(project: Project | AnnotatedProject) -> tuple[tuple[str, ...], ...]:
    """Give each field that is filled in, or the name alone where none is."""
    name = folded(project.name)
    filled = ((field, figure(getattr(project, field))) for field in _PROJECT)
    return tuple((name, field, value) for field, value in filled if value) or ((name, "name", name),)
