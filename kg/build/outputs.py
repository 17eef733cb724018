"""Say what the files of a build are made of: one piece for each document, then one for each node that documents share.

Pieces follow each other by the id of the document, as `kg.tables` and `kg.export` write the same files in one go, so a
file of which one document changed is put together from the pieces of the file before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from kg.export import WRITERS
from kg.graph import triples
from kg.jsonld import Compactor
from kg.layers import ordered
from kg.records_file import dumps
from kg.serializers import JSONLD_BETWEEN, JSONLD_TAIL, jsonld_head, jsonld_nodes
from kg.sources.listing import MANIFEST
from kg.tables import TABLES, table_head, table_lines
from kg.turtle import spoken_prefixes, turtle_block, turtle_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Quad

    from kg.records import Plan
    from kg.vocabulary import Names

__all__ = ["GRAPHS", "LEDGER", "NQUADS", "OWN", "PLANS", "STORE", "TABLES_FOLDER", "Maker", "Output", "Pieces"]

STORE, PLANS, TABLES_FOLDER, CACHE = "store", "plans", "tables", "cache"
GRAPHS = tuple(f"graph{WRITERS[name].suffix}" for name in ("turtle", "nquads", "jsonld"))
NQUADS = GRAPHS[1]
LEDGER = f"{CACHE}/ledger.sqlite"
OWN = (MANIFEST, TABLES_FOLDER, PLANS, STORE, CACHE, *GRAPHS)
"""What a build writes into its folder; everything else there is a person's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file of a build: its place in the folder, and what stands before, between and behind the pieces."""

    path: str
    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a document gives: its pieces in the order of the outputs, its records, its quads and what it says of shared nodes.

    `facts` and `evidence` are numbers of quads.
    """

    pieces: tuple[bytes, ...]
    records: bytes
    quads: list[Quad]
    said: dict[NamedNode, list[Quad]]
    facts: int
    evidence: int


class Maker:
    """Makes the pieces of one build; `outputs` are its files, those of the graph first."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._compactor = Compactor(names)
        self._prefixes = spoken_prefixes(names)
        self.base = names.base
        self.register = names.node("graph", "register")
        turtle, nquads, jsonld = GRAPHS
        self.outputs = (
            Output(path=turtle, head=turtle_prefixes(self._prefixes)),
            Output(path=nquads),
            Output(path=jsonld, head=jsonld_head(self._compactor), between=JSONLD_BETWEEN, tail=JSONLD_TAIL),
            *(Output(path=f"{TABLES_FOLDER}/{name}.csv", head=table_head(name).encode()) for name in TABLES),
        )

    def of_plan(self, plan: Plan) -> Pieces:
        """Make the pieces of a document."""
        facts, evidence, said = self._sorted(plan)
        quads = facts + evidence
        tables = (table_lines(spec.rows(plan)).encode() for spec in TABLES.values())
        return Pieces(
            pieces=(self._turtle(facts), _nquads(quads), self._jsonld(facts), *tables),
            records=dumps(plan).encode(),
            quads=quads,
            said=said,
            facts=len(facts),
            evidence=len(evidence),
        )

    def of_node(self, quads: Iterable[Quad]) -> tuple[bytes, ...]:
        """Make the pieces of a shared node, for the files of the graph."""
        told = ordered(quads, self._names)
        return self._turtle(told), _nquads(told), self._jsonld(told)

    def _sorted(self, plan: Plan) -> tuple[list[Quad], list[Quad], dict[NamedNode, list[Quad]]]:
        facts_graph = self._names.node("facts", plan.document.id)
        facts: list[Quad] = []
        evidence: list[Quad] = []
        said: dict[NamedNode, list[Quad]] = {}
        for quad in triples(plan, base=self._names.base):
            if quad.graph_name == facts_graph:
                facts.append(quad)
            elif quad.graph_name == self.register:
                said.setdefault(quad.subject, []).append(quad)  # type: ignore[arg-type]  # the data has no blank nodes
            else:
                evidence.append(quad)
        return ordered(facts, self._names), ordered(evidence, self._names), said

    def _turtle(self, quads: Iterable[Quad]) -> bytes:
        return turtle_block((quad.triple for quad in quads), self._prefixes)

    def _jsonld(self, quads: Iterable[Quad]) -> bytes:
        return JSONLD_BETWEEN.join(jsonld_nodes(quads, self._compactor))


def _nquads(quads: Iterable[Quad]) -> bytes:
    return serialize(quads, format=RdfFormat.N_QUADS) or b""
