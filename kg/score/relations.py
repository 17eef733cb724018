"""The relations that are scored, in the order in which they are printed, with what each is called in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

__all__ = ["AVERAGED", "GLOSSES", "MACRO", "MICRO", "Relation"]


class Relation(StrEnum):
    """A kind of fact that a reference tells and an extraction finds."""

    DOCUMENT = "document"
    TASKS = "tasks"
    TITLES = "titles"
    DUTIES = "duties"
    DUTIES_WITHOUT_ROLE = "duties-without-role"
    DEADLINES = "deadlines"
    COMMITMENTS = "commitments"
    INDICATORS = "indicators"
    INDICATOR_VALUES = "indicator-values"
    INDICATOR_DEPARTMENTS = "indicator-departments"
    PROJECTS = "projects"
    PROJECT_DEPARTMENTS = "project-departments"
    ACHIEVEMENTS = "achievements"
    CITATIONS = "citations"


MICRO, MACRO = "micro", "macro"
"""The averages over relations: of all facts together, and of the relations' own figures."""

AVERAGED = tuple(relation for relation in Relation if relation is not Relation.DUTIES_WITHOUT_ROLE)
"""What the averages are of: duties without role are the duties again."""

GLOSSES: Mapping[str, str] = MappingProxyType(
    {
        Relation.DOCUMENT: "文件信息",
        Relation.TASKS: "任务",
        Relation.TITLES: "任务标题",
        Relation.DUTIES: "责任分工",
        Relation.DUTIES_WITHOUT_ROLE: "责任单位（不计角色）",
        Relation.DEADLINES: "完成时限",
        Relation.COMMITMENTS: "承诺",
        Relation.INDICATORS: "指标",
        Relation.INDICATOR_VALUES: "指标值",
        Relation.INDICATOR_DEPARTMENTS: "指标责任单位",
        Relation.PROJECTS: "项目",
        Relation.PROJECT_DEPARTMENTS: "项目责任单位",
        Relation.ACHIEVEMENTS: "成效",
        Relation.CITATIONS: "引用文件",
        MICRO: "微平均",
        MACRO: "宏平均",
    }
)
"""The Chinese name of each relation and average."""
