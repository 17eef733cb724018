"""Put the relations together: a document goes in, the plan with all its records comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from kg.documents import Block, Document, Paragraph
from kg.documents.passage import Passage
from kg.documents.table import Table
from kg.extract.achievements import read_achievements
from kg.extract.cells import cell_responsibilities, responsibility
from kg.extract.citations import read_citations
from kg.extract.commitments import find_promises
from kg.extract.deadlines import read_deadlines
from kg.extract.indicators import read_indicators
from kg.extract.metadata import Front, read_front
from kg.extract.outline import Unit, read_outline, without_contents
from kg.extract.projects import is_project_table, read_projects
from kg.extract.prose import find_prose
from kg.extract.table_tasks import RowDraft, find_table_tasks
from kg.extract.tasks import Draft, find_tasks, find_undertakings
from kg.extract.unread import find_unread
from kg.grammar.clauses import role_of
from kg.grammar.numbers import chinese_number
from kg.records import Basis, Commitment, DocumentKind, Evidence, Plan, Project, Responsibility, Role, Task

_HISTORY = re.compile(r"背景|基础|现状|形势|趋势|成效|回顾|问题|挑战|机遇|依据|意义")
_FIRST_DUTY = re.compile(r"^(?:.{0,4})?(?:牵头|配合|协助|参与|负责)")
_NEAR = 4
_DIGIT = re.compile(r"\d")
_CITED_YEAR = re.compile(r"〔(20\d\d)〕")


@cache
def extractor_name() -> str:
    """Name this extractor with its version; a record made by another one may differ."""
    try:
        return f"kg/{version('policy-responsibility-graph')}"
    except PackageNotFoundError:
        return "kg/unknown"


def extract(document: Document) -> Plan:
    """Extract all records of a document. Pure: equal documents give equal plans."""
    source = document.text
    blocks, lost = without_contents(document.blocks)
    lines = [b.passage for b in blocks if isinstance(b, Paragraph)]
    tables = [b for b in document.blocks if isinstance(b, Table)]
    front = read_front(document, lines)
    info = front.info
    since = _year(front, source)
    reply = info.kind is DocumentKind.REPLY
    root = read_outline(_after_front(blocks, lines, front), items=reply)
    ids = _Ids(info.id)
    drafts = list(find_undertakings(root) if reply else find_tasks(root))
    tasks = [_task(draft, source, ids, since, issuer=info.issuer if reply else None) for draft in drafts]
    if info.kind is DocumentKind.REGULATION:
        kept = [(draft, task) for draft, task in zip(drafts, tasks, strict=True) if task.responsibilities]
        drafts, tasks = [draft for draft, _ in kept], [task for _, task in kept]
    rows = list(find_table_tasks(root))
    row_tasks = [_row_task(row, source, ids, since) for row in rows]
    tasks += row_tasks
    projects = tuple(read_projects(tables, source, document=info.id))
    promised = [*_body_promises(root, drafts, tasks, reply), *_row_promises(rows, row_tasks), *_goals(tables, projects)]
    return Plan(
        document=info,
        extractor=extractor_name(),
        tasks=tuple(tasks),
        commitments=tuple(_commitments(promised, source, info.id, since)),
        indicators=tuple(read_indicators(tables, source, document=info.id, title=info.title, since=since)),
        projects=projects,
        achievements=read_achievements(_reported(root), source, document=info.id) if reply else (),
        citations=read_citations([*lines, *_cells(tables)], source, document=info.id, own=front.names),
        unread=tuple(find_unread(lines, tables, tasks, drafts, lost, source)),
    )


def _after_front(blocks: Sequence[Block], lines: Sequence[Passage], front: Front) -> list[Paragraph | Table]:
    """Give the blocks after the title and the furniture of the head."""
    skipped = {id(line) for line in lines[: front.body]}
    return [b for b in blocks if not (isinstance(b, Paragraph) and id(b.passage) in skipped)]


def _year(front: Front, source: str) -> int | None:
    """Give the year from which on dates are ahead: that of the document, else the latest year of an act it cites."""
    dated = front.info.date_issued or front.info.date_published
    if dated is not None:
        return dated.year
    years = [int(y) for y in _CITED_YEAR.findall(f"{front.info.number or ''} {source}")]
    return max(years, default=None)


class _Ids:
    """Give task ids: the document's id and the number path in Arabic figures, with a letter where a path comes again."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.used: dict[str, int] = {}

    def task(self, path: str) -> str:
        slug = _slug(path) or "0"
        count = self.used[slug] = self.used.get(slug, 0) + 1
        return f"{self.document}_{slug}" if count == 1 else f"{self.document}_{slug}_{count}"


