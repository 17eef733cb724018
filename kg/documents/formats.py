"""Tell what kind of file some bytes are, by their first marks and, where these say nothing, by the name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Format(StrEnum):
    """A kind of file; those that no reader takes are told from text so that an error can name them."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    ZIP = "zip"
    OTHER = "other"


_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|table|p|span)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)
_HTML_NAMES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
_HEAD = 4096
_OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"BZh")
_DOCX_PART = b"word/document"


def format_of(data: bytes, name: str) -> Format:
    """Give the format of a file from its bytes; `name` decides only between text and HTML."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return Format.DOCX if _DOCX_PART in data else Format.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format.DOC
    if head.startswith(_OTHERS):
        return Format.OTHER
    is_named = PurePath(name).suffix.lower() in _HTML_NAMES
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_marked = start.startswith(b"<") and _HTML.search(head) is not None
    return Format.HTML if is_marked or (is_named and b"<" in data) else Format.TEXT
