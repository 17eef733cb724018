"""Read quantified promises in sentences: what is counted, how it compares, how much, by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.extract.comparison import COMPARED, FAILED, FIRM, comparator_of, is_compared, is_condition
from kg.extract.deadlines import is_due
from kg.extract.metric import metric_of
from kg.extract.past import PAST, in_history, is_told
from kg.extract.regulated import is_for_citizens, is_penal
from kg.grammar.dates import find_dates
from kg.grammar.mentions import DateMention, Manner
from kg.grammar.numbers import Quantity, find_chinese_quantities, find_quantities
from kg.grammar.pattern import Pattern
from kg.grammar.stretches import sentence_end, sentence_start
from kg.records import Comparator

_NO_QUANTITY = ("性", "体", "揽", "键", "站", "+")
_BARE_END = re.compile(r"$|[以,;。、]")
DOING = Pattern(
    "verb of doing",
    r"新增|新开|新添|新建|选拔|评选|资助|募集|达标|更新|修缮|加装|认定|完工|建成|建设|建立|培育|打造|改造|完成|引进|引入|支持|实施|开展|组织|举办|运营|创建|培训|培养|选取|遴选|评定|评选|设立|设置|配备|预留|推广|改建|扩建|发放|安排|投入|筹集|争取"
    r"|提供|认定|发展|招引|招聘|布局|谋划|推进|形成|推出|编制|制定|出台|选派|选聘|吸纳|帮扶|安置|命名|授牌|建有|给予|补贴|补助|发布|储备|实现|增设|治理|修复|整治|种植|造林|落地|签约|扶持|孵化|转移|拨付|减少|增加|开工|竣工|投用|建|设有|拥有|保障|资助|落实|解决|推动|带动|惠及|帮助|争创|创成|转化|交付|净增|到位|化解|打通|认证|铺排|选择|布设|开行|签订|组建|安装|关停|退出|编发|公布|创办|成立|招募|更换|置换|采购|购置|购买|检查|监测|抽检|新设|续建|加固|绿化|清理|关闭|拆除|淘汰|覆盖|回收|收集|处置|增聘|招录|结对|走访|慰问|复垦|新改建|轮训|改扩建|提升工程|新改|启动|用于|铺设|敷设|架设|开通|消除|清淤|疏浚|贯通|栽植|摸排|接待|整合|收储|盘活|扩容|复耕|新创|确定",
    ("新建灯塔5座", "培育渔网企业3家"),
    ("共有灯塔5座", "灯塔5座"),
)
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
_REACHED = re.compile(r"(?<!各)(?:建成|完成|达到|达标|实现|落地|投用|投入|竣工|开工)")
_ALL_DONE = re.compile(
    r"(?:之?前)?,?(?:要|须|力争|确保|争取)?(?:全部|基本|全面|陆续|力争|整体)*(?:建成|完成|达标|实现|落地|投用|投入使用|投入运营|竣工|完工|到位|见效)(?:投用|使用|运行|运营|任务|验收|投入使用)?(?=[,;。)]|$)"
)
"""What is done by a date, and nothing else that is done by it."""
_LIMITED = re.compile(
    r"(?:以|之)?内(?:$|[^的,;。]{0,4}(?:完成|修复|到达|抵达|响应|办结|审核|审批|开设|化解|补齐|移交|审查|处置|处理|报告|上报|整改|反馈|恢复|核实|核查|答复|办理|拨付|公示|到场|解决|送达|备案|赶到|落实|到位|作出|受理|兑付|发放|验收|清零|销号))"
)
"""What is to be done within a time, and not what happens, may be asked for or is near."""
_REGULAR = re.compile(
    r"开展|召开|组织|举办|举行|进行|安排|调度|通报|巡查|检查|抽查|督查|督导|探访|走访|回访|通话|报送|更新|发布|公布|演练|培训|会商|研究|清查|整治|评估|排查|巡诊|服务|至少|不少于|不低于|监测|慰问|宣讲|普查|体检|轮训|公示|曝光|推送|考核|听取|维护|清扫|问候|提供"
)
_OF_CASE = re.compile(r"(?:以上|以下)?(?:的|者|时|会议的)")
_BEGUN = ("启动", "开工", "动工", "起")
_FROM = re.compile(r"(?:由|从)[^,;。]{0,6}?(?:20\d\d年底?的?)?$")
_CHANGED = re.compile(
    r"(?:左右)?(?:逐步)?(?:提高|提升|增加|增长|扩大|上升|下降|降低|降|压缩|压减|缩短|减少)(?:到|至|为)"
)
_SIZED = re.compile(r"(?:产值|产量|营收|收入|规模|资产|投资|面积|人口|容量)(?:额)?(?:超过?|达到?|突破|不低于|在)?$")
_OF_SIZE = re.compile(r"(?:以[上下])?的[^,;。\d]{1,24}\d")
"""A size that tells which things are counted behind it: 产值超3亿元的渔网企业5家."""
_COUNTED = re.compile(
    r"(?:(?:建成|新建|建设|培育|打造|组织|举办|开展|完成|创建|设立|至少|引进|形成|实施|配备|成立|提供|建有?|预留|新增)(?:至少|不少于|各|好|免费|了)?|(?:每年|每月|每季度|每半年)(?:至少)?(?:组织|举办|开展|进行|召开|安排|免费开展)?)$"
)
_NO_COUNT = re.compile(r"(?:每|第|共|上述|这|前|近|连续|占地)$")
_THEREOF = re.compile(r"其中")
_MARKS = ",;。:"
_STOP = re.compile(f"[{_MARKS}]")
_NEAR = 24
_LONGEST_CLAUSE = 400
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_WORDS = 5
_SHORT_TEXT = 40
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


@dataclass(frozen=True, slots=True)
class _Clause:
    """A quantity in the clause `text[start:end]`, and the dates to come of the whole text."""

    text: str
    quantity: Quantity
    start: int
    end: int
    dates: tuple[DateMention, ...]

    @property
    def before(self) -> str:
        """The words of the clause before the quantity."""
        return self.text[self.start : self.quantity.start]

    @property
    def after(self) -> str:
        """The words of the clause behind the quantity."""
        return self.text[self.quantity.end : self.end]

    @property
    def bounded(self) -> bool:
        """Whether the words before the quantity compare."""
        return is_compared(self.before) or FIRM.regex.search(self.before) is not None


def find_promises(text: str, since: int | None, after: date | None = None) -> list[Promise]:
    """Find the quantified promises of one paragraph; a date governs what follows it.

    `since` is the year from which on dates are ahead, `after` sets that of months printed without one.
    """
    return list(_promises(text, since, after))


@lru_cache(maxsize=512)
def _promises(text: str, since: int | None, after: date | None) -> tuple[Promise, ...]:
    if len(text) < _SHORT_TEXT and len(_HAN.findall(text)) < _FEWEST_WORDS:
        return ()
    dates = tuple(m for m in find_dates(text, after=after) if is_due(m, text, since))
    found: list[Promise] = []
    quantities = _quantities(text, dates)
    sized = [quantity for quantity in quantities if _OF_SIZE.match(text, quantity.end)]
    for quantity in quantities:
        clause = _Clause(text, quantity, *_clause(text, quantity), dates)
        last = found[-1].quantity if found else None
        if in_history(text, clause.start, since, dates) or not (_is_promise(clause, last) or _is_dated(clause)):
            continue
        others = [*(p.quantity for p in found), *sized]
        near = max([clause.start, *(one.end for one in others if clause.start <= one.end <= quantity.start)])
        found.append(_promise(clause, near))
    return tuple(found)


def _promise(clause: _Clause, near: int) -> Promise:
    """Make the promise of a clause; the words from `near` on are about its quantity."""
    text, quantity = clause.text, clause.quantity
    by = _governing(text, quantity, clause.dates)
    behind = None if by else _set_after(text, quantity, clause.dates)
    return Promise(
        start=_first(text, clause.start, clause.dates),
        end=clause.end,
        metric=metric_of(text, quantity, near, clause.end),
        comparator=comparator_of(text[near : quantity.start], clause.after),
        quantity=quantity,
        by=by or behind,
        behind=by is None and behind is not None,
    )


def _quantities(text: str, dates: Sequence[DateMention]) -> list[Quantity]:
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
    return max(start, quantity.start - _LONGEST_CLAUSE), min(end, quantity.end + _LONGEST_CLAUSE)


def _last_stop(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in _MARKS) + 1


def _is_promise(clause: _Clause, last: Quantity | None) -> bool:
    """Tell whether a quantity is promised: not history, forecast or condition, and compared, asked for or to be done."""
    quantity, before, after = clause.quantity, clause.before, clause.after
    if _is_excluded(clause):
        return False
    if quantity.unit in ("%", "‰") or _is_repeated(clause):
        return True
    if not clause.text[quantity.start].isdigit():
        return _is_counted(before)
    if quantity.unit is None or quantity.unit in _NO_PROMISE_UNITS:
        return _is_odd_promise(clause)
    if _CONDITION.match(after) and not is_compared(before):
        return _is_counted(before) and not after.startswith(("以上的", "及以"))
    return clause.bounded or _is_done(clause) or _goes_on(clause, last)


def _is_odd_promise(clause: _Clause) -> bool:
    """Tell whether a number without a unit, or with a word that is seldom one, is promised: a limit, a comparison, the end of what is done."""
    quantity, after = clause.quantity, clause.after
    if is_limit(quantity) and after.startswith(("内", "以内", "之内")):
        return _LIMITED.match(after) is not None
    if is_compared(clause.before) and _is_whole(clause):
        return True
    ends = quantity.unit in _LATE_UNITS and _ENDED.fullmatch(after) is not None
    return ends and DOING.regex.search(clause.before) is not None


def _is_excluded(clause: _Clause) -> bool:
    """Tell whether the words around a quantity speak of the past or a guess, of a condition or baseline, or put it aside in brackets."""
    text, before, after = clause.text, clause.before, clause.after
    firm = FIRM.regex.search(before) is not None
    at = clause.quantity.start
    if is_told(text, clause.start, at, clause.dates, firm=firm) or is_for_citizens(text, clause.start, at):
        return True
    if text.startswith(_NO_QUANTITY, clause.quantity.end) or FAILED.regex.search(before) or is_penal(text, at):
        return True
    if is_condition(before, after) and not DOING.regex.search(before):
        return True
    if (_FROM.search(before) and _CHANGED.match(after)) or (_SIZED.search(before) and _OF_SIZE.match(after)):
        return True
    return not clause.bounded and _in_brackets(text, clause.quantity.start, clause.start)


def _is_repeated(clause: _Clause) -> bool:
    """Tell whether the clause says how often something is to be done: 每季度开展一次."""
    if clause.quantity.unit not in _OFTEN_UNITS or _OF_CASE.match(clause.after) or not _REGULAR.search(clause.before):
        return False
    return any(clause.start <= m.start < clause.quantity.start and m.manner is Manner.EVERY for m in clause.dates)


def is_limit(quantity: Quantity) -> bool:
    """Tell whether a quantity is a time that work may take."""
    return quantity.unit in _LIMIT_UNITS


def _is_whole(clause: _Clause) -> bool:
    """Tell whether a compared number without a unit ends there, or runs into a year in a copy that lost the stop."""
    quantity = clause.quantity
    return (
        quantity.unit is not None
        or _BARE_END.match(clause.after) is not None
        or clause.text.startswith("20", quantity.end)
    )


def _is_dated(clause: _Clause) -> bool:
    """Tell whether a date before the count asks for it: 以上, for what there shall be (有), or for what they all do (建成)."""
    quantity, before, after = clause.quantity, clause.before, clause.after
    sentence = sentence_start(clause.text, quantity.start)
    if quantity.unit not in _COUNT_UNITS or not any(
        sentence <= m.start < quantity.start and m.manner is not Manner.EVERY for m in clause.dates
    ):
        return False
    if PAST.search(before):
        return False
    if _OF_ALL.fullmatch(before) and _REACHED.search(after):
        return True
    return after.startswith(("以上", "均")) or before.endswith(("有", "各", "为"))


def _in_brackets(text: str, at: int, start: int) -> bool:
    opened = text.rfind("(", start, at)
    return opened >= 0 and ")" not in text[opened:at]


def _is_counted(before: str) -> bool:
    """Tell whether a verb of doing or a comparison stands close before a number in Chinese numerals."""
    return _COUNTED.search(before) is not None


def _is_done(clause: _Clause) -> bool:
    """Tell whether a plain count is promised: by a verb of doing, by 以上 behind it, or for so many (为…户安装)."""
    before, after = clause.before, clause.after
    if DOING.regex.search(before) and not _NO_COUNT.search(before):
        return True
    for_so_many = before.endswith("为") and clause.quantity.unit in _COUNT_UNITS and DOING.regex.search(after)
    at_least = _AFTER.fullmatch(after) and before and not _CONDITION_SUBJECT.search(before)
    return bool(for_so_many or at_least)


def _goes_on(clause: _Clause, last: Quantity | None) -> bool:
    """Tell whether a count goes on with the promised one just before it, of the same unit: 30座、5处; 其中; one more clause."""
    quantity, before = clause.quantity, clause.before
    if last is None or last.unit is None or last.unit != quantity.unit or quantity.start - last.end > _NEAR:
        return False
    between = clause.text[last.end : quantity.start]
    if "。" in between or ";" in between:
        return False
    next_clause = between.count(",") == 1 and _ENDED.fullmatch(clause.after) is not None and "、" not in before
    return next_clause or _THEREOF.match(before) is not None or before == "" or "、" in between or "和" in between


def _governing(text: str, quantity: Quantity, dates: Sequence[DateMention]) -> str | None:
    """Give the date that governs a quantity: the last one before it in its sentence, else 到…年 of a sentence before."""
    sentence = sentence_start(text, quantity.start)
    part = max(text.rfind(";", 0, quantity.start) + 1, sentence)
    for mention in reversed([m for m in dates if (part if is_limit(quantity) else 0) <= m.start < quantity.start]):
        if _LATER.search(text, mention.end, quantity.start):
            return None
        begun = mention.manner is Manner.BARE and text.startswith(_BEGUN, mention.end)
        if begun and _STOP.search(text, mention.end, quantity.start):
            continue
        if mention.start >= part:
            if mention.manner is Manner.EVERY and _STOP.search(text, mention.end, quantity.start):
                continue
            return mention.when
        if mention.manner is Manner.EVERY or (mention.start < sentence and mention.manner is not Manner.BY):
            continue
        if mention.start < sentence and _is_money(quantity) and not is_compared(text[sentence : quantity.start]):
            continue
        return mention.when
    return None


def _set_after(text: str, quantity: Quantity, dates: Sequence[DateMention]) -> str | None:
    """Give the last date behind a quantity in its part of the sentence by which it is done, with no object of its own."""
    end = min(at for at in (text.find(";", quantity.end), sentence_end(text, quantity.end)) if at >= 0)
    done = [
        m
        for m in dates
        if quantity.end <= m.start < end and m.manner in (Manner.BY, Manner.WITHIN) and _ALL_DONE.match(text, m.end)
    ]
    return done[-1].when if done else None


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit is not None and "元" in quantity.unit


def _first(text: str, start: int, dates: Sequence[DateMention]) -> int:
    """Let the quote begin at a date that stands alone in the clause before."""
    for mention in dates:
        if mention.end == start - 1 and text[start - 1] == ",":
            return mention.start
    return start
