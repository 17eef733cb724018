"""Ask a server the question library from many clients at once: every answer is compared, and how long they took is printed.

    python benchmarks/serve.py [--clients 200] [--seconds 60] [--store FOLDER] [--fresh] [-- OPTIONS OF kg serve]

Without a store the bundled dataset is built. With `--fresh` no query is asked twice in the same words, so that no answer is one that was kept. Exit code 1 where an answer is wrong or a 5xx is none of the limits' own (503, 504).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from kg.queries import questions
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

import kg
from kg.store import open_store

Rows = tuple[str, ...]


@dataclass
class Tally:
    """What all clients saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    broken: int = 0


@dataclass(frozen=True)
class Load:
    """What clients ask, where, until when; `endings` come after each query."""

    host: str
    port: int
    asked: dict[str, tuple[str, Rows]]
    end: float
    endings: Iterator[str]


def expected(store: Store) -> dict[str, tuple[str, Rows]]:
    """Answer each question that needs no parameter with the engine itself."""
    answers = {}
    for question in questions():
        if all(parameter.default is not None for parameter in question.parameters):
            found = store.query(question.sparql, use_default_graph_as_union=True)
            if isinstance(found, QuerySolutions):
                answers[question.name] = (question.sparql, rows(found.serialize(format=QueryResultsFormat.JSON) or b""))
    return answers


def rows(body: bytes) -> Rows:
    """Give the rows of an answer so that two can be compared."""
    return tuple(sorted(json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"]))


async def client(number: int, load: Load, tally: Tally) -> None:
    """Ask one question after the other on one connection, in an order of its own."""
    order = random.Random(number)  # noqa: S311  (an order, no secret)
    names = sorted(load.asked)
    reader, writer = await asyncio.open_connection(load.host, load.port)
    while time.monotonic() < load.end:
        name = order.choice(names)
        sparql, wanted = load.asked[name]
        started = time.monotonic()
        try:
            status, body = await post(reader, writer, urlencode({"query": sparql + next(load.endings)}).encode())
        except (OSError, asyncio.IncompleteReadError):
            tally.broken += 1
            reader, writer = await asyncio.open_connection(load.host, load.port)
            continue
        tally.seconds.append(time.monotonic() - started)
        tally.statuses[status] += 1
        if status == 200 and rows(body) != wanted:
            tally.wrong.append(name)
    writer.close()


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> tuple[int, bytes]:
    """Send a query as a form and read its answer."""
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    length = next(int(line.partition(":")[2]) for line in told if line.startswith("content-length:"))
    return int(told[0].split()[1]), await reader.readexactly(length)


async def run(address: str, asked: dict[str, tuple[str, Rows]], given: argparse.Namespace) -> Tally:
    """Run all clients."""
    place, tally = urlsplit(address), Tally()
    load = Load(
        host=place.hostname or "127.0.0.1",
        port=place.port or 80,
        asked=asked,
        end=time.monotonic() + given.seconds,
        endings=(f"\n# {number}" if given.fresh else "" for number in count()),
    )
    await asyncio.gather(*(client(number, load, tally) for number in range(given.clients)))
    return tally


def report(tally: Tally, clients: int, seconds: float) -> bool:
    """Print the figures; tell whether all was well."""
    taken = sorted(tally.seconds) or [0.0]

    def share(part: float) -> str:
        return f"{taken[min(len(taken) - 1, int(len(taken) * part))] * 1000:.0f} ms"

    print(
        f"{clients} clients, {seconds:g} s: {len(tally.seconds)} answers, {len(tally.seconds) / seconds:.0f} a second"
    )
    print("status   ", ", ".join(f"{status}: {count}" for status, count in sorted(tally.statuses.items())))
    print(f"wrong     {len(tally.wrong)} {' '.join(sorted(set(tally.wrong)))}")
    print(f"broken    {tally.broken} connections")
    print(f"taken     p50 {share(0.5)}, p95 {share(0.95)}, p99 {share(0.99)}, longest {taken[-1] * 1000:.0f} ms")
    others = [status for status in tally.statuses if status >= 500 and status not in (503, 504)]
    return not tally.wrong and not tally.broken and not others and tally.statuses[200] > 0


def main() -> None:
    """Start a server, ask it, stop it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("options", nargs="*", help="options of kg serve, after --")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="kg-serve-benchmark-") as scratch:
        folder = given.store or kg.build((), Path(scratch) / "out").folder / "store"
        asked = expected(open_store(folder))
        command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", "--per-minute", "0", "--no-log"]
        with subprocess.Popen([*command, *given.options], stdout=subprocess.PIPE, text=True) as server:
            address = server.stdout.readline().split(" at ")[1].split()[0] if server.stdout else ""
            tally = asyncio.run(run(address, asked, given))
            server.terminate()
        print(f"{len(asked)} questions of the library; the server ended with {server.returncode}")
    sys.exit(0 if report(tally, given.clients, given.seconds) and server.returncode == 0 else 1)


if __name__ == "__main__":
    main()
