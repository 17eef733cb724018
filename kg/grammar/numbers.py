"""Read quantities: a number in base units, its range and the unit that is printed after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.grammar.pattern import Pattern
from kg.grammar.units import UNIT_WORDS

_MULTIPLIERS = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}

_SCALE = "万|亿|千(?![瓦米克])|百(?!分)"
"""A multiplier, not the beginning of a unit: 5千瓦 are not 5000 of anything."""

QUANTITY = Pattern(
    "quantity",
    rf"(?<![\d.A-Za-z〔第])(?P<low>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+?(?=20[2-4]\d年)|\d+(?:\.\d+)?)(?P<after>{_SCALE}|%|‰)?"
    rf"(?:(?:[-—–~～至]|到)(?P<high>\d+(?:\.\d+)?))?[余多]?(?P<many>{_SCALE})?[余多]?(?P<unit>{UNIT_WORDS})?",
    ("1.5万盏", "3-5座"),
    ("〔2031〕", "灯塔甲"),
)
CHINESE = Pattern(
    "quantity in Chinese numerals",
    r"(?<![第之唯同统进逐])(?P<number>[一两二三四五六七八九十]{1,3})(?P<unit>个|所|家|座|处|场|次|张|项(?!目)|套|名|轮|批次)(?!中心(?!镇|城)[,。])",
    ("建成一座灯塔", "至少三个"),
    ("第一个", "一批灯塔"),
)
_MOST_FIGURES = 7
"""More figures in a row are two numbers whose dash was lost in copying: 300010000 was 3000—10000."""
_NUMERAL = re.compile(r"([一二两三四五六七八九]?)(十?)([一二两三四五六七八九]?)")
_DIGIT = re.compile(r"\d")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity at `text[start:end]`, in base units: 1.5万张 is 15000 张."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    value_max: Decimal | None = None


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Find the quantities of `text[start:end]` that are printed in digits."""
    stop = len(text) if end is None else end
    digit = _DIGIT.search(text, start, stop)
    while digit:
        match = QUANTITY.regex.match(text, digit.start(), stop)
        if match is None:
            digit = _DIGIT.search(text, digit.start() + 1, stop)
            continue
        digit = _DIGIT.search(text, match.end(), stop)
        if len(match["low"]) > _MOST_FIGURES and "," not in match["low"]:
            continue
        yield _quantity(match)


def _quantity(match: re.Match[str]) -> Quantity:
    low, high = _scaled(match)
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=plain(low),
        value_max=plain(high) if high is not None else None,
        unit=match["unit"] or (match["after"] if match["after"] in ("%", "‰") else None),
    )


def _scaled(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Give both ends in base units: 1—2万 scales both, 8000—1万 only the upper one, 3千万 is 3 × 1000 × 10000."""
    low, own = Decimal(match["low"].replace(",", "")), _MULTIPLIERS.get(match["after"], Decimal(1))
    last = _MULTIPLIERS.get(match["many"], Decimal(1))
    if match["high"] is None:
        return low * own * last, None
    high = Decimal(match["high"])
    upper = last if match["many"] else own
    lower = own if match["after"] in _MULTIPLIERS or low > high else last
    return low * lower, high * upper


def find_chinese_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Find the quantities of `text[start:end]` that are printed in Chinese numerals up to 99."""
    for match in CHINESE.find(text, start, end):
        number = chinese_number(match["number"])
        if number is not None:
            yield Quantity(start=match.start(), end=match.end(), value=Decimal(number), unit=match["unit"])


def chinese_number(text: str) -> int | None:
    """Read a Chinese numeral from 一 to 九十九, or None."""
    if text.isdigit():
        return int(text)
    match = _NUMERAL.fullmatch(text)
    if not match or not text:
        return None
    tens, ten, ones = match.groups()
    if not ten:
        return _DIGITS[text] if len(text) == 1 else None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def plain(value: Decimal) -> Decimal:
    """Drop the exponent and needless zeros of a number: 1.50E+4 is 15000."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
