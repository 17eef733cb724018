"""Records go to YAML and back without loss, and a slip in a file is met with the place and what is expected there."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.assets import asset
from kg.errors import RecordsError
from kg.facts_only import LONGEST_NAME, LONGEST_TITLE, own_titles
from kg.records import Evidence, Organization, Plan, Region, Responsibility
from kg.records_file import schema

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(0, 10**6),
    bool: st.booleans(),
    Decimal: st.decimals(-(10**12), 10**12, allow_nan=False, places=4),
    date: st.dates(),
}


def strategy(kind: Any) -> st.SearchStrategy[Any]:
    if kind in SCALARS:
        return SCALARS[kind]
    if kind is Evidence:
        return st.builds(
            lambda start, length, quote: Evidence(
                start=start, end=start + (length if quote is None else len(quote)), quote=quote
            ),
            SCALARS[int],
            SCALARS[int],
            st.none() | TEXT,
        )
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of(*(st.none() if part is type(None) else strategy(part) for part in get_args(kind)))
    if get_origin(kind) is tuple:
        return st.lists(strategy(get_args(kind)[0]), max_size=2).map(tuple)
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    return st.builds(kind, **{name: strategy(hint) for name, hint in get_type_hints(kind).items()})


def linked(plan: Plan) -> Plan:
    """Give every record an id of its own, and let links point to records that are there."""
    numbers = count()
    bodies = tuple(replace(body, id=f"b{next(numbers)}") for body in plan.organizations)
    first_task = "r0" if plan.tasks else None

    def renew(value: Any, ids: Iterator[int]) -> Any:
        if isinstance(value, tuple):
            return tuple(renew(item, ids) for item in value)
        if not is_dataclass(value) or isinstance(value, Organization | Region):
            return value
        changes = {field.name: getattr(value, field.name) for field in fields(value)}
        if "id" in changes:
            changes["id"] = f"r{next(ids)}"
        if "task" in changes:
            changes["task"] = None if changes["task"] is None else first_task
        if isinstance(value, Responsibility):
            changes["organization"] = bodies[0].id if bodies else value.organization
        return type(value)(**{name: renew(item, ids) for name, item in changes.items()})

    ids = count()
    tasks = renew(plan.tasks, ids)
    code = plan.regions[0].code if plan.regions else plan.document.region_code
    plan = replace(plan, document=replace(plan.document, region_code=code))
    named = renew(replace(plan, tasks=(), organizations=()), ids)
    return replace(named, tasks=tasks, organizations=bodies)


PLANS = strategy(Plan).map(linked)


@pytest.fixture
def plan(fixtures: Path) -> Plan:
    return kg.resolve(kg.extract(kg.read(fixtures / "plan.txt")))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PLANS)
def test_any_plan_comes_back_from_yaml_as_it_was(plan: Plan) -> None:
    assert kg.loads(kg.dumps(plan)) == plan


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PLANS)
def test_every_file_meets_the_schema(plan: Plan) -> None:
    jsonschema.validate(yaml.safe_load(kg.dumps(plan)), json.loads(schema()))


def test_fields_at_their_default_are_left_out_and_numbers_keep_their_digits(plan: Plan) -> None:
    text = kg.dumps(plan)
    promised = next(promise for promise in plan.commitments if promise.value == 15000)
    assert "value: '15000'" in text
    assert promised.value_max is None
    assert "value_max" not in text
    assert "贝壳区" in text
    assert "date_issued: '2031-04-02'" in text


def test_what_a_person_writes_without_quotes_is_read_as_printed(plan: Plan) -> None:
    text = kg.dumps(plan).replace("value: '15000'", "value: 15000.50").replace("when: '2033'", "when: 2033")
    text = text.replace("date_issued: '2031-04-02'", "date_issued: 2031-04-02").replace(
        "number: 二/(一)", "number: 3.10"
    )
    read = kg.loads(text)
    assert Decimal("15000.50") in [promise.value for promise in read.commitments]
    assert read.tasks[0].number == "3.10"
    assert read.tasks[0].deadlines[0].when == "2033"
    assert read.document.date_issued == date(2031, 4, 2)


SLIPS = {
    "a sentence": ("", "今天没有计划", "no records: expected the keys document, extractor, tasks"),
    "a list": ("", "- 1", "no records: expected the keys"),
    "half a mapping": ("", "document: {", "line 2, column 1: did not find"),
    "a word for a number": ("start: 222", "start: 二二二", "$.tasks[0].evidence.start: expected `int`"),
    "an unknown role": ("role: lead", "role: leader", "$.tasks[0].responsibilities[0].role: invalid enum value 'leader': expected one of lead, responsible, support, implement"),
    "an unknown field": ("  title: 修缮老旧灯塔", "  titel: 修缮老旧灯塔", "$.tasks[0].titel: no such field: expected one of id, number, section"),
    "a missing field": ("  sha256: ", "  file_name: ", "$.document: object missing required field `sha256`"),
    "a key twice": ("extractor: ", "extractor: a\nextractor: ", "'extractor' stands twice"),
    "a span that ends before it starts": ("start: 222, end: 282", "start: 282, end: 222", "$.tasks[0].evidence: start 282 and end 222: expected 0 <= start <= end"),
    "a body that is not listed": ("organization: 贝壳区_transport", "organization: 贝壳区_nets", "$.tasks[0].responsibilities[0].organization: '贝壳区_nets': expected the id of one of $.organizations"),
    "a task that is not there": ("task: 贝政办发-2031-5_2-1", "task: 贝政办发-2031-5_9", "$.commitments[2].task: '贝政办发-2031-5_9': expected the id of one of $.tasks"),
    "an id twice": ("id: 贝政办发-2031-5_2-2\n", "id: 贝政办发-2031-5_2-1\n", "$.tasks[1].id: '贝政办发-2031-5_2-1' stands twice"),
    "an id that leaves the folder": ("id: 贝政办发-2031-5\n", "id: ../../贝政\n", "$.document.id: '../../贝政': expected letters, digits"),
    "an alias": ("extractor: ", "extra: &a [1]\nextractor: *a\nold: ", "an alias, which records never have"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_met_with_its_place_and_what_is_expected(slip: str, plan: Plan) -> None:
    right, wrong, message = SLIPS[slip]
    text = kg.dumps(plan)
    assert right in text
    with pytest.raises(RecordsError) as raised:
        kg.loads(text.replace(right, wrong, 1) if right else wrong, "reviewed.yaml")
    assert str(raised.value).startswith("reviewed.yaml: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_of_a_hundred_thousand_brackets_is_refused() -> None:
    with pytest.raises(RecordsError, match=r"more than 20 levels|nesting depth"):
        kg.loads("[" * 100_000)


def test_facts_only_keeps_the_figures_and_drops_the_words(plan: Plan) -> None:
    bare = kg.facts_only(plan)
    text = kg.dumps(bare)
    assert "quote" not in text
    assert "为守塔老人提供上门照料服务" not in text
    assert [duty.id for task in bare.tasks for duty in task.responsibilities] == [
        duty.id for task in plan.tasks for duty in task.responsibilities
    ]
    assert [promise.value for promise in bare.commitments] == [promise.value for promise in plan.commitments]
    assert [task.evidence.start for task in bare.tasks] == [task.evidence.start for task in plan.tasks]
    assert bare.document.title == "关于印发贝壳区灯塔养护工作方案的通知"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PLANS)
def test_facts_only_twice_is_facts_only_once(plan: Plan) -> None:
    assert kg.facts_only(kg.facts_only(plan)) == kg.facts_only(plan)


@pytest.fixture(scope="module")
def bundled() -> list[Plan]:
    return [
        kg.loads(path.read_text(encoding="utf-8"), path.name) for path in sorted(asset("data", "plans").glob("*.yaml"))
    ]


def test_the_bundled_dataset_has_five_plans_and_no_sentence(bundled: list[Plan]) -> None:
    assert len(bundled) == 5
    for plan in bundled:
        assert kg.facts_only(plan, own_titles()) == plan
        assert plan.organizations
        assert plan.extractor != "kg/unknown"
        assert len(plan.document.title) <= LONGEST_TITLE
        assert all(len(task.title or "") <= LONGEST_NAME for task in plan.tasks)
    titled = {task.id for plan in bundled for task in plan.tasks if task.title}
    assert set(own_titles()) <= titled


def test_the_bundled_dataset_is_what_the_documents_give(bundled: list[Plan], corpus: Path) -> None:
    made = {
        plan.document.id: replace(kg.facts_only(plan, own_titles()), extractor="") for plan in kg.gather([corpus]).plans
    }
    old = [plan.document.id for plan in bundled if replace(plan, extractor="") != made.get(plan.document.id)]
    assert old == [], "run: make data CORPUS=folder"
