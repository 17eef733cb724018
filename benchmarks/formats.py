"""Measure reading and extracting files of each format on one core, in documents a second.

    python benchmarks/formats.py [FOLDER] [--seconds 5]

The files of FOLDER are read and extracted again and again, those of each ending by themselves; without a folder, invented
plans that are drawn at random and written in each format (`tests/generated`): several tables each, PDF with ruled ones.
Caches are emptied before each round, so that no document is met twice.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from extract import empty_caches, rounds

from kg.documents import read
from kg.extract import extract

GENERATED = Path(__file__).resolve().parents[1] / "tests" / "generated"
DRAWN = 20
FORMATS = ("text", "html", "docx", "pdf")


def generated() -> ModuleType:
    """Load the package that draws plans at random."""
    spec = importlib.util.spec_from_file_location("generated", GENERATED / "__init__.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{GENERATED}: cannot be loaded: run this in a checkout")
    module = importlib.util.module_from_spec(spec)
    sys.modules["generated"] = module
    spec.loader.exec_module(module)
    return module


def drawn(form: str) -> list[tuple[str, bytes]]:
    """Draw the largest of many plans and write each in a format."""
    plans = generated()
    made = []
    for seed in range(10 * DRAWN):
        pick = plans.Seeded(seed)
        written = plans.write(plans.draw_sketch(pick), form, pick)
        made.append((len(written.text), written.name, written.data))
    return [(name, data) for _, name, data in sorted(made, reverse=True)[:DRAWN]]


def main() -> None:
    """Print documents a second and characters for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0, help="time for each format")
    chosen = parser.parse_args()
    if chosen.folder:
        files = [path for path in sorted(chosen.folder.iterdir()) if path.is_file()]
        kinds = {
            ending: [(path.name, path.read_bytes()) for path in files if path.suffix == ending]
            for ending in sorted({path.suffix for path in files})
        }
    else:
        kinds = {form: drawn(form) for form in FORMATS}
    for kind, sources in kinds.items():

        def read_all(sources: list[tuple[str, bytes]] = sources) -> None:
            for name, data in sources:
                extract(read(data, name=name))

        empty_caches()
        took = rounds(read_all, chosen.seconds) / len(sources)
        characters = sum(len(read(data, name=name).text) for name, data in sources) // len(sources)
        size = sum(len(data) for _, data in sources) // len(sources)
        print(
            f"{kind:6} {len(sources):3} documents of {characters:,} characters, {size:,} bytes: {1 / took:6.1f} a second"
        )


if __name__ == "__main__":
    main()
