"""Say what an engine is: whatever answers SPARQL text about a graph of plans."""

from __future__ import annotations

from typing import Protocol

from kg.answers import Answer
from kg.vocabulary import DEFAULT_BASE

__all__ = ["DATA_BASE", "Engine", "base_of"]

DATA_BASE = """PREFIX resp: <https://w3id.org/policy-responsibility/ontology#>
SELECT ?document WHERE { ?document a resp:Document } LIMIT 1"""
"""The query whose answer tells under which base the data stands; see `base_of`."""


class Engine(Protocol):
    """What answers SPARQL 1.1 text over the union of the graphs of one dataset."""

    def answer(self, sparql: str, /) -> Answer:
        """Answer a query; the prefixes of `kg.vocabulary` need no declaration in it.

        Raises `QueryError` where it does not parse, with line and column, and where it cannot be answered.
        """


def base_of(documents: Answer) -> str:
    """Return the base of the data, given the answer to `DATA_BASE`; the default one of an empty store."""
    return documents.strings()[0][0].rpartition("doc/")[0] if documents.rows else DEFAULT_BASE
