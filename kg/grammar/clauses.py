"""Read duty clauses, brackets or labelled lines, into assignments: which bodies, in which role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.grammar.bodies import Item, is_body, split_bodies
from kg.grammar.labels import PERSON_LABEL, TIME_LABEL
from kg.grammar.marks import MARKED_LEAD, MARKS
from kg.grammar.pattern import Pattern
from kg.grammar.roles import role_of
from kg.grammar.rules import ALL_ABOVE, FIRST_LEADS, FOR_ALL
from kg.records import Role

_WHO = r"(?:(?:责任)?(?:单位|部门|机构|主体|地区|方|科室|处室|股室)|局办|委办局)"
_DUTY_WORDS = r"(?:第一责任|主要责任|共同责任|直接责任|责任|牵头|负责|主责|主办|承办|协办|配合|协同|协助|协作|参与|参加|支持|落实|实施|执行|指导|监督|督导|督办|考核|主管|监管|支撑|保障|联合|会办|服务|联动|协调|会同|主建|参建)"
_KIND = r"(?:行业|业务|属地|项目|任务|工作|具体|[省市区县州镇](?:级|直)?|县\(市、区\)|地方)?"
"""What may stand before the words of a label."""

HEADER = Pattern(
    "header of bodies",
    rf"(?!服务|保障|支撑|.*[科处股]室$){_KIND}(?P<duty>{_DUTY_WORDS}(?:[和及与、/]?{_DUTY_WORDS}|\({_DUTY_WORDS}\))*){_WHO}(?:名称)?"
    rf"(?:\([^()]{{1,12}}\))?(?:[和及与、/]?{_DUTY_WORDS}{_WHO})?",
    ("牵头(责任)单位", "督办部门"),
    ("服务机构", "责任处室"),
    whole=True,
)

_SHORT_LABEL = r"(?:牵头|主抓|主办|主责|承办|协办|责任|负责|配合|协同|协助|协作|参与|参加|落实|会办)"
LABEL = Pattern(
    "label",
    rf"(?:{_KIND}(?P<duty>{_DUTY_WORDS}(?:(?:[和及与、/])?{_DUTY_WORDS}|\({_DUTY_WORDS}\))*){_WHO}(?:\([^()]{{1,12}}\))?(?::|为:?(?=[省市区县州国各]))"
    rf"|(?<![\u4e00-\u9fff])(?P<short>{_SHORT_LABEL}):|(?:(?<=\|)|^(?=[^|]+\|{_SHORT_LABEL}))(?P<barred>{_SHORT_LABEL})\s?(?=[\u4e00-\u9fff]))",
    ("行业主管(牵头)部门:区灯塔局", "牵头区灯塔局|配合区渔网局"),
    ("责任单位要加强管理", "项目负责人:某人", "压实责任:区灯塔局", "牵头区灯塔局配合区渔网局"),
)
_ADVERB = r"(?:按照?|根据|依据|依|结合|在)?(?:各?自(?:的|身)?)?(?:工作|部门|法定)?(?:职责|职能|权限|任务|管辖)(?:职责|权限|范围|任务|要求)?(?:和?分工|划分)?(?:要求)?(?:范围内|内)?(?:的要求)?|按照?分工|按照?要求|结合实际(?:抓好|认真)?"
_MANNER = (
    r"(?:共同|分别|具体|联合|协同|密切|积极|分工|统筹|总|全面|组织|抓好?|做好|主要|同时|一并|持续|配合|参与|协助|直接)"
)
_NO_NAME = r"(?!管理|局|所|检验|执法|办|中心|委|室|专班|小组|组|会|处)"
_ACT = (
    r"(?:牵头|主抓|主责|负总责|负责|配合|协助|协同|协办|参与|参加|落实|承担|承办|主办|做好(?:协调|衔接|服务|保障)(?:服务|保障|工作)*"
    rf"|(?:实施|执行|推进|支持|指导|监督|督导|督促|考核|办理){_NO_NAME})"
)
"""What bodies do; after the last words the rest of a name may follow: 市场监督管理局, 项目推进办."""
PREDICATE = Pattern(
    "predicate",
    rf"(?:作?为|是){_DUTY_WORDS}(?:单位|部门|主体)|为主(?:体)?(?:负责|实施|推进)?|(?:{_ADVERB})?(?:,)?{_MANNER}{{0,3}}(?P<act>{_ACT}(?:[和并]?{_ACT})*)(?:工作|相关工作|有关工作)?(?!单位|部门|人(?!民|才|力|口|居|社|工|防|文)|机构|领导|同志|小组|者|制|责任(?!制)|办公室|主体|中心|组|机制)",
    ("按职责分工负责", "区灯塔局为牵头单位"),
    ("牵头单位", "负责人签字"),
)
_NOBODY = re.compile(r"谁|^对")
_HINT = re.compile(rf"{_DUTY_WORDS}")
_DUTY_ASIDE = re.compile(rf"\(({_DUTY_WORDS})[^()]*\)")
_WITH = re.compile(r"会同|联合(?=[\u4e00-\u9fff]{2,}[局委部厅办院会])")
_INNER = re.compile(
    r"(?![省市区县州旗镇各]|.*(?:办事|管理|工程|养护)处$)[\u4e00-\u9fff]{1,12}[科股处]|各?(?:科室|处室)|办公室|机关党委"
)
"""Inner offices, which are no bodies of their own."""
_FEWEST = 2
_LONGEST_SHARE = 60
_FIRST_ACT = re.compile(r"(?:.{0,4})?(?:牵头|配合|协助|参与|负责)")
_OFFICE = re.compile(r"(?:局|委|委员会|厅|部|办|办公室|政府)$")
_BRACKET = re.compile(r"[(\[【)\]】]")
_TORTOISE = re.compile(
    rf"〔(?!\d)(?:{_DUTY_WORDS}{_WHO}?:[^〔〕]+|[^〔〕]{{4,}}(?:牵头|负责|配合|参与|落实|实施|办理))〕"
)
_ACTS_AT_END = re.compile(rf"(?:{_ACT}|{_ACT}工作)[。;]?$")
_LONGEST_LINE = 240
_ACT_REACH = 8
_STOP = re.compile(r"[;。]")
_ORNAMENT = re.compile(rf"[—–\-·•▪▶►>{MARKS}]+")
_LABEL_AFTER = re.compile(rf"(?<=[。;!])(?={_DUTY_WORDS})")
_TIME_PIECE = re.compile(
    r"[,;:](?:于|在|到|至)?(?:20\d\d年|\d{1,2}月|年[底内末]|[一二三四上下]半?季?[年度]|全年|每[年月季]|长期|持续|立即|常态)[^,;、]{0,24}$"
)
_ENDED = tuple("。;!")
_BEFORE_LABEL = frozenset(f"{MARKS} |(\u3000")
_RANK = re.compile("首位|第一|最前")
_BESIDE_LISTS = (
    (re.compile("人|领导|同志"), PERSON_LABEL),
    (re.compile("时|期限|进度"), TIME_LABEL),
    (_RANK, FIRST_LEADS),
    (re.compile(f"[{MARKS}]"), MARKED_LEAD),
    (re.compile("不[再另]"), FOR_ALL),
)
"""What may follow a list of bodies, each with words of which it holds one."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One body in one role, at its place in the text that was parsed."""

    item: Item
    role: Role


