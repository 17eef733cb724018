"""The SPARQL 1.1 Protocol, operation by operation (https://www.w3.org/TR/sparql11-protocol/), written from the specification."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from lxml import etree
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK {}"
SELECT = 'SELECT ?a ?b { VALUES (?a ?b) { (1 "x"@zh) (UNDEF "a,\\"b") } }'
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> ?c } WHERE { VALUES ?c { 1 2 } }"
DESCRIBE = "DESCRIBE role:lead"
JSON = "application/sparql-results+json"
BASE = "https://w3id.org/policy-responsibility/id/"


@pytest.fixture(scope="module")
def graphs(server: Any) -> tuple[str, str]:
    """The names of the graphs of facts of both documents."""
    rows = server.ask(
        'SELECT DISTINCT ?g { GRAPH ?g { ?t a resp:Task } FILTER(CONTAINS(STR(?g), "/facts/")) } ORDER BY ?g'
    ).rows
    assert len(rows) == 2
    return rows[0]["g"], rows[1]["g"]


# The query operation, 2.1


def test_a_query_by_get_is_answered(server: Any) -> None:
    told = server.get("/sparql?query=" + quote(ASK))
    assert (told.status, told.kind, json.loads(told.body)["boolean"]) == (200, JSON, True)


def test_a_query_by_post_of_a_form_is_answered(server: Any) -> None:
    told = server.call("POST", "/sparql", urlencode({"query": ASK}).encode(), FORM)
    assert (told.status, json.loads(told.body)["boolean"]) == (200, True)


def test_a_query_by_post_of_itself_is_answered(server: Any) -> None:
    told = server.call(
        "POST", "/sparql", ASK.encode(), DIRECT | {"Content-Type": "application/sparql-query; charset=utf-8"}
    )
    assert (told.status, json.loads(told.body)["boolean"]) == (200, True)


def test_a_query_in_chinese_is_answered_in_every_form(server: Any) -> None:
    query = 'SELECT ("贝壳区"@zh AS ?name) {}'
    form = urlencode({"query": query}).encode()
    raw = f"query={query.replace(' ', '+')}".encode()
    for told in (
        server.ask(query),
        server.call("POST", "/sparql", form, FORM),
        server.call("POST", "/sparql", raw, FORM),
        server.call("POST", "/sparql", query.encode(), DIRECT),
    ):
        assert told.rows == [{"name": "贝壳区"}]


def test_a_head_request_has_the_headers_only(server: Any) -> None:
    told = server.call("HEAD", "/sparql?query=" + quote(ASK))
    assert (told.status, told.kind, told.body) == (200, JSON, b"")


# Datasets, 2.1.4: graphs named in the protocol stand in for those named in the query

COUNT = "SELECT (COUNT(*) AS ?n) {{ {} }}"
IN_DEFAULT, IN_NAMED = COUNT.format("?t a resp:Task"), COUNT.format("GRAPH ?g { ?t a resp:Task }")


def number(told: Any) -> int:
    return int(told.rows[0]["n"])


def by_get(server: Any, query: str, graphs: list[tuple[str, str]]) -> Any:
    return server.get("/sparql?" + urlencode([("query", query), *graphs]))


def by_form(server: Any, query: str, graphs: list[tuple[str, str]]) -> Any:
    return server.call("POST", "/sparql", urlencode([("query", query), *graphs]).encode(), FORM)


def by_post(server: Any, query: str, graphs: list[tuple[str, str]]) -> Any:
    return server.call("POST", "/sparql?" + urlencode(graphs), query.encode(), DIRECT)


@pytest.mark.parametrize("send", [by_get, by_form, by_post])
def test_the_dataset_of_the_protocol_is_taken(send: Any, server: Any, graphs: tuple[str, str]) -> None:
    one, other = graphs
    every = number(send(server, IN_DEFAULT, []))
    first, second = (number(send(server, IN_DEFAULT, [("default-graph-uri", graph)])) for graph in graphs)
    assert min(first, second) > 0
    assert first + second == every
    both = [("default-graph-uri", one), ("default-graph-uri", other)]
    assert number(send(server, IN_DEFAULT, both)) == every
    assert number(send(server, IN_NAMED, both)) == 0
    assert number(send(server, IN_NAMED, [("named-graph-uri", one)])) == first
    assert number(send(server, IN_DEFAULT, [("named-graph-uri", one)])) == 0
    assert number(send(server, IN_NAMED, [("named-graph-uri", one), ("named-graph-uri", other)])) == every
    full = [("default-graph-uri", one), ("named-graph-uri", other)]
    assert number(send(server, COUNT.format("?t a resp:Task . GRAPH ?g { ?u a resp:Task }"), full)) == first * second
    assert number(send(server, IN_DEFAULT, [("default-graph-uri", "urn:nothing")])) == 0


def test_the_dataset_of_the_protocol_comes_before_that_of_the_query(server: Any, graphs: tuple[str, str]) -> None:
    one, other = graphs
    query = COUNT.replace("{{", f"FROM <{one}> {{{{").format("?t a resp:Task")
    first, second = (number(by_get(server, IN_DEFAULT, [("default-graph-uri", graph)])) for graph in graphs)
    assert first != second
    assert number(server.ask(query)) == first
    assert number(by_get(server, query, [("default-graph-uri", other)])) == second


def test_a_query_that_names_graphs_only_has_an_empty_default_graph(server: Any, graphs: tuple[str, str]) -> None:
    assert number(server.ask(COUNT.replace("{{", f"FROM NAMED <{graphs[0]}> {{{{").format("?s ?p ?o"))) == 0


def test_a_word_like_from_in_a_name_chooses_no_graph(server: Any) -> None:
    query = 'SELECT (COUNT(*) AS ?n) { ?t a resp:Task BIND("FROM <urn:x>" AS ?from) } # FROM <urn:x>'
    assert number(server.ask(query)) == number(server.ask(IN_DEFAULT)) > 0


# Content negotiation, 2.1.6


def rows_of_xml(told: Any) -> int:
    return len(etree.fromstring(told.body).findall(".//{http://www.w3.org/2005/sparql-results#}result"))


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        (JSON, JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.6, text/turtle", "text/tab-separated-values"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        (f"{JSON};q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_format_that_is_accepted(accept: str | None, kind: str, server: Any) -> None:
    told = server.ask(SELECT, accept)
    assert (told.status, told.kind, told.headers["vary"]) == (200, kind, "Accept")


def test_every_format_of_rows_holds_the_same(server: Any) -> None:
    assert server.ask(SELECT).rows == [{"a": "1", "b": "x"}, {"b": 'a,"b'}]
    assert rows_of_xml(server.ask(SELECT, format="xml")) == 2
    assert list(csv.reader(io.StringIO(server.ask(SELECT, format="csv").text))) == [
        ["a", "b"],
        ["1", "x"],
        ["", 'a,"b'],
    ]
    assert server.ask(SELECT, format="tsv").text == '?a\t?b\n1\t"x"@zh\n\t"a,\\"b"\n'


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig", "application/trig"),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_graphs_come_in_the_format_that_is_accepted(accept: str | None, kind: str, query: str, server: Any) -> None:
    told = server.ask(query, accept)
    assert (told.status, told.kind) == (200, kind)
    expected = {quad.triple for quad in parse(server.ask(query, format="ntriples").body, format=RdfFormat.N_TRIPLES)}
    found = {quad.triple for quad in parse(told.body, format=RdfFormat.from_media_type(kind))}
    assert found == expected != set()


def test_a_program_of_others_reads_the_formats(server: Any) -> None:
    sizes = {
        len(Graph().parse(data=server.ask(DESCRIBE, format=f).text, format=g))
        for f, g in (("turtle", "turtle"), ("rdfxml", "xml"))
    }
    assert len(sizes) == 1


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_ask_has_every_format_of_rows(form: str, server: Any) -> None:
    told = server.ask("ASK { ?s a <urn:nothing> }", format=form)
    assert told.status == 200
    assert "false" in told.text


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (ASK, "image/png"), (CONSTRUCT, "text/csv"), (SELECT, "nonsense")]
)
def test_what_is_not_acceptable_is_refused(query: str, accept: str, server: Any) -> None:
    told = server.ask(query, accept)
    assert told.status == 406
    assert "there are " in told.text


def test_equal_queries_have_equal_bytes(server: Any) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a resp:Task ; ?p ?o }"
    assert server.ask(query).body == server.ask(query).body


# Failures, 2.1.7

BAD_SYNTAX = [
    "SELECT * {",
    "SELECT ?a {} ORDER",
    "",
    "ASK { ?a ?b }",
    "SELECT ?s WHERE { ?s nope:x ?o }",
    "ASK {} ASK {}",
]


@pytest.mark.parametrize("query", BAD_SYNTAX)
def test_a_query_that_does_not_parse_is_refused(query: str, server: Any) -> None:
    for told in (server.ask(query), server.call("POST", "/sparql", query.encode(), DIRECT)):
        assert (told.status, told.kind) == (400, "text/plain")
        assert told.text.startswith("the query is no SPARQL 1.1 query: line 1, column ")
        assert told.text.count("\n") == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D", None, {}, 400),  # several queries
        ("POST", "/sparql", b"query=ASK+%7B%7D&query=ASK+%7B%7D", FORM, 400),
        ("POST", "/sparql?query=ASK+%7B%7D", b"ASK {}", DIRECT, 400),
        ("PUT", "/sparql?query=ASK+%7B%7D", b"", {}, 405),  # a method that is none of the protocol
        ("DELETE", "/sparql?query=ASK+%7B%7D", None, {}, 405),
        ("PATCH", "/sparql?query=ASK+%7B%7D", b"", {}, 405),
        ("POST", "/sparql", b"ASK {}", {}, 415),  # no media type
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "application/json"}, 415),
        ("POST", "/sparql", b"nothing=ASK+%7B%7D", FORM, 400),  # no query
        ("POST", "/sparql", b"", FORM, 400),
        ("GET", "/sparql?default-graph-uri=urn%3Aa", None, {}, 400),
        ("GET", "/sparql?query=ASK%20%7B%22%FF%22%7D", None, {}, 400),  # not UTF-8
        ("POST", "/sparql", "ASK { ?s ?p '\u00e9' }".encode("utf-16"), DIRECT, 400),
        ("POST", "/sparql", b"query=%FF", FORM, 400),
        ("GET", "/sparql?query=ASK+%7B%7D&default-graph-uri=relative", None, {}, 400),
        ("GET", "/sparql?query=ASK+%7B%7D&named-graph-uri=urn:a%20b", None, {}, 400),
        ("GET", "/sparql?query=ASK+%7B%7D&format=pdf", None, {}, 400),
        ("GET", "/sparql?update=CLEAR+ALL", None, {}, 403),  # updates
        ("POST", "/sparql", b"update=CLEAR+ALL", FORM, 403),
        ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", b"query=ASK+%7B%7D&update=CLEAR+ALL", FORM, 403),
        ("POST", "/sparql", b"CLEAR ALL", DIRECT, 400),  # an update is no query
        ("GET", "/sparql?query=INSERT+DATA+%7B%3Curn%3Aa%3E+a+1%7D", None, {}, 400),
    ],
)
def test_what_the_protocol_forbids_is_refused(
    method: str, path: str, body: bytes | None, headers: dict[str, str], status: int, server: Any
) -> None:
    told = server.call(method, path, body, headers)
    assert told.status == status, told.text
    assert told.kind == "text/plain"
    assert "Traceback" not in told.text
    assert server.ask(ASK).status == 200


def test_a_refused_method_and_media_type_tell_what_is_allowed(server: Any) -> None:
    assert "GET" in server.call("PUT", "/sparql").headers["allow"]
    assert "application/sparql-query" in server.call("POST", "/sparql", b"x").headers["accept-post"]
    assert "POST" in server.call("OPTIONS", "/sparql").headers["allow"]


REACHING = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service<{0}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ #\rSERVICE <{0}> {{ ?s ?p ?o }} }}",
    'SELECT * {{ BIND("""a\n# """ AS ?x) SERVICE <{0}> {{ ?s ?p ?o }} }}',
    "SELECT * {{ ?s ?p resp:a\\#b . SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?e {{ <{0}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ BIND('\\'' AS ?q) SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
]


