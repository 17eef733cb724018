"""Draw tables of indicators: with a base and targets, printed as numbers or as words, or on three levels without targets."""

from __future__ import annotations

from .dates import period
from .pick import Pick
from .sketch import Cell, Indicator, Table
from .table_parts import Bodies, Drawn, Scene, bodies_cell, group_name

Value = tuple[str, str, str, str | None, str | None]
"""Period, kind, text, comparator and number."""

_INDICATORS = (
    ("灯塔数", "座"),
    ("灯塔完好率", "%"),
    ("夜航灯数", "盏"),
    ("守塔人持证率", "%"),
    ("渔网回收量", "吨"),
    ("放飞场地面积", "平方米"),
    ("守塔人数", "人"),
    ("千人拥有风筝数", "只"),
)
_WORDED = ("应帮尽帮", "全部纳入定期体检", "持续提升", "建立覆盖各码头的巡护网络，做到应修尽修")


def indicator_table(scene: Scene, subject: str) -> Drawn:
    """Draw a table of indicators; its caption may name the five-year period of its goal."""
    pick = scene.pick
    if pick.chance(6):
        return _without_targets(pick, f"{subject}评价指标表")
    columns, caption = _columns(scene, subject)
    is_attributed, is_assigned, is_grouped = not pick.chance(4), pick.chance(2), pick.chance(3)
    header = ["序号", "指标名称", "单位", *(word for word, _, _ in columns)]
    header += ["属性"] * is_attributed + ["责任单位"] * is_assigned
    rows: list[tuple[Cell, ...]] = []
    found: list[Indicator] = []
    groups = 0
    for number, (name, unit) in enumerate(pick.some(_INDICATORS, 2, 5), 1):
        if is_grouped and groups < 3 and (number == 1 or pick.chance(3)):
            rows.append((Cell(text=group_name(groups)),))
            groups += 1
        printed = _printed(pick, columns, unit)
        attribute = pick.one(("约束性", "预期性")) if is_attributed else None
        bodies = bodies_cell(scene, "responsible") if is_assigned else Bodies("", ())
        texts = [str(number), name, unit, *(text for text, _ in printed)]
        texts += [attribute or ""] * is_attributed + [bodies.text] * is_assigned
        rows.append(tuple(Cell(text=text) for text in texts))
        found.append(
            Indicator(
                number=str(number),
                name=name,
                group=group_name(groups - 1)[2:] if groups else None,
                unit=unit,
                attribute=attribute,
                values=tuple(value for _, value in printed if value),
                duties=bodies.duties,
            )
        )
    return Drawn(Table(caption=caption, header=tuple(header), rows=tuple(rows)), indicators=found)


def _columns(scene: Scene, subject: str) -> tuple[list[tuple[str, str, str]], str]:
    """Give the columns of values, each with its header, period and kind, and the caption of the table."""
    base, middle, last = scene.year - 2, scene.year + scene.pick.number(1, 3), scene.year + 5
    form = scene.pick.number(0, 3)
    if form == 0:
        years = [(base, "baseline"), (middle, "target"), (last, "target")]
        return [(f"{year}年", str(year), kind) for year, kind in years], f"{subject}主要指标表"
    if form == 1:
        columns = [(f"{base}年现状值", str(base), "baseline"), (f"{last}年目标值", str(last), "target")]
        return columns, f"{subject}主要指标表"
    if form == 2:
        return [("现状值", "baseline", "baseline"), ("目标值", "target", "target")], f"{subject}主要指标表"
    name, first = period(scene.year)
    columns = [("现状值", "baseline", "baseline"), ("目标值", str(first + 4), "target")]
    return columns, f"{subject}“{name}”主要指标表"


def _printed(pick: Pick, columns: list[tuple[str, str, str]], unit: str) -> list[tuple[str, Value | None]]:
    worded = pick.one(_WORDED) if pick.chance(6) else None
    return [
        (worded, (at, kind, worded, None, None))
        if worded and kind == "target"
        else _value(pick, at, kind, unit, may_be_empty=place < len(columns) - 1)
        for place, (_, at, kind) in enumerate(columns)
    ]


def _value(pick: Pick, at: str, kind: str, unit: str, *, may_be_empty: bool) -> tuple[str, Value | None]:
    """Draw a cell of a value, and what the tables hold for it; none where it is empty."""
    if may_be_empty and pick.chance(8):
        return pick.one(("—", "", "/")), None
    number = pick.one(("26", "88", "60.5", "95")) if unit == "%" else pick.one(("26", "340", "8000", "12000"))
    options: list[tuple[str, str]] = [(number, "=")]
    if kind == "target":
        options += [(f"≥{number}", ">="), (f"≤{number}", "<="), (f">{number}", ">=")]
    if kind == "target" and unit == "%":
        options += [(f"不低于{number}%", ">="), (f"达到{number}%以上", ">=")]
    text, comparator = pick.one(options)
    return text, (at, kind, text, comparator, number)


def _without_targets(pick: Pick, caption: str) -> Drawn:
    """Draw a table of three levels of indicators with definitions and no targets."""
    header = ("一级指标", "二级指标", "三级指标", "指标说明")
    names = pick.some([name for name, _ in _INDICATORS], 2, 4)
    rows = [
        (
            Cell(text="灯塔网络", merged=at > 0),
            Cell(text="灯塔建设", merged=at > 0),
            Cell(text=name),
            Cell(text=f"反映{name}的变化情况"),
        )
        for at, name in enumerate(names)
    ]
    found = [
        Indicator(number=str(at), name=name, group="灯塔网络", unit=None, attribute=None, values=(), duties=())
        for at, name in enumerate(names, 1)
    ]
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), indicators=found)
