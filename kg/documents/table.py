"""A table: columns whose header words say what they hold, rows of cells, and how sure their places are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kg.documents.caption import money_unit_of, units_of, without_caption
from kg.documents.passage import Passage
from kg.grammar.clauses import HEADER, header_role
from kg.grammar.money import MONEY_UNIT, money_unit
from kg.records import Evidence, Role

EMPTY = re.compile(r"[—\-–/－\\]{1,4}|无|×")
"""What a table prints in a cell that holds nothing."""


class ColumnKind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    GROUP = "group"
    NAME = "name"
    TASK = "task"
    UNIT = "unit"
    VALUE = "value"
    ATTRIBUTE = "attribute"
    BODY = "body"
    TYPE = "type"
    START = "start"
    END = "end"
    DEADLINE = "deadline"
    PLACE = "place"
    CONTENT = "content"
    INVESTMENT = "investment"
    CENTRAL = "central"
    GOAL = "goal"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with its printed header; `role` is set for bodies.

    For values, `period` is `2025`, `baseline` or `target`; `baseline` and `target` are true where the header says so.
    """

    kind: ColumnKind
    header: str
    role: Role | None = None
    period: str | None = None
    baseline: bool = False
    target: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: cells by column index.

    `aligned` is `right` where lost cells made the places a reading from the right; `carried` are the columns whose cell
    stands in a row above and spans this one.
    """

    cells: Mapping[int, Passage]
    group: str | None = None
    aligned: str | None = None
    spare: tuple[Passage, ...] = ()
    carried: frozenset[int] = frozenset()

    def evidence(self, source: str) -> Evidence:
        """Give the evidence for the row, from its first own cell to its last."""
        own = [cell for at, cell in self.cells.items() if at not in self.carried]
        start = min(cell.start for cell in own)
        end = max(cell.end for cell in own)
        return Evidence(start=start, end=end, quote=source[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows, the words printed above the table, and the table's place in the text."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The words above the table without those that name its unit."""
        return without_caption(self.title)

    @property
    def unit(self) -> str | None:
        """The unit that the words above the table name for all its values; None where they name none or several."""
        units = units_of(self.title)
        return units[0] if len(units) == 1 else None

    def money_unit(self, at: int) -> str | None:
        """Give the unit of the money in a column: that of its header, else that above the table."""
        return money_unit(self.columns[at].header) or money_unit_of(self.title)

    def index(self, kind: ColumnKind) -> int | None:
        """Give the place of the first column of a kind."""
        return next((i for i, column in enumerate(self.columns) if column.kind is kind), None)

    def cell(self, row: Row, kind: ColumnKind) -> Passage | None:
        """Give the cell of a row in the first column of a kind; None where it is empty or holds a mark for nothing."""
        at = self.index(kind)
        cell = row.cells.get(at) if at is not None else None
        return None if cell is None or EMPTY.fullmatch(cell.text) else cell

    def indexes(self, kind: ColumnKind) -> tuple[int, ...]:
        """Give the places of all columns of a kind."""
        return tuple(i for i, column in enumerate(self.columns) if column.kind is kind)


_REPEATED = re.compile(r"同上|〃|″|同前")


