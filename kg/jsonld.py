"""Write the nodes of the graph as JSON-LD with a context of our own: short keys, short IRIs, plain numbers and dates.

By hand, because pyoxigraph writes expanded JSON-LD only and rdflib's differs from run to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocabulary import HOME, LANGUAGE, PREFIXES, PROPERTIES, Kind, Names, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

__all__ = ["Compactor"]

Subject = NamedNode | BlankNode | Triple
Json = str | int | bool | list["Json"] | dict[str, "Json"]

_FOREIGN = ("dct", "eli", "oa", "org", "prov", "rdfs", "skos", "xsd")
_COERCIONS: dict[Kind, dict[str, Json]] = {
    Kind.NODE: {"@type": "@id"},
    Kind.LABEL: {"@language": LANGUAGE},
    Kind.DATE: {"@type": "xsd:date"},
    Kind.DECIMAL: {"@type": "xsd:decimal"},
}
"""What the context says of a property, so that its values can be plain; strings, integers and booleans need no word."""


class Compactor:
    """Compact nodes against one context: terms by their local names, data relative to its base, concepts as `code:`.

    No key of the context is a prefix of the data, for a JSON-LD term is a key or a prefix and never both: so
    `task/…` stands where Turtle has `task:…`, and `code:role/lead` where Turtle has `role:lead`.
    """

    def __init__(self, names: Names) -> None:
        self._base = names.base
        self._short = {PREFIXES[prefix]: prefix for prefix in _FOREIGN} | {HOME: "code"}
        self._keys = {term(name): _key(name) for name in PROPERTIES}
        self._kinds = {term(name): kind for name, kind in PROPERTIES.items()}

    def context(self) -> dict[str, Json]:
        """Return the context that `node` writes against."""
        context: dict[str, Json] = {
            "@base": self._base,
            "@vocab": PREFIXES["resp"],
            "code": HOME,
            "id": "@id",
            "type": "@type",
        }
        context |= {prefix: PREFIXES[prefix] for prefix in _FOREIGN}
        for name, kind in PROPERTIES.items():
            if kind in _COERCIONS:
                context[_key(name)] = {"@id": name.removeprefix("resp:"), **_COERCIONS[kind]}
        return context

    def node(self, subject: Subject, quads: Iterable[Quad]) -> dict[str, Json]:
        """Return one node with its properties in their order; a list where a property has several values."""
        made: dict[str, Json] = {"id": self._compact(subject)}
        for quad in quads:
            key, value = self._keys[quad.predicate], self._value(quad)
            before = made.setdefault(key, value)
            if isinstance(before, list):
                before.append(value)
            elif before is not value:
                made[key] = [before, value]
        return made

    def _value(self, quad: Quad) -> Json:
        value = quad.object
        if not isinstance(value, Literal):
            return self._compact(value)
        kind = self._kinds[quad.predicate]
        if kind is Kind.INTEGER:
            return int(value.value)
        return value.value == "true" if kind is Kind.BOOLEAN else value.value

    def _compact(self, node: Subject) -> str:
        if not isinstance(node, NamedNode):
            raise TypeError(f"{node}: the data has no blank nodes and no triple terms")
        for namespace in (PREFIXES["resp"], self._base):
            if node.value.startswith(namespace):
                return node.value.removeprefix(namespace)
        for namespace, prefix in self._short.items():
            if node.value.startswith(namespace):
                return f"{prefix}:{node.value.removeprefix(namespace)}"
        return node.value


def _key(name: str) -> str:
    return {"rdf:type": "type", "rdfs:label": "label"}.get(name, name.removeprefix("resp:"))
