"""Read annex lists of projects, policies, elements and pilots, with money, dates and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.documents.header import is_sum
from kg.documents.table import ColumnKind, Row, Table
from kg.extract.cells import cell_responsibilities
from kg.extract.indicators import is_indicator_table
from kg.extract.setting import Setting
from kg.grammar.characters import NUMERAL
from kg.grammar.headings import ANNEX_WORD
from kg.grammar.money import in_wan
from kg.records import Project

_LISTED = re.compile(r"项目|政策|要素|试点|工程|平台|名称|清单")
_SPAN = re.compile(r"年限|周期|期限|起止|(?:建设|实施)时间")
_YEAR = re.compile(r"(20\d\d)年?(?:[-./年](1[0-2]|0?[1-9])(?!\d))?")
_ANNEX = re.compile(rf"^{ANNEX_WORD}(?:\d|{NUMERAL})*:?")


def is_project_table(table: Table) -> bool:
    """Tell whether a table lists named projects, policies, elements or pilots."""
    name = table.index(ColumnKind.NAME)
    if name is None or is_indicator_table(table):
        return False
    return _LISTED.search(table.columns[name].header) is not None


def read_projects(tables: Sequence[Table], setting: Setting) -> Iterator[Project]:
    """Read the projects of all lists; ids run through the document."""
    count = 0
    for table in tables:
        if not is_project_table(table):
            continue
        for order, row in enumerate(table.rows, 1):
            project = _project(row, order, table, setting.source, f"{setting.document}_p{count + 1}")
            if project is not None:
                count += 1
                yield project


def _project(row: Row, order: int, table: Table, source: str, name: str) -> Project | None:
    title = table.cell(row, ColumnKind.NAME)
    if title is None or is_sum(title.text):
        return None
    number = table.cell(row, ColumnKind.NUMBER)
    first, last = _years(row, table)
    kind, place, goal = (table.cell(row, k) for k in (ColumnKind.TYPE, ColumnKind.PLACE, ColumnKind.GOAL))
    return Project(
        id=name,
        list=_ANNEX.sub("", table.name.replace(" ", "")) or table.name,
        number=number.text if number else str(order),
        name=title.printed(source),
        type=kind.text if kind else None,
        start=first,
        end=last,
        place=place.printed(source) if place else None,
        investment_wan=_money(row, table, ColumnKind.INVESTMENT),
        central_wan=_money(row, table, ColumnKind.CENTRAL),
        goal=goal.printed(source) if goal else None,
        evidence=row.evidence(source),
        responsibilities=cell_responsibilities(row, table, source, owner=name).responsibilities,
    )


def _years(row: Row, table: Table) -> tuple[str | None, str | None]:
    """Read the first and last year; a range in one cell gives both."""
    first, last = (table.cell(row, kind) for kind in (ColumnKind.START, ColumnKind.END))
    starts = [_when(m) for m in _YEAR.finditer(first.text)] if first else []
    ends = [_when(m) for m in _YEAR.finditer(last.text)] if last else []
    at = table.index(ColumnKind.START)
    if starts and not ends and (len(starts) > 1 or (at is not None and _SPAN.search(table.columns[at].header))):
        ends = starts[-1:]
    return (starts[0] if starts else None), (ends[-1] if ends else None)


def _when(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02d}" if match[2] else match[1]


def _money(row: Row, table: Table, kind: ColumnKind) -> Decimal | None:
    """Read an amount in 万元; a unit in the cell comes before that of the header, and this before the one above the table."""
    at = table.index(kind)
    cell = table.cell(row, kind)
    return in_wan(cell.text, table.money_unit(at)) if cell and at is not None else None
