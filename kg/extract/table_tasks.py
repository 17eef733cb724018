"""Read tables that assign work: a row a task, with the bodies and the time of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents.passage import Passage
from kg.documents.table import ColumnKind, Row, Table
from kg.extract.indicators import is_indicator_table
from kg.extract.outline import Unit
from kg.extract.projects import is_project_table


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """A table row that assigns work, before its facts are read."""

    path: str
    section: tuple[str, ...]
    text: Passage
    row: Row
    table: Table
    title: Passage | None = None
    time: Passage | None = None


def is_task_table(table: Table) -> bool:
    """Tell whether a table assigns work to bodies."""
    if is_indicator_table(table) or is_project_table(table):
        return False
    return bool(table.indexes(ColumnKind.BODY)) and _text_columns(table) != ()


def find_table_tasks(root: Unit) -> Iterator[RowDraft]:
    """Find the rows of the tables below `root` that assign work, in order."""
    for unit in root.walk():
        for table in unit.tables:
            if is_task_table(table):
                yield from _rows(table, unit)


def _rows(table: Table, unit: Unit) -> Iterator[RowDraft]:
    columns = _text_columns(table)
    section = (*unit.section, unit.heading.text) if unit.heading else unit.section
    for order, row in enumerate(table.rows, 1):
        cells = [row.cells[at] for at in columns if at in row.cells]
        if not cells:
            continue
        number = row.cells[0].text if table.columns[0].kind is ColumnKind.NUMBER and 0 in row.cells else str(order)
        time_at = table.index(ColumnKind.DEADLINE)
        if time_at is None:
            time_at = table.index(ColumnKind.END)
        title = cells[0] if len(cells) > 1 and len(cells[0].text) <= len(cells[-1].text) else None
        yield RowDraft(
            path=_path(unit, number),
            section=(*section, row.group) if row.group else section,
            title=title,
            text=cells[-1] if title else cells[0],
            row=row,
            table=table,
            time=row.cells.get(time_at) if time_at is not None else None,
        )


def _path(unit: Unit, number: str) -> str:
    if unit.kind == "annex":
        return f"{unit.numeral}-{number}"
    return "/".join((*unit.path, number))


def _text_columns(table: Table) -> tuple[int, ...]:
    """Give the columns that say what is to be done, the short name first."""
    kinds: Sequence[ColumnKind] = (ColumnKind.NAME, ColumnKind.TASK, ColumnKind.CONTENT, ColumnKind.GOAL)
    found = [at for kind in kinds for at in table.indexes(kind)]
    return tuple(sorted(found)[:2]) if len(found) > 1 else tuple(found)
