"""Describe an endpoint and its data: an open store goes in, a service description, VoID or words for an editor come out.

Service description: https://www.w3.org/TR/sparql11-service-description/. VoID: https://www.w3.org/TR/void/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse, serialize

from kg.catalogue import Catalogue
from kg.counts import count
from kg.dataset import Statements
from kg.questions import questions
from kg.serve.addresses import Addresses
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.jobs import Reply
from kg.vocabulary import PREFIXES, Names

__all__ = ["completion", "service", "void"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_MOST_GRAPHS = 1000
_DESCRIBED = {"sd": _SD, "void": _VOID, "format": "http://www.w3.org/ns/formats/", "rdf": PREFIXES["rdf"]}
_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_LABELS = """SELECT ?term ?label WHERE {
  VALUES ?named { rdfs:label skos:prefLabel }
  ?term ?named ?label .
  FILTER(LANG(?label) IN ("zh", "en"))
  { ?term a owl:Class } UNION { ?term a owl:ObjectProperty } UNION { ?term a owl:DatatypeProperty } UNION { ?term a skos:Concept }
}"""


def service(store: Store, origin: str, form: str) -> Reply:
    """Describe the endpoint at `origin`: its language, formats, and the graphs that can be named."""
    return _reply(list(_service(store, origin)), form, _DESCRIBED)


def void(store: Store, addresses: Addresses, origin: str, form: str) -> Reply:
    """Describe the data in VoID and DCAT, every figure counted over the union of all graphs, and name the endpoint."""
    names = Names(addresses.base)
    written = Catalogue(names, count(store, union=True), (), Statements()).turtle()
    triples = [quad.triple for quad in parse(written, format=RdfFormat.TURTLE)]
    dataset = NamedNode(f"{addresses.base}dataset")
    triples.append(Triple(dataset, NamedNode(f"{_VOID}sparqlEndpoint"), NamedNode(f"{origin}/sparql")))
    prefixes = {"void": _VOID, "dcat": "http://www.w3.org/ns/dcat#", **PREFIXES}
    return _reply(triples, form, prefixes)


def completion(store: Store, addresses: Addresses) -> Reply:
    """List for an editor, as JSON, the prefixes, the terms with labels and how often each is used, and the questions."""
    counts = count(store, union=True)
    used = {iri: ("class", number) for iri, number in counts.classes.items()}
    used |= {iri: ("property", told.triples) for iri, told in counts.properties.items()}
    labels: dict[str, dict[str, str]] = {}
    found = store.query(
        _LABELS, prefixes=dict(PREFIXES) | {"owl": "http://www.w3.org/2002/07/owl#"}, use_default_graph_as_union=True
    )
    assert isinstance(found, QuerySolutions)  # noqa: S101  (it is a SELECT)
    for row in found:
        node, label = row["term"], row["label"]
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            labels.setdefault(node.value, {}).setdefault(label.language or "", label.value)
    terms = [
        {
            "name": addresses.short(iri),
            "iri": iri,
            "kind": used.get(iri, ("concept", 0))[0],
            "count": used.get(iri, ("concept", 0))[1],
            **labels.get(iri, {}),
        }
        for iri in sorted({*used, *labels})
    ]
    told = {"prefixes": addresses.prefixes(), "base": addresses.base, "terms": terms, "questions": list(_questions())}
    return Reply(status=200, media_type="application/json", body=json.dumps(told, ensure_ascii=False).encode())


def _questions() -> Iterator[dict[str, str]]:
    for question in questions():
        name, en, zh = question.name, question.question_en, question.question_zh
        yield {"name": name, "en": en, "zh": zh, "sparql": question.sparql}


def _service(store: Store, origin: str) -> Iterator[Triple]:
    endpoint = NamedNode(f"{origin}/sparql")
    dataset, default = (NamedNode(f"{origin}/sparql#{name}") for name in ("dataset", "default-graph"))
    yield Triple(endpoint, _TYPE, _sd("Service"))
    yield Triple(endpoint, _sd("endpoint"), endpoint)
    yield Triple(endpoint, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(endpoint, _sd("feature"), _sd("UnionDefaultGraph"))
    for iri in (*(rows.iri for rows in RESULTS.values()), *(form.iri for form in GRAPHS.values())):
        yield Triple(endpoint, _sd("resultFormat"), NamedNode(iri))
    yield Triple(endpoint, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))
    graphs = (name for name in store.named_graphs() if isinstance(name, NamedNode))
    for place, name in enumerate(sorted(islice(graphs, _MOST_GRAPHS), key=str), 1):
        graph = NamedNode(f"{origin}/sparql#graph-{place}")
        yield Triple(dataset, _sd("namedGraph"), graph)
        yield Triple(graph, _TYPE, _sd("NamedGraph"))
        yield Triple(graph, _sd("name"), name)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _reply(triples: list[Triple], form: str, prefixes: dict[str, str]) -> Reply:
    written = serialize(triples, format=GRAPHS[form].format, prefixes=prefixes)
    return Reply(status=200, media_type=GRAPHS[form].media_type, body=written or b"")
