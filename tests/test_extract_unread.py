"""What looks like a fact and gave none is listed with its place; what is history or no duty at all is not."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.extract import extract

HEAD = ("贝壳区灯塔养护方案", "贝政发〔2031〕5号", "一、重点任务")


def unread(*lines: str) -> list[tuple[str, str | None]]:
    plan = extract(read("\n".join((*HEAD, *lines)).encode(), name="plan.txt"))
    return [(place.kind.value, place.evidence.quote) for place in plan.unread]


@pytest.mark.parametrize(
    ("lines", "listed"),
    [
        (("（一）点灯。点亮灯塔。（责任单位：无）",), ("clause", "（责任单位：无）")),
        (("（一）点灯。由有关方面牵头，点亮灯塔。",), ("sentence", "由有关方面牵头")),
        (
            ("（一）点灯。区民政局要及时点亮灯塔。区财政局做好灯塔经费保障。（责任单位：区渔网局）",),
            ("sentence", "区财政局做好灯塔经费保障"),
        ),
        (("（一）点灯。到2033年，灯塔亮度上调40%左右的愿景写入30个村规。",), None),
        (("（一）点灯。", "配合单位：待定。"), ("line", "配合单位：待定。")),
        (
            ("序号\t工作任务\t责任单位\t完成时限", "1\t点灯\t区民政局\t尽快", "2\t修网\t区渔网局\t2031年底"),
            ("cell", "尽快"),
        ),
    ],
)
def test_what_gave_no_fact_is_listed(lines: tuple[str, ...], listed: tuple[str, str] | None) -> None:
    found = unread(*lines)
    assert (listed in found) if listed else found == []


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2030年底，全区有灯塔30座。",
        "申报单位对申报材料的真实性负责。",
        "坚持谁主管谁负责。",
        "到2033年，建成灯塔30座。",
        "由区民政局牵头，点亮灯塔。",
        "根据区民政局的要求点亮灯塔。",
        "（区民政局牵头，2033年9月底前完成；区财政局配合，10月底前拨付资金）",
    ],
)
def test_history_general_rules_and_facts_that_were_read_are_not_listed(sentence: str) -> None:
    assert unread(f"（一）点灯。点亮灯塔。{sentence}（责任单位：区渔网局）") == []
