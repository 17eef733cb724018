"""Measure reading and extracting on one core, beside the bare matching of all patterns over the same texts.

    python benchmarks/extract.py [FOLDER] [--seconds 5]

The folder's .txt files are read and extracted again and again; without one, those of KG_CORPUS, else the invented
documents of the tests. Caches are emptied before each round, so that no document is met twice. The matching is the
ceiling: every named pattern that is looked for in a text, run over the folded text once. Patterns that are only held
against a whole line or cell are left out of it: to look for them anywhere would be work that nobody does.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from types import ModuleType

from kg.documents import read
from kg.documents.passage import fold
from kg.extract import extract
from kg.grammar.pattern import Pattern

INVENTED = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "two"


def modules() -> Iterator[ModuleType]:
    """Give all modules that read and extract."""
    for room in ("documents", "extract", "grammar"):
        package = importlib.import_module(f"kg.{room}")
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def patterns() -> list[Pattern]:
    """Give every named pattern once."""
    found = {value.name: value for module in modules() for value in vars(module).values() if isinstance(value, Pattern)}
    return [found[name] for name in sorted(found)]


def empty_caches() -> None:
    """Forget what was read before."""
    for module in modules():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def rounds(work: Callable[[], None], seconds: float) -> float:
    """Give the median time of a round of work, after one that does not count."""
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while len(taken) < 4 or time.perf_counter() < end:
        empty_caches()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken[1:])


def main() -> None:
    """Print documents a second for each measure, and the ratio of extraction to matching."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(os.environ.get("KG_CORPUS") or INVENTED))
    parser.add_argument("--seconds", type=float, default=5.0, help="time for each of the measures")
    chosen = parser.parse_args()
    sources = [(path.name, path.read_bytes()) for path in sorted(chosen.folder.glob("*.txt"))]
    if not sources:
        sys.exit(f"{chosen.folder}: holds no .txt file: name a folder of documents")
    documents = [read(data, name=name) for name, data in sources]
    texts = [fold(document.text) for document in documents]
    expressions = [pattern.regex for pattern in patterns() if not pattern.whole]

    def read_all() -> None:
        for name, data in sources:
            read(data, name=name)

    def extract_all() -> None:
        for document in documents:
            extract(document)

    def match_all() -> None:
        for text in texts:
            for expression in expressions:
                for _ in expression.finditer(text):
                    pass

    reading, extracting, matching = (
        rounds(work, chosen.seconds) / len(sources) for work in (read_all, extract_all, match_all)
    )
    characters = sum(map(len, texts)) / len(texts)
    print(f"{len(sources)} documents of {characters:,.0f} characters on average, one core, caches empty")
    for name, seconds in (
        ("read", reading),
        ("extract", extracting),
        ("read and extract", reading + extracting),
        (f"match {len(expressions)} patterns", matching),
    ):
        print(f"{name:20} {1 / seconds:8,.1f} documents/s {seconds * 1000:8.2f} ms a document")
    print(f"extract : match      {extracting / matching:8.2f}")


if __name__ == "__main__":
    main()
