"""Choose what to send by what a client accepts (RFC 9110, section 12.5): a header and what there is go in, the best comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

__all__ = ["language", "media_type"]


def media_type(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """Return the offer that suits a header best, or None where none is acceptable.

    `offers` has the names of formats by media type, the preferred one first; without a header that one is taken.

    >>> media_type("text/csv;q=0.5, application/*", {"application/json": "json", "text/csv": "csv"})
    'json'
    """
    ranges = dict(_qualities(accept or "*/*"))
    if not ranges:
        return None
    scored = [(_quality(media, ranges), -place, name) for place, (media, name) in enumerate(offers.items())]
    quality, _, name = max(scored)
    return name if quality > 0 else None


def language(header: str | None) -> Literal["zh", "en"]:
    """Return the language of a page for an `Accept-Language`: Chinese where nothing is said, English where neither is asked for.

    >>> language("fr, en;q=0.8, zh-CN;q=0.7")
    'en'
    """
    if not header or not header.strip():
        return "zh"
    best: dict[str, float] = {}
    for tag, quality in _qualities(header):
        short = tag.partition("-")[0]
        best[short] = max(best.get(short, 0.0), quality)
    chinese, english = (best.get(short, best.get("*", 0.0) / 2) for short in ("zh", "en"))
    return "zh" if chinese > english or (chinese == english > 0 and header.lower().find("zh") >= 0) else "en"


def _quality(media: str, ranges: Mapping[str, float]) -> float:
    """Give the quality of the most specific range that covers a media type."""
    for covering in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if covering in ranges:
            return ranges[covering]
    return 0.0


def _qualities(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        yield name, quality
