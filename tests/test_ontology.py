"""What the ontology states, what the code takes from it, and what the data says in its terms."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryTriples, RdfFormat, Triple, parse, serialize

import kg
from kg.assets import asset
from kg.graph import triples
from kg.ontology import Stated
from kg.records import Plan
from kg.store import load, open_store
from kg.vocabulary import (
    ATTRIBUTES,
    CLASSES,
    CODE_LISTS,
    DEFAULT_BASE,
    HOME,
    PREFIXES,
    PROPERTIES,
    SHORTCUTS,
    VOCABULARY_FILES,
    Kind,
    concept,
    term,
)

OWL = "http://www.w3.org/2002/07/owl#"
RESP, RDF, RDFS, SKOS, XSD = (PREFIXES[prefix] for prefix in ("resp", "rdf", "rdfs", "skos", "xsd"))
VANN = "http://purl.org/vocab/vann/"
HIERARCHY = {RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass", OWL + "equivalentProperty"}
TYPES = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"}

UNUSED = {
    "Fact": "the superclass of all that a document states",
    "WorkItem": "the superclass of Task, Indicator and Project",
    "Body": "the superclass of Organization and CollectiveBody",
    "Role": "the class of the concepts in roles.ttl",
    "Figure": "the superclass of the three kinds of numbers",
    "concerns": "the superproperty of task, indicator and project",
    "hasResponsibility": "the inverse of concerns",
    "bears": "the inverse of bearer",
    "answeringBody": "the superproperty of the shortcuts",
    "valueOf": "the inverse of indicatorValue",
    "shortcutOfRole": "the rule of the shortcuts, used in responsibility.ttl",
    "partLabel": "used in functions.ttl",
    "branchLabel": "used in functions.ttl",
    "notLabel": "used in functions.ttl",
    "FormerBody": "the class of the kinds in reforms.ttl",
    "Reform": "the class of the reforms in reforms.ttl",
    "formerBody": "used in reforms.ttl",
    "formerFunction": "used in reforms.ttl",
    "previousFunction": "used in reforms.ttl",
    "presentFunction": "used in reforms.ttl",
    "reformYear": "used in reforms.ttl",
}
"""Terms that the data does not use, each with its reason."""

DATATYPES = {Kind.STRING: "string", Kind.BOOLEAN: "boolean", Kind.INTEGER: "integer", Kind.DECIMAL: "decimal"}


def read(name: str) -> Iterator[Triple]:
    for quad in parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE):
        yield Triple(quad.subject, quad.predicate, quad.object)


@pytest.fixture(scope="module")
def core() -> list[Triple]:
    return list(read("responsibility.ttl"))


@pytest.fixture(scope="module")
def codes() -> list[Triple]:
    return list(read("roles.ttl"))


@pytest.fixture(scope="module")
def declared(core: list[Triple]) -> dict[str, set[str]]:
    """The types of every term, of ours and of others, by its IRI."""
    types: dict[str, set[str]] = defaultdict(set)
    for triple in core:
        if triple.predicate.value == RDF + "type" and isinstance(triple.subject, NamedNode):
            types[triple.subject.value].add(str(triple.object).strip("<>").removeprefix(OWL))
    return types


@pytest.fixture(scope="module")
def own(declared: dict[str, set[str]]) -> set[str]:
    return {iri for iri in declared if iri.startswith(RESP)}


def values(graph: list[Triple], subject: str, predicate: str) -> list[Literal | NamedNode]:
    return [t.object for t in graph if t.subject == NamedNode(subject) and t.predicate.value == predicate]


def test_every_term_that_the_code_knows_is_declared(declared: dict[str, set[str]]) -> None:
    for name in CLASSES:
        assert "Class" in declared[term(name).value], name
    for name, kind in PROPERTIES.items():
        if name not in {"rdf:type", "rdfs:label"}:  # built into OWL
            expected = (
                "ObjectProperty"
                if kind is Kind.NODE
                else "AnnotationProperty"
                if kind is Kind.LABEL
                else "DatatypeProperty"
            )
            assert expected in declared[term(name).value], name


def test_every_term_of_ours_is_known_to_the_code_or_unused_for_a_reason(own: set[str]) -> None:
    known = {term(name).value for name in (*CLASSES, *PROPERTIES) if name.startswith("resp:")}
    assert own - known == {RESP + name for name in UNUSED}


def test_the_sample_plans_use_every_class_and_property(sample_plans: tuple[Plan, Plan]) -> None:
    quads = [quad for plan in sample_plans for quad in triples(plan)]
    properties = {quad.predicate for quad in quads}
    classes = {quad.object for quad in quads if quad.predicate == term("rdf:type")}
    assert properties <= {term(name) for name in PROPERTIES}
    assert classes == {term(name) for name in CLASSES}
    missing = {name for name in PROPERTIES if term(name) not in properties}
    assert missing == {"resp:aligned", "resp:goal", "resp:namesFormerBody"}  # all rare: no invented row needs them


def test_every_term_has_one_label_and_one_definition_in_each_language(core: list[Triple], own: set[str]) -> None:
    for iri in own:
        for predicate in (RDFS + "label", SKOS + "definition"):
            languages = sorted(str(v.language) for v in values(core, iri, predicate) if isinstance(v, Literal))
            assert languages == ["en", "zh"], iri
        assert values(core, iri, RDFS + "isDefinedBy"), iri


def test_no_two_terms_share_a_label_or_a_definition(core: list[Triple], own: set[str]) -> None:
    for predicate in (RDFS + "label", SKOS + "definition"):
        said = Counter(str(v) for iri in own for v in values(core, iri, predicate))
        assert [text for text, count in said.items() if count > 1] == []


def test_no_property_has_two_domains_or_ranges(core: list[Triple], own: set[str]) -> None:
    for iri in own:
        assert len(values(core, iri, RDFS + "domain")) <= 1, iri
        assert len(values(core, iri, RDFS + "range")) <= 1, iri


def test_ranges_agree_with_the_values_that_the_code_writes(core: list[Triple]) -> None:
    for name, kind in PROPERTIES.items():
        stated = values(core, term(name).value, RDFS + "range")
        if name.startswith("resp:") and kind in DATATYPES and name != "resp:comparator":  # one of three strings
            assert stated == [NamedNode(XSD + DATATYPES[kind])], name
        if name == "resp:comparator":
            assert len(stated) == 1
        if kind is Kind.DATE:
            assert stated == [], name  # xsd:date is not in the OWL 2 datatype map


def test_terms_of_others_are_declared_and_never_described(core: list[Triple]) -> None:
    foreign = [t for t in core if isinstance(t.subject, NamedNode) and not t.subject.value.startswith(RESP.rstrip("#"))]
    assert {t.predicate.value for t in foreign} == {RDF + "type"}
    ours = [t.object.value for t in core if t.predicate.value in HIERARCHY and isinstance(t.object, NamedNode)]
    assert [
        iri for iri in ours if not iri.startswith(RESP) and iri != SKOS + "Concept"
    ] == []  # alignments.ttl has them
    assert {str(t.object).strip("<>").removeprefix(OWL) for t in foreign} <= TYPES


def test_every_term_of_ours_in_the_code_lists_is_declared(own: set[str]) -> None:
    for name in VOCABULARY_FILES:
        for triple in read(name):
            for node in (triple.subject, triple.predicate, triple.object):
                if isinstance(node, NamedNode) and node.value.startswith(RESP) and node.value != RESP:
                    assert node.value in own, f"{name}: {node.value}"


def test_every_member_of_an_enumeration_is_a_concept_with_its_notation(codes: list[Triple]) -> None:
    members = [member for enumeration in CODE_LISTS for member in enumeration]
    for member in members:
        notations = values(codes, concept(member).value, SKOS + "notation")
        assert notations == [Literal(member.value)], member
    attributes = {values(codes, term(f"attribute:{name}").value, SKOS + "prefLabel")[1] for name in ATTRIBUTES.values()}
    assert {Literal(printed, language="zh") for printed in ATTRIBUTES} == attributes
    concepts = [t for t in codes if t.predicate.value == SKOS + "inScheme"]
    assert len(concepts) == len(members) + len(ATTRIBUTES)


def test_every_concept_has_labels_and_definitions_in_both_languages(codes: list[Triple]) -> None:
    concepts = [
        t.subject.value for t in codes if t.predicate.value == SKOS + "inScheme" and isinstance(t.subject, NamedNode)
    ]
    for iri in concepts:
        for predicate in (SKOS + "prefLabel", RDFS + "label", SKOS + "definition"):
            assert [v.language for v in values(codes, iri, predicate) if isinstance(v, Literal)] == ["en", "zh"], iri


def test_roles_are_individuals_and_each_has_its_shortcut(codes: list[Triple], core: list[Triple]) -> None:
    roles = {t.subject for t in codes if t.object == term("resp:Role") and t.predicate.value == RDF + "type"}
    assert roles == {concept(role) for role in SHORTCUTS}
    for shortcut in SHORTCUTS.values():
        assert values(core, term(shortcut).value, RDFS + "subPropertyOf") == [term("resp:answeringBody")]


def test_the_profile_has_the_prefixes_of_the_turtle() -> None:
    for name in VOCABULARY_FILES:
        parser = parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)
        list(parser)
        both = PREFIXES.keys() & parser.prefixes.keys()
        assert {prefix: PREFIXES[prefix] for prefix in both} == {prefix: parser.prefixes[prefix] for prefix in both}
    preferred = {
        (str(text.value), uri.value)
        for name in VOCABULARY_FILES
        for t in read(name)
        if t.predicate.value == VANN + "preferredNamespacePrefix" and isinstance(text := t.object, Literal)
        for uri in values(list(read(name)), t.subject.value, VANN + "preferredNamespaceUri")
    }
    assert preferred <= set(PREFIXES.items())
    own = {prefix for prefix, iri in PREFIXES.items() if iri.startswith(HOME)}
    assert own - {prefix for prefix, _ in preferred} == {"reform"}  # reforms are events and in no scheme


def test_what_the_ontology_states_is_read_when_it_is_asked_and_once() -> None:
    asked: list[int] = []
    stated = Stated(lambda: asked.append(1) or {"a": 1})
    assert asked == []
    assert (dict(stated), len(stated), "a" in stated, repr(stated)) == ({"a": 1}, 1, True, "{'a': 1}")
    assert asked == [1]


def test_importing_the_vocabulary_reads_no_file() -> None:
    code = (
        "import pathlib, pyoxigraph, sys; pathlib.Path.open = pyoxigraph.parse = None;"
        "import kg.vocabulary as v; assert 'csv' in sys.modules; print(v.HOME)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (HOME, "")


def test_no_module_writes_a_term_of_ours_by_hand() -> None:
    """IRIs of terms come from the files: only these namespaces are written in Python, each once or for a reader of one file."""
    written = {
        (path.name, iri)
        for path in sorted(Path(kg.__file__).parent.rglob("*.py"))
        for iri in re.findall(rf"{re.escape(HOME)}[\w/#-]*", path.read_text(encoding="utf-8"))
    }
    assert {iri for _, iri in written if re.fullmatch(rf"{re.escape(HOME)}.*[#/]\w.*[^/#]", iri)} == {
        HOME + "role/lead"  # in the example of `kg.vocabulary.term`
    }


def test_terms_in_the_data_are_declared_here_or_listed_as_imported(
    declared: dict[str, set[str]], sample_plans: tuple[Plan, Plan]
) -> None:
    known = set(declared) | {term(name).value for name in imported() if name.partition(":")[0] in PREFIXES}
    for name in VOCABULARY_FILES:
        known |= {t.subject.value for t in read(name) if isinstance(t.subject, NamedNode)}
    for plan in (*sample_plans, *kg.gather().plans):
        for quad in triples(plan):
            terms = {quad.predicate}
            terms |= {quad.object} if isinstance(quad.object, NamedNode) and not is_data(quad.object) else set()
            terms |= {quad.object.datatype} if isinstance(quad.object, Literal) else set()
            assert {node.value for node in terms} <= known


def is_data(node: NamedNode) -> bool:
    return node.value.startswith(DEFAULT_BASE)


def imported() -> dict[str, str]:
    """The kind of each term of the lists of the standards' own terms."""
    rows: dict[str, str] = {}
    for path in sorted(asset("ontology", "imports").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["term"].partition(":")[0] == path.stem
                assert all(row.values()), row
                assert row["term"] not in rows
                rows[row["term"]] = row["kind"]
    return rows


def test_terms_of_others_have_here_the_kind_that_their_own_file_gives_them() -> None:
    """Where a standard leaves the kind open (rdf:Property), ours may be any."""
    kinds = {"Class": "class", "ObjectProperty": "object property", "DatatypeProperty": "datatype property"}
    kinds |= {"AnnotationProperty": "annotation property"}
    listed, differing = imported(), set()
    for name in VOCABULARY_FILES:
        for t in read(name):
            if isinstance(t.subject, NamedNode) and not t.subject.value.startswith(HOME):
                (short,) = [
                    f"{p}:{t.subject.value.removeprefix(i)}" for p, i in spaces(name) if t.subject.value.startswith(i)
                ]
                kind = kinds[str(t.object).strip("<>").removeprefix(OWL)]
                if listed[short] not in {kind, "property"}:
                    differing.add(short)
    assert differing == set()


def spaces(name: str) -> list[tuple[str, str]]:
    parser = parse(path=str(asset("ontology", name)), format=RdfFormat.TURTLE)
    list(parser)
    return [pair for pair in parser.prefixes.items() if not pair[1].startswith(HOME)]


RULE = Path("rules", "shortcuts.rq")


@pytest.mark.parametrize("bundled", [False, True])
def test_shortcuts_are_what_the_rule_derives_from_the_responsibilities(
    bundled: bool, sample_plans: tuple[Plan, Plan]
) -> None:
    store = open_store()
    load(store, kg.gather().plans if bundled else sample_plans)
    rule = asset("queries", str(RULE)).read_text(encoding="utf-8")
    derived = store.query(rule, use_default_graph_as_union=True)
    assert isinstance(derived, QueryTriples)
    named = [term(name) for name in SHORTCUTS.values()]
    stated = {(q.subject, q.predicate, q.object) for name in named for q in store.quads_for_pattern(None, name, None)}
    assert {(t.subject, t.predicate, t.object) for t in derived} == stated
    assert {predicate for _, predicate, _ in stated} == set(named)


def test_the_migration_table_leads_from_terms_of_the_last_version_to_terms_that_exist(
    declared: dict[str, set[str]],
) -> None:
    with asset("ontology", "migration.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {tuple(row) for row in rows} == {("old_term", "new_term", "since", "note", "note_zh")}
    known = {f"resp:{iri.removeprefix(RESP)}" for iri in declared if iri.startswith(RESP)} | set(imported())
    known |= {
        f"{prefix}:{t.subject.value.removeprefix(PREFIXES[prefix])}"
        for t in read("reforms.ttl")
        for prefix in ("former", "reform")
        if isinstance(t.subject, NamedNode) and t.subject.value.startswith(PREFIXES[prefix])
    }
    for row in rows:
        assert row["old_term"] or row["new_term"]
        assert row["since"] == "0.2.0"
        assert row["note"].endswith(".")
        assert row["note_zh"].endswith("。")
        assert set(row["new_term"].split()) <= known, row
    changes = asset("ontology", "CHANGES.md").read_text(encoding="utf-8")
    version = values(list(read("responsibility.ttl")), RESP.rstrip("#"), OWL + "versionInfo")
    assert re.findall(r"^## ([\d.]+)", changes, re.MULTILINE)[0] == version[0].value
    new = {row["new_term"] for row in rows if not row["old_term"] and row["new_term"].startswith("resp:")}
    assert new == {"resp:Fact", "resp:shortcutOfRole"}
    assert all(name in changes for name in new)


@pytest.mark.slow
def test_a_reasoner_finds_ontology_and_sample_data_consistent(sample_plans: tuple[Plan, Plan], tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java: install a Java runtime")
    owlready2 = pytest.importorskip("owlready2", reason="pip install policy-responsibility-graph[reason]")
    files = ("responsibility.ttl", "roles.ttl", "alignments.ttl")
    graph = [t for name in files for t in read(name) if not t.predicate.value.endswith("#imports")]
    graph += [Triple(q.subject, q.predicate, q.object) for plan in sample_plans for q in triples(plan)]
    # HermiT refuses xsd:date, which the OWL 2 datatype map does not have.
    reasoned = [t for t in graph if not (isinstance(t.object, Literal) and t.object.datatype.value == XSD + "date")]

    def reason(name: str, *more: Triple) -> list[object]:
        file = tmp_path / name
        serialize([*reasoned, *more], str(file), format=RdfFormat.N_TRIPLES)
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        owlready2.sync_reasoner(world, debug=0)
        return list(world.inconsistent_classes())

    assert reason("sound.nt") == []
    task = next(t.subject for t in reasoned if t.object == term("resp:Task") and t.predicate == term("rdf:type"))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason("unsound.nt", Triple(task, term("rdf:type"), term("resp:Region")))
