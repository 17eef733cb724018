"""SPARQL servers that tests start on loopback, each on a port of its own, and stop when they are done."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs

import pytest

STARTS, STOPS = 60, 30
"""Seconds in which a server must answer after it was started, and be gone after it was told to stop."""


class Virtuoso:
    """A server of our own in a folder of its own; it may read the files of `readable`."""

    USER = PASSWORD = "dba"  # noqa: S105  (as Debian ships it)

    def __init__(self, folder: Path, readable: Path) -> None:
        self.port, self.http = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.http}"
        self.query, self.update = f"{self.url}/sparql", f"{self.url}/sparql-auth"
        self.graphs = f"{self.url}/sparql-graph-crud-auth"
        self.log = folder / "virtuoso.log"
        (folder / "virtuoso.ini").write_text(
            f"""[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {self.log}
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{self.port}
DisableUnixSocket = 1
DirsAllowed = {readable}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{self.http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 5000
""",
            encoding="utf-8",
        )
        start = ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]
        self.process = subprocess.Popen(start, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(self, statement: str) -> str:
        """Run one statement; its answer, without headings, or what it complains of."""
        login = ["isql-vt", f"127.0.0.1:{self.port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"]
        got = subprocess.run([*login, f"EXEC={statement}"], capture_output=True, text=True, check=False)
        return (got.stdout + got.stderr).strip()

    def count(self, graph: str, where: str) -> int:
        """Count the solutions of a pattern in a graph."""
        return int(self.ask(" ".join(("SPARQL SELECT COUNT(*) FROM", f"<{graph}>", "WHERE", where, ";"))))

    def wait(self) -> None:
        end = time.monotonic() + STARTS
        while self.ask("SELECT 27;") != "27":
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < end, f"Virtuoso does not answer after {STARTS} s"
            time.sleep(0.3)


class Oxigraph:
    """A server of our own that keeps its graphs in memory."""

    def __init__(self, program: str) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.query, self.update, self.graphs = f"{self.url}/query", f"{self.url}/update", f"{self.url}/store"
        start = [program, "serve", "--bind", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(start, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.port = port

    def wait(self) -> None:
        end = time.monotonic() + STARTS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert self.process.poll() is None, "oxigraph ended at once"
                assert time.monotonic() < end, f"oxigraph does not answer after {STARTS} s"
                time.sleep(0.05)
            else:
                return


Server = TypeVar("Server", Virtuoso, Oxigraph)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Wait until a server answers, and stop it at the end."""
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()
        try:
            server.process.wait(STOPS)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def running_virtuoso(folder: Path, readable: Path) -> AbstractContextManager[Virtuoso]:
    """Start a Virtuoso 7 that keeps its data in a folder and reads the files of another; skips the test where there is none."""
    missing = [name for name in ("virtuoso-t", "isql-vt") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not found: apt-get install virtuoso-opensource-7-bin (Debian)")
    return running(Virtuoso(folder, readable))


def running_oxigraph() -> AbstractContextManager[Oxigraph]:
    """Start the server of Oxigraph, which the package `oxigraph` brings; skips the test where there is none."""
    program = shutil.which("oxigraph", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if program is None:
        pytest.skip("oxigraph not found: pip install oxigraph")
    return running(Oxigraph(program))


@dataclass(frozen=True)
class Asked:
    """A request that the fake server got."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


Told = bytes | Iterable[bytes]
"""What the fake server sends, in one piece or piece by piece."""


class Fake:
    """A server that answers each request as `answer` says, with raw bytes, and remembers what it was asked."""

    def __init__(self, answer: Callable[[Asked], Told], secure: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self._secure = secure
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._stopped = False
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._stopped:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        with suppress(OSError):
            if self._secure:
                connection = self._secure.wrap_socket(connection, server_side=True)
            self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            method, target, _ = stream.readline().decode().split(" ", 2)
            headers = http.client.parse_headers(stream)
            body = stream.read(int(headers.get("Content-Length", "0")))
            asked = Asked(method, target, headers, body)
            self.asked.append(asked)
            told = self._answer(asked)
            for piece in [told] if isinstance(told, bytes) else told:
                if self._stopped:
                    return
                connection.sendall(piece)

    def stop(self) -> None:
        self._stopped = True
        self._socket.close()


def reply(body: bytes = b"", status: str = "200 OK", type_: str = "", **headers: str) -> bytes:
    """Write a reply; `headers` are written with - for _."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {type_}"] if type_ else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def table(text: str, **headers: str) -> bytes:
    """Write a reply with SPARQL results in JSON."""
    return reply(text.encode(), type_="application/sparql-results+json", **headers)
