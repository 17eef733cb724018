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
    # how often, how long it may take, marks of comparison
    ("对独居守塔人每月至少探访1次。", [(">=", "1", None, "次", "every-month")]),
    ("区灯塔局每季度开展一次专项检查。", [("=", "1", None, "次", "every-quarter")]),
    ("每周通话不少于2次。", [(">=", "2", None, "次", "every-week")]),
    ("守塔人报告后30日内修复灯塔。", [("<=", "30", None, "日", None)]),
    ("守塔人求助后2小时内到达灯塔。", [("<=", "2", None, "小时", None)]),
    ("确保灯塔完好率≥72%。", [(">=", "72", None, "%", None)]),
    ("海水浊度控制在30微克/立方米以内。", [("<=", "30", None, "微克/立方米", None)]),
    ("推广夜航设备5万台(套)。", [("=", "50000", None, "台(套)", None)]),
    # bounds in every form, the new value of two
    ("灯塔间距不得超过5公里。", [("<=", "5", None, "公里", None)]),
    ("灯塔事故不突破10起。", [("<=", "10", None, "起", None)]),
    ("灯塔租金不宜高于300元。", [("<=", "300", None, "元", None)]),
    ("灯塔面积不小于100平方米。", [(">=", "100", None, "平方米", None)]),
    ("灯塔完好率由60%提高到85%。", [("=", "85", None, "%", None)]),
    ("将不低于70%的灯塔资金用于修缮。", [(">=", "70", None, "%", None)]),
    ("从2030年的60%提高到2033年的85%。", [("=", "85", None, "%", "2033")]),
    # a date behind the number, the last by which it is done
    ("布设夜航灯500盏以上,2031年6月底前全部投用。", [(">=", "500", None, "盏", "2031-06")]),
    ("新建灯塔20座,2031年开工,2032年底前建成。", [("=", "20", None, "座", "2032")]),
    ("到2032年,依托现有码头打造灯塔群30个。", [("=", "30", None, "个", "2032")]),
    (
        "2032年底前,新创示范码头2个、确定首批试点灯塔5座。",
        [("=", "2", None, "个", "2032"), ("=", "5", None, "座", "2032")],
    ),
    ("2032年底前,铺设灯缆120公里。", [("=", "120", None, "公里", "2032")]),
    ("2032年底前,培育产值超3亿元的渔网企业5家。", [("=", "5", None, "家", "2032")]),
    # so far by a date to come, of which, what they all do, words that are seldom units
    ("到2033年,累计修缮灯塔30座,其中石塔5座。", [("=", "30", None, "座", "2033"), ("=", "5", None, "座", "2033")]),
    ("2032年底前,全区16个码头全部建成驿站。", [("=", "16", None, "个", "2032")]),
    ("2032年底前,设置警示牌180块。", [("=", "180", None, "块", "2032")]),
]
NO_PROMISES = [
    # history and forecasts
    "截至2029年底,共有灯塔5座。",
    "目前已建成灯塔5座。",
    "预计到2035年,守塔人达到300人。",
    # limits for citizens and prices of breaches
    "驾驶渔船应当减速,最高航速不得超过8公里。",
    "任何单位和个人不得收取每船超过50元的费用。",
    "拒不改正的,处200元以上500元以下罚款。",
    # conditions
    "守塔人年满60岁的可以申请。",
    "对60岁以上守塔人给予补贴。",
    "面积500平方米以上的灯塔应当配备管理员。",
    "灯塔累计修缮30座。",
    "2029年,全区新建灯塔30座;改造灯塔50座。",
    "近三年来,安排灯塔资金2亿元;新增码头5个。",
    "今年1—2月,全区新增灯塔5座。",
    "完好率达不到80%的灯塔,予以通报。",
    "灯塔数未达到30座的区,予以约谈。",
    "投资超过1000万元的,须报区政府。",
    "守塔人得分低于60分的,不予续聘。",
    "每年约有3次台风影响灯塔,每年可申请补贴一次。",
    "每年发生2次以上事故的,取消资格。",
    "24小时内降雨量超过警戒线时,启动应急响应。",
    "自收到决定之日起60日内申请复议。",
    "2033年底前,全区30个码头各建成灯塔。",
    "全区有3条航线,设有灯塔的占多数。",
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
        ("灯塔维修时限由15个工作日压缩至5个工作日以内。", "灯塔维修时限"),
        ("建成区15分钟灯塔圈覆盖率达到100%。", "建成区15分钟灯塔圈覆盖率"),
        ("三年内修缮老旧灯塔15座。", "修缮老旧灯塔"),
        ("2031年完成老灯塔改造120座、惠及守塔人3万户。", "老灯塔改造"),
    ],
)
def test_a_promise_names_what_is_counted(text: str, metric: str) -> None:
    promise = find_promises(text, SINCE)[0]
    assert promise.metric == metric


def test_what_lay_before_the_document_is_no_date_of_a_promise() -> None:
    (promise,) = find_promises("2025年以来持续努力,到2031年灯塔达到5座。", SINCE)
    assert promise.by == "2031"


@given(st.text(alphabet="到2031年底前,建成灯塔达不低于5.3万%座个第以上的;。每年()", max_size=60))
def test_a_promise_stands_around_its_number(text: str) -> None:
    for promise in find_promises(text, SINCE):
        assert 0 <= promise.start <= promise.quantity.start < promise.quantity.end <= promise.end <= len(text)
