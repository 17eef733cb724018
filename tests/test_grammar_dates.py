"""Dates are read with what their words can mean; history, forecasts and titles give none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.passage import Passage, fold, passage
from kg.extract.deadlines import labelled_date, read_deadlines
from kg.extract.setting import Setting
from kg.grammar.dates import find_dates, period_end
from kg.records import Precision, Recurrence

D = date

# text, the words that date, when, precision, earliest, latest
DATES = [
    ("到2031年,建成灯塔5座。", "到2031年", "2031", Precision.YEAR, D(2031, 1, 1), D(2031, 12, 31)),
    ("至2035年建成。", "至2035年", "2035", Precision.YEAR, D(2035, 1, 1), D(2035, 12, 31)),
    ("2031年建成。", "2031年", "2031", Precision.YEAR, D(2031, 1, 1), D(2031, 12, 31)),
    ("2031建成。", "2031", "2031", Precision.YEAR, D(2031, 1, 1), D(2031, 12, 31)),
    ("2031年底前,建成灯塔。", "2031年底前", "2031", Precision.YEAR, D(2031, 12, 31), D(2031, 12, 31)),
    ("到2031年末,建成灯塔。", "到2031年末", "2031", Precision.YEAR, D(2031, 12, 31), D(2031, 12, 31)),
    ("2031年末建成。", "2031年末", "2031", Precision.YEAR, D(2031, 12, 31), D(2031, 12, 31)),
    ("2031年6月底前完成。", "2031年6月底前", "2031-06", Precision.MONTH, D(2031, 6, 30), D(2031, 6, 30)),
    ("2032年2月完成。", "2032年2月", "2032-02", Precision.MONTH, D(2032, 2, 1), D(2032, 2, 29)),
    ("2031年6月15日前报送。", "2031年6月15日前", "2031-06", Precision.DAY, D(2031, 6, 15), D(2031, 6, 15)),
    ("2031年2月30日前报送。", "2031年2月30日前", "2031-02", Precision.MONTH, D(2031, 2, 1), D(2031, 2, 28)),
    ("2031年第三季度完成。", "2031年第三季度", "2031-09", Precision.QUARTER, D(2031, 7, 1), D(2031, 9, 30)),
    ("2031年上半年完成。", "2031年上半年", "2031-06", Precision.HALF, D(2031, 1, 1), D(2031, 6, 30)),
    ("2031年下半年启动。", "2031年下半年", "2031-12", Precision.HALF, D(2031, 7, 1), D(2031, 12, 31)),
    ("“十五五”期间,新建灯塔。", "“十五五”期间", "2030", Precision.PERIOD, D(2026, 1, 1), D(2030, 12, 31)),
    ('"十四五"时期,新建灯塔。', '"十四五"时期', "2025", Precision.PERIOD, D(2021, 1, 1), D(2025, 12, 31)),
    ("到“十四五”末,新建灯塔。", "到“十四五”末", "2025", Precision.PERIOD, D(2021, 1, 1), D(2025, 12, 31)),
    ("2031—2033年,新建灯塔。", "2031—2033年", "2033", Precision.PERIOD, D(2031, 1, 1), D(2033, 12, 31)),
    ("2031年至2033年新建。", "2031年至2033年", "2033", Precision.PERIOD, D(2031, 1, 1), D(2033, 12, 31)),
    ("启动阶段(2031年1月至6月)。", "2031年1月至6月", "2031-06", Precision.PERIOD, D(2031, 1, 1), D(2031, 6, 30)),
    (
        "2031年11月—2032年2月底巡查",
        "2031年11月—2032年2月底",
        "2032-02",
        Precision.PERIOD,
        D(2031, 11, 1),
        D(2032, 2, 29),
    ),
]
RECURRENCES = [
    ("每年新增灯塔5座。", "每年", Recurrence.YEAR),
    ("每半年评估1次。", "每半年", Recurrence.HALF),
    ("每季度通报。", "每季度", Recurrence.QUARTER),
    ("按季度通报。", "按季度", Recurrence.QUARTER),
    ("每月巡查。", "每月", Recurrence.MONTH),
    ("每周巡查。", "每周", Recurrence.WEEK),
    ("每个月巡查。", "每个月", Recurrence.MONTH),
]
NO_DATES = [
    # history
    "截至2021年底,共有灯塔5座。",
    "2021年以来,新增灯塔5座。",
    "比2021年增长5%。",
    "与2021年相比提高。",
    "从2031年起实行。",
    # forecasts
    "预计到2035年,守塔人达到300人。",
    "预测2035年灯塔达到5座。",
    # titles, numbers of acts, other numbers
    "印发《灯塔规划(2031—2035年)》。",
    "灯政发〔2031〕5号",
    "灯塔2031座。",
    "每两年评估。",
    "人均每年500元。",
    "三年行动。",
    # a month or a part of a period without what it belongs to
    "6月底前完成。",
    "前两年打基础,后三年建成。",
]


@pytest.mark.parametrize(("text", "words", "when", "precision", "earliest", "latest"), DATES)
def test_a_date_says_when_how_exactly_and_between_which_days(
    text: str, words: str, when: str, precision: Precision, earliest: date, latest: date
) -> None:
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end] == words
    assert (mention.when, mention.precision, mention.earliest, mention.latest) == (when, precision, earliest, latest)
    assert mention.recurrence is None


@pytest.mark.parametrize(("text", "words", "recurrence"), RECURRENCES)
def test_a_recurrence_has_no_day(text: str, words: str, recurrence: Recurrence) -> None:
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end] == words
    assert (mention.when, mention.recurrence, mention.precision) == (recurrence.value, recurrence, Precision.NONE)
    assert (mention.earliest, mention.latest) == (None, None)


@pytest.mark.parametrize("text", NO_DATES)
def test_history_forecasts_and_titles_give_no_date(text: str) -> None:
    assert find_dates(text) == ()


RELATIVE = [
    ("6月底前完成。", 2031, [("2031-06", D(2031, 6, 30), D(2031, 6, 30))]),
    ("年底前完成。", 2031, [("2031", D(2031, 12, 31), D(2031, 12, 31))]),
    ("今年年底前完成。", 2031, [("2031", D(2031, 12, 31), D(2031, 12, 31))]),
    ("全年举办演练。", 2031, [("2031", D(2031, 1, 1), D(2031, 12, 31))]),
    (
        "2032年3月启动,年底前完成。",
        2031,
        [("2032-03", D(2032, 3, 1), D(2032, 3, 31)), ("2032", D(2032, 12, 31), D(2032, 12, 31))],
    ),
    (
        "二季度末完成一半,上半年开工。",
        2031,
        [("2031-06", D(2031, 4, 1), D(2031, 6, 30)), ("2031-06", D(2031, 1, 1), D(2031, 6, 30))],
    ),
    ("每季度通报,一季度开工。", None, [("every-quarter", None, None)]),
    ("实施阶段(4—11月)", 2031, [("2031-11", D(2031, 4, 1), D(2031, 11, 30))]),
    ("推进阶段(4月21日至11月20日)", 2031, [("2031-11", D(2031, 4, 21), D(2031, 11, 20))]),
    ("总结阶段(12月)", 2031, [("2031-12", D(2031, 12, 1), D(2031, 12, 31))]),
    ("6—11月龄幼儿(第4—11月)", None, []),
    ("明年底前完成。", 2031, [("2032", D(2032, 12, 31), D(2032, 12, 31))]),
    (
        "到2035年建成网络,今年年底前完成首批。",
        2031,
        [("2035", D(2035, 1, 1), D(2035, 12, 31)), ("2031", D(2031, 12, 31), D(2031, 12, 31))],
    ),
    ("“十六五”期间持续推进,6月底前排查。", 2031, [("2035", D(2031, 1, 1), D(2035, 12, 31))]),
    (
        "今年6月底前排查,到9月底前整改。",
        2031,
        [("2031-06", D(2031, 6, 30), D(2031, 6, 30)), ("2031-09", D(2031, 9, 30), D(2031, 9, 30))],
    ),
    ("青年内部选拔,同一企业年内只能申请一次,合同年内有效。", 2031, []),
    ("前三季度完成。上半年考核不合格的取消资格。上半年,全区共完成改造。", 2031, []),
    ("3-6月大的幼儿,7月1日前已出台的政策。", 2031, []),
    ("按月租金计算,每周5天开放。", 2031, []),
    ("三年内建成,每年年底总结。", 2031, [("every-year", None, None)]),
    ("年底前完成,全年举办。", None, []),
    ("12月15日前报送。", 2031, [("2031-12", D(2031, 12, 15), D(2031, 12, 15))]),
    (
        "2031年3月启动,9月底前完成。",
        None,
        [("2031-03", D(2031, 3, 1), D(2031, 3, 31)), ("2031-09", D(2031, 9, 30), D(2031, 9, 30))],
    ),
    (
        "“十五五”期间,前两年打基础,后三年全面建成。",
        None,
        [
            ("2030", D(2026, 1, 1), D(2030, 12, 31)),
            ("2027", D(2026, 1, 1), D(2027, 12, 31)),
            ("2030", D(2028, 1, 1), D(2030, 12, 31)),
        ],
    ),
    ("每年6月底前报送。", 2031, [("every-year", None, None)]),
    ("每年公布,6月底前报送。", 2031, [("every-year", None, None)]),
    ("截至2029年底共5座,6月底前完成。", 2031, []),
]


@pytest.mark.parametrize(("text", "year", "dates"), RELATIVE)
def test_a_month_or_part_takes_its_year_from_the_sentence_or_the_title(
    text: str, year: int | None, dates: list[tuple[str, date | None, date | None]]
) -> None:
    assert [(m.when, m.earliest, m.latest) for m in find_dates(text, after=date(year, 1, 1) if year else None)] == dates


def test_a_month_without_a_year_is_not_before_the_day_that_sets_it() -> None:
    mentions = find_dates("9月底前完成,3月底前总结。", after=date(2031, 5, 20))
    assert [m.when for m in mentions] == ["2031-09"]


@pytest.mark.parametrize(
    ("title", "year"), [("灯塔“十五五”规划", 2030), ("灯塔十四五发展纲要", 2025), ("灯塔规划", None)]
)
def test_a_title_names_the_last_year_of_its_period(title: str, year: int | None) -> None:
    assert period_end(title) == year


def whole(text: str) -> Passage:
    return passage(fold(text), 0, len(text))


def setting(text: str, *, since: int | None = 2030, year: int | None = None) -> Setting:
    return Setting(
        source=text, document="d", title="贝壳区灯塔方案", since=since, after=date(year, 1, 1) if year else None
    )


DEADLINES = [
    ("到2031年,建成灯塔5座;2033年底前,再建3座。到2031年,全部点亮。", ["2031", "2033"]),
    ("每年巡查灯塔,每月报送。", ["every-year", "every-month"]),
    ("完成时限:2031年6月底", ["2031-06"]),
    ("完成时限：2031年12月取得阶段性成果并持续推进", ["2031-12", "ongoing"]),
    ("完成时限:长期坚持", ["ongoing"]),
    ("持续推进灯塔建设。", []),
    ("2025年建成灯塔3座。", []),
    ("全区2031年有灯塔5座。", []),
    ("截至2029年底,全区共有灯塔5座。", []),
    ("预计到2035年,守塔人达到300人。", []),
]


@pytest.mark.parametrize(("text", "whens"), DEADLINES)
def test_each_date_that_is_due_is_a_deadline_once(text: str, whens: list[str]) -> None:
    found = read_deadlines(whole(text), setting(text), task="d_1")
    assert [deadline.when for deadline in found] == whens
    assert len({deadline.id for deadline in found}) == len(found)
    assert all(deadline.evidence.quote == text[deadline.evidence.start : deadline.evidence.end] for deadline in found)


CELLS = [
    ("2031年6月底", ["2031-06"], "2031-06"),
    ("长期坚持", ["ongoing"], None),
    ("持续推进", ["ongoing"], None),
    ("每年12月", ["every-year"], "every-year"),
    ("2031年12月取得阶段性成果并持续推进", ["2031-12", "ongoing"], None),
    ("/", [], None),
]


@pytest.mark.parametrize(("cell", "whens", "due"), CELLS)
def test_a_cell_for_the_time_sets_the_date_of_its_row(cell: str, whens: list[str], due: str | None) -> None:
    text = "修缮灯塔。" + cell
    row, time = whole(text).part(0, 5), whole(text).part(5)
    found = read_deadlines(row, setting(text), task="d_1", time=time)
    assert [deadline.when for deadline in found] == whens
    assert labelled_date(row, time, setting(text)) == due


def test_the_dates_of_a_row_and_of_its_cell_have_ids_of_their_own() -> None:
    text = "每月巡查灯塔。2031年6月底"
    found = read_deadlines(whole(text).part(0, 7), setting(text), task="d_1", time=whole(text).part(7))
    assert [(deadline.id, deadline.when) for deadline in found] == [("d_1_t1", "every-month"), ("d_1_t2", "2031-06")]


def test_a_month_whose_year_stands_only_in_the_title_is_a_deadline() -> None:
    text = "9月底前修缮灯塔。"
    assert [d.when for d in read_deadlines(whole(text), setting(text, year=2031), task="d_1")] == ["2031-09"]
    assert read_deadlines(whole(text), setting(text), task="d_1") == ()


@given(
    st.integers(2001, 2069),
    st.integers(1, 12),
    st.integers(1, 31),
    st.sampled_from(["{}年{}月{}日前", "{}年{}月底", "{}年"]),
)
def test_a_date_lies_between_its_days(year: int, month: int, day: int, form: str) -> None:
    (mention,) = find_dates(form.format(year, month, day) + "完成。")
    assert mention.earliest is not None
    assert mention.latest is not None
    assert date(year, 1, 1) <= mention.earliest <= mention.latest <= date(year, 12, 31)
    assert mention.when == mention.latest.isoformat()[: len(mention.when)]


@given(st.text(alphabet="2031年月底前到至每季度半“十五”期间后两截至,。—-《》", max_size=60))
def test_mentions_are_in_order_and_within_the_text(text: str) -> None:
    mentions = find_dates(text, after=date(2031, 1, 1))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(m.earliest is None or (m.latest is not None and m.earliest <= m.latest) for m in mentions)
