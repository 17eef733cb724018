"""The facts of a sketch and of the records of a plan as lines of the same form, so that a difference can be read."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum

from kg.documents.passage import fold
from kg.grammar.numbers import plain
from kg.records import Commitment, Plan, Responsibility, UnreadKind

from .sketch import Duty, Promise, Sketch


def expected(sketch: Sketch) -> list[str]:
    """Give the facts that a sketch states."""
    head = sketch.head
    lines = [f"document {head.kind} {head.title} {head.number} {head.issuer} {head.region} {head.issued}"]
    for task in sketch.tasks:
        words = task.words
        lines.append(
            f"task {task.number} {task.title if task.titled else '*'}{' open' if any(w.open for w in words) else ''}"
        )
        lines += _duties(duty for one in words for duty in one.duties)
        lines += sorted({f"  due {when}" for one in words for when in one.deadlines})
        lines += sorted(f"  promise {_promise(p)}" for one in words for p in one.promises)
    lines += sorted(f"promise {_promise(p)}" for one in sketch.loose for p in one.promises)
    for row in sketch.indicators:
        lines.append(f"indicator {row.number} {row.name} {row.group} {row.unit} {row.attribute}")
        lines += [f"  {' '.join(map(str, value))}" for value in row.values]
        lines += _duties(row.duties)
    for row in sketch.projects:
        lines.append(
            f"project {row.list} {row.number} {row.name} {row.type} {row.start} {row.end} {row.place} {row.investment}"
        )
        lines += _duties(row.duties)
    cited = [citation for task in sketch.tasks for one in task.words for citation in one.citations]
    lines += sorted(f"cites {title} {number} {relation}" for title, number, relation in cited)
    return [fold(line) for line in lines]


def _duties(duties: Iterable[Duty]) -> list[str]:
    return sorted({f"  {duty.role} {duty.department}" for duty in duties})


def _promise(promise: Promise) -> str:
    high = f"–{promise.value_max}" if promise.value_max else ""
    return f"{promise.comparator} {promise.value}{high} {promise.unit} by {promise.by}"


def found(plan: Plan, sketch: Sketch) -> list[str]:
    """Give the facts of records; what the sketch leaves open is left out of both."""
    head = plan.document
    region = "?" if sketch.head.region == "?" else head.region
    lines = [f"document {head.kind} {head.title} {head.number} {head.issuer} {region} {head.date_issued}"]
    untitled = {task.number for task in sketch.tasks if not task.titled}
    for task in plan.tasks:
        lines.append(
            f"task {task.number} {'*' if task.number in untitled else task.title}{' open' if task.open else ''}"
        )
        lines += _responsibilities(task.responsibilities)
        lines += sorted(f"  due {deadline.when}" for deadline in task.deadlines)
        lines += sorted(f"  promise {_commitment(c)}" for c in plan.commitments if c.task == task.id)
    lines += sorted(f"promise {_commitment(c)}" for c in plan.commitments if c.task is None)
    for row in plan.indicators:
        lines.append(f"indicator {row.number} {row.name} {row.group} {row.unit} {row.attribute}")
        lines += [f"  {v.period} {v.kind} {v.text} {v.comparator} {_number(v.value)}" for v in row.values]
        lines += _responsibilities(row.responsibilities)
    for one in plan.projects:
        money = _number(one.investment_wan)
        lines.append(f"project {one.list} {one.number} {one.name} {one.type} {one.start} {one.end} {one.place} {money}")
        lines += _responsibilities(one.responsibilities)
    cited = [c for c in plan.citations if not sketch.is_own(c.title)]
    lines += sorted(f"cites {c.title} {c.number} {c.relation}" for c in cited)
    # a sentence that only looks like a duty may be pointed out; any other place must have been read
    lines += [f"unread {one.kind} {one.reason}" for one in plan.unread if one.kind is not UnreadKind.SENTENCE]
    return [fold(line) for line in lines]


def _responsibilities(duties: Iterable[Responsibility]) -> list[str]:
    return sorted(f"  {duty.role} {duty.department}" for duty in duties)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{plain(value):f}"


def _commitment(commitment: Commitment) -> str:
    value, high = commitment.value, commitment.value_max
    upper = f"–{_number(high)}" if high is not None else ""
    return f"{commitment.comparator} {_number(value)}{upper} {commitment.unit} by {commitment.by}"


def difference(sketch: Sketch, plan: Plan) -> list[str]:
    """Give the lines in which records differ from a sketch, with the task above each; none where they are equal."""
    wanted, got = expected(sketch), found(plan, sketch)
    if wanted == got:
        return []
    return list(difflib.unified_diff(wanted, got, "expected", "extracted", lineterm="", n=2))


_OF_ONE_FILE = frozenset({"id", "file", "sha256", "evidence", "clause", "organization", "task", "unread"})
"""What records hold of the file that they were read from, not of what it says."""


def apart(one: Plan, other: Plan) -> list[str]:
    """Give the lines in which the records of two files differ but for their places; none where they are equal."""
    left, right = (json.dumps(without_spans(plan), ensure_ascii=False, indent=1, default=str) for plan in (one, other))
    return list(difflib.unified_diff(left.split("\n"), right.split("\n"), lineterm=""))


def without_spans(record: object) -> object:
    """Give a record as plain values, without places, quotes, ids and the file's own name."""
    if is_dataclass(record):
        kept = [field.name for field in fields(record) if field.name not in _OF_ONE_FILE]
        return {name: without_spans(getattr(record, name)) for name in kept}
    if isinstance(record, tuple):
        return [without_spans(one) for one in record]
    return fold(record) if isinstance(record, str) and not isinstance(record, StrEnum) else record
