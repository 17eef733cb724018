"""Tell what kind of file some bytes are, by their first marks and, where these say nothing, by the name."""

from __future__ import annotations

import re
import struct
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

BROKEN_ZIP = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    struct.error,
    RuntimeError,
)
"""What `zipfile` raises where a file is cut, changed or made up."""


class Format(StrEnum):
    """A kind of file; those that no reader takes are told from text so that an error can name them."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    OFD = "ofd"
    WORD_XML = "word-xml"
    BROKEN_ZIP = "broken-zip"
    ZIP = "zip"
    OTHER = "other"


_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|table|p|span)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)
_HTML_NAMES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
_HEAD = 4096
_OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"BZh")
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word\.Document|<(?:pkg:package|w:wordDocument)\s")
_LARGEST_TYPES = 1_000_000
_BY_CONTENT = (
    (re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macro"), Format.DOCX),
    (re.compile(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)\."), Format.XLSX),
    (re.compile(rb"presentationml\.(?:presentation|template|slideshow)\.main|ms-powerpoint\."), Format.PPTX),
)
_BY_PART = (("word/document.xml", Format.DOCX), ("xl/workbook.xml", Format.XLSX), ("ppt/presentation.xml", Format.PPTX))


def format_of(data: bytes, name: str) -> Format:
    """Give the format of a file from its bytes; `name` decides only between text and HTML."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format.DOC
    if head.startswith(_OTHERS):
        return Format.OTHER
    is_named = PurePath(name).suffix.lower() in _HTML_NAMES
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and _WORD_XML.search(head):
        return Format.WORD_XML
    is_marked = start.startswith(b"<") and _HTML.search(head) is not None
    return Format.HTML if is_marked or (is_named and b"<" in data) else Format.TEXT


def _format_of_zip(data: bytes) -> Format:
    """Tell an Office document from an archive by the types of its parts, or, where it does not list them, by their names."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = {entry.filename.replace("\\", "/").lower(): entry for entry in archive.infolist()}
            types = _start_of(archive, entries.get("[content_types].xml"))
            kind = _start_of(archive, entries.get("mimetype"))
    except BROKEN_ZIP:
        return Format.BROKEN_ZIP
    found = next((form for pattern, form in _BY_CONTENT if pattern.search(types)), None)
    found = found or next((form for part, form in _BY_PART if part in entries), None)
    if found is None and kind.startswith(b"application/vnd.oasis.opendocument"):
        return Format.ODT
    if found is None and "ofd.xml" in entries:
        return Format.OFD
    return found or Format.ZIP


def _start_of(archive: ZipFile, entry: ZipInfo | None) -> bytes:
    """Read the start of an entry that tells of the others; nothing where there is none or it is encrypted."""
    if entry is None or entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return b""
    with archive.open(entry) as stream:
        return stream.read(_LARGEST_TYPES)
