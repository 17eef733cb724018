from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from hypothesis import given
from hypothesis.strategies import text
from pyoxigraph import (
    Literal,
    NamedNode,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from kg.answers import plain
from kg.answers.answer import TRIPLE
from kg.asking import StoredEngine, ask
from kg.assets import asset
from kg.errors import QueryError
from kg.questions import Question, bind, checks, find, questions, resolve
from kg.records import Plan
from kg.store import load, open_store
from kg.vocabulary import Names, term

SHELL, BUOY = "贝壳区灯塔点亮行动方案", "关于第12号建议的答复函"
RATE = "灯塔亮灯率"
WELFARE, MONEY, HEALTH, PIERS = "贝壳区民政局", "贝壳区财政局", "贝壳区卫生健康委员会", "贝壳区各码头办事处"
VOCABULARY = Names().node("graph", "vocabulary")
LEAD_TWO = (SHELL, "二/(一)/2", "巡查雾笛")

CASES: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    ("achievements", {}, [("浮标县", BUOY, "已布设浮标", Decimal(40), "个", "2030")]),
    ("citations-between-documents", {}, [(BUOY, "mention", SHELL, "贝政发〔2031〕5号")]),
    (
        "cited-acts",
        {},
        [
            ("雾灯市守塔人意见", "雾政发〔2030〕8号", 1, 1),
            ("海雾省灯塔条例", None, 1, 0),
            (SHELL, "贝政发〔2031〕5号", 0, 1),
            ("雾笛技术规范", None, 0, 1),
        ],
    ),
    ("collective-bodies", {}, [(PIERS, "implement", *LEAD_TWO)]),
    (
        "commitments-by-deadline",
        {},
        [
            (None, "every-year", "贝壳区", SHELL, "培训守塔人", "=", Decimal(3), Decimal(5), "名", None),
            (date(2033, 12, 31), "2033", "贝壳区", SHELL, "新增灯塔", ">=", Decimal(15000), None, "座", "修复灯塔"),
        ],
    ),
    (
        "commitments-by-deadline",
        {"until": date(2033, 12, 31)},
        [(date(2033, 12, 31), "2033", "贝壳区", SHELL, "新增灯塔", ">=", Decimal(15000), None, "座", "修复灯塔")],
    ),
    ("commitments-by-deadline", {"region": "990122"}, []),
    (
        "documents",
        {},
        [
            (SHELL, "贝政发〔2031〕5号", "plan", "贝壳区", date(2031, 3, 1), 4, 2, 2, 2, 3),
            (BUOY, "浮民函〔2031〕12号", "reply", "浮标县", date(2031, 5, 20), 1, 1, 0, 0, 2),
        ],
    ),
    (
        "due-by",
        {"until": "2032-12-31"},
        [
            (date(2031, 12, 31), "2031", "浮标县", BUOY, "一", "布设浮标", "浮标县民政局"),
            (date(2032, 6, 30), "2032-06", "贝壳区", SHELL, "二/(二)", "培训守塔人", None),
        ],
    ),
    (
        "due-by",
        {"until": "2033-12-31", "since": "2032-07-01", "region": "990101"},
        [(date(2033, 12, 31), "2033", "贝壳区", SHELL, "二/(一)/1", "修复灯塔", WELFARE)],
    ),
    (
        "evidence-of-body",
        {"body": WELFARE},
        [
            (SHELL, "shell.txt", "修复灯塔", "lead", "clause", "区民政局", 161, 165, "区民政局"),
            (SHELL, "shell.txt", "巡查雾笛", "lead", "clause", "区民政局", 231, 235, "区民政局"),
            (SHELL, "shell.txt", RATE, "responsible", "table", "区民政局", 430, 434, "区民政局"),
            (SHELL, "shell.txt", "月牙湾灯塔", "lead", "table", "区民政局", 540, 544, "区民政局"),
            (SHELL, "shell.txt", "雾笛改造", "lead", "table", "区民政局", 590, 594, "区民政局"),
        ],
    ),
    (
        "evidence-of-body",
        {"body": "县财政局"},
        [(BUOY, "buoy.txt", "布设浮标", "support", "prose", "县财政局", 60, 64, None)],
    ),
    ("former-names", {}, []),  # the sample plans are of a later time
    ("functions-left-out", {}, [("浮标县", "health", "卫生健康")]),
    (
        "indicator-by-region",
        {},
        [
            (RATE, "%", "2030", "baseline", "贝壳区", None, Decimal("82.5"), "82.5"),
            (RATE, "%", "2033", "target", "浮标县", None, Decimal(90), "90"),
            (RATE, "%", "2033", "target", "贝壳区", ">=", Decimal(95), "≥95"),
            (RATE, "%", "2035", "target", "贝壳区", None, None, "应亮尽亮"),
            (RATE, "%", "baseline", "baseline", "浮标县", None, Decimal(70), "70"),
        ],
    ),
    ("indicator-by-region", {"indicator": "守塔人数"}, []),  # stands in one region only
    (
        "indicators",
        {},
        [
            ("浮标县", BUOY, "1", RATE, "%", None, "baseline", "70", "2033", "90", Decimal(20)),
            ("贝壳区", SHELL, "1", RATE, "%", "约束性", "2030", "82.5", "2033", "≥95", Decimal("12.5")),
            ("贝壳区", SHELL, "1", RATE, "%", "约束性", "2030", "82.5", "2035", "应亮尽亮", None),
            ("贝壳区", SHELL, "2", "守塔人数", "人", "预期性", None, None, "2035", "300", None),
        ],
    ),
    (
        "indicators",
        {"attribute": "expected"},
        [("贝壳区", SHELL, "2", "守塔人数", "人", "预期性", None, None, "2035", "300", None)],
    ),
    (
        "lead-and-support",
        {},
        [
            ("浮标县民政局", "浮标县财政局", 1),
            ("浮标县民政局", "雾港救助协会", 1),
            (WELFARE, HEALTH, 1),
            (WELFARE, MONEY, 1),
        ],
    ),
    (
        "obligations-by-body",
        {},
        [
            (HEALTH, "贝壳区", 0, 1, 1, 0, 2, 2),
            (WELFARE, "贝壳区", 2, 0, 0, 0, 2, 2),
            (MONEY, "贝壳区", 1, 0, 1, 0, 2, 2),
            ("浮标县民政局", "浮标县", 1, 0, 0, 0, 1, 1),
            ("浮标县财政局", "浮标县", 0, 0, 1, 0, 1, 1),
            (PIERS, "贝壳区", 0, 0, 0, 1, 1, 1),
            ("雾港救助协会", None, 0, 0, 1, 0, 1, 1),
        ],
    ),
    ("obligations-by-body", {"region": "990101", "function": "finance"}, [(MONEY, "贝壳区", 1, 0, 1, 0, 2, 2)]),
    (
        "obligations-by-function",
        {},
        [
            ("civil-affairs", "民政", 3, 0, 0, 0, 3, 3),
            ("finance", "财政", 1, 0, 2, 0, 3, 3),
            ("health", "卫生健康", 0, 1, 1, 0, 2, 2),
        ],
    ),
    (
        "obligations-by-function",
        {"region": "990122"},
        [("civil-affairs", "民政", 1, 0, 0, 0, 1, 1), ("finance", "财政", 0, 0, 1, 0, 1, 1)],
    ),
    ("open-clauses", {}, [("贝壳区", *LEAD_TWO, 3)]),
    ("projects-by-body", {}, [(WELFARE, "lead", 2, Decimal("1280.5"), Decimal(600))]),
    ("projects-by-body", {"role": "support"}, [(MONEY, "support", 1, Decimal("1200.5"), Decimal(600))]),
    (
        "projects-by-body",
        {"role": "any"},
        [(WELFARE, "lead", 2, Decimal("1280.5"), Decimal(600)), (MONEY, "support", 1, Decimal("1200.5"), Decimal(600))],
    ),
    (
        "recurring-work",
        {},
        [("every-quarter", *LEAD_TWO, WELFARE), ("every-quarter", *LEAD_TWO, MONEY)],
    ),
    (
        "roles-by-region",
        {},
        [
            ("civil-affairs", "浮标县", 1, 0, 0, 0),
            ("civil-affairs", "贝壳区", 2, 0, 0, 0),
            ("finance", "浮标县", 0, 0, 1, 0),
            ("finance", "贝壳区", 1, 0, 1, 0),
            ("health", "贝壳区", 0, 1, 1, 0),
        ],
    ),
    ("roles-by-region", {"function": "health"}, [("health", "贝壳区", 0, 1, 1, 0)]),
    ("shared-tasks", {"minimum": 2}, [(WELFARE, MONEY, 2)]),
    (
        "shared-tasks",
        {},
        [
            (WELFARE, MONEY, 2),
            ("浮标县民政局", "浮标县财政局", 1),
            ("浮标县民政局", "雾港救助协会", 1),
            ("浮标县财政局", "雾港救助协会", 1),
            (HEALTH, WELFARE, 1),
            (HEALTH, MONEY, 1),
            (PIERS, WELFARE, 1),
            (PIERS, MONEY, 1),
        ],
    ),
    (
        "tasks-led-by-function",
        {"function": "civil-affairs"},
        [
            ("浮标县", "浮标县民政局", BUOY, "一", "布设浮标", date(2031, 12, 31)),
            ("贝壳区", WELFARE, SHELL, "二/(一)/1", "修复灯塔", date(2033, 12, 31)),
            ("贝壳区", WELFARE, *LEAD_TWO, None),
        ],
    ),
    (
        "tasks-of-body",
        {"body": "区财政局"},
        [
            (MONEY, SHELL, "二/(一)/1", "修复灯塔", "support", date(2033, 12, 31)),
            (MONEY, *LEAD_TWO, "lead", None),
        ],
    ),
    ("tasks-of-body", {"body": MONEY, "role": "lead"}, [(MONEY, *LEAD_TWO, "lead", None)]),
    ("tasks-with-several-leads", {}, [(*LEAD_TWO, 2, WELFARE), (*LEAD_TWO, 2, MONEY)]),
    ("tasks-without-body", {}, [("贝壳区", SHELL, "三/(一)", "三/(一)")]),
    ("tasks-without-lead", {}, [("贝壳区", SHELL, "二/(二)", "培训守塔人", 1)]),
    ("tasks-without-lead", {"region": "990122"}, []),
]
IDS = [f"{name}-{'-'.join(map(str, values.values()))}".rstrip("-") for name, values, _ in CASES]

