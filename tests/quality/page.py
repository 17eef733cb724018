"""Tell all checks, with their results, as a page of the docs."""

from __future__ import annotations

from quality import foops, oops, owl2, robot, skos
from quality.check import CHECKS, UNCHECKED
from quality.graph import files, imported, whole

MODULES = (oops, robot, foops, owl2, skos)
"""The modules whose import enters their checks in the register."""

HEAD = """# Checks of the ontology

<!-- Made by `PYTHONPATH=tests python -m quality`; change it there. -->

The field's own tools cannot run in every place, so `tests/quality` makes their checks on our files, in every test run; none may find
anything. The last column counts the findings. What cannot be checked here is listed with its reason.
"""


def page() -> str:
    """Return the page."""
    terms = whole().terms
    lines = [
        HEAD,
        f"{len(CHECKS)} checks, {len(UNCHECKED)} not made; {len(files())} files, {len(terms)} terms of ours, "
        f"{len(imported())} terms in the lists of {len({name.partition(':')[0] for name in imported()})} standards.",
        "",
        "| source | check | level | what it is about | findings |",
        "|---|---|---|---|---|",
        *(f"| {c.source} | {c.id} | {c.level} | {c.text} | {len(list(c.find()))} |" for c in CHECKS),
        "",
        "## Not checked here",
        "",
        "| source | check | level | what it asks | why not |",
        "|---|---|---|---|---|",
        *(f"| {u.source} | {u.id} | {u.level} | {u.text} | {u.reason} |" for u in UNCHECKED),
    ]
    return "\n".join(lines) + "\n"
