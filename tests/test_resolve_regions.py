"""Regions are found by code, by name and by the words of a document, and are never guessed."""

import subprocess
import sys

import pytest

from kg.assets import asset
from kg.errors import ResolveError
from kg.records import Region, RegionLevel
from kg.resolve.regions import COUNTRY, Regions, load_regions, read_regions
from kg.resolve.shortnames import bare_forms, ranked_forms

TABLE = asset("data", "regions.csv")

PLACES = [
    ("100000", "中华人民共和国", None),
    ("110000", "北京市", "中华人民共和国"),
    ("110105", "朝阳区", "北京市"),
    ("120119", "蓟州区", "天津市"),
    ("130100", "石家庄市", "河北省"),
    ("150000", "内蒙古自治区", "中华人民共和国"),
    ("150724", "鄂温克族自治旗", "呼伦贝尔市"),
    ("152200", "兴安盟", "内蒙古自治区"),
    ("210281", "瓦房店市", "大连市"),
    ("222400", "延边朝鲜族自治州", "吉林省"),
    ("232700", "大兴安岭地区", "黑龙江省"),
    ("310115", "浦东新区", "上海市"),
    ("320106", "鼓楼区", "南京市"),
    ("330114", "钱塘区", "杭州市"),
    ("340181", "巢湖市", "合肥市"),
    ("370116", "莱芜区", "济南市"),
    ("419001", "济源市", "河南省"),
    ("422801", "恩施市", "恩施土家族苗族自治州"),
    ("429004", "仙桃市", "湖北省"),
    ("429021", "神农架林区", "湖北省"),
    ("441900", "东莞市", "广东省"),
    ("450000", "广西壮族自治区", "中华人民共和国"),
    ("460400", "儋州市", "海南省"),
    ("469002", "琼海市", "海南省"),
    ("500000", "重庆市", "中华人民共和国"),
    ("500101", "万州区", "重庆市"),
    ("500103", "渝中区", "重庆市"),
    ("500157", "两江新区", "重庆市"),
    ("500240", "石柱土家族自治县", "重庆市"),
    ("520203", "六枝特区", "六盘水市"),
    ("532503", "蒙自市", "红河哈尼族彝族自治州"),
    ("620800", "平凉市", "甘肃省"),
    ("620802", "崆峒区", "平凉市"),
    ("659001", "石河子市", "新疆维吾尔自治区"),
    ("710000", "台湾省", "中华人民共和国"),
    ("810000", "香港特别行政区", "中华人民共和国"),
]


@pytest.mark.parametrize(("code", "name", "parent"), PLACES)
def test_the_table_knows_the_region_of_a_code_and_the_one_above_it(code: str, name: str, parent: str | None) -> None:
    regions = load_regions()
    assert regions.at(code).name == name
    above = regions.chain(code)[1:]
    assert (above[0].name if above else None) == parent


def test_every_parent_in_the_table_is_a_region_and_every_chain_ends_in_the_country() -> None:
    regions = load_regions()
    codes = {region.code for name in ("朝阳区", "万州", "西湖", "蒙自", "红河") for region in regions.named(name)}
    assert len(codes) > 5
    assert {regions.chain(code)[-1].code for code in codes} == {COUNTRY}
    for region, since, until in read_regions(TABLE):
        assert region.code == COUNTRY or regions.at(region.parent or "").level is not RegionLevel.COUNTY
        assert until is None or since <= until


def test_placeholders_of_the_standard_are_no_regions() -> None:
    names = {region.name for region, _, _ in read_regions(TABLE)}
    assert names.isdisjoint({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("万州区", ["500101"]),
        ("万州", ["500101"]),
        ("红河州", ["532500"]),
        ("红河", ["532500", "532529"]),
        ("内蒙古", ["150000"]),
        ("广西", ["450000"]),
        ("延边州", ["222400"]),
        ("恩施州", ["422800"]),
        ("石柱县", ["500240"]),
        ("三都", ["522732"]),
        ("东乡", ["361003", "622926", "361029"]),
        ("浦东", ["310115"]),
        ("香港", ["810000"]),
        ("朝阳区", ["110105", "220104"]),
        ("襄樊市", ["420600"]),
        ("铜梁县", ["500224"]),
        ("中国", ["100000"]),
        ("灯塔区", []),
    ],
)
def test_a_name_finds_every_region_that_bears_it(name: str, codes: list[str]) -> None:
    assert [region.code for region in load_regions().named(name)] == codes


def test_a_name_can_be_looked_for_within_a_region() -> None:
    assert [region.code for region in load_regions().named("朝阳区", within="110000")] == ["110105"]


