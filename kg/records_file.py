"""Write a plan's records as YAML and read them back without loss: a `Plan` goes in, text comes out, and the other way.

Fields stand in the order of the record, those at their default are left out, numbers keep their digits and dates are ISO.
A file that a person may correct ends with the packed reading that it was made from, so that a later one can be merged.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

from kg.errors import RecordsError
from kg.reading import READING, pack, unpack
from kg.records import Evidence, Plan
from kg.records_check import explain, find_problems, find_unknown_keys, with_line

__all__ = ["RecordsFile", "dumps", "json_schema", "loads", "loads_file", "schema"]

_MOST_DEEP = 20
"""Records nest six deep; a file that nests deeper is none, and aliases cannot blow it up."""

_DEEP = f"more than {_MOST_DEEP} levels"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsFile:
    """What a records file holds: the records, perhaps corrected, and the reading that they were made from where it is kept."""

    plan: Plan
    reading: Plan | None = None


def dumps(plan: Plan, *, reading: Plan | None = None) -> str:
    """Return the records of a plan as YAML, with the reading that they were made from; equal plans give equal text."""
    text: str = yaml.dump(
        _plain(plan), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=False
    )
    return text if reading is None else text + pack(reading)


def loads(text: str, name: str = "records") -> Plan:
    """Read the records of a plan from YAML.

    Raises `RecordsError` that names the file, the line, the path inside it and what is expected there.
    """
    return _loads(text, name)[0]


def loads_file(text: str, name: str = "records") -> RecordsFile:
    """Read the records of a plan and the reading that they were made from; raises `RecordsError` as `loads` does."""
    plan, packed = _loads(text, name)
    if packed is None:
        return RecordsFile(plan=plan)
    try:
        return RecordsFile(plan=plan, reading=unpack(packed))
    except ValueError as error:
        problem = f"$.{READING}: {error}: restore it, or delete it and all records count as corrected"
        raise RecordsError(f"{name}: {with_line(problem, text)}") from error


def _loads(text: str, name: str) -> tuple[Plan, str | None]:
    try:
        _check_depth(text, name)
        data = yaml.load(text, Loader=_Reader)  # noqa: S506  (a subclass of the safe loader)
    except yaml.YAMLError as error:
        if "nesting depth" in str(error):  # newer ones of libyaml see it first
            raise _never(name, _DEEP) from error
        raise RecordsError(f"{name}: {_place(error)}: mend the YAML there") from error
    if not isinstance(data, dict):
        raise RecordsError(
            f"{name}: no records: expected the keys {', '.join(_names(Plan)[:3])} … as `kg extract` writes them"
        )
    packed = data.pop(READING, None)
    try:
        plan = msgspec.convert(data, Plan, strict=False)
    except msgspec.ValidationError as error:
        raise RecordsError(f"{name}: {with_line(explain(str(error), Plan), text)}") from error
    for problem in (*find_unknown_keys(data, plan), *find_problems(plan)):
        raise RecordsError(f"{name}: {with_line(problem, text)}")
    return plan, packed


def schema() -> str:
    """Return the JSON Schema of a records file as JSON text."""
    reading = {"type": "string", "description": "The reading, packed; left as it is."}
    title = "Records of one document, as `kg extract` writes them"
    return json_schema(Plan, title, closed=True, more={READING: reading})


def json_schema(kind: type, title: str, *, closed: bool, more: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return the JSON Schema of a record as JSON text; a closed one allows no field that the records lack.

    `more` are properties of the record itself that its class does not have.
    """
    made = msgspec.json.schema(kind)
    for definition in made["$defs"].values():
        if closed and definition.get("type") == "object":
            definition["additionalProperties"] = False
    made["$defs"][kind.__name__]["properties"].update(more)
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
            raise _never(name, "an alias" if isinstance(event, yaml.AliasEvent) else _DEEP)


def _never(name: str, what: str) -> RecordsError:
    return RecordsError(f"{name}: {what}, which records never have: write each record out")


def _place(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    return f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else " ".join(str(error).split())
