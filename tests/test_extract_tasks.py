"""Tasks are the smallest units of assigned work, wherever the outline of a plan puts them."""

from __future__ import annotations

import pytest

from kg.documents import read
from kg.extract import extract
from kg.records import Basis, DocumentKind, Plan, Role, Task, UnreadKind


def plan_of(*lines: str, title: str = "贝壳区灯塔养护方案") -> Plan:
    return extract(read("\n\n".join((title, *lines)).encode(), name="plan.txt"))


def outline(plan: Plan) -> list[tuple[str, str | None]]:
    return [(task.number, task.title) for task in plan.tasks]


def duties(task: Task) -> list[tuple[str, str]]:
    return [(duty.department, duty.role.value) for duty in task.responsibilities]


def test_a_unit_with_a_clause_is_a_task_and_the_headings_above_are_its_section() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）点亮灯塔",
        "1.修缮灯塔。到2031年修好灯塔。（区灯塔局负责）",
        "2.新建灯塔。（区灯塔局牵头）",
        "（二）守好灯塔",
        "3.巡查灯塔。（区渔网局负责）",
    )
    assert outline(plan) == [("一/(一)/1", "修缮灯塔"), ("一/(一)/2", "新建灯塔"), ("一/(二)/3", "巡查灯塔")]
    assert [task.section for task in plan.tasks] == [("一、重点任务", "(一)点亮灯塔")] * 2 + [
        ("一、重点任务", "(二)守好灯塔")
    ]
    assert [task.id for task in plan.tasks] == [f"{plan.document.id}_{n}" for n in ("1-1-1", "1-1-2", "1-2-3")]
    assert plan.tasks[0].clause is not None
    assert plan.tasks[0].clause.quote == "（区灯塔局负责）"


def test_a_unit_without_a_clause_is_a_task_too_unless_it_tells_the_background() -> None:
    plan = plan_of(
        "一、发展基础", "灯塔很多。", "二、总体要求", "（一）指导思想。守护海路。", "（二）工作目标。到2031年建成灯塔5座。",
        "三、保障措施", "（一）加强领导。定期研究灯塔工作。", "（二）加强宣传。讲好灯塔故事。",
    )  # fmt: skip
    assert outline(plan) == [("三/(一)", "加强领导"), ("三/(二)", "加强宣传")]
    assert [(c.section, c.task) for c in plan.commitments] == [(("二、总体要求", "(二)工作目标"), None)]


def test_a_unit_whose_numbered_parts_are_its_fields_is_one_task() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）点亮灯塔。",
        "1.工作目标：到2031年点亮灯塔5座。",
        "2.工作举措：逐座体检。",
        "3.责任单位：区灯塔局、各码头办事处",
        "4.责任人：某某",
        "（二）守好灯塔。",
        "1.责任单位：区渔网局",
        "2.工作内容：每月巡查。",
        "3.完成时限：2032年6月底前。",
    )
    assert outline(plan) == [("一/(一)", "点亮灯塔"), ("一/(二)", "守好灯塔")]
    assert [duties(task) for task in plan.tasks] == [
        [("区灯塔局", "responsible"), ("各码头办事处", "responsible")],
        [("区渔网局", "responsible")],
    ]
    assert [[one.when for one in task.deadlines] for task in plan.tasks] == [["2031"], ["every-month", "2032-06"]]


def test_numbered_parts_that_are_work_stay_tasks() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）灯塔养护。",
        "1.新建灯塔。",
        "责任单位：区灯塔局",
        "2.修补渔网。",
        "责任单位：区渔网局",
        "3.牵头单位：区政府办公室",
    )
    assert [duties(task) for task in plan.tasks[:2]] == [[("区灯塔局", "responsible")], [("区渔网局", "responsible")]]


def test_a_clause_on_the_line_of_the_last_heading_is_that_of_its_unit() -> None:
    plan = plan_of("一、重点任务", "（一）修缮灯塔。逐座体检。", "（二）守好灯塔。（区渔网局负责）")
    assert [duties(task) for task in plan.tasks] == [[], [("区渔网局", "responsible")]]


def test_what_was_done_is_no_task_and_promises_nothing() -> None:
    plan = plan_of(
        "一、工作进展",
        "（一）巡查灯塔。区灯塔局组织开展巡查120次，投入资金3000万元。",
        "二、工作情况",
        "新建灯塔30座。",
        "三、重点任务",
        "（一）新建灯塔5座。（区灯塔局负责）",
    )
    assert outline(plan) == [("三/(一)", "新建灯塔5座")]
    assert [one.value for one in plan.commitments] == [5]


