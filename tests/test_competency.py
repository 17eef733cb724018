from __future__ import annotations

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

import kg
from kg.asking import StoredEngine, ask
from kg.assets import asset
from kg.competency import CompetencyQuestion, answer, competency_questions, needed_terms, not_asked, result
from kg.questions import bind, find, questions, resolve
from kg.store import load, open_store
from kg.vocabulary import PREFIXES, VOCABULARY_FILES, Names

QUESTIONS = competency_questions()
IDS = [question.id for question in QUESTIONS]
PORTABLE = [question for question in QUESTIONS if question.portable]
SLOWEST = 1.0
"""Seconds that a question may take on Oxigraph."""


@pytest.fixture(scope="module")
def bundled() -> Store:
    """The graph of the bundled dataset."""
    store = open_store()
    load(store, kg.gather().plans)
    return store


@pytest.fixture(scope="module")
def union(bundled: Store) -> rdflib.Graph:
    """The same graph in rdflib, vocabulary and evidence included."""
    data = serialize((Triple(q.subject, q.predicate, q.object) for q in bundled), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")


@pytest.fixture(scope="module")
def generate(checkout: Path) -> ModuleType:
    spec = spec_from_file_location("generate", checkout / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_enough_questions_and_each_has_its_own_name_and_words() -> None:
    assert len(QUESTIONS) >= 36
    assert [f"CQ{number:02}" for number in range(1, len(QUESTIONS) + 1)] == IDS
    assert len({question.question_en for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.question_zh for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.question_en.endswith("?"), question.id
        assert question.question_zh.endswith("？"), question.id
        assert question.asked_by in {"researcher", "journalist", "official", "maintainer"}, question.id


def test_every_question_has_a_result_and_every_result_a_question() -> None:
    stored = {path.stem for path in asset("ontology", "requirements/results").glob("*.csv")}
    assert stored == set(IDS)


def test_every_query_answers_a_question() -> None:
    assert {question.query for question in QUESTIONS} == {question.name for question in questions()}


def test_few_answers_are_empty() -> None:
    empty = {question.id for question in QUESTIONS if result(question).count("\n") == 1}
    assert {find_by(name).query for name in empty} <= {"citations-between-documents", "duties-of-basis"}


def find_by(name: str) -> CompetencyQuestion:
    return next(question for question in QUESTIONS if question.id == name)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_the_answer_is_the_stored_one_to_the_byte(bundled: Store, question: CompetencyQuestion) -> None:
    assert answer(bundled, question) == result(question), "run: make docs, and read what changed"


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_a_question_is_answered_at_once(bundled: Store, question: CompetencyQuestion) -> None:
    best = SLOWEST
    for _ in range(3):
        start = time.perf_counter()
        answer(bundled, question)
        best = min(best, time.perf_counter() - start)
    assert best < SLOWEST


def test_the_order_of_the_answers_does_not_come_from_the_order_of_loading() -> None:
    store = open_store()
    for plan in reversed(list(kg.gather().plans)):
        load(store, [plan])
    assert [question.id for question in QUESTIONS if answer(store, question) != result(question)] == []


@pytest.mark.parametrize("question", PORTABLE, ids=lambda question: question.id)
def test_a_portable_question_has_the_same_answer_in_rdflib(
    bundled: Store, union: rdflib.Graph, question: CompetencyQuestion
) -> None:
    asked = find(question.query)
    terms = resolve(asked, question.parameters, StoredEngine(bundled).answer)
    answered = Counter(tuple(map(text, row)) for row in union.query(bind(asked, terms)))
    _, *stored = csv.reader(io.StringIO(result(question)))
    assert answered == Counter(tuple(row) for row in stored)


def text(value: rdflib.term.Node | None) -> str:
    """Write a value of rdflib as Oxigraph writes it: decimals without zeros at their end."""
    if isinstance(value, rdflib.Literal) and value.datatype == rdflib.XSD.decimal:
        number = f"{value.toPython():f}"
        return number.rstrip("0").rstrip(".") if "." in number else number
    return "" if value is None else str(value)


def test_most_questions_are_portable() -> None:
    assert len(PORTABLE) >= 0.9 * len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=IDS)
def test_the_terms_of_a_question_are_those_of_its_query(question: CompetencyQuestion) -> None:
    assert question.terms == needed_terms(find(question.query)), "run: make docs"


def test_terms_are_found_in_patterns_and_not_in_comments_texts_and_prefixes() -> None:
    asked = find("doubtful-places")
    assert {"resp:truncated", "oa:start", "rdf:type"} <= set(needed_terms(asked))
    assert not {"resp:ontology", "role:lead"} & set(needed_terms(find("obligations-by-body")))


def test_every_term_is_needed_by_a_question_or_left_out_for_a_reason(bundled: Store) -> None:
    needed = {term for question in QUESTIONS for term in question.terms}
    terms = declared() | in_data(bundled)
    left_out = not_asked()
    assert terms - needed == set(left_out), "ask a question that needs the term, or give the reason in not-asked.csv"
    assert all(len(reason) > 20 for reason in left_out.values())


def declared() -> set[str]:
    """Give the classes and properties of our own that the ontology declares."""
    kinds = {
        f"http://www.w3.org/2002/07/owl#{kind}"
        for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    }
    ours = PREFIXES["resp"]
    return {
        f"resp:{quad.subject.value.removeprefix(ours)}"
        for name in VOCABULARY_FILES
        for quad in parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)
        if str(quad.object).strip("<>") in kinds and str(quad.subject).strip("<>").startswith(ours)
    }


def in_data(store: Store) -> set[str]:
    """Give every class and property that the bundled dataset uses."""
    vocabulary = Names().node("graph", "vocabulary")
    used = {q.predicate.value for q in store if q.graph_name != vocabulary}
    used |= {
        q.object.value for q in store if q.graph_name != vocabulary and q.predicate.value == PREFIXES["rdf"] + "type"
    }
    return {
        f"{prefix}:{iri.removeprefix(space)}"
        for iri in used
        for prefix, space in PREFIXES.items()
        if iri.startswith(space)
    }


@pytest.mark.checkout
def test_what_is_made_from_the_data_is_current(generate: ModuleType, checkout: Path) -> None:
    for page in ("docs/sparql.md", "ontology/requirements/competency-questions.csv"):
        assert (checkout / page).read_text(encoding="utf-8") == generate.PAGES[page](), "run: make docs"


@pytest.mark.checkout
def test_every_example_of_the_guide_is_answered_there(bundled: Store, checkout: Path) -> None:
    guide = (checkout / "docs" / "sparql.md").read_text(encoding="utf-8")
    examples = [block for block in re.findall(r"(?s)```sparql\n(.*?)```", guide) if "SELECT" in block]
    assert len(examples) >= 10
    assert len(re.findall("<!-- answer -->", guide)) == len(examples)
    for example in examples:
        assert ask(bundled, example).rows, example


def test_both_specifications_tell_the_same_and_name_every_theme() -> None:
    pages = [
        asset("ontology", f"requirements/{name}").read_text(encoding="utf-8")
        for name in ("specification.md", "specification.zh-CN.md")
    ]
    headings = [re.findall(r"^(#+ [\d.]*)", page, re.MULTILINE) for page in pages]
    assert headings[0] == headings[1]
    for page in pages:
        assert {question.theme for question in QUESTIONS} <= set(re.findall(r"`(\w+)`", page))
        assert set(re.findall(r"\bCQ\d\d\b", page)) <= set(IDS)


@pytest.mark.checkout
def test_the_benchmark_of_the_questions_says_how_long_each_took(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = spec_from_file_location("questions", checkout / "benchmarks" / "questions.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Callable[[list[str]], int] = module.main
    assert main(["--rounds", "1", "CQ01", "CQ20"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"CQ01 +obligations-by-body +\d+ +[\d.]+ ms", out)
    assert "2 questions" in out
    assert main(["CQ99"]) == 2
