"""The subcommands of `kg`, one function each; what they need is loaded when they run, so that `kg --help` is quick."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

import kg as library
from kg.cli import show
from kg.cli.dataset import dataset
from kg.cli.docs import docs
from kg.cli.export import export
from kg.cli.gathering import finish, gather, progress
from kg.cli.reason import reason
from kg.cli.reviewing import review, write_records
from kg.cli.score import score
from kg.cli.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.records import Plan

__all__ = ["kg"]

_sources = click.argument("sources", nargs=-1)


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  (0.02 s)

    if asked and not context.resilient_parsing:
        try:
            click.echo(f"kg {version('policy-responsibility-graph')}")
        except PackageNotFoundError as error:
            raise click.ClickException(
                "not installed, so without a version: pip install -e . in the checkout"
            ) from error
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
def kg() -> None:
    """Read Chinese local-government plans and answer who owes what, by when, and where the document says so.

    SOURCES are documents (.txt, .md, .html, .docx, .doc, .pdf), records (.yaml, from kg extract), folders and ZIP
    archives of these, URLs (http, https), or - for standard input; records win over the document they were made from.
    Without one, a command uses the bundled dataset of five documents, four plans and a reply. An error is one line on
    standard error and exit code 1; a wrong use of the command is exit code 2.
    """


@kg.command()
@_sources
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder of the outputs.",
)
def build(sources: tuple[str, ...], out: Path) -> None:
    """Build tables, graph, store and records of SOURCES, and print who carries most.

    One source that cannot be read is reported and the rest are built; the exit code is 1 then.
    """
    with progress(sources) as report:
        made = library.build(sources, out, progress=report)
    show.documents(made.plans)
    show.headline(made.plans)
    show.left_out(made.plans, made.folder)
    show.outputs(made.folder)
    finish(made)


@kg.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="A .yaml file for one source, or a folder; standard output without it.",
)
@click.option(
    "--facts-only",
    is_flag=True,
    help="Leave out every sentence of the document: names, figures, dates and offsets stay.",
)
@click.option(
    "--overwrite", is_flag=True, help="Take the new reading entirely: corrections in files that are there are lost."
)
@click.option("--strict", is_flag=True, help="Fail where a place that looks like a fact was not read.")
def extract(sources: tuple[str, ...], *, out: Path | None, facts_only: bool, overwrite: bool, strict: bool) -> None:
    """Extract the records of SOURCES as YAML; places that look like a fact and gave none are listed at the end.

    Into a file that is there the new reading is merged: what a person changed, added or deleted stays, the rest follows
    the reading, and where that now differs at a corrected place, a line says so.
    """
    from kg.sources import gathering  # noqa: PLC0415  (loads the readers)

    shape = _shape(facts_only=facts_only)
    with ExitStack() as stack:
        with progress(sources) as report:
            gathered = stack.enter_context(gathering(sources, progress=report))
        if out is None:
            for number, plan in enumerate(gathered.plans):
                click.echo((("---\n" if number else "") + library.dumps(shape(plan))).encode(), nl=False)
        else:
            write_records(gathered.plans, out, shape, overwrite=overwrite, mergeable=not facts_only)
        places = show.unread(gathered.plans)
        finish(
            gathered,
            [f"not read: {places} {'place' if places == 1 else 'places'}, listed above"] if strict and places else (),
        )


def _shape(*, facts_only: bool) -> Callable[[Plan], Plan]:
    """Give what is written of a plan: all of it, or all but the sentences of the document."""
    if not facts_only:
        return lambda plan: plan
    from kg.facts_only import own_titles  # noqa: PLC0415

    titles = own_titles()
    return lambda plan: library.facts_only(plan, titles)


@kg.command()
@_sources
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder of the tables.")
def tables(sources: tuple[str, ...], out: Path) -> None:
    """Write all tables of SOURCES as CSV."""
    gathered = gather(sources)
    click.echo(f"{len(library.write_tables(gathered.plans, out))} tables in {out}")
    finish(gathered)


@kg.command()
@_sources
@click.option(
    "--by",
    type=click.Choice(["function", "organization"]),
    default="function",
    show_default=True,
    help="What a row stands for.",
)
@click.option(
    "--with-collective", is_flag=True, help="Count bodies that are many under one name too, such as 各镇乡街道."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True, help="How to print it."
)
def rank(sources: tuple[str, ...], by: Literal["function", "organization"], with_collective: bool, form: str) -> None:
    """Rank who owes most: government functions across regions, or the organisations of each region."""
    gathered = gather(sources)
    rows = library.rank(gathered.plans, by=by, collective=with_collective, labels=library.function_labels())
    if form == "csv":
        show.ranking_csv(rows)
    else:
        show.ranking(rows, by)
    finish(gathered)


@kg.command()
@click.argument("question", metavar="[NAME|FILE|SPARQL]", required=False)
@click.option("--list", "lists", is_flag=True, help="List the questions that have a name, with their parameters.")
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder of a build, or its store.",
)
@click.option("--param", "pairs", multiple=True, metavar="KEY=VALUE", help="Value of a parameter; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(show.ANSWER_FORMATS),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
def query(question: str | None, lists: bool, store: Path, pairs: tuple[str, ...], form: str) -> None:
    """Ask a question of a build: one of ours by its name, a query file (.rq), or SPARQL itself."""
    if lists:
        show.questions(library.questions())
        return
    if question is None:
        raise click.UsageError("which question? give a name, a file or SPARQL, or --list", click.get_current_context())
    parameters = _parameters(pairs)
    folder = store / "store" if (store / "store").is_dir() else store
    show.answer(library.ask(library.open_store(folder), question, **parameters), form)


@kg.command()
@click.argument("center")
@_sources
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="File of the page (.html).")
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the page."
)
def view(center: str, sources: tuple[str, ...], out: Path, language: Literal["zh", "en"]) -> None:
    """Write one offline HTML page about CENTER: a department, a government function or a region, by name or code."""
    gathered = gather(sources)
    page = library.view_page(gathered.plans, center=center, language=language, labels=library.function_labels())
    click.echo(f"{library.write_page(out, page)}: open it in a browser")
    finish(gathered)


kg.add_command(dataset)
kg.add_command(export)
kg.add_command(docs)
kg.add_command(reason)
kg.add_command(review)
kg.add_command(score)
kg.add_command(validate)


def _parameters(pairs: Sequence[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{pair!r} is no KEY=VALUE", click.get_current_context(), param_hint="--param")
        made[key] = value
    return made
