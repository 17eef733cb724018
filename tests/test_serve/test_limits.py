"""Limits end what is too much with a plain word, and the service goes on; a swapped store is seen by the next query."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kg.records import Plan
from kg.store import write_store

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK {}"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DEEP = "SELECT (COUNT(*) AS ?n) { ?a (!resp:x|^!resp:x)* ?b . ?c (!resp:x|^!resp:x)* ?d . ?e (!resp:x/!resp:x)* ?f }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY STR(?i) ?a ?d"
EVERY = "SELECT * { ?s ?p ?o }"
LIMIT = 1.5


@pytest.fixture(scope="module")
def strict(start_server: Callable[..., Any], served_folder: Path) -> Iterator[Any]:
    """A server with narrow limits."""
    options = "--time 1.5 --rows 50 --answer-size 200K --body-size 20K --workers 2 --waiting 4 --per-minute 0 --memory 300M --connections 60"
    with start_server(served_folder, *options.split()) as running:
        yield running


def timed(server: Any, query: str) -> tuple[Any, float]:
    started = time.monotonic()
    told = server.ask(query)
    return told, time.monotonic() - started


def busy(server: Any, query: str, times: int) -> ThreadPoolExecutor:
    pool = ThreadPoolExecutor(times)
    for _ in range(times):
        pool.submit(server.ask, query)
    time.sleep(0.3)
    return pool


@pytest.mark.parametrize("query", [CROSS, DEEP])
def test_a_query_without_end_is_stopped_in_time_and_the_next_is_answered(query: str, strict: Any) -> None:
    told, seconds = timed(strict, query)
    assert (told.status, told.kind) == (504, "text/plain")
    assert told.text == "the query took longer than 1.5 seconds, the limit of this server, and was stopped\n"
    assert LIMIT <= seconds < LIMIT * 1.5
    assert strict.ask(ASK).status == 200


def test_a_query_that_wants_all_memory_is_stopped(strict: Any) -> None:
    told, seconds = timed(strict, GREEDY)
    assert told.status in (503, 504)
    assert seconds < LIMIT * 1.5
    assert strict.ask(ASK).status == 200


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_an_answer_of_just_so_many_rows_is_given_and_of_one_more_refused(form: str, strict: Any) -> None:
    told = strict.ask(f"{EVERY} LIMIT 50", format=form)
    assert told.status == 200
    told = strict.ask(f"{EVERY} LIMIT 51", format=form)
    assert (told.status, told.text.partition(":")[0]) == (
        422,
        "the answer has more than 50 rows, which is the limit of this server",
    )


def test_rows_are_counted_and_not_lines(strict: Any) -> None:
    many_lines = 'SELECT ("a\\r\\nb\\r\\nc" AS ?x) ?s { ?s ?p ?o }'
    assert strict.ask(f"{many_lines} LIMIT 50", format="csv").status == 200
    assert strict.ask(f"{many_lines} LIMIT 51", format="csv").status == 422


def test_triples_are_limited_too(strict: Any) -> None:
    assert strict.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 50").status == 200
    told = strict.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert (told.status, told.text[:36]) == (422, "the answer has more than 50 triples,")
    assert strict.get("/id/graph/vocabulary", "text/turtle").status == 422


def test_the_size_of_an_answer_is_limited(strict: Any) -> None:
    long = "0123456789" * 1000
    rows = " ".join(f'"{n}{long}"' for n in range(30))
    told = strict.call("POST", "/sparql", f'SELECT ?x {{ VALUES ?x {{ {rows[:15000]}" }} }}'.encode(), DIRECT)
    assert told.status == 200
    doubled = (
        f'SELECT ?y {{ VALUES ?n {{ {" ".join(map(str, range(30)))} }} BIND(CONCAT(STR(?n), "{long[:9000]}") AS ?y) }}'
    )
    told = strict.call("POST", "/sparql", doubled.encode(), DIRECT)
    assert (told.status, told.text[:41]) == (422, "the answer has more than 204,800 bytes, w")


def test_a_large_answer_comes_whole_and_leaves_nothing_behind(server: Any) -> None:
    query = (
        'SELECT ?n ?long { VALUES ?n { 1 2 3 4 5 6 7 8 } ?s a resp:Task BIND(REPLACE("%s", "x", "0123456789") AS ?long) }'
        % ("x" * 20_000)
    )
    told = server.ask(query, format="tsv")
    assert told.status == 200
    assert len(told.body) > 2_000_000
    assert all(len(line) > 200_000 for line in told.text.splitlines()[1:])
    assert list(scratch_of(server).glob("*/answer-*")) == []


def test_a_stopped_worker_leaves_nothing_behind(strict: Any) -> None:
    assert strict.ask(CROSS).status == 504
    assert strict.ask(ASK).status == 200
    deadline = time.monotonic() + 10
    while running_workers(strict) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    folders = list(scratch_of(strict).iterdir())
    assert len(folders) == 2 + 2
    assert all(len(list(folder.iterdir())) <= 1 for folder in folders)


def scratch_of(server: Any) -> Path:
    """Find the folder of a server in which its workers have theirs."""
    for worker in children(server.process.pid):
        command = Path(f"/proc/{worker}/cmdline").read_text(encoding="utf-8").split("\0")
        return Path(json.loads(command[3])["scratch"]).parent
    raise AssertionError("the server has no workers")


def test_a_body_that_is_too_large_is_refused(strict: Any) -> None:
    for size in (21_000, 10_000_000):
        told = strict.call("POST", "/sparql", b"#" * size, DIRECT) if size < 640_000 else sent(strict, size)
        assert told.status == 413
        assert "20,480 bytes" in told.text
    assert strict.ask(ASK).status == 200


def sent(server: Any, size: int) -> Any:
    """Send a body past what is read of it; the answer, or the end of the connection, is what a client may meet."""
    try:
        return server.call("POST", "/sparql", b"#" * size, DIRECT)
    except (BrokenPipeError, ConnectionResetError):
        return server.call("POST", "/sparql", b"#" * 21_000, DIRECT)


def test_too_many_queries_are_told_to_wait(strict: Any) -> None:
    with ThreadPoolExecutor(12) as pool:
        told = [f.result() for f in [pool.submit(timed, strict, CROSS) for _ in range(12)]]
    statuses = sorted(answer.status for answer, _ in told)
    assert set(statuses) == {503, 504}
    assert statuses.count(503) >= 6
    assert all(answer.headers["retry-after"] for answer, _ in told if answer.status == 503)
    assert max(seconds for _, seconds in told) < LIMIT * 1.5 + 0.5
    assert strict.ask(ASK).status == 200


def test_pages_and_health_answer_while_queries_take_all_workers(strict: Any) -> None:
    pool = busy(strict, CROSS, 2)
    for path in ("/health", "/", "/id/region/990101?format=html", "/assets/serve.css"):
        started = time.monotonic()
        assert strict.get(path).status == 200
        assert time.monotonic() - started < 1
    pool.shutdown()


def test_a_client_that_asks_too_often_is_told_when_to_come_back(
    start_server: Callable[..., Any], served_folder: Path
) -> None:
    with start_server(served_folder, "--per-minute", "5") as running:
        told = [running.ask(ASK) for _ in range(7)]
        assert [t.status for t in told] == [200] * 5 + [429] * 2
        assert 1 <= int(told[-1].headers["retry-after"]) <= 13
        assert running.get("/health").status == 200


def test_a_client_that_leaves_frees_its_worker(strict: Any) -> None:
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", strict.port)) as leaving:
            leaving.sendall(
                f"GET /sparql?query={CROSS.replace(' ', '+').replace('?', '%3F')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            time.sleep(0.05)
    time.sleep(1.6)
    assert timed(strict, ASK)[1] < 1


# The store is swapped by a build


def swap(plans: tuple[Plan, ...], folder: Path) -> None:
    write_store(plans, folder)


def test_the_next_query_sees_a_store_that_took_the_place_of_the_old(
    start_server: Callable[..., Any], sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    folder = tmp_path / "out" / "store"
    swap(sample_plans[:1], folder)
    count = "SELECT (COUNT(*) AS ?n) { ?d a resp:Document }"
    with start_server(folder.parent, "--per-minute", "0") as running:
        before = running.get("/health").body
        assert running.ask(count).rows == [{"n": "1"}]
        void = running.get("/.well-known/void").body
        swap(sample_plans, folder)
        assert [running.ask(count).rows for _ in range(6)] == [[{"n": "2"}]] * 6
        assert running.get("/.well-known/void").body != void
        assert running.get("/health").body != before
        swap(sample_plans[1:], folder)
        assert [running.ask(count).rows for _ in range(6)] == [[{"n": "1"}]] * 6


def test_an_answer_is_kept_for_the_same_store_only(server: Any) -> None:
    slow = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ ?a ?b ?c }} LIMIT 1500 }} {{ SELECT * {{ ?e ?f ?g }} LIMIT 1000 }} }} # {time.time()}"
    first, slowly = timed(server, slow)
    again, quickly = timed(server, slow)
    assert first.body == again.body
    assert quickly < slowly / 2
    assert server.ask(slow, format="csv").kind == "text/csv"
    for changing in ("RAND()", "STRUUID()", "STR(UUID())"):
        assert server.ask(f"SELECT ({changing} AS ?x) {{}}").body != server.ask(f"SELECT ({changing} AS ?x) {{}}").body


@pytest.mark.slow
def test_queries_are_right_while_stores_are_swapped(
    start_server: Callable[..., Any], sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    swap(sample_plans[:1], folder)
    one = "SELECT ?d (COUNT(?t) AS ?n) { ?d a resp:Document OPTIONAL { ?t resp:document ?d } } GROUP BY ?d ORDER BY ?d"
    known: set[str] = set()
    with start_server(folder, "--per-minute", "0", "--workers", "2") as running:
        for plans in (sample_plans[:1], sample_plans):
            swap(plans, folder)
            known.add(json.dumps(running.ask(one).rows))
        stopping = threading.Event()
        seen: list[str] = []

        def keep_asking() -> None:
            while not stopping.is_set():
                seen.append(json.dumps(running.ask(one).rows))

        with ThreadPoolExecutor(4) as pool:
            futures = [pool.submit(keep_asking) for _ in range(4)]
            for turn in range(12):
                swap(sample_plans[:1] if turn % 2 else sample_plans, folder)
            stopping.set()
            for future in futures:
                future.result()
    assert len(known) == 2
    assert set(seen) <= known
    assert len(seen) > 20


def test_a_query_that_runs_while_the_store_is_swapped_ends_with_the_old_data(
    start_server: Callable[..., Any], sample_plans: tuple[Plan, Plan], tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    swap(sample_plans[:1], folder)
    slow = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a resp:Document . { SELECT * { ?a ?b ?c } LIMIT 2500 } { SELECT * { ?e ?f ?g } LIMIT 2500 } }"
    with start_server(folder, "--per-minute", "0", "--time", "60") as running, ThreadPoolExecutor(1) as pool:
        future = pool.submit(timed, running, slow)
        time.sleep(0.4)
        assert not future.done(), "the query must be slow enough to run during the swap"
        swap(sample_plans, folder)
        assert running.ask("SELECT (COUNT(*) AS ?n) { ?d a resp:Document }").rows == [{"n": "2"}]
        told, _ = future.result()
        assert told.rows == [{"n": "1"}]


# Stopping


def test_a_stop_lets_running_queries_end_and_exits_with_0(
    start_server: Callable[..., Any], served_folder: Path
) -> None:
    with start_server(served_folder, "--time", "2", "--per-minute", "0") as running, ThreadPoolExecutor(1) as pool:
        future = pool.submit(timed, running, CROSS)
        half_open = socket.create_connection(("127.0.0.1", running.port))
        time.sleep(0.5)
        assert running.stop() == 0
        assert future.result()[0].status == 504
        half_open.close()
        with pytest.raises(ConnectionRefusedError):
            running.ask(ASK)


def test_a_stop_waits_no_longer_than_the_grace_time(start_server: Callable[..., Any], served_folder: Path) -> None:
    with start_server(served_folder, "--time", "60", "--grace", "1") as running, ThreadPoolExecutor(1) as pool:
        future = pool.submit(timed, running, CROSS)
        time.sleep(0.5)
        started = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - started < 5
        told, _ = future.result()
        assert (told.status, told.text) == (503, "the server is stopping\n")
    assert "Traceback" not in running.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_no_process_is_left_behind(stop: signal.Signals, start_server: Callable[..., Any], served_folder: Path) -> None:
    with start_server(served_folder) as running:
        workers = children(running.process.pid)
        assert len(workers) == running_workers(running) + 2
        running.process.send_signal(stop)
        assert running.process.wait(timeout=20) == 0
        assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_workers_end_where_the_server_is_killed(start_server: Callable[..., Any], served_folder: Path) -> None:
    with start_server(served_folder) as running:
        workers = children(running.process.pid)
        running.process.kill()
        running.process.wait()
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_worker_that_dies_is_replaced(start_server: Callable[..., Any], served_folder: Path) -> None:
    with start_server(served_folder, "--workers", "1", "--per-minute", "0") as running:
        for worker in children(running.process.pid):
            os.kill(worker, signal.SIGKILL)
        told = [running.ask(ASK).status for _ in range(3)]
        assert told[0] in (200, 503)
        assert told[1:] == [200, 200]


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(pid) for path in listed for pid in path.read_text(encoding="ascii").split()]
    return found or pytest.skip("this system does not tell the children of a process")


def running_workers(server: Any) -> int:
    return int(json.loads(server.get("/health").body)["workers"])


# Errors of the command


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["{}/nowhere"], 1, "no store: build one first"),
        (["{}", "--cors", "example.org"], 2, "no origin"),
        (["{}", "--body-size", "much"], 2, "no size"),
        (["{}", "--time", "0"], 2, "--time"),
        (["{}", "--host", "203.0.113.7"], 1, "cannot be listened on"),
    ],
)
def test_a_wrong_use_is_one_line(
    arguments: list[str], code: int, words: str, run: Callable[..., Any], served_folder: Path
) -> None:
    told = run("serve", *(argument.format(served_folder) for argument in arguments))
    assert told.code == code
    assert len(told.complaints) == 1
    assert words in told.complaints[0]


def test_a_port_that_is_taken_is_one_line(run: Callable[..., Any], server: Any) -> None:
    told = run("serve", server.folder, "--port", str(server.port))
    assert (told.code, len(told.complaints)) == (1, 1)
    assert "Address already in use" in told.complaints[0]
