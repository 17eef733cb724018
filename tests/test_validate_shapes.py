"""The shapes file says what it covers, in both languages, and uses nothing that the validator does not run."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.assets import asset
from kg.cube import CUBE_PREFIXES
from kg.dataset import Statements, describe_dataset
from kg.errors import ValidateError
from kg.export import write
from kg.records import OrganizationKind, Plan, Role
from kg.validate import validate
from kg.validate.model import Component
from kg.validate.paths import path_text, predicates
from kg.validate.shapes import our_shapes, read_shapes, waivers
from kg.vocabulary import CLASSES, CODE_LISTS, PROPERTIES, VOCABULARY_FILES, concept, term

HAS_TYPE, IN_SCHEME = term("rdf:type"), term("skos:inScheme")


def triples_of(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def terms_of(quads: list[Quad]) -> set[str]:
    """Give the properties and the classes that triples use."""
    return {q.predicate.value for q in quads} | {q.object.value for q in quads if q.predicate == HAS_TYPE}


def own_terms() -> set[str]:
    """Give the terms that our ontology and the structure of the cube declare."""
    quads = triples_of(*(asset("ontology", name) for name in ("responsibility.ttl", "cube.ttl")))
    named = {q.subject.value for q in quads if q.predicate == HAS_TYPE and isinstance(q.subject, NamedNode)}
    structure = re.compile(r"cube#\w+(Structure|Component)$")
    return {
        iri
        for iri in named
        if iri.startswith((term("resp:").value, CUBE_PREFIXES["cube"])) and not structure.search(iri)
    }


def terms_of_code_lists() -> set[str]:
    quads = triples_of(*(asset("ontology", name) for name in VOCABULARY_FILES))
    schemes = {q.object for q in quads if q.predicate == IN_SCHEME}
    listed = {q.subject for q in quads if q.predicate == IN_SCHEME} | schemes
    return terms_of([q for q in quads if q.subject in listed])


@pytest.fixture(scope="module")
def written(sample_plans: tuple[Plan, Plan], tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The terms of all that kg writes: data, code lists, the view as a cube and the description of a dataset."""
    folder = tmp_path_factory.mktemp("written")
    graph, cube, described = (folder / name for name in ("graph.ttl", "graph.qb.ttl", "dataset.ttl"))
    write(sample_plans, graph, "turtle")
    write(sample_plans, cube, "qb")
    said = Statements(
        publisher="p", licence="https://example.org/l", issued=date(2031, 1, 1), url="https://example.org/"
    )
    described.write_bytes(describe_dataset([graph], said))
    data = {term(name).value for name in (*CLASSES, *PROPERTIES)}
    remark = {term("rdfs:comment").value}  # a cube that leaves values out says so
    return data | remark | terms_of_code_lists() | terms_of(triples_of(graph, cube, described))


def covered_terms() -> set[str]:
    covered: set[str] = set()
    for shape in our_shapes():
        covered |= {target.iri.value for target in shape.targets if shape.constraints or shape.properties}
        for part in (shape, *shape.properties):
            if part.path and part.constraints:
                covered |= {iri.value for iri in predicates(part.path)}
            for one in part.constraints:
                if one.component in (Component.CLASS, Component.HAS_VALUE):
                    covered |= {str(value.value) for value in one.values}
                if one.component is Component.SPARQL:
                    covered |= {term(name).value for name in re.findall(r"\b(?:resp|eli|oa):\w+", one.query or "")}
    return covered


def test_every_term_is_covered_by_a_shape_or_waived_by_name(written: set[str]) -> None:
    wanted, covered, waived = own_terms() | written, covered_terms(), {node.value for node in waivers()}
    print(f"{len(wanted & covered)} of {len(wanted)} terms covered, {len(waived)} waived: {sorted(waived)}")
    assert sorted(wanted - covered - waived) == []
    assert sorted(waived & covered) == []
    assert sorted(waived - wanted) == []


@pytest.mark.checkout
def test_the_page_tells_how_much_the_shapes_cover(written: set[str]) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "validation.md").read_text(encoding="utf-8")
    shapes, parts = our_shapes(), {part for shape in our_shapes() for part in shape.properties}
    constraints = sum(len(part.constraints) for part in (*shapes, *parts))
    wanted, covered = own_terms() | written, covered_terms()
    broken = len(list(asset("ontology", "examples/broken").glob("*.ttl")))
    for words in (
        f"{len(shapes)} node shapes and {len(parts)} property shapes state {constraints} constraints.",
        f"{len(wanted & covered)} of {len(wanted)} terms covered, {len(waivers())} waived",
        f"with targets, {broken} of them",
    ):
        assert words in page


