r"""See what a query would reach for: its words outside of strings, IRIs, names and comments go in, what matters comes out.

The engine parses; this only finds keywords, and in doubt finds one too many. A backslash takes the next character with it
(`ex:a\#b` begins no comment), and a comment ends with either sign of a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Named", "chooses_graphs", "is_repeatable", "names", "reaches_out"]

_CHANGING = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})

_TOKEN = re.compile(
    r'''
      """(?:"{0,2}(?:[^"\\]|\\.))*""" | \'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'   # long strings
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'                             # strings
    | <(?P<iri>[^<>"{}|^`\x00-\x20]*)>                                          # IRIs
    | \#[^\n\r]*                                                                # comments
    | [?$]\w+                                                                   # variables
    | (?P<prefix>(?:\w[\w.-]*)?):(?P<local>(?:\\.|[\w.:%-])*)                    # names with a prefix
    | \\.
    | (?P<word>[A-Za-z]\w*)
    | (?P<brace>[{}])
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An IRI that a query names: as it is written there, in full, and its line."""

    written: str
    iri: str
    line: int


def names(query: str, prefixes: Mapping[str, str]) -> tuple[Named, ...]:
    """Find the IRIs that a query asks for, each once; what CONSTRUCT makes and declarations name is not asked for.

    The prefixes are those that need no declaration. A name with an unknown prefix and a relative IRI are left out.

    >>> names("PREFIX r: <http://a/> SELECT * { ?x r:b <http://a/c> }", {})[0]
    Named(written='r:b', iri='http://a/b', line=1)
    """
    known, found = dict(prefixes), dict[str, Named]()
    for match, declares in _asked(query):
        if declares is not None:
            known[declares] = match["iri"]
            continue
        written, iri = match[0].rstrip("."), match["iri"]
        if iri is None and match["prefix"] in known:
            iri = known[match["prefix"]] + re.sub(r"\\(.)", r"\1", match["local"].rstrip("."))
        if iri and ":" in iri:
            found.setdefault(iri, Named(written=written, iri=iri, line=query.count("\n", 0, match.start()) + 1))
    return tuple(found.values())


def _asked(query: str) -> Iterator[tuple[re.Match[str], str | None]]:
    """Yield the names and IRIs outside of a template of CONSTRUCT; with an IRI that is declared, its prefix."""
    before, prefix, depth, template = "", "", 0, False
    for match in _TOKEN.finditer(query):
        word, brace = (match["word"] or "").upper(), match["brace"]
        if brace:
            template = template or (brace == "{" and before == "CONSTRUCT")
            depth += 1 if brace == "{" else -1
            template = template and depth > 0
        elif before == "PREFIX" and match["prefix"] is not None:
            prefix, word = match["prefix"], "PREFIX OF"
        elif before == "PREFIX OF" and match["iri"] is not None:
            yield match, prefix
        elif before != "BASE" and not template and (match["iri"] is not None or match["prefix"] is not None):
            yield match, None
        if word or brace or match["iri"] is not None or match["prefix"] is not None:
            before = word


def reaches_out(query: str) -> bool:
    r"""Tell whether a query asks another endpoint.

    >>> reaches_out("SELECT * { #\rSERVICE <http://example.org/> { ?s ?p ?o } }")
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
