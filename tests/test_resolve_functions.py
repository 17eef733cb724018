"""The function of a body is told from its name in every region, and never from words that only look like a name."""

import re
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.assets import asset
from kg.errors import ResolveError
from kg.grammar import function_words
from kg.resolve import patterns
from kg.resolve.functions import FUNCTIONS, Prefix, clean_name, function_of, read_body, read_functions
from kg.resolve.kinds import SHAPES

SCHEME = asset("ontology", "functions.ttl")
CONCEPTS = {concept.notation: concept for concept in read_functions(SCHEME)}
SKOS = "http://www.w3.org/2004/02/skos/core#"
WHOLE = (
    patterns.BUREAU,
    patterns.ANY_BUREAU,
    patterns.OFFICE,
    patterns.INNER,
    patterns.BRANCH_END,
    patterns.LOCAL_BRANCH,
    patterns.GENERIC_STEM,
    patterns.MANAGED,
    patterns.LOCAL_BUREAU,
    patterns.SUB_BUREAU,
    patterns.UNIT,
    patterns.TOWNSHIP_ISSUER,
    patterns.TOWNSHIP_SEAT,
    patterns.TWO_SEATS,
    patterns.MINISTRY,
    patterns.UNKNOWN_PLACE,
    patterns.YOUTH_LEAGUE,
    patterns.TOWNSHIP,
    patterns.ZONE,
    patterns.LOCALS_ONLY,
    *SHAPES,
)
PARTS = tuple(value for value in vars(patterns).values() if isinstance(value, patterns.Pattern) and value not in WHOLE)

FUNCTION_WORDS = re.findall(r"[\u4e00-\u9fff]+", f"{function_words.SURE_WORDS}|{function_words.FIELD_WORDS}")

