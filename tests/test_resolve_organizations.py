"""Bodies of a plan become organisations: with a region, a function and an id that is the same in every document."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import (
    Basis,
    DocumentInfo,
    DocumentKind,
    Evidence,
    Indicator,
    Organization,
    OrganizationKind,
    Plan,
    Project,
    Responsibility,
    Role,
    Task,
)
from kg.resolve import resolve, unknown_bodies
from kg.resolve.kinds import shape_of

NOWHERE = Evidence(start=0, end=0)


def duty(name: str) -> Responsibility:
    return Responsibility(id=name, department=name, role=Role.LEAD, basis=Basis.CLAUSE, evidence=NOWHERE)


def plan(*names: str, title: str = "", region: str | None = None, **document: object) -> Plan:
    info = DocumentInfo(id="d", file="d.txt", sha256="0", title=title, kind=DocumentKind.PLAN, region=region)
    task = Task(id="t", number="一", section=(), evidence=NOWHERE, responsibilities=tuple(map(duty, names)))
    return Plan(document=replace(info, **document), extractor="test", tasks=(task,))


def body(name: str, region: str | None) -> Organization:
    [organization] = resolve(plan(name, region=region)).organizations
    return organization


# written name, region of the document -> label, kind, id
BODIES = [
    ("区民政局", "万州区", "万州区民政局", "department", "500101_civil-affairs"),
    ("卫生健康局", "蒙自市", "蒙自市卫生健康局", "department", "532503_health"),
    ("市发展改革委", "平凉市", "平凉市发展改革委", "department", "620800_development-reform"),
    ("市民政局", "万州区", "重庆市民政局", "department", "500000_civil-affairs"),
    ("市民政局", "蒙自市", "蒙自市民政局", "department", "532503_civil-affairs"),
    ("州民政局", "蒙自市", "红河州民政局", "department", "532500_civil-affairs"),
    ("省民政厅", "蒙自市", "云南省民政厅", "department", "530000_civil-affairs"),
    ("省发展改革委", "平凉市", "甘肃省发展改革委", "department", "620000_development-reform"),
    ("自治区民政厅", "南宁市", "广西壮族自治区民政厅", "department", "450000_civil-affairs"),
    ("区民政厅", "南宁市", "广西壮族自治区民政厅", "department", "450000_civil-affairs"),
    ("县民政局", "石柱土家族自治县", "石柱县民政局", "department", "500240_civil-affairs"),
    ("市委老干部局", "蒙自市", "蒙自市委老干部局", "department", "532503_veteran-cadres"),
    ("区委", "万州区", "万州区委", "department", "500101_party-committee"),
    ("中共万州区委组织部", "万州区", "万州区委组织部", "department", "500101_party-organization"),
    ("区政府", "渝中区", "渝中区政府", "government", "500103_general-government"),
    ("团市委", "蒙自市", "共青团蒙自市委", "association", "532503_youth-league"),
    ("团区委", "万州区", "共青团万州区委", "association", "500101_youth-league"),
    ("共青团重庆市委", "万州区", "共青团重庆市委", "association", "500000_youth-league"),
    ("市妇联", "平凉市", "平凉市妇联", "association", "620800_womens-federation"),
    ("妇联", "平凉市", "平凉市妇联", "association", "620800_womens-federation"),
    ("民政部门", "平凉市", "平凉市民政部门", "department", "620800_civil-affairs"),
    ("民政部", "万州区", "民政部", "department", "100000_civil-affairs"),
    ("国家发展改革委", "万州区", "国家发展改革委", "department", "100000_development-reform"),
    ("全国老龄办", "万州区", "全国老龄办", "department", "100000_ageing"),
    ("海关总署", "万州区", "海关总署", "department", "100000_customs"),
    ("万州区税务局", "万州区", "万州区税务局", "department", "500101_taxation"),
    ("重庆市万州区税务局", "万州区", "万州区税务局", "department", "500101_taxation"),
    ("国家税务总局重庆市万州区税务局", "万州区", "国家税务总局重庆市万州区税务局", "department", "500101_taxation"),
    ("万州银保监分局", "万州区", "万州银保监分局", "department", "500101_万州银保监分局"),
    ("渝东新区", "万州区", "渝东新区", "government", "500101_渝东新区"),
    ("恒合土家族乡", "万州区", "恒合土家族乡", "government", "500101_恒合土家族乡"),
    ("恒合土家族乡人民政府", "万州区", "恒合土家族乡人民政府", "government", "500101_恒合土家族乡"),
    ("涪陵区", "重庆市", "涪陵区", "government", "500102_general-government"),
    ("涪陵区人民政府", "重庆市", "涪陵区人民政府", "government", "500102_general-government"),
    ("重庆大学附属三峡医院", "万州区", "重庆大学附属三峡医院", "hospital", "500000_重庆大学附属三峡医院"),
    ("蒙自市妇幼保健院", "蒙自市", "蒙自市妇幼保健院", "hospital", "532503_妇幼保健院"),
    ("市妇幼保健院", "蒙自市", "蒙自市妇幼保健院", "hospital", "532503_妇幼保健院"),
    ("红河学院", "蒙自市", "红河学院", "school", "532500_红河学院"),
    ("甘肃医学院", "平凉市", "甘肃医学院", "school", "620000_甘肃医学院"),
    ("平安养老院", "平凉市", "平安养老院", "department", "620800_平安养老院"),
    ("区国资公司", "渝中区", "渝中区国资公司", "company", "500103_国资公司"),
    ("区大健康管理公司", "渝中区", "渝中区大健康管理公司", "company", "500103_大健康管理公司"),
    ("区供电公司", "渝中区", "渝中区供电公司", "company", "500103_供电公司"),
    ("平凉工业园区管委会", "平凉市", "平凉工业园区管委会", "government", "620800_平凉工业园区"),
    ("开发区财政局", "平凉市", "开发区财政局", "department", "620800_开发区财政局"),
    ("市数据管理中心", "蒙自市", "蒙自市数据管理中心", "department", "532503_数据管理中心"),
    ("人民银行红河州中心支行蒙自分行", "蒙自市", "人民银行红河州中心支行蒙自分行", "department",
     "532503_人民银行红河州中心支行蒙自分行"),
    ("区养老工作领导小组", "万州区", "万州区养老工作领导小组", "group", "500101_养老工作领导小组"),
    ("养老工作领导小组", "万州区", "万州区养老工作领导小组", "group", "500101_养老工作领导小组"),
    ("各镇乡街道", "万州区", "万州区各镇乡街道", "collective", "500101_各镇乡街道"),
    ("各县(市、区)人民政府", "平凉市", "平凉市各县(市、区)人民政府", "collective", "620800_各县市区人民政府"),
    ("各县市区人民政府", "平凉市", "平凉市各县市区人民政府", "collective", "620800_各县市区人民政府"),
    ("乡镇(街道)", "蒙自市", "蒙自市乡镇(街道)", "collective", "532503_乡镇街道"),
    ("有关部门", "蒙自市", "蒙自市有关部门", "collective", "532503_有关部门"),
    ("市级有关部门", "万州区", "重庆市市级有关部门", "collective", "500000_市级有关部门"),
    ("全市各级各部门", "蒙自市", "蒙自市全市各级各部门", "collective", "532503_全市各级各部门"),
    ("区县民政部门", "重庆市", "重庆市区县民政部门", "collective", "500000_区县民政部门"),
    ("有关县(市、区)", "平凉市", "平凉市有关县(市、区)", "collective", "620800_有关县市区"),
    ("平凉市各县区", "平凉市", "平凉市各县区", "collective", "620800_各县区"),
    ("崆峒区各街道", "平凉市", "崆峒区各街道", "collective", "620802_各街道"),
    ("所在地政府", "平凉市", "平凉市所在地政府", "collective", "620800_所在地政府"),
    ("用人单位", "平凉市", "平凉市用人单位", "collective", "620800_用人单位"),
    ("市中医医院", "平凉市", "平凉市中医医院", "hospital", "620800_中医医院"),
    ("省民政厅", "万州区", "省民政厅", "department", "500101_省民政厅"),
    ("县民政局", "平凉市", "县民政局", "department", "620800_县民政局"),
    ("鼓楼区民政局", "万州区", "鼓楼区民政局", "department", "500101_鼓楼区民政局"),
    ("鼓楼区民政局", "南京市", "鼓楼区民政局", "department", "320106_civil-affairs"),
    ("区民政局", "灯塔区", "灯塔区民政局", "department", "灯塔区_civil-affairs"),
    ("民政局", "灯塔区", "灯塔区民政局", "department", "灯塔区_civil-affairs"),
    ("渔网市灯塔区民政局", "灯塔区", "灯塔区民政局", "department", "灯塔区_civil-affairs"),
    ("市民政局", "灯塔区", "市民政局", "department", "灯塔区_市民政局"),
    ("岛海关", "灯塔区", "岛海关", "department", "灯塔区_岛海关"),
    ("各镇乡街道", "灯塔区", "灯塔区各镇乡街道", "collective", "灯塔区_各镇乡街道"),
    ("民政部", "灯塔区", "民政部", "department", "100000_civil-affairs"),
    ("区民政局", None, "区民政局", "department", "x_区民政局"),
    ("灯塔区民政局", None, "灯塔区民政局", "department", "灯塔区_civil-affairs"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "region", "label", "kind", "id_"), BODIES)
def test_a_body_is_named_with_its_region_and_known_by_what_it_is(
    name: str, region: str | None, label: str, kind: str, id_: str
) -> None:
    found = body(name, region)
    assert (found.label, found.kind.value, found.id, found.names) == (label, kind, id_, (name,))


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("各镇乡街道", "general-government"),
        ("各县(市、区)人民政府", "general-government"),
        ("各乡镇(街道)人民政府(办事处)", "general-government"),
        ("各区县民政局", "civil-affairs"),
        ("区县民政部门", "civil-affairs"),
        ("各有关部门和单位", None),
        ("全市各级各部门", None),
        ("养老机构", None),
    ],
)
def test_a_collective_body_has_the_function_that_its_members_share(name: str, function: str | None) -> None:
    assert (body(name, "平凉市").kind, body(name, "平凉市").function) == (OrganizationKind.COLLECTIVE, function)


def test_forms_of_one_bureau_are_one_organisation_with_the_longest_label() -> None:
    resolved = resolve(plan("市发改委", "市发展改革局", "市发展改革委", "发展改革部门", "市民政局", title="蒙自市方案"))
    development, civil = resolved.organizations
    assert development.names == ("市发改委", "市发展改革局", "市发展改革委", "发展改革部门")
    assert development.label == "蒙自市发展改革局"
    assert (civil.names, civil.label) == (("市民政局",), "蒙自市民政局")


@pytest.mark.parametrize(
    "names",
    [
        ("市民政局", "市社会福利指导中心", "市民政局养老服务中心"),
        ("市国土资源局", "市规划局", "市自然资源局"),
        ("市生态环境局", "市生态环境局蒙自分局"),
        ("市卫生健康局", "市疾控中心", "市爱卫办"),
        ("市供电公司", "市燃气公司", "市自来水公司"),
        ("市老龄办", "市卫生健康局", "市老龄工作领导小组办公室"),
        ("雨过铺街道", "文澜街道", "各乡镇(街道)"),
    ],
)
def test_parts_and_inner_offices_are_never_merged_into_a_bureau(names: tuple[str, ...]) -> None:
    resolved = resolve(plan(*names, title="蒙自市方案"))
    assert [organization.names for organization in resolved.organizations] == [(name,) for name in names]


def test_one_organisation_has_the_same_id_in_documents_of_different_regions() -> None:
    written = {"万州区": "区民政局", "重庆市": "万州区民政局", "平凉市": "重庆市万州区民政局", "灯塔区": "万州区民政局"}
    assert {body(name, region).id for region, name in written.items()} == {"500101_civil-affairs"}


def test_every_duty_of_tasks_indicators_and_projects_points_at_an_organisation_of_the_plan() -> None:
    extracted = replace(
        plan("区民政局", "各镇乡街道", title="重庆市万州区方案"),
        indicators=(Indicator(id="i", number="1", name="灯", evidence=NOWHERE, responsibilities=(duty("区医保局"),)),),
        projects=(
            Project(id="p", list="项目", number="1", name="塔", evidence=NOWHERE, responsibilities=(duty("区民政局"),)),
        ),
    )
    resolved = resolve(extracted)
    items = (*resolved.tasks, *resolved.indicators, *resolved.projects)
    named = [duty.organization for item in items for duty in item.responsibilities]
    assert named == ["500101_civil-affairs", "500101_各镇乡街道", "500101_medical-insurance", "500101_civil-affairs"]
    assert {organization.id for organization in resolved.organizations} == set(named)


def test_the_document_gets_its_region_the_one_above_it_and_the_chain() -> None:
    resolved = resolve(plan("民政部", title="重庆市万州区方案", region="万州"))
    info = resolved.document
    assert (info.region, info.region_code, info.parent_region) == ("万州区", "500101", "重庆市")
    assert [region.name for region in resolved.regions] == ["万州区", "重庆市", "中华人民共和国"]
    assert all(lower.parent == upper.code for lower, upper in pairwise(resolved.regions))


def test_a_province_has_no_parent_region() -> None:
    info = resolve(plan(title="甘肃省方案")).document
    assert (info.region_code, info.parent_region) == ("620000", None)


def test_regions_that_only_bodies_name_follow_the_chain() -> None:
    resolved = resolve(plan("涪陵区", "甘肃省民政厅", title="重庆市方案"))
    assert [region.name for region in resolved.regions] == ["重庆市", "中华人民共和国", "涪陵区", "甘肃省"]
    assert {body.region_code for body in resolved.organizations} <= {region.code for region in resolved.regions}


def test_a_region_that_is_unknown_or_ambiguous_stays_open() -> None:
    for region in ("灯塔区", "朝阳区"):
        resolved = resolve(plan("区民政局", region=region))
        assert (resolved.document.region, resolved.document.region_code, resolved.regions) == (region, None, ())
        assert resolved.organizations[0].id == f"{region}_civil-affairs"


@pytest.mark.parametrize("dated", [{"date_issued": date(2010, 5, 1)}, {"number": "巢政〔2010〕5号"}])
def test_the_date_of_a_document_decides_which_region_bore_the_name(dated: dict[str, object]) -> None:
    assert resolve(plan(title="巢湖市方案", **dated)).document.region_code == "341400"
    assert resolve(plan(title="巢湖市方案")).document.region_code == "340181"


def test_resolving_changes_nothing_but_what_it_adds_and_gives_the_same_again() -> None:
    extracted = plan("区民政局", "区财政局", title="重庆市万州区方案")
    resolved = resolve(extracted)
    assert extracted.organizations == ()
    assert resolve(resolved) == resolved == resolve(extracted)
    assert (
        replace(resolved, document=extracted.document, tasks=extracted.tasks, organizations=(), regions=()) == extracted
    )


def test_bodies_that_nothing_is_known_of_are_listed_with_how_often_they_are_named() -> None:
    plans = [
        plan("区灯塔局", "区民政局", "区人民医院", "灯塔农户", title="万州区方案"),
        resolve(plan("区灯塔局", "各镇乡街道", title="渝中区方案")),
    ]
    assert unknown_bodies(plans) == [("区灯塔局", 2), ("灯塔农户", 1)]


@given(st.text(max_size=16) | st.text(alphabet="省市区县州镇乡灯塔民政局委办公室()、和各有关万州重庆团", max_size=14))
def test_the_id_of_any_body_is_a_turtle_local_name_without_escapes(name: str) -> None:
    for region in ("万州区", "灯塔(新)区", None):
        subject = body(name, region).id
        turtle = f"@prefix b: <https://example.org/> . b:{subject} b:p b:{subject} ."
        [triple] = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
        assert triple.subject.value == f"https://example.org/{subject}"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("老年协会", OrganizationKind.ASSOCIATION),
        ("行业协会", OrganizationKind.COLLECTIVE),
        ("中国建设银行重庆分行", OrganizationKind.COMPANY),
        ("社区居委会", OrganizationKind.COLLECTIVE),
        ("县市场监管局", OrganizationKind.DEPARTMENT),
        ("全州县民政局", OrganizationKind.DEPARTMENT),
        ("养老模式", OrganizationKind.OTHER),
    ],
)
def test_the_shape_of_a_name_tells_its_kind(name: str, kind: OrganizationKind) -> None:
    assert shape_of(name) is kind
