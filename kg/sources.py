"""Gather plans from sources: document texts, records files and folders of both go in, resolved plans come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import TypeVar

from kg.assets import asset
from kg.documents import MOST_BYTES, read
from kg.errors import KgError, ReadError, RecordsError
from kg.extract import extract
from kg.records import Organization, Plan, Region
from kg.records_file import loads
from kg.resolve import resolve

__all__ = ["Failure", "Gathered", "gather", "list_sources", "read_plan"]

_RECORDS = (".yaml", ".yml")
_TEXTS = (".txt",)
_MARK = 6
"""Figures of the hash that tell two documents with one id apart."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that gave no plan, and why, with its name and the mend."""

    source: Path
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The plans of all sources by document id, the sources that gave none, and what was passed over or renamed."""

    plans: tuple[Plan, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


def gather(sources: Sequence[str | Path] = (), *, progress: Callable[[Path], object] | None = None) -> Gathered:
    """Read every source and resolve it; without a source, the bundled dataset.

    Raises `ReadError` where no source gives a plan; its message has one line for each.
    """
    read_from: list[tuple[Path, Plan]] = []
    failures: list[Failure] = []
    for path in list_sources(sources):
        try:
            read_from.append((path, read_plan(path)))
        except KgError as error:
            failures.append(Failure(source=path, reason=str(error)))
        if progress:
            progress(path)
    if not read_from:
        raise ReadError("\n".join(failure.reason for failure in failures))
    kept, repeated = _without_repeats(read_from)
    plans, renamed = _with_own_ids(kept)
    return Gathered(plans=plans, failures=tuple(failures), notes=(*repeated, *renamed))


def list_sources(sources: Sequence[str | Path]) -> tuple[Path, ...]:
    """List the files of the sources: a folder stands for the texts and records in it, by name.

    A folder that holds neither is listed itself, to be reported with what else cannot be read.
    """
    found: list[Path] = []
    for source in map(Path, sources or (asset("data", "plans"),)):
        if (source / "manifest.json").is_file() and (source / "plans").is_dir():
            source = source / "plans"  # noqa: PLW2901  (a build stands for its records)
        inside = sorted(source.iterdir()) if source.is_dir() else []
        wanted = [path for path in inside if path.suffix.lower() in _TEXTS + _RECORDS and not path.name.startswith(".")]
        found += wanted or [source]
    return tuple(found)


def read_plan(path: Path) -> Plan:
    """Read one document or one records file, and resolve it unless it names its organisations already.

    Raises `ReadError` or `RecordsError` for what cannot be read, and for a document that is no plan.
    """
    if path.is_dir():
        raise ReadError(f"{path}: holds no .txt and no .yaml file: name the files or another folder")
    is_records = path.suffix.lower() in _RECORDS
    plan = loads(_text_of(path), path.name) if is_records else extract(read(path))
    if not _says_something(plan):
        raise ReadError(
            f"{path.name}: not a plan: no duty, deadline, indicator, project or promised figure was found in it"
        )
    return plan if plan.organizations and not _is_corrected(plan) else resolve(plan)


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


def _text_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise RecordsError(
                f"{path.name}: {size:,} bytes, and {MOST_BYTES:,} is the most for the records of one document"
            )
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise RecordsError(f"{path}: no such file: check the path") from error
    except UnicodeDecodeError as error:
        raise RecordsError(f"{path.name}: byte {error.start} is not UTF-8: save the records as UTF-8") from error
    except OSError as error:
        raise RecordsError(f"{path}: cannot be read: {error.strerror}") from error


def _without_repeats(read_from: Iterable[tuple[Path, Plan]]) -> tuple[list[Plan], list[str]]:
    """Keep the first of the sources that have the same bytes, or that say the same in another encoding."""
    first: dict[object, tuple[Path, Plan]] = {}
    notes: list[str] = []
    for path, plan in read_from:
        before, _ = first.setdefault(_saying(plan), (path, plan))
        if before is not path:
            notes.append(f"{path}: passed over: the same document as {before}")
    return [plan for _, plan in first.values()], notes


def _saying(plan: Plan) -> tuple[object, ...]:
    """Give what tells documents apart: all that is said but the name and the bytes of the file."""
    document = replace(plan.document, file="", sha256="", id="")
    told = tuple(
        (task.number, task.title, len(task.responsibilities), task.evidence.end - task.evidence.start)
        for task in plan.tasks
    )
    promised = tuple((commitment.metric, commitment.value, commitment.by) for commitment in plan.commitments)
    return document, told, promised, len(plan.indicators), len(plan.projects), len(plan.citations)


def _with_own_ids(plans: Iterable[Plan]) -> tuple[tuple[Plan, ...], list[str]]:
    """Give documents that share an id one each: the one with the lowest hash keeps it, whatever the order of the sources."""
    by_id: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_id[plan.document.id].append(plan)
    made: dict[str, Plan] = {}
    notes: list[str] = []
    for name, same in by_id.items():
        keeper, *others = sorted(same, key=lambda plan: plan.document.sha256)
        made[name] = keeper
        for plan in others:
            own = f"{name}-{plan.document.sha256[:_MARK]}"
            made[own] = _renamed(plan, own)
            notes.append(f"{plan.document.file}: has the id of {keeper.document.file}, {name}, and is called {own}")
    return tuple(made[name] for name in sorted(made)), sorted(notes)


def _renamed(plan: Plan, name: str) -> Plan:
    """Give a plan another id, and all its records, whose ids begin with it."""
    old = f"{plan.document.id}_"
    named = _with_prefix(plan, old, f"{name}_")
    return replace(named, document=replace(plan.document, id=name))


def _with_prefix(item: Item, old: str, new: str) -> Item:
    if isinstance(item, tuple):
        return tuple(_with_prefix(part, old, new) for part in item)  # type: ignore[return-value]  # a tuple of the same records
    if not is_dataclass(item) or isinstance(item, type | Organization | Region):
        return item
    changes = {field.name: _with_prefix(getattr(item, field.name), old, new) for field in fields(item)}
    for link in ("id", "task"):
        if isinstance(changes.get(link), str) and changes[link].startswith(old):
            changes[link] = new + changes[link].removeprefix(old)
    return replace(item, **changes)
