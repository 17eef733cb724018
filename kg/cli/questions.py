"""The command `kg questions`: words go in, the questions that fit come out, with the way to ask each."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

import kg as library
from kg.output import write_whole

if TYPE_CHECKING:
    from kg.questions import Question

__all__ = ["command", "list_questions", "questions"]

Language = Literal["zh", "en", "both"]


@click.command()
@click.argument("words", nargs=-1)
@click.option("--topic", help="Only questions of this topic: duties, deadlines, targets, money …")
@click.option(
    "--language",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    show_default=True,
    help="Language in which the questions are shown.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="Text, JSON, or Turtle with SHACL SPARQL examples.",
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="URL",
    help="Endpoint that the examples of ttl name; may be repeated; one on this computer without it.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write instead of standard output.")
def questions(
    words: tuple[str, ...],
    *,
    topic: str | None,
    language: Language,
    form: Literal["text", "json", "ttl"],
    targets: tuple[str, ...],
    out: Path | None,
) -> None:
    """Find questions by words in Chinese or English, and show how to ask them; the name of one shows all of it."""
    from kg.questions.examples import DEFAULT_TARGET, write_examples  # noqa: PLC0415  (loads an engine)
    from kg.questions.search import search  # noqa: PLC0415

    _require_topic(topic)
    among = [question for question in library.questions() if topic in (None, question.topic)]
    named = [question for question in among if [question.name] == [word.replace("_", "-") for word in words]]
    found = named or (search(" ".join(words), among) if words else among)
    if form == "text":
        text = _described(named[0], language) if named else _listed(found, language, ranked=bool(words))
    elif form == "json":
        text = json.dumps([_plain(question) for question in found], ensure_ascii=False, indent=1)
    else:
        text = write_examples(found, targets or (DEFAULT_TARGET,)).rstrip("\n")
    if out:
        path = write_whole(out, "".join((text, "\n")))
        click.echo(f"{path}: {len(found)} {'question' if len(found) == 1 else 'questions'}")
    else:
        click.echo(text)
    if not found:
        raise click.ClickException(f"no question has the words {' '.join(words)!r}: kg questions lists all")


def _require_topic(topic: str | None) -> None:
    from kg.questions import TOPICS  # noqa: PLC0415

    if topic is not None and topic not in TOPICS:
        message = f"{topic!r} is no topic: take one of {', '.join(TOPICS)}"
        raise click.BadParameter(message, click.get_current_context(), param_hint="--topic")


def list_questions(known: Sequence[Question]) -> None:
    """Print every question in both languages with the way to ask it."""
    click.echo(_listed(known, "both", ranked=False))


def _listed(found: Sequence[Question], language: Language, *, ranked: bool) -> str:
    """List questions: the best first, or under their topics."""
    from kg.questions import TOPICS  # noqa: PLC0415

    if ranked:
        return "\n".join(line for question in found for line in _entry(question, language))
    lines: list[str] = []
    for topic, names in TOPICS.items():
        own = [question for question in found if question.topic == topic]
        if own:
            head = {"en": names[0], "zh": names[1], "both": f"{names[1]} {names[0]}"}[language]
            lines += ["", f"{head} (--topic {topic})", ""]
            lines += [line for question in own for line in _entry(question, language)]
    return "\n".join(lines[1:])


def _entry(question: Question, language: Language) -> list[str]:
    return [question.name, *(f"    {text}" for text in _asked(question, language)), f"    {command(question)}"]


def _asked(question: Question, language: Language) -> list[str]:
    spoken = {"en": [question.question_en], "zh": [question.question_zh]}
    return spoken.get(language) or [question.question_en, question.question_zh]


def command(question: Question) -> str:
    """Write the command of the example, then the parameters that can be left out."""
    words = ["kg", "query", question.name]
    for name, value in question.example.items():
        words += [f"--{name}", shlex.quote(value) if set(value) & set(" '\"$`\\!*?&;|<>()") else value]
    more = [f"[--{p.name} {p.type.upper()}]" for p in question.parameters if p.name not in question.example]
    return " ".join((*words, *more))


def _described(question: Question, language: Language) -> str:
    """Describe one question in full: parameters, columns, the command and its example answer."""
    from kg.columns import aligned  # noqa: PLC0415
    from kg.questions.library import example_answer  # noqa: PLC0415

    lines = [question.name, *(f"    {text}" for text in _asked(question, language))]
    for title, rows in (
        (
            {"zh": "参数"}.get(language, "Parameters"),
            [(f"--{p.name}", p.type, p.default or "required", *_texts(p, language)) for p in question.parameters],
        ),
        ({"zh": "列"}.get(language, "Columns"), [(c.name, *_texts(c, language)) for c in question.columns]),
    ):
        if rows:
            lines += ["", title, *(f"    {line}" for line in aligned((), rows))]
    lines += ["", {"zh": "示例"}.get(language, "Example"), f"    {command(question)}", ""]
    columns, answered = example_answer(question)
    return "\n".join([*lines, *(f"    {line}" for line in aligned(columns, answered))])


def _texts(part: Any, language: Language) -> Iterable[str]:
    spoken = {"en": [part.text], "zh": [part.text_zh or part.text]}
    return spoken.get(language) or [part.text, part.text_zh]


def _plain(question: Question) -> dict[str, Any]:
    parts = {
        "parameters": [
            {"name": p.name, "type": p.type, "default": p.default, "en": p.text, "zh": p.text_zh}
            for p in question.parameters
        ],
        "columns": [{"name": c.name, "en": c.text, "zh": c.text_zh} for c in question.columns],
    }
    return {
        "name": question.name,
        "topic": question.topic,
        "en": question.question_en,
        "zh": question.question_zh,
        "words": list(question.words),
        **parts,
        "facts": list(question.facts),
        "example": dict(question.example),
        "command": command(question),
        "sparql": question.sparql,
    }
