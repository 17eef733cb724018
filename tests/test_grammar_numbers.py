"""Quantities are read in base units, with their range and their unit."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.characters import letters
from kg.grammar.numbers import chinese_number, find_chinese_quantities, find_quantities, plain
from kg.grammar.units import MEASURE, UNIT

QUANTITIES = [
    ("灯塔5座", "5", None, "座"),
    ("1.5万盏", "15000", None, "盏"),
    ("1,200人", "1200", None, "人"),
    ("12,345.5平方米", "12345.5", None, "平方米"),
    ("2亿元", "200000000", None, "元"),
    ("1.2亿元", "120000000", None, "元"),
    ("3千万元", "30000000", None, "元"),
    ("5百米", "500", None, "米"),
    ("60%", "60", None, "%"),
    ("5‰", "5", None, "‰"),
    ("12个百分点", "12", None, "个百分点"),
    ("12百分点", "12", None, "百分点"),
    ("500元/人", "500", None, "元/人"),
    ("100年一遇", "100", None, "年一遇"),
    ("3.50", "3.5", None, None),
    # 千 and 百 as the beginning of a unit
    ("5千瓦", "5", None, "千瓦"),
    ("5万千瓦", "50000", None, "千瓦"),
    ("3千米", "3", None, "千米"),
    # about and more than
    ("30余座", "30", None, "座"),
    ("1万余人", "10000", None, "人"),
    ("30多万人", "300000", None, "人"),
    # ranges
    ("3-5座", "3", "5", "座"),
    ("3—5座", "3", "5", "座"),
    ("4~6个", "4", "6", "个"),
    ("2万至3万人", "20000", "30000", "人"),
    ("1.5—2万张", "15000", "20000", "张"),
    ("1000-2000万元", "10000000", "20000000", "元"),
    ("8000至1万人", "8000", "10000", "人"),
    ("9千至1万人", "9000", "10000", "人"),
    ("50%—60%", "50", "60", "%"),
]


@pytest.mark.parametrize(("text", "value", "value_max", "unit"), QUANTITIES)
def test_a_quantity_is_read_in_base_units(text: str, value: str, value_max: str | None, unit: str | None) -> None:
    (quantity,) = find_quantities(text)
    assert str(quantity.value) == value
    assert (str(quantity.value_max) if quantity.value_max is not None else None) == value_max
    assert quantity.unit == unit
    assert quantity.end == len(text)


def test_a_number_runs_up_to_the_year_that_the_copy_glued_to_it() -> None:
    assert [q.value for q in find_quantities("灯塔达到52031年建成")] == [5]


@pytest.mark.parametrize("text", ["灯塔", "第5座", "灯塔〔2031〕", "A5纸", "长度300010000米"])
def test_other_figures_are_no_quantity(text: str) -> None:
    assert list(find_quantities(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("建成一座灯塔", 1, "座"),
        ("至少三个", 3, "个"),
        ("十二家渔网店", 12, "家"),
        ("二十五座", 25, "座"),
        ("两所学校", 2, "所"),
    ],
)
def test_a_quantity_in_chinese_numerals_is_read(text: str, value: int, unit: str) -> None:
    (quantity,) = find_chinese_quantities(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize("text", ["第一个", "唯一个", "统一场地", "一批灯塔", "十项目"])
def test_numerals_within_words_are_no_quantity(text: str) -> None:
    assert list(find_chinese_quantities(text)) == []


@given(st.integers(1, 99))
def test_a_chinese_numeral_gives_its_number(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    text = ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "百", "一二", "十十", "灯"])
def test_what_is_no_numeral_gives_none(text: str) -> None:
    assert chinese_number(text) is None


@given(st.decimals(0, 10**12, places=3, allow_nan=False, allow_infinity=False))
def test_a_plain_number_is_equal_and_has_no_needless_zero(value: Decimal) -> None:
    shown = format(plain(value), "f")
    assert Decimal(shown) == value
    assert "." not in shown or not shown.endswith("0")


@given(st.text(alphabet="0123456789.,-—至万千百亿%余多座米瓦〔〕年", max_size=40))
def test_quantities_are_in_order_within_the_text_and_ranges_rise(text: str) -> None:
    found = list(find_quantities(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[q.start].isdigit() and q.end <= len(text) for q in found)


def test_no_word_of_measure_hides_a_longer_one_that_begins_with_it() -> None:
    words = MEASURE.split("|")
    assert len(words) == len(set(words))
    hidden = [(a, b) for at, a in enumerate(words) for b in words[at + 1 :] if b.startswith(a)]
    assert hidden == []


@pytest.mark.parametrize(
    "text", ["座", "万元", "亿元", "%", "(个)", "人次", "平方米", "座/公里", "张/千人", "元/年", "个百分点"]
)
def test_a_cell_of_a_unit_is_one(text: str) -> None:
    assert UNIT.fits(text)


@pytest.mark.parametrize("text", ["", "灯塔", "座灯塔", "5座", "约束性"])
def test_another_cell_is_no_unit(text: str) -> None:
    assert not UNIT.fits(text)


def test_letters_drops_marks_and_can_part_words_with_one() -> None:
    assert letters("《灯塔 办法》(2031年)") == "灯塔办法2031年"
    assert letters("灯政发〔2031〕5", "-") == "灯政发-2031-5"
