"""Draw tables that share work out: columns of every kind, spans, groups, empty cells, inner offices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .dates import months_of
from .sentences import promise, title, work
from .sketch import Cell, Duty, Table, Task, Words
from .table_parts import ROLES, Bodies, Drawn, Scene, bodies_cell, group_name

_HEADERS = (
    ("序号", "重点任务", "牵头单位", "责任单位"),
    ("序号", "重点任务", "牵头单位", "责任单位", "完成时限"),
    ("序号", "工作事项", "主要内容", "牵头单位", "配合单位", "内设处室"),
    ("序号", "工作任务", "主要内容", "责任单位", "完成时限"),
    ("序号", "主要任务", "工作措施", "牵头部门", "参与部门", "时间安排"),
)
_CONTENT = ("主要内容", "工作措施")
_TIME = ("完成时限", "时间安排")
_OFFICES = ("养老服务科", "", "综合处", "规划科、财务科")


def task_table(scene: Scene, path: str, caption: str) -> Drawn:
    """Draw a table that shares work out; the numbers of its tasks begin with `path`."""
    pick, header = scene.pick, scene.pick.one(_HEADERS)
    rows: list[tuple[Cell, ...]] = []
    tasks: list[Task] = []
    grouped, groups = pick.chance(4), 0
    above: dict[str, Bodies] = {}
    for number in range(1, pick.number(1, 4) + 1):
        if grouped and groups < 3 and (number == 1 or pick.chance(2)):
            rows.append((Cell(text=group_name(groups)),))
            groups, above = groups + 1, {}
        row = _Row(scene, above)
        rows.append(tuple(row.cell(column, header, number) for column in header))
        words = (*row.words, Words(text="", style=f"table {'/'.join(header[1:])}", duties=row.duties))
        tasks.append(Task(number=f"{path}-{number}", title=row.title, titled=row.title is not None, words=words))
    return Drawn(Table(caption=caption, header=header, rows=tuple(rows)), tasks=tasks)


@dataclass(slots=True)
class _Row:
    """A row in the making; `above` are the cells of bodies in the row above, which may span this one."""

    scene: Scene
    above: dict[str, Bodies]
    words: list[Words] = field(default_factory=list)
    duties: tuple[Duty, ...] = ()
    title: str | None = None

    def cell(self, column: str, header: tuple[str, ...], number: int) -> Cell:
        """Draw the cell of a column."""
        pick = self.scene.pick
        if column == "序号":
            return Cell(text=str(number))
        if column in ROLES:
            return self._bodies(column, is_last=column == [word for word in header if word in ROLES][-1])
        if column in _TIME:
            time, when = months_of(pick, self.scene.year)
            self.words.append(Words(text=time, style="time cell", deadlines=when))
            self._date_promises(when)
            return Cell(text=time)
        if column == "内设处室":
            return Cell(text=pick.one(_OFFICES))
        if column == header[1] and header[2] in _CONTENT:
            self.title = title(pick)
            return Cell(text=self.title)
        return self._content()

    def _bodies(self, column: str, *, is_last: bool) -> Cell:
        # An empty cell merged over rows that begin a page is read as the rest of the one above the page break.
        merged = column in self.above and bool(self.above[column].text) and self.scene.pick.chance(4)
        if merged:
            bodies = self.above[column]
        else:
            can_miss = is_last and bool(self.duties)
            bodies = bodies_cell(self.scene, ROLES[column], beside=self.duties, may_be_empty=can_miss)
        self.above[column] = bodies
        self.duties += bodies.duties
        return Cell(text=bodies.text, merged=merged)

    def _content(self) -> Cell:
        said = [work(self.scene.pick)]
        if self.scene.pick.chance(3):
            said.append(promise(self.scene.pick, self.scene.year, title_year=self.scene.dated))
        self.words += said
        return Cell(text="".join(one.text for one in said))

    def _date_promises(self, when: tuple[str, ...]) -> None:
        """Give promises without a date of their own the one date of the row."""
        if len(when) == 1:
            self.words = [
                replace(one, promises=tuple(replace(made, by=made.by or when[0]) for made in one.promises))
                for one in self.words
            ]
