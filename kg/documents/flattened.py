"""Rebuild a table that a web copy left as one cell a line, with empty cells lost or left as an extra blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.documents.passage import Passage, join
from kg.documents.table import Column, ColumnKind, Row, Table, column

_MAX_HEADERS = 16
_MIN_HEADERS = 3
_FRAGMENTS = 4
_HEADER_LENGTH = 24
_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)).{1,30}")
_END = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]+[章节]|附(?:件|表|录)\d*(?:$|[:：])|备注[:：]|注[:：])")
NUMERIC = re.compile(r"(?:[≥≤<>=＞＜≈约]|>=|<=|不低于|不高于|不少于|达到)?[+-]?\d[\d,]*(?:\.\d+)?(?:[-—~～至]\d+(?:\.\d+)?)?(?:%|‰|万|亿)?(?:以上|以下|左右|以内)?")
EMPTY = re.compile(r"[—\-–/－]{1,3}|无|\\")
ATTRIBUTE = re.compile(r"\(?(?:约束|预期|指导|参考|引导)性?(?:指标)?\)?")
UNIT = re.compile(
    r"[\(]?(?:[%‰]|百分点|(?:万|亿|千|百)?(?:平方|立方)?(?:人次|人|元|美元|张|个|家|所|户|次|岁|件|项|亩|公顷|公里|千米|米|吨|千瓦|千瓦时|标准煤|辆|台|套|处|座|床|天|年|"
    r"分|部|册|场|名|对|株|头|只|条|期|例|度|升|克|微克|毫克|TEU|标箱)(?:[/每](?:万|千|百|十|亿)?(?:人|名老人|常住人口|人口|年|月|日|天|元|立方米|平方米|平方公里|亩|户|GDP|公顷|公里))?)[\)]?"
)
_BODY = re.compile(r".*(?:局|委|委员会|办|办公室|厅|部|院|中心|政府|街道|乡|镇|办事处|会|公司|单位|部门|分局|银行|支行|分行|区|县|管委会|负责。?|落实。?|配合。?)(?:\(.*\))?[。;]?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a flattened table and how many blank lines stand before it."""

    passage: Passage
    gap: int

    @property
    def text(self) -> str:
        """The folded text."""
        return self.passage.text


def find_header(cells: Sequence[Cell], start: int, *, fragments: int = _FRAGMENTS) -> tuple[list[Column], int] | None:
    """Read header words from `cells[start:]`; give the columns and the place after them, or None.

    The first header may be unknown (it groups rows); headers broken over up to `fragments` lines are put together.
    """
    columns: list[Column] = []
    place = start
    while len(columns) < _MAX_HEADERS:
        found = _header_at(cells, place, fragments)
        if found is None and not columns and _is_label(cells, place):
            found = Column(kind=ColumnKind.GROUP, header=cells[place].text), place + 1
        if found is None:
            break
        columns.append(found[0])
        place = found[1]
    known = [c for c in columns if c.kind not in (ColumnKind.OTHER, ColumnKind.GROUP)]
    if len(columns) < _MIN_HEADERS or len(known) < 2 or not _is_useful(columns):
        return None
    return columns, place


def _is_useful(columns: Sequence[Column]) -> bool:
    kinds = {c.kind for c in columns}
    names = kinds & {ColumnKind.NAME, ColumnKind.TASK, ColumnKind.CONTENT, ColumnKind.GROUP}
    return bool(names and kinds & {ColumnKind.VALUE, ColumnKind.BODY, ColumnKind.INVESTMENT, ColumnKind.GOAL, ColumnKind.ATTRIBUTE})


def _is_label(cells: Sequence[Cell], place: int) -> bool:
    text = cells[place].text if place < len(cells) else ""
    return 1 < len(text) <= 10 and not NUMERIC.fullmatch(text) and not re.search(r"[。;:]", text)


def _header_at(cells: Sequence[Cell], place: int, fragments: int) -> tuple[Column, int] | None:
    """Give the longest run of lines at `place` that together are one header."""
    for count in range(fragments, 0, -1):
        part = cells[place : place + count]
        text = "".join(cell.text for cell in part)
        if len(part) == count and len(text) <= _HEADER_LENGTH:
            found = column(text)
            if found and (count == 1 or _is_broken(part)):
                return found, place + count
    return None


def _is_broken(part: Sequence[Cell]) -> bool:
    """Tell whether lines can be fragments of one header: short words, not headers of their own but 指标 + 属性."""
    whole = [column(cell.text) is not None and len(cell.text) > 2 for cell in part]
    return not any(whole) and not any(NUMERIC.fullmatch(cell.text) for cell in part) and part[0].text != "序号"


