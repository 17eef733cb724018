"""Read a DOC file through the program antiword: bytes go in, the lines and tables that it prints come out."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.documents.docbook import has_lists, read_tables
from kg.documents.parts import Grid, Line, Part, Parts
from kg.errors import ReadError

PROGRAM = "antiword"
_SECONDS = 5
_SAVE = "open it in Word and save it as DOCX"
_OTHERS = (
    ("EncryptedPackage", "encrypted: save it without a password first"),
    ("WordDocument", ""),
    ("PowerPoint Document", "an old Office presentation (PPT), not a document: save it as DOCX or PDF"),
    ("Workbook", "an old Office workbook (XLS), not a document: save the sheet as DOCX or PDF"),
    ("Book", "an old Office workbook (XLS), not a document: save the sheet as DOCX or PDF"),
)
"""The streams by which the kinds of old Office files are told apart; a document may hold a workbook, so the order counts."""

_RULE = re.compile(r"-{20,}")
_NOTE = re.compile(r"\[(?:\d{1,3}|[ivxlcdm]{1,9})\]")
_PICTURE = "[pic]"
_BAR = "|"


def read_doc(data: bytes, name: str) -> Parts:
    """Read the bytes of a DOC file (Word 6 to 2003). Raises `ReadError` where antiword is missing or cannot read them.

    Word keeps numerals of lists apart from the text, and antiword prints 1. for 一、 and （一） alike: a file with such
    lists is refused rather than read with another outline.
    """
    _refuse_others(data, name)
    program = shutil.which(PROGRAM)
    if program is None:
        raise ReadError(
            f"{name}: an old Word file (DOC), which the program antiword reads: install it (apt install antiword), "
            "or save the file as DOCX"
        )
    try:
        with TemporaryDirectory(prefix="kg-") as folder:
            path = Path(folder) / "document.doc"
            path.write_bytes(data)
            text = _printed(name, program, "-w", "0", str(path))
            docbook = _printed(name, program, "-x", "db", str(path))
    except OSError as error:
        raise ReadError(f"{name}: antiword cannot be run ({error.strerror}): {_SAVE}") from error
    if has_lists(docbook):
        raise ReadError(f"{name}: Word numbers its paragraphs, and antiword does not know Chinese numerals: {_SAVE}")
    return Parts(parts=tuple(_parts(text, read_tables(docbook), name)))


def _refuse_others(data: bytes, name: str) -> None:
    """Refuse an Office file that holds no Word text that can be read."""
    for stream, reason in _OTHERS:
        if f"{stream}\0".encode("utf-16-le") in data:
            if reason:
                raise ReadError(f"{name}: {reason}")
            return
    raise ReadError(f"{name}: an old Office file in which no Word document is found: {_SAVE}")


def _printed(name: str, program: str, *arguments: str) -> str:
    """Run antiword and give what it prints."""
    command = [program, "-m", "UTF-8.txt", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  (the program of that name, on a file of our own)
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{name}: antiword takes longer than {_SECONDS} seconds for it: {_SAVE}") from error
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode or not text.strip():
        said = done.stderr.decode("utf-8", "replace").replace(arguments[-1], "it").split("\n", 1)[0].strip(" .")
        raise ReadError(f"{name}: antiword cannot read it ({said or 'it stopped'}): {_SAVE}")
    return text


def _parts(text: str, tables: list[Grid], name: str) -> Iterator[Part]:
    """Give lines and tables in order; text boxes and then notes, which antiword prints last, follow the text."""
    body, *rest = _sections(text)
    notes = [line for section in rest if _NOTE.match(section[0]) for line in section]
    for note in notes:
        mark = _NOTE.match(note)
        body = _without(mark[0], body) if mark else body
    boxes = [line for section in rest if not _NOTE.match(section[0]) for line in section]
    left = list(tables)
    run: list[str] = []
    for line in [*body, *boxes, ""]:
        if line.startswith(_BAR) and line.endswith(_BAR) and len(line) > 1:
            run.append(line)
            continue
        if run:
            yield from _tables_of(run, left, name)
            run = []
        yield Line(text=line.replace(_PICTURE, "").strip())
    for number, note in enumerate(_joined(notes), start=1):
        yield Line(text=f"[{number}] {note}")


def _sections(text: str) -> list[list[str]]:
    """Split the lines at the rules that antiword draws above notes and text boxes; sections without text are left out."""
    sections: list[list[str]] = [[]]
    for line in text.splitlines():
        if _RULE.fullmatch(line.strip()):
            sections.append([])
        elif line.strip() or len(sections) == 1:
            sections[-1].append(line.strip() if len(sections) > 1 else line.rstrip())
    return [sections[0], *(section for section in sections[1:] if section)]


def _without(mark: str, lines: list[str]) -> list[str]:
    """Take the first mark of a note out of the text."""
    at = next((at for at, line in enumerate(lines) if mark in line), None)
    return lines if at is None else [*lines[:at], lines[at].replace(mark, "", 1), *lines[at + 1 :]]


def _joined(notes: list[str]) -> list[str]:
    """Join the paragraphs of each note, without its mark."""
    joined: list[str] = []
    for line in notes:
        mark = _NOTE.match(line)
        if mark:
            joined.append(line[mark.end() :].strip())
        elif joined:
            joined[-1] = f"{joined[-1]} {line}"
    return joined


def _tables_of(run: list[str], left: list[Grid], name: str) -> Iterator[Part]:
    """Give the tables whose cells antiword printed in a run of lines with bars; they are taken from `left`."""
    printed = _letters("".join(run))
    told = ""
    while left and len(told) < len(printed):
        grid = left.pop(0)
        told = _letters(told + "".join(cell.text for cell in grid.cells))
        if all(cell.column == 0 for cell in grid.cells):
            yield from (Line(text=line) for cell in grid.cells for line in cell.text.split("\n"))
        else:
            yield grid
    if told != printed:
        raise ReadError(f"{name}: a table that antiword does not print whole ({run[0][:20].strip()}…): {_SAVE}")


def _letters(text: str) -> str:
    """Give the characters of a text in the order of their codes: a table that is printed otherwise has the same."""
    return "".join(sorted("".join(text.replace(_BAR, "").split())))
