"""The words that things are counted and measured in: one list for the numbers of sentences and the cells of tables."""

from __future__ import annotations

from kg.grammar.pattern import Pattern

MEASURE = (
    "辆标准车|吨标准煤|平方公里|个工作日|人·次|平方米|立方米|千瓦时|工作日|人次|件次|辆次|户次|场次|批次|轮次|条次|个月|公里|公斤|千克|千米|公顷|万亩|千瓦|兆瓦|美元|周岁|分钟|小时|微克|毫克|标箱|TEU"
    "|(?<!月)日|张|个|家|艘|匹|所|户|座|处|项|件|场|套|台|辆|岁|天|名|人|部|次|期|班|间|门|支|队|条|种|类|米|床|位|年|月|遍|轮|只|头|株|册|篇|幢|栋|盏|亩|吨|斤|元|㎡|对|片|份|例|道|款|宗|笔|块|列|起|届|批|级|倍"
    "|度|分|升|克"
)
"""The words of measure as alternatives of a pattern, longer words first."""

_RATE = r"(?:百|千|万)?(?:立方米|平方米|平方公里|公里|人|年|月|天|日|亩|公顷|户|床|张|次|升|㎡)"
UNIT_WORDS = rf"年一遇|个?百分点|%|‰|元/[人月年天床张平方米㎡]+|(?:{MEASURE})(?:\([套次处个组场件户所座种批队人]\))?(?:/{_RATE})*"
"""What may stand after a number, as alternatives of a pattern."""

_PER = r"(?:万|千|百|十|亿)?(?:人|名老人|常住人口|人口|年|月|日|天|元|立方米|平方米|平方公里|亩|户|GDP|公顷|公里|件)"
UNIT = Pattern(
    "cell of a unit",
    rf"\(?(?:[%‰]|个?百分点|(?:万|亿|千|百)?(?:平方|立方)?(?:{MEASURE})(?:[/每]{_PER}?)?)\)?",
    ("万平方米", "(座/公里)"),
    ("灯塔", "座灯塔"),
    whole=True,
)