def _slug(path: str) -> str:
    """Make `三/(五)/1` into `3-5-1` and `附件1-3` into `a1-3`."""
    parts = re.findall(r"附件|[一二三四五六七八九十百]+|\d+|[①-⑳]", path)
    made: list[str] = []
    for part in parts:
        if part == "附件":
            made.append("a")
        elif "①" <= part <= "⑳":
            made.append(str(ord(part) - ord("①") + 1))
        else:
            made.append(str(chinese_number(part) or part))
    return "-".join(made).replace("a-", "a")


def _task(draft: Draft, source: str, ids: _Ids, since: int | None, *, issuer: str | None) -> Task:
    path = "/".join(draft.path)
    name = ids.task(path)
    text = draft.text
    duties: list[Responsibility] = []
    for clause in draft.clauses:
        quote = text.evidence(source, clause.start, clause.end)
        for a in clause.assignments:
            duties.append(responsibility(a, text, source, f"{name}_d{len(duties) + 1}", Basis.CLAUSE, quote))
    if draft.bearer is not None:
        duties.append(_heading_duty(draft, source, f"{name}_d1"))
    known = {(d.department, d.role) for d in duties} | {(d.department, Role.RESPONSIBLE) for d in duties}
    for a in find_prose(text.text, [(c.start, c.end) for c in draft.clauses]):
        if (a.item.name, a.role) not in known and not (
            a.role is not Role.LEAD and any(d.department == a.item.name for d in duties)
        ):
            duties.append(
                responsibility(
                    a, text, source, f"{name}_d{len(duties) + 1}", Basis.PROSE, _sentence(text, a.item.start, source)
                )
            )
    if issuer and not duties:
        duties.append(
            Responsibility(
                id=f"{name}_d1",
                department=issuer,
                role=Role.RESPONSIBLE,
                basis=Basis.IMPLIED,
                evidence=text.evidence(source),
            )
        )
    clause_start = draft.clauses[0].start if draft.clauses else None
    return Task(
        id=name,
        number=path,
        section=draft.section,
        evidence=text.evidence(source),
        title=draft.title.printed(source).strip("。:： ") if draft.title else None,
        clause=text.evidence(source, clause_start, draft.clauses[-1].end) if clause_start is not None else None,
        open=any(c.open for c in draft.clauses),
        truncated=draft.truncated,
        responsibilities=tuple(duties),
        deadlines=read_deadlines(text, source, task=name, since=since),
    )


def _heading_duty(draft: Draft, source: str, name: str) -> Responsibility:
    """Make the duty of the body that the heading names; the first word of duty in the text gives the role."""
    assert draft.bearer is not None  # noqa: S101 - the caller has looked
    word = _FIRST_DUTY.search(draft.text.text)
    return Responsibility(
        id=name,
        department=draft.bearer.printed(source),
        role=role_of(word.group()) if word else Role.RESPONSIBLE,
        basis=Basis.CLAUSE,
        evidence=draft.bearer.evidence(source),
    )


def _sentence(text: Passage, at: int, source: str) -> Evidence:
    """Give the sentence around a place as evidence."""
    start = max((text.text.rfind(mark, 0, at) for mark in "。;"), default=-1) + 1
    ends = [e for e in (text.text.find(mark, at) for mark in "。;") if e >= 0]
    return text.evidence(source, start, min(ends, default=len(text.text) - 1) + 1)


