"""Rank who owes most: plans go in, one row for each government function or each organisation comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from kg.bearers import Bearer, bearers, place_of
from kg.records import OrganizationKind, Plan, Responsibility, Role, Task

__all__ = ["FunctionLabels", "RankEvidence", "RankRow", "function_label", "rank"]

By = Literal["function", "organization"]
FunctionLabels = Mapping[str, Mapping[str, str]]
"""Notation of a government function → language tag (`zh`, `en`) → its preferred label."""

_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankEvidence:
    """One responsibility of a row and where its document says it; `quote` is None in records without text."""

    document: str
    task: str
    number: str
    role: Role
    start: int
    end: int
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """How much one function, or one organisation, owes.

    - `key`: notation of the function or id of the organisation; where there is none, the label, or the place and the
      written name
    - `label`, `label_en`: preferred label of the function, or the organisation's label; `label_en` None where not known
    - `function`: notation of the government function, None for a body without one
    - `place`: region of the organisation; None in a row for a function, which is counted across regions
    - `lead`, `responsible`, `support`, `implement`: task responsibilities in that role, that is distinct combinations
      of task, body and role: a body named twice in one role counts once, two bodies of one function count twice
    - `total`: sum of the four
    - `tasks`: distinct tasks with at least one of these responsibilities, in whatever role
    - `fractional`: sum over these tasks of 1/k for each of its bodies, where k is the number of bodies counted in the
      task; all rows together make the number of tasks that name a body (fractional counting, as in bibliometrics)
    - `share`: `tasks` divided by the number of tasks in all plans; for an organisation, in all plans of the places
      whose plans name it
    - `indicators`, `projects`: distinct indicators and annex projects in charge, in whatever role
    - `documents`: distinct documents that name it
    - `evidence`: one task responsibility as a sample, of the strongest role; None where there is no task responsibility
    """

    key: str
    label: str
    label_en: str | None
    function: str | None
    place: str | None
    lead: int
    responsible: int
    support: int
    implement: int
    total: int
    tasks: int
    fractional: float
    share: float
    indicators: int
    projects: int
    documents: int
    evidence: RankEvidence | None


@dataclass(slots=True, kw_only=True)
class _Tally:
    key: str
    label: str
    function: str | None
    place: str | None
    roles: Counter[Role] = field(default_factory=Counter)
    tasks: set[tuple[str, str]] = field(default_factory=set)
    fractional: Fraction = Fraction(0)
    indicators: set[tuple[str, str]] = field(default_factory=set)
    projects: set[tuple[str, str]] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    evidence: RankEvidence | None = None


def rank(
    plans: Sequence[Plan],
    *,
    by: By = "function",
    collective: bool = False,
    labels: FunctionLabels | None = None,
) -> tuple[RankRow, ...]:
    """Rank functions across regions, or organisations within their region, by what the plans make them answer for.

    Rows stand by total, then lead, both falling, then by label. Bodies without a function stand in the ranking of
    functions under their own label (the written name, where they are not resolved), with `function` None. Collective
    bodies (各镇乡街道) are many bodies under one name and are left out unless `collective` asks for them; a body that
    is not resolved has no kind and is always counted.
    """
    tallies: dict[str, _Tally] = {}
    tasks_of: Counter[str] = Counter()
    for plan in plans:
        tasks_of[place_of(plan.document)] += len(plan.tasks)
        _count(plan, tallies, by=by, collective=collective)
    rows = [_row(tally, _scope(tally, tasks_of, by), labels or {}) for tally in tallies.values()]
    return tuple(sorted(rows, key=lambda row: (-row.total, -row.lead, row.label, row.key)))


def function_label(notation: str, labels: FunctionLabels, language: str) -> str | None:
    """Return a function's label in one language, None where the labels lack it."""
    return labels.get(notation, {}).get(language)


def _count(plan: Plan, tallies: dict[str, _Tally], *, by: By, collective: bool) -> None:
    bearer_of = bearers(plan)

    def named(responsibilities: Iterable[Responsibility]) -> Iterator[tuple[_Tally, Bearer, Responsibility]]:
        for responsibility in responsibilities:
            bearer = bearer_of(responsibility)
            if collective or bearer.kind is not OrganizationKind.COLLECTIVE:
                tally = _tally(tallies, bearer, by)
                tally.documents.add(plan.document.id)
                tally.places.add(place_of(plan.document))
                yield tally, bearer, responsibility

    for task in plan.tasks:
        _count_task(plan.document.id, task, list(named(task.responsibilities)))
    for indicator in plan.indicators:
        for tally, _, _ in named(indicator.responsibilities):
            tally.indicators.add((plan.document.id, indicator.id))
    for project in plan.projects:
        for tally, _, _ in named(project.responsibilities):
            tally.projects.add((plan.document.id, project.id))


def _tally(tallies: dict[str, _Tally], bearer: Bearer, by: By) -> _Tally:
    if by == "organization":
        new = _Tally(key=bearer.key, label=bearer.label, function=bearer.function, place=bearer.place)
    else:
        name = bearer.function or bearer.label
        new = _Tally(key=name, label=name, function=bearer.function, place=None)
    return tallies.setdefault(f"{new.function if by == 'function' else ''}\n{new.key}", new)


def _count_task(document: str, task: Task, named: list[tuple[_Tally, Bearer, Responsibility]]) -> None:
    owners = {bearer.key: tally for tally, bearer, _ in named}
    for tally in owners.values():
        tally.fractional += Fraction(1, len(owners))
    seen: set[tuple[str, Role]] = set()
    for tally, bearer, responsibility in named:
        if (bearer.key, responsibility.role) in seen:
            continue
        seen.add((bearer.key, responsibility.role))
        tally.roles[responsibility.role] += 1
        tally.tasks.add((document, task.id))
        sample = _sample(document, task, responsibility)
        tally.evidence = min(tally.evidence or sample, sample, key=_strength)


def _sample(document: str, task: Task, responsibility: Responsibility) -> RankEvidence:
    return RankEvidence(
        document=document,
        task=task.id,
        number=task.number,
        role=responsibility.role,
        start=responsibility.evidence.start,
        end=responsibility.evidence.end,
        quote=responsibility.evidence.quote,
    )


def _strength(sample: RankEvidence) -> tuple[int, str, int, str]:
    return _ROLES.index(sample.role), sample.document, sample.start, sample.task


def _scope(tally: _Tally, tasks_of: Counter[str], by: By) -> int:
    return tasks_of.total() if by == "function" else sum(tasks_of[place] for place in tally.places)


def _row(tally: _Tally, scope: int, labels: FunctionLabels) -> RankRow:
    functional = tally.place is None and tally.function is not None
    notation = tally.function or ""
    return RankRow(
        key=tally.key,
        label=(function_label(notation, labels, "zh") if functional else None) or tally.label,
        label_en=function_label(notation, labels, "en") if functional else None,
        function=tally.function,
        place=tally.place,
        lead=tally.roles[Role.LEAD],
        responsible=tally.roles[Role.RESPONSIBLE],
        support=tally.roles[Role.SUPPORT],
        implement=tally.roles[Role.IMPLEMENT],
        total=tally.roles.total(),
        tasks=len(tally.tasks),
        fractional=float(tally.fractional),
        share=len(tally.tasks) / scope if scope else 0.0,
        indicators=len(tally.indicators),
        projects=len(tally.projects),
        documents=len(tally.documents),
        evidence=tally.evidence,
    )
