"""Read the bodies in the cells of a table row into responsibilities, each with the role of its column."""

from __future__ import annotations

from dataclasses import dataclass

from kg.documents.passage import Passage
from kg.documents.table import EMPTY, ColumnKind, Row, Table
from kg.grammar.clauses import Assignment, parse_cell
from kg.records import Basis, Evidence, Responsibility, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDuties:
    """The duties of a row; `open` where a cell ends in 等, `strange` what in the cells is no body."""

    responsibilities: tuple[Responsibility, ...]
    open: bool
    strange: tuple[Evidence, ...]


def cell_responsibilities(row: Row, table: Table, source: str, *, owner: str) -> CellDuties:
    """Read all body cells of a row; a body counts once in a role. `owner` is the id of the task or row."""
    made: dict[tuple[str, Role], Responsibility] = {}
    strange: list[Evidence] = []
    is_open = False
    for at in table.indexes(ColumnKind.BODY):
        cell = row.cells.get(at)
        if cell is None or EMPTY.fullmatch(cell.text):
            continue
        clause = parse_cell(cell.text, table.columns[at].role or Role.RESPONSIBLE)
        is_open = is_open or clause.open
        strange.extend(cell.evidence(source, item.start, item.end) for item in clause.strange)
        for assignment in clause.assignments:
            key = assignment.item.name, assignment.role
            if key not in made:
                made[key] = responsibility(assignment, cell, source, f"{owner}_d{len(made) + 1}", Basis.TABLE)
    return CellDuties(responsibilities=tuple(made.values()), open=is_open, strange=tuple(strange))


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
