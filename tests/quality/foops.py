"""The tests of FOOPS!, the ontology pitfall scanner for the FAIR principles (https://w3id.org/foops/catalogue)."""

from __future__ import annotations

from collections.abc import Iterator

from quality.check import check, unchecked
from quality.graph import CORE, FOREIGN, Graph, files, imported, whole

SOURCE = "FOOPS!"
PERSISTENT = ("https://w3id.org/", "https://purl.org/", "http://purl.org/")
"""Services of lasting addresses that FOOPS! counts."""


@check(SOURCE, "FIND1", "findable", "a preferred prefix of the namespace (vann)")
def prefix() -> Iterator[str]:
    yield from headers_lack(CORE, "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri")


@check(
    SOURCE,
    "OM1",
    "findable",
    "the least metadata: title, description, licence, version IRI, creator, date of creation, namespace",
)
def least_metadata() -> Iterator[str]:
    wanted = ("dct:title", "dct:description", "dct:license", "owl:versionIRI", "dct:creator", "dct:created")
    for name in files():
        yield from headers_lack(name, *wanted)
    yield from headers_lack(CORE, "vann:preferredNamespaceUri")


@check(SOURCE, "OM2", "reusable", "recommended metadata: prefix, version, date of creation, citation")
def recommended_metadata() -> Iterator[str]:
    yield from headers_lack(
        CORE, "vann:preferredNamespacePrefix", "owl:versionInfo", "dct:created", "dct:bibliographicCitation"
    )


@check(
    SOURCE,
    "OM3",
    "reusable",
    "of the detailed metadata: publisher, date of issue, prior version, compatibility, date of change",
)
def detailed_metadata() -> Iterator[str]:
    wanted = ("dct:publisher", "dct:issued", "dct:modified", "owl:priorVersion", "owl:backwardCompatibleWith")
    yield from headers_lack(CORE, *wanted)


@check(SOURCE, "OM4.1", "reusable", "a licence")
def licence() -> Iterator[str]:
    for name in files():
        yield from headers_lack(name, "dct:license")


@check(SOURCE, "OM5.1", "reusable", "basic provenance: creator and date of creation")
def basic_provenance() -> Iterator[str]:
    for name in files():
        yield from headers_lack(name, "dct:creator", "dct:created")


@check(SOURCE, "OM5.2", "reusable", "detailed provenance: date of issue and publisher")
def detailed_provenance() -> Iterator[str]:
    for name in files():
        yield from headers_lack(name, "dct:issued", "dct:publisher")


@check(SOURCE, "PURL1", "findable", "a persistent address")
def persistence() -> Iterator[str]:
    yield from (name for name, graph in files().items() if not graph.ontology.startswith(PERSISTENT))


@check(SOURCE, "RDF1", "accessible", "a file in a language of RDF that parses")
def parses() -> Iterator[str]:
    yield from (name for name, graph in files().items() if not graph.triples)


@check(SOURCE, "URI2", "findable", "one ontology IRI, to which the version IRI belongs")
def consistent_version() -> Iterator[str]:
    for name, graph in files().items():
        versions = graph.texts(graph.ontology, "owl:versionInfo")
        if graph.nodes(graph.ontology, "owl:versionIRI") != [f"{graph.ontology}/{version}" for version in versions]:
            yield name


@check(SOURCE, "VER1", "findable", "a version IRI")
def version() -> Iterator[str]:
    for name in files():
        yield from headers_lack(name, "owl:versionIRI")


@check(SOURCE, "VOC1", "interoperable", "well-known vocabularies for the metadata of the ontology")
def metadata_vocabularies() -> Iterator[str]:
    for graph in files().values():
        used = {predicate for subject, predicate, _ in graph.triples if subject == graph.ontology}
        yield from used - set(imported())


@check(SOURCE, "VOC2", "interoperable", "terms of other vocabularies, each of which exists")
def reuse() -> Iterator[str]:
    reused = {t for triple in whole().triples for t in triple if isinstance(t, str) and t.partition(":")[0] in FOREIGN}
    if len({term.partition(":")[0] for term in reused}) < 2:
        yield "nothing is reused"
    yield from (term for term in sorted(reused) if "://" not in term and term not in imported())


@check(SOURCE, "VOC3", "reusable", "a label for every term")
def labels() -> Iterator[str]:
    yield from terms_without("rdfs:label")


@check(SOURCE, "VOC4", "reusable", "a definition for every term")
def definitions() -> Iterator[str]:
    yield from terms_without("skos:definition")


WEB = "Needs the Web; the w3id.org redirect can be registered when the repository has its public address."
unchecked(SOURCE, "CN1", "accessible", "content negotiation for RDF", WEB)
unchecked(SOURCE, "DOC1", "reusable", "documentation in HTML at the IRI", WEB)
unchecked(SOURCE, "FIND2", "findable", "the prefix in a registry", WEB)
unchecked(SOURCE, "FIND3", "findable", "the ontology in a registry of metadata", WEB)
unchecked(SOURCE, "FIND_3_BIS", "accessible", "metadata that stay when the ontology goes", WEB)
unchecked(SOURCE, "HTTP1", "accessible", "an open protocol", WEB)
unchecked(SOURCE, "OM3", "reusable", "the rest of the detailed metadata: DOI, logo, status, source", "There is no DOI before an archive holds a release, and no logo; nothing is invented to pass.")  # fmt: skip
unchecked(SOURCE, "OM4.2", "reusable", "a licence that resolves", WEB)
unchecked(SOURCE, "URI1", "findable", "an ontology IRI that resolves", WEB)
unchecked(SOURCE, "VER2", "findable", "a version IRI that resolves", WEB)


def headers_lack(name: str, *predicates: str) -> Iterator[str]:
    graph: Graph = files()[name]
    yield from (f"{name}: {p}" for p in predicates if not graph.values(graph.ontology, p))


def terms_without(predicate: str) -> Iterator[str]:
    yield from (term for graph in files().values() for term in graph.terms if not graph.texts(term, predicate))
