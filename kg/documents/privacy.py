"""Take the names and telephone numbers of private persons out of a text, character for character, before anything else reads it."""

from __future__ import annotations

import re

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
_TITLE = re.compile(
    r"(?:副)?(?:书记|市长|区长|县长|省长|州长|镇长|乡长|局长|主任|处长|科长|厅长|部长|会长|院长|校长)(?=[\d\s，。；,;审签任对在率主亲多])"
)
_NAME_BEFORE = re.compile(rf"(?:^|[\s，。；、,;：:(（已经由])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})$")
_NAME_REACH = 4
_NOT_GIVEN = re.compile(r"[副正总任原市区县州省级各有关相及和的局委政党]")
_SALUTATION = re.compile(
    r"^([^\S\n]*)([\u4e00-\u9fff]{2,4}(?:[、，,\s][\u4e00-\u9fff]{2,4})*)(?=(?:等)?(?:代表|委员)(?:等)?[：:])",
    re.MULTILINE,
)
_CONTACT_PERSON = re.compile(
    r"(?:联[^\S\n]*系[^\S\n]*人|经[^\S\n]*办[^\S\n]*人|联络员|责任编辑|签发人)[^\n：:]{0,8}[：:]([^\n]{2,60})"
)
_PHONE_LINE = re.compile(r"(?:电[^\S\n]*话|手[^\S\n]*机|传[^\S\n]*真|热线)[^\n：:]{0,6}[：:]([^\n]{5,60})")
_PHONE = re.compile(r"[01]\d{2,3}(?:[-—－ ]?\d{7,8})(?![\d.])")
_HAN = re.compile(HAN)
_PRINTED = re.compile(r"\S")
_INSIDE_NUMBER = frozenset("0123456789.")
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")


def redact(text: str) -> str:
    """Mask personal names of addressees, officials and contact persons, and telephone numbers, keeping every offset.

    Heads of state in political formulas (…总书记) are no private persons and stay.
    """
    for pattern in (_CONTACT_PERSON, _PHONE_LINE):
        text = pattern.sub(lambda m: _masked(m, 1), text)
    text = _PHONE.sub(
        lambda m: m[0] if text[max(0, m.start() - 1) : m.start()] in _INSIDE_NUMBER else MASK * len(m[0]), text
    )
    if "@" in text:
        text = _EMAIL.sub(lambda m: MASK * len(m[0]), text)
    text = _SALUTATION.sub(lambda m: m[1] + _HAN.sub(MASK, m[2]), text)
    return _without_officials(text)


def _without_officials(text: str) -> str:
    """Mask a surname with a given name that stands between a boundary and a title of office."""
    parts: list[str] = []
    place = 0
    for title in _TITLE.finditer(text):
        first = max(0, title.start() - _NAME_REACH)
        name = _NAME_BEFORE.search(text[first : title.start()])
        if name and not _NOT_GIVEN.search(name[1][1:]):
            start = title.start() - len(name[1])
            parts += [text[place:start], MASK * len(name[1])]
            place = title.start()
    return "".join([*parts, text[place:]])


def _masked(match: re.Match[str], group: int) -> str:
    start, end = match.span(group)
    whole, first = match[0], match.start()
    hidden = _PRINTED.sub(MASK, whole[start - first : end - first])
    return whole[: start - first] + hidden + whole[end - first :]
