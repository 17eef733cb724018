"""The classes of characters that the patterns of the genre are built from."""

from __future__ import annotations

import re

HAN = r"[\u4e00-\u9fff]"
"""One Chinese character."""

NUMERAL = "[一二三四五六七八九十]"
"""One character of a Chinese numeral up to ninety-nine."""

HUNDREDS = NUMERAL.replace("]", "百]")
"""One character of a Chinese numeral up to a thousand."""

_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


def letters(text: str, between: str = "") -> str:
    """Keep Chinese characters, Latin letters and figures; each run of other characters becomes `between`.

    >>> letters("《灯塔办法》（2031年版）")
    '灯塔办法2031年版'
    """
    return _MARKS.sub(between, text)
