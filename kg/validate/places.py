"""Find what tells a person which node is meant: its label, and the sentence of the document that states it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.validate.engine import Node

__all__ = ["Place", "label", "place", "values"]

_LABELS = ("rdfs:label", "skos:prefLabel", "resp:writtenAs", "resp:printed", "resp:when", "resp:text", "resp:fileName")
"""Properties whose value people know a node by, the best one first."""

_LINKS = ("resp:evidence", "resp:clause")
_LEADING = (
    "oa:hasSelector", "resp:evidence", "resp:bearer", "resp:deadline", "resp:indicatorValue", "resp:citedAct", "resp:task",
    "resp:indicator", "resp:project", "resp:issuer", "resp:region",
)  # fmt: skip
"""Properties that lead to a node from a fact that has a place in the text, the nearest one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document states a fact: the words, their offsets and the file, as far as the graph holds them."""

    quote: str | None
    start: str | None
    end: str | None
    file: str | None


def label(store: Store, node: Node) -> str:
    """Give the words that people know a node by; empty where it has none."""
    if isinstance(node, Literal):
        return ""
    for name in _LABELS:
        texts = sorted(
            (value for value in _values(store, node, name) if isinstance(value, Literal)),
            key=lambda text: (text.language != "zh", text.value),
        )
        if texts and texts[0].value:
            return texts[0].value
    return ""


def place(store: Store, node: Node) -> Place | None:
    """Find the place of a node: its own, or that of the nearest fact that has to do with it; None where there is none."""
    if isinstance(node, Literal):
        return None
    for fact in (node, *_neighbours(store, node)):
        spans = [span for link in _LINKS for span in _values(store, fact, link)]
        if _values(store, fact, "oa:hasSelector"):
            spans.insert(0, fact)
        for span in spans:
            found = _span(store, span)
            if found:
                return found
    return None


def _neighbours(store: Store, node: NamedNode | BlankNode) -> Iterator[NamedNode | BlankNode]:
    for name in _LEADING:
        quads = store.quads_for_pattern(None, term(name), node)
        yield from sorted((q.subject for q in quads if isinstance(q.subject, NamedNode | BlankNode)), key=str)


def _span(store: Store, span: Node) -> Place | None:
    told: dict[str, str] = {}
    for selector in _values(store, span, "oa:hasSelector"):
        for name in ("oa:exact", "oa:start", "oa:end"):
            for value in _values(store, selector, name):
                told.setdefault(name, _text(value))
    files = [
        _text(file) for copy in _values(store, span, "oa:hasSource") for file in _values(store, copy, "resp:fileName")
    ]
    if not told:
        return None
    return Place(
        quote=told.get("oa:exact"),
        start=told.get("oa:start"),
        end=told.get("oa:end"),
        file=files[0] if files else None,
    )


def values(store: Store, subject: Node, predicate: NamedNode) -> list[Node]:
    """Give the values of a property, each once and in the order of their text."""
    if isinstance(subject, Literal):
        return []
    found = {quad.object for quad in store.quads_for_pattern(subject, predicate, None)}
    return sorted((value for value in found if isinstance(value, NamedNode | BlankNode | Literal)), key=str)


def _values(store: Store, subject: Node, name: str) -> list[Node]:
    return values(store, subject, term(name))


def _text(node: Node) -> str:
    return node.value
