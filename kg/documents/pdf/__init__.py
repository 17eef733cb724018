"""Read a PDF into its parts: paragraphs and tables in reading order, without page numbers and running heads."""

from __future__ import annotations

from kg.documents.parts import Parts
from kg.documents.pdf.reading import read_pages


def read_pdf(data: bytes, name: str) -> Parts:
    """Read the bytes of a PDF."""
    return read_pages(data, name, lambda: None)
