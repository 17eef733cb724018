"""The command `kg push`: it takes sources or a store and puts their graphs on a server."""

from __future__ import annotations

from pathlib import Path

import click

import kg as library
from kg.cli.endpoints import timeout_option
from kg.cli.gathering import finish, gather

__all__ = ["push"]


@click.command()
@click.argument("url")
@click.argument("sources", nargs=-1)
@click.option("--store", type=click.Path(path_type=Path), help="Push this build, or store, instead of SOURCES.")
@click.option("--update", is_flag=True, help="URL takes SPARQL Update, for servers without the Graph Store Protocol.")
@click.option(
    "--prune",
    metavar="ENDPOINT",
    help="Delete the graphs of earlier pushes that are no more, as this SPARQL endpoint of the same server lists them.",
)
@timeout_option
def push(
    url: str, sources: tuple[str, ...], *, store: Path | None, update: bool, prune: str | None, timeout: float
) -> None:
    """Put the graphs of SOURCES, or of a store, on the server at URL, each in the place of the one of its name.

    URL is the address of the server's Graph Store Protocol, such as http://localhost:7878/store (Oxigraph) or
    http://localhost:8890/sparql-graph-crud-auth (Virtuoso). A second push of the same changes nothing. A name and password are taken
    from KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or from a netrc file; a token from KG_ENDPOINT_TOKEN.
    """
    if store and sources:
        raise click.UsageError("SOURCES and --store name two things to push: give one", click.get_current_context())
    from kg.store import store_folder  # noqa: PLC0415  (the command's help needs no engine)

    gathered = None if store else gather(sources)
    pushed = gathered.plans if gathered else library.open_store(store_folder(store or Path()))
    made = library.push(url, pushed, update=update, prune=prune, seconds=timeout)
    click.echo(f"{len(made.graphs)} graphs with {made.triples:,} triples put")
    for graph in made.deleted:
        click.echo(f"deleted: {graph}")
    if gathered:
        finish(gathered)
