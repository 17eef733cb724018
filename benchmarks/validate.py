"""Measure the validation of generated plans beside pySHACL, which runs the same shapes over the same graph.

    python benchmarks/validate.py [--plans 1000] [--core]

Invented plans are drawn as the tests draw them, read, extracted and loaded into a store in memory. Our validator runs on the
store; pySHACL runs on the same triples in a graph of rdflib, in the same process. Both load times are printed, and both sets
of results are compared: the run fails where they differ. --core leaves out the shapes with SPARQL, the cross-checks, on both
sides: SPARQL in rdflib is slow, so the ratio without it is the smaller one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import rdflib
from rdflib.namespace import SH

from kg.documents import read
from kg.extract import extract
from kg.records import Plan
from kg.resolve import resolve
from kg.sources.settling import renamed
from kg.validate import load_plans, validate
from kg.validate.model import Component
from kg.validate.shapes import our_shapes

TESTS = Path(__file__).resolve().parents[1] / "tests"


def module(name: str, path: Path) -> ModuleType:
    """Load a module of the tests, or a package with its modules."""
    places = [str(path.parent)] if path.name == "__init__.py" else None
    spec = spec_from_file_location(name, path, submodule_search_locations=places)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: is missing: run this in a checkout")
    made = module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made


def draw(number: int) -> Iterator[Plan]:
    """Draw plans, each with an id of its own."""
    generated = module("generated", TESTS / "generated" / "__init__.py")
    for seed in range(number):
        pick = generated.Seeded(seed)
        written = generated.write(generated.draw_sketch(pick), "text", pick)
        plan = resolve(extract(read(written.data, name=f"plan{seed}.txt")))
        yield renamed(plan, f"{plan.document.id}-{seed}")


def main() -> None:
    """Print the time of each step for both, and the ratios; fail where the results differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=1000, help="how many plans are drawn")
    parser.add_argument("--core", action="store_true", help="leave out the shapes with SPARQL")
    chosen = parser.parse_args()
    rdflib.NORMALIZE_LITERALS = False
    reference = module("shacl_reference", TESTS / "shacl_reference.py")
    plans = list(draw(chosen.plans))
    shapes, shapes_graph = our_shapes(), reference.shapes_graph()
    if chosen.core:
        crossing = [shape for shape in shapes if any(one.component is Component.SPARQL for one in shape.constraints)]
        shapes = tuple(shape for shape in shapes if shape not in crossing)
        for shape in crossing:
            shapes_graph.add((rdflib.URIRef(shape.iri.value), SH.deactivated, rdflib.Literal(True)))

    start = time.perf_counter()
    store = load_plans(plans)
    loaded = time.perf_counter()
    found = validate(store, shapes)
    done = time.perf_counter()
    ours = (loaded - start, done - loaded)
    print(f"{chosen.plans:,} generated plans, {len(store):,} triples with the vocabulary, {len(shapes)} node shapes")
    print(f"kg         load {ours[0]:9.2f} s   validate {ours[1]:9.2f} s   {len(found.results):,} results", flush=True)

    start = time.perf_counter()
    graph = reference.data_graph(store)
    loaded = time.perf_counter()
    expected = reference.results_of(graph, shapes_graph)
    done = time.perf_counter()
    theirs = (loaded - start, done - loaded)
    print(f"pySHACL    load {theirs[0]:9.2f} s   validate {theirs[1]:9.2f} s   {len(expected):,} results")
    print(f"ratio      validate {theirs[1] / ours[1]:.1f}   load and validate {sum(theirs) / sum(ours):.1f}")
    if reference.ours(found) != expected:
        sys.exit("the results differ")
    print("the results are the same")


if __name__ == "__main__":
    main()
