"""Write a plan's records as YAML and read them back without loss: a `Plan` goes in, text comes out, and the other way.

Fields stand in the order of the record, those at their default are left out, numbers keep their digits and dates are ISO.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec
import yaml

from kg.errors import RecordsError
from kg.records import Evidence, Plan, Responsibility

__all__ = ["dumps", "explain", "json_schema", "loads", "schema"]

_MOST_DEEP = 20
"""Records nest six deep; a file that nests deeper is none, and aliases cannot blow it up."""


_ID = re.compile(r"\w[\w.·-]*")
"""Ids are names of files and local names of IRIs."""


class _Line(dict[str, Any]):
    """A mapping that is written on one line."""


class _Writer(yaml.CSafeDumper):
    """Write `_Line` in flow style and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (the signature is PyYAML's)
        return True


class _Reader(yaml.CSafeLoader):
    """Read every scalar but an empty one as a string, so that `3.10` and `2022` stay what was printed."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that comes twice, where PyYAML would keep the last."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"{key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


_Writer.add_representer(
    _Line, lambda writer, line: writer.represent_mapping("tag:yaml.org,2002:map", line, flow_style=True)
)
_Reader.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    if (kept := [pair for pair in resolvers if pair[0].endswith(":null")])
}


def dumps(plan: Plan) -> str:
    """Return the records of a plan as YAML; equal plans give equal text."""
    return yaml.dump(
        _plain(plan), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=False
    )


def loads(text: str, name: str = "records") -> Plan:
    """Read the records of a plan from YAML.

    Raises `RecordsError` that names the file, the path inside it and what is expected there.
    """
    try:
        _check_depth(text, name)
        data = yaml.load(text, Loader=_Reader)  # noqa: S506  (a subclass of the safe loader)
    except yaml.YAMLError as error:
        raise RecordsError(f"{name}: {_place(error)}: mend the YAML there") from error
    if not isinstance(data, dict):
        raise RecordsError(
            f"{name}: no records: expected the keys {', '.join(_names(Plan)[:3])} … as `kg extract` writes them"
        )
    try:
        plan = msgspec.convert(data, Plan, strict=False)
    except msgspec.ValidationError as error:
        raise RecordsError(f"{name}: {explain(str(error), Plan)}") from error
    for problem in (*_unknown_keys(data, plan, "$"), *_problems(plan)):
        raise RecordsError(f"{name}: {problem}")
    return plan


def schema() -> str:
    """Return the JSON Schema of a records file as JSON text."""
    return json_schema(Plan, "Records of one document, as `kg extract` writes them", closed=True)


def json_schema(kind: type, title: str, *, closed: bool) -> str:
    """Return the JSON Schema of a record as JSON text; a closed one allows no field that the records lack."""
    made = msgspec.json.schema(kind)
    for definition in made["$defs"].values():
        if closed and definition.get("type") == "object":
            definition["additionalProperties"] = False
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | made, ensure_ascii=False, indent=2) + "\n"


@cache
def _defaults(kind: type) -> Mapping[str, Any]:
    """Give the fields of a record in order, each with its default or MISSING."""
    return {field.name: field.default for field in fields(kind)}


def _names(kind: type) -> tuple[str, ...]:
    return tuple(_defaults(kind))


def _plain(value: Any) -> Any:
    """Turn records into mappings, lists and strings."""
    if is_dataclass(value) and not isinstance(value, type):
        made = _Line() if isinstance(value, Evidence) else {}
        for name, default in _defaults(type(value)).items():
            held = getattr(value, name)
            if default is MISSING or held != default:
                made[name] = _plain(held)
        return made
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _check_depth(text: str, name: str) -> None:
    """Refuse what would take a parser down: `[[[[…` and aliases of aliases."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MOST_DEEP or isinstance(event, yaml.AliasEvent):
            what = "an alias" if isinstance(event, yaml.AliasEvent) else f"more than {_MOST_DEEP} levels"
            raise RecordsError(f"{name}: {what}, which records never have: write each record out")


def _place(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    return f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else " ".join(str(error).split())


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


def _unknown_keys(data: Any, record: Any, path: str) -> Iterator[str]:
    """Find keys that no record has; msgspec passes over them, and a slip of the pen would lose a fact."""
    if isinstance(record, tuple):
        for at, (item, held) in enumerate(zip(data or (), record, strict=True)):
            yield from _unknown_keys(item, held, f"{path}[{at}]")
    elif is_dataclass(record) and isinstance(data, dict):
        names = _names(type(record))
        for key, item in data.items():
            if key not in names:
                yield f"{path}.{key}: no such field: expected one of {', '.join(names)}"
            else:
                yield from _unknown_keys(item, getattr(record, key), f"{path}.{key}")


def _problems(plan: Plan) -> Iterator[str]:
    """Find what no type says: ids that come twice, links to nothing, spans that end before they start."""
    tasks, organizations = {task.id for task in plan.tasks}, {body.id for body in plan.organizations}
    seen: set[str] = set()
    code = plan.document.region_code
    if code is not None and plan.regions and code not in {region.code for region in plan.regions}:
        yield f"$.document.region_code: {code!r}: expected the code of one of $.regions"
    for path, record in _records(plan, "$"):
        if isinstance(record, Evidence) and not 0 <= record.start <= record.end:
            yield f"{path}: start {record.start} and end {record.end}: expected 0 <= start <= end"
        if isinstance(record, Evidence) and record.quote is not None and len(record.quote) != record.end - record.start:
            yield (
                f"{path}: a quote of {len(record.quote)} characters from {record.start} to {record.end}: "
                "expected the characters that stand there; leave quote out, or mend start and end"
            )
        if isinstance(record, Responsibility) and organizations and record.organization not in organizations:
            yield f"{path}.organization: {record.organization!r}: expected the id of one of $.organizations"
        if (task := getattr(record, "task", None)) is not None and task not in tasks:
            yield f"{path}.task: {task!r}: expected the id of one of $.tasks"
        if (name := getattr(record, "id", None)) is not None:
            if not _ID.fullmatch(name):
                yield f"{path}.id: {name!r}: expected letters, digits, _ . and - only"
            if name in seen:
                yield f"{path}.id: {name!r} stands twice: give each record an id of its own"
            seen.add(name)


def _records(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Walk all records of a plan, each with its path in the file."""
    if isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _records(item, f"{path}[{at}]")
    elif is_dataclass(value):
        yield path, value
        for name in _names(type(value)):
            yield from _records(getattr(value, name), f"{path}.{name}")