ANSWERS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "fixtures" / "queries" / "answers.yaml").read_text(encoding="utf-8")
)
"""More cases, with cells as strings; tests/test_competency.py asks another engine the same questions."""

FAULTS = {
    "body-without-name": "DELETE WHERE { GRAPH ?g { body:贝壳区民政局 rdfs:label ?label } }",
    "deadline-reversed": 'INSERT DATA { GRAPH <x:g> { deadline:贝政发-2031-5_2-2_d1 resp:earliest "2040-01-01"^^xsd:date } }',
    "duty-without-basis": "DELETE WHERE { GRAPH ?g { duty:贝政发-2031-5_2-2_r1 resp:basis ?x } }",
    "duty-without-bearer": "DELETE WHERE { GRAPH ?g { duty:贝政发-2031-5_2-2_r1 resp:bearer ?x } }",
    "duty-without-evidence": "DELETE WHERE { GRAPH ?g { duty:贝政发-2031-5_2-2_r1 resp:evidence ?x } }",
    "duty-without-role": "DELETE WHERE { GRAPH ?g { duty:贝政发-2031-5_2-2_r1 resp:role ?x } }",
    "duty-without-shortcut": "DELETE WHERE { GRAPH ?g { ?x resp:responsibleDepartment body:贝壳区民政局 } }",
    "duty-without-work": "DELETE WHERE { GRAPH ?g { duty:贝政发-2031-5_2-2_r1 resp:task ?x } }",
    "fact-without-document": "DELETE WHERE { GRAPH ?g { project:贝政发-2031-5_p1 resp:document ?x } }",
    "fact-without-evidence": "DELETE WHERE { GRAPH ?g { value:贝政发-2031-5_i1_2033 resp:evidence ?x } }",
    "range-reversed": "INSERT DATA { GRAPH <x:g> { commitment:贝政发-2031-5_c1 resp:valueMax 3.0 } }",
    "shortcut-without-duty": "INSERT DATA { GRAPH <x:g> { task:贝政发-2031-5_2-2 resp:leadDepartment body:贝壳区财政局 } }",
    "span-reversed": "INSERT DATA { GRAPH <x:g> { position:贝政发-2031-5_161-165 oa:end 3 } }",
    "unknown-concept": "INSERT DATA { GRAPH <x:g> { body:贝壳区财政局 org:classification func:moon-affairs } }",
    "value-without-indicator": "DELETE WHERE { GRAPH ?g { ?x resp:indicatorValue value:贝政发-2031-5_i1_2033 } }",
    "value-without-period": "DELETE WHERE { GRAPH ?g { value:贝政发-2031-5_i1_2033 resp:period ?x } }",
}
"""For each check an update that plants its fault."""


