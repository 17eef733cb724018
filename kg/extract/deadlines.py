"""Read the deadlines of a task: every distinct date or recurrence that its words set for work to be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kg.documents.passage import Passage
from kg.extract.setting import Setting
from kg.grammar.clauses import LABEL
from kg.grammar.dates import find_dates
from kg.grammar.labels import TIME_LABEL
from kg.grammar.mentions import DateMention, Manner
from kg.records import Deadline, Precision, Recurrence

_ONGOING = re.compile(r"(?:并|且)?(?:长期|持续|常态化?|全年|贯穿全年)(?:坚持|推进|实施|开展|进行|抓好)?")
_WITHOUT_END = re.compile(
    r"(?<=[,;(])(?:并|且)?(?:长期坚持|持续推进|持续实施|持续开展|常年坚持|长期推进|长期实施|常态化推进)(?=[。;)]|$)"
)
"""Words that end a sentence or a clause and set no end to the work."""

_TIME_WORD = re.compile("时|期限|进度")
_IN_PART = "阶段性"
_SHORTEST_PART = 2
_PIECE = re.compile(r"[^;,。]+")
_DONE = r"(?:之?前|力争|确保|全部|全面|基本|陆续|率先|完成|建成|实现|启动|开工|投用|投入使用|竣工|完工|办结|达标|见效|[:()的])*"
_DONE_BEFORE, _DONE_AFTER = re.compile(rf"^{_DONE}"), re.compile(rf"{_DONE}$")
_ONGOING_REACH = 40
_AIM = re.compile(r"(?:力争|争取|计划|确保|[,。;:(]|^)$")
_TO_DO = ("建成", "完成", "实现", "启动", "全面", "达", "力争", "再", "上线", "新增", "新建", "认定", "培训", "建设")


def read_deadlines(text: Passage, setting: Setting, *, task: str, time: Passage | None = None) -> tuple[Deadline, ...]:
    """Read the deadlines in the text of a task and then in its cell for the time, each distinct `when` once, in order."""
    dated = [(text, mention) for mention in _distinct(_in_text(text.text, setting))]
    if time is not None:
        known = {mention.when for _, mention in dated}
        dated += [(time, mention) for mention in _distinct(_in_cell(time.text, setting)) if mention.when not in known]
    return tuple(
        _deadline(mention, where, setting.source, f"{task}_t{number}")
        for number, (where, mention) in enumerate(dated, 1)
    )


def labelled_date(text: Passage, time: Passage | None, setting: Setting) -> str | None:
    """Give the date that a label in the text or the cell for the time sets for a whole task: the last, else the one recurrence."""
    set_dates: list[str] = []
    label = _time_label(text.text)
    if label is not None:
        following = LABEL.first(text.text, label.end())
        end = following.start() if following else len(text.text)
        dates = sorted(_in_text(text.text, setting), key=_place)
        set_dates += [mention.when for mention in dates if label.end() <= mention.start < end]
    if time is not None:
        set_dates += [mention.when for mention in _in_cell(time.text, setting)]
    definite = [] if _IN_PART in (time or text).text else [when for when in set_dates if when[0].isdigit()]
    again = {when for when in set_dates if when != Recurrence.ONGOING.value}
    return definite[-1] if definite else again.pop() if len(again) == 1 and len(set(set_dates)) == 1 else None


def part_dates(time: Passage | None, setting: Setting) -> tuple[tuple[str, str], ...]:
    """Give the parts of the work that a cell for the time names, each with its date: 2031年底完成东岸灯塔;2032年底全部完成."""
    text = time.text if time is not None else ""
    found: list[tuple[str, str]] = []
    for piece in _PIECE.finditer(text):
        dates = [m for m in find_dates(text, after=setting.after) if piece.start() <= m.start < piece.end()]
        if len(dates) == 1 and dates[0].when[0].isdigit():
            around = (text[piece.start() : dates[0].start], text[dates[0].end : piece.end()])
            found += [(named, dates[0].when) for words in around if len(named := _named(words)) >= _SHORTEST_PART]
    return tuple(found)


def _named(words: str) -> str:
    """Give what is named beside a date, without what is done with it."""
    return _DONE_AFTER.sub("", _DONE_BEFORE.sub("", words))


def is_due(mention: DateMention, text: str, since: int | None) -> bool:
    """Tell whether a mention sets a date for work rather than telling history; before the year `since` is history."""
    if mention.latest is None:
        return True
    if since is not None and mention.latest.year < since:
        return False
    if mention.manner is not Manner.BARE:
        return True
    before = text[max(0, mention.start - 6) : mention.start]
    return _AIM.search(before) is not None or text.startswith(_TO_DO, mention.end)


def _time_label(text: str) -> re.Match[str] | None:
    """Find a label for the time; most texts lack its words, and looking for them is much faster than the pattern."""
    return TIME_LABEL.first(text) if (":" in text or "|" in text) and _TIME_WORD.search(text) else None


def _in_text(text: str, setting: Setting) -> Iterator[DateMention]:
    yield from (m for m in find_dates(text, after=setting.after) if is_due(m, text, setting.since))
    label = _time_label(text)
    if label is not None:
        yield from _ongoing(text, label.end())
    elif "持" in text or "长期" in text or "常" in text:
        for match in _WITHOUT_END.finditer(text):
            yield _without_end(match)


def _in_cell(text: str, setting: Setting) -> Iterator[DateMention]:
    """Give the dates of a cell that holds nothing but a time, and words such as 长期坚持."""
    yield from find_dates(text, after=setting.after)
    yield from _ongoing(text, 0)


def names_time(text: str, setting: Setting) -> bool:
    """Tell whether a cell for the time names a date, a recurrence or work without end."""
    return any(_in_cell(text, setting))


def sets_time(text: str, start: int, end: int, setting: Setting) -> bool:
    """Tell whether a date that is set for work stands in `text[start:end]`."""
    return any(start <= mention.start < end for mention in _in_text(text, setting))


def _ongoing(text: str, start: int) -> Iterator[DateMention]:
    """Find words that set no end."""
    match = _ONGOING.search(text, start, start + _ONGOING_REACH)
    if match is not None:
        yield _without_end(match)


def _without_end(match: re.Match[str]) -> DateMention:
    return DateMention(
        start=match.start(),
        end=match.end(),
        when=Recurrence.ONGOING.value,
        manner=Manner.EVERY,
        precision=Precision.NONE,
        recurrence=Recurrence.ONGOING,
    )


def _distinct(mentions: Iterable[DateMention]) -> list[DateMention]:
    """Keep the first mention of each date, in the order of the text."""
    found: dict[tuple[str, date | None], DateMention] = {}
    for mention in sorted(mentions, key=_place):
        found.setdefault((mention.when, mention.latest if mention.precision is Precision.DAY else None), mention)
    return list(found.values())


def _place(mention: DateMention) -> int:
    return mention.start


def _deadline(mention: DateMention, text: Passage, source: str, name: str) -> Deadline:
    return Deadline(
        id=name,
        when=mention.when,
        precision=mention.precision,
        earliest=mention.earliest,
        latest=mention.latest,
        recurrence=mention.recurrence,
        evidence=text.evidence(source, mention.start, mention.end),
    )
