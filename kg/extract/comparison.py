"""Find the words by which a promise compares, and what they say: at least, at most, or as much."""

from __future__ import annotations

import re

from kg.grammar.pattern import Pattern
from kg.records import Comparator

_NOT = r"不(?:得|宜|应|能|可|准|会|再)?"
_MORE = r"(?:高于|超过|超出|多于|大于|突破|超)"
_LESS = r"(?:低于|少于|小于|短于|晚于)"
_CHANGE = r"(?:提高|提升|增长|增加|扩大|上升|下降|降低|压减|压缩|缩短|控制|稳定|保持|维持|降)(?:到|至|在)?"

COMPARED = Pattern(
    "comparison before a number",
    rf"(?:达到|达成|达至|达|{_NOT}{_MORE}|{_NOT}{_LESS}|{_MORE}|{_LESS}|{_CHANGE}|至少|力争|[≥≤>＞<＜])(?:约|近|其)?",
    ("灯塔数达到5座", "不得超过60%"),
    ("灯塔5座", "第5座"),
)
FIRM = Pattern(
    "comparison that bounds",
    rf"{_NOT}(?:{_MORE}|{_LESS})|[≥≤]",
    ("不低于5座", "不得超过60%"),
    ("超过5座", "达到60%"),
)
FAILED = Pattern(
    "comparison that was not reached",
    r"(?:未|没有|尚未|不|难以|仅|只)(?:能|有)?(?:达到|达成|达|到)$|不足$|未满$|不满$",
    ("未达到", "仅达到"),
    ("达到", "不低于"),
)
CONDITION = Pattern(
    "comparison of a condition",
    rf"(?<!不)(?<!不得)(?<!不宜)(?<!不应)(?:{_MORE}|{_LESS})$|不足$|未满$|达$|达到$",
    ("面积超过", "得分低于"),
    ("提高到", "不得超过"),
)
_OF_THOSE = re.compile(r"(?:及)?(?:以上|以下|以内)?(?:的(?![\u4e00-\u9fff]{0,6}(?:政策|标准))|者|时(?!间|长|段))")
_AT_END = re.compile(rf"(?:{COMPARED.expression})$")
_LONGEST = 8
_BOUND_BELOW = re.compile(rf"{_NOT}{_LESS}|[≥>＞]|至少")
_BOUND_ABOVE = re.compile(rf"{_NOT}{_MORE}|(?<!不){_LESS}|控制在|[≤<＜]")
_REACH = re.compile(rf"达(?!标|产|优)|(?<!不){_MORE}")
_WINDOW = 24


def is_compared(before: str) -> bool:
    """Tell whether a comparison ends right before a number."""
    if _AT_END.search(before, max(0, len(before) - _LONGEST)):
        return True
    return before.endswith("在") and len(before) > len("率在上") and "率" in before


def comparison(before: str) -> int:
    """Give the place in the words before a number where their comparison begins."""
    firm = FIRM.regex.search(before)
    if firm:
        return firm.start()
    match = _AT_END.search(before, max(0, len(before) - _LONGEST))
    return match.start() if match else len(before)


def is_condition(before: str, after: str) -> bool:
    """Tell whether a compared number describes what is meant and asks for nothing: 面积超过500平方米的灯塔."""
    return _OF_THOSE.match(after) is not None and CONDITION.regex.search(before[-_WINDOW:]) is not None


def comparator_of(before: str, after: str) -> Comparator:
    """Give what the words around a number say; the comparison nearest before it counts."""
    near = before[-_WINDOW:]
    last = max(_places(_BOUND_BELOW, near), default=-1), max(_places(_BOUND_ABOVE, near), default=-1)
    if last[0] > last[1]:
        return Comparator.AT_LEAST
    if last[1] >= 0 or after.startswith(("以下", "以内", "内", "之内")):
        return Comparator.AT_MOST
    if _REACH.search(near) or after.removeprefix("及").startswith("以上"):
        return Comparator.AT_LEAST
    return Comparator.EQUAL


def _places(pattern: re.Pattern[str], text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text)]
