"""Write the description of a dataset in the terms of DCAT and VoID: counts, files and statements go in, Turtle comes out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.assets import asset
from kg.turtle import turtle_block, turtle_prefixes
from kg.vocabulary import LANGUAGE, PREFIXES, Names, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.counts import Counts
    from kg.dataset import Distribution, Statements

__all__ = ["CATALOGUE_PREFIXES", "Catalogue"]

CATALOGUE_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": PREFIXES["dct"],
        "foaf": "http://xmlns.com/foaf/0.1/",
        "format": "http://www.w3.org/ns/formats/",
        "media": "https://www.iana.org/assignments/media-types/",
        "rdf": PREFIXES["rdf"],
        "rdfs": PREFIXES["rdfs"],
        "spdx": "http://spdx.org/rdf/terms#",
        "void": "http://rdfs.org/ns/void#",
        "xsd": PREFIXES["xsd"],
    }
)
"""The prefixes of the terms of a description."""

_CHINESE = NamedNode("http://id.loc.gov/vocabulary/iso639-1/zh")
_GOVERNMENT = NamedNode("http://publications.europa.eu/resource/authority/data-theme/GOVE")
_KEYWORDS = (("policy responsibility", "政策责任"), ("local government", "地方政府"), ("knowledge graph", "知识图谱"))
_FEATURES = {
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
"""The names of formats at http://www.w3.org/ns/formats/, which `void:feature` takes."""

_TOLD = (
    ("resp:Task", "tasks", "项任务"),
    ("resp:Responsibility", "duties", "项责任"),
    ("resp:Indicator", "indicators", "项指标"),
    ("resp:Project", "projects", "个项目"),
)


