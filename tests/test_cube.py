from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph

from kg.assets import asset
from kg.cube import CUBE_PREFIXES
from kg.cube_constraints import broken_constraints
from kg.export import write, write_stored
from kg.records import Plan
from kg.vocabulary import PREFIXES, Names

Plans = tuple[Plan, Plan]
ALL = {**Names().prefixes(), **CUBE_PREFIXES, "": "http://example.org/"}
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ALL.items())
TURTLE = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in ALL.items())

SOUND = """
:area a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :areas .
:year a qb:DimensionProperty ; rdfs:range xsd:integer .
:lamps a qb:MeasureProperty . :keepers a qb:MeasureProperty .
:unit a qb:AttributeProperty .
qb:measureType a qb:DimensionProperty ; rdfs:range rdf:Property .
:areas a skos:ConceptScheme . :cove a skos:Concept ; skos:inScheme :areas .

:plain a qb:DataStructureDefinition ; qb:component :c1 , :c2 , :c3 , :c4 ; qb:sliceKey :by_area .
:c1 qb:componentProperty :area . :c2 qb:componentProperty :year . :c3 qb:componentProperty :lamps .
:c4 qb:componentProperty :unit ; qb:componentRequired true .
:by_area a qb:SliceKey ; qb:componentProperty :area .
:data a qb:DataSet ; qb:structure :plain ; qb:slice :slice .
:slice a qb:Slice ; qb:sliceStructure :by_area ; :area :cove ; qb:observation :o1 .
:o1 a qb:Observation ; qb:dataSet :data ; :area :cove ; :year 2031 ; :lamps 3 ; :unit "lamp" .
:o2 a qb:Observation ; qb:dataSet :data ; :area :cove ; :year 2032 ; :lamps 3 ; :unit "lamp" .

:typed a qb:DataStructureDefinition ; qb:component :c1 , :c5 , :c3 , :c6 .
:c5 qb:componentProperty qb:measureType . :c6 qb:componentProperty :keepers .
:both a qb:DataSet ; qb:structure :typed .
:t1 a qb:Observation ; qb:dataSet :both ; :area :cove ; qb:measureType :lamps ; :lamps 3 .
:t2 a qb:Observation ; qb:dataSet :both ; :area :cove ; qb:measureType :keepers ; :keepers 5 .

:place a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :tree .
:tree a qb:HierarchicalCodeList ; qb:hierarchyRoot :sea ; qb:parentChildProperty :holds .
:sea :holds :bay . :bay :holds :rock .
:spot a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :inverse .
:inverse a qb:HierarchicalCodeList ; qb:hierarchyRoot :sea ; qb:parentChildProperty [ owl:inverseOf :within ] .
:bay :within :sea . :rock :within :bay .
:deep a qb:DataStructureDefinition ; qb:component :c7 , :c8 , :c3 .
:c7 qb:componentProperty :place . :c8 qb:componentProperty :spot .
:far a qb:DataSet ; qb:structure :deep .
:f1 a qb:Observation ; qb:dataSet :far ; :place :rock ; :spot :rock ; :lamps 1 .
"""
"""A cube with slices, a measure dimension and two hierarchies, in which no constraint is broken."""

