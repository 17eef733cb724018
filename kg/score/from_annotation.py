"""Give what an annotation says: an annotation goes in, a `Reading` comes out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Role
from kg.score.annotation import AnnotatedIndicator, AnnotatedProject, AnnotatedTask, Annotation
from kg.score.comparing import figure, folded, number_path
from kg.score.reading import Fact, Reading, Unit, by_relation, mark_of, project_says, says_of_itself
from kg.score.relations import Relation

__all__ = ["read_annotation"]

_OF_TASKS = (Relation.TASKS, Relation.TITLES, Relation.DUTIES, Relation.DUTIES_WITHOUT_ROLE, Relation.DEADLINES)
_OF_INDICATORS = (Relation.INDICATORS, Relation.INDICATOR_VALUES, Relation.INDICATOR_DEPARTMENTS)
_OF_PROJECTS = (Relation.PROJECTS, Relation.PROJECT_DEPARTMENTS)


def read_annotation(annotation: Annotation, name: str | None = None) -> Reading:
    """Give what an annotation says, under the name of its file or of the document's."""
    doc = annotation.doc
    return Reading(
        name=name or doc.file or doc.title or "annotation",
        sha256=doc.sha256,
        file=doc.file,
        number=folded(doc.number),
        title=folded(doc.title),
        complete=False,
        units=tuple(_unit(str(at), task) for at, task in enumerate(annotation.tasks or ())),
        facts=by_relation(_facts(annotation), _judged(annotation)),
    )


def _unit(name: str, task: AnnotatedTask) -> Unit:
    number, title = number_path(task.n), folded(task.title)
    return Unit(id=name, number=number, title=title, head="", mark=mark_of(task.anchor))


def _judged(annotation: Annotation) -> Iterator[Relation]:
    """Give the relations of which an annotation speaks: those of the lists that it has."""
    yield Relation.DOCUMENT
    yield from _OF_TASKS if annotation.tasks is not None else ()
    yield from (Relation.COMMITMENTS,) if annotation.commitments is not None else ()
    yield from _OF_INDICATORS if annotation.indicators is not None else ()
    yield from _OF_PROJECTS if annotation.projects is not None else ()
    yield from (Relation.CITATIONS,) if annotation.citations is not None else ()


def _facts(annotation: Annotation) -> Iterator[Fact]:
    yield from says_of_itself(annotation.doc)
    for at, task in enumerate(annotation.tasks or ()):
        yield from _of_task(str(at), task)
    for promise in annotation.commitments or ():
        said = (figure(promise.value), folded(promise.unit), folded(promise.by))
        yield Fact(relation=Relation.COMMITMENTS, said=said, place=promise.task or "", quote=promise.quote)
    for indicator in annotation.indicators or ():
        yield from _of_indicator(indicator)
    for project in annotation.projects or ():
        yield from _of_project(project)
    for citation in annotation.citations or ():
        yield Fact(relation=Relation.CITATIONS, said=(folded(citation.title), folded(citation.number)))


def _of_task(name: str, task: AnnotatedTask) -> Iterator[Fact]:
    yield Fact(relation=Relation.TASKS, said=(), task=name, place=task.n, quote=task.anchor)
    if title := folded(task.title):
        yield Fact(relation=Relation.TITLES, said=(title,), task=name, place=task.n, quote=task.anchor)
    for duty in task.duties:
        body, role = folded(duty.dept), duty.role.value
        yield Fact(relation=Relation.DUTIES, said=(body, role), task=name, place=task.n, quote=task.clause)
        yield Fact(relation=Relation.DUTIES_WITHOUT_ROLE, said=(body,), task=name, place=task.n, quote=task.clause)
    for when in task.deadlines:
        yield Fact(relation=Relation.DEADLINES, said=(folded(when),), task=name, place=task.n, quote=task.anchor)


def _of_indicator(indicator: AnnotatedIndicator) -> Iterator[Fact]:
    name, at = folded(indicator.name), _number(indicator)
    said = (name, folded(indicator.unit), folded(indicator.attr))
    yield Fact(relation=Relation.INDICATORS, said=said, place=at)
    for period, value in (indicator.values or {}).items():
        yield Fact(relation=Relation.INDICATOR_VALUES, said=(name, folded(period), figure(value)), place=at)
    for body in indicator.depts:
        yield Fact(relation=Relation.INDICATOR_DEPARTMENTS, said=(name, folded(body)), place=at)


def _of_project(project: AnnotatedProject) -> Iterator[Fact]:
    name, at = folded(project.name), _number(project)
    for said in project_says(project):
        yield Fact(relation=Relation.PROJECTS, said=said, place=at, quote=project.goal_quote)
    for role in Role:
        bodies: tuple[str, ...] = getattr(project, role.value)
        for body in bodies:
            yield Fact(relation=Relation.PROJECT_DEPARTMENTS, said=(name, role.value, folded(body)), place=at)


def _number(row: AnnotatedIndicator | AnnotatedProject) -> str:
    return "" if row.n is None else str(row.n)
