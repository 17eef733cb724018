"""Read the bodies in the cells of a table row into responsibilities, each with the role of its column."""

from __future__ import annotations

import re

from kg.documents.passage import Passage
from kg.documents.table import ColumnKind, Row, Table
from kg.grammar.bodies import Item
from kg.grammar.clauses import Assignment, parse_cell
from kg.records import Basis, Evidence, Responsibility, Role

_NONE = re.compile(r"[—\-–/无]{1,3}")


def cell_responsibilities(
    row: Row, table: Table, source: str, *, owner: str
) -> tuple[tuple[Responsibility, ...], bool, tuple[tuple[Passage, Item], ...]]:
    """Read all body cells of a row: responsibilities, whether one ends in 等, and what in them is no body."""
    made: list[Responsibility] = []
    strange: list[tuple[Passage, Item]] = []
    is_open = False
    for at in table.indexes(ColumnKind.BODY):
        cell = row.cells.get(at)
        if cell is None or _NONE.fullmatch(cell.text):
            continue
        clause = parse_cell(cell.text, table.columns[at].role or Role.RESPONSIBLE)
        is_open = is_open or clause.open
        strange.extend((cell, item) for item in clause.strange)
        for assignment in clause.assignments:
            if not any((r.department, r.role) == (assignment.item.name, assignment.role) for r in made):
                made.append(responsibility(assignment, cell, source, f"{owner}_d{len(made) + 1}", Basis.TABLE))
    return tuple(made), is_open, tuple(strange)


def responsibility(
    assignment: Assignment, text: Passage, source: str, name: str, basis: Basis, quote: Evidence | None = None
) -> Responsibility:
    """Make the record of an assignment; its evidence is the body's name unless a wider quote is given."""
    item = assignment.item
    part = text.part(item.start, item.end)
    return Responsibility(
        id=name,
        department=part.printed(source),
        role=assignment.role,
        basis=basis,
        evidence=quote or part.evidence(source),
    )
