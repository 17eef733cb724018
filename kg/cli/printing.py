"""Print rows as CSV on standard output."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import click

__all__ = ["echo_csv"]


def echo_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as CSV in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    click.echo(out.getvalue().encode(), nl=False)