@pytest.mark.parametrize(("name", "values", "rows"), CASES, ids=IDS)
def test_a_question_gives_the_rows_that_a_person_counts(
    sample_store: Store, name: str, values: dict[str, Any], rows: list[tuple[Any, ...]]
) -> None:
    assert ask(sample_store, name, **values).plain() == rows


@pytest.mark.parametrize(
    "case", ANSWERS, ids=lambda case: f"{case['query']}-{'-'.join(map(str, case['parameters'].values()))}"
)
def test_a_question_gives_the_rows_that_stand_in_the_file(sample_store: Store, case: dict[str, Any]) -> None:
    assert ask(sample_store, case["query"], **case["parameters"]).strings() == [tuple(row) for row in case["rows"]]


@pytest.mark.parametrize(("name", "values", "rows"), CASES, ids=IDS)
def test_another_engine_gives_the_same_rows(
    sample_store: Store, union: rdflib.Graph, name: str, values: dict[str, Any], rows: list[tuple[Any, ...]]
) -> None:
    answered = [
        tuple(value.toPython() if value is not None else None for value in row)
        for row in union.query(bound(sample_store, name, values))
    ]
    assert sorted(answered, key=str) == sorted(rows, key=str)  # rdflib sorts unbound values elsewhere


def bound(store: Store, name: str, values: Mapping[str, Any]) -> str:
    """Give the SPARQL of a question with what people write resolved by a store."""
    question = find(name)
    return bind(question, resolve(question, values, StoredEngine(store).answer))


