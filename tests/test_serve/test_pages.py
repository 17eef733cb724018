"""Pages and linked data: every IRI answers, what a document says is never markup, and nothing comes from elsewhere."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse

from kg.assets import asset
from kg.records import Plan
from kg.serve.pages import query_page
from kg.store import open_store, write_store

BASE = "https://w3id.org/policy-responsibility/id/"
HOME = "https://w3id.org/policy-responsibility/"
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


class Reader(HTMLParser):
    """Collects the elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def addresses(self) -> set[str]:
        return {
            value
            for _, given in self.found
            for key in ("src", "href", "action", "data", "poster")
            if (value := given.get(key))
        }


def test_every_iri_of_the_data_has_a_page_and_turtle_and_json_ld(server: Any) -> None:
    store = open_store(server.folder)
    every = {q.subject.value for q in store} | {q.graph_name.value for q in store}
    ours = sorted(iri for iri in every if iri.startswith(HOME) and "#" not in iri)
    assert len(ours) > 300
    for iri in ours:
        path = quote("/id/" + iri.removeprefix(BASE) if iri.startswith(BASE) else "/" + iri.removeprefix(HOME))
        page = server.get(path, "text/html,*/*;q=0.8")
        assert (page.status, page.kind, page.headers["vary"]) == (200, "text/html", "Accept, Accept-Language")
        assert iri in page.text
    for iri in ours[::25]:
        path = quote("/id/" + iri.removeprefix(BASE) if iri.startswith(BASE) else "/" + iri.removeprefix(HOME))
        graphs = [
            {q.triple for q in parse(told.body, format=RdfFormat.from_media_type(kind))}
            for kind in ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
            if (told := server.get(path, kind)).kind == kind
        ]
        assert len(graphs) == 4
        assert all(graph == graphs[0] for graph in graphs)
        assert server.get(path).kind == "text/turtle"


def test_the_terms_of_the_ontology_share_a_page(server: Any) -> None:
    page = Reader(server.get("/ontology?format=html").text)
    anchors = {given.get("id") for _, given in page.found}
    assert {"Task", "leadDepartment", "deadline"} <= anchors
    told = server.get("/ontology", "application/n-triples")
    assert any(q.subject.value == f"{HOME}ontology#Task" for q in parse(told.body, format=RdfFormat.N_TRIPLES))


def test_a_page_speaks_the_language_that_is_accepted(server: Any) -> None:
    path = "/id/region/990101?format=html"
    for accepted, language in (
        ("en", "en"),
        ("zh-TW,en;q=0.5", "zh-CN"),
        ("fr, en;q=0.3", "en"),
        ("fr", "en"),
        ("", "zh-CN"),
    ):
        told = server.get(path, **{"Accept-Language": accepted})
        assert f'<html lang="{language}">' in told.text
    assert '<html lang="en">' in server.get(path + "&lang=en", **{"Accept-Language": "zh"}).text
    assert "?lang=en" in server.get(path + "&lang=en").text


def test_a_fact_shows_where_the_text_says_so(server: Any, samples: Any) -> None:
    (task,) = [
        row["t"]
        for row in server.ask(
            f"SELECT ?t {{ ?t a resp:Task ; resp:document doc:{samples.SHELL} ; resp:evidence/oa:hasSelector/oa:exact ?x }} ORDER BY ?t LIMIT 1"
        ).rows
    ]
    words = server.ask(f"SELECT ?x {{ <{task}> resp:evidence/oa:hasSelector/oa:exact ?x }}").rows[0]["x"]
    page = server.get(quote("/id/" + task.removeprefix(BASE)) + "?format=html")
    assert words in page.text
    assert "<blockquote" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/task/nothing",
        "/nowhere",
        "/id/",
        "/id/%3Cscript%3E",
        "/id/a%20b",
        "/id/%00",
        "/favicon.ico",
        "//evil.example/",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_not_there_is_not_found(path: str, accept: str, server: Any) -> None:
    told = server.get(path, accept)
    assert told.status == 404
    assert "<script>" not in told.text


