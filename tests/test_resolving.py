"""Names as people write them: what they mean in a dataset, when they are refused, and when they ask back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Store

import kg
from kg.answers import Answer
from kg.asking import StoredEngine, ask
from kg.errors import AmbiguityError, QueryError
from kg.questions import bind, find, resolve
from kg.questions.binding import fill
from kg.questions.reading import parse
from kg.records import Plan
from kg.store import load, open_store

WANZHOU, YUZHONG = "500101_civil-affairs", "500103_civil-affairs"

MEANT = [
    ("who-answers-for", {"department": "民政"}, "function/civil-affairs"),
    ("who-answers-for", {"department": "民政局"}, "function/civil-affairs"),
    ("who-answers-for", {"department": "民政部门"}, "function/civil-affairs"),
    ("who-answers-for", {"department": "civil_affairs"}, "function/civil-affairs"),
    ("who-answers-for", {"department": "Civil Affairs"}, "function/civil-affairs"),
    ("who-answers-for", {"department": "教委"}, "function/education"),
    ("who-answers-for", {"department": "万州区民政局"}, WANZHOU),
    ("who-answers-for", {"department": "重庆市万州区民政局"}, WANZHOU),
    ("who-answers-for", {"department": "区民政局", "region": "万州"}, WANZHOU),
    ("who-answers-for", {"department": "老年大学"}, "500103_老年大学"),
    ("tasks-of-body", {"body": "万州区民政局"}, WANZHOU),
    ("tasks-of-body", {"body": "万州民政局"}, WANZHOU),
    ("tasks-of-body", {"body": " 渝中区民政局 "}, YUZHONG),
    ("tasks-of-body", {"body": "蒙自市发改委"}, "532503_development-reform"),
    ("tasks-of-body", {"body": "500101_civil-affairs"}, WANZHOU),
    ("tasks-of-body", {"body": "https://w3id.org/policy-responsibility/id/body/500101_civil-affairs"}, WANZHOU),
    ("tasks-of-body", {"body": "妇联"}, "620800_womens-federation"),
    ("indicators", {"region": "万州"}, "500101"),
    ("indicators", {"region": "万州区"}, "500101"),
    ("indicators", {"region": "重庆市万州区"}, "500101"),
    ("indicators", {"region": "500101"}, "500101"),
    ("indicators", {"region": 500101}, "500101"),
    ("indicators", {"region": "红河州"}, "532500"),
    ("deadlines-by-function", {"role": "牵头"}, "role/lead"),
    ("indicators", {"attribute": "约束性"}, "indicator-attribute/binding"),
    ("acts-of-document", {"document": "万州府办发〔2022〕97号"}, "万州府办发-2022-97"),
    ("acts-of-document", {"document": "蒙自"}, "蒙政发-2023-15"),
    ("evidence-of-indicator", {"indicator": "预期寿命"}, "人均预期寿命"),
]

AMBIGUOUS = [
    ("who-answers-for", {"department": "区民政局"}, ("万州区民政局", "渝中区民政局")),
    ("tasks-of-body", {"body": "市财政局"}, ("平凉市财政局", "蒙自市财政局")),
    (
        "tasks-of-body",
        {"body": "民政局"},
        ("万州区民政局", "平凉市民政局", "渝中区民政局", "蒙自市民政局", "重庆市民政局"),
    ),
    ("indicators", {"region": "区"}, ("万州区", "渝中区")),
]

UNKNOWN = [
    ("who-answers-for", {"department": "火星局"}, "department='火星局' is not in this store: it has 万州区"),
    ("tasks-of-body", {"body": ""}, "body='' is not in this store"),
    ("tasks-of-body", {"body": "万州区民正局"}, "did you mean 万州区民政局"),
    ("indicators", {"region": "北京"}, "region='北京' is not in this store: it has"),
    ("tasks-of-body", {"body": "万州区民政局", "role": "x"}, "it has implement, lead, responsible, support"),
    ("tasks-of-body", {"body": "http://a b"}, "is no body"),
    ("due-by", {"until": "2025-13"}, "is no date"),
    ("due-by", {"until": "soon"}, "is no date"),
]


@pytest.fixture(scope="module")
def bundled() -> Callable[[str], Answer]:
    store = open_store()
    load(store, kg.gather().plans)
    return StoredEngine(store).answer


@pytest.mark.parametrize(("name", "values", "meant"), MEANT, ids=str)
def test_a_name_means_one_thing(
    bundled: Callable[[str], Answer], name: str, values: dict[str, str | int], meant: str
) -> None:
    found = resolve(find(name), values, bundled)[next(iter(values))]
    assert isinstance(found, NamedNode | Literal)
    assert found.value == meant or found.value.endswith(f"/{meant}")


@pytest.mark.parametrize(("name", "values", "choices"), AMBIGUOUS, ids=str)
def test_a_name_that_can_mean_several_asks_back(
    bundled: Callable[[str], Answer], name: str, values: dict[str, str], choices: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguityError, match=r"can mean .*: write one of them") as raised:
        resolve(find(name), values, bundled)
    assert raised.value.choices == choices
    assert all(choice in str(raised.value) for choice in choices)
    key = next(iter(values))
    for choice in choices:  # each choice is an answer to the question
        assert resolve(find(name), {key: choice}, bundled)[key]


@pytest.mark.parametrize(("name", "values", "message"), UNKNOWN, ids=str)
def test_what_is_not_there_is_refused(
    bundled: Callable[[str], Answer], name: str, values: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        bind(find(name), resolve(find(name), values, bundled))


def test_two_bodies_of_one_name_are_told_apart_by_their_iris(sample_plans: tuple[Plan, Plan]) -> None:
    store = open_store()
    load(store, sample_plans)
    store.update(
        "INSERT DATA { GRAPH <x:g> { <x:twin> a <x:t> ; <https://w3id.org/policy-responsibility/ontology#bodyKind> <x:k> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "贝壳区民政局"@zh } }'
    )
    with pytest.raises(AmbiguityError, match=r"can mean https://.*, x:twin: write one"):
        ask(store, "tasks-of-body", body="贝壳区民政局")


def test_names_are_resolved_whatever_the_base(sample_plans: tuple[Plan, Plan]) -> None:
    store = open_store()
    load(store, sample_plans, base="https://data.example.org/")
    rows = ask(store, "who-answers-for", department="浮标县民政局").strings()
    assert [row[5] for row in rows] == ["布设浮标"]
    assert ask(store, "tasks-of-body", body="贝壳区民政局").rows


DAYS = {
    "2031": ("2031-12-31", "2031-01-01"),
    "2031年": ("2031-12-31", "2031-01-01"),
    "2031年底": ("2031-12-31", "2031-01-01"),
    "2032-02": ("2032-02-29", "2032-02-01"),
    "2031年6月": ("2031-06-30", "2031-06-01"),
    "2031年6月3日": ("2031-06-03", "2031-06-03"),
    "2031/6/3": ("2031-06-03", "2031-06-03"),
    "2031-06-03": ("2031-06-03", "2031-06-03"),
}


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    last, first = DAYS[written]
    bound = bind(find("due-by"), {"until": written, "since": written})
    assert f'VALUES ?until {{ "{last}"^^' in bound
    assert f'VALUES ?since {{ "{first}"^^' in bound


def test_lookups_are_sparql_that_any_engine_answers(sample_store: Store) -> None:
    asked: list[str] = []

    class Endpoint:
        """An engine of which nothing but the protocol is known."""

        def answer(self, sparql: str, /) -> Answer:
            asked.append(sparql)
            return StoredEngine(sample_store).answer(sparql)

    assert ask(Endpoint(), "who-answers-for", department="财政", region="贝壳").rows
    assert len(asked) >= 3
    assert all("PREFIX" in sparql for sparql in asked)
    for sparql in asked:  # they declare what they use
        assert sample_store.query(sparql, use_default_graph_as_union=True) is not None


def test_terms_fill_the_braces_of_their_variable_and_nothing_else() -> None:
    sparql = "SELECT ?x { VALUES ?x { UNDEF } VALUES ?y { 1 } ?s ?p ?x }"
    filled = fill(sparql, {"x": [Literal("a } b"), None], "z": [Literal(1)]})
    assert filled == 'SELECT ?x { VALUES ?x { "a } b" UNDEF } VALUES ?y { 1 } ?s ?p ?x }'
    unknown = parse("# param: x (colour, default any): a colour\nASK { VALUES ?x { UNDEF } }", "mine")
    with pytest.raises(QueryError, match="unknown type 'colour'"):
        bind(unknown, {"x": "red"})