@pytest.fixture(scope="module")
def union(sample_store: Store) -> rdflib.Graph:
    """The data with the words of its codes in rdflib, which reads a query as it stands in its file.

    The definitions stay out: rdflib joins by nested loops, and with all labels of the vocabulary it takes a minute.
    """
    words = {term("skos:notation"), term("skos:prefLabel")}
    used = {q.object for q in sample_store if q.graph_name != VOCABULARY}
    kept = (
        Triple(q.subject, q.predicate, q.object)
        for q in sample_store
        if q.graph_name != VOCABULARY or (q.predicate in words and q.subject in used)
    )
    return rdflib.Graph().parse(data=serialize(kept, format=RdfFormat.N_TRIPLES), format="nt")


def test_every_question_has_a_case_and_every_check_a_fault() -> None:
    asked = {name for name, _, _ in CASES} | {case["query"] for case in ANSWERS}
    assert {question.name for question in questions() if question.form == "select"} == asked
    assert {check.name for check in checks()} == {f"checks/{name}" for name in FAULTS}
    assert len(questions()) >= 70
    assert len(checks()) >= 16


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_finds_nothing_in_sound_data(sample_store: Store, check: Question) -> None:
    assert ask(sample_store, check).rows == ()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_check_finds_its_fault(sample_plans: tuple[Plan, Plan], name: str) -> None:
    store = open_store()
    load(store, sample_plans)
    store.update(FAULTS[name], prefixes=Names().prefixes())
    assert ask(store, f"checks/{name}").rows


