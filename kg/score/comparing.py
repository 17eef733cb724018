"""When two texts, figures or number paths count as the same: each comes in as printed, what is compared comes out."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

__all__ = ["figure", "folded", "number_path"]

_STOPS = "。.;,:"
"""Signs at either end that annotators leave out or take along; after folding the full-width ones are among them."""

_NUMBER = re.compile(r"附[件表]|[一二三四五六七八九十百]+|\d+")
_FIGURE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def folded(text: object) -> str:
    """Give a text without white space, with full-width forms folded and no stop at its ends.

    >>> folded("区民政局 （牵头）。")
    '区民政局(牵头)'
    """
    narrow = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return "".join(narrow.split()).strip(_STOPS)


def figure(value: object) -> str:
    """Give a number in one form and a text folded.

    >>> figure("1,500.0"), figure(1500), figure("应保尽保")
    ('1500', '1500', '应保尽保')
    """
    text = folded(value)
    bare = text.replace(",", "")
    if not _FIGURE.fullmatch(bare):
        return text
    plain = format(Decimal(bare), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def number_path(number: object) -> str:
    """Give the figures of a number path, outermost first.

    >>> number_path("三/(五)/1") == number_path("三（五）1.") == "三/五/1"
    True
    """
    return "/".join(_NUMBER.findall(folded(number)))
