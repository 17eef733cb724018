"""The loop between extraction and a person: write records so that corrections stay, and show them beside their document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

import kg as library
from kg.cli import show
from kg.errors import MergeError, RecordsError

if TYPE_CHECKING:
    from kg.merge import Merge
    from kg.records import Plan
    from kg.sources.gathering import Plans

__all__ = ["review", "write_records"]

_RECORDS = (".yaml", ".yml")


def write_records(plans: Plans, out: Path, shape: Callable[[Plan], Plan], *, overwrite: bool, mergeable: bool) -> None:
    """Write one file for one plan, or a folder with a file for each; corrections in files that are there stay.

    `shape` gives what is written of a plan; `mergeable` keeps the reading in the file, so that the next one can be
    merged. Nothing is written where one of the files cannot be merged; the plans are gone through twice, one at a time.
    """
    from kg.output import write_whole  # noqa: PLC0415  (the command's help needs none of these)
    from kg.records_file import dumps  # noqa: PLC0415

    if out.suffix in _RECORDS and len(plans) > 1:
        raise click.UsageError(
            f"{out} is one file for {len(plans)} documents: name a folder", click.get_current_context()
        )
    for plan in () if overwrite else plans:
        path = _file(plan, out)
        if path.is_file():
            _merged(path, shape(plan))
    for plan in plans:
        path, reading = _file(plan, out), shape(plan)
        merged = _merged(path, reading) if path.is_file() and not overwrite else None
        if merged:
            show.merged(path, merged)
        text = dumps(merged.plan if merged else reading, reading=reading if mergeable else None)
        click.echo(str(write_whole(path, text)))


def _file(plan: Plan, out: Path) -> Path:
    return out if out.suffix in _RECORDS else out / f"{plan.document.id}.yaml"


def _merged(path: Path, plan: Plan) -> Merge:
    """Merge a plan into the records of a file."""
    from kg.records_file import loads_file  # noqa: PLC0415

    try:
        held = loads_file(path.read_text(encoding="utf-8-sig"), str(path))
        return library.merge(held.plan, plan, before=held.reading)
    except UnicodeDecodeError as error:
        raise RecordsError(f"{path}: byte {error.start} is not UTF-8: save the records as UTF-8") from error
    except MergeError as error:
        raise MergeError(f"{path}: {error}") from error


@click.command()
@click.argument("sources", metavar="[RECORDS] DOCUMENT", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="File of the page (.html).")
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the page."
)
def review(sources: tuple[Path, ...], out: Path, language: Literal["zh", "en"]) -> None:
    """Write one offline HTML page that shows RECORDS (.yaml) beside the text of their DOCUMENT.

    Every fact is marked in the text, and places that were not read are listed. Without RECORDS the page shows the
    document as it is read now.
    """
    records = [path for path in sources if path.suffix.lower() in _RECORDS]
    documents = [path for path in sources if path not in records]
    if len(records) > 1 or len(documents) != 1:
        raise click.UsageError("one document, and at most one .yaml file with its records", click.get_current_context())
    document = library.read(documents[0])
    plan = library.gather(records or documents).plans[0]
    page = library.review_page(plan, document, language=language)
    click.echo(f"{library.write_page(out, page)}: open it in a browser")
