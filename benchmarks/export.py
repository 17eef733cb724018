"""Measure the Turtle export beside the serializer of rdflib on the same graph.

    python benchmarks/export.py [--plans 200]

Invented plans are drawn at random (`tests/generated`), read, and put into a store and into a graph of rdflib. Then each
writes its graph as Turtle once, from memory to a file; reading and loading are no part of the times. Both files must hold
the same triples.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from formats import generated
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import kg
from kg.export import as_rdflib, write, write_stored
from kg.records import Plan
from kg.store import load, open_store


def drawn(number: int, folder: Path) -> tuple[Plan, ...]:
    """Draw plans, write each as text and read them all."""
    plans = generated()
    for seed in range(number):
        pick = plans.Seeded(seed)
        written = plans.write(plans.draw_sketch(pick), "text", pick)
        (folder / f"{seed:05}.txt").write_bytes(written.data)
    return kg.gather([folder]).plans


def told(file: Path) -> set[tuple[object, object, object]]:
    """Give the triples of a file; decimals by value, for rdflib writes 60 as 60.0."""
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    return {
        (quad.subject, quad.predicate, Decimal(value.value))
        if isinstance(value := quad.object, Literal) and value.datatype == decimal
        else (quad.subject, quad.predicate, value)
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
    }


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of the processor that a piece of work takes, without the garbage of others."""
    gc.collect()
    gc.freeze()
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the seconds of each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=200, help="how many plans")
    number = parser.parse_args().plans
    with TemporaryDirectory() as scratch:
        folder, ours, theirs = Path(scratch) / "plans", Path(scratch) / "kg.ttl", Path(scratch) / "rdflib.ttl"
        folder.mkdir()
        plans = drawn(number, folder)
        store, graph = open_store(), as_rdflib(plans)
        load(store, plans)
        print(f"{len(plans)} plans, {len(graph):,} triples of facts, one core")
        seconds = {
            "kg, from a store": timed(lambda: write_stored(store, ours, "turtle")),
            "rdflib, from its graph": timed(lambda: graph.serialize(theirs, format="turtle")),
            "kg, from plans": timed(lambda: write(plans, ours, "turtle")),
        }
        if told(ours) != told(theirs):
            sys.exit("the files do not hold the same triples")
    for name, taken in seconds.items():
        print(f"{name:24} {len(graph) / taken:12,.0f} triples/s {taken:8.3f} s")
    ratio = seconds["rdflib, from its graph"] / seconds["kg, from a store"]
    print(f"rdflib : kg, from a store {ratio:6.1f}")


if __name__ == "__main__":
    main()
