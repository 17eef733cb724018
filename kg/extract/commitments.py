"""Read quantified promises in sentences: what is counted, how it compares, how much, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.extract.deadlines import is_due
from kg.grammar.dates import DateMention, Manner, find_dates, period_end
from kg.grammar.numbers import Quantity, find_chinese_quantities, find_quantities
from kg.grammar.pattern import Pattern
from kg.records import Comparator

COMPARED = Pattern(
    "comparison before a number",
    r"(?:达到|达成|达至|达|不低于|不少于|不得少于|不得低于|不高于|不超过|不多于|不大于|小于|大于|超过|超|高于|低于|少于|(?:提高|提升|增长|增加|扩大|上升|下降|降低|压减|压缩|缩短|控制|稳定|保持|维持|降)(?:到|至|在)?|至少|突破|力争)"
    r"(?:约|近|其)?",
    ("灯塔数达到5座", "不低于60%"),
    ("灯塔5座", "第5座"),
)
_COMPARED_AT_END = re.compile(rf"(?:{COMPARED.expression})$")
_LONGEST_COMPARISON = 8
_NO_QUANTITY = ("性", "体", "揽", "键", "站", "+")
_BARE_END = re.compile(r"$|[以,;。、]")
_STRONG = re.compile(r"不低于|不少于|不得少于|不得低于|不高于|不超过|不多于|不大于")
DOING = Pattern(
    "verb of doing",
    r"新增|新开|新添|新建|选拔|评选|资助|募集|达标|更新|修缮|加装|认定|完工|建成|建设|建立|培育|打造|改造|完成|引进|引入|支持|实施|开展|组织|举办|运营|创建|培训|培养|选取|遴选|评定|评选|设立|设置|配备|预留|推广|改建|扩建|发放|安排|投入|筹集|争取"
    r"|提供|认定|发展|招引|招聘|布局|谋划|推进|形成|推出|编制|制定|出台|选派|选聘|吸纳|帮扶|安置|命名|授牌|建有|给予|补贴|补助|发布|储备|实现|增设|治理|修复|整治|种植|造林|落地|签约|扶持|孵化|转移|拨付|减少|增加|开工|竣工|投用|建|设有|拥有|保障|资助|落实|解决|更换|置换|采购|购置|购买|检查|监测|抽检|新设|续建|加固|绿化|清理|关闭|拆除|淘汰|覆盖|回收|收集|处置|增聘|招录|结对|走访|慰问|复垦|新改建|轮训|改扩建|提升工程|新改|启动|用于",
    ("新建灯塔5座", "培育渔网企业3家"),
    ("共有灯塔5座", "灯塔5座"),
)
_PAST = re.compile(
    r"目前|现有|已(?!建成(?:小区|居住|投用的))|截至|截止|累计|共有|近年|原有|去年|上年|完成了|建成了|新增了|以来"
)
_GUESS = re.compile(r"预计|预测|预估|测算|估算|推算")
_AFTER = re.compile(r"(?:及)?(?:以上|以下|以内|左右)")
_CONDITION = re.compile(r"(?:及以上|及以下|(?:以上|以下|以内)(?:的)(?=[\u4e00-\u9fff])|不等)")
_CONDITION_SUBJECT = re.compile(r"(?:入住|年满|凡|对|不足|未满|面积|规模|人口)[^,;。]{0,8}$")
_NO_PROMISE_UNITS = frozenset(
    {
        "岁",
        "周岁",
        "级",
        "分钟",
        "小时",
        "天",
        "年",
        "月",
        "分",
        "度",
        "类",
        "种",
        "款",
        "倍",
        "位",
        "条",
        "部",
        "段",
        "工作日",
        "个工作日",
        "米",
        "期",
        "间",
        "道",
        "版",
        "班",
        "支",
        "例",
        "层",
        "份",
        "幅",
        "对",
        "篇",
        "遍",
    }
)
_COUNT_UNITS = frozenset(
    {
        "张",
        "个",
        "家",
        "所",
        "户",
        "座",
        "处",
        "项",
        "件",
        "场",
        "套",
        "台",
        "辆",
        "人",
        "人次",
        "次",
        "名",
        "亩",
        "平方米",
        "公里",
        "平方公里",
        "万亩",
        "批",
        "间",
        "条",
        "期",
        "轮",
    }
)
_MARKS = ",;。:"
_STOP = re.compile(f"[{_MARKS}]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_WORDS = 5
_SHORT_TEXT = 40
_TOLD = re.compile(r"截至|截止|目前|近年来|(?P<period>[“\"]?十[二三四五六]五[”\"]?)(?:时期|期间|(?P<since>以来))")
_LATER = re.compile(r"中长期|远期|长远")
_METRIC_LEAD = re.compile(
    r"^(?:[、和及与并且]|以及|其中|同时|力争|争取|确保|实现|努力|达到|[到至使将]|每年|每月|全[区市县省州国旗](?!人口)|计划|重点|不断|至少|各|通过|[的约近在]|对.{2,30}给予|按照"
    r"|新增|新开|新建(?!和)|建成|建设|完成|培育|打造|引进|组织|开展|实施|支持|提高|提升|推动|推进|(?:及?以上|以下|以内|左右)的?)+"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise at `text[start:end]`: the clause of the sentence; metric, comparison, quantity and date."""

    start: int
    end: int
    metric: str
    comparator: Comparator
    quantity: Quantity
    by: str | None


