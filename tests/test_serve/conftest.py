"""A running server over the two sample plans, and a small client that keeps every byte of what it is told."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from kg.records import Plan
from kg.store import write_store

pytest.importorskip("uvicorn", reason='the extra is not installed: pip install "policy-responsibility-graph[serve]"')

Headers = dict[str, str]


@dataclass(frozen=True)
class Told:
    """What a server answered; names of headers in small letters."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        assert self.status == 200, self.text
        found = json.loads(self.body)["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in found]


@dataclass
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    address: str
    log: Path
    folder: Path
    extra: Headers = field(default_factory=dict)

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def call(self, method: str, path: str, body: bytes | None = None, headers: Headers | None = None) -> Told:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return Told(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str | None = None, **headers: str) -> Told:
        return self.call("GET", path, headers={**({"Accept": accept} if accept else {}), **headers})

    def ask(self, query: str, accept: str | None = None, **parameters: str | list[str]) -> Told:
        return self.get("/sparql?" + urlencode({"query": query, **parameters}, doseq=True), accept)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Start a server over a folder with options of the command: `with start_server(folder, "--rows", "5") as server`."""

    @contextmanager
    def start(folder: Path, *options: str) -> Iterator[Server]:
        log = tmp_path_factory.mktemp("serve") / "log"
        command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", *options]
        with log.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert " at http://" in line, log.read_text(encoding="utf-8")
            yield Server(process, line.split(" at ")[1].split()[0], log, folder)
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    return start


@pytest.fixture(scope="session")
def served_folder(sample_plans: tuple[Plan, Plan], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the two sample plans."""
    folder = tmp_path_factory.mktemp("served") / "store"
    write_store(sample_plans, folder)
    return folder


@pytest.fixture(scope="session")
def server(start_server: Callable[..., Any], served_folder: Path) -> Iterator[Server]:
    """A server over the two sample plans, with its defaults but for the rate."""
    with start_server(served_folder, "--per-minute", "0") as running:
        yield running
