"""Name what a promise counts."""

from __future__ import annotations

import re

from kg.extract.comparison import comparison
from kg.grammar.numbers import Quantity

_METRIC_LEAD = re.compile(
    r"^(?:[一二两三四五六七八九十\d]年(?:时间内?|内)|[、和并且]|与(?!会)|及(?!格|时)|以及|其中|同时|力争|争取|确保|实现(?!率)|努力|达到|到(?!位|期|户)|至|使(?!用)|将(?!军)|每年|每月|全[区市县省州国旗](?!人口)|计划"
    r"|重点(?!人群|群体|对象|企业|项目|行业|领域|区域|地区|[\u4e00-\u9fff]{1,5}率)|不断|至少|各(?!类|级|项)|通过|的|约(?!束)|近(?!视|海|郊)|在(?!校|建|岗|册|园)|对.{2,30}给予|按照"
    r"|新增|新开|新建(?!和)|建成(?!区)|建设|完成|培育|打造|引进|组织|开展|实施|支持(?!率)|提高(?!率)|提升(?!率)|推动|推进|(?:及?以上|以下|以内|左右)的?)+"
)
_DOING_AT_END = re.compile(
    r"(?:新增|新开|新建|选拔|资助|认定|建成|建设|建立|培育|打造|改造|完成|引进|引入|支持|实施|开展|组织|举办|运营|创建|培训|培养|选取|遴选|评定|评选|设立|设置|配备|预留|建有|有|发放|给予|提供|各|至少|布局|谋划|形成)$"
)
_DATE_WORDS = re.compile(
    r"(?:[^\d]{0,6}20\d\d年(?:[底末初]|\d{1,2}月(?:[底末])?)?前?,?|[^\d]{0,3}十[二三四五六七]五[”\"]?(?:期间|时期|末))"
)
_METRIC_TAIL = re.compile(
    r"(?:总数|总量|数量)?(?:要|应|须|(?<!人)(?<!年)均|力争|争取|努力|能|将|分别|逐步|不|在|[、和及与])*$"
)
_FOLLOW_LEAD = re.compile(r"^(?:及?以上|以下|以内|左右)?的?")
_FOLLOW_END = re.compile(r"[和、]\d|[和、](?=[\d一二三四五])")
_FROM = re.compile(r"(?:由|从)[\d.].*$")
_OFTEN = re.compile(r"每(?:半?年|季度?|个?月|周)")
_FIGURES = re.compile(r"[\d%.]+")
_FEWEST = 2
_LONGEST = 40
_LONGEST_LIST = 20


def metric_of(text: str, quantity: Quantity, start: int, end: int) -> str:
    """Give the words that name what is counted: before the comparison, between verb and number, or after the unit."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    words = before[: comparison(before)]
    follow = _FOLLOW_END.split(_FOLLOW_LEAD.sub("", after))[0]
    joined = before.endswith(("和", "、", "及"))
    done = _DOING_AT_END.search(words)
    if not joined and (done is None or follow.startswith(("、", ")")) or not follow):
        named = _named(words)
        if len(named) >= _FEWEST and _OFTEN.fullmatch(named):
            named = _named(
                text[text.rfind(",", 0, start - 1) + 1 : start - 1] if text[start - 1 : start] == "," else ""
            )
        if len(named) >= _FEWEST and not _FIGURES.fullmatch(named):
            return named
    return follow[:_LONGEST]


def _named(words: str) -> str:
    """Take dates, verbs and connecting words off the words before a comparison."""
    dated = _DATE_WORDS.match(words)
    words = _FROM.sub("", words[dated.end() :] if dated else words)
    words = words.split("、")[-1] if "、" in words and len(words) > _LONGEST_LIST else words
    words = _METRIC_TAIL.sub("", _METRIC_LEAD.sub("", words))
    return words if words.count("“") == words.count("”") else words.strip("“”")
