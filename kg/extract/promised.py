"""Look for promises where a document makes them, and turn them into commitments of the task or section they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents.passage import Passage
from kg.documents.table import ColumnKind, Table
from kg.extract.assigned import Assigned
from kg.extract.background import HISTORY
from kg.extract.commitments import Promise, find_promises, is_limit
from kg.extract.outline import Unit
from kg.extract.projects import is_project_table
from kg.extract.setting import Setting
from kg.grammar.headings import MARKER
from kg.records import Commitment, Comparator, Task

_AHEAD = re.compile(r"任务|举措|措施|目标")
_NEAR = 4
_INDENTED = 24
_YEAR = re.compile(
    r"(?<![\d—-])(20\d\d)年度?的?(?:全[市县省区]|我[市县省区])?(?:主要|重点|工作|预期|发展|目标|任务|计划|民生|实事|指标)"
)
_COUNT = re.compile(r"\d|[一两二三四五六七八九十][个所家座处场次张项名批届]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A passage to look for promises in, its task, its section, and the dates that a line or cell sets for it or for parts of it."""

    text: Passage
    section: tuple[str, ...]
    task: str | None = None
    due: str | None = None
    part_dates: tuple[tuple[str, str], ...] = ()


def places_of_text(root: Unit, assigned: Sequence[Assigned]) -> Iterator[Place]:
    """Give the paragraphs of a plan that may promise: aims and tasks, not background."""
    for unit in root.walk():
        section = (*unit.section, unit.heading.text) if unit.heading else unit.section
        if any(map(_tells_history, section)) and not any(map(_AHEAD.search, section)):
            continue
        for part in [unit.title, *unit.body] if _COUNT.search(unit.title.text) else unit.body:
            owner = next((a for a in assigned if _holds(a.task, part) or _is_titled(a.task, part, unit)), None)
            yield Place(
                text=part, section=section, task=owner.task.id if owner else None, due=owner.due if owner else None
            )


def _tells_history(heading: str) -> bool:
    numeral = MARKER.at_start(heading)
    return HISTORY.fits(heading[numeral.end() if numeral else 0 :].rstrip("。:")) is not None


def places_of_tasks(assigned: Sequence[Assigned]) -> Iterator[Place]:
    """Give the whole texts of tasks: of table rows, and of the undertakings of a reply, which promises nothing else."""
    for one in assigned:
        yield Place(text=one.text, section=one.task.section, task=one.task.id, due=one.due, part_dates=one.part_dates)


def places_of_goals(tables: Sequence[Table]) -> Iterator[Place]:
    """Give the goal cells of project lists."""
    for table in tables:
        at = table.index(ColumnKind.GOAL)
        if at is None or not is_project_table(table):
            continue
        for row in table.rows:
            if at in row.cells:
                yield Place(text=row.cells[at], section=(table.name,))


def read_commitments(places: Sequence[Place], setting: Setting) -> Iterator[Commitment]:
    """Read the promises of all places; ids run through the document."""
    count = 0
    for place in places:
        for promise in find_promises(place.text.text, setting.since, setting.after):
            count += 1
            yield Commitment(
                id=f"{setting.document}_m{count}",
                task=place.task,
                section=place.section,
                metric=promise.metric or _subject(place),
                comparator=promise.comparator,
                value=promise.quantity.value,
                value_max=promise.quantity.value_max,
                unit=promise.quantity.unit,
                by=_by(promise, place, setting),
                evidence=place.text.evidence(setting.source, promise.start, promise.end),
            )


def _by(promise: Promise, place: Place, setting: Setting) -> str | None:
    """Give the date of a promise: its own, that of its part or of its whole task, one behind the number, the year above; a time that work may take has none."""
    if promise.by and not promise.behind:
        return promise.by
    if is_limit(promise.quantity) and promise.comparator is Comparator.AT_MOST:
        return None
    return _date_of_part(promise, place) or place.due or promise.by or _year_above(place, setting)


def _date_of_part(promise: Promise, place: Place) -> str | None:
    """Give the date that the cell for the time sets for the part of the work that a promise names."""
    words = place.text.text[promise.start : promise.end]
    named = {when for part, when in place.part_dates if part in words}
    return named.pop() if len(named) == 1 else None


def _year_above(place: Place, setting: Setting) -> str | None:
    """Give the one year that the nearest heading above names, else that of the title: 2031年主要目标."""
    for heading in reversed(place.section):
        years = {int(year) for year in _YEAR.findall(heading)}
        if years:
            year = years.pop()
            return None if years or (setting.since is not None and year < setting.since) else str(year)
    return str(setting.year) if setting.year is not None else None


def _holds(task: Task, part: Passage) -> bool:
    """Tell whether a paragraph lies in the text of a task, or is its title straight before it."""
    if task.evidence.start < part.end and part.start < task.evidence.end:
        return True
    return task.title is not None and part.end <= task.evidence.start <= part.end + _NEAR


def _is_titled(task: Task, part: Passage, unit: Unit) -> bool:
    """Tell whether a paragraph is the heading of the unit that is the task, however the lines below it are set in."""
    if part is not unit.title or task.title is None or task.number != "/".join(unit.path):
        return False
    return part.end <= task.evidence.start <= part.end + _INDENTED


def _subject(place: Place) -> str:
    """Give the heading above a promise that names nothing itself, without its numeral."""
    heading = place.section[-1] if place.section else ""
    numeral = MARKER.at_start(heading)
    return heading[numeral.end() :] if numeral else heading
