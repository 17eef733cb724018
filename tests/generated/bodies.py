"""The bodies of a place: its departments by the real words of the function scheme, branches, groups, companies and collective bodies."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from rdflib import Graph
from rdflib.namespace import SKOS

from kg.assets import asset

from .pick import Pick
from .places import Place

_NATION = (
    "教育部", "民政部", "财政部", "国家发展改革委", "国家卫生健康委", "人力资源社会保障部", "住房城乡建设部", "自然资源部",
    "交通运输部", "农业农村部", "文化和旅游部", "市场监管总局", "海关总署", "税务总局", "国家医保局", "国家药监局", "国家疾控局",
    "中央宣传部", "中央网信办", "全国总工会", "共青团中央", "全国妇联", "中国残联", "国务院国资委", "中国人民银行", "体育总局",
    "国家民委", "公安部", "水利部", "生态环境部", "应急管理部", "工业和信息化部", "国家数据局", "国家能源局",
)  # fmt: skip
_TOWN = (
    "应急办",
    "党政办",
    "城管办",
    "民政办",
    "综合执法队",
    "便民服务中心",
    "农业服务中心",
    "派出所",
    "司法所",
    "财政所",
    "社区建设办",
)
_OTHERS = ("国家税务总局", "全国", "中国", "国家", "总局", "总署", "总行", "中央")
_NO_LABEL = re.compile(
    r"^(?:委$|人民政府|政府$|团.委|行政公署|行署|共青团|工委$|党工委|人大|人民政协|人民法院|人民检察院)|总局|署$|^国家|^中|、|省$"
)
_KINDS = {"party": "委", "mass": "", "line": ""}
_WORK = ("灯塔", "渔网", "风筝", "码头", "航标")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """Give the names of the function scheme by group: party bodies, mass organisations, branches of central bodies, all others."""
    graph = Graph().parse(asset("ontology", "functions.ttl"))
    found: dict[str, set[str]] = defaultdict(set)
    for concept, above in graph.subject_objects(SKOS.broader):
        group = str(above).rsplit("/", 1)[-1]
        for label in (*graph.objects(concept, SKOS.altLabel), *graph.objects(concept, SKOS.prefLabel)):
            name = str(label)
            if label.language == "zh" and not _NO_LABEL.search(name):
                found[group].add(name)
    return {group: tuple(sorted(names)) for group, names in found.items()}


@cache
def _departments(level: str) -> tuple[str, ...]:
    ends = {
        "province": ("厅", "局", "委", "办"),
        "city": ("局", "委", "办", "办公室", "中心"),
        "county": ("局", "委", "办", "中心"),
    }[level]
    groups = ("general-administration", "economy", "social-affairs", "land-and-construction", "safety-and-law")
    names = sorted({name for group in groups for name in _labels()[group]})
    with_hall = {name[:-1] for name in names if name.endswith("厅")}
    return tuple(
        name
        for name in names
        if name.endswith(ends)
        and len(name) > 2
        and not (level == "province" and name.endswith("局") and name[:-1] in with_hall)
    )


@cache
def _party() -> tuple[str, ...]:
    return tuple(
        name
        for name in _labels()["party-affairs"]
        if name.endswith(("部", "办", "室", "局")) and not name.startswith(("党委", "委"))
    )


_MASS = (
    "妇联",
    "残联",
    "科协",
    "红十字会",
    "工商联",
    "侨联",
    "文联",
    "总工会",
    "社科联",
    "关工委",
    "计生协",
    "法学会",
    "贸促会",
)
_LINE = ("税务局", "气象局", "邮政管理局", "烟草专卖局", "消防救援支队", "消防救援大队", "海事局")


def department(pick: Pick, place: Place) -> str:
    """Draw one body that bears duties alone: mostly a department, sometimes one of each other kind."""
    if place.level == "nation":
        return pick.one(_NATION)
    if place.level == "town":
        return place.prefix + pick.one(_TOWN)
    kind = pick.number(0, 15)
    if kind <= 9:
        prefix = place.name if pick.chance(8) else place.prefix
        return prefix + pick.one(_departments(place.level))
    return _ODD[kind - 10](pick, place)


def _of_party(pick: Pick, place: Place) -> str:
    return f"{place.prefix}委{pick.one(_party())}"


def _mass(pick: Pick, place: Place) -> str:
    return f"团{place.prefix}委" if pick.chance(4) else place.prefix + pick.one(_MASS)


def _branch(pick: Pick, place: Place) -> str:
    forms = (
        f"{place.prefix}税务局",
        f"{place.stem}海关",
        f"{place.prefix}{pick.one(_LINE)}",
        f"国家税务总局{place.name}税务局",
        f"人行{place.stem}分行",
        f"{place.stem}银保监分局",
    )
    return pick.one(forms)


def _group(pick: Pick, place: Place) -> str:
    forms = ("{}工作领导小组办公室", "{}专班", "{}工作联席会议办公室", "{}指挥部", "{}工作专班")
    return place.prefix + pick.one(forms).format(pick.one(_WORK))


def _company(pick: Pick, place: Place) -> str:
    forms = (
        f"{place.prefix}城投公司",
        f"{place.stem}港务集团",
        f"国网{place.name}供电公司",
        f"{place.prefix}航标投资有限公司",
    )
    return pick.one(forms)


def _zone(pick: Pick, place: Place) -> str:
    return place.stem + pick.one(("高新区管委会", "经开区管委会", "工业园区管委会", "旅游度假区管委会"))


_ODD = (_of_party, _mass, _branch, _group, _company, _zone)


def departments(pick: Pick, place: Place, low: int = 1, high: int = 3) -> list[str]:
    """Draw different bodies."""
    names: list[str] = []
    for _ in range(pick.number(low, high)):
        name = department(pick, place)
        if name not in names:
            names.append(name)
    return names


def collective(pick: Pick, place: Place) -> str:
    """Draw a collective body of the level below."""
    return pick.one(place.collectives)


def office(pick: Pick, place: Place) -> str:
    """Draw a plain department, whose name ends in a word of office."""
    if place.level in ("nation", "town"):
        return department(pick, place)
    return place.prefix + pick.one(_departments(place.level))
