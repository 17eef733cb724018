"""Read mutated and random files of every format, and count what is read, what is refused, and what goes wrong.

    python benchmarks/fuzz.py [--inputs 100000] [--formats text,html,docx,doc,pdf,zip] [--seed 0] [--seconds 5]

Each input is a small invented plan in one of the formats with some bytes changed, cut, doubled, swapped or made up (of a
DOCX also the XML inside it), or bytes of no meaning. Right is a document that is then extracted, or one `KgError`; any
other exception, or more than `--seconds` for one input, is wrong: it is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import io
import random
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import docx
from formats import generated
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from kg.documents import read
from kg.errors import KgError
from kg.extract import extract
from kg.sources import Failure, read_plans

LINES = (
    "贝壳区人民政府关于灯塔养护的实施意见",
    "贝政发〔2031〕5号",
    "一、重点任务",
    "（一）修缮灯塔。到2033年，修缮灯塔30座，完好率达到95%。（牵头单位：区民政局；配合单位：区财政局）",
    "（二）培训守塔人。每年培训1.5万人次，长期坚持。（区人社局、区教育局等按职责分工负责，各码头街道办事处具体落实）",
)
TABLE = (
    ("序号", "工作任务", "牵头单位", "完成时限"),
    ("1", "点亮灯塔", "区民政局", "2032年6月底"),
    ("2", "修补渔网", "", "每季度"),
)


def as_text() -> bytes:
    """Give the plan as plain text."""
    return "\n".join([*LINES, *("\t".join(row) for row in TABLE)]).encode()


def as_html() -> bytes:
    """Give the plan as a web page."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in TABLE)
    body = "".join(f"<p style='text-indent:2em'>{line}</p>" for line in LINES)
    return f"<html><head><meta charset='utf-8'><title>灯塔</title></head><body><div id='zoom'>{body}<table>{rows}</table></div></body></html>".encode()


def as_docx() -> bytes:
    """Give the plan as a DOCX file."""
    made, out = docx.Document(), io.BytesIO()
    for line in LINES:
        made.add_paragraph(line)
    table = made.add_table(rows=len(TABLE), cols=len(TABLE[0]))
    for row, cells in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


def as_doc() -> bytes:
    """Give the plan as an old Word file."""
    old_word = generated().old_word
    word = old_word.Word97()
    for line in LINES:
        word.paragraph(line)
    word.table(TABLE)
    word.paragraph("")
    made: bytes = old_word.word97(word)
    return made


def as_pdf() -> bytes:
    """Give the plan as a PDF file."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pageCompression=0)
    page.setFont("STSong-Light", 10)
    for at, line in enumerate((*LINES, *("  ".join(row) for row in TABLE))):
        page.drawString(60, 780 - 20 * at, line[:46])
        page.line(50, 775 - 20 * at, 540, 775 - 20 * at)
    page.save()
    return out.getvalue()


def as_zip() -> bytes:
    """Give the plan as a ZIP archive with a text and a page in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plans/灯塔.txt", as_text())
        archive.writestr("plans/page.html", as_html())
    return out.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "text": as_text,
    "html": as_html,
    "docx": as_docx,
    "doc": as_doc,
    "pdf": as_pdf,
    "zip": as_zip,
}
WORDS = (
    "(",
    "）",
    "<td colspan=99999>",
    "<table>",
    "<!--",
    "&#xD800;",
    "牵头单位：",
    "每年",
    "\x00",
    "２０３１年",
    "/Kids",
    "endobj",
    "<w:p>",
    "]]>",
    "一、",
    "\t",
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes of a file."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                made[at : at + length] = chance.randbytes(min(length, 16))
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.choice((1, 3, 40))
            case 3:
                made[at:at] = chance.choice(WORDS).encode() * chance.choice((1, 2, 30))
            case 4:
                del made[at:]
            case _:
                other = chance.randrange(len(made) + 1)
                made[at : at + length] = made[other : other + length]
    return bytes(made)


def rezipped(data: bytes, chance: random.Random) -> bytes:
    """Change the bytes of one file inside a ZIP, whose sums are right again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if "document" in name] * 3 + names)
        for name in names:
            held = old.read(name)
            new.writestr(name, mutated(held, chance) if name == chosen else held)
    return out.getvalue()


def inputs(form: str, number: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Give the inputs of a format, each with the seed that makes it."""
    sample = SAMPLES[form]()
    for at in range(number):
        chance = random.Random(f"{form}-{seed}-{at}")  # noqa: S311  (made up, not secret)
        if chance.random() < 0.02:
            yield f"{form}-{seed}-{at}", chance.randbytes(chance.choice((0, 10, 1000)))
        elif form in ("docx", "zip") and chance.random() < 0.7:
            yield f"{form}-{seed}-{at}", rezipped(sample, chance)
        else:
            yield f"{form}-{seed}-{at}", mutated(sample, chance)


class TooLong(Exception):  # noqa: N818  (it is a signal, not an error of the package)
    """An input took longer than is allowed."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Interrupt what takes longer than some seconds."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def take(form: str, data: bytes, folder: Path) -> str:
    """Read one input to the end and say what came of it."""
    if form == "zip":
        path = folder / "input.zip"
        path.write_bytes(data)
        came = [isinstance(found, Failure) for _, found in read_plans([path])]
        return "refused" if all(came) else "read"
    extract(read(data, name=f"input.{'txt' if form == 'text' else form}"))
    return "read"


def main() -> None:
    """Print for each format how many inputs were read and refused; fail where one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000, help="inputs of each format")
    parser.add_argument("--formats", default=",".join(SAMPLES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=5.0, help="the most for one input")
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz"), help="where an archive is put to be read")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for form in chosen.formats.split(","):
        came: Counter[str] = Counter()
        slowest = 0.0
        for name, data in inputs(form, chosen.inputs, chosen.seed):
            start = time.perf_counter()
            try:
                with limit(chosen.seconds):
                    came[take(form, data, chosen.folder)] += 1
            except KgError as error:
                came["refused" if "\n" not in str(error) else "wrong"] += 1
            except Exception as error:  # whatever it is, it is counted and shown
                came["wrong"] += 1
                print(f"{name}: {type(error).__name__}: {error}"[:300], file=sys.stderr, flush=True)
            slowest = max(slowest, time.perf_counter() - start)
        left = sorted(path.name for path in chosen.folder.iterdir() if path.name != "input.zip")
        print(f"{form:5} {dict(came)} slowest {slowest:.2f} s, files left behind: {left or 'none'}", flush=True)
        wrong += came["wrong"] + len(left)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
