"""Give the character that a sign of a symbol font stands for."""

from __future__ import annotations

_PRIVATE = 0xF000
_PRIVATE_END = 0xF0FF
_MOST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)

_FONTS = {
    "symbol": {
        0x2D: "−",
        0xA3: "≤",
        0xA5: "∞",
        0xB0: "°",
        0xB1: "±",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "·",
        0xB8: "÷",
        0xB9: "≠",
        0xBB: "≈",
        0xBC: "…",
    },
    "wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}
    | {0x81 + at: chr(ord("①") + at) for at in range(10)}
    | {0x8C + at: chr(ord("❶") + at) for at in range(10)},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
}
"""By font: the signs that mean something in a plan. Arrows and ornaments in front of items are left out."""


def symbol(font: str, code: str) -> str:
    """Give the character of a sign by its hexadecimal code; none for an ornament.

    >>> symbol("Symbol", "F0B3"), symbol("Wingdings", "F0D8"), symbol("宋体", "25CB")
    ('≥', '', '○')
    """
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is not None:
        return known.get(at & 0xFF, "")
    if _PRIVATE <= at <= _PRIVATE_END or not 0x20 <= at <= _MOST or at in _SURROGATES:
        return ""
    return chr(at)
