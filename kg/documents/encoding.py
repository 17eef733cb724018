"""Decode the bytes of a text file and normalise them: one character for a line end, one for a space, no marks of a word processor."""

from __future__ import annotations

import re

from kg.errors import ReadError

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_INVISIBLE = re.compile(
    r"\[bookmark:[^\]\n]*\]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_MOST_LOST = 0.01
"""The share of broken characters up to which a web page is read."""

_SPACE = re.compile(r"[^\S\n\t]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 with a mark, or GB18030.

    Raises `ReadError` where the bytes are none of these, or binary.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\x00" in data[:65536]:
        raise ReadError(f"{name}: a binary file, not text: convert it to text (UTF-8 or GB18030) first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(data, "gb18030", name)
    if _looks_wrong(text):
        raise ReadError(f"{name}: neither UTF-8 nor GB18030 text: save it as UTF-8 and read it again")
    return text


def decode_page(data: bytes, name: str, declared: str = "") -> str:
    """Decode a web page, which is not always in the encoding that it declares.

    UTF-8 is tried first, for nothing else passes for it; then what is declared, then GB18030. A page with a few broken
    bytes is read; each stands as U+FFFD, so that the words around it do not run together to another word.
    Raises `ReadError` as `decode` does.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _nearly(data[len(mark) :], encoding) or _strict(data[len(mark) :], encoding, name)
    zeros = data.count(0)
    if zeros > _MOST_LOST * len(data):
        return decode(data, name)
    data = data.replace(b"\0", b"") if zeros else data
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        tried = ("utf-8", _codec(declared), "gb18030")
    found = (_nearly(data, encoding) for encoding in tried if encoding)
    return next((text for text in found if text and not _looks_wrong(text)), None) or decode(data, name)


def _codec(declared: str) -> str | None:
    """Give the codec of a declared character set; all that GB18030 extends are read as it, and Latin sets say nothing."""
    plain = declared.strip().lower().replace("_", "-")
    if plain.startswith(("gb", "x-gbk", "euc-cn", "cp936", "windows-936")):
        return "gb18030"
    return "big5hkscs" if plain.startswith(("big5", "x-x-big5", "cn-big5")) else None


def _nearly(data: bytes, encoding: str) -> str | None:
    """Decode bytes of which a few may be broken; None where more are than a slip accounts for."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= _MOST_LOST * foreign else None


def normalise(text: str) -> str:
    """Give line ends as one newline, white space as one space for one, and drop invisible characters and bookmarks."""
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", text)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: byte {error.start} is not {encoding}: save the file as UTF-8 or GB18030 and read it again"
        ) from error


def _looks_wrong(text: str) -> bool:
    """Tell whether a decoding gave rare characters where Chinese text has common ones."""
    sample = [c for c in text[:20000] if ord(c) > 127]
    common = sum("\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in sample)
    private = sum("\ue000" <= c <= "\uf8ff" for c in sample)
    return bool(sample) and (common < 0.6 * len(sample) or private > 0.05 * len(sample))