def test_the_cell_that_says_the_same_as_above_is_that_one() -> None:
    plan = plan_of(
        "附件",
        "任务分工表",
        "序号\t工作任务\t牵头（责任）单位\t完成时限\n1\t点灯\t区灯塔局\t2031年底\n2\t修网\t同上\t同上",
    )
    assert [duties(task) for task in plan.tasks] == [[("区灯塔局", "lead")]] * 2
    assert [[one.when for one in task.deadlines] for task in plan.tasks] == [["2031"]] * 2


def test_the_persons_with_which_a_line_of_duties_begins_are_left_out() -> None:
    plan = plan_of(
        "一、重点任务", "1.修缮灯塔。", "责任领导：常务副区长　　牵头单位：区灯塔局　　责任单位：区渔网局，各码头街道"
    )
    assert [duties(task) for task in plan.tasks] == [
        [("区灯塔局", "lead"), ("区渔网局", "responsible"), ("各码头街道", "responsible")]
    ]
    assert plan.tasks[0].clause is not None
    assert "领导" not in (plan.tasks[0].clause.quote or "")


def test_promises_without_a_date_have_the_year_of_their_heading_or_of_the_title() -> None:
    lines = ("一、2032年主要目标", "（一）修缮灯塔30座。", "二、重点任务", "（一）新建灯塔5座，30日内验收。")
    plan = plan_of(*lines, title="贝壳区2031年灯塔养护工作要点")
    assert [(one.value, one.by) for one in plan.commitments] == [(30, "2032"), (5, "2031"), (30, None)]
    assert [one.by for one in plan_of(*lines).commitments] == ["2032", None, None]


def test_the_points_of_a_notice_are_tasks_and_the_plan_below_it_begins_anew() -> None:
    plan = plan_of(
        "贝政发〔2031〕5号",
        "各码头街道：",
        "一、压实责任。各码头街道要制定方案。",
        "二、加强督查。区灯塔局每月通报进展。",
        "贝壳区人民政府",
        "2031年3月1日",
        "贝壳区灯塔养护任务分工表",
        "序号\t任务\t牵头单位\n1\t点灯\t区灯塔局\n2\t修网\t区渔网局",
        title="贝壳区人民政府关于印发《贝壳区灯塔养护任务分工表》的通知",
    )
    assert outline(plan) == [("一", "压实责任"), ("二", "加强督查"), ("1", None), ("2", None)]
    assert [duties(task) for task in plan.tasks] == [
        [("各码头街道", "responsible")],
        [("区灯塔局", "responsible")],
        [("区灯塔局", "lead")],
        [("区渔网局", "lead")],
    ]


def test_months_without_a_year_come_after_the_day_of_issue() -> None:
    head = ("贝政发〔2031〕5号", "贝壳区人民政府", "2031年5月6日")
    lines = (
        "一、重点任务",
        "（一）点灯。9月底前点亮灯塔。（区灯塔局负责）",
        "（二）修网。3月底前修好。（区渔网局负责）",
    )
    plan = plan_of(*lines, *head)
    assert [[one.when for one in task.deadlines] for task in plan.tasks] == [["2031-09"], []]
    assert not [one for task in plan_of(*lines, *head, title="贝壳区灯塔三年行动方案").tasks for one in task.deadlines]


def test_each_paragraph_with_a_clause_of_its_own_is_a_task_titled_by_its_opening() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）点亮灯塔",
        "修缮老旧灯塔。逐座体检。（区灯塔局负责）",
        "到2031年，全区要新建灯塔5座，建成后验收。（区财政局牵头）",
    )
    assert outline(plan) == [("一/(一)", "修缮老旧灯塔"), ("一/(一)", None)]
    assert [task.id.rpartition("_1-1")[2] for task in plan.tasks] == ["", "_2"]
    assert {task.section for task in plan.tasks} == {("一、重点任务", "(一)点亮灯塔")}


def test_one_clause_below_several_units_belongs_to_their_heading() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）点亮灯塔",
        "1.修缮灯塔。",
        "2.新建灯塔。",
        "（区灯塔局负责）",
        "（二）守好灯塔",
        "巡查。（区渔网局负责）",
    )
    assert outline(plan) == [("一/(一)", "点亮灯塔"), ("一/(二)", "守好灯塔")]
    assert duties(plan.tasks[0]) == [("区灯塔局", "responsible")]


