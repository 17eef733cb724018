"""Turn the records of a plan into quads: what it says, the register of what documents share, and the evidence.

No triple stands in two graphs, because a union of graphs counts it once for each (Oxigraph and Virtuoso both do):

- `facts/<document>` and `evidence/<document>` belong to one document and can be replaced with it;
- `graph/register` holds what documents share: bodies, regions, cited acts, software agents (see `settle`);
- `graph/vocabulary` holds the ontology and the code lists (`kg.store` loads them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.describe import describe
from kg.graph.evidence import evidence
from kg.graph.facts import facts
from kg.graph.register import register, settle
from kg.vocabulary import DEFAULT_BASE, Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from kg.records import Plan

__all__ = ["settle", "triples"]


def triples(plan: Plan, *, base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Yield the quads of one plan, each once, in the same order on every run.

    Raises `RecordsError` for an id that is no legal local name and `OutputError` for a base that is no IRI.
    """
    names = Names(base)
    document = plan.document.id
    yield from describe(facts(plan, names), names.node("facts", document))
    yield from describe(register(plan, names), names.node("graph", "register"))
    yield from describe(evidence(plan, names), names.node("evidence", document))
