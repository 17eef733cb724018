"""Read indicator tables: a row an indicator, with its unit, attribute, bodies, baseline and targets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from kg.documents.table import EMPTY, Column, ColumnKind, Row, Table
from kg.extract.cells import cell_responsibilities
from kg.extract.setting import Setting
from kg.grammar.dates import period_end
from kg.grammar.pattern import Pattern
from kg.grammar.units import UNIT
from kg.records import Comparator, Indicator, IndicatorValue, ValueKind

VALUE = Pattern(
    "indicator value",
    r"(?P<sign>[≥≤><=＞＜]|>=|<=|不低于|不少于|不高于|不超过|大于|小于|达到|超过|约)?(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>%|‰)?(?P<after>以上|以下|以内|左右)?",
    ("≥60", "不低于35.5%"),
    ("应保尽保", "灯塔5座"),
    whole=True,
)
_UNIT_IN_NAME = re.compile(r"(?P<name>.+?)\((?P<unit>[^()]{1,12})\)?$")
_ODD_UNIT = re.compile(r".{0,3}[元人张个家所次岁]")
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


def read_indicators(tables: Sequence[Table], setting: Setting) -> Iterator[Indicator]:
    """Read the indicators of all tables; ids run through the document."""
    count = 0
    for table in tables:
        if not is_indicator_table(table):
            continue
        for order, row in enumerate(table.rows, 1):
            indicator = _indicator(row, order, table, setting, f"{setting.document}_i{count + 1}")
            if indicator is not None:
                count += 1
                yield indicator


def _name_column(table: Table) -> int | None:
    for kind in (ColumnKind.NAME, ColumnKind.TASK, ColumnKind.CONTENT):
        at = table.index(kind)
        if at is not None:
            return at
    return None


def _indicator(row: Row, order: int, table: Table, setting: Setting, name: str) -> Indicator | None:
    at = _name_column(table)
    cell = row.cells.get(at) if at is not None else None
    if cell is None:
        return None
    words, unit = _name_and_unit(cell.text)
    printed = table.cell(row, ColumnKind.UNIT)
    attribute = table.cell(row, ColumnKind.ATTRIBUTE)
    number = table.cell(row, ColumnKind.NUMBER)
    return Indicator(
        id=name,
        number=number.text if number else str(order),
        name=words,
        group=_group(row, table),
        unit=printed.text.strip("()") if printed else unit or table.unit,
        attribute=_attribute(attribute.text) if attribute else None,
        evidence=row.evidence(setting.source),
        values=tuple(_values(row, table, setting, name)),
        responsibilities=cell_responsibilities(row, table, setting.source, owner=name).responsibilities,
    )


def _name_and_unit(text: str) -> tuple[str, str | None]:
    """Take the unit in brackets off a name; a closing bracket that the copy lost is allowed."""
    match = _UNIT_IN_NAME.fullmatch(text)
    if match and (UNIT.fits(match["unit"]) or _ODD_UNIT.fullmatch(match["unit"])):
        return match["name"], match["unit"]
    return text, None


def _attribute(text: str) -> str:
    plain = text.strip("()。")
    return plain + "性" if plain in ("约束", "预期", "指导", "引导") else plain


def _group(row: Row, table: Table) -> str | None:
    cell = table.cell(row, ColumnKind.GROUP)
    return row.group or (cell.text if cell else None)


def _values(row: Row, table: Table, setting: Setting, name: str) -> Iterator[IndicatorValue]:
    used: Counter[str] = Counter()
    for at, (period, kind) in _periods(table, setting).items():
        cell = row.cells.get(at)
        if cell is None or EMPTY.fullmatch(cell.text):
            continue
        used[period] += 1
        comparator, number = _number(cell.text)
        yield IndicatorValue(
            id=f"{name}_{period}" if used[period] == 1 else f"{name}_{period}_{used[period]}",
            period=period,
            kind=kind,
            text=cell.printed(setting.source),
            comparator=comparator,
            value=number,
            aligned=row.aligned,
            evidence=cell.evidence(setting.source),
        )


def _periods(table: Table, setting: Setting) -> dict[int, tuple[str, ValueKind]]:
    """Say what each column of values holds; a base year printed beside a target of the same year is `baseline`."""
    places = table.indexes(ColumnKind.VALUE)
    printed = [table.columns[at].period for at in places]
    found: dict[int, tuple[str, ValueKind]] = {}
    for order, at in enumerate(places):
        column = table.columns[at]
        period = column.period or "target"
        if _is_baseline(column, setting.since, first=order == 0 < len(places) - 1):
            found[at] = "baseline" if printed.count(period) > 1 else period, ValueKind.BASELINE
        else:
            goal = (period_end(table.title) or period_end(setting.title)) if period == "target" else None
            found[at] = str(goal or period), ValueKind.TARGET
    return found


def _is_baseline(column: Column, since: int | None, *, first: bool) -> bool:
    """Tell whether a column holds what was: it says so, its year is past, or it is the first of an undated plan."""
    if column.baseline or column.target or column.period in ("baseline", "target", None):
        return column.baseline or column.period == "baseline"
    return first if since is None else int(column.period) < since


def _number(text: str) -> tuple[Comparator | None, Decimal | None]:
    match = VALUE.fits(text)
    if not match:
        return None, None
    sign = _SIGNS.get(match["sign"] or "") or _SIGNS.get(match["after"] or "")
    try:
        return (Comparator(sign) if sign else Comparator.EQUAL), Decimal(match["number"].replace(",", ""))
    except InvalidOperation:
        return None, None