# Names of bodies from five real plans, and of ministries, provincial and county bodies, party bodies and branches.
NAMES = {
    "ageing": "全国老龄办 市老龄办 区老龄工作委员会办公室 老龄委",
    "agriculture": (
        "农业农村部 省农业农村厅 市农业农村委员会 县农牧局 自治区农牧厅 县农业农村和水利局 市畜牧兽医局 市农机局 "
        "省农业厅 市委农办 市农业农村局"
    ),
    "archives-history": "市档案局 市档案馆 市委党史研究室 市地方志办公室",
    "audit": "审计署 市审计局",
    "care-next-generation": "区关工委 市关心下一代工作委员会",
    "central-bank": (
        "人民银行 中国人民银行重庆市分行 人民银行万州中心支行 人行平凉市中心支行 人民银行红河州中心支行蒙自分行"
    ),
    "civil-affairs": (
        "民政部 省民政厅 自治区民政厅 民政部门 市民政局 县民政和社会事务局 万州第二社会福利院 灯塔区民政局 区民政局 "
        "市社会福利指导中心 区养老服务指导中心 渝中区社会福利院"
    ),
    "civil-aviation": "中国民航局 民航局",
    "civil-defence": "市人防办 市国动办 市人民防空办公室",
    "commerce": "商务部 省商务厅 市商务委 市商务局 市商务委员会 市口岸物流办 区商务委",
    "communications-administration": "省通信管理局 重庆市通信管理局",
    "court": "市法院 市中级人民法院 最高人民法院",
    "culture-tourism": (
        "文化和旅游部 省文化和旅游厅 市文化广电和旅游局 市文化广电旅游局 区文化旅游体育局 县文旅局 "
        "市文化广播电视和旅游局 市文广新局 县文体局 市旅游局 省文物局 区文化体育和旅游局 区文化旅游委 区文旅委"
    ),
    "customs": "海关总署 重庆海关 万州海关 昆明海关",
    "cyberspace": "市委网信办 中央网信办",
    "data-administration": (
        "国家数据局 市大数据局 省大数据发展管理局 市数据局 市数据资源管理局 区大数据发展局 区大数据局 市数据管理中心"
    ),
    "development-reform": (
        "国家发展改革委 国家发展和改革委员会 省发展改革委 四川省发展和改革委员会 发展改革部门 区发展改革委 区发改委 "
        "市发改委 市发展改革局 市发展改革委"
    ),
    "development-zone": "高新区管委会 平凉工业园区管委会 万州经开区 两江新区管委会 渝东新区",
    "disabled-federation": "中国残联 省残联 市残疾人联合会",
    "discipline-supervision": "市纪委监委 区纪委 中央纪委国家监委",
    "disease-control": "国家疾控局 区疾病预防控制中心",
    "drug-administration": "国家药监局 省药监局 省药品监督管理局",
    "earthquake": "中国地震局 省地震局 市防震减灾局",
    "ecology-environment": "生态环境部 省生态环境厅 市环保局 市生态环境局万州分局 万州区生态环境局 市环境保护局",
    "education": (
        "教育部 省教育厅 市教委 北京市教育委员会 县教育和体育局 区教体局 县教科局 县教育科技体育局 区教育局 教育部门 "
        "区教委 市教育局 市教育体育局"
    ),
    "emergency-management": "应急部 应急管理部 省应急管理厅 市安监局 市安全生产监督管理局 市安委办 市应急局",
    "energy": "国家能源局 省能源局",
    "ethnic-religious": "国家民委 省民宗委 市民族宗教局 县民族宗教事务局 市宗教局",
    "family-planning-association": "市计生协 市计划生育协会",
    "finance": "财政部 省财政厅 市财政局 财政金融局 区财政局",
    "financial-regulation": (
        "银保监会 重庆银保监局 平凉银保监分局 国家金融监督管理总局 金融监管总局 金融监管总局万州监管分局 "
        "国家金融监督管理总局平凉监管分局 重庆证监局 证监会 万州银保监分局"
    ),
    "fire-rescue": "市消防救援支队 区消防救援大队 国家消防救援局 省消防救援总队",
    "foreign-affairs": "省外办 市外事侨务办公室 外交部",
    "forestry": "国家林草局 国家林业和草原局 省林业局 市林业和园林局 市园林和林业局 县林业和草原局",
    "general-government": "区政府 县人民政府 涪陵区 恒合土家族乡 沙坪坝街道 大湾镇人民政府",
    "government-office": "市政府办公室 省政府办公厅 国务院办公厅 市府办 区人民政府办公室",
    "government-services": (
        "区行政审批局 市行政审批服务局 县政务服务中心 区政务服务管理办公室 市政务服务数据管理局 市营商环境建设局 "
        "市公共资源交易中心 区政务服务办"
    ),
    "grain-reserves": "国家粮食和物资储备局 省粮食局 市粮食和物资储备局",
    "health": (
        "国家卫生健康委 国家卫健委 卫生计生委 区卫生和计划生育委员会 市卫生局 县卫计局 省卫生健康委员会 旗卫生健康委 "
        "市人口计生委 县人口和计划生育局 市爱卫办 灯塔市渔网区卫健委 区卫生健康委 区卫健委 市卫健委 市卫生健康局 "
        "卫生健康局 市卫生健康委"
    ),
    "housing-construction": (
        "住房城乡建设部 省住房城乡建设厅 市住房城乡建设委 市住房和城乡建设局 市住房和城乡建设委员会 县住建局 "
        "市房管局 市住房保障和房产管理局 区建设和交通委员会 市城乡建委 区房屋管理局 区住房城乡建委 区住建委 市住建局"
    ),
    "housing-fund": "市住房公积金管理中心 市公积金中心",
    "human-resources": (
        "人力资源社会保障部 省人力资源社会保障厅 省人力资源和社会保障厅 区人力社保局 市人社局 市人力资源局 "
        "市就业服务中心 市社会保险事业局 区人社局 市人力资源和社会保障局"
    ),
    "immigration": "国家移民管理局",
    "industry-commerce-federation": "市工商联",
    "industry-information": (
        "工业和信息化部 省经济和信息化厅 上海市经济信息化委 市经信局 县工业和信息化局 县科技和工业信息化局 市工信局 "
        "县工业商务和信息化局 县经济贸易和信息化局 市中小企业局 国家国防科工局 区经济信息委 区经信委 "
        "市工业商务和信息化局 市工业和信息化局"
    ),
    "institutional-staffing": "县委编办 中央编办 市委编委办公室",
    "intellectual-property": "国家知识产权局 省知识产权局",
    "investment-promotion": "市招商投资局 市投资促进局 县招商局 市经济合作局 区招商局",
    "justice": "司法部 省司法厅 市司法局 市政府法制办",
    "law-society": "省法学会",
    "literary-federation": "省文联",
    "local-finance": "市金融监管局 省地方金融监管局 市金融工作局 市政府金融办 区金融服务中心 区金融办",
    "maritime-safety": "重庆海事局",
    "market-regulation": (
        "国家市场监管总局 市场监管总局 省市场监管局 市市场监督管理局 市场监管部门 市工商局 市质监局 市食品药品监管局 "
        "市食安办 区市场监管局 市市场监管局"
    ),
    "medical-insurance": "国家医保局 省医疗保障局 市医疗保障事务中心 区医保局",
    "meteorology": "中国气象局 市气象局",
    "military-affairs": "军分区 县人武部 区武装部",
    "mine-safety": "国家矿山安监局",
    "natural-resources": (
        "自然资源部 省自然资源厅 市自然资源和规划局 市规划和自然资源局 北京市规划自然资源委 区规划资源局 "
        "市国土资源局 市规划局 市资源规划局 县自然资源局 自然资源部门 区规划自然资源局 区规资局 市自然资源局 "
        "市规划自然资源局"
    ),
    "offices-management": "国管局 国家机关事务管理局 省机关事务局 市机关事务服务中心 市机关事务局",
    "overseas-chinese-federation": "市侨联",
    "party-committee": "区委",
    "party-office": "市委办公室 区委办",
    "party-organization": "中央组织部 中组部 市委组织部",
    "party-school": "市委党校 区委党校 中央党校",
    "people-congress": "市人大常委会 市人大社会建设委",
    "petitions": "市信访局 国家信访局 市信访办",
    "policy-research": "市委政研室 市委改革办 市政府研究室",
    "political-consultation": "市政协",
    "political-legal": "省委政法委 中央政法委",
    "postal-administration": "国家邮政局 市邮政管理局 平凉市邮政管理局",
    "procuratorate": "区检察院 最高人民检察院",
    "public-security": "公安部 省公安厅 市公安局 市公安局交警支队 县公安局 万州区公安分局 公安机关",
    "public-utilities": "国网平凉供电公司 区供电局 市自来水公司 中国移动平凉分公司",
    "publicity": "区委宣传部 中央宣传部 市文明办 中央文明办 内蒙古自治区党委宣传部",
    "railway": "国家铁路局 成都铁路局",
    "red-cross": "市红十字会",
    "resettlement": "市移民局",
    "rural-revitalization": "国家乡村振兴局 省乡村振兴局 县扶贫办 国务院扶贫办 市扶贫开发办公室 市乡村振兴局",
    "science-association": "区科协 中国科协",
    "science-technology": "科技部 省科学技术厅 市科委 市科学技术委员会 区科技和信息化局 区科技局",
    "secrecy": "市保密局",
    "social-science-federation": "市社科联",
    "society-work": "市委社会工作部 中央社会工作部",
    "sports": "体育总局 国家体育总局 省体育局",
    "state-assets": "国务院国资委 市国有资产监督管理委员会 区国资局 区国资委 市国资委",
    "state-security": "国安局 市国家安全局",
    "statistics": "国家统计局 省统计局",
    "supply-marketing": "市供销社 全国供销合作总社 县供销联社",
    "survey-team": "国家统计局万州调查队 市调查队",
    "taiwan-affairs": "市委台办 市台办",
    "taxation": "税务总局 国家税务总局 国家税务总局平凉市税务局 市地税局 市国税局 区税务局 万州区税务局 市税务局",
    "tobacco": "市烟草专卖局 平凉市烟草公司",
    "trade-promotion": "市贸促会",
    "trade-union": "全国总工会 市总工会",
    "traditional-medicine": "市中医药管理局 国家中医药局",
    "transport": "交通运输部 省交通运输厅 市交通委 市交通局 县交通运输局 市公路局",
    "united-front": "县委统战部",
    "urban-management": (
        "市城市管理局 市城市管理委 市城管执法局 区城市管理和综合执法局 县综合行政执法局 市市政园林局 市园林局 "
        "市绿化市容局 区城管局"
    ),
    "veteran-cadres": "市委老干部局",
    "veterans": "退役军人部 退役军人事务部 县退役军人事务局 市双拥办",
    "water": "水利部 省水利厅 市水务局 县水利局 省水利和湖泊局 市河长办",
    "womens-federation": "全国妇联 市妇联 市妇儿工委办",
    "youth-league": "共青团中央 团市委 共青团万州区委 共青团重庆市委 团县委",
}
NO_FUNCTION = (
    "市委、市政府督查室 区人民医院 县中医院 乡镇卫生院 社区卫生服务中心 市妇幼保健院 市第一小学 红河学院 区国资公司 "
    "区大健康管理公司 中国建设银行重庆分行 农业银行 交通银行 市民政服务中心 区社区教育中心 街道养老服务中心 "
    "市场服务中心 有关部门 各有关部门和单位 全市各级各部门 政府部门 居委会 业委会 社区居委会 养老机构 行业协会 "
    "区养老服务协会 养老服务工作领导小组 老年协会 老年大学 项目业主 物业公司 招商银行 金融机构 区域合作中心 "
    "中医药大学 红十字会医院 工商银行 农业大学 灯塔博士 市老龄协会 城管学院"
)


