"""Write plans as the public tables: CSV in UTF-8 with a header row, one fact a row, sorted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kg.output import write_whole
from kg.records import Organization, Plan, Responsibility

Value = str | int | bool | Decimal | date | None
Record = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table: its columns, each with what it holds, and the function that gives its rows from a plan."""

    name: str
    columns: Mapping[str, str]
    rows: Callable[[Plan], Iterator[Record]]


def _quote(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _documents(plan: Plan) -> Iterator[Record]:
    d = plan.document
    yield {
        "document": d.id, "file": d.file, "title": d.title, "number": d.number, "kind": d.kind.value, "issuer": d.issuer, "region": d.region,
        "region_code": d.region_code, "parent_region": d.parent_region, "date_issued": d.date_issued, "date_published": d.date_published,
        "sha256": d.sha256, "extractor": plan.extractor,
    }


def _tasks(plan: Plan) -> Iterator[Record]:
    for t in plan.tasks:
        yield {
            "document": plan.document.id, "task": t.id, "number": t.number, "title": t.title, "section": "/".join(t.section),
            "text": _quote(t.evidence.quote), "clause": _quote(t.clause.quote) if t.clause else None, "open": t.open, "truncated": t.truncated,
            "start": t.evidence.start, "end": t.evidence.end,
        }


def _body(r: Responsibility, organizations: Mapping[str, Organization]) -> Record:
    organization = organizations.get(r.organization or "")
    return {
        "department": r.department, "organization": organization.label if organization else None,
        "function": organization.function if organization else None,
    }


def _organizations(plan: Plan) -> Mapping[str, Organization]:
    return {o.id: o for o in plan.organizations}


def _duties(plan: Plan) -> Iterator[Record]:
    organizations = _organizations(plan)
    for t in plan.tasks:
        for r in t.responsibilities:
            yield {
                "document": plan.document.id, "task": t.id, **_body(r, organizations), "role": r.role.value, "basis": r.basis.value,
                "quote": _quote(r.evidence.quote), "duty": r.id, "start": r.evidence.start, "end": r.evidence.end,
            }


def _deadlines(plan: Plan) -> Iterator[Record]:
    for t in plan.tasks:
        for d in t.deadlines:
            yield {
                "document": plan.document.id, "task": t.id, "when": d.when, "earliest": d.earliest, "latest": d.latest,
                "quote": _quote(d.evidence.quote), "precision": d.precision.value, "recurrence": d.recurrence.value if d.recurrence else None,
                "start": d.evidence.start, "end": d.evidence.end,
            }


def _commitments(plan: Plan) -> Iterator[Record]:
    for c in plan.commitments:
        yield {
            "document": plan.document.id, "task": c.task, "metric": c.metric, "comparator": c.comparator.value, "value": c.value,
            "value_max": c.value_max, "unit": c.unit, "by": c.by, "quote": _quote(c.evidence.quote), "section": "/".join(c.section),
            "commitment": c.id, "start": c.evidence.start, "end": c.evidence.end,
        }


def _indicators(plan: Plan) -> Iterator[Record]:
    for i in plan.indicators:
        yield {
            "document": plan.document.id, "indicator": i.id, "no": i.number, "group": i.group, "name": i.name, "unit": i.unit, "attribute": i.attribute,
            "start": i.evidence.start, "end": i.evidence.end,
        }


def _indicator_departments(plan: Plan) -> Iterator[Record]:
    organizations = _organizations(plan)
    for i in plan.indicators:
        for r in i.responsibilities:
            yield {"document": plan.document.id, "indicator": i.id, **_body(r, organizations), "role": r.role.value}


def _indicator_values(plan: Plan) -> Iterator[Record]:
    for i in plan.indicators:
        for v in i.values:
            yield {
                "document": plan.document.id, "indicator": i.id, "period": v.period, "kind": v.kind.value,
                "comparator": v.comparator.value if v.comparator else None, "value": v.value, "text": v.text, "aligned": v.aligned,
                "start": v.evidence.start, "end": v.evidence.end,
            }


def _projects(plan: Plan) -> Iterator[Record]:
    for p in plan.projects:
        yield {
            "document": plan.document.id, "project": p.id, "list": p.list, "no": p.number, "name": p.name, "type": p.type, "start": p.start,
            "end": p.end, "place": p.place, "investment_wan": p.investment_wan, "central_wan": p.central_wan, "goal": p.goal,
        }


def _project_departments(plan: Plan) -> Iterator[Record]:
    organizations = _organizations(plan)
    for p in plan.projects:
        for r in p.responsibilities:
            yield {"document": plan.document.id, "project": p.id, **_body(r, organizations), "role": r.role.value}


def _achievements(plan: Plan) -> Iterator[Record]:
    for a in plan.achievements:
        yield {
            "document": plan.document.id, "metric": a.metric, "value": a.value, "unit": a.unit, "as_of": a.as_of, "quote": _quote(a.evidence.quote),
            "value_max": a.value_max, "achievement": a.id, "start": a.evidence.start, "end": a.evidence.end,
        }


def _citations(plan: Plan) -> Iterator[Record]:
    for c in plan.citations:
        yield {
            "document": plan.document.id, "title": c.title, "number": c.number, "relation": c.relation.value,
            "start": c.evidence.start, "end": c.evidence.end,
        }


def _unread(plan: Plan) -> Iterator[Record]:
    for u in plan.unread:
        yield {
            "document": plan.document.id, "kind": u.kind.value, "reason": u.reason, "start": u.evidence.start, "end": u.evidence.end,
            "quote": _quote(u.evidence.quote),
        }


_ID, _START, _END = "id of the document", "first character in the normalised text", "character after the last"
_DEPARTMENT = {"department": "body as written", "organization": "label in full", "function": "government function (notation)"}

_SPECS = (
    TableSpec(name="documents", rows=_documents, columns={
        "document": _ID, "file": "name of the source file", "title": "title", "number": "number of the act (文号)", "kind": "plan, reply, regulation or notice",
        "issuer": "issuing body", "region": "region", "region_code": "GB/T 2260 code", "parent_region": "region above", "date_issued": "date of issue",
        "date_published": "date of publication", "sha256": "hash of the source's bytes", "extractor": "program and version that made the records"}),
    TableSpec(name="tasks", rows=_tasks, columns={
        "document": _ID, "task": "id of the task", "number": "number path, outermost first", "title": "printed title", "section": "headings above",
        "text": "text of the task", "clause": "duty clause", "open": "true where the clause ends in 等", "truncated": "true where the copy breaks off",
        "start": _START, "end": _END}),
    TableSpec(name="duties", rows=_duties, columns={
        "document": _ID, "task": "id of the task", **_DEPARTMENT, "role": "lead, responsible, support or implement",
        "basis": "clause, table, prose, standing or implied", "quote": "the words that say it", "duty": "id of the duty", "start": _START, "end": _END}),
    TableSpec(name="deadlines", rows=_deadlines, columns={
        "document": _ID, "task": "id of the task", "when": "2025, 2025-06, every-year, ongoing …", "earliest": "first day the words can mean",
        "latest": "last day the words can mean", "quote": "the words that say it", "precision": "day, month, quarter, half, year, period or none",
        "recurrence": "how often it falls due again", "start": _START, "end": _END}),
    TableSpec(name="commitments", rows=_commitments, columns={
        "document": _ID, "task": "id of the task, empty in aims and lists", "metric": "what is counted", "comparator": ">=, <= or =", "value": "number in base units",
        "value_max": "upper end of a range", "unit": "unit", "by": "date, as `when`", "quote": "the words that say it", "section": "headings above",
        "commitment": "id of the commitment", "start": _START, "end": _END}),
    TableSpec(name="indicators", rows=_indicators, columns={
        "document": _ID, "indicator": "id of the indicator", "no": "number in its table", "group": "group in its table", "name": "name", "unit": "unit",
        "attribute": "约束性 (binding) or 预期性 (expected)", "start": _START, "end": _END}),
    TableSpec(name="indicator_departments", rows=_indicator_departments, columns={
        "document": _ID, "indicator": "id of the indicator", **_DEPARTMENT, "role": "role by the column's header"}),
    TableSpec(name="indicator_values", rows=_indicator_values, columns={
        "document": _ID, "indicator": "id of the indicator", "period": "year, baseline or target", "kind": "baseline or target", "comparator": ">=, <= or =",
        "value": "number, empty for text values", "text": "as printed", "aligned": "right where lost cells made the place a reading from the right",
        "start": _START, "end": _END}),
    TableSpec(name="projects", rows=_projects, columns={
        "document": _ID, "project": "id of the project", "list": "title of the list", "no": "number in the list", "name": "name", "type": "type",
        "start": "year or month of the start", "end": "year or month of the end", "place": "place", "investment_wan": "total investment in 万元 (10,000 yuan)",
        "central_wan": "central budget money applied for, in 万元", "goal": "expected result"}),
    TableSpec(name="project_departments", rows=_project_departments, columns={
        "document": _ID, "project": "id of the project", **_DEPARTMENT, "role": "role by the column's header"}),
    TableSpec(name="achievements", rows=_achievements, columns={
        "document": _ID, "metric": "what was reached", "value": "number in base units", "unit": "unit", "as_of": "year", "quote": "the words that say it",
        "value_max": "upper end of a range", "achievement": "id of the achievement", "start": _START, "end": _END}),
    TableSpec(name="citations", rows=_citations, columns={
        "document": _ID, "title": "title of the cited act", "number": "its number", "relation": "basis or mention", "start": _START, "end": _END}),
    TableSpec(name="unread", rows=_unread, columns={
        "document": _ID, "kind": "kind of place", "reason": "why it is listed", "start": _START, "end": _END, "quote": "the words there"}),
)
TABLES: Mapping[str, TableSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
"""All tables by name."""


def rows(plans: Iterable[Plan], name: str) -> list[Record]:
    """Give the rows of one table for all plans, sorted by document, in the order of the text within it."""
    ordered = sorted(plans, key=lambda p: p.document.id)
    return [row for plan in ordered for row in TABLES[name].rows(plan)]


def table_csv(plans: Sequence[Plan], name: str) -> str:
    """Give one table as CSV text with its header row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(TABLES[name].columns), lineterminator="\n")
    writer.writeheader()
    for row in rows(plans, name):
        writer.writerow({key: _text(value) for key, value in row.items()})
    return out.getvalue()


def write_tables(plans: Sequence[Plan], folder: Path) -> tuple[Path, ...]:
    """Write all tables into `folder` as `<name>.csv`; each file appears whole or not at all.

    Raises `OutputError` where the folder cannot be written.
    """
    return tuple(write_whole(folder / f"{name}.csv", table_csv(plans, name)) for name in TABLES)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
