"""Put the lines of one table cell together: what a line break cut stays one name, and whole names below each other become a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.documents.passage import fold
from kg.grammar.bodies import is_body
from kg.grammar.characters import HAN
from kg.grammar.clauses import LABEL

_WHOLE = re.compile(
    r"(?:局|委|厅|办|部|署|院|(?<!社)会|联|政府|办公室|办事处|街道|镇|(?<!城)乡|中心|公司|集团|大学|学校|医院|园区|开发区|单位|部门|[支大总]队|海关|[银分支]行|(?:派出|司法|财政|监管|管理|供电|服务|文化|水利)[所站]|供销社|总社|科协|督查室|[中小]学)$"
)
"""A line that can be a whole name, not the beginning of one: 国家税务 ⏎ 总局贝壳区税务局, 市住房城乡 ⏎ 建设局."""

_EACH = re.compile(r"各.*(?:[省市区县州旗盟乡镇村地)]|街道)")
"""Each of a kind of place, which goes on unless a body of a higher level follows: 各县 ⏎ 市区民政局, 各乡镇 ⏎ 县渔网局."""

_LEVELS = "乡镇村道地)", "县区旗", "市州盟", "省"
_RANKED = re.compile(r"各|中央|国家|国务院|[省市区县州旗盟](?!场|容|政(?!府|协)|域|[市区县])")
_REST = re.compile(
    r"(?:(?:人民)?政府(?:办公?[室厅]?)?|(?:政府)?办公[室厅]|管(?:理)?委(?:员)?(?:会)?|(?:管理)?委员会|办事处|街道(?:办事处)?|[总分支][局署]|(?:集团|股份|总|分)?(?:有限)?(?:责任)?公司|集团|成员单位|纪检监察组)$"
    r"|公[室厅](?!局)|员会|合会|席会|议(?!事|政)|计[局处财]|事处|委会|会成员|门(?:和|$)|附属|所属|直属|下属"
)
"""What names no body by itself, though it has the shape of one: the end of a name that a line break cut."""

_PART = re.compile(
    rf"局\n(?![省市区县州])(?!{HAN}*[监税]){HAN}{{0,5}}(?:分局|支局)|(?:公司|集团)\n(?![省市区县州]){HAN}{{0,5}}分公司|(?:行|中心)\n(?![省市区县州]){HAN}{{0,5}}[分支]行"
    r"|局\n(?:交警|治安|刑侦|特警|交通警察)[支大]队"
)
_BARE = re.compile(r"[省市区县州旗盟](?:委|政府|人民政府|人大|政协)|国务院")
_ORGAN = re.compile(
    rf"(?!团|妇|工会|[省市区县州旗盟]|各|国家){HAN}{{1,8}}(?:部|办|委|室|局|厅|中心|党校)|(?:相关|有关)部门"
)
_NATIONAL = re.compile(r"国家|中国|.*银行$")
_BRANCH = re.compile(r"(?:税务局|监管分?局|调查队|分局|支局|分行|支行|分公司)$")
_COUNTRY = re.compile(r"乡\n[村县]")
_PLACES = re.compile(
    rf"{HAN}{{1,6}}[县区]\n{HAN}{{1,6}}[县区市]|{HAN}{{1,6}}市\n{HAN}{{1,6}}市|{HAN}{{1,6}}旗\n{HAN}{{1,6}}旗"
)
_STAR = re.compile(r"^(?:[★☆▲△●○◆◇■□※*]|\d{1,2}[.)](?!\d))+")
_TAIL = re.compile(r"(?:等|按照?).*$")
_ASIDE = re.compile(r"(?<=.)\([^()]*\)$")
_ITEM = re.compile(r"[、,;/:]")
_GOES_ON = tuple("、,;:。/()等")
_MOST_PIECES = 3
_ODD_OF = 4


def join_lines(lines: Sequence[str]) -> str:
    """Give the lines of a cell, white space already one blank each, as one line.

    Lines that each begin with a duty label are parted by `;`. In a cell that lists bodies, whole names are parted by 、.

    >>> join_lines(["市灯塔城乡", "建设局", "市渔网局"])
    '市灯塔城乡建设局、市渔网局'
    """
    names = [fold(line).replace(" ", "") for line in lines]
    marks = _marks(names)
    if "、" in marks and not _lists_bodies("".join(map("".join, zip(names, [*marks, ""], strict=True)))):
        marks = ["" if mark == "、" else mark for mark in marks]
    made = lines[0] if lines else ""
    for mark, line in zip(marks, lines[1:], strict=True):
        made += (mark or _blank(made, line)) + line
    return made


def _marks(names: Sequence[str]) -> list[str]:
    """Give what stands at each break: `;` before a label below a label, 、 between whole names, else nothing."""
    labelled = [LABEL.at_start(name) is not None for name in names]
    marks: list[str] = []
    left = ""
    for at, name in enumerate(names[:-1]):
        left = _last_item(left + name)
        if labelled[0] and labelled[at + 1] and left:
            mark = ";"
        else:
            mark = "、" if left and _part_here(left, names[at + 1 : at + 1 + _MOST_PIECES]) else ""
        marks.append(mark)
        left = "" if mark else left
    return marks


def _part_here(left: str, following: Sequence[str]) -> bool:
    """Tell whether a name ends with `left` and another one begins with the lines that follow."""
    if following[0].startswith(_GOES_ON):
        return False
    right = _next_name(following)
    left = _plain(left)
    if right is None or _REST.match(_ASIDE.sub("", right)) or _COUNTRY.fullmatch(f"{left[-1:]}\n{right[0]}"):
        return False
    if _PLACES.fullmatch(f"{left}\n{right}"):
        return True
    if _EACH.fullmatch(left):
        return _RANKED.match(right) is not None and _level(right[0]) > _level(left[-1])
    return is_body(left) and _WHOLE.search(_ASIDE.sub("", left)) is not None and not _belongs(left, right)


def _level(kind: str) -> int:
    """Give the level of a kind of place, from the lowest; what is none is above all."""
    return next((at for at, kinds in enumerate(_LEVELS) if kind in kinds), len(_LEVELS))


def _belongs(left: str, right: str) -> bool:
    """Tell whether a whole name and what follows it are one name all the same: 市委 ⏎ 灯塔部, 市灯塔局 ⏎ 贝壳分局."""
    if _PART.search(f"{left[-2:]}\n{right}") or (_BARE.fullmatch(left) and _ORGAN.fullmatch(right)):
        return True
    return _NATIONAL.match(left) is not None and _NATIONAL.match(right) is None and _BRANCH.search(right) is not None


def _next_name(following: Sequence[str]) -> str | None:
    """Give the name that begins with the first of the lines; one that goes on over more lines begins with a rank or a mark."""
    text = ""
    for count, line in enumerate(following):
        text += line
        item = _ITEM.split(_STAR.sub("", text) if "(" not in text else _outside(_STAR.sub("", text)))[0]
        name = _plain(item)
        if is_body(name) and (count == 0 or _RANKED.match(name) or _STAR.match(text)):
            return name
        if len(item) < len(_STAR.sub("", text)):
            return None
    return None


def _plain(item: str) -> str:
    """Give a name without the mark before it, what is told of it in a bracket, and 等."""
    name = _TAIL.sub("", _STAR.sub("", item))
    return name if is_body(name) else _ASIDE.sub("", name)


def _outside(text: str) -> str:
    """Hide the marks inside brackets, which part no items."""
    return re.sub(r"\([^()]*(?:\)|$)", lambda match: _ITEM.sub("和", match[0]), text)


def _last_item(text: str) -> str:
    shown = _outside(text)
    return text[max((mark.end() for mark in _ITEM.finditer(shown)), default=0) :]


def _lists_bodies(text: str) -> bool:
    """Tell whether a text is a list of bodies and, but for one item in four, nothing else."""
    items: list[str] = []
    start = 0
    for mark in [*_ITEM.finditer(_outside(text)), None]:
        end = mark.start() if mark else len(text)
        if start < end and not (mark and mark[0] == ":"):
            items.append(text[start:end])
        start = mark.end() if mark else end
    odd = sum(not is_body(_plain(item)) for item in items)
    return odd * _ODD_OF <= len(items)


def _blank(left: str, right: str) -> str:
    """Give the blank between two lines that go on: one between words of Latin letters only."""
    is_latin = left[-1].isascii() and left[-1].isalpha() and right[0].isascii() and right[0].isalpha()
    return " " if is_latin else ""
