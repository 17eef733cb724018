"""Say what the graph holds where a result found fault: a result goes in, words to stand behind it in brackets come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from kg.validate.model import Component, Predicate, Words
from kg.validate.places import values
from kg.validate.wording import shown
from kg.vocabulary import term

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.validate.engine import Node, Result

__all__ = ["detail"]

_MOST = 3
"""So many values are listed."""

_COMPARING = (Component.LESS_THAN, Component.LESS_THAN_OR_EQUALS)
_COUNTING = (Component.MAX_COUNT, Component.HAS_VALUE, Component.UNIQUE_LANG)


def detail(store: Store, result: Result) -> Words:
    """Give the other value of a comparison, the values that were counted, or what a node is in place of what it should be.

    Empty where there is nothing to add.
    """
    component = result.constraint.component
    if component in _COMPARING:
        other = result.constraint.values[0]
        return _listed(values(store, result.focus, other)) if isinstance(other, NamedNode) else Words("", "")
    if component in _COUNTING and isinstance(result.path, Predicate):
        return _listed(values(store, result.focus, result.path.iri))
    if component is Component.CLASS and isinstance(result.value, NamedNode | BlankNode):
        return _what_it_is(store, result.value)
    return Words("", "")


def _listed(nodes: list[Node]) -> Words:
    told = ", ".join(shown(node) for node in nodes[:_MOST]) + (" …" if len(nodes) > _MOST else "")
    return Words(f"（{told}）", f" ({told})") if nodes else Words("", "")


def _what_it_is(store: Store, node: NamedNode | BlankNode) -> Words:
    if next(store.quads_for_pattern(node, None, None), None) is None:
        return Words("（图中没有对它的描述）", " (the graph says nothing of it)")
    classes = ", ".join(shown(kind) for kind in values(store, node, term("rdf:type")))
    if not classes:
        return Words("（它没有标明类）", " (it has no class)")
    return Words(f"（它是 {classes}）", f" (it is a {classes})")
