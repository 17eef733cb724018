"""Tell what a regulation says of breaches and of citizens: who punishes bears no task, and limits for those who drive are no promise."""

from __future__ import annotations

from functools import lru_cache

from kg.grammar.pattern import Pattern
from kg.grammar.stretches import sentence_end, sentence_start

PENAL = Pattern(
    "sentence on a breach",
    r"(?:有下列[^,;。]{2,20}之一|违反|未(?:按照?|依照?|经|取得)|拒不|擅自|(?:[^,;。]{0,30}(?:滥用职权|玩忽职守|徇私舞弊|不履行)))[^。]*?(?:责令|罚款|处罚|处分|刑事责任|没收|吊销|查处|依法处理|法律责任|治安管理)"
    r"|[^,;。]{2,40},由[^,;。]{2,40}(?:责令|处以|给予处分|没收|吊销)|[^。]{2,80}处[^。]{1,20}罚款",
    ("违反本办法规定的,由区灯塔局责令改正", "拒不拆除渔网的,由公安机关处200元罚款"),
    ("区灯塔局负责查处违反规定的行为", "区灯塔局牵头制定处罚细则"),
)
TRAFFIC = Pattern(
    "limit of traffic before a number",
    r"(?:时速|车速|航速|限速|载重|载质量|载人数|限载)[^,;。]{0,8}不(?:得|准|能|可)?(?:超过|高于|大于)$",
    ("航速不得超过", "限速不超过"),
    ("灯塔高度不超过", "航速达到"),
)
CITIZENS = Pattern(
    "rule for citizens",
    r"(?:驾驶(?!室)|骑行|乘坐|携带|任何(?:单位|个人)|申请人|个人|公民|当事人|经营者)[^。;:]{0,60}(?:应|不得|禁止)",
    ("驾驶渔船应当减速", "任何单位和个人不得收费"),
    ("驾驶室应当加装灯塔", "区灯塔局不得收费"),
)


def is_penal(text: str, at: int) -> bool:
    """Tell whether the sentence around a place is on a breach and what follows from it."""
    return any(start <= at <= end for start, end in _penal(text))


@lru_cache(maxsize=512)
def _penal(text: str) -> tuple[tuple[int, int], ...]:
    """Give the places of the sentences of a text that are on breaches."""
    found = []
    start = 0
    while start < len(text):
        end = sentence_end(text, start)
        if PENAL.regex.match(text, start, end):
            found.append((start, end))
        start = end + 1
    return tuple(found)


def is_for_citizens(text: str, start: int, at: int) -> bool:
    """Tell whether the number at a place, in the clause that begins at `start`, is a limit for those who drive, apply or trade."""
    begin = sentence_start(text, start)
    return CITIZENS.regex.match(text, begin, at) is not None or TRAFFIC.regex.search(text, start, at) is not None
