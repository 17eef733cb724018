"""What the tables of a plan share: where they stand, the records of their rows, and cells that name bodies."""

from __future__ import annotations

from dataclasses import dataclass, field

from .bodies import collective, departments
from .pick import Pick
from .places import Place
from .sketch import Duty, Indicator, Project, Table, Task

GROUPS = ("一、点亮行动", "二、守护行动", "三、放飞行动")
ROLES = {
    "牵头单位": "lead",
    "牵头部门": "lead",
    "责任单位": "responsible",
    "配合单位": "support",
    "参与部门": "support",
}
_EMPTY = ("", "/", "—")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a table stands: the place and year of its plan; `dated` where the plan's title names the year."""

    pick: Pick
    place: Place
    year: int
    dated: bool = False


@dataclass(slots=True)
class Drawn:
    """A table and the records that its rows hold."""

    table: Table
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bodies:
    """A cell of bodies: its words and the duties that it gives."""

    text: str
    duties: tuple[Duty, ...]


def bodies_cell(scene: Scene, role: str, *, beside: tuple[Duty, ...] = (), may_be_empty: bool = False) -> Bodies:
    """Draw a cell that names bodies, none of those `beside` it; one that may be empty prints a mark for nothing."""
    pick, place = scene.pick, scene.place
    if may_be_empty and pick.chance(4):
        return Bodies(pick.one(_EMPTY), ())
    taken = {duty.department for duty in beside}
    names = [name for name in departments(pick, place, 1, 3) if name not in taken]
    if not names or pick.chance(6):
        names.append(collective(pick, place))
    if len(names) > 2 and pick.chance(3):
        text = f"{names[0]}、{'，'.join(names[1:])}"
    else:
        text = pick.one(("、", "，")).join(names)
    return Bodies(text, tuple(Duty(department=name, role=role) for name in names))


def group_name(rows: int) -> str:
    """Give the words of the group that comes after so many groups."""
    return GROUPS[min(rows, len(GROUPS) - 1)]