def with_repeated(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Let a cell that says 同上 be the one above it."""
    made: list[Row] = []
    for row in rows:
        above = made[-1].cells if made else {}
        same = {at for at, cell in row.cells.items() if at in above and _REPEATED.fullmatch(cell.text)}
        cells = {at: above[at] if at in same else cell for at, cell in row.cells.items()}
        made.append(replace(row, cells=cells, carried=row.carried | same) if same else row)
    return tuple(made)


_BODIES = r"(?:单位|部门|主体|机构)(?:名称)?"
_YEAR = r"(?:20[0-9]{2})"
_IN_UNIT = rf"(?:[(,/]?(?:单位:)?(?:人民币)?{MONEY_UNIT}\)?)?"

_HEADERS: tuple[tuple[ColumnKind, str], ...] = (
    (ColumnKind.NUMBER, r"序号|编号|序"),
    (ColumnKind.PERSON, r".*(?:责任人|负责人|联系人|领导|电话|联络员|联系方式).*"),
    (
        ColumnKind.BODY,
        rf"{HEADER.expression}|(?:建设|申报){_BODIES}|(?:任务)?分工",
    ),
    (
        ColumnKind.OTHER,
        r"备注|说明|内设(?:处室|机构|科室)|责任(?:处室|科室)|指标(?:解释|说明|定义|来源)|数据来源|计算方法",
    ),
    (ColumnKind.UNIT, r"(?:计量)?单位"),
    (
        ColumnKind.NAME,
        r"(?:主要|具体|考核|三级|二级|发展|目标)?指标(?:名称|内容)?|(?:项目|政策|要素|试点|工程|事项|平台|清单)(?:名称|\(工程\)名称)|名称",
    ),
    (ColumnKind.GROUP, r"一级指标|(?:指标)?(?:类别|分类|领域|维度|大类)|类别|类型\(领域\)|方面"),
    (ColumnKind.ATTRIBUTE, r"(?:指标)?(?:属性|性质)|指标类型"),
    (ColumnKind.TYPE, r"(?:项目|建设|要素)(?:类型|类别|性质)|类型"),
    (
        ColumnKind.START,
        r"(?:项目|计划|建设)?(?:开始|开工|启动|起始)(?:时间|年份|日期|年限)?|(?:建设|实施|起止)(?:年限|周期|期限|时间)",
    ),
    (
        ColumnKind.DEADLINE,
        r"(?:计划)?完成时限|(?:完成|办结|工作|时间|推进)?(?:时限|时间节点|时间安排|时间进度|进度安排|时间要求)(?:要求)?|完成日期",
    ),
    (ColumnKind.END, r"(?:项目|计划|建设)?(?:完成|竣工|结束|完工|建成|终止|出台|印发)(?:时间|年份|日期|年限)?"),
    (ColumnKind.PLACE, r"(?:项目|建设|实施)?(?:地点|地址|位置)"),
    (
        ColumnKind.CENTRAL,
        rf".*中央(?:预算内)?.*(?:投资|资金).*|(?:其中:?|申请|争取)+中央(?:预算内|补助|支持)?{_IN_UNIT}",
    ),
    (
        ColumnKind.INVESTMENT,
        rf"(?:项目|计划|估算|概算|预计|匡算)?(?:总投资(?:额|估算|规模)?|投资(?:额|规模|估算|概算|总额|总量|金额)?|资金(?:规模|需求)?){_IN_UNIT}",
    ),
    (
        ColumnKind.GOAL,
        r"(?:[“\"]?十[二三四五六七]五[”\"]?|20\d\d年|预期|工作|主要|建设|阶段|绩效|总体|年度)?(?:目标|成效|成果)(?:任务|要求)?|(?:试点|主要|建设|工作)?任务(?:及|和|与)目标",
    ),
    (
        ColumnKind.TASK,
        r"(?:重点|主要|工作|目标|具体|改革|建设|整改)*(?:任务|事项)(?:名称|内容|分解|举措|及措施|类型|类别|分类)*|工作(?:内容|要点|措施|举措)|(?:重点|主要)(?:工作|举措|措施)",
    ),
    (ColumnKind.CONTENT, r".{0,12}(?:内容|措施|举措|规模|做法)(?:和|及|与)?(?:规模|内容|措施)?"),
)
_HEADER_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _HEADERS)
_VALUE_YEAR = re.compile(
    rf"[\"“(]*({_YEAR})年?(?:末|底)?[)\"”]*((?:实际|完成|现状|基期|基数|基准|底数|实绩|预计|计划|规划|预期|发展|目标|指标|情况|数|值|[()])*)[)\"”]*"
)
_VALUE_WORD = re.compile(r"(现状|基期|基准|现值|初始)(?:值|年|数)?|((?:规划|预期|发展)?目标|期末)(?:值|数)")
_WORD_YEAR = re.compile(
    rf"(?:(现状|基期|基准|现值|初始|实际|完成)(?:值|年|数)?|((?:规划|预期|发展)?目标|期末)(?:值|数)?)\(?({_YEAR})年?(?:末|底)?\)?"
)
_AIMED = re.compile(r"目标|规划|计划|预期")
_DONE = re.compile(r"完成|现状|实际|基期|基数|基准|底数|实绩")


@lru_cache(maxsize=2048)
def column(header: str) -> Column | None:
    """Give the column that a header (folded, without white space) announces, or None where no rule knows it."""
    year = _VALUE_YEAR.fullmatch(header)
    if year:
        done, aimed = bool(_DONE.search(year[2])), bool(_AIMED.search(year[2]))
        return Column(kind=ColumnKind.VALUE, header=header, period=year[1], baseline=done, target=aimed and not done)
    dated = _WORD_YEAR.fullmatch(header)
    if dated:
        return Column(
            kind=ColumnKind.VALUE, header=header, period=dated[3], baseline=bool(dated[1]), target=bool(dated[2])
        )
    word = _VALUE_WORD.fullmatch(header)
    if word:
        return Column(
            kind=ColumnKind.VALUE, header=header, period="baseline" if word[1] else "target", baseline=bool(word[1])
        )
    for kind, pattern in _HEADER_PATTERNS:
        if pattern.fullmatch(header):
            return Column(kind=kind, header=header, role=_role(header) if kind is ColumnKind.BODY else None)
    return None


def _role(header: str) -> Role:
    return header_role(header) or (Role.IMPLEMENT if header.startswith(("建设", "申报")) else Role.RESPONSIBLE)