def find_promises(text: str, since: int | None, after: date | None = None) -> list[Promise]:
    """Find the quantified promises of one paragraph; a date governs what follows it.

    `since` is the year from which on dates are ahead, `after` sets that of months printed without one.
    """
    return list(_promises(text, since, after))


@lru_cache(maxsize=512)
def _promises(text: str, since: int | None, after: date | None) -> tuple[Promise, ...]:
    dates = [m for m in find_dates(text, after=after) if is_due(m, text, since)]
    found: list[Promise] = []
    licensed: list[Quantity] = []
    if len(text) < _SHORT_TEXT and len(_HAN.findall(text)) < _FEWEST_WORDS:
        return ()
    for quantity in _quantities(text, dates):
        start, end = _clause(text, quantity)
        told = _in_history(text, start, since)
        if told or not (_is_promise(text, quantity, start, end, licensed) or _is_dated(text, quantity, start, dates)):
            continue
        near = max([start, *(q.end for q in licensed if start <= q.end <= quantity.start)])
        licensed.append(quantity)
        found.append(
            Promise(
                start=_first(text, start, dates),
                end=end,
                metric=_metric(text, quantity, near, end),
                comparator=_comparator(text, quantity, near),
                quantity=quantity,
                by=_governing(text, quantity, dates),
            )
        )
    return tuple(found)


def _quantities(text: str, dates: list[DateMention]) -> list[Quantity]:
    """Give digits and Chinese numerals in order, without those that belong to a date, a document number or a title."""
    taken = [(m.start, m.end) for m in dates]
    found = [*find_quantities(text), *find_chinese_quantities(text)]
    found = [
        q
        for q in found
        if not any(a <= q.start < b for a, b in taken) and not _is_year(text, q) and not _in_name(text, q.start)
    ]
    return sorted(found, key=lambda q: q.start)


def _is_year(text: str, quantity: Quantity) -> bool:
    after = text[quantity.end : quantity.end + 2]
    if quantity.unit == "年" or (quantity.unit is None and after[:1] in ("年", "月", "日", "号", "时")):
        return True
    return (
        quantity.unit is None
        and 2000 <= quantity.value <= 2060
        and not COMPARED.regex.search(text[max(0, quantity.start - 4) : quantity.start])
    )


def _in_name(text: str, at: int) -> bool:
    return any(text.rfind(opening, 0, at) > text.rfind(closing, 0, at) for opening, closing in ("《》", "〔〕"))


def _clause(text: str, quantity: Quantity) -> tuple[int, int]:
    """Give the part of the sentence, between commas outside brackets, in which a quantity stands."""
    found = _STOP.search(text, quantity.end)
    end = found.start() if found else len(text)
    start = _last_stop(text, quantity.start)
    while text.count(")", start, quantity.start) > text.count("(", start, quantity.start) and start:
        start = _last_stop(text, start - 1)
    return start, end


