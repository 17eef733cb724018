"""Say in Chinese and English what a result found and how to mend it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.validate.model import Component, Severity, Words
from kg.validate.paths import path_name, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.validate.engine import Node, Result

__all__ = ["FRAME", "SEVERITIES", "SKIPPED", "found", "mend", "rule", "shown"]

SEVERITIES: Mapping[Severity, Words] = MappingProxyType(
    {Severity.VIOLATION: Words("不符合", "violation"), Severity.WARNING: Words("提醒", "warning")}
)

_FOUND: Mapping[Component, Words] = MappingProxyType(
    {
        Component.CLASS: Words("{value} 不是 {wanted}", "{value} is no {wanted}"),
        Component.CLOSED: Words(
            "使用了本体没有的属性 {path}（值为 {value}）", "bears {path}, which is not of its class (value {value})"
        ),
        Component.DATATYPE: Words("{value} 不是有效的 {wanted}", "{value} is no valid {wanted}"),
        Component.HAS_VALUE: Words("“{name}”没有取值 {wanted}", "{name} is not {wanted}"),
        Component.IN: Words("{value} 不在允许的取值之中", "{value} is none of the allowed values"),
        Component.LANGUAGE_IN: Words("{value} 的语言标记不是 {wanted}", "{value} is tagged with none of {wanted}"),
        Component.LESS_THAN: Words("{value} 应当小于 {wanted}", "{value} should be less than {wanted}"),
        Component.LESS_THAN_OR_EQUALS: Words("{value} 不应超过 {wanted}", "{value} should be at most {wanted}"),
        Component.MAX_COUNT: Words("“{name}”多于 {wanted} 个", "more than {wanted} of {name}"),
        Component.MAX_INCLUSIVE: Words(
            "{value} 应当是不大于 {wanted} 的数", "{value} should be a number of at most {wanted}"
        ),
        Component.MIN_COUNT: Words("“{name}”少于 {wanted} 个", "fewer than {wanted} of {name}"),
        Component.MIN_INCLUSIVE: Words(
            "{value} 应当是不小于 {wanted} 的数", "{value} should be a number of at least {wanted}"
        ),
        Component.MIN_LENGTH: Words("{value} 没有内容", "{value} is too short"),
        Component.NODE: Words("{value} 不符合所需的形状", "{value} does not fit what is asked of it"),
        Component.NODE_KIND: Words("{value} 没有 IRI", "{value} has no IRI"),
        Component.PATTERN: Words("{value} 不符合规定的写法", "{value} is not written as it must be"),
        Component.SPARQL: Words("所涉：{path} {value}", "it is about {path} {value}"),
        Component.UNIQUE_LANG: Words("同一种语言有多个“{name}”", "several of {name} in one language"),
    }
)
"""What a result of each component found."""

_NONE = Words("没有“{name}”", "no {name}")

_MEND: Mapping[Component, Words] = MappingProxyType(
    {
        Component.CLASS: Words(
            "改为指向一个 {wanted}，或补上该节点的描述。", "Point to a {wanted}, or describe that node."
        ),
        Component.CLOSED: Words(
            "核对属性名；若是自行扩展，可保留。",
            "Check the name of the property; leave it if it is an extension of your own.",
        ),
        Component.DATATYPE: Words(
            "以类型 {wanted} 书写该值，如 {example}。", "Write the value as {wanted}, as in {example}."
        ),
        Component.HAS_VALUE: Words("补上 {path} 的取值 {wanted}。", "Give {path} the value {wanted}."),
        Component.IN: Words("改用其中之一：{wanted}。", "Use one of {wanted}."),
        Component.LANGUAGE_IN: Words("加上语言标记 {wanted}。", "Tag it with {wanted}."),
        Component.LESS_THAN: Words("核对并改正两个值。", "Compare both values and mend the wrong one."),
        Component.LESS_THAN_OR_EQUALS: Words("核对并改正两个值。", "Compare both values and mend the wrong one."),
        Component.MAX_COUNT: Words("只保留 {wanted} 个 {path}。", "Keep {wanted} of {path}."),
        Component.MAX_INCLUSIVE: Words(
            "核对该数值，不得大于 {wanted}。", "Check the number: it may not be greater than {wanted}."
        ),
        Component.MIN_COUNT: Words("补上“{name}”（{path}）。", "Add what is missing: {name} ({path})."),
        Component.MIN_INCLUSIVE: Words(
            "核对该数值，不得小于 {wanted}。", "Check the number: it may not be less than {wanted}."
        ),
        Component.MIN_LENGTH: Words("写明内容，或删去该值。", "Say what it is, or leave the value out."),
        Component.NODE: Words("改用职能表等相应代码表中的概念。", "Use a concept of the scheme that is asked for."),
        Component.NODE_KIND: Words("给该节点一个 IRI。", "Give the node an IRI."),
        Component.PATTERN: Words("按规定的写法改正。", "Write it in the form that the rule names."),
        Component.SPARQL: Words("核对所涉各项。", "Compare what it is about."),
        Component.UNIQUE_LANG: Words(
            "每种语言只保留一个，其余改为别名。", "Keep one in each language; the others are other names."
        ),
    }
)
"""How to mend it, where the shape itself does not say."""

FRAME: Mapping[str, Words] = MappingProxyType(
    {
        "conforms": Words("符合全部形状", "conforms to all shapes"),
        "summary": Words("{violations} 处不符合，{warnings} 处提醒", "violations: {violations}, warnings: {warnings}"),
        "checked": Words(
            "已检查：{documents:,} 个文件、{tasks:,} 项任务、{duties:,} 项责任（连同词汇共 {triples:,} 条三元组）",
            "checked: documents {documents:,}, tasks {tasks:,}, responsibilities {duties:,}; triples {triples:,} with the vocabulary",
        ),
        "places": Words("{count} 处", "{count}"),
        "found": Words("问题：", "found: "),
        "rule": Words("规则：", "rule:  "),
        "mend": Words("修正：", "mend:  "),
        "said": Words("原文：", "text:  "),
        "offsets": Words("第 {start}–{end} 字", "characters {start} to {end}"),
        "more": Words(
            "……另有 {count} 处：--limit 0 或 --format json 列出全部",
            "… and {count} more: --limit 0 or --format json lists all",
        ),
        "where": Words(
            "事实在记录（kg extract 或 plans/*.yaml）中改正，然后重新 kg build；其他来源的图在其来源处改正。",
            "Facts are mended in the records (kg extract, plans/*.yaml), then built again; a graph made elsewhere, where it was made.",
        ),
    }
)
"""The words around the results."""

SKIPPED: Mapping[str, Words] = MappingProxyType(
    {
        "evidence-layer": Words(
            "图中没有出处，故未检查出处：请同时给出 .evidence.ttl 文件，或检查 .nq 文件或存储",
            "the graph holds no evidence, so that was not checked: give its .evidence.ttl too, or an .nq file or a store",
        ),
        "facts-layer": Words(
            "图中没有文件和事实，故未检查：请同时给出 .ttl 文件，或检查 .nq 文件或存储",
            "the graph holds no document and no fact, so these were not checked: give its .ttl too, or an .nq file or a store",
        ),
    }
)
"""What is said of a group of shapes that was left out, by its name."""

_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "rdf:langString": '"区民政局"@zh',
        "xsd:boolean": "true",
        "xsd:date": '"2031-12-31"^^xsd:date',
        "xsd:decimal": '"4.5"^^xsd:decimal',
        "xsd:hexBinary": '"b0"^^xsd:hexBinary',
        "xsd:integer": "7",
        "xsd:string": '"区民政局"',
    }
)
"""A value of each datatype in Turtle."""

_LONGEST = 60


def rule(result: Result) -> Words:
    """Give what the shape asks for."""
    stated = result.constraint.message or result.shape.message
    return stated if stated else result.shape.name


def found(result: Result) -> Words:
    """Say what was found."""
    if result.constraint.component is Component.MIN_COUNT and result.constraint.values[0].value == "1":
        return _filled(_NONE, result)
    return _filled(_FOUND[result.constraint.component], result)


def mend(result: Result) -> Words:
    """Say how to mend it."""
    return result.shape.mend or _filled(_MEND[result.constraint.component], result)


def shown(node: Node | None) -> str:
    """Write a node shortly: an IRI with its prefix, a literal in quotes, cut where it is long."""
    if isinstance(node, NamedNode):
        return short(node.value)
    if isinstance(node, Literal):
        text = node.value if len(node.value) <= _LONGEST else f"{node.value[:_LONGEST]}…"
        return f'"{text}"'
    return "" if node is None else str(node)


def _filled(words: Words, result: Result) -> Words:
    wanted = ", ".join(shown(value).strip('"') for value in result.constraint.values)
    told = {
        "wanted": wanted,
        "path": path_name(result.path) if result.path else "",
        "value": shown(result.value),
        "example": _EXAMPLES.get(wanted, ""),
    }
    texts = words.zh.format(name=result.shape.name.zh, **told), words.en.format(name=result.shape.name.en, **told)
    return Words(*(" ".join(text.split()) for text in texts))
