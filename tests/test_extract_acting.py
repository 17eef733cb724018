"""Who is to act in a sentence without a word of duty answers for it, in tasks that no clause assigns."""

from __future__ import annotations

import pytest

from kg import resolve
from kg.documents import read
from kg.documents.passage import fold
from kg.extract import extract
from kg.extract.acting import find_acting, find_own
from kg.extract.prose import find_prose
from kg.records import Basis, Plan, Role

L, R, S, D = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.IMPLEMENT


def plan_of(*lines: str, title: str = "贝壳区灯塔养护方案") -> Plan:
    return extract(read("\n".join((title, *lines)).encode(), name="plan.txt"))


def duties(plan: Plan) -> list[list[tuple[str, Role]]]:
    return [[(duty.department, duty.role) for duty in task.responsibilities] for task in plan.tasks]


ACTORS = [
    ("区财政局统筹安排灯塔资金。", [("区财政局", R)]),
    ("每月调度一次,区灯塔局、区渔网局将适时开展检查。", [("区灯塔局", R), ("区渔网局", R)]),
    ("各码头街道要制定方案;各成员单位对照任务抓好落实。", [("各码头街道", R), ("各成员单位", R)]),
    ("各设区市、县(市、区)要摸清灯塔底数。", [("各设区市", R), ("县(市、区)", R)]),
    ("区灯塔局开设专栏,会同区渔网局统筹宣传。", [("区灯塔局", R), ("区渔网局", S)]),
    ("区渔网局配合做好用地保障。", [("区渔网局", S)]),
    ("区守塔医院、雾灯镇中心校要设置急救点。", [("区守塔医院", D), ("雾灯镇中心校", D)]),
    ("公安机关依法查处。工会组织积极参与。", [("公安机关", R), ("工会组织", R)]),
    ("区委组织部加强考核。", [("区委组织部", R)]),
    ("灯塔主管部门对灯塔的养护、拆除实施监督管理。", [("灯塔主管部门", R)]),
    ("市财政、教育等部门加大投入。", [("市财政", R), ("教育", R)]),
    ("公安、教育部门要积极配合巡查。", [("公安", S), ("教育部门", S)]),
    ("县级以上地方人民政府应当加强领导。", [("县级以上地方人民政府", R)]),
    ("省、设区的市、县(市、区)人民政府应当加强领导。", [("省、设区的市、县(市、区)人民政府", R)]),
    ("市、区(市、县)公安机关应当建立机制。", [("市、区(市、县)公安机关", R)]),
    ("区灯塔建设领导小组每月召开一次推进会。", [("区灯塔建设领导小组", R)]),
]
NO_ACTORS = [
    "目前,区灯塔局开展检查30次。",
    "逐步形成政府主导的格局。",
    "灯塔机构内部设置医务室的,实行备案。",
    "成立多部门共同参与的领导小组。",
    "区灯塔局负责人任组长。",
    "协调相关部门做好监督。",
    "根据区灯塔局的要求点亮灯塔。",
    "社会各界要爱护灯塔。",
    # a word before the body, the body as an attribute
    "依据区财政局印发的办法执行。",
    "由于区财政局安排的资金有限,随着区灯塔局推进改革,可适当延期。",
    "未经区灯塔局审核,凡区灯塔局受理的案件,企业向区灯塔局提交材料。",
    "区财政局给予的补助资金应当专款专用。",
    "区灯塔局组织实施的项目共30个。",
    # what was done, and what others did
    "近三年来,区财政局安排专项资金。",
    "区灯塔局先后开展巡查。",
    "区灯塔局按照区委部署开展了巡查。",
    "2029年,区灯塔局组织开展巡查。",
    "省政府加强领导。上级部门提供资金支持。",
    "贝壳集团建立灯塔基地。物业公司加强管理。",
    # words of acting inside other words, what must not be done
    "区灯塔局落实情况良好,区灯塔局积极性高,各区推进不平衡。",
    "区灯塔局推进会议于3月召开。",
    "区灯塔局按照规定不得擅自公布。",
    "各级各部门要提高认识。各有关部门要密切协作。",
    # functions that are no list of departments, what they share, what breaches bring about
    "加强公安、财政等部门协作,深化教育、科技等部门合作。",
    "教育、卫生等部门支持力度加大,财政、教育等部门的资金应当统筹使用。",
    "教育、医疗、养老等部门应当开展合作,教育、文化等机构应当加强宣传。",
    "未经公安、财政等部门审核,向公安、财政等部门报送材料。",
    "违反规定的,由区灯塔局责令改正;拒不改正的,由公安机关依法处理。",
    "公安机关对停放渔网的,处200元罚款。",
]


@pytest.mark.parametrize(("text", "actors"), ACTORS)
def test_bodies_with_which_a_part_of_a_sentence_begins_answer_for_it(text: str, actors: list[tuple[str, Role]]) -> None:
    assert [(one.item.name, one.role) for one in find_acting(fold(text), [])] == actors


