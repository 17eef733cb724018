"""Read the rules that a document states once for all its tasks: whose list position leads, and who answers for every task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.documents.passage import Passage
from kg.extract.assigned import Assigned
from kg.grammar.bodies import split_bodies
from kg.grammar.clauses import Leading
from kg.grammar.marks import MARKED_LEAD, has_mark
from kg.grammar.numbers import chinese_number
from kg.grammar.roles import role_of
from kg.grammar.rules import ALL_ABOVE, FIRST_LEADS, FOR_ALL
from kg.records import Basis, Evidence, Responsibility, Role, Task

_CONDITION = re.compile(r"(?:涉及|需要|凡)[^,。;]{0,12}(?:的|时),?$")
"""Words before a rule that let it hold for some tasks only, which nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing rules of a document: which bodies of a list lead, and the duties that every task bears."""

    leading: Leading
    duties: tuple[tuple[str, Role, Evidence], ...] = ()


def read_standing(lines: Sequence[Passage], headers: Sequence[str], source: str) -> Standing:
    """Read the rules in the paragraphs and the headers of the tables of a document.

    A rule on the first body that stands in a bracket behind a list holds for that list only.
    """
    texts = [line.text for line in lines]
    first = any(
        ("首位" in text or "第一" in text or "最前" in text)
        and any(not _is_aside(text, m) for m in FIRST_LEADS.find(text))
        for text in texts
    )
    marked = any(has_mark(text) and MARKED_LEAD.first(text) for text in (*texts, *headers))
    return Standing(leading=Leading(first=first, marked=marked), duties=tuple(_for_all(lines, source)))


def _is_aside(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bracket of its own closes around the rule, behind a list and without 下同."""
    before = text.rfind("(", 0, match.start())
    end = text.find(")", match.end())
    return before > 0 and ")" not in text[before : match.start()] and end >= 0 and "同" not in text[match.end() : end]


def _for_all(lines: Sequence[Passage], source: str) -> Iterator[tuple[str, Role, Evidence]]:
    for line in lines:
        if "不再" not in line.text and "不另" not in line.text:
            continue
        for match in FOR_ALL.find(line.text):
            if _CONDITION.search(line.text, 0, match.start()):
                continue
            place = line.evidence(source, match.start(), match.end())
            group = "list" if match["list"] else "after"
            role = role_of(match["act"] or match["done"])
            for item in split_bodies(line.text, *match.span(group)).items:
                yield line.part(item.start, item.end).printed(source), role, place


def with_shared(assigned: Sequence[Assigned]) -> list[Assigned]:
    """Give tasks that name nobody the duties of a clause on 以上三项 below them, as many as it counts, of its section."""
    made = list(assigned)
    for at, one in enumerate(made):
        count = _number_above(one)
        for place in range(max(0, at - count + 1), at):
            task = made[place].task
            if not task.responsibilities and task.section == one.task.section:
                duties = tuple(
                    replace(duty, id=f"{task.id}_d{number}") for number, duty in enumerate(one.task.responsibilities, 1)
                )
                made[place] = replace(made[place], task=replace(task, responsibilities=duties, clause=one.task.clause))
    return made


def _number_above(one: Assigned) -> int:
    match = next((m for start, end in one.read if (m := ALL_ABOVE.regex.search(one.text.text, start, end))), None)
    return (chinese_number(match["count"]) or 0) if match else 0


def with_standing(assigned: Sequence[Assigned], standing: Standing) -> list[Assigned]:
    """Give each task that names bodies the duties that stand for all; who is named in it already is not named again."""
    return [
        replace(one, task=_with_duties(one.task, standing)) if one.task.responsibilities and standing.duties else one
        for one in assigned
    ]


def _with_duties(task: Task, standing: Standing) -> Task:
    named = {duty.department for duty in task.responsibilities}
    more = [
        Responsibility(id=f"{task.id}_d{number}", department=name, role=role, basis=Basis.STANDING, evidence=place)
        for number, (name, role, place) in enumerate(
            (duty for duty in standing.duties if duty[0] not in named), len(task.responsibilities) + 1
        )
    ]
    return replace(task, responsibilities=(*task.responsibilities, *more))
