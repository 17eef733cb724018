from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis.strategies import text as characters
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import OutputError, RecordsError
from kg.graph import settle, triples
from kg.graph.when import last_day, year
from kg.records import Plan
from kg.vocabulary import DEFAULT_BASE, PREFIXES, SHORTCUTS, Names, local_name, term

Plans = tuple[Plan, Plan]
NAMES = Names()


def curie(value: object) -> str:
    """Shorten an IRI to the form that our Turtle shows, so that expectations read like Turtle."""
    for prefix, namespace in NAMES.prefixes().items():
        if isinstance(value, NamedNode) and value.value.startswith(namespace):
            return f"{prefix}:{value.value.removeprefix(namespace)}"
    return str(value)


def said_of(quads: Iterable[Quad], subject: str) -> set[tuple[str, str]]:
    return {(curie(q.predicate), curie(q.object)) for q in quads if curie(q.subject) == subject}


def test_a_duty_links_task_bearer_role_and_basis_and_keeps_the_words(sample_plans: Plans) -> None:
    quads = list(triples(sample_plans[1]))
    assert said_of(quads, "duty:贝政发-2031-5_2-1-1_r2") == {
        ("rdf:type", "resp:Responsibility"),
        ("resp:task", "task:贝政发-2031-5_2-1-1"),
        ("resp:bearer", "body:贝壳区财政局"),
        ("resp:role", "role:support"),
        ("resp:basis", "basis:clause"),
        ("resp:writtenAs", '"区财政局"'),
        ("resp:evidence", "span:贝政发-2031-5_168-172"),
    }


def test_a_department_has_a_function_and_the_forms_in_which_it_is_written(sample_plans: Plans) -> None:
    assert said_of(triples(sample_plans[1]), "body:贝壳区民政局") == {
        ("rdf:type", "resp:Department"),
        ("rdf:type", "org:FormalOrganization"),
        ("rdfs:label", '"贝壳区民政局"@zh'),
        ("skos:altLabel", '"区民政局"@zh'),
        ("resp:bodyKind", "bodykind:department"),
        ("org:classification", "func:civil-affairs"),
        ("resp:region", "region:990101"),
    }


def test_a_collective_body_is_one_node_and_no_organisation(sample_plans: Plans) -> None:
    types = {
        value for name, value in said_of(triples(sample_plans[1]), "body:贝壳区各码头办事处") if name == "rdf:type"
    }
    assert types == {"resp:CollectiveBody"}


def test_a_deadline_is_dated_by_its_bounds_and_an_integer_year(sample_plans: Plans) -> None:
    date_type = f"^^<{PREFIXES['xsd']}date>"
    assert said_of(triples(sample_plans[1]), "deadline:贝政发-2031-5_2-2_d1") >= {
        ("resp:when", '"2032-06"'),
        ("resp:printed", '"2032年6月底前"'),
        ("resp:year", f'"2032"^^<{PREFIXES["xsd"]}integer>'),
        ("resp:earliest", f'"2032-06-01"{date_type}'),
        ("resp:latest", f'"2032-06-30"{date_type}'),
        ("resp:precision", "precision:month"),
    }


def test_a_text_value_has_its_words_and_no_number(sample_plans: Plans) -> None:
    told = said_of(triples(sample_plans[1]), "value:贝政发-2031-5_i1_2035")
    assert ("resp:text", '"应亮尽亮"') in told
    assert not [name for name, _ in told if name in {"resp:value", "resp:comparator"}]


def test_an_issuer_that_is_one_of_the_bodies_is_linked(sample_plans: Plans) -> None:
    told = said_of(triples(sample_plans[1]), "doc:贝政发-2031-5")
    assert {("resp:issuer", "body:贝壳区人民政府"), ("resp:issuerName", '"贝壳区人民政府"')} <= told


def test_a_document_points_to_the_acts_that_it_rests_on_and_mentions(sample_plans: Plans) -> None:
    told = said_of(triples(sample_plans[1]), "doc:贝政发-2031-5")
    assert {value for name, value in told if name == "eli:based_on"} == {"act:海雾省灯塔条例", "act:雾政发-2030-8"}
    assert {value for name, value in told if name == "eli:cites"} == {"act:雾笛技术规范"}


def test_evidence_has_offsets_always_and_words_only_where_the_records_carry_them(sample_plans: Plans) -> None:
    for plan, quoted in zip(sample_plans, (False, True), strict=True):
        quads = list(triples(plan))
        spans = {q.subject for q in quads if q.predicate == term("oa:hasSource")}
        selectors = Counter(q.subject for q in quads if q.predicate == term("oa:hasSelector"))
        assert set(selectors) == spans
        assert any(count == 2 for count in selectors.values()) is quoted
        assert any(q.predicate == term("oa:exact") for q in quads) is quoted


