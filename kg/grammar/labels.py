"""The labels of lines beside the duty label, the time that is set and the persons, who are never read, and how an issuer calls itself."""

from __future__ import annotations

from kg.grammar.pattern import Pattern

TIME_LABEL = Pattern(
    "time label",
    r"(?:完成|办结|整改|推进|工作)?(?:时限|时间节点|时间安排|时间|期限|进度安排|进度)(?:要求)?:|(?<=\|)(?:完成)?(?:时限|时间|期限|进度)(?=[^|:]{2,16}$)",
    ("完成时限:2031年6月底", "牵头区灯塔局|进度三季度末"),
    ("灯塔点亮时间由区灯塔局定", "完成时限为一年"),
)
PERSON_LABEL = Pattern(
    "person label",
    r"(?:责任|负责|联系|牵头|分管|包保|挂钩|包联)(?:人|领导|同志|县领导|市领导|区领导)[^:]{0,4}:",
    ("责任人:某某", "牵头区领导:某某"),
    ("责任单位:区灯塔局", "负责人应当到场"),
)
OWN_NAME = Pattern(
    "issuer's name for itself",
    r"我(?:局|委|厅|办|院|署|司|中心)",
    ("我局", "我中心"),
    ("我市", "自我部署"),
    whole=True,
)
