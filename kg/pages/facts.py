"""List the facts of a plan for a reader who checks them: records and a text go in, facts with their places come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kg.pages.layout import shorten
from kg.pages.places import Mark, find_date, find_words, locate
from kg.pages.wording import Wording
from kg.records import (
    Achievement,
    Citation,
    Commitment,
    Deadline,
    DocumentKind,
    Indicator,
    Plan,
    Project,
    Responsibility,
    Task,
    Unread,
)

__all__ = ["KINDS", "Fact", "Facts", "list_facts"]

KINDS = (
    "task",
    "lead",
    "responsible",
    "support",
    "implement",
    "deadline",
    "commitment",
    "indicator",
    "project",
    "achievement",
    "citation",
    "metadata",
    "unread",
)
"""Kinds of facts in the order of the legend."""

_TITLE_REACH = 120
"""A task's title stands before its text, or in its beginning: so many characters are searched."""

_UNREAD_EMS = 28
"""Of the words of a place that was not read, in the list of such places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact as a page shows it.

    `evidence` are the words that say it, None where the document does not hold them; `mark` are those of them that name
    it, such as the department in a clause. `details` are the fields of its record, `parts` the facts inside it.
    """

    key: str
    kind: str
    id: str
    label: str
    evidence: Mark | None
    mark: Mark | None
    details: tuple[tuple[str, str], ...] = ()
    parts: tuple[Fact, ...] = ()

    def walk(self) -> Iterator[Fact]:
        """Give this fact and those inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a plan by the parts of a page."""

    metadata: tuple[Fact, ...]
    tasks: tuple[Fact, ...]
    commitments: tuple[Fact, ...]
    indicators: tuple[Fact, ...]
    projects: tuple[Fact, ...]
    achievements: tuple[Fact, ...]
    citations: tuple[Fact, ...]
    unread: tuple[Fact, ...]

    def walk(self) -> Iterator[Fact]:
        """Give all facts in the order of the page."""
        for field in fields(self):
            for fact in getattr(self, field.name):
                yield from fact.walk()


def list_facts(plan: Plan, text: str, wording: Wording) -> Facts:
    """List all facts of a plan with their places in the text of its document, each by the order of the text."""
    lister = _Lister(plan, text, wording)
    known = {task.id for task in plan.tasks}
    by_place = [
        sorted(getattr(plan, name), key=_place) for name in ("tasks", "commitments", "achievements", "citations")
    ]
    tasks, commitments, achievements, citations = by_place
    return Facts(
        metadata=tuple(lister.metadata()),
        tasks=tuple(lister.task(task, [c for c in commitments if c.task == task.id]) for task in tasks),
        commitments=tuple(lister.promise(promise) for promise in commitments if promise.task not in known),
        indicators=tuple(map(lister.indicator, plan.indicators)),
        projects=tuple(map(lister.project, plan.projects)),
        achievements=tuple(map(lister.achievement, achievements)),
        citations=tuple(map(lister.citation, citations)),
        unread=tuple(map(lister.unread, sorted(plan.unread, key=_place))),
    )


def _place(record: Any) -> tuple[int, int]:
    return record.evidence.start, record.evidence.end


