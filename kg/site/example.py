"""Work an example: an invented plan is read as any other, and its Turtle, its questions and their answers come out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Triple

import kg as library
from kg.answers import Answer
from kg.asking import ask
from kg.assets import asset
from kg.export import WRITERS, write
from kg.graph_files import read_graph
from kg.questions import Question, read_question
from kg.records import Plan
from kg.store import load, open_store

__all__ = ["Asked", "Example", "work_example"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of `queries/examples` with its answer."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The text of the plan, its facts and its evidence as Turtle, all triples, and the questions with their answers."""

    text: str
    facts: str
    evidence: str
    triples: tuple[Triple, ...]
    asked: tuple[Asked, ...]


def work_example() -> Example:
    """Read the invented plan of `visualize/site` and ask it every question of `queries/examples`."""
    document = library.read(asset("visualize", "site/example.txt"))
    plan = library.resolve(library.extract(document))
    store = open_store()
    load(store, [plan])
    questions = [read_question(path) for path in sorted(asset("queries", "examples").glob("*.rq"))]
    with TemporaryDirectory() as folder:
        facts, evidence = (_written(plan, Path(folder), form) for form in ("turtle", "evidence"))
        return Example(
            text=document.text,
            facts=facts.read_text(encoding="utf-8"),
            evidence=evidence.read_text(encoding="utf-8"),
            triples=(*read_graph(facts).triples, *read_graph(evidence).triples),
            asked=tuple(Asked(question=question, answer=ask(store, question)) for question in questions),
        )


def _written(plan: Plan, folder: Path, form: str) -> Path:
    path = folder / f"plan{WRITERS[form].suffix}"
    write([plan], path, form)
    return path
