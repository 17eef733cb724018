"""A push leaves on a server the graphs of a store and no others, however often it is repeated."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

import kg
from kg.asking.remote import RemoteEngine
from kg.errors import EndpointError, QueryError
from kg.push import Pushed, push
from kg.records import Plan
from kg.remote import GraphStore, Session, UpdateStore
from kg.remote.graphs import MOST_TRIPLES
from kg.store import load, open_store, write_store
from kg.vocabulary import Names

BASE = "https://data.example.org/push/"
SECRET = "open-sesame"  # noqa: S105


@pytest.fixture
def store(sample_plans: tuple[Plan, Plan]) -> Store:
    """Both sample plans under a base of their own, since other tests ask the same servers."""
    store = open_store()
    load(store, sample_plans, base=BASE)
    return store


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server that keeps nothing of what a test pushes."""
    server = request.getfixturevalue(request.param)
    monkeypatch.setenv("KG_ENDPOINT_USER", "dba")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", "dba")
    yield server
    graphs = GraphStore(Session(server.graphs))
    for name in held(server):
        graphs.delete(NamedNode(name))


def held(server: Any) -> dict[str, int]:
    """Count the triples of each graph of the tests on a server."""
    text = f"""SELECT ?graph (COUNT(*) AS ?triples)
      WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?graph), "{BASE}")) }} GROUP BY ?graph"""
    return {str(graph): int(str(count)) for graph, count in RemoteEngine(server.query).answer(text).plain()}


def graphs_of(store: Store) -> dict[str, int]:
    return {
        g.value: len([*store.quads_for_pattern(None, None, None, g)])
        for g in store.named_graphs()
        if isinstance(g, NamedNode)
    }


def facts(server: Any, graph: str) -> set[str]:
    """Give the triples of a graph without blank nodes."""
    answer = RemoteEngine(server.query).answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return {" ".join(map(str, row)) for row in answer.rows}


@pytest.mark.parametrize("update", [False, True], ids=["graph-store", "update"])
def test_a_push_leaves_the_graphs_of_the_store_however_often(server: Any, store: Store, update: bool) -> None:
    url = server.update if update else server.graphs
    expected = graphs_of(store)
    assert max(expected.values()) > MOST_TRIPLES  # a graph that takes several updates
    for _ in range(2):
        made = push(url, store, update=update)
        assert made == Pushed(graphs=tuple(sorted(expected)), triples=len(store), deleted=())
        assert held(server) == expected
    graph = f"{BASE}facts/贝政发-2031-5"
    told = {str(quad.triple).replace(" .", "") for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))}
    assert len(facts(server, graph)) == len(told) == expected[graph]


@pytest.mark.parametrize("update", [False, True], ids=["graph-store", "update"])
def test_what_left_the_sources_leaves_the_server(server: Any, store: Store, sample_plans: Any, update: bool) -> None:
    url = server.update if update else server.graphs
    GraphStore(Session(server.graphs)).put(
        NamedNode(f"{BASE}notes/mine"), b"<https://e.org/a> <https://e.org/b> <https://e.org/c> ."
    )
    push(url, store, update=update)
    fewer = open_store()
    load(fewer, sample_plans[:1], base=BASE)
    assert push(url, fewer, update=update).deleted == ()
    made = push(url, fewer, update=update, prune=server.query)
    gone = sample_plans[1].document.id
    assert made.deleted == (f"{BASE}evidence/{gone}", f"{BASE}facts/{gone}")
    assert held(server) == graphs_of(fewer) | {f"{BASE}notes/mine": 1}  # what a person put beside them stays


