"""Write the indicators as an RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/): graphs go in, observations come out.

An observation is the value itself under the name that it has in the graph, so that its evidence is one step away. Values
printed as a number and values printed in words are two data sets, for a target in words is never made a number. The
structure of both is `ontology/cube.ttl`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.assets import asset
from kg.graph.when import last_day
from kg.layers import Layer, natural
from kg.records import ValueKind
from kg.turtle import turtle_block, turtle_prefixes
from kg.vocabulary import CODE_LISTS, HOME, LANGUAGE, PREFIXES, Names, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from kg.layers import Graphs

__all__ = ["CUBE_PREFIXES", "write_cube"]

CUBE_PREFIXES: Mapping[str, str] = {
    "cube": HOME + "cube#",
    "qb": "http://purl.org/linked-data/cube#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-concept": "http://purl.org/linked-data/sdmx/2009/concept#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
}
"""The prefixes of the view beside those of `kg.vocabulary`."""

_DATA = ("doc", "indicator", "value", "region")
_TERMS = ("resp", "eli", "attribute", "dockind", "level", "valuekind", "dct", "rdf", "rdfs", "skos", "xsd")
_INDICATOR = ("rdf:type", "rdfs:label", "resp:number", "resp:order", "resp:document", "resp:group", "resp:attribute")
_DOCUMENT = ("rdf:type", "rdfs:label", "dct:title", "resp:documentKind", "resp:region")
_REGION = ("rdf:type", "rdfs:label", "resp:regionCode", "resp:level", "resp:parentRegion")
"""What the view repeats of a document, an indicator and a region, so that it can be read alone."""

_UNDATED = {
    "baseline": ("baseline without a year", "现状（未注明年份）"),
    "target": ("target without a year", "目标（未注明年份）"),
}
_TITLES = {
    "figures": ("indicators with a figure", "数值型指标"),
    "texts": ("indicators in words", "文字型指标"),
}
_STRUCTURES = {"figures": "cube:figureStructure", "texts": "cube:textStructure"}

Told = dict[NamedNode, list[NamedNode | Literal]]


def write_cube(graphs: Graphs, names: Names, file: BinaryIO) -> tuple[str, ...]:
    """Write the view as Turtle; return a note where a value has no place in it, which the data sets say too."""
    view = _View(names)
    prefixes = view.prefixes()
    file.write(turtle_prefixes(prefixes))
    file.write(turtle_block(_structure(), prefixes))
    for part in graphs:
        if part.layer is Layer.FACTS:
            file.write(turtle_block(view.document(part.quads()), prefixes))
        elif part.layer is Layer.REGISTER:
            file.write(turtle_block(_chosen(part.quads(), "resp:Region", _REGION), prefixes))
    file.write(turtle_block(view.shared(), prefixes))
    return view.notes()


class _View:
    """The view in the making: what it has seen of periods, and which values it had to leave out."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._periods: set[str] = set()
        self._left_out: Counter[str] = Counter()

    def prefixes(self) -> dict[str, str]:
        """Return every prefix of the view with its namespace: data first, then terms."""
        data = {prefix: self._names.namespace(prefix) for prefix in (*_DATA, "period")}
        view = {"view": self._names.namespace("cube")}
        return data | view | dict(CUBE_PREFIXES) | {prefix: PREFIXES[prefix] for prefix in _TERMS}

    def document(self, quads: list[Quad]) -> Iterator[Triple]:
        """Yield the observations of a document, and behind them the document itself and its indicators."""
        told = _by_subject(quads)
        indicators = [node for node, about in told.items() if term("resp:Indicator") in about[term("rdf:type")]]
        for indicator in indicators:
            yield from self._observations(indicator, told)
        if indicators:
            yield from _chosen(quads, "resp:Document", _DOCUMENT)
            yield from _chosen(quads, "resp:Indicator", _INDICATOR)

    def shared(self) -> Iterator[Triple]:
        """Yield the periods and the data sets, which documents share."""
        for period in sorted(self._periods, key=natural):
            yield from self._period(period)
        for name, structure in _STRUCTURES.items():
            data = self._data_set(name)
            yield Triple(data, term("rdf:type"), _cube("qb:DataSet"))
            yield from _labels(data, *_TITLES[name])
            yield Triple(data, _cube("qb:structure"), _cube(structure))
            for note in self.notes():
                yield Triple(data, term("rdfs:comment"), Literal(note, language="en"))

    def notes(self) -> tuple[str, ...]:
        """Say which values have no place in the view."""
        return tuple(
            f"{count} {'value is' if count == 1 else 'values are'} not in the cube: {reason}"
            for reason, count in sorted(self._left_out.items())
        )

    def _observations(self, indicator: NamedNode, told: dict[NamedNode, Told]) -> Iterator[Triple]:
        """Yield the observations of one indicator; what has no region, and what cannot be told apart, is left out."""
        about = told[indicator]
        regions = [region for document in about[term("resp:document")] for region in _of(told, document, "resp:region")]
        values = [value for value in about[term("resp:indicatorValue")] if isinstance(value, NamedNode)]
        keys = {value: _key(told[value]) for value in values if value in told}
        alike = Counter(keys.values())
        for value, key in keys.items():
            if len(regions) != 1:
                self._left_out["the region of their document has no code"] += 1
            elif alike[key] > 1:
                self._left_out["the table has several for one indicator, period and kind"] += 1
            else:
                yield from self._observation(value, told[value], indicator, told[indicator], regions[0])

    def _observation(
        self, value: NamedNode, about: Told, indicator: NamedNode, row: Told, region: NamedNode | Literal
    ) -> Iterator[Triple]:
        period, is_figure = _text(about, "resp:period"), term("resp:value") in about
        self._periods.add(period)
        yield Triple(value, term("rdf:type"), _cube("qb:Observation"))
        yield Triple(value, _cube("qb:dataSet"), self._data_set("figures" if is_figure else "texts"))
        yield Triple(value, _cube("cube:refArea"), region)
        yield Triple(value, _cube("cube:refPeriod"), self._node("period", period))
        yield Triple(value, _cube("cube:indicator"), indicator)
        yield from _copied(value, about, "resp:valueKind", "cube:valueKind")
        yield from _copied(value, about, "resp:value", "cube:value")
        yield from _copied(value, about, "resp:text", "cube:printed" if is_figure else "cube:text")
        yield from _copied(value, row, "resp:unit", "cube:unit")
        yield from _copied(value, about, "resp:comparator", "cube:comparator")

    def _period(self, period: str) -> Iterator[Triple]:
        node, last = self._node("period", period), last_day(period)
        yield Triple(node, term("rdf:type"), NamedNode(PREFIXES["dct"] + "PeriodOfTime"))
        yield from _labels(node, *_UNDATED.get(period, (period, period)))
        if last:
            first = f"{period}-01-01"[:10]
            for name, day in (("dcat:startDate", first), ("dcat:endDate", str(last))):
                yield Triple(node, _cube(name), Literal(day, datatype=term("xsd:date")))

    def _data_set(self, name: str) -> NamedNode:
        return NamedNode(self._names.namespace("cube") + name)

    def _node(self, prefix: str, local: str) -> NamedNode:
        return self._names.node(prefix, local)


