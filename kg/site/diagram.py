"""Draw the classes of the ontology: a vocabulary goes in, boxes and lines with their places come out.

Boxes stand in columns, those that others point to on the right: layers by the longest path, order within a layer by the mean
of the neighbours, lines through empty places of the layers between (Sugiyama, Tagawa, Toda: Methods for visual understanding
of hierarchical system structures, 1981). Equal ontologies give equal drawings.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx
from pyoxigraph import NamedNode

from kg.site.places import Places
from kg.site.vocabulary import Language, Vocabulary
from kg.vocabulary import HOME

__all__ = ["Box", "Diagram", "Line", "Row", "draw"]

_HEAD, _LINE, _ROW, _PAD, _GAP, _BETWEEN, _MARGIN, _BEND = 44, 15, 22, 12, 20, 72, 12, 16
_MOST_ABOVE = 2
_SWEEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A property within the box of its domain; `kind` is the code list or class that it leads to where no line does."""

    label: str
    link: str
    kind: str
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A class with its place in pixels, and the superclasses of others; `head` is the height above the rows."""

    name: str
    label: str
    link: str
    above: tuple[str, ...]
    rows: tuple[Row, ...]
    x: float
    y: float
    width: float
    height: float
    head: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A curve from a property to its range, or from a class to its superclass, with what it says."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """The whole drawing, lines below boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """One box pointing to another, from a row or, without one, from the head."""

    source: str
    target: str
    row: int | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The places of a drawing: boxes, the layers with their left edges and widths, and the upper edge of each place."""

    boxes: Mapping[str, Box]
    layers: Sequence[Sequence[str]]
    columns: Sequence[tuple[float, float]]
    tops: Mapping[str, float]


def draw(vocabulary: Vocabulary, places: Places, language: Language) -> Diagram:
    """Lay out every class of ours that has a relation to another one, labels in a language."""
    boxes, ties = _boxes(vocabulary, places, language)
    tied = {name for tie in ties for name in (tie.source, tie.target)}
    boxes = {name: box for name, box in boxes.items() if name in tied or box.rows}
    if not boxes:
        return Diagram(width=0, height=0, boxes=(), lines=())
    layers = _ordered(_layers(list(boxes), ties), ties)
    columns = _columns(layers, boxes)
    tops = _tops(layers, ties, boxes)
    placed = {
        name: _moved(box, columns[at][0], tops[name], columns[at][1])
        for at, layer in enumerate(layers)
        for name in layer
        if (box := boxes.get(name))
    }
    frame = _Frame(boxes=placed, layers=layers, columns=columns, tops=tops)
    lines = tuple(_line(number, tie, frame) for number, tie in enumerate(ties))
    right = max(start + width for start, width in columns)
    bottom = max(box.y + box.height for box in placed.values())
    return Diagram(
        width=right + 2 * _BEND + _MARGIN, height=bottom + _MARGIN, boxes=tuple(placed.values()), lines=lines
    )


def _boxes(known: Vocabulary, places: Places, language: Language) -> tuple[dict[str, Box], list[_Tie]]:
    """Make a box, still without a place, of every class of ours, and the ties between them."""
    boxes, ties = {}, list[_Tie]()
    for term in known.terms["owl:Class"]:
        properties = [p for p in known.terms["owl:ObjectProperty"] if term in known.nodes(p, "rdfs:domain")]
        boxes[known.curie(term)] = _box(known, places, language, term, properties)
        ties += _ties(known, term, properties)
    return boxes, ties


def _ties(known: Vocabulary, term: NamedNode, properties: Sequence[NamedNode]) -> Iterator[_Tie]:
    """Tie a class to its superclasses of ours, and its properties to their ranges of ours."""
    name, classes = known.curie(term), known.terms["owl:Class"]
    for parent in known.nodes(term, "rdfs:subClassOf"):
        if parent in classes:
            above = known.curie(parent)
            yield _Tie(source=name, target=above, row=None, title=f"{name} ⊑ {above}")
    for row, prop in enumerate(properties):
        for target in known.nodes(prop, "rdfs:range"):
            if _has_line(known, prop):
                end = known.curie(target)
                yield _Tie(source=name, target=end, row=row, title=f"{name} — {known.curie(prop)} → {end}")


def _has_line(known: Vocabulary, prop: NamedNode) -> bool:
    """Tell whether a property between classes of ours has a line: not where its superproperty or an earlier inverse has it."""
    ours, classes = known.terms["owl:ObjectProperty"], known.terms["owl:Class"]
    if not all(set(classes).intersection(known.nodes(prop, curie)) for curie in ("rdfs:domain", "rdfs:range")):
        return False
    inverses = [*known.nodes(prop, "owl:inverseOf"), *known.sayers("owl:inverseOf", prop)]
    others = [
        *known.nodes(prop, "rdfs:subPropertyOf"),
        *(i for i in inverses if i in ours and ours.index(i) < ours.index(prop)),
    ]
    return not any(_has_line(known, other) for other in others)


def _box(
    known: Vocabulary, places: Places, language: Language, term: NamedNode, properties: Sequence[NamedNode]
) -> Box:
    name, label = known.curie(term), known.label(term, language)
    others = [known.curie(p) for p in known.nodes(term, "rdfs:subClassOf") if not p.value.startswith(HOME)]
    above = tuple(f"⊑ {other}" for other in others[:_MOST_ABOVE])
    if len(others) > _MOST_ABOVE:
        above = (*above[:-1], f"{above[-1]} …")
    rows = tuple(
        Row(label=known.label(prop, language), link=places.link(prop), kind=_kind(known, prop, language), y=0)
        for prop in properties
    )
    widths = (
        _width(label, 15, 0.56),
        *(_width(text, 11, 0.61) for text in (name, *above)),
        *(_width(f"{row.label}   {row.kind}", 13) for row in rows),
    )
    head = _HEAD + _LINE * len(above)
    return Box(
        name=name, label=label, link=places.link(term), above=above, rows=rows, head=head,
        x=0, y=0, width=max(widths) + 2 * _PAD, height=head + len(rows) * _ROW + (6 if rows else 0),
    )  # fmt: skip


def _kind(known: Vocabulary, prop: NamedNode, language: Language) -> str:
    """Say where a property without a line leads: to the code list that its `rdfs:seeAlso` names, else to its range."""
    if _has_line(known, prop):
        return ""
    schemes = [node for node in known.nodes(prop, "rdfs:seeAlso") if node in known.schemes]
    if schemes:
        return known.label(schemes[0], language)
    some = NamedNode(known.iri("skos:Concept"))  # that it is some concept tells nothing
    return ", ".join(known.label(node, language) for node in known.nodes(prop, "rdfs:range") if node != some)


def _width(text: str, size: float, latin: float = 0.48) -> float:
    """Measure a text roughly, in pixels: a Chinese letter is as wide as high, a Latin one takes half, in typewriting .61."""
    return sum(size if unicodedata.east_asian_width(letter) in "WF" else latin * size for letter in text)


def _layers(names: Sequence[str], ties: Sequence[_Tie]) -> list[list[str]]:
    """Put each box left of all that its properties point to, and a class without properties left of its superclass.

    Lines that would close a circle do not count, and a superclass that would have to stand left of all stands right.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    for tie in ties:
        if tie.row is not None and tie.source != tie.target and not nx.has_path(graph, tie.target, tie.source):
            graph.add_edge(tie.source, tie.target)
    depth: dict[str, int] = {}
    for name in reversed(list(nx.lexicographical_topological_sort(graph))):
        depth[name] = 1 + max((depth[target] for target in graph.successors(name)), default=-1)
    deepest = max(depth.values(), default=0)
    loose = {name for name in names if not graph.degree(name)}
    waiting = [tie for tie in ties if tie.row is None]
    for tie in sorted(waiting, key=lambda tie: tie.source in loose and tie.target in loose):
        if tie.source in loose:
            depth[tie.source] = depth[tie.target] + 1 if depth[tie.target] < deepest else deepest - 1
    layers: list[list[str]] = [[] for _ in range(deepest + 1)]
    for name in names:
        layers[deepest - depth[name]].append(name)
    for number, tie in enumerate(ties):
        for place in _route(number, tie, layers)[1:-1]:
            layers[int(place.partition("@")[2])].append(place)
    return layers


