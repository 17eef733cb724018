"""Ask a Data Cube whether it is well formed: a graph goes in, the names of the integrity constraints that it breaks come out.

The constraints are IC-1 to IC-21 of https://www.w3.org/TR/vocab-data-cube/#wf-rules, one question a file in
`queries/cube`, asked of a cube in normal form: types and `qb:componentProperty` are stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from kg.assets import asset
from kg.cube import CUBE_PREFIXES
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

__all__ = ["broken_constraints"]

_HIERARCHIES = {
    "?narrower": "SELECT DISTINCT ?p { ?list qb:parentChildProperty ?p . FILTER(ISIRI(?p)) } ORDER BY ?p",
    "?broader": "SELECT DISTINCT ?p { ?list qb:parentChildProperty/owl:inverseOf ?p . FILTER(ISIRI(?p)) } ORDER BY ?p",
}
"""Where the property of a hierarchy stands in a constraint: no path of SPARQL has a variable, so each is put there."""


def broken_constraints(store: Store) -> tuple[str, ...]:
    """Return the names of the constraints that the cube in a store breaks, such as `ic-12-no-duplicates`."""
    return tuple(
        path.stem
        for path in sorted(asset("queries", "cube").glob("*.rq"))
        if _is_broken(path.read_text("utf-8"), store)
    )


def _is_broken(sparql: str, store: Store) -> bool:
    return any(_ask(question, store) for question in _bound(sparql, store))


def _bound(sparql: str, store: Store) -> Iterator[str]:
    """Yield a constraint once for each hierarchy that it is about; all others as they are."""
    place = next((place for place in _HIERARCHIES if f"{place}*" in sparql), None)
    if place is None:
        yield sparql
        return
    found = store.query(_HIERARCHIES[place], prefixes=_prefixes(), use_default_graph_as_union=True)
    if isinstance(found, QuerySolutions):
        for solution in found:
            yield sparql.replace(place, str(solution["p"]))


def _ask(sparql: str, store: Store) -> bool:
    return bool(store.query(sparql, prefixes=_prefixes(), use_default_graph_as_union=True))


def _prefixes() -> dict[str, str]:
    return dict(PREFIXES) | dict(CUBE_PREFIXES)
