"""Keep plans on disk, out of memory, in a file that vanishes with the program: plans go in one by one and come out by number."""

from __future__ import annotations

import tempfile
import zlib
from types import TracebackType

import msgspec

from kg.errors import OutputError
from kg.records import Plan

__all__ = ["Spool"]

_FAST = 1


class Spool:
    """A list of plans of which none is held in memory; the file has no name that another program could open."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `__exit__`)
        self._places: list[tuple[int, int]] = []
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._file.close()

    def append(self, plan: Plan, /) -> None:
        """Add a plan at the end."""
        data = zlib.compress(msgspec.msgpack.encode(plan), _FAST)
        try:
            self._file.seek(self._end)
            self._file.write(data)
        except OSError as error:
            raise OutputError(
                f"{tempfile.gettempdir()}: cannot be written: {error.strerror}: name another folder in TMPDIR"
            ) from error
        self._places.append((self._end, len(data)))
        self._end += len(data)

    def __getitem__(self, at: int, /) -> Plan:
        start, length = self._places[at]
        self._file.seek(start)
        return msgspec.msgpack.decode(zlib.decompress(self._file.read(length)), type=Plan)