def labels(kind: str) -> list[tuple[str, str]]:
    return [(name, notation) for notation, concept in CONCEPTS.items() for name in sorted(concept.names[kind])]


@pytest.mark.parametrize(("name", "function"), [(name, key) for key, names in NAMES.items() for name in names.split()])
def test_a_name_has_the_function_that_an_official_would_give_it(name: str, function: str) -> None:
    assert function_of(name) == function


@pytest.mark.parametrize("name", NO_FUNCTION.split())
def test_a_name_that_only_looks_like_one_has_no_function(name: str) -> None:
    assert function_of(name) is None


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("公安", "public-security"),
        ("市财政", "finance"),
        ("渔业", "agriculture"),
        ("水行政", "water"),
    ],
)
def test_a_bare_function_has_the_function_of_its_department(name: str, function: str) -> None:
    assert function_of(name) == function


@pytest.mark.parametrize("name", [word for word in FUNCTION_WORDS if len(word) > 1])
def test_every_word_that_lists_of_functions_hold_has_a_function(name: str) -> None:
    assert function_of(name)


def test_the_table_covers_every_function_of_the_scheme() -> None:
    assert set(NAMES) == set(CONCEPTS)
    assert sum(len(names.split()) for names in NAMES.values()) > 400


@pytest.mark.parametrize(
    ("name", "prefix", "core", "is_plain"),
    [
        ("区民政局", Prefix.RANK, "民政局", True),
        ("万州区民政局", Prefix.PLACE, "民政局", True),
        ("重庆市万州区民政局", Prefix.PLACE, "民政局", True),
        ("平凉市场监管局", Prefix.PLACE, "市场监管局", True),
        ("灯塔区民政局", Prefix.UNKNOWN_PLACE, "民政局", True),
        ("国家发展改革委", Prefix.COUNTRY, "发展改革委", True),
        ("国家税务总局重庆市万州区税务局", Prefix.CENTRAL, "税务局", True),
        ("市委老干部局", Prefix.RANK, "委老干部局", True),
        ("卫生健康局", Prefix.NONE, "卫生健康局", True),
        ("区卫健委(疾控局)", Prefix.RANK, "卫健委(疾控局)", True),
        ("市生态环境局蒙自分局", Prefix.RANK, "生态环境局蒙自分局", False),
        ("万州银保监分局", Prefix.PLACE, "银保监分局", False),
        ("市国土资源局", Prefix.RANK, "国土资源局", False),
        ("岛海关", Prefix.NONE, "岛海关", False),
        ("区国资公司", Prefix.RANK, "国资公司", False),
        ("市场服务中心", Prefix.NONE, "市场服务中心", False),
        ("重庆大学附属三峡医院", Prefix.PLACE, "大学附属三峡医院", False),
    ],
)
def test_a_name_is_read_into_what_stands_before_its_core_and_the_core(
    name: str, prefix: Prefix, core: str, is_plain: bool
) -> None:
    reading = read_body(name)
    assert (reading.prefix, reading.core, reading.is_plain) == (prefix, core, is_plain)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("教育体育局", "education"),
        ("教育科技和体育局", "education"),
        ("农业农村和水利局", "agriculture"),
        ("住房和城乡建设交通局", "housing-construction"),
        ("文化旅游体育局", "culture-tourism"),
        ("应急管理和消防局", "emergency-management"),
        ("组织宣传部", "party-organization"),
    ],
)
def test_a_combined_bureau_has_the_function_that_it_names_first(name: str, function: str) -> None:
    assert function_of(f"区{name}") == function


