"""Whatever a source holds, reading and extracting end soon, with a plan or with an error that says what to do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.errors import KgError
from kg.extract import extract
from kg.records import Evidence, Plan
from kg.tables import TABLES, rows

SOON = timedelta(seconds=5)
PLANS = Path(__file__).resolve().parent / "fixtures" / "plans"
SOURCES = {path.parent.name: path.read_bytes().decode() for path in sorted(PLANS.glob("*/source.txt"))}

FRAGMENTS = [
    "贝壳区灯塔养护方案",
    "一、",
    "（一）",
    "1.",
    "①",
    "第一章",
    "第二条",
    "附件",
    "附件1",
    "一是",
    "下一步，",
    "目录",
    "根据",
    "《灯塔条例》",
    "（灯政发〔2031〕5号）",
    "灯塔",
    "区灯塔局",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "各码头街道办事处",
    "牵头",
    "负责",
    "按职责分工负责",
    "配合",
    "具体落实",
    "会同",
    "由",
    "要",
    "牵头单位：",
    "责任单位：",
    "完成时限：",
    "责任人：",
    "到2031年",
    "2031年底前",
    "每年",
    "“十六五”期间",
    "截至2029年底",
    "建成",
    "达到",
    "不低于",
    "5座",
    "1.5万盏",
    "60%",
    "3—5个",
    "序号",
    "指标",
    "单位",
    "2031年",
    "属性",
    "任务",
    "配合单位",
    "1",
    "2",
    "3",
    "/",
    "—",
    "≥95",
    "约束性",
    "联系人：",
    "代表：",
    "索引号",
    "标题",
    "成文日期",
    "2031-03-18",
    "|",
    ">",
    "#",
    "等",
    "和",
    "及",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(["", "", "\n", "\n\n", "\t", "\n\t", " "])), max_size=120
).map(lambda parts: "".join(fragment + mark for fragment, mark in parts))


def extracted(text: str) -> Plan | None:
    """Give the plan of a text, None where it is refused; every quote of it is checked."""
    try:
        document = read(text.encode("utf-8", "surrogatepass"))
        plan = extract(document)
    except KgError:
        return None
    for name in TABLES:
        for row in rows([plan], name):
            start, end = row.get("start"), row.get("end")
            if isinstance(start, int) and isinstance(end, int):
                assert 0 <= start < end <= len(document.text)
    quotes: list[Evidence] = [t.evidence for t in plan.tasks] + [c.evidence for c in plan.commitments]
    assert all(quote.quote == document.text[quote.start : quote.end] for quote in quotes)
    return plan


@settings(deadline=SOON, max_examples=150)
@given(TEXTS)
def test_text_in_the_words_of_plans_is_read(text: str) -> None:
    extracted(text)


@settings(deadline=SOON, max_examples=100)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    extracted(text)


@pytest.mark.parametrize("name", SOURCES)
@settings(deadline=SOON, max_examples=40)
@given(data=st.data())
def test_a_plan_with_lines_lost_or_doubled_is_read(name: str, data: st.DataObject) -> None:
    lines = SOURCES[name].splitlines(keepends=True)
    kept = data.draw(st.lists(st.integers(0, 2), min_size=len(lines), max_size=len(lines)))
    extracted("".join(line * count for line, count in zip(lines, kept, strict=True)))


@pytest.mark.parametrize("name", SOURCES)
@settings(deadline=SOON, max_examples=20)
@given(data=st.data())
def test_a_plan_that_breaks_off_anywhere_is_read(name: str, data: st.DataObject) -> None:
    text = SOURCES[name]
    assert extracted(text[: data.draw(st.integers(100, len(text)))])


@pytest.mark.parametrize("name", SOURCES)
def test_a_plan_whose_lines_stand_in_reverse_is_read(name: str) -> None:
    assert extracted("\n".join(reversed(SOURCES[name].splitlines())))


LONG = {
    "brackets that never close": "灯" + "（" * 20_000,
    "brackets within brackets": "灯" + "（" * 5_000 + "）" * 5_000,
    "separators": "灯塔、" * 10_000,
    "a very long list": "修灯。（责任单位：" + "区灯塔局、" * 4_000 + "区渔网局）",
    "bodies without separators": "修灯。（责任单位：" + "区灯塔局" * 2_000 + "）",
    "counted things": "修缮灯塔30座和",
    "figures": "灯" + "1" * 20_000,
    "years": "到2031年" * 4_000,
    "titles that never close": "灯" + "《" * 20_000,
    "serial numbers": "序号\n任务\n牵头单位\n责任单位\n" + "1\n" * 10_000,
    "a long table": "序号\n任务\n牵头单位\n责任单位\n"
    + "".join(f"{n}\n修灯塔\n区灯塔局\n区渔网局\n" for n in range(1, 1500)),
    "tab-led cells": "\t灯\n" * 15_000,
    "lines of one character": "灯\n" * 15_000,
    "blank lines": "灯\n" + " \n" * 20_000 + "塔\n",
    "clauses": "修灯。（区灯塔局负责）" * 1_500,
    "labels": "标题：灯塔方案\n" * 3_000,
    "names": "沈澜屿、" * 5_000 + "代表：",
    "headings": "一、灯塔\n（一）灯\n1.灯\n" * 1_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
@settings(deadline=SOON, max_examples=1)
@given(end=st.just("。"))
def test_a_long_run_of_one_kind_takes_no_time(text: str, end: str) -> None:
    assert extracted(text + end)
