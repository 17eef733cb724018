"""Read the pages of a PDF into parts: paragraphs and grids in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from kg.documents.parts import Line, Part, Parts
from kg.documents.pdf.aligned import take_aligned
from kg.documents.pdf.furniture import Row, without_furniture
from kg.documents.pdf.lattice import Lattice, find_lattices
from kg.documents.pdf.lines import TextLine, in_order, lines_of, rows_of
from kg.documents.pdf.page import Glyph, Page, take_page
from kg.documents.pdf.paragraphs import follows, join_text, margins_of, pitches_of, without_leaders
from kg.documents.pdf.tables import RuledTable, Sorted, continued, fill
from kg.errors import ReadError

MOST_PAGES = 1_000
"""A plan has some tens of pages; a longer file is a book of them."""
_MOST_UNKNOWN = 0.2
_MOST_NAMED = 5
_OCR = "ocrmypdf -l chi_sim in.pdf out.pdf"
_CONTINUED = re.compile(r"[(（]?(?:续(?:上?表)?|(?:上接|接上)[页表]?|续前表)[\d一二三四五六七八九十-]{0,4}[)）]?[:：]?")

Item = TextLine | RuledTable


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """A page taken apart: the rows of its text, its tables, and the lines in its frames of one column."""

    rows: list[list[TextLine]]
    tables: list[RuledTable] = field(default_factory=list)
    framed: list[list[TextLine]] = field(default_factory=list)
    span: tuple[float, float]


def read_pages(data: bytes, tick: Callable[[], object]) -> Parts:
    """Read the bytes of a PDF; `tick` is called after each step with a page.

    Raises `ReadError` for what cannot be read in whole: encrypted, broken, or scanned without OCR.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(_reason(error)) from None
    try:
        pages = _take_pages(document, tick)
    finally:
        document.close()
    widths = [page.width for page in pages]
    sheets = []
    for number, page in enumerate(pages):
        sheets.append(_sheet(page, number))
        tick()
    kept = without_furniture([sheet.rows for sheet in sheets], [sheet.span for sheet in sheets])
    items = [item for sheet, rows in zip(sheets, kept, strict=True) for item in _items(sheet, rows)]
    return Parts(parts=tuple(_parts(_whole_tables(items), widths)))


def _reason(error: pdfium.PdfiumError) -> str:
    match getattr(error, "err_code", None):
        case raw.FPDF_ERR_PASSWORD:
            return (
                "a PDF locked with a password: save it without one first (qpdf --decrypt --password=… in.pdf out.pdf)"
            )
        case raw.FPDF_ERR_SECURITY:
            return "a PDF of an unknown encryption: print it to a new PDF first"
        case _:
            return "a broken PDF: fetch it again, or print it to a new PDF"


def _take_pages(document: pdfium.PdfDocument, tick: Callable[[], object]) -> list[Page]:
    """Take all pages; refuse the file where one of them cannot be read."""
    count = len(document)
    if not count:
        raise ReadError("a broken PDF, without pages: fetch it again, or print it to a new PDF")
    if count > MOST_PAGES:
        raise ReadError(f"{count:,} pages, and {MOST_PAGES:,} is the most for one document: split it")
    pages: list[Page] = []
    broken: list[int] = []
    for number in range(count):
        try:
            page = document[number]
            pages.append(take_page(page))
            page.close()
        except pdfium.PdfiumError:
            broken.append(number)
        tick()
    if broken:
        raise ReadError(f"a broken PDF: {_named(broken)} cannot be read: fetch it again, or print it to a new PDF")
    _refuse_unread(pages)
    return pages


def _refuse_unread(pages: Sequence[Page]) -> None:
    """Refuse scans and fonts that name no characters: what they say would be missing, and nobody would see it."""
    scans = [number for number, page in enumerate(pages) if page.is_scan]
    if not any(page.glyphs for page in pages):
        what = "scanned pages without text" if scans else "a PDF without text"
        raise ReadError(f"{what}: run OCR first ({_OCR})")
    if scans:
        option = _OCR.replace("-l", "--skip-text -l")
        raise ReadError(f"{_named(scans)} scanned, without text: run OCR first ({option})")
    unknown = sum(page.unknown for page in pages)
    if unknown > _MOST_UNKNOWN * (unknown + sum(len(page.glyphs) for page in pages)):
        option = _OCR.replace("-l", "--force-ocr -l")
        raise ReadError(f"fonts that do not tell which characters they print: run OCR first ({option})")