@pytest.mark.parametrize("text", NO_ACTORS)
def test_history_persons_and_bodies_at_large_do_not_act(text: str) -> None:
    assert list(find_acting(fold(text), [], since=2030)) == []


PROSE = [
    ("由区灯塔局牵头,财政、民政等部门予以配合。", [("区灯塔局", L), ("财政", S), ("民政", S)]),
    ("区灯塔局应当会同公安、消防救援等部门,建立平台。", [("区灯塔局", L), ("公安", S), ("消防救援", S)]),
    ("区灯塔局会同公安、财政部门制定办法。", [("区灯塔局", L), ("公安", S), ("财政部门", S)]),
    ("灯塔部门、渔网部门依照各自职责,负责督促。", [("灯塔部门", R), ("渔网部门", R)]),
    ("灯塔部门在编制规划时,应当统筹安排用地。", [("灯塔部门", R)]),
    ("灯塔部门负责人行道的养护。灯塔部门负责人应当到场。", [("灯塔部门", R)]),
    ("违反规定的,由区灯塔局牵头查处,依法给予处分。", []),
    ("守塔人在点灯时,应当遵守规定。", []),
]


@pytest.mark.parametrize(("text", "named"), PROSE)
def test_sentences_of_regulations_name_who_leads_answers_and_supports(text: str, named: list[tuple[str, Role]]) -> None:
    assert [(one.item.name, one.role) for one in find_prose(fold(text))] == named


def test_a_task_with_a_clause_has_no_other_actors() -> None:
    words = "（一）点亮灯塔。区财政局统筹安排资金。"
    assert duties(plan_of("一、重点任务", words)) == [[("区财政局", R)]]
    assert duties(plan_of("一、重点任务", f"{words}（区灯塔局负责）")) == [[("区灯塔局", R)]]


def test_what_a_body_does_is_read_or_listed_but_not_both() -> None:
    plan = plan_of("一、重点任务", "（一）点亮灯塔。区财政局统筹安排资金。", "（二）守好灯塔。区灯塔局要每月巡查。")
    assert duties(plan) == [[("区财政局", R)], [("区灯塔局", R)]]
    assert plan.unread == ()


def test_a_division_of_work_with_other_paragraphs_stays_whole() -> None:
    words = ("区灯塔局负责灯塔维护。", "区渔网局负责修补渔网。", "新增专项资金300万元。")
    plan = plan_of("一、职责分工", *words)
    assert duties(plan) == [[("区灯塔局", R), ("区渔网局", R)]]
    assert [one.value for one in plan.commitments] == [3_000_000]


def test_each_paragraph_of_a_division_of_work_is_a_task() -> None:
    plan = plan_of(
        "一、部门职责",
        "灯塔部门负责灯塔维护，会同渔网部门制定标准。",
        "渔网部门负责修补渔网。",
        "公安机关负责查处，每年至少组织1次演练。",
    )
    assert duties(plan) == [[("灯塔部门", R), ("渔网部门", S)], [("渔网部门", R)], [("公安机关", R)]]
    assert [task.number for task in plan.tasks] == ["一", "一", "一"]


OWN = [
    ("我局将牵头修缮灯塔。", [("我局", L)]),
    ("下一步,我委将会同区渔网局开展演练。", [("我委", L), ("区渔网局", S)]),
    ("我中心将配合区灯塔局巡查。", [("我中心", S)]),
    ("我局加大投入。", [("我局", R)]),
    ("我们将加大投入;自我办理。", []),
    ("目前,我局会同区渔网局开展宣传。我局已修缮灯塔。", []),
]


@pytest.mark.parametrize(("text", "named"), OWN)
def test_an_issuer_names_itself(text: str, named: list[tuple[str, Role]]) -> None:
    assert [(one.item.name, one.role) for one in find_own(text)] == named


def test_a_reply_undertakes_in_the_paragraphs_that_begin_with_what_is_next() -> None:
    plan = resolve(
        plan_of(
            "沈澜屿代表：",
            "一、关于修缮灯塔的建议",
            "2030年，全市修缮灯塔45座。",
            "下一步，我局将牵头修缮灯塔，到2032年修缮灯塔20座。",
            "二、关于守塔人的建议",
            "今后，我们将加强培训。",
            "三、下一步打算",
            "（一）扩大宣传。会同市渔网局用好码头宣传栏。",
            title="雾灯市灯塔管理局关于第118号建议的答复函",
        )
    )
    assert [task.number for task in plan.tasks] == ["一", "二", "三/(一)"]
    assert duties(plan) == [[("我局", L)], [("雾灯市灯塔管理局", R)], [("市渔网局", S)]]
    assert [task.responsibilities[0].basis for task in plan.tasks] == [Basis.PROSE, Basis.IMPLIED, Basis.PROSE]
    own, implied = (plan.tasks[at].responsibilities[0].organization for at in (0, 1))
    assert own is not None
    assert own == implied
    assert [(one.value, one.by) for one in plan.commitments] == [(20, "2032")]
    assert [one.value for one in plan.achievements] == [45]
