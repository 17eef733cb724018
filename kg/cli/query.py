"""The command `kg query`: a question and its parameters go in, its answer comes out on standard output or in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg as library
from kg.cli.endpoints import Opener, asked_options
from kg.errors import QueryError
from kg.output import write_whole

if TYPE_CHECKING:
    from kg.answers import Answer
    from kg.asking import Engine
    from kg.questions import Question

__all__ = ["query"]

_FORMATS = ("table", "csv", "tsv", "json", "xlsx", "markdown", "ttl", "nt", "jsonld")
"""Those of `kg.answers.FORMATS`, which loads an engine."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("given", metavar="[NAME|FILE|SPARQL] [--PARAMETER VALUE …]", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--list", "lists", is_flag=True, help="List the questions that have a name; kg questions finds among them."
)
@asked_options
@click.option("--param", "pairs", multiple=True, metavar="KEY=VALUE", help="Value of a parameter; may be repeated.")
@click.option("--evidence", is_flag=True, help="Show with each row where the text says it.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="How to write the answer; table without it.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="File of the answer, whose suffix tells the format: .csv, .xlsx …",
)
def query(  # noqa: PLR0913  (one for each option)
    given: tuple[str, ...],
    *,
    lists: bool,
    engine: Opener,
    pairs: tuple[str, ...],
    evidence: bool,
    form: str | None,
    out: Path | None,
) -> None:
    """Ask a question of a build, or of a server: one of ours by its name, a query file (.rq), or SPARQL itself.

    Each parameter of a question is an option: kg query who-answers-for --department 民政 --region 万州. Names are taken as people
    write them; one that can mean several is answered with the choices.
    """
    from kg.answers import FORMATS, format_of, write  # noqa: PLC0415  (loads an engine)
    from kg.cli.questions import list_questions  # noqa: PLC0415
    from kg.questions import understand  # noqa: PLC0415

    if lists:
        list_questions(library.questions())
        return
    asked, options = _split(given)
    if asked is None:
        raise _misuse("which question? give a name, a file or SPARQL; kg questions lists them")
    form = form or (format_of(out) if out else "table")
    if FORMATS[form].binary and out is None:
        raise _misuse(f"{form} is no text: name a file with -o")
    question = understand(asked)
    parameters = _parameters(pairs) | _options(question, options)
    verb, opened = (library.ask_with_evidence if evidence else library.ask), engine()
    answered = verb(opened, question, **parameters)
    _give(write(answered, form), f"{len(answered.rows)} {'row' if len(answered.rows) == 1 else 'rows'}", out, form)
    _note(opened, question, answered)


def _note(engine: Engine, question: Question, answered: Answer) -> None:
    """Tell of an empty answer which terms of the query the data does not use at all, and why where that is known."""
    from kg.asking.terms import is_empty, unused  # noqa: PLC0415
    from kg.competency import not_asked  # noqa: PLC0415

    if not is_empty(answered):
        return
    reasons, idle = not_asked(), tuple[str, ...]()
    with suppress(QueryError):  # the answer stands, and a server that refuses to say more does not take it back
        idle = unused(question, engine)
    for term in idle:
        why = f" {reasons[term]}" if term in reasons else ""
        click.echo(f"kg: note: the data has no triple with {term}.{why}", err=True)


def _give(written: bytes, count: str, out: Path | None, form: str) -> None:
    """Put an answer in its place, and tell how many rows it has."""
    if out:
        click.echo(f"{write_whole(out, written)}: {count}", err=True)
        return
    click.echo(written, nl=False)
    if form == "table":
        click.echo(f"\n{count}", err=True)


def _split(given: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Split what stands on the command line into the question and options of its own."""
    rest, options, words = list(given), dict[str, str](), list[str]()
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            words.append(word)
            continue
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            raise _misuse(f"No such option: {name}")
        if not equals and not rest:
            raise _misuse(f"Option {name!r} requires an argument")
        options[name[2:]] = value if equals else rest.pop(0)
    if len(words) > 1:
        raise _misuse(
            f"one question at a time, and {words[1]!r} is another: quote SPARQL, and write --{words[1]} for a parameter"
        )
    return (words[0] if words else None), options


def _options(question: Question, options: Mapping[str, str]) -> dict[str, str]:
    """Give the parameters that options name; in their names underscores and hyphens are the same."""
    known = {parameter.name.replace("_", "-"): parameter.name for parameter in question.parameters}
    for name in options:
        if name.replace("_", "-") not in known:
            takes = ", ".join(f"--{name}" for name in known)
            raise _misuse(f"No such option: --{name}; {question.name} takes {takes or 'none of its own'}")
    return {known[name.replace("_", "-")]: value for name, value in options.items()}


def _parameters(pairs: Sequence[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{pair!r} is no KEY=VALUE", click.get_current_context(), param_hint="--param")
        made[key] = value
    return made


def _misuse(message: str) -> click.UsageError:
    return click.UsageError(message, click.get_current_context())
