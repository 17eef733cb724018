"""Figures are those that the definitions give, on invented plans with one fault each and, where they are, on the real ones."""

from __future__ import annotations

import json
import os
import random
import runpy
import types
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import ScoreError
from kg.records import Commitment, Evidence, Plan, Responsibility, Role, Task
from kg.score import Annotation, Measure, Relation, Scores, shortfalls
from kg.score.annotation import loads
from kg.score.comparing import figure, folded, number_path
from kg.tables import write_tables

WANTED = {
    "document": 8,
    "tasks": 4,
    "titles": 3,
    "duties": 7,
    "duties-without-role": 7,
    "deadlines": 3,
    "commitments": 2,
    "indicators": 2,
    "indicator-values": 4,
    "indicator-departments": 1,
    "projects": 7,
    "project-departments": 3,
    "achievements": 0,
    "citations": 3,
}
"""The facts of the sample plan, counted by hand in tests/samples.py."""


@pytest.fixture
def plan(samples: types.ModuleType) -> Plan:
    return samples.shell_plan()


def with_task(plan: Plan, at: int, **changes: object) -> Plan:
    tasks = list(plan.tasks)
    tasks[at] = replace(tasks[at], **changes)  # type: ignore[arg-type]  # the fields of a task
    return replace(plan, tasks=tuple(tasks))


def with_duties(plan: Plan, change: Callable[[Responsibility], Responsibility | None]) -> Plan:
    """Change the duties of the first task; None takes one away."""
    duties = tuple(made for duty in plan.tasks[0].responsibilities if (made := change(duty)))
    return with_task(plan, 0, responsibilities=duties)


def counts(row: Measure) -> tuple[int | None, int | None, int | None]:
    return row.wanted, row.found, row.hit


def alone(scores: Scores) -> dict[str, tuple[int | None, int | None, int | None]]:
    return {name: counts(row) for name, row in scores.overall.items() if name not in ("micro", "macro")}


