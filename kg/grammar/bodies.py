"""Split a list of bodies, as a duty clause or a table cell prints it, into the single bodies as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.grammar.characters import HAN
from kg.grammar.function_words import are_functions, function_words, names_functions
from kg.grammar.marks import MARKS, without_marks
from kg.grammar.pattern import Pattern

SUFFIX = (
    r"(?:委员会|委|局|厅|部|署|办公室|办|院|中心|会|社|公司|集团|银行|(?<![另进执施推发举现实先流运同])行|支队|大队|总队|政府|办事处|街道|乡镇|镇街|镇|乡|党组|工委|专班|小组|组|指挥部|海关"
    r"|区|县|市|州|盟|省|旗|单位|部门|机构|企业|大学|学院|学校|中学|小学|中心校|完小|幼儿园|高校|院校|医院|站|所|联合会|联席会议|军分区|电网|园区|村|社区|科|处|室|队|馆|园|团|台|基地|联社|主体|各地"
    r"|(?:(?<=工会)|(?<=青团)|(?<=妇联)|(?<=残联)|(?<=科协))组织|(?:(?<=公安)|(?<=司法)|(?<=检察)|(?<=税务)|(?<=监察)|(?<=党政))机关|妇联|残联|文联|侨联|工商联|社科联|科协|计生协|老协|老年协|侨协|体协|慈善协|社联|作协|记协|法学会|移动|联通|电信|铁塔|邮政|石油|石化|中央|烟草|气象|税务|干校|党校)"
)
_VERB_FIRST = (
    r"(?!加强|建立|完善|推动|推进(?!办)|加快|落实|鼓励|支持|引导|组织(?!部|人事|办)|开展|做好|强化|健全|成立|明确|促进|充分|积极|实施|通过|依托|按照|根据|对(?!外|台|口)|将(?!乐)|把|由|与|和(?!平|田|顺|林|静|硕|县|龙|政|布)"
    r"|为|在|从(?!化|江)|以|经(?!济|信|发|开|贸|合|科|管)|报(?!社)|同时|并|及|严格|要|应(?!急|县|城)|需|可|实行|制定|提高|发挥|定期|统筹(?!办)|优化|构建|整合|深化|扩大|培育|发展(?!和?改革|改革|研究)|确保|探索|形成|严禁|不|本|其|该|我"
    r"|你|谁|分管|主要|负责|牵头|项目(?!办|中心|推进|建设)|工程(?!局|处|建设|质量)|工作(?!委)|任务|服务(?!业|中心|局|办)|资金(?!中心)|人员|此项|这项|各项|上述)"
)
_PAREN = r"(?:\([^()]{1,20}\))"

BODY = Pattern(
    "body",
    rf"{_VERB_FIRST}(?:{HAN}|[A-Za-z0-9·“”\"\-—]|{_PAREN}){{1,34}}?{SUFFIX}{_PAREN}?",
    ("区灯塔局", "各乡镇(街道)人民政府(办事处)"),
    ("灯塔亮度达标率", "加强灯塔管理机构"),
    whole=True,
)

_OPEN_TAIL = re.compile(
    r"等(?:[0-9一二三四五六七八九十]+)?(?:个|家)?(?:(?:省|市|区|县|州|镇|乡)(?:级|直|属)|国务院|(?:省|市|区|县)(?:政府|委)|中央|驻[^、,]{1,4})?各?(?:(?:其他|相关|有关|成员|责任|职能|涉及|主管|行业|牵头|配合|参与|执法)(?:的)?)*"
    r"(?:部门|单位|机构|委办局|企业|地方|科室|高校|群团(?:组织)?|社会组织|各部门|各单位)?(?:(?:和|及|与|、)(?:有关|相关)?(?:部门|单位|地方|机构))?"
)
_MARK = re.compile(rf"[、,;/|。()]|(?<=[\u4e00-\u9fff)])[{MARKS}](?=[\u4e00-\u9fff])")
_LEADING = re.compile(
    r"^(?:(?:(?:此|该|这|本)项?(?:工作|任务|事项)|(?:以上|上述)(?:[两二三四五六七八九十\d]{1,2}项)?(?:任务|工作|事项)?|(?:工作|任务|责任|部门|职责)分工:)?由|以及|以(?!岭)|和(?!平区|顺县|田|林格尔|静县|硕县|龙县|政县)|及|与|并|会同|:|[①-⑳]|[(]?\d{1,2}[.)、](?!\d))+(?=[\u4e00-\u9fff])"
)
_ASIDE = re.compile(r"\((?:设在|以下简称|简称|下同)[^()]*\)")
_BRACKET_AT_END = re.compile(r"\([^()]+\)$")
_AND = re.compile(r"以及|和|及|与|或")
_LEVEL = r"[省市区县旗州盟]"
_NATION = r"(?:国家|中央|全国|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)"
_STRONG = r"(?:委员会|局|厅|部|委|办公室|办|公司|中心|街道|医院|政府|办事处|新区|园区|管委会|联合会|大学)"
_RUN_ON = re.compile(
    rf"(?<=[局厅部委办室司心道院府处区会学镇乡])(?=(?:各{HAN}|{_LEVEL}(?!域|划|政府|委|场|容|政(?!法|府|协|局)){HAN}{{2,}}|{_LEVEL}(?:政府|委){HAN}|{_NATION}{HAN}{{2}}))"
)
_RUN_ON_PLAIN = re.compile(r"(?<=[局厅委])(?=[\u4e00-\u9fff]{2,8}?[局厅委](?:$|[\u4e00-\u9fff]{2,8}?[局厅委]$))")
_BARE_LEVEL = re.compile(rf"(?:中央|国家|{_LEVEL}|党)?(?:委|政府|党委|党组|纪委|工委|人大|政协|常委)")
_RUN_ON_OTHER = re.compile(r"(?<=[局厅委])(?=[\u4e00-\u9fff]{2,12}(?:乡|镇|街道|医院|公司|大学|集团)$)")
_PLACES = r"(?:自治区|直辖市|自治州|自治县|自治旗|县级市|乡镇|镇街|街道|园区|开发区|省辖市|地级市|省|市|县|区|旗|州|盟|镇|乡)(?:\([^()]{1,8}\))?"
_COLLECTIVE = re.compile(
    rf"(?<![^由和及、,;:(])各?(?:(?:设区的)?{_LEVEL}、)+(?={_LEVEL}(?:\([^()]{{1,8}}\))?级?{HAN}{{2,10}}?(?:局|委|厅|部门|机构|机关|单位|政府))"
    rf"|各(?:市州|州市|地市|设区市|市)、(?=(?:县市区|市县区|县区|区县|县市|县|区)(?:\([^()]{{1,8}}\))?人民政府)|(?:[省市县区]、)+(?=[县区乡](?:\([^()]{{1,8}}\))?级?(?:人民)?政府)|(?:各(?:有关|相关)?|有关|相关)(?:{_PLACES}、)+(?={_PLACES}(?:$|[、,;)]|人民政府|政府|办事处|管委会|按|和|及|等|具体|负责|配合|牵头|落实))"
)
_INSIDE = re.compile(r"(?:直属|会|公室|事处|员会|老干部|机关|属|下|所|分局|支队|大队|党组|党委)")


@dataclass(frozen=True, slots=True)
class Item:
    """A body in a list: its place in the text that was split, and its name as written; `marked` by a star or the like, `open` the last before 等."""

    start: int
    end: int
    name: str
    marked: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a list; `open` where it ends in 等, and what of it is no body."""

    items: tuple[Item, ...]
    open: bool = False
    strange: tuple[Item, ...] = ()


