"""Ask generated plans the same questions of the tables (DuckDB), of pyoxigraph in memory and of rdflib, and print the ratios.

    python benchmarks/asking.py [--plans 1000] [--rdflib-plans 100] [--rounds 5] [--all] [--check]

One line a question, seconds of the processor (all cores) of the best round, from the bound question to rows of terms in Python.
A quick run asks rdflib about fewer plans (`--rdflib-plans`) and compares with the tables of just these; `--rdflib-plans 1000`
takes some ten minutes, 0 leaves rdflib out. Then the points: single lookups on Oxigraph, in memory and on disk. `--all` asks every
question that has a twin, not only the aggregations; `--check` exits with 1 where a ratio or a point is not as the targets say.
Every answer of the tables is compared with that of SPARQL; one that differs is told and exits with 1.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import rdflib
from invented import invented
from pyoxigraph import RdfFormat, Store, Triple, serialize

from kg.answers import Answer
from kg.asking import StoredEngine
from kg.asking.tabular import TabularEngine, twin_of
from kg.questions import Question, bind, find, questions, resolve
from kg.records import Plan
from kg.store import load, open_store, write_store
from kg.tables import write_tables

TIMES_OXIGRAPH, TIMES_RDFLIB, POINT = 10, 300, 0.001
"""The targets: how many times faster the tables are than each, and the seconds of a point."""

AGGREGATIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("obligations-by-function", {}),
    ("accountability", {}),
    ("concentration", {}),
    ("duties-by-basis", {}),
    ("duties-by-branch", {}),
    ("deadlines-by-level", {}),
    ("deadlines-by-function", {}),
    ("documents", {}),
    ("regions", {}),
    ("bodies-in-several-roles", {"minimum": "4"}),
    ("partners", {"minimum": "25"}),
    ("shared-tasks", {"minimum": "6"}),
)
"""Questions that count over all documents; thresholds keep answers to what a person reads (pairs that share many tasks)."""

POINTS: tuple[tuple[str, str], ...] = (
    ("a task", "SELECT ?p ?o { <%(base)stask/%(task)s> ?p ?o }"),
    ("duties of a body", "SELECT ?duty ?role { ?duty resp:bearer <%(base)sbody/%(body)s> ; resp:role ?role }"),
    ("leads of a task", "SELECT ?name { <%(base)stask/%(task)s> resp:leadDepartment/rdfs:label ?name }"),
    ("a body by its name", "SELECT ?body { ?body rdfs:label '%(body)s'@zh ; a resp:Organization }"),
)


@dataclass(frozen=True)
class Data:
    """Some plans in both forms, and as triples for rdflib."""

    store: Store
    tables: TabularEngine

    def in_rdflib(self) -> rdflib.Graph:
        """Give the union of the graphs as one graph of rdflib."""
        triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in self.store)
        return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")


def seconds(act: Callable[[], object], rounds: int) -> float:
    """Return the seconds of the processor of the best round; what is read or compiled on first use is not in them."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)


def made(plans: Sequence[Plan], folder: Path) -> Data:
    """Load plans into a store in memory and write their Parquet files."""
    store = open_store()
    load(store, plans)
    write_tables(plans, folder, "parquet")
    return Data(store, TabularEngine(folder))


def same(data: Data, question: Question, given: dict[str, str]) -> bool:
    """Tell whether tables and store answer alike, and warm both up."""
    engine = StoredEngine(data.store)
    found: Answer | None = data.tables.answer(question, resolve(question, given, engine.answer))
    return found is not None and found.plain() == engine.answer(bind(question, given)).plain()


def chosen(everything: bool) -> list[tuple[Question, dict[str, str]]]:
    """Return the questions to ask, with their parameters."""
    asked = [(find(name), given) for name, given in AGGREGATIONS]
    known = {question.name for question, _ in asked}
    rest = [(q, {}) for q in questions() if everything and q.name not in known and twin_of(q) is not None]
    return asked + rest


