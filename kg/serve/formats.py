"""The formats of answers: SELECT and ASK as SPARQL 1.1 has them, graphs in the syntaxes of RDF, each with its media types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import QueryResultsFormat, RdfFormat

__all__ = ["GRAPHS", "GRAPH_OFFERS", "RESULTS", "RESULT_OFFERS", "GraphFormat", "ResultFormat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFormat:
    """A format of rows; `shortest` is the fewest bytes that a row takes in it; `iri` names it in a service description."""

    media_type: str
    format: QueryResultsFormat
    shortest: int
    iri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFormat:
    """A format of triples; `iri` names it in a service description."""

    media_type: str
    format: RdfFormat
    iri: str


_NAMED = "http://www.w3.org/ns/formats/"

RESULTS: Mapping[str, ResultFormat] = MappingProxyType(
    {
        "json": ResultFormat(
            media_type="application/sparql-results+json",
            format=QueryResultsFormat.JSON,
            shortest=2,
            iri=f"{_NAMED}SPARQL_Results_JSON",
        ),
        "xml": ResultFormat(
            media_type="application/sparql-results+xml",
            format=QueryResultsFormat.XML,
            shortest=17,
            iri=f"{_NAMED}SPARQL_Results_XML",
        ),
        "csv": ResultFormat(
            media_type="text/csv; charset=utf-8",
            format=QueryResultsFormat.CSV,
            shortest=2,
            iri=f"{_NAMED}SPARQL_Results_CSV",
        ),
        "tsv": ResultFormat(
            media_type="text/tab-separated-values; charset=utf-8",
            format=QueryResultsFormat.TSV,
            shortest=1,
            iri=f"{_NAMED}SPARQL_Results_TSV",
        ),
    }
)

GRAPHS: Mapping[str, GraphFormat] = MappingProxyType(
    {
        "turtle": GraphFormat(media_type="text/turtle; charset=utf-8", format=RdfFormat.TURTLE, iri=f"{_NAMED}Turtle"),
        "jsonld": GraphFormat(media_type="application/ld+json", format=RdfFormat.JSON_LD, iri=f"{_NAMED}JSON-LD"),
        "ntriples": GraphFormat(
            media_type="application/n-triples", format=RdfFormat.N_TRIPLES, iri=f"{_NAMED}N-Triples"
        ),
        "rdfxml": GraphFormat(media_type="application/rdf+xml", format=RdfFormat.RDF_XML, iri=f"{_NAMED}RDF_XML"),
        "nquads": GraphFormat(media_type="application/n-quads", format=RdfFormat.N_QUADS, iri=f"{_NAMED}N-Quads"),
        "trig": GraphFormat(media_type="application/trig", format=RdfFormat.TRIG, iri=f"{_NAMED}TriG"),
        "n3": GraphFormat(media_type="text/n3; charset=utf-8", format=RdfFormat.N3, iri=f"{_NAMED}N3"),
    }
)

RESULT_OFFERS: Mapping[str, str] = MappingProxyType(
    {form.media_type.partition(";")[0]: name for name, form in RESULTS.items()}
    | {"application/json": "json", "application/xml": "xml", "text/xml": "xml"}
)
"""The formats of rows by media type, the preferred one first."""

GRAPH_OFFERS: Mapping[str, str] = MappingProxyType(
    {form.media_type.partition(";")[0]: name for name, form in GRAPHS.items()}
    | {"application/json": "jsonld", "application/xml": "rdfxml", "text/xml": "rdfxml", "text/plain": "ntriples"}
)
"""The formats of triples by media type, the preferred one first."""