@pytest.mark.parametrize(
    "path",
    ["/assets/../../pyproject.toml", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/assets/..%2f..%2fpyproject.toml", "/../../../etc/passwd", "/id/../../../etc/passwd", "/assets//etc/passwd", "/assets/words.json", "/%2e%2e/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_no_path_leads_to_a_file(path: str, server: Any) -> None:
    told = server.get(path)
    assert told.status == 404
    assert "root:" not in told.text
    assert "hatchling" not in told.text


def test_every_page_keeps_browsers_to_this_server(server: Any) -> None:
    for path in ("/", "/id/region/990101?format=html", "/ontology?format=html", "/id/nothing?format=html"):
        told = server.get(path, "text/html")
        policy = told.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", "")
        assert (told.headers["x-content-type-options"], told.headers["referrer-policy"]) == ("nosniff", "no-referrer")
        page = Reader(told.text)
        assert not [address for address in page.addresses() if re.match(r"[a-z]+:|//", address) and address != "data:,"]
        assert not [given for tag, given in page.found if tag == "script" and not given.get("src")]
        assert not [key for _, given in page.found for key in given if key.startswith("on")]


def test_the_nonce_of_the_query_page_is_new_each_time(server: Any) -> None:
    nonces = {re.search(r"nonce-([\w-]+)'", server.get("/").headers["content-security-policy"])[1] for _ in range(3)}  # type: ignore[index]
    assert len(nonces) == 3


@pytest.fixture(scope="module")
def evil(
    start_server: Callable[..., Any], sample_plans: tuple[Plan, Plan], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A server over a plan whose texts are markup."""
    plan = sample_plans[-1]
    tasks = tuple(dataclasses.replace(task, title=EVIL) for task in plan.tasks)
    document = dataclasses.replace(plan.document, title=EVIL, file=EVIL)
    folder = tmp_path_factory.mktemp("evil") / "store"
    write_store([dataclasses.replace(plan, tasks=tasks, document=document)], folder)
    with start_server(folder, "--per-minute", "0") as running:
        yield running


def test_what_a_document_says_is_never_markup(evil: Any) -> None:
    rows = evil.ask(
        "SELECT DISTINCT ?s { ?s rdfs:label|dct:title|resp:fileName ?o FILTER(CONTAINS(?o, '<script>')) }"
    ).rows
    assert len(rows) > 2
    for row in rows:
        page = evil.get(quote("/id/" + row["s"].removeprefix(BASE)) + "?format=html")
        assert page.status == 200
        assert "&lt;script&gt;alert(1)" in page.text
        found = Reader(page.text).found
        assert not [given for tag, given in found if tag == "img" or (tag == "script" and not given.get("src"))]
    for path in (
        "/id/%22onmouseover=alert(1)//",
        "/id/'%3E%3Cscript%3E",
        "/?lang=%22%3E%3Cscript%3E",
        "/id/x?format=%3Cscript%3E",
    ):
        told = evil.get(path, "text/html")
        assert "<script>" not in told.text or told.kind == "text/plain"


def test_the_server_answers_under_its_own_names_only(start_server: Callable[..., Any], served_folder: Path) -> None:
    with start_server(served_folder, "--name", "data.example") as running:
        for name, status in (
            ("localhost", 200),
            (f"127.0.0.1:{running.port}", 200),
            ("data.example", 200),
            ("DATA.example:80", 200),
            ("evil.example", 421),
            ("", 421),
            ("localhost.evil.example", 421),
            ("a\tb", 421),
        ):
            told = running.get("/health", Host=name)
            assert told.status == status, name


def test_other_pages_may_read_answers_only_where_they_are_named(
    start_server: Callable[..., Any], served_folder: Path, server: Any
) -> None:
    asking = {"Origin": "https://page.example"}
    preflight = asking | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert "access-control-allow-origin" not in server.get("/sparql", **asking).headers
    with start_server(served_folder, "--cors", "https://page.example") as running:
        told = running.get("/sparql?query=ASK%7B%7D", **asking)
        assert (told.status, told.headers["access-control-allow-origin"]) == (200, "https://page.example")
        assert (
            running.call("OPTIONS", "/sparql", headers=preflight).headers["access-control-allow-origin"]
            == "https://page.example"
        )
        assert "access-control-allow-origin" not in running.get("/sparql", Origin="https://other.example").headers


def test_the_log_has_no_query_unless_asked(start_server: Callable[..., Any], served_folder: Path) -> None:
    asked = "SELECT ('top-secret' AS ?x) {}\nINJECTED LINE"
    for options, is_logged in (((), False), (("--log-queries",), True)):
        with start_server(served_folder, *options) as running:
            running.ask(asked)
            running.call(
                "POST",
                "/sparql",
                asked.encode(),
                {
                    "Content-Type": "application/sparql-query",
                    "Authorization": "Bearer top-token",
                    "Cookie": "top-cookie",
                },
            )
            running.get("/id/a%0AINJECTED%20LINE")
            running.stop()
            log = running.log.read_text(encoding="utf-8")
        assert ("top-secret" in log) == is_logged
        assert "top-token" not in log
        assert "top-cookie" not in log
        assert not re.search(r"^INJECTED", log, re.MULTILINE)
        assert re.search(r"127\.0\.0\.1 GET /sparql 400 \d+ \d+ms", log)
    with start_server(served_folder, "--no-log") as running:
        running.ask(asked)
        running.stop()
        assert running.log.read_text(encoding="utf-8") == ""


# The editor


def test_the_query_page_has_its_editor_or_says_how_to_get_it(server: Any) -> None:
    page = server.get("/?lang=en", "text/html")
    if server.get("/assets/page.js").status == 200:
        assert '<script src="/assets/page.js" defer></script>' in page.text
    else:
        assert "The editor is not installed." in page.text
        assert "npm ci" in page.text
    assert '<textarea id="query" name="query"' in page.text


def test_without_the_editor_the_page_is_a_form_that_works() -> None:
    for language, words in (("en", "The editor is not installed."), ("zh", "编辑器未安装")):
        page = Reader(text := query_page(language, "x", has_editor=False).decode())  # type: ignore[arg-type]
        assert words in text
        assert not [tag for tag, _ in page.found if tag == "script"]
        assert ("form", {"action": "/sparql", "method": "post", "id": "form"}) in page.found


def test_the_pages_say_the_same_in_both_languages() -> None:
    words = json.loads(asset("visualize", "serve/words.json").read_text(encoding="utf-8"))
    assert list(words["zh"]) == list(words["en"])
    gaps = [
        {key: sorted(re.findall(r"\{\w+\}", text)) for key, text in words[language].items()}
        for language in ("zh", "en")
    ]
    assert gaps[0] == gaps[1]


@pytest.mark.checkout
def test_the_lock_of_the_editor_names_no_place(checkout: Path) -> None:
    lock = (checkout / "visualize" / "query" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: told for name, told in json.loads(lock)["packages"].items() if name}
    assert "http" not in lock
    assert all(told["integrity"].startswith("sha512-") for told in packages.values())
    assert {told["license"] for told in packages.values()} <= {"MIT", "Apache-2.0", "ISC", "BSD-3-Clause"}


@pytest.mark.checkout
@pytest.mark.slow
def test_the_wheel_and_the_sdist_carry_the_built_editor(checkout: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(tmp_path), str(checkout)], check=True, capture_output=True
    )
    (wheel,), (sdist,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    with tarfile.open(sdist) as packed_source:
        sources = packed_source.getnames()
    assert "kg/_assets/visualize/query/dist/page.js" in names
    assert any(name.endswith("visualize/query/dist/page.js") for name in sources)
    assert not [name for name in (*names, *sources) if "node_modules" in name]
