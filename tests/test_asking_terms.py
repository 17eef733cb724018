"""What a query of one's own is told: terms that there are not, terms without triples, and why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store

import kg
from kg.asking import StoredEngine, ask
from kg.asking.faults import explain
from kg.asking.terms import is_empty, require_known, unused
from kg.errors import QueryError
from kg.questions import Question, checks, questions, understand
from kg.store import load, open_store
from kg.vocabulary import PREFIXES

RESP = PREFIXES["resp"]


@pytest.fixture(scope="module")
def bundled() -> Store:
    store = open_store()
    load(store, kg.gather().plans)
    return store


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * { ?x a resp:Tasks }", "line 1: resp:Tasks is no term of the ontology: did you mean resp:Task"),
        ("SELECT * {\n ?x resp:role role:leader }", "line 2: role:leader is no term of the ontology: did you mean role:lead?"),
        ("SELECT * { ?x resp:title ?y }", "did you mean dct:title"),
        ("SELECT * { ?x resp:zebra ?y }", "resp:zebra is no term of the ontology: `kg docs`"),
        (f"PREFIX my: <{RESP}> SELECT * {{ ?x a my:Taks }}", "my:Taks is no term of the ontology: did you mean resp:Task"),
        (f"SELECT * {{ ?x a <{RESP}Taks> }}", "Taks> is no term"),
        ("SELECT * { ?x resp:task/resp:leads ?y FILTER(?y = func:helth) }", "resp:leads.*func:helth.*did you mean func:health"),
        ("CONSTRUCT { ?x resp:new ?y } WHERE { ?x resp:old ?y }", "^query: line 1: resp:old is no term"),
    ],
)  # fmt: skip
def test_a_term_that_there_is_not_is_refused_with_those_that_may_be_meant(
    bundled: Store, sparql: str, told: str
) -> None:
    with pytest.raises(QueryError, match=told):
        ask(bundled, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?x a resp:Body ; resp:goal ?goal ; resp:role role:lead } # resp:Tasks",
        "SELECT * { ?x rdfs:label 'resp:Tasks' FILTER(STRSTARTS(STR(?x), 'https://w3id.org/policy-responsibility/role/x')) }",
        "PREFIX role: <http://role.example/> SELECT * { ?x ?y role:mayor }",
        "CONSTRUCT { ?x resp:ledBy ?y } WHERE { ?x resp:leadDepartment ?y } LIMIT 1",
        f"SELECT * {{ ?x a <{RESP.removesuffix('#')}> }}",
        "ASK { ?body resp:region region:500101 . }",
    ],
)
def test_a_query_with_terms_that_there_are_is_answered(bundled: Store, sparql: str) -> None:
    ask(bundled, sparql)


def test_a_term_that_only_the_data_has_is_no_mistake(sample_store: Store) -> None:
    told = Store()
    told.extend(sample_store)
    told.update(f"INSERT DATA {{ <http://reef.example/1> a <{RESP}Lighthouse> }}")
    assert len(ask(told, "SELECT * { ?x a resp:Lighthouse }").rows) == 1


@pytest.mark.parametrize("question", [*questions(), *checks()], ids=lambda question: question.name)
def test_every_term_of_the_library_is_declared(bundled: Store, question: Question) -> None:
    require_known(replace(question, name="mine", topic=""), StoredEngine(bundled))


@pytest.mark.parametrize(
    ("sparql", "idle"),
    [
        ("SELECT * { ?x resp:printed ?y ; resp:goal ?z }", ("resp:printed", "resp:goal")),
        ("SELECT * { ?x a resp:Body ; oa:exact ?words }", ("resp:Body", "oa:exact")),
        ("SELECT * { ?x a resp:Reform ; resp:formerBody ?old ; a resp:Document }", ()),
        ("SELECT * { ?x org:classification func:railway ; ?y topic:elderly-care }", ("func:railway", "topic:elderly-care")),
        ("SELECT * { ?x resp:region region:990101 ; resp:role role:lead }", ("region:990101",)),
        ("SELECT * { ?x eli:title '1'^^xsd:gYear }", ("eli:title",)),
    ],
)  # fmt: skip
def test_terms_without_a_triple_are_named(bundled: Store, sparql: str, idle: tuple[str, ...]) -> None:
    assert unused(understand(sparql), StoredEngine(bundled)) == idle


@pytest.mark.parametrize(
    ("sparql", "empty"),
    [
        ("SELECT ?x { ?x a resp:Body }", True),
        ("SELECT (COUNT(?x) AS ?n) { ?x a resp:Body }", True),
        ("ASK { ?x a resp:Body }", True),
        ("ASK { ?x a resp:Task }", False),
        ("SELECT (COUNT(?x) AS ?n) { ?x a resp:Task }", False),
    ],
)
def test_a_count_of_nothing_is_an_empty_answer(bundled: Store, sparql: str, *, empty: bool) -> None:
    assert is_empty(ask(bundled, sparql)) is empty


def test_the_command_notes_them_only_where_nothing_is_answered(run: Callable, tmp_path: Path) -> None:
    kg.build(out=tmp_path)
    asked = ("--store", tmp_path, "--format", "csv")
    got = run("query", "SELECT ?x { ?x a resp:Deadline ; resp:printed ?y }", *asked)
    assert (got.code, got.out) == (0, "x\n")
    assert got.err.startswith("kg: note: the data has no triple with resp:printed. Words of a deadline,")
    assert run("query", "SELECT ?x { ?x a resp:Deadline OPTIONAL { ?x resp:printed ?y } } LIMIT 1", *asked).err == ""
    got = run("query", "SELECT ?x { ?x a resp:Deadlines }", *asked)
    assert (got.code, len(got.complaints)) == (1, 1)


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        (
            "SELECT ?t ?l (COUNT(?b) AS ?n) { ?t resp:leadDepartment ?b ; rdfs:label ?l } GROUP BY ?t",
            r": \?l: what is selected",
        ),
        (
            "SELECT ?t (COUNT(?b) AS ?n) { ?t resp:leadDepartment ?b }",
            r": \?t: what is selected must stand in GROUP BY",
        ),
        ("SELECT ?t { ?t a ?k } ORDER BY COUNT(?t)", r": \?t: what is selected must stand in GROUP BY"),
        ("SELECT (?k + 1 AS ?n) { ?t a ?k } GROUP BY ?t", ": what is selected must stand in GROUP BY"),
        (
            "SELECT (COUNT(?t) AS ?n) (?n / 2 AS ?m) { ?t a ?k }",
            "a name that AS gives in the same SELECT counts for nothing",
        ),
        ("SELECT * { ?t a ?k } GROUP BY ?t", r": SELECT \* cannot stand with GROUP BY: name the variables"),
        ("SELECT ?t { ?t a ?k BIND(1 AS ?k) }", ": AS must name a variable that the query does not use yet"),
        ("SELECT ?t (1 AS ?t) { ?t a ?k }", ": AS must name a variable"),
        ("SELECT ?t { ?t a ?k", ": the query ends too early: expected .* or }"),
        ("SELECT ?t { ?t a ?k FILTER(FOO(?t)) }", ": no SPARQL 1.1: look at what stands before this place"),
    ],
)
def test_the_reason_comes_first_and_no_list_of_tokens(bundled: Store, sparql: str, told: str) -> None:
    with pytest.raises(QueryError, match=told) as raised:
        ask(bundled, sparql)
    assert "[" not in str(raised.value)
    assert "expected one of" not in str(raised.value)


def test_what_the_engine_says_without_a_place_is_passed_on() -> None:
    assert explain("out of tide", "ASK {}") == "out of tide"
