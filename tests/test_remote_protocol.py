"""Whatever a server sends, an answer is whole or an error is one line: limits, redirects, logins and a hostile server."""

from __future__ import annotations

import re
import socket
import ssl
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.asking.remote import RemoteEngine
from kg.errors import EndpointError
from kg.remote import Request, Session
from kg.remote.address import parse_address
from kg.vocabulary import term

Serve = Callable[..., Any]
EMPTY = '{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
ROW = '{"head": {"vars": ["s", "n"]}, "results": {"bindings": [%s]}}'
QUERY = "SELECT ?s { ?s ?p ?o }"
SECRET = "open-sesame"  # noqa: S105


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody is logged in anywhere."""
    for name in ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN", "NETRC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def asking(url: str, **limits: Any) -> Any:
    return RemoteEngine(url, **{"seconds": 5, **limits}).answer(QUERY)


def complaint(url: str, **limits: Any) -> str:
    """Give the message of the error, which is one line of a length that fits a terminal, and begins with the URL."""
    with pytest.raises(EndpointError) as caught:
        asking(url, **limits)
    message = str(caught.value)
    assert message.startswith(url.partition("?")[0])
    assert message.isprintable()
    assert len(message) < 500
    return message.removeprefix(url.partition("?")[0] + ": ")


PAGE = b"<html><head><title>502  Bad\n Gateway</title></head><body><h1>nginx</h1></body></html>"
LONG = b"The query is refused, because " + b"it is so " * 100
REFUSALS = {
    "html": (("500 Oops", "text/html", PAGE), "500 Oops: 502 Bad Gateway"),
    "html-without-a-title": (
        ("500 Oops", "text/html", b"<body><p>\n<b>All is lost</b> here</body>"),
        "500 Oops: All is lost",
    ),
    "several-lines": (
        ("400 Bad Request", "text/plain", b"\n\nline 1: syntax error\nSELECT \x1b[31m"),
        "400 Bad Request: line 1: syntax error",
    ),
    "long": (("400 Bad Request", "text/plain", LONG), "400 Bad Request: The query is refused.*…"),
    "control-characters": (("400 Bad", "text/plain", b"a\x1b[31mb\x00c"), "400 Bad: a_.31mb_c"),
    "nothing-said": (("404 Not Found", "", b""), r"404 Not Found \(check the URL\)"),
    "login": (("401 Unauthorized", "", b""), r"401 Unauthorized \(set KG_ENDPOINT_USER"),
    "forbidden": (("403 Forbidden", "", b""), "403 Forbidden .ask the server's keeper"),
    "too-many": (("429 Too Many Requests", "", b""), "429 Too Many Requests .it asks for patience"),
    "timeout": (("504 Gateway Timeout", "text/html", b""), "504 Gateway Timeout .*took too long"),
    "wrong-charset": (("500 Oops", "text/plain; charset=nonsense", "灯塔".encode()), "500 Oops: 灯塔"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_told_in_one_line(fake: Serve, servers: ModuleType, name: str) -> None:
    (status, type_, body), expected = REFUSALS[name]
    server = fake(lambda _: servers.reply(body, status, type_))
    assert re.match(expected, complaint(server.url))


ANSWERS = {
    "a-page": (("text/html", PAGE), "answers text/html .502 Bad Gateway., not application/sparql-results.json"),
    "no-type": (("", EMPTY.encode()), "answers something without a type"),
    "xml": (("application/sparql-results+xml", b"<sparql/>"), "not application/sparql-results.json"),
    "no-json": (("application/sparql-results+json", b"nonsense"), "no whole table of results"),
    "cut-json": (("application/sparql-results+json", EMPTY.encode()[:-5]), "no whole table of results"),
    "empty": (("application/sparql-results+json", b""), "no whole table of results"),
    "a-list": (("application/json", b"[]"), "no whole table of results"),
    "no-results": (("application/json", b'{"head": {}}'), "answers neither rows nor yes or no"),
    "deep": (("application/json", b"[" * 200_000), "no whole table of results"),
    "no-utf-8": (("application/json", b'{"head": {"vars": ["\xff"]}}'), "no whole table of results"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_no_table_is_no_answer(fake: Serve, servers: ModuleType, name: str) -> None:
    (type_, body), expected = ANSWERS[name]
    server = fake(lambda _: servers.reply(body, type_=type_))
    assert re.match(expected, complaint(server.url)) or re.search(expected, complaint(server.url))


@pytest.mark.parametrize(
    "cell",
    [
        '"s": {"type": "uri", "value": "no iri"}',
        '"s": {"type": "nonsense", "value": "x"}',
        '"s": {"type": "uri"}',
        '"s": {"type": "uri", "value": {"subject": 1}}',
        '"s": {"type": "literal", "value": "x", "xml:lang": "no language!"}',
        '"s": {"type": "literal", "value": "x", "datatype": "not absolute"}',
        '"s": {"type": "triple", "value": "x"}',
        '"s": "x"',
    ],
)
def test_what_is_no_term_is_no_answer(fake: Serve, servers: ModuleType, cell: str) -> None:
    server = fake(lambda _: servers.table(ROW % f"{{{cell}}}"))
    assert "no whole table of results" in complaint(server.url)


def test_every_kind_of_term_is_read(fake: Serve, servers: ModuleType) -> None:
    inner = '{"type": "uri", "value": "https://e.org/a"}'
    cells = {
        '{"type": "uri", "value": "https://e.org/灯塔"}': NamedNode("https://e.org/灯塔"),
        '{"type": "literal", "value": "灯"}': Literal("灯"),
        '{"type": "literal", "value": "灯", "xml:lang": "zh"}': Literal("灯", language="zh"),
        '{"type": "typed-literal", "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}': Literal(3),
        '{"type": "literal", "value": "x", "datatype": "http://www.w3.org/2001/XMLSchema#string"}': Literal("x"),
        '{"type": "bnode", "value": "b0"}': BlankNode("b0"),
        '{"type": "bnode", "value": "nodeID://b10012"}': BlankNode("b10012"),
        '{"type": "bnode", "value": "灯 "}': BlankNode("b" + "灯 ".encode().hex()),
        f'{{"type": "triple", "value": {{"subject": {inner}, "predicate": {inner}, "object": {inner}}}}}': Triple(
            *[NamedNode("https://e.org/a")] * 3
        ),
    }
    rows = ", ".join(f'{{"s": {cell}}}' for cell in cells)
    answer = asking(fake(lambda _: servers.table(ROW % rows)).url)
    assert answer.columns == ("s", "n")
    assert answer.rows == tuple((value, None) for value in cells.values())


@given(body=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_bytes_are_an_answer_or_an_error(fake: Serve, servers: ModuleType, body: bytes) -> None:
    server = fake(lambda _: servers.reply(body, type_="application/sparql-results+json"))
    with pytest.raises(EndpointError):
        asking(server.url)
    server.stop()


def test_a_body_that_breaks_off_is_no_answer(fake: Serve) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 5000\r\n\r\n"
    assert complaint(fake(lambda _: head + EMPTY.encode()).url).startswith("the answer is cut short")
    chunked = head.replace(b"Content-Length: 5000", b"Transfer-Encoding: chunked") + b"30\r\n" + EMPTY.encode()[:20]
    assert complaint(fake(lambda _: chunked).url).startswith("breaks off")
    assert complaint(fake(lambda _: b"").url).startswith(("breaks off", "cannot be reached"))
    assert complaint(fake(lambda _: b"SSH-2.0-nonsense\r\n").url).startswith("breaks off, or answers no HTTP")


def test_an_endless_body_ends_at_the_limit_of_size(fake: Serve) -> None:
    def endless(_: Any) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n"
        while True:
            yield b" " * 100_000

    assert complaint(fake(endless).url, most_bytes=3_000_000).startswith("answers more than 3,000,000 bytes")


@pytest.mark.parametrize("where", ["head", "body", "nothing"])
def test_a_slow_answer_ends_at_the_limit_of_time(fake: Serve, where: str) -> None:
    def slow(_: Any) -> Iterator[bytes]:
        yield b"" if where == "nothing" else b"HTTP/1.1 200 OK\r\nX-Slow: "
        if where == "body":
            yield b"\r\nContent-Type: application/json\r\n\r\n"
        while True:
            time.sleep(0.1)
            yield b"" if where == "nothing" else b" "

    begun = time.monotonic()
    assert complaint(fake(slow).url, seconds=0.8).startswith("no whole answer in 0.8 seconds")
    assert time.monotonic() - begun < 3


def test_a_server_that_is_not_there_is_told_so(servers: ModuleType) -> None:
    url = f"http://127.0.0.1:{servers.free_port()}/sparql"
    assert complaint(url).startswith("cannot be reached (Connection refused): check the URL")


def test_a_loop_of_redirects_ends(fake: Serve, servers: ModuleType) -> None:
    server = fake(lambda _: servers.reply(status="307 Temporary Redirect", Location="/sparql"))
    assert complaint(server.url).startswith("more than 5 redirects")
    assert len(server.asked) == 6


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_query_follows_a_redirect_as_it_is(fake: Serve, servers: ModuleType, status: int) -> None:
    def answer(asked: Any) -> bytes:
        if asked.target == "/sparql":
            return bytes(servers.reply(status=f"{status} Moved", Location="/new/sparql?x=1"))
        return bytes(servers.table(EMPTY))

    server = fake(answer)
    assert asking(server.url).rows == ()
    assert [(a.method, a.target) for a in server.asked[:2]] == [("POST", "/sparql"), ("POST", "/new/sparql?x=1")]
    assert server.asked[0].form == server.asked[1].form


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("ftp://127.0.0.1/", "ftp://127.0.0.1/: no address of an endpoint"),
        ("http://u:p@127.0.0.1/", "carries a user name"),
        ("http://[::1", "leads to what is no URL"),
    ],
)
def test_a_redirect_to_what_is_no_endpoint_is_refused(
    fake: Serve, servers: ModuleType, where: str, expected: str
) -> None:
    server = fake(lambda _: servers.reply(status="307 Moved", Location=where))
    with pytest.raises(EndpointError, match=re.escape(expected)):
        asking(server.url)


def test_an_answer_that_the_server_has_cut_is_no_answer(fake: Serve, servers: ModuleType) -> None:
    server = fake(lambda _: servers.table(EMPTY, X_SPARQL_MaxRows="10000"))
    assert complaint(server.url).startswith("the server cuts this answer at 10000 rows")
    server = fake(lambda _: servers.table(EMPTY, X_SQL_State="S1TAT"))
    assert complaint(server.url).startswith("the server cuts this answer at its time limit")


def test_a_packed_answer_is_refused(fake: Serve, servers: ModuleType) -> None:
    server = fake(lambda _: servers.table(EMPTY, Content_Encoding="gzip"))
    assert complaint(server.url).startswith("packs its answer though not asked to (gzip)")


def test_a_graph_is_read_in_each_form_and_no_other(fake: Serve, servers: ModuleType) -> None:
    told = {
        "application/n-triples": b"<https://e.org/a> <https://e.org/b> _:c .\n",
        "text/ntriples": b"<https://e.org/a> <https://e.org/b> _:c .\n",
        "text/turtle": b"@prefix e: <https://e.org/> . e:a e:b [] .",
    }

    def answer(asked: Any, type_: str, body: bytes) -> bytes:
        table = asked.headers["Accept"].startswith("application/sparql-results+json")
        return bytes(servers.table(EMPTY) if table else servers.reply(body, type_=type_))

    for type_, body in told.items():
        server = fake(lambda asked, type_=type_, body=body: answer(asked, type_, body))
        made = RemoteEngine(server.url).answer("CONSTRUCT WHERE { ?s ?p ?o }")
        assert (made.graph, made.columns, len(made.rows)) == (True, ("subject", "predicate", "object"), 1)
    for type_, body in (("text/html", PAGE), ("text/turtle", b"<a"), ("application/n-triples", b"\xff")):
        server = fake(lambda asked, type_=type_, body=body: answer(asked, type_, body))
        with pytest.raises(EndpointError, match=r"answers text/html|no whole graph"):
            RemoteEngine(server.url).answer("DESCRIBE <https://e.org/a>")


def test_a_default_graph_without_documents_is_made_of_the_named_ones(fake: Serve, servers: ModuleType) -> None:
    graphs = ["https://e.org/facts/a", "https://e.org/facts/灯"]

    def answer(asked: Any) -> bytes:
        if "GRAPH ?graph" in asked.form["query"][0]:
            cells = ", ".join(f'{{"s": {{"type": "uri", "value": "{graph}"}}}}' for graph in graphs)
            return bytes(servers.table(ROW.replace(', "n"', "") % cells))
        if "default-graph-uri" not in asked.form:
            return bytes(servers.table(EMPTY))
        return bytes(servers.table(ROW.replace(', "n"', "") % '{"s": {"type": "uri", "value": "https://e.org/doc/a"}}'))

    server = fake(answer)
    engine = RemoteEngine(server.url)
    assert engine.answer("SELECT ?s { ?s a resp:Document ; eli:cites act:x }").rows
    assert server.asked[-1].form["default-graph-uri"] == server.asked[-1].form["named-graph-uri"] == graphs
    query = server.asked[-1].form["query"][0]
    assert "PREFIX act: <https://e.org/act/> PREFIX eli: <" in query  # the base is that of the documents
    before = len(server.asked)
    engine.answer(QUERY)
    assert len(server.asked) == before + 1


def test_only_what_a_query_uses_is_declared(fake: Serve, servers: ModuleType) -> None:
    server = fake(lambda _: servers.table(EMPTY))
    text = (
        "# role: no prefix\nPREFIX resp: <https://e.org/>\n"
        'SELECT ?s { ?s resp:a \'skos:x\', """owl:\nfunc:""", <https://e.org/org:x> ; rdfs:label ?l }'
    )
    RemoteEngine(server.url).answer(text)
    assert server.asked[-1].form["query"] == [f"PREFIX rdfs: <{term('rdfs:').value}> {text}"]


URLS = {
    "http://u:secret@localhost/": "carries a user name: leave it out, and set KG_ENDPOINT_USER",
    "localhost:8890/sparql": "no address of an endpoint",
    "ftp://localhost/": "no address of an endpoint",
    "http:///sparql": "no address of an endpoint",
    "http://localhost:0/": "no address of an endpoint",
    "http://localhost:99999/": "is no URL",
    "http://[::1/": "is no URL",
    "http://a b/": "no address of an endpoint",
    "": "no address of an endpoint",
}


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match=URLS[url]) as caught:
        RemoteEngine(url)
    assert "secret" not in str(caught.value)


def test_the_parts_of_an_address() -> None:
    address = parse_address("https://灯塔.example:8443/a b/灯?key=k&x=%20#top")
    assert address.url == "https://xn--omsv47c.example:8443/a%20b/%E7%81%AF?key=k&x=%20"
    assert address.label == "https://xn--omsv47c.example:8443/a%20b/%E7%81%AF"
    assert parse_address("http://[::1]/x").authority == "[::1]"
    assert parse_address("http://localhost").asking("a=b").asking("c=d").target == "/?a=b&c=d"


def guarded(servers: ModuleType, challenge: str, accepted: Callable[[str], bool]) -> Callable[[Any], bytes]:
    """Answer only who gives what is accepted."""

    def answer(asked: Any) -> bytes:
        if accepted(asked.headers.get("Authorization", "")):
            return bytes(servers.table(EMPTY))
        return bytes(servers.reply(status="401 Unauthorized", WWW_Authenticate=challenge))

    return answer


def test_a_password_is_sent_when_it_is_asked_for(
    fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "keeper")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)

    def right(said: str) -> bool:
        return said.startswith("Basic ") and b64decode(said[6:]) == f"keeper:{SECRET}".encode()

    server = fake(guarded(servers, 'Basic realm="lamps"', right))
    assert asking(server.url).rows == ()
    first, *later = [asked.headers.get("Authorization") for asked in server.asked]
    assert first is None
    assert all(later)
    open_server = fake(lambda _: servers.table(EMPTY))
    asking(open_server.url)
    assert {asked.headers.get("Authorization") for asked in open_server.asked} == {None}


def test_a_digest_shows_no_password(fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "keeper")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
    challenge = 'Digest realm="lamps", nonce="abc", qop="auth", algorithm=MD5, opaque="o"'
    server = fake(guarded(servers, challenge, lambda said: 'username="keeper"' in said and "nc=" in said))
    assert asking(server.url).rows == ()
    assert not any(SECRET in str(asked.headers) for asked in server.asked)


@pytest.mark.parametrize("challenge", ['Basic realm="x"', 'Digest realm="x", nonce="n", qop="auth"'])
def test_a_wrong_password_is_told_once_and_never_shown(
    fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch, challenge: str
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "keeper")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
    server = fake(guarded(servers, challenge, lambda _: False))
    said = complaint(server.url)
    assert said == "401 Unauthorized (the server does not take this name and password)"
    assert len(server.asked) == 2
    assert SECRET not in said
    assert SECRET not in repr(RemoteEngine(server.url)._session.known)


def test_a_token_is_sent_with_every_request(fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", SECRET)
    server = fake(guarded(servers, "Bearer", lambda said: said == f"Bearer {SECRET}"))
    assert asking(server.url).rows == ()


def test_a_secret_never_follows_a_redirect_to_another_server(
    fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ENDPOINT_TOKEN", SECRET)
    other = fake(guarded(servers, 'Basic realm="give me all"', bool))
    server = fake(lambda _: servers.reply(status="307 Moved", Location=other.url))
    with pytest.raises(EndpointError, match="401"):
        asking(server.url)
    assert {asked.headers.get("Authorization") for asked in other.asked} == {None}


def test_half_a_login_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ENDPOINT_USER", "keeper")
    with pytest.raises(EndpointError, match="only one of KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD is set"):
        RemoteEngine("http://127.0.0.1/")


def test_a_netrc_file_gives_the_password(
    fake: Serve, servers: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / ".netrc"
    path.write_text(f"machine 127.0.0.1 login keeper password {SECRET}\n", encoding="utf-8")
    path.chmod(0o600)
    server = fake(guarded(servers, "Basic", lambda said: b64decode(said[6:]) == f"keeper:{SECRET}".encode()))
    assert asking(server.url).rows == ()
    path.chmod(0o644)
    with pytest.raises(EndpointError, match="is open to others: chmod 600"):
        RemoteEngine(server.url)
    path.write_text(f"machine 127.0.0.1 login keeper passwort {SECRET}\n", encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(EndpointError, match="is not as a netrc file has it") as caught:
        RemoteEngine(server.url)
    assert SECRET not in str(caught.value)
    monkeypatch.setenv("NETRC", str(tmp_path / "missing"))
    with pytest.raises(EndpointError, match="cannot be read"):
        RemoteEngine(server.url)
    path.write_text("machine elsewhere login keeper password x\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(path))
    with pytest.raises(EndpointError, match=r"401 Unauthorized \(set KG_ENDPOINT_USER"):
        asking(server.url)


def test_a_password_never_goes_unencrypted_over_the_internet() -> None:
    from kg.remote.credentials import Authorizer, Credentials  # noqa: PLC0415

    address = parse_address("http://example.org/sparql")
    authorizer = Authorizer(Credentials(token=SECRET), address)
    with pytest.raises(EndpointError, match="would get the password unencrypted") as caught:
        authorizer.header("POST", address, "93.184.215.14")
    assert SECRET not in str(caught.value)
    assert authorizer.header("POST", address, "10.0.0.7") == f"Bearer {SECRET}"
    secure = parse_address("https://example.org/sparql")
    assert Authorizer(Credentials(token=SECRET), secure).header("POST", secure, "93.184.215.14")


@pytest.mark.parametrize(("rows", "expected"), [("1", True), ("0", False), ("", False)])
def test_yes_and_no_of_virtuoso_are_read(fake: Serve, servers: ModuleType, rows: str, expected: bool) -> None:
    cell = (
        f'{{"__ASK_RETVAL": {{"type": "typed-literal", "datatype": "{term("xsd:integer").value}", "value": "{rows}"}}}}'
    )
    told = f'{{"head": {{"vars": ["__ASK_RETVAL"]}}, "results": {{"bindings": [{cell if rows else ""}]}}}}'
    server = fake(lambda asked: servers.table(told if "ASK" in asked.form["query"][0] else EMPTY))
    assert RemoteEngine(server.url).answer("ASK { ?s ?p ?o }").plain() == [(expected,)]


def test_a_certificate_is_checked_and_encryption_is_kept(
    fake: Serve, servers: ModuleType, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    plain = fake(lambda _: servers.table(EMPTY))
    moved = servers.reply(status="307 Moved", Location=plain.url)
    server = fake(lambda asked: moved if asked.target == "/moved" else servers.table(EMPTY), secure)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    trusted = ssl.create_default_context(cafile=str(certificate))
    read = Request(method="POST", body=b"", reads=True)
    url = f"https://gedeng.example:{server.port}"
    assert Session(url, context=trusted).send(read).body == EMPTY.encode()
    for unknown, context in ((url, None), (url.replace("gedeng", "mawang"), trusted)):
        with pytest.raises(EndpointError, match="its certificate is not valid"):
            Session(unknown, context=context).send(read)
    with pytest.raises(EndpointError, match="which is not encrypted: give that URL if meant"):
        Session(f"{url}/moved", context=trusted).send(read)
    assert plain.asked == []
