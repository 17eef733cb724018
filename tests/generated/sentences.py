"""Sentences of the body of a task: work without figures, work with a date, promises, and what looks like a duty or a date and is none."""

from __future__ import annotations

from .dates import by_a_date, parts_of_a_period, recurring
from .pick import Pick
from .places import Place
from .sketch import Promise, Words

_VERBS = (
    "健全",
    "完善",
    "推广",
    "优化",
    "规范",
    "深化",
    "拓展",
    "细化",
    "改进",
    "强化",
    "推动建设",
    "鼓励发展",
    "支持完善",
)
_THINGS = (
    "灯塔巡护制度", "渔网回收网络", "风筝放飞场地", "码头照明设施", "守塔人档案管理", "航路标识体系", "夜航灯养护标准", "渔网编织技艺传承",
    "风筝文化品牌", "灯塔开放服务", "海上救援协作机制", "渔获交易平台",
)  # fmt: skip
_TITLE_VERBS = ("修缮", "守护", "提升", "织密", "办好", "培育", "盘活", "关爱", "加强", "完善", "推进")
_TITLE_THINGS = (
    "老旧灯塔",
    "渔网回收",
    "风筝赛事",
    "守塔队伍",
    "夜航安全",
    "码头环境",
    "航标养护",
    "灯塔文化",
    "渔网产业",
    "海岸巡护能力",
)
_DONE = (
    "完成灯塔体检",
    "建立渔网档案",
    "出台风筝场地管理规定",
    "实现夜航灯联网",
    "基本建成航标监测网络",
    "开放首批灯塔",
)
_REPEATED = ("发布航路安全报告", "开展灯塔体检", "上门探访独居守塔人", "通报渔网回收情况", "组织风筝放飞演练")
_RATES = ("灯塔完好率", "渔网回收率", "守塔人持证率", "夜航灯点亮率", "航标覆盖率", "风筝场地达标率")
_COUNTED = (
    ("新建夜航灯塔", "座"), ("培训守塔人", "人次"), ("建成灯塔驿站", "个"), ("改造老旧码头", "处"), ("培育渔网企业", "家"), ("更换航标灯", "盏"),
    ("新增放飞场地", "处"), ("配备巡护船", "艘"), ("建设渔网回收站", "个"),
)  # fmt: skip
_STATES = (("灯塔总数", "座"), ("守塔人队伍", "人"), ("渔网企业", "家"), ("放飞场地", "处"))


def title(pick: Pick) -> str:
    """Draw a title of a task."""
    return pick.one(_TITLE_VERBS) + pick.one(_TITLE_THINGS)


def work(pick: Pick) -> Words:
    """Draw a sentence of work without figures."""
    text = f"{pick.one(_VERBS)}{pick.one(_THINGS)}"
    if pick.chance(2):
        text += f"，{pick.one(_VERBS)}{pick.one(_THINGS)}"
    return Words(text=f"{text}。", style="work")


def dated(pick: Pick, year: int, *, title_year: bool) -> Words:
    """Draw a sentence that sets a date."""
    kind = pick.number(0, 5)
    if kind == 5:
        return parts_of_a_period(pick, year)
    if kind == 4:
        often = recurring(pick)
        return Words(text=f"{often.words}{pick.one(_REPEATED)}。", style=often.style, deadlines=(often.when,))
    when = by_a_date(pick, year, title_year=title_year)
    return Words(text=f"{when.words}{pick.one(_DONE)}。", style=when.style, deadlines=(when.when,))


def promise(pick: Pick, year: int, *, title_year: bool) -> Words:
    """Draw a sentence that promises a number, with a date of its own."""
    kind = pick.number(0, 4)
    if kind == 4:
        return _every_year(pick)
    when = by_a_date(pick, year, title_year=title_year)
    words, made = (_rate, _count, _state, _range)[kind](pick, when.when)
    return Words(
        text=f"{when.words}{words}。",
        style=f"promise {made.comparator} {when.style}",
        deadlines=(when.when,),
        promises=(made,),
    )


