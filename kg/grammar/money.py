"""Read amounts of money in 万元: the unit stands beside the number, in the header of its column or above its table."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.grammar.numbers import plain

_FACTORS = {
    "亿元": Decimal(10_000),
    "千万元": Decimal(1_000),
    "百万元": Decimal(100),
    "十万元": Decimal(10),
    "万元": Decimal(1),
    "千元": Decimal("0.1"),
    "百元": Decimal("0.01"),
    "元": Decimal("0.0001"),
}
"""How many 万元 one of a unit is, longer words first."""

MONEY_UNIT = rf"(?:{'|'.join(_FACTORS)}|亿|万)"
"""A unit of money as a fragment of a pattern; 亿 and 万 are short for 亿元 and 万元."""

_AMOUNT = re.compile(rf"(?:约)?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>{MONEY_UNIT})?")
_PRINTED = re.compile(rf"(?:{'|'.join(_FACTORS)})|[亿万](?=\)|$)")


def money_unit(text: str) -> str | None:
    """Give the last unit of money in the words of a header or caption, None where they name none.

    >>> money_unit("投资估算(亿元)总投资")
    '亿元'
    """
    found = _PRINTED.findall(text)
    return found[-1] if found else None


def in_wan(text: str, unit: str | None) -> Decimal | None:
    """Read an amount in 万元, None where the text is none; its own unit comes before `unit`, and without any it counts as printed.

    >>> in_wan("0.75", "亿元")
    Decimal('7500')
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    amount = Decimal(match["number"].replace(",", ""))
    word = match["unit"] or unit
    return plain(amount * _factor(word) if word else amount)


def _factor(unit: str) -> Decimal:
    return _FACTORS[unit if unit in _FACTORS else f"{unit}元"]
