"""What holds for the records of every plan: each fact quotes the text it stands in, each id is its own, nothing else moves."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.documents import Document, read
from kg.extract import extract
from kg.records import Commitment, Evidence, Plan, Precision, Recurrence

HERE = Path(__file__).resolve().parent
PLANS = HERE / "fixtures" / "plans"
SHARED = Path(os.environ.get("KG_SHARED") or HERE.parents[1] / "shared")
CORPUS = Path(os.environ.get("KG_CORPUS") or SHARED / "corpus")
SOURCES = {path.parent.name: path for path in sorted(PLANS.glob("*/source.txt"))}
SOURCES |= {path.stem: path for path in sorted(CORPUS.glob("*.txt"))}
"""The invented plans, and the real ones where they are at hand."""


@pytest.fixture(params=SOURCES.values(), ids=SOURCES.keys())
def document(request: pytest.FixtureRequest) -> Document:
    path: Path = request.param
    return read(path)


@pytest.fixture
def plan(document: Document) -> Plan:
    return extract(document)


def records(record: object) -> Iterator[object]:
    """Walk a record and all records within it."""
    if isinstance(record, tuple):
        for item in record:
            yield from records(item)
    elif is_dataclass(record):
        yield record
        for field in fields(record):
            yield from records(getattr(record, field.name))


def ids(plan: Plan) -> list[str]:
    return [str(found) for record in records(plan) if (found := getattr(record, "id", None)) is not None]


def test_there_are_records_to_look_at() -> None:
    assert len(SOURCES) >= 5
    assert all(len(ids(extract(read(path)))) > 10 for path in SOURCES.values())


def test_every_quote_is_the_slice_of_the_text_that_it_names(document: Document, plan: Plan) -> None:
    found = [record for record in records(plan) if isinstance(record, Evidence)]
    assert len(found) > 10
    wrong = [
        e
        for e in found
        if not (0 <= e.start < e.end <= len(document.text)) or e.quote != document.text[e.start : e.end]
    ]
    assert wrong == []


def test_every_id_is_unique_and_begins_with_that_of_the_document(plan: Plan) -> None:
    found = ids(plan)
    assert len(found) == len(set(found))
    assert all(name == plan.document.id or name.startswith(f"{plan.document.id}_") for name in found)


def test_every_id_is_a_local_name_in_turtle(plan: Plan) -> None:
    turtle = "@prefix d: <https://example.org/id/> .\n" + "".join(f"d:{name} a d:Record .\n" for name in ids(plan))
    subjects = {triple.subject.value for triple in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)}
    assert subjects == {f"https://example.org/id/{name}" for name in ids(plan)}


def test_a_plan_survives_pickling(document: Document, plan: Plan) -> None:
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 - the test's own bytes
    assert extract(pickle.loads(pickle.dumps(document))) == plan  # noqa: S301 - the test's own bytes


def test_extracting_twice_gives_equal_plans(document: Document, plan: Plan) -> None:
    assert extract(document) == plan


def test_reading_the_same_bytes_again_gives_an_equal_document(document: Document) -> None:
    again = read(document.text.encode(), name=document.name)
    assert again.text == document.text
    assert again.blocks == document.blocks


def test_what_a_clause_assigns_stands_in_the_text_of_its_task(plan: Plan) -> None:
    for task in plan.tasks:
        if task.clause is not None:
            assert task.evidence.start <= task.clause.start < task.clause.end <= task.evidence.end


def test_every_department_is_printed_in_its_evidence_or_is_the_issuer(plan: Plan) -> None:
    for task in plan.tasks:
        for duty in task.responsibilities:
            quote = "".join((duty.evidence.quote or "").split())
            assert duty.department in quote or duty.department == plan.document.issuer


def test_the_days_of_a_deadline_agree_with_its_words(plan: Plan) -> None:
    for deadline in [deadline for task in plan.tasks for deadline in task.deadlines]:
        assert (deadline.recurrence is None) == (deadline.precision is not Precision.NONE)
        if deadline.recurrence:
            assert deadline.when == deadline.recurrence.value
        else:
            assert isinstance(deadline.earliest, date)
            assert isinstance(deadline.latest, date)
            assert deadline.earliest <= deadline.latest
            assert deadline.latest.isoformat().startswith(deadline.when)


def test_a_commitment_belongs_to_a_task_of_its_plan_and_ranges_rise(plan: Plan) -> None:
    tasks = {task.id for task in plan.tasks}
    whens = {recurrence.value for recurrence in Recurrence}
    for commitment in plan.commitments:
        assert isinstance(commitment, Commitment)
        assert commitment.task is None or commitment.task in tasks
        assert commitment.metric
        assert commitment.value_max is None or commitment.value_max > commitment.value
        assert commitment.by is None or commitment.by in whens or date.fromisoformat(f"{commitment.by}-12-31"[:10])
