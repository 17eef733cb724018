"""Read a stream to its end, or to the size that is too large for what it holds."""

from __future__ import annotations

from typing import Protocol

from kg.documents import MOST_BYTES
from kg.errors import ReadError
from kg.sources.archives import MOST_ARCHIVE

__all__ = ["Readable", "read_all"]

_CHUNK = 1_000_000
_ZIP = b"PK\x03\x04"


class Readable(Protocol):
    """What gives up to so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """Read up to `size` bytes."""


def read_all(stream: Readable, label: str) -> bytes:
    """Read a stream to its end, or to the size that is too large for what it holds.

    Raises `ReadError` there.
    """
    data = bytearray(stream.read(len(_ZIP)))
    most = MOST_ARCHIVE if data == _ZIP else MOST_BYTES
    while chunk := stream.read(_CHUNK):
        data += chunk
        if len(data) > most:
            what = "archive" if most == MOST_ARCHIVE else "document"
            raise ReadError(f"{label}: more than {most:,} bytes, the most for one {what}: split it")
    return bytes(data)