def test_the_run_names_the_software_and_the_copy_that_was_read(sample_plans: Plans) -> None:
    quads = list(triples(sample_plans[0]))
    assert said_of(quads, "run:浮民函-2031-12") == {
        ("rdf:type", "prov:Activity"),
        ("prov:used", "copy:浮民函-2031-12"),
        ("prov:wasAssociatedWith", "agent:kg-0.1.0"),
    }
    assert ("resp:sha256", f'"{"b0" * 32}"') in said_of(quads, "copy:浮民函-2031-12")


def test_facts_carry_no_sentence_but_the_evidence_does(sample_plans: Plans) -> None:
    facts = [q for q in triples(sample_plans[1]) if curie(q.graph_name).startswith("facts:")]
    assert facts
    assert not [q for q in facts if isinstance(q.object, Literal) and "牵头" in q.object.value]


def test_no_triple_stands_in_two_graphs_and_none_comes_twice(sample_plans: Plans) -> None:
    quads = [quad for plan in sample_plans for quad in triples(plan)]
    for plan in sample_plans:
        assert max(Counter(triples(plan)).values()) == 1
    graphs = Counter((q.subject, q.predicate, q.object) for q in set(quads))
    assert [triple for triple, count in graphs.items() if count > 1] == []


def test_the_order_is_the_same_on_every_run_and_there_are_no_blank_nodes(sample_plans: Plans) -> None:
    first, second = (list(triples(sample_plans[1])) for _ in range(2))
    assert first == second
    assert not [q for q in first if BlankNode in {type(q.subject), type(q.object)}]


def test_shortcuts_are_the_duties_under_one_rule(sample_plans: Plans) -> None:
    for plan in sample_plans:
        quads = list(triples(plan))
        by = {
            name: {q.subject: q.object for q in quads if q.predicate == term(name)}
            for name in ("resp:role", "resp:bearer")
        }
        work = {
            q.subject: q.object for q in quads if curie(q.predicate) in {"resp:task", "resp:indicator", "resp:project"}
        }
        rule = {term(f"role:{role}"): term(shortcut) for role, shortcut in SHORTCUTS.items()}
        derived = {(work[duty], rule[role], by["resp:bearer"][duty]) for duty, role in by["resp:role"].items()}
        stated = {(q.subject, q.predicate, q.object) for q in quads if q.predicate in rule.values()}
        assert derived == stated
        assert stated


def test_a_duty_whose_body_is_not_resolved_has_no_bearer_and_no_shortcut(sample_plans: Plans) -> None:
    task = sample_plans[1].tasks[2]
    open_duty = dataclasses.replace(task.responsibilities[0], organization=None)
    plan = dataclasses.replace(sample_plans[1], tasks=(dataclasses.replace(task, responsibilities=(open_duty,)),))
    quads = list(triples(plan))
    assert not [q for q in quads if curie(q.subject) == f"duty:{open_duty.id}" and q.predicate == term("resp:bearer")]
    assert not [q for q in quads if curie(q.subject) == f"task:{task.id}" and "Department" in q.predicate.value]


def test_a_promise_is_linked_to_a_task_of_its_plan_only(sample_plans: Plans) -> None:
    stray = dataclasses.replace(sample_plans[1].commitments[0], task="二/(一)")
    plan = dataclasses.replace(sample_plans[1], commitments=(stray,))
    assert not [q for q in triples(plan) if q.predicate == term("resp:inTask")]


@pytest.mark.parametrize(
    ("number", "written"), [("82.50", "82.5"), ("600", "600"), ("1.5E+4", "15000"), ("0.30", "0.3")]
)
def test_numbers_are_written_in_the_form_that_the_store_gives_back(
    sample_plans: Plans, number: str, written: str
) -> None:
    promise = dataclasses.replace(sample_plans[1].commitments[0], value=Decimal(number))
    plan = dataclasses.replace(sample_plans[1], commitments=(promise,))
    values = [q.object for q in triples(plan) if q.predicate == term("resp:value") and "commitment" in str(q.subject)]
    assert values == [Literal(written, datatype=term("xsd:decimal"))]


def test_an_unknown_attribute_keeps_its_words_and_gets_no_concept(sample_plans: Plans) -> None:
    odd = dataclasses.replace(sample_plans[1].indicators[0], attribute="引导性")
    told = said_of(triples(dataclasses.replace(sample_plans[1], indicators=(odd,))), f"indicator:{odd.id}")
    assert ("resp:attributeName", '"引导性"') in told
    assert not [name for name, _ in told if name == "resp:attribute"]


