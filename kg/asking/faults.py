"""Explain why a query cannot be read: what the engine says of it goes in, the reason and its place come out.

Oxigraph lists every token that its parser would have taken, and its reasons stand somewhere among them.
"""

from __future__ import annotations

import re

__all__ = ["explain"]

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)
_UNGROUPED = "what is selected must stand in GROUP BY, or within COUNT, SUM, SAMPLE or another aggregate, once one of these is used"
_TAKEN = "AS must name a variable that the query does not use yet"
_REASONS = {
    "expression with a variable that is unbound": f"{_UNGROUPED}; a name that AS gives in the same SELECT counts for nothing there",
    "Prefix not found": "unknown prefix: declare it with PREFIX",
    "variable that is unbound": _UNGROUPED,
    "SELECT * is not authorized with GROUP BY": "SELECT * cannot stand with GROUP BY: name the variables",
    "overrides an existing variable": _TAKEN,
}
_AS = re.compile(r"\bAS\s*[?$]\w+\s*\)\s*\S*\s*$", re.IGNORECASE)
_MARK = re.compile(r'"([^\w\s"\\]{1,2})"')
"""A sign that would fit, as the parser lists it; `$`, and the beginnings of names, help nobody."""

_PLAIN = re.compile(
    r"\bSELECT\b(?P<head>.*?)(?:\bWHERE\b|\{).*\}\s*(?:GROUP\s+BY\b(?P<keys>.*?))?(?:\b(?:HAVING|ORDER|LIMIT|OFFSET)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_VARIABLE = re.compile(r"[?$](\w+)")


def explain(message: str, sparql: str) -> str:
    """Say in one line where a query is no SPARQL 1.1, and why.

    >>> said = "error at 1:51: expected one of The SELECT contains a variable that is unbound, [_]"
    >>> explain(said, "SELECT ?role (COUNT(?x) AS ?n) { ?x resp:role ?role } GROUP BY ?body").partition(", once")[0]
    'line 1, column 51: ?role: what is selected must stand in GROUP BY, or within COUNT, SUM, SAMPLE or another aggregate'
    """
    match = _POSITION.fullmatch(message)
    if not match:
        return message
    lines, line, column = sparql.splitlines(), int(match["line"]), int(match["column"])
    written = lines[line - 1] if line <= len(lines) else ""
    before = "\n".join([*lines[: line - 1], written[: column - 1]])
    reason = _reason(match["what"].partition("\n")[0], before, sparql)
    return f"line {line}, column {column}: {reason}, in: {written.strip() or 'the end'}"


def _reason(what: str, before: str, sparql: str) -> str:
    for said, reason in _REASONS.items():
        if said in what:
            names = _ungrouped(sparql) if reason is _UNGROUPED else []
            return f"{', '.join(names)}: {reason}" if names else reason
    if _AS.search(before):
        return _TAKEN
    signs = [sign for sign in _MARK.findall(what) if sign not in ("$", "{|", "~")]
    if not signs:
        return "no SPARQL 1.1: look at what stands before this place"
    begins = "no SPARQL 1.1 from here on" if sparql[len(before) :].strip() else "the query ends too early"
    return f"{begins}: expected {' or '.join(signs)}"


def _ungrouped(sparql: str) -> list[str]:
    """Name what is selected and not grouped, where a query has one SELECT and a list of variables to group by."""
    plain = _PLAIN.search(sparql + "\n") if len(re.findall(r"\bSELECT\b", sparql, re.IGNORECASE)) == 1 else None
    plain = plain and _PLAIN.fullmatch(sparql.strip(), plain.start())
    if not plain:
        return []
    head = plain["head"]
    while (bare := re.sub(r"\([^()]*\)", " ", head)) != head:
        head = bare
    keys = set(_VARIABLE.findall(plain["keys"] or ""))
    return [f"?{name}" for name in _VARIABLE.findall(head) if name not in keys]
