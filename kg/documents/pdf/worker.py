"""Read PDF files in a process of its own, which is ended where a file keeps it busy too long or crashes it."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from functools import cache
from queue import Empty, Queue
from typing import IO, Any

from kg.documents.parts import Grid, GridCell, Line, Parts
from kg.errors import ReadError

SECONDS_A_PAGE = 4.0
"""A dense page takes a tenth of a second; twenty forms that each draw the next one twice take pdfium longer than this."""
_SECONDS_TO_START = 30.0
_HEADER = 8
_MOST_MEMORY = 2**31
_START = "import sys; sys.path[:] = {path!r}; from kg.documents.pdf.worker import serve; serve()"
_MEND = "print it to a new PDF, or save it as DOCX or text"


class Worker:
    """A process that reads one file after the other; started when first asked and again after it was ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._answers: Queue[bytes] = Queue()
        atexit.register(self.stop)

    def read(self, data: bytes, name: str) -> Parts:
        """Read the bytes of a PDF; raises `ReadError` where it cannot be read, or not in time."""
        with self._lock:
            try:
                return _parts(self._ask(data), name)
            except Empty:
                self.stop()
                raise ReadError(
                    f"{name}: a PDF with a page that takes longer than {SECONDS_A_PAGE:g} seconds: {_MEND}"
                ) from None
            except OSError:
                self.stop()
                raise ReadError(f"{name}: a PDF that breaks its reader: {_MEND}") from None

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None or self._listener is None:
            return
        process.kill()
        process.wait()
        self._listener.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _ask(self, data: bytes) -> dict[str, Any]:
        """Send the bytes and wait for the answer, as long as pages are read in time."""
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101  (it was started with a pipe)
        process.stdin.write(len(data).to_bytes(_HEADER, "big") + data)
        process.stdin.flush()
        while True:
            answer = self._answers.get(timeout=SECONDS_A_PAGE)
            if not answer:
                raise OSError("the reader ended")
            if answer != b".\n":
                found: dict[str, Any] = json.loads(answer)
                return found

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603  (this interpreter, with our own module)
            [sys.executable, "-c", _START.format(path=[*map(str, sys.path)])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process, self._answers = process, Queue()
        self._listener = threading.Thread(target=_forward, args=(process.stdout, self._answers), daemon=True)
        self._listener.start()
        if self._answers.get(timeout=_SECONDS_TO_START) != b".\n":
            raise OSError("the reader did not start")
        return process


@cache
def worker_of(process: int) -> Worker:
    """Give the one reader of a process by its number, so that a fork has its own."""
    return Worker() if process == os.getpid() else worker_of(os.getpid())


def _forward(lines: IO[bytes], answers: Queue[bytes]) -> None:
    """Hand on the lines of the reader, and an empty one at its end."""
    for line in iter(lines.readline, b""):
        answers.put(line)
    answers.put(b"")


def _parts(answer: dict[str, Any], name: str) -> Parts:
    """Make parts of an answer."""
    if "error" in answer:
        raise ReadError(f"{name}: {answer['error']}")
    return Parts(
        parts=tuple(
            Line(text=part) if isinstance(part, str) else Grid(cells=tuple(_cell(*cell) for cell in part))
            for part in answer["parts"]
        )
    )


def _cell(text: str, row: int, column: int, rows: int, columns: int) -> GridCell:
    return GridCell(text=text, row=row, column=column, rows=rows, columns=columns)


def serve() -> None:
    """Answer for each file that comes in with a line of JSON, after a dot for each page; the work of the process."""
    from kg.documents.pdf.reading import read_pages  # noqa: PLC0415  (the asking process needs no pdfium)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)

    def tick() -> None:
        answers.write(b".\n")

    tick()
    while header := sys.stdin.buffer.read(_HEADER):
        data = sys.stdin.buffer.read(int.from_bytes(header, "big"))
        try:
            found = read_pages(data, tick)
            parts = [part.text if isinstance(part, Line) else [*map(_values, part.cells)] for part in found.parts]
            answer: dict[str, Any] = {"parts": parts}
        except ReadError as error:
            answer = {"error": str(error)}
        except MemoryError:
            answer = {"error": f"a PDF that takes too much memory: {_MEND}"}
        answers.write(json.dumps(answer).encode() + b"\n")


def _values(cell: GridCell) -> tuple[str, int, int, int, int]:
    return cell.text, cell.row, cell.column, cell.rows, cell.columns


def _limit_memory() -> None:
    """Keep the process from taking the memory of the machine, where the system can."""
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MOST_MEMORY if most == resource.RLIM_INFINITY else min(_MOST_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
