"""Evidence: each row about a duty, a deadline or a value leads to the words of the text that say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

import kg
from kg.answers import Answer
from kg.asking import StoredEngine, ask, ask_with_evidence
from kg.asking.evidence import COLUMNS, expose
from kg.errors import QueryError
from kg.questions import Question, find, questions
from kg.questions.reading import parse
from kg.store import load, open_store

WITH_FACTS = [question for question in questions() if question.facts]
PLAN = "plan.txt"


@pytest.fixture(scope="module")
def read(fixtures: Path) -> Store:
    """A store of the two invented documents, with their words."""
    store = open_store()
    load(store, kg.gather([fixtures]).plans)
    return store


@pytest.fixture(scope="module")
def bundled() -> Store:
    """The graph of the bundled dataset, which has offsets and no words."""
    store = open_store()
    load(store, kg.gather().plans)
    return store


def shown(answer: Answer) -> list[dict[str, str]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.strings()]


def test_a_duty_shows_its_clause_and_its_offsets(read: Store, fixtures: Path) -> None:
    rows = shown(ask_with_evidence(read, "who-answers-for", department="民政"))
    row = next(row for row in rows if row["evidence_file"] == PLAN)
    assert row["evidence_quote"] == row["evidence_sentence"] == "（责任单位：区民政局、区卫生健康委等）"
    text = kg.read(fixtures / PLAN).text
    assert text[int(row["evidence_start"]) : int(row["evidence_end"])] == row["evidence_quote"]
    assert row["evidence_document"].endswith("养护工作方案的通知")


def test_a_deadline_shows_the_sentence_in_which_it_stands(read: Store) -> None:
    rows = shown(ask_with_evidence(read, "due-by", until="2033"))
    found = {row["evidence_quote"]: row["evidence_sentence"] for row in rows}
    assert found["到2033年"] == "到2033年，完成30座老旧灯塔修缮。"
    assert found["2032年底前"] == "2032年底前，培训守塔人员1.5万人次。"
    repeated = shown(ask_with_evidence(read, "recurring-work"))
    assert {row["evidence_sentence"] for row in repeated} == {
        "每年开展1次安全检查。",
        "为守塔老人提供上门照料服务，持续推进。",
    }


def test_a_duty_of_which_only_the_name_is_quoted_shows_its_clause(sample_store: Store) -> None:
    rows = shown(ask_with_evidence(sample_store, "tasks-of-body", body="贝壳区财政局"))
    first = next(row for row in rows if row["role_name"] == "support")
    assert (first["evidence_quote"], first["evidence_start"]) == ("区财政局", "168")
    assert first["evidence_sentence"] == "(区民政局牵头,区财政局、区卫生健康委配合)"


def test_a_promise_outside_a_task_shows_its_own_words(read: Store) -> None:
    rows = shown(ask_with_evidence(read, "commitments-by-deadline", until="2035"))
    assert "新增夜航灯120盏" in {row["evidence_sentence"] for row in rows}
    assert all(row["evidence_quote"] for row in rows)


def test_a_row_that_is_a_group_shows_all_its_facts(read: Store) -> None:
    query = (
        "# en: How many duties?\n# fact: ?duty\n"
        "SELECT ?task (COUNT(?duty) AS ?n) WHERE { ?duty resp:task ?task } GROUP BY ?task ORDER BY DESC(?n) ?task LIMIT 9"
    )
    plain, rows = ask(read, query), ask_with_evidence(read, query)
    assert [row[:2] for row in rows.rows] == list(plain.rows)
    assert rows.columns == (*plain.columns, *COLUMNS)
    first = shown(rows)[0]
    assert first["n"] == "3"
    assert first["evidence_quote"].count(" | ") == 0, "three duties of one clause are one place"


def test_places_of_several_facts_are_joined_in_order(bundled: Store) -> None:
    rows = ask_with_evidence(bundled, "indicators", region="万州")
    both = next(row for row in shown(rows) if row["baseline"])
    starts = [int(start) for start in both["evidence_start"].split(" | ")]
    assert len(starts) == 2
    assert starts == sorted(starts)
    assert len(both["evidence_end"].split(" | ")) == 2
    assert " | " not in both["evidence_document"]


@pytest.mark.parametrize("question", WITH_FACTS, ids=lambda question: question.name)
def test_evidence_adds_columns_and_changes_no_row(bundled: Store, question: Question) -> None:
    plain, rows = ask(bundled, question, **question.example), ask_with_evidence(bundled, question, **question.example)
    assert rows.columns == (*plain.columns, *COLUMNS)
    assert [row[: len(plain.columns)] for row in rows.rows] == list(plain.rows)
    for row in shown(rows):
        assert row["evidence_file"]
        assert row["evidence_document"]
        assert all(part.isdigit() for part in row["evidence_start"].split(" | "))
        assert not row["evidence_quote"]


def test_every_question_about_duties_deadlines_or_values_row_by_row_has_evidence() -> None:
    columns = {"task", "due", "target", "value", "indicator", "metric", "baseline"}
    counts = {"shared-indicators", "evidence-of-task", "deadlines-by-function", "deadlines-by-year"}
    for question in questions():
        named = {column.name for column in question.columns}
        if named & columns and not named & {"tasks", "regions"} and question.name not in counts:
            assert question.facts, question.name


def test_one_further_query_fetches_the_places(bundled: Store) -> None:
    asked: list[str] = []

    class Counting:
        def answer(self, sparql: str, /) -> Answer:
            asked.append(sparql)
            return StoredEngine(bundled).answer(sparql)

    assert len(ask_with_evidence(Counting(), "recurring-work").rows) > 1
    assert len(asked) == 2
    assert "VALUES ?fact {" in asked[1]


def test_many_facts_are_fetched_in_parts(bundled: Store) -> None:
    query = "# fact: ?fact\nSELECT ?fact WHERE { ?fact resp:evidence ?span } ORDER BY ?fact"
    rows = shown(ask_with_evidence(bundled, query))
    assert len(rows) > 1000
    assert all(row["evidence_start"] for row in rows)


def test_a_row_without_a_fact_has_empty_places(bundled: Store) -> None:
    query = "# fact: ?x\nSELECT ?y ?x WHERE { BIND(1 AS ?y) OPTIONAL { ?x <http://reef.example/nothing> ?y } }"
    rows = ask_with_evidence(bundled, query)
    assert rows.columns == ("y", "x", *COLUMNS)
    assert rows.rows == ((Literal(1), *(None,) * 7),)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("documents", "documents: its rows rest on no single facts"),
        ("SELECT ?s { ?s ?p ?o }", "query: its rows rest on no single facts"),
        ("# fact: ?s\nASK { ?s ?p ?o }", "query: is no SELECT"),
        ("# fact: ?s\nSELECT * { ?s ?p ?o }", "query: SELECT [*] names no columns"),
    ],
)
def test_what_has_no_evidence_is_refused(bundled: Store, asked: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask_with_evidence(bundled, asked)


def test_a_select_inside_comments_and_groups_is_not_the_one_that_counts() -> None:
    sparql = "# SELECT nothing\nSELECT DISTINCT ?x { { SELECT ?x { ?f ?p ?x } GROUP BY ?x } ?f ?q ?x }"
    question = parse(f"# fact: ?f\n{sparql}", "mine")
    assert "SELECT DISTINCT (?f AS ?f_facts) ?x" in expose(question, question.sparql)
    assert "GROUP_CONCAT" in expose(find("tasks-of-body"), find("tasks-of-body").sparql)
