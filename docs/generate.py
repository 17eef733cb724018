"""Write the pages that the code itself tells: tables, questions, the schema of the records, and what the README shows."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path

import kg
from kg.cli import show
from kg.queries import Question, checks, questions
from kg.records_file import schema
from kg.score.annotation import schema as annotation_schema
from kg.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made from the code by `make docs`; change it there. -->"


def tables() -> str:
    """Give the page on the tables: every column of each, with what it holds."""
    head = (
        "# Tables",
        "`kg tables` and every build write these as CSV: UTF-8, a header row, one fact a row, sorted by document and, within it, by place. "
        "Names and columns are a public interface: they stay, and more columns may follow. `start` and `end` are offsets in the "
        "normalised text of the document (`kg.read(path).text[start:end]`); an empty cell means that the document does not say.",
    )
    parts = [
        f"## {name}\n\n| column | what it holds |\n|---|---|\n{_rows(spec.columns)}" for name, spec in TABLES.items()
    ]
    return _page(*head, *parts)


def queries() -> str:
    """Give the page on the questions that have a name."""
    head = (
        "# Questions",
        "`kg query NAME` answers these from the store of a build; each is a file of `queries/`, plain SPARQL 1.1 that runs on any endpoint. "
        "`--param KEY=VALUE` sets a parameter; a parameter with a default may be left out, and `any` leaves it open.",
    )
    tests = "\n".join(f"- `{check.name}`: {check.question_en}" for check in checks())
    asked = [_question(question) for question in questions()]
    return _page(
        *head, *asked, "## Checks", "These must have no answer; one that has tells of a fault in the data.", tests
    )


def _question(question: Question) -> str:
    lines = [f"## {question.name}", "", question.question_en, "", question.question_zh]
    if question.parameters:
        lines += ["", "| parameter | type | default | meaning |", "|---|---|---|---|"]
        lines += [f"| `{p.name}` | {p.type} | {p.default or 'required'} | {p.text} |" for p in question.parameters]
    lines += ["", "| column | what it holds |", "|---|---|", *(f"| `{c.name}` | {c.text} |" for c in question.columns)]
    return "\n".join(lines)


def _rows(columns: Mapping[str, str]) -> str:
    return "\n".join(f"| `{name}` | {text} |" for name, text in columns.items())


def _page(title: str, *parts: str) -> str:
    return "\n\n".join((title, MADE, *parts)) + "\n"


def shown() -> str:
    """Give the head of what a build of the bundled dataset prints: the counts, five functions and who carries most."""
    plans = kg.gather().plans
    with redirect_stdout(io.StringIO()) as out:
        show.documents(plans)
        show.headline(plans)
    lines = out.getvalue().splitlines()
    start = next(at for at, line in enumerate(lines) if "by function" in line)
    kept = [*lines[:start], *lines[start : start + 7], "", lines[-1]]
    return "\n".join(["```text", *kept, "```"])


def readme(name: str) -> str:
    """Give a README with what a build prints now."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.sub(r"(?s)(?<=<!-- build -->\n).*?(?=<!-- /build -->)", lambda _: f"{shown()}\n", text)


PAGES = {
    "docs/tables.md": tables,
    "docs/queries.md": queries,
    "docs/records.schema.json": schema,
    "docs/annotation.schema.json": annotation_schema,
    "README.md": lambda: readme("README.md"),
    "README.zh-CN.md": lambda: readme("README.zh-CN.md"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8")
