"""Show on which words of the text each row of an answer rests: facts go in, the places that say them come out as columns.

A query file names the variables that hold the facts of a row (`# fact: ?duty`). They need not be columns of the answer: for this
they are asked for beside them, all of them where rows are groups, and one further query then fetches the places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.answers import Answer, Term
from kg.errors import QueryError
from kg.questions import Question
from kg.questions.binding import fill
from kg.questions.lookup import Ask, lookup_query

__all__ = ["COLUMNS", "expose", "with_evidence"]

COLUMNS = (
    "evidence_document",
    "evidence_file",
    "evidence_start",
    "evidence_end",
    "evidence_quote",
    "evidence_sentence",
)
"""The columns that tell where the facts of a row stand: document, file, offsets, the words of the fact, and its sentence."""

_AND = " | "
_MOST = 500
"""Facts of one query: servers bound the length of a query."""

_ASIDE = re.compile(r"<[^<>\s]*>|\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*")
_SELECT = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?", re.IGNORECASE)
_GROUPS = re.compile(
    r"\bGROUP\s+BY\b(?P<names>[^{}]*?)(?=\bHAVING\b|\bORDER\b|\bLIMIT\b|\bOFFSET\b|\bVALUES\b|\Z)", re.IGNORECASE
)
_STOP = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    document: str
    start: int
    end: int
    file: str
    quote: str
    sentence: str


def expose(question: Question, sparql: str) -> str:
    """Return the query with the variables of its facts among its columns; a variable of a group is joined as `name_facts`.

    Raises `QueryError` for a question whose rows rest on no single facts.
    """
    if not question.facts:
        raise QueryError(
            f"{question.name}: its rows rest on no single facts, so there is no sentence to show: leave out --evidence, "
            f"or name the variable of the fact in the query file (# fact: ?duty)"
        )
    bare = _ASIDE.sub(lambda match: " " * len(match[0]), sparql)
    select = _SELECT.search(bare)
    if select is None:
        raise QueryError(f"{question.name}: is no SELECT, and only rows have evidence: leave out --evidence")
    if sparql[select.end() :].lstrip().startswith("*"):
        raise QueryError(f"{question.name}: SELECT * names no columns, beside which facts could stand: name them")
    groups = _GROUPS.search(_outermost(bare))
    added = [_column(fact, groups["names"] if groups else None) for fact in question.facts]
    return f"{sparql[: select.end()]}{' '.join(added)} {sparql[select.end() :]}"


def _column(fact: str, grouped: str | None) -> str:
    if grouped is None or re.search(rf"\?{fact}\b", grouped):
        return f"(?{fact} AS ?{fact}_facts)"
    return f'(GROUP_CONCAT(DISTINCT STR(?{fact}); SEPARATOR=" ") AS ?{fact}_facts)'


def _outermost(text: str) -> str:
    """Blank out what stands in braces."""
    depth, kept = 0, []
    for character in text:
        depth -= character == "}"
        kept.append(character if depth == 0 else " ")
        depth += character == "{"
    return "".join(kept)


def with_evidence(question: Question, answered: Answer, ask: Ask) -> Answer:
    """Return the answer to a query of `expose` with `COLUMNS` in place of the facts; several places of a row are joined."""
    hidden = {f"{fact}_facts" for fact in question.facts}
    shown = [at for at, column in enumerate(answered.columns) if column not in hidden]
    facts = [list(_facts(row[at] for at in range(len(row)) if at not in shown)) for row in answered.rows]
    places = _places(dict.fromkeys(fact for row in facts for fact in row), ask)
    return replace(
        answered,
        columns=(*(answered.columns[at] for at in shown), *COLUMNS),
        rows=tuple(
            (*(row[at] for at in shown), *_cells(sorted({p for fact in own for p in places.get(fact, ())})))
            for row, own in zip(answered.rows, facts, strict=True)
        ),
    )


def _facts(values: Iterable[Term | None]) -> Iterator[NamedNode]:
    for value in values:
        if isinstance(value, NamedNode):
            yield value
        elif isinstance(value, Literal):
            yield from map(NamedNode, sorted(value.value.split()))


def _places(facts: Iterable[NamedNode], ask: Ask) -> Mapping[NamedNode, tuple[_Place, ...]]:
    """Fetch where each fact stands, with its sentence where the store has the words around it."""
    found: dict[NamedNode, dict[tuple[str, int, int], _Place]] = {}
    wanted = list(facts)
    for some in (wanted[at : at + _MOST] for at in range(0, len(wanted), _MOST)):
        for row in ask(fill(lookup_query("evidence"), {"fact": some})).strings():
            fact, document, file, start, end, quote, whole_start, whole = row
            own = found.setdefault(NamedNode(fact), {})
            place = _Place(document, int(start), int(end), file, quote, quote)
            kept = own.get((document, place.start, place.end), place)
            around = _sentence(place, int(whole_start), whole) if whole else ""
            best = min(filter(None, (around, kept.sentence if kept.sentence != quote else "")), key=len, default=quote)
            own[document, place.start, place.end] = replace(place, sentence=best)
    return {fact: tuple(own.values()) for fact, own in found.items()}


def _sentence(place: _Place, start: int, whole: str) -> str:
    """Cut the sentence of a place out of the words around it; nothing where these do not hold the place."""
    first, last = place.start - start, place.end - start
    if first < 0 or last > len(whole):
        return ""
    before = max((stop.end() for stop in _STOP.finditer(whole, 0, first)), default=0)
    after = _STOP.search(whole, max(last - 1, first))
    return whole[before : after.end() if after else len(whole)].strip()


def _cells(places: list[_Place]) -> tuple[Term | None, ...]:
    """Write the places of a row: offsets are numbers where there is one place, and joined where there are several."""
    if not places:
        return (None,) * len(COLUMNS)
    joined = [
        _joined(dict.fromkeys(place.document for place in places)),
        _joined(dict.fromkeys(place.file for place in places)),
        _joined(str(place.start) for place in places),
        _joined(str(place.end) for place in places),
        _joined(place.quote for place in places),
        _joined(place.sentence for place in places),
    ]
    if len(places) == 1:
        joined[2:4] = Literal(places[0].start), Literal(places[0].end)
    return tuple(joined)


def _joined(texts: Iterable[str]) -> Literal | None:
    kept = [text for text in texts if text]
    return Literal(_AND.join(kept)) if kept else None
