"""Tell which role words of duty name."""

from __future__ import annotations

import re

from kg.records import Role

_LEADING = re.compile(r"牵头|主抓|主办|主责|第一责任|总责|为主")
_SUPPORTING = re.compile(
    r"配合|协助|协同|协办|协作|参与|参加|参建|支持|支撑|保障|联动|会办|会同|指导|监督|督导|督办|督促|考核|做好(?:协调|衔接|服务)"
)
_IN_CHARGE = re.compile(r"负责(?:指导|监督|督导|督办|督促|考核)")
_CARRYING_OUT = re.compile(r"落实|实施|执行|承担|承办|推进")
_CARRYING_OUT_FIRST = re.compile(rf"具体(?:抓好)?(?:落实|实施)|^(?:{_CARRYING_OUT.pattern})")


def role_of(words: str) -> Role:
    """Give the role that duty words name: 牵头 before 配合 before 落实 before 负责."""
    if _LEADING.search(words):
        return Role.LEAD
    if _CARRYING_OUT_FIRST.search(words):
        return Role.IMPLEMENT
    if _SUPPORTING.search(words) and not _IN_CHARGE.search(words):
        return Role.SUPPORT
    if _CARRYING_OUT.search(words) and "负责" not in words:
        return Role.IMPLEMENT
    return Role.RESPONSIBLE
