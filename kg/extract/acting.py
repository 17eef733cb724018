"""Read who is to act in sentences without a word of duty: 区财政局统筹安排资金."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.past import tells
from kg.extract.prose import HELPING, NO_CHARGE, names_somebody
from kg.extract.regulated import is_penal
from kg.grammar.bodies import Item, split_bodies
from kg.grammar.clauses import Assignment
from kg.grammar.function_words import is_function_word
from kg.grammar.labels import OWN_NAME
from kg.grammar.pattern import Pattern
from kg.grammar.roles import role_of
from kg.grammar.stretches import parts, sentences
from kg.records import Role

_OUGHT = r"要(?!求|素|点|害|件)|应当|应(?!急|用|对|届|收)|须(?!知)|必须"
_CHARGED = rf"负责(?!{NO_CHARGE})|牵头(?!单位|部门|人|的)"
_HELPS = r"配合|协助|参与"
_WORK = (
    r"统筹(?!办|局)|组织(?!部|人事|办|架构|体系|结构|领导|保障|机构)|开展|制定|编制|建立|完善(?!程度)|健全|加强|强化|优化|推动|推进(?!办|会|中心|情况|力度|不|较)|加快|加大"
    r"|做好|抓好|落实(?!情况|不|到位|得)|指导|督促|协调(?!办|局|小组|会|机制)|承担|安排|开设|设立|设置|选择|提供|给予|提交|形成(?!了)|报送|汇总|审核|会同|用好"
)
_MANNER = r"定期|适时|及时|积极(?!性)|切实|依法|主动(?!公开)|全面|认真|统一|进一步|继续|对照|结合|按照|依照|在各自|每(?:半?年|季度?|个?月|周)"
_WILL = rf"将(?=(?:{_MANNER}|{_WORK}|{_CHARGED}|对|在|于|把|严格|建立|会))"
_OVER = r"对(?=[^,;。]{2,60}(?:实施|实行|进行|开展|加强)[^,;。的]{0,8}(?:管理|监督|监管|检查|巡查|查处|指导|考核|评估|整治|调控|执法)(?:$|[,;。]))"
"""对灯塔的养护实施监督管理: what a body watches over."""
ACTS = Pattern(
    "word of acting",
    rf"(?P<bound>{_OUGHT}|{_WILL}|{_CHARGED}|{_OVER})|(?P<help>{_HELPS})|(?P<free>{_WORK}|{_MANNER}|于(?=每))",
    ("区财政局统筹安排资金", "各码头要守好灯塔"),
    ("区协调办", "区灯塔局积极性高"),
)
_OFFICE = re.compile(
    r"(?:局|委员会|委|厅|部|办公室|办|室|办事处|管委会|人民政府|政府|部门|中心|公司|集团|大队|支队|所|联合会|联|总工会|协会|机关|机构|学会|领导小组|指挥部|专班|联席会议|(?:工会|共青团|妇联|残联|科协)组织)(?:\([^()]{1,10}\))?$"
)
_INSTITUTION = re.compile(
    r"(?:医院|卫生院|保健院|学校|中学|小学|中心校|幼儿园|学院|大学|村委会|居委会|村\(社区\)|站所)$"
)
_NOT_ITSELF = re.compile(
    r"^(?:依据|参照|根据|由于|于(?!都|洪|田)|随着|除|没有|当(?!涂|阳|雄)|待|未|若(?!羌|尔盖)|凡|原(?!平|州|阳)|这|某|多(?!伦)|其他|上级|经(?!信|济|发|开|贸|科)|在|从(?!化|江)|自(?!然|治|贡|由贸)|因|如(?!皋|东)|即(?!墨)|但|而|或|例如|支持|鼓励|引导|借鉴|向|给)"
    r"|[向被给了\d]|(?<!设区)的|内部|外部|全部|逐步|形成|以[上下内]|物业|监理|金融机构|银行机构|专家"
)
"""What is no body that is told to act: words before one, a body at large, a part of one."""
_FIRM = re.compile(r"(?:公司|集团|企业|协会|学会)(?:\([^()]{1,10}\))?$")
_RANKED = re.compile(r"[国省市区县州旗盟镇乡]|[\u4e00-\u9fff]{2,3}[省市区县]")
_ABOVE = re.compile(r"(?:国家|国务院|中央|省委|省政府|省厅|自治区)")
_COLLECTIVE = re.compile(
    r"(?!各(?:级|有关|相关|各)*(?:部门|单位)$|各(?:申报|参建|施工|用人))各[\u4e00-\u9fff]{0,6}(?:地区|地方|地|部门|单位|市州?|州市|地市|设区市|县区|区县|县|区|旗县|盟市|镇街|乡镇|街镇|镇|乡|街道|园区|开发区|村|社区)(?:\([^()]{1,10}\))?(?:人民)?(?:政府|办事处)?"
)
_FROM_LEVEL = re.compile(r"[省市区县州]级以上(?:地方)?(?:各级)?(?=人民政府)")
_COUNTIES = re.compile(r"[市县区旗]\([市县区旗、]+\)(?:人民政府)?")
_OF_A_PLACE = re.compile(
    r"各|全?[省市区县州旗镇乡]|[\u4e00-\u9fff]{2,6}[镇乡村市县区]|[\u4e00-\u9fff]{2,4}(?:中学|小学|学校)$"
)
_OPENING = re.compile(r"(?:请|其中|同时|此外|(?:[一二三四五六七八九十]是|\(?\d{1,2}[.、)])|下一步,?)*")
_TOGETHER = "会同"
_JOINED = (_TOGETHER, "与", "和", "同")
_ATTRIBUTE = re.compile(r"[^,;。]{0,8}的(?!士)")
"""What makes the body and its act an attribute of the words behind: 区财政局给予的补助."""
_FORBIDDEN = re.compile(r"不得|不准|严禁|禁止|不(?:平衡|到位|力|足)|情况|有待|存在|责令|罚款|没收|吊销|处分")
_OWN_ACT = re.compile(
    rf"(?:^|[,;。:])(?:下一步,?|同时,?|今后,?)*(?P<own>{OWN_NAME.expression})(?:(?:将|要|会)(?:进一步|积极|继续)*(?P<act>牵头|会同|联合|配合|协助|[\u4e00-\u9fff])|(?P<plain>牵头|会同|配合|协助|负责|每(?:半?年|季度?|个?月|周)|{_WORK}))"
)
_LAST = frozenset("局会委厅部办室组班议处府门心司团队联协关构学织所院校园村)区县市州镇乡道社地方位站")
"""The last characters of bodies that act: most words of acting follow others, and to look is faster than to split."""
_LONGEST_LIST = 60


def find_acting(
    text: str, read: Sequence[tuple[int, int]], *, since: int | None = None, implied: bool = False
) -> Iterator[Assignment]:
    """Find the bodies with which the parts of a sentence begin and what they are to do follows, outside the places that were read.

    Offices answer for what they do, institutions such as hospitals carry it out. Years before `since` are history.
    `implied` where each sentence has a subject without naming it: the issuer of a reply.
    """
    subject = implied
    for start, end in parts(text):
        actors = (
            []
            if tells(text, start, end, since) or is_penal(text, start)
            else list(_actors(text, _after_opening(text, start, end), end))
        )
        if text[start - 1 : start] != ",":
            subject = bool(actors) or implied
        if any(a < end and start < b for a, b in read):
            continue
        yield from actors
        if subject and not actors and text.startswith(_TOGETHER, start):
            yield from _helpers(text, start + len(_TOGETHER), end)


def find_own(text: str) -> Iterator[Assignment]:
    """Find where the issuer says what it does itself, 我局将牵头, and with whom."""
    for match in _OWN_ACT.finditer(text):
        act = match["act"] or match["plain"]
        stop = _end_of_part(text, match.end())
        if tells(text, match.start("own"), stop, None):
            continue
        item = Item(match.start("own"), match.end("own"), match["own"])
        yield Assignment(item, role_of(act) if act != _TOGETHER else Role.LEAD)
        if act == _TOGETHER:
            yield from _helpers(text, match.end(), stop)


def begins_with_actor(text: str) -> bool:
    """Tell whether a paragraph begins with a body and what it is to do."""
    start = _after_opening(text, 0, len(text))
    told = tells(text, start, _end_of_part(text, start), None) or is_penal(text, start)
    return not told and any(_actors(text, start, len(text)))


def find_inactive(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find the sentences of `text` that begin with a body that is to act, outside the places where duties were read."""
    for start, end in sentences(text):
        if any(a < end and start < b for a, b in read) or tells(text, start, end, None) or is_penal(text, start):
            continue
        if any(_actors(text, _after_opening(text, start, end), end)):
            yield start, end


