"""Count a graph as VoID describes one (https://www.w3.org/TR/void/#statistics): a store goes in, figures come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from kg.assets import asset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store

__all__ = ["Counts", "PropertyCount", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyCount:
    """How often a property is used, and on how many different subjects and objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The size of a graph, by class and by property; dates are days as `2031-12-31`, None where there is none."""

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    class_properties: Mapping[tuple[str, str], int]
    documents: tuple[str, ...]
    regions: Mapping[str, str]
    first: str | None
    last: str | None


def count(store: Store, *, union: bool = False) -> Counts:
    """Count the default graph of a store, or the union of all its graphs; the questions are those of `queries/dataset`."""

    def rows(question: str) -> list[dict[str, str]]:
        return _rows(store, question, union=union)

    totals, span = rows("totals")[0], rows("coverage")[0]
    return Counts(
        triples=int(totals["triples"]),
        entities=int(totals["entities"]),
        subjects=int(totals["subjects"]),
        objects=int(totals["objects"]),
        classes={row["class"]: int(row["entities"]) for row in rows("classes")},
        properties={
            row["property"]: PropertyCount(
                triples=int(row["triples"]), subjects=int(row["subjects"]), objects=int(row["objects"])
            )
            for row in rows("properties")
        },
        class_properties={(row["class"], row["property"]): int(row["triples"]) for row in rows("class-properties")},
        documents=tuple(row["document"] for row in rows("documents")),
        regions={row["region"]: row.get("name", "") for row in rows("regions")},
        first=span.get("first"),
        last=span.get("last"),
    )


def _rows(store: Store, question: str, *, union: bool) -> list[dict[str, str]]:
    """Ask a question; a row has the values of the columns that are bound, without their types."""
    sparql = asset("queries", f"dataset/{question}.rq").read_text(encoding="utf-8")
    found = store.query(sparql, use_default_graph_as_union=union)
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"queries/dataset/{question}.rq is no SELECT")
    names = [variable.value for variable in found.variables]
    return [{name: str(getattr(row[name], "value", "")) for name in names if row[name] is not None} for row in found]
