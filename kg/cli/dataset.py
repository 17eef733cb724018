"""The command `kg dataset`: it takes the files of an export or a build and writes their description for catalogues."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

__all__ = ["dataset"]

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def _address(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _ADDRESS.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no http address", context, parameter)
    return value


@click.command()
@click.argument("exports", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="File of the description (.ttl).")
@click.option(
    "--title", "titles", multiple=True, metavar="LANGUAGE=TEXT", help="Title of the dataset, as zh=… or en=…."
)
@click.option("--publisher", help="Name of who publishes it.")
@click.option("--licence", callback=_address, help="Address of the licence.")
@click.option("--issued", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, as 2031-12-31.")
@click.option("--url", callback=_address, help="Address of the folder in which the files will lie; it ends in /.")
def dataset(  # noqa: PLR0913  (one for each option)
    exports: tuple[Path, ...],
    *,
    out: Path,
    titles: tuple[str, ...],
    publisher: str | None,
    licence: str | None,
    issued: datetime | None,
    url: str | None,
) -> None:
    """Describe EXPORTS, files that kg export wrote or the folder of a build, as DCAT 3 and VoID in Turtle.

    All numbers are counted in the files. What only a publisher can say has an option; what is not said is left out, and
    a note tells so.
    """
    from kg.dataset import Statements, describe_dataset, missing  # noqa: PLC0415  (the command's help needs none of these)
    from kg.output import write_whole  # noqa: PLC0415

    statements = Statements(
        titles=dict(map(_title, titles)),
        publisher=publisher,
        licence=licence,
        issued=issued.date() if issued else None,
        url=url if url is None or url.endswith("/") else f"{url}/",
    )
    click.echo(str(write_whole(out, describe_dataset(exports, statements))))
    if unsaid := missing(statements):
        click.echo(
            f"note: not said: {', '.join(unsaid)}: name them with {', '.join(f'--{name}' for name in unsaid)}", err=True
        )


def _title(pair: str) -> tuple[str, str]:
    language, _, text = pair.partition("=")
    if language not in ("zh", "en") or not text.strip():
        raise click.BadParameter(
            f"{pair!r} is no LANGUAGE=TEXT with zh or en", click.get_current_context(), param_hint="--title"
        )
    return language, text.strip()
