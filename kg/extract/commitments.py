"""Read quantified promises in sentences: what is counted, how it compares, how much, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.extract.deadlines import is_due
from kg.extract.metric import COMPARED, COMPARED_AT_END, LONGEST_COMPARISON, STRONG, metric_of
from kg.grammar.dates import find_dates, period_end
from kg.grammar.mentions import DateMention, Manner
from kg.grammar.numbers import Quantity, find_chinese_quantities, find_quantities
from kg.grammar.pattern import Pattern
from kg.records import Comparator

_NO_QUANTITY = ("性", "体", "揽", "键", "站", "+")
_BARE_END = re.compile(r"$|[以,;。、]")
DOING = Pattern(
    "verb of doing",
    r"新增|新开|新添|新建|选拔|评选|资助|募集|达标|更新|修缮|加装|认定|完工|建成|建设|建立|培育|打造|改造|完成|引进|引入|支持|实施|开展|组织|举办|运营|创建|培训|培养|选取|遴选|评定|评选|设立|设置|配备|预留|推广|改建|扩建|发放|安排|投入|筹集|争取"
    r"|提供|认定|发展|招引|招聘|布局|谋划|推进|形成|推出|编制|制定|出台|选派|选聘|吸纳|帮扶|安置|命名|授牌|建有|给予|补贴|补助|发布|储备|实现|增设|治理|修复|整治|种植|造林|落地|签约|扶持|孵化|转移|拨付|减少|增加|开工|竣工|投用|建|设有|拥有|保障|资助|落实|解决|推动|带动|惠及|帮助|争创|创成|转化|交付|净增|到位|化解|打通|认证|铺排|选择|布设|开行|签订|组建|安装|关停|退出|编发|公布|创办|成立|招募|更换|置换|采购|购置|购买|检查|监测|抽检|新设|续建|加固|绿化|清理|关闭|拆除|淘汰|覆盖|回收|收集|处置|增聘|招录|结对|走访|慰问|复垦|新改建|轮训|改扩建|提升工程|新改|启动|用于",
    ("新建灯塔5座", "培育渔网企业3家"),
    ("共有灯塔5座", "灯塔5座"),
)
_PAST = re.compile(
    r"目前|现有|已(?!建成(?:小区|居住|住宅|投用的|的[^,;。]{2,30}不(?:低于|少于|高于|超过)))|截至|截止|共有|近年|原有|完成了|建成了|新增了|以来"
)
_PAST_YEAR = re.compile(r"去年|上年")
_SO_FAR = "累计"
_GUESS = re.compile(r"预计|预测|预估|测算|估算|推算")
_AFTER = re.compile(r"(?:及)?(?:以上|以下|以内|左右)")
_CONDITION = re.compile(r"(?:及以上|及以下|(?:以上|以下|以内)(?:的)(?=[\u4e00-\u9fff])|不等)")
_CONDITION_SUBJECT = re.compile(r"(?:入住|年满|凡|对|不足|未满|面积|规模|人口)[^,;。]{0,8}$")
_NO_PROMISE_UNITS = frozenset("岁级天日年月分度类种款倍位条部段米期间道版班支例层份幅对篇遍") | {
    "周岁",
    "分钟",
    "小时",
    "个月",
    "工作日",
    "个工作日",
}
_COUNT_UNITS = frozenset("张个家所户座处项件场套台辆人次名亩批间条期轮") | {
    "人次",
    "平方米",
    "公里",
    "平方公里",
    "万亩",
}
_LATE_UNITS = frozenset("部条支份间块列起批届轮期班篇") | {"台(套)"}
"""Units that are other words too: they count where a clause ends with them."""
_ENDED = re.compile(r"(?:及?以上|以内|左右)?")
_OFTEN_UNITS = frozenset("次场届轮期批份") | {"批次", "场次", "轮次"}
_LIMIT_UNITS = frozenset("日天") | {"工作日", "个工作日", "小时", "个月", "分钟"}
_OF_ALL = re.compile(r"(?:全[省市区县镇乡国州旗域]|第一批|首批|其余|剩余)?")
_REACHED = re.compile(r"建成|完成|达到|达标|实现|落地|投用|投入|竣工|开工")
_NO_COUNT = re.compile(r"(?:每|第|共|上述|这|前|近|连续|占地)$")
_THEREOF = re.compile(r"其中")
_MARKS = ",;。:"
_STOP = re.compile(f"[{_MARKS}]")
_SENTENCE_END = re.compile(r"[。;]")
_NEAR = 24
_DONE_REACH = 10
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_WORDS = 5
_SHORT_TEXT = 40
_TOLD = re.compile(
    r"截至|截止|目前|近年来|(?P<year>20\d\d)年(?!底前|底,|前)|(?P<period>[“\"]?十[二三四五六]五[”\"]?)(?:时期|期间|(?P<since>以来))"
)
_LATER = re.compile(r"中长期|远期|长远")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise at `text[start:end]`: the clause of the sentence; metric, comparison, quantity and date.

    `behind` where the date stands behind the number, and may be that of something else.
    """

    start: int
    end: int
    metric: str
    comparator: Comparator
    quantity: Quantity
    by: str | None
    behind: bool = False


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
        told = _in_history(text, start, since, [m for m in dates if m.start < quantity.start])
        if told or not (
            _is_promise(text, quantity, start, end, licensed, dates) or _is_dated(text, quantity, start, end, dates)
        ):
            continue
        by = _governing(text, quantity, dates)
        behind = None if by else _set_after(text, quantity, dates)
        near = max([start, *(q.end for q in licensed if start <= q.end <= quantity.start)])
        licensed.append(quantity)
        found.append(
            Promise(
                start=_first(text, start, dates),
                end=end,
                metric=metric_of(text, quantity, near, end),
                comparator=_comparator(text, quantity, near),
                quantity=quantity,
                by=by or behind,
                behind=by is None and behind is not None,
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


def _is_promise(
    text: str, quantity: Quantity, start: int, end: int, licensed: list[Quantity], dates: list[DateMention]
) -> bool:
    """Tell whether a quantity is promised: not history, forecast or condition, and compared, asked for or to be done."""
    before, after = text[start : quantity.start], text[quantity.end : end]
    compared = _compared(before)
    firmly = compared or STRONG.search(before) is not None
    if _is_excluded(text, quantity, start, dates, firmly=firmly):
        return False
    if _is_repeated(quantity, start, dates) or quantity.unit in ("%", "‰"):
        return True
    if not text[quantity.start].isdigit():
        return _is_counted(before)
    if quantity.unit is None or quantity.unit in _NO_PROMISE_UNITS:
        return _is_odd_promise(text, quantity, before, after, compared=compared)
    if _CONDITION.match(after) and not compared:
        return _is_counted(before) and not after.startswith(("以上的", "及以"))
    return firmly or _is_done(text, before, after, quantity, licensed)


def _is_odd_promise(text: str, quantity: Quantity, before: str, after: str, *, compared: bool) -> bool:
    """Tell whether a number without a unit, or with a word that is seldom one, is promised: a limit, a comparison, the end of what is done."""
    if is_limit(quantity) and after.startswith(("内", "以内", "之内")):
        return True
    if compared and _is_whole(text, quantity, after):
        return True
    return (
        quantity.unit in _LATE_UNITS and _ENDED.fullmatch(after) is not None and DOING.regex.search(before) is not None
    )


def _is_excluded(text: str, quantity: Quantity, start: int, dates: list[DateMention], *, firmly: bool) -> bool:
    """Tell whether the words around a quantity speak of the past or of a guess, or put it aside in brackets."""
    before = text[start : quantity.start]
    guessed = _GUESS.search(before) or _GUESS.search(text, max(0, start - 12), start)
    if _PAST.search(before) or guessed or text.startswith(_NO_QUANTITY, quantity.end):
        return True
    if _PAST_YEAR.search(before) and STRONG.search(before) is None:
        return True
    if _SO_FAR in before and not _is_ahead(text, start, quantity, dates):
        return True
    return not firmly and _in_brackets(text, quantity.start, start)


def _is_ahead(text: str, start: int, quantity: Quantity, dates: list[DateMention]) -> bool:
    """Tell whether a date to come stands in the sentence before a quantity."""
    sentence = text.rfind("。", 0, start) + 1
    return any(sentence <= mention.start < quantity.start for mention in dates)


def _is_repeated(quantity: Quantity, start: int, dates: list[DateMention]) -> bool:
    """Tell whether the clause says how often something is done: 每季度开展一次."""
    return quantity.unit in _OFTEN_UNITS and any(
        start <= m.start < quantity.start and m.manner is Manner.EVERY for m in dates
    )


def is_limit(quantity: Quantity) -> bool:
    """Tell whether a quantity is a time that work may take."""
    return quantity.unit in _LIMIT_UNITS


def _is_whole(text: str, quantity: Quantity, after: str) -> bool:
    """Tell whether a compared number without a unit ends there, or runs into a year in a copy that lost the stop."""
    return quantity.unit is not None or _BARE_END.match(after) is not None or text.startswith("20", quantity.end)


def _is_dated(text: str, quantity: Quantity, start: int, end: int, dates: list[DateMention]) -> bool:
    """Tell whether a date before the count asks for it: 以上, for what there shall be (有), or for what they all do (建成)."""
    sentence = text.rfind("。", 0, quantity.start) + 1
    if quantity.unit not in _COUNT_UNITS or not any(
        sentence <= m.start < quantity.start and m.manner is not Manner.EVERY for m in dates
    ):
        return False
    before, after = text[start : quantity.start], text[quantity.end : end]
    if _PAST.search(before):
        return False
    if _OF_ALL.fullmatch(before) and _REACHED.search(after):
        return True
    return after.startswith(("以上", "均")) or before.endswith(("有", "各", "为"))


def _in_brackets(text: str, at: int, start: int) -> bool:
    opened = text.rfind("(", start, at)
    return opened >= 0 and ")" not in text[opened:at]


def _in_history(text: str, start: int, since: int | None, dates: list[DateMention]) -> bool:
    """Tell whether the sentence up to this clause speaks of what has been: a year or five-year period that ended before `since` too."""
    begin = max(text.rfind("。", 0, start), text.rfind(";", 0, start)) + 1
    match = _TOLD.match(text, begin, start)
    if match is not None and match["year"]:
        ahead = any(begin <= mention.start for mention in dates)
        return since is not None and int(match["year"]) < since and not ahead
    if match is None or match["period"] is None or match["since"]:
        return match is not None
    end = period_end(match["period"])
    return end is not None and since is not None and end < since


def _compared(before: str) -> bool:
    if COMPARED_AT_END.search(before, max(0, len(before) - LONGEST_COMPARISON)):
        return True
    return re.search(r"在$", before) is not None and len(before) > 3 and "率" in before


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
    """Tell whether a plain count is promised: by a verb of doing, by 以上 behind it, or by a promised count just before it."""
    if DOING.regex.search(before) and not _NO_COUNT.search(before):
        return quantity.unit in _COUNT_UNITS or quantity.unit not in _NO_PROMISE_UNITS
    for_so_many = before.endswith("为") and quantity.unit in _COUNT_UNITS and DOING.regex.search(after)
    at_least = _AFTER.fullmatch(after) and before and not _CONDITION_SUBJECT.search(before)
    return bool(for_so_many or at_least) or _goes_on(text, before, after, quantity, licensed)


def _goes_on(text: str, before: str, after: str, quantity: Quantity, licensed: list[Quantity]) -> bool:
    """Tell whether a count goes on with the promised one just before it, of the same unit: 30座、5处; 其中; one more clause."""
    last = licensed[-1] if licensed else None
    if last is None or last.unit is None or last.unit != quantity.unit or quantity.start - last.end > _NEAR:
        return False
    between = text[last.end : quantity.start]
    if _SENTENCE_END.search(between):
        return False
    next_clause = between.count(",") == 1 and _ENDED.fullmatch(after) is not None and "、" not in before
    return next_clause or _THEREOF.match(before) is not None or before == "" or "、" in between or "和" in between


def _comparator(text: str, quantity: Quantity, start: int) -> Comparator:
    before, after = text[start : quantity.start], text[quantity.end : quantity.end + 3]
    if re.search(r"不高于|不超过|不多于|不大于|小于|低于|少于|控制在|[≤<＜]", before[-24:]) and not re.search(
        r"不(?:得)?(?:低于|少于)", before
    ):
        return Comparator.AT_MOST
    if after.startswith(("以下", "以内", "内")):
        return Comparator.AT_MOST
    if re.search(r"达(?!标|产|优)|不(?:得)?(?:低于|少于)|大于|超|高于|突破|至少|[≥>＞]", before[-24:]) or after.lstrip(
        "及"
    ).startswith("以上"):
        return Comparator.AT_LEAST
    return Comparator.EQUAL


def _governing(text: str, quantity: Quantity, dates: list[DateMention]) -> str | None:
    """Give the date that governs a quantity: the last one before it in its sentence, else 到…年 of a sentence before."""
    sentence = text.rfind("。", 0, quantity.start) + 1
    part = max(text.rfind(";", 0, quantity.start) + 1, sentence)
    for mention in reversed([m for m in dates if (part if is_limit(quantity) else 0) <= m.start < quantity.start]):
        if _LATER.search(text, mention.end, quantity.start):
            return None
        if mention.start >= part:
            if mention.manner is Manner.EVERY and _STOP.search(text, mention.end, quantity.start):
                continue
            return mention.when
        if mention.manner is Manner.EVERY or (mention.start < sentence and mention.manner is not Manner.BY):
            continue
        if mention.start < sentence and _is_money(quantity) and not _compared(text[sentence : quantity.start]):
            continue
        return mention.when
    return None


def _set_after(text: str, quantity: Quantity, dates: list[DateMention]) -> str | None:
    """Give the date that is set behind a quantity in its part of the sentence: the last by which something is done, or the only one."""
    stop = _SENTENCE_END.search(text, quantity.end)
    later = [
        m
        for m in dates
        if quantity.end <= m.start < (stop.start() if stop else len(text)) and m.manner in (Manner.BY, Manner.WITHIN)
    ]
    done = [m for m in later if _REACHED.search(text, m.end, m.end + _DONE_REACH)]
    if done:
        return done[-1].when
    return later[0].when if len({m.when for m in later}) == 1 else None


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit is not None and "元" in quantity.unit


def _first(text: str, start: int, dates: list[DateMention]) -> int:
    """Let the quote begin at a date that stands alone in the clause before."""
    for mention in dates:
        if mention.end == start - 1 and text[start - 1] == ",":
            return mention.start
    return start
