"""Measure the build of the store beside the engine's own bulk load, and a rebuild after one change beside a full build.

    python benchmarks/store.py [--plans 1000] [--rounds 3]

Invented plans are drawn at random (`tests/generated`) and built into a folder; then the document in the middle is changed
and the folder built anew, in this process and, at the end, as a command, which starts Python and loads the program. The
engine loads the N-Quads of the build, and the store is built from the same quads as `kg build` does it (vocabulary and
compaction included) and from the plans themselves, in turns, the best of all rounds. Each ratio is of one run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from formats import generated
from pyoxigraph import RdfFormat, Store

import kg
from kg.store import fill, write_store


def draw(number: int, folder: Path) -> None:
    """Draw plans and write each as a file of text."""
    plans = generated()
    folder.mkdir()
    for seed in range(number):
        pick = plans.Seeded(seed)
        (folder / f"{seed:05}.txt").write_bytes(plans.write(plans.draw_sketch(pick), "text", pick).data)


def seconds(work: Callable[[], object]) -> float:
    """Give the seconds on the clock that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def loading(out: Path, scratch: Path, rounds: int) -> None:
    """Print quads a second of the engine and of ours."""
    quads = out / "graph.nq"
    with quads.open("rb") as file:
        number = sum(1 for _ in file)
    plans = kg.build.__globals__["StoredPlans"](out / "cache" / "ledger.sqlite")

    def engine(folder: Path) -> None:
        store = Store(str(folder))
        store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
        store.flush()

    ways: dict[str, Callable[[Path], object]] = {
        "engine, bulk load of N-Quads": engine,
        "kg build, from the N-Quads": lambda folder: fill(folder, quads),
        "kg, from plans": lambda folder: write_store(plans, folder),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            folder = scratch / "loaded"
            taken[name].append(seconds(lambda way=way, folder=folder: way(folder)))
            shutil.rmtree(folder)
    best = {name: min(times) for name, times in taken.items()}
    print(f"store: {number:,} quads, best of {rounds}")
    for name, took in best.items():
        share = next(iter(best.values())) / took
        print(f"  {name:32} {number / took:10,.0f} quads/s {took:8.2f} s {share:6.0%} of the engine", flush=True)


def change(file: Path, text: str, number: int) -> None:
    """Change a document as a person does: another figure in it."""
    file.write_text(text + f"\n到2031年，修好灯塔{number}座。\n", encoding="utf-8")


def rebuilding(name: str, folder: Path, full: Callable[[], object], again: Callable[[], object], rounds: int) -> None:
    """Print the seconds of a full build, of a rebuild after one change (the median), and their ratio."""
    files = sorted(folder.iterdir())
    file = files[len(files) // 2]
    text = file.read_text(encoding="utf-8")
    whole = seconds(full)
    times = []
    for number in range(rounds):
        change(file, text, number + len(name))
        times.append(seconds(again))
    took = sorted(times)[len(times) // 2]
    print(
        f"{name:16} full build {whole:8.1f} s, one of {len(files)} changed {took:8.2f} s {took / whole:6.2%}",
        flush=True,
    )


def main() -> None:
    """Print quads a second and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=1000, help="how many plans")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    chosen = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder, out = Path(scratch) / "plans", Path(scratch) / "out"
        draw(chosen.plans, folder)
        build = partial(kg.build, [folder], out)
        rebuilding("in one process", folder, build, build, chosen.rounds)
        loading(out, Path(scratch), chosen.rounds)
        command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out)]
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        rebuilding("as a command", folder, partial(run, [*command, "--full"]), partial(run, command), chosen.rounds)


if __name__ == "__main__":
    main()
