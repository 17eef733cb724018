"""The questions have the same answers on a server as in a store: Oxigraph's own, and Virtuoso 7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Store

import kg
from kg.answers import Answer
from kg.asking import StoredEngine, ask, ask_with_evidence
from kg.asking.remote import RemoteEngine
from kg.assets import asset
from kg.competency import competency_questions
from kg.errors import EndpointError, QueryError
from kg.push import push
from kg.questions import Question, checks, find, questions, read_question
from kg.store import load, open_store
from kg.vocabulary import term

SERVERS = ("oxigraph", "virtuoso")
VALUES = {
    "attribute": "binding",
    "basis": "clause",
    "code": "500101",
    "date": "2025-12-31",
    "decimal": "1",
    "department": "民政",
    "function": "civil-affairs",
    "integer": "2",
    "level": "county",
    "region": "万州",
    "role": "lead",
}
"""A value for a parameter of each type, where neither its example nor a competency question gives one."""


@pytest.fixture(scope="module")
def bundled() -> Store:
    store = open_store()
    load(store, kg.gather().plans)
    return store


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, bundled: Store) -> Iterator[Any]:
    """A server with the bundled dataset."""
    server = request.getfixturevalue(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_ENDPOINT_USER", "dba")
        patch.setenv("KG_ENDPOINT_PASSWORD", "dba")
        push(server.graphs, bundled, prune=server.query)
    return server


@pytest.fixture(scope="module")
def remote(server: Any) -> RemoteEngine:
    return RemoteEngine(server.query)


Asked = list[tuple[Question, dict[str, str]]]


def differences(remote: RemoteEngine, stored: StoredEngine, asked: Asked, *, evidence: bool = False) -> list[str]:
    """Ask both, and with evidence where a question has it; name what is not the same term for term."""
    found = []
    for question, values in asked:
        for verb in (ask, ask_with_evidence) if evidence and question.facts else (ask,):
            expected, got = verb(stored, question, **values), verb(remote, question, **values)
            if got != expected:
                found.append(f"{verb.__name__} {question.name} {values}: {_difference(got, expected)}")
    return found


def _difference(got: Answer, expected: Answer) -> str:
    extra, missing = set(got.rows) - set(expected.rows), set(expected.rows) - set(got.rows)
    if not (extra or missing):
        return "other order" if got.columns == expected.columns else f"columns {got.columns}"
    return f"extra {sorted(map(str, extra))[:1]}, missing {sorted(map(str, missing))[:1]}"


@pytest.mark.slow
def test_the_example_of_every_question_has_the_same_answer(remote: RemoteEngine, bundled: Store) -> None:
    asked = [(question, dict(question.example)) for question in questions()]
    assert len(asked) >= 40
    assert differences(remote, StoredEngine(bundled), asked) == []


@pytest.mark.slow
def test_every_parameter_of_every_question_has_the_same_answer(remote: RemoteEngine, bundled: Store) -> None:
    competency = [(find(asked.query), dict(asked.parameters)) for asked in competency_questions()]
    given = {(question.name, name): value for question, values in competency for name, value in values.items()}
    asked = competency
    for question in questions():
        required = {p.name: question.example[p.name] for p in question.parameters if p.default is None}
        asked.append((question, required))
        for p in question.parameters:
            value = question.example.get(p.name) or given.get((question.name, p.name)) or VALUES[p.type]
            asked.append((question, required | {p.name: value}))
    assert len(asked) > 200
    assert differences(remote, StoredEngine(bundled), asked, evidence=True) == []


def test_no_check_finds_anything(remote: RemoteEngine) -> None:
    assert [check.name for check in checks() if ask(remote, check).rows] == []


def test_a_graph_comes_back_as_it_is(remote: RemoteEngine, bundled: Store) -> None:
    rule = read_question(asset("queries", "rules/shortcuts.rq"))
    expected = ask(bundled, rule)
    assert expected.graph
    assert len(expected.rows) > 100
    assert ask(remote, rule) == expected
    describe = "DESCRIBE ?region { ?region resp:regionCode '500101' }"
    assert set(ask(bundled, describe).rows) <= set(ask(remote, describe).rows)  # Virtuoso tells who points there too


def test_what_counts_all_triples_counts_the_graphs_that_the_url_names(server: Any, bundled: Store) -> None:
    """Virtuoso has graphs of its own in its default graph; the URL of an endpoint may name those to be asked."""
    graphs = [("default-graph-uri", graph.value) for graph in bundled.named_graphs() if isinstance(graph, NamedNode)]
    remote = RemoteEngine(f"{server.query}?{urlencode(graphs)}")
    for path in sorted(asset("queries", "dataset").glob("*.rq")):
        question = read_question(path)
        assert ask(remote, question) == ask(bundled, question), path.name


def test_yes_and_no_and_prefixes_of_ours(remote: RemoteEngine) -> None:
    assert remote.answer("ASK { ?task a resp:Task }").rows == ((Literal(True),),)
    assert remote.answer("ASK { ?task a <http://reef.example/Nothing> }").rows == ((Literal(False),),)
    text = "# SELECT nothing: a comment\nPREFIX role: <https://w3id.org/policy-responsibility/role/>\nASK { ?d resp:role role:lead }"
    assert remote.answer(text).plain() == [(True,)]
    document = remote.answer("SELECT ?d { ?d a resp:Document } ORDER BY ?d LIMIT 1").rows[0][0]
    assert isinstance(document, NamedNode)


def test_terms_are_those_of_the_store(remote: RemoteEngine, bundled: Store) -> None:
    text = """SELECT DISTINCT ?value WHERE { ?s ?p ?value
      FILTER(?p IN (resp:open, resp:value, resp:latest, resp:order, rdfs:label, resp:number, resp:role)) }"""
    expected = set(ask(bundled, text).rows)
    assert set(remote.answer(text).rows) == expected
    kinds = {row[0].datatype for row in expected if isinstance(row[0], Literal)}
    assert kinds >= {term(f"xsd:{name}") for name in ("boolean", "decimal", "date", "integer", "string")}


def test_a_syntax_error_says_what_the_server_says(remote: RemoteEngine, server: Any) -> None:
    with pytest.raises(EndpointError, match=r"400 Bad Request: .*(SPARQL compiler|error at)") as caught:
        remote.answer("SELECT * { ?s ? }")
    assert str(caught.value).startswith(f"{server.query}: ")
    assert "\n" not in str(caught.value)


def test_names_are_looked_up_on_the_server(remote: RemoteEngine) -> None:
    with pytest.raises(QueryError, match="火星"):
        ask(remote, "who-answers-for", department="火星局")
    assert ask(remote, "who-answers-for", department="万州区民政局").rows


def test_the_command_asks_a_server(server: Any, run: Any) -> None:
    made = run("query", "cited-acts", "--endpoint", server.query, "--format", "csv")
    assert made.code == 0, made.err
    assert made.out.splitlines()[0] == "act,number,basis,mention"
    assert len(made.out.splitlines()) > 10
    made = run("query", "cited-acts", "--endpoint", server.query, "--store", "out")
    assert (made.code, made.complaints) == (
        2,
        ["kg: --store and --endpoint name two things to ask: give one (kg query --help tells how)"],
    )


def test_rows_that_virtuoso_leaves_out_are_no_answer(virtuoso: Any) -> None:
    with pytest.raises(EndpointError, match="the server cuts this answer at 5000 rows: ask for less"):
        RemoteEngine(virtuoso.query).answer("SELECT * { ?s ?p ?o . ?t ?p ?q } LIMIT 6000")