@pytest.mark.parametrize("prefix", ["", "区", "万州区", "灯塔区"])
def test_an_alternative_label_is_the_plain_bureau_of_its_function(prefix: str) -> None:
    readings = [(name, notation, read_body(prefix + name)) for name, notation in labels("altLabel")]
    assert len(readings) > 500
    assert [name for name, notation, r in readings if (r.function, r.is_plain) != (notation, True)] == []


@pytest.mark.parametrize("prefix", ["", "市", "平凉市"])
def test_a_part_label_has_the_function_and_is_not_the_plain_bureau(prefix: str) -> None:
    readings = [(name, notation, read_body(prefix + name)) for name, notation in labels("partLabel")]
    assert len(readings) > 500
    assert [name for name, notation, r in readings if (r.function, r.is_plain) != (notation, False)] == []


def test_a_hidden_label_has_the_function() -> None:
    found = [
        (name, notation, function_of(name) or function_of(f"区{name}")) for name, notation in labels("hiddenLabel")
    ]
    assert [name for name, notation, function in found if function != notation] == []


def test_a_branch_label_is_read_after_a_place_without_its_rank() -> None:
    found = [(name, notation, function_of(f"灯塔{name}")) for name, notation in labels("branchLabel")]
    assert [name for name, notation, function in found if function != notation] == []


