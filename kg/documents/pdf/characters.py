"""Map the characters that PDF fonts stand in for others, radicals and compatibility forms, back to the usual ones."""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = {
    "⺁": "厂", "⺂": "乛", "⺃": "乚", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺇": "几", "⺈": "刀", "⺉": "刂", "⺊": "卜",
    "⺋": "㔾", "⺌": "小", "⺍": "小", "⺎": "尢", "⺏": "尣", "⺐": "尢", "⺑": "尣", "⺒": "巳", "⺓": "幺", "⺔": "彑",
    "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺜": "日", "⺝": "月", "⺞": "歹", "⺟": "母",
    "⺠": "民", "⺡": "氵", "⺢": "氺", "⺣": "灬", "⺤": "爫", "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王",
    "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糹", "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "㓁",
    "⺴": "网", "⺵": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺹": "耂", "⺺": "聿", "⺻": "聿", "⺼": "肉", "⺽": "臼",
    "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "西", "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角",
    "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "邑", "⻐": "钅", "⻑": "長",
    "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阜", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风",
    "⻜": "飞", "⻝": "食", "⻞": "食", "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
    "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜",
    "⻰": "龙", "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip
"""The CJK Radicals Supplement, to which NFKC gives no equal but for 母 and 龟 (Unicode, EquivalentUnifiedIdeograph)."""

_COMPATIBLE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe48]")
_ODD = re.compile("[\x00-\x1f\u2e80-\u2fdf\ue000-\ufb06\ufe10-\ufe48\ufffe\uffff]")
_SYMBOL_FONT = re.compile("[\x00-\x1f\uf000-\uf0ff\ufffe\uffff]")
_UNKNOWN = re.compile("[\x00\ue000-\uf8ff\ufffd-\uffff]")
_HYPHEN = "\x02"


def unify(text: str) -> str:
    """Give the usual characters; full-width punctuation, fractions, circled and raised figures stay as they are.

    The bullets of symbol fonts, which have no character of their own, are dropped.
    """
    if not _ODD.search(text):
        return text
    text = text.replace(_HYPHEN, "-")
    text = "".join(_SUPPLEMENT.get(char, char) for char in text)
    text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _SYMBOL_FONT.sub("", text)


def is_unknown(char: str) -> bool:
    """Tell whether a font does not say which character it prints."""
    return _UNKNOWN.fullmatch(char) is not None
