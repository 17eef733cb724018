"""Gather the sources of a command: draw a bar where there are many, and say at the end what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

import kg as library

if TYPE_CHECKING:
    from kg.build import Build
    from kg.sources import Gathered, Gathering, Progress

__all__ = ["MANY", "finish", "gather", "progress"]

MANY = 20
"""Sources from which on a progress bar is worth its line, and documents beyond which a summary of all is not."""


def gather(sources: Sequence[str]) -> Gathered:
    """Gather the plans of the sources, with a bar where there are many."""
    with progress(sources) as report:
        return library.gather(sources, progress=report)


@contextmanager
def progress(sources: Sequence[str]) -> Iterator[Progress | None]:
    """Draw a bar where there are many sources and somebody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from kg.sources import list_sources  # noqa: PLC0415  (loads the readers)

    files = list_sources(sources)
    if len(files) <= MANY:
        yield None
        return
    with click.progressbar(length=len(files), label="reading", file=sys.stderr, show_pos=True) as bar:
        yield lambda _: bar.update(1)


def finish(made: Gathered | Gathering | Build, failed: Sequence[str] = ()) -> None:
    """Say what was passed over, and what could not be read or failed otherwise; the latter makes the command fail."""
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    if reasons := [*(failure.reason for failure in made.failures), *failed]:
        raise click.ClickException("\n".join(reasons))