@pytest.mark.parametrize("prefix", ["", "区", "万州区"])
def test_a_not_label_matches_nothing(prefix: str) -> None:
    assert [name for name, _ in labels("notLabel") if function_of(prefix + name)] == []


def test_no_label_belongs_to_two_functions_or_is_both_a_name_and_none() -> None:
    counts: Counter[str] = Counter()
    for concept in CONCEPTS.values():
        names = [concept.names[kind] for kind in ("altLabel", "partLabel", "hiddenLabel", "notLabel")]
        assert sum(map(len, names)) == len(frozenset().union(*names)), concept.notation
        counts.update(frozenset().union(*names[:3]))
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_concept_has_a_label_and_a_definition_in_both_languages_and_its_local_name_as_notation() -> None:
    said: dict[tuple[str, str], list[ox.Literal]] = {}
    for quad in ox.parse(path=SCHEME, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.Literal):
            said.setdefault((quad.subject.value, quad.predicate.value.removeprefix(SKOS)), []).append(quad.object)
    subjects = {subject for subject, predicate in said if predicate == "notation"}
    assert len(subjects) == len(CONCEPTS) + len({concept.group for concept in CONCEPTS.values()})
    for subject in subjects:
        assert [value.value for value in said[subject, "notation"]] == [subject.removeprefix(FUNCTIONS)]
        for predicate in ("prefLabel", "definition"):
            assert sorted(str(value.language) for value in said[subject, predicate]) == ["en", "zh"], subject


def test_every_function_stands_in_one_of_the_groups() -> None:
    assert {concept.group for concept in CONCEPTS.values()} == {
        "party-affairs",
        "public-institutions",
        "general-administration",
        "economy",
        "social-affairs",
        "land-and-construction",
        "safety-and-law",
        "mass-organizations",
        "central-branches",
        "utilities",
    }


@pytest.mark.parametrize("pattern", WHOLE, ids=lambda pattern: pattern.name)
def test_a_pattern_of_whole_names_matches_its_examples(pattern: patterns.Pattern) -> None:
    assert all(pattern.regex.fullmatch(example) for example in pattern.matches)
    assert pattern.rejects
    assert not any(pattern.regex.fullmatch(example) for example in pattern.rejects)


@pytest.mark.parametrize("pattern", PARTS, ids=lambda pattern: pattern.name)
def test_a_pattern_of_parts_of_names_matches_its_examples(pattern: patterns.Pattern) -> None:
    assert all(pattern.first(example) for example in pattern.matches)
    assert pattern.rejects
    assert not any(pattern.first(example) for example in pattern.rejects)


@given(st.text(alphabet="省市区县州镇乡灯塔民政卫生健康局委厅办公室中心()、和各有关部门税务海关万州重庆 ", max_size=14))
def test_any_text_is_read_and_loses_nothing_but_white_space(text: str) -> None:
    name = clean_name(text)
    reading = read_body(name)
    assert reading.name == name
    assert name.startswith(reading.before)
    assert name.endswith(reading.core)
    assert function_of(text) is None or function_of(text) in CONCEPTS


def test_a_scheme_that_is_no_turtle_is_an_error_that_names_the_file(tmp_path) -> None:
    broken = tmp_path / "functions.ttl"
    broken.write_text("func:x a skos:Concept", encoding="utf-8")
    with pytest.raises(ResolveError, match=r"functions\.ttl"):
        read_functions(broken)
