"""Give what the records of a document say: a plan goes in, a `Reading` comes out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Evidence, Indicator, Plan, Project, Task
from kg.score.comparing import figure, folded, number_path
from kg.score.reading import HEAD, Fact, Reading, Unit, by_relation, mark_of, project_says, says_of_itself
from kg.score.relations import Relation

__all__ = ["read_records"]


def read_records(plan: Plan, name: str | None = None) -> Reading:
    """Give what the records of a document say, under the name of their file or of the document's."""
    return Reading(
        name=name or plan.document.file,
        sha256=plan.document.sha256,
        file=plan.document.file,
        number=folded(plan.document.number),
        title=folded(plan.document.title),
        complete=True,
        units=tuple(_unit(task) for task in plan.tasks),
        facts=by_relation(_facts(plan), Relation),
    )


def _unit(task: Task) -> Unit:
    return Unit(
        id=task.id,
        number=number_path(task.number),
        title=folded(task.title),
        head=folded(f"{task.title or ''}{task.evidence.quote or ''}")[:HEAD],
        mark=mark_of(task.evidence.quote),
        start=task.evidence.start,
        end=task.evidence.end,
    )


def _facts(plan: Plan) -> Iterator[Fact]:
    yield from says_of_itself(plan.document)
    for task in plan.tasks:
        yield from _of_task(task)
    numbers: dict[str | None, str] = {task.id: task.number for task in plan.tasks}
    for promise in plan.commitments:
        said = (figure(promise.value), folded(promise.unit), folded(promise.by))
        place = numbers.get(promise.task) or "/".join(promise.section)
        yield _fact(Relation.COMMITMENTS, said, place, promise.evidence)
    for indicator in plan.indicators:
        yield from _of_indicator(indicator)
    for project in plan.projects:
        yield from _of_project(project)
    for result in plan.achievements:
        said = (figure(result.value), folded(result.unit), folded(result.as_of))
        yield _fact(Relation.ACHIEVEMENTS, said, result.metric, result.evidence)
    for citation in plan.citations:
        yield _fact(Relation.CITATIONS, (folded(citation.title), folded(citation.number)), "", citation.evidence)


def _of_task(task: Task) -> Iterator[Fact]:
    at, name = task.number, task.id
    yield _fact(Relation.TASKS, (), at, task.evidence, name)
    if title := folded(task.title):
        yield _fact(Relation.TITLES, (title,), at, task.evidence, name)
    for duty in task.responsibilities:
        body = folded(duty.department)
        yield _fact(Relation.DUTIES, (body, duty.role.value), at, duty.evidence, name)
        yield _fact(Relation.DUTIES_WITHOUT_ROLE, (body,), at, duty.evidence, name)
    for deadline in task.deadlines:
        yield _fact(Relation.DEADLINES, (folded(deadline.when),), at, deadline.evidence, name)


def _of_indicator(indicator: Indicator) -> Iterator[Fact]:
    name, at = folded(indicator.name), indicator.number
    row = (name, folded(indicator.unit), folded(indicator.attribute))
    yield _fact(Relation.INDICATORS, row, at, indicator.evidence)
    for value in indicator.values:
        said = (name, folded(value.period), figure(value.text))
        yield _fact(Relation.INDICATOR_VALUES, said, at, value.evidence)
    for duty in indicator.responsibilities:
        yield _fact(Relation.INDICATOR_DEPARTMENTS, (name, folded(duty.department)), at, duty.evidence)


def _of_project(project: Project) -> Iterator[Fact]:
    name, at = folded(project.name), project.number
    for said in project_says(project):
        yield _fact(Relation.PROJECTS, said, at, project.evidence)
    for duty in project.responsibilities:
        said = (name, duty.role.value, folded(duty.department))
        yield _fact(Relation.PROJECT_DEPARTMENTS, said, at, duty.evidence)


def _fact(relation: Relation, said: tuple[str, ...], place: str, evidence: Evidence, task: str | None = None) -> Fact:
    start, end, quote = evidence.start, evidence.end, evidence.quote
    return Fact(relation=relation, said=said, task=task, place=place, quote=quote, start=start, end=end)
