"""Make a table of the cells of a grid, whose rows, columns and spans the file itself tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.documents.caption import is_caption
from kg.documents.header import group_name, is_sum, is_useful, with_groups
from kg.documents.passage import Passage, passage
from kg.documents.placing import NUMERIC
from kg.documents.table import EMPTY, Column, ColumnKind, Row, Table, column, with_repeated
from kg.grammar.characters import NUMERAL
from kg.grammar.money import MONEY_UNIT
from kg.grammar.units import UNIT

_MOST_HEADER_ROWS = 3
_FEWEST_KNOWN = 2
_TITLE_AND_UNIT = 2
_MOST_COLUMNS = 100
_GROUP_NUMERAL = re.compile(rf"[(（]?{NUMERAL}{{1,3}}[)）]?[、.]?")
_NOTE = re.compile(r"备?注[:：]?\d?|说明[:：]")
_COUNTER = re.compile(r"[(（]?\d{1,2}[)）]?")
_TOLD_ALONE = (ColumnKind.BODY, ColumnKind.INVESTMENT, ColumnKind.CENTRAL)
_MONEY = (ColumnKind.INVESTMENT, ColumnKind.CENTRAL)
_TOTAL = re.compile(rf"[(]?(?:{MONEY_UNIT}|合计|小计|总计|总额|总量|金额|规模|估算|总数)[)]?")
_OF_MONEY = re.compile(r"投资|资金|经费")
_UNIT_CELL = re.compile(rf"[(]?(?:单位:)?(?:{MONEY_UNIT}|{UNIT.expression})[)]?")
_SUBHEADING = re.compile(rf"(?:{NUMERAL}{{1,3}}、|[(]{NUMERAL}{{1,3}}[)]).+|.+[(](?:共)?\d+[个项处座家][)]")
_UNKNOWN = (ColumnKind.OTHER, ColumnKind.GROUP, ColumnKind.NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A cell of a grid at its place in the text; it covers `rows` × `columns` from (`row`, `column`)."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


Covered = Mapping[int, Slot]
"""The slots of one row by the column that they cover."""


def rebuild_grid(slots: Sequence[Slot], folded: str, title: str) -> tuple[Table | None, list[Slot]]:
    """Make the table of a grid; give it, None where its header is not known, and the cells that are no part of it.

    A cell that spans rows belongs to each of them; lines above the header belong to the title.
    """
    texts = {slot: passage(folded, slot.start, slot.end) for slot in slots}
    filled = [slot for slot in slots if texts[slot]]
    rows = _by_row(filled)
    first = _rows_above(rows, texts)
    header = _header(rows[first:], texts)
    if header is None:
        return None, filled
    columns, height = _with_units(header[0], rows[first + header[1] :], texts), header[1]
    above = [slot for row in rows[:first] for slot in dict.fromkeys(row.values())]
    made, notes = _rows(rows[first + height :], columns, texts)
    if not made:
        return None, filled
    own = [slot for row in rows[first:] for slot in row.values()]
    words = [title, *(texts[slot].text for slot in above)]
    table = Table(
        columns=tuple(columns),
        rows=with_repeated(made),
        title=" ".join(word for word in words if word),
        start=min(slot.start for slot in own),
        end=max(slot.end for slot in own),
    )
    return table, [*above, *notes]


def _by_row(slots: Sequence[Slot]) -> list[Covered]:
    """Give the slots of each row by column, those that reach down from rows above included; rows with none of their own are left out."""
    rows: dict[int, dict[int, Slot]] = {}
    own = {slot.row for slot in slots}
    for slot in slots:
        for row in range(slot.row, slot.row + slot.rows):
            if row in own:
                rows.setdefault(row, {}).update(dict.fromkeys(range(slot.column, slot.column + slot.columns), slot))
    return [rows[row] for row in sorted(rows)]


def _rows_above(rows: Sequence[Covered], texts: Mapping[Slot, Passage]) -> int:
    """Count the rows at the top that are one cell across the table, or a title beside the unit, of which later rows have more."""
    for at, row in enumerate(rows):
        cells = set(row.values())
        if len(cells) > 1 and not (len(cells) == _TITLE_AND_UNIT and any(is_caption(texts[one].text) for one in cells)):
            return at
    return 0


def _with_units(columns: Sequence[Column], body: Sequence[Covered], texts: Mapping[Slot, Passage]) -> list[Column]:
    """Add to the headers what a row of units right below them says: (万元) below 总投资."""
    made = list(columns)
    if body and all(_UNIT_CELL.fullmatch(texts[slot].text) for slot in body[0].values()):
        for at, slot in body[0].items():
            if at < len(made) and made[at].kind in _MONEY:
                made[at] = replace(made[at], header=made[at].header + texts[slot].text)
    return made


def _header(rows: Sequence[Covered], texts: Mapping[Slot, Passage]) -> tuple[list[Column], int] | None:
    """Read the columns from the first rows; a header may have up to three of them, whose words are put together."""
    width = max((max(line) for line in rows), default=-1) + 1
    if width > _MOST_COLUMNS:
        return None
    for height in range(min(_MOST_HEADER_ROWS, len(rows) - 1), 0, -1):
        lines = rows[:height]
        labels = [[texts[line[at]].text for line in lines if at in line] for at in range(width)]
        columns = [_column(list(dict.fromkeys(words)), first=at == 0) for at, words in enumerate(labels)]
        known = [c for c in columns if c.kind not in _UNKNOWN]
        if len(known) >= _FEWEST_KNOWN and is_useful(columns) and _reaches(lines, rows[height:]):
            return with_groups(columns), height
    return None


def _column(words: Sequence[str], *, first: bool) -> Column:
    """Give the column of the words printed above each other, the uppermost first; a column of money keeps all of them, which name its unit."""
    found = _named(words)
    if found is not None and found.kind in _MONEY:
        found = replace(found, header="".join(words))
    return found or Column(kind=ColumnKind.GROUP if first else ColumnKind.OTHER, header="".join(words))


def _named(words: Sequence[str]) -> Column | None:
    """Give the column that stacked words name, None where they name none.

    A lower word that names bodies or money says it alone (责任单位 over 配合单位, 投资规模 over 总投资); else the words are tried together, without the
    upper ones, turned round (责任单位 over 牵头, 规划 over 2035年), and one by one from below. Below money, what is no total is a part of it.
    """
    lowest = column(words[-1]) if words else None
    if lowest is not None and lowest.kind in _TOLD_ALONE:
        return lowest
    together = ["".join(words[at:]) for at in range(len(words) - 1)]
    for header in (*together, "".join(reversed(words))):
        found = column(header)
        if found is not None:
            return found
    if any(map(_OF_MONEY.search, words[:-1])):
        return Column(kind=ColumnKind.INVESTMENT, header="".join(words)) if _TOTAL.fullmatch(words[-1]) else None
    return next((found for word in reversed(words) if (found := column(word)) is not None), None)


def _reaches(lines: Sequence[Covered], body: Sequence[Covered]) -> bool:
    """Tell whether rows are a header and nothing else: each of more than one row is held together by a cell across rows or columns."""
    if len(lines) == 1:
        return not _joins(lines[0], body[0])
    return all(_joins(upper, lower) or _splits(upper, lower) for upper, lower in pairwise(lines))


def _joins(upper: Covered, lower: Covered) -> bool:
    return any(upper.get(at) is slot for at, slot in lower.items())


def _splits(upper: Covered, lower: Covered) -> bool:
    return any(
        slot.columns > 1 and len({lower.get(at) for at in range(slot.column, slot.column + slot.columns)}) > 1
        for slot in upper.values()
    )


def _rows(
    rows: Sequence[Covered], columns: Sequence[Column], texts: Mapping[Slot, Passage]
) -> tuple[list[Row], list[Slot]]:
    """Make the rows below the header; give the notes below the table too."""
    made: list[Row] = []
    notes: list[Slot] = []
    group: str | None = None
    header = [column.header for column in columns]
    number = 0
    counted = any(0 in covered and texts[covered[0]].text.isdecimal() for covered in rows)
    for covered in rows:
        number = max(number, *(slot.row for slot in covered.values()))
        words = [texts[slot].text for slot in dict.fromkeys(covered.values())]
        named = _group(covered, words, columns)
        if named is None and counted and (summed := _without_sums(covered, columns, texts)) is not None:
            named = _group(summed, [texts[slot].text for slot in dict.fromkeys(summed.values())], columns)
        if _NOTE.match(words[0]) and len(words) == 1:
            notes.extend(set(covered.values()))
        elif named is not None:
            group = named
        elif not (_is_furniture(words, header) or all(map(_UNIT_CELL.fullmatch, words))):
            made.append(_row(covered, columns, texts, group, number))
    return made, notes


def _group(covered: Covered, words: Sequence[str], columns: Sequence[Column]) -> str | None:
    """Give the name of a group of rows where a row holds nothing else, with or without its numeral before it."""
    if len(columns) <= 2:
        return None
    if len(words) == 1:
        return group_name(words[0])
    is_named = len(words) == 2 and _GROUP_NUMERAL.fullmatch(words[0]) and 0 in covered and len(columns) > 3
    return words[1] if is_named else None


def _without_sums(covered: Covered, columns: Sequence[Column], texts: Mapping[Slot, Passage]) -> Covered | None:
    """Give the words of a row of a list with money that names a group and sums it up (一、灯塔类(3个) with its amounts); None for other rows."""
    kinds = {one.kind for one in columns}
    if not kinds & set(_MONEY) or ColumnKind.VALUE in kinds:
        return None
    left = {
        at: slot
        for at, slot in covered.items()
        if not (NUMERIC.fullmatch(texts[slot].text) or EMPTY.fullmatch(texts[slot].text))
    }
    words = [texts[slot].text for slot in dict.fromkeys(left.values())]
    is_named = len(words) == 2 and 0 in left and _GROUP_NUMERAL.fullmatch(words[0])
    is_alone = len(words) == 1 and _SUBHEADING.fullmatch(words[0])
    return left if is_named or is_alone else None


def _is_furniture(words: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row repeats the header, numbers the columns or sums them up."""
    repeats = len(words) > 1 and all(any(word in head for head in header) for word in words)
    numbers = len(words) > 2 and [*map(str, range(1, len(words) + 1))] == [w.strip("()（）") for w in words]
    return repeats or (numbers and all(map(_COUNTER.fullmatch, words))) or any(map(is_sum, words[:2]))


def _row(
    covered: Covered, columns: Sequence[Column], texts: Mapping[Slot, Passage], group: str | None, number: int
) -> Row:
    cells: dict[int, Passage] = {}
    carried: set[int] = set()
    for at, slot in sorted(covered.items()):
        if at >= len(columns) or (at != slot.column and columns[at].kind is not ColumnKind.VALUE):
            continue
        cells[at] = texts[slot]
        if slot.row < number:
            carried.add(at)
    named = [cells[at].text for at, one in enumerate(columns) if one.kind is ColumnKind.GROUP and at in cells]
    return Row(cells=cells, group=group or (named[0] if named else None), carried=frozenset(carried))
