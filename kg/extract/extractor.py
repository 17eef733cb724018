"""Put the relations together: a document goes in, the plan with all its records comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from kg.documents import Block, Document, Paragraph
from kg.documents.passage import Passage
from kg.documents.table import Table
from kg.extract.achievements import read_achievements
from kg.extract.assigned import Assigned, assign, assign_row
from kg.extract.citations import read_citations
from kg.extract.drafts import Draft
from kg.extract.ids import TaskIds
from kg.extract.indicators import read_indicators
from kg.extract.metadata import Front, is_own_name, read_front
from kg.extract.outline import Unit, read_outline, without_contents
from kg.extract.projects import read_projects
from kg.extract.promised import Place, places_of_goals, places_of_tasks, places_of_text, read_commitments
from kg.extract.setting import Setting
from kg.extract.standing import read_standing, with_shared, with_standing
from kg.extract.table_tasks import find_table_tasks
from kg.extract.tasks import find_tasks
from kg.extract.undertakings import announces_next, begins_next, find_undertakings, leads_on
from kg.extract.unread import find_unread
from kg.grammar.clauses import Leading
from kg.grammar.dates import RANGE
from kg.records import DocumentInfo, DocumentKind, Plan

_TITLE_YEAR = re.compile(r"(20\d\d)年(?!版|本|修|第)")
_SOME_YEARS = re.compile(r"规划|[两二三四五六七八十]年|[“\"]?十[二三四五六七]五")
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
    blocks, lost = without_contents(document.blocks)
    lines = [b.passage for b in blocks if isinstance(b, Paragraph)]
    tables = [b for b in document.blocks if isinstance(b, Table)]
    front = read_front(document, lines)
    info = front.info
    headers = [column.header for table in tables for column in table.columns]
    standing = read_standing(lines, headers, document.text)
    setting = _setting(front, document.text, standing.leading)
    reply = info.kind is DocumentKind.REPLY
    starts = [line for line in lines[front.body :] if is_own_name(line.text, front.names)]
    root = read_outline(_after_front(blocks, lines, front), items=reply, starts=starts)
    ids = TaskIds(info.id)
    drafts = list(find_undertakings(root) if reply else find_tasks(root))
    of_text = with_standing(with_shared(_assigned(drafts, info, setting, ids)), standing)
    rows = [assign_row(row, setting, ids.give(row.path)) for row in find_table_tasks(root)]
    of_rows = with_standing(rows, standing)
    tasks = tuple(one.task for one in [*of_text, *of_rows])
    places = _places(root, of_text, of_rows, tables, reply=reply)
    return Plan(
        document=info,
        extractor=extractor_name(),
        tasks=tasks,
        commitments=tuple(read_commitments(places, setting)),
        indicators=tuple(read_indicators(tables, setting)),
        projects=tuple(read_projects(tables, setting)),
        achievements=tuple(read_achievements(_reported(root), setting)) if reply else (),
        citations=read_citations([*lines, *_cells(tables)], setting, own=front.names),
        unread=tuple(find_unread(lines, tables, of_text, places, lost, setting)),
    )


def _assigned(drafts: Sequence[Draft], info: DocumentInfo, setting: Setting, ids: TaskIds) -> list[Assigned]:
    """Make the tasks of the text; of a regulation only the articles that charge somebody."""
    issuer = info.issuer if info.kind is DocumentKind.REPLY else None
    made = [assign(draft, setting, ids.give("/".join(draft.path)), issuer=issuer) for draft in drafts]
    return [one for one in made if one.task.responsibilities or info.kind is not DocumentKind.REGULATION]


def _places(
    root: Unit, of_text: Sequence[Assigned], of_rows: Sequence[Assigned], tables: Sequence[Table], *, reply: bool
) -> list[Place]:
    """Give the places of promises in order: the text, the rows that assign work, the goals of projects."""
    text = places_of_tasks(of_text) if reply else places_of_text(root, [*of_text, *of_rows])
    return [*text, *places_of_tasks(of_rows), *places_of_goals(tables)]


def _after_front(blocks: Sequence[Block], lines: Sequence[Passage], front: Front) -> list[Block]:
    """Give the blocks after the title and the furniture of the head."""
    skipped = {id(line) for line in lines[: front.body]}
    return [b for b in blocks if not (isinstance(b, Paragraph) and id(b.passage) in skipped)]


def _setting(front: Front, source: str, leading: Leading) -> Setting:
    title = front.info.title
    return Setting(
        source=source,
        document=front.info.id,
        title=title,
        since=_since(front, source),
        after=_after(front),
        year=_title_year(title),
        leading=leading,
    )


def _after(front: Front) -> date | None:
    """Give the day after which months without a year come: the one year of the title, else the day of issue; of a plan for years, none."""
    title = front.info.title
    year = _title_year(title)
    if year is not None:
        return date(year, 1, 1)
    several = _TITLE_YEAR.search(title) or _SOME_YEARS.search(title)
    return None if several else front.info.date_issued or front.info.date_published


def _title_year(title: str) -> int | None:
    """Give the one year that the title names: that of a plan for one year."""
    years = set(_TITLE_YEAR.findall(title))
    return int(years.pop()) if len(years) == 1 and not RANGE.first(title) else None


def _since(front: Front, source: str) -> int | None:
    """Give the year from which on dates are ahead: that of the document, else the latest year of an act it cites, else that of the title."""
    dated = front.info.date_issued or front.info.date_published
    if dated is not None:
        return dated.year
    years = [int(y) for y in _CITED_YEAR.findall(f"{front.info.number or ''} {source}")]
    return max(years, default=_title_year(front.info.title))


def _reported(root: Unit) -> list[Passage]:
    """Give the paragraphs of a reply that stand before its undertakings."""
    found: list[Passage] = []
    for unit in root.walk():
        if leads_on(unit.heading):
            return found
        for part in unit.body:
            if announces_next(part):
                return found
            if begins_next(part):
                break
            found.append(part)
    return found


def _cells(tables: Sequence[Table]) -> Iterator[Passage]:
    for table in tables:
        for row in table.rows:
            yield from row.cells.values()
