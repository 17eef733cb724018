"""Write a sketch as a Word file: numerals typed or kept by Word, tables with merged cells."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.shared import OxmlElement

from .pick import Pick
from .sketch import Line, Sketch, Table

_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
_NUMERAL = re.compile(r"[一二三四五六七八九十\d]+")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a Word file is made: whether Word keeps the numerals of headings, and whether headings have the style of one."""

    numbered: bool = False
    styled: bool = False
    split: bool = False


def draw_manner(pick: Pick) -> Manner:
    """Draw the make of a Word file."""
    return Manner(numbered=pick.chance(2), styled=pick.chance(2), split=pick.chance(2))


def docx_of(sketch: Sketch, manner: Manner) -> bytes:
    """Write a plan as a Word file."""
    document = Document()
    number = _add_numbering(document, sketch) if manner.numbered else None
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    for part in sketch.parts:
        if isinstance(part, Line):
            _add_line(document, part, manner, number)
        else:
            _add_table(document, part)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _is_counted(line: Line) -> bool:
    """Tell whether Word can count the numeral of a line: 一、 （一） 1. and no article or item."""
    return line.level > 0 and not line.numeral.startswith("第")


def _add_line(document: Any, line: Line, manner: Manner, number: int | None) -> None:
    style = f"Heading {line.level}" if manner.styled and line.level and len(line.text) < 30 else None
    counted = number is not None and _is_counted(line)
    text = line.text if counted else line.whole
    paragraph = document.add_paragraph(style=style)
    half = len(text) // 2 if manner.split else len(text)
    paragraph.add_run(text[:half])
    if text[half:]:
        paragraph.add_run(text[half:]).bold = True
    if line.center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if counted:
        properties = paragraph._p.get_or_add_pPr()
        counting = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", line.level - 1), ("w:numId", number)):
            element = OxmlElement(tag)
            element.set(qn("w:val"), str(value))
            counting.append(element)
        properties.append(counting)


def _add_numbering(document: Any, sketch: Sketch) -> int:
    """Add the numbering of headings on three levels, with the marks that the plan prints; give its number."""
    numbering = document.part.numbering_part.element
    counted = [part for part in sketch.parts if isinstance(part, Line) and _is_counted(part)]
    printed = {line.level: _NUMERAL.sub(f"%{line.level}", line.numeral) for line in reversed(counted)}
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{printed.get(at + 1, text)}"/><w:lvlJc w:val="left"/></w:lvl>'
        for at, (form, text) in enumerate(_LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def _add_table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows) + 1, cols=len(table.header))
    for at, row in enumerate(table.spans()):
        for column, text, rows, columns in row:
            cell = grid.cell(at, column)
            if rows > 1 or columns > 1:
                cell = cell.merge(grid.cell(at + rows - 1, column + columns - 1))
            cell.text = text
