"""Read the acts that a document names in 《》, with their numbers, as basis or mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.documents.passage import Passage
from kg.extract.setting import Setting
from kg.grammar.characters import letters
from kg.grammar.pattern import Pattern
from kg.records import Citation, CitationRelation

CITED = Pattern(
    "cited act",
    r"《(?P<title>[^《》]{3,120}(?:《[^《》]+》[^《》]*)*)》(?:\((?:试行|暂行|修订|修正|征求意见稿|[^()]{2,8}版)\))?(?:\((?P<number>(?!第|以下|简称|[^()]{0,20}[年版日月]\))[\u4e00-\u9fffA-Z/]{1,14}(?:[〔\[(【]?\d{2,6}[^()]{0,12}?|令第?\d{1,4}号))\))?",
    ("《灯塔条例》", "《灯塔办法》(灯发〔2031〕5号)"),
    ("灯塔条例", "《灯》"),
)
_REACH = 160
_TITLED = re.compile(r"[^《》]*》|《[^《》]*》|\([^()]*\)")
_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|遵照|落实|贯彻|执行|遵循|围绕)(?:(?!出台|制定|印发|颁布|修订|起草)[^。;]){0,60}$"
)
_NOT_ACT = re.compile(r"(?:建议|提案|议案|回执|承诺书|协议书?|合同|许可证|证书|证|日报|时报|表|登记册)$")
_SHORT_FORM = re.compile(r"(?:简称|下称)[“\"]?$")
_SHORT = 10


def read_citations(passages: Sequence[Passage], setting: Setting, *, own: Sequence[str]) -> tuple[Citation, ...]:
    """Read the citations in order, each title once, its first printed number kept; the document's own names are left out."""
    found: dict[str, tuple[re.Match[str], Passage]] = {}
    for passage in passages:
        if "《" not in passage.text:
            continue
        for match in _cited(passage.text, own):
            title = match["title"]
            if title not in found or (match["number"] and not found[title][0]["number"]):
                found[title] = match, passage
    return tuple(
        _citation(match, passage, setting.source, f"{setting.document}_c{n}")
        for n, (match, passage) in enumerate(found.values(), 1)
    )


def _cited(text: str, own: Sequence[str]) -> Iterator[re.Match[str]]:
    for match in CITED.find(text):
        short = _SHORT_FORM.search(text[max(0, match.start() - 6) : match.start()])
        if not short and not _NOT_ACT.search(match["title"]) and not _is_own(letters(match["title"]), own):
            yield match


def _is_own(title: str, own: Sequence[str]) -> bool:
    """Tell whether the letters of a title are the document's own, or a short form of them."""
    return any(name == title or (len(title) <= _SHORT and name.endswith(title)) for name in own)


def _citation(match: re.Match[str], passage: Passage, source: str, name: str) -> Citation:
    basis = _BASIS.search(_TITLED.sub("", match.string[max(0, match.start() - _REACH) : match.start()]))
    title = passage.part(match.start("title"), match.end("title"))
    return Citation(
        id=name,
        title=title.printed(source),
        number=match["number"],
        relation=CitationRelation.BASIS if basis else CitationRelation.MENTION,
        evidence=passage.evidence(source, match.start(), match.end()),
    )
