"""Answers to questions: their rows as RDF terms, as plain values and as strings, and as files of each format."""

from kg.answers.answer import Answer, Plain, Term, plain
from kg.answers.formats import FORMATS, Format, format_of, write

__all__ = ["FORMATS", "Answer", "Format", "Plain", "Term", "format_of", "plain", "write"]
