"""Tell the headings of background, principles and aims from those of work."""

from __future__ import annotations

from kg.grammar.pattern import Pattern

_PAST = r"背景|发展基础|工作基础|现实基础|现状|形势|趋势|基本情况|工作情况|工作进展|进展情况|主要做法|困难|短板|主要成绩|工作总结|意义|问题|挑战|机遇|成效|回顾"
_AIM = r"总体要求|总体思路|发展要求|发展需求|思想|原则|目标|思路|依据|范围|指标体系|主要指标|具体指标|发展指标|战略定位|名词解释|附则|目的|前言|考核办法|定义"
_WORK = r"(?:补|破|解|化解|消除|应对|迎接|抓|着力|夯实|筑牢|强化|加强|聚焦|推动|推进|整治|整改|提升|提高|增强|巩固|完善|扩大|健全|优化|落实|做好|打造|加快|实施|开展|建立|建设|改善|延伸)"
"""Words with which the headings of work begin: 补齐短板, 夯实基础."""
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
    rf"(?!{_WORK})(?:[^,。]{{0,16}}?(?:{_PAST}|基础|依据)(?:和|与|及|、|,|面临的?)?)+(?:分析|概况|概述|情况)?",
    ("发展基础与现状", "工作进展"),
    ("总体目标", "补齐基础设施短板", "灯塔基础设施"),
    whole=True,
)
