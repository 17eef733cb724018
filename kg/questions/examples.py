"""Write the library as SHACL SPARQL examples, so that query editors and catalogues can offer the questions.

The form is that of the examples of the SIB Swiss Institute of Bioinformatics (Bolleman and others 2024,
https://arxiv.org/abs/2410.06010), which services of many data sets read: `sh:SPARQLExecutable` with the text of the query, its
question as `rdfs:comment` in both languages, and the endpoints that answer it as `schema:target`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.answers.graphs import turtle
from kg.errors import QueryError
from kg.questions.reading import Question
from kg.vocabulary import HOME, PREFIXES, term

__all__ = ["DEFAULT_TARGET", "write_examples"]

DEFAULT_TARGET = "http://127.0.0.1:8000/sparql"
"""The endpoint that answers the questions where none is named: one on this computer."""

_SHACL = "http://www.w3.org/ns/shacl#"
_SCHEMA = "https://schema.org/"
_OWL = "http://www.w3.org/2002/07/owl#"
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
_QUERIES = f"{HOME}query/"
_PREFIXES = NamedNode(f"{HOME}query-prefixes")
_PREFIX = re.compile(r"^PREFIX ([\w-]+): <(\S+)>$", re.MULTILINE)


def write_examples(questions: Sequence[Question], targets: Sequence[str] = (DEFAULT_TARGET,)) -> str:
    """Return Turtle with one example a question; equal libraries give equal text.

    Raises `QueryError` for a target that is no IRI.
    """
    try:
        endpoints = [NamedNode(target) for target in targets]
    except ValueError as error:
        raise QueryError(
            f"a target is no IRI: {error}: name the address of the endpoint, such as {DEFAULT_TARGET}"
        ) from error
    triples = [*_declared(questions), *(triple for question in questions for triple in _example(question, endpoints))]
    names = {"query": _QUERIES, "sh": _SHACL, "schema": _SCHEMA, "rdfs": PREFIXES["rdfs"], "owl": _OWL}
    return turtle(triples, names | {"xsd": PREFIXES["xsd"]}).decode()


def _declared(questions: Iterable[Question]) -> Iterator[Triple]:
    """Declare the prefixes of all queries, as https://www.w3.org/TR/shacl/#sparql-prefixes has it."""
    yield Triple(_PREFIXES, term("rdf:type"), NamedNode(f"{_OWL}Ontology"))
    found = {(name, iri) for question in questions for name, iri in _PREFIX.findall(question.sparql)}
    for name, iri in sorted(found):
        node = NamedNode(f"{_PREFIXES.value}/{name}")
        yield Triple(_PREFIXES, _shacl("declare"), node)
        yield Triple(node, _shacl("prefix"), Literal(name))
        yield Triple(node, _shacl("namespace"), Literal(iri, datatype=term("xsd:anyURI")))


def _example(question: Question, endpoints: Iterable[NamedNode]) -> Iterator[Triple]:
    node, form = NamedNode(_QUERIES + question.name), question.form
    kinds = ["SPARQLExecutable"]
    if form != "describe":  # SHACL has no class for it
        kinds.append(f"SPARQL{form.capitalize()}Executable")
    for kind in kinds:
        yield Triple(node, term("rdf:type"), _shacl(kind))
    yield Triple(node, term("rdfs:label"), Literal(question.name))
    yield Triple(node, term("rdfs:comment"), Literal(question.question_zh, language="zh"))
    yield Triple(node, term("rdfs:comment"), Literal(question.question_en, language="en"))
    yield Triple(node, _shacl("prefixes"), _PREFIXES)
    asked = NamedNode(f"{_SPEX}describe") if form == "describe" else _shacl(form)
    yield Triple(node, asked, Literal(question.sparql))
    for word in (question.topic, *question.words):
        yield Triple(node, NamedNode(f"{_SCHEMA}keywords"), Literal(word))
    for endpoint in endpoints:
        yield Triple(node, NamedNode(f"{_SCHEMA}target"), endpoint)


def _shacl(name: str) -> NamedNode:
    return NamedNode(_SHACL + name)
