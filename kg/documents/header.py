"""Judge the columns of a header: whether they hold facts, which of them name groups of rows, and what a group is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.documents.table import Column, ColumnKind
from kg.grammar.characters import NUMERAL

_CLASS = re.compile(r"类别|领域")
_KIND_OF_WORK = re.compile(r"(?:类别|分类|类型)$")
_OF_WORK = {ColumnKind.TASK, ColumnKind.NAME}
_INDICATOR_LEVEL = re.compile(r"[一二三四]级指标(?:名称)?")
_FEWEST_LEVELS = 2
_SUM = re.compile(r"(?:.{0,12}[类批项目]|以上|[全各]部?)?(?:合计|总计|小计|共计)(?:[:(\d共].{0,16})?")
_GROUP_NUMBER = re.compile(rf"^(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)|{NUMERAL}{{1,2}}$)")


def with_groups(columns: Sequence[Column]) -> list[Column]:
    """Let a column of kinds of work (任务类别) before the one of the work itself name groups of rows, and one of classes (项目类别) beside types."""
    made = _with_levels(columns)
    types = [at for at, one in enumerate(columns) if one.kind is ColumnKind.TYPE]
    for at in types:
        if len(types) > 1 and _CLASS.search(columns[at].header):
            made[at] = replace(columns[at], kind=ColumnKind.GROUP)
    for at, one in enumerate(columns):
        later = {other.kind for other in columns[at + 1 :]}
        if one.kind is ColumnKind.TASK and _KIND_OF_WORK.search(one.header) and later & _OF_WORK:
            made[at] = replace(one, kind=ColumnKind.GROUP)
    return made


def _with_levels(columns: Sequence[Column]) -> list[Column]:
    """Let the indicators of the lowest level be the names and those above them groups (一级指标, 二级指标, 三级指标)."""
    levels = [at for at, one in enumerate(columns) if _INDICATOR_LEVEL.fullmatch(one.header)]
    made = list(columns)
    for order, at in enumerate(levels):
        kind = ColumnKind.NAME if order == len(levels) - 1 else ColumnKind.GROUP
        made[at] = replace(made[at], kind=kind)
    return made


def is_useful(columns: Sequence[Column]) -> bool:
    """Tell whether columns name something and say something of it."""
    kinds = {c.kind for c in columns}
    names = kinds & {ColumnKind.NAME, ColumnKind.TASK, ColumnKind.CONTENT, ColumnKind.GROUP}
    facts = {
        ColumnKind.VALUE,
        ColumnKind.BODY,
        ColumnKind.INVESTMENT,
        ColumnKind.GOAL,
        ColumnKind.ATTRIBUTE,
        ColumnKind.DEADLINE,
        ColumnKind.CONTENT,
    }
    levels = sum(1 for c in columns if _INDICATOR_LEVEL.fullmatch(c.header))
    return bool(names and kinds & facts) or levels >= _FEWEST_LEVELS


def group_name(text: str) -> str:
    """Give the name of a group without its number."""
    return _GROUP_NUMBER.sub("", text)


def is_sum(text: str) -> bool:
    """Tell whether a cell names the sum of other rows: 合计, 小计(3个), 灯塔类合计."""
    return _SUM.fullmatch(text) is not None
