"""Rebuild a table that a copy left as one cell a line, with empty cells lost or left as an extra blank line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.documents.header import group_name, is_sum, is_useful, with_groups
from kg.documents.passage import join
from kg.documents.placing import ATTRIBUTE, NUMERIC, Cell, Placed, fit, place
from kg.documents.table import EMPTY, Column, ColumnKind, Row, Table, column, with_repeated
from kg.grammar.characters import NUMERAL
from kg.grammar.headings import ANNEX_WORD
from kg.grammar.units import UNIT

_MAX_HEADERS = 16
_MIN_HEADERS = 3
_FRAGMENTS = 4
_HEADER_LENGTH = 24
_HEADER_REACH = 24
_NUMBER_HEADERS = ("序号", "编号", "序")
_SHORT_LABEL = 4
_GROUP = re.compile(rf"(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)|{NUMERAL}{{1,2}}$).{{0,40}}")
_BARE_NUMERAL = re.compile(rf"{NUMERAL}{{1,2}}")
_END = re.compile(
    rf"(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)|第{NUMERAL}+[章节条]|{ANNEX_WORD}\d*(?:$|[:：])|表\d|备?注[:：]?\d?|说明[:：]|(?:合计|总计|共计)(?:$|[:(])|联系人|抄送|主办[:：]|相关(?:解读|链接)|[•·])"
)
_TITLE = re.compile(r"(?:情况|表|目标|一览|清单|指标|分工|任务)$|^附")
_SENTENCE_MARK = re.compile(r"[。;:]")
_LONG = 500
_LEAST_FIT = 1.2
_GOOD_FIT = 1.1
_SAMPLE_ROWS = 4


def find_header(cells: Sequence[Cell], start: int, *, fragments: int = _FRAGMENTS) -> tuple[list[Column], int] | None:
    """Read header words from `cells[start:]`; give the columns and the place after them, or None.

    A numbered table's header runs to the first row; unknown words in it are columns of no known kind. Otherwise the
    first header may be unknown (it groups rows). Headers broken over up to `fragments` lines are put together.
    """
    limit = _first_row(cells, start) if cells[start].text in _NUMBER_HEADERS else None
    columns: list[Column] = []
    at = start
    while len(columns) < _MAX_HEADERS and (limit is None or at < limit):
        found = _header_at(cells, at, fragments)
        if found is None and (limit is not None or not columns) and _may_be_column(cells, at, first=not columns):
            kind = ColumnKind.OTHER if columns else ColumnKind.GROUP
            found = Column(kind=kind, header=cells[at].text), at + 1
        if found is None:
            break
        columns.append(found[0])
        at = found[1]
    known = [c for c in columns if c.kind not in (ColumnKind.OTHER, ColumnKind.GROUP, ColumnKind.NUMBER)]
    if len(columns) < _MIN_HEADERS or len(known) < 2 or not is_useful(columns):
        return None
    return with_groups(columns), at


def _first_row(cells: Sequence[Cell], start: int) -> int | None:
    """Find where the first row of a numbered table begins: its number, or the name of a group before it."""
    reach = range(start + 2, min(len(cells) - 1, start + _HEADER_REACH))
    at = next((place for place in reach if cells[place].text == "1"), None)
    if at is None:
        return None
    if _BARE_NUMERAL.fullmatch(cells[at - 2].text):
        at -= 2
    while at > start + 2 and _GROUP.fullmatch(cells[at - 1].text) and column(cells[at - 1].text) is None:
        at -= 1
    return at


def _is_label(cells: Sequence[Cell], at: int) -> bool:
    text = cells[at].text if at < len(cells) else ""
    return 1 < len(text) <= 16 and not NUMERIC.fullmatch(text) and not _SENTENCE_MARK.search(text)


def _may_be_column(cells: Sequence[Cell], at: int, *, first: bool) -> bool:
    """Tell whether an unknown word can head a column; as the first it is no title, and before a 序号 it is short."""
    text = cells[at].text
    if not _is_label(cells, at) or is_sum(text):
        return False
    before_number = at + 1 < len(cells) and cells[at + 1].text in _NUMBER_HEADERS
    return not first or (not _TITLE.search(text) and (not before_number or len(text) <= _SHORT_LABEL))


def _header_at(cells: Sequence[Cell], at: int, fragments: int) -> tuple[Column, int] | None:
    """Give the longest run of lines at `at` that together are one header."""
    for count in range(fragments, 0, -1):
        part = cells[at : at + count]
        text = "".join(cell.text for cell in part)
        if len(part) == count and len(text) <= _HEADER_LENGTH:
            found = column(text)
            if found and (count == 1 or _is_broken(part)):
                return found, at + count
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
        columns, rows, end = _unnumbered(cells, body, columns)
    if not rows:
        return None
    table = Table(
        columns=tuple(columns),
        rows=with_repeated(_carried(rows, columns)),
        title=title,
        start=cells[start].passage.start,
        end=cells[end - 1].passage.end,
    )
    return table, end


def _unnumbered(cells: Sequence[Cell], body: int, columns: list[Column]) -> tuple[list[Column], list[Row], int]:
    """Read the rows of a table without serial numbers; an unknown word after the header may be one more column."""
    if _is_label(cells, body):
        wider = [*columns, Column(kind=ColumnKind.OTHER, header=cells[body].text)]
        start = cells[: body + _SAMPLE_ROWS * len(wider)]
        if _typed_rows(start, body + 1, wider)[2] < _typed_rows(start, body, columns)[2]:
            return wider, *_typed_rows(cells, body + 1, wider)[:2]
    return columns, *_typed_rows(cells, body, columns)[:2]


def usual_gap(cells: Sequence[Cell]) -> int:
    """Give the number of blank lines that usually part the cells."""
    counts = Counter(cell.gap for cell in cells)
    return counts.most_common(1)[0][0] if counts else 0


def _sample(cells: Sequence[Cell], start: int, width: int) -> Sequence[Cell]:
    """Give the lines of the header and of some rows, up to the next heading or long paragraph."""
    stop = start
    while (
        stop < min(len(cells), start + 8 * width) and not _END.match(cells[stop].text) and len(cells[stop].text) < _LONG
    ):
        stop += 1
    return cells[max(0, start - width + 1) : stop]


def _whole(cells: Sequence[Cell], usual: int) -> list[Cell]:
    """Put the lines of one cell together: without a blank line between them where blank lines part the cells."""
    made: list[Cell] = []
    for cell in cells:
        glued = made and (
            cell.gap == 0 < usual or made[-1].text.endswith(("、", "和", "及")) or cell.text.startswith(("、", ")"))
        )
        if glued:
            made[-1] = Cell(join([made[-1].passage, cell.passage]), made[-1].gap)
        else:
            made.append(cell)
    return made


def _numbered_rows(cells: Sequence[Cell], start: int, columns: Sequence[Column]) -> tuple[list[Row], int]:
    """Split at the serial numbers, then place each row's cells by what they hold."""
    usual = usual_gap(_sample(cells, start, len(columns)))
    rows: list[Row] = []
    group: str | None = None
    at = _after_sum(cells, start)
    while (
        at + 1 < len(cells)
        and cells[at].text != "1"
        and (_GROUP.fullmatch(cells[at].text) or cells[at + 1].text == "1")
    ):
        group = group_name(cells[at].text) or group
        at += 1
    number = 1
    while at < len(cells) and cells[at].text == str(number):
        following = _next_number(cells, at, number, columns)
        end = following if following is not None else _last_row_end(cells, at, columns, usual)
        body, next_group = _without_group(cells[at:end], columns)
        rows.append(place(_whole(body, usual), columns, usual_gap=usual, group=group).row)
        group = next_group or group
        at = end
        if following is None:
            break
        number = int(cells[following].text)
    return rows, at


