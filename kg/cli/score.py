"""The command `kg score`: it takes records and a reference, prints how well they agree, and fails where a floor is missed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

import kg as library
from kg.cli import show_score
from kg.cli.gathering import finish, gather

__all__ = ["score"]


@click.command()
@click.argument("records", nargs=-1, required=True)
@click.argument("reference", type=click.Path(path_type=Path))
@click.option("--misses", is_flag=True, help="List what was missed and what was invented, with its place and quote.")
@click.option(
    "--min",
    "pairs",
    multiple=True,
    metavar="RELATION=F1",
    help="Fail where the F1 of all documents is under this; may be repeated; micro and macro are the averages.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(show_score.FORMATS),
    default="table",
    show_default=True,
    help="How to print it; csv with --misses is the list of misses.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    help="Language of the labels of a table.",
)
def score(
    records: tuple[str, ...],
    reference: Path,
    *,
    misses: bool,
    pairs: tuple[str, ...],
    form: str,
    language: Literal["zh", "en"],
) -> None:
    """Score RECORDS, documents or records or folders of them, against REFERENCE: precision, recall and F1.

    REFERENCE is a file or a folder of records that a person corrected (.yaml) or of annotations (.json). Documents are
    paired by their bytes, file name, number or title; those without a partner are told and left out.
    """
    floors = dict(map(_floor, pairs))
    gathered = gather(records)
    scores = library.score(gathered.plans, reference)
    show_score.scores(scores, form, misses=misses, language=language)
    show_score.unpaired(scores)
    from kg.score import shortfalls  # noqa: PLC0415  (loads the readers)

    finish(gathered, shortfalls(scores, floors))


def _floor(pair: str) -> tuple[str, float]:
    """Read `indicator values=0.9`; a relation is written with hyphens or spaces."""
    from kg.score.relations import MACRO, MICRO, Relation  # noqa: PLC0415  (loads the readers)

    known = (*(relation.value for relation in Relation), MICRO, MACRO)
    name, _, figure = pair.rpartition("=")
    name = "-".join(name.lower().split())
    try:
        floor = float(figure)
    except ValueError:
        floor = -1.0
    if name not in known or not 0 <= floor <= 1:
        raise click.BadParameter(
            f"{pair!r} is no RELATION=F1 with an F1 from 0 to 1 and one of {', '.join(known)}",
            click.get_current_context(),
            param_hint="--min",
        )
    return name, floor
