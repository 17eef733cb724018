"""The shapes file says what it covers, in both languages, and uses nothing that the validator does not run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.assets import asset
from kg.errors import ValidateError
from kg.records import OrganizationKind, Role
from kg.validate import validate
from kg.validate.model import Component
from kg.validate.paths import path_text, predicates
from kg.validate.shapes import our_shapes, read_shapes, waivers
from kg.vocabulary import CLASSES, CODE_LISTS, PROPERTIES, concept, term


def test_every_term_is_covered_by_a_shape_or_waived_by_name() -> None:
    own = {
        quad.subject.value
        for quad in parse(path=str(asset("ontology", "responsibility.ttl")), format=RdfFormat.TURTLE)
        if quad.predicate == term("rdf:type")
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(term("resp:").value)
    }
    used = {term(name).value for name in (*CLASSES, *PROPERTIES)}
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
    waived = {node.value for node in waivers()}
    shapes, parts = our_shapes(), {part for shape in our_shapes() for part in shape.properties}
    constraints = sum(len(part.constraints) for part in (*shapes, *parts))
    print(f"{len(shapes)} node shapes, {len(parts)} property shapes, {constraints} constraints")
    print(f"{len((own | used) & covered)} of {len(own | used)} terms covered, {len(waived)} waived: {sorted(waived)}")
    assert sorted((own | used) - covered - waived) == []
    assert sorted(waived & covered) == []
    assert waived <= own


def test_the_lists_of_the_shapes_are_those_of_the_code() -> None:
    stated = {frozenset(one.values) for shape in our_shapes() for part in shape.properties for one in part.constraints}
    for enumeration in CODE_LISTS:
        if enumeration is not Role:  # by its class, so that a role can be added
            members = {concept(member) for member in enumeration} - {concept(OrganizationKind.COLLECTIVE)}
            assert frozenset(members) in stated, enumeration
    assert frozenset(term(name) for name in CLASSES) in stated


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
