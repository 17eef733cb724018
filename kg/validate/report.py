"""Write the report of a validation for a person: what, which node, which sentence, how to mend."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kg.validate.details import detail
from kg.validate.model import SHAPES, Language
from kg.validate.places import label, place
from kg.validate.wording import FRAME, SEVERITIES, SKIPPED, found, mend, rule
from kg.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.validate.engine import Result, Validation

__all__ = ["report", "skipped_note"]

_COUNTED = {"documents": "resp:Document", "tasks": "resp:Task", "duties": "resp:Responsibility"}
"""What the first line counts, so that a graph of something else does not look sound."""


def report(validation: Validation, store: Store, *, language: Language = "zh", limit: int = 10) -> str:
    """Write the report; of the results of one condition the first `limit` are told, or all where it is 0."""
    told = {name: _count(store, class_) for name, class_ in _COUNTED.items()}
    lines = [FRAME["checked"].to(language).format(triples=validation.triples, **told)]
    if validation.results:
        counts = {"violations": len(validation.violations), "warnings": len(validation.warnings)}
        lines.append(FRAME["summary"].to(language).format(**counts))
    else:
        lines.append(FRAME["conforms"].to(language))
    for _, alike in groupby(validation.results, key=lambda result: (result.shape.iri, result.constraint)):
        lines += ["", *_group(list(alike), store, language, limit)]
    if validation.violations:
        lines += ["", FRAME["where"].to(language)]
    return "\n".join(lines) + "\n"


def _count(store: Store, class_: str) -> int:
    return len({quad.subject for quad in store.quads_for_pattern(None, term("rdf:type"), term(class_))})


def skipped_note(validation: Validation, language: Language) -> list[str]:
    """Say which groups of shapes were left out, and how to have them checked."""
    return [SKIPPED[group.value.removeprefix(SHAPES)].to(language) for group in validation.skipped]


def _group(results: list[Result], store: Store, language: Language, limit: int) -> Iterator[str]:
    first = results[0]
    kind = SEVERITIES[first.severity].to(language)
    count = FRAME["places"].to(language).format(count=len(results))
    yield f"{kind} · {first.shape.name.to(language)} · {count} · {_name(first)}"
    yield f"  {FRAME['rule'].to(language)}{rule(first).to(language)}"
    yield f"  {FRAME['mend'].to(language)}{mend(first).to(language)}"
    told = results[:limit] if limit else results
    for result in told:
        yield from _one(result, store, language)
    if len(results) > len(told):
        yield f"  {FRAME['more'].to(language).format(count=len(results) - len(told))}"


def _name(result: Result) -> str:
    """Name the condition as the shapes file and the machine formats do."""
    component = result.constraint.component.removesuffix("ConstraintComponent")
    return f"shapes:{result.shape.iri.value.rpartition('#')[2]} {component}"


def _one(result: Result, store: Store, language: Language) -> Iterator[str]:
    known_as = label(store, result.focus)
    yield f"  - {f'{known_as}  ' if known_as else ''}{result.focus}"
    yield f"    {FRAME['found'].to(language)}{found(result).to(language)}{detail(store, result).to(language)}"
    where = place(store, result.focus)
    if where:
        offsets = FRAME["offsets"].to(language).format(start=where.start, end=where.end) if where.start else ""
        parts = (f"“{where.quote}”" if where.quote else "", where.file or "", offsets)
        yield f"    {FRAME['said'].to(language)}{'  '.join(part for part in parts if part)}"