@lru_cache(maxsize=2048)
def is_body(text: str) -> bool:
    """Tell whether a text is shaped like the name of one body."""
    if not 2 <= len(text) <= _LONGEST or _NOT_BODY.search(text):
        return False
    if _COLLECTIVE.match(text):
        text = text.replace("、", "")
    return any(shape.fullmatch(text) for shape in (BODY.regex, _EACH, _ALONE))


_LONGEST = 40
_SHAPED = re.compile(r"〔(?!\d)([^〔〕]*)〕")
_LONGEST_NAME = 30
_PLACE_WORD = re.compile(rf"{_PLACES}|办事处|管委会|社区|村|院校|国企|企业|{HAN}")
_DUTY_ASIDE = re.compile(
    r"牵头|负责|配合|主管|承办|主办|主责|责任|参与|协办|督办|会同|含|具体|汇总|排名|全[省市区县]|每"
)
_NO_NAME = re.compile(r"[。:;≥≤%\d]{2}|负责|牵头|^(?:无|待定|另定|同上|下同|如上|略|不限|其他|以上|暂无)$|^的")
_EACH_KIND = re.compile(r"(?:各|各?有关|各?相关|各?级|全[省市区县]各?)*(?:地区|地方|部门|单位|地)")
_LEVEL_WORD = re.compile(rf"各?{_LEVEL}(?:域|划|内|外|级|直|属|区|市|县)")
_LEVEL_BODY = re.compile(r"[市区县](?:级|直|属)")
_NATIONAL = re.compile(r"国家|中国")
_OF_A_PLACE = re.compile(rf"{HAN}{{2,8}}{_LEVEL}(?!场|政){HAN}")
"""国家税务总局贝壳区税务局 is one body: a branch of a national one is named after both."""
_BRANCH = re.compile(r"(?:分局|支局|分行|支行|监管局|调查队|分公司|分署|支队|中心)$")
_STRONG_END = re.compile(rf"{_STRONG}{_PAREN}?$")
_EACH = re.compile(r"各(?!项|类|种|个|自|方面|环节)[\u4e00-\u9fff]{1,12}")
_ALONE = re.compile(
    r"海关|法院|检察院|工会|妇联|残联|团委|我(?:局|委|厅|办|院|署|司|中心)|[市县区旗州]\([市县区旗州盟、]+\)"
)
_NOT_BODY = re.compile(
    r"(?:^(?:各?级|全?部|所有|上述|以上|部分|一批|其中|工作|相关工作|本级|有条件)$|^(?:[省市区县旗州盟]|一|两|三|多|每个?)(?:部|办|组|处|室)$|负责|牵头(?!单位|部门)|配合(?!组)|工作会$|(?<!老)干部$|[和及与]社会$|(?<!设区)的(?!士))"
)