def test_labelled_lines_below_a_task_are_its_clause_and_lines_of_persons_are_not_read() -> None:
    plan = plan_of(
        "一、修缮灯塔",
        "逐座体检。",
        "牵头单位：区灯塔局",
        "参与单位：区渔网局，各码头街道",
        "责任人：区灯塔局主要负责人",
        "完成时限：2031年6月底",
        "二、新建灯塔",
        "选址。",
    )
    assert outline(plan) == [("一", "修缮灯塔"), ("二", "新建灯塔")]
    assert duties(plan.tasks[0]) == [("区灯塔局", "lead"), ("区渔网局", "support"), ("各码头街道", "support")]
    assert [deadline.when for deadline in plan.tasks[0].deadlines] == ["2031-06"]


def test_the_date_of_a_labelled_line_is_that_of_the_promises_of_its_task() -> None:
    plan = plan_of("一、修缮灯塔", "新建灯塔5座。", "牵头单位：区灯塔局", "完成时限：2031年6月底")
    assert [(c.by, c.task) for c in plan.commitments] == [("2031-06", plan.tasks[0].id)]


def test_duties_that_are_sorted_by_body_fall_to_the_body_of_the_heading() -> None:
    plan = plan_of(
        "一、职责分工", "（一）区灯塔局", "1.牵头修缮灯塔。", "2.负责巡查灯塔。", "（二）区渔网局", "1.配合修缮灯塔。"
    )
    assert [duties(task) for task in plan.tasks] == [
        [("区灯塔局", "lead")],
        [("区灯塔局", "responsible")],
        [("区渔网局", "support")],
    ]


def test_a_sentence_adds_who_leads_to_what_a_clause_says() -> None:
    plan = plan_of("一、修缮灯塔。由区灯塔局牵头，建立名册。（区灯塔局、区渔网局负责）")
    assert duties(plan.tasks[0]) == [("区灯塔局", "responsible"), ("区渔网局", "responsible"), ("区灯塔局", "lead")]
    assert [duty.basis for duty in plan.tasks[0].responsibilities] == [Basis.CLAUSE, Basis.CLAUSE, Basis.PROSE]


ANNEX = [
    "附件1",
    "灯塔任务分工表",
    *["序号", "任务", "牵头单位", "配合单位", "完成时限"],
    *["1", "修缮灯塔", "区灯塔局", "区财政局", "2031年底"],
]


def test_the_rows_of_an_annex_that_assign_work_are_tasks() -> None:
    plan = plan_of("一、修灯。（区灯塔局负责）", *ANNEX)
    assert [task.number for task in plan.tasks] == ["一", "附件1-1"]
    row = plan.tasks[1]
    assert row.id == f"{plan.document.id}_a1-1"
    assert row.section == ("附件1灯塔任务分工表",)
    assert duties(row) == [("区灯塔局", "lead"), ("区财政局", "support")]
    assert [duty.basis for duty in row.responsibilities] == [Basis.TABLE] * 2
    assert [deadline.when for deadline in row.deadlines] == ["2031"]


def test_inner_offices_and_persons_of_a_table_bear_no_duty() -> None:
    header = ["序号", "工作事项", "主要内容", "牵头单位", "配合单位", "内设处室", "责任人"]
    plan = plan_of("附件1", "灯塔任务表", *header, *["1", "修缮灯塔", "逐座体检", "区灯塔局", "/", "灯塔科", "祁望舟"])
    (task,) = plan.tasks
    assert task.title == "修缮灯塔"
    assert duties(task) == [("区灯塔局", "lead")]


def test_a_cell_that_spans_rows_belongs_to_each_of_them() -> None:
    rows = [
        "任务类别",
        "任务",
        "牵头单位",
        "完成时限",
        "点亮",
        "修缮灯塔",
        "区灯塔局",
        "2031年底",
        "新建灯塔",
        "区灯塔局",
        "2032年底",
        "守护",
        "巡查灯塔",
        "区渔网局",
        "每月",
    ]
    plan = plan_of("附件1", "灯塔任务表", *rows)
    assert [duties(task) for task in plan.tasks] == [[("区灯塔局", "lead")]] * 2 + [[("区渔网局", "lead")]]
    assert [[deadline.when for deadline in task.deadlines] for task in plan.tasks] == [
        ["2031"],
        ["2032"],
        ["every-month"],
    ]


