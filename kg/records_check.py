"""Find what is wrong in a records file, and on which line: parsed YAML and records go in, one sentence for each slip comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import yaml

from kg.records import Evidence, Plan, Responsibility

__all__ = ["explain", "find_problems", "find_unknown_keys", "with_line"]

_ID = re.compile(r"\w[\w.·-]*")
"""Ids are names of files and local names of IRIs."""

_PATH = re.compile(r"\$(?P<steps>[\w.\[\]-]*)")
_STEP = re.compile(r"\.(?P<key>[\w-]+)|\[(?P<at>\d+)\]")


def explain(message: str, kind: type) -> str:
    """Put the path of msgspec's message about a record first, and say which members an enumeration has."""
    what, _, quoted = message.partition(" - at ")
    path = quoted.strip("`") or "$"
    held: Any = kind
    for name in re.findall(r"\.(\w+)", path):
        held = get_type_hints(held)[name]
        while parts := [part for part in get_args(held) if part not in (..., type(None))]:
            held = parts[-1]  # what a tuple, a mapping or a choice holds
    expected = f": expected one of {', '.join(held)}" if issubclass(held, StrEnum) else ""
    return f"{path}: {what[:1].lower()}{what[1:]}{expected}"


def with_line(problem: str, text: str) -> str:
    """Put the line in front of a problem that begins with its path in the file; `text` is the file's YAML."""
    match = _PATH.match(problem)
    if not match or not match["steps"]:
        return problem
    node: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = node.start_mark.line
    for step in _STEP.finditer(match["steps"]):
        key, node = _child(node, step["key"], step["at"])
        if key is None:
            break
        line = key.start_mark.line
    return f"line {line + 1}: {problem}"


def _child(node: Any, key: str | None, at: str | None) -> tuple[Any, Any]:
    """Give the node whose line tells where a child stands, and the child; None where the file has no such child."""
    if key is not None and isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == key), (None, None))
    if at is not None and isinstance(node, yaml.SequenceNode) and int(at) < len(node.value):
        item = node.value[int(at)]
        return item, item
    return None, None


def find_unknown_keys(data: Any, record: Any, path: str = "$") -> Iterator[str]:
    """Find keys that no record has; msgspec passes over them, and a slip of the pen would lose a fact."""
    if isinstance(record, tuple):
        for at, (item, held) in enumerate(zip(data or (), record, strict=True)):
            yield from find_unknown_keys(item, held, f"{path}[{at}]")
    elif is_dataclass(record) and isinstance(data, dict):
        names = [field.name for field in fields(record)]
        for key, item in data.items():
            if key not in names:
                yield f"{path}.{key}: no such field: expected one of {', '.join(names)}"
            else:
                yield from find_unknown_keys(item, getattr(record, key), f"{path}.{key}")


def find_problems(plan: Plan) -> Iterator[str]:
    """Find what no type says: ids that come twice, links to nothing, spans that end before they start."""
    tasks, organizations = {task.id for task in plan.tasks}, {body.id for body in plan.organizations}
    seen: set[str] = set()
    code = plan.document.region_code
    if code is not None and plan.regions and code not in {region.code for region in plan.regions}:
        yield f"$.document.region_code: {code!r}: expected the code of one of $.regions"
    for path, record in _records(plan, "$"):
        if isinstance(record, Evidence):
            yield from _in_evidence(record, path)
        if isinstance(record, Responsibility):
            yield from _in_duty(record, path, organizations)
        if (task := getattr(record, "task", None)) is not None and task not in tasks:
            yield f"{path}.task: {task!r}: expected the id of one of $.tasks"
        if (name := getattr(record, "id", None)) is not None:
            if not _ID.fullmatch(name):
                yield f"{path}.id: {name!r}: expected letters, digits, _ . and - only"
            if name in seen:
                yield f"{path}.id: {name!r} stands twice: give each record an id of its own"
            seen.add(name)


def _in_evidence(record: Evidence, path: str) -> Iterator[str]:
    if not 0 <= record.start <= record.end:
        yield f"{path}: start {record.start} and end {record.end}: expected 0 <= start <= end"
    if record.quote is not None and len(record.quote) != record.end - record.start:
        yield (
            f"{path}: a quote of {len(record.quote)} characters from {record.start} to {record.end}: "
            "expected the characters that stand there; leave quote out, or mend start and end"
        )


def _in_duty(record: Responsibility, path: str, organizations: set[str]) -> Iterator[str]:
    """Find a link to nothing; a duty that a person adds needs none, for the body is found when the file is read."""
    if organizations and record.organization is not None and record.organization not in organizations:
        yield f"{path}.organization: {record.organization!r}: expected the id of one of $.organizations, or none"


def _records(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Walk all records of a plan, each with its path in the file."""
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _records(item, f"{path}[{at}]")
    elif is_dataclass(value):
        yield path, value
        for field in fields(value):
            yield from _records(getattr(value, field.name), f"{path}.{field.name}")