def rebuild(cells: Sequence[Cell], start: int, title: str) -> tuple[Table, int] | None:
    """Rebuild the table whose header begins at `cells[start]`; give it and the place after it, or None."""
    header = find_header(cells, start)
    if header is None:
        return None
    columns, body = header
    if columns[0].kind is ColumnKind.NUMBER:
        rows, end = _numbered_rows(cells, body, columns)
    else:
        rows, end = _typed_rows(cells, body, columns)
    if not rows:
        return None
    table = Table(columns=tuple(columns), rows=tuple(rows), title=title,
                  start=cells[start].passage.start, end=cells[end - 1].passage.end)
    return table, end


def _numbered_rows(cells: Sequence[Cell], start: int, columns: Sequence[Column]) -> tuple[list[Row], int]:
    """Split at the serial numbers 1, 2, 3 …, then place each row's cells by what they hold."""
    rows: list[Row] = []
    group, place = _group_at(cells, start, 1)
    number = 1
    while place < len(cells) and cells[place].text == str(number):
        after = _next_number(cells, place, number + 1, columns)
        if after is None:
            end = _last_row_end(cells, place, columns)
            rows.append(place_cells(cells[place:end], columns, group))
            return rows, end
        end, next_group, next_place = after
        rows.append(place_cells(cells[place:end], columns, group))
        group, place, number = next_group or group, next_place, number + 1
    return rows, place


def _group_at(cells: Sequence[Cell], place: int, number: int) -> tuple[str | None, int]:
    """Read a row that only names a group, where the next serial number follows it."""
    if place + 1 < len(cells) and cells[place].text != str(number) and cells[place + 1].text == str(number):
        return group_name(cells[place].text), place + 1
    return None, place


def group_name(text: str) -> str:
    """Give the name of a group without its number."""
    return re.sub(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))", "", text)


def _next_number(
    cells: Sequence[Cell], place: int, number: int, columns: Sequence[Column]
) -> tuple[int, str | None, int] | None:
    """Find where the row after `cells[place]` begins: (end of this row, name of a new group, place of the number)."""
    last = columns[-1].kind
    for at in range(place + 2, min(len(cells) - 1, place + 4 * len(columns) + 8)):
        cell = cells[at]
        if cell.text == str(number) and _starts_row(cells, at, last):
            if _GROUP.fullmatch(cells[at - 1].text):
                return at - 1, group_name(cells[at - 1].text), at
            return at, None, at
        if _END.match(cell.text) and cells[at + 1].text != str(number):
            return None
    return None


def _starts_row(cells: Sequence[Cell], at: int, last: ColumnKind) -> bool:
    following, before = cells[at + 1].text, cells[at - 1].text
    if NUMERIC.fullmatch(following) or ATTRIBUTE.fullmatch(following) or UNIT.fullmatch(following) or EMPTY.fullmatch(following):
        return False
    if _GROUP.fullmatch(before):
        return True
    if last is ColumnKind.BODY:
        return bool(_BODY.fullmatch(before)) or not NUMERIC.fullmatch(before) and not UNIT.fullmatch(before)
    if last is ColumnKind.ATTRIBUTE:
        return bool(ATTRIBUTE.fullmatch(before))
    return True


def _last_row_end(cells: Sequence[Cell], place: int, columns: Sequence[Column]) -> int:
    """Find the end of the last row: a heading, or the place where its last column is full."""
    closed = columns[-1].kind in (ColumnKind.BODY, ColumnKind.ATTRIBUTE)
    pattern = _BODY if columns[-1].kind is ColumnKind.BODY else ATTRIBUTE
    bodies = sum(c.kind is ColumnKind.BODY for c in columns)
    seen = 0
    for at in range(place + 1, len(cells)):
        text = cells[at].text
        if _END.match(text) or at - place > 3 * len(columns) + 6:
            return at
        if closed and at - place >= 2 and len(text) < 200 and pattern.fullmatch(text):
            seen += 1
            following = cells[at + 1].text if at + 1 < len(cells) else ""
            if seen >= (bodies if columns[-1].kind is ColumnKind.BODY else 1) or not pattern.fullmatch(following):
                return at + 1
        if not closed and at - place >= len(columns) - 1:
            return at + 1
    return len(cells)