def test_the_lists_of_the_shapes_are_those_of_the_code() -> None:
    stated = {frozenset(one.values) for shape in our_shapes() for part in shape.properties for one in part.constraints}
    for enumeration in CODE_LISTS:
        if enumeration is not Role:  # by its class, so that a role can be added
            members = {concept(member) for member in enumeration} - {concept(OrganizationKind.COLLECTIVE)}
            assert frozenset(members) in stated, enumeration
    assert any({term(name) for name in CLASSES} <= values for values in stated)


def test_every_shape_speaks_both_languages() -> None:
    for shape in our_shapes():
        for part in (shape, *shape.properties):
            assert {part.name.zh, part.name.en} - {""} == {part.name.zh, part.name.en}
            for one in part.constraints:
                assert part.message or one.message, (part.iri, one.component)


def test_the_properties_that_a_class_may_bear_are_those_of_its_shapes() -> None:
    """A property that a shape checks is not told as unknown."""
    allowed = {
        shape.targets[0].iri: set(one.values)
        for shape in our_shapes()
        for one in shape.constraints
        if one.component is Component.CLOSED
    }
    for shape in our_shapes():
        for target in shape.targets:
            for part in shape.properties if target.iri in allowed else ():
                if part.path and not path_text(part.path).startswith(("^", "(")) and "/<" not in path_text(part.path):
                    assert set(predicates(part.path)) <= allowed[target.iri], part.iri


# ---- shapes that the validator does not run --------------------------------------------------------------------------

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <https://example.org/> . @prefix resp: <https://example.org/r#> .\n"
NAMED = 'sh:name "n"@en , "n"@zh'


@pytest.mark.parametrize(
    ("shapes", "complaint"),
    [
        (f"a:S a sh:NodeShape ; {NAMED} ; sh:xone ( a:T a:U ) .", "uses sh:xone, which the validator does not run"),
        (f"a:S a sh:NodeShape ; {NAMED} ; sh:nodeKind sh:Literal .", "uses another sh:nodeKind than sh:IRI"),
        (f"a:S a sh:NodeShape ; {NAMED} ; sh:node a:S .", "refers to itself"),
        (
            f"a:S a sh:NodeShape ; {NAMED} ; sh:path a:p .",
            "is not one of a node shape and a property shape with a path",
        ),
        (f"a:S a sh:NodeShape ; {NAMED} ; sh:property [ sh:path a:p ] .", "without an IRI"),
        ('a:S a sh:NodeShape ; sh:name "n"@en .', "in both languages"),
        (f"a:S a sh:NodeShape ; {NAMED} ; sh:sparql a:Q .", "is no SPARQL constraint with one sh:select"),
        (
            f"a:S a sh:NodeShape ; {NAMED} ; sh:property a:P . a:P a sh:PropertyShape ; {NAMED} ; sh:path [ sh:zeroOrMorePath a:p ] .",
            "has a path or a list of another kind",
        ),
        ("a:S a", "cannot be read as Turtle"),
    ],
)
def test_what_the_validator_does_not_run_is_refused(shapes: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(HEAD + shapes, encoding="utf-8")
    with pytest.raises(ValidateError, match=complaint) as raised:
        read_shapes(tmp_path / "shapes.ttl")
    assert "shapes.ttl" in str(raised.value)


def test_a_query_that_cannot_run_names_its_shape(tmp_path: Path) -> None:
    query = 'a:Q sh:message "m"@en , "m"@zh ; sh:select "SELECT $this WHERE {" .'
    shape = f"a:S a sh:NodeShape ; {NAMED} ; sh:targetSubjectsOf a:p ; sh:sparql a:Q ."
    (tmp_path / "shapes.ttl").write_text(f"{HEAD}{shape}\n{query}", encoding="utf-8")
    with pytest.raises(ValidateError, match=r"example.org/S>: its query cannot be run"):
        validate(Store(), read_shapes(tmp_path / "shapes.ttl"))
