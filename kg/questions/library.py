"""Find questions in `queries/`: a name, a query file or SPARQL text goes in, a question comes out.

The folders of `TOPICS` hold the questions, one a file; their names are unique. The other folders of `queries/` belong to
rooms of the code and answer no question of a user.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.assets import asset
from kg.errors import QueryError
from kg.questions.reading import Question, parse, read

__all__ = ["TOPICS", "checks", "example_answer", "find", "questions", "understand"]

TOPICS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "duties": ("Who owes what", "责任分工"),
        "deadlines": ("By when", "完成时限"),
        "targets": ("Targets and promised numbers", "指标与量化目标"),
        "money": ("Projects and money", "项目与资金"),
        "citations": ("Acts that documents cite", "文件引用"),
        "comparison": ("Regions compared", "地区比较"),
        "bodies": ("Bodies and their names", "机构与名称"),
        "documents": ("Documents and regions", "文件与地区"),
        "evidence": ("Where the text says so", "原文出处"),
        "quality": ("What is missing or doubtful", "数据质量"),
    }
)
"""The topics of the questions, in reading order, with their names in English and Chinese."""


@cache
def questions() -> tuple[Question, ...]:
    """Read every question of `queries/`, in the order of their names."""
    paths = [path for topic in TOPICS for path in asset("queries", topic).glob("*.rq")]
    return tuple(read(path, path.stem, path.parent.name) for path in sorted(paths, key=lambda path: path.stem))


@cache
def checks() -> tuple[Question, ...]:
    """Read every check of `queries/checks/`; its answer must have no row."""
    return tuple(read(path, f"checks/{path.stem}") for path in sorted(asset("queries", "checks").glob("*.rq")))


def example_answer(question: Question) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and the first rows of the stored answer of the example of a question, on the bundled dataset.

    Raises `KgError` where there is none.
    """
    with asset("data", f"answers/{question.name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = map(tuple, csv.reader(file))
    return columns, rows


def find(name: str) -> Question:
    """Return the question or check of this name; underscores and hyphens are the same.

    Raises `QueryError` with the nearest names where there is none.
    """
    known = {question.name: question for question in (*questions(), *checks())}
    wanted = name.replace("_", "-")
    topic, _, local = wanted.rpartition("/")
    if wanted in known:
        return known[wanted]
    if topic in TOPICS and local in known and known[local].topic == topic:
        return known[local]
    near = get_close_matches(wanted, known, n=3, cutoff=0.4)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    raise QueryError(f"no query is called {name!r}: {meant}`kg questions` shows all")


def understand(question: str | Path | Question) -> Question:
    """Return the question that is meant: one of ours by its name, a query file, or SPARQL text.

    Raises `QueryError` for an unknown name and a file that is not there.
    """
    if isinstance(question, Question):
        return question
    if isinstance(question, Path) or question.endswith(".rq"):
        path = Path(question)
        if not path.is_file():
            raise QueryError(f"{path}: no such query file")
        return read(path, path.name)
    if re.search(r"[{\s]", question.strip()):
        return parse(question, "query")
    return find(question)
