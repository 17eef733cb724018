"""Validate a graph: a store with data and vocabulary goes in, what breaks our shapes comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kg.errors import ValidateError
from kg.validate.compile import OF_FOCUS, Query, compiled
from kg.validate.model import Component, Constraint, Path, Predicate, Severity, Shape
from kg.validate.shapes import our_shapes
from kg.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import QuerySolution, Store

__all__ = ["Node", "Result", "Validation", "validate"]

Node = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One place that breaks one condition, as SHACL reports it: `path` and `value` are there where the condition has them.

    `shape` is the shape that states the condition, with its severity and what it says.
    """

    focus: Node
    path: Path | None
    value: Node | None
    shape: Shape
    constraint: Constraint

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.shape.severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What was found: the results, grave ones first, the number of triples checked, and the groups of shapes left out."""

    results: tuple[Result, ...]
    triples: int
    skipped: tuple[NamedNode, ...]

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that break the model."""
        return tuple(result for result in self.results if result.severity is Severity.VIOLATION)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The results that may well be what the document says."""
        return tuple(result for result in self.results if result.severity is Severity.WARNING)


def validate(store: Store, shapes: Sequence[Shape] | None = None) -> Validation:
    """Run the shapes of the ontology, or others, over the union of all graphs of a store that holds the vocabulary too.

    Shapes of a group (`sh:group`) are left out where the graph has no instance of any class that they ask for: a Turtle file of
    facts alone says nothing of evidence. Raises `ValidateError` where the engine cannot run a query of a shape.
    """
    held = our_shapes() if shapes is None else tuple(shapes)
    runner = _Runner(store)
    skipped = tuple(sorted(runner.absent(held), key=str))
    found = {result for shape in held for result in runner.run(_without(shape, skipped))}
    order = {part.iri: at for at, part in enumerate(part for shape in held for part in (shape, *shape.properties))}
    return Validation(
        results=tuple(sorted(found, key=lambda result: _place(result, order))), triples=len(store), skipped=skipped
    )


def _place(result: Result, order: dict[NamedNode, int]) -> tuple[bool, int, str, str, str, str]:
    """Sort results: violations first, then by shape in the order of the file, then by node."""
    return (
        result.severity is not Severity.VIOLATION,
        order[result.shape.iri],
        str(result.focus),
        result.constraint.component,
        str(result.path),
        str(result.value),
    )


def _without(shape: Shape, groups: Sequence[NamedNode | None]) -> Shape:
    return replace(shape, properties=tuple(part for part in shape.properties if part.group not in groups))


class _Runner:
    """Runs the queries of shapes on one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._used = frozenset(self._nodes("SELECT DISTINCT ?node WHERE { ?any a ?node }"))
        self._subclasses: dict[NamedNode, tuple[NamedNode, ...]] = {}

    def subclasses(self, iri: NamedNode) -> tuple[NamedNode, ...]:
        """Give those of a class and its subclasses that have instances."""
        if iri not in self._subclasses:
            below = self._nodes(f"SELECT DISTINCT ?node WHERE {{ ?node {term('rdfs:subClassOf')}* {iri} }}")
            self._subclasses[iri] = tuple(sorted({iri, *below} & self._used, key=str))
        return self._subclasses[iri]

    def absent(self, shapes: Sequence[Shape]) -> set[NamedNode]:
        """Give the groups of which the graph has nothing: nodes that they ask, and no instance of any class that they ask for."""
        asked = [shape for shape in shapes if any(self.subclasses(target.iri) for target in shape.targets)]
        asking = [(part.group, part) for shape in asked for part in shape.properties if part.group]
        found = {
            group
            for group, part in asking
            for one in part.constraints
            if one.component is Component.CLASS
            and isinstance(one.values[0], NamedNode)
            and self.subclasses(one.values[0])
        }
        return {group for group, _ in asking} - found

    def run(self, shape: Shape) -> Iterator[Result]:
        """Yield what breaks a node shape."""
        for query in compiled(shape, self.subclasses):
            for row in self._rows(query.sparql, shape.iri):
                yield from _results(query, row)

    def _nodes(self, sparql: str) -> Iterator[NamedNode]:
        for row in self._rows(sparql, None):
            if isinstance(row["node"], NamedNode):
                yield row["node"]

    def _rows(self, sparql: str, shape: NamedNode | None) -> Iterator[QuerySolution]:
        try:
            answer = self._store.query(sparql, use_default_graph_as_union=True)
        except (SyntaxError, OSError, RuntimeError) as error:
            raise ValidateError(f"{shape}: its query cannot be run: {error}: mend the shape") from error
        if not isinstance(answer, QuerySolutions):
            raise ValidateError(f"{shape}: its query is no SELECT: mend the shape")
        yield from answer


def _results(query: Query, row: QuerySolution) -> Iterator[Result]:
    for at, (shape, constraint) in enumerate(query.constraints):
        if query.is_whole or _holds(row[f"broken{at}"]):
            yield _result(row, shape, constraint)


def _holds(broken: object) -> bool:
    return isinstance(broken, Literal) and broken.value == "true"


def _result(row: QuerySolution, shape: Shape, constraint: Constraint) -> Result:
    """Give the result of a row, with the value that SHACL gives it: none where a condition is on the node and all its values."""
    focus, value, way = _node(row["this"]), row["value"], row["path"]
    path = Predicate(way) if isinstance(way, NamedNode) else shape.path
    if constraint.component in OF_FOCUS:
        return Result(focus=focus, path=path, value=None, shape=shape, constraint=constraint)
    told = focus if value is None else _node(value)
    return Result(focus=focus, path=path, value=told, shape=shape, constraint=constraint)


def _node(term_: object) -> Node:
    if not isinstance(term_, NamedNode | BlankNode | Literal):
        raise ValidateError(f"{term_}: is no node of RDF 1.1: leave it out of the graph")
    return term_
