"""Ask every competency question on the bundled dataset, compare with its stored answer and print the time that it takes.

    python benchmarks/questions.py [ID …] [--rounds 5] [--rdflib]

The time is the best of the rounds, from the question to its rows as strings; `--rdflib` asks those marked portable once in
rdflib too, over the same triples. Exit code 1 where an answer differs from the stored one or takes Oxigraph a second or more,
and where the median of all, if all are asked, is 20 ms or more.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from statistics import median

import rdflib
from pyoxigraph import RdfFormat, Store, Triple, serialize

import kg
from kg.asking import StoredEngine
from kg.competency import CompetencyQuestion, answer, competency_questions, result
from kg.questions import bind, find, resolve
from kg.store import load, open_store

SLOWEST, MEDIAN = 1.0, 0.02
"""Seconds that a question may take, and the median of all."""


def seconds(act: Callable[[], object], rounds: int) -> float:
    """Return the time of the quickest round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def in_rdflib(store: Store) -> rdflib.Graph:
    """Give the union of the graphs of a store as one graph of rdflib."""
    data = serialize((Triple(q.subject, q.predicate, q.object) for q in store), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")


def measured(store: Store, question: CompetencyQuestion, rounds: int) -> tuple[str, float, bool]:
    """Return the line of a question, its time on Oxigraph, and whether its answer is the stored one."""
    took, same = seconds(lambda: answer(store, question), rounds), answer(store, question) == result(question)
    rows = result(question).count("\n") - 1
    line = f"{question.id}  {question.query:28} {rows:5} {1000 * took:8.1f} ms{'' if same else '  DIFFERS'}"
    return line, took, same


def main(arguments: list[str] | None = None) -> int:
    """Print a line for each question and the slowest of all; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these questions, such as CQ01")
    parser.add_argument("--rounds", type=int, default=5, help="how often to ask")
    parser.add_argument("--rdflib", action="store_true", help="ask the portable ones in rdflib too")
    chosen = parser.parse_args(arguments)
    asked = [question for question in competency_questions() if not chosen.ids or question.id in chosen.ids]
    if chosen.rounds < 1 or len(asked) < len(set(chosen.ids)):
        print("questions: --rounds is at least 1, and every ID one of competency-questions.csv", file=sys.stderr)
        return 2
    store = open_store()
    load(store, kg.gather().plans)
    other = in_rdflib(store) if chosen.rdflib else None
    times, failed = list[float](), 0
    for question in asked:
        line, took, same = measured(store, question, chosen.rounds)
        if other is not None and question.portable:
            named = find(question.query)
            sparql = bind(named, resolve(named, question.parameters, StoredEngine(store).answer))
            line += f" {seconds(lambda sparql=sparql: list(other.query(sparql)), 1):8.2f} s in rdflib"
        print(line)
        times.append(took)
        failed += not same or took >= SLOWEST
    middle = median(times)
    told = f"median {1000 * middle:.1f} ms, slowest {1000 * max(times):.1f} ms, {failed} failed"
    print(f"{len(asked)} questions, {len(store)} triples, {told}")
    return 1 if failed or (middle >= MEDIAN and not chosen.ids) else 0


if __name__ == "__main__":
    sys.exit(main())
