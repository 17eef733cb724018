"""Reason over ontology and data: a graph goes in; whether it can be true, and what follows from it, comes out.

HermiT, a reasoner for all of OWL 2 DL, finds classes that can have no member and data that contradicts the ontology. The
rules in `queries/owl-rl` are those of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) for the constructs that the
ontology uses; they run as SPARQL updates until nothing is added, and `queries/contradictions` then tells which node is at
fault. `CONSTRUCTS` says which construct is outside of RL, so that only HermiT looks at it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kg.assets import asset
from kg.errors import ReasonError
from kg.graph_files import GraphFile, ontology_files
from kg.queries import ask, read_question
from kg.vocabulary import Names, term

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "CONSTRUCTS",
    "SECONDS",
    "Contradiction",
    "Verdict",
    "axioms",
    "contradictions",
    "judge",
    "materialise",
    "outside_rl",
    "turtle",
]

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

CONSTRUCTS: Mapping[str, str] = MappingProxyType(
    {
        "rdfs:subClassOf": "cax-sco scm-sco",
        "rdfs:subPropertyOf": "prp-spo1 scm-spo",
        "rdfs:domain": "prp-dom",
        "rdfs:range": "prp-rng",
        "owl:equivalentClass": "scm-eqc",
        "owl:equivalentProperty": "scm-eqp",
        "owl:inverseOf": "prp-inv",
        "owl:FunctionalProperty": "prp-fp",
        "owl:InverseFunctionalProperty": "prp-ifp",
        "owl:SymmetricProperty": "prp-symp",
        "owl:TransitiveProperty": "prp-trp",
        "owl:AsymmetricProperty": "both-ways self-tied",
        "owl:IrreflexiveProperty": "self-tied",
        "owl:someValuesFrom": "cls-svf1",
        "owl:sameAs": "eq-sym eq-trans eq-rep-s eq-rep-o",
        "owl:disjointWith": "disjoint-classes",
        "owl:AllDisjointClasses": "disjoint-classes",
        "owl:disjointUnionOf": "disjoint-classes",
    }
)
"""Each construct that asks for a rule, with the files of `queries/owl-rl` and `queries/contradictions` that serve it."""

_BETWEEN_TERMS = (_RDFS + "subClassOf", _RDFS + "subPropertyOf")

_SILENT = frozenset(
    {
        *("owl:Ontology", "owl:imports", "owl:versionIRI", "owl:versionInfo", "owl:priorVersion"),
        *("owl:backwardCompatibleWith", "owl:deprecated", "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty"),
        *(
            "owl:AnnotationProperty",
            "owl:NamedIndividual",
            "owl:Restriction",
            "owl:onProperty",
            "owl:members",
            "owl:oneOf",
        ),
        *("rdfs:Datatype", "rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy"),
        *("owl:Thing", "rdfs:Literal", "rdfs:Resource"),
    }
)
"""What declares or describes terms, or is a part of a construct: no rule is needed."""

_OUTSIDE: Mapping[str, str] = MappingProxyType(
    {
        "superclass owl:someValuesFrom": "a value must exist, which no rule of RL can name",
        "owl:disjointUnionOf": "a member of the whole belongs to one of the parts, which RL cannot choose; that the parts have no member in common is checked",
        "domain owl:unionOf": "what has the property belongs to one of several classes, which RL cannot choose",
        "range owl:oneOf": "values are listed one by one; the shapes check them",
    }
)
"""What is outside of OWL 2 RL, with what is lost."""

# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps; HermiT refuses a graph with any other datatype.
_DATATYPES = frozenset(
    {
        *(
            "string",
            "normalizedString",
            "token",
            "language",
            "Name",
            "NCName",
            "NMTOKEN",
            "boolean",
            "decimal",
            "integer",
        ),
        *(
            "nonNegativeInteger",
            "positiveInteger",
            "nonPositiveInteger",
            "negativeInteger",
            "long",
            "int",
            "short",
            "byte",
        ),
        *(
            "unsignedLong",
            "unsignedInt",
            "unsignedShort",
            "unsignedByte",
            "double",
            "float",
            "hexBinary",
            "base64Binary",
        ),
        *("anyURI", "dateTime", "dateTimeStamp"),
    }
)

_PREFIX_LINES = re.compile(rb"\A(?:@prefix .*\n)+")

_MEGABYTES = 2000
"""Memory of the Java machine; the bundled dataset takes a small part of it."""

SECONDS = 600.0
"""How long HermiT may take where nothing else is said; the bundled dataset takes about 5 s, and what is ten times larger may never end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A node at fault: the query that found it, what that asks, and the two things that do not go together."""

    check: str
    question: str
    node: str
    first: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What HermiT says: classes that can have no member, and whether ontology and data can be true together.

    `left_out` counts the triples that HermiT was not given because OWL 2 has no such datatype (xsd:date).
    """

    unsatisfiable: tuple[str, ...]
    consistent: bool
    left_out: int