def place_cells(cells: Sequence[Cell], columns: Sequence[Column], group: str | None) -> Row:
    """Give each cell of a numbered row its column, by what the cell can be.

    Bodies and the attribute are read from the right, the name and the unit from the left; values fill from the right
    unless an extra blank line shows where the empty cell stood.
    """
    placed: dict[int, Passage] = {0: cells[0].passage}
    rest = list(cells[1:])
    order = list(range(1, len(columns)))
    spare: list[Passage] = []
    if not any(c.kind is ColumnKind.VALUE for c in columns):
        return _place_text_row(placed, rest, columns, group)
    while order and rest:
        kind = columns[order[-1]].kind
        if kind is ColumnKind.BODY and _BODY.fullmatch(rest[-1].text) and not ATTRIBUTE.fullmatch(rest[-1].text):
            placed[order.pop()] = rest.pop().passage
        elif kind is ColumnKind.ATTRIBUTE and ATTRIBUTE.fullmatch(rest[-1].text):
            placed[order.pop()] = rest.pop().passage
        elif kind is ColumnKind.VALUE:
            break
        else:
            order.pop()
    while order and rest and columns[order[0]].kind is not ColumnKind.VALUE:
        at = order.pop(0)
        if columns[at].kind is ColumnKind.UNIT:
            if UNIT.fullmatch(rest[0].text):
                placed[at] = rest.pop(0).passage
            continue
        placed[at] = rest.pop(0).passage
    values = [at for at in order if columns[at].kind is ColumnKind.VALUE]
    aligned = _place_values(placed, rest, values, spare)
    return Row(cells=placed, group=group, aligned=aligned, spare=tuple(spare))


def _place_values(placed: dict[int, Passage], cells: list[Cell], columns: list[int], spare: list[Passage]) -> str | None:
    slots: list[Passage | None] = []
    usual = 1
    for cell in cells:
        if cell.gap > usual and len(cells) < len(columns):
            slots.append(None)
        slots.append(cell.passage)
    aligned = None
    if len(slots) != len(columns):
        slots = [cell.passage for cell in cells]
        aligned = "right" if len(slots) < len(columns) else None
    while len(slots) > len(columns):
        extra = slots.pop(0)
        if extra:
            spare.append(extra)
    for at, slot in zip(columns[len(columns) - len(slots) :], slots, strict=True):
        if slot is not None:
            placed[at] = slot
    return aligned


def _place_text_row(placed: dict[int, Passage], cells: list[Cell], columns: Sequence[Column], group: str | None) -> Row:
    """Place cells of a table of words: where there are more cells than columns, put broken names together."""
    wanted = len(columns) - 1
    parts = [cell.passage for cell in cells]
    while len(parts) > wanted:
        at = next((i for i, p in enumerate(parts[:-1]) if i > 0 and not _BODY.fullmatch(p.text) and len(p.text) <= 12), None)
        if at is None:
            break
        parts[at : at + 2] = [join(parts[at : at + 2])]
    if len(parts) == wanted:
        placed.update(zip(range(1, len(columns)), parts, strict=True))
        return Row(cells=placed, group=group)
    if len(parts) < wanted:
        placed.update(zip(range(1, len(columns)), parts, strict=False))
        return Row(cells=placed, group=group, aligned="left")
    placed.update(zip(range(1, len(columns)), parts[:wanted], strict=True))
    return Row(cells=placed, group=group, spare=tuple(parts[wanted:]))


def _typed_rows(cells: Sequence[Cell], start: int, columns: Sequence[Column]) -> tuple[list[Row], int]:
    """Read rows without serial numbers: words, then as many values as there are value columns."""
    values = [i for i, c in enumerate(columns) if c.kind is ColumnKind.VALUE]
    words = [i for i, c in enumerate(columns) if i < (values[0] if values else 0)]
    if not values or not words or values[-1] != len(columns) - 1:
        return [], start
    rows: list[Row] = []
    group: str | None = None
    place = start
    while place < len(cells):
        texts, numbers = _words_then_numbers(cells, place, len(words), len(values))
        if not texts or not numbers:
            break
        if len(words) > 1 and len(texts) == len(words) and columns[words[0]].kind is ColumnKind.GROUP:
            group = texts[0].text
        placed = dict(zip(words[len(words) - len(texts) :], (c.passage for c in texts), strict=True))
        spare: list[Passage] = []
        aligned = _place_values(placed, numbers, values, spare)
        rows.append(Row(cells=placed, group=group, aligned=aligned, spare=tuple(spare)))
        place += len(texts) + len(numbers)
    return rows, place


def _words_then_numbers(cells: Sequence[Cell], place: int, words: int, values: int) -> tuple[list[Cell], list[Cell]]:
    texts: list[Cell] = []
    while place < len(cells) and len(texts) < words and not NUMERIC.fullmatch(cells[place].text):
        texts.append(cells[place])
        place += 1
    numbers: list[Cell] = []
    while place < len(cells) and len(numbers) < values and (NUMERIC.fullmatch(cells[place].text) or EMPTY.fullmatch(cells[place].text)):
        numbers.append(cells[place])
        place += 1
    return texts, numbers
