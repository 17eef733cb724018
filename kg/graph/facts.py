"""Describe what a plan says: the document, its tasks and duties, deadlines, promises, indicators, projects and citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.register import act
from kg.graph.when import last_day, year
from kg.records import (
    Achievement,
    Citation,
    CitationRelation,
    Commitment,
    Deadline,
    DocumentKind,
    Indicator,
    Plan,
    Project,
    Responsibility,
    Task,
)
from kg.resolve.former import former_body
from kg.vocabulary import ATTRIBUTES, SHORTCUTS, Names, concept, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from kg.graph.describe import Description, Value

__all__ = ["facts"]


def facts(plan: Plan, names: Names) -> Iterator[Description]:
    """Yield the description of every record of the plan, in the order of the document."""
    document = names.node("doc", plan.document.id)
    tasks = {task.id for task in plan.tasks}
    yield _document(plan, names)
    for order, task in enumerate(plan.tasks, start=1):
        yield from _task(task, order, document, names)
    for commitment in plan.commitments:
        yield _commitment(commitment, document, names, tasks)
    for order, indicator in enumerate(plan.indicators, start=1):
        yield from _indicator(indicator, order, document, names)
    for order, project in enumerate(plan.projects, start=1):
        yield from _project(project, order, document, names)
    for achievement in plan.achievements:
        yield _achievement(achievement, document, names)
    for citation in plan.citations:
        yield from _citation(citation, document, names)


def _document(plan: Plan, names: Names) -> Description:
    info = plan.document
    is_plan = info.kind is DocumentKind.PLAN
    issuers = {body.id for body in plan.organizations if info.issuer in (body.label, *body.names)}
    return names.node("doc", info.id), {
        "rdf:type": ("resp:Plan", "resp:Document", "eli:Work") if is_plan else ("resp:Document", "eli:Work"),
        "rdfs:label": info.title,
        "dct:title": info.title,
        "eli:id_local": info.number,
        "resp:documentKind": concept(info.kind),
        "resp:issuer": names.node("body", issuers.pop()) if len(issuers) == 1 else None,
        "resp:issuerName": info.issuer,
        "resp:region": names.node("region", info.region_code) if info.region_code else None,
        "resp:regionName": info.region,
        "eli:date_document": info.date_issued,
        "eli:date_publication": info.date_published,
    }


def _task(task: Task, order: int, document: NamedNode, names: Names) -> Iterator[Description]:
    node = names.node("task", task.id)
    yield (
        node,
        {
            "rdf:type": "resp:Task",
            "rdfs:label": task.title or task.number,
            "dct:title": task.title,
            "resp:number": task.number,
            "resp:order": order,
            "resp:document": document,
            "resp:section": _path(task.section),
            "resp:open": task.open,
            "resp:truncated": task.truncated,
            "resp:deadline": tuple(names.node("deadline", deadline.id) for deadline in task.deadlines),
        },
    )
    yield from _duties(task.responsibilities, node, "resp:task", names)
    for deadline in task.deadlines:
        yield _deadline(deadline, names)


def _duties(duties: Iterable[Responsibility], work: NamedNode, link: str, names: Names) -> Iterator[Description]:
    """Yield each duty as a node and, where its bearer is known, as the shortcut that `SHORTCUTS` derives from it."""
    for duty in duties:
        bearer = names.node("body", duty.organization) if duty.organization else None
        former = former_body(duty.department)
        yield (
            names.node("duty", duty.id),
            {
                "rdf:type": "resp:Responsibility",
                link: work,
                "resp:bearer": bearer,
                "resp:role": concept(duty.role),
                "resp:basis": concept(duty.basis),
                "resp:writtenAs": duty.department,
                "resp:namesFormerBody": term(f"former:{former}") if former else None,
            },
        )
        yield work, {SHORTCUTS[duty.role]: bearer}


def _deadline(deadline: Deadline, names: Names) -> Description:
    return names.node("deadline", deadline.id), {
        "rdf:type": "resp:Deadline",
        "resp:when": deadline.when,
        "resp:printed": deadline.evidence.quote,
        "resp:year": deadline.latest.year if deadline.latest else None,
        "resp:earliest": deadline.earliest,
        "resp:latest": deadline.latest,
        "resp:precision": concept(deadline.precision),
        "resp:recurrence": concept(deadline.recurrence) if deadline.recurrence else None,
    }


def _commitment(commitment: Commitment, document: NamedNode, names: Names, tasks: set[str]) -> Description:
    return names.node("commitment", commitment.id), {
        "rdf:type": "resp:Commitment",
        "rdfs:label": commitment.metric,
        "resp:document": document,
        "resp:section": _path(commitment.section),
        "resp:inTask": names.node("task", commitment.task) if commitment.task in tasks else None,
        "resp:metric": commitment.metric,
        "resp:comparator": commitment.comparator.value,
        "resp:value": commitment.value,
        "resp:valueMax": commitment.value_max,
        "resp:unit": commitment.unit,
        "resp:when": commitment.by,
        "resp:year": year(commitment.by),
        "resp:latest": last_day(commitment.by),
    }


def _indicator(indicator: Indicator, order: int, document: NamedNode, names: Names) -> Iterator[Description]:
    node = names.node("indicator", indicator.id)
    attribute = ATTRIBUTES.get(indicator.attribute or "")
    yield (
        node,
        {
            "rdf:type": "resp:Indicator",
            "rdfs:label": indicator.name,
            "resp:number": indicator.number,
            "resp:order": order,
            "resp:document": document,
            "resp:group": indicator.group,
            "resp:unit": indicator.unit,
            "resp:attribute": term(f"attribute:{attribute}") if attribute else None,
            "resp:attributeName": indicator.attribute,
            "resp:indicatorValue": tuple(names.node("value", value.id) for value in indicator.values),
        },
    )
    for value in indicator.values:
        yield (
            names.node("value", value.id),
            {
                "rdf:type": "resp:IndicatorValue",
                "resp:period": value.period,
                "resp:year": year(value.period),
                "resp:valueKind": concept(value.kind),
                "resp:comparator": value.comparator.value if value.comparator else None,
                "resp:value": value.value,
                "resp:text": value.text,
                "resp:aligned": value.aligned,
            },
        )
    yield from _duties(indicator.responsibilities, node, "resp:indicator", names)


def _project(project: Project, order: int, document: NamedNode, names: Names) -> Iterator[Description]:
    node = names.node("project", project.id)
    properties: dict[str, Value] = {
        "rdf:type": "resp:Project",
        "rdfs:label": project.name,
        "resp:number": project.number,
        "resp:order": order,
        "resp:document": document,
        "resp:list": project.list,
        "resp:projectType": project.type,
        "resp:start": project.start,
        "resp:end": project.end,
        "resp:startYear": year(project.start),
        "resp:endYear": year(project.end),
        "resp:place": project.place,
        "resp:investmentWan": project.investment_wan,
        "resp:centralWan": project.central_wan,
        "resp:goal": project.goal,
    }
    yield node, properties
    yield from _duties(project.responsibilities, node, "resp:project", names)


def _achievement(achievement: Achievement, document: NamedNode, names: Names) -> Description:
    return names.node("achievement", achievement.id), {
        "rdf:type": "resp:Achievement",
        "rdfs:label": achievement.metric,
        "resp:document": document,
        "resp:metric": achievement.metric,
        "resp:value": achievement.value,
        "resp:valueMax": achievement.value_max,
        "resp:unit": achievement.unit,
        "resp:asOf": achievement.as_of,
        "resp:year": year(achievement.as_of),
    }


def _citation(citation: Citation, document: NamedNode, names: Names) -> Iterator[Description]:
    cited = act(citation, names)
    yield (
        names.node("citation", citation.id),
        {
            "rdf:type": "resp:Citation",
            "rdfs:label": citation.title,
            "resp:document": document,
            "resp:citedAct": cited,
            "resp:relation": concept(citation.relation),
        },
    )
    yield document, {"eli:based_on" if citation.relation is CitationRelation.BASIS else "eli:cites": cited}


def _path(section: tuple[str, ...]) -> str | None:
    return " / ".join(section) or None
