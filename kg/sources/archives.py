"""Read ZIP archives in memory: bytes go in, the files in them come out one by one, and a failure for each that cannot be had."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.documents import MOST_BYTES
from kg.documents.formats import Format, format_of
from kg.errors import ReadError
from kg.sources.file import ARCHIVES, KNOWN, Failure, File, ending, is_aside, plain, shortened

__all__ = ["MOST_ARCHIVE", "is_archive", "open_archive", "unpack"]

MOST_ARCHIVE = 200_000_000
"""Bytes of an archive that is held in memory: from a URL, standard input or another archive. One on disk may be larger."""

MOST_ENTRIES = 20_000
MOST_INFLATED = 2_000_000_000
"""Bytes that one archive, with those inside it, may unpack to."""

_MOST_DIRECTORY = 400 * MOST_ENTRIES
_MOST_DEEP = 3
_MOST_RATIO = 250
"""Plans unpack to some ten times their packed size; what unpacks to more is made to fill a memory."""

_SMALL = 1_000_000
"""Bytes up to which any ratio is harmless."""

_CHUNK = 65_536
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_LINK = 0o120000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EMPTY = b"PK\x05\x06"
_OF_PROGRAMS = (b"[Content_Types].xml", b"mimetype", b"OFD.xml")
"""What the first entry is called in the files of office programs, which are ZIP archives too."""

_FIRST_NAME = 30
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError),
)
"""What the standard library raises for archives that are damaged or made to do harm."""


class _SpentError(ReadError):
    """The limits of the whole archive are spent: nothing more of it is read."""


@dataclass(slots=True)
class _Budget:
    """What is left of the limits for an archive and all archives inside it."""

    entries: int
    inflated: int

    def check(self) -> None:
        """Raise `_SpentError` where a limit is passed."""
        if self.entries < 0:
            raise _SpentError(f"holds more than {MOST_ENTRIES:,} files")
        if self.inflated < 0:
            raise _SpentError(f"unpacks to more than {MOST_INFLATED:,} bytes")


class _Bounded:
    """A file that is not read in one piece larger than the directory of an archive may be."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Read as ever, up to that limit."""
        data = self._stream.read(_MOST_DIRECTORY + 1 if size < 0 else min(size, _MOST_DIRECTORY + 1))
        if len(data) > _MOST_DIRECTORY:
            raise zipfile.BadZipFile(f"its directory is larger than {_MOST_DIRECTORY:,} bytes")
        return data


def is_archive(file: File) -> bool:
    """Tell an archive from a document; a DOCX is a ZIP file too, and is none.

    Raises `ReadError` for a file whose ending and content say different things of it.
    """
    found, name = format_of(file.data, file.name), ending(file.name)
    if found is Format.ZIP:
        if name not in ARCHIVES and file.data.startswith(_OF_PROGRAMS, _FIRST_NAME):
            raise ReadError(f"{file.short}: a file of another program, or damaged: save it as DOCX, PDF or text")
        if name in KNOWN - ARCHIVES:
            raise ReadError(f"{file.short}: a ZIP archive, not one document: rename it to end in .zip")
        return True
    if name not in ARCHIVES or found not in (Format.TEXT, Format.OTHER) or file.data.startswith(_EMPTY):
        return name in ARCHIVES and file.data.startswith(_EMPTY)
    raise ReadError(f"{file.short}: not a ZIP archive, or a damaged one: pack it again as ZIP")


def unpack(file: File) -> Iterator[File | Failure]:
    """Give the files in an archive, by name, and those of archives in it; a file that is none comes as it is."""
    yield from _expanded(file, _Budget(MOST_ENTRIES, MOST_INFLATED), 0)


def open_archive(stream: BinaryIO, label: str, short: str) -> Iterator[File | Failure]:
    """Give the files in an archive that is too large to be held in memory."""
    yield from _entries(stream, (label, short), _Budget(MOST_ENTRIES, MOST_INFLATED), 1)


