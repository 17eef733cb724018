"""List what looks like a fact and produced none: brackets with a duty word, items that are no bodies, rows without a body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.documents.passage import Passage
from kg.documents.table import ColumnKind, Row, Table
from kg.extract.acting import find_inactive
from kg.extract.assigned import Assigned
from kg.extract.cells import strange_in_cells
from kg.extract.deadlines import names_time, sets_time
from kg.extract.indicators import is_indicator_table
from kg.extract.projects import is_project_table
from kg.extract.promised import Place
from kg.extract.prose import find_prose, find_silent
from kg.extract.setting import Setting
from kg.extract.table_tasks import is_task_table
from kg.extract.unpromised import find_unpromised
from kg.grammar.clauses import find_clauses, is_labelled, labelled
from kg.records import Evidence, Unread, UnreadKind


def find_unread(
    lines: Sequence[Passage],
    tables: Sequence[Table],
    assigned: Sequence[Assigned],
    places: Sequence[Place],
    lost: Sequence[Passage],
    setting: Setting,
) -> Iterator[Unread]:
    """Find the places of a document that a reader should look at, in order of kind.

    `assigned` are the tasks, `places` where promises were looked for, `lost` headings of the contents that never come.
    """
    source = setting.source
    read = [(one.task.clause.start, one.task.clause.end) for one in assigned if one.task.clause]
    for line in lines:
        yield from _in_line(line, read, setting)
    for one in assigned:
        yield from _in_task(one, source)
    for place in places:
        for start, end in find_unpromised(place.text.text, setting.since, setting.after):
            reason = "a sentence with a number and a date to come that gave no promise"
            yield _unread(UnreadKind.SENTENCE, reason, place.text.evidence(source, start, end))
    for table in tables:
        yield from _in_table(table, setting)
    for heading in lost:
        yield _unread(
            UnreadKind.HEADING,
            "a heading of the table of contents that the text does not hold",
            heading.evidence(source),
        )


def _unread(kind: UnreadKind, reason: str, evidence: Evidence) -> Unread:
    return Unread(kind=kind, reason=reason, evidence=evidence)


def _in_task(one: Assigned, source: str) -> Iterator[Unread]:
    """Find the sentences of a task with a word of duty or a body that is to act, from which no duty was read."""
    silent = find_silent(one.text.text, one.read)
    for start, end in silent:
        reason = "a sentence with a word of duty that names no body"
        yield _unread(UnreadKind.SENTENCE, reason, one.text.evidence(source, start, end))
    read = [*silent, *one.read, *((a.item.start, a.item.end) for a in find_prose(one.text.text))]
    for start, end in find_inactive(one.text.text, read):
        reason = "a sentence on what a body does that gave no duty"
        yield _unread(UnreadKind.SENTENCE, reason, one.text.evidence(source, start, end))


def _in_line(line: Passage, read: Sequence[tuple[int, int]], setting: Setting) -> Iterator[Unread]:
    """Find the clauses of a line that name nobody, that no task holds, and what in a clause is no body."""
    source = setting.source
    clauses, nameless = find_clauses(line.text)
    whole = labelled(line.text)
    if whole is not None and not _is_read(line.start, read):
        yield _unread(UnreadKind.LINE, "a line of duties that belongs to no task", line.evidence(source))
    elif whole is None and is_labelled(line.text) and not _is_read(line.start, read):
        yield _unread(UnreadKind.LINE, "a duty label that names no body", line.evidence(source))
    for start, end in nameless:
        reason = "a bracket with a duty word names no body"
        yield _unread(UnreadKind.CLAUSE, reason, line.evidence(source, start, end))
    for clause in clauses:
        place = line.evidence(source, clause.start, clause.end)
        if whole is None and not _is_read(place.start, read):
            yield _unread(UnreadKind.CLAUSE, "a duty clause that belongs to no task", place)
        for item in clause.strange:
            if sets_time(line.text, item.start, item.end, setting):
                continue
            reason = "part of a duty clause that is not shaped like a body"
            yield _unread(UnreadKind.BODY, reason, line.evidence(source, item.start, item.end))


def _is_read(place: int, read: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in read)


def _in_table(table: Table, setting: Setting) -> Iterator[Unread]:
    source = setting.source
    if is_indicator_table(table) or is_project_table(table) or is_task_table(table):
        for row in table.rows:
            yield from _in_row(row, table, setting)
        return
    first = next((cell for row in table.rows for cell in row.cells.values()), None)
    if first is not None:
        reason = "a table whose columns name no task, indicator or project"
        yield _unread(UnreadKind.ROW, reason, first.evidence(source))


def _in_row(row: Row, table: Table, setting: Setting) -> Iterator[Unread]:
    source = setting.source
    time = table.cell(row, ColumnKind.DEADLINE)
    if time is not None and not names_time(time.text, setting):
        yield _unread(UnreadKind.CELL, "a cell of time that names no date", time.evidence(source))
    for place in strange_in_cells(row, table, source):
        yield _unread(UnreadKind.BODY, "part of a cell that is not shaped like a body", place)
    for spare in row.spare:
        yield _unread(UnreadKind.CELL, "a cell more than the table has columns", spare.evidence(source))
    bodies = table.indexes(ColumnKind.BODY)
    if bodies and not any(at in row.cells for at in bodies):
        yield _unread(UnreadKind.ROW, "a row without a body", next(iter(row.cells.values())).evidence(source))
