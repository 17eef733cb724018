"""Read responsibilities from sentences: who leads, answers for or carries out what the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.regulated import is_penal
from kg.grammar.bodies import Item, is_body, split_bodies
from kg.grammar.clauses import Assignment
from kg.grammar.function_words import is_function_word
from kg.grammar.pattern import Pattern
from kg.records import Role

NO_CHARGE = r"人(?!民|才(?!能)|力|口|行道|行横道|居环境|工智能|工影响|防工程)|任|制|同志|的"
"""What makes 负责 no charge: 负责人, but not 负责人行道."""
LEADS = Pattern(
    "leads",
    r"牵头(?!单位|部门|人|机构|领导|医院|企业|地区|负责人|组织单位|、)(?!的)",
    ("区灯塔局牵头负责", "由区灯塔局牵头"),
    ("牵头单位",),
)
ANSWERS = Pattern(
    "answers for",
    rf"负责(?!{NO_CHARGE}|单位|部门|、|和)(?=[\u4e00-\u9fff]|[,;。]|$)",
    ("区灯塔局负责灯塔维护", "具体负责日常工作"),
    ("负责人", "负责制"),
)
HELPS = Pattern(
    "helps",
    r"(?:配合|参与|协助)(?=$|[,;。]|做好|开展|抓好|实施|提供|落实)(?!单位|部门)",
    ("区灯塔局牵头,区渔网局配合。", "区渔网局参与"),
    ("配合单位", "参与国际合作项目"),
)
HELPING = Pattern(
    "help that is asked for",
    r"(?:依法|积极|密切|主动|及时|予以|切实|按照?[^,;。]{1,12}){0,2}(?:配合(?!比)|协助)",
    ("积极配合区灯塔局", "协助做好修补"),
    ("渔网配合比", "制定办法"),
)
JOINS = Pattern(
    "acts together with", r"会同(?P<list>[^,;。:]{2,240})", ("区灯塔局会同区渔网局开展", "会同区渔网局"), ("会商同意",)
)
OUGHT = Pattern(
    "ought to",
    r"(?:要(?!求|素|点|害|闻|么)|应当|应(?!对|用|急|收|付|答|变|届)|须(?!知)|必须)(?=[\u4e00-\u9fff])",
    ("各区人民政府要加强", "区灯塔局应当公布"),
    ("要求",),
)
IS_CHARGED = Pattern(
    "is the body in charge",
    r"[是为](?:[^,;。:]{0,30}?)(?:主管|责任|牵头|主体|监管|实施|管理)(?:单位|部门|机构|主体)",
    ("区灯塔局是灯塔工作的主管单位", "区渔网局为责任单位"),
    ("是渔网",),
)
BEARS = Pattern(
    "bears responsibility",
    r"(?:负|承担|落实|压实|履行)(?:起)?(?:主要|直接|全面|总|属地|主体|监管|行业|管理|领导|首要|第一|牵头|监督)*(?:管理|监管)?(?:的)?(?:责任|职责)",
    ("对灯塔负主要责任", "落实属地责任"),
    ("责任单位", "责任制"),
)
DIVIDES = Pattern(
    "shares by duty",
    r"按照?(?:各自)?(?:的)?(?:职责|职能)(?:任务)?分工|(?:按照?|依照?|依据|根据|在)各自(?:的)?(?:法定|工作|部门)?(?:职责|职能|职权)",
    ("要按照职责分工", "依照各自职责"),
    ("分工明确", "职责明确"),
)
BY = Pattern(
    "by a body",
    r"由(?P<list>[^,;。:由]{3,40}?)(?P<act>组织|实施|开展|承担|制定|审批|统筹|建设|管理|落实|受理|汇总|考核|监督|具体|会同)",
    ("由区灯塔局组织实施", "由区渔网局统筹"),
    ("由此推动", "理由充分"),
)
_BY_ACT = re.compile(
    r"组织|实施|开展|承担|制定|审批|统筹|建设|管理|落实|受理|汇总|考核|监督|具体|会同|牵头|负责|共同|分别|按"
)
_NAME_STOP = re.compile(r"[、,;。:]")
_NEVER_IN_NAME = frozenset({"会同", "牵头", "负责", "具体", "共同", "分别", "按"})
_LONGEST_BY = 40
_REACH_OF_NAME = 20
_SHORTEST = 2
_LONGEST_SUBJECT = 300
_MARKS = ",;。:?!"
_BOUNDARY = re.compile(f"[{_MARKS}]")
_LEAD_IN = re.compile(
    r"^(?:(?:并|要|须|应|可|其中|同时|原则上|日常工作|具体工作|在[^由]{1,12}(?:领导|指导)下|[^由]{0,16}?(?<!理)(?<!自))?由|其中|同时|并|各地|原则上|严格落实|[一二三四五六七八九十]是)"
)
_TAIL = re.compile(
    r"(?:要|应当|应|须|必须|将|共同|分别|具体|统一|统筹|主要|全面|密切|做好|总(?=$)|按照?(?:各自)?(?:职责|任务|工作)?分工|切实|认真|严格|进一步|依法|积极|负责|予以|给予|作为[^,;。]{1,20}(?:单位|部门|主体))+$"
)
_SEAT = re.compile(r"(?:设在|设于|在)(?P<list>[^,;。:]{2,40})$")
_AS = re.compile(r"^(?P<list>[^,;。:]{2,30}?)作为[^,;。]{1,24}(?:单位|部门|主体|责任人)$")
_AND_ALSO = ("以及", "及各")
_LAST_OF_OFFICE = frozenset("府局委会厅部办室道处镇乡校门)")
_OFFICE = re.compile(
    r"(?:政府|局|委|委员会|厅|部|办|办公室|督查室|街道|办事处|镇|乡|管委会|学校|部门)(?:\([^()]{1,10}\))?$"
)
_DOING = re.compile(r"(?P<list>[^,;。:]{3,60}?)在[^,;。:]{2,40}(?:时|中|期间|之前|前|后)$")
_LISTED_WITH = re.compile(r"[^,;。:等]{2,120}等(?:有关|相关|主管|职能|行政|执法)*(?:部门|机构|单位)")
_LIST_END = re.compile(r"等|[,;。]")
_BODY_END = re.compile(
    r"(?:局|委|厅|部|办|办公室|院|中心|会|社|公司|行|队|政府|街道|镇|乡|部门|单位|所|联|站|校|署|司|海关|馆|台|协|专班|组|中央|室|大队|支队)$"
)
_SURE_ACT = re.compile(
    r"统筹|积极|争取|全力|共同|联合|用好|修订|定期|每[年季月周半]|开展|组织|制定|推进|建立|加强|做好|研究|落实|负责|指导|对|将|于|在|按|依"
)
_LED = re.compile(r"(?:牵头|负责),$")
_SPLIT_WORD = re.compile(
    r"组织|组建|协调|协同|协作|联合|联动|联系|办理|办好|办公|会商|会议|行动|队伍|所有|校园|站点|台账|司法|部署|部分"
)
_NO_DUTY = re.compile(r"谁.{1,8}谁|真实性|合法性|准确性|完整性")
_GENERIC = re.compile(
    r"(?:各级各(?:有关|相关)?(?:部门|单位)|各?(?:有关|相关|政府|主管|职能|行业|业务|管理|监管|责任|成员|牵头|专业|第三方|用人|基层|社会|建设|运营|实施)*(?:部门|单位|机构|社会|政府|行|组|团|组织|会|中心|站|所|场|园|馆|队|委|家庭|地)"
    r"|(?:有关|相关|专业|第三方|用人|基层|社会|建设|运营|实施)*(?:企业|公司|社区|学校|医院|村)|[区市县镇村省州]"
    r"|.*(?:工作组|专家组|(?:服务|医疗|养老|托育|培训|检测|评估|中介|运营)机构|企业|项目部|业主|施工单位|建设单位)|党委|政府|市场|群众)"
)


def find_prose(text: str, clauses: Sequence[tuple[int, int]] = ()) -> list[Assignment]:
    """Find the assignments in the sentences of `text`, outside the given places of its clauses.

    Only bodies named before or after an explicit word of duty count; each body once in a role.
    """
    found = [
        a
        for a in _all(text)
        if not any(start <= a.item.start < end for start, end in clauses) and not is_penal(text, a.item.start)
    ]
    unique: dict[tuple[str, Role], Assignment] = {}
    for assignment in sorted(found, key=lambda a: a.item.start):
        unique.setdefault((assignment.item.name, assignment.role), assignment)
    return [a for a in unique.values() if a.role is Role.LEAD or (a.item.name, Role.LEAD) not in unique]


def find_silent(text: str, clauses: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Find the parts of sentences that say 牵头 or 负责 and name nobody that could be read, outside the given clauses."""
    read = [a.item.start for a in _all(text)]
    silent: list[tuple[int, int]] = []
    for pattern in (LEADS, ANSWERS):
        for match in pattern.find(text):
            start = _clause_start(text, match.start())
            above = _clause_start(text, start - 1) if start else 0
            if (
                _NO_DUTY.search(text, start, match.end())
                or any(above <= place < match.start() for place in read)
                or any(a <= match.start() < b for a, b in clauses)
                or is_penal(text, match.start())
            ):
                continue
            stop = _BOUNDARY.search(text, match.end())
            if match.start() - start >= _SHORTEST and (not silent or silent[-1][0] != start):
                silent.append((start, stop.start() if stop else len(text)))
    return sorted(silent)


