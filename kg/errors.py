"""The errors of this package: one tree; each message says what is wrong, where, and what to do next."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that a user can cause and mend; the command prints its message and exits with 1."""


class ReadError(KgError):
    """A source cannot be read as a document."""


class RecordsError(KgError):
    """A records file does not hold what its schema asks for."""


class MergeError(KgError):
    """A new reading cannot be merged into the records at its place."""


class QueryError(KgError):
    """A query is unknown, does not parse or lacks a parameter."""


class OutputError(KgError):
    """An output cannot be written."""


class ResolveError(KgError):
    """A vocabulary or region table does not hold what is asked of it."""


class ScoreError(KgError):
    """A reference cannot be read, or no document of it is among the records that are scored."""


class ReasonError(KgError):
    """A reasoner is missing or cannot do its work."""


class ValidateError(KgError):
    """Shapes or a graph cannot be read to be validated."""
