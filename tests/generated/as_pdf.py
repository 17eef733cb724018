"""Write a sketch as a PDF: wrapped paragraphs with indents, ruled tables that run over pages, page numbers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Ruled

from .pick import Pick
from .sketch import Line, Sketch, Table

_FONT = "STSong-Light"


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a PDF is set: the size of its type and the form of its page numbers."""

    size: int = 12
    number: str = "- {} -"
    repeated: bool = True


def draw_sheet(pick: Pick) -> Sheet:
    """Draw the setting of a PDF."""
    return Sheet(pick.one((12, 14, 16)), pick.one(("- {} -", "{}", "— {} —", "第{}页")), repeated=not pick.chance(3))


@cache
def _register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def pdf_of(sketch: Sketch, sheet: Sheet) -> bytes:
    """Write a plan as a PDF."""
    _register()
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        topMargin=32 * mm,
        bottomMargin=30 * mm,
        invariant=1,
    )
    flow: list[Flowable] = []
    for part in sketch.parts:
        flow += [_line(part, sheet)] if isinstance(part, Line) else [_table(part, sheet), Spacer(1, 12)]
    document.build(flow, onFirstPage=_numbered(sheet), onLaterPages=_numbered(sheet))
    return stream.getvalue()


def _numbered(sheet: Sheet) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 15 * mm, sheet.number.format(document.page))
        canvas.restoreState()

    return draw


def _line(line: Line, sheet: Sheet) -> Flowable:
    if line.center:
        style = ParagraphStyle(
            "title", fontName=_FONT, fontSize=sheet.size + 2, leading=(sheet.size + 2) * 1.6, alignment=TA_CENTER,
            wordWrap="CJK", spaceBefore=10, spaceAfter=10,
        )  # fmt: skip
    else:
        style = ParagraphStyle(
            "text",
            fontName=_FONT,
            fontSize=sheet.size,
            leading=sheet.size * 1.6,
            firstLineIndent=2 * sheet.size,
            wordWrap="CJK",
        )
    return Paragraph(escape(line.whole), style)


def _table(table: Table, sheet: Sheet) -> Flowable:
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    width = len(table.header)
    cells: list[list[Any]] = [[""] * width for _ in range(len(table.rows) + 1)]
    commands: list[Any] = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for at, row in enumerate(table.spans()):
        for column, text, rows, columns in row:
            cells[at][column] = Paragraph(escape(text), style)
            if rows > 1 or columns > 1:
                commands.append(("SPAN", (column, at), (column + columns - 1, at + rows - 1)))
    room = 156 * mm
    widths = [
        9 * mm if word == "序号" else (room - 9 * mm * ("序号" in table.header)) / (width - ("序号" in table.header))
        for word in table.header
    ]
    return Ruled(cells, colWidths=widths, style=commands, repeatRows=1 if sheet.repeated else 0)
