"""Amounts of money are read in 万元, whatever unit stands beside them, above them or above the table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.documents.caption import is_caption, money_unit_of, units_of, without_caption
from kg.grammar.money import in_wan, money_unit


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("0.75", "亿元", "7500"), ("7500", "万元", "7500"), ("7500", None, "7500"), ("7,500", "千元", "750"),
        ("2亿", "万元", "20000"), ("约1.2亿元", None, "12000"), ("50000元", "亿元", "5"), ("3", "百万元", "300"),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_ten_thousands(text: str, unit: str | None, amount: str) -> None:
    assert in_wan(text, unit) == Decimal(amount)


@pytest.mark.parametrize("text", ["待定", "3—5", "3座", ""])
def test_other_words_are_no_amount(text: str) -> None:
    assert in_wan(text, "亿元") is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("投资估算(亿元)总投资", "亿元"),
        ("总投资/万元", "万元"),
        ("投资(亿)", "亿"),
        ("总投资", None),
        ("总投资(元)", "元"),
    ],
)
def test_the_words_of_a_header_name_its_unit(header: str, unit: str | None) -> None:
    assert money_unit(header) == unit


CAPTIONS = [
    ("附件1 灯塔项目清单 单位:亿元", "附件1 灯塔项目清单", ("亿元",), "亿元"),
    ("灯塔项目清单(单位:万元)", "灯塔项目清单", ("万元",), "万元"),
    ("灯塔项目投资清单(万元)", "灯塔项目投资清单", ("万元",), "万元"),
    ("灯塔项目清单单位:人民币万元", "灯塔项目清单", ("万元",), "万元"),
    ("灯塔指标表 计量单位:座", "灯塔指标表", ("座",), None),
    ("灯塔指标表 单位:座、万元、%", "灯塔指标表", ("座", "万元", "%"), "万元"),
    ("灯塔项目清单 单位:万元、亿元", "灯塔项目清单", ("万元", "亿元"), None),
    ("责任单位:元宝镇", "责任单位:元宝镇", (), None),
]


@pytest.mark.parametrize(("title", "name", "units", "money"), CAPTIONS)
def test_a_caption_names_the_unit_of_a_table(title: str, name: str, units: tuple[str, ...], money: str | None) -> None:
    assert (without_caption(title), units_of(title), money_unit_of(title)) == (name, units, money)


def test_a_caption_stands_alone_or_it_is_a_title() -> None:
    assert is_caption("(单位:万元)")
    assert not is_caption("灯塔项目清单(单位:万元)")
