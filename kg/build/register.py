"""Write what documents share, node by node: those of which a document that changed tells are settled anew, the others are kept."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.build.ledger import Node
from kg.graph import settle
from kg.layers import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Quad

    from kg.build.ledger import Ledger
    from kg.build.outputs import Maker
    from kg.build.splice import Splices
    from kg.layers import Key

__all__ = ["write_register"]

Settled = tuple[NamedNode, "set[Quad]"]
"""A node with all that is told of it now; nothing where it has left."""


def write_register(ledger: Ledger, maker: Maker, files: Splices, touched: set[str]) -> Iterator[Settled]:
    """Write the pieces of all shared nodes in their order, and yield the touched ones as they are settled."""
    before = ledger.nodes()
    after: list[Node] = []
    for iri, node in _in_order(before, touched, maker.base):
        if node and iri not in touched:
            files.keep(iri)
            after.append(node)
            continue
        quads = settle(parse(ledger.said_of(iri), format=RdfFormat.N_QUADS))
        yield NamedNode(iri), quads
        if quads:
            pieces = maker.of_node(quads)
            files.add(pieces)
            after.append(Node(iri, len(quads), tuple(map(len, pieces))))
    ledger.rewrite_nodes(after)


def _in_order(before: Sequence[Node], touched: set[str], base: str) -> Iterator[tuple[str, Node | None]]:
    """Merge the nodes that were there, which are in order, with those that are new."""

    def key(iri: str) -> tuple[int, Key, int]:
        return place(*iri.removeprefix(base).partition("/")[::2])

    new = sorted(touched - {node.iri for node in before}, key=key)
    done = 0
    for iri in new:
        at = bisect_left(before, key(iri), lo=done, key=lambda node: key(node.iri))
        yield from ((node.iri, node) for node in before[done:at])
        yield iri, None
        done = at
    yield from ((node.iri, node) for node in before[done:])