@dataclass(frozen=True, slots=True)
class Clause:
    """A duty clause at `text[start:end]`, brackets included. `strange` are items of it that are no bodies."""

    start: int
    end: int
    assignments: tuple[Assignment, ...]
    open: bool = False
    strange: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Which bodies of a list of responsible ones lead: the first, those with a mark, or none."""

    first: bool = False
    marked: bool = False


def with_leads(assignments: Sequence[Assignment], leading: Leading) -> tuple[Assignment, ...]:
    """Let the marked bodies lead, or the first of a list of responsible ones, as a rule of the document says."""
    if leading.marked and any(one.item.marked for one in assignments):
        return tuple(Assignment(one.item, Role.LEAD) if one.item.marked else one for one in assignments)
    if not leading.first or not assignments or any(one.role is not Role.RESPONSIBLE for one in assignments):
        return tuple(assignments)
    return Assignment(assignments[0].item, Role.LEAD), *assignments[1:]


def header_role(header: str) -> Role | None:
    """Give the role that the header of a column of bodies names, None where it heads something else."""
    match = HEADER.fits(header)
    return role_of(match["duty"]) if match else None


def find_brackets(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Find outermost bracket groups, round, square or lenticular; one left open ends with the text."""
    depth, first = 0, -1
    for match in _BRACKET.finditer(text, start):
        at, char = match.start(), match[0]
        if char in "([【":
            if depth == 0:
                first = at
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield first, at + 1
    if depth and LABEL.regex.match(text, first + 1):
        yield first, len(text)
    for match in _TORTOISE.finditer(text, start):
        yield match.span()


