"""Make the stored answer of the example of a question: the first rows of what the bundled dataset answers, as CSV."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import Store

from kg.answers import write
from kg.asking import ask
from kg.asking.engine import Engine
from kg.questions import Question

__all__ = ["ROWS", "example"]

ROWS = 5
"""Rows of a stored answer, at most."""


def example(asked: Engine | Store, question: Question) -> str:
    """Ask the example of a question and return its first rows as CSV."""
    answered = ask(asked, question, **question.example)
    return write(replace(answered, rows=answered.rows[:ROWS]), "csv").decode()