def test_a_table_of_contents_is_left_out_and_what_only_it_holds_is_reported() -> None:
    contents = ["目录", "一、修缮灯塔", "二、新建灯塔", "三、巡查灯塔", "四、守护灯塔"]
    text = ["一、修缮灯塔", "修灯。（区灯塔局负责）", "二、新建灯塔", "建灯。（区灯塔局负责）", "三、巡查灯塔", "逐座"]
    plan = extract(read("\n".join([*contents, "贝壳区灯塔养护方案", *text]).encode()))
    assert plan.document.title == "贝壳区灯塔养护方案"
    assert outline(plan) == [("一", "修缮灯塔"), ("二", "新建灯塔"), ("三", "巡查灯塔")]
    assert [task.truncated for task in plan.tasks] == [False, False, True]
    assert [u.evidence.quote for u in plan.unread if u.kind is UnreadKind.HEADING] == ["四、守护灯塔"]


REPLY = ["沈澜屿代表：", "您的建议收悉，答复如下：", "一、工作情况", "2030年，全市建成驿站45个。"]


def reply_of(*lines: str) -> Plan:
    return plan_of(*REPLY, *lines, title="雾灯市灯塔管理局关于第118号建议的答复函")


def test_what_a_reply_undertakes_below_a_heading_are_its_tasks() -> None:
    plan = reply_of(
        "二、下一步工作",
        "（一）扩大范围。到2032年，新建驿站20个。",
        "（二）加强宣传。由市渔网局牵头，讲好故事。",
        "感谢您的关心。",
    )
    assert plan.document.kind is DocumentKind.REPLY
    assert outline(plan) == [("二/(一)", "扩大范围"), ("二/(二)", "加强宣传")]
    assert duties(plan.tasks[0]) == [("雾灯市灯塔管理局", "responsible")]
    assert plan.tasks[0].responsibilities[0].basis is Basis.IMPLIED
    assert duties(plan.tasks[1]) == [("市渔网局", "lead")]
    assert [(c.value, c.by) for c in plan.commitments] == [(20, "2032")]


def test_what_a_reply_undertakes_after_the_words_next_are_its_tasks() -> None:
    plan = reply_of(
        "下一步，我们将做好以下工作：", "一是扩大范围。到2032年，新建驿站20个。", "二是加强宣传。讲好故事。"
    )
    assert outline(plan) == [("一", "扩大范围"), ("二", "加强宣传")]


@pytest.mark.parametrize(
    "lines",
    [
        ("二、下一步工作", "（一）扩大范围。到2032年，新建驿站20个。"),
        ("下一步，我们将做好以下工作：", "一是扩大范围。到2032年，新建驿站20个。"),
    ],
)
def test_what_a_reply_will_do_is_no_achievement(lines: tuple[str, ...]) -> None:
    plan = reply_of(*lines)
    assert [(a.value, a.unit, a.as_of) for a in plan.achievements] == [(45, "个", "2030")]


def test_of_a_regulation_only_the_articles_that_charge_somebody_are_tasks() -> None:
    plan = plan_of(
        "第一条 为了保护灯塔，制定本条例。",
        "第二条 市、区灯塔部门负责灯塔的日常管理。",
        "第三条 灯塔每年检查。",
        title="贝壳区灯塔管理条例",
    )
    assert plan.document.kind is DocumentKind.REGULATION
    assert [(task.number, duties(task)) for task in plan.tasks] == [("第二条", [("市、区灯塔部门", "responsible")])]


def regulation(*lines: str) -> Plan:
    return plan_of(*lines, title="贝壳区灯塔管理办法")


@pytest.mark.parametrize("named", ["（养护责任）　", "【养护责任】", "［养护责任］", "（养护责任） "])
def test_an_article_may_bear_its_title_in_brackets(named: str) -> None:
    plan = regulation(f"第一条{named}区灯塔局应当养护灯塔。", "第二条（区灯塔局负责）点亮灯塔。")
    assert outline(plan) == [("第一条", "养护责任"), ("第二条", None)]
    assert duties(plan.tasks[0]) == [("区灯塔局", "responsible")]


