"""The codebook of the public tables: for each column its type and what it holds, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.table_specs import TABLES

__all__ = ["TABLE_NAMES", "ColumnInfo", "codebook", "columns_of", "kind_of"]

TABLE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "documents": "文件",
        "tasks": "任务",
        "duties": "任务的责任",
        "deadlines": "任务的期限",
        "commitments": "量化承诺",
        "indicators": "指标",
        "indicator_departments": "指标的责任",
        "indicator_values": "指标值",
        "projects": "项目、政策和试点",
        "project_departments": "项目的责任",
        "achievements": "已取得的成效",
        "citations": "引用的文件",
        "organizations": "机构",
        "regions": "地区",
        "unread": "未能读取之处",
    }
)
"""What each table is called in Chinese."""

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("date_issued", "date_published", "earliest", "latest"), "date"),
        **dict.fromkeys(("value", "value_max", "investment_wan", "central_wan"), "decimal"),
        **dict.fromkeys(("start", "end", "order", "year", "start_year", "end_year"), "integer"),
        **dict.fromkeys(("open", "truncated"), "boolean"),
    }
)
_TEXTS = frozenset({("projects", "start"), ("projects", "end")})
"""Columns that hold text though a column of the same name elsewhere does not."""

_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "document": "文件标识",
        "file": "来源文件名",
        "title": "标题",
        "number": "编号",
        "kind": "类别",
        "issuer": "发文机关",
        "region": "地区",
        "region_code": "行政区划代码（GB/T 2260）",
        "parent_region": "上级地区",
        "date_issued": "成文日期",
        "date_published": "发布日期",
        "sha256": "来源文件的 SHA-256 值",
        "extractor": "读取程序及版本",
        "task": "任务标识",
        "section": "所在章节",
        "text": "原文",
        "clause": "责任条款",
        "open": "是否以“等”结尾（列举未尽）",
        "truncated": "副本是否在此中断",
        "start": "首字在规范化文本中的位置",
        "end": "末字之后的位置",
        "order": "在文件中的次序，从 1 起",
        "department": "责任单位（原文写法）",
        "organization": "责任单位全称",
        "function": "政府职能代码",
        "role": "角色：牵头 lead、责任 responsible、配合 support、落实 implement",
        "basis": "依据：条款 clause、表格 table、正文 prose、长期 standing、默示 implied",
        "quote": "相应原文",
        "duty": "责任标识",
        "organization_id": "机构标识，见 organizations 表",
        "when": "期限的统一写法：2025、2025-06、every-year、ongoing 等",
        "earliest": "可能的最早日期",
        "latest": "可能的最晚日期",
        "precision": "期限精度：day、month、quarter、half、year、period 或 none",
        "recurrence": "重复周期",
        "deadline": "期限标识",
        "year": "年份",
        "metric": "计量对象",
        "comparator": "比较方式：>=、<= 或 =",
        "value": "数值（基本单位；1.5万写作 15000）",
        "value_max": "区间上限",
        "unit": "单位",
        "by": "完成时间，写法同 when",
        "commitment": "承诺标识",
        "indicator": "指标标识",
        "no": "表中序号",
        "group": "表中分组",
        "name": "名称",
        "attribute": "属性：约束性或预期性",
        "period": "时期：年份、baseline（现状）或 target（目标）",
        "aligned": "因单元格缺失而按规则对齐时的规则",
        "indicator_value": "指标值标识",
        "project": "项目标识",
        "list": "清单标题",
        "type": "类型",
        "place": "地点",
        "investment_wan": "总投资（万元）",
        "central_wan": "申请中央预算内资金（万元）",
        "goal": "预期目标",
        "start_year": "起始年份",
        "end_year": "结束年份",
        "as_of": "截至时间",
        "achievement": "成效标识",
        "relation": "关系：依据 basis 或提及 mention",
        "citation": "引用标识",
        "act": "被引文件标识，各文件一致",
        "id": "机构标识，各文件一致",
        "names": "文件中出现的各种写法",
        "level": "层级：country、province、prefecture、county 或 township",
        "parent_code": "上级地区代码",
        "reason": "列出的原因",
    }
)
_CHINESE_HERE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("documents", "number"): "文号",
        ("documents", "kind"): "文种：plan 规划方案、reply 答复、regulation 法规、notice 通知",
        ("tasks", "number"): "编号路径，由外到内",
        ("commitments", "task"): "任务标识；目标和清单中的承诺为空",
        ("indicator_values", "kind"): "baseline 现状值或 target 目标值",
        ("indicator_values", "value"): "数值；文字目标为空",
        ("indicator_values", "text"): "表中原文",
        ("projects", "start"): "开始的年份或月份",
        ("projects", "end"): "结束的年份或月份",
        ("citations", "title"): "被引文件标题",
        ("citations", "number"): "被引文件文号",
        ("organizations", "organization"): "机构全称",
        ("organizations", "kind"): "机构类别：department、government、collective、group、company、hospital 等",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnInfo:
    """What the codebook says of one column; `kind` is text, integer, decimal, boolean or date."""

    table: str
    column: str
    kind: str
    zh: str
    en: str


def codebook() -> Iterator[ColumnInfo]:
    """Yield what is to be known of every column of every table, in their order."""
    for table in TABLES:
        yield from columns_of(table)


def columns_of(table: str) -> Iterator[ColumnInfo]:
    """Yield what is to be known of the columns of one table, in their order."""
    for column, text in TABLES[table].columns.items():
        chinese = _CHINESE_HERE.get((table, column)) or _CHINESE[column]
        yield ColumnInfo(table=table, column=column, kind=kind_of(table, column), zh=chinese, en=text)


def kind_of(table: str, column: str) -> str:
    """Return the type of a column.

    >>> kind_of("deadlines", "latest"), kind_of("projects", "start"), kind_of("tasks", "start")
    ('date', 'text', 'integer')
    """
    return "text" if (table, column) in _TEXTS else _KINDS.get(column, "text")
