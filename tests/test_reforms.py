"""Former names of bodies are told from today's, have the function of today, and lead to the reform that ended them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest

from kg.assets import asset
from kg.errors import ResolveError
from kg.queries import ask
from kg.records import Basis, DocumentInfo, DocumentKind, Evidence, Plan, Responsibility, Role, Task
from kg.resolve import resolve
from kg.resolve.former import FORMER_BODIES, former_body, load_former, read_former
from kg.resolve.functions import FUNCTIONS, function_of, load_functions
from kg.store import load, open_store

SCHEME = asset("ontology", "reforms.ttl")
SKOS = "http://www.w3.org/2004/02/skos/core#"
RESP = "https://w3id.org/policy-responsibility/ontology#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
REFORM = "https://w3id.org/policy-responsibility/reform/"


def stated(predicate: str) -> list[tuple[str, Any]]:
    quads = ox.parse(path=SCHEME, format=ox.RdfFormat.TURTLE)
    return [(quad.subject.value, quad.object) for quad in quads if quad.predicate.value == predicate]


FORMER = {
    "health-family-planning-commission": "国家卫生计生委 省卫生计生委 市卫计委 县卫生和计划生育局 渔网市卫计局",
    "health-bureau": "卫生部 省卫生厅 县卫生局",
    "family-planning-commission": "国家人口计生委 市计生委 县人口和计划生育局",
    "quality-supervision-bureau": "国家质检总局 市质监局 市质量技术监督局",
    "industry-commerce-bureau": "国家工商总局 市工商局 县工商行政管理局",
    "food-drug-bureau": "县食药监局 市食品药品监管局",
    "banking-regulation-bureau": "中国银监会 渔网银监分局",
    "insurance-regulation-bureau": "保监会 渔网保监局",
    "banking-insurance-regulation-bureau": "中国银保监会 渔网银保监分局 万州银保监分局",
    "culture-bureau": "文化部 市文化局 县文广新局",
    "tourism-bureau": "国家旅游局 市旅游局 市旅游委",
    "land-resources-bureau": "国土资源部 省国土资源厅 县国土局",
    "environmental-protection-bureau": "环境保护部 省环保厅 县环保局",
    "work-safety-bureau": "国家安监总局 县安监局",
    "legislative-affairs-office": "国务院法制办 市政府法制办 县法制办",
    "poverty-alleviation-office": "国务院扶贫办 县扶贫办 市扶贫开发办公室",
    "rural-revitalization-bureau": "国家乡村振兴局 县乡村振兴局",
    "local-financial-bureau": "市金融工作办公室 省地方金融监督管理局 市金融工作局",
    "big-data-bureau": "市大数据局 区大数据发展局",
    "foreign-experts-bureau": "国家外专局",
    "central-bank-sub-branch": "人民银行渔网市中心支行 中国人民银行渔网州中心支行",
    "state-tax-bureau": "市国税局 省国家税务局",
    "local-tax-bureau": "市地税局",
}
TODAY = (
    "国家卫生健康委 区卫健委 市市场监管局 市文旅局 市自然资源和规划局 县生态环境局 市应急局 市司法局 县农业农村局 "
    "国家税务总局 国家税务总局渔网市税务局 市税务局 市数据局 国家数据局 市委金融办 区金融办 地方金融管理局 "
    "国家金融监督管理总局渔网监管分局 人民银行渔网市分行 农业银行 县林业局 市人社局 县住建局 渔网建设公司 市灯塔局 "
    "区监察委员会 市监察委 省监委 各镇乡街道 卫生院 文化馆 旅游公司"
)


@pytest.mark.parametrize(("name", "former"), [(name, key) for key, names in FORMER.items() for name in names.split()])
def test_a_former_name_is_known_by_the_kind_of_body_that_bore_it(name: str, former: str) -> None:
    assert former_body(name) == former


@pytest.mark.parametrize("name", TODAY.split())
def test_a_name_of_today_is_no_former_one(name: str) -> None:
    assert former_body(name) is None


def test_every_former_name_has_the_function_that_its_kind_states() -> None:
    functions = load_former().functions
    labels = [(s.removeprefix(FORMER_BODIES), o.value) for s, o in stated(f"{SKOS}altLabel")]
    central = [(s.removeprefix(FORMER_BODIES), o.value) for s, o in stated(f"{SKOS}hiddenLabel")]
    assert len(labels) > 80
    assert [n for f, n in labels if (function_of(f"市{n}"), former_body(f"市{n}")) != (functions[f], f)] == []
    assert [n for f, n in central if (function_of(n), former_body(n)) != (functions[f], f)] == []


def test_every_kind_is_ended_by_one_reform_whose_functions_are_in_the_scheme() -> None:
    ended = [former.value.removeprefix(FORMER_BODIES) for _, former in stated(f"{RESP}formerBody")]
    assert sorted(ended) == sorted(load_former().functions)
    linked = [*stated(f"{RESP}presentFunction"), *stated(f"{RESP}previousFunction"), *stated(f"{RESP}formerFunction")]
    assert {node.value.removeprefix(FUNCTIONS) for _, node in linked} <= set(load_functions().groups)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_a_kind_leads_from_a_former_name_to_one_of_today(language: str) -> None:
    reforms = {former.value: reform for reform, former in stated(f"{RESP}formerBody")}
    given = [(reform, node.value) for reform, node in stated(f"{RESP}presentFunction")]
    examples = [(s, o.value) for s, o in stated(f"{SKOS}example") if o.language == language]
    kinds = [(iri, text) for iri, text in examples if iri.startswith(FORMER_BODIES)]
    assert len(kinds) == len(load_former().functions)
    for iri, text in kinds:
        words = text.replace("灯塔市早年规划所称", "").replace("今为", "，").replace("加挂的牌子", "")
        old, *_, new = re.findall(r"[\u4e00-\u9fff]+", words.replace("an old plan of 灯塔市", ""))
        assert former_body(old) == iri.removeprefix(FORMER_BODIES)
        assert (reforms[iri], f"{FUNCTIONS}{function_of(new)}") in given


def test_a_reform_has_year_source_label_and_definition() -> None:
    reforms = {s for s, _ in stated(f"{RESP}reformYear")}
    years = {int(year.value) for _, year in stated(f"{RESP}reformYear")}
    assert years == {2008, 2013, 2018, 2021, 2023}
    assert {s for s, _ in stated("http://purl.org/dc/terms/source")} == reforms
    assert all(iri.startswith(REFORM) for iri in reforms)
    described = reforms | {f"{FORMER_BODIES}{notation}" for notation in load_former().functions}
    for predicate in (f"{RDFS}label", f"{SKOS}definition"):
        said = stated(predicate)
        for iri in described:
            assert sorted(str(o.language) for s, o in said if s == iri) == ["en", "zh"], iri


def plan(name: str, *bodies: str, issued: date) -> Plan:
    nowhere = Evidence(start=0, end=0)
    duties = tuple(
        Responsibility(id=f"{name}-{at}", department=body, role=Role.LEAD, basis=Basis.CLAUSE, evidence=nowhere)
        for at, body in enumerate(bodies)
    )
    task = Task(id=f"{name}-1", number="1", title="点灯", section=(), evidence=nowhere, responsibilities=duties)
    info = DocumentInfo(
        id=name, file=name, sha256="0", title=name, kind=DocumentKind.PLAN, region="万州区", date_issued=issued
    )
    return resolve(Plan(document=info, extractor="test", tasks=(task,)))


OLD = plan("旧方案", "区卫计委", "区质监局", "区乡村振兴局", "区民政局", issued=date(2016, 5, 1))
NEW = plan("新方案", "区卫生健康委", "区市场监管局", "区民政局", issued=date(2025, 5, 1))


def test_only_a_former_body_that_held_the_whole_function_is_the_bureau_of_today() -> None:
    old, new = ([duty.organization for duty in p.tasks[0].responsibilities] for p in (OLD, NEW))
    assert old == ["500101_health", "500101_质监局", "500101_rural-revitalization", "500101_civil-affairs"]
    assert new == ["500101_health", "500101_market-regulation", "500101_civil-affairs"]
    assert [body.function for body in OLD.organizations[:2]] == [body.function for body in NEW.organizations[:2]]


def test_the_graph_answers_which_names_are_former_ones_and_of_which_reform() -> None:
    store = open_store()
    load(store, [OLD, NEW])
    answer = ask(store, "former-names").plain()
    day = date(2016, 5, 1)
    label = "万州区卫生健康委"
    assert answer == [
        ("区卫计委", label, "旧方案", day, "原卫生和计划生育委员会", "组建卫生健康部门", 2018, "health", 1),
        ("区质监局", "万州区质监局", "旧方案", day, "原质量技术监督局", "组建市场监管部门", 2018, "market-regulation", 1),
        ("区乡村振兴局", "万州区乡村振兴局", "旧方案", day, "原乡村振兴局", "乡村振兴职责划入农业农村部门", 2023, "agriculture", 1),
    ]  # fmt: skip
    assert [row[0] for row in ask(store, "former-names", year=2023).plain()] == ["区乡村振兴局"]


def test_a_file_of_reforms_that_is_no_turtle_is_an_error_that_names_it(tmp_path) -> None:
    broken = tmp_path / "reforms.ttl"
    broken.write_text("former:x a skos:Concept", encoding="utf-8")
    with pytest.raises(ResolveError, match=r"reforms\.ttl"):
        read_former(broken)
