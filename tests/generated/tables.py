"""Tables of every kind that plans print: work shared out, indicators and projects, with spans, groups and empty cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from .bodies import collective, departments
from .dates import months_of
from .pick import Pick
from .places import Place
from .sentences import promise, title, work
from .sketch import Cell, Duty, Indicator, Project, Table, Task, Words

_GROUPS = ("一、点亮行动", "二、守护行动", "三、放飞行动")
_EMPTY = ("", "/", "—")


@dataclass(slots=True)
class Drawn:
    """A table and the records that its rows hold."""

    table: Table
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Bodies:
    """A cell of bodies: its words and the duties that it gives."""

    text: str
    duties: tuple[Duty, ...]


def _bodies(pick: Pick, place: Place, role: str, *, other: tuple[Duty, ...] = (), may_be_empty: bool = False) -> _Bodies:
    if may_be_empty and pick.chance(4):
        return _Bodies(pick.one(_EMPTY), ())
    taken = {duty.department for duty in other}
    names = [name for name in departments(pick, place, 1, 3) if name not in taken]
    if not names or pick.chance(6):
        names = [*names, collective(pick, place)]
    if len(names) > 2 and pick.chance(3):
        text = f"{names[0]}、{'，'.join(names[1:])}"
    else:
        text = pick.one(("、", "，")).join(names)
    return _Bodies(text, tuple(Duty(department=name, role=role) for name in names))


_KINDS_OF_TASKS = (
    ("序号", "重点任务", "牵头单位", "责任单位"),
    ("序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
    ("序号", "工作事项", "主要内容", "牵头单位", "配合单位", "内设处室"),
    ("序号", "工作任务", "主要内容", "责任单位", "完成时限"),
    ("序号", "主要任务", "工作措施", "牵头部门", "参与部门", "时间安排"),
)
_ROLES = {"牵头单位": "lead", "牵头部门": "lead", "责任单位": "responsible", "配合单位": "support", "参与部门": "support"}


def task_table(pick: Pick, place: Place, year: int, path: str, caption: str, *, title_year: bool) -> Drawn:
    """Draw a table that shares work out; the numbers of its tasks begin with `path`."""
    header = pick.one(_KINDS_OF_TASKS)
    rows: list[tuple[Cell, ...]] = []
    tasks: list[Task] = []
    kept: dict[str, _Bodies] = {}
    grouped = pick.chance(4)
    for number in range(1, pick.number(1, 4) + 1):
        if grouped and number <= len(_GROUPS) and (number == 1 or pick.chance(2)):
            rows.append((Cell(text=_GROUPS[len([r for r in rows if len(r) == 1])]),))
            kept = {}
        cells, task = _task_row(pick, place, year, header, number, kept, title_year=title_year)
        rows.append(cells)
        tasks.append(Task(number=f"{path}-{number}", title=task.title, titled=task.titled, words=task.words))
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), tasks=tasks)


def _task_row(
    pick: Pick, place: Place, year: int, header: tuple[str, ...], number: int, kept: dict[str, _Bodies], *, title_year: bool
) -> tuple[tuple[Cell, ...], Task]:
    cells: list[Cell] = []
    words: list[Words] = []
    name: str | None = None
    duties: tuple[Duty, ...] = ()
    has_content = header[2] in ("主要内容", "工作措施")
    for at, column in enumerate(header):
        if column == "序号":
            cells.append(Cell(text=str(number)))
        elif column in _ROLES:
            last = max(i for i, c in enumerate(header) if c in _ROLES)
            merged = column in kept and pick.chance(4)
            bodies = (
                kept[column]
                if merged
                else _bodies(pick, place, _ROLES[column], other=duties, may_be_empty=at == last and bool(duties))
            )
            kept[column] = bodies
            cells.append(Cell(text=bodies.text, merged=merged))
            duties += bodies.duties
        elif column in ("完成时限", "时间安排"):
            time, when = months_of(pick, year)
            cells.append(Cell(text=time))
            words.append(Words(text=time, style="time cell", deadlines=when))
        elif column == "内设处室":
            cells.append(Cell(text=pick.one(("养老服务科", "", "综合处", "规划科、财务科"))))
        elif at == 1 and has_content:
            name = title(pick)
            cells.append(Cell(text=name))
        else:
            said = [work(pick)]
            if pick.chance(3):
                said.append(promise(pick, year, title_year=title_year))
            cells.append(Cell(text="".join(one.text for one in said)))
            words.extend(said)
    words.append(Words(text="", style=f"task table {'/'.join(header[1:])}", duties=duties))
    return tuple(cells), Task(number="", title=name, titled=has_content, words=tuple(words))


_INDICATORS = (
    ("灯塔数", "座"), ("灯塔完好率", "%"), ("夜航灯数", "盏"), ("守塔人持证率", "%"), ("渔网回收量", "吨"), ("放飞场地面积", "平方米"),
    ("守塔人数", "人"), ("千人拥有风筝数", "只"),
)  # fmt: skip


def indicator_table(pick: Pick, place: Place, year: int, caption: str, *, goal_year: int | None) -> Drawn:
    """Draw a table of indicators with a base and targets."""
    if pick.chance(6):
        return _without_targets(pick, caption)
    base, middle, last = year - 2, year + pick.number(1, 3), year + 5
    form = pick.number(0, 2)
    values: list[tuple[str, str, str]] = [
        [(f"{base}年", str(base), "baseline"), (f"{middle}年", str(middle), "target"), (f"{last}年", str(last), "target")],
        [(f"{base}年现状值", str(base), "baseline"), (f"{last}年目标值", str(last), "target")],
        [("现状值", "baseline", "baseline"), ("目标值", str(goal_year or "target"), "target")],
    ][form]
    with_bodies = pick.chance(2)
    with_attribute = not pick.chance(4)
    header = ("序号", "指标名称", "单位", *(word for word, _, _ in values), *(("属性",) if with_attribute else ()), *(("责任单位",) if with_bodies else ()))
    grouped = pick.chance(3)
    rows: list[tuple[Cell, ...]] = []
    found: list[Indicator] = []
    group: str | None = None
    chosen = pick.some(_INDICATORS, 2, 5)
    for number, (name, unit) in enumerate(chosen, 1):
        if grouped and (number == 1 or pick.chance(3)):
            words = _GROUPS[min(2, len([r for r in rows if len(r) == 1]))]
            group = words[2:]
            rows.append((Cell(text=words),))
        worded = pick.chance(6)
        printed = [_value(pick, period, kind, unit, worded=worded, last=at == len(values) - 1) for at, (_, period, kind) in enumerate(values)]
        attribute = pick.one(("约束性", "预期性")) if with_attribute else None
        bodies = _bodies(pick, place, "responsible") if with_bodies else None
        rows.append(
            tuple(
                Cell(text=text)
                for text in (
                    str(number), name, unit, *(text for text, _ in printed), *((attribute,) if attribute else ()), *((bodies.text,) if bodies else ()),
                )
            )
        )  # fmt: skip
        found.append(
            Indicator(
                number=str(number), name=name, group=group, unit=unit, attribute=attribute,
                values=tuple(value for _, value in printed if value), duties=bodies.duties if bodies else (),
            )
        )  # fmt: skip
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), indicators=found)


def _value(
    pick: Pick, period: str, kind: str, unit: str, *, worded: bool, last: bool
) -> tuple[str, tuple[str, str, str, str | None, str | None] | None]:
    """Draw a cell of a value, and what the tables hold for it; none where it is empty."""
    if worded and kind == "target":
        return "应帮尽帮", (period, kind, "应帮尽帮", None, None)
    if not last and pick.chance(8):
        return pick.one(("—", "", "/")), None
    number = pick.one(("26", "88", "60.5", "95")) if unit == "%" else pick.one(("26", "340", "8000", "12000"))
    options: list[tuple[str, str]] = [(number, "=")]
    if kind == "target":
        options += [(f"≥{number}", ">="), (f"≤{number}", "<="), (f">{number}", ">=")]
        if unit == "%":
            options += [(f"不低于{number}%", ">="), (f"达到{number}%以上", ">=")]
    text, comparator = pick.one(options)
    return text, (period, kind, text, comparator, number)


def _without_targets(pick: Pick, caption: str) -> Drawn:
    """Draw a table of three levels of indicators with definitions and no targets."""
    header = ("一级指标", "二级指标", "三级指标", "指标说明")
    names = pick.some([name for name, _ in _INDICATORS], 2, 4)
    rows = []
    found = []
    for at, name in enumerate(names):
        rows.append(
            (
                Cell(text="灯塔网络", merged=at > 0),
                Cell(text="灯塔建设", merged=at > 0),
                Cell(text=name),
                Cell(text=f"反映{name}的变化情况"),
            )
        )
        found.append(Indicator(number=str(at + 1), name=name, group="灯塔网络", unit=None, attribute=None, values=(), duties=()))
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), indicators=found)


_WORKS = ("东堤灯塔加固工程", "西礁灯塔重建项目", "夜航灯更换", "渔网回收站建设项目", "风筝放飞场地改造", "守塔人驿站工程")


def project_table(pick: Pick, place: Place, year: int, caption: str) -> Drawn:
    """Draw a list of projects with dates, money and roles."""
    roles = pick.one((("牵头单位", "配合单位"), ("责任单位",)))
    money = pick.one(("总投资（万元）", "总投资(万元)", "投资估算（亿元）"))
    header = ("序号", "项目名称", "建设性质", "开工时间", "完工时间", "建设地点", money, *roles)
    rows: list[tuple[Cell, ...]] = []
    found: list[Project] = []
    for number, name in enumerate(pick.some(_WORKS, 1, 4), 1):
        start = year + pick.number(0, 1)
        end = start + pick.number(0, 3)
        kind, spot = pick.one(("新建", "改建", "扩建")), pick.one(("东堤", "西礁岛", "渔火湾码头"))
        printed, amount = _amount(pick, money)
        lead = _bodies(pick, place, _ROLES[roles[0]])
        bodies = [lead, *(_bodies(pick, place, _ROLES[role], other=lead.duties, may_be_empty=True) for role in roles[1:])]
        texts = (str(number), name, kind, str(start), str(end), spot, printed, *(cell.text for cell in bodies))
        rows.append(tuple(Cell(text=text) for text in texts))
        found.append(
            Project(
                list=caption, number=str(number), name=name, type=kind, start=str(start), end=str(end), place=spot,
                investment=amount, duties=tuple(duty for cell in bodies for duty in cell.duties),
            )
        )  # fmt: skip
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), projects=found)


def _amount(pick: Pick, header: str) -> tuple[str, str | None]:
    if "亿元" in header:
        return pick.one((("1.2", "12000"), ("0.8", "8000")))
    return pick.one((("320", "320"), ("1,250.5", "1250.5"), ("0.8亿元", "8000"), ("7500万元", "7500")))