def _end_of_part(text: str, at: int) -> int:
    """Give the end of the part of the sentence around a place, without its comma or stop."""
    return min((place for mark in ",;。!" if (place := text.find(mark, at)) >= 0), default=len(text))


def _helpers(text: str, start: int, end: int) -> Iterator[Assignment]:
    """Give the bodies with which somebody acts."""
    return (Assignment(one.item, Role.SUPPORT) for one in _actors(text, start, end))


def _after_opening(text: str, start: int, end: int) -> int:
    opening = _OPENING.match(text, start, end)
    return opening.end() if opening else start


def _actors(text: str, start: int, end: int) -> Iterator[Assignment]:
    """Give the bodies before the first word of acting that is no part of a name."""
    if text.startswith(_JOINED, start) or _FORBIDDEN.search(text, start, _end_of_part(text, start)):
        return
    for act in ACTS.find(text, start + 2, min(end, start + _LONGEST_LIST)):
        if text[act.start() - 1] not in _LAST:
            continue
        found = split_bodies(text, start, act.start(), trusted=False)
        if not found.items or found.strange:
            continue
        bound = act["bound"] is not None
        if not bound and _ATTRIBUTE.match(text, act.end(), end):
            return
        if all(_may_act(item, bound=bound) for item in found.items):
            yield from (Assignment(item, _role(item, act)) for item in found.items)
            return


def _may_act(item: Item, *, bound: bool) -> bool:
    """Tell whether a name is that of a body which may be told to act; without a word that binds it, a ranked one below the state."""
    name = _FROM_LEVEL.sub("", item.name) or item.name
    if is_function_word(name):
        return True
    if _COLLECTIVE.fullmatch(name) or _COUNTIES.fullmatch(name):
        return True
    if _NOT_ITSELF.search(name) or ACTS.at_start(name):
        return False
    if _INSTITUTION.search(name):
        return _OF_A_PLACE.match(name) is not None
    if _FIRM.search(name) and not _RANKED.match(name):
        return False
    return _OFFICE.search(name) is not None and names_somebody(name) and (bound or not _ABOVE.match(name))


def _role(item: Item, act: re.Match[str]) -> Role:
    if act["help"] or HELPING.at_start(act.string, act.end()):
        return Role.SUPPORT
    carries_out = act["free"] == "落实" and act.string[act.end() : act.end() + 1] in (",", ";", "。")
    return Role.IMPLEMENT if carries_out or _INSTITUTION.search(item.name) else Role.RESPONSIBLE
