"""Turn the drafts of a document, units of text and rows of tables, into tasks with their duties and deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents.passage import Passage, join
from kg.extract.acting import find_acting, find_own
from kg.extract.cells import cell_responsibilities, responsibility
from kg.extract.deadlines import labelled_date, part_dates, read_deadlines
from kg.extract.drafts import Draft
from kg.extract.prose import find_prose
from kg.extract.setting import Setting
from kg.extract.table_tasks import RowDraft
from kg.grammar.clauses import Assignment, with_leads
from kg.grammar.roles import role_of
from kg.records import Basis, Evidence, Responsibility, Role, Task

_FIRST_DUTY = re.compile(r"^(?:.{0,4})?(?:牵头|配合|协助|参与|负责)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A task with its text, the places in it that were read as duties, and the one date that a label or a cell sets for all of it."""

    task: Task
    text: Passage
    due: str | None
    part_dates: tuple[tuple[str, str], ...] = ()
    read: tuple[tuple[int, int], ...] = ()


def assign(draft: Draft, setting: Setting, name: str, *, issuer: str | None) -> Assigned:
    """Make the task of a unit of text; where nobody is named, `issuer` of a reply answers for its own undertaking."""
    source, text, clauses = setting.source, draft.text, draft.clauses
    duties = [*_stated(draft, setting, name)]
    prose = _prose(draft, setting, replies=issuer is not None)
    duties += _in_sentences(draft, prose, duties, source, name)
    if issuer and not duties:
        duties = [_implied(issuer, text.evidence(source), name)]
    task = Task(
        id=name,
        number="/".join(draft.path),
        section=draft.section,
        evidence=text.evidence(source),
        title=draft.title.printed(source).strip("。:： ") if draft.title else None,
        clause=text.evidence(source, clauses[0].start, clauses[-1].end) if clauses else None,
        open=any(clause.open for clause in clauses) or any(one.item.open for one in prose),
        truncated=draft.truncated,
        responsibilities=tuple(duties),
        deadlines=read_deadlines(_dated(draft), setting, task=name),
    )
    read = (*_places(draft), *((one.item.start, one.item.end) for one in prose))
    return Assigned(task=task, text=text, due=labelled_date(text, None, setting), read=read)


def _dated(draft: Draft) -> Passage:
    """Give the text that may set a date: the title too where it prints a number."""
    if draft.title is not None and any(char.isdigit() for char in draft.title.text):
        return join([draft.title, draft.text])
    return draft.text


def assign_row(draft: RowDraft, setting: Setting, name: str) -> Assigned:
    """Make the task of a table row."""
    found = cell_responsibilities(draft.row, draft.table, setting.source, owner=name, leading=setting.leading)
    task = Task(
        id=name,
        number=draft.path,
        section=draft.section,
        evidence=draft.text.evidence(setting.source),
        title=draft.title.printed(setting.source) if draft.title else None,
        open=found.open,
        responsibilities=found.responsibilities,
        deadlines=read_deadlines(draft.text, setting, task=name, time=draft.time),
    )
    due, parts = labelled_date(draft.text, draft.time, setting), part_dates(draft.time, setting)
    return Assigned(task=task, text=draft.text, due=due, part_dates=parts)


def _places(draft: Draft) -> tuple[tuple[int, int], ...]:
    return tuple((clause.start, clause.end) for clause in draft.clauses)


def _stated(draft: Draft, setting: Setting, name: str) -> Iterator[Responsibility]:
    """Give the duties that clauses state, and those of the bodies which the heading names."""
    count = 0
    for clause in draft.clauses:
        quote = draft.text.evidence(setting.source, clause.start, clause.end)
        for assignment in with_leads(clause.assignments, setting.leading):
            count += 1
            yield responsibility(assignment, draft.text, setting.source, f"{name}_d{count}", Basis.CLAUSE, quote)
    for number, bearer in enumerate(draft.bearers, count + 1):
        yield _of_heading(bearer, draft.text.text, setting.source, f"{name}_d{number}")


def _of_heading(bearer: Passage, text: str, source: str, name: str) -> Responsibility:
    """Make the duty of the body that the heading names; the first word of duty in the text gives the role."""
    word = _FIRST_DUTY.search(text)
    return Responsibility(
        id=name,
        department=bearer.printed(source),
        role=role_of(word.group()) if word else Role.RESPONSIBLE,
        basis=Basis.CLAUSE,
        evidence=bearer.evidence(source),
    )


def _prose(draft: Draft, setting: Setting, *, replies: bool) -> list[Assignment]:
    """Read the sentences: words of duty, what an issuer that replies says of itself, and without a clause who is to act."""
    text = draft.text.text
    found = find_prose(text, _places(draft))
    if replies:
        found += find_own(text)
    if not draft.clauses:
        places = [(one.item.start, one.item.end) for one in found]
        found += find_acting(text, places, since=setting.since, implied=replies)
    return sorted(found, key=lambda one: one.item.start)


def _in_sentences(
    draft: Draft, prose: Sequence[Assignment], stated: list[Responsibility], source: str, name: str
) -> Iterator[Responsibility]:
    """Give the duties of sentences that no clause states already: a body in a clause comes again only as the lead."""
    known = {(duty.department, duty.role) for duty in stated}
    named = {duty.department for duty in stated}
    count = len(stated)
    for assignment in prose:
        if _is_new(assignment, known, named):
            count += 1
            quote = _sentence(draft.text, assignment.item.start, source)
            yield responsibility(assignment, draft.text, source, f"{name}_d{count}", Basis.PROSE, quote)
            named.add(assignment.item.name)
            known.add((assignment.item.name, assignment.role))


def _is_new(assignment: Assignment, known: set[tuple[str, Role]], named: set[str]) -> bool:
    body = assignment.item.name
    return (body, assignment.role) not in known and (assignment.role is Role.LEAD or body not in named)


def _implied(issuer: str, evidence: Evidence, name: str) -> Responsibility:
    return Responsibility(
        id=f"{name}_d1", department=issuer, role=Role.RESPONSIBLE, basis=Basis.IMPLIED, evidence=evidence
    )


def _sentence(text: Passage, at: int, source: str) -> Evidence:
    """Give the sentence around a place as evidence."""
    start = max((text.text.rfind(mark, 0, at) for mark in "。;"), default=-1) + 1
    ends = [e for e in (text.text.find(mark, at) for mark in "。;") if e >= 0]
    return text.evidence(source, start, min(ends, default=len(text.text) - 1) + 1)