@lru_cache(maxsize=2048)
def _all(text: str) -> tuple[Assignment, ...]:
    return tuple(_find(text))


def _find(text: str) -> Iterator[Assignment]:
    for match in LEADS.find(text):
        yield from _before(text, match.start(), Role.LEAD)
    for match in ANSWERS.find(text):
        if text[max(0, match.start() - 2) : match.start()] != "牵头":
            yield from _before(text, match.start(), Role.RESPONSIBLE)
    for match in BEARS.find(text):
        yield from _bearers(text, match)
    for match in DIVIDES.find(text):
        yield from _before(text, match.start(), Role.RESPONSIBLE)
    for match in BY.find(text):
        yield from _by(text, match)
    for match in HELPS.find(text):
        yield from _before(text, match.start(), Role.SUPPORT)
    for match in JOINS.find(text):
        yield from _joined(text, match)
    yield from _ought(text)
    for match in IS_CHARGED.find(text):
        yield from _before(text, match.start(), Role.LEAD if "牵头" in match.group() else Role.RESPONSIBLE)


def _ought(text: str) -> Iterator[Assignment]:
    """Read the offices that ought to do something: 甲局应当公布, 甲部门在编制规划时,应当统筹."""
    for match in OUGHT.find(text):
        if match.start() and text[match.start() - 1] == ",":
            yield from _while(text, match.start() - 1)
        elif match.start() and text[match.start() - 1] in _LAST_OF_OFFICE:
            role = Role.SUPPORT if HELPING.at_start(text, match.end()) else Role.RESPONSIBLE
            yield from (a for a in _before(text, match.start(), role) if _is_office(a.item.name))


