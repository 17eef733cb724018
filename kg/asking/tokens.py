r"""See what a query would reach for: its words outside of strings, IRIs, names and comments go in, what matters comes out.

The engine parses; this only finds keywords, and in doubt finds one too many. A backslash takes the next character with it
(`ex:a\#b` begins no comment), and a comment ends with either sign of a line's end.
"""

from __future__ import annotations

import re

__all__ = ["chooses_graphs", "is_repeatable", "reaches_out"]

_CHANGING = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})

_TOKEN = re.compile(
    r'''
      """(?:"{0,2}(?:[^"\\]|\\.))*""" | \'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'   # long strings
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'                             # strings
    | <[^<>"{}|^`\x00-\x20]*>                                                   # IRIs
    | \#[^\n\r]*                                                                # comments
    | [?$]\w+                                                                   # variables
    | (?:\w[\w.-]*)?:(?:\\.|[\w.:%-])*                                          # names with a prefix
    | \\.
    | (?P<word>[A-Za-z]\w*)
    ''',
    re.VERBOSE | re.DOTALL,
)


def reaches_out(query: str) -> bool:
    r"""Tell whether a query asks another endpoint.

    >>> reaches_out("SELECT * { #\\rSERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> reaches_out("SELECT * { ?service ex:service 'SERVICE' } # SERVICE")
    False
    """
    return "SERVICE" in _words(query)


def chooses_graphs(query: str) -> bool:
    """Tell whether a query names its graphs itself, by FROM."""
    return "FROM" in _words(query)


def is_repeatable(query: str) -> bool:
    """Tell whether a query has the same answer each time that it is asked of the same data."""
    return not _CHANGING & _words(query)


def _words(query: str) -> set[str]:
    return {match["word"].upper() for match in _TOKEN.finditer(query) if match["word"]}
