"""Write the pages of this folder that the code itself tells: the tables, the questions and the schema of the records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.queries import Question, checks, questions
from kg.records_file import schema
from kg.tables import TABLES

HERE = Path(__file__).resolve().parent
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


PAGES = {"tables.md": tables, "queries.md": queries, "records.schema.json": schema}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