def _row_task(draft: RowDraft, source: str, ids: _Ids, since: int | None) -> Task:
    name = ids.task(draft.path)
    duties, is_open, _ = cell_responsibilities(draft.row, draft.table, source, owner=name)
    deadlines = read_deadlines(draft.text, source, task=name, since=since)
    if draft.time is not None:
        timed = read_deadlines(draft.time, source, task=name, since=since, labelled=True)
        deadlines += tuple(d for d in timed if d.when not in {e.when for e in deadlines})
    return Task(
        id=name,
        number=draft.path,
        section=draft.section,
        evidence=draft.text.evidence(source),
        title=draft.title.printed(source) if draft.title else None,
        open=is_open,
        responsibilities=duties,
        deadlines=deadlines,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A passage to look for promises in, the task it belongs to, its section, and the date that a line or cell sets for it."""

    text: Passage
    task: str | None
    section: tuple[str, ...]
    due: str | None = None


def _holds(task: Task, part: Passage) -> bool:
    return (
        (task.evidence.start < part.end
        and part.start < task.evidence.end)
        or (task.title is not None and part.end <= task.evidence.start <= part.end + _NEAR)
    )


def _set_date(task: Task | None) -> str | None:
    """Give the one date that a labelled line or a cell sets for a whole task."""
    dates = [d.when for d in task.deadlines if d.id.endswith("_due")] if task else []
    return dates[0] if len(dates) == 1 else None


def _body_promises(root: Unit, drafts: Sequence[Draft], tasks: Sequence[Task], reply: bool) -> Iterator[Promised]:
    """Give the paragraphs that may promise: aims and tasks, not background; of a reply only the undertakings."""
    if reply:
        for draft, task in zip(drafts, tasks, strict=False):
            yield Promised(text=draft.text, task=task.id, section=draft.section)
        return
    for unit in root.walk():
        words = " ".join((*unit.section, unit.heading.text))
        if _HISTORY.search(words) and not re.search(r"任务|举措|措施|目标", words):
            continue
        section = (*unit.section, unit.heading.text) if unit.heading else unit.section
        for part in [unit.title, *unit.body] if _DIGIT.search(unit.title.text) else unit.body:
            owner = next((t for t in tasks if _holds(t, part)), None)
            yield Promised(text=part, task=owner.id if owner else None, section=section, due=_set_date(owner))


def _row_promises(drafts: Sequence[RowDraft], tasks: Sequence[Task]) -> Iterator[Promised]:
    for draft, task in zip(drafts, tasks, strict=True):
        yield Promised(text=draft.text, task=task.id, section=draft.section, due=_set_date(task))


def _goals(tables: Sequence[Table], projects: Sequence[Project]) -> Iterator[Promised]:
    """Give the goal cells of project lists."""
    from kg.documents.table import ColumnKind

    for table in tables:
        at = table.index(ColumnKind.GOAL)
        if at is None or not is_project_table(table):
            continue
        for row in table.rows:
            if at in row.cells:
                yield Promised(text=row.cells[at], task=None, section=(table.title,))


def _commitments(promised: Sequence[Promised], source: str, document: str, since: int | None) -> Iterator[Commitment]:
    count = 0
    for place in promised:
        text = place.text
        for promise in find_promises(text.text, since):
            count += 1
            q = promise.quantity
            yield Commitment(
                id=f"{document}_m{count}",
                task=place.task,
                section=place.section,
                metric=promise.metric,
                comparator=promise.comparator,
                value=q.value,
                value_max=q.value_max,
                unit=q.unit,
                by=promise.by or place.due,
                evidence=text.evidence(source, promise.start, promise.end),
            )


def _reported(root: Unit) -> list[Passage]:
    """Give the paragraphs of a reply that stand before its undertakings."""
    found: list[Passage] = []
    for unit in root.walk():
        for part in unit.body:
            if re.search(r"下一步|下步", part.text) and part.text.endswith(":"):
                return found
            found.append(part)
    return found


def _cells(tables: Sequence[Table]) -> Iterator[Passage]:
    for table in tables:
        for row in table.rows:
            yield from row.cells.values()
