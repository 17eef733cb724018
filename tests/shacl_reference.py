"""The reference of the validator: pySHACL over the same graph and shapes, its results in a form that compares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, serialize
from rdflib.namespace import SH

from kg.assets import asset
from kg.validate import Result, Validation
from kg.validate.model import Predicate

Node = NamedNode | BlankNode | Literal

BLANK = "a blank node"
"""Stands for every blank node, for rdflib gives them names of its own."""


@dataclass(frozen=True, slots=True)
class Found:
    """One result: focus node, path, component, value, shape and severity, as text; a path that is no property is its shape's."""

    focus: str
    path: str
    component: str
    value: str
    shape: str
    severity: str


def ours(validation: Validation) -> set[Found]:
    """Give the results of our validator."""
    return {_ours(result) for result in validation.results}


def _ours(result: Result) -> Found:
    path = result.path
    return Found(
        focus=_text(result.focus),
        path=str(path.iri) if isinstance(path, Predicate) else "complex" if path else "",
        component=result.constraint.component,
        value=_text(result.value),
        shape=str(result.shape.iri),
        severity=result.severity,
    )


def _text(node: Node | None) -> str:
    return "" if node is None else BLANK if isinstance(node, BlankNode) else str(node)


def theirs(store: Store, without: tuple[NamedNode, ...] = ()) -> set[Found]:
    """Run pySHACL over the union of the graphs of a store; `without` are groups of shapes that are left out."""
    return results_of(data_graph(store), shapes_graph(without))


def shapes_graph(without: tuple[NamedNode, ...] = ()) -> rdflib.Graph:
    """Give a graph of our shapes, those of some groups deactivated."""
    shapes = rdflib.Graph()
    for triple in _shapes():
        shapes.add(triple)
    for group in without:
        for shape in shapes.subjects(SH.group, rdflib.URIRef(group.value)):
            shapes.add((shape, SH.deactivated, rdflib.Literal(True)))
    return shapes


def results_of(data: rdflib.Graph, shapes: rdflib.Graph) -> set[Found]:
    """Validate a graph of rdflib and give what pySHACL reports."""
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True, do_owl_imports=False)
    assert isinstance(report, rdflib.Graph), (report, text)
    return found_in(report)


def found_in(report: rdflib.Graph) -> set[Found]:
    """Give the results of a report graph; what made a value break sh:node is a detail of its result and no result."""
    return {_theirs(report, result) for result in report.objects(None, SH.result)}


def data_graph(store: Store) -> rdflib.Graph:
    """Give the union of the graphs of a store to rdflib, literals as they are written."""
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    buffer = BytesIO()
    serialize(sorted(triples, key=str), buffer, RdfFormat.N_TRIPLES)
    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=buffer.getvalue(), format="nt")
    return graph


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(asset("ontology", "shapes.ttl"), format="turtle")


def _theirs(report: rdflib.Graph, result: Any) -> Found:
    path = report.value(result, SH.resultPath)
    return Found(
        focus=_term(report.value(result, SH.focusNode)),
        path=_term(path) if isinstance(path, rdflib.URIRef) else "complex" if path is not None else "",
        component=str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        value=_term(report.value(result, SH.value)),
        shape=_term(report.value(result, SH.sourceShape)),
        severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
    )


def _term(node: Any) -> str:
    """Write a node of rdflib as pyoxigraph writes it."""
    if node is None:
        return ""
    if isinstance(node, rdflib.URIRef):
        return str(NamedNode(str(node)))
    if isinstance(node, rdflib.BNode):
        return BLANK
    if node.language:
        return str(Literal(str(node), language=node.language))
    return str(Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node)))
