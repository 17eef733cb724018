"""The library of questions: what its files say, how questions are found, what their examples answer, and its Turtle."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

import kg
from kg.asking import ask
from kg.asking.example import ROWS, example
from kg.assets import asset
from kg.errors import QueryError
from kg.questions import TOPICS, Question, find, questions, read_question
from kg.questions.examples import DEFAULT_TARGET, write_examples
from kg.questions.library import example_answer
from kg.questions.reading import parse
from kg.questions.search import search
from kg.store import load, open_store

QUESTIONS = questions()
IDS = [question.name for question in QUESTIONS]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPTIONS = {"list", "store", "param", "evidence", "format", "out", "endpoint", "help"}
"""Options of the command, which no parameter may be called; nor `asked` and `question`, which `kg.ask` takes."""

APART = {"tables", "checks", "contradictions", "cube", "dataset", "examples", "lookups", "owl-rl", "rules"}
"""Folders of `queries/` that hold no questions."""

SH, SCHEMA = rdflib.Namespace("http://www.w3.org/ns/shacl#"), rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def bundled() -> Store:
    """The graph of the bundled dataset."""
    store = open_store()
    load(store, kg.gather().plans)
    return store


def test_every_topic_has_questions_and_every_other_folder_stands_apart() -> None:
    folders = {path.name for path in asset("queries").iterdir() if path.is_dir()}
    assert folders == set(TOPICS) | APART
    assert len(QUESTIONS) >= 70
    assert set(Counter(question.topic for question in QUESTIONS)) == set(TOPICS)
    assert not list(asset("queries").glob("*.rq"))


def test_names_are_unique_and_say_what_they_are_in_one_way() -> None:
    assert len(set(IDS)) == len(IDS)
    assert [name for name in IDS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert sorted(IDS) == IDS


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_question_is_explained_in_both_languages(question: Question) -> None:
    for part in (*question.parameters, *question.columns):
        assert part.text
        assert CHINESE.search(part.text_zh) or part.text_zh == "预期性", part.name
    for parameter in question.parameters:
        assert parameter.name not in OPTIONS | {"asked", "question"}
    assert len(question.words) >= 4
    assert any(CHINESE.search(word) for word in question.words)
    assert any(word.isascii() for word in question.words)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_the_example_of_a_question_has_the_stored_answer(bundled: Store, question: Question) -> None:
    assert {p.name for p in question.parameters if p.default is None} <= set(question.example)
    stored = asset("data", f"answers/{question.name}.csv").read_text(encoding="utf-8")
    assert example(bundled, question) == stored, "run: make docs, and read what changed"
    columns, rows = example_answer(question)
    assert columns == tuple(column.name for column in question.columns)
    assert len(rows) <= ROWS
    assert rows or question.name == "citations-between-documents"


def test_every_stored_answer_is_one_of_a_question() -> None:
    assert {path.stem for path in asset("data", "answers").glob("*.csv")} == set(IDS)


FOUND = {
    "到期": "due-by deadlines-by-function deadlines-by-year deadlines-of-body",
    "谁负责民政": "who-answers-for",
    "who answers": "who-answers-for",
    "床位": "figures-about",
    "beds": "figures-about",
    "牵头 配合": "lead-and-support",
    "cited acts": "cited-acts",
    "money": "project-money money-by-function",
    "资金": "project-money money-by-function",
    "民政局": "who-answers-for",
    "former names": "former-names",
    "机构改革": "former-names reforms",
    "原文出处": "evidence-of-body evidence-of-task",
}
"""Words, and questions that must be among the first five for them."""


@pytest.mark.parametrize("words", FOUND)
def test_a_question_is_found_by_words(words: str) -> None:
    first = [question.name for question in search(words, QUESTIONS)][:5]
    assert set(FOUND[words].split()) <= set(first), first


def test_a_question_that_fits_all_words_goes_before_those_that_fit_some() -> None:
    found = [question.name for question in search("indicator region", QUESTIONS)]
    assert "indicator-by-region" in found[:2]
    assert search("资金 xyzzy", QUESTIONS) == search("资金", QUESTIONS)
    assert search("xyzzy", QUESTIONS) == []
    assert search("。", QUESTIONS) == []


def test_a_name_is_taken_with_underscores_and_with_its_topic() -> None:
    assert find("who_answers_for") is find("who-answers-for") is find("duties/who-answers-for")
    with pytest.raises(QueryError, match="did you mean who-answers-for"):
        find("who_answer_for")
    with pytest.raises(QueryError, match="no query is called"):
        find("money/who-answers-for")


def test_the_head_of_a_file_may_leave_out_chinese_and_all_but_the_query(tmp_path: Path) -> None:
    head = (
        "# param: x (text, default any): a text\n# fact: ?a ?b\n# example: x=1; y=2=3\n# words: a b\nASK { ?s ?p ?o }\n"
    )
    question = parse(head, "mine")
    assert (question.parameters[0].text, question.parameters[0].text_zh) == ("a text", "")
    assert (question.facts, dict(question.example), question.words) == (("a", "b"), {"x": "1", "y": "2=3"}, ("a", "b"))
    assert question.form == "ask"
    (tmp_path / "mine.rq").write_text(head, encoding="utf-8")
    assert read_question(tmp_path / "mine.rq") == question
    with pytest.raises(QueryError, match="'x' is no name=value"):
        parse("# example: x\nASK {}", "mine")


@pytest.mark.parametrize(
    ("sparql", "form"),
    [
        ("PREFIX ask: <http://select.example/>\nCONSTRUCT WHERE { ?s ?p ?o }", "construct"),
        ("# SELECT nothing\ndescribe <http://x/>", "describe"),
        ("SELECT ?ask { ?s ?p ?ask }", "select"),
    ],
)
def test_the_form_of_a_query_is_its_first_word(sparql: str, form: str) -> None:
    assert parse(sparql, "mine").form == form


def test_the_library_is_turtle_with_one_example_a_question() -> None:
    text = write_examples(QUESTIONS)
    assert text == write_examples(QUESTIONS)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    nodes = set(graph.subjects(rdflib.RDF.type, SH.SPARQLExecutable))
    assert len(nodes) == len(QUESTIONS)
    for question in QUESTIONS:
        node = rdflib.URIRef(f"https://w3id.org/policy-responsibility/query/{question.name}")
        assert node in nodes
        assert (node, rdflib.RDF.type, SH[f"SPARQL{question.form.capitalize()}Executable"]) in graph
        assert graph.value(node, SH[question.form]) == rdflib.Literal(question.sparql)
        assert set(graph.objects(node, rdflib.RDFS.comment)) == {
            rdflib.Literal(question.question_en, lang="en"),
            rdflib.Literal(question.question_zh, lang="zh"),
        }
        assert graph.value(node, SCHEMA.target) == rdflib.URIRef(DEFAULT_TARGET)
        assert rdflib.Literal(question.topic) in set(graph.objects(node, SCHEMA.keywords))
        declared = graph.value(node, SH.prefixes)
        names = {str(graph.value(one, SH.prefix)) for one in graph.objects(declared, SH.declare)}
        assert set(re.findall(r"^PREFIX ([\w-]+):", question.sparql, re.MULTILINE)) <= names


def test_examples_name_the_endpoints_that_are_asked_for() -> None:
    text = write_examples(QUESTIONS[:1], ["https://a.example/sparql", "https://b.example/sparql"])
    graph = rdflib.Graph().parse(data=text, format="turtle")
    targets = {str(target) for target in graph.objects(None, SCHEMA.target)}
    assert targets == {"https://a.example/sparql", "https://b.example/sparql"}
    with pytest.raises(QueryError, match="a target is no IRI"):
        write_examples(QUESTIONS[:1], ["no target"])


def test_ask_and_describe_are_examples_too() -> None:
    mine = [parse("ASK { ?s ?p ?o }", "one"), parse("DESCRIBE <http://x/>", "two")]
    graph = rdflib.Graph().parse(data=write_examples(mine), format="turtle")
    assert set(graph.objects(None, SH.ask)) == {rdflib.Literal("ASK { ?s ?p ?o }")}
    describe = rdflib.URIRef("https://purl.expasy.org/sparql-examples/ontology#describe")
    assert set(graph.objects(None, describe)) == {rdflib.Literal("DESCRIBE <http://x/>")}


def test_a_body_as_a_graph_holds_all_that_is_said_of_its_duties_and_no_more(sample_store: Store) -> None:
    answered = ask(sample_store, "graph-of-body", body="雾港救助协会")
    assert answered.graph
    subjects = {str(row[0]).rpartition("/")[2].rstrip(">") for row in answered.rows}
    assert subjects == {
        "雾港救助协会",
        "浮民函-2031-12_1_r3",
        "浮民函-2031-12_1",
        "浮民函-2031-12_1_d1",
        "浮民函-2031-12",
    }
    for subject in {row[0] for row in answered.rows}:
        said = {(q.subject, q.predicate, q.object) for q in sample_store.quads_for_pattern(subject, None, None)}
        assert said == {row for row in answered.rows if row[0] == subject}
