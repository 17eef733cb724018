"""Put files together from new pieces and from pieces of the files before, which are copied without being read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from kg.build.outputs import Output

__all__ = ["Splice", "Splices", "places"]

_CHUNK = 1 << 20


def places(outputs: Sequence[Output], pieces: Iterable[tuple[str, Sequence[int]]]) -> dict[str, list[tuple[int, int]]]:
    """Return where the pieces of each key lie in the outputs, as start and length, from the lengths of all in their order.

    A key may have pieces in the first outputs only; an empty piece takes no room.

    >>> from kg.build.outputs import Output
    >>> places([Output(path="x", head=b"[", between=b", ")], [("a", [3]), ("b", [0]), ("c", [2])])
    {'a': [(1, 3)], 'b': [(6, 0)], 'c': [(6, 2)]}
    """
    at, between = [len(output.head) for output in outputs], [len(output.between) for output in outputs]
    found: dict[str, list[tuple[int, int]]] = {}
    for key, lengths in pieces:
        found[key] = list(zip(at, lengths, strict=False))
        for file, length in enumerate(lengths):
            if length:
                at[file] += length + between[file]
    return found


class Splice:
    """One file that is being written; pieces are added, or kept from the old file, in their order."""

    def __init__(self, output: Output, old: Path | None, new: Path) -> None:
        self._output = output
        self._old = old.open("rb") if old else None
        new.parent.mkdir(parents=True, exist_ok=True)
        self._new = new.open("xb")
        self._new.write(output.head)
        self._is_first = True
        self._run: tuple[int, int] | None = None
        """Begin and end of pieces of the old file that follow each other there and are not yet copied."""

    def add(self, piece: bytes) -> None:
        """Write a new piece."""
        if piece:
            self._copy()
            self._part()
            self._new.write(piece)

    def keep(self, start: int, length: int) -> None:
        """Take over a piece of the old file."""
        if not length:
            return
        if self._run and start == self._run[1] + len(self._output.between):
            self._run = (self._run[0], start + length)
            return
        self._copy()
        self._run = (start, start + length)

    def finish(self) -> None:
        """Write what is left."""
        self._copy()
        self._new.write(self._output.tail)

    def close(self) -> None:
        """Close the files."""
        self._new.close()
        if self._old:
            self._old.close()

    def _part(self) -> None:
        if not self._is_first:
            self._new.write(self._output.between)
        self._is_first = False

    def _copy(self) -> None:
        if self._run is None or self._old is None:
            return
        self._part()
        self._new.flush()
        (start, end), self._run = self._run, None
        _copy_range(self._old.fileno(), self._new.fileno(), start, end)


class Splices:
    """All files of a build while they are written: a document or a shared node has a piece of each, or of the first ones.

    `lengths` are those of the pieces in the files of the folder `old`, in their order.
    """

    def __init__(
        self, outputs: Sequence[Output], old: Path | None, new: Path, lengths: Iterable[tuple[str, Sequence[int]]]
    ) -> None:
        self._places = places(outputs, lengths)
        self._files = [Splice(one, old / one.path if old else None, new / one.path) for one in outputs]

    def __enter__(self) -> Splices:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        try:
            for file in self._files if kind is None else ():
                file.finish()
        finally:
            for file in self._files:
                file.close()

    def add(self, pieces: Sequence[bytes]) -> None:
        """Write new pieces."""
        for file, piece in zip(self._files, pieces, strict=False):
            file.add(piece)

    def keep(self, key: str) -> None:
        """Take over the pieces of a document or node from the old files."""
        for file, (start, length) in zip(self._files, self._places[key], strict=False):
            file.keep(start, length)


def _copy_range(source: int, target: int, start: int, end: int) -> None:
    """Copy bytes to the end of a file: by the system itself where it can (Linux)."""
    while start < end:
        try:
            moved = os.copy_file_range(source, target, end - start, offset_src=start)
        except (AttributeError, OSError):
            moved = os.write(target, os.pread(source, min(_CHUNK, end - start), start))
        if not moved:
            raise OSError(f"a file of the earlier build ends before byte {end}")
        start += moved