def split_bodies(text: str, start: int = 0, end: int | None = None, *, trusted: bool = True) -> Bodies:
    """Split `text[start:end]` into bodies.

    With `trusted`, from a labelled list or a table cell, every item counts as written; without, from a sentence, only
    items shaped like a body do and the rest is given back as `strange`. Bare functions before 部门 are bodies: 公安、财政等部门.
    """
    stop = len(text) if end is None else end
    text = _rounded(text)
    items: list[Item] = []
    strange: list[Item] = []
    is_open = False
    for piece in _pieces(text, start, stop):
        first, last, marked = without_marks(text, *piece)
        for piece_start, piece_end, opened in _without_tail(text, first, last):
            is_open = is_open or opened
            for found in _parts(text, piece_start, piece_end):
                item = replace(found, marked=marked)
                if is_body(item.name) or (trusted and _is_name(item.name)):
                    items.append(item)
                elif item.name:
                    strange.append(item)
    if strange and (functions := _functions(text, start, stop, strange)):
        items, strange = sorted([*items, *functions], key=lambda item: item.start), []
    return Bodies(_opened(items) if is_open else tuple(items), is_open, tuple(strange))


def _functions(text: str, start: int, end: int, strange: Sequence[Item]) -> list[Item]:
    """Read what looks like no body as bare functions, where the whole list says that they are and each of them is one."""
    of_departments = names_functions(text, start, end)
    if of_departments is None:
        return []
    found = [function_words(text, item.start, item.end, of_departments=of_departments) for item in strange]
    return [Item(a, b, text[a:b]) for places in found for a, b in places] if all(found) else []


def _opened(items: Sequence[Item]) -> tuple[Item, ...]:
    return (*items[:-1], replace(items[-1], open=True)) if items else ()


