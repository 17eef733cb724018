"""Read indicator tables: a row an indicator, with its unit, attribute, bodies, baseline and targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from kg.documents.placing import EMPTY
from kg.documents.table import Column, ColumnKind, Row, Table
from kg.extract.cells import cell_responsibilities
from kg.grammar.dates import period_end
from kg.grammar.pattern import Pattern
from kg.grammar.units import UNIT
from kg.records import Comparator, Indicator, IndicatorValue, ValueKind

VALUE = Pattern(
    "indicator value",
    r"(?P<sign>[≥≤><=＞＜]|>=|<=|不低于|不少于|不高于|不超过|大于|小于|达到|超过|约)?(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>%|‰)?(?P<after>以上|以下|以内|左右)?",
    ("≥60", "不低于35.5%"),
    ("应保尽保", "逐步建立"),
)
_UNIT_IN_NAME = re.compile(r"(?P<name>.+?)\((?P<unit>[^()]{1,12})\)?$")
_SIGNS = {
    "≥": ">=",
    ">": ">=",
    ">=": ">=",
    "不低于": ">=",
    "不少于": ">=",
    "大于": ">=",
    "达到": ">=",
    "超过": ">=",
    "以上": ">=",
    "≤": "<=",
    "<": "<=",
    "<=": "<=",
    "不高于": "<=",
    "不超过": "<=",
    "小于": "<=",
    "以下": "<=",
    "以内": "<=",
}


def is_indicator_table(table: Table) -> bool:
    """Tell whether a table lists indicators: names with values, or names of indicators without."""
    name = table.index(ColumnKind.NAME)
    if table.indexes(ColumnKind.VALUE):
        return _name_column(table) is not None
    return name is not None and "指标" in table.columns[name].header


def read_indicators(
    tables: Sequence[Table], source: str, *, document: str, title: str, since: int | None
) -> Iterator[Indicator]:
    """Read the indicators of all tables; ids run through the document."""
    count = 0
    for table in tables:
        if not is_indicator_table(table):
            continue
        goal = period_end(table.title) or period_end(title)
        for order, row in enumerate(table.rows, 1):
            indicator = _indicator(row, order, table, source, f"{document}_i{count + 1}", goal, since)
            if indicator is not None:
                count += 1
                yield indicator


def _name_column(table: Table) -> int | None:
    for kind in (ColumnKind.NAME, ColumnKind.TASK, ColumnKind.CONTENT):
        at = table.index(kind)
        if at is not None:
            return at
    return None


def _indicator(
    row: Row, order: int, table: Table, source: str, name: str, goal: int | None, since: int | None
) -> Indicator | None:
    at = _name_column(table)
    cell = row.cells.get(at) if at is not None else None
    if cell is None:
        return None
    unit_at = table.index(ColumnKind.UNIT)
    words, unit = _name_and_unit(cell.text)
    if unit_at is not None and unit_at in row.cells:
        unit = row.cells[unit_at].text.strip("()")
    attribute_at = table.index(ColumnKind.ATTRIBUTE)
    attribute = row.cells.get(attribute_at) if attribute_at is not None else None
    number = row.cells.get(0) if table.columns[0].kind is ColumnKind.NUMBER else None
    last = max(row.cells.values(), key=lambda p: p.end)
    first = min(row.cells.values(), key=lambda p: p.start)
    quote = source[first.start : last.end]
    return Indicator(
        id=name,
        number=number.text if number else str(order),
        name=words,
        group=_group(row, table),
        unit=unit,
        attribute=_attribute(attribute.text) if attribute else None,
        evidence=type(cell.evidence(source))(start=first.start, end=last.end, quote=quote),
        values=tuple(_values(row, table.columns, source, name, goal, since)),
        responsibilities=cell_responsibilities(row, table, source, owner=name)[0],
    )


def _name_and_unit(text: str) -> tuple[str, str | None]:
    """Take the unit in brackets off a name; a closing bracket that the copy lost is allowed."""
    match = _UNIT_IN_NAME.fullmatch(text)
    if match and (UNIT.regex.fullmatch(match["unit"]) or re.fullmatch(r"[%‰]|.{0,3}[元人张个家所次岁]", match["unit"])):
        return match["name"], match["unit"]
    return text, None


def _attribute(text: str) -> str:
    plain = text.strip("()。")
    return plain + "性" if plain in ("约束", "预期", "指导", "引导") else plain


def _group(row: Row, table: Table) -> str | None:
    at = table.index(ColumnKind.GROUP)
    return row.group or (row.cells[at].text if at is not None and at in row.cells else None)


def _values(
    row: Row, columns: Sequence[Column], source: str, name: str, goal: int | None, since: int | None
) -> Iterator[IndicatorValue]:
    places = [i for i, c in enumerate(columns) if c.kind is ColumnKind.VALUE]
    periods = [columns[i].period for i in places]
    for order, at in enumerate(places):
        cell = row.cells.get(at)
        if cell is None or EMPTY.fullmatch(cell.text):
            continue
        period, kind = _period(columns[at], order, len(places), goal, since)
        if kind is ValueKind.BASELINE and periods.count(period) > 1:
            period = "baseline"
        comparator, number = _number(cell.text)
        yield IndicatorValue(
            id=f"{name}_{period}",
            period=period,
            kind=kind,
            text=cell.printed(source),
            comparator=comparator,
            value=number,
            aligned=row.aligned,
            evidence=cell.evidence(source),
        )


def _period(column: Column, order: int, count: int, goal: int | None, since: int | None) -> tuple[str, ValueKind]:
    period = column.period or "target"
    if period == "baseline" or column.baseline:
        return period, ValueKind.BASELINE
    if period == "target":
        return str(goal) if goal else period, ValueKind.TARGET
    if since is not None and int(period) < since:
        return period, ValueKind.BASELINE
    if since is None and order == 0 and count > 1:
        return period, ValueKind.BASELINE
    return period, ValueKind.TARGET


def _number(text: str) -> tuple[Comparator | None, Decimal | None]:
    match = VALUE.regex.fullmatch(text)
    if not match:
        return None, None
    sign = _SIGNS.get(match["sign"] or "") or _SIGNS.get(match["after"] or "")
    try:
        return (Comparator(sign) if sign else Comparator.EQUAL), Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return None, None