@lru_cache(maxsize=2048)
def find_clauses(text: str) -> tuple[tuple[Clause, ...], tuple[tuple[int, int], ...]]:
    """Find the duty clauses in brackets; give them and the brackets with a duty word that hold none."""
    clauses: list[Clause] = []
    unread: list[tuple[int, int]] = []
    for start, end in find_brackets(text):
        inner_end = end - 1 if text[end - 1] in ")]】〕" else end
        if inner_end - start < 5 or not _HINT.search(text, start, inner_end):
            clause = _bare(text, start, inner_end, end)
            if clause:
                clauses.append(clause)
            continue
        clause = parse_clause(text, start + 1, inner_end)
        alone = None if clause.assignments else _bare(text, start, inner_end, end)
        if alone:
            clauses.append(alone)
        elif clause.assignments:
            clauses.append(Clause(start, end, clause.assignments, clause.open, clause.strange))
        elif _is_duty_like(text[start + 1 : inner_end]):
            unread.append((start, end))
    clauses.extend(_unbracketed(text, clauses))
    return tuple(sorted(clauses, key=lambda clause: clause.start)), tuple(unread)


def _unbracketed(text: str, found: Sequence[Clause]) -> Iterator[Clause]:
    """Read labels that follow a sentence without brackets: (…。责任单位:甲、乙)."""
    for at in _LABEL_AFTER.finditer(text):
        if not LABEL.at_start(text, at.start()) or any(clause.end > at.start() for clause in found):
            continue
        clause = parse_clause(text, at.start(), len(text))
        if clause.assignments and not clause.strange:
            yield clause
        return


def _bare(text: str, start: int, inner_end: int, end: int) -> Clause | None:
    """Read a bracket at the end of a paragraph that holds bodies and nothing else, perhaps with the time; one body alone only after a stop."""
    if text[end:].strip("。;"):
        return None
    time = _TIME_PIECE.search(text, start, inner_end)
    found = split_bodies(text, start + 1, time.start() if time else inner_end, trusted=False)
    fewest = 1 if start and text[start - 1] in _ENDED else _FEWEST
    if len(found.items) < fewest or found.strange or not _OFFICE.search(found.items[0].name):
        return None
    return Clause(start, end, tuple(_assign(text, found.items, Role.RESPONSIBLE)), found.open)


def _is_duty_like(text: str) -> bool:
    return LABEL.regex.search(text) is not None or (
        text.endswith(("负责", "牵头", "配合", "具体落实")) and not _NOBODY.search(text)
    )


