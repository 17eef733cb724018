"""Fill ruled tables with the text of their cells, and put together again what page breaks cut."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.documents.parts import Grid, GridCell
from kg.documents.pdf.lattice import Cell, Lattice
from kg.documents.pdf.lines import TextLine, lines_of, rows_of
from kg.documents.pdf.page import Glyph, Turned

_SAME_COLUMN = 5.0
_MOST_HEADER_ROWS = 3
_FULL = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A cell with its text, a printed line a line; `is_full` where its last line reaches the right edge, so that the text may go on."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    is_full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledTable:
    """A ruled table on a page, or over several: the places of its columns, its cells, the pages it begins and ends on."""

    across: Sequence[float]
    height: int
    cells: Sequence[Filled]
    top: float
    page: int
    last_page: int

    def grid(self) -> Grid:
        """Give the table as a grid."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Grid(
            cells=tuple(
                GridCell(text=one.text, row=one.row, column=one.column, rows=one.rows, columns=one.columns)
                for one in cells
            )
        )


class Sorted:
    """The characters of a page parted: those in the cells of each lattice, and the rest."""

    def __init__(self, lattices: Sequence[Lattice], glyphs: Iterable[Glyph], turned: Iterable[Turned]) -> None:
        """Sort the characters; where lattices lie in each other, the smallest has them."""
        self.upright: list[dict[Cell, list[Glyph]]] = [{} for _ in lattices]
        self.sideways: list[dict[Cell, list[Turned]]] = [{} for _ in lattices]
        self.rest: list[Glyph] = []
        squares = [_squares(lattice) for lattice in lattices]
        smallest = sorted(range(len(lattices)), key=lambda at: _area(lattices[at]))

        def find(x: float, y: float) -> tuple[int, Cell] | None:
            for at in smallest:
                place = _square(lattices[at], x, y)
                if place is not None:
                    return at, squares[at][place]
            return None

        for glyph in glyphs:
            found = find((glyph.left + glyph.right) / 2, glyph.base - 0.36 * glyph.size)
            if found is None:
                self.rest.append(glyph)
            else:
                self.upright[found[0]].setdefault(found[1], []).append(glyph)
        for one in turned:
            found = find(one.across, one.down)
            if found is not None:
                self.sideways[found[0]].setdefault(found[1], []).append(one)


def _area(lattice: Lattice) -> float:
    return (lattice.right - lattice.left) * (lattice.bottom - lattice.top)


def _squares(lattice: Lattice) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): cell
        for cell in lattice.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _square(lattice: Lattice, x: float, y: float) -> tuple[int, int] | None:
    """Give the row and column of a place, None outside of the lattice."""
    if not (lattice.left <= x < lattice.right and lattice.top <= y < lattice.bottom):
        return None
    return bisect_right(lattice.down, y) - 1, bisect_right(lattice.across, x) - 1


def fill(
    lattice: Lattice, upright: dict[Cell, list[Glyph]], sideways: dict[Cell, list[Turned]], page: int
) -> RuledTable:
    """Make a table of a lattice and the characters in its cells."""
    cells = [_filled(cell, upright.get(cell, []), sideways.get(cell, [])) for cell in lattice.cells]
    across, height = lattice.across, len(lattice.down) - 1
    return RuledTable(across=across, height=height, cells=cells, top=lattice.top, page=page, last_page=page)


def _filled(cell: Cell, upright: Sequence[Glyph], sideways: Sequence[Turned]) -> Filled:
    lines = _lines(upright)
    is_full = bool(lines) and _reaches(lines, cell)
    if not lines and sideways:
        quarter, _ = Counter(one.quarter for one in sideways).most_common(1)[0]
        lines = _lines(one.glyph for one in sideways if one.quarter == quarter)
    text = "\n".join(line.text for line in lines)
    return Filled(text=text, row=cell.row, column=cell.column, rows=cell.rows, columns=cell.columns, is_full=is_full)


def _lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    return [line for row in rows_of(glyphs) for line in lines_of(row, parted=False)]


