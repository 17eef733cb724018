"""Check the terms that a query of one's own names: those that the ontology lacks are told before, those without triples after asking.

SPARQL answers a misspelt term with no rows, as it answers a question to which there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.answers import Answer
from kg.asking.engine import DATA_BASE, Engine, base_of
from kg.asking.tokens import Named, names
from kg.assets import asset
from kg.errors import QueryError
from kg.questions import Question
from kg.vocabulary import CLASSES, HOME, PREFIXES, PROPERTIES, VOCABULARY_FILES, Names

__all__ = ["is_empty", "require_known", "unused"]

_LIKE, _VERY_LIKE = 0.6, 0.8
"""From here on a term of the same namespace, or of another one, is taken for the one that was meant, by `difflib`'s ratio."""

_LITERAL = ("xsd", "rdf")
"""Prefixes whose terms are datatypes and syntax, of which no store has or lacks triples."""

_STANDS = "{{ ?s <{iri}> ?o }} UNION {{ ?s a <{iri}> }} UNION {{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }}"
_USED = """{{ ?s <{iri}> ?o }} UNION {{ ?s a <{iri}> }}
UNION {{ ?s ?p <{iri}> FILTER NOT EXISTS {{ GRAPH <{vocabulary}> {{ ?s ?p <{iri}> }} }} }}"""


def require_known(question: Question, engine: Engine) -> None:
    """Refuse a query that names a term in a namespace of ours which neither the ontology nor the data has.

    Questions of the library pass unread. Raises `QueryError` with the terms that may be meant.
    """
    if _is_ours(question):
        return
    wrong = [
        named
        for named in names(question.sparql, PREFIXES)
        if _namespace(named.iri) and named.iri not in _declared() and not _holds(engine, _STANDS.format(iri=named.iri))
    ]
    if wrong:
        raise QueryError(f"{question.name}: {'; '.join(map(_tell, wrong))}: `kg docs` writes a page on every term")


def unused(question: Question, engine: Engine) -> tuple[str, ...]:
    """List the terms and nodes that a query names and of which the data has no triple, as the query writes them.

    What only the vocabulary says of itself counts for properties and for members of a class, not for codes.
    """
    if _is_ours(question):
        return ()
    known = Names(base_of(engine.answer(DATA_BASE)))
    own, vocabulary = known.prefixes(), known.namespace("graph") + "vocabulary"
    found = list[str]()
    for named in names(question.sparql, own):
        if any(named.iri.startswith(PREFIXES[prefix]) for prefix in _LITERAL) or named.iri.endswith(("/", "#")):
            continue
        pattern = _STANDS if named.iri.startswith(known.base) else _USED
        if not _holds(engine, pattern.format(iri=named.iri, vocabulary=vocabulary)):
            found.append(named.written)
    return tuple(found)


def is_empty(answer: Answer) -> bool:
    """Tell whether an answer says nothing: no row, or a single one of false, zeros and missing values."""
    return not answer.rows or (len(answer.rows) == 1 and not any(answer.plain()[0]))


def _is_ours(question: Question) -> bool:
    return bool(question.topic) or question.name.startswith("checks/")


def _holds(engine: Engine, pattern: str) -> bool:
    return engine.answer(f"ASK {{ {pattern} }}").plain() == [(True,)]


def _namespace(iri: str) -> str | None:
    """Return the namespace of ours in which an IRI names a term."""
    return next((own for own in _ours() if iri.startswith(own) and iri != own), None)


def _tell(named: Named) -> str:
    near = [_short(iri) for iri in _near(named.iri)]
    meant = f": did you mean {', '.join(near)}?" if near else ""
    return f"line {named.line}: {named.written} is no term of the ontology{meant}"


def _near(iri: str) -> Iterator[str]:
    """Yield terms with a name like this one's: of its own namespace, then properties and classes of others."""
    namespace = _namespace(iri) or ""
    own = [term for term in sorted(_declared()) if term.startswith(namespace)]
    others = [PREFIXES[prefix] + local for prefix, _, local in (t.partition(":") for t in (*PROPERTIES, *CLASSES))]
    near = list(_alike(iri, own, _LIKE))
    elsewhere = _alike(iri, [term for term in others if term not in own], _VERY_LIKE if near else _LIKE)
    yield from [*near, *elsewhere][:3]


def _alike(iri: str, among: list[str], cutoff: float) -> Iterator[str]:
    known = {_local(term).lower(): term for term in reversed(among)}
    for name in get_close_matches(_local(iri).lower(), known, n=3, cutoff=cutoff):
        yield known[name]


def _local(iri: str) -> str:
    return max((iri.removeprefix(namespace) for namespace in PREFIXES.values() if iri.startswith(namespace)), key=len)


def _short(iri: str) -> str:
    return next(f"{p}:{iri.removeprefix(space)}" for p, space in PREFIXES.items() if iri.startswith(space))


def _ours() -> tuple[str, ...]:
    return tuple(namespace for namespace in PREFIXES.values() if namespace.startswith(HOME))


@cache
def _declared() -> frozenset[str]:
    """Read the terms and concepts of ours of which a file of the ontology says anything."""
    files = (parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE) for name in VOCABULARY_FILES)
    subjects = {quad.subject.value for file in files for quad in file if isinstance(quad.subject, NamedNode)}
    return frozenset(subject for subject in subjects if subject.startswith(HOME))
