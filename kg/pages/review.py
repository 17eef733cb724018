"""Show records beside their document: a plan and the document that it was read from go in, one HTML page comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.documents import Document
from kg.errors import RecordsError
from kg.pages.drawing import Theme, read_theme
from kg.pages.facts import KINDS, Fact, Facts, list_facts
from kg.pages.passages import Line, Marks, TableBlock, cut
from kg.pages.places import Mark
from kg.pages.template import render
from kg.pages.wording import Language, Wording, read_wording
from kg.records import Commitment, DocumentInfo, Indicator, Plan, Project, Task

__all__ = ["ReviewPage", "review_page"]

_MOST_LOST = 0.1
"""The share of facts whose words may be missing before records and document are not of one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """All that the template `visualize/review.html.jinja` is given.

    - `wording`: the words of the page's language, and how it says dates and roles
    - `theme`: the looks of the marks and of the roles
    - `document`: what the document says of itself
    - `blocks`: the text in lines and tables, cut where a mark begins or ends
    - `facts`: the facts of the records by the parts of the page, each with its place in the text
    - `kinds`: the kinds of facts that there are, in the order of the legend, each with their number
    - `numbers`: the number of each task, indicator and project, by its key
    - `notes`: sentences on words that moved or are missing
    - `data`: what the script is given: the place of each fact, its record's fields, and the words that the script says
    """

    wording: Wording
    theme: Theme
    document: DocumentInfo
    blocks: tuple[Line | TableBlock, ...]
    facts: Facts
    kinds: tuple[tuple[str, int], ...]
    numbers: dict[str, str]
    notes: tuple[str, ...]
    data: dict[str, Any]


def review_page(plan: Plan, document: Document, *, language: Language = "zh") -> str:
    """Return one HTML page on which a person finds wrong and missing facts: the document, and its records beside it.

    The page holds all that it needs and opens from a file. Words of a fact that stand elsewhere than its record says are
    marked where they stand, those that the document does not hold are listed. Raises `RecordsError` where the records
    are of another document: where another file has not the words of more than a tenth of them, or they have none.
    """
    wording = read_wording(language)
    facts = list_facts(plan, document.text, wording)
    listed = [fact for fact in facts.walk() if fact.kind != "metadata"]
    lost = sum(fact.evidence is None for fact in listed)
    _check(plan, document, lost, len(listed))
    return render("review.html.jinja", _page(plan, document, facts, wording))


def _check(plan: Plan, document: Document, lost: int, count: int) -> None:
    """Refuse records of another document."""
    if plan.document.sha256 == document.sha256:
        return
    said: tuple[Task | Commitment | Indicator | Project, ...] = (
        *plan.tasks,
        *plan.commitments,
        *plan.indicators,
        *plan.projects,
    )
    if any(record.evidence.quote is None for record in said):
        raise RecordsError(
            f"{document.name}: not the document that the records were made from, {plan.document.file}, and they carry "
            "no words to find in it: give that one"
        )
    if lost > _MOST_LOST * count:
        raise RecordsError(
            f"{document.name}: lacks the words of {lost} of {count} facts: give the document that the records were made "
            f"from, {plan.document.file}, or extract it again"
        )


def _page(plan: Plan, document: Document, facts: Facts, wording: Wording) -> ReviewPage:
    every = list(facts.walk())
    counts = Counter(fact.kind for fact in every)
    tasks = {fact.key: fact for fact in facts.tasks}
    whole = {key: whole for key, fact in tasks.items() if (whole := _whole(fact))}
    numbered: tuple[Task | Indicator | Project, ...] = (*plan.tasks, *plan.indicators, *plan.projects)
    numbers = {record.id: record.number for record in numbered}
    marks = Marks(
        kinds=[(fact.kind, fact.mark) for fact in every if fact.mark and fact.mark.length],
        edges=[fact.evidence for fact in every if fact.evidence],
        tasks=whole,
    )
    return ReviewPage(
        wording=wording,
        theme=read_theme(),
        document=plan.document,
        blocks=cut(document, marks),
        facts=facts,
        kinds=tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        numbers={fact.key: numbers[fact.id] for fact in every if fact.id in numbers},
        notes=tuple(_notes(plan, document, every, wording)),
        data={
            "facts": [_datum(fact) for fact in every],
            "words": {key: wording.words[key] for key in wording.words if key.startswith("review_say_")},
        },
    )


def _whole(task: Fact) -> Mark | None:
    """Give the place of a task with its title, which stands before its text."""
    if task.evidence is None:
        return None
    start = min(task.evidence.start, task.mark.start if task.mark else task.evidence.start)
    return Mark(start=start, end=task.evidence.end)


def _datum(fact: Fact) -> dict[str, Any]:
    places = {name: [mark.start, mark.end] for name in ("evidence", "mark") if (mark := getattr(fact, name))}
    moved = bool(fact.evidence and fact.evidence.moved)
    return {"key": fact.key, "kind": fact.kind, "id": fact.id, "details": fact.details, "moved": moved, **places}


def _notes(plan: Plan, document: Document, every: list[Fact], wording: Wording) -> Iterator[str]:
    if plan.document.sha256 != document.sha256:
        yield wording.say("review_note_other", file=plan.document.file, given=document.name)
    moved = sum(bool(fact.evidence and fact.evidence.moved) for fact in every)
    if moved:
        yield wording.say("review_note_moved", count=moved)
    lost = sum(fact.evidence is None for fact in every if fact.kind != "metadata")
    if lost:
        yield wording.say("review_note_lost", count=lost)