def test_the_base_of_the_data_can_be_chosen(sample_plans: Plans) -> None:
    quads = list(triples(sample_plans[1], base="https://data.example.org/灯塔/"))
    assert not [q for q in quads if DEFAULT_BASE in str(q)]
    assert {q.subject.value.split("/")[4] for q in quads if isinstance(q.subject, NamedNode)} >= {"doc", "task", "duty"}


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org", "https://example.org/a b/", "urn:x/"])
def test_a_base_that_is_no_iri_is_refused(sample_plans: Plans, base: str) -> None:
    with pytest.raises(OutputError, match="base"):
        list(triples(sample_plans[0], base=base))


@pytest.mark.parametrize("wrong", ["a b", "a/b", "", "-a", "a.", "a>b", "区“局”"])
def test_an_id_that_turtle_must_escape_is_refused(sample_plans: Plans, wrong: str) -> None:
    task = dataclasses.replace(sample_plans[0].tasks[0], id=wrong)
    with pytest.raises(RecordsError, match="no legal local name"):
        list(triples(dataclasses.replace(sample_plans[0], tasks=(task,))))


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("贝政发〔2031〕5号", "贝政发-2031-5号"),
        ("kg/0.1.0", "kg-0.1.0"),
        ("“灯 塔”", "灯-塔"),
        ("?!", "_"),
        ("《雾》(试行)", "雾-试行"),
    ],
)
def test_any_text_gives_a_legal_local_name(text: str, local: str) -> None:
    assert local_name(text) == local
    assert NAMES.node("act", local)


@given(anything=characters())
def test_whatever_the_text_the_local_name_needs_no_escape(anything: str) -> None:
    written = serialize(
        [Triple(NAMES.node("act", local_name(anything)), term("rdf:type"), term("resp:CitedAct"))],
        format=RdfFormat.TURTLE,
        prefixes=NAMES.prefixes(),
    )
    assert f"act:{local_name(anything)} a resp:CitedAct .".encode() in (written or b"")


def test_one_act_printed_with_two_kinds_of_bracket_is_one_act(sample_plans: Plans) -> None:
    first = sample_plans[1].citations[1]
    again = dataclasses.replace(first, id="q9", number="雾政发[2030]8号")
    plan = dataclasses.replace(sample_plans[1], citations=(first, again))
    assert {curie(q.object) for q in triples(plan) if q.predicate == term("resp:citedAct")} == {"act:雾政发-2030-8"}
    settled = settle(q for q in triples(plan) if curie(q.graph_name) == "graph:register")
    told = said_of(settled, "act:雾政发-2030-8")
    assert [value for name, value in told if name == "eli:id_local"] == ['"雾政发[2030]8号"']
    assert ("skos:altLabel", '"雾政发〔2030〕8号"@zh') in told


def test_a_body_with_two_labels_keeps_the_longest_and_the_other_as_a_name(samples: ModuleType) -> None:
    longer, shorter = "贝壳区卫生健康委员会", "贝壳区卫健委"
    plans = [
        dataclasses.replace(
            samples.shell_plan(),
            organizations=(
                dataclasses.replace(samples.body(label, "health", names=(longer, shorter)), id="990101_health"),
            ),
        )
        for label in (shorter, longer)
    ]
    register = {q for plan in plans for q in triples(plan) if curie(q.graph_name) == "graph:register"}
    settled = settle(register)
    told = said_of(settled, "body:990101_health")
    assert {value for name, value in told if name == "rdfs:label"} == {f'"{longer}"@zh'}
    assert {value for name, value in told if name == "skos:altLabel"} == {f'"{shorter}"@zh'}
    assert settle(settled) == settled


@pytest.mark.parametrize(
    ("when", "in_year", "last"),
    [
        ("2031", 2031, date(2031, 12, 31)),
        ("2032-02", 2032, date(2032, 2, 29)),
        ("2031-06-15", 2031, date(2031, 6, 15)),
        ("2031-02-31", 2031, date(2031, 2, 28)),
        ("2031-Q2", 2031, None),
        ("every-year", None, None),
        ("baseline", None, None),
        ("2031-13", 2031, None),
        ("2031年", None, None),
        (None, None, None),
    ],
)
def test_the_table_form_of_a_time_gives_its_year_and_last_day(
    when: str | None, in_year: int | None, last: date | None
) -> None:
    assert (year(when), last_day(when)) == (in_year, last)
