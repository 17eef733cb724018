"""Read a source, a path or bytes, into a `Document`: normalised text with paragraphs and tables."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kg.documents.document import Block, Document, Paragraph
from kg.documents.encoding import decode, normalise
from kg.documents.privacy import mask, redact
from kg.documents.table import ColumnKind, Table
from kg.documents.text import blocks
from kg.errors import ReadError
from kg.grammar.characters import HAN

__all__ = ["Block", "Document", "Paragraph", "read"]

MOST_BYTES = 20_000_000
"""A plan of the genre has some ten thousand characters; a larger text is no plan."""

_HAN = re.compile(HAN)
_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP-based file (DOCX, XLSX)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}


def read(source: str | Path | bytes, *, name: str | None = None) -> Document:
    """Read one plain-text document, UTF-8 or GB18030, from a path or from its bytes.

    Personal names and telephone numbers are masked first; white space and line ends are normalised; all offsets of
    the records point into `Document.text`. Raises `ReadError` with the name of the source, what is wrong and the mend.
    """
    if isinstance(source, bytes):
        data, label = source, name or "input"
    else:
        data, label = _bytes_of(Path(source)), name or Path(source).name
    if len(data) > MOST_BYTES:
        raise ReadError(f"{label}: {len(data):,} bytes, and {MOST_BYTES:,} is the most for one document: split it")
    for mark, what in _FORMATS.items():
        if data.startswith(mark):
            raise ReadError(f"{label}: {what}, and only plain text can be read: save it as text first")
    text = redact(normalise(decode(data, label)))
    if not text.strip():
        raise ReadError(f"{label}: empty: nothing to read")
    if not _HAN.search(text):
        raise ReadError(f"{label}: holds no Chinese text: only plans in Chinese are read")
    text, found = _without_persons(text, blocks(text))
    return Document(name=label, sha256=hashlib.sha256(data).hexdigest(), text=text, blocks=found)


def _without_persons(text: str, found: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Mask the cells of columns that name persons, and read the text again where there are any."""
    tables = [block for block in found if isinstance(block, Table)]
    cells = [row.cells[at] for t in tables for at in t.indexes(ColumnKind.PERSON) for row in t.rows if at in row.cells]
    if not cells:
        return text, found
    hidden = {at for cell in cells for at in cell.offsets}
    text = "".join(mask(char) if at in hidden else char for at, char in enumerate(text))
    return text, blocks(text)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise ReadError(
                f"{path}: {path.stat().st_size:,} bytes, and {MOST_BYTES:,} is the most for one document: split it"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"{path}: no such file: check the path") from error
    except IsADirectoryError as error:
        raise ReadError(f"{path}: a folder: name the files in it, for example {path}/*.txt") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from error