def _named(numbers: Sequence[int]) -> str:
    names = ", ".join(str(number + 1) for number in numbers[:_MOST_NAMED])
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"page {names}" if len(numbers) == 1 else f"pages {names}{more}"


def _sheet(page: Page, number: int) -> _Sheet:
    """Take a page apart into tables, frames and rows of text."""
    lattices, parted = _sorted(page)
    rows = [lines_of(row, page=number) for row in rows_of(parted.rest)]
    room = (0.0, page.width)
    sheet = _Sheet(rows=[[replace(line, room=room) for line in row] for row in rows], span=(page.height, 0.0))
    for at, lattice in enumerate(lattices):
        sheet.span = min(sheet.span[0], lattice.top), max(sheet.span[1], lattice.bottom)
        if len(lattice.across) > 2:
            sheet.tables.append(fill(lattice, parted.upright[at], parted.sideways[at], number))
            continue
        for cell in lattice.cells:
            inside = _framed(parted.upright[at].get(cell, []), number, (cell.left, cell.right))
            name = f"{at}.{cell.row}"
            sheet.framed.append([replace(line, column=f"{name}{line.column}") for line in inside])
    return sheet


def _sorted(page: Page) -> tuple[list[Lattice], Sorted]:
    """Find the tables and frames of a page and sort its characters into them.

    Lattices with text in fewer than two cells are charts, or frames around pictures.
    """
    lattices = find_lattices(page)
    parted = Sorted(lattices, page.glyphs, page.turned)
    real = [
        lattice
        for at, lattice in enumerate(lattices)
        if len(lattice.cells) == 1 or len({*parted.upright[at], *parted.sideways[at]}) > 1
    ]
    return (lattices, parted) if real == lattices else (real, Sorted(real, page.glyphs, page.turned))


def _framed(glyphs: Sequence[Glyph], number: int, room: tuple[float, float]) -> list[TextLine]:
    """Read the text in a frame as a page of its own."""
    rows = [lines_of(row, page=number) for row in rows_of(glyphs)]
    return in_order([[replace(line, room=room) for line in row] for row in rows])


def _items(sheet: _Sheet, rows: Sequence[Row]) -> list[Item]:
    """Give the lines and tables of a page in reading order."""
    tables, rows = take_aligned(rows)
    blocks: list[tuple[float, list[Item]]] = [(table.top, [table]) for table in (*sheet.tables, *tables)]
    blocks += [(lines[0].top, [*lines]) for lines in sheet.framed if lines]
    blocks.sort(key=lambda block: block[0])
    found: list[Item] = []
    start = 0
    for top, block in blocks:
        end = next((at for at in range(start, len(rows)) if rows[at][0].middle > top), len(rows))
        found += [*in_order(rows[start:end]), *block]
        start = end
    return [*found, *in_order(rows[start:])]


def _whole_tables(items: Sequence[Item]) -> list[Item]:
    """Put the parts of tables together that page breaks, and the words that say so, part."""
    made: list[Item] = []
    for item in items:
        if isinstance(item, RuledTable):
            words = [at for at in (len(made) - 1,) if at > 0 and _says_continued(made[at])]
            place = len(made) - 1 - len(words)
            last = made[place] if place >= 0 else None
            whole = continued(last, item) if isinstance(last, RuledTable) else None
            if whole is not None:
                made[place:] = [whole]
                continue
        made.append(item)
    return made


def _says_continued(item: Item) -> bool:
    return isinstance(item, TextLine) and _CONTINUED.fullmatch(item.text.replace(" ", "")) is not None


def _parts(items: Sequence[Item], widths: Sequence[float]) -> list[Part]:
    """Join lines to paragraphs and give all parts."""
    lines = [item for item in items if isinstance(item, TextLine)]
    margins, pitches = margins_of(lines, widths), pitches_of(lines)
    parts: list[Part] = []
    paragraph: list[TextLine] = []
    for item in items:
        if isinstance(item, TextLine) and paragraph:
            last = paragraph[-1]
            before = margins[last.page, last.column]
            pitch = pitches.get(round(item.size), 2 * item.size)
            if follows(item, last, margins[item.page, item.column], before, pitch):
                paragraph.append(item)
                continue
        if paragraph:
            parts.append(_paragraph(paragraph))
            paragraph = []
        if isinstance(item, TextLine):
            paragraph = [item]
        else:
            parts.append(item.grid())
    return [*parts, _paragraph(paragraph)] if paragraph else parts


def _paragraph(lines: Sequence[TextLine]) -> Line:
    return Line(text=without_leaders(join_text(line.text for line in lines)))