def test_plans_are_pushed_as_their_store_is(
    server: Any, sample_plans: tuple[Plan, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    monkeypatch.setattr(GraphStore, "put", lambda _, graph, __: calls.append(graph.value))
    made = push(server.graphs, iter(sample_plans))
    assert calls == list(made.graphs)
    assert f"{Names().base}graph/vocabulary" in calls


def test_the_command_pushes_a_store(server: Any, store: Store, tmp_path: Path, run: Callable[..., Any]) -> None:
    folder = tmp_path / "out" / "store"
    folder.mkdir(parents=True)
    on_disk = Store(str(folder))
    on_disk.bulk_extend(iter(store))
    on_disk.flush()
    del on_disk
    for _ in range(2):
        made = run("push", server.graphs, "--store", tmp_path / "out", "--prune", server.query)
        assert (made.code, made.err) == (0, "")
        assert made.out == f"{len(graphs_of(store))} graphs with {len(store):,} triples put\n"
    assert held(server) == graphs_of(store)


def test_a_graph_is_empty_after_an_empty_one_was_put(server: Any) -> None:
    for graphs in (GraphStore(Session(server.graphs)), UpdateStore(Session(server.update))):
        graph = NamedNode(f"{BASE}facts/x")
        graphs.put(graph, b'<https://e.org/a> <https://e.org/b> "_:c { } \' \\" \\n" .\n')
        assert held(server) == {graph.value: 1}
        graphs.put(graph, b"")
        assert held(server) == {}
        graphs.delete(graph)


def test_virtuoso_takes_no_push_from_nobody(virtuoso: Any, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/nonexistent")
    with pytest.raises(
        EndpointError, match=r"401 Unauthorized .set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or write a netrc"
    ):
        push(virtuoso.graphs, store)
    monkeypatch.setenv("KG_ENDPOINT_USER", "dba")
    monkeypatch.setenv("KG_ENDPOINT_PASSWORD", SECRET)
    with pytest.raises(
        EndpointError, match=r"401 Unauthorized .the server does not take this name and password"
    ) as caught:
        push(virtuoso.graphs, store)
    assert SECRET not in str(caught.value)


def test_a_store_without_a_document_is_not_pushed(servers: ModuleType) -> None:
    with pytest.raises(QueryError, match="holds no document"):
        push(f"http://127.0.0.1:{servers.free_port()}/", Store())


def test_a_push_that_fails_on_its_way_says_how_far_it_came(
    fake: Callable[..., Any], servers: ModuleType, store: Store
) -> None:
    server = fake(lambda _: servers.reply(status="204 No Content" if len(server.asked) < 3 else "507 Full"))
    with pytest.raises(EndpointError, match=r"/sparql: 507 Full \(2 of 6 graphs were put: push again\)"):
        push(server.url, store)
    assert [asked.method for asked in server.asked] == ["PUT"] * 3
    graph = min(graphs_of(store))
    assert server.asked[0].target.startswith("/sparql?graph=https%3A%2F%2Fdata.example.org%2Fpush%2Fevidence%2F%")
    sent = {quad.triple for quad in parse(server.asked[0].body, format=RdfFormat.N_TRIPLES)}
    assert len(sent) == graphs_of(store)[graph]


def test_what_the_server_lists_is_asked_before_anything_changes(
    fake: Callable[..., Any], servers: ModuleType, store: Store
) -> None:
    server = fake(lambda _: servers.reply(status="204 No Content"))
    broken = fake(lambda _: servers.reply(status="500 Oops"))
    with pytest.raises(EndpointError, match="500 Oops"):
        push(server.url, store, prune=broken.url)
    assert server.asked == []


def test_a_write_follows_no_redirect_that_would_change_it(
    fake: Callable[..., Any], servers: ModuleType, store: Store
) -> None:
    def answer(status: str) -> Callable[[Any], bytes]:
        def moved(asked: Any) -> bytes:
            where = asked.target.replace("/sparql", "/new")
            return bytes(
                servers.reply(status="200 OK")
                if where == asked.target
                else servers.reply(status=status, Location=where)
            )

        return moved

    server = fake(answer("301 Moved Permanently"))
    with pytest.raises(EndpointError, match=r"has moved to http://127\.0\.0\.1:[0-9]+/new: give that URL"):
        push(server.url, store)
    server = fake(answer("308 Permanent Redirect"))
    assert len(push(server.url, store).graphs) == 6
    assert {asked.method for asked in server.asked} == {"PUT"}


def test_a_large_body_that_is_refused_unread_is_told(servers: ModuleType) -> None:
    """The server answers and closes before it has read the body; its answer counts, and not the broken pipe."""
    listening = socket.create_server(("127.0.0.1", 0))

    def refuse() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(servers.reply(status="413 Too Large"))
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(1 << 20):
                pass

    threading.Thread(target=refuse, daemon=True).start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/store"
    with pytest.raises(EndpointError, match=r"413 Too Large \(it takes no body of this size"):
        GraphStore(Session(url)).put(NamedNode("https://e.org/g"), b"#" * 20_000_000)
    listening.close()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["push"], "Missing argument 'URL'"),
        (["push", "http://127.0.0.1:1/", "a.txt", "--store", "out"], "SOURCES and --store name two things to push"),
        (["push", "http://127.0.0.1:1/", "--timeout", "0"], "Invalid value for '--timeout'"),
    ],
)
def test_a_wrong_use_of_the_command_is_told(run: Callable[..., Any], arguments: list[str], complaint: str) -> None:
    made = run(*arguments)
    assert made.code == 2
    assert complaint in made.err


def test_the_command_tells_in_one_line_what_went_wrong(run: Callable[..., Any], tmp_path: Path) -> None:
    made = run("push", "http://user:secret@127.0.0.1:1/store", "--store", tmp_path)
    assert (made.code, made.out) == (1, "")
    assert "secret" not in made.err
    write_store(kg.gather().plans[:1], tmp_path / "store")
    made = run("push", f"http://user:{SECRET}@127.0.0.1:1/store", "--store", tmp_path)
    assert (made.code, made.complaints) == (
        1,
        [
            "kg: the address of the endpoint at 127.0.0.1 carries a user name: leave it out, and set KG_ENDPOINT_USER and "
            "KG_ENDPOINT_PASSWORD, or write a netrc file"
        ],
    )
