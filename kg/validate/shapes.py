"""Read SHACL shapes: Turtle goes in, shapes come out; what the validator cannot run is an error, never passed over."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path as File

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.assets import asset
from kg.errors import ValidateError
from kg.validate.model import (
    SHACL,
    SHAPES,
    Alternative,
    Component,
    Constraint,
    Inverse,
    Path,
    Predicate,
    Sequence,
    Severity,
    Shape,
    Target,
    TargetKind,
    Value,
    Words,
)
from kg.vocabulary import term

__all__ = ["SHAPES_FILE", "our_shapes", "read_shapes", "waivers"]

SHAPES_FILE = "shapes.ttl"

Node = NamedNode | BlankNode | Literal

_PARAMETERS = {
    "class": Component.CLASS,
    "datatype": Component.DATATYPE,
    "hasValue": Component.HAS_VALUE,
    "in": Component.IN,
    "languageIn": Component.LANGUAGE_IN,
    "lessThan": Component.LESS_THAN,
    "lessThanOrEquals": Component.LESS_THAN_OR_EQUALS,
    "maxCount": Component.MAX_COUNT,
    "maxInclusive": Component.MAX_INCLUSIVE,
    "minCount": Component.MIN_COUNT,
    "minInclusive": Component.MIN_INCLUSIVE,
    "minLength": Component.MIN_LENGTH,
    "node": Component.NODE,
    "nodeKind": Component.NODE_KIND,
    "pattern": Component.PATTERN,
    "sparql": Component.SPARQL,
    "uniqueLang": Component.UNIQUE_LANG,
    "closed": Component.CLOSED,
}
"""The parameter of each component, in the order in which a shape is checked."""

_LISTS = ("in", "languageIn")
_NODE_KINDS = ("IRI",)
_PLAIN = {"path", "property", "name", "message", "severity", "group", "ignoredProperties", *TargetKind}
_TYPES = ("NodeShape", "PropertyShape")


@cache
def our_shapes() -> tuple[Shape, ...]:
    """Read the shapes of the ontology."""
    return read_shapes(asset("ontology", SHAPES_FILE))


def read_shapes(file: File) -> tuple[Shape, ...]:
    """Read the node shapes of a Turtle file in their order, each with its property shapes.

    Raises `ValidateError` for a file that cannot be read and for a part of SHACL that the validator does not run.
    """
    reader = _Reader(file)
    return tuple(reader.shape(node) for node in reader.subjects("NodeShape"))


def waivers() -> dict[NamedNode, Words]:
    """Give the terms of the ontology that have no shape, each with the reason."""
    reader = _Reader(asset("ontology", SHAPES_FILE))
    waiver = NamedNode(SHAPES + "waiver")
    return {node: reader.words(node, waiver) for node in reader.with_property(waiver)}


class _Reader:
    """The triples of one file, and the shapes read from them."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._told: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        try:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE):
                self._told[quad.subject][quad.predicate.value].append(quad.object)
        except (OSError, SyntaxError) as error:
            raise ValidateError(f"{file}: cannot be read as Turtle: {error}: mend the shapes") from error
        self._read: dict[NamedNode, Shape] = {}
        self._open: list[NamedNode] = []

    def subjects(self, kind: str) -> list[NamedNode]:
        """Give the shapes of a kind in the order of the file."""
        wanted = NamedNode(SHACL + kind)
        return [self._iri(node) for node, told in list(self._told.items()) if wanted in told[term("rdf:type").value]]

    def with_property(self, predicate: NamedNode) -> list[NamedNode]:
        """Give the subjects of a property in the order of the file."""
        return [node for node, told in self._told.items() if isinstance(node, NamedNode) and told[predicate.value]]

    def shape(self, node: NamedNode) -> Shape:
        """Read one shape."""
        if node not in self._read:
            if node in self._open:
                raise self._refused(node, "refers to itself through sh:node or sh:property")
            self._open.append(node)
            self._read[node] = self._shape(node)
            self._open.pop()
        return self._read[node]

    def _shape(self, node: NamedNode) -> Shape:
        self._check(node)
        paths = self._told[node][SHACL + "path"]
        return Shape(
            iri=node,
            name=self.words(node, NamedNode(SHACL + "name")),
            message=self._maybe(node, SHACL + "message"),
            mend=self._maybe(node, SHAPES + "mend"),
            severity=self._severity(node),
            group=next((group for group in self._all(node, "group") if isinstance(group, NamedNode)), None),
            path=self._path(node, paths[0]) if paths else None,
            targets=tuple(Target(kind, self._iri(iri)) for kind in TargetKind for iri in self._all(node, kind)),
            constraints=tuple(self._constraints(node)),
            properties=tuple(self.shape(self._iri(inner)) for inner in self._all(node, "property")),
        )

    def _check(self, node: NamedNode) -> None:
        """Refuse a part of SHACL that would be passed over in silence."""
        told = self._told[node]
        kinds = [kind for kind in _TYPES if NamedNode(SHACL + kind) in told[term("rdf:type").value]]
        if len(kinds) != 1 or (kinds == ["PropertyShape"]) != bool(told[SHACL + "path"]):
            raise self._refused(node, "is not one of a node shape and a property shape with a path")
        for predicate in told:
            name = predicate.removeprefix(SHACL)
            if name != predicate and name not in _PLAIN and name not in _PARAMETERS:
                raise self._refused(node, f"uses sh:{name}, which the validator does not run")

    def _constraints(self, node: NamedNode) -> list[Constraint]:
        made: list[Constraint] = []
        for parameter, component in _PARAMETERS.items():
            for value in self._all(node, parameter):
                match parameter:
                    case "sparql":
                        made.append(self._sparql(self._iri(value)))
                    case "node":
                        made.append(Constraint(component=component, node=self.shape(self._iri(value))))
                    case "closed":
                        ignored = self._listed(node, self._all(node, "ignoredProperties")[0])
                        made.append(Constraint(component=component, values=tuple(map(self._value, ignored))))
                    case _:
                        values = self._listed(node, value) if parameter in _LISTS else [value]
                        made.append(Constraint(component=component, values=tuple(map(self._value, values))))
        if any(kind.value.removeprefix(SHACL) not in _NODE_KINDS for kind in self._all(node, "nodeKind")):
            raise self._refused(node, "uses another sh:nodeKind than sh:IRI")
        return made

    def _sparql(self, node: NamedNode) -> Constraint:
        select = self._all(node, "select")
        if len(select) != 1 or not isinstance(select[0], Literal):
            raise self._refused(node, "is no SPARQL constraint with one sh:select")
        prefixes = [
            f"PREFIX {self._text(declared, 'prefix')}: <{self._text(declared, 'namespace')}>"
            for holder in self._all(node, "prefixes")
            for declared in self._told[holder][SHACL + "declare"]
        ]
        return Constraint(
            component=Component.SPARQL,
            values=(node,),
            query="\n".join([*prefixes, select[0].value]),
            message=self.words(node, NamedNode(SHACL + "message")),
        )

    def _path(self, shape: NamedNode, node: Node) -> Path:
        if isinstance(node, NamedNode):
            return Predicate(node)
        told = self._told[node]
        if inner := told[SHACL + "inversePath"]:
            return Inverse(self._path(shape, inner[0]))
        if options := told[SHACL + "alternativePath"]:
            return Alternative(tuple(self._path(shape, part) for part in self._listed(shape, options[0])))
        return Sequence(tuple(self._path(shape, part) for part in self._listed(shape, node)))

    def _listed(self, shape: NamedNode, head: Node) -> list[Node]:
        items: list[Node] = []
        while head != term("rdf:nil"):
            told = self._told[head]
            if not told[term("rdf:first").value]:
                raise self._refused(shape, "has a path or a list of another kind than the validator runs")
            items.append(told[term("rdf:first").value][0])
            head = told[term("rdf:rest").value][0]
        return items

    def _severity(self, node: NamedNode) -> Severity:
        for stated in self._all(node, "severity"):
            return Severity(self._iri(stated).value.removeprefix(SHACL))
        return Severity.VIOLATION

    def _maybe(self, node: Node, predicate: str) -> Words | None:
        return self.words(node, NamedNode(predicate)) if self._told[node][predicate] else None

    def words(self, node: Node, predicate: NamedNode) -> Words:
        """Read a text that is there in both languages."""
        told = {
            value.language: value.value for value in self._told[node][predicate.value] if isinstance(value, Literal)
        }
        if not {"zh", "en"} <= told.keys():
            raise self._refused(node, f"has no {predicate.value} in both languages, zh and en")
        return Words(zh=told["zh"], en=told["en"])

    def _all(self, node: Node, parameter: str) -> list[Node]:
        return self._told[node][SHACL + parameter]

    def _text(self, node: Node, parameter: str) -> str:
        value = self._all(node, parameter)[0]
        return value.value

    def _value(self, node: Node) -> Value:
        if isinstance(node, BlankNode):
            raise ValidateError(f"{self._file}: a blank node is the value of a constraint: give it an IRI")
        return node

    def _iri(self, node: Node) -> NamedNode:
        if not isinstance(node, NamedNode):
            raise ValidateError(f"{self._file}: {node} is a shape or a target without an IRI: give it one")
        return node

    def _refused(self, node: Node, why: str) -> ValidateError:
        return ValidateError(f"{self._file}: {node} {why}: see docs/validation.md for what shapes may use")
