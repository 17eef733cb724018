"""References are read, or refused in one line with the file, the path inside it and what is expected there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import ScoreError
from kg.score import Relation
from kg.score.annotation import loads, schema

SOUND = '{"doc": {"file": "plan.txt"}, "tasks": [{"n": "一", "duties": [{"dept": "区民政局", "role": "lead"}]}]}'

SLIPS = {
    "": "line 1, column 1: Expecting value: mend the JSON there",
    "{": "line 1, column 2: Expecting property name enclosed in double quotes: mend the JSON there",
    "[]": "no annotation: expected an object with the keys doc, tasks, commitments, indicators, projects, citations, people",
    '{"tasks": []}': "no annotation: expected an object with the keys doc, tasks,",
    '{"doc": []}': "$.doc: expected `object`, got `array`",
    '{"doc": {"date_issued": "2031-4-2"}}': "$.doc.date_issued: invalid RFC3339 encoded date",
    '{"doc": {"kind": "memo"}}': "$.doc.kind: invalid enum value 'memo': expected one of plan, reply, regulation, notice",
    '{"doc": {}, "doc": {}}': "the key 'doc' stands twice in one object: mend it there",
    '{"doc": {}, "notes": []}': "$.notes: no such field: expected one of doc, tasks,",
    '{"doc": {"titel": "x"}}': "$.doc.titel: no such field: expected one of file, sha256, title,",
    '{"doc": {}, "tasks": [{}]}': "$.tasks[0]: object missing required field `n`",
    SOUND.replace("lead", "boss"): (
        "$.tasks[0].duties[0].role: invalid enum value 'boss': expected one of lead, responsible, support, implement"
    ),
    SOUND.replace('"dept"', '"department"'): "$.tasks[0].duties[0]: object missing required field `dept`",
    SOUND.replace('"duties"', '"dutties"'): "$.tasks[0].dutties: no such field: expected one of n, title,",
    SOUND.replace('"duties"', '"Duties"'): "$.tasks[0].Duties: no such field: expected one of n, title,",
    '{"doc": {}, "commitments": [{"value": NaN}]}': "NaN is no number of a document",
    '{"doc": {}, "commitments": [{"value": true}]}': "$.commitments[0].value: expected `int | float | str`, got `bool`",
    '{"doc": {}, "indicators": [{"name": "灯", "values": {"2031": []}}]}': "$.indicators[0].values[...]: expected",
    '{"doc": {"title": "\\ud800"}}': "no JSON of an annotation: ",
    '{"doc": {}, "a\\nb": 1}': "$.a b: no such field",
    "[" * 100_000: "no JSON of an annotation: ",
    f'{{"doc": {{}}, "commitments": [{{"value": {"9" * 5000}}}]}}': "no JSON of an annotation: ",
}


@pytest.mark.parametrize("text", SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_met_with_its_place_and_what_is_expected(text: str) -> None:
    with pytest.raises(ScoreError) as raised:
        loads(text, "a.json")
    message = str(raised.value)
    assert message.startswith("a.json: ")
    assert SLIPS[text] in message
    assert "\n" not in message
    assert len(message) < 400


def test_notes_of_the_annotator_are_passed_over() -> None:
    noted = SOUND.replace('"n": "一"', '"n": "一", "note": "see annex", "where": 3').replace(
        '"role"', '"inline": true, "role"'
    )
    assert loads(noted) == loads(SOUND)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["doc", "tasks", "n", "title", "duties", "values", "x"]), inner, max_size=4)))  # fmt: skip
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        loads(json.dumps({"doc": {}, "tasks": value}))
        loads(json.dumps(value))
    except ScoreError as error:
        assert "\n" not in str(error)  # noqa: PT017  (what is read raises nothing)


def test_the_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    judge = jsonschema.Draft202012Validator(json.loads(schema()))
    assert judge.is_valid(json.loads(SOUND))
    for text, message in SLIPS.items():
        if "missing required" in message or "enum value" in message:
            assert not judge.is_valid(json.loads(text)), text


@pytest.mark.checkout
def test_the_annotation_of_the_page_on_scoring_is_sound(checkout: Path) -> None:
    text = (checkout / "docs" / "scoring.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"(?s)```json\n(.*?)```", text)
    plan = kg.gather([checkout / "tests" / "fixtures" / "two" / "plan.txt"]).plans[0]
    overall = kg.score([plan], [loads(example)]).overall
    for relation in ("tasks", "duties", "deadlines", "commitments", "citations"):
        assert overall[relation].recall == 1.0, relation


@pytest.mark.checkout
def test_every_relation_and_field_is_described(checkout: Path) -> None:
    text = (checkout / "docs" / "scoring.md").read_text(encoding="utf-8")
    described = re.findall(r"(?m)^\| `([\w-]+)`(?: \S+)? \| .* \| [\w ;]+ \|$", text)
    assert described[:14] == [relation.value for relation in Relation]
    told = set(re.findall(r"`(\w+)`", text.partition("## The annotation")[2]))
    definitions = json.loads(schema())["$defs"]
    fields = {name for kind in definitions.values() for name in kind.get("properties", ())}
    assert fields - told - {"parent_region", "aligned"} == set()


def test_corrected_records_are_read_and_resolved(fixtures: Path, tmp_path: Path) -> None:
    plans = kg.gather([fixtures / "plan.txt"]).plans
    info = replace(plans[0].document, region_code=None, parent_region=None)
    bare = replace(plans[0], document=info, organizations=(), regions=())
    (tmp_path / "plan.yml").write_text(kg.dumps(bare), encoding="utf-8")
    scores = kg.score(plans, tmp_path)
    assert (scores.overall["micro"].f1, scores.documents[0].reference) == (1.0, "plan.yml")


def test_a_build_stands_for_its_records(fixtures: Path, tmp_path: Path) -> None:
    built = kg.build([fixtures], tmp_path / "out")
    scores = kg.score(built.plans, tmp_path / "out")
    assert [counted.reference for counted in scores.documents] == [f"{plan.document.id}.yaml" for plan in built.plans]


UNREADABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing": (lambda folder: folder / "none.json", "none.json: no such file: check the path"),
    "an empty folder": (lambda folder: folder, "holds no .yaml and no .json file: name a folder of corrected records"),
    "a text": (lambda folder: written(folder / "a.txt", b"x"), "a.txt: no reference: expected records (.yaml,"),
    "other bytes": (
        lambda folder: written(folder / "a.json", b"\xff"),
        "a.json: byte 0 is not UTF-8: save the reference",
    ),
    "records with a slip": (
        lambda folder: written(folder / "a.yaml", b"document: 3\n"),
        "a.yaml: line 1: $.document: expected `object`, got `str`",
    ),
    "an annotation with a slip": (
        lambda folder: written(folder / "a.json", SOUND.replace("lead", "boss").encode()),
        "a.json: $.tasks[0].duties[0].role: invalid enum value 'boss': expected one of lead,",
    ),
}


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_reference_that_cannot_be_read_is_one_line(what: str, run: Callable, fixtures: Path, tmp_path: Path) -> None:
    make, message = UNREADABLE[what]
    got = run("score", fixtures / "plan.txt", make(tmp_path))
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith("kg: ")
    assert message in got.err


def test_each_broken_reference_of_a_folder_has_its_line(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        written(tmp_path / name, b"{}")
    written(tmp_path / "c.json", SOUND.encode())
    written(tmp_path / ".d.json", b"{}")
    got = run("score", fixtures / "plan.txt", tmp_path)
    assert (got.code, [line.split(":")[1] for line in got.complaints]) == (1, [" a.json", " b.json"])
