"""Promises of sentences: how much, compared how, by when; history, forecasts and conditions promise nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.commitments import find_promises

SINCE = 2030

# text, then for each promise: comparator, value, greatest value, unit, by
PROMISES = [
    ("到2035年,全区灯塔完好率不低于95%。", [(">=", "95", None, "%", "2035")]),
    ("到2031年,灯塔达到5座。", [(">=", "5", None, "座", "2031")]),
    ("建成灯塔30座以上。", [(">=", "30", None, "座", None)]),
    ("至少建成1个灯塔。", [(">=", "1", None, "个", None)]),
    ("灯塔故障率不高于5%。", [("<=", "5", None, "%", None)]),
    ("灯塔故障率控制在5%以内。", [("<=", "5", None, "%", None)]),
    ("灯塔维修时间不超过3个工作日。", [("<=", "3", None, "个工作日", None)]),
    ("灯塔数稳定在30座左右。", [("=", "30", None, "座", None)]),
    ("实现灯塔覆盖率100%。", [("=", "100", None, "%", None)]),
    ("人均灯塔面积不低于0.5平方米。", [(">=", "0.5", None, "平方米", None)]),
    # base units and ranges
    ("2031年底前,培训守塔人员1.5万人次。", [("=", "15000", None, "人次", "2031")]),
    ("提供灯塔贷款3亿元。", [("=", "300000000", None, "元", None)]),
    ("新建灯塔3—5座。", [("=", "3", "5", "座", None)]),
    ("每个街道至少建成一座灯塔。", [(">=", "1", None, "座", None)]),
    # a date governs the clauses after it, up to the next
    (
        "到2031年,灯塔达到5座,渔网店达到30家,守塔人培训率达到90%以上。",
        [(">=", "5", None, "座", "2031"), (">=", "30", None, "家", "2031"), (">=", "90", None, "%", "2031")],
    ),
    (
        "到2031年,建成灯塔5座;到2035年,再建8座。",
        [("=", "5", None, "座", "2031"), ("=", "8", None, "座", "2035")],
    ),
    ("到2031年,修缮灯塔30座、码头12处。", [("=", "30", None, "座", "2031"), ("=", "12", None, "处", "2031")]),
    ("每年新增灯塔5座。", [("=", "5", None, "座", "every-year")]),
]
NO_PROMISES = [
    # history and forecasts
    "截至2029年底,共有灯塔5座。",
    "目前已建成灯塔5座。",
    "预计到2035年,守塔人达到300人。",
    # conditions
    "守塔人年满60岁的可以申请。",
    "对60岁以上守塔人给予补贴。",
    "面积500平方米以上的灯塔应当配备管理员。",
    # numbers that count nothing
    "依据《灯塔法》第5条。",
    "印发灯塔规划(灯政发〔2031〕5号)。",
    "到2031年,灯塔全部点亮。",
    "建设第5座灯塔。",
]


@pytest.mark.parametrize(("text", "promises"), PROMISES)
def test_a_promise_says_how_much_and_by_when(
    text: str, promises: list[tuple[str, str, str | None, str, str | None]]
) -> None:
    found = [
        (
            p.comparator.value,
            str(p.quantity.value),
            str(p.quantity.value_max) if p.quantity.value_max is not None else None,
            p.quantity.unit,
            p.by,
        )
        for p in find_promises(text, SINCE)
    ]
    assert found == promises


@pytest.mark.parametrize("text", NO_PROMISES)
def test_history_forecasts_and_conditions_promise_nothing(text: str) -> None:
    assert find_promises(text, SINCE) == []


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("到2035年,全区灯塔完好率不低于95%。", "灯塔完好率"),
        ("到2035年,新增夜航灯120盏。", "夜航灯"),
        ("每年组织演练2次。", "演练"),
        ("建成5座灯塔。", "灯塔"),
    ],
)
def test_a_promise_names_what_is_counted(text: str, metric: str) -> None:
    (promise,) = find_promises(text, SINCE)
    assert promise.metric == metric


def test_what_lay_before_the_document_is_no_date_of_a_promise() -> None:
    (promise,) = find_promises("2025年以来持续努力,到2031年灯塔达到5座。", SINCE)
    assert promise.by == "2031"


@given(st.text(alphabet="到2031年底前,建成灯塔达不低于5.3万%座个第以上的;。每年()", max_size=60))
def test_a_promise_stands_around_its_number(text: str) -> None:
    for promise in find_promises(text, SINCE):
        assert 0 <= promise.start <= promise.quantity.start < promise.quantity.end <= promise.end <= len(text)
