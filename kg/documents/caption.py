"""Read the caption that names the unit of a table, 单位：万元, off the words above it."""

from __future__ import annotations

import re

from kg.grammar.money import MONEY_UNIT
from kg.grammar.units import UNIT

_UNIT = rf"(?:(?:人民币)?{MONEY_UNIT}|{UNIT.expression}|[\u4e00-\u9fff]{{1,4}}/[\u4e00-\u9fff]{{1,4}})"
_PREFIX = r"(?:(?:计量|金额|货币|资金|投资|数据|统计)?单位[:为])"
_CAPTION = re.compile(
    rf"\s*[(\[]?{_PREFIX}\s*(?P<units>{_UNIT}(?:[、,/;和]\s*{_UNIT})*)[)\]]?(?=$|\s|[()])|\s*\((?P<money>(?:人民币)?{MONEY_UNIT})\)(?=$|\s)"
)
_BETWEEN = re.compile(r"[、,;和]\s*")
_MONEY = re.compile(rf"(?:人民币)?({MONEY_UNIT})")


def is_caption(text: str) -> bool:
    """Tell whether a text names the unit of a table and nothing else."""
    return _CAPTION.fullmatch(text) is not None


def without_caption(title: str) -> str:
    """Give the words above a table without those that name its unit.

    >>> without_caption("附件1 灯塔项目清单 (单位:万元)")
    '附件1 灯塔项目清单'
    """
    return _CAPTION.sub("", title).strip()


def units_of(title: str) -> tuple[str, ...]:
    """Give the units that the words above a table name.

    >>> units_of("灯塔指标 单位:座、%")
    ('座', '%')
    """
    words = [unit for match in _CAPTION.finditer(title) for unit in _BETWEEN.split(match["units"] or match["money"])]
    return tuple(dict.fromkeys(word.removeprefix("人民币") for word in words))


def money_unit_of(title: str) -> str | None:
    """Give the one unit of money that the words above a table name; None where they name none or several."""
    found = [unit for unit in units_of(title) if _MONEY.fullmatch(unit)]
    return found[0] if len(found) == 1 else None
