"""Invented places of every level, with the words by which their bodies name themselves."""

from __future__ import annotations

from dataclasses import dataclass

from .pick import Pick

_SYLLABLES = (
    "贝壳", "雾灯", "浮标", "潮汐", "珊瑚", "帆影", "螺号", "礁石", "海星", "沙鸥", "鲸浪", "缆桩", "渔火", "云帆", "蓝湾", "银滩",
)  # fmt: skip
_LONGER = ("贝壳滩", "雾灯湾", "潮汐港", "珊瑚礁", "帆影洲头", "沙鸥渡")
_PROVINCES = ("海雾", "云帆", "螺湾", "鲸浪")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region: its full name, the innermost one, the one-character prefix of its bodies and its collective bodies."""

    level: str
    full: str
    name: str
    prefix: str
    stem: str
    collectives: tuple[str, ...]
    above: str = ""


_COLLECTIVES = {
    "nation": ("各省、自治区、直辖市人民政府", "各省级人民政府", "各地区"),
    "province": ("各市人民政府", "各市(州)人民政府", "各市、县人民政府", "各市州人民政府", "各市、县(区)人民政府"),
    "city": ("各县(市、区)人民政府", "各县市区人民政府", "各区县人民政府", "各县区政府", "各区县(自治县)人民政府", "各县(市、区)政府"),
    "county": ("各镇乡街道", "各码头街道办事处", "各乡镇(街道)", "各镇街", "各乡镇人民政府", "各乡镇人民政府(街道办事处)", "各街道办事处"),
    "town": ("各社区居委会", "各村(社区)", "各社区", "各村委会"),
}  # fmt: skip


def draw_place(pick: Pick, level: str) -> Place:
    """Draw a place of a level."""
    stem = pick.one(_SYLLABLES + _LONGER)
    collectives = _COLLECTIVES[level]
    if level == "nation":
        return Place(level=level, full="", name="", prefix="", stem=stem, collectives=collectives)
    province = pick.one(_PROVINCES) + "省"
    if level == "province":
        return Place(
            level=level, full=province, name=province, prefix="省", stem=province[:-1], collectives=collectives
        )
    if level == "city":
        prefix, suffix = pick.one((("市", "市"), ("州", "自治州"), ("盟", "盟")))
        return _below(pick, level, stem + suffix, prefix, stem, province)
    city = pick.one([s for s in _SYLLABLES if s != stem]) + "市"
    prefix, suffix = pick.one((("区", "区"), ("县", "县"), ("县", "自治县"), ("旗", "旗"), ("市", "市")))
    county = stem + suffix
    if level == "county":
        return _below(pick, level, county, prefix, stem, city)
    prefix, suffix = pick.one((("街道", "街道"), ("镇", "镇"), ("乡", "乡")))
    town = pick.one(("码头", "渡口", "灯塔", "堤岸")) + suffix
    return Place(
        level=level, full=county + town, name=county, prefix=prefix, stem=town, collectives=collectives, above=county
    )


def _below(pick: Pick, level: str, name: str, prefix: str, stem: str, above: str) -> Place:
    full = above + name if pick.chance(3) else name
    return Place(
        level=level, full=full, name=name, prefix=prefix, stem=stem, collectives=_COLLECTIVES[level], above=above
    )
