"""Read the competency questions of the ontology: what it must answer, by which query, in which terms, and with what result.

They are rows of `ontology/requirements/competency-questions.csv`; the answer of each on the bundled dataset is stored beside
them. A competency question is a requirement that can be run (Grüninger and Fox 1995; the LOT methodology keeps them as CSV).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.asking import ask
from kg.assets import asset
from kg.questions import Question, find
from kg.questions.reading import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import Store

__all__ = [
    "COLUMNS",
    "CompetencyQuestion",
    "answer",
    "competency_questions",
    "needed_terms",
    "not_asked",
    "result",
    "table",
]

COLUMNS = ("id", "theme", "asked_by", "question_zh", "question_en", "query", "parameters", "portable", "terms")
"""The columns of the file: `parameters` as `name=value; …`, `portable` yes or no, `terms` as prefix:name in order."""

_TERM = re.compile(r"(?<![\w?:])(?:resp|dct|eli|oa|org|prov|rdfs|skos):\w+")
_TYPE = re.compile(r"(?:\?\w+|;)\s+a\s")
_NOT_TERMS = re.compile(r'^PREFIX .*$|#.*$|"[^"\n]*"', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyQuestion:
    """One question of a user: its words, the query that answers it with its parameters, and the terms that the query needs.

    `portable` tells whether rdflib gives the same rows too.
    """

    id: str
    theme: str
    asked_by: str
    question_zh: str
    question_en: str
    query: str
    parameters: Mapping[str, str]
    portable: bool
    terms: tuple[str, ...]


def competency_questions() -> tuple[CompetencyQuestion, ...]:
    """Read every competency question, in the order of the file.

    Raises `QueryError` for a parameter that is no `name=value`.
    """
    return tuple(
        CompetencyQuestion(
            id=row["id"],
            theme=row["theme"],
            asked_by=row["asked_by"],
            question_zh=row["question_zh"],
            question_en=row["question_en"],
            query=row["query"],
            parameters=pairs(row["parameters"], f"competency-questions.csv: {row['id']}"),
            portable=row["portable"] == "yes",
            terms=tuple(row["terms"].split()),
        )
        for row in _rows(asset("ontology", "requirements/competency-questions.csv"))
    )


def needed_terms(question: Question) -> tuple[str, ...]:
    """Return the classes and properties that a query names, as prefix:name, sorted; `a` counts as rdf:type."""
    sparql = _NOT_TERMS.sub("", question.sparql)
    return tuple(sorted({*_TERM.findall(sparql), *(["rdf:type"] if _TYPE.search(sparql) else [])}))


def not_asked(language: Literal["en", "zh"] = "en") -> dict[str, str]:
    """Return the terms that no competency question needs, each with the reason in a language."""
    return {row["term"]: row[f"reason_{language}"] for row in _rows(asset("ontology", "requirements/not-asked.csv"))}


def answer(store: Store, question: CompetencyQuestion) -> str:
    """Answer a competency question and return the result as CSV: a header row, then the rows in the order of the query."""
    asked = find(question.query)
    found = ask(store, asked, **question.parameters)
    return table((column.name for column in asked.columns), found.strings())


def result(question: CompetencyQuestion) -> str:
    """Return the stored result of a competency question, as CSV.

    Raises `KgError` where there is none.
    """
    return asset("ontology", f"requirements/results/{question.id}.csv").read_text(encoding="utf-8")


def table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Write rows as CSV with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
