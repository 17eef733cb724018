"""Get the bytes of a place: a path, a URL or standard input goes in, its file comes out, or the files of an archive one by one."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.documents import MOST_BYTES
from kg.documents.formats import Format, format_of
from kg.errors import ReadError
from kg.sources.archives import open_archive, unpack
from kg.sources.file import ARCHIVES, KNOWN, Failure, File, ending, has_ending, plain
from kg.sources.listing import STANDARD_INPUT, Place
from kg.sources.streams import read_all

__all__ = ["files_of"]

_UNMISTAKABLE = (Format.HTML, Format.DOCX, Format.PDF, Format.DOC)
"""Formats told by marks of their own, so that a file of any ending is read when it is named."""


def files_of(place: Place) -> Iterator[File | Failure]:
    """Give the file of a place, or each file of an archive; nothing is written to disk."""
    try:
        if isinstance(place.at, Path):
            yield from _files_at(place.at, place)
        elif place.at == STANDARD_INPUT:
            yield from unpack(File(label=place.label, short=place.short, name=place.label, data=_of_input(place.label)))
        else:
            from kg.sources.web import fetch  # noqa: PLC0415  (0.05 s, and most runs fetch nothing)

            yield from unpack(fetch(place.at, place.label))
    except ReadError as error:
        yield Failure(source=place.label, reason=str(error))


def _of_input(label: str) -> bytes:
    if sys.stdin is None:
        raise ReadError(f"{label}: closed: give it a file, as in `kg extract - < plan.txt`")
    return read_all(sys.stdin.buffer, label)


def _files_at(path: Path, place: Place) -> Iterator[File | Failure]:
    """Read a file; an archive too large for memory is read where it lies."""
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # which says so where it may not be listed
            raise ReadError(
                f"{place.label}: holds no document and no records ({', '.join(sorted(KNOWN))}): "
                "name the files or another folder"
            )
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            large = stat.S_ISREG(state.st_mode) and state.st_size > MOST_BYTES
            if large and ending(path.name) in ARCHIVES:
                yield from open_archive(stream, place.label, place.short)
                return
            if large:
                raise ReadError(
                    f"{place.short}: {state.st_size:,} bytes, and {MOST_BYTES:,} is the most for one document: split it"
                )
            data = read_all(stream, place.short)
    except FileNotFoundError as error:
        raise ReadError(f"{place.label}: no such file: check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadError(f"{place.label}: cannot be read: {reason}: check the path") from error
    file = File(label=place.label, short=place.short, name=plain(path.name), data=data)
    _check_ending(file)
    yield from unpack(file)


def _check_ending(file: File) -> None:
    """Refuse a file whose ending is that of something else, unless its content is a document beyond doubt."""
    name, found = ending(file.name), format_of(file.data, file.name)
    if has_ending(file.name) and name not in KNOWN and found not in _UNMISTAKABLE:
        raise ReadError(
            f"{file.short}: a {name} file, which no reader takes: "
            f"save it as one of {', '.join(sorted(KNOWN))}, or give it as standard input (-) if it is text"
        )
