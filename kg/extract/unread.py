"""List what looks like a fact and produced none: brackets with a duty word, items that are no bodies, rows with missing cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.documents.passage import Passage
from kg.documents.table import ColumnKind, Table
from kg.extract.cells import cell_responsibilities
from kg.extract.indicators import is_indicator_table
from kg.extract.projects import is_project_table
from kg.extract.prose import find_silent
from kg.extract.table_tasks import is_task_table
from kg.extract.tasks import Draft
from kg.grammar.clauses import find_clauses
from kg.records import Task, Unread, UnreadKind


def find_unread(
    lines: Sequence[Passage],
    tables: Sequence[Table],
    tasks: Sequence[Task],
    drafts: Sequence[Draft],
    lost: Sequence[Passage],
    source: str,
) -> Iterator[Unread]:
    """Find the places of a document that a reader should look at, in order of kind."""
    read = [(t.clause.start, t.clause.end) for t in tasks if t.clause]
    for line in lines:
        clauses, unread = find_clauses(line.text)
        for start, end in unread:
            yield Unread(
                kind=UnreadKind.CLAUSE,
                reason="a bracket with a duty word names no body",
                evidence=line.evidence(source, start, end),
            )
        for clause in clauses:
            place = line.evidence(source, clause.start, clause.end)
            if not any(a <= place.start < b for a, b in read):
                yield Unread(kind=UnreadKind.CLAUSE, reason="a duty clause that belongs to no task", evidence=place)
            for item in clause.strange:
                yield Unread(
                    kind=UnreadKind.BODY,
                    reason="part of a duty clause that is not shaped like a body",
                    evidence=line.evidence(source, item.start, item.end),
                )
    for draft in drafts:
        for start, end in find_silent(draft.text.text, [(c.start, c.end) for c in draft.clauses]):
            yield Unread(
                kind=UnreadKind.SENTENCE,
                reason="a sentence with a word of duty that names no body",
                evidence=draft.text.evidence(source, start, end),
            )
    for table in tables:
        yield from _table(table, source)
    for heading in lost:
        yield Unread(
            kind=UnreadKind.HEADING,
            reason="a heading of the table of contents that the text does not hold",
            evidence=heading.evidence(source),
        )


def _table(table: Table, source: str) -> Iterator[Unread]:
    known = is_indicator_table(table) or is_project_table(table) or is_task_table(table)
    first = next((p for row in table.rows for p in row.cells.values()), None)
    if not known and first is not None:
        yield Unread(
            kind=UnreadKind.ROW,
            reason="a table whose columns name no task, indicator or project",
            evidence=first.evidence(source),
        )
        return
    for row in table.rows:
        for _, (cell, item) in enumerate(cell_responsibilities(row, table, source, owner="")[2]):
            yield Unread(
                kind=UnreadKind.BODY,
                reason="part of a cell that is not shaped like a body",
                evidence=cell.evidence(source, item.start, item.end),
            )
        for spare in row.spare:
            yield Unread(
                kind=UnreadKind.CELL, reason="a cell more than the table has columns", evidence=spare.evidence(source)
            )
        if row.aligned == "left":
            cell = next(iter(row.cells.values()))
            yield Unread(
                kind=UnreadKind.ROW, reason="a row with fewer cells than columns", evidence=cell.evidence(source)
            )
        bodies = table.indexes(ColumnKind.BODY)
        if known and bodies and not any(at in row.cells for at in bodies):
            cell = next(iter(row.cells.values()))
            yield Unread(kind=UnreadKind.ROW, reason="a row without a body", evidence=cell.evidence(source))
