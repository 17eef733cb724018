"""Collect an answer until it is whole: bytes go in, in memory or a file comes out, and no more than a limit."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from tempfile import mkstemp
from typing import IO

__all__ = ["Spool", "TooLargeError"]

_IN_MEMORY = 2**20


class TooLargeError(Exception):
    """The answer has more bytes than it may have."""


class Spool:
    """A file to write to, in memory as long as it is small; raises `TooLargeError` past the limit."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._file: IO[bytes] = BytesIO()
        self.path: str | None = None
        self.size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooLargeError
        if self.path is None and self.size > _IN_MEMORY:
            self._to_disk()
        return self._file.write(data)

    def flush(self) -> None:
        """Do what a file does."""
        self._file.flush()

    def reread(self) -> IO[bytes]:
        """Give what was written, to be read from its beginning."""
        self._file.flush()
        return BytesIO(self.body) if self.path is None else Path(self.path).open("rb")

    @property
    def body(self) -> bytes:
        """What is in memory; nothing where it went to a file."""
        return self._file.getvalue() if isinstance(self._file, BytesIO) else b""

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self.path is not None:
            self._file.close()

    def discard(self) -> None:
        """Remove the file, if there is one."""
        if self.path is not None:
            self._file.close()
            Path(self.path).unlink(missing_ok=True)
            self.path = None

    def _to_disk(self) -> None:
        written = self.body
        handle, self.path = mkstemp(prefix="answer-", dir=self._folder)
        self._file = os.fdopen(handle, "wb")
        self._file.write(written)
