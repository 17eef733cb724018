"""Print plans and rankings: records go in, lines come out on standard output, with columns that stand in line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

import kg
from kg.cli.printing import echo_csv
from kg.columns import aligned, clipped

if TYPE_CHECKING:
    from kg.build import Changes
    from kg.merge import Merge
    from kg.rank import RankRow
    from kg.records import Evidence, Plan

__all__ = [
    "changes",
    "documents",
    "headline",
    "left_out",
    "merged",
    "outputs",
    "ranking",
    "ranking_csv",
    "unread",
]

_TOP = 10
"""Rows of a ranking in the summary of a build."""

_ROLES = {
    "lead": "lead 牵头",
    "responsible": "responsible 责任",
    "support": "support 配合",
    "implement": "implement 落实",
}
_TELLING = (
    "quote",
    "title",
    "department",
    "role",
    "when",
    "metric",
    "name",
    "period",
    "value",
    "unit",
    "label",
    "reason",
)
"""Fields by which a record is told from others in one line."""

_COUNTED = ("tasks", "commitments", "indicators", "projects", "achievements", "citations")


def changes(made: Changes) -> None:
    """Print what differs from the earlier build, on one line."""
    told = f"{len(made.new)} new, {len(made.changed)} changed, {len(made.gone)} gone, {made.unchanged} unchanged"
    click.echo(f"since the last build: {told}\n")


def documents(plans: Sequence[Plan]) -> None:
    """Print how many facts of each kind each document gave."""
    header = ["document", "region", "tasks", "duties", "deadlines", *_COUNTED[1:]]
    click.echo("\n".join(aligned(header, [_counts(plan) for plan in plans])))


def headline(plans: Sequence[Plan]) -> None:
    """Print the functions and the organisations that carry most, and where a document says so."""
    labels = kg.function_labels()
    functions = kg.rank(plans, by="function", labels=labels)
    click.echo(
        "\nWho carries most, by function (bodies that are many under one name, such as 各镇乡街道, are left out):"
    )
    ranking(functions[:_TOP], "function")
    click.echo("\nWho carries most, by organisation:")
    ranking(kg.rank(plans, by="organization", labels=labels)[:_TOP], "organization")
    if functions:
        click.echo(f"\n{_most(functions[0])}")


def left_out(plans: Sequence[Plan], folder: Path) -> None:
    """Print how much was not read and which bodies have no function, and where each is listed."""
    places = sum(len(plan.unread) for plan in plans)
    where = f", listed in {folder / 'tables' / 'unread.csv'}" if places else ""
    click.echo(f"\nPlaces that look like a fact and were not read: {places}{where}")
    bodies = {body.id: body.label for plan in plans for body in plan.organizations if body.function is None}
    listed = f", listed in {folder / 'tables' / 'organizations.csv'}" if bodies else ""
    click.echo(f"Bodies without a government function: {len(bodies)}{listed}")
    unknown = kg.unknown_bodies(plans)
    if unknown:
        names = "、".join(name for name, _ in unknown[:_TOP]) + ("…" if len(unknown) > _TOP else "")
        click.echo(f"Bodies of an unknown kind among them: {len(unknown)}: {names}")


def outputs(folder: Path) -> None:
    """Print where the outputs of a build lie."""
    graphs = ", ".join(str(folder / f"graph{suffix}") for suffix in (".ttl", ".nq", ".jsonld"))
    parquet = f", {folder / 'tables'}/*.parquet" if any((folder / "tables").glob("*.parquet")) else ""
    click.echo(f"\ntables   {folder / 'tables'}/*.csv{parquet}")
    click.echo(f"graph    {graphs}")
    click.echo(f"store    {folder / 'store'} (kg query asks it, kg questions tells what)")
    click.echo(f"records  {folder / 'plans'}/*.yaml")


def unread(plans: Iterable[Plan]) -> int:
    """Print on standard error the places that look like a fact and gave none; give how many they are."""
    count = 0
    for plan in plans:
        for place in plan.unread:
            line = f"{plan.document.file}: not read: {place.kind.value}: {place.reason}: {_where(place.evidence)}"
            click.echo(line, err=True)
            count += 1
    return count


def merged(path: Path, made: Merge) -> None:
    """Print on standard error how many corrections stay, and each that hides another reading than it once corrected."""
    if made.document_changed and made.corrections:
        click.echo(f"note: {path}: the document has changed since; corrections are placed by their words", err=True)
    if made.corrections:
        click.echo(f"note: {path}: corrections kept: {made.corrections}", err=True)
    for one in made.differences:
        before, kept, now = (clipped(_said(value)) for value in (one.before, one.kept, one.now))
        place = f"{one.record} {one.field}".rstrip()
        click.echo(f"note: {path}: {place}: read before: {before}; kept: {kept}; read now: {now}", err=True)


def ranking(rows: Sequence[RankRow], by: Literal["function", "organization"]) -> None:
    """Print a ranking with one column for each role."""
    named = ["function 职能", "in English"] if by == "function" else ["organisation 机构", "region 地区"]
    share = "of all tasks" if by == "function" else "of its region's tasks"
    header = ["", *named, *_ROLES.values(), "total", "tasks", share]
    cells = [[str(place), *_names(row, by), *_figures(row)] for place, row in enumerate(rows, 1)]
    click.echo("\n".join(aligned(header, cells)))


def ranking_csv(rows: Sequence[RankRow]) -> None:
    """Print a ranking as CSV, with a sample of the evidence of each row."""
    flat = [_flat(asdict(row)) for row in rows]
    echo_csv(list(dict.fromkeys(key for row in flat for key in row)), ([*row.values()] for row in flat))


def _counts(plan: Plan) -> list[str]:
    duties = sum(len(task.responsibilities) for task in plan.tasks)
    deadlines = sum(len(task.deadlines) for task in plan.tasks)
    counted = [len(plan.tasks), duties, deadlines, *(len(getattr(plan, name)) for name in _COUNTED[1:])]
    return [plan.document.id, plan.document.region or "", *map(str, counted)]


def _names(row: RankRow, by: str) -> list[str]:
    return [row.label, row.label_en or ""] if by == "function" else [row.label, row.place or ""]


def _figures(row: RankRow) -> list[str]:
    counts = Counter({name: getattr(row, name) for name in _ROLES})
    return [*(str(counts[name]) for name in _ROLES), str(row.total), str(row.tasks), f"{row.share:.0%}"]


def _most(row: RankRow) -> str:
    name = f"{row.label} ({row.label_en})" if row.label_en else row.label
    said = f"{name} carries most: {row.total} duties in {row.tasks} tasks, {row.lead} of them as lead"
    if row.evidence is None:
        return said
    where = _where(row.evidence)
    return f"{said}; one of them as {row.evidence.role.value} in {row.evidence.document}, task {row.evidence.number}, {where}"


def _where(evidence: Evidence | Any) -> str:
    """Say where a fact stands, with the words where the records carry them."""
    place = f"characters {evidence.start}–{evidence.end}"
    return f"{place}: {clipped(evidence.quote)}" if evidence.quote else place


def _said(value: Any) -> str:
    """Say a value of a record in a few words: a record by its name, nothing by a stroke."""
    if value in (None, ()):
        return "—"
    if isinstance(value, tuple):
        return "、".join(map(_said, value))
    if not is_dataclass(value):
        return str(value)
    words = [str(part) for name in _TELLING if (part := getattr(value, name, None))]
    return " ".join(words) or f"characters {getattr(value, 'start', '')}–{getattr(value, 'end', '')}"


def _flat(row: Mapping[str, Any], before: str = "") -> dict[str, str]:
    made: dict[str, str] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            made |= _flat(value, f"{key}_")
        elif key != "evidence":
            made[before + key] = "" if value is None else str(value)
    return made
