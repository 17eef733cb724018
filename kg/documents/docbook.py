"""Read the tables of the DocBook that antiword writes: their cells by row and column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from lxml import etree

from kg.documents.parts import Grid, GridCell

_LIST = re.compile(r"<orderedlist\b")
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)pt")
_SAME_EDGE = 4.0
"""Points: edges of cells this near to each other are one edge, drawn by hand."""


def has_lists(docbook: str) -> bool:
    """Tell whether paragraphs of the text are numbered by Word."""
    return _LIST.search(docbook) is not None


def read_tables(docbook: str) -> list[Grid]:
    """Read the tables in order. Rows that are parted otherwise than those above them form a group with widths of its own."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(docbook.encode(), parser)
    except etree.XMLSyntaxError:
        return []
    return [_grid(table) for table in root.iter("informaltable")] if root is not None else []


def _grid(table: etree._Element) -> Grid:
    groups = [(_edges(group), list(group.iter("row"))) for group in table.iter("tgroup")]
    edges = _merged([edge for own, _ in groups for edge in own])
    made: list[GridCell] = []
    row = 0
    for own, rows in groups:
        for element in rows:
            for at, entry in enumerate(element.iter("entry")):
                first, last = _place(own, at, edges), _place(own, at + 1, edges)
                made.append(
                    GridCell(text=_text(entry), row=row, column=first, columns=max(1, last - first)),
                )
            row += 1
    return Grid(cells=tuple(made))


def _edges(group: etree._Element) -> list[float]:
    """Give the edges of the columns of a group, from the left, in points."""
    found = [_WIDTH.match(column.get("colwidth", "")) for column in group.iter("colspec")]
    return list(accumulate((float(width[1]) if width else 0.0 for width in found), initial=0.0))


def _merged(edges: Sequence[float]) -> list[float]:
    """Give all edges in order, those that are nearly the same once."""
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _SAME_EDGE:
            kept.append(edge)
    return kept


def _place(own: Sequence[float], at: int, edges: Sequence[float]) -> int:
    """Give the number of an edge of a group among all edges."""
    edge = own[min(at, len(own) - 1)]
    place = bisect_left(edges, edge - _SAME_EDGE)
    return min(place, len(edges) - 1)


def _text(entry: etree._Element) -> str:
    """Give the lines of a cell without the marks of notes."""
    return "\n".join(line for part in _texts(entry) for line in map(str.strip, part.splitlines()) if line)


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "footnote":
            yield from _texts(child)
        yield child.tail or ""
