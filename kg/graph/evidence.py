"""Describe where a document says each fact, and which software read it, after the Web Annotation and PROV vocabularies.

A fact points to a span of the copy that was read (https://www.w3.org/TR/annotation-model/#selectors): always with its
offsets, and with its words where the records carry them. A span is named by its offsets, so facts with one source share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.register import agent
from kg.records import Evidence, Plan, Responsibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from kg.graph.describe import Description
    from kg.vocabulary import Names

__all__ = ["evidence"]

Said = tuple[str, str, str, Evidence]
"""What a place in the text says: prefix and id of the fact, the property that links it, and the place."""


def evidence(plan: Plan, names: Names) -> Iterator[Description]:
    """Yield the provenance of the facts of a plan, then the span of each fact."""
    yield from _provenance(plan, names)
    for prefix, local, link, place in _said(plan):
        span = f"{plan.document.id}_{place.start}-{place.end}"
        yield names.node(prefix, local), {link: names.node("span", span)}
        yield from _span(span, place, names.node("copy", plan.document.id), names)


def _provenance(plan: Plan, names: Names) -> Iterator[Description]:
    document = plan.document
    copy, run = names.node("copy", document.id), names.node("run", document.id)
    yield (
        copy,
        {
            "rdf:type": ("resp:DocumentCopy", "prov:Entity"),
            "resp:copyOf": names.node("doc", document.id),
            "resp:fileName": document.file,
            "resp:sha256": document.sha256,
        },
    )
    yield run, {"rdf:type": "prov:Activity", "prov:used": copy, "prov:wasAssociatedWith": agent(plan, names)}
    yield (
        names.node("facts", document.id),
        {"rdf:type": "prov:Entity", "prov:wasDerivedFrom": copy, "prov:wasGeneratedBy": run},
    )


def _span(span: str, place: Evidence, copy: NamedNode, names: Names) -> Iterator[Description]:
    position, quote = names.node("position", span), names.node("quote", span)
    yield (
        names.node("span", span),
        {
            "rdf:type": "oa:SpecificResource",
            "oa:hasSource": copy,
            "oa:hasSelector": (position, quote if place.quote is not None else None),
        },
    )
    yield position, {"rdf:type": "oa:TextPositionSelector", "oa:start": place.start, "oa:end": place.end}
    if place.quote is not None:
        yield quote, {"rdf:type": "oa:TextQuoteSelector", "oa:exact": place.quote}


def _said(plan: Plan) -> Iterator[Said]:
    for task in plan.tasks:
        yield "task", task.id, "resp:evidence", task.evidence
        if task.clause:
            yield "task", task.id, "resp:clause", task.clause
        yield from _duties(task.responsibilities)
        for deadline in task.deadlines:
            yield "deadline", deadline.id, "resp:evidence", deadline.evidence
    for commitment in plan.commitments:
        yield "commitment", commitment.id, "resp:evidence", commitment.evidence
    for indicator in plan.indicators:
        yield "indicator", indicator.id, "resp:evidence", indicator.evidence
        for value in indicator.values:
            yield "value", value.id, "resp:evidence", value.evidence
        yield from _duties(indicator.responsibilities)
    for project in plan.projects:
        yield "project", project.id, "resp:evidence", project.evidence
        yield from _duties(project.responsibilities)
    for achievement in plan.achievements:
        yield "achievement", achievement.id, "resp:evidence", achievement.evidence
    for citation in plan.citations:
        yield "citation", citation.id, "resp:evidence", citation.evidence


def _duties(duties: Iterable[Responsibility]) -> Iterator[Said]:
    for duty in duties:
        yield "duty", duty.id, "resp:evidence", duty.evidence