def _last_stop(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in _MARKS) + 1


def _is_promise(text: str, quantity: Quantity, start: int, end: int, licensed: list[Quantity]) -> bool:
    """Tell whether a quantity is promised: not history, forecast or condition, and compared, asked for or to be done."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    compared = _compared(before)
    if _is_excluded(text, quantity, start, firmly=compared or _STRONG.search(before) is not None):
        return False
    if not text[quantity.start].isdigit():
        return _is_counted(before)
    if quantity.unit is None or quantity.unit in _NO_PROMISE_UNITS:
        return _is_limit(quantity, after) or (compared and _is_whole(text, quantity, after))
    if quantity.unit in ("%", "‰"):
        return True
    if _CONDITION.match(after) and not compared:
        return _is_counted(before) and not after.startswith(("以上的", "及以"))
    return compared or _STRONG.search(before) is not None or _is_done(text, before, after, quantity, licensed)


def _is_excluded(text: str, quantity: Quantity, start: int, *, firmly: bool) -> bool:
    """Tell whether the words around a quantity speak of the past or of a guess, or put it aside in brackets."""
    before = text[start : quantity.start]
    guessed = _GUESS.search(before) or _GUESS.search(text, max(0, start - 12), start)
    if _PAST.search(before) or guessed or text.startswith(_NO_QUANTITY, quantity.end):
        return True
    return not firmly and _in_brackets(text, quantity.start, start)


def _is_limit(quantity: Quantity, after: str) -> bool:
    """Tell whether work is to be done within some working days."""
    return quantity.unit in ("工作日", "个工作日") and after.startswith(("内", "以内", "之内"))


def _is_whole(text: str, quantity: Quantity, after: str) -> bool:
    """Tell whether a compared number without a unit ends there, or runs into a year in a copy that lost the stop."""
    return quantity.unit is not None or _BARE_END.match(after) is not None or text.startswith("20", quantity.end)


def _is_dated(text: str, quantity: Quantity, start: int, dates: list[DateMention]) -> bool:
    """Tell whether a date right before the clause asks for a count of 以上 or for what there shall be (有)."""
    sentence = text.rfind("。", 0, quantity.start) + 1
    if quantity.unit not in _COUNT_UNITS or not any(
        sentence <= m.start < quantity.start and m.manner is not Manner.EVERY for m in dates
    ):
        return False
    before, after = text[start : quantity.start], text[quantity.end : quantity.end + 4]
    return not _PAST.search(before) and (after.startswith(("以上", "均")) or before.endswith(("有", "各", "为")))


def _in_brackets(text: str, at: int, start: int) -> bool:
    opened = text.rfind("(", start, at)
    return opened >= 0 and ")" not in text[opened:at]


def _in_history(text: str, start: int, since: int | None) -> bool:
    """Tell whether the sentence up to this clause speaks of what has been: a five-year period that ended before `since` too."""
    begin = max(text.rfind("。", 0, start), text.rfind(";", 0, start)) + 1
    match = _TOLD.match(text, begin, start)
    if match is None or match["period"] is None or match["since"]:
        return match is not None
    end = period_end(match["period"])
    return end is not None and since is not None and end < since


def _compared(before: str) -> bool:
    if _COMPARED_AT_END.search(before, max(0, len(before) - _LONGEST_COMPARISON)):
        return True
    return re.search(r"在$", before) is not None and len(before) > 3 and "率" in before


def _comparison(before: str) -> int:
    """Give the place in the words before a number where their comparison begins."""
    strong = _STRONG.search(before)
    if strong:
        return strong.start()
    match = _COMPARED_AT_END.search(before, max(0, len(before) - _LONGEST_COMPARISON))
    return match.start() if match else len(before)


def _is_counted(before: str) -> bool:
    """Tell whether a verb of doing or a comparison stands close before a number."""
    near = before[-8:]
    return bool(
        re.search(
            r"(?:建成|新建|建设|培育|打造|组织|举办|开展|完成|创建|设立|至少|引进|形成|实施|配备|成立|提供|建有?|预留|新增)(?:至少|不少于|各|好|免费|了)?$",
            near,
        )
        or re.search(r"(?:每年|每月|每季度|每半年)(?:至少)?(?:组织|举办|开展|进行|召开|安排|免费开展)?$", near)
    )


def _is_done(text: str, before: str, after: str, quantity: Quantity, licensed: list[Quantity]) -> bool:
    """Tell whether a plain count is promised: by a verb of doing before it, or by a promised count just before it."""
    if DOING.regex.search(before) and not re.search(r"(?:每|第|共|上述|这|前|近|连续|占地)$", before):
        return quantity.unit in _COUNT_UNITS or (
            quantity.unit is not None and ("元" in quantity.unit or quantity.unit not in _NO_PROMISE_UNITS)
        )
    if (
        _AFTER.match(after)
        and len(_AFTER.sub("", after, count=1)) == 0
        and before
        and not _CONDITION_SUBJECT.search(before)
    ):
        return True
    last = licensed[-1] if licensed else None
    if last is None or last.unit is None or quantity.start - last.end > 24:
        return False
    between = text[last.end : quantity.start]
    return (
        not re.search(r"[。;]", between)
        and last.unit == quantity.unit
        and (before == "" or "、" in between or "和" in between)
    )


def _comparator(text: str, quantity: Quantity, start: int) -> Comparator:
    before, after = text[start : quantity.start], text[quantity.end : quantity.end + 3]
    if re.search(r"不高于|不超过|不多于|不大于|小于|低于|少于|控制在", before[-24:]) and not re.search(
        r"不(?:得)?(?:低于|少于)", before
    ):
        return Comparator.AT_MOST
    if after.startswith(("以下", "以内", "内")):
        return Comparator.AT_MOST
    if re.search(r"达(?!标|产|优)|不(?:得)?(?:低于|少于)|大于|超|高于|突破|至少", before[-24:]) or after.lstrip(
        "及"
    ).startswith("以上"):
        return Comparator.AT_LEAST
    return Comparator.EQUAL


def _governing(text: str, quantity: Quantity, dates: list[DateMention]) -> str | None:
    """Give the date that governs a quantity: the last one before it in its sentence, else 到…年 of a sentence before."""
    sentence = text.rfind("。", 0, quantity.start) + 1
    part = max(text.rfind(";", 0, quantity.start) + 1, sentence)
    for mention in reversed([m for m in dates if m.start < quantity.start]):
        if _LATER.search(text, mention.end, quantity.start):
            return None
        if mention.start >= part:
            if mention.manner is Manner.EVERY and _STOP.search(text, mention.end, quantity.start):
                continue
            return mention.when
        if mention.manner is Manner.EVERY or (mention.start < sentence and mention.manner is not Manner.BY):
            continue
        if mention.start < sentence and _is_money(quantity):
            continue
        return mention.when
    return None


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit is not None and "元" in quantity.unit


def _first(text: str, start: int, dates: list[DateMention]) -> int:
    """Let the quote begin at a date that stands alone in the clause before."""
    for mention in dates:
        if mention.end == start - 1 and text[start - 1] == ",":
            return mention.start
    return start


def _metric(text: str, quantity: Quantity, start: int, end: int) -> str:
    """Give the words that name what is counted: before the comparison, between verb and number, or after the unit."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    words = before[: _comparison(before)]
    if _DOING_AT_END.search(words) is None and not before.endswith(("和", "、", "及")):
        dated = _DATE_WORDS.match(words)
        words = words[dated.end() :] if dated else words
        words = words.split("、")[-1] if "、" in words and len(words) > 20 else words
        words = _METRIC_TAIL.sub("", _METRIC_LEAD.sub("", words))
        if len(words) >= 2 and not re.fullmatch(r"[\d%.]+", words):
            return words.strip('“”"')
    follow = re.sub(r"^(?:及?以上|以下|以内|左右)?的?", "", after)
    follow = re.split(r"[和、]\d|[和、](?=[\d一二三四五])", follow)[0]
    return follow[:40]
