"""Take the names and telephone numbers of private persons out of a text, character for character, before anything else reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.grammar.characters import HAN

MASK = "×"

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄贝明臧伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路娄江童颜郭梅"
    "盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房缪解应宗丁宣邓郁单杭洪包左石崔吉龚程嵇邢裴陆荣翁荀甄曲封芮储靳汲邴糜松井段富巫乌焦"
    "巴牧隗谷车侯宓蓬全郗班仰仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰鄂索籍赖卓蔺屠蒙池乔阴胥闻党翟谭贡劳姬申扶"
    "堵冉宰雍桑桂濮牛寿通边燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴殳沃利蔚越"
    "隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查荆红游竺权逯盖益桓公肖"
)
_TWO_CHARACTER_SURNAMES = "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐"
_BLANK = r"[^\S\n]"
_NAME = rf"(?:(?:{_TWO_CHARACTER_SURNAMES}){HAN}{{1,2}}|[{_SURNAMES}]{HAN}{{1,2}}|[{_SURNAMES}]{_BLANK}{{1,4}}{HAN}(?!{HAN}))"
_OFFICE = r"(?:书记|市长|区长|县长|省长|州长|镇长|乡长|局长|主任|处长|科长|厅长|部长|会长|院长|校长|主席|队长|站长|所长|秘书长|组长|指挥长|经理|行长)"
_EDGE = r"(?:^|(?<=[\s，。；、,;：:(（]))"
_AFTER = r"(?=$|[\s，。；、,;：:()（）])"

_NAME_BEFORE_OFFICE = re.compile(
    rf"(?:{_EDGE}|(?<=[已经由]))(?P<name>{_NAME})(?=副?{_OFFICE}(?:[\d\s，。；,;审签任对在率主亲多]))", re.MULTILINE
)
_NAME_AFTER_OFFICE = re.compile(
    rf"{_OFFICE}(?P<name>{_NAME})(?=同志|先生|女士|担任|任[组副总]|主持|带队|率队|审签|批示|作出|$|[\s，。；、,;()（）])",
    re.MULTILINE,
)
_NAME_WITH_ADDRESS = re.compile(
    rf"(?:{_EDGE}|{_OFFICE}|由|[您你]好|尊敬的)(?P<name>{_NAME})(?=同志|先生|女士)", re.MULTILINE
)
_NAME_WITH_BRACKET = re.compile(
    rf"{_EDGE}(?P<name>{_NAME})(?=[（(][^（）()\n]{{0,24}}(?:{_OFFICE}|委员|同志|党组成员)[）)])", re.MULTILINE
)
_NAME_IN_LIST_OF_OFFICIALS = re.compile(
    rf"^{_BLANK}*(?P<name>{_NAME}){_BLANK}+(?=[^\n。；;：:]{{0,40}}(?:{_OFFICE}|委员|党组成员|调研员|干部){_BLANK}*$)",
    re.MULTILINE,
)
_NAME_AT_EDGE = re.compile(rf"{_EDGE}(?P<name>{_NAME})(?:{_AFTER}|(?=同志|先生|女士))")
_NAMES = (
    _NAME_IN_LIST_OF_OFFICIALS,
    _NAME_BEFORE_OFFICE,
    _NAME_AFTER_OFFICE,
    _NAME_WITH_ADDRESS,
    _NAME_WITH_BRACKET,
)
_OFFICE_WORD = re.compile(rf"{_OFFICE}|同志|先生|女士|党组成员|委员(?!会)|调研员|干部")
_REACH = 70
_STOP = re.compile(r"[，。；,;\n]")
_PERSONS_LINE = re.compile(
    rf"(?:组{_BLANK}*长|成{_BLANK}*员|召{_BLANK}*集{_BLANK}*人|(?:责任|负责|牵头|分管|包保|包联|挂钩|联系)(?:人|领导|同志)|(?:县|市|区)领导|指挥长?|主{_BLANK}*任|秘{_BLANK}*书{_BLANK}*长|联络员)"
    rf"[^\n：:，。]{{0,4}}[：:](?P<value>[^\n]{{2,200}})"
)
_NO_NAME = re.compile(
    r".[副总任原市区县州省级各有关相及的党组员镇乡企位门]|.{1,2}[局委办厅部院处科室队站所会社联台司]$"
    r"|任期|任职|任命|单位|司法|公安|文化|文件|文旅|文明|广电|卫健|全体|全面|高度|关于|应当|应急|方案|项目|严格|通过|管理|安全|宣传|成立|农业|农村|国资|国家|金融|明确|经费|经营|许可|查处|居民"
)
_SALUTATION = re.compile(
    rf"^({_BLANK}*(?:尊敬的)?)(?!各|全体|人大|政协|党员|职工|群众|居民|村民|企业|专家)({HAN}{{2,4}}(?:(?:[、，,]|{_BLANK}){HAN}{{2,4}})*)(?=(?:等)?(?:代表|委员)(?:等)?[：:])",
    re.MULTILINE,
)
_CONTACT_PERSON = re.compile(
    rf"(?:联{_BLANK}*系{_BLANK}*人|经{_BLANK}*办{_BLANK}*人|联络员|责任编辑|签发人)[^\n：:]{{0,8}}[：:](?P<value>[^\n]{{2,60}})"
)
_PHONE_LINE = re.compile(
    rf"(?:电{_BLANK}*话|手{_BLANK}*机|传{_BLANK}*真|热线|联系方式)[^\n：:]{{0,6}}[：:](?P<value>[^\n]{{5,60}})"
)
_PHONE = re.compile(r"(?<![\d.])(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d[-— ]?\d{4}[-— ]?\d{4})(?![\d.万亿元%平])")
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")
_PRINTED = re.compile(r"[^\s()（）]")


def redact(text: str) -> str:
    """Mask personal names of addressees, officials and contact persons, and telephone numbers, keeping every offset.

    Heads of state in political formulas (…总书记) are no private persons and stay.
    """
    for pattern in (_CONTACT_PERSON, _PHONE_LINE):
        text = pattern.sub(lambda m: _with_mask(m, "value"), text)
    text = _PHONE.sub(lambda m: MASK * len(m[0]), text)
    text = _EMAIL.sub(lambda m: MASK * len(m[0]), text) if "@" in text else text
    text = _SALUTATION.sub(lambda m: m[1] + re.sub(HAN, MASK, m[2]), text)
    text = _PERSONS_LINE.sub(_without_names, text)
    return _without_officials(text)


def _without_officials(text: str) -> str:
    """Mask names beside an office or a form of address; only what stands near such a word is looked at."""
    found: list[tuple[int, int]] = []
    for start, end in _near_offices(text):
        for pattern in _NAMES:
            found.extend(m.span("name") for m in pattern.finditer(text, start, end) if not _NO_NAME.match(m["name"]))
    parts: list[str] = []
    place = 0
    for start, end in sorted(found):
        if end > place:
            parts += [text[place : max(start, place)], mask(text[max(start, place) : end])]
            place = end
    return "".join([*parts, text[place:]])


def _near_offices(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches around words of office: from some way before them, or the line's start, to a stop after them."""
    start = end = 0
    for word in _OFFICE_WORD.finditer(text):
        first = max(text.rfind("\n", 0, word.start()) + 1, word.start() - _REACH)
        stop = _STOP.search(text, word.end() + _REACH)
        last = stop.start() if stop else len(text)
        if first <= end and end:
            end = max(end, last)
            continue
        if end:
            yield start, end
        start, end = first, last
    if end:
        yield start, end


def mask(text: str) -> str:
    """Mask every printed character but brackets, which hold the rest of the text together."""
    return _PRINTED.sub(MASK, text)


def _without_names(line: re.Match[str]) -> str:
    """Mask the names in a line that lists persons; bodies in it stay."""
    start = line.start("value") - line.start()
    return line[0][:start] + _NAME_AT_EDGE.sub(_without_name, line["value"])


def _without_name(match: re.Match[str]) -> str:
    return match[0] if _NO_NAME.match(match["name"]) else _with_mask(match, "name")


def _with_mask(match: re.Match[str], group: str) -> str:
    start, end = (at - match.start() for at in match.span(group))
    return match[0][:start] + mask(match[0][start:end]) + match[0][end:]