def _rounded(text: str) -> str:
    """Give brackets of another shape, 县〔市、区〕, the usual one; years in the numbers of acts keep theirs."""
    return text if "〔" not in text else _SHAPED.sub(r"(\1)", text)


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST_NAME and not _NO_NAME.search(text)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at separators that stand outside brackets."""
    pieces: list[tuple[int, int]] = []
    depth, first = 0, start
    whole = {at for match in _COLLECTIVE.finditer(text, start, end) for at in range(*match.span())}
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if at in whole:
            continue
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append((first, at))
            first = at + (mark[0] not in MARKS)
    pieces.append((first, end))
    return [(a, b) for a, b in pieces if a < b]


def _without_tail(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Take 等相关部门 off a piece; what follows it after 和 is a piece of its own."""
    at = text.find("等", start, end)
    while at >= 0:
        tail = _OPEN_TAIL.match(text, at, end)
        if tail and (tail.end() == end or _AND.match(text, tail.end(), end)):
            found = [(start, at, True)] if at > start else [(start, start, True)]
            if tail.end() < end:
                found.extend(_without_tail(text, tail.end(), end))
            return found
        at = text.find("等", at + 1, end)
    return [(start, end, False)]


def _parts(text: str, start: int, end: int) -> list[Item]:
    """Cut one piece at 和 between two whole bodies, and where a separator was lost."""
    lead = _LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    if start >= end:
        return []
    for word in _AND.finditer(text, start + 2, end):
        left, right = text[start : word.start()], text[word.end() : end]
        if _are_two(left, right) and not _joins_inside(left, right):
            return _parts(text, start, word.start()) + _parts(text, word.end(), end)
    at = _run_on(text, start, end)
    if at is not None:
        return _parts(text, start, at) + _parts(text, at, end)
    aside = _BRACKET_AT_END.search(text, start, end)
    if (
        aside
        and (_ASIDE.fullmatch(aside[0]) or not _names_body(aside[0][1:-1]))
        and is_body(text[start : aside.start()])
    ):
        end = aside.start()
    return [Item(start, end, text[start:end])]


def _are_two(left: str, right: str) -> bool:
    """Tell whether what stands on both sides of 和 are bodies; of functions both need 部门 in the end only: 公安和财政部门."""
    return is_body(right) and (is_body(left) or are_functions(left, right))


def _names_body(text: str) -> bool:
    """Tell whether a bracket behind a name is part of it: another name of the body or a kind of place, 区渔网中心(区贝壳社), 各镇(街道)."""
    if _DUTY_ASIDE.match(text):
        return False
    return is_body(text) or all(
        is_body(part) or _PLACE_WORD.fullmatch(part) for part in re.split(r"[、,/和]", text) if part
    )


def _joins_inside(left: str, right: str) -> bool:
    """Tell whether 和 belongs to a collective name: 有关部门和单位, 各部门和单位."""
    return _EACH_KIND.fullmatch(left) is not None and len(right) <= 4


def _run_on(text: str, start: int, end: int) -> int | None:
    """Find a place where two bodies stand together without a separator."""
    for match in _RUN_ON.finditer(text, start + 2, end):
        if _is_boundary(text, start, match.start(), end):
            return match.start()
    for match in _RUN_ON_PLAIN.finditer(text, start + 3, end):
        if _is_boundary(text, start, match.start(), end) and text[match.start() - 1] in "局厅":
            return match.start()
    for match in _RUN_ON_OTHER.finditer(text, start + 3, end):
        if _is_boundary(text, start, match.start(), end):
            return match.start()
    return None


def _is_boundary(text: str, start: int, at: int, end: int) -> bool:
    left, right = text[start:at], text[at:end]
    if left.count("(") != left.count(")") or _INSIDE.match(right) or len(left) < 3 or _BARE_LEVEL.fullmatch(left):
        return False
    if right.endswith(("分局", "支局", "分行", "支行", "分中心", "分署")):
        return False
    if right.startswith(("集团", "有限", "股份", "控股", "总公司", "分公司")):
        return False
    if _NATIONAL.match(left) and (_OF_A_PLACE.match(right) or _BRANCH.search(right)):
        return False
    if _LEVEL_WORD.match(right) and not _LEVEL_BODY.match(right) and not right.startswith("各"):
        return False
    return is_body(left) and is_body(right) and (_STRONG_END.search(left) is not None or left[-1] in "乡镇区")
