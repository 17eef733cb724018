"""Say things in the language of the page: dates, roles, tooltips, counted nouns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.assets import asset
from kg.errors import QueryError
from kg.pages.layout import shorten
from kg.records import Evidence, IndicatorValue, Role, ValueKind

if TYPE_CHECKING:
    from kg.pages.ego import Entry
    from kg.records import Indicator, Task

__all__ = ["Language", "Wording", "read_wording"]

Language = Literal["zh", "en"]

QUOTE_CHARACTERS = 90  # of a quote, in a tooltip
OPENING_EMS = 24  # of a text that stands for a missing title

DATE_WORDS = {1: "by_year", 2: "by_month", 3: "by_day"}  # 2025, 2025-06, 2025-06-30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one language, as in `visualize/words.json`; a word with gaps is filled by `say`."""

    language: Language
    words: dict[str, str]

    def say(self, key: str, **gaps: object) -> str:
        """Return a word or sentence with its gaps filled."""
        return self.words[key].format(**gaps)

    def join(self, parts: Iterable[str]) -> str:
        """Join the parts of a list."""
        return self.words["list_comma"].join(parts)

    def role(self, role: Role) -> str:
        """Name a role."""
        return self.words[f"role_{role}"]

    def when(self, when: str) -> str:
        """Say a deadline; a form without a word of its own is given as it is."""
        parts = when.split("-")
        if all(part.isdecimal() for part in parts) and len(parts) in DATE_WORDS:
            return self.words[DATE_WORDS[len(parts)]].format(*map(int, parts))
        return self.words.get(f"when_{when}", when)

    def task(self, task: Task, untitled: str) -> str:
        """Name a task: its title, else how its text begins, else as told."""
        opening = shorten(task.evidence.quote or "", OPENING_EMS)
        return task.title or opening or untitled

    def deadlines(self, task: Task) -> list[str]:
        """Say each deadline of a task, dates first."""
        return [self.when(when) for when in sorted({deadline.when for deadline in task.deadlines})]

    def value(self, value: IndicatorValue) -> str:
        """Say the period of an indicator value."""
        period = self.words["baseline"] if value.period == ValueKind.BASELINE else self.when(value.period)
        return self.say("period_value", period=period, value=value.text)

    def place(self, evidence: Evidence) -> str:
        """Say where in a document something stands."""
        return self.say("offsets", start=evidence.start, end=evidence.end)

    def task_tip(self, entry: Entry[Task]) -> str:
        """Say what a tooltip says of a task: title, place, deadline and the sentence that assigns it."""
        task = entry.item
        evidence = task.clause or task.evidence
        quote = evidence.quote or task.evidence.quote
        clipped = f"{quote[:QUOTE_CHARACTERS]}…" if quote and len(quote) > QUOTE_CHARACTERS else quote
        lines = [
            self.task(task, ""),
            self.say("tip_number", number=task.number, document=entry.document.title),
            self.say("tip_due", due=self.join(self.deadlines(task))) if task.deadlines else "",
            self.say("quoted", quote=clipped) if clipped else self.place(evidence),
        ]
        return "\n".join(line for line in lines if line)

    def indicator_tip(self, entry: Entry[Indicator]) -> str:
        """Say what a tooltip says of an indicator: name, unit, place and values."""
        indicator = entry.item
        unit = self.say("in_unit", unit=indicator.unit) if indicator.unit else ""
        where = self.say("tip_number", number=indicator.number, document=entry.document.title)
        return "\n".join([f"{indicator.name}{unit}", where, *map(self.value, indicator.values)])


def read_wording(language: Language) -> Wording:
    """Read the words of a language; raises `QueryError` where pages do not speak it."""
    words = json.loads(asset("visualize", "words.json").read_text(encoding="utf-8"))
    if language not in words:
        raise QueryError(f"pages do not speak {language!r}: choose one of {', '.join(words)}")
    return Wording(language=language, words=words[language])