@pytest.mark.parametrize("question", [*questions(), *checks()], ids=lambda question: question.name)
def test_a_query_file_says_what_it_asks_takes_and_gives(sample_store: Store, question: Question) -> None:
    assert question.question_en.endswith("?")
    assert question.question_zh.endswith("？")
    answered = sample_store.query(question.sparql)
    if isinstance(answered, QuerySolutions):
        assert re.search(r"^ORDER BY .+\n\Z", question.sparql, re.MULTILINE)
        assert answered.variables == [Variable(column.name) for column in question.columns]
    else:
        assert isinstance(answered, QueryTriples)
        assert tuple(column.name for column in question.columns) == TRIPLE
    lines = set(re.findall(r"VALUES \?(\w+) \{ (\S+) \}", question.sparql))
    expected = {parameter.name for parameter in question.parameters}
    assert {name for name, _ in lines} == expected
    for parameter in question.parameters:
        default = bind(
            question, {p.name: p.default for p in question.parameters} | {parameter.name: parameter.default or "any"}
        )
        written = dict(lines)[parameter.name]
        assert (written == "UNDEF") is (parameter.default in {None, "any"}), parameter.name
        bound = re.search(rf"VALUES \?{parameter.name} \{{ (\S+) \}}", default)
        assert bound is not None
        assert bound[1] == expand(written), parameter.name


def expand(written: str) -> str:
    """Write a term of a query file in full, as binding does."""
    if written.isdigit():
        return str(Literal(int(written)))
    if re.fullmatch(r"\d+\.\d+", written):
        return str(Literal(str(int(float(written))), datatype=term("xsd:decimal")))
    return written if written == "UNDEF" else str(term(written))


