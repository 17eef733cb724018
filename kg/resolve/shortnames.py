"""Give the short forms of a region's full name: 万州区 → 万州, 红河哈尼族彝族自治州 → 红河州 and 红河."""

from __future__ import annotations

import re

from kg.resolve.patterns import RANKS

_NATIONS_WITH_ZU = "苗|回|藏|彝|壮|侗|瑶|傣|白|怒|佤|水|京|黎|畲|满|羌|土|各"
_NATIONS = (
    "土家|布依|朝鲜|蒙古|哈尼|傈僳|景颇|独龙|拉祜|纳西|普米|仡佬|毛南|仫佬|达斡尔|锡伯|柯尔克孜|哈萨克|塔吉克|维吾尔|撒拉"
    "|保安|裕固|东乡|布朗|德昂|阿昌|基诺|门巴|珞巴|俄罗斯|乌孜别克|塔塔尔|鄂温克|鄂伦春"
)
_AUTONOMOUS = re.compile(rf"(?P<nations>(?:(?:{_NATIONS})族?|(?:{_NATIONS_WITH_ZU})族)+)自治(?P<rank>[州县旗])")
_AUTONOMOUS_REGION = re.compile(r"(?:壮族|回族|维吾尔)?自治区$")
_PLAIN_RANKS = ("特别行政区", "地区", "林区", "特区", "新区", "省", "市", "区", "县", "旗", "盟")


def ranked_forms(name: str) -> tuple[str, ...]:
    """Return the short forms that still name the rank, such as 红河州 or 景宁县."""
    autonomous = _split_autonomous(name)
    return () if autonomous is None else ("".join(autonomous),)


def bare_forms(name: str) -> tuple[str, ...]:
    """Return the short forms without a rank, such as 万州, 红河 or 内蒙古.

    A single character is no short form, nor is one that begins like the rank of another region (市中 of 市中区).
    """
    autonomous = _split_autonomous(name)
    if autonomous is not None:
        stem = autonomous[0]
    elif name.endswith("自治区"):
        stem = _AUTONOMOUS_REGION.sub("", name)
    else:
        stem = next((name.removesuffix(rank) for rank in _PLAIN_RANKS if name.endswith(rank)), "")
    return (stem,) if len(stem) > 1 and stem[0] not in RANKS else ()


def _split_autonomous(name: str) -> tuple[str, str] | None:
    """Split an autonomous prefecture, county or banner into stem and rank; one named only by its people keeps that."""
    match = _AUTONOMOUS.search(name) if "自治" in name else None
    if match is None or match.end() != len(name):
        return None
    stem = name[: match.start()]
    if not stem:
        people = re.match(_NATIONS, name)
        if people is None:
            return None
        stem = people[0]
    return stem, match["rank"]