FAULTS: dict[str, tuple[Callable[[Plan], Plan], dict[str, tuple[int, int]]]] = {
    "none": (lambda p: p, {}),
    "one missed duty": (
        lambda p: with_duties(p, lambda d: None if d.role is Role.LEAD else d),
        {"duties": (-1, -1), "duties-without-role": (-1, -1)},
    ),
    "a wrong role": (
        lambda p: with_duties(p, lambda d: replace(d, role=Role.IMPLEMENT) if d.role is Role.LEAD else d),
        {"duties": (0, -1)},
    ),
    "a wrong body": (
        lambda p: with_duties(p, lambda d: replace(d, department="区渔业局") if d.role is Role.LEAD else d),
        {"duties": (0, -1), "duties-without-role": (0, -1)},
    ),
    "white space and full width": (
        lambda p: with_duties(p, lambda d: replace(d, department=f" {d.department[:2]}　{d.department[2:]}。")),
        {},
    ),
    "a duty said twice": (
        lambda p: with_task(
            p,
            0,
            responsibilities=(
                *p.tasks[0].responsibilities,
                replace(p.tasks[0].responsibilities[0], id=f"{p.document.id}_again"),
            ),
        ),
        {},
    ),
    "a commitment found twice": (
        lambda p: replace(p, commitments=(*p.commitments, replace(p.commitments[0], id="again"))),
        {"commitments": (1, 0)},
    ),
    "a number in other digits": (
        lambda p: replace(p, commitments=(replace(p.commitments[0], value=Decimal("15000.00")), *p.commitments[1:])),
        {},
    ),
    "another date": (lambda p: with_task(p, 0, deadlines=p.tasks[1].deadlines), {"deadlines": (0, -1)}),
    "a lost task": (
        lambda p: replace(p, tasks=p.tasks[:2] + p.tasks[3:]),
        {
            "tasks": (-1, -1),
            "titles": (-1, -1),
            "duties": (-1, -1),
            "duties-without-role": (-1, -1),
            "deadlines": (-1, -1),
        },
    ),
    "an invented task with a title and the duties of another": (
        lambda p: replace(
            p, tasks=(*p.tasks, replace(p.tasks[0], id="more", number="九", evidence=Evidence(start=900, end=950)))
        ),
        {"tasks": (1, 0), "duties": (3, 0), "duties-without-role": (3, 0), "deadlines": (1, 0)},
    ),
    "an invented title": (lambda p: with_task(p, 3, title="加强宣传"), {"titles": (1, 0)}),
    "another number and title of a task at the same place": (
        lambda p: with_task(p, 0, number="七", title="换灯"),
        {"titles": (0, -1)},
    ),
    "an invented number and a wrong issuer": (
        lambda p: replace(p, document=replace(p.document, number=None, issuer="雾港")),
        {"document": (-1, -2)},
    ),
    "an indicator of another unit": (
        lambda p: replace(p, indicators=(replace(p.indicators[0], unit="盏"), p.indicators[1])),
        {"indicators": (0, -1)},
    ),
    "a lost indicator": (
        lambda p: replace(p, indicators=p.indicators[1:]),
        {"indicators": (-1, -1), "indicator-values": (-3, -3), "indicator-departments": (-1, -1)},
    ),
    "a project without fields": (
        lambda p: replace(p, projects=(p.projects[0], replace(p.projects[1], investment_wan=None))),
        {"projects": (0, -1)},
    ),
    "an act cited twice": (lambda p: replace(p, citations=(*p.citations, replace(p.citations[0], id="more"))), {}),
    "an act with another number": (
        lambda p: replace(p, citations=(replace(p.citations[0], number="贝政发〔2031〕6号"), *p.citations[1:])),
        {"citations": (0, -1)},
    ),
}
"""A fault of what was found → how many more facts are found and are right, by relation."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_what_it_should_and_nothing_else(fault: str, plan: Plan) -> None:
    change, differences = FAULTS[fault]
    got = alone(kg.score([change(plan)], [plan]))
    want = {
        name: (n, n + differences.get(name, (0, 0))[0], n + differences.get(name, (0, 0))[1])
        for name, n in WANTED.items()
    }
    assert got == want


def test_precision_recall_and_f1_are_those_of_the_counts(plan: Plan) -> None:
    short = with_duties(plan, lambda d: None if d.role is Role.LEAD else replace(d, role=Role.IMPLEMENT))
    row = kg.score([short], [plan]).overall["duties"]
    assert counts(row) == (7, 6, 4)
    assert (row.precision, row.recall, row.f1) == (4 / 6, 4 / 7, 8 / 13)


def test_what_neither_side_has_is_not_defined_and_leaves_the_averages_alone(plan: Plan) -> None:
    scores = kg.score([plan], [plan])
    empty = scores.overall["achievements"]
    assert (empty.precision, empty.recall, empty.f1, empty.mean_f1, empty.documents) == (None, None, None, None, 0)
    assert scores.overall["macro"].f1 == scores.overall["micro"].f1 == 1.0


def test_what_one_side_has_is_defined_on_that_side(plan: Plan) -> None:
    nothing = replace(plan, citations=())
    missed, invented = (
        kg.score([nothing], [plan]).overall["citations"],
        kg.score([plan], [nothing]).overall["citations"],
    )
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    assert (invented.precision, invented.recall, invented.f1) == (0.0, None, 0.0)


def test_the_averages_count_no_duty_twice(plan: Plan) -> None:
    change, _ = FAULTS["a wrong role"]
    scores = kg.score([change(plan)], [plan])
    wanted = sum(WANTED.values()) - WANTED["duties-without-role"]
    assert counts(scores.overall["micro"]) == (wanted, wanted, wanted - 1)
    assert scores.overall["macro"].f1 == pytest.approx((11 + 12 / 14) / 12)
    assert counts(scores.overall["macro"]) == (None, None, None)


def test_a_miss_has_its_place_and_the_words_there(plan: Plan) -> None:
    change, _ = FAULTS["a wrong role"]
    missed, invented = kg.score([change(plan)], [plan]).documents[0].misses
    assert (missed.relation, missed.side, missed.said) == (Relation.DUTIES, "missed", ("区民政局", "lead"))
    assert (invented.side, invented.said) == ("invented", ("区民政局", "implement"))
    for miss in (missed, invented):
        assert (miss.place, miss.start, miss.end, miss.quote) == ("二/(一)/1", 161, 165, "区民政局")


def test_of_equal_facts_the_one_that_the_other_side_lacks_is_the_miss(plan: Plan) -> None:
    first = plan.commitments[0]
    places = [Evidence(start=start, end=start + 3, quote="座座座") for start in (600, 700, 800)]
    three = tuple(replace(first, id=f"c{at}", evidence=place) for at, place in enumerate(places))
    found, wanted = replace(plan, commitments=three[2:] + three[:1]), replace(plan, commitments=three)
    scores = kg.score([found], [wanted])
    assert counts(scores.overall["commitments"]) == (3, 2, 2)
    assert [miss.start for miss in scores.documents[0].misses] == [700]


def bare(task: Task) -> Task:
    return replace(task, evidence=Evidence(start=0, end=1))


ALIGNMENTS: dict[str, tuple[Callable[[Task], Task], bool, bool]] = {
    "the same place under another number and title": (lambda t: replace(t, number="九", title="换灯"), True, True),
    "that place in another text": (lambda t: replace(bare(t), number="九", title="换灯"), False, False),
    "half of the place": (
        lambda t: replace(t, number="九", title=None, evidence=Evidence(start=100, end=104)),
        True,
        True,
    ),
    "a third of the place": (
        lambda t: replace(t, number="九", title=None, evidence=Evidence(start=100, end=102)),
        True,
        False,
    ),
    "the beginning of the text": (
        lambda t: replace(
            t, number="九", title=None, evidence=Evidence(start=7, end=22, quote="修 复灯塔三十座,年底前完成。")
        ),
        False,
        True,
    ),
    "the number alone": (lambda t: replace(bare(t), title="换灯", number="二（一）1."), False, True),
    "the title alone": (lambda t: replace(bare(t), title="修复 灯塔", number="九"), False, True),
}
"""What is left of a task on the found side, whether the text has the same bytes, and whether the task is found again."""


@pytest.mark.parametrize("what", ALIGNMENTS)
def test_a_task_is_known_by(what: str, plan: Plan) -> None:
    change, same_bytes, known = ALIGNMENTS[what]
    task = replace(plan.tasks[0], evidence=Evidence(start=100, end=107, quote="修复灯塔三十座"))
    if what == "the beginning of the text":
        task = replace(task, evidence=Evidence(start=100, end=111, quote="修复灯塔三十座，年底前"))
    digest = plan.document.sha256 if same_bytes else "00" * 32
    wanted = replace(plan, tasks=(task,), commitments=())
    found = replace(wanted, tasks=(change(task),), document=replace(plan.document, sha256=digest))
    scores = kg.score([found], [wanted])
    assert counts(scores.overall["tasks"]) == (1, 1, int(known))
    assert counts(scores.overall["duties"]) == (3, 3, 3 * known)


def test_each_task_has_one_partner(plan: Plan) -> None:
    twice = replace(plan, tasks=(plan.tasks[0], replace(plan.tasks[0], id="again")), commitments=())
    scores = kg.score([twice], [replace(plan, tasks=plan.tasks[:1], commitments=())])
    assert counts(scores.overall["tasks"]) == (1, 2, 1)
    assert counts(scores.overall["duties"]) == (3, 6, 3)


PAIRINGS: dict[str, tuple[dict[str, str], bool]] = {
    "the hash": ({"file": "x.txt", "number": "甲", "title": "乙"}, True),
    "the file name": ({"sha256": "0", "number": "甲", "title": "乙", "file": "folder/shell.txt"}, True),
    "the number": ({"sha256": "0", "file": "x.txt", "title": "乙", "number": "贝政发〔 2031〕５号"}, True),
    "the title": ({"sha256": "0", "file": "x.txt", "number": "甲"}, True),
    "nothing": ({"sha256": "0", "file": "x.txt", "number": "甲", "title": "乙"}, False),
}


@pytest.mark.parametrize("key", PAIRINGS)
def test_a_document_is_known_by(key: str, plan: Plan) -> None:
    changes, known = PAIRINGS[key]
    other = replace(plan, document=replace(plan.document, **changes))  # type: ignore[arg-type]  # strings all
    if known:
        assert kg.score([other], [plan]).unpaired == ()
    else:
        with pytest.raises(ScoreError, match="no document is on both sides"):
            kg.score([other], [plan])


def test_documents_without_a_partner_are_told_and_in_no_figure(samples: types.ModuleType) -> None:
    shell, reply = samples.shell_plan(), samples.buoy_reply()
    alien = replace(shell, document=replace(shell.document, file="x", sha256="0", number=None, title="渔网方案"))
    scores = kg.score([shell, reply], [alien, shell])
    assert [(lone.side, lone.name, lone.reason) for lone in scores.unpaired] == [
        ("found", reply.document.id, "no reference has its hash, file name, number or title"),
        ("reference", "x", "no record has its hash, file name, number or title"),
    ]
    assert [document.document for document in scores.documents] == [shell.document.id]
    assert scores.overall == kg.score([shell], [shell]).overall


def test_two_references_of_one_document_are_told_and_neither_is_taken(samples: types.ModuleType) -> None:
    shell, reply = samples.plans()[1], samples.plans()[0]
    other = replace(shell, document=replace(shell.document, title="另一个", file="x"))
    scores = kg.score([shell, reply], [shell, other, reply])
    assert {lone.reason for lone in scores.unpaired} == {
        "several documents of one side have its hash: score them one by one"
    }
    assert len(scores.unpaired) == 3


def test_documents_that_share_a_file_name_are_known_by_their_number(samples: types.ModuleType) -> None:
    plans = [replace(p, document=replace(p.document, file="index.html")) for p in samples.plans()]
    others = [replace(p, document=replace(p.document, sha256=p.document.sha256[::-1])) for p in plans]
    scores = kg.score(plans, others[::-1])
    assert (scores.unpaired, scores.overall["micro"].f1) == ((), 1.0)


def sample_of(plan: Plan, faults: list[int]) -> tuple[list[Plan], list[Plan]]:
    """Give as many documents as there are entries, each with so many of its seven duties lost."""
    found, wanted = [], []
    for at, lost in enumerate(faults):
        info = replace(plan.document, id=f"d{at}", file=f"{at}.txt", sha256=f"{at:064}", number=None, title=f"方案{at}")
        whole = replace(plan, document=info)
        left = lost
        tasks = []
        for task in whole.tasks:
            kept = task.responsibilities[left:]
            left = max(0, left - len(task.responsibilities))
            tasks.append(replace(task, responsibilities=kept))
        found.append(replace(whole, tasks=tuple(tasks)))
        wanted.append(whole)
    return found, wanted


def test_an_interval_runs_over_documents_and_is_the_same_every_time(plan: Plan) -> None:
    found, wanted = sample_of(plan, [0, 1, 0, 3, 0, 7, 2, 0])
    scores = kg.score(found, wanted)
    row = scores.overall["duties"]
    assert counts(row) == (56, 43, 43)
    assert row.low is not None
    assert row.high is not None
    assert row.f1 is not None
    assert 0.6 < row.low < row.f1 < row.high < 1
    assert scores == kg.score(found[::-1], wanted[::-1])
    assert scores.overall["duties"].low != kg.score(found, wanted, seed=2, resamples=300).overall["duties"].low
    assert (scores.overall["tasks"].low, scores.overall["tasks"].high) == (1.0, 1.0)
    assert row.mean_f1 == pytest.approx(sum(2 * (7 - n) / (14 - n) for n in (0, 1, 0, 3, 0, 7, 2, 0)) / 8)


def test_two_documents_give_an_interval_from_the_worse_to_the_better_and_one_gives_none(plan: Plan) -> None:
    two = kg.score(*sample_of(plan, [0, 7])).overall["duties"]
    assert (two.low, two.high, two.documents) == (0.0, 1.0, 2)
    one = kg.score(*sample_of(plan, [3])).overall
    assert {(row.low, row.high) for row in one.values()} == {(None, None)}
    found, wanted = sample_of(plan, [0, 0, 0])
    only = [replace(p, citations=p.citations if at == 1 else ()) for at, p in enumerate(wanted)]
    row = kg.score(only, only).overall["citations"]
    assert (row.documents, row.low, row.high) == (1, None, None)
    assert found == wanted


def test_floors_name_what_is_under_them(samples: types.ModuleType) -> None:
    shell, reply = samples.shell_plan(), samples.buoy_reply()
    change, _ = FAULTS["a wrong role"]
    scores = kg.score([change(shell)], [shell, reply])
    assert shortfalls(scores, {}) == ()
    alone = kg.score([change(shell)], [shell])
    assert shortfalls(alone, {"duties": 0.857, "tasks": 1.0, "micro": 0.9, "macro": 0.9}) == ()
    assert shortfalls(alone, {"duties": 0.858, "achievements": 0.0}) == (
        "duties: F1 0.8571 is under the floor 0.858",
        "achievements: no fact on either side, so no F1 to hold to 0.0",
    )
    assert shortfalls(scores, {"tasks": 0.5}) == (
        "buoy.txt: a floor is for the whole reference: no record has its hash, file name, number or title",
    )


ANNOTATION = {
    "doc": {"file": "shell.txt", "title": "贝壳区灯塔点亮行动方案", "number": None, "region": "贝壳区"},
    "tasks": [
        {
            "n": "二(一)1",
            "title": "修复灯塔",
            "duties": [{"dept": "区民政局", "role": "lead", "where": "表"}, {"dept": "区财政局", "role": "support"}],
            "clause": "区民政局牵头",
            "deadlines": ["2033"],
        },
        {"n": "二（一）2", "title": None, "anchor": "2.巡查雾笛", "deadlines": ["every-quarter"]},
    ],
    "commitments": [{"task": "二(一)1", "value": 15000, "unit": "座", "by": "2033", "quote": "新增灯塔1.5万座"}],
    "indicators": [
        {"n": 1, "name": "灯塔亮灯率", "unit": "%", "attr": "约束性", "values": {"2033": "≥95", "2030": 82.5}}
    ],
    "projects": [],
}


def annotated(**changes: object) -> Annotation:
    return loads(json.dumps(ANNOTATION | changes))


def test_an_annotation_judges_what_it_has(plan: Plan) -> None:
    scores = kg.score([plan], [annotated()])
    assert alone(scores) == {
        "document": (2, 2, 2),
        "tasks": (2, 4, 2),
        "titles": (1, 1, 1),
        "duties": (2, 7, 2),
        "duties-without-role": (2, 7, 2),
        "deadlines": (2, 3, 2),
        "commitments": (1, 2, 1),
        "indicators": (1, 2, 1),
        "indicator-values": (2, 4, 2),
        "indicator-departments": (0, 1, 0),
        "projects": (0, 7, 0),
        "project-departments": (0, 3, 0),
    }
    assert list(alone(kg.score([plan], [loads('{"doc": {"file": "shell.txt"}}')]))) == ["document"]


def test_a_miss_of_an_annotation_has_the_words_that_it_gives(plan: Plan) -> None:
    misses = kg.score([replace(plan, tasks=(), commitments=())], [annotated()]).documents[0].misses
    shown = {(m.relation.value, m.said): (m.place, m.start, m.quote) for m in misses if m.side == "missed"}
    assert shown["duties", ("区民政局", "lead")] == ("二(一)1", None, "区民政局牵头")
    assert shown["commitments", ("15000", "座", "2033")] == ("二(一)1", None, "新增灯塔1.5万座")


def test_mixed_references_judge_each_its_own(samples: types.ModuleType) -> None:
    scores = kg.score(samples.plans(), [annotated(), samples.buoy_reply()])
    assert scores.overall["achievements"].documents == 1
    assert "achievements" not in scores.documents[-1].measures


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(figure(text)) in {figure(text), folded(figure(text))}
    assert not any(character.isspace() for character in folded(text))
    assert number_path(text) == number_path(number_path(text))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_number_is_the_same_in_every_form(number: Decimal) -> None:
    assert {figure(number), figure(f" {number:,f}"), figure(f"{number:f}00"), figure(f"{number:E}")} == {figure(number)}


@pytest.mark.parametrize("text", ["nan", "Infinity", "1e999999999", "应保尽保", "≥60", "—", "", "1.2.3", "1_0"])
def test_what_is_no_plain_number_is_compared_as_text(text: str) -> None:
    assert figure(text) == folded(text)


# On the real documents, where they are: the figures are those of the reference scorer.


@pytest.fixture(scope="module")
def shared(corpus: Path) -> Path:
    folder = Path(os.environ.get("KG_SHARED") or corpus.resolve().parent)
    if not (folder / "gold").is_dir() or not (folder / "score" / "score.py").is_file():
        pytest.skip(f"{folder} holds no gold and no score/score.py: set KG_SHARED to the folder of the references")
    return folder


def damaged(plan: Plan, chance: random.Random) -> Plan:
    """Lose, change and double facts at random, a tenth of each."""

    def hurt(task: Task) -> Task:
        duties = tuple(
            replace(duty, role=Role.SUPPORT) if chance.random() < 0.1 else duty
            for duty in task.responsibilities
            if chance.random() < 0.9
        )
        number = "九/(九)" if chance.random() < 0.3 else task.number
        return replace(
            task,
            number=number,
            responsibilities=duties,
            title=None if chance.random() < 0.1 else task.title,
            evidence=replace(task.evidence, quote=None) if chance.random() < 0.3 else task.evidence,
            deadlines=task.deadlines if chance.random() < 0.9 else (),
        )

    def some(facts: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
        return tuple(again for fact in facts for again in [fact] * chance.choice([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]))

    return replace(
        plan,
        document=replace(plan.document, issuer=None, region_code="1"),
        tasks=tuple(hurt(task) for task in plan.tasks if chance.random() < 0.9),
        commitments=some(plan.commitments),
        indicators=tuple(
            replace(row, name=f"{row.name}率" if chance.random() < 0.1 else row.name, values=row.values[1:])
            for row in plan.indicators
        ),
        citations=plan.citations[1:],
    )


@pytest.mark.parametrize("seed", [None, 1, 2, 3, 4, 5])
def test_the_figures_are_those_of_the_reference_scorer(seed: int | None, shared: Path, tmp_path: Path) -> None:
    plans = kg.gather([shared / "corpus"]).plans
    if seed is not None:
        plans = tuple(damaged(plan, random.Random(seed)) for plan in plans)  # noqa: S311  (damage, no secret)
    write_tables(plans, tmp_path)
    scorer = runpy.run_path(str(shared / "score" / "score.py"))
    scores = kg.score(plans, shared / "gold")
    assert len(scores.documents) == 2
    for document in scores.documents:
        reference = json.loads((shared / "gold" / document.reference).read_text(encoding="utf-8"))
        found = scorer["Extracted"](tmp_path, reference["doc"]["file"])
        for relation, (want, have) in scorer["relations"](reference, found).items():
            name = {"duties, role aside": "duties-without-role"}.get(relation, relation.replace(" ", "-"))
            hit, have_count, want_count = scorer["prf"](want, have)
            assert counts(document.measures[name]) == (want_count, have_count, hit), (document.file, relation)
    if seed is not None:
        assert scores.overall["duties"].f1 is not None
        assert scores.overall["duties"].f1 < 0.95