def _expanded(file: File, budget: _Budget, depth: int) -> Iterator[File | Failure]:
    try:
        inside = is_archive(file)
    except ReadError as error:
        yield Failure(source=file.label, reason=str(error))
        return
    if inside and depth >= _MOST_DEEP:
        reason = f"{file.short}: archives in archives, more than {_MOST_DEEP} deep: unpack it first"
        yield Failure(source=file.label, reason=reason)
    elif inside:
        yield from _entries(io.BytesIO(file.data), (file.label, file.short), budget, depth + 1)
    else:
        yield file


def _entries(stream: BinaryIO, labels: tuple[str, str], budget: _Budget, depth: int) -> Iterator[File | Failure]:
    """Read the entries of an archive; what goes wrong with one is told and the next is read."""
    label, short = labels
    try:
        archive = zipfile.ZipFile(_Bounded(stream))
        wanted = _wanted(archive)
    except _BROKEN as error:
        reason = f"{short}: a ZIP archive that cannot be unpacked ({_brief(error)}): pack it again, or fetch it again"
        yield Failure(source=label, reason=reason)
        return
    budget.entries -= len(archive.infolist())
    if not wanted:
        yield Failure(source=label, reason=f"{short}: holds no document and no records: give it files that do")
    for inner, info in wanted:
        name = inner.rpartition("/")[2]
        try:
            budget.check()
            data = _inflate(archive, info, f"{short}/{inner}", budget)
            file = File(label=f"{label}/{inner}", short=f"{short}/{inner}", name=name, data=data)
            yield from _expanded(file, budget, depth)
        except _SpentError as error:
            if depth > 1:
                raise
            yield Failure(source=label, reason=f"{short}: {error}: the rest was not read: split it")
            return
        except ReadError as error:
            yield Failure(source=f"{label}/{inner}", reason=str(error))


def _wanted(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Give the entries that may be documents, records or archives, with the names that they are called by."""
    files = ((_name(info), info) for info in archive.infolist() if not info.is_dir() and not _is_link(info))
    wanted = [(name, info) for name, info in files if ending(name) in KNOWN and not any(map(is_aside, name.split("/")))]
    return sorted(wanted, key=lambda entry: (entry[0].split("/"), entry[1].header_offset))


def _is_link(info: zipfile.ZipInfo) -> bool:
    return (info.external_attr >> 16) & 0o170000 == _LINK


def _name(info: zipfile.ZipInfo) -> str:
    r"""Give the name of an entry as a label: parts between `/`, without drives, `..` and what leads to the root.

    The standard library takes names without the UTF-8 flag for those of DOS; Chinese Windows writes GB18030 there.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030", "cp437"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = (part for part in re.split(r"[/\\]+", name) if part not in ("", ".", ".."))
    return "/".join(shortened(plain(part)) for part in parts if not re.fullmatch("[A-Za-z]:", part))


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, short: str, budget: _Budget) -> bytes:
    """Unpack one entry, watching its real size and not the one that its header claims."""
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{short}: encrypted: unpack it with its password and give what was in it")
    if info.compress_type not in _METHODS:
        raise ReadError(f"{short}: packed in a way that few programs read: pack it again as usual ZIP")
    most = MOST_ARCHIVE if ending(short) in ARCHIVES else MOST_BYTES
    data = bytearray()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                data += chunk
                budget.inflated -= len(chunk)
                budget.check()
                _check(len(data), info.compress_size, short, most)
    except _BROKEN as error:
        raise ReadError(f"{short}: damaged ({_brief(error)}): pack it again, or fetch it again") from error
    return bytes(data)


def _check(size: int, packed: int, short: str, most: int) -> None:
    if size > most:
        raise ReadError(f"{short}: more than {most:,} bytes, the most for one file in an archive: split it")
    if size > _SMALL and size > _MOST_RATIO * packed:
        raise ReadError(f"{short}: unpacks to more than {_MOST_RATIO} times its packed size: no document does")


def _brief(error: Exception) -> str:
    """Give the library's word for what is wrong, on one line and without names of its own."""
    words = plain(str(error).split(" for ")[0].split(":")[0]).strip().rstrip(".")
    return words[:1].lower() + words[1:] if words else "cut short"