@pytest.mark.parametrize("query", REACHING)
def test_no_query_reaches_another_endpoint(query: str, server: Any) -> None:
    told = server.ask(query.format(f"http://127.0.0.1:{server.port}/reached"))
    assert (told.status, told.text.partition(" ")[0]) == (403, "SERVICE")
    assert "/reached" not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service resp:service 'SERVICE' } # SERVICE <urn:x> {}",
        'ASK { BIND("""SERVICE""" AS ?x) }',
        "ASK { <urn:SERVICE> ?p ?o }",
    ],
)
def test_the_word_service_alone_is_no_service(query: str, server: Any) -> None:
    assert server.ask(query).status == 200


# Descriptions


def test_the_endpoint_describes_itself(server: Any) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept in ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"):
        told = server.get("/sparql", accept)
        assert (told.status, told.kind) == (200, accept)
        found = {
            (q.predicate.value.removeprefix(sd), q.object.value)
            for q in parse(told.body, format=RdfFormat.from_media_type(accept))
        }
        assert {
            ("endpoint", f"{server.address}sparql"),
            ("feature", f"{sd}UnionDefaultGraph"),
            ("supportedLanguage", f"{sd}SPARQL11Query"),
        } <= found
        assert sum(name == "resultFormat" for name, _ in found) == 11
        assert sum(name == "name" for name, _ in found) == 6
    assert server.get("/sparql", "text/csv").status == 406


