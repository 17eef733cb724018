"""What every reader of a document's parts knows beside the passage in hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The document's text, its id and title, and two years, None where it names none.

    From `since` on, dates are ahead; `year` is the one year that the title names, that of months printed without one.
    `first_leads` where a rule says that the first body of a list of responsible ones leads.
    """

    source: str
    document: str
    title: str
    since: int | None
    year: int | None = None
    first_leads: bool = False
