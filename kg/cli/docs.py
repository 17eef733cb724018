"""The command `kg docs`: it writes the documentation site of the ontology and says where it is."""

from __future__ import annotations

from pathlib import Path

import click

import kg as library

__all__ = ["docs"]


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder of the site.")
def docs(out: Path) -> None:
    """Write the documentation of the ontology as static pages, in Chinese and English.

    The pages need no network: open index.html in a browser, or put the folder on any web server.
    """
    click.echo(f"{library.write_site(out) / 'index.html'}: open it in a browser")
