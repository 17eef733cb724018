"""Read a PDF into its parts: paragraphs and tables in reading order, without page numbers and running heads."""

from __future__ import annotations

import os

from kg.documents.parts import Parts
from kg.documents.pdf.worker import worker_of


def read_pdf(data: bytes, name: str) -> Parts:
    """Read the bytes of a PDF.

    Raises `ReadError` for what cannot be read in whole: locked, broken, scanned without OCR, or endless.
    """
    return worker_of(os.getpid()).read(data, name)
