"""Read the rules that a document states once for all its tasks: whose list position leads, and who answers for every task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.documents.passage import Passage
from kg.extract.assigned import Assigned
from kg.grammar.bodies import split_bodies
from kg.grammar.clauses import FIRST_LEADS, role_of
from kg.grammar.pattern import Pattern
from kg.records import Basis, Evidence, Responsibility, Role, Task

FOR_ALL = Pattern(
    "rule that names bodies for every task",
    r"(?P<list>各[^,。;:]{1,40}?)(?:均|都|皆|也|亦)(?:需|须|要|应|应当|由其|为|是|作为)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?"
    r"(?P<act>负责|落实|具体落实|抓好落实|参与|配合|组织实施|承担|责任单位|配合单位|落实单位|实施单位|参与单位)[^。;]{0,16}?不(?:再|另)(?:行|一一|逐一|逐项|单独|分别|重复)*(?:列|标|注|述|明)",
    ("各码头街道办事处均为责任单位,不再列出", "以上任务各县(市、区)人民政府均需落实,不再单独列出"),
    ("各码头街道办事处均要落实责任", "不再列出"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing rules of a document: whether the first body of a list leads, and the duties that every task bears."""

    first_leads: bool
    duties: tuple[tuple[str, Role, Evidence], ...] = ()


def read_standing(lines: Sequence[Passage], source: str) -> Standing:
    """Read the rules in the paragraphs of a document."""
    first_leads = any(
        ("首位" in line.text or "第一" in line.text or "最前" in line.text) and FIRST_LEADS.first(line.text)
        for line in lines
    )
    return Standing(first_leads=first_leads, duties=tuple(_for_all(lines, source)))


def _for_all(lines: Sequence[Passage], source: str) -> Iterator[tuple[str, Role, Evidence]]:
    for line in lines:
        if "不再" not in line.text and "不另" not in line.text:
            continue
        for match in FOR_ALL.find(line.text):
            place = line.evidence(source, match.start(), match.end())
            for item in split_bodies(line.text, *match.span("list")).items:
                yield line.part(item.start, item.end).printed(source), role_of(match["act"]), place


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
