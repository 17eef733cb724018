"""The command `kg export`: it takes sources or a store and writes their graph in one format."""

from __future__ import annotations

from pathlib import Path

import click

import kg as library
from kg.cli.gathering import finish, progress
from kg.errors import QueryError

__all__ = ["export"]

_FORMATS = ("turtle", "evidence", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "qb")
"""The names of `kg.export.WRITERS`, said again so that the help needs not load them; a test holds them equal."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCES...|STORE]")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="File of the graph.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="How to write it; without it, the ending of the file tells: .ttl, .evidence.ttl, .nt, .nq, .trig, .jsonld, .rdf, .qb.ttl.",
)
def export(sources: tuple[str, ...], out: Path, form: str | None) -> None:
    """Write the graph of SOURCES, or of the STORE of a build, as one file of RDF.

    Turtle, N-Triples, JSON-LD and RDF/XML hold the facts, evidence is the Turtle of where each fact is said, N-Quads and
    TriG hold both, graph by graph. qb is the indicators as an RDF Data Cube.
    """
    from kg.export import format_of, write, write_stored  # noqa: PLC0415  (the command's help needs none of these)
    from kg.sources import gathering  # noqa: PLC0415  (loads the readers)
    from kg.store import is_store  # noqa: PLC0415

    chosen = form or format_of(out)
    stores = [source for source in sources if is_store(Path(source))]
    if stores:
        if len(sources) > 1:
            raise click.UsageError(
                f"{stores[0]} is a store and is exported alone: name no other source", click.get_current_context()
            )
        try:
            notes = write_stored(library.open_store(Path(stores[0])), out, chosen)
        except QueryError as error:
            raise QueryError(f"{stores[0]}: {str(error).removeprefix(f'{stores[0]}: ')}") from error
        _say(out, notes)
        return
    with progress(sources) as report, gathering(sources, progress=report) as gathered:
        notes = write(gathered.plans, out, chosen)
    _say(out, notes)
    finish(gathered)


def _say(out: Path, notes: tuple[str, ...]) -> None:
    click.echo(str(out))
    for note in notes:
        click.echo(f"note: {note}", err=True)