BROKEN = {
    "ic-01-unique-data-set": ":lost a qb:Observation .",
    "ic-02-unique-structure": ":bare a qb:DataSet .",
    "ic-03-structure-has-measure": ":only a qb:DataStructureDefinition ; qb:component :c1 .",
    "ic-04-dimension-has-range": ":depth a qb:DimensionProperty .",
    "ic-05-concept-dimension-has-code-list": ":colour a qb:DimensionProperty ; rdfs:range skos:Concept .",
    "ic-06-only-attributes-optional": ":c2 qb:componentRequired false .",
    "ic-07-slice-key-declared": ":stray a qb:SliceKey ; qb:componentProperty :area .",
    "ic-08-slice-key-consistent": ":by_area qb:componentProperty :depth . :slice :depth 4 .",
    "ic-09-unique-slice-structure": ":piece a qb:Slice .",
    "ic-10-slice-dimensions-complete": ":half a qb:Slice ; qb:sliceStructure :by_area .",
    "ic-11-all-dimensions-given": ':o3 a qb:Observation ; qb:dataSet :data ; :area :cove ; :lamps 1 ; :unit "lamp" .',
    "ic-12-no-duplicates": ':o3 a qb:Observation ; qb:dataSet :data ; :area :cove ; :year 2031 ; :lamps 9 ; :unit "lamp" .',
    "ic-13-required-attributes-given": ":o3 a qb:Observation ; qb:dataSet :data ; :area :cove ; :year 2033 ; :lamps 1 .",
    "ic-14-all-measures-given": ':o3 a qb:Observation ; qb:dataSet :data ; :area :cove ; :year 2033 ; :unit "lamp" .',
    "ic-15-measure-type-consistent": ":cape a skos:Concept ; skos:inScheme :areas . :t3 a qb:Observation ; qb:dataSet :both ; :area :cape ; "
    "qb:measureType :lamps . :t4 a qb:Observation ; qb:dataSet :both ; :area :cape ; qb:measureType :keepers ; :keepers 5 .",
    "ic-16-single-measure-by-type": ":t1 :keepers 4 .",
    "ic-17-all-measures-by-type": ":cape a skos:Concept ; skos:inScheme :areas . "
    ":t3 a qb:Observation ; qb:dataSet :both ; :area :cape ; qb:measureType :lamps ; :lamps 2 .",
    "ic-18-slice-in-its-data-set": ":slice qb:observation :t1 .",
    "ic-19-codes-in-list": ":nowhere a skos:Concept . "
    ':o3 a qb:Observation ; qb:dataSet :data ; :area :nowhere ; :year 2031 ; :lamps 9 ; :unit "lamp" .',
    "ic-20-codes-in-hierarchy": ":f2 a qb:Observation ; qb:dataSet :far ; :place :moon ; :spot :bay ; :lamps 1 .",
    "ic-21-codes-in-inverse-hierarchy": ":f2 a qb:Observation ; qb:dataSet :far ; :place :bay ; :spot :moon ; :lamps 1 .",
}
"""What breaks each constraint, and no other, where it is added to the sound cube."""