def _joined(text: str, match: re.Match[str]) -> Iterator[Assignment]:
    """Read A会同B: the first leads, the other supports."""
    leading = list(_before(text, match.start(), Role.LEAD))
    if not leading and not _LED.search(text[_clause_start(text, match.start() - 1) : match.start()]):
        return
    yield from leading
    listed = _LISTED_WITH.match(text, match.start("list"))
    bodies = split_bodies(text, *listed.span(), trusted=False) if listed else None
    if bodies and bodies.items and not bodies.strange:
        yield from _named(bodies.items, Role.SUPPORT)
        return
    stop = _LIST_END.search(match["list"])
    end = match.start("list") + (stop.start() if stop else len(match["list"]))
    bodies = split_bodies(text, match.start("list"), end, trusted=False)
    longest: tuple[Item, ...] = () if bodies.strange else bodies.items
    sure: tuple[Item, ...] = ()
    while end - match.start("list") > _SHORTEST and not sure:
        end -= 1
        if _BODY_END.search(text[match.start("list") : end]) and not _SPLIT_WORD.match(text, end - 1):
            bodies = split_bodies(text, match.start("list"), end, trusted=False)
            if not bodies.strange:
                longest = longest or bodies.items
                sure = bodies.items if _SURE_ACT.match(text, end) else ()
    yield from _named(sure or longest, Role.SUPPORT)


def _clause_start(text: str, end: int) -> int:
    """Give the start of the part of the sentence that ends at `end`."""
    return max(text.rfind(mark, 0, end) for mark in _MARKS) + 1


