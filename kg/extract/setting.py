"""What every reader of a document's parts knows beside the passage in hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The document's text, its id and title, and the year from which on dates are ahead (None where it names none)."""

    source: str
    document: str
    title: str
    since: int | None