def test_a_browser_is_led_from_the_endpoint_to_the_query_page(server: Any) -> None:
    told = server.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (told.status, told.headers["location"]) == (303, "/")


def test_void_counts_what_the_endpoint_holds(server: Any) -> None:
    told = server.get("/.well-known/void", "application/n-triples")
    void = "http://rdfs.org/ns/void#"
    found = {
        q.predicate.value.removeprefix(void): q.object.value
        for q in parse(told.body, format=RdfFormat.N_TRIPLES)
        if q.subject.value == f"{BASE}dataset"
    }
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
    assert int(found["triples"]) == number(server.ask(distinct))
    assert found["sparqlEndpoint"] == f"{server.address}sparql"
    assert server.get("/.well-known/void").kind == "text/turtle"
    assert server.get("/id/dataset").headers["location"] == "/.well-known/void"


def test_the_editor_learns_prefixes_terms_and_questions(server: Any) -> None:
    told = json.loads(server.get("/completion.json").body)
    terms = {term["name"]: term for term in told["terms"]}
    assert terms["resp:Task"]["kind"] == "class"
    assert terms["resp:Task"]["count"] > 0
    assert terms["resp:leadDepartment"]["zh"]
    assert terms["func:civil-affairs"]["kind"] == "concept"
    assert told["prefixes"]["task"] == f"{BASE}task/"
    assert all(server.ask(q["sparql"]).status == 200 for q in told["questions"][:3])