def _rate(pick: Pick, by: str | None) -> tuple[str, Promise]:
    number = pick.one(("95", "100", "85.5", "60"))
    metric = pick.one(_RATES)
    options = (
        (f"{metric}达到{number}%", ">="), (f"{metric}不低于{number}%", ">="), (f"{metric}达到{number}%以上", ">="), (f"{metric}超过{number}%", ">="),
        (f"{metric}稳定在{number}%", "="), (f"故障率控制在{number}%以内", "<="), (f"故障率不超过{number}%", "<="), (f"损耗率不高于{number}%", "<="),
        (f"{metric}达{number}%", ">="), (f"{metric}不少于{number}%", ">="), (f"{metric}保持在{number}%以上", ">="),
    )  # fmt: skip
    text, comparator = pick.one(options)
    return text, Promise(comparator=comparator, value=number, unit="%", by=by)


def _count(pick: Pick, by: str | None) -> tuple[str, Promise]:
    verb, unit = pick.one(_COUNTED)
    printed, value = pick.one(
        (("12", "12"), ("5", "5"), ("1.5万", "15000"), ("3000", "3000"), ("260", "260"), ("1,200", "1200"))
    )
    tail, comparator = pick.one((("", "="), ("以上", ">="), ("左右", "=")))
    return f"{verb}{printed}{unit}{tail}", Promise(comparator=comparator, value=value, unit=unit, by=by)


def _state(pick: Pick, by: str | None) -> tuple[str, Promise]:
    name, unit = pick.one(_STATES)
    printed, value = pick.one((("40", "40"), ("1.2万", "12000"), ("350", "350")))
    words, comparator = pick.one((("达到", ">="), ("不少于", ">="), ("突破", ">="), ("超过", ">="), ("控制在", "=")))
    if words == "控制在":
        return f"{name}{words}{printed}{unit}以内", Promise(comparator="<=", value=value, unit=unit, by=by)
    return f"{name}{words}{printed}{unit}", Promise(comparator=comparator, value=value, unit=unit, by=by)


def _range(pick: Pick, by: str | None) -> tuple[str, Promise]:
    verb, unit = pick.one(_COUNTED)
    dash = pick.one(("—", "-", "～", "至"))
    return f"{verb}3{dash}5{unit}", Promise(comparator="=", value="3", value_max="5", unit=unit, by=by)


def _every_year(pick: Pick) -> Words:
    times = pick.number(1, 12)
    often, when = pick.one((("每年", "every-year"), ("每季度", "every-quarter"), ("每月", "every-month")))
    made = Promise(comparator="=", value=str(times), unit="场", by=when)
    text = f"{often}举办风筝放飞活动{times}场。"
    return Words(text=text, style=f"promise {often}", deadlines=(when,), promises=(made,))


def no_duty(pick: Pick, year: int) -> Words:
    """Draw a sentence with words of duty or years that assign nothing and set no date."""
    texts = (
        "明确每座灯塔的项目负责人。",
        "坚持谁主管谁负责，守住安全底线。",
        "发挥牵头医院作用，做好海上急救。",
        "申报单位对申报材料的真实性负责。",
        "灯塔负责人应当持证上岗。",
        "各级各部门要提高认识，形成合力。",
        f"截至{year - 1}年底，共有灯塔26座。",
        f"预计到{year + 5}年，海上游客将达到3万人。",
        f"{year - 2}年以来，灯塔养护水平稳步提高。",
    )
    return Words(text=pick.one(texts), style="no duty")


def cited(pick: Pick, place: Place, year: int) -> Words:
    """Draw a sentence that rests on an act or names one."""
    name = f"{place.stem}{pick.one(('灯塔管理规定', '渔网回收实施意见', '风筝放飞管理办法', '航标保护条例'))}"
    number = f"{place.stem[:1]}灯发〔{year - 1}〕{pick.number(1, 60)}号" if pick.chance(2) else None
    printed = f"《{name}》（{number}）" if number else f"《{name}》"
    first, relation = pick.one(
        (("严格执行", "basis"), ("按照", "basis"), ("修订完善", "mention"), ("大力宣传", "mention"))
    )
    tail = "要求，完善台账" if first == "按照" else ""
    return Words(text=f"{first}{printed}{tail}。", style="citation", citations=((name, number, relation),))
