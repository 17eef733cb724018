"""Find questions in `queries/`: a name, a query file or SPARQL text goes in, a question comes out."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from kg.assets import asset
from kg.errors import QueryError
from kg.questions.reading import Question, parse, read

__all__ = ["checks", "find", "questions", "understand"]


def questions() -> tuple[Question, ...]:
    """Read every question of `queries/`, in the order of their names."""
    return tuple(read(path, path.stem) for path in sorted(asset("queries").glob("*.rq")))


def checks() -> tuple[Question, ...]:
    """Read every check of `queries/checks/`; its answer must have no row."""
    return tuple(read(path, f"checks/{path.stem}") for path in sorted(asset("queries", "checks").glob("*.rq")))


def find(name: str) -> Question:
    """Return the question or check of this name.

    Raises `QueryError` with the nearest names where there is none.
    """
    known = {question.name: question for question in (*questions(), *checks())}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    raise QueryError(f"no query is called {name!r}: {meant}`kg query --list` shows all")


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
