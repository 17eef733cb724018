"""Read plans from sources one by one: places go in, for each file its plan or its failure comes out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.documents import read
from kg.errors import KgError, ReadError, RecordsError
from kg.extract import extract
from kg.records import Plan
from kg.records_file import loads
from kg.resolve import resolve
from kg.sources.file import RECORDS, Failure, File, ending, has_ending
from kg.sources.files import files_of
from kg.sources.listing import Place, list_places

__all__ = ["Progress", "Result", "read_each", "read_file", "read_plan", "read_plans"]

Progress = Callable[[Path | str], object]
"""Called with each source, as `list_sources` gives it, when it has been read."""

_HEAD = 4096
_RECORDS_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:---[^\n]*\n|#[^\n]*\n|\s*\n)*document:\s*\n\s+\w+:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a file gave, its label, and whether it holds records rather than a document."""

    label: str
    found: Plan | Failure
    from_records: bool = False


def read_plans(sources: Sequence[str | Path] = ()) -> Iterator[tuple[str, Plan | Failure]]:
    """Read every source and give its label with its plan, or with its failure, holding one plan at a time.

    A document that stands in several sources comes as often, and different documents may share an id: `gather` and
    `gathering` settle that.
    """
    for result in read_each(list_places(sources).places):
        yield result.label, result.found


def read_plan(source: Path | str) -> Plan:
    """Read one document or one records file, and resolve it unless it names its organisations already.

    Raises `ReadError` or `RecordsError` for what cannot be read, for a document that is no plan, and for an archive or
    a folder with several files.
    """
    plans: list[Plan] = []
    for place in list_places([source]).places:
        for file in files_of(place):
            if isinstance(file, Failure):
                raise ReadError(file.reason)
            if plans:
                raise ReadError(f"{source}: holds more than one document: give it to kg.gather")
            plans.append(_plan_of(file))
    return plans[0]


def read_each(places: Sequence[Place], progress: Progress | None = None) -> Iterator[Result]:
    """Read the files of places in their order."""
    for place in places:
        for file in files_of(place):
            yield Result(label=file.source, found=file) if isinstance(file, Failure) else read_file(file)
        if progress:
            progress(place.at)


def read_file(file: File) -> Result:
    """Read a document or records; what is wrong with it is its result."""
    try:
        return Result(label=file.label, found=_plan_of(file), from_records=_holds_records(file))
    except KgError as error:
        return Result(label=file.label, found=Failure(source=file.label, reason=str(error)))


def _plan_of(file: File) -> Plan:
    """Read a document or records; what is wrong is said under the label of the file."""
    try:
        plan = loads(_text_of(file), file.name) if _holds_records(file) else extract(read(file.data, name=file.name))
    except KgError as error:
        raise type(error)(f"{file.short}: {str(error).removeprefix(f'{file.name}: ')}") from error
    if not _says_something(plan):
        raise ReadError(
            f"{file.short}: not a plan: no duty, deadline, indicator, project or promised figure was found in it"
        )
    return plan if plan.organizations and not _is_corrected(plan) else resolve(plan)


def _holds_records(file: File) -> bool:
    """Tell records by their ending, or, where the name has none, by their first lines."""
    if has_ending(file.name):
        return ending(file.name) in RECORDS
    return _RECORDS_HEAD.match(file.data[:_HEAD]) is not None


def _text_of(file: File) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordsError(f"{file.name}: byte {error.start} is not UTF-8: save the records as UTF-8") from error


def _is_corrected(plan: Plan) -> bool:
    """Tell whether somebody wrote another department into the records than its organisation is known by."""
    names = {organization.id: organization.names for organization in plan.organizations}
    duties = [
        *(duty for task in plan.tasks for duty in task.responsibilities),
        *(duty for indicator in plan.indicators for duty in indicator.responsibilities),
        *(duty for project in plan.projects for duty in project.responsibilities),
    ]
    return any(duty.department not in names.get(duty.organization or "", ()) for duty in duties)


def _says_something(plan: Plan) -> bool:
    """Tell a plan from an essay: headings make tasks of both, but only a plan says who, when or how much."""
    assigned = any(task.responsibilities or task.deadlines for task in plan.tasks)
    return bool(assigned or plan.indicators or plan.projects or plan.commitments)