CLUES = [
    (["重庆市万州区人民政府办公室"], "500101"),
    (["蒙自市人民政府关于印发蒙自市整体解决方案的通知"], "532503"),
    (["平凉市“十四五”实施方案"], "620800"),
    (["万州区", "重庆市万州区方案"], "500101"),
    (["万州"], "500101"),
    (["重庆万州养老方案"], "500101"),
    (["万州区恒合土家族乡人民政府"], "500101"),
    (["湖北恩施州某方案"], "422800"),
    (["吉林长春市方案"], "220100"),
    (["内蒙古自治区呼和浩特市新城区"], "150102"),
    (["广西壮族自治区人民政府"], "450000"),
    (["浙江省杭州市下城区"], "330103"),
    (["甘肃省人民政府关于支持平凉市的意见"], "620000"),
    (["关于印发甘肃省规划的通知"], "620000"),
    (["国务院关于支持贵州的意见"], COUNTRY),
    (["国务院办公厅"], COUNTRY),
    (["国家发展改革委"], COUNTRY),
    (["民政部关于印发某办法的通知"], COUNTRY),
    (["朝阳区", "北京市朝阳区人民政府"], "110105"),
    (["朝阳区养老方案", "北京市民政局"], "110105"),
    (["西湖区", "杭州市"], "330106"),
    (["江苏省南京市鼓楼区人民政府"], "320106"),
    (["鼓楼区", "南京市", "江苏省"], "320106"),
    (["江北区", "重庆市江北区人民政府"], "500105"),
    ([None, "平凉市人民政府"], "620800"),
]


@pytest.mark.parametrize(("texts", "code"), CLUES)
def test_a_document_is_placed_by_its_clues(texts: list[str | None], code: str) -> None:
    region = load_regions().locate(*texts)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [None],
        ["省发展改革委"],
        ["市民政局"],
        ["朝阳区"],
        ["鼓楼区"],
        ["城关区"],
        ["西湖区"],
        ["江北区"],
        ["灯塔区人民政府"],
        ["民政部门"],
        ["关于加强平安建设的意见"],
        ["推进中心城区建设"],
        ["各市和县区"],
        ["全州县市区"],
        ["重庆市万州区、云阳县联合方案"],
    ],
)
def test_a_document_stays_without_a_region_where_the_clues_do_not_settle_it(texts: list[str | None]) -> None:
    assert load_regions().locate(*texts) is None


def test_the_year_tells_apart_regions_that_bore_a_name_one_after_the_other() -> None:
    regions = load_regions()
    found = {year: regions.locate("巢湖市", year=year) for year in (None, 2010, 2015)}
    assert {year: region.code for year, region in found.items() if region} == {
        None: "340181",
        2010: "341400",
        2015: "340181",
    }
    assert regions.locate("江北区", year=2022) is None


def test_places_at_the_start_of_a_name_are_read_one_after_another() -> None:
    regions = load_regions()
    assert [(p.end, p.region and p.region.code) for p in regions.leading("重庆市万州区民政局")] == [
        (3, "500000"),
        (6, "500101"),
    ]
    assert [(p.end, p.ranked) for p in regions.leading("万州银保监分局")] == [(2, False)]
    assert regions.leading("红河学院")[0].region is None
    assert regions.leading("红河学院", near=["532503", "532500"])[0].region == regions.at("532500")
    assert regions.leading("灯塔区民政局") == ()
    assert regions.leading("民政局") == ()


@pytest.mark.parametrize(
    ("name", "ranked", "bare"),
    [
        ("万州区", (), ("万州",)),
        ("红河哈尼族彝族自治州", ("红河州",), ("红河",)),
        ("博尔塔拉蒙古自治州", ("博尔塔拉州",), ("博尔塔拉",)),
        ("积石山保安族东乡族撒拉族自治县", ("积石山县",), ("积石山",)),
        ("东乡族自治县", ("东乡县",), ("东乡",)),
        ("龙胜各族自治县", ("龙胜县",), ("龙胜",)),
        ("鄂伦春自治旗", ("鄂伦春旗",), ("鄂伦春",)),
        ("新疆维吾尔自治区", (), ("新疆",)),
        ("阿里地区", (), ("阿里",)),
        ("神农架林区", (), ("神农架",)),
        ("赵县", (), ()),
    ],
)
def test_short_forms_follow_from_the_full_name(name: str, ranked: tuple[str, ...], bare: tuple[str, ...]) -> None:
    assert ranked_forms(name) == ranked
    assert bare_forms(name) == bare


def test_an_unknown_code_is_an_error_that_names_it() -> None:
    with pytest.raises(ResolveError, match="'999999'"):
        load_regions().at("999999")


def test_a_table_row_that_does_not_hold_a_region_is_an_error_that_names_its_line(tmp_path) -> None:
    table = tmp_path / "regions.csv"
    table.write_text("code,name,level,parent,since,until\n1,灯塔区,island,2,2009,\n", encoding="utf-8")
    with pytest.raises(ResolveError, match=r"regions\.csv, line 2.*island"):
        read_regions(table)


def test_a_table_of_invented_regions_works_like_the_bundled_one() -> None:
    country = Region(code=COUNTRY, name="中华人民共和国", level=RegionLevel.COUNTRY)
    province = Region(code="990000", name="渔网省", level=RegionLevel.PROVINCE, parent=COUNTRY)
    city = Region(code="990100", name="灯塔市", level=RegionLevel.PREFECTURE, parent="990000")
    regions = Regions([(country, 2009, None), (province, 2009, None), (city, 2009, None)])
    assert regions.locate("渔网省灯塔市人民政府") == city
    assert regions.locate("渔网灯塔方案") == city
    assert [region.name for region in regions.chain("990100")] == ["灯塔市", "渔网省", "中华人民共和国"]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = (
        "from kg.resolve.functions import load_functions\n"
        "from kg.resolve.organizations import load_regions\n"
        "assert load_regions.cache_info().currsize == load_functions.cache_info().currsize == 0"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
