"""Read a DOCX file: its bytes go in, the lines and tables that Word prints come out, in order, numerals of lists in front."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from kg.documents.fields import Fields
from kg.documents.numbering import Numbering
from kg.documents.package import Package, open_package
from kg.documents.parts import Grid, Line, Part, Parts
from kg.documents.symbols import symbol
from kg.documents.wordml import ALTERNATE, branch, is_on, value, w
from kg.documents.wordstyles import Style, Styles
from kg.documents.wordtable import is_frame, read_grid, shown_cells
from kg.errors import ReadError

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_RUN_BREAKS = frozenset({None, "textWrapping"})
_PAGE = re.compile(r"[\s.…·]*\t[\s.…·]*(?:[-—]?\s*(?:\d{1,3}|[ivxIVX]{1,6})\s*[-—]?)?\s*$")
_SKIPPED = frozenset(
    map(
        w,
        (
            *(
                "pPr",
                "rPr",
                "sectPr",
                "tblPr",
                "tblGrid",
                "trPr",
                "tcPr",
                "sdtPr",
                "sdtEndPr",
                "smartTagPr",
                "customXmlPr",
            ),
            *("del", "moveFrom", "delText", "delInstrText", "rt", "footnoteRef", "endnoteRef", "annotationRef"),
        ),
    )
)
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-", w("cr"): "\n"}
_NOTE_MARKS = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_DELETED_MARKS = (w("del"), w("moveFrom"))

_P, _R, _T, _TBL, _SDT = w("p"), w("r"), w("t"), w("tbl"), w("sdt")
_P_PR, _R_PR, _VANISH = w("pPr"), w("rPr"), w("vanish")
_P_STYLE, _R_STYLE, _FRAME, _TABS, _ALT_CHUNK = w("pStyle"), w("rStyle"), w("framePr"), w("tabs"), w("altChunk")
_BR, _SYM, _BOX = w("br"), w("sym"), w("txbxContent")
_FIELD_CHAR, _INSTRUCTION, _SIMPLE_FIELD = w("fldChar"), w("instrText"), w("fldSimple")


def read_docx(data: bytes, name: str) -> Parts:
    """Read the bytes of a DOCX file. Raises `ReadError` where they are none, damaged, encrypted or made to harm.

    Footnotes and endnotes follow the text, a line each with its number in square brackets: there they cut no paragraph
    and no table from its title, and the outline reads them as no task. What a reader does not see in print (comments,
    deleted and hidden text) and what stands on every page (headers, footers) is left out.
    """
    package = open_package(data, name)
    try:
        return Parts(parts=tuple(_Document(package, name).read()))
    except RecursionError as error:
        raise ReadError(f"{name}: its elements are nested too deeply: open it in Word and save it anew") from error


class _Document:
    """What all stories of a document share: styles, lists and the notes in the order in which the text names them."""

    def __init__(self, package: Package, name: str) -> None:
        self.name = name
        self.styles = Styles(package.styles)
        self.numbering = Numbering(package.numbering, self.styles)
        self.notes: dict[tuple[str, str], None] = {}
        self._package = package

    def read(self) -> list[Part]:
        """Read the body and, below it, its notes."""
        body = self._package.body.find(w("body"))
        if body is None:
            raise ReadError(f"{self.name}: no body in it: not a Word document: open it in Word and save it anew")
        parts = _Story(self).read(body)
        texts = {
            (kind, note.get(w("id"), "")): note
            for kind, root in (("footnotes", self._package.footnotes), ("endnotes", self._package.endnotes))
            for note in (root if root is not None else ())
        }
        marked = sorted(self.notes, key=lambda mark: mark[0] == "endnotes")
        for number, mark in enumerate((mark for mark in marked if mark in texts), start=1):
            text = _text_of(_Story(self).read(texts[mark]))
            parts.append(Line(text=f"[{number}] {' '.join(text.split())}"))
        return parts


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read: its text so far, and the text boxes that are anchored before and after its first words."""

    style: Style
    numeral: str = ""
    text: list[str] = field(default_factory=list)
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    has_page: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed but perhaps a numeral."""
        return not any(map(str.strip, self.text))


class _Story:
    """A run of paragraphs and tables: the body, a cell, a text box or a note."""

    def __init__(self, document: _Document, *, is_cell: bool = False) -> None:
        self._document = document
        self._is_cell = is_cell
        self._parts: list[Part] = []
        self._fields = Fields()
        self._carried: _Paragraph | None = None

    def read(self, element: etree._Element) -> list[Part]:
        """Read all of an element; give the parts."""
        self._blocks(element)
        if self._carried is not None:
            self._print(self._carried)
        return self._parts

    def _blocks(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TBL:
                self._table(child)
            elif child.tag == _ALT_CHUNK:
                raise ReadError(
                    f"{self._document.name}: holds its text as a web page inside: open it in Word and save it anew"
                )
            elif child.tag not in _SKIPPED:
                inner = _shown(child)
                if inner is not None:
                    self._blocks(inner)

    def _table(self, table: etree._Element) -> None:
        """Read a table; a frame of one column around text is no table."""
        if is_frame(table):
            for cell in shown_cells(table):
                self._blocks(cell)
            return
        grid = read_grid(table, lambda cell: _text_of(_Story(self._document, is_cell=True).read(cell)))
        if grid.cells:
            self._parts.append(grid)

    def _paragraph(self, element: etree._Element) -> None:
        """Read a paragraph, as one with the paragraph before it where the mark that ended that one is not printed."""
        properties = element.find(_P_PR)
        style = self._document.styles.of_paragraph(value(properties, _P_STYLE))
        carried, self._carried = self._carried, None
        paragraph = carried or _Paragraph(style)
        paragraph.style = style
        is_begun = not paragraph.is_blank
        self._inline(element, paragraph, is_hidden=style.is_hidden is True)
        self._fields.end_paragraph()
        paragraph.has_page = paragraph.has_page or style.is_contents or _has_leader(properties)
        runs_on = _runs_on(properties)
        if not is_begun and not (runs_on and paragraph.is_blank):
            paragraph.numeral = self._document.numbering.next_numeral(properties, style)
        if runs_on:
            self._carried = paragraph
        else:
            self._print(paragraph)

    def _print(self, paragraph: _Paragraph) -> None:
        """Print a paragraph; a numeral alone stands in a cell (序号), and elsewhere for a heading without words."""
        text = "".join(paragraph.text)
        if self._is_cell or not paragraph.is_blank:
            text = paragraph.numeral + text
        if paragraph.has_page:
            text = _PAGE.sub("", text)
        self._parts += paragraph.before
        self._parts += [Line(text=line.strip("\t ")) for line in text.split("\n")]
        self._parts += paragraph.after

    def _inline(self, element: etree._Element, to: _Paragraph, *, is_hidden: bool) -> None:
        """Read what stands in a paragraph, or in an element inside it."""
        for child in element:
            tag = child.tag
            if tag == _R:
                self._inline(child, to, is_hidden=self._is_hidden(child, is_hidden))
            elif tag in (_T, _MATH_TEXT):
                if not is_hidden and self._fields.is_printed:
                    to.text.append(child.text or "")
            elif tag == _FIELD_CHAR:
                to.text.append(self._fields.mark(child.get(w("fldCharType"), "")))
                to.has_page = to.has_page or self._fields.ends_page_number
            elif tag == _INSTRUCTION:
                self._fields.instruct(child.text or "")
            elif tag == _SIMPLE_FIELD:
                self._simple_field(child, to, is_hidden=is_hidden)
            elif tag == _BOX:
                self._box(child, to)
            elif tag in _NOTE_MARKS:
                self._document.notes[_NOTE_MARKS[tag], child.get(w("id"), "")] = None
            elif tag not in _SKIPPED and not is_hidden:
                self._other(child, to)

    def _other(self, child: etree._Element, to: _Paragraph) -> None:
        """Read a sign, or whatever else holds text or text boxes."""
        sign = _sign(child)
        if sign is None:
            inner = _shown(child)
            if inner is not None:
                self._inline(inner, to, is_hidden=False)
        elif self._fields.is_printed:
            to.text.append(sign)

    def _simple_field(self, element: etree._Element, to: _Paragraph, *, is_hidden: bool) -> None:
        self._fields.mark("begin")
        self._fields.instruct(element.get(w("instr"), ""))
        self._fields.mark("separate")
        self._inline(element, to, is_hidden=is_hidden)
        to.text.append(self._fields.mark("end"))

    def _box(self, box: etree._Element, to: _Paragraph) -> None:
        """Read a text box, which never cuts the paragraph that it is anchored in."""
        side = to.before if to.is_blank else to.after
        side += _Story(self._document).read(box)

    def _is_hidden(self, run: etree._Element, is_hidden: bool) -> bool:
        properties = run.find(_R_PR)
        if properties is None:
            return is_hidden
        own = is_on(properties, _VANISH)
        if own is None:
            style = value(properties, _R_STYLE)
            own = self._document.styles.of_run(style).is_hidden if style else None
        return is_hidden if own is None else own


def _shown(element: etree._Element) -> etree._Element | None:
    """Give what is printed of an element: one branch of alternatives, no hint of an empty content control."""
    if element.tag == ALTERNATE:
        return branch(element)
    if element.tag == _SDT and is_on(element.find(w("sdtPr")), w("showingPlcHdr")):
        return None
    return element


def _sign(element: etree._Element) -> str | None:
    """Give the character that an element stands for; None where it stands for none."""
    tag = element.tag
    if tag == _BR:
        return "\n" if element.get(w("type")) in _RUN_BREAKS else ""
    if tag == _SYM:
        return symbol(element.get(w("font"), ""), element.get(w("char"), ""))
    return _SIGNS.get(tag)


def _runs_on(properties: etree._Element | None) -> bool:
    """Tell whether the mark that ends a paragraph is deleted or hidden, or its letter is set large before the next one."""
    if properties is None:
        return False
    mark = properties.find(_R_PR)
    frame = properties.find(_FRAME)
    is_initial = frame is not None and frame.get(w("dropCap"), "none") != "none"
    is_gone = mark is not None and any(mark.find(name) is not None for name in _DELETED_MARKS)
    return is_initial or is_gone or is_on(mark, _VANISH) is True


def _has_leader(properties: etree._Element | None) -> bool:
    """Tell whether a tab stop of a paragraph leads to a page number with dots."""
    tabs = properties.find(_TABS) if properties is not None else None
    return tabs is not None and any(tab.get(w("leader"), "none") != "none" for tab in tabs)


def _text_of(parts: Sequence[Part]) -> str:
    """Give the text of a cell or a note, whose tables and paragraphs are joined."""
    texts: list[str] = []
    for part in parts:
        texts += [cell.text for cell in part.cells] if isinstance(part, Grid) else [part.text]
    return "\n".join(text for text in texts if text)
