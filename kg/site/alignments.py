"""Tell which terms of others ours are aligned with: a vocabulary goes in, rows by the vocabulary of the others come out."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.assets import asset
from kg.site.entries import Entries, Ref

__all__ = ["Alignment", "Standard", "standards"]

RELATIONS = (
    "owl:equivalentClass", "owl:equivalentProperty", "skos:exactMatch", "rdfs:subClassOf", "rdfs:subPropertyOf",
    "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch", "rdfs:seeAlso",
)  # fmt: skip
"""The relations that align, the strictest first."""

_CURIE = re.compile(r"[A-Za-z][\w-]*:\w")
_LOCAL = re.compile(r"[^#/]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A term of ours, how it stands to one of others, that one, and what differs; `backward` where the other is the subject."""

    own: Ref
    relation: str
    other: str
    backward: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A vocabulary of others with the alignments to it; the name is empty where `standards.csv` does not tell it."""

    name: str
    prefix: str
    namespace: str
    alignments: tuple[Alignment, ...]


def standards(entries: Entries) -> list[Standard]:
    """List the alignments by the namespace of the others' terms: those of `ontology/standards.csv` in its order, then the rest."""
    found: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
    for subject, relation, value in _pairs(entries):
        backward = subject not in entries.places.links
        other, own = (subject, value) if backward else (value, subject)
        curie = entries.vocabulary.curie(other)
        namespace = _LOCAL.sub("", other.value)
        prefix = "" if curie == other.value else curie.partition(":")[0]
        namespace = entries.vocabulary.prefixes.get(prefix, namespace)
        row = Alignment(
            own=entries.ref(own), relation=relation, other=curie, backward=backward, note=_note(entries, own, curie)
        )
        found[prefix, namespace].append(row)
    names = _names()
    order = {namespace: at for at, namespace in enumerate(names)}
    return [
        Standard(name=names.get(namespace, ""), prefix=prefix, namespace=namespace, alignments=tuple(rows))
        for (prefix, namespace), rows in sorted(
            found.items(), key=lambda item: (order.get(item[0][1], len(order)), item[0])
        )
    ]


def _names() -> dict[str, str]:
    """Read the name of each standard by its namespace, in the order of the file."""
    with (asset("ontology") / "standards.csv").open(encoding="utf-8", newline="") as file:
        return {row["namespace"]: row["name"] for row in csv.DictReader(file)}


def _pairs(entries: Entries) -> Iterator[tuple[NamedNode, str, NamedNode]]:
    """Yield what aligns a node of ours with one of others, in either direction."""
    known, links = entries.vocabulary, entries.places.links
    for relation in RELATIONS:
        for node in links:
            yield from ((node, relation, value) for value in known.nodes(node, relation) if value not in links)
            yield from ((sayer, relation, node) for sayer in known.sayers(relation, node) if sayer not in links)


def _note(entries: Entries, own: NamedNode, other: str) -> str:
    """Give the comment on a term of ours that begins with the name of the other's, without it.

    A document has no short IRI: the comment on it begins with its title, and that stays.
    """
    comments = entries.vocabulary.texts(own, "rdfs:comment", entries.language)
    if "//" in other:
        return next((comment for comment in comments if not _CURIE.match(comment)), "")
    return next((c.removeprefix(other).lstrip(":： ") for c in comments if c.startswith(other)), "")
