"""The public tables: their names, their columns with what each holds, and how a plan gives the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kg.graph.register import act_name
from kg.graph.when import last_day, year
from kg.records import (
    Achievement,
    Citation,
    Commitment,
    Deadline,
    DocumentInfo,
    Indicator,
    IndicatorValue,
    Organization,
    Plan,
    Project,
    Region,
    Responsibility,
    Task,
    Unread,
)
from kg.table_shape import Column, Fact, Record, TableSpec, Value, table

__all__ = ["TABLES", "Record", "TableSpec", "Value"]


def _on_one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _organization(fact: Fact[Any, Responsibility]) -> Organization | None:
    return fact.organizations.get(fact.item.organization or "")


def _label(fact: Fact[Any, Responsibility]) -> Value:
    organization = _organization(fact)
    return organization.label if organization else None


def _function(fact: Fact[Any, Responsibility]) -> Value:
    organization = _organization(fact)
    return organization.function if organization else None


_DOCUMENT: Mapping[str, Column[Any, Any]] = {"document": ("id of the document", lambda f: f.plan.document.id)}
_PLACE: Mapping[str, Column[Any, Any]] = {
    "start": ("first character in the normalised text", lambda f: f.item.evidence.start),
    "end": ("character after the last", lambda f: f.item.evidence.end),
}
_QUOTE: Mapping[str, Column[Any, Any]] = {
    "quote": ("the words that say it", lambda f: _on_one_line(f.item.evidence.quote))
}
_TASK: Mapping[str, Column[Task, Any]] = {"task": ("id of the task", lambda f: f.owner.id)}
_INDICATOR: Mapping[str, Column[Indicator, Any]] = {"indicator": ("id of the indicator", lambda f: f.owner.id)}
_BODY: Mapping[str, Column[Any, Responsibility]] = {
    "department": ("body as written", lambda f: f.item.department),
    "organization": ("label in full", _label),
    "function": ("government function (notation)", _function),
}
_BODY_ID: Mapping[str, Column[Any, Responsibility]] = {
    "organization_id": ("id of the organisation, as in the table organizations", lambda f: f.item.organization),
}
_COLUMN_ROLE: Mapping[str, Column[Any, Responsibility]] = {
    "role": ("role by the column's header", lambda f: f.item.role.value),
    "basis": ("clause, table, prose, standing or implied", lambda f: f.item.basis.value),
    "duty": ("id of the duty", lambda f: f.item.id),
    **_BODY_ID,
}


def _latest_year(fact: Fact[Task, Deadline]) -> Value:
    return fact.item.latest.year if fact.item.latest else None


def _the_document(plan: Plan) -> Iterable[tuple[Plan, DocumentInfo]]:
    return [(plan, plan.document)]


def _tasks(plan: Plan) -> Iterable[tuple[Plan, Task]]:
    return ((plan, task) for task in plan.tasks)


def _duties(plan: Plan) -> Iterable[tuple[Task, Responsibility]]:
    return ((task, duty) for task in plan.tasks for duty in task.responsibilities)


def _deadlines(plan: Plan) -> Iterable[tuple[Task, Deadline]]:
    return ((task, deadline) for task in plan.tasks for deadline in task.deadlines)


def _commitments(plan: Plan) -> Iterable[tuple[Plan, Commitment]]:
    return ((plan, commitment) for commitment in plan.commitments)


def _indicators(plan: Plan) -> Iterable[tuple[Plan, Indicator]]:
    return ((plan, indicator) for indicator in plan.indicators)


def _indicator_departments(plan: Plan) -> Iterable[tuple[Indicator, Responsibility]]:
    return ((indicator, duty) for indicator in plan.indicators for duty in indicator.responsibilities)


def _indicator_values(plan: Plan) -> Iterable[tuple[Indicator, IndicatorValue]]:
    return ((indicator, value) for indicator in plan.indicators for value in indicator.values)


def _projects(plan: Plan) -> Iterable[tuple[Plan, Project]]:
    return ((plan, project) for project in plan.projects)


def _project_departments(plan: Plan) -> Iterable[tuple[Project, Responsibility]]:
    return ((project, duty) for project in plan.projects for duty in project.responsibilities)


def _achievements(plan: Plan) -> Iterable[tuple[Plan, Achievement]]:
    return ((plan, achievement) for achievement in plan.achievements)


def _citations(plan: Plan) -> Iterable[tuple[Plan, Citation]]:
    return ((plan, citation) for citation in plan.citations)


def _the_organizations(plan: Plan) -> Iterable[tuple[Plan, Organization]]:
    return ((plan, organization) for organization in plan.organizations)


def _the_regions(plan: Plan) -> Iterable[tuple[Plan, Region]]:
    return ((plan, region) for region in plan.regions)


def _unread(plan: Plan) -> Iterable[tuple[Plan, Unread]]:
    return ((plan, place) for place in plan.unread)


_SPECS = (
    table(
        "documents",
        _the_document,
        {
            **_DOCUMENT,
            "file": ("name of the source file", lambda f: f.item.file),
            "title": ("title", lambda f: f.item.title),
            "number": ("number of the act (文号)", lambda f: f.item.number),
            "kind": ("plan, reply, regulation or notice", lambda f: f.item.kind.value),
            "issuer": ("issuing body", lambda f: f.item.issuer),
            "region": ("region", lambda f: f.item.region),
            "region_code": ("GB/T 2260 code", lambda f: f.item.region_code),
            "parent_region": ("region above", lambda f: f.item.parent_region),
            "date_issued": ("date of issue", lambda f: f.item.date_issued),
            "date_published": ("date of publication", lambda f: f.item.date_published),
            "sha256": ("hash of the source's bytes", lambda f: f.item.sha256),
            "extractor": ("program and version that made the records", lambda f: f.plan.extractor),
        },
    ),
    table(
        "tasks",
        _tasks,
        {
            **_DOCUMENT,
            "task": ("id of the task", lambda f: f.item.id),
            "number": ("number path, outermost first", lambda f: f.item.number),
            "title": ("printed title", lambda f: f.item.title),
            "section": ("headings above", lambda f: "/".join(f.item.section)),
            "text": ("text of the task", lambda f: _on_one_line(f.item.evidence.quote)),
            "clause": ("duty clause", lambda f: _on_one_line(f.item.clause.quote) if f.item.clause else None),
            "open": ("1 where the clause ends in 等", lambda f: f.item.open),
            "truncated": ("1 where the copy breaks off", lambda f: f.item.truncated),
            **_PLACE,
            "order": ("place among the tasks of the document, from 1", lambda f: f.order),
        },
    ),
    table(
        "duties",
        _duties,
        {
            **_DOCUMENT,
            **_TASK,
            **_BODY,
            "role": ("lead, responsible, support or implement", lambda f: f.item.role.value),
            "basis": ("clause, table, prose, standing or implied", lambda f: f.item.basis.value),
            **_QUOTE,
            "duty": ("id of the duty", lambda f: f.item.id),
            **_PLACE,
            **_BODY_ID,
        },
    ),
    table(
        "deadlines",
        _deadlines,
        {
            **_DOCUMENT,
            **_TASK,
            "when": ("2025, 2025-06, every-year, ongoing …", lambda f: f.item.when),
            "earliest": ("first day the words can mean", lambda f: f.item.earliest),
            "latest": ("last day the words can mean", lambda f: f.item.latest),
            **_QUOTE,
            "precision": ("day, month, quarter, half, year, period or none", lambda f: f.item.precision.value),
            "recurrence": (
                "how often it falls due again",
                lambda f: f.item.recurrence.value if f.item.recurrence else None,
            ),
            **_PLACE,
            "deadline": ("id of the deadline", lambda f: f.item.id),
            "year": ("year of the last day", _latest_year),
        },
    ),
    table(
        "commitments",
        _commitments,
        {
            **_DOCUMENT,
            "task": ("id of the task, empty in aims and lists", lambda f: f.item.task),
            "metric": ("what is counted", lambda f: f.item.metric),
            "comparator": (">=, <= or =", lambda f: f.item.comparator.value),
            "value": ("number in base units", lambda f: f.item.value),
            "value_max": ("upper end of a range", lambda f: f.item.value_max),
            "unit": ("unit", lambda f: f.item.unit),
            "by": ("date, as `when`", lambda f: f.item.by),
            **_QUOTE,
            "section": ("headings above", lambda f: "/".join(f.item.section)),
            "commitment": ("id of the commitment", lambda f: f.item.id),
            **_PLACE,
            "year": ("year of `by`", lambda f: year(f.item.by)),
            "latest": ("last day that `by` can mean", lambda f: last_day(f.item.by)),
        },
    ),
    table(
        "indicators",
        _indicators,
        {
            **_DOCUMENT,
            "indicator": ("id of the indicator", lambda f: f.item.id),
            "no": ("number in its table", lambda f: f.item.number),
            "group": ("group in its table", lambda f: f.item.group),
            "name": ("name", lambda f: f.item.name),
            "unit": ("unit", lambda f: f.item.unit),
            "attribute": ("约束性 (binding) or 预期性 (expected)", lambda f: f.item.attribute),
            **_PLACE,
            "order": ("place among the indicators of the document, from 1", lambda f: f.order),
        },
    ),
    table("indicator_departments", _indicator_departments, {**_DOCUMENT, **_INDICATOR, **_BODY, **_COLUMN_ROLE}),
    table(
        "indicator_values",
        _indicator_values,
        {
            **_DOCUMENT,
            **_INDICATOR,
            "period": ("year, baseline or target", lambda f: f.item.period),
            "kind": ("baseline or target", lambda f: f.item.kind.value),
            "comparator": (">=, <= or =", lambda f: f.item.comparator.value if f.item.comparator else None),
            "value": ("number, empty for text values", lambda f: f.item.value),
            "text": ("as printed", lambda f: f.item.text),
            "aligned": (
                "right where lost cells made the place a reading from the right",
                lambda f: f.item.aligned,
            ),
            **_PLACE,
            "indicator_value": ("id of the value", lambda f: f.item.id),
            "year": ("year of the period", lambda f: year(f.item.period)),
        },
    ),
    table(
        "projects",
        _projects,
        {
            **_DOCUMENT,
            "project": ("id of the project", lambda f: f.item.id),
            "list": ("title of the list", lambda f: f.item.list),
            "no": ("number in the list", lambda f: f.item.number),
            "name": ("name", lambda f: f.item.name),
            "type": ("type", lambda f: f.item.type),
            "start": ("year or month of the start", lambda f: f.item.start),
            "end": ("year or month of the end", lambda f: f.item.end),
            "place": ("place", lambda f: f.item.place),
            "investment_wan": ("total investment in 万元 (10,000 yuan)", lambda f: f.item.investment_wan),
            "central_wan": ("central budget money applied for, in 万元", lambda f: f.item.central_wan),
            "goal": ("expected result", lambda f: f.item.goal),
            "order": ("place among the projects of the document, from 1", lambda f: f.order),
            "start_year": ("year of the start", lambda f: year(f.item.start)),
            "end_year": ("year of the end", lambda f: year(f.item.end)),
        },
    ),
    table(
        "project_departments",
        _project_departments,
        {**_DOCUMENT, "project": ("id of the project", lambda f: f.owner.id), **_BODY, **_COLUMN_ROLE},
    ),
    table(
        "achievements",
        _achievements,
        {
            **_DOCUMENT,
            "metric": ("what was reached", lambda f: f.item.metric),
            "value": ("number in base units", lambda f: f.item.value),
            "unit": ("unit", lambda f: f.item.unit),
            "as_of": ("year", lambda f: f.item.as_of),
            **_QUOTE,
            "value_max": ("upper end of a range", lambda f: f.item.value_max),
            "achievement": ("id of the achievement", lambda f: f.item.id),
            **_PLACE,
            "year": ("year of `as_of`", lambda f: year(f.item.as_of)),
        },
    ),
    table(
        "citations",
        _citations,
        {
            **_DOCUMENT,
            "title": ("title of the cited act", lambda f: f.item.title),
            "number": ("its number", lambda f: f.item.number),
            "relation": ("basis or mention", lambda f: f.item.relation.value),
            **_PLACE,
            "citation": ("id of the citation", lambda f: f.item.id),
            "act": ("id of the cited act, the same in every document", lambda f: act_name(f.item)),
        },
    ),
    table(
        "organizations",
        _the_organizations,
        {
            **_DOCUMENT,
            "organization": ("label in full", lambda f: f.item.label),
            "id": ("id of the organisation, the same in every document", lambda f: f.item.id),
            "kind": ("department, government, collective, group, company, hospital …", lambda f: f.item.kind.value),
            "function": ("government function (notation), empty where it has none", lambda f: f.item.function),
            "region_code": ("GB/T 2260 code", lambda f: f.item.region_code),
            "names": ("every form in which the document writes it", lambda f: "；".join(f.item.names)),
        },
    ),
    table(
        "regions",
        _the_regions,
        {
            **_DOCUMENT,
            "region_code": ("GB/T 2260 code", lambda f: f.item.code),
            "name": ("name", lambda f: f.item.name),
            "level": ("country, province, prefecture, county or township", lambda f: f.item.level.value),
            "parent_code": ("code of the region above", lambda f: f.item.parent),
        },
    ),
    table(
        "unread",
        _unread,
        {
            **_DOCUMENT,
            "kind": ("kind of place", lambda f: f.item.kind.value),
            "reason": ("why it is listed", lambda f: f.item.reason),
            **_PLACE,
            "quote": ("the words there", lambda f: _on_one_line(f.item.evidence.quote)),
        },
    ),
)
TABLES: Mapping[str, TableSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
"""All tables by name."""
