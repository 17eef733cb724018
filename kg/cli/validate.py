"""The command `kg validate`: it takes a graph or sources, prints what breaks the shapes of the ontology, and fails where anything does."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg.cli.gathering import finish, progress

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.sources import Gathering
    from kg.validate import Validation

__all__ = ["validate"]


@click.command()
@click.argument("sources", metavar="[GRAPH|SOURCES]...", nargs=-1)
@click.option(
    "--language",
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of the report.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ttl", "json"]),
    default="text",
    show_default=True,
    help="How to print it; ttl is a SHACL validation report.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Results of each condition that the text tells; 0 for all.",
)
def validate(sources: tuple[str, ...], *, language: Literal["zh", "en"], form: str, limit: int) -> None:
    """Validate a graph, or that of SOURCES, against the SHACL shapes of the ontology.

    GRAPH is one or more graph files (.ttl, .nt, .nq, .trig, .jsonld, .rdf, .owl), a store, or the folder of a build, whose store
    is taken. The exit code is 1 where the graph breaks the model, and 0 where there are warnings only.
    """
    from kg.validate import is_graph, load_graphs, load_plans  # noqa: PLC0415  (the command's help needs none of these)

    graphs = [Path(source) for source in sources if is_graph(source)]
    if graphs and len(graphs) < len(sources):
        raise click.UsageError("graphs and other sources are validated apart", click.get_current_context())
    if graphs:
        failures = _tell(load_graphs(graphs), language, form, limit)
        if failures:
            raise click.ClickException("\n".join(failures))
        return
    from kg.sources import gathering  # noqa: PLC0415  (loads the readers)

    with ExitStack() as stack:
        with progress(sources) as bar:
            gathered: Gathering = stack.enter_context(gathering(sources, progress=bar))
        finish(gathered, _tell(load_plans(gathered.plans), language, form, limit))


def _tell(store: Store, language: Literal["zh", "en"], form: str, limit: int) -> list[str]:
    """Print the report, and give what makes the command fail."""
    from kg.validate import as_json, as_turtle, report, skipped_note, validate  # noqa: PLC0415

    found: Validation = validate(store)
    if form == "ttl":
        click.echo(as_turtle(found), nl=False)
    elif form == "json":
        click.echo(as_json(found, store), nl=False)
    else:
        click.echo(report(found, store, language=language, limit=limit), nl=False)
    for note in skipped_note(found, language):
        click.echo(f"note: {note}", err=True)
    count = len(found.violations)
    return (
        [f"the graph breaks the model: {count} {'violation' if count == 1 else 'violations'}, told above"]
        if count
        else []
    )
