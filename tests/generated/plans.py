"""Draw whole plans of every level: plans with sections and annexes, regulations in articles, replies to proposals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from . import clauses, sentences
from .bodies import collective
from .hands import Hand, draw_hand
from .indicator_tables import indicator_table
from .pick import Pick
from .places import Place, draw_place
from .project_tables import project_table
from .sketch import Duty, Head, Indicator, Line, Project, Sketch, Table, Task, Words
from .table_parts import Drawn, Scene
from .task_tables import task_table

NUMERALS = "一二三四五六七八九十"
_LEVELS = ("county", "city", "province", "nation", "town")


@dataclass(slots=True)
class Desk:
    """A plan in the making."""

    pick: Pick
    place: Place
    year: int
    hand: Hand
    title_year: bool
    parts: list[Line | Table] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    loose: list[Words] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    sections: int = 0
    cited: set[str] = field(default_factory=set)

    def line(self, text: str, *, numeral: str = "", level: int = 0, center: bool = False) -> None:
        """Print a paragraph."""
        self.parts.append(Line(text=text, numeral=numeral, level=level, center=center))

    def section(self, name: str) -> str:
        """Print the heading of a section; give its numeral."""
        numeral = NUMERALS[self.sections]
        self.sections += 1
        self.line(name, numeral=f"{numeral}、", level=1)
        return numeral

    def table(self, drawn: Drawn) -> None:
        """Print a table with its caption and keep its records."""
        self.line(drawn.table.caption, center=True)
        self.parts.append(drawn.table)
        self.tasks += drawn.tasks
        self.indicators += drawn.indicators
        self.projects += drawn.projects


def draw_sketch(pick: Pick) -> Sketch:
    """Draw a plan, a regulation or a reply with the choices of one example."""
    level = pick.one(_LEVELS)
    desk = Desk(pick, draw_place(pick, level), pick.number(2012, 2034), draw_hand(pick), title_year=pick.chance(4))
    kind = pick.number(0, 9)
    if kind == 9 and level in ("county", "city", "province"):
        return _reply(desk)
    if kind == 8 and level not in ("nation", "town"):
        return _regulation(desk)
    return _plan(desk)


def _sketch(desk: Desk, head: Head) -> Sketch:
    return Sketch(
        head=head,
        parts=tuple(desk.parts),
        tasks=tuple(desk.tasks),
        loose=tuple(desk.loose),
        indicators=tuple(desk.indicators),
        projects=tuple(desk.projects),
    )


_SUBJECTS = ("灯塔养护", "渔网回收利用", "风筝产业发展", "码头环境整治", "守塔人关爱")
_KINDS = ("工作方案", "实施方案", "行动计划", "工作要点")


_LAST_OF_OLD_PERIODS = 2020
"""An undated plan that speaks of an older five-year period may speak of what was."""


def _issuer(place: Place) -> str:
    ends = {"盟": "行政公署办公室", "街道": "办事处"}
    if place.level == "nation":
        return "国务院办公厅"
    if place.level == "province":
        return f"{place.full}人民政府办公厅"
    if place.level == "town":
        return place.full + ends.get(place.prefix, "人民政府")
    return place.full + ends.get(place.prefix, "人民政府办公室")


def _act_number(desk: Desk) -> str:
    stem = desk.place.full[:1] or "国"
    middle = "" if desk.place.level == "nation" else "政"
    return f"{stem}{middle}办发〔{desk.year}〕{desk.pick.number(1, 99)}号"


def _addressees(place: Place) -> str:
    return {
        "nation": "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
        "province": "各市人民政府，省政府各部门、各直属机构：",
        "city": "各县（市、区）人民政府，市政府各部门：",
        "county": "各乡镇人民政府、街道办事处，区政府各部门：",
        "town": "各社区居委会，机关各科室：",
    }[place.level]


def _head(desk: Desk, name: str) -> Head:
    """Print the head of a plan in one of three forms; give what it says."""
    pick, place = desk.pick, desk.place
    region = None if place.level in ("nation", "town") else place.name
    region = "?" if place.level == "town" else region
    form = pick.number(0, 2)
    if form == 0 and desk.year > _LAST_OF_OLD_PERIODS:
        desk.line(name, center=True)
        desk.line("为做好有关工作，结合实际，制定本方案。")
        return Head(title=name, kind="plan", region=region)
    issuer, number, day = _issuer(place), _act_number(desk), (pick.number(1, 12), pick.number(1, 28))
    quoted = f"《{name}》" if pick.chance(2) else name
    date = f"{desk.year}年{day[0]}月{day[1]}日"
    title = f"{issuer}关于印发{quoted}的通知"
    desk.line(title, center=True)
    desk.line(number, center=True)
    desk.line(_addressees(place))
    desk.line(
        f"《{name}》已经同意，现印发给你们，请认真组织实施。"
        if form == 1
        else f"现将《{name}》印发给你们，请遵照执行。"
    )
    desk.line(issuer)
    desk.line(date)
    desk.line(name, center=True)
    desk.line("为做好有关工作，结合实际，制定本方案。")
    issued = f"{desk.year}-{day[0]:02d}-{day[1]:02d}"
    return Head(title=title, kind="plan", number=number, issuer=issuer, region=region, issued=issued)


def _plan(desk: Desk) -> Sketch:
    pick = desk.pick
    subject = pick.one(_SUBJECTS)
    year = f"{desk.year}年" if desk.title_year else ""
    head = _head(desk, f"{desk.place.full}{year}{subject}{pick.one(_KINDS)}")
    if pick.chance(2):
        _background(desk)
    for name in pick.some(("重点任务", "主要举措", "工作任务"), 1, 2):
        _work_section(desk, name)
    if pick.chance(4) and desk.place.level != "nation":
        _by_body(desk)
    if pick.chance(2):
        _safeguards(desk)
    _annexes(desk, subject)
    return _sketch(desk, head)


def _background(desk: Desk) -> None:
    """Print aims before the work: promises there belong to no task."""
    desk.section(desk.pick.one(("总体要求", "主要目标", "工作目标")))
    said = [sentences.promise(desk.pick, desk.year, title_year=desk.title_year) for _ in range(desk.pick.number(1, 2))]
    if desk.pick.chance(2):
        said.insert(0, sentences.no_duty(desk.pick, desk.year))
    desk.line("".join(words.text for words in said))
    desk.loose += said
    if desk.pick.chance(3):
        desk.table(indicator_table(_scene(desk), desk.pick.one(("灯塔事业发展", "渔网产业发展"))))


def _scene(desk: Desk) -> Scene:
    return Scene(desk.pick, desk.place, desk.year, dated=desk.title_year)


def _work_section(desk: Desk, name: str) -> None:
    """Print a section of tasks on two or three levels."""
    pick, section = desk.pick, desk.section(name)
    deep = pick.chance(3)
    for at in range(pick.number(1, 3)):
        numeral = desk.hand.second(NUMERALS[at])
        path = f"{section}/({NUMERALS[at]})"
        if deep:
            desk.line(sentences.title(pick), numeral=numeral, level=2)
            for number in range(1, pick.number(1, 3) + 1):
                _task(desk, f"{number}{desk.hand.stop}", f"{path}/{number}", 3)
        elif pick.chance(6):
            _paragraphs(desk, numeral, path)
        else:
            _task(desk, numeral, path, 2)


def _body(desk: Desk) -> list[Words]:
    """Draw the sentences of a task."""
    pick = desk.pick
    said = [sentences.work(pick)]
    for _ in range(pick.number(0, 3)):
        kind = pick.number(0, 5)
        said.append(
            sentences.work(pick)
            if kind == 0
            else sentences.no_duty(pick, desk.year)
            if kind == 1
            else _cited(desk)
            if kind == 2
            else sentences.dated(pick, desk.year, title_year=desk.title_year)
            if kind == 3
            else sentences.promise(pick, desk.year, title_year=desk.title_year)
        )
    return said


def _cited(desk: Desk) -> Words:
    """Draw a sentence that cites an act, each act once."""
    words = sentences.cited(desk.pick, desk.place, desk.year)
    name = words.citations[0][0]
    if name in desk.cited:
        return sentences.work(desk.pick)
    desk.cited.add(name)
    return words


def _task(desk: Desk, numeral: str, path: str, level: int) -> None:
    """Print a task with its clause: in its paragraph, in one of its own, or as labelled lines."""
    pick, name, said = desk.pick, sentences.title(desk.pick), _body(desk)
    text = "".join(words.text for words in said)
    form = pick.number(0, 4)
    lines: list[Words] = []
    if form == 4:
        lines = clauses.labelled_lines(pick, desk.place, desk.year)
    else:
        clause = pick.one(clauses.BRACKETS)(pick, desk.place)
        written = desk.hand.write(clause)
        said.append(clause)
        if form < 3:
            text += written.text + ("。" if pick.chance(5) else "")
            if pick.chance(4):
                text = (
                    text[: -len(written.text) - 1] + written.text + "。" if text.endswith("。" + written.text) else text
                )
        else:
            lines = [written]
            said.pop()
    said += lines
    if form in (1, 3, 4):
        desk.line(name, numeral=numeral, level=level)
        desk.line(text)
    else:
        desk.line(f"{name}。{text}", numeral=numeral, level=level)
    for words in lines:
        desk.line(words.text if form == 3 else desk.hand.write(words).text)
    desk.tasks.append(Task(number=path, title=name, words=tuple(_with_label_date(said))))


def _with_label_date(said: list[Words]) -> list[Words]:
    """Give promises without a date of their own the one date that a label sets."""
    dates = [when for words in said if words.style == "time label" for when in words.deadlines]
    if len(dates) != 1:
        return said
    return [
        replace(words, promises=tuple(replace(p, by=p.by or dates[0]) for p in words.promises))
        if words.promises
        else words
        for words in said
    ]


def _paragraphs(desk: Desk, numeral: str, path: str) -> None:
    """Print several paragraphs under one heading, each a task with its own clause and an opening sentence as its title."""
    desk.line(sentences.title(desk.pick), numeral=numeral, level=2)
    for _ in range(desk.pick.number(2, 3)):
        name, said = sentences.title(desk.pick), _body(desk)
        clause = desk.pick.one(clauses.BRACKETS)(desk.pick, desk.place)
        text = "".join(words.text for words in said) + desk.hand.write(clause).text
        desk.line(f"{name}。{text}")
        desk.tasks.append(Task(number=path, title=name, words=(*said, clause)))


def _by_body(desk: Desk) -> None:
    """Print a section of duties that is sorted by body."""
    pick, section = desk.pick, desk.section("责任分工")
    names: list[str] = []
    while len(names) < 2:
        name = clauses.of_one_body(pick, desk.place)
        if name not in names:
            names.append(name)
    for at, name in enumerate(names):
        desk.line(name, numeral=desk.hand.second(NUMERALS[at]), level=2)
        for number in range(1, pick.number(1, 3) + 1):
            role = pick.one(("responsible", "lead", "support"))
            text = clauses.charge(pick, role)
            words = Words(text=text, style="sorted by body", duties=(Duty(department=name, role=role),))
            desk.line(text, numeral=f"{number}{desk.hand.stop}", level=3)
            desk.tasks.append(Task(number=f"{section}/({NUMERALS[at]})/{number}", titled=False, words=(words,)))


def _safeguards(desk: Desk) -> None:
    """Print safeguards: tasks whose sentences name a body, or none."""
    pick, section = desk.pick, desk.section("保障措施")
    for at in range(pick.number(1, 3)):
        name, said = sentences.title(pick), [sentences.work(pick)]
        if pick.chance(2):
            said.append(sentences.no_duty(pick, desk.year))
        if not pick.chance(3):
            said.append(pick.one(clauses.SENTENCES)(pick, desk.place))
        text = "".join(words.text for words in said)
        numeral = desk.hand.second(NUMERALS[at])
        desk.line(f"{name}。{text}", numeral=numeral, level=2)
        desk.tasks.append(Task(number=f"{section}/({NUMERALS[at]})", title=name, words=tuple(said)))


def _annexes(desk: Desk, subject: str) -> None:
    """Print annexes, each with a table."""
    pick, place = desk.pick, desk.place
    kinds = pick.some(("tasks", "indicators", "projects"), 0, 3)
    for number, kind in enumerate(kinds, 1):
        mark = f"附件{number}" if len(kinds) > 1 else pick.one(("附件", "附件1"))
        desk.line(mark)
        if kind == "tasks":
            caption = f"{place.full}{subject}{pick.one(('重点任务分工表', '任务清单', '责任分工一览表'))}"
            desk.table(task_table(_scene(desk), mark, caption))
        elif kind == "indicators":
            desk.table(indicator_table(_scene(desk), f"{place.full}{subject}"))
        else:
            desk.table(project_table(_scene(desk), f"{place.full}{subject}重点项目清单"))


def _regulation(desk: Desk) -> Sketch:
    """Print a regulation in articles, some of which charge a body."""
    pick, place = desk.pick, desk.place
    title = f"{place.full}{pick.one(('灯塔', '渔网', '风筝放飞'))}{pick.one(('管理办法', '管理规定', '管理条例'))}"
    desk.line(title, center=True)
    chapters = pick.chance(2)
    charged = pick.number(1, 3)
    texts: list[Words] = [
        Words(text="为了加强灯塔管理，结合实际，制定本办法。", style="article without duty"),
        Words(text="本办法所称灯塔，是指设置在岸线上的航标。", style="article without duty"),
        *(clauses.article(pick, place) for _ in range(charged)),
        Words(text="任何单位和个人不得损毁灯塔。", style="article without duty"),
        Words(text=f"本办法自{desk.year}年5月1日起施行。", style="article without duty"),
    ]
    chapter = ""
    opened = {0: "总则", 2: "职责", 2 + charged: "附则"} if chapters else {}
    for at, words in enumerate(texts):
        if at in opened:
            chapter = f"第{NUMERALS[list(opened).index(at)]}章"
            desk.line(f"　{opened[at]}", numeral=chapter, level=1)
        numeral = f"第{NUMERALS[at]}条"
        desk.line(f"　{words.text}", numeral=numeral)
        if words.duties:
            path = f"{chapter}/{numeral}" if chapter else numeral
            desk.tasks.append(Task(number=path, titled=False, words=(words,)))
    return _sketch(desk, Head(title=title, kind="regulation", region=place.name))


def _reply(desk: Desk) -> Sketch:
    """Print a reply to a proposal: what was done, and what the issuer undertakes."""
    pick, place = desk.pick, desk.place
    end = {"province": "厅", "city": "局", "county": "局"}[place.level]
    issuer = f"{place.full}{pick.one(('民政', '交通运输', '水利'))}{end}"
    title = f"{issuer}关于{place.prefix}第九届人民代表大会第二次会议第{pick.number(2, 300)}号建议办理情况的答复函"
    day = (pick.number(1, 12), pick.number(1, 28))
    desk.line(title, center=True)
    desk.line("您提出的《关于加强守塔人关爱的建议》收悉。现答复如下：")
    desk.section("工作开展情况")
    desk.line(sentences.work(pick).text)
    under = pick.chance(2)
    if under:
        section = desk.section("下一步工作")
    else:
        desk.line("下一步，我们将重点做好以下工作：")
        section = ""
    for at in range(pick.number(1, 3)):
        name = sentences.title(pick)
        said = [pick.one((sentences.promise, sentences.dated))(pick, desk.year, title_year=False)]
        duty = pick.one(clauses.SENTENCES[:3])(pick, place) if pick.chance(3) else None
        implied = Words(text="", style="implied", duties=(Duty(department=issuer, role="responsible"),))
        text = "".join(words.text for words in said) + (duty.text if duty else "")
        said.append(duty or implied)
        if under:
            desk.line(f"{name}。{text}", numeral=desk.hand.second(NUMERALS[at]), level=2)
            path = f"{section}/({NUMERALS[at]})"
        else:
            desk.line(f"{name}。{text}", numeral=f"{NUMERALS[at]}是")
            path = NUMERALS[at]
        desk.tasks.append(Task(number=path, title=name, words=tuple(said)))
    desk.line(f"感谢您对{collective(pick, place)}工作的关心。")
    desk.line(issuer)
    desk.line(f"{desk.year}年{day[0]}月{day[1]}日")
    issued = f"{desk.year}-{day[0]:02d}-{day[1]:02d}"
    return _sketch(desk, Head(title=title, kind="reply", issuer=issuer, region=place.name, issued=issued))
