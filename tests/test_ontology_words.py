"""Every term that a file of the ontology declares is explained in both languages, and every file says what it is."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import kg
from kg.assets import asset
from kg.vocabulary import HOME, PREFIXES

RDF, RDFS, SKOS = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "skos"))
OWL, QB = "http://www.w3.org/2002/07/owl#", "http://purl.org/linked-data/cube#"
DCT, VANN = PREFIXES["dct"], "http://purl.org/vocab/vann/"

NO_TERMS = (OWL + "Ontology", QB + "ComponentSpecification")
"""Types of what is no term: the header of a file, and the joints of a data cube's structure."""

FILES = sorted(path.name for path in asset("ontology").glob("*.ttl") if path.name != "shapes.ttl")
HEADER = ("title", "description", "creator", "publisher", "created", "issued", "modified", "language", "license")

Told = dict[str, dict[str, list[Literal | NamedNode]]]


def read(name: str) -> Told:
    """What a file says of each thing of ours."""
    told: Told = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(HOME):
            told[quad.subject.value][quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
    return told


def declared(name: str) -> Iterator[tuple[str, dict[str, list[Literal | NamedNode]]]]:
    """Yield the terms that a file declares: classes, properties, schemes, concepts and other individuals."""
    for iri, said in read(name).items():
        types = [node.value for node in said[RDF + "type"]]
        if types and not any(kind.startswith(NO_TERMS) for kind in types):
            yield iri, said


def languages(values: list[Literal | NamedNode]) -> list[str]:
    return sorted(str(value.language) for value in values if isinstance(value, Literal))


def test_the_files_are_all_there() -> None:
    assert len(FILES) >= 8
    assert {"cube.ttl", "reforms.ttl", "responsibility.ttl"} <= set(FILES)
    assert sum(1 for name in FILES for _ in declared(name)) > 400


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("predicate", [RDFS + "label", SKOS + "definition", SKOS + "example"])
def test_every_declared_term_has_label_definition_and_example_in_each_language(name: str, predicate: str) -> None:
    assert [iri for iri, said in declared(name) if languages(said[predicate]) != ["en", "zh"]] == []


@pytest.mark.parametrize("name", FILES)
def test_a_label_says_neither_its_definition_nor_its_example(name: str) -> None:
    for iri, said in declared(name):
        words = [value.value for key in ("label",) for value in said[RDFS + key]]
        words += [value.value for key in ("definition", "example") for value in said[SKOS + key]]
        assert len(set(words)) == len(words), iri


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_who_made_it_when_in_which_version_and_under_which_licence(name: str) -> None:
    headers = [(iri, said) for iri, said in read(name).items() if NamedNode(OWL + "Ontology") in said[RDF + "type"]]
    ((iri, said),) = headers
    assert [key for key in HEADER if not said[DCT + key]] == []
    assert languages(said[DCT + "title"]) == languages(said[DCT + "description"]) == ["en", "zh"]
    (version,) = said[OWL + "versionIRI"]
    assert version.value == f"{iri}/{said[OWL + 'versionInfo'][0].value}"


def test_the_ontology_names_its_prefix_and_how_to_cite_it() -> None:
    said = read("responsibility.ttl")[PREFIXES["resp"].rstrip("#")]
    assert [value.value for value in said[VANN + "preferredNamespacePrefix"]] == ["resp"]
    assert [value.value for value in said[VANN + "preferredNamespaceUri"]] == [PREFIXES["resp"]]
    assert said[DCT + "bibliographicCitation"]
    assert said[OWL + "priorVersion"]


def log(name: str) -> list[tuple[tuple[str, str], list[list[str]]]]:
    """Read a change log: of each version its number and day, and of each point below it the terms and files that it names."""
    text = asset("ontology", name).read_text(encoding="utf-8")
    parts = re.split(r"^## ([\d.]+) ?[(（]([\d-]+)[)）]$", text, flags=re.MULTILINE)[1:]
    return [
        ((version, day), [sorted(re.findall(r"`([^`]+)`", point)) for point in body.split("\n- ")])
        for version, day, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def test_the_change_log_says_the_same_in_both_languages() -> None:
    english, chinese = log("CHANGES.md"), log("CHANGES.zh-CN.md")
    assert [version for version, _ in english] == [version for version, _ in chinese]
    assert english == chinese
    assert english[0][0][0] == read("responsibility.ttl")[PREFIXES["resp"].rstrip("#")][OWL + "versionInfo"][0].value


def test_every_term_that_the_change_log_names_is_declared_or_said_to_be_gone() -> None:
    ours = {iri for name in FILES for iri, _ in declared(name)}
    named = {name for _, points in log("CHANGES.md") for point in points for name in point}
    terms = {name for name in named if name.partition(":")[0] in ("resp", "reform", "former")}
    assert len(terms) > 5
    assert {PREFIXES[name.partition(":")[0]] + name.partition(":")[2] for name in terms} <= ours


def rows(name: str) -> list[dict[str, str]]:
    with asset("ontology", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_term_of_others_in_any_file_is_in_the_list_of_its_standard() -> None:
    """The structure of the cube as well, which is not loaded beside the data."""
    spaces = {row["namespace"]: row["prefix"] for row in rows("standards.csv") if row["prefix"]}
    used = {
        node.value
        for name in FILES
        for quad in parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode) and not node.value.startswith(HOME)
    }
    split = {iri: re.split(r"(?<=[#/])(?=[^#/]*$)", iri, maxsplit=1) for iri in used}
    terms = {f"{spaces[space]}:{name}" for space, name in split.values() if space in spaces}
    strange = {iri for iri, (space, _) in split.items() if space not in spaces}
    assert terms - {row["term"] for prefix in spaces.values() for row in rows(f"imports/{prefix}.csv")} == set()
    assert len({term.partition(":")[0] for term in terms}) >= 20
    assert {iri for iri in strange if "license" not in iri.lower()} == {"http://stratml.hyperbase.com/part2.html"}


RDFLIB = {
    "dcat": "DCAT", "dct": "DCTERMS", "org": "ORG", "owl": "OWL", "prov": "PROV", "qb": "QB", "rdf": "RDF", "rdfs": "RDFS",
    "skos": "SKOS", "time": "TIME", "vann": "VANN",
}  # fmt: skip
"""The standards whose terms rdflib knows as well, from their own files."""


@pytest.mark.parametrize("prefix", RDFLIB)
def test_rdflib_knows_the_terms_of_a_list(prefix: str) -> None:
    known = {str(name).rpartition("#")[2].rpartition("/")[2] for name in dir(getattr(rdflib.namespace, RDFLIB[prefix]))}
    names = {row["term"].partition(":")[2] for row in rows(f"imports/{prefix}.csv")}
    assert names - known <= {"ISO639-2", "ISO639-3"}  # no names in Python
    assert len(names) > 5


# The days of a deadline by its words, as the ontology's examples of resp:earliest and resp:latest give them.
DAYS = {
    "2033年底前": ("2033-12-31", "2033-12-31"),
    "2033年": ("2033-01-01", "2033-12-31"),
}


@pytest.mark.parametrize("words", DAYS)
def test_the_examples_of_a_deadline_give_the_days_that_extraction_gives(words: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(
        f"贝壳区灯塔方案\n\n一、主要任务\n（一）灯塔\n1.修缮灯塔。{words}，完成修缮。（牵头单位：区民政局）\n",
        encoding="utf-8",
    )
    (deadline,) = (found for task in kg.extract(kg.read(plan)).tasks for found in task.deadlines)
    assert (str(deadline.earliest), str(deadline.latest)) == DAYS[words]
    said = read("responsibility.ttl")
    for name, day in zip(("earliest", "latest"), DAYS[words], strict=True):
        for example in said[PREFIXES["resp"] + name][SKOS + "example"]:
            assert isinstance(example, Literal)
            given = re.search(_GIVES[str(example.language)].format(words=words), example.value)
            assert given, example.value
            assert given[1] == day


_GIVES = {
    "en": "([0-9-]{{10}}) for (?:“[^”]+” and for )?“{words}”",
    "zh": "“{words}”(?:和“[^”]+”)?的[^0-9“]*([0-9-]{{10}})",
}


@pytest.mark.checkout
def test_the_period_of_a_value_is_defined_as_the_table_says(checkout: Path) -> None:
    (english,) = (
        text.value
        for text in read("responsibility.ttl")[PREFIXES["resp"] + "period"][SKOS + "definition"]
        if isinstance(text, Literal) and text.language == "en"
    )
    assert {"year", "baseline", "target"} <= set(re.findall(r"\w+", english))
    assert "| `period` | text | year, baseline or target |" in (checkout / "docs/tables.md").read_text(encoding="utf-8")
