"""Resolve what people write (民政, 万州区) to the codes and names of one dataset, which is asked by SPARQL only.

A slip of the pen would give an answer without rows, which reads as "nothing is due"; so what is not there is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from kg.answers import Answer, Plain
from kg.errors import QueryError
from kg.questions.binding import CONCEPTS, bind
from kg.questions.reading import ANY, Parameter, Question
from kg.vocabulary import PREFIXES

__all__ = ["Ask", "resolve"]

Ask = Callable[[str], Answer]
"""What answers SPARQL text about the dataset: `Engine.answer`."""

_FEW = 8
_CONCEPTS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?concept ?name WHERE {{
  ?concept skos:altLabel|skos:prefLabel|skos:notation ?name
  FILTER(STRSTARTS(STR(?concept), "{namespace}"))
}}"""
_REGIONS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX resp: <https://w3id.org/policy-responsibility/ontology#>
SELECT ?code ?name WHERE { ?region resp:regionCode ?code . OPTIONAL { ?region rdfs:label ?name } }"""
_NAMES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX resp: <https://w3id.org/policy-responsibility/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?name WHERE { ?node skos:altLabel|skos:prefLabel|rdfs:label|resp:writtenAs ?name }"""


def resolve(question: Question, parameters: Mapping[str, Plain], answer: Ask) -> dict[str, Plain]:
    """Give names as people write them the codes of the dataset.

    Raises `QueryError` for a parameter that is missing, unknown or of the wrong type, and for a name that is not there.
    """
    bind(question, parameters)
    known = dict(parameters)
    for parameter in question.parameters:
        text = str(parameters.get(parameter.name, ANY))
        if text in {ANY, "None"} or text.startswith("http"):
            continue
        if parameter.type in CONCEPTS:
            known[parameter.name] = _chosen(question, parameter, text, _concepts(CONCEPTS[parameter.type], answer))
        elif parameter.type == "code":
            known[parameter.name] = _chosen(question, parameter, text, _regions(answer))
        elif parameter.type == "name":
            _chosen(question, parameter, text, _names(answer))
    return known


def _chosen(question: Question, parameter: Parameter, text: str, codes: Mapping[str, str]) -> str:
    """Look a name or code up; where it is not there, the error tells what is near, or all where they are few."""
    if text in codes:
        return codes[text]
    near = get_close_matches(text, codes, n=3, cutoff=0.4) or [name for name in codes if text in name][:3]
    choices = sorted(set(codes.values())) if len(set(codes.values())) <= _FEW else near
    told = f"choose one of {', '.join(choices)}" if choices else f"see {parameter.text}"
    raise QueryError(f"{question.name}: {parameter.name}={text!r} is not in this store: {told}")


def _concepts(prefix: str, answer: Ask) -> dict[str, str]:
    """Give the notations of a code list by notation and by each label."""
    namespace = PREFIXES[prefix]
    rows = answer(_CONCEPTS.format(namespace=namespace)).strings()
    notations = {concept: concept.removeprefix(namespace) for concept, _ in rows}
    return {name: notations[concept] for concept, name in rows} | {text: text for text in notations.values()}


def _regions(answer: Ask) -> dict[str, str]:
    """Give the codes of the regions by code and by name."""
    rows = answer(_REGIONS).strings()
    return {name: code for code, name in rows} | {code: code for code, _ in rows}


def _names(answer: Ask) -> dict[str, str]:
    """Give the names of the bodies and others: labels, and forms as written."""
    return {name: name for (name,) in answer(_NAMES).strings()}