def test_prefixes_in_the_files_are_ours() -> None:
    ours = Names().prefixes() | {"owl": "http://www.w3.org/2002/07/owl#"}  # contradictions look at axioms
    for path in asset("queries").rglob("*.rq"):
        declared = dict(re.findall(r"^PREFIX ([\w-]+): <(\S+)>$", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert declared.items() <= ours.items(), path.name


def test_a_value_cannot_leave_its_place(sample_store: Store) -> None:
    for value in ('"@zh } ?s ?p ?o . VALUES ?x { "', "a\\", "a\n}", "区民政局' OR 1=1", "}", "\\1 \\g<0>"):
        sparql = bind(find("evidence-of-task"), {"task": value})
        assert list(sample_store.query(sparql, use_default_graph_as_union=True)) == []
        with pytest.raises(QueryError, match="is not in this store"):
            ask(sample_store, "evidence-of-task", task=value)
    for value in ("civil-affairs> } ?s ?p ?o {", "a b", "<", "http://a b"):
        with pytest.raises(QueryError, match=r"is no function|is not in this store"):
            ask(sample_store, "tasks-led-by-function", function=value)
        with pytest.raises(QueryError, match="is no function"):
            bind(find("tasks-led-by-function"), {"function": value})


@given(value=text())
def test_any_text_comes_back_as_it_was_given(value: str) -> None:
    query = "# param: x (text, required): any text\nSELECT ?x { VALUES ?x { UNDEF } }"
    if value != "any":
        assert ask(Store(), query, x=value).rows == ((Literal(value),),)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("due-by", {}, r"due-by: needs until \(date\)"),
        ("due-by", {"until": "soon"}, r"due-by: until='soon' is no date"),
        ("due-by", {"until": "2031-02-30"}, "is no date"),
        ("due-by", {"until": "2031-12-31", "untl": "2031"}, "no parameter 'untl'; it takes until, since, region"),
        ("shared-tasks", {"minimum": "two"}, "is no integer"),
        (
            "obligations-by-body",
            {"function": "火星"},
            "function='火星' is not in this store: it has",
        ),
        ("documents", {"region": "990101"}, "no parameter 'region'; it takes none"),
        ("due-bye", {}, "no query is called 'due-bye': did you mean due-by"),
        ("checks/duty-without-rolle", {}, "did you mean checks/duty-without-role"),
        ("missing.rq", {}, r"missing\.rq: no such query file"),
        ("SELECT *\nWHERE { ?s }", {}, "line 2, column 13: .*in: WHERE"),
        ("SELECT * { ?s nix:p ?o }", {}, "unknown prefix"),
        ("ASK { ?s ?p ?o", {}, "line 1, column"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(
    sample_store: Store, name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        ask(sample_store, name, **values)


def test_text_needs_no_prefixes_whatever_the_base(sample_plans: tuple[Plan, Plan]) -> None:
    for base in ("https://w3id.org/policy-responsibility/id/", "https://data.example.org/"):
        store = open_store()
        load(store, sample_plans, base=base)
        answer = ask(
            store, "SELECT ?role WHERE { ?duty resp:task task:浮民函-2031-12_1 ; resp:role ?role } ORDER BY ?role"
        )
        assert answer.rows == ((term("role:lead"),), (term("role:support"),), (term("role:support"),))


def test_ask_and_construct_are_answered_too(sample_store: Store) -> None:
    assert ask(sample_store, "ASK { ?task a resp:Task }").plain() == [(True,)]
    assert ask(sample_store, "ASK { ?task a <http://reef.example/Nothing> }").strings() == [("false",)]
    made = ask(sample_store, "CONSTRUCT { ?b resp:leads ?t } WHERE { ?t a resp:Task ; resp:leadDepartment ?b }")
    assert made.columns == ("subject", "predicate", "object")
    assert len(made.rows) == 4
    assert list(made.rows) == sorted(made.rows, key=str)


def test_a_file_of_a_user_is_asked_with_its_parameters(sample_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(
        "# en: What is the number of a title?\n# zh: 某标题的编号是什么？\n# param: title (name, required): the title\n"
        "SELECT ?number { VALUES ?title { UNDEF } ?task rdfs:label ?title ; resp:number ?number } ORDER BY ?number\n",
        encoding="utf-8",
    )
    assert ask(sample_store, path, title="巡查雾笛").strings() == [("二/(一)/2",)]
    assert ask(sample_store, str(path), title="巡查雾笛").strings() == [("二/(一)/2",)]
    with pytest.raises(QueryError, match=r"mine\.rq: needs title"):
        ask(sample_store, path)


@pytest.mark.parametrize("header", ["# param: title: the title", "# column: title"])
def test_a_header_that_describes_nothing_is_an_error(sample_store: Store, tmp_path: Path, header: str) -> None:
    (tmp_path / "mine.rq").write_text(header + "\nASK { ?s ?p ?o }\n", encoding="utf-8")
    with pytest.raises(QueryError, match="describes no"):
        ask(sample_store, tmp_path / "mine.rq")


VALUES: Mapping[Literal, object] = {
    Literal("3"): "3",
    Literal(3): 3,
    Literal("3.50", datatype=term("xsd:decimal")): Decimal("3.50"),
    Literal(2.5): 2.5,
    Literal(False): False,
    Literal("2031-06-30", datatype=term("xsd:date")): date(2031, 6, 30),
    Literal("灯", language="zh"): "灯",
}


@pytest.mark.parametrize(("literal", "value"), VALUES.items(), ids=str)
def test_a_term_has_a_plain_python_value(literal: Literal, value: object) -> None:
    assert plain(literal) == value
    assert type(plain(literal)) is type(value)


def test_an_iri_and_nothing_have_plain_values_too() -> None:
    assert plain(NamedNode("https://example.org/灯塔")) == "https://example.org/灯塔"
    assert plain(None) is None


@pytest.mark.parametrize(
    ("name", "values", "same"),
    [
        ("obligations-by-body", {"function": "民政"}, {"function": "civil-affairs"}),
        ("projects-by-body", {"role": "牵头"}, {"role": "lead"}),
    ],
)
def test_values_are_taken_as_people_write_them(
    sample_store: Store, name: str, values: dict[str, str], same: dict[str, str]
) -> None:
    assert ask(sample_store, name, **values).rows == ask(sample_store, name, **same).rows


def test_a_region_is_taken_by_its_name_and_an_unknown_one_is_refused(sample_store: Store) -> None:
    named = ask(sample_store, "SELECT ?name ?code { ?r resp:regionCode ?code ; rdfs:label ?name }").strings()
    name, code = named[0]
    assert (
        ask(sample_store, "obligations-by-body", region=name).rows
        == ask(sample_store, "obligations-by-body", region=code).rows
    )
    with pytest.raises(QueryError, match="region='火星' is not in this store"):
        ask(sample_store, "obligations-by-body", region="火星")


def test_a_query_that_reaches_out_is_refused(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="SERVICE reaches out"):
        ask(sample_store, "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="SERVICE reaches out"):
        ask(sample_store, "SELECT * { #\rSERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    assert ask(sample_store, 'SELECT ("SERVICE" AS ?word) {}').strings() == [("SERVICE",)]