def test_each_paragraph_of_an_article_with_bodies_of_its_own_is_a_task() -> None:
    plan = regulation(
        "第一条（职责）　县级以上人民政府应当加强灯塔工作，将灯塔纳入规划。",
        "区灯塔局负责养护灯塔。\n任何人不得损坏灯塔。",
        "街道办事处应当协助做好巡查。",
        "第二条（公开）　区灯塔局应当公布名录。\n申请点灯的，应当提交申请书。",
    )
    assert [(task.number, task.title, duties(task)) for task in plan.tasks] == [
        ("第一条", None, [("县级以上人民政府", "responsible")]),
        ("第一条", None, [("区灯塔局", "responsible")]),
        ("第一条", None, [("街道办事处", "support")]),
        ("第二条", "公开", [("区灯塔局", "responsible")]),
    ]
    assert plan.tasks[0].section == ("第一条(职责)",)


def test_items_of_an_article_charge_their_own_bodies_and_a_paragraph_below_them_its_own() -> None:
    plan = regulation(
        "第一条（分工）　灯塔工作按照下列规定分工：",
        "（一）灯塔部门负责人行道上的灯塔；",
        "（二）渔网部门、码头部门依照各自职责，负责督促守塔人点灯。",
        "公安、财政等部门按照各自职责，做好灯塔的相关工作。",
        "第二条（机构）　灯塔管理机构履行下列职责：",
        "（一）巡查灯塔；",
        "（二）渔网部门应当修补渔网。",
    )
    assert [(task.number, duties(task)) for task in plan.tasks] == [
        ("第一条/(一)", [("灯塔部门", "responsible")]),
        ("第一条/(二)", [("渔网部门", "responsible"), ("码头部门", "responsible")]),
        ("第一条", [("公安", "responsible"), ("财政", "responsible")]),
        ("第二条/(一)", [("灯塔管理机构", "responsible")]),
        ("第二条/(二)", [("渔网部门", "responsible")]),
    ]
    assert [task.open for task in plan.tasks] == [False, False, True, False, False]
    assert {task.title for task in plan.tasks} == {None}


def test_articles_that_forbid_punish_or_bind_citizens_charge_nobody() -> None:
    plan = regulation(
        "第一条　禁止在灯塔上晾晒渔网。",
        "第二条　违反本办法规定的，由灯塔部门责令改正，处200元以上500元以下罚款；情节严重的，由公安机关依法处理。",
        "第三条　鼓励公安、财政等部门与渔民合作。",
        "第四条　守塔人、申请人应当遵守规定。渔业公司应当建立台账。",
        "第五条　灯塔部门及其工作人员玩忽职守的，依法给予处分。",
        "第六条　灯塔部门应当建立台账。",
    )
    assert [task.number for task in plan.tasks] == ["第六条"]
    assert plan.commitments == ()


def test_a_first_chapter_straight_below_the_contents_is_kept() -> None:
    chapters = ["第一章　总则", "第二章　养护", "第三章　罚则", "第四章　附则"]
    rest = [line for n, chapter in enumerate(chapters[1:], 2) for line in (chapter, f"第{'一二三四'[n - 1]}条　略。")]
    plan = regulation("目录", *chapters, chapters[0], "第一条　灯塔部门负责养护灯塔。", *rest)
    assert [(task.number, task.section) for task in plan.tasks] == [("第一章/第一条", ("第一章总则",))]


def test_a_plan_without_headings_has_the_tasks_of_its_clauses() -> None:
    plan = plan_of("修缮灯塔。（区灯塔局负责）", "巡查灯塔。（区渔网局负责）")
    assert [duties(task) for task in plan.tasks] == [[("区灯塔局", "responsible")], [("区渔网局", "responsible")]]
    assert len({task.id for task in plan.tasks}) == 2


def test_a_clause_that_names_nobody_and_what_is_no_body_are_reported_with_their_place() -> None:
    plan = plan_of("一、修缮灯塔。（责任单位：无）", "二、巡查灯塔。（区灯塔局、守塔人牵头）")
    found = [(unread.kind, unread.evidence.quote) for unread in plan.unread]
    assert (UnreadKind.CLAUSE, "（责任单位：无）") in found
    assert (UnreadKind.BODY, "守塔人") in found


def test_a_heading_without_words_and_lines_of_persons_only_make_no_task() -> None:
    assert plan_of("一、", "1.", "责任人：区灯塔局局长", "①").tasks == ()


def test_roles_are_those_of_the_schema() -> None:
    assert [role.value for role in Role] == ["lead", "responsible", "support", "implement"]


def test_paragraphs_that_begin_with_the_bodies_they_are_about_are_tasks_of_these() -> None:
    plan = plan_of(
        "一、职责分工",
        "区灯塔局：统筹协调灯塔养护。",
        "区渔网局、风筝办：负责渔网回收，8月底前完成。",
        "区码头中心：配合做好巡查。",
    )
    assert [duties(task) for task in plan.tasks] == [
        [("区灯塔局", "responsible")],
        [("区渔网局", "responsible"), ("风筝办", "responsible")],
        [("区码头中心", "support")],
    ]


