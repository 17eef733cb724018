"""Random invented plans, of every level, clause style and kind of table, give the records that were drawn, in each format."""

from __future__ import annotations

import shutil
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kg

QUICK = settings(derandomize=True, database=None, deadline=None, print_blob=False, suppress_health_check=[*HealthCheck])
FORMATS = [
    "html",
    "docx",
    pytest.param(
        "doc",
        marks=pytest.mark.skipif(
            shutil.which("antiword") is None, reason="the program antiword is not installed: apt install antiword"
        ),
    ),
    "pdf",
]
MANY = settings(QUICK, phases=[Phase.generate])
"""A failure of the long runs and of the slow writers is shown as drawn: to make it small takes minutes."""

STYLES = {
    "a label and a list": "label",
    "a collective body after a comma": "label, collective",
    "two labels": "two labels",
    "lead; cooperate": "lead; cooperate",
    "a list and 负责": "list 负责",
    "等 and 等有关部门和单位": "list 等负责",
    "按职责分工负责": "按职责分工负责",
    "local bodies carry it out": "local bodies carry out",
    "A牵头, B按职责分工负责": "牵头, 按职责分工负责",
    "A牵头, B配合 or 参与": "牵头, 配合",
    "A牵头负责": "牵头负责",
    "a list and a collective body, 具体负责": "和 collective 具体负责",
    "the members of a group": "group's members",
    "牵头单位 as part of a name": "专班牵头单位牵头",
    "a collective body only": "collective only",
    "a comma between bodies of different rank": "comma between ranks",
    "a bracket inside the list": "bracket inside",
    "a separator that was lost": "lost separator",
    "labelled lines": "labelled lines",
    "a labelled line of the time": "time label",
    "duties sorted by body": "sorted by body",
    "由A牵头": "由A牵头",
    "由A负责": "由A负责",
    "A会同B": "A会同B",
    "an article of a regulation": "A负责…",
    "two levels in one": "two levels in one",
    "对…负主要责任": "对…负主要责任",
    "a reply's undertaking": "implied",
    "a table with lead and responsible bodies": "table 重点任务/牵头单位/责任单位",
    "a table with inner offices": "table 工作事项/主要内容/牵头单位/配合单位/内设处室",
    "到2031年": "到Y年",
    "2031年底前": "Y年底前",
    "2031年6月底前": "Y年M月底前",
    "2031年末": "Y年末",
    "期间": "期间",
    "时期": "时期",
    "每年": "每年",
    "每月": "每月",
    "每季度": "每季度",
    "前两年, 后三年": "前两年后三年",
    "a month of the title's year": "month of the title's year",
    "what is no duty": "no duty",
}
"""What the field notes list, and the name under which the generator draws it."""


def test_every_style_of_the_field_is_drawn(generated: ModuleType) -> None:
    sketches = [generated.draw_sketch(generated.Seeded(seed)) for seed in range(600)]
    drawn = {words.style for sketch in sketches for task in sketch.tasks for words in task.words}
    assert {row for row, style in STYLES.items() if style not in drawn} == set()


def test_tables_of_every_kind_are_drawn(generated: ModuleType) -> None:
    sketches = [generated.draw_sketch(generated.Seeded(seed)) for seed in range(200)]
    tables = [part for sketch in sketches for part in sketch.parts if isinstance(part, generated.Table)]
    assert {"完成时限", "内设处室", "目标值", "三级指标", "项目名称"} <= {
        word for table in tables for word in table.header
    }
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert any(cell.merged for cell in cells)
    assert {"", "/", "—"} <= {cell.text for cell in cells}
    assert any(len(row) == 1 for table in tables for row in table.rows)


@settings(QUICK, max_examples=100)
@given(data=st.data())
def test_a_plan_as_text_gives_the_records_that_were_drawn(generated: ModuleType, data: st.DataObject) -> None:
    check(generated, data, "text")


@pytest.mark.slow
@settings(MANY, max_examples=2000)
@given(data=st.data())
def test_two_thousand_plans_as_text_give_the_records_that_were_drawn(
    generated: ModuleType, data: st.DataObject
) -> None:
    check(generated, data, "text")


@pytest.mark.parametrize("form", FORMATS)
@settings(MANY, max_examples=30)
@given(data=st.data())
def test_a_plan_in_each_format_gives_the_records_that_were_drawn(
    generated: ModuleType, form: str, data: st.DataObject
) -> None:
    check(generated, data, form)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
@settings(MANY, max_examples=300)
@given(data=st.data())
def test_a_plan_in_a_format_and_as_text_gives_equal_records_but_for_their_places(
    generated: ModuleType, form: str, data: st.DataObject
) -> None:
    drawn = data.draw(generated.written(form))
    in_format = kg.extract(kg.read(drawn.data, name=drawn.name))
    as_text = kg.extract(kg.read(drawn.text.encode(), name="plan.txt"))
    different = generated.apart(as_text, in_format)
    assert not different, "\n".join(["the records differ:", *different, "", drawn.text])


def check(generated: ModuleType, data: st.DataObject, form: str) -> None:
    """Draw a plan, write it, read it, and compare what was read with what was drawn."""
    drawn = data.draw(generated.written(form))
    plan = kg.extract(kg.read(drawn.data, name=drawn.name))
    different = generated.difference(drawn.sketch, plan)
    assert not different, "\n".join(["the records differ:", *different, "", drawn.text])