def _before(text: str, end: int, role: Role) -> Iterator[Assignment]:
    """Read the bodies straight before a word of duty; where it opens its clause, those of the clause before."""
    start = _clause_start(text, end)
    if text.startswith(_AND_ALSO, start) and start > 1 and text[start - 1] == ",":
        start = _clause_start(text, start - 1)
    if end - start > _LONGEST_SUBJECT:
        return
    words = text[start:end]
    tail = _TAIL.search(words)
    stop = start + (tail.start() if tail else len(words))
    lead = _LEAD_IN.match(text[start:stop])
    first = start + (lead.end() if lead else 0)
    if stop - first < 2:
        if start > 0 and text[start - 1] == ",":
            yield from _seat(text, _clause_start(text, start - 1), start - 1, role)
        return
    bodies = split_bodies(text, first, stop, trusted=False)
    if bodies.items and not bodies.strange:
        yield from _named(bodies.items, role)


def _seat(text: str, start: int, end: int, role: Role) -> Iterator[Assignment]:
    """Read the body that a clause ends or begins with: 办公室设在甲, 甲作为主管单位."""
    for pattern in (_SEAT, _AS):
        match = pattern.search(text[start:end])
        if match:
            bodies = split_bodies(text, start + match.start("list"), start + match.end("list"), trusted=False)
            if bodies.items and not bodies.strange:
                yield from _named(bodies.items, role)
                return


def _while(text: str, end: int) -> Iterator[Assignment]:
    """Read the office that ought to do something at some time: 甲部门在编制规划时, before 应当."""
    match = _DOING.match(text, _clause_start(text, end), end)
    bodies = split_bodies(text, *match.span("list"), trusted=False) if match else None
    if bodies and not bodies.strange:
        yield from (a for a in _named(bodies.items) if _is_office(a.item.name))


def _is_office(name: str) -> bool:
    return _OFFICE.search(name) is not None or is_function_word(name)


def _bearers(text: str, match: re.Match[str]) -> Iterator[Assignment]:
    """Read who bears a responsibility: 甲对…负责任, 甲落实属地责任, 落实甲监管责任."""
    start = _clause_start(text, match.start())
    words = text[start : match.start()]
    at = words.find("对")
    stop = start + (at if at >= 2 else len(words))
    tail = _TAIL.search(text[start:stop])
    stop = start + tail.start() if tail else stop
    bodies = split_bodies(text, start, stop, trusted=False)
    if bodies.items and not bodies.strange:
        yield from _named(bodies.items)


def _by(text: str, match: re.Match[str]) -> Iterator[Assignment]:
    """Read 由甲、乙组织实施: the act is the first that is no part of a name."""
    start = match.start("list")
    stop = _BOUNDARY.search(text, start)
    for act in _BY_ACT.finditer(text, match.end("list"), stop.start() if stop else len(text)):
        if act.start() - start > _LONGEST_BY:
            return
        if _is_in_name(text, start, act):
            continue
        bodies = split_bodies(text, start, act.start(), trusted=False)
        if bodies.items and not bodies.strange and act.group() not in ("牵头", "负责"):
            yield from _named(bodies.items, Role.LEAD if act.group() == "会同" else Role.IMPLEMENT)
        return


def _is_in_name(text: str, start: int, act: re.Match[str]) -> bool:
    """Tell whether an act is part of the name of a body: 住房城乡建设部, 城市管理局."""
    if act.group() in _NEVER_IN_NAME:
        return False
    first = max(text.rfind("、", start, act.start()) + 1, start)
    for later in _BY_ACT.finditer(text, act.end(), act.end() + _REACH_OF_NAME):
        if is_body(text[first : later.start()]):
            return True
    stop = _NAME_STOP.search(text, act.end())
    return is_body(text[first : stop.start() if stop else len(text)])


def names_somebody(name: str) -> bool:
    """Tell whether a name from a list of bodies means one, not 有关部门 or 企业 at large."""
    return is_function_word(name) or (is_body(name) and not _GENERIC.fullmatch(name))


def _named(items: Sequence[Item], role: Role = Role.RESPONSIBLE) -> Iterator[Assignment]:
    """Keep the items that name somebody."""
    for item in items:
        if names_somebody(item.name) and "会同" not in item.name:
            yield Assignment(item, role)
