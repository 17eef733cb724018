"""Read the bodies in the cells of a table row into responsibilities, each with the role of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.passage import Passage
from kg.documents.table import EMPTY, ColumnKind, Row, Table
from kg.extract.setting import NOBODY_LEADS
from kg.grammar.clauses import Assignment, Leading, parse_cell, with_leads
from kg.records import Basis, Evidence, Responsibility, Role

_TOGETHER = re.compile(r"分别|共同|牵头|配合")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDuties:
    """The duties of a row; `open` where a cell ends in 等."""

    responsibilities: tuple[Responsibility, ...]
    open: bool


def cell_responsibilities(
    row: Row, table: Table, source: str, *, owner: str, leading: Leading = NOBODY_LEADS
) -> CellDuties:
    """Read all body cells of a row; a body counts once in a role. `owner` is the id of the task or row.

    `leading` tells which bodies of a column without a role of their own lead; the first one does in a single column only.
    """
    made: dict[tuple[str, Role], Responsibility] = {}
    is_open = False
    for at in table.indexes(ColumnKind.BODY):
        cell = row.cells.get(at)
        if cell is None or EMPTY.fullmatch(cell.text):
            continue
        clause = parse_cell(cell.text, table.columns[at].role or Role.RESPONSIBLE)
        is_open = is_open or clause.open
        alone = len(table.indexes(ColumnKind.BODY)) == 1
        first = leading.first and alone and not _TOGETHER.search(cell.text)
        for assignment in with_leads(clause.assignments, Leading(first=first, marked=leading.marked)):
            key = assignment.item.name, assignment.role
            if key not in made:
                made[key] = responsibility(assignment, cell, source, f"{owner}_d{len(made) + 1}", Basis.TABLE)
    return CellDuties(responsibilities=tuple(made.values()), open=is_open)


def strange_in_cells(row: Row, table: Table, source: str) -> Iterator[Evidence]:
    """Give what in the body cells of a row is no body."""
    for at in table.indexes(ColumnKind.BODY):
        cell = row.cells.get(at)
        if cell is not None and not EMPTY.fullmatch(cell.text):
            for item in parse_cell(cell.text, table.columns[at].role or Role.RESPONSIBLE).strange:
                yield cell.evidence(source, item.start, item.end)


def responsibility(
    assignment: Assignment, text: Passage, source: str, name: str, basis: Basis, quote: Evidence | None = None
) -> Responsibility:
    """Make the record of an assignment; its evidence is the body's name unless a wider quote is given."""
    part = text.part(assignment.item.start, assignment.item.end)
    return Responsibility(
        id=name,
        department=part.printed(source),
        role=assignment.role,
        basis=basis,
        evidence=quote or part.evidence(source),
    )
