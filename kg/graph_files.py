"""Read RDF from files: the Turtle of the ontology without shapes and examples, and graphs that a user names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.assets import asset
from kg.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GRAPH_FORMATS", "GraphFile", "ontology_files", "read_graph"]

GRAPH_FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        ".ttl": RdfFormat.TURTLE,
        ".nt": RdfFormat.N_TRIPLES,
        ".nq": RdfFormat.N_QUADS,
        ".trig": RdfFormat.TRIG,
        ".jsonld": RdfFormat.JSON_LD,
        ".rdf": RdfFormat.RDF_XML,
        ".owl": RdfFormat.RDF_XML,
    }
)
"""The format of a graph by the end of its file's name."""

_SHAPES = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFile:
    """The triples of one file in its order, named graphs laid together, and the prefixes that it declares."""

    name: str
    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str]


def read_graph(path: Path) -> GraphFile:
    """Read one RDF file; the end of its name tells the format.

    Raises `ReadError` for another name, for a file that cannot be read, and for a fault of syntax with its line.
    """
    form = GRAPH_FORMATS.get(path.suffix.lower())
    if form is None:
        raise ReadError(f"{path}: is no graph: its name must end in {', '.join(GRAPH_FORMATS)}")
    try:
        parser = parse(path=str(path), format=form, base_iri=path.absolute().as_uri())
        told = dict.fromkeys(Triple(quad.subject, quad.predicate, quad.object) for quad in parser)
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as {form.name}: {error}: mend it there") from error
    return GraphFile(name=path.name, triples=tuple(told), prefixes=MappingProxyType(dict(parser.prefixes)))


_APART = ("cube.ttl",)
"""What describes a view of the data and declares no terms of it."""


def ontology_files() -> tuple[GraphFile, ...]:
    """Read the terms, alignments and code lists of `ontology/`, by name; shapes and the structure of the cube view are left out."""
    paths = sorted(path for path in asset("ontology").glob("*.ttl") if path.name not in _APART)
    files = [read_graph(path) for path in paths]
    return tuple(file for file in files if not any(map(_is_shape, file.triples)))


def _is_shape(triple: Triple) -> bool:
    return isinstance(triple.object, NamedNode) and triple.object.value in (
        _SHAPES + "NodeShape",
        _SHAPES + "PropertyShape",
    )