class _Lister:
    """Makes facts of records, and gives each a key."""

    def __init__(self, plan: Plan, text: str, wording: Wording) -> None:
        self._plan = plan
        self._text = text
        self._wording = wording
        self._bodies = {body.id: body for body in plan.organizations}
        self._count = 0

    def _fact(
        self, kind: str, record: Any, label: str, *, mark: Mark | None = None, parts: Sequence[Fact] = ()
    ) -> Fact:
        evidence = locate(record.evidence, self._text)
        return self._made(
            kind=kind,
            id=getattr(record, "id", ""),
            label=label,
            evidence=evidence,
            mark=mark or evidence,
            details=tuple(self._details(record)),
            parts=tuple(parts),
        )

    def _made(self, **content: Any) -> Fact:
        self._count += 1
        return Fact(key=f"f{self._count}", **content)

    def metadata(self) -> Iterator[Fact]:
        """Give what the document says of itself; only what is printed has a place."""
        document = self._plan.document
        places = {
            "title": find_words(document.title, self._text),
            "number": find_words(document.number, self._text),
            "issuer": find_words(document.issuer, self._text),
            "date_issued": find_date(document.date_issued, self._text),
            "date_published": find_date(document.date_published, self._text),
        }
        for name in (f.name for f in fields(document) if f.name not in ("sha256", "file")):
            value = getattr(document, name)
            caption = self._wording.words[f"review_field_{name}"]
            place = places.get(name)
            label = self._wording.say("review_colon", name=caption, value=self._said(value))
            if value is not None or name in places:
                yield self._made(
                    kind="metadata",
                    id="",
                    label=label,
                    evidence=place,
                    mark=place,
                    details=((caption, self._said(value)),),
                )

    def task(self, task: Task, promises: Sequence[Commitment]) -> Fact:
        """Give a task with its duties, deadlines and promises."""
        evidence = locate(task.evidence, self._text)
        near = (
            Mark(start=max(0, evidence.start - _TITLE_REACH), end=min(evidence.end, evidence.start + _TITLE_REACH))
            if evidence
            else None
        )
        title = find_words(task.title, self._text, near) if near else None
        parts = [
            *map(self._duty, task.responsibilities),
            *map(self._deadline, task.deadlines),
            *map(self.promise, promises),
        ]
        label = self._wording.task(task, self._wording.words["untitled"])
        mark = title or (Mark(start=evidence.start, end=evidence.start) if evidence else None)
        return self._fact("task", task, label, mark=mark, parts=parts)

    def _duty(self, duty: Responsibility) -> Fact:
        evidence = locate(duty.evidence, self._text)
        named = find_words(duty.department, self._text, evidence) if evidence else None
        return self._fact(duty.role.value, duty, duty.department, mark=named)

    def _deadline(self, deadline: Deadline) -> Fact:
        return self._fact("deadline", deadline, self._wording.when(deadline.when))

    def promise(self, promise: Commitment) -> Fact:
        """Give a promise with a figure."""
        return self._fact("commitment", promise, self._figure(promise))

    def indicator(self, indicator: Indicator) -> Fact:
        """Give a row of an indicator table with its values and duties."""
        evidence = locate(indicator.evidence, self._text)
        values = [self._fact("indicator", value, self._wording.value(value)) for value in indicator.values]
        parts = [*values, *map(self._duty, indicator.responsibilities)]
        mark = find_words(indicator.name, self._text, evidence) if evidence else None
        return self._fact("indicator", indicator, indicator.name, mark=mark, parts=parts)

    def project(self, project: Project) -> Fact:
        """Give a row of a list of projects with its duties."""
        evidence = locate(project.evidence, self._text)
        mark = find_words(project.name, self._text, evidence) if evidence else None
        return self._fact(
            "project", project, project.name, mark=mark, parts=[*map(self._duty, project.responsibilities)]
        )

    def achievement(self, result: Achievement) -> Fact:
        """Give a past result."""
        return self._fact("achievement", result, self._figure(result))

    def citation(self, act: Citation) -> Fact:
        """Give a cited act."""
        return self._fact("citation", act, act.title)

    def unread(self, place: Unread) -> Fact:
        """Give a place that looks like a fact and gave none."""
        words = shorten(place.evidence.quote or "", _UNREAD_EMS)
        kind = self._wording.words[f"unread_{place.kind.value}"]
        return self._fact("unread", place, self._wording.say("review_colon", name=kind, value=words) if words else kind)

    def _figure(self, record: Commitment | Achievement) -> str:
        """Say a promise or result in one line: its metric, its figures and when."""
        comparator = {">=": "≥", "<=": "≤"}.get(getattr(record, "comparator", ""), "")
        figure = f"{comparator}{_plain(record.value)}"
        if record.value_max is not None:
            figure += f"–{_plain(record.value_max)}"
        by = getattr(record, "by", None) or getattr(record, "as_of", None)
        parts = [record.metric, f"{figure}{record.unit or ''}", self._wording.when(by) if by else ""]
        return " ".join(part for part in parts if part)

    def _details(self, record: Any) -> Iterator[tuple[str, str]]:
        """Give the fields of a record under the names that they have in the records file."""
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name in ("id", "evidence", "clause") or value in (None, (), False):
                continue
            if isinstance(value, tuple) and not isinstance(value[0], str):
                continue
            yield field.name, self._said(value)
            if field.name == "organization" and (body := self._bodies.get(value)):
                yield "label", body.label
                yield "function", body.function or "—"

    def _said(self, value: Any) -> str:
        if isinstance(value, tuple):
            return " › ".join(value)
        if isinstance(value, Decimal):
            return _plain(value)
        if isinstance(value, DocumentKind):
            return self._wording.words[f"kind_{value.value}"]
        return "—" if value is None else str(value.value if isinstance(value, StrEnum) else value)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
