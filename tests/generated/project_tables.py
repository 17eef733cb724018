"""Draw lists of projects with dates, money and roles."""

from __future__ import annotations

from .pick import Pick
from .sketch import Cell, Project, Table
from .table_parts import ROLES, Drawn, Scene, bodies_cell

_WORKS = (
    "东堤灯塔加固工程",
    "西礁灯塔重建项目",
    "夜航灯更换",
    "渔网回收站建设项目",
    "风筝放飞场地改造",
    "守塔人驿站工程",
)


def project_table(scene: Scene, caption: str) -> Drawn:
    """Draw a list of projects."""
    pick = scene.pick
    roles = pick.one((("牵头单位", "配合单位"), ("责任单位",)))
    money = pick.one(("总投资（万元）", "总投资(万元)", "投资估算（亿元）"))
    header = ("序号", "项目名称", "建设性质", "开工时间", "完工时间", "建设地点", money, *roles)
    rows: list[tuple[Cell, ...]] = []
    found: list[Project] = []
    for number, name in enumerate(pick.some(_WORKS, 1, 4), 1):
        start = scene.year + pick.number(0, 1)
        end = start + pick.number(0, 3)
        kind, spot = pick.one(("新建", "改建", "扩建")), pick.one(("东堤", "西礁岛", "渔火湾码头"))
        printed, amount = _amount(pick, money)
        first = bodies_cell(scene, ROLES[roles[0]])
        others = [bodies_cell(scene, ROLES[role], beside=first.duties, may_be_empty=True) for role in roles[1:]]
        bodies = [first, *others]
        texts = (str(number), name, kind, str(start), str(end), spot, printed, *(cell.text for cell in bodies))
        rows.append(tuple(Cell(text=text) for text in texts))
        found.append(
            Project(
                list=caption,
                number=str(number),
                name=name,
                type=kind,
                start=str(start),
                end=str(end),
                place=spot,
                investment=amount,
                duties=tuple(duty for cell in bodies for duty in cell.duties),
            )
        )
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), projects=found)


def _amount(pick: Pick, header: str) -> tuple[str, str]:
    """Draw an amount as printed below a header, and in 万元."""
    if "亿元" in header:
        return pick.one((("1.2", "12000"), ("0.8", "8000")))
    return pick.one((("320", "320"), ("1,250.5", "1250.5"), ("0.8亿元", "8000"), ("7500万元", "7500")))
