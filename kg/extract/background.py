"""Tell the headings of background, principles and aims from those of work."""

from __future__ import annotations

from kg.grammar.pattern import Pattern

_PAST = r"背景|发展基础|工作基础|现实基础|现状|形势|趋势|基本情况|工作情况|工作进展|进展情况|主要做法|困难|短板|主要成绩|工作总结|意义|问题|挑战|机遇|成效|回顾"
_AIM = r"总体要求|总体思路|发展要求|发展需求|思想|原则|目标|思路|依据|范围|指标体系|主要指标|具体指标|发展指标|战略定位|名词解释|附则|目的|前言|考核办法|定义"
_GROUND = rf"[^,。]{{0,8}}?(?:{_PAST}|{_AIM})"
BACKGROUND = Pattern(
    "background heading",
    rf"(?:{_GROUND}(?:和|与|及|、|,)?)+(?:分析|概况|概述)?",
    ("总体要求和工作目标", "发展基础"),
    ("重点任务", "夯实灯塔发展基础工程"),
    whole=True,
)
HISTORY = Pattern(
    "heading of what has been",
    rf"{_PAST}|基础|依据",
    ("发展基础与现状", "工作进展"),
    ("总体目标", "重点任务"),
)