def axioms(files: Iterable[GraphFile] | None = None) -> tuple[Triple, ...]:
    """Give the triples of the ontology as one graph; imports are left out, for all files are here."""
    told = (triple for file in (ontology_files() if files is None else files) for triple in file.triples)
    return tuple(dict.fromkeys(triple for triple in told if triple.predicate.value != _OWL + "imports"))


def judge(graph: Iterable[Triple], *, seconds: float = SECONDS) -> Verdict:
    """Let HermiT look at a graph that holds axioms and data, for no longer than some seconds.

    Raises `ReasonError` where owlready2 or Java is missing, and where HermiT fails or takes longer; Java is ended then.
    """
    owlready = _owlready()
    whole = tuple(graph)
    kept = sorted((triple for triple in whole if _in_owl(triple.object)), key=str)
    with tempfile.TemporaryDirectory() as folder, _bounds(owlready, folder, seconds):
        path = Path(folder) / "graph.nt"
        serialize(kept, str(path), format=RdfFormat.N_TRIPLES)
        world = owlready.World()
        try:
            world.get_ontology(path.as_uri()).load()
            owlready.sync_reasoner(world, debug=0)
        except owlready.OwlReadyInconsistentOntologyError:
            return Verdict(unsatisfiable=(), consistent=False, left_out=len(whole) - len(kept))
        except subprocess.TimeoutExpired as error:
            raise ReasonError(
                f"HermiT did not end within {seconds:g} s over {len(kept):,} triples and was stopped: "
                "give it more with --timeout, a smaller graph or the ontology alone; kg reason --materialise needs no HermiT"
            ) from error
        except owlready.base.OwlReadyError as error:
            raise ReasonError(
                f"HermiT failed: {_first_line(error)}: try a smaller graph or give the ontology alone"
            ) from error
        found = sorted(entity.iri for entity in world.inconsistent_classes())
    empty = tuple(iri for iri in found if iri != _OWL + "Nothing")
    return Verdict(unsatisfiable=empty, consistent=True, left_out=len(whole) - len(kept))


def _owlready() -> ModuleType:
    try:
        import owlready2  # noqa: PLC0415  (an extra that only this needs)
    except ImportError as error:
        raise ReasonError("HermiT needs owlready2: pip install 'policy-responsibility-graph[reason]'") from error
    if shutil.which("java") is None:
        raise ReasonError(
            "HermiT needs a Java runtime and none is on the path: on Debian, apt install default-jre-headless"
        )
    owlready2.reasoning.JAVA_MEMORY = _MEGABYTES
    module: ModuleType = owlready2
    return module


@contextmanager
def _bounds(owlready: ModuleType, folder: str, seconds: float) -> Iterator[None]:
    """Hold Java to a time, and its files to a folder.

    owlready2 has a parameter for neither (0.50 passes `_subprocess_kargs` on), and leaves its copy of the graph behind where Java fails.
    """
    options, place = owlready.reasoning._subprocess_kargs, tempfile.tempdir
    owlready.reasoning._subprocess_kargs = {**options, "timeout": seconds}
    tempfile.tempdir = folder
    try:
        yield
    finally:
        owlready.reasoning._subprocess_kargs, tempfile.tempdir = options, place


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _in_owl(value: object) -> bool:
    if not isinstance(value, Literal) or value.language:
        return True
    return value.datatype.value.removeprefix(_XSD) in _DATATYPES


