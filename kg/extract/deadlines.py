"""Read the deadlines of a task: every distinct date or recurrence that its words set for work to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.documents.passage import Passage
from kg.grammar.dates import DateMention, Manner, find_dates
from kg.grammar.labels import TIME_LABEL
from kg.records import Deadline, Precision, Recurrence

_ONGOING = re.compile(r"(?:并|且)?(?:长期|持续|常态化?|全年|贯穿全年)(?:坚持|推进|实施|开展|进行|抓好)?")
_LABEL_REACH = 10
_AIM = re.compile(r"(?:力争|争取|计划|确保|[,。;:(]|^)$")


def read_deadlines(
    text: Passage, source: str, *, task: str, since: int | None, labelled: bool = False
) -> tuple[Deadline, ...]:
    """Read the deadlines in `text`, each distinct `when` once, in order.

    `since` is the year of the document: what lies before it is history. `labelled` marks a cell or line that holds
    nothing but a time, where words such as 长期坚持 are read too.
    """
    mentions = [m for m in find_dates(text.text) if labelled or is_due(m, text.text, since)]
    mentions.extend(_ongoing(text.text, labelled=labelled))
    found: dict[str, DateMention] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        found.setdefault(mention.when, mention)
    made: list[Deadline] = []
    for number, mention in enumerate(found.values(), 1):
        whole = labelled or any(TIME_LABEL.find(text.text, max(0, mention.start - _LABEL_REACH), mention.start))
        made.append(_deadline(mention, text, source, f"{task}_t{number}{'_due' if whole else ''}"))
    return tuple(made)


def is_due(mention: DateMention, text: str, since: int | None) -> bool:
    """Tell whether a mention sets a date for work rather than telling history."""
    if mention.latest is None:
        return True
    if since is not None and mention.latest.year < since:
        return False
    if mention.manner is not Manner.BARE:
        return True
    before = text[max(0, mention.start - 6) : mention.start]
    return _AIM.search(before) is not None or text[mention.end : mention.end + 2] in (
        "建成",
        "完成",
        "实现",
        "启动",
        "全面",
    )


def _ongoing(text: str, *, labelled: bool) -> Sequence[DateMention]:
    """Find words that set no end, in a cell or after a label for the time."""
    start = 0
    if not labelled:
        label = TIME_LABEL.first(text)
        if label is None:
            return ()
        start = label.end()
    match = _ONGOING.search(text, start, start + 40)
    if match is None:
        return ()
    return (
        DateMention(
            start=match.start(),
            end=match.end(),
            when=Recurrence.ONGOING.value,
            manner=Manner.EVERY,
            precision=Precision.NONE,
            recurrence=Recurrence.ONGOING,
        ),
    )


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
