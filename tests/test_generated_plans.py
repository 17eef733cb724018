"""Random invented plans, of every level, clause style and kind of table, give the records that were drawn, in each format."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg

QUICK = settings(derandomize=True, database=None, deadline=None, print_blob=False, suppress_health_check=[*HealthCheck])


@settings(QUICK, max_examples=100)
@given(data=st.data())
def test_a_plan_as_text_gives_the_records_that_were_drawn(generated: ModuleType, data: st.DataObject) -> None:
    check(generated, data, "text")


@pytest.mark.slow
@settings(QUICK, max_examples=2000)
@given(data=st.data())
def test_two_thousand_plans_as_text_give_the_records_that_were_drawn(
    generated: ModuleType, data: st.DataObject
) -> None:
    check(generated, data, "text")


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@settings(QUICK, max_examples=30)
@given(data=st.data())
def test_a_plan_in_each_format_gives_the_records_that_were_drawn(
    generated: ModuleType, form: str, data: st.DataObject
) -> None:
    check(generated, data, form)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
@settings(QUICK, max_examples=300)
@given(data=st.data())
def test_a_plan_in_a_format_and_as_text_gives_equal_records_but_for_their_places(
    generated: ModuleType, form: str, data: st.DataObject
) -> None:
    drawn = data.draw(generated.written(form))
    in_format = kg.extract(kg.read(drawn.data, name=drawn.name))
    as_text = kg.extract(kg.read(drawn.text.encode(), name="plan.txt"))
    assert generated.without_spans(in_format) == generated.without_spans(as_text)


def check(generated: ModuleType, data: st.DataObject, form: str) -> None:
    """Draw a plan, write it, read it, and compare what was read with what was drawn."""
    drawn = data.draw(generated.written(form))
    plan = kg.extract(kg.read(drawn.data, name=drawn.name))
    different = generated.difference(drawn.sketch, plan)
    assert not different, "\n".join(["the records differ:", *different, "", drawn.text])