def close(graph: Iterable[Triple]) -> Store:
    """Give a store with a graph, axioms and data, and all that follows by the rules."""
    store = Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in graph)
    rules = [path.read_text(encoding="utf-8") for path in sorted(asset("queries", "owl-rl").glob("*.ru"))]
    before = -1
    while before != len(store):
        before = len(store)
        for rule in rules:
            store.update(rule)
    return store


def contradictions(closed: Store) -> tuple[Contradiction, ...]:
    """List the nodes of a closed graph for which the rules find two things that cannot both be so."""
    found = []
    for path in sorted(asset("queries", "contradictions").glob("*.rq")):
        question = read_question(path)
        for node, first, second in ask(closed, question).strings():
            found.append(
                Contradiction(check=question.name, question=question.question_en, node=node, first=first, second=second)
            )
    return tuple(found)


def materialise(data: Iterable[Triple], ontology: Iterable[Triple]) -> tuple[Triple, ...]:
    """Give the data with all that follows for its nodes, sorted by subject and property.

    What follows for terms and concepts of the ontology is left out, and so is membership in classes without a name.
    """
    stated = tuple(data)
    known = tuple(ontology)
    terms = {triple.subject for triple in known}
    closed = close((*stated, *known))
    followed = (Triple(quad.subject, quad.predicate, quad.object) for quad in closed if quad.subject not in terms)
    kept = {t for t in followed if not isinstance(t.object, BlankNode) and t.predicate.value not in _BETWEEN_TERMS}
    return tuple(sorted({*kept, *stated}, key=_place))


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate != term("rdf:type"), triple.predicate.value, str(triple.object)


def turtle(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples as Turtle: equal graphs give equal bytes, blank nodes get names from what is said of them."""
    graph = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted((Triple(quad.subject, quad.predicate, quad.object) for quad in graph), key=_place)
    plain = b"".join(f"{triple}\n".encode() for triple in ordered)
    used = {prefix: iri for prefix, iri in prefixes.items() if f"<{iri}".encode() in plain}
    head = b"".join(f"@prefix {prefix}: <{iri}> .\n".encode() for prefix, iri in sorted(used.items()))
    body = _PREFIX_LINES.sub(b"", serialize(ordered, format=RdfFormat.TURTLE, prefixes=used) or b"")
    return head + b"\n" + body.replace(b" .\n", b" .\n\n").removesuffix(b"\n")


def prefixes(files: Iterable[GraphFile], base: str) -> dict[str, str]:
    """Give the prefixes of some files and of the data; ours win, and the first file does where two differ."""
    made: dict[str, str] = {}
    for file in files:
        for prefix, iri in file.prefixes.items():
            made.setdefault(prefix, iri)
    return made | Names(base).prefixes()


def outside_rl(graph: Iterable[Triple]) -> dict[str, str]:
    """Give the constructs of a graph that are outside of OWL 2 RL or have no rule here, with what is lost."""
    triples = tuple(graph)
    above = {triple.object for triple in triples if triple.predicate.value == _RDFS + "subClassOf"}
    ranges = {triple.object for triple in triples if triple.predicate.value == _RDFS + "range"}
    domains = {triple.object for triple in triples if triple.predicate.value == _RDFS + "domain"}
    found: set[str] = set()
    for triple in triples:
        name = _short(triple.predicate)
        places = (("superclass ", above), ("range ", ranges), ("domain ", domains))
        found |= {name, *(place + name for place, nodes in places if triple.subject in nodes)}
    lost = {name: text for name, text in _OUTSIDE.items() if name in found}
    known = {*CONSTRUCTS, *_SILENT, *(name.rpartition(" ")[2] for name in lost)}
    return lost | dict.fromkeys(sorted(_constructs(triples) - known), "no rule is known")


def _constructs(triples: Iterable[Triple]) -> set[str]:
    nodes = {node for triple in triples for node in (triple.predicate, triple.object) if isinstance(node, NamedNode)}
    return {_short(node) for node in nodes if node.value.startswith((_OWL, _RDFS))} - {
        "owl:Thing",
        "rdfs:Literal",
        "rdfs:Resource",
    }


def _short(node: NamedNode) -> str:
    return node.value.replace(_OWL, "owl:").replace(_RDFS, "rdfs:")
