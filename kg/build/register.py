"""Write what documents share, node by node: those of which a document that changed tells are settled anew, the others are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.build.ledger import Node
from kg.graph import settle
from kg.layers import place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from pyoxigraph import Quad

    from kg.build.ledger import Ledger
    from kg.build.outputs import Maker
    from kg.build.splice import Splice

__all__ = ["write_register"]

Settled = tuple[NamedNode, "set[Quad]"]
"""A node with all that is told of it now; nothing where it has left."""


def write_register(
    ledger: Ledger, maker: Maker, splices: Sequence[Splice], touched: Collection[str], keep: Callable[[str], None]
) -> Iterator[Settled]:
    """Write the pieces of all shared nodes in their order, and yield the touched ones as they are settled.

    `keep` takes over the pieces of a node that was not touched.
    """
    before = {node.iri: node for node in ledger.nodes()}
    after: list[Node] = []
    for iri in sorted(before.keys() | touched, key=lambda iri: place(*iri.removeprefix(maker.base).partition("/")[::2])):
        if iri not in touched:
            keep(iri)
            after.append(before[iri])
            continue
        said = ledger.said_of(iri)
        quads = settle(parse(said, format=RdfFormat.N_QUADS))
        yield NamedNode(iri), quads
        if quads:
            pieces = maker.of_node(quads)
            for splice, piece in zip(splices, pieces, strict=False):
                splice.add(piece)
            after.append(Node(iri=iri, triples=len(quads), lengths=tuple(map(len, pieces))))
    ledger.rewrite_nodes(after)
