"""Put a finished page in its place."""

from __future__ import annotations

from pathlib import Path

from kg.output import write_whole


def write_page(path: Path, html: str) -> Path:
    """Write a page whole or not at all and return its path; raises `OutputError` where the place cannot be written."""
    return write_whole(path, html)
