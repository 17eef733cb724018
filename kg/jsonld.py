"""Write the nodes of the graph as JSON-LD with a context of our own: short keys, short IRIs, plain numbers and dates.

The context is `ontology/context.jsonld`; what it does not name is written in full, so that expansion gives the graph
back in any case. By hand, because pyoxigraph writes expanded JSON-LD only and rdflib's differs from run to run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.assets import asset
from kg.vocabulary import PREFIXES, Names, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

__all__ = ["Compactor"]

Subject = NamedNode | BlankNode | Triple
Json = str | int | bool | list["Json"] | dict[str, "Json"]

_STRING, _INTEGER, _BOOLEAN = (PREFIXES["xsd"] + name for name in ("string", "integer", "boolean"))


class Compactor:
    """Compact nodes against one context: terms by their local names, data relative to its base, concepts as `code:`.

    No key of the context is a prefix of the data, for a JSON-LD term is a key or a prefix and never both: so
    `task/…` stands where Turtle has `task:…`, and `code:role/lead` where Turtle has `role:lead`.
    """

    def __init__(self, names: Names) -> None:
        self._base = names.base
        self._context: dict[str, Json] = json.loads(asset("ontology", "context.jsonld").read_text("utf-8"))["@context"]
        namespaces = [
            (iri, key) for key, iri in self._context.items() if isinstance(iri, str) and iri.endswith(("/", "#"))
        ]
        self._short = [(iri, key) for iri, key in sorted(namespaces, key=lambda pair: -len(pair[0])) if key[0] != "@"]
        self._keys: dict[str, tuple[str, dict[str, Json]]] = {term("rdf:type").value: ("type", {})}
        for key, said in self._context.items():
            entry = said if isinstance(said, dict) else {"@id": said}
            self._keys.setdefault(self._expand(str(entry["@id"])), (key, entry))

    def context(self) -> dict[str, Json]:
        """Return the context that `node` writes against: that of the file, and the base of the data."""
        return {"@base": self._base, **self._context}

    def node(self, subject: Subject, quads: Iterable[Quad]) -> dict[str, Json]:
        """Return one node with its properties in their order; a list where a property has several values."""
        made: dict[str, Json] = {"id": self._compact(subject)}
        for quad in quads:
            key, entry = self._keys.get(quad.predicate.value) or (self._shorten(quad.predicate.value), {})
            value = self._type(quad.object) if key == "type" else self._value(quad.object, entry)
            before = made.setdefault(key, value)
            if isinstance(before, list):
                before.append(value)
            elif before is not value:
                made[key] = [before, value]
        return made

    def _type(self, value: Subject | Literal) -> str:
        if not isinstance(value, NamedNode):
            raise TypeError(f"{value}: is no class")
        return self._shorten(value.value).removeprefix("resp:")  # the vocabulary of the context

    def _value(self, value: Subject | Literal, entry: dict[str, Json]) -> Json:
        """Write a value plainly where the context says what it is, else with its type or language beside it."""
        if not isinstance(value, Literal):
            return self._compact(value) if entry.get("@type") == "@id" else {"@id": self._compact(value)}
        plain = self._plain(value, entry)
        if plain is not None:
            return plain
        written: dict[str, Json] = {"@value": value.value}
        if value.language:
            written["@language"] = value.language
        elif value.datatype.value != _STRING:
            written["@type"] = value.datatype.value
        return written

    def _plain(self, value: Literal, entry: dict[str, Json]) -> Json | None:
        """Give the value that means this literal in the context alone, or None where there is none."""
        datatype, text = value.datatype.value, value.value
        if "@language" in entry or value.language:
            return text if entry.get("@language") == value.language else None
        if "@type" in entry:
            return text if self._expand(str(entry["@type"])) == datatype else None
        if datatype == _BOOLEAN and text in ("true", "false"):
            return text == "true"
        if datatype == _INTEGER and str(int(text)) == text:
            return int(text)
        return text if datatype == _STRING else None

    def _compact(self, node: Subject | Literal) -> str:
        if not isinstance(node, NamedNode):
            raise TypeError(f"{node}: the data has no blank nodes and no triple terms")
        if node.value.startswith(self._base):
            return node.value.removeprefix(self._base)
        return self._shorten(node.value)

    def _shorten(self, iri: str) -> str:
        for namespace, prefix in self._short:
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def _expand(self, written: str) -> str:
        prefix, colon, local = written.partition(":")
        namespace = self._context.get(prefix)
        return f"{namespace}{local}" if colon and isinstance(namespace, str) else written
