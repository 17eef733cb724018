"""Place the nodes of a page in columns: a graph goes in, whole-number coordinates without overlaps come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Position", "box_width", "kinds_of", "place", "shorten"]

Position = tuple[int, int]

EM = 14  # font size of a label, in the drawing's units; the theme's font sizes are multiples of it
PADDING = 22  # left and right margin of a box together, with its border
PITCH = 34  # from one box to the next below it; a box with one line of text is 29 high
WIDEST_PITCH = 80  # columns with few boxes spread no further than this
LEAST_HEIGHT = 400  # of a drawing with few boxes
LANE_GAP = 20
ASPECT = 1.15  # width by height of the pane that a desktop browser gives to the graph

COLUMNS = (("deadline", "indicator"), ("center",), ("member",), ("task",), ("body",))
MEMBERS = 2
GAPS = (0, 60, 120, 120, 150)  # free room to the left of each column, for the edges
LANES = ((1, 2), (1,), (1,), (1, 2, 3, 4), (1, 2, 3))  # in how many lanes a column may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Nodes one below the other, in one or more lanes that are set off against each other like bricks."""

    nodes: tuple[str, ...]
    box: int
    lanes: int

    @property
    def rows(self) -> int:
        """Number of boxes in the fullest lane."""
        return ceil(len(self.nodes) / self.lanes)

    @property
    def width(self) -> int:
        """Width of all lanes and the room between them."""
        return self.lanes * self.box + (self.lanes - 1) * LANE_GAP


def display_width(text: str) -> float:
    """Estimate the width of a text in ems: 1 for Chinese characters and punctuation, 0.58 for letters and digits."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.58 for char in text)


def shorten(text: str, ems: int) -> str:
    """Cut a text to one line of a width in ems, with an ellipsis where something is left out."""
    text = " ".join(text.split())
    if display_width(text) <= ems:
        return text
    end = len(text)
    while display_width(text[:end]) > ems - 1:
        end -= 1
    return f"{text[:end]}…"


def box_width(label: str, scale: float = 1.0) -> int:
    """Estimate the width of the box that is drawn around a label."""
    return ceil(display_width(label) * EM * scale) + PADDING


def kinds_of(graph: nx.MultiGraph[str]) -> dict[str, str]:
    """Return the kind of each node, in the order of the graph."""
    return {node: data["kind"] for node, data in graph.nodes(data=True)}


def place(graph: nx.MultiGraph[str]) -> dict[str, Position]:
    """Place nodes in columns by their `kind`, given the `width` of their boxes.

    Deadlines and indicators stand left of the centre, tasks right of it, other bodies beyond the tasks. Each kind keeps
    the order of the graph, so that tasks read as in the document; bodies stand level with their tasks (the barycentre
    heuristic of Sugiyama, Tagawa and Toda 1981, doi:10.1109/TSMC.1981.4308636), which keeps crossings few. The columns
    take as many lanes as fit the pane best. Nothing is random.
    """
    members = [tuple(node for node, kind in kinds_of(graph).items() if kind in column) for column in COLUMNS]
    boxes = [max((graph.nodes[node]["width"] for node in nodes), default=0) for nodes in members]
    columns = _fit(members, boxes)
    height = max(LEAST_HEIGHT, *(column.rows * PITCH for column in columns))
    positions: dict[str, Position] = {}
    left = 0
    for column, gap in zip(columns, GAPS, strict=True):
        if column.nodes:
            left += gap
            ordered = sorted(column.nodes, key=_level(graph, positions, column))
            widest = height if column is columns[MEMBERS] else WIDEST_PITCH  # members stand level with their own tasks
            pitch = max(PITCH, min(widest, height / column.rows))
            positions |= _stack(ordered, column, left=left, pitch=pitch)
            left += column.width
    return positions


def _fit(members: Sequence[tuple[str, ...]], boxes: Sequence[int]) -> list[Column]:
    """Choose the numbers of lanes with which the drawing needs the least reduction."""

    def size(columns: list[Column]) -> tuple[float, int]:
        used = [(column, gap) for column, gap in zip(columns, GAPS, strict=True) if column.nodes]
        width = sum(column.width + gap for column, gap in used)
        return max(width / ASPECT, max(column.rows for column in columns) * PITCH), width

    choices = (
        [Column(nodes=nodes, box=box, lanes=n) for nodes, box, n in zip(members, boxes, lanes, strict=True)]
        for lanes in product(*LANES)
    )
    return min(choices, key=size)


def _level(
    graph: nx.MultiGraph[str], placed: dict[str, Position], column: Column
) -> Callable[[str], tuple[float, int]]:
    """Return a sort key: the mean height of the tasks of a body, the graph's own order for every other kind."""
    order = {node: index for index, node in enumerate(column.nodes)}

    def level(node: str) -> tuple[float, int]:
        if graph.nodes[node]["kind"] != "body":
            return 0.0, order[node]
        heights = [placed[other][1] for other in graph.neighbors(node) if other in placed]
        return fmean(heights) if heights else 0.0, order[node]

    return level


def _stack(nodes: Sequence[str], column: Column, *, left: int, pitch: float) -> dict[str, Position]:
    extent = (column.rows - 1) * pitch + pitch * (column.lanes - 1) / column.lanes
    positions = {}
    for index, node in enumerate(nodes):
        row, lane = divmod(index, column.lanes)
        x = left + lane * (column.box + LANE_GAP) + column.box / 2
        y = (row + lane / column.lanes) * pitch - extent / 2
        positions[node] = round(x), round(y)
    return positions
