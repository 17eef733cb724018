"""Tell all checks, with their results, as a page of the docs."""

from __future__ import annotations

from quality import foops, oops, owl2, robot, skos
from quality.check import CHECKS, SOURCES, UNCHECKED, Check
from quality.graph import files, imported, whole

MODULES = (oops, robot, foops, owl2, skos)
"""The modules whose import enters their checks in the register."""

HEAD = """# Checks of the ontology

<!-- Made from the code by `make docs`; change it there. -->

The field's own tools cannot run in every place, so `tests/quality` makes their checks on our files, in every test run; none may find
anything. What cannot be checked here is listed with its reason.
"""


def result(check: Check) -> str:
    """Say whether a check finds anything, and how much."""
    found = len(list(check.find()))
    return f"{found} findings" if found else "passed"


def listed(source: str) -> list[Check]:
    """Return the checks of a source that are made."""
    return [check for check in CHECKS if check.source == source]


def page() -> str:
    """Return the page."""
    terms = whole().terms
    lines = [
        HEAD,
        f"{len(CHECKS)} checks, {len(UNCHECKED)} not made; {len(files())} files, {len(terms)} terms of ours, "
        f"{len(imported())} terms in the lists of {len({name.partition(':')[0] for name in imported()})} standards.",
        "",
        "| source | checks | where they are listed | what was read there |",
        "|---|---|---|---|",
        *(f"| {name} | {len(listed(name))} | {where} | {what} |" for name, (where, what) in SOURCES.items()),
        "",
        "## Checked in every test run",
        "",
        "| source | check | level | what it is about | result |",
        "|---|---|---|---|---|",
        *(f"| {c.source} | {c.id} | {c.level} | {c.text} | {result(c)} |" for c in CHECKS),
        "",
        "## Not checked here",
        "",
        "| source | check | level | what it asks | why not |",
        "|---|---|---|---|---|",
        *(f"| {u.source} | {u.id} | {u.level} | {u.text} | {u.reason} |" for u in UNCHECKED),
    ]
    return "\n".join(lines) + "\n"