def _cube(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(CUBE_PREFIXES[prefix] + name)


@cache
def _structure() -> tuple[Triple, ...]:
    """Read the structure of the cube, and the code list of its coded dimension."""
    scheme = NamedNode(PREFIXES[CODE_LISTS[ValueKind]].rstrip("/"))
    cube = [quad.triple for quad in parse(path=str(asset("ontology", "cube.ttl")), format=RdfFormat.TURTLE)]
    codes = [quad.triple for quad in parse(path=str(asset("ontology", "roles.ttl")), format=RdfFormat.TURTLE)]
    listed = {triple.subject for triple in codes if triple.object == scheme} | {scheme}
    return (
        *(triple for triple in cube if str(triple.subject).startswith(f"<{CUBE_PREFIXES['cube']}")),
        *(triple for triple in codes if triple.subject in listed),
    )


def _by_subject(quads: list[Quad]) -> dict[NamedNode, Told]:
    told: dict[NamedNode, Told] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            told.setdefault(quad.subject, defaultdict(list))[quad.predicate].append(quad.object)
    return told


def _chosen(quads: list[Quad], kind: str, properties: tuple[str, ...]) -> Iterator[Triple]:
    """Yield some properties of the members of a class."""
    wanted = {term(name) for name in properties}
    members = {quad.subject for quad in quads if quad.object == term(kind) and quad.predicate == term("rdf:type")}
    for quad in quads:
        if quad.subject in members and quad.predicate in wanted:
            yield quad.triple


def _of(told: dict[NamedNode, Told], node: NamedNode | Literal, name: str) -> list[NamedNode | Literal]:
    return told[node].get(term(name), []) if isinstance(node, NamedNode) and node in told else []


def _key(about: Told) -> tuple[str, str, bool]:
    """Give what tells the values of an indicator apart in a data set."""
    kinds = about.get(term("resp:valueKind"), [])
    return _text(about, "resp:period"), str(kinds), term("resp:value") in about


def _text(about: Told, name: str) -> str:
    return next((value.value for value in about.get(term(name), [])), "")


def _copied(node: NamedNode, about: Told, name: str, new: str) -> Iterator[Triple]:
    return (Triple(node, _cube(new), value) for value in about.get(term(name), []))


def _labels(node: NamedNode, english: str, chinese: str) -> Iterator[Triple]:
    for text, language in ((english, "en"), (chinese, LANGUAGE)):
        yield Triple(node, term("rdfs:label"), Literal(text, language=language))