def _at(layers: Sequence[Sequence[str]], name: str) -> int:
    return next(at for at, layer in enumerate(layers) if name in layer)


def _route(number: int, tie: _Tie, layers: Sequence[Sequence[str]]) -> list[str]:
    """Name the places of a line from its source to its target, empty places between them included."""
    source, target = _at(layers, tie.source), _at(layers, tie.target)
    step = 1 if target >= source else -1
    return [tie.source, *(f"{number}@{at}" for at in range(source + step, target, step)), tie.target]


def _neighbours(layers: Sequence[Sequence[str]], ties: Sequence[_Tie]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for number, tie in enumerate(ties):
        route = _route(number, tie, layers)
        for one, other in pairwise(route):
            if one != other:
                found[one].append(other)
                found[other].append(one)
    return found


def _ordered(layers: list[list[str]], ties: Sequence[_Tie]) -> list[list[str]]:
    """Order each layer by the mean place of its neighbours in the layer swept before; who has none stands last."""
    near = _neighbours(layers, ties)
    made = [list(layer) for layer in layers]
    for sweep in range(_SWEEPS):
        rightward = sweep % 2 == 0
        for at in range(1, len(made)) if rightward else range(len(made) - 2, -1, -1):
            beside = _ranks(made[at - 1] if rightward else made[at + 1])
            own = _ranks(made[at])
            wanted = {
                name: _mean([beside[n] for n in near.get(name, ()) if n in beside], own[name]) for name in made[at]
            }
            ranked = sorted((not near.get(name), wanted[name], own[name], name) for name in made[at])
            made[at] = [name for *_, name in ranked]
    return made


def _ranks(layer: Sequence[str]) -> dict[str, float]:
    """Give the place of each member of a layer from 0, the first, to 1, the last."""
    return {name: rank / max(len(layer) - 1, 1) for rank, name in enumerate(layer)}


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _columns(layers: Sequence[Sequence[str]], boxes: Mapping[str, Box]) -> list[tuple[float, float]]:
    """Give each layer its left edge and width."""
    columns, left = [], float(_MARGIN)
    for layer in layers:
        width = max((boxes[name].width for name in layer if name in boxes), default=20)
        columns.append((left, width))
        left += width + _BETWEEN
    return columns


def _tops(layers: Sequence[Sequence[str]], ties: Sequence[_Tie], boxes: Mapping[str, Box]) -> dict[str, float]:
    """Give each place its upper edge: near the mean of its neighbours, in order and without overlap."""
    near = _neighbours(layers, ties)
    heights = {name: boxes[name].height if name in boxes else 2 for layer in layers for name in layer}
    tops: dict[str, float] = {}
    for layer in layers:
        tops |= _stacked(layer, heights, dict.fromkeys(layer, 0.0))
    for _ in range(_SWEEPS):
        for layer in (*layers, *reversed(layers)):
            wanted: dict[str, float] = {}
            below = tops[layer[0]]
            for name in layer:  # a box without neighbours stands right below the one before
                middles = [tops[n] + heights[n] / 2 for n in near[name]]
                wanted[name] = _mean(middles, below + heights[name] / 2) - heights[name] / 2
                below = wanted[name] + heights[name] + _GAP
            tops |= _stacked(layer, heights, wanted)
    lowest = min(tops.values())
    return {name: top - lowest + _MARGIN for name, top in tops.items()}


def _stacked(layer: Sequence[str], heights: Mapping[str, float], wanted: Mapping[str, float]) -> dict[str, float]:
    """Keep the order and a gap: places that would overlap become a block, which stands where its members want it on average."""
    blocks: list[tuple[list[str], float, float]] = []  # members, offset sum of what they want, height
    for name in layer:
        members, total, height = [name], wanted[name], heights[name] + _GAP
        while blocks and blocks[-1][1] / len(blocks[-1][0]) + blocks[-1][2] > total / len(members):
            before, sum_before, height_before = blocks.pop()
            total = sum_before + total - height_before * len(members)
            members, height = before + members, height_before + height
        blocks.append((members, total, height))
    tops = {}
    for members, total, _ in blocks:
        top = total / len(members)
        for name in members:
            tops[name] = top
            top += heights[name] + _GAP
    return tops


def _moved(box: Box, x: float, y: float, width: float) -> Box:
    rows = tuple(replace(row, y=round(y + box.head + (at + 0.5) * _ROW, 1)) for at, row in enumerate(box.rows))
    return replace(box, x=round(x, 1), y=round(y, 1), width=round(width, 1), rows=rows)


def _line(number: int, tie: _Tie, frame: _Frame) -> Line:
    """Lead a line from a row or head to a head, level through the empty places between."""
    source, target = frame.boxes[tie.source], frame.boxes[tie.target]
    start = source.y + source.head / 2 if tie.row is None else source.rows[tie.row].y
    end = target.y + target.head / 2 + (6 if tie.row is None else -6)
    kind = "above" if tie.row is None else "relation"
    source_at, target_at = _at(frame.layers, tie.source), _at(frame.layers, tie.target)
    if source_at == target_at:
        right = source.x + source.width
        out = right + _BEND * 2
        path = f"M{right:.1f},{start:.1f} C{out:.1f},{start:.1f} {out:.1f},{end:.1f} {right:.1f},{end:.1f}"
        return Line(path=path, kind=kind, title=tie.title)
    forward = target_at > source_at
    points = [(source.x + (source.width if forward else 0), start)]
    for place in _route(number, tie, frame.layers)[1:-1]:
        left, width = frame.columns[_at(frame.layers, place)]
        y = frame.tops[place]
        points += [(left, y), (left + width, y)] if forward else [(left + width, y), (left, y)]
    points.append((target.x + (0 if forward else target.width), end))
    return Line(path=_curve(points), kind=kind, title=tie.title)


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Join points by curves that leave and arrive level."""
    parts = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (x1 + x2) / 2
        parts.append(f"C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}")
    return " ".join(parts)
