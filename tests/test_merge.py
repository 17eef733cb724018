"""A new reading is merged into corrected records: what a person changed, added or deleted stays, the rest follows the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import MergeError, RecordsError
from kg.merge import Difference
from kg.reading import pack, unpack
from kg.records import Basis, Commitment, Comparator, Evidence, Plan, Responsibility, Role
from kg.records_file import loads_file

LISTS = ("tasks", "commitments", "indicators", "projects", "citations")
QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
FIRST, SECOND = "贝政发-2031-5_2-1-1", "贝政发-2031-5_2-1-2"


@pytest.fixture(scope="module")
def read(samples: ModuleType) -> Plan:
    """The plan as it was read first."""
    return samples.shell_plan()


def with_task(plan: Plan, at: int, **changes: Any) -> Plan:
    tasks = [*plan.tasks]
    tasks[at] = replace(tasks[at], **changes)
    return replace(plan, tasks=tuple(tasks))


def without(plan: Plan, name: str, at: int) -> Plan:
    held = getattr(plan, name)
    return replace(plan, **{name: held[:at] + held[at + 1 :]})


def duty(name: str, department: str, role: Role = Role.SUPPORT) -> Responsibility:
    place = Evidence(start=160, end=182, quote="(区民政局牵头,区财政局、区卫生健康委配合)")
    return Responsibility(id=name, department=department, role=role, basis=Basis.CLAUSE, evidence=place)


def promise(name: str, start: int, metric: str) -> Commitment:
    place = Evidence(start=start, end=start + len(metric), quote=metric)
    return Commitment(id=name, metric=metric, comparator=Comparator.EQUAL, value=Decimal(7), evidence=place)


def renumbered(plan: Plan, letter: str, name: str) -> Plan:
    """Count the records of a list anew, as every reading does."""
    items = tuple(replace(r, id=f"{plan.document.id}_{letter}{n}") for n, r in enumerate(getattr(plan, name), 1))
    return replace(plan, **{name: items})


def everything(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from everything(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from everything(getattr(value, field.name))


def check(plan: Plan) -> None:
    """A merged plan is written and read again, so that its ids and links are whole."""
    assert kg.loads(kg.dumps(plan)) == plan


def test_what_was_not_touched_follows_the_new_reading(read: Plan) -> None:
    now = with_task(read, 0, title="修复老灯塔")
    made = kg.merge(read, now, before=read)
    assert (made.plan, made.corrections, made.differences) == (now, 0, ())


def test_a_corrected_title_stays_and_the_rest_of_the_task_follows(read: Plan) -> None:
    kept = with_task(read, 0, title="点亮灯塔")
    now = with_task(read, 0, open=True, deadlines=())
    made = kg.merge(kept, now, before=read)
    assert made.plan == with_task(now, 0, title="点亮灯塔")
    assert (made.corrections, made.differences) == (1, ())


def test_a_corrected_title_that_is_read_differently_now_is_shown(read: Plan) -> None:
    kept, now = with_task(read, 0, title="点亮灯塔"), with_task(read, 0, title="修复老灯塔")
    made = kg.merge(kept, now, before=read)
    assert made.plan == kept
    assert made.differences == (
        Difference(record=FIRST, field="title", before="修复灯塔", kept="点亮灯塔", now="修复老灯塔"),
    )


def test_a_reading_that_comes_to_the_correction_is_no_difference(read: Plan) -> None:
    kept = with_task(read, 0, title="点亮灯塔")
    made = kg.merge(kept, kept, before=read)
    assert (made.plan, made.corrections, made.differences) == (kept, 0, ())


def test_a_corrected_role_of_one_duty_stays_when_others_are_read_anew(read: Plan) -> None:
    first = read.tasks[0]
    own = replace(first.responsibilities[1], role=Role.LEAD)
    kept = with_task(read, 0, responsibilities=(first.responsibilities[0], own, first.responsibilities[2]))
    more = duty(f"{FIRST}_r1", "区海事局")
    shifted = tuple(replace(d, id=f"{FIRST}_r{n}") for n, d in enumerate(first.responsibilities, 2))
    made = kg.merge(kept, with_task(read, 0, responsibilities=(more, *shifted)), before=read)
    duties = made.plan.tasks[0].responsibilities
    assert [(d.id[-2:], d.department, d.role.value) for d in duties] == [
        ("r1", "区海事局", "support"),
        ("r2", "区民政局", "lead"),
        ("r3", "区财政局", "lead"),
        ("r4", "区卫生健康委", "support"),
    ]
    check(made.plan)


@pytest.mark.parametrize("name", LISTS)
def test_what_a_person_deleted_does_not_come_back_although_ids_shift(name: str, read: Plan) -> None:
    kept = without(read, name, 0)
    if name == "tasks":
        kept = replace(kept, commitments=tuple(replace(c, task=None) for c in kept.commitments))
    kg.loads(kg.dumps(kept))
    made = kg.merge(kept, read, before=read)
    assert getattr(made.plan, name) == getattr(kept, name)
    assert made.differences == ()
    check(made.plan)


def test_a_promise_found_earlier_shifts_the_ids_and_loses_no_correction(read: Plan) -> None:
    kept = without(replace(read, commitments=(*read.commitments, promise("mine", 600, "渔网"))), "commitments", 0)
    kept = replace(kept, commitments=(replace(kept.commitments[0], metric="守塔人培训"), *kept.commitments[1:]))
    now = renumbered(replace(read, commitments=(promise("x", 90, "风筝"), *read.commitments)), "c", "commitments")
    made = kg.merge(kept, now, before=read)
    assert [(c.id[-2:], c.metric) for c in made.plan.commitments] == [
        ("c1", "风筝"),
        ("c3", "守塔人培训"),
        ("ne", "渔网"),
    ]
    assert made.corrections == 3
    check(made.plan)


def test_what_a_person_added_is_not_doubled_when_the_reading_finds_it_too(read: Plan) -> None:
    kept = replace(read, commitments=(*read.commitments, promise("mine", 600, "渔网")))
    found = replace(promise("贝政发-2031-5_c3", 600, "渔网"), unit="张")
    now = replace(read, commitments=(*read.commitments, found))
    made = kg.merge(kept, now, before=read)
    assert made.plan.commitments[2] == replace(promise("贝政发-2031-5_c3", 600, "渔网"))
    assert [(d.record[-2:], d.field, d.kept, d.now) for d in made.differences] == [("c3", "unit", None, "张")]


def test_an_id_that_a_person_gave_and_the_reading_gives_too_is_told_apart(read: Plan) -> None:
    kept = replace(read, commitments=(*read.commitments, promise("贝政发-2031-5_c3", 600, "渔网")))
    now = replace(read, commitments=(*read.commitments, promise("贝政发-2031-5_c3", 700, "码头")))
    made = kg.merge(kept, now, before=read)
    assert [(c.id[-4:], c.metric) for c in made.plan.commitments[2:]] == [("c3_k", "渔网"), ("5_c3", "码头")]
    again = kg.merge(made.plan, now, before=now)
    assert again.plan == made.plan


def test_a_correction_stays_where_the_new_reading_has_lost_the_record(read: Plan) -> None:
    kept = with_task(read, 1, title="巡查所有雾笛")
    made = kg.merge(kept, without(read, "tasks", 1), before=read)
    assert [task.title for task in made.plan.tasks] == ["修复灯塔", "巡查所有雾笛", "培训守塔人", None]
    [lost] = made.differences
    assert (lost.record, lost.now, lost.kept) == (SECOND, None, kept.tasks[1])
    check(made.plan)


def test_an_untouched_record_goes_with_the_reading_that_lost_it(read: Plan) -> None:
    now = without(read, "tasks", 3)
    assert kg.merge(read, now, before=read).plan == now


def test_a_deleted_task_that_is_read_differently_now_is_shown_and_stays_deleted(read: Plan) -> None:
    kept, now = without(read, "tasks", 3), with_task(read, 3, title="加强宣传和培训")
    made = kg.merge(kept, now, before=read)
    assert made.plan == kept
    assert [(d.record, d.field, d.kept, d.now) for d in made.differences] == [(now.tasks[3].id, "", None, now.tasks[3])]


def test_promises_follow_a_task_whose_id_changes_and_leave_one_that_goes(read: Plan) -> None:
    kept = replace(read, commitments=(replace(read.commitments[0], metric="灯塔"), *read.commitments[1:]))
    now = with_task(read, 0, id="贝政发-2031-5_2-1-1_2")
    now = replace(now, commitments=(replace(now.commitments[0], task=now.tasks[0].id), *now.commitments[1:]))
    assert kg.merge(kept, now, before=read).plan.commitments[0].task == "贝政发-2031-5_2-1-1_2"
    gone = replace(without(read, "tasks", 0), commitments=())
    assert kg.merge(kept, gone, before=read).plan.commitments[0].task is None


def test_a_reordered_list_keeps_the_order_of_the_person(read: Plan) -> None:
    kept = replace(read, tasks=read.tasks[::-1])
    more = replace(read.tasks[0], id="new", number="九", title="放风筝", evidence=Evidence(start=999, end=1000))
    more = replace(more, responsibilities=(), deadlines=(), clause=None)
    now = replace(read, tasks=(*read.tasks, more))
    made = kg.merge(kept, now, before=read)
    titles = [task.title for task in made.plan.tasks]
    assert titles == [None, "放风筝", "培训守塔人", "巡查雾笛", "修复灯塔"]
    assert kg.merge(made.plan, now, before=now).plan == made.plan


def test_a_duty_that_a_person_adds_needs_no_organization(fixtures: Path, tmp_path: Path) -> None:
    plan = kg.gather([fixtures / "plan.txt"]).plans[0]
    first = plan.tasks[0]
    kept = with_task(plan, 0, responsibilities=(*first.responsibilities, duty("own", "区水务局")))
    (tmp_path / "plan.yaml").write_text(kg.dumps(kept), encoding="utf-8")
    resolved = kg.gather([tmp_path / "plan.yaml"]).plans[0]
    assert "贝壳区水务局" in [body.label for body in resolved.organizations]


def test_a_body_is_there_as_long_as_a_kept_duty_names_it(read: Plan) -> None:
    kept = with_task(read, 1, title="巡查所有雾笛")
    gone = tuple(body for body in read.organizations if "码头" not in body.label)
    now = replace(without(read, "tasks", 1), organizations=gone)
    made = kg.merge(kept, now, before=read)
    assert "贝壳区各码头办事处" in [body.id for body in made.plan.organizations]
    check(made.plan)


def test_without_the_earlier_reading_all_stays_and_every_difference_is_listed(read: Plan) -> None:
    kept = with_task(without(read, "commitments", 1), 0, title="点亮灯塔")
    made = kg.merge(kept, read, before=None)
    assert made.plan == kept
    assert [(d.record[-5:], d.field, d.before) for d in made.differences] == [
        ("2-1-1", "title", None),
        ("-5_c2", "", None),
    ]
    assert kg.merge(made.plan, read, before=read).plan == kept


def moved(plan: Plan, by: int) -> Plan:
    """Give the reading of a document in which some words came in before all others."""

    def move(value: Any) -> Any:
        if isinstance(value, Evidence):
            return replace(value, start=value.start + by, end=value.end + by)
        if isinstance(value, tuple):
            return tuple(map(move, value))
        if is_dataclass(value) and not isinstance(value, type):
            return type(value)(**{f.name: move(getattr(value, f.name)) for f in fields(value)})
        return value

    made: Plan = move(plan)
    return replace(made, document=replace(made.document, sha256="77" * 32))


def test_corrections_move_with_the_words_of_a_changed_document(read: Plan) -> None:
    first = read.tasks[0]
    kept = with_task(read, 0, title="点亮灯塔", responsibilities=(*first.responsibilities, duty("own", "区海事局")))
    now = moved(read, 40)
    made = kg.merge(kept, now, before=read)
    assert made.document_changed
    assert made.plan.tasks[0].title == "点亮灯塔"
    assert made.plan.tasks[0].evidence == now.tasks[0].evidence
    own = made.plan.tasks[0].responsibilities[-1]
    assert (own.department, own.evidence.start) == ("区海事局", 200)
    assert made.plan.document.sha256 == now.document.sha256


def test_an_untouched_file_follows_a_changed_document(read: Plan) -> None:
    now = moved(without(read, "tasks", 2), 40)
    assert kg.merge(read, now, before=read).plan == now


REFUSED: dict[str, tuple[Callable[[Plan], Plan], Callable[[Plan], Plan | None], str]] = {
    "another document": (
        lambda now: replace(now, document=replace(now.document, sha256="1" * 64, id="x", title="风筝")),
        lambda read: read,
        "holds the records of another document, shell.txt: name another place with -o",
    ),
    "an earlier version without its reading": (
        lambda now: moved(now, 3),
        lambda _: None,
        "holds the records of an earlier version of the document, shell.txt",
    ),
    "corrected words that are gone": (
        lambda now: moved(without(now, "commitments", 0), 3),
        lambda read: read,
        "the words of 1 corrected records are not in it any more, first those of 贝政发-2031-5_c1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_merged_is_refused_in_one_line(case: str, read: Plan) -> None:
    change, before, message = REFUSED[case]
    words = Evidence(start=120, end=124, quote="风筝三只")
    kept = replace(read, commitments=(replace(read.commitments[0], metric="灯", evidence=words), *read.commitments[1:]))
    with pytest.raises(MergeError) as raised:
        kg.merge(kept, change(read), before=before(read))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def _ids(plan: Plan) -> Plan:
    """Let links lead to what is there, as a reader of records asks."""
    known = {task.id for task in plan.tasks}
    linked = tuple(c if c.task in known else replace(c, task=None) for c in plan.commitments)
    return replace(plan, commitments=linked)


@st.composite
def edited(draw: st.DrawFn, plan: Plan, mark: str) -> Plan:
    """Change, delete and add records here and there; what is added or changed bears the mark."""
    for number in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(LISTS))
        held = getattr(plan, name)
        act = draw(st.sampled_from(("change", "delete", "add", "duty")))
        at = draw(st.integers(0, max(0, len(held) - 1)))
        if act == "delete" and held:
            plan = without(plan, name, at)
        elif act == "change" and held:
            field = {"commitments": "metric", "indicators": "name", "projects": "name"}.get(name, "title")
            item = replace(held[at], **{field: f"{mark}{number}"})
            plan = replace(plan, **{name: (*held[:at], item, *held[at + 1 :])})
        elif act == "add":
            one = promise(f"{mark}-{number}", draw(st.integers(600, 620)), f"{mark}{number}")
            place = draw(st.integers(0, len(plan.commitments)))
            plan = replace(plan, commitments=(*plan.commitments[:place], one, *plan.commitments[place:]))
        elif act == "duty" and plan.tasks:
            at = draw(st.integers(0, len(plan.tasks) - 1))
            more = replace(duty(f"{mark}-d{number}", f"{mark}{number}"), organization=plan.organizations[0].id)
            plan = with_task(plan, at, responsibilities=(*plan.tasks[at].responsibilities, more))
    return plan


def said(plan: Plan, mark: str) -> set[str]:
    """Give all that bears the mark of a person."""
    told = (
        str(getattr(r, n)) for r in everything(plan) for n in ("metric", "name", "title", "department") if hasattr(r, n)
    )
    return {text for text in told if text.startswith(mark)}


@QUICK
@given(data=st.data())
def test_merging_into_an_untouched_file_gives_the_new_reading(data: st.DataObject, read: Plan) -> None:
    before = _ids(data.draw(edited(read, "旧")))
    now = renumbered(_ids(data.draw(edited(read, "新"))), "c", "commitments")
    made = kg.merge(before, now, before=before)
    assert (made.plan, made.corrections, made.differences) == (now, 0, ())


@QUICK
@given(data=st.data())
def test_what_a_person_changed_survives_and_merging_twice_changes_nothing(data: st.DataObject, read: Plan) -> None:
    before = _ids(data.draw(edited(read, "旧")))
    kept = _ids(data.draw(edited(before, "人")))
    now = renumbered(_ids(data.draw(edited(read, "新"))), "c", "commitments")
    made = kg.merge(kept, now, before=before)
    assert said(made.plan, "人") == said(kept, "人")
    check(made.plan)
    again = kg.merge(made.plan, now, before=now)
    assert (again.plan, again.differences) == (made.plan, ())


@QUICK
@given(data=st.data())
def test_without_the_earlier_reading_nothing_of_the_file_is_lost(data: st.DataObject, read: Plan) -> None:
    kept = _ids(data.draw(edited(read, "人")))
    now = renumbered(_ids(data.draw(edited(read, "新"))), "c", "commitments")
    made = kg.merge(kept, now, before=None)
    assert said(made.plan, "人") == said(kept, "人")
    assert [task.number for task in kept.tasks] == [
        task.number for task in made.plan.tasks if task.number in {t.number for t in kept.tasks}
    ]
    check(made.plan)
    assert kg.merge(made.plan, now, before=now).plan == made.plan


def test_the_reading_comes_back_from_its_lines_however_an_editor_breaks_them(read: Plan) -> None:
    text = kg.dumps(read, reading=read)
    assert kg.loads(text) == read
    assert loads_file(text).reading == read
    data = yaml.safe_load(text)
    assert loads_file(yaml.safe_dump(data, allow_unicode=True, width=40)).reading == read
    folded = "\n\n  ".join(data["reading"].split())
    assert unpack(folded) == read
    assert len(pack(read)) < len(kg.dumps(read))
    assert loads_file(kg.dumps(read)).reading is None


def test_a_broken_reading_is_met_with_its_line_and_leaves_the_records_readable(read: Plan) -> None:
    text = kg.dumps(read, reading=read)
    for broken in (text[:-60], text[:-60] + "=", text.replace("reading: |\n  Q", "reading: |\n  A")):
        assert broken != text
        assert kg.loads(broken, "plan.yaml") == read
        with pytest.raises(RecordsError, match=r"^plan.yaml: line \d+: \$\.reading: not the reading as kg packed it: "):
            loads_file(broken, "plan.yaml")


LINES = {
    "start: 100": ("start: x", "evidence"),
    "role: support": ("role: help", "role"),
    "title: 培训守塔人": ("titel: 培训守塔人", "titel"),
    "  - id: 贝政发-2031-5_2-1-2_r1": ("  - id: 贝政发-2031-5_2-1-1_r1", "id"),
    "when: every-quarter": ("when: [every-quarter]", "when"),
}


@pytest.mark.parametrize("right", LINES)
def test_a_slip_is_met_with_its_line(right: str, read: Plan) -> None:
    wrong, where = LINES[right]
    text = kg.dumps(read, reading=read)
    place = text.index(right)
    with pytest.raises(RecordsError) as raised:
        kg.loads(text[:place] + wrong + text[place + len(right) :], "plan.yaml")
    line = text[:place].count("\n") + 1
    assert str(raised.value).startswith(f"plan.yaml: line {line}: $.")
    assert where in str(raised.value)


def test_extract_merges_and_prints_one_line_for_each_difference(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    source, records = tmp_path / "plan.txt", tmp_path / "plan.yaml"
    text = (fixtures / "plan.txt").read_text(encoding="utf-8")
    source.write_text(text, encoding="utf-8")
    assert run("extract", source, "-o", records).code == 0
    corrected = records.read_text(encoding="utf-8").replace("title: 修缮老旧灯塔", "title: 修灯塔")
    records.write_text(corrected, encoding="utf-8")
    got = run("extract", source, "-o", records)
    assert (got.code, got.err) == (0, f"note: {records}: corrections kept: 1\n")
    assert records.read_text(encoding="utf-8") == corrected
    source.write_text(text.replace("修缮老旧灯塔", "翻新灯塔"), encoding="utf-8")
    got = run("extract", source, "-o", records)
    assert got.complaints == [
        f"note: {records}: the document has changed since; corrections are placed by their words",
        f"note: {records}: corrections kept: 1",
        f"note: {records}: 贝政办发-2031-5_2-1 title: read before: 修缮老旧灯塔; kept: 修灯塔; read now: 翻新灯塔",
    ]
    assert "title: 修灯塔" in records.read_text(encoding="utf-8")
    assert run("extract", source, "-o", records, "--overwrite").err == ""
    assert "title: 翻新灯塔" in records.read_text(encoding="utf-8")


def test_extract_leaves_every_file_as_it_is_where_one_cannot_be_merged(
    run: Callable, fixtures: Path, tmp_path: Path
) -> None:
    assert run("extract", fixtures, "-o", tmp_path).code == 0
    for path in tmp_path.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("role: ", "role: x"), encoding="utf-8")
    files = {path: path.read_bytes() for path in tmp_path.iterdir()}
    got = run("extract", fixtures, "-o", tmp_path)
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert ": line 23: $.tasks[0].responsibilities[0].role: " in got.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_records_for_publishing_hold_no_reading(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    run("extract", fixtures / "plan.txt", "-o", tmp_path / "plan.yaml", "--facts-only")
    assert "reading:" not in (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert "reading:" not in run("extract", fixtures / "plan.txt").out