def store_of(turtle: str) -> Store:
    store = Store()
    store.load((TURTLE + turtle).encode(), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def cube(sample_plans: Plans, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cube") / "graph.qb.ttl"
    assert write(sample_plans, path, "qb") == ()
    return path


def asked(path: Path, where: str) -> set[tuple[str, ...]]:
    names = " ".join(dict.fromkeys(re.findall(r"\?\w+", where)))
    found = Graph().parse(path).query(f"{PROLOGUE} SELECT DISTINCT {names} {where}")
    return {tuple(str(value).rpartition("/")[2] for value in row) for row in found}


def test_a_sound_cube_breaks_no_constraint() -> None:
    assert broken_constraints(store_of(SOUND)) == ()


def test_there_are_twenty_one_constraints() -> None:
    names = [path.stem for path in sorted(asset("queries", "cube").glob("*.rq"))]
    assert names == list(BROKEN)
    assert [name[3:5] for name in names] == [f"{number:02}" for number in range(1, 22)]


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_each_constraint_can_be_broken_alone(name: str) -> None:
    assert broken_constraints(store_of(SOUND + BROKEN[name])) == (name,)


def test_the_cube_of_the_samples_keeps_all_constraints(cube: Path) -> None:
    store = Store()
    store.load(path=str(cube))
    assert broken_constraints(store) == ()


def test_the_cube_of_the_bundled_dataset_keeps_all_constraints(run: Callable, tmp_path: Path) -> None:
    got = run("export", "--format", "qb", "-o", tmp_path / "cube.ttl")
    assert (got.code, got.err) == (0, "")
    store = Store()
    store.load(path=str(tmp_path / "cube.ttl"))
    assert sum(1 for _ in store.quads_for_pattern(None, NamedNode(CUBE_PREFIXES["qb"] + "dataSet"), None)) > 100
    assert broken_constraints(store) == ()


def test_every_value_of_the_graph_is_one_observation(cube: Path, sample_plans: Plans) -> None:
    values = {value.id for plan in sample_plans for indicator in plan.indicators for value in indicator.values}
    assert asked(cube, "{ ?o a qb:Observation }") == {(value,) for value in values}
    assert len(values) == 6


def test_figures_and_words_are_kept_apart(cube: Path) -> None:
    words = asked(cube, "{ ?o qb:dataSet <https://w3id.org/policy-responsibility/id/cube/texts> ; cube:text ?text }")
    assert words == {("贝政发-2031-5_i1_2035", "应亮尽亮")}
    assert asked(cube, "{ ?o cube:text ?text ; cube:value ?value }") == set()
    figures = asked(
        cube,
        "{ ?o qb:dataSet <https://w3id.org/policy-responsibility/id/cube/figures> ; cube:value ?v ; cube:printed ?p }",
    )
    assert ("贝政发-2031-5_i1_2033", "95", "≥95") in figures
    assert ("贝政发-2031-5_i1_2030", "82.5", "82.5") in figures
    assert len(figures) == 5


def test_an_observation_has_its_dimensions_and_attributes(cube: Path) -> None:
    told = asked(
        cube,
        "{ value:贝政发-2031-5_i1_2033 cube:refArea ?a ; cube:refPeriod ?p ; cube:indicator ?i ; cube:valueKind ?k ;"
        " cube:unit ?u ; cube:comparator ?c }",
    )
    assert told == {("990101", "2033", "贝政发-2031-5_i1", "target", "%", ">=")}


def test_a_period_has_its_days_and_one_without_a_year_has_none(cube: Path) -> None:
    assert asked(cube, "{ period:2033 dcat:startDate ?a ; dcat:endDate ?b }") == {("2033-01-01", "2033-12-31")}
    assert asked(cube, "{ period:baseline a dct:PeriodOfTime ; rdfs:label ?label }") == {
        ("baseline without a year",),
        ("现状（未注明年份）",),
    }
    assert asked(cube, "{ period:baseline dcat:startDate ?a }") == set()


def test_indicators_of_one_name_compare_across_regions(cube: Path) -> None:
    found = asked(
        cube,
        "{ [] cube:indicator/rdfs:label '灯塔亮灯率'@zh ; cube:refPeriod/rdfs:label '2033'@zh ; cube:refArea/rdfs:label ?a ; cube:value ?v }",
    )
    assert found == {("贝壳区", "95"), ("浮标县", "90")}


def test_what_has_no_place_in_the_cube_is_left_out_and_told(sample_plans: Plans, tmp_path: Path) -> None:
    buoy, shell = sample_plans
    nowhere = dataclasses.replace(buoy, document=dataclasses.replace(buoy.document, region_code=None))
    towers = shell.indicators[0]
    again = dataclasses.replace(towers.values[1], id=f"{towers.values[1].id}_2", value=Decimal(96), text="96")
    twice = dataclasses.replace(
        shell, indicators=(dataclasses.replace(towers, values=(*towers.values, again)), shell.indicators[1])
    )
    path = tmp_path / "cube.ttl"
    notes = write([nowhere, twice], path, "qb")
    assert notes == (
        "2 values are not in the cube: the region of their document has no code",
        "2 values are not in the cube: the table has several for one indicator, period and kind",
    )
    assert len(asked(path, "{ ?o a qb:Observation }")) == 3
    assert asked(path, "{ ?data a qb:DataSet ; rdfs:comment ?note }") >= {("figures", note) for note in notes}
    store = Store()
    store.load(path=str(path))
    assert broken_constraints(store) == ()


def test_a_store_and_its_plans_give_one_cube(cube: Path, sample_store: Store, tmp_path: Path) -> None:
    write_stored(sample_store, tmp_path / "cube.ttl", "qb")
    assert (tmp_path / "cube.ttl").read_bytes() == cube.read_bytes()


def test_every_term_of_the_cube_is_declared(cube: Path) -> None:
    declared = {quad.subject for quad in parse(path=str(asset("ontology", "cube.ttl")), format=RdfFormat.TURTLE)}
    used = {
        node
        for quad in parse(path=str(cube), format=RdfFormat.TURTLE)
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(CUBE_PREFIXES["cube"])
    }
    assert used
    assert used <= declared


def test_every_term_of_the_cube_has_words_in_both_languages() -> None:
    cube = list(parse(path=str(asset("ontology", "cube.ttl")), format=RdfFormat.TURTLE))
    kinds = {NamedNode(CUBE_PREFIXES["qb"] + f"{kind}Property") for kind in ("Dimension", "Measure", "Attribute")}
    terms = {quad.subject for quad in cube if quad.object in kinds}
    assert len(terms) == 9

    def languages(node: object, predicate: str) -> list[str]:
        return sorted(q.object.language for q in cube if q.subject == node and q.predicate.value == predicate)

    for term in terms:
        for predicate in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "definition"):
            assert languages(term, predicate) == ["en", "zh"], term
        assert any(q.subject == term and q.predicate.value == PREFIXES["skos"] + "example" for q in cube), term


def test_constraints_are_asked_of_all_graphs() -> None:
    store = Store()
    graph = NamedNode("http://example.org/graph")
    store.extend(
        Quad(q.subject, q.predicate, q.object, graph) for q in store_of(SOUND + BROKEN["ic-20-codes-in-hierarchy"])
    )
    assert broken_constraints(store) == ("ic-20-codes-in-hierarchy",)
