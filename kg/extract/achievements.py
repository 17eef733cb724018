"""Read quantified past results from the reporting sections of a reply letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.documents.passage import Passage
from kg.extract.setting import Setting
from kg.grammar.numbers import find_quantities
from kg.records import Achievement

_MARKS = ",;。:、"
_STOP = re.compile(f"[{_MARKS}]")
_AS_OF = re.compile(r"(?:截至|截止)?(20\d\d)年")
_LEAD = re.compile(
    r"^(?:并|已|共|累计|其中|分别|建成|新增|新建|改造|升级|达到?|达|提高到|占比?|设置|配备|为|从|约|近|给予|提供|支持|带动|打造|整合|利用|组织|开展|累计投入|全市|全区|全县|全省|超过)+"
)
_NOT_COUNTED = re.compile(r"(?:第|连续|每|近|前|从|由)$")
_FROM = re.compile(r"从|(?:提高|提升|增长|增加|下降|降低|增|降)(?:到|至)|达到")
_SHORTEST = 2
_LONGEST = 40
_UNITS_OF_TIME = frozenset({"年", "月", "天", "小时", "分钟", "岁", "周岁", "期"})


def read_achievements(passages: Sequence[Passage], setting: Setting) -> Iterator[Achievement]:
    """Read every count with a unit as a past result, named by the words before it, else after it."""
    count = 0
    for passage in passages:
        for achievement in _read(passage, setting, count):
            count += 1
            yield achievement


def _read(passage: Passage, setting: Setting, count: int) -> Iterator[Achievement]:
    text = passage.text
    last = 0
    for quantity in find_quantities(text):
        before = text[: quantity.start]
        if quantity.unit is None or quantity.unit in _UNITS_OF_TIME or _NOT_COUNTED.search(before):
            continue
        start = max(before.rfind(mark) for mark in _MARKS) + 1
        stop = _STOP.search(text, quantity.end)
        end = stop.start() if stop else len(text)
        metric = _metric(text[max(start, last) : quantity.start])
        if len(metric) < _SHORTEST or metric.endswith("等"):
            metric = text[quantity.end : end].removeprefix("的")
        last = quantity.end
        if len(metric) < _SHORTEST or "×" in text[start:end]:
            continue
        count += 1
        yield Achievement(
            id=f"{setting.document}_r{count}",
            metric=metric[:_LONGEST],
            value=quantity.value,
            value_max=quantity.value_max,
            unit=quantity.unit,
            as_of=_year(text[before.rfind("。") + 1 : quantity.start]),
            evidence=passage.evidence(setting.source, start, end),
        )


def _metric(words: str) -> str:
    """Give the words before a number that name what was reached, without where it came from and the verbs around."""
    return _LEAD.sub("", _FROM.split(words)[0]).strip('“”"、和')


def _year(sentence: str) -> str | None:
    """Give the last year that a sentence names before a number."""
    years = _AS_OF.findall(sentence)
    return str(years[-1]) if years else None
