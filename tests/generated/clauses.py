"""Duty clauses in every style of the genre: brackets, labelled lines, sentences, and what looks like one and is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .bodies import collective, department, departments, office
from .dates import months_of
from .pick import Pick
from .places import Place
from .sketch import Duty, Words

Style = Callable[[Pick, Place], Words]


def _duties(**roles: Sequence[str]) -> tuple[Duty, ...]:
    return tuple(Duty(department=name, role=role) for role, names in roles.items() for name in names)


def _list(names: Sequence[str]) -> str:
    return "、".join(names)


def _bracket(style: str, inner: str, duties: tuple[Duty, ...], *, is_open: bool = False) -> Words:
    return Words(text=f"（{inner}）", style=style, duties=duties, open=is_open)


def _apart(pick: Pick, place: Place, *sizes: int) -> list[list[str]]:
    """Draw lists of bodies that share none, each of at least one."""
    seen: list[str] = []
    found: list[list[str]] = []
    for size in sizes:
        names: list[str] = []
        while not names:
            names = [name for name in departments(pick, place, 1, size) if name not in seen]
        seen += names
        found.append(names)
    return found


_RESPONSIBLE = ("责任单位", "责任部门")
_LEAD = ("牵头单位", "牵头部门")
_SUPPORT = ("配合单位", "参与单位", "配合部门", "参与部门", "协办单位")


def label(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 4)
    return _bracket("label", f"{pick.one(_RESPONSIBLE)}：{_list(names)}", _duties(responsible=names))


def label_and_collective(pick: Pick, place: Place) -> Words:
    names, all_of = departments(pick, place, 1, 3), collective(pick, place)
    text = f"{pick.one(_RESPONSIBLE)}：{_list(names)}，{all_of}"
    return _bracket("label, collective", text, _duties(responsible=[*names, all_of]))


def two_labels(pick: Pick, place: Place) -> Words:
    lead, rest = _apart(pick, place, 2, 3)
    names = [*rest, collective(pick, place)] if pick.chance(2) else rest
    text = f"{pick.one(_LEAD)}：{_list(lead)}{pick.one('，；')}{pick.one(_RESPONSIBLE)}：{_list(names)}"
    return _bracket("two labels", text, _duties(lead=lead, responsible=names))


def lead_and_cooperate(pick: Pick, place: Place) -> Words:
    lead, rest = _apart(pick, place, 2, 3)
    text = f"{pick.one(_LEAD)}：{_list(lead)}；{pick.one(_SUPPORT)}：{_list(rest)}"
    return _bracket("lead; cooperate", text, _duties(lead=lead, support=rest))


def answer(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 4)
    return _bracket("list 负责", f"{_list(names)}负责", _duties(responsible=names))


def and_others(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 4)
    tail = pick.one(("等负责", "等有关部门和单位负责", "等部门负责", "等相关部门负责", "等有关部门负责"))
    return _bracket("list 等负责", f"{_list(names)}{tail}", _duties(responsible=names), is_open=True)


def by_duty(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 5)
    others = pick.one(("", "等", "等有关部门"))
    text = f"{_list(names)}{others}{pick.one(('按职责分工负责', '按照职责分工负责', '依职责分工负责'))}"
    return _bracket("按职责分工负责", text, _duties(responsible=names), is_open=bool(others))


def then_carried_out(pick: Pick, place: Place) -> Words:
    names, all_of = departments(pick, place, 1, 4), collective(pick, place)
    local = [all_of, f"{place.stem}产业园区管委会"] if place.level != "nation" and pick.chance(2) else [all_of]
    others = pick.one(("", "等"))
    text = f"{_list(names)}{others}按职责分工负责，{_list(local)}具体落实"
    return _bracket("local bodies carry out", text, _duties(responsible=names, implement=local), is_open=bool(others))


def led_and_divided(pick: Pick, place: Place) -> Words:
    lead, rest = _apart(pick, place, 2, 4)
    others = pick.one(("", "等"))
    text = f"{_list(lead)}牵头，{_list(rest)}{others}按职责分工负责"
    return _bracket("牵头, 按职责分工负责", text, _duties(lead=lead, responsible=rest), is_open=bool(others))


def led_and_helped(pick: Pick, place: Place) -> Words:
    lead, rest = _apart(pick, place, 2, 3)
    others = pick.one(("", "等"))
    text = f"{_list(lead)}牵头，{_list(rest)}{others}{pick.one(('配合', '按职责分工配合', '参与'))}"
    return _bracket("牵头, 配合", text, _duties(lead=lead, support=rest), is_open=bool(others))


def leads_alone(pick: Pick, place: Place) -> Words:
    lead = departments(pick, place, 1, 2)
    return _bracket("牵头负责", f"{_list(lead)}牵头负责", _duties(lead=lead))


def and_districts(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 3)
    some = (
        pick.one(("有关区县", "有关县(市、区)", "相关区县"))
        if place.level in ("city", "province")
        else collective(pick, place)
    )
    text = f"{_list(names)}{pick.one('和及')}{some}具体负责"
    return _bracket("和 collective 具体负责", text, _duties(responsible=[*names, some]))


def of_a_group(pick: Pick, place: Place) -> Words:
    group = f"{place.prefix}{pick.one(('灯塔', '渔网', '风筝'))}工作领导小组成员单位"
    if pick.chance(2):
        name, rest = f"{place.prefix}灯塔专班牵头单位", departments(pick, place, 1, 3)
        text = f"{name}牵头，{_list(rest)}按职责分工负责"
        return _bracket("专班牵头单位牵头", text, _duties(lead=[name], responsible=rest))
    return _bracket("group's members", f"{group}按职责分工负责", _duties(responsible=[group]))


def collective_only(pick: Pick, place: Place) -> Words:
    name = pick.one(("各有关部门和单位", "各有关部门", collective(pick, place)))
    return _bracket("collective only", f"{name}按职责分工负责", _duties(responsible=[name]))


def of_different_rank(pick: Pick, place: Place) -> Words:
    names, others = _apart(pick, place, 3, 2)
    local = [collective(pick, place)] if pick.chance(2) else others
    is_open = pick.chance(2)
    text = f"{_list(names)}，{_list(local)}{'等' if is_open else ''}按职责分工负责"
    return _bracket("comma between ranks", text, _duties(responsible=[*names, *local]), is_open=is_open)


def bracket_inside(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 3)
    inner = f"{place.prefix}{pick.one(('灯塔中心', '渔网中心', '政务服务中心'))}（{place.prefix}{pick.one(('贝壳社', '公共资源局', '融媒体中心'))}）"
    is_open = pick.chance(2)
    text = f"{_list([*names, inner])}{'等' if is_open else ''}按职责分工负责"
    return _bracket("bracket inside", text, _duties(responsible=[*names, inner]), is_open=is_open)


def lost_separator(pick: Pick, place: Place) -> Words:
    names = [office(pick, place)]
    last = office(pick, place)
    if last in names or place.level in ("nation", "town"):
        return label(pick, place)
    all_of = collective(pick, place)
    text = f"{pick.one(_RESPONSIBLE)}：{_list([*names, last])}{all_of}"
    return _bracket("lost separator", text, _duties(responsible=[*names, last, all_of]))


BRACKETS: tuple[Style, ...] = (
    label,
    label_and_collective,
    two_labels,
    lead_and_cooperate,
    answer,
    and_others,
    by_duty,
    then_carried_out,
    led_and_divided,
    led_and_helped,
    leads_alone,
    and_districts,
    of_a_group,
    collective_only,
    of_different_rank,
    bracket_inside,
    lost_separator,
)

_LINE_LABELS = (
    ("责任单位", "responsible"),
    ("牵头单位", "lead"),
    ("牵头部门", "lead"),
    ("责任部门", "responsible"),
    ("落实部门", "implement"),
    ("参与部门", "support"),
    ("参与单位", "support"),
    ("配合单位", "support"),
)


def labelled_lines(pick: Pick, place: Place, year: int) -> list[Words]:
    """Give labelled lines after a task: one or two with bodies, often one with the time."""
    first, second = _apart(pick, place, 2, 3)
    lead, other = pick.one(_LINE_LABELS[:4]), pick.one(_LINE_LABELS[4:])
    rows = [(lead, first, [])]
    if pick.chance(2):
        rows.append((other, second, [collective(pick, place)] if pick.chance(3) else []))
    made = [
        Words(
            text=f"{name}：{_list(names)}" + (f"，{_list(more)}" if more else ""),
            style="labelled lines",
            duties=tuple(Duty(department=body, role=role) for body in [*names, *more]),
            lines=True,
        )
        for (name, role), names, more in rows
    ]
    if pick.chance(2):
        words, when = months_of(pick, year)
        made.append(
            Words(text=f"{pick.one(('完成时限', '时间节点'))}：{words}", style="time label", deadlines=when, lines=True)
        )
    return made


def by_a_leader(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 2)
    task = pick.one(("建立联席会议制度", "定期研究重大事项", "组建工作专班"))
    return Words(text=f"由{_list(names)}牵头，{task}。", style="由A牵头", duties=_duties(lead=names))


def by_a_body(pick: Pick, place: Place) -> Words:
    names = departments(pick, place, 1, 2)
    return Words(
        text=f"{pick.one(('日常工作', '具体工作'))}由{_list(names)}负责。",
        style="由A负责",
        duties=_duties(responsible=names),
    )


def together(pick: Pick, place: Place) -> Words:
    first, second = office(pick, place), office(pick, place)
    if first == second:
        return by_a_body(pick, place)
    task = pick.one(("制定灯塔名录", "组织渔网巡检", "开展风筝场地评估"))
    return Words(text=f"{first}会同{second}{task}。", style="A会同B", duties=_duties(lead=[first], support=[second]))


def answers_for(pick: Pick, place: Place) -> Words:
    names = [collective(pick, place)] if place.level != "nation" and pick.chance(2) else [office(pick, place)]
    thing = pick.one(("灯塔安全", "渔网管理", "码头秩序"))
    return Words(
        text=f"{names[0]}对本辖区{thing}负主要责任。", style="对…负主要责任", duties=_duties(responsible=names)
    )


SENTENCES: tuple[Style, ...] = (by_a_leader, by_a_body, together, answers_for)


def article(pick: Pick, place: Place) -> Words:
    """Give the text of an article of a regulation that charges somebody."""
    kind = pick.number(0, 3)
    if kind == 3:
        return answers_for(pick, place)
    if kind == 2:
        return together(pick, place)
    work = pick.one(("灯塔的日常管理", "渔网的登记备案", "风筝放飞场地的监督检查"))
    both = kind == 1 and place.level in ("city", "province")
    name = (
        f"{place.prefix}、{'县' if place.level == 'city' else '市'}{pick.one(('民政', '交通运输', '应急管理'))}部门"
        if both
        else office(pick, place)
    )
    style = "two levels in one" if both else "A负责…"
    return Words(text=f"{name}负责{work}。", style=style, duties=_duties(responsible=[name]))


def charge(pick: Pick, role: str) -> str:
    """Give what a body does, for lists of duties sorted by body."""
    work = pick.one(("灯塔巡护", "渔网回收", "风筝场地管理", "守塔人关爱", "航标更换"))
    first = {"lead": "牵头开展", "responsible": "负责", "support": "配合做好"}[role]
    return f"{first}{work}工作。"


def of_one_body(pick: Pick, place: Place) -> str:
    """Draw a body that can head a list of its duties."""
    return department(pick, place)
