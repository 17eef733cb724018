"""Score found plans against references: both go in, the figures of each document and of all come out, with every miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from kg.errors import ScoreError
from kg.records import Plan
from kg.score.annotation import Annotation
from kg.score.comparing import number_path
from kg.score.from_annotation import read_annotation
from kg.score.from_records import read_records
from kg.score.measures import Counts, Measure, measure_all, measure_document
from kg.score.pairing import Unpaired, pair_documents, pair_units
from kg.score.reading import Fact, Reading
from kg.score.references import read_references
from kg.score.relations import AVERAGED, Relation

__all__ = ["DocumentScore", "Miss", "Scores", "score", "shortfalls"]

Side = Literal["missed", "invented"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A fact that only one side has: `missed` in what was found, or `invented` by it.

    `said` is what was compared; `place` is the number of the task or row, or the headings above; `start` and `end` are
    offsets in the document's text, None in an annotation.
    """

    relation: Relation
    side: Side
    said: tuple[str, ...]
    place: str
    start: int | None
    end: int | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentScore:
    """How well one document was read: its figures by relation and average, and what was missed or invented."""

    document: str
    file: str
    title: str
    reference: str
    measures: Mapping[str, Measure]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The figures of all documents together and of each, by relation and average, and what could not be compared."""

    overall: Mapping[str, Measure]
    documents: tuple[DocumentScore, ...]
    unpaired: tuple[Unpaired, ...] = ()


def score(
    found: Sequence[Plan],
    reference: str | Path | Sequence[Plan | Annotation],
    *,
    resamples: int = 2000,
    seed: int = 1,
) -> Scores:
    """Score plans against a reference: a file or folder of records and annotations, or these themselves.

    Documents that only one side has are listed in `unpaired` and are in no figure. The intervals come from `resamples`
    draws of documents with the given seed, so equal input gives equal figures.
    Raises `ScoreError` where a reference cannot be read, or where no document is on both sides.
    """
    wanted = read_references(Path(reference)) if isinstance(reference, str | Path) else tuple(map(_reading, reference))
    ours = [read_records(plan, plan.document.id) for plan in found]
    pairs, unpaired = pair_documents(ours, wanted)
    if not pairs:
        raise ScoreError(
            "no document is on both sides: give the records of the documents that the reference is of\n"
            + "\n".join(f"{lone.name}: {lone.reason}" for lone in unpaired)
        )
    counts: list[Mapping[Relation, Counts]] = []
    documents: list[DocumentScore] = []
    for at, with_reference in pairs:
        counted, misses = _compare(ours[at], wanted[with_reference])
        counts.append(counted)
        documents.append(_document(found[at], wanted[with_reference].name, counted, misses))
    overall = measure_all(counts, resamples=resamples, seed=seed)
    return Scores(overall=overall, documents=tuple(documents), unpaired=tuple(unpaired))


def shortfalls(scores: Scores, floors: Mapping[str, float]) -> tuple[str, ...]:
    """Say in a line each which F1 of all documents is under its floor.

    What cannot be measured is under every floor, and so is a reference without records: its facts were not looked for.
    """
    lines = [
        f"{lone.name}: a floor is for the whole reference: {lone.reason}"
        for lone in scores.unpaired
        if floors and lone.side == "reference"
    ]
    for name, floor in floors.items():
        row = scores.overall.get(name)
        if row is None or row.f1 is None:
            lines.append(f"{name}: no fact on either side, so no F1 to hold to {floor}")
        elif row.f1 < floor:
            lines.append(f"{name}: F1 {row.f1:.4f} is under the floor {floor}")
    return tuple(lines)


def _reading(reference: Plan | Annotation) -> Reading:
    return read_records(reference) if isinstance(reference, Plan) else read_annotation(reference)


def _document(plan: Plan, reference: str, counts: Mapping[Relation, Counts], misses: tuple[Miss, ...]) -> DocumentScore:
    return DocumentScore(
        document=plan.document.id,
        file=plan.document.file,
        title=plan.document.title,
        reference=reference,
        measures=measure_document(counts),
        misses=misses,
    )


def _compare(found: Reading, reference: Reading) -> tuple[dict[Relation, Counts], tuple[Miss, ...]]:
    """Count the facts of each relation that the reference judges, and list those that only one side has."""
    same_text = found.sha256 is not None and found.sha256 == reference.sha256
    pairs = pair_units(found.units, reference.units, same_text=same_text)
    counts: dict[Relation, Counts] = {}
    misses: list[Miss] = []
    for relation, wanted in reference.facts.items():
        ours = [_placed(fact, pairs) for fact in _judged(found.facts[relation], wanted, pairs, reference)]
        missed, invented = _differences(wanted, ours)
        counts[relation] = Counts(wanted=len(wanted), found=len(ours), hit=len(wanted) - len(missed))
        if relation in AVERAGED:  # a duty is listed once, with its role
            misses += [_miss(fact, "missed") for fact in missed] + [_miss(fact, "invented") for fact in invented]
    return counts, tuple(misses)


def _judged(
    found: Sequence[Fact], wanted: Sequence[Fact], pairs: Mapping[str, str], reference: Reading
) -> Sequence[Fact]:
    """Leave out what the reference does not judge: fields that an annotation leaves empty, titles of invented tasks."""
    if found and found[0].relation is Relation.DOCUMENT and not reference.complete:
        fields = {fact.said[0] for fact in wanted}
        return [fact for fact in found if fact.said[0] in fields]
    if found and found[0].relation is Relation.TITLES:
        titled = {unit.id for unit in reference.units if unit.title or reference.complete}
        return [fact for fact in found if pairs.get(fact.task or "") in titled]
    return found


def _placed(fact: Fact, pairs: Mapping[str, str]) -> Fact:
    """Put a fact into the reference's task, or into one of its own where the reference has none."""
    if fact.task is None:
        return fact
    return replace(fact, task=pairs.get(fact.task, f"only found: {fact.task}"))


def _differences(wanted: Sequence[Fact], found: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Give what only the reference has and what only was found, each counted as often as it is said.

    Where one side says a fact more often, those count as matched that stand where the other side has it too.
    """
    both: dict[tuple[str | None, tuple[str, ...]], tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for side, facts in enumerate((wanted, found)):
        for fact in facts:
            both[fact.task, fact.said][side].append(fact)
    missed: list[Fact] = []
    invented: list[Fact] = []
    for theirs, ours in both.values():
        hit = min(len(theirs), len(ours))
        missed += _first_in_place(theirs, ours)[hit:]
        invented += _first_in_place(ours, theirs)[hit:]
    return missed, invented


def _first_in_place(facts: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    starts = {fact.start for fact in others} - {None}
    places = {number_path(fact.place) for fact in others}
    return sorted(facts, key=lambda fact: (fact.start not in starts, number_path(fact.place) not in places))


def _miss(fact: Fact, side: Side) -> Miss:
    return Miss(
        relation=fact.relation,
        side=side,
        said=fact.said,
        place=fact.place,
        start=fact.start,
        end=fact.end,
        quote=fact.quote,
    )