def _reaches(lines: Sequence[TextLine], cell: Cell) -> bool:
    """Tell whether the last line of a cell is as long as its lines can be."""
    last = lines[-1]
    longest = max(line.right for line in lines)
    padding = max(0.0, min(line.left for line in lines) - cell.left)
    return cell.right - last.right - padding < _FULL * last.size and longest - last.right < _FULL * last.size


def continued(table: RuledTable, later: RuledTable) -> RuledTable | None:
    """Give both as one table where the later goes on, on the next page and in the same columns; None where it does not."""
    if later.page != table.last_page + 1:
        return None
    finer = max(table.across, later.across, key=len)
    one, two = _in_columns(table, finer), _in_columns(later, finer)
    if one is None or two is None:
        return None
    return _appended(one, _without_header(one, two))


def _in_columns(table: RuledTable, across: Sequence[float]) -> RuledTable | None:
    """Give a table with its columns counted among `across`, None where they are others."""
    shift = across[0] - table.across[0]
    places = [
        next((at for at, other in enumerate(across) if abs(other - shift - place) <= _SAME_COLUMN), None)
        for place in table.across
    ]
    known = [place for place in places if place is not None]
    if len(set(known)) < len(places) or known[-1] != len(across) - 1 or len(places) < min(3, len(across)):
        return None
    cells = [
        replace(cell, column=known[cell.column], columns=known[cell.column + cell.columns] - known[cell.column])
        for cell in table.cells
    ]
    return replace(table, across=across, cells=cells)


def _row(table: RuledTable, row: int) -> list[tuple[int, int, str]]:
    return [(cell.column, cell.columns, cell.text) for cell in table.cells if cell.row == row]


def _without_header(table: RuledTable, later: RuledTable) -> RuledTable:
    """Leave out the first rows of a part that repeat those of the table."""
    same = 0
    while same < min(_MOST_HEADER_ROWS, later.height - 1, table.height):
        row = _row(later, same)
        if row != _row(table, same) or not any(text for *_, text in row):
            break
        same += 1
    while any(cell.row < same < cell.row + cell.rows for cell in later.cells):
        same -= 1
    cells = [replace(cell, row=cell.row - same) for cell in later.cells if cell.row >= same]
    return replace(later, cells=cells, height=later.height - same)


def _appended(table: RuledTable, later: RuledTable) -> RuledTable:
    """Put the rows of a part below those of the table, with what the page break cut."""
    cells = {cell.column: cell for cell in table.cells if cell.row + cell.rows == table.height}
    is_cut = _is_cut(cells, later)
    start = table.height - is_cut
    own = [cell for cell in table.cells if cell.row + cell.rows < table.height]
    added: list[Filled] = []
    for cell in later.cells:
        above = cells.get(cell.column)
        is_same = above is not None and above.columns == cell.columns and cell.row == 0
        if above is not None and is_same and (is_cut or (not cell.text and cell.rows > 1 and above.text)):
            text = "\n".join(part for part in (above.text, cell.text) if part)
            rows = start + cell.rows - above.row
            cells[cell.column] = replace(above, text=text, rows=rows, is_full=cell.is_full)
        else:
            added.append(replace(cell, row=start + cell.row))
    return replace(table, cells=[*own, *cells.values(), *added], height=start + later.height, last_page=later.last_page)


def _is_cut(cells: dict[int, Filled], later: RuledTable) -> bool:
    """Tell whether the first row of a part is the rest of the row above.

    That has its number on one side of the break only, or goes on in one cell only, and most of the cells that go on
    were full.
    """
    rest = {cell.column: cell for cell in later.cells if cell.row == 0}
    if {(at, cell.columns) for at, cell in rest.items()} != {(at, cell.columns) for at, cell in cells.items()}:
        return False
    single = [at for at in sorted(rest) if cells[at].rows == 1 and rest[at].rows == 1]
    above, below = ([at for at in single if part[at].text] for part in (cells, rest))
    both = [at for at in single if at in above and at in below]
    if not both or not {*below} - {single[0]} <= {*above}:
        return False
    is_numbered_once = (single[0] in above) != (single[0] in below)
    is_one_of_many = len(below) == 1 and len(above) == len(single) > 2
    return (is_numbered_once or is_one_of_many) and 2 * sum(cells[at].is_full for at in both) > len(both)
