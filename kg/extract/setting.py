"""What every reader of a document's parts knows beside the passage in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.grammar.clauses import Leading

NOBODY_LEADS = Leading()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The document's text, its id and title, and from when on its dates count, None where it tells no date.

    From the year `since` on, dates are ahead. Months printed without a year are in that of `after`, and not before it: the
    one year that the title names, else the day of issue. `year` is that one year of the title: of promises without a date.
    `leading` tells which bodies of a list lead.
    """

    source: str
    document: str
    title: str
    since: int | None
    after: date | None = None
    year: int | None = None
    leading: Leading = NOBODY_LEADS
