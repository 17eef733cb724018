"""Judge the columns of a header: whether they hold facts, which of them name groups of rows, and what a group is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.documents.table import Column, ColumnKind
from kg.grammar.characters import NUMERAL

_KIND_OF_WORK = re.compile(r"(?:类别|分类|类型)$")
_UPPER_LEVEL = re.compile(r"[一二]级指标")
_OF_WORK = {ColumnKind.TASK, ColumnKind.NAME}
_GROUP_NUMBER = re.compile(rf"^(?:{NUMERAL}{{1,3}}、|\({NUMERAL}{{1,3}}\)|{NUMERAL}{{1,2}}$)")


def with_groups(columns: Sequence[Column]) -> list[Column]:
    """Let columns before the one of the work or indicator itself name groups of rows: kinds of work (任务类别), upper levels (二级指标)."""
    made = list(columns)
    for at, one in enumerate(columns):
        later = {other.kind for other in columns[at + 1 :]}
        is_kind = one.kind is ColumnKind.TASK and _KIND_OF_WORK.search(one.header) and later & _OF_WORK
        if is_kind or (_UPPER_LEVEL.fullmatch(one.header) and ColumnKind.NAME in later):
            made[at] = replace(one, kind=ColumnKind.GROUP)
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
    return bool(names and kinds & facts)


def group_name(text: str) -> str:
    """Give the name of a group without its number."""
    return _GROUP_NUMBER.sub("", text)
