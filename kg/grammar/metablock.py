"""The labels of the meta block that stands above a published document, and the values printed beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LABELS = {
    "title": r"标题|公文标题|公文名称|信息名称|文件名称|文件标题|名称",
    "number": r"发文字号|公文字号|发文文号|文件编号|文件字号|公文文号|文号|令号|政府令号|文件号",
    "issuer": r"发布机构|发布机关|制发单位|印发机关|发文机关|发文单位|制发机关|发布单位|发文机构|公开主体|公开责任部门|发布部门|公布机关|公布单位|颁布机关|颁布单位|制定机关",
    "issued": r"成文日期|成文时间|发文日期|生成日期|印发日期|制发日期|签发日期|签署日期|签署时间|发文时间",
    "published": r"发布日期|发布时间|公开日期|公开时间|公布日期",
    "other": r"(?:信息)?索引号|统一编号|统一登记号|信息时效期|主题分类|体裁分类|信息分类|公文种类|有效性|效力状态|有效期|主题词|关键词|来源|信息来源|分类|组配分类|字号|浏览次数|点击数|公开方式|公开范围|内容概述|失效日期|实施日期|施行日期|生效日期|废止日期|时效性|所属类别|公开类别",
}
"""The words of each label; `other` are those whose values no record takes."""

_WORDS = "|".join(_LABELS.values())
_LABEL = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()))
_NEXT = re.compile(rf"[|\[【]?(?:{_WORDS})[\]】]?:")
LABEL_LINE = re.compile(rf"[|•·\[【]?(?P<label>{_WORDS})(?P<mark>[\]】]?:?)(?P<value>.*)")
"""A line, folded and without white space, that begins with a label."""


def is_label(text: str) -> bool:
    """Tell whether a text, folded and without white space, is a label and nothing else."""
    match = LABEL_LINE.fullmatch(text)
    return match is not None and not match["value"]


def read_labels(lines: Sequence[str]) -> dict[str, str]:
    """Read `label:value` on a line, several of them too, or a label on one line and its value on the next.

    The lines are folded and free of white space; of a label that comes again the first value counts.
    """
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        for name, value in _pairs(line, lines[at + 1] if at + 1 < len(lines) else ""):
            if name != "other":
                found.setdefault(name, value)
    return found


def _pairs(line: str, following: str) -> Iterator[tuple[str, str]]:
    """Give the labels of a line with their values; `following` is the value of one that ends the line."""
    while match := LABEL_LINE.fullmatch(line):
        rest = match["value"]
        if rest and not match["mark"]:
            return
        cut = _NEXT.search(rest)
        value = (rest[: cut.start()] if cut else rest or following.lstrip("•·")).strip("|")
        label = _LABEL.match(match["label"])
        if label and label.lastgroup and value and not LABEL_LINE.fullmatch(value):
            yield label.lastgroup, value
        if cut is None:
            return
        line = rest[cut.start() :]