@lru_cache(maxsize=2048)
def labelled(text: str) -> Clause | None:
    """Read a whole line that begins with a duty label, or that is a list of bodies with what they do; else None."""
    ornament = _ORNAMENT.match(text)
    first = ornament.end() if ornament else 0
    label = LABEL.at_start(text, first)
    if label is None and not _is_bare_line(text):
        return None
    clause = parse_clause(text, first, len(text))
    above = ALL_ABOVE.at_start(text, first)
    if above:
        first = above.end()
    if label is None and (clause.strange or not clause.assignments or clause.assignments[0].item.start > first):
        return None
    if label is not None and label["short"] and clause.strange:
        return None
    return Clause(0, clause.end, clause.assignments, clause.open, clause.strange) if clause.assignments else None


def share_of(text: str) -> Clause | None:
    """Read a paragraph that begins with the bodies it is about and a colon; the first word of duty behind it gives the role."""
    colon = text.find(":", 2, _LONGEST_SHARE)
    if colon < 0 or colon == len(text) - 1 or LABEL.at_start(text):
        return None
    found = split_bodies(text, 0, colon, trusted=False)
    if not found.items or found.strange:
        return None
    act = _FIRST_ACT.match(text, colon + 1)
    role = role_of(act[0]) if act else Role.RESPONSIBLE
    return Clause(0, colon + 1, tuple(Assignment(item, role) for item in found.items), found.open)


def is_labelled(text: str) -> bool:
    """Tell whether a line begins with a duty label, ornaments aside; short labels such as 落实: count only with a list."""
    ornament = _ORNAMENT.match(text)
    label = LABEL.at_start(text, ornament.end() if ornament else 0)
    return label is not None and label["short"] is None


def _is_bare_line(text: str) -> bool:
    """Tell whether a line without brackets or label ends like a duty clause: 甲部、乙委按职责分工负责."""
    if len(text) > _LONGEST_LINE or not _ACTS_AT_END.search(text, max(0, len(text) - _ACT_REACH)):
        return False
    return not _STOP.search(text.rstrip("。;"))


def parse_clause(text: str, start: int, end: int) -> Clause:
    """Parse `text[start:end]`: labels with their lists, or lists with what they do."""
    labels = list(LABEL.find(text, start, end))
    assignments: list[Assignment] = []
    strange: list[Item] = []
    is_open = False
    parts: list[tuple[int, int, Role | None]] = []
    first = labels[0].start() if labels else end
    parts.append((start, first, None))
    ends = [label.start() for label in labels[1:]] + [end]
    parts.extend(
        (label.end(), stop, role_of(label["duty"] or label["short"] or label["barred"]))
        for label, stop in zip(labels, ends, strict=False)
    )
    for part_start, part_end, role in parts:
        for group in _groups(text, part_start, _listed(text, part_start, part_end), role):
            assignments.extend(a for a in group[0] if role is None or not _INNER.fullmatch(a.item.name))
            strange.extend(group[1])
            is_open = is_open or group[2]
    first_leads = _RANK.search(text, start, end) is not None and any(FIRST_LEADS.find(text, start, end))
    made = with_leads(tuple(_unique(assignments)), Leading(first=first_leads))
    return Clause(start, end, made, is_open, tuple(strange))


def _listed(text: str, start: int, end: int) -> int:
    """Give the end of what is listed after a label: before a label of persons or of the time, or a rule on the list.

    Marks and the bracket before these are theirs.

    Most texts lack the words of each, and looking for a word is much faster than for a pattern.
    """
    stop = end
    for word, pattern in _BESIDE_LISTS:
        if word.search(text, start, end):
            stop = min(stop, next((match.start() for match in pattern.find(text, start, end)), end))
    is_cut = stop < end or LABEL.at_start(text, end) is not None
    while is_cut and stop > start and text[stop - 1] in _BEFORE_LABEL:
        stop -= 1
    return stop