def _after_sum(cells: Sequence[Cell], start: int) -> int:
    """Pass over a row that sums up all others before the first of them or the name of its group."""
    if start == len(cells) or not is_sum(cells[start].text):
        return start
    reach = range(start + 1, min(len(cells), start + _HEADER_REACH))
    return next((at for at in reach if cells[at].text == "1" or _GROUP.fullmatch(cells[at].text)), start)


def _without_group(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[list[Cell], str | None]:
    """Take off the end of a row what names the next group, and a header that is printed again."""
    body = _without_header(cells, [c.header for c in columns])
    group: str | None = None
    while len(body) > 2 and _GROUP.fullmatch(body[-1].text):
        name = group_name(body.pop().text)
        group = group or name
    if len(body) > 3 and _BARE_NUMERAL.fullmatch(body[-2].text):
        group = body[-1].text
        body = body[:-2]
    return body, group


def _without_header(cells: Sequence[Cell], headers: Sequence[str]) -> list[Cell]:
    """Take out a header that is printed again, on each page of the original."""
    whole, least = "".join(headers), len("".join(headers[:2]))
    for first in range(2, len(cells)):
        text, last = "", first
        while last < len(cells) and whole.startswith(text + cells[last].text):
            text += cells[last].text
            last += 1
        if len(text) >= least:
            return [*cells[:first], *cells[last:]]
    return list(cells)


def _next_number(cells: Sequence[Cell], at: int, number: int, columns: Sequence[Column]) -> int | None:
    """Find where the row after `cells[at]` begins; one or two numbers may be left out."""
    last = columns[-1].kind
    wanted = {str(number + step) for step in (1, 2, 3)}
    for place_ in range(at + 2, min(len(cells) - 1, at + 4 * len(columns) + 16)):
        text = cells[place_].text
        if text in wanted and _starts_row(cells, place_, last):
            return place_
        if _END.match(text) and not _leads_to(cells, place_, wanted):
            return None
    return None


def _leads_to(cells: Sequence[Cell], at: int, wanted: set[str]) -> bool:
    """Tell whether the next few lines come to the next number, past names of groups and a repeated header."""
    return any(cell.text in wanted for cell in cells[at + 1 : at + 4])


def _starts_row(cells: Sequence[Cell], at: int, last: ColumnKind) -> bool:
    following, before = cells[at + 1].text, cells[at - 1].text
    if any(p.fullmatch(following) for p in (NUMERIC, ATTRIBUTE, UNIT.regex, EMPTY)):
        return False
    if _GROUP.fullmatch(before):
        return True
    if last is ColumnKind.ATTRIBUTE:
        return bool(ATTRIBUTE.fullmatch(before))
    return last is not ColumnKind.BODY or not (NUMERIC.fullmatch(before) or UNIT.fits(before))


def _last_row_end(cells: Sequence[Cell], at: int, columns: Sequence[Column], usual: int) -> int:
    """Find the end of the last row: the number of lines that fit the columns best, before the next heading."""
    stop = at + 1
    while (
        stop < len(cells)
        and stop - at <= 2 * len(columns) + 6
        and not _END.match(cells[stop].text)
        and len(cells[stop].text) < _LONG
    ):
        stop += 1
    best, best_score = stop, float("-inf")
    for end in range(at + 2, stop + 1):
        if end < stop and cells[end].gap == 0 < usual:
            continue
        score = place(_whole(cells[at:end], usual), columns, usual_gap=usual).score
        if score > best_score + 1e-9:
            best, best_score = end, score
    return best


def _typed_rows(cells: Sequence[Cell], start: int, columns: Sequence[Column]) -> tuple[list[Row], int, int]:
    """Read rows without serial numbers: at each place the number of lines that fits the columns best; give how many lines were joined too."""
    usual = usual_gap(_sample(cells, start, len(columns)))
    rows: list[Row] = []
    group: str | None = None
    joins = 0
    at = start
    while at < len(cells) and not _END.match(cells[at].text):
        found = _typed_row(cells, at, columns, usual)
        if found is None:
            break
        row, end, joined = found
        joins += joined
        first = row.cells.get(0)
        if columns[0].kind is ColumnKind.GROUP and first is not None:
            group = first.text
        rows.append(Row(cells=row.cells, group=group, aligned=row.aligned))
        at = end
    return rows, at, joins


def _typed_row(cells: Sequence[Cell], at: int, columns: Sequence[Column], usual: int) -> tuple[Row, int, int] | None:
    best: tuple[Placed, int] | None = None
    quick = _straight_row(cells, at, columns, usual)
    if quick is not None:
        return quick
    for end in range(at + 2, min(len(cells), at + len(columns) + 4) + 1):
        if any(_END.match(cell.text) for cell in cells[at + 1 : end]):
            break
        if end < len(cells) and cells[end].gap == 0 < usual:
            continue
        body = _whole(cells[at:end], usual)
        placed = place(body, columns, usual_gap=usual)
        if best is None or placed.score > best[0].score + 1e-9:
            best = placed, end
    if best is None or best[0].score < _LEAST_FIT or len(best[0].row.cells) < 2:
        return None
    return best[0].row, best[1], best[0].joined


def _straight_row(cells: Sequence[Cell], at: int, columns: Sequence[Column], usual: int) -> tuple[Row, int, int] | None:
    """Read a row with one line to each column, the first left out where it spans rows, where every line fits well."""
    for skipped in (0, 1) if columns[0].kind is ColumnKind.GROUP else (0,):
        width = len(columns) - skipped
        part = cells[at : at + width]
        if (
            len(part) < width
            or any(_END.match(cell.text) for cell in part[1:])
            or any(cell.gap != usual for cell in cells[at + 1 : at + width + 1])
        ):
            continue
        fits = [fit(column.kind, cell.text) for column, cell in zip(columns[skipped:], part, strict=True)]
        if min(fits) >= 0 and sum(fits) >= _GOOD_FIT * width:
            return Row(cells={i + skipped: cell.passage for i, cell in enumerate(part)}), at + width, 0
    return None


def _carried(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Let a cell that spans rows, of a kind before the name, belong to each of them."""
    name = next((i for i, c in enumerate(columns) if c.kind in (ColumnKind.NAME, ColumnKind.TASK)), 0)
    spanning = [i for i, c in enumerate(columns) if i < name and c.kind in (ColumnKind.TYPE, ColumnKind.GROUP)]
    made: list[Row] = []
    for row in rows:
        above = made[-1].cells if made else {}
        carried = {at: above[at] for at in spanning if at not in row.cells and at in above}
        made.append(replace(row, cells={**carried, **row.cells}, carried=frozenset(carried)))
    return made
