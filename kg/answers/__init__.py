"""Answers to questions: their rows as RDF terms, as plain values and as strings."""

from kg.answers.answer import Answer, Plain, Term, plain

__all__ = ["Answer", "Plain", "Term", "plain"]