def _groups(text: str, start: int, end: int, label: Role | None) -> Iterator[tuple[list[Assignment], list[Item], bool]]:
    """Read lists with the predicates that follow them; what has no predicate takes the label's role."""
    place = start
    led = False
    while place < end:
        act = _predicate(text, place, end)
        stop = _STOP.search(text, place, act.start() if act else end)
        if act and not stop:
            role = role_of(act.group())
            found = split_bodies(text, place, act.start(), trusted=label is not None)
            yield _assign(text, found.items, role), list(found.strange), found.open
            led = led or role is Role.LEAD
            place = _after_object(text, act.end(), end)
            continue
        last = stop.start() if stop else end
        role_here = label or (Role.RESPONSIBLE if led else None)
        if role_here is not None and place < last:
            found = split_bodies(text, place, last, trusted=label is not None)
            yield _assign(text, found.items, role_here), list(found.strange), found.open
        place = last + 1


def _predicate(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the next predicate that stands after a list, not inside the name of a body."""
    for match in PREDICATE.find(text, start, end):
        enclosed = text.count("(", start, match.start()) > text.count(")", start, match.start())
        if not enclosed and not _in_body(text, match, start, end):
            return match
    return None


def _in_body(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether the word of a predicate is part of a name: 市场监督管理局, 专班牵头单位."""
    first = max((text.rfind(mark, start, match.start()) for mark in "、,;。:"), default=-1) + 1
    first = max(first, start)
    stops = [at for at in (text.find(mark, match.end(), end) for mark in "、,;。") if at >= 0]
    last = min(stops, default=end)
    return match.end() < last and is_body(text[first:last]) and not match.group().startswith(("按", "根据"))


def _after_object(text: str, place: int, end: int) -> int:
    """Skip what a predicate is about, up to the next comma or stop."""
    while place < end and text[place] not in ",;。":
        place += 1
    return place + 1


def _assign(text: str, items: tuple[Item, ...], role: Role) -> list[Assignment]:
    """Give each item the role; in A会同B the first leads and what follows supports."""
    made: list[Assignment] = []
    for item in items:
        joint = _WITH.search(item.name)
        if joint and joint.start() >= 2:
            middle = item.start + joint.start()
            role, first = Role.SUPPORT, Role.SUPPORT if role is Role.SUPPORT else Role.LEAD
            made.append(Assignment(Item(item.start, middle, text[item.start : middle]), first))
            made.append(
                Assignment(
                    Item(item.start + joint.end(), item.end, text[item.start + joint.end() : item.end]), Role.SUPPORT
                )
            )
        else:
            aside = _DUTY_ASIDE.match(text, item.end)
            made.append(Assignment(item, role_of(aside[1]) if aside else role))
    return made


def _unique(assignments: list[Assignment]) -> Iterator[Assignment]:
    """Drop a body that the clause prints twice in one role."""
    seen: set[tuple[str, Role]] = set()
    for assignment in assignments:
        key = assignment.item.name, assignment.role
        if key not in seen:
            seen.add(key)
            yield assignment


@lru_cache(maxsize=2048)
def parse_cell(text: str, role: Role) -> Clause:
    """Parse a table cell under a header of a role; a predicate printed in the cell decides, but 牵头 stays 牵头."""
    clause = parse_clause(text, 0, len(text)) if LABEL.regex.search(text) else None
    if clause is not None and clause.assignments:
        return clause
    assignments: list[Assignment] = []
    strange: list[Item] = []
    is_open = False
    for found, odd, opened in _groups(text.rstrip("。;"), 0, len(text.rstrip("。;")), role):
        kept = (
            found
            if role is not Role.LEAD
            else [Assignment(a.item, Role.LEAD if a.role is Role.RESPONSIBLE else a.role) for a in found]
        )
        assignments.extend(kept)
        strange.extend(odd)
        is_open = is_open or opened
    return Clause(0, len(text), tuple(_unique(assignments)), is_open, tuple(strange))
