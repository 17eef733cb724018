"""The bare words for functions of government that lists print before 部门, each a body as written: 公安、财政等部门."""

from __future__ import annotations

import re

from kg.grammar.pattern import Pattern

_RANK = r"(?:各级|[全本我][省市区县州]|[省市区县州旗盟]级以上(?:地方)?(?:人民政府)?|[省市区县州旗盟]级?)?"
SURE_WORDS = (
    r"发展改革|发展和改革|发改|经济和信息化|经信|工业和信息化|工业信息化|工信|科学技术|民族宗教|民族事务|宗教事务|民宗|公安"
    r"|公安交通管理|国家安全|民政|司法行政|财政|人力资源社会保障|人力资源和社会保障|人社|人力社保|自然资源|自然资源和规划|规划和自然资源"
    r"|规划资源|国土资源|城乡规划|生态环境|环境保护|环保|住房城乡建设|住房和城乡建设|住建|房屋管理|住房保障|城市管理|城管|城市管理执法"
    r"|城市管理综合执法|城市管理行政执法|综合执法|综合行政执法|交通运输|水利|水务|水行政|农业农村|农牧|林业|林业和草原|林草|园林绿化"
    r"|绿化市容|畜牧兽医|商务|投资促进|文化和旅游|文化旅游|文旅|文化广电旅游|文化广电和旅游|卫生健康|卫健|疾控|疾病预防控制"
    r"|退役军人事务|应急管理|审计|外事|市场监督管理|市场监管|医疗保障|医保|乡村振兴|金融监管|金融监督管理|大数据|大数据管理|数据管理"
    r"|政务服务|政务服务管理|行政审批|国资|国有资产监督管理|信访|粮食和物资储备|粮食和储备|消防救援|税务|邮政管理|通信管理|海事"
    r"|药品监管|药品监督管理|知识产权|广播电视|广电|新闻出版|烟草专卖|机关事务|机关事务管理"
)
FIELD_WORDS = (
    r"教育|科技|司法|交通|农业|园林|海洋|渔业|海洋渔业|畜牧|文化|旅游|文物|卫生|退役军人|应急|体育|统计|金融|地方金融|数据|粮食"
    r"|能源|消防|气象|地震|邮政|档案|铁路|民航|电影"
)
SURE = Pattern(
    "word for a function and nothing else",
    rf"{_RANK}(?:{SURE_WORDS})",
    ("公安", "市财政"),
    ("教育", "公安局", "灯塔"),
    whole=True,
)
FUNCTION = Pattern(
    "word for a function",
    rf"{_RANK}(?:{SURE_WORDS}|{FIELD_WORDS})",
    ("公安", "教育"),
    ("医疗", "养老", "市"),
    whole=True,
)
"""Words for fields of life as well, such as 教育, name bodies before 部门 only: 教育等机构 are schools."""
_AND = re.compile(r"以及|和|及|与")
LISTED = Pattern(
    "end of a list of functions",
    r"(?:(?P<open>等(?:[0-9一二三四五六七八九十]{1,3}个)?(?:有关|相关|主管|职能|行政|政府|行业|监管|管理|执法|成员)*)|(?:行政|监督|管理)*(?:主管)?)(?P<kind>部门|机构|机关|单位)$",
    ("公安、财政等有关部门", "公安、财政主管部门"),
    ("公安、财政等方面", "公安、财政"),
)


def is_function_word(text: str) -> bool:
    """Tell whether a text is a bare word for a function, perhaps with a rank before it: 公安, 市财政."""
    return FUNCTION.fits(text) is not None


def names_functions(text: str, start: int, end: int) -> bool | None:
    """Tell how `text[start:end]` ends: True as a list of functions of departments, False of other bodies, None as neither.

    Without 等 the word before 部门 must be a function too.
    """
    tail = LISTED.regex.search(text, start, end)
    if tail is None:
        return None
    of_departments = tail["kind"] == "部门"
    if tail["open"]:
        return of_departments
    last = max(text.rfind("、", start, tail.start()) + 1, start)
    is_one = bool(function_words(text, last, tail.start(), of_departments=of_departments))
    return of_departments if is_one else None


def are_functions(left: str, right: str) -> bool:
    """Tell whether 和 joins two functions before 部门, 公安 and 财政部门, and is no part of the name of one, 文化和旅游部门."""
    tail = LISTED.regex.search(right)
    if tail is None or tail["kind"] != "部门" or tail["open"]:
        return False
    core = right[: tail.start()]
    if any(is_function_word(f"{left}{word}{core}") for word in ("和", "")):
        return False
    return is_function_word(left) and is_function_word(core) and bool(SURE.fits(left) or SURE.fits(core))


def function_words(text: str, start: int, end: int, *, of_departments: bool) -> list[tuple[int, int]]:
    """Give the places of the function words that `text[start:end]` is, one or two joined by 和; nothing where it is anything else."""
    words = FUNCTION if of_departments else SURE
    if words.fits(text[start:end]):
        return [(start, end)]
    for joint in _AND.finditer(text, start, end):
        parts = [(start, joint.start()), (joint.end(), end)]
        if all(words.fits(text[a:b]) for a, b in parts):
            return parts
    return []