def test_paragraphs_that_begin_with_who_leads_are_tasks() -> None:
    plan = plan_of(
        "一、重点任务",
        "（一）点灯",
        "区灯塔局牵头，各码头街道配合，点亮老灯塔，年内修缮灯塔3座。",
        "区渔网局、区风筝局共同牵头，区财政局落实，办好渔网集市。",
    )
    assert [[(d.department, d.role.value) for d in task.responsibilities] for task in plan.tasks] == [
        [("区灯塔局", "lead"), ("各码头街道", "support")],
        [("区渔网局", "lead"), ("区风筝局", "lead"), ("区财政局", "implement")],
    ]


def test_lines_of_the_body_in_charge_are_no_foot_of_a_web_page() -> None:
    lines = "一、重点任务", "（一）点灯", "点亮老灯塔。", "主办单位：区灯塔局；协办单位：区渔网局。"
    plan = plan_of(*lines, "主办单位：贝壳区人民政府办公室　网站标识码：0000000000")
    assert [[(d.department, d.role.value) for d in task.responsibilities] for task in plan.tasks] == [
        [("区灯塔局", "lead"), ("区渔网局", "support")]
    ]


@pytest.mark.parametrize(
    ("heading", "promises"), [("补齐灯塔基础设施短板", 1), ("破解难题", 1), ("工作基础", 0), ("发展现状", 0)]
)
def test_headings_of_what_has_been_promise_nothing_and_those_of_work_do(heading: str, promises: int) -> None:
    plan = plan_of("一、有关情况", f"（一）{heading}", "到2033年，灯塔完好率达到95%。")
    assert len(plan.commitments) == promises


def test_a_heading_that_lists_bodies_bears_its_task() -> None:
    plan = plan_of("一、分工", "（1）灯塔局、渔网局：巡查灯塔。", "（2）风筝办：修补风筝。")
    assert [duties(task) for task in plan.tasks] == [
        [("灯塔局", "responsible"), ("渔网局", "responsible")],
        [("风筝办", "responsible")],
    ]


def test_articles_stand_below_a_heading_that_came_first_and_above_one_that_did_not() -> None:
    below = plan_of("一、纾困", "第一条 减免租金。由区灯塔局牵头。", "二、消费", "第二条 发放消费券。由区渔网局牵头。")
    assert outline(below) == [("一/第一条", "减免租金"), ("二/第二条", "发放消费券")]
    above = plan_of(
        "第一条 区灯塔局履行下列职责：",
        "（一）区灯塔局负责巡查灯塔。",
        "第二条 区渔网局负责修补渔网。",
        title="贝壳区灯塔管理办法",
    )
    assert [task.number for task in above.tasks] == ["第一条/(一)", "第二条"]


def test_a_unit_of_the_lowest_rank_is_one_task_however_many_clauses_it_holds() -> None:
    text = "修灯。（区灯塔局负责）补网。（区渔网局牵头，区风筝办配合）"
    (one,) = plan_of("一、任务", f"1．{text}").tasks
    assert duties(one) == [("区灯塔局", "responsible"), ("区渔网局", "lead"), ("区风筝办", "support")]


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("定期巡查灯塔，长期坚持。", ["ongoing"]),
        ("修缮灯塔，并持续推进。", ["ongoing"]),
        ("持续推进灯塔修缮工作。", []),
        ("建立长期坚持的巡查机制。", []),
    ],
)
def test_words_that_end_a_sentence_can_set_no_end(sentence: str, when: list[str]) -> None:
    (task,) = plan_of("一、任务", f"（一）巡查。{sentence}（责任单位：区灯塔局）").tasks
    assert [deadline.when for deadline in task.deadlines] == when


def test_a_heading_that_is_the_whole_work_promises_by_the_date_of_the_line_below_it() -> None:
    lines = "1.新增守塔人6200人以上，灯塔完好率保持在75%以上。", "    牵头单位：区灯塔局", "    完成时限：2033年10月底"
    plan = extract(read("\n".join(("贝壳区灯塔养护方案", "一、重点任务", *lines)).encode(), name="plan.txt"))
    assert [(c.by, c.task is not None) for c in plan.commitments] == [("2033-10", True), ("2033-10", True)]
