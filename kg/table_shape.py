"""Say what a table is: a name, columns with what each holds, and a function from a plan to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, TypeVar

from kg.records import Organization, Plan

__all__ = ["Column", "Fact", "Record", "TableSpec", "Value", "table"]

Value = str | int | bool | Decimal | date | None
Record = dict[str, Value]
Owner = TypeVar("Owner")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """A table: its columns, each with what it holds, and the function that gives its rows from a plan."""

    name: str
    columns: Mapping[str, str]
    rows: Callable[[Plan], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Fact(Generic[Owner, Item]):
    """One row to be: the record that it tells of with its place, from 1, its owner, and the plan with its bodies by id."""

    plan: Plan
    organizations: Mapping[str, Organization]
    owner: Owner
    item: Item
    order: int


Column = tuple[str, Callable[[Fact[Owner, Item]], Value]]


def table(
    name: str,
    facts: Callable[[Plan], Iterable[tuple[Owner, Item]]],
    columns: Mapping[str, Column[Owner, Item]],
) -> TableSpec:
    """Make a table of `columns`: name → (what it holds, how a fact gives it); `facts` gives owners with what they own."""

    def rows(plan: Plan) -> Iterator[Record]:
        organizations = {o.id: o for o in plan.organizations}
        for order, (owner, item) in enumerate(facts(plan), start=1):
            fact = Fact(plan, organizations, owner, item, order)
            yield {column: value(fact) for column, (_, value) in columns.items()}

    about = MappingProxyType({column: text for column, (text, _) in columns.items()})
    return TableSpec(name=name, columns=about, rows=rows)
