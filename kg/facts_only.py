"""Reduce a plan to facts: names, figures, dates and offsets stay, the sentences of the document go."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.assets import asset
from kg.records import Achievement, Citation, Commitment, Evidence, Indicator, Plan, Project, Responsibility, Task

__all__ = ["LONGEST_NAME", "LONGEST_TITLE", "facts_only", "own_titles"]

LONGEST_NAME = 24
"""Characters of the longest title or metric that is taken for a name; of the five bundled plans no printed task title
and no indicator is longer, and what is longer among the metrics is half a sentence."""

LONGEST_TITLE = 27
"""Characters of the longest title of an act that stays whole; a longer one is a sentence in itself."""

_PROMULGATED = re.compile(r"关于(?:印发|发布|转发)[《〈](?P<act>[^《〈》〉]+)[》〉]的通知$")


def own_titles() -> Mapping[str, str]:
    """Read the short titles of our own for tasks of the bundled dataset that print none, by the task's id."""
    with asset("data", "titles.csv").open(encoding="utf-8", newline="") as file:
        return {row["task"]: row["title"] for row in csv.DictReader(file)}


def facts_only(plan: Plan, titles: Mapping[str, str] = MappingProxyType({})) -> Plan:
    """Return a plan without quotes, goals and long titles; its ids, offsets and figures are those of the plan.

    `titles` gives tasks without a printed title one, by the task's id.

    A task's title, a heading or a metric longer than `LONGEST_NAME` is left out, the title of an act longer than
    `LONGEST_TITLE` is shortened; names of bodies, indicators and projects stay whole.
    """
    return replace(
        plan,
        document=replace(plan.document, title=_short(plan.document.title, plan.document.issuer or "")),
        tasks=tuple(_task(task, titles.get(task.id)) for task in plan.tasks),
        commitments=tuple(map(_commitment, plan.commitments)),
        indicators=tuple(map(_indicator, plan.indicators)),
        projects=tuple(map(_project, plan.projects)),
        achievements=tuple(map(_achievement, plan.achievements)),
        citations=tuple(map(_citation, plan.citations)),
        unread=tuple(replace(place, evidence=_offsets(place.evidence)) for place in plan.unread),
    )


def _offsets(evidence: Evidence) -> Evidence:
    return replace(evidence, quote=None)


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME


def _headings(section: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading for heading in section if _is_name(heading))


def _duties(duties: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
    return tuple(replace(duty, evidence=_offsets(duty.evidence)) for duty in duties)


def _task(task: Task, own: str | None) -> Task:
    return replace(
        task,
        title=task.title if task.title and _is_name(task.title) else own,
        section=_headings(task.section),
        evidence=_offsets(task.evidence),
        clause=_offsets(task.clause) if task.clause else None,
        responsibilities=_duties(task.responsibilities),
        deadlines=tuple(replace(deadline, evidence=_offsets(deadline.evidence)) for deadline in task.deadlines),
    )


def _commitment(promise: Commitment) -> Commitment:
    metric = promise.metric if _is_name(promise.metric) else ""
    return replace(promise, metric=metric, section=_headings(promise.section), evidence=_offsets(promise.evidence))


def _achievement(result: Achievement) -> Achievement:
    return replace(result, metric=result.metric if _is_name(result.metric) else "", evidence=_offsets(result.evidence))


def _indicator(row: Indicator) -> Indicator:
    values = tuple(replace(value, evidence=_offsets(value.evidence)) for value in row.values)
    return replace(row, evidence=_offsets(row.evidence), values=values, responsibilities=_duties(row.responsibilities))


def _project(row: Project) -> Project:
    return replace(row, goal=None, evidence=_offsets(row.evidence), responsibilities=_duties(row.responsibilities))


def _citation(act: Citation) -> Citation:
    return replace(act, title=_short(act.title), evidence=_offsets(act.evidence))


def _short(title: str, issuer: str = "") -> str:
    """Shorten a title: without its issuer, else the act that a notice promulgates, else its head and its end.

    >>> _short("海雾省雾灯市贝壳区人民政府办公室关于印发《贝壳区灯塔养护整体方案》的通知")
    '贝壳区灯塔养护整体方案'
    """
    promulgated = _PROMULGATED.search(title)
    for form in (title, title.removeprefix(issuer), promulgated["act"] if promulgated else ""):
        if form and len(form) <= LONGEST_TITLE:
            return form
    half = LONGEST_TITLE // 2
    return f"{title[:half]}…{title[-half:]}"
