"""The command `kg status`: it prints what a build holds, what built it, and what changed in its sources since."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kg as library

if TYPE_CHECKING:
    from kg.status import SourceChanges, Status

__all__ = ["status"]

_MOST = 20
"""Paths of a kind that are listed; the JSON has all."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("out"))
@click.option("--by-content", is_flag=True, help="Compare the content of each source, not only its size and time.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
def status(folder: Path, *, by_content: bool, form: str) -> None:
    """Tell what the build in FOLDER (`out` without it) holds, which version built it, and what changed in its sources since."""
    told = library.status(folder, by_content=by_content)
    if form == "json":
        click.echo(json.dumps(asdict(told), ensure_ascii=False, indent=1, default=str))
        return
    click.echo("\n".join(f"{name:10} {value}" for name, value in _lines(told)))
    if told.sources:
        _paths(told.sources)


def _lines(told: Status) -> list[tuple[str, str]]:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in told.triples.items())
    lines = [
        ("folder", str(told.folder)),
        ("documents", f"{told.documents:,}"),
        ("triples", f"{sum(told.triples.values()):,} ({kinds})"),
        ("store", f"{told.bytes / 1e6:,.1f} MB"),
        ("built by", f"{', '.join(told.made_by)} with ontology {told.ontology}"),
    ]
    if told.is_current is False:
        lines.append(("", "this is another version of kg or of its data: the next build reads everything anew"))
    if told.sources:
        lines.append(("sources", _counts(told.sources)))
    return lines


def _counts(sources: SourceChanges) -> str:
    return (
        f"{sources.unchanged:,} unchanged, {len(sources.changed):,} changed, "
        f"{len(sources.new):,} new, {len(sources.gone):,} gone"
    )


def _paths(sources: SourceChanges) -> None:
    listed = (
        ("changed", sources.changed),
        ("new", sources.new),
        ("gone", sources.gone),
        ("not seen", sources.unseen),
    )
    for name, paths in listed:
        for path in paths[:_MOST]:
            click.echo(f"  {name:8} {path}")
        if len(paths) > _MOST:
            click.echo(f"  {name:8} … and {len(paths) - _MOST:,} more")
