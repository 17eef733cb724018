"""The numerals of headings and the headings of annexes, by which an outline is read."""

from __future__ import annotations

from kg.grammar.characters import HUNDREDS, NUMERAL
from kg.grammar.pattern import Pattern

ANNEX_WORD = r"附(?:件|表|录)"

MARKER = Pattern(
    "heading numeral",
    rf"(?P<part>第{HUNDREDS}+[编部]分?)(?!门)|(?P<chapter>第{HUNDREDS}+章)|(?P<section>第{HUNDREDS}+节)|(?P<article>第{HUNDREDS}+条)|(?P<first>{HUNDREDS}{{1,3}})[、.]"
    rf"|(?P<second>[(]{HUNDREDS}{{1,3}}[)])[、.]?|(?P<third>\d{{1,3}})[.、](?!\d)|(?P<fourth>[(]\d{{1,2}}[)])[、.]?|(?P<fifth>[①-⑳])|(?P<item>{HUNDREDS}是)",
    ("一、灯塔建设", "(二)渔网管理"),
    ("2031年", "第一批灯塔"),
)
ANNEX = Pattern(
    "annex heading",
    rf"{ANNEX_WORD}(?P<number>\d{{1,2}}|{NUMERAL}{{1,2}})?(?:[-—]\d+)?:?(?P<title>[^。;:]{{0,50}})",
    ("附件1", "附件2灯塔责任分工表"),
    ("附属设施", "见附件1"),
    whole=True,
)
