"""Write a number in the numerals that a word processor offers for lists."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_ROMAN = 4000
_MOST_LETTERS = 780
_MOST_COUNTED = 10_000
_WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}


def numeral(value: int, form: str) -> str:
    """Write a number in a form that OOXML names (`chineseCounting`); one it does not name here is written in figures.

    >>> numeral(12, "chineseCountingThousand"), numeral(3, "decimalEnclosedCircle"), numeral(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    write = _FORMS.get(form, str)
    return write(value)


def _counted(value: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """Write a number as it is spoken; ten to nineteen begin with 十."""
    if not 0 < value < _MOST_COUNTED:
        return str(value)
    text = ""
    for place, figure in enumerate(reversed(str(value))):
        if figure != "0":
            text = digits[int(figure)] + units[place] + text
        elif text and not text.startswith("零"):
            text = f"零{text}"
    return text.removeprefix("一") if text.startswith("一十") else text


def _legal(value: int) -> str:
    return _counted(value, _LEGAL, ("", "拾", "佰", "仟"))


def _digital(value: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(value))


def _letters(value: int) -> str:
    """Write a, b … z, aa, bb … as Word does."""
    if not 0 < value <= _MOST_LETTERS:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value < _MOST_ROMAN:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def _one_of(signs: str) -> Callable[[int], str]:
    """Make a writer of signs that are used up in order; figures follow."""
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + at) for at in range(count))


CIRCLED = _run("①", 20) + _run("㉑", 15) + _run("㊱", 15)

_circled = _one_of(CIRCLED)

_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _one_of(_run("⒈", 20)),
    "decimalEnclosedParen": _one_of(_run("⑴", 20)),
    "ideographEnclosedCircle": _one_of(_run("㊀", 10)),
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}