def ask_all(data: Data, asked: list[tuple[Question, dict[str, str]]], rounds: int) -> tuple[list[float], int]:
    """Print times and ratio of each question; return the ratios and the number of answers that differ."""
    ratios, differing = [], 0
    print(f"\n{len(data.store):,} triples{'':28} {'rows':>6} {'tables':>9} {'Oxigraph':>10} ratio")
    for question, given in asked:
        alike = same(data, question, given)
        sparql = bind(question, given)
        engine = StoredEngine(data.store)
        tables = seconds(lambda q=question, g=given: data.tables.answer(q, g), rounds)
        oxigraph = seconds(lambda s=sparql, e=engine: e.answer(s), max(1, rounds // 2))
        rows = len(engine.answer(sparql).rows)
        ratios.append(oxigraph / tables)
        differing += not alike
        name = " ".join([question.name, *(f"{key}={value}" for key, value in given.items())])
        print(
            f"{name:42} {rows:6} {1000 * tables:6.1f} ms {1000 * oxigraph:7.1f} ms {ratios[-1]:5.0f}{'' if alike else '  DIFFERS'}",
            flush=True,
        )
    return ratios, differing


def ask_rdflib(data: Data, asked: list[tuple[Question, dict[str, str]]], rounds: int) -> list[float]:
    """Print times and ratio of each question in rdflib, once each; return the ratios."""
    graph, ratios = data.in_rdflib(), []
    print(f"\n{len(graph):,} triples{'':28} {'tables':>9} {'rdflib':>10} ratio")
    for question, given in asked:
        sparql = bind(question, given)
        tables = seconds(lambda q=question, g=given: data.tables.answer(q, g), rounds)
        other = seconds(lambda s=sparql: list(graph.query(s)), 1)
        ratios.append(other / tables)
        print(f"{question.name:42} {1000 * tables:6.1f} ms {other:8.2f} s {ratios[-1]:6.0f}", flush=True)
    return ratios


def ask_points(stores: dict[str, Store], plan: Plan, rounds: int) -> list[float]:
    """Print the time of each point on each store; return the seconds."""
    known = {
        "base": "https://w3id.org/policy-responsibility/id/",
        "task": plan.tasks[0].id,
        "body": plan.organizations[0].id,
    }
    times = []
    print(f"\n{'points':42} {' '.join(f'{name:>10}' for name in stores)}")
    for name, sparql in POINTS:
        text = sparql % known
        engines = [StoredEngine(store) for store in stores.values()]
        row = [seconds(lambda e=engine, t=text: [e.answer(t) for _ in range(100)], rounds) / 100 for engine in engines]
        times += row
        print(f"{name:42} {' '.join(f'{1000 * point:7.2f} ms' for point in row)}", flush=True)
    return times


def main(arguments: list[str] | None = None) -> int:
    """Print all; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=1000, help="how many plans, about 2,400 triples each")
    parser.add_argument("--rdflib-plans", type=int, default=100, help="how many of them rdflib is asked about")
    parser.add_argument("--rounds", type=int, default=5, help="how often to ask")
    parser.add_argument("--all", action="store_true", help="ask every question that has a twin")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a target is missed")
    given = parser.parse_args(arguments)
    if min(given.plans, given.rounds) < 1 or given.rdflib_plans > given.plans:
        print("asking: --plans and --rounds are at least 1, and --rdflib-plans at most --plans", file=sys.stderr)
        return 2
    with TemporaryDirectory() as scratch:
        plans, folder = list(invented(given.plans)), Path(scratch)
        data = made(plans, folder / "tables")
        write_store(plans, folder / "store")
        ratios, differing = ask_all(data, chosen(given.all), given.rounds)
        points = ask_points({"in memory": data.store, "on disk": open_store(folder / "store")}, plans[0], given.rounds)
        slower = []
        if given.rdflib_plans:
            fewer = data if given.rdflib_plans == given.plans else made(plans[: given.rdflib_plans], folder / "fewer")
            slower = ask_rdflib(fewer, chosen(everything=False), given.rounds)
    counted = ratios[: len(AGGREGATIONS)]
    print(
        f"\ntables against Oxigraph in memory: median {statistics.median(counted):.0f} times, least {min(counted):.0f} (target {TIMES_OXIGRAPH})"
    )
    if slower:
        print(
            f"tables against rdflib, {given.rdflib_plans} plans: median {statistics.median(slower):.0f} times, least {min(slower):.0f} (target {TIMES_RDFLIB})"
        )
    print(
        f"points on Oxigraph: slowest {1000 * max(points):.2f} ms (target {1000 * POINT:.0f}); answers that differ: {differing}"
    )
    missed = min(counted) < TIMES_OXIGRAPH or max(points) >= POINT or (slower and min(slower) < TIMES_RDFLIB)
    return 1 if differing or (given.check and missed) else 0


if __name__ == "__main__":
    sys.exit(main())
