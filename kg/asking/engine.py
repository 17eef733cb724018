"""Say what an engine is: whatever answers SPARQL text about a graph of plans."""

from __future__ import annotations

from typing import Protocol

from kg.answers import Answer
from kg.questions.lookup import DATA_BASE, base_of

__all__ = ["DATA_BASE", "Engine", "base_of"]


class Engine(Protocol):
    """What answers SPARQL 1.1 text over the union of the graphs of one dataset."""

    def answer(self, sparql: str, /) -> Answer:
        """Answer a query; the prefixes of `kg.vocabulary` need no declaration in it.

        Raises `QueryError` where it does not parse, with line and column, and where it cannot be answered.
        """
