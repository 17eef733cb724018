"""Tell what a text says of the past, of forecasts and of lacks, where numbers promise nothing and bodies answer for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.grammar.dates import period_end
from kg.grammar.mentions import DateMention
from kg.grammar.stretches import sentence_end, sentence_start

_DONE = r"目前|(?<!依托)(?<!利用)(?<!盘活)现有(?!资金|资源|设施|政策|渠道|基础|机构)|截至|截止|共有|近年|近[\d一二三两几多]年|过去|前期|原有|以来|先后|曾经|率先|成功(?!率)|据统计|经排查|完成了|建成了|新增了|缺口|借鉴|例如"
_NOT_DONE = r"已(?!建成(?:小区|居住|住宅|投用的|的[^,;。]{2,30}不(?:低于|少于|高于|超过)))"
PAST = re.compile(rf"{_DONE}|{_NOT_DONE}")
"""Words of what has been or is; 已建成的…不低于 is a bound for what stands."""
_PAST_YEAR = re.compile(r"去年|上年|往年|历年")
_HAPPENED = re.compile(r"(?<!为)(?<!不)了(?!解)|过(?!程|渡|关|期|剩|度|硬|审|境)")
_SO_FAR = re.compile(r"累计")
_GUESS = re.compile(r"预计|预测|预估|测算|估算|推算")
_GUESS_REACH = 12
_OPENING = re.compile(
    r"截至|截止|目前|近(?:年|[\d一二三两几]年)(?:来|以来)?|过去|今年\d{1,2}月?(?:-|—|至)|(?P<year>20\d\d)年(?!底前|底,|前)|(?P<period>[“\"]?十[二三四五六]五[”\"]?)(?:时期|期间|(?P<since>以来))"
)


def is_told(text: str, start: int, at: int, dates: Sequence[DateMention], *, firm: bool) -> bool:
    """Tell whether the words of `text[start:at]` before a number speak of the past or of a guess.

    `dates` are those to come: 累计 before one is what will have been done. A `firm` bound may name the past: 不低于上年.
    """
    before = text[start:at]
    if PAST.search(before) or _GUESS.search(text, max(0, start - _GUESS_REACH), at):
        return True
    if _PAST_YEAR.search(before) and not firm:
        return True
    begin = sentence_start(text, start)
    return _SO_FAR.search(before) is not None and not any(begin <= m.start < at for m in dates)


def in_history(text: str, start: int, since: int | None, dates: Sequence[DateMention]) -> bool:
    """Tell whether the sentence up to a clause opens with what has been, and no date to come follows.

    A year or five-year period that ended before the year `since` has been.
    """
    begin, end = sentence_start(text, start), sentence_end(text, start)
    match = _OPENING.match(text, begin, end)
    if match is None or match.start() > start or any(begin <= mention.start < end for mention in dates):
        return False
    if match["year"]:
        return since is not None and int(match["year"]) < since
    if match["period"] is None or match["since"]:
        return True
    last = period_end(match["period"])
    return last is not None and since is not None and last < since


def tells(text: str, start: int, end: int, since: int | None) -> bool:
    """Tell whether the sentence up to `end`, in whose part at `start` a body acts, says what was done rather than what is to be."""
    begin = sentence_start(text, start)
    if PAST.search(text, begin, end) or _PAST_YEAR.search(text, begin, end) or _HAPPENED.search(text, start, end):
        return True
    return any(since is not None and int(year) < since for year in re.findall(r"(20\d\d)年", text[begin:end]))
