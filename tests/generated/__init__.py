"""Invented plans drawn at random, written in each format, and the records that a reader must find in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from . import old_word
from .as_doc import doc_of
from .as_docx import docx_of, draw_manner
from .as_html import draw_page, html_of
from .as_pdf import draw_sheet, pdf_of
from .as_text import PLAIN, draw_layout, text_of
from .facts import apart, difference, expected, found, without_spans
from .pick import Pick, Seeded
from .plans import draw_sketch
from .sketch import Sketch, Table

__all__ = [
    "FORMATS",
    "Pick",
    "Seeded",
    "Table",
    "Written",
    "apart",
    "difference",
    "draw_sketch",
    "expected",
    "found",
    "old_word",
    "without_spans",
    "write",
    "written",
]

FORMATS = ("html", "docx", "doc", "pdf")
"""The formats beside plain text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A plan, the file that it was written to, and the same plan as plain text."""

    sketch: Sketch
    data: bytes
    name: str
    text: str

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        """Let hypothesis print the text and not the fields."""
        printer.text(f"{self.name}:\n{self.text}")


@st.composite
def written(draw: st.DrawFn, form: str) -> Written:
    """Draw a plan and write it in a format."""
    pick = Pick(draw)
    return write(draw_sketch(pick), form, pick)


def write(sketch: Sketch, form: str, pick: Pick) -> Written:
    """Write a plan in a format whose make is drawn."""
    if form == "text":
        text = text_of(sketch, draw_layout(pick))
        return Written(sketch=sketch, data=text.encode(), name="plan.txt", text=text)
    if form == "html":
        data = html_of(sketch, draw_page(pick))
    elif form == "docx":
        data = docx_of(sketch, draw_manner(pick))
    elif form == "doc":
        data = doc_of(sketch)
    else:
        data = pdf_of(sketch, draw_sheet(pick))
    return Written(sketch=sketch, data=data, name=f"plan.{form}", text=text_of(sketch, PLAIN))
