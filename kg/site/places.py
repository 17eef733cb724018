"""Know where each node stands: the page and the anchor of every term, concept and file header, and the links to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kg.site.vocabulary import Vocabulary
from kg.vocabulary import HOME

__all__ = ["LARGE", "Piece", "Places"]

LARGE = 40
"""Concepts from which on a code list has a page of its own."""

_NAME = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|(?<![\w?$:])([A-Za-z][\w-]*:[A-Za-z][\w-]*)(?![\w:-])")
"""A name with a prefix; what an IRI or a text holds is none."""
_FOREIGN = re.compile(r"[^\w-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of code: its characters, and the link of the term that they name."""

    text: str
    link: str = ""


@dataclass(frozen=True)
class Places:
    """The places of the nodes of a vocabulary, the same in every language."""

    vocabulary: Vocabulary

    @cached_property
    def pages(self) -> Mapping[NamedNode, str]:
        """The page of each code list: its own where it is large."""
        known = self.vocabulary
        large = {scheme for scheme in known.schemes if len(known.concepts(scheme)) >= LARGE}
        return {scheme: f"{self._slug(scheme)}.html" if scheme in large else "codes.html" for scheme in known.schemes}

    @cached_property
    def links(self) -> Mapping[NamedNode, str]:
        """The link of every node of ours, relative to the folder of a language."""
        known, made = self.vocabulary, {}
        for scheme, page in self.pages.items():
            made[scheme] = f"{page}#{self._slug(scheme)}"
            for concept in known.concepts(scheme):
                made.setdefault(concept, f"{page}#{self._slug(concept)}")
        for members in known.individuals.values():
            made |= {node: f"individuals.html#{self._slug(node)}" for node in members}
        for terms in known.terms.values():
            made |= {term: f"terms.html#{self._slug(term)}" for term in terms}
        headers = (node for node in known.members("owl:Ontology") if node.value.startswith(HOME))
        return made | {header: f"index.html#{self._slug(header)}" for header in headers}

    def link(self, node: NamedNode) -> str:
        """Give the link of a node, nothing for a node of others."""
        return self.links.get(node, "")

    def anchor(self, node: NamedNode) -> str:
        """Give the anchor of a node of ours."""
        return self.links[node].partition("#")[2]

    def pieces(self, code: str) -> list[Piece]:
        """Cut Turtle or SPARQL where it names a term of ours."""
        return list(_joined(self._cut(code)))

    def _cut(self, code: str) -> Iterator[Piece]:
        at = 0
        for match in _NAME.finditer(code):
            if link := self._by_curie.get(match[1] or "", ""):
                yield Piece(text=code[at : match.start()])
                yield Piece(text=match[1], link=link)
                at = match.end()
        yield Piece(text=code[at:])

    @cached_property
    def _by_curie(self) -> Mapping[str, str]:
        return {self.vocabulary.curie(node): link for node, link in self.links.items()}

    def _slug(self, node: NamedNode) -> str:
        """Make an anchor: the local name of a term, the path of a concept with strokes (role-lead)."""
        path = node.value.removeprefix(HOME).removeprefix("ontology#")
        return _FOREIGN.sub("-", path)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text)
