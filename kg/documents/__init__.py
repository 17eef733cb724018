"""Read a file, a path or bytes in any of the formats, into a `Document`: normalised text with paragraphs and tables."""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from pathlib import Path

from kg.documents.document import Block, Document, Paragraph
from kg.documents.encoding import decode, normalise
from kg.documents.formats import Format, format_of
from kg.documents.layout import Layout, blocks_of, of_parts, of_text
from kg.documents.parts import Parts
from kg.documents.privacy import mask, redact
from kg.documents.table import ColumnKind, Table
from kg.errors import ReadError
from kg.grammar.characters import HAN

__all__ = ["Block", "Document", "Paragraph", "read"]

MOST_BYTES = 20_000_000
"""A plan of the genre has some ten thousand characters; a larger text is no plan."""

_HAN = re.compile(HAN)
_OTHER = {
    Format.XLSX: "a workbook (XLSX), not a document: save the sheet as DOCX or PDF",
    Format.PPTX: "a presentation (PPTX), not a document: save it as DOCX or PDF",
    Format.ODT: "an OpenDocument file: open it in a word processor and save it as DOCX",
    Format.OFD: "an OFD file: open it in an OFD reader and save it as PDF",
    Format.WORD_XML: "a Word document saved as one XML file: open it in Word and save it as DOCX",
    Format.BROKEN_ZIP: "a damaged DOCX file or archive: copy it again, or open it in Word and save it anew",
    Format.ZIP: "an archive, not one document: give it to a command, or to kg.gather, which read what is in it",
    Format.OTHER: "a picture, an archive or a file of another program: save it as DOCX, PDF or text first",
}


def read(source: str | Path | bytes, *, name: str | None = None) -> Document:
    """Read one document, plain text, HTML, DOCX, PDF or DOC, from a path or from its bytes.

    Personal names and telephone numbers are masked first; white space and line ends are normalised; all offsets of
    the records point into `Document.text`. Raises `ReadError` with the name of the source, what is wrong and the mend.
    """
    if isinstance(source, bytes):
        data, label = source, name or "input"
    else:
        data, label = _bytes_of(Path(source)), name or Path(source).name
    if len(data) > MOST_BYTES:
        raise ReadError(f"{label}: {len(data):,} bytes, and {MOST_BYTES:,} is the most for one document: split it")
    layout, meta = _layout(data, label)
    text = redact(layout.text)
    if not text.strip():
        raise ReadError(f"{label}: empty: nothing to read")
    if not _HAN.search(text):
        raise ReadError(f"{label}: holds no Chinese text: only plans in Chinese are read")
    text, found = _without_persons(text, layout)
    return Document(name=label, sha256=hashlib.sha256(data).hexdigest(), text=text, blocks=found, meta=meta)


def _layout(data: bytes, label: str) -> tuple[Layout, tuple[tuple[str, str], ...]]:
    """Read the bytes with the reader of their format and lay out what it finds."""
    form = format_of(data, label)
    if form in _OTHER:
        raise ReadError(f"{label}: {_OTHER[form]}")
    if form is Format.TEXT:
        return of_text(normalise(decode(data, label))), ()
    module, function = _READERS[form]
    parts: Parts = getattr(import_module(module), function)(data, label)
    return of_parts(parts), tuple((key, redact(value)) for key, value in sorted(parts.meta.items()))


_READERS = {
    Format.HTML: ("kg.documents.html", "read_html"),
    Format.DOCX: ("kg.documents.docx", "read_docx"),
    Format.PDF: ("kg.documents.pdf", "read_pdf"),
    Format.DOC: ("kg.documents.doc", "read_doc"),
}
"""The module and function of each reader, bytes and name to `Parts`; loaded when first used, for some bring large libraries."""


def _without_persons(text: str, layout: Layout) -> tuple[str, tuple[Block, ...]]:
    """Mask the cells of columns that name persons, and find the blocks again where there are any."""
    found = blocks_of(layout.stretches, text)
    tables = [block for block in found if isinstance(block, Table)]
    cells = [row.cells[at] for t in tables for at in t.indexes(ColumnKind.PERSON) for row in t.rows if at in row.cells]
    if not cells:
        return text, found
    hidden = {at for cell in cells for at in cell.offsets}
    text = "".join(mask(char) if at in hidden else char for at, char in enumerate(text))
    return text, blocks_of(layout.stretches, text)


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
