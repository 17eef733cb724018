"""Read who is to act in sentences without a word of duty: 区财政局统筹安排资金."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.prose import names_somebody
from kg.extract.unpromised import sentences
from kg.grammar.bodies import Item, is_body, split_bodies
from kg.grammar.clauses import Assignment, role_of
from kg.grammar.labels import OWN_NAME
from kg.grammar.pattern import Pattern
from kg.records import Role

ACTS = Pattern(
    "word of acting",
    r"(?:要(?!求|素|点)|应当?(?!急|用|对)|须|必须|将|负责(?!人(?!民|才|力|口)|任|制|同志|的)|牵头(?!单位|部门|人|的)|做好|加强|落实|组织(?!部|人事|办)|开展|建立|制定|编制|出台|印发|完善|推动|推进(?!办|中心)|加快|加大"
    r"|会同|协调(?!办|局|小组)|指导|督促|定期|适时|及时|积极|切实|依法|统筹(?!办|局)|承担|配合|协助|参与|强化|优化|安排|统一|开设|设立|设置|选择|提供|给予|对照|结合|按照|提交|形成"
    r"|报送|汇总|审核|受理|公布|发布|每(?:半?年|季度?|个?月|周)|于(?=[每\d])|在(?=[\u4e00-\u9fff]{2,16}中)|对(?!外|口)|把|用好|利用|主动|全面|认真|具体)",
    ("区财政局统筹安排资金", "各码头要守好灯塔"),
    ("区协调办", "区灯塔局应急队"),
)
_OFFICE = re.compile(
    r"(?:局|委员会|委|厅|部|办公室|办|室|办事处|管委会|人民政府|政府|部门|中心|公司|集团|大队|支队|所|联合会|联|总工会|协会|机关|机构|学会|(?:工会|共青团|妇联|残联|科协)组织)(?:\([^()]{1,10}\))?$"
)
_INSTITUTION = re.compile(
    r"(?:医院|卫生院|保健院|学校|中学|小学|中心校|幼儿园|学院|大学|村委会|居委会|村\(社区\)|站所)$"
)
_LOOSE = re.compile(r"内部|外部|全部|逐步|形成|出台|以[上下内]|^多|[的了\d]")
_COLLECTIVE = re.compile(
    r"(?!各(?:级|有关|相关|各)*(?:部门|单位)$)各[\u4e00-\u9fff]{0,6}(?:地区|地方|地|部门|单位|市州?|州市|地市|设区市|县区|区县|县|区|旗县|盟市|镇街|乡镇|街镇|镇|乡|街道|园区|开发区|村|社区)(?:\([^()]{1,10}\))?(?:人民)?(?:政府|办事处)?"
)
_COUNTIES = re.compile(r"[市县区旗]\([市县区旗、]+\)(?:人民政府)?")
_OF_A_PLACE = re.compile(
    r"各|全?[省市区县州旗镇乡]|[\u4e00-\u9fff]{2,6}[镇乡村市县区]|[\u4e00-\u9fff]{2,4}(?:中学|小学|学校)$"
)
_OPENING = re.compile(r"(?:由|请|其中|同时|此外|(?:[一二三四五六七八九十]是|\(?\d{1,2}[.、)])|下一步,?)*")
_TOGETHER = "会同"
_OWN_ACT = re.compile(
    rf"(?:^|[,;。:])(?:下一步,?|同时,?|今后,?)*(?P<own>{OWN_NAME.expression})(?:将|会|要)?(?:进一步|积极|继续)*(?P<act>牵头|会同|联合|配合|协助|[\u4e00-\u9fff])"
)
_LAST = frozenset("局会委厅部办室处府门心司团队联协关构学织所院校园村)区县市州镇乡道社地方位站")
"""The last characters of bodies that act: most words of acting follow others, and to look is faster than to split."""
_JOINED = ("会同", "与", "和", "同")
_TOLD = re.compile(r"目前|现有|已(?=[\u4e00-\u9fff])|截至|截止|累计|近年|去年|上年|以来")
_LONGEST_LIST = 60
_LONGEST_NAME = 32
_HELPING = ("配合", "协助", "参与")
_BREAK = re.compile(r"[,;。!]")


def find_acting(text: str, read: Sequence[tuple[int, int]], *, subject: bool = False) -> Iterator[Assignment]:
    """Find the bodies with which the parts of a sentence begin and what they do follows, outside the places that were read.

    Offices answer for what they do, institutions such as hospitals carry it out. `subject` where the text has one
    without naming it: the issuer of a reply.
    """
    for start, end in _parts(text):
        if _TOLD.search(text, _sentence_start(text, start), end):
            continue
        actors = list(_actors(text, _after_opening(text, start, end), end))
        if text[start - 1 : start] != ",":
            subject = bool(actors) or (subject and text.startswith(_TOGETHER, start))
        if any(a < end and start < b for a, b in read):
            continue
        yield from actors
        if subject and not actors and text.startswith(_TOGETHER, start):
            yield from _helpers(text, start + len(_TOGETHER), end)


def _helpers(text: str, start: int, end: int) -> Iterator[Assignment]:
    """Give the bodies with which somebody acts."""
    return (Assignment(one.item, Role.SUPPORT) for one in _actors(text, start, end))


def find_own(text: str) -> Iterator[Assignment]:
    """Find where the issuer says what it does itself, 我局将牵头, and with whom."""
    for match in _OWN_ACT.finditer(text):
        item = Item(match.start("own"), match.end("own"), match["own"])
        yield Assignment(item, role_of(match["act"]) if match["act"] != _TOGETHER else Role.LEAD)
        if match["act"] == _TOGETHER:
            stop = _BREAK.search(text, match.end())
            yield from _helpers(text, match.end(), stop.start() if stop else len(text))


def begins_with_actor(text: str) -> bool:
    """Tell whether a paragraph begins with a body and what it is to do."""
    return any(True for _ in _actors(text, _after_opening(text, 0, len(text)), len(text)))


def find_inactive(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find the sentences of `text` that begin with an office that is to act, outside the places where duties were read."""
    for start, end in sentences(text):
        if any(a < end and start < b for a, b in read):
            continue
        name = _name_at(text, _after_opening(text, start, end), end)
        if name and names_somebody(name) and not _LOOSE.search(name):
            yield start, end


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Give the parts of sentences between commas and stops."""
    start = 0
    for mark in _BREAK.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。;!") + 1


def _after_opening(text: str, start: int, end: int) -> int:
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening else start


def _actors(text: str, start: int, end: int) -> Iterator[Assignment]:
    """Give the bodies before the first word of acting that is no part of a name."""
    if text.startswith(_JOINED, start):
        return
    for act in ACTS.find(text, start + 2, min(end, start + _LONGEST_LIST)):
        if text[act.start() - 1] not in _LAST:
            continue
        found = split_bodies(text, start, act.start(), trusted=False)
        if found.items and not found.strange and all(map(_may_act, found.items)):
            for item in found.items:
                yield Assignment(item, _role(item, act.group()))
            return


def _may_act(item: Item) -> bool:
    if _COLLECTIVE.fullmatch(item.name) or _COUNTIES.fullmatch(item.name):
        return True
    if _LOOSE.search(item.name) or ACTS.at_start(item.name):
        return False
    if _INSTITUTION.search(item.name):
        return _OF_A_PLACE.match(item.name) is not None
    return _OFFICE.search(item.name) is not None and names_somebody(item.name)


def _role(item: Item, act: str) -> Role:
    if act in _HELPING:
        return Role.SUPPORT
    return Role.IMPLEMENT if _INSTITUTION.search(item.name) else Role.RESPONSIBLE


def _name_at(text: str, start: int, end: int) -> str | None:
    """Give the name of an office that begins at a place and that a word of acting follows."""
    if text.startswith(_JOINED, start):
        return None
    for act in ACTS.find(text, start + 2, min(end, start + _LONGEST_NAME)):
        if text[act.start() - 1] not in _LAST:
            continue
        name = text[start : act.start()]
        if _OFFICE.search(name) and is_body(name):
            return name
    return None