class Catalogue:
    """The description of one dataset: the dataset, its files, and its parts by class and by property."""

    def __init__(self, names: Names, counts: Counts, files: Sequence[Distribution], statements: Statements) -> None:
        self._base = names.base
        self._counts = counts
        self._files = files
        self._statements = statements
        self._dataset = NamedNode(names.base + "dataset")
        self._short = {iri: prefix for prefix, iri in {**PREFIXES, "qb": "http://purl.org/linked-data/cube#"}.items()}

    def turtle(self) -> bytes:
        """Return the description as Turtle, the dataset first."""
        prefixes = self._prefixes()
        triples = [*self._whole(), *self._coverage(), *self._distributions(), *self._parts()]
        return turtle_prefixes(prefixes) + turtle_block(_together(triples), prefixes)

    def _prefixes(self) -> dict[str, str]:
        folders = {name: f"{self._base}dataset/{name}/" for name in ("file", "checksum", "class", "property", "part")}
        terms = {
            prefix: iri for prefix, iri in CATALOGUE_PREFIXES.items() if prefix != "media"
        }  # / has an escape in Turtle
        return folders | {"region": f"{self._base}region/"} | terms

    def _whole(self) -> Iterator[Triple]:
        """Yield what is said of the dataset itself."""
        counts, said = self._counts, self._statements
        yield from self._say("rdf:type", _term("dcat:Dataset"), _term("void:Dataset"))
        for language, title in {**self._titles(), **said.titles}.items():
            yield from self._say("dct:title", Literal(title, language=language))
        for language, text in self._descriptions().items():
            yield from self._say("dct:description", Literal(text, language=language))
        for english, chinese in _KEYWORDS:
            yield from self._say("dcat:keyword", Literal(english, language="en"), Literal(chinese, language=LANGUAGE))
        yield from self._say("dcat:theme", _GOVERNMENT)
        yield from self._say("dct:language", _CHINESE)
        yield from self._published()
        yield from self._say("dct:conformsTo", _ontology_version())
        yield from self._say("void:uriSpace", Literal(self._base))
        yield from self._say("void:exampleResource", NamedNode(counts.documents[0]))
        for name, number in (
            ("triples", counts.triples),
            ("entities", counts.entities),
            ("classes", len(counts.classes)),
            ("properties", len(counts.properties)),
            ("distinctSubjects", counts.subjects),
            ("distinctObjects", counts.objects),
        ):
            yield from self._say(f"void:{name}", _integer(number))
        used = {*counts.classes, *counts.properties}
        yield from self._say("void:vocabulary", *map(NamedNode, sorted({_namespace(iri) for iri in used})))
        features = {_FEATURES[file.media_type] for file in self._files if file.format}
        yield from self._say("void:feature", *(_term(f"format:{name}") for name in sorted(features)))

    def _published(self) -> Iterator[Triple]:
        """Yield what the publisher says."""
        said = self._statements
        if said.publisher:
            agent = self._node("publisher")
            yield from self._say("dct:publisher", agent)
            yield Triple(agent, _term("rdf:type"), _term("foaf:Agent"))
            yield Triple(agent, _term("foaf:name"), Literal(said.publisher))
        if said.licence:
            yield from self._say("dct:license", NamedNode(said.licence))
        if said.issued:
            yield from self._say("dct:issued", _date(said.issued.isoformat()))

    def _coverage(self) -> Iterator[Triple]:
        """Yield the time that dates and years of the graph span, and the regions of its documents."""
        counts = self._counts
        if counts.first and counts.last:
            period = self._node("time")
            yield from self._say("dct:temporal", period)
            yield Triple(period, _term("rdf:type"), _term("dct:PeriodOfTime"))
            yield Triple(period, _term("dcat:startDate"), _date(counts.first))
            yield Triple(period, _term("dcat:endDate"), _date(counts.last))
        for region, name in counts.regions.items():
            yield from self._say("dct:spatial", NamedNode(region))
            yield Triple(NamedNode(region), _term("rdf:type"), _term("dct:Location"))
            if name:
                yield Triple(NamedNode(region), _term("rdfs:label"), Literal(name, language=LANGUAGE))

    def _distributions(self) -> Iterator[Triple]:
        """Yield each file with its size, checksum and media type."""
        said = self._statements
        for file in self._files:
            node, checksum = (self._node(f"{folder}/{local_name(file.name)}") for folder in ("file", "checksum"))
            yield from self._say("dcat:distribution", node)
            yield Triple(node, _term("rdf:type"), _term("dcat:Distribution"))
            yield Triple(node, _term("dct:title"), Literal(file.name))
            yield Triple(node, _term("dct:description"), Literal(file.text, language="en"))
            yield Triple(node, _term("dcat:mediaType"), _term(f"media:{file.media_type}"))
            yield Triple(node, _term("dcat:byteSize"), _typed(str(file.size), "nonNegativeInteger"))
            yield Triple(node, _term("spdx:checksum"), checksum)
            if said.licence:
                yield Triple(node, _term("dct:license"), NamedNode(said.licence))
            if said.url:
                place = NamedNode(f"{said.url}{file.name}")
                yield Triple(node, _term("dcat:accessURL"), place)
                yield Triple(node, _term("dcat:downloadURL"), place)
                if file.format:
                    yield from self._say("void:dataDump", place)
            yield Triple(checksum, _term("rdf:type"), _term("spdx:Checksum"))
            yield Triple(checksum, _term("spdx:algorithm"), _term("spdx:checksumAlgorithm_sha256"))
            yield Triple(checksum, _term("spdx:checksumValue"), _typed(file.sha256, "hexBinary"))

    def _parts(self) -> Iterator[Triple]:
        """Yield the parts of the graph by class and by property, and by property within each class."""
        counts = self._counts
        for iri, entities in counts.classes.items():
            part = self._node(f"class/{self._name(iri)}")
            yield from self._say("void:classPartition", part)
            yield Triple(part, _term("void:class"), NamedNode(iri))
            yield Triple(part, _term("void:entities"), _integer(entities))
        for iri, used in counts.properties.items():
            part = self._node(f"property/{self._name(iri)}")
            yield from self._say("void:propertyPartition", part)
            yield Triple(part, _term("void:property"), NamedNode(iri))
            yield Triple(part, _term("void:triples"), _integer(used.triples))
            yield Triple(part, _term("void:distinctSubjects"), _integer(used.subjects))
            yield Triple(part, _term("void:distinctObjects"), _integer(used.objects))
        for (of, iri), number in counts.class_properties.items():
            part = self._node(f"part/{self._name(of)}_{self._name(iri)}")
            yield Triple(self._node(f"class/{self._name(of)}"), _term("void:propertyPartition"), part)
            yield Triple(part, _term("void:property"), NamedNode(iri))
            yield Triple(part, _term("void:triples"), _integer(number))

    def _titles(self) -> dict[str, str]:
        number = len(self._counts.documents)
        documents = "1 document" if number == 1 else f"{number:,} documents"
        return {
            "en": f"Responsibilities in government plans: {documents}",
            LANGUAGE: f"政府规划责任数据：{number}份文件",
        }

    def _descriptions(self) -> dict[str, str]:
        """Say in both languages what the dataset holds, as far as it holds it."""
        told = [
            (count, english, chinese)
            for curie, english, chinese in _TOLD
            if (count := self._counts.classes.get(PREFIXES["resp"] + curie.removeprefix("resp:"), 0))
        ]
        english = ", ".join(f"{word}: {number:,}" for number, word, _ in told)
        chinese = "、".join(f"{number}{word}" for number, _, word in told)
        return {
            "en": "Facts read from plans of Chinese local governments: who answers for what, in which role, by when."
            + (f" It holds {english}." if told else ""),
            LANGUAGE: "从地方政府规划文件中读取的事实：谁以何种角色对何事负责、何时完成。"
            + (f"包含{chinese}。" if told else ""),
        }

    def _say(self, name: str, *values: NamedNode | Literal) -> Iterator[Triple]:
        return (Triple(self._dataset, _term(name), value) for value in values)

    def _node(self, local: str) -> NamedNode:
        return NamedNode(f"{self._dataset.value}/{local}")

    def _name(self, iri: str) -> str:
        """Name a term for a part of the dataset: resp-Task."""
        namespace = _namespace(iri)
        return local_name(f"{self._short.get(namespace, namespace)}-{iri.removeprefix(namespace)}")


def _together(triples: Sequence[Triple]) -> list[Triple]:
    """Put together what is said of a subject and by a property, each in the order in which it first comes."""
    places: dict[object, int] = {}
    for triple in triples:
        for key in (triple.subject, (triple.subject, triple.predicate)):
            places.setdefault(key, len(places))
    kept = dict.fromkeys(triples)
    return sorted(kept, key=lambda triple: (places[triple.subject], places[triple.subject, triple.predicate]))


def _ontology_version() -> NamedNode:
    """Read the version of the ontology that the data conforms to."""
    ontology = parse(path=str(asset("ontology", "responsibility.ttl")), format=RdfFormat.TURTLE)
    version = "http://www.w3.org/2002/07/owl#versionIRI"
    return next(
        quad.object for quad in ontology if quad.predicate.value == version and isinstance(quad.object, NamedNode)
    )


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(CATALOGUE_PREFIXES[prefix] + name)


def _integer(number: int) -> Literal:
    return _typed(str(number), "integer")


def _date(day: str) -> Literal:
    return _typed(day, "date")


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=_term(f"xsd:{datatype}"))
