"""Find the tables that the ruling lines of a page draw: each a lattice whose cells span what no inner line parts."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.documents.pdf.page import Page, Rule

MOST_RULES = 4_000
"""More lines across and down than this are a chart or a map."""
_SAME = 4.0
"""Lines of one direction closer than this are one, drawn twice or in pieces: no character stands between them."""
_SHORTEST = 6.0
_FEWEST_ENDS = 3


class Cell(NamedTuple):
    """A cell of a lattice: its place and spans, and its edges on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """A ruled table: where its columns and rows begin and end, and its cells by row and column."""

    across: Sequence[float]
    down: Sequence[float]
    cells: Sequence[Cell]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.down[0]

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.down[-1]

    @property
    def left(self) -> float:
        """The left edge."""
        return self.across[0]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.across[-1]


def find_lattices(page: Page) -> list[Lattice]:
    """Give the ruled tables of a page from above to below, with frames of one cell among them."""
    if len(page.across) + len(page.down) > MOST_RULES:
        return []
    across, down = _merge(page.across), _merge(page.down)
    found = [_lattice(rules, posts) for rules, posts in _touching(across, down)]
    return sorted((one for one in found if one is not None), key=lambda one: (one.top, one.left))


def _merge(rules: Iterable[Rule]) -> list[Rule]:
    """Put together lines that go on from each other, or lie on each other, and leave out what stays short."""
    made: list[Rule] = []
    for rule in sorted(rules):
        for at in range(len(made) - 1, -1, -1):
            last = made[at]
            if rule.at - last.at > _SAME / 2:
                made.append(rule)
                break
            if rule.start <= last.end + _SAME and last.start <= rule.end + _SAME:
                made[at] = Rule(last.at, min(last.start, rule.start), max(last.end, rule.end))
                break
        else:
            made.append(rule)
    return [rule for rule in made if rule.end - rule.start >= _SHORTEST]


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the lines across and down that meet each other."""
    group = list(range(len(across) + len(down)))

    def first(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    places = [rule.at for rule in across]
    for number, post in enumerate(down, len(across)):
        for at in range(bisect_left(places, post.start - _SAME), bisect_right(places, post.end + _SAME)):
            if across[at].start - _SAME <= post.at <= across[at].end + _SAME:
                group[first(number)] = first(at)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at, rule in enumerate([*across, *down]):
        found.setdefault(first(at), ([], []))[at >= len(across)].append(rule)
    return list(found.values())


def _lattice(rules: Sequence[Rule], posts: Sequence[Rule]) -> Lattice | None:
    """Make the lattice of lines that meet; None where they close no cell."""
    if not rules or not posts:
        return None
    # A table may be open to its sides, and where a page break cuts it, above and below.
    posts, rules = [*posts, *_open_edges(rules, posts)], [*rules, *_open_edges(posts, rules)]
    across, down = _places(posts), _places(rules)
    if len(across) < 2 or len(down) < 2:
        return None
    walls = _covered(posts, across, down)
    floors = _covered(rules, down, across)
    return Lattice(across=across, down=down, cells=_cells(across, down, walls, floors))


def _open_edges(lines: Sequence[Rule], edges: Sequence[Rule]) -> list[Rule]:
    """Give the outer edges that a table leaves out, where the lines that they would meet end together beyond the last one."""
    made: list[Rule] = []
    start, end = min(line.at for line in lines), max(line.at for line in lines)
    for ends, outer, sign in (
        ([line.start for line in lines], min(edge.at for edge in edges), 1),
        ([-line.end for line in lines], -max(edge.at for edge in edges), -1),
    ):
        edge = min(ends)
        together = sum(one - edge <= _SAME for one in ends)
        if edge < outer - 2 * _SAME and together >= max(_FEWEST_ENDS, len(ends) // 2):
            made.append(Rule(sign * edge, start, end))
    return made


def _places(rules: Iterable[Rule]) -> list[float]:
    """Give the places of lines, those of one line once."""
    made: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not made or at - made[-1] > _SAME:
            made.append(at)
    return made


def _covered(rules: Iterable[Rule], places: Sequence[float], steps: Sequence[float]) -> set[tuple[int, int]]:
    """Give the pieces, by number of place and of step, along which a line is drawn."""
    found: set[tuple[int, int]] = set()
    middles = [(one + two) / 2 for one, two in itertools.pairwise(steps)]
    for rule in rules:
        at = max(0, bisect_right(places, rule.at) - 1)
        low, high = bisect_left(middles, rule.start), bisect_right(middles, rule.end)
        found.update((at, step) for step in range(low, high))
    return found


def _cells(
    across: Sequence[float], down: Sequence[float], walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> list[Cell]:
    """Make the cells: from each square not yet taken, right and then down as far as no line parts."""
    taken: set[tuple[int, int]] = set()
    made: list[Cell] = []
    wide, high = len(across) - 1, len(down) - 1
    for row in range(high):
        for column in range(wide):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < wide and (right, row) not in walls and (row, right) not in taken:
                right += 1
            below = row + 1
            while below < high and _is_open(row, below, (column, right), walls, floors):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            edges = across[column], down[row], across[right], down[below]
            made.append(Cell(row, column, below - row, right - column, *edges))
    return made


def _is_open(
    row: int, below: int, columns: tuple[int, int], walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> bool:
    """Tell whether the squares of a row belong to the cell above them."""
    first, end = columns
    lines_above = any((below, column) in floors for column in range(first, end))
    lines_between = any((column, below) in walls for column in range(first + 1, end))
    is_same_width = all(((at, below) in walls) == ((at, row) in walls) for at in (first, end))
    return not lines_above and not lines_between and is_same_width
