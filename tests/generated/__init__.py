"""Invented plans drawn at random, written in each format, and the records that a reader must find in them."""

from __future__ import annotations

from .as_docx import docx_of, draw_manner
from .as_html import draw_page, html_of
from .as_pdf import draw_sheet, pdf_of
from .as_text import draw_layout, text_of
from .facts import difference, expected, found
from .pick import Pick
from .plans import draw_sketch
from .sketch import Sketch

__all__ = ["FORMATS", "Pick", "Sketch", "difference", "draw_sketch", "expected", "found", "write"]

FORMATS = ("text", "html", "docx", "pdf")
_NAMES = {"text": "plan.txt", "html": "plan.html", "docx": "plan.docx", "pdf": "plan.pdf"}


def write(sketch: Sketch, form: str, pick: Pick) -> tuple[bytes, str]:
    """Write a plan in a format, its make drawn; give the bytes and the name of the file."""
    if form == "text":
        data = text_of(sketch, draw_layout(pick)).encode()
    elif form == "html":
        data = html_of(sketch, draw_page(pick))
    elif form == "docx":
        data = docx_of(sketch, draw_manner(pick))
    else:
        data = pdf_of(sketch, draw_sheet(pick))
    return data, _NAMES[form]
