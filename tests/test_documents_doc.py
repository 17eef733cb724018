"""A DOC file is read through antiword where it is installed; without it, or where it fails, one clear error says what to do."""

from __future__ import annotations

import shutil
import stat
import struct
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.documents.doc import read_doc
from kg.documents.docbook import has_lists, read_tables
from kg.documents.parts import Grid, GridCell, Line
from kg.errors import ReadError

needs_antiword = pytest.mark.skipif(
    shutil.which("antiword") is None, reason="the program antiword is not installed: apt install antiword"
)

SECTOR = 512
SMALLEST = 4096
FREE, END, TABLE_OF_SECTORS = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Table = list[list[str]]


def whole(data: bytes, size: int = SECTOR) -> bytes:
    return data + b"\0" * (-len(data) % size)


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file of these streams, each large enough for sectors of its own."""
    body, chains, starts = b"", list[int](), dict[str, int]()

    def store(data: bytes) -> int:
        nonlocal body
        first, count = len(chains), len(data) // SECTOR
        chains.extend([*range(first + 1, first + count), END])
        body += data
        return first

    padded = {name: whole(data.ljust(SMALLEST, b"\0")) for name, data in streams.items()}
    for name, data in padded.items():
        starts[name] = store(data)

    def entry(name: str, kind: int, links: tuple[int, int], start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        head = struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, *links)
        return raw.ljust(64, b"\0") + head + b"\0" * 36 + struct.pack("<IQ", start, size)

    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    directory = entry("Root Entry", 5, (FREE, 1 if names else FREE), END, 0)
    for at, name in enumerate(names):
        after = at + 2 if at + 1 < len(names) else FREE
        directory += entry(name, 2, (after, FREE), starts[name], len(padded[name]))
    root = store(whole(directory))
    count = -(-(len(chains) + 1) // (SECTOR // 4 - 1))
    tables = [len(chains) + at for at in range(count)]
    chains += [TABLE_OF_SECTORS] * count
    chains += [FREE] * (-len(chains) % (SECTOR // 4))
    head = MAGIC + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9I", 0, count, root, 0, SMALLEST, END, 0, END, 0)
    head += struct.pack("<109I", *tables, *[FREE] * (109 - count))
    return head + body + struct.pack(f"<{len(chains)}I", *chains)


@dataclass
class Word97:
    """The text of a Word 97 file while it is made, with the properties of each paragraph."""

    text: str = ""
    ends: list[tuple[int, bytes]] = field(default_factory=list)

    def paragraph(self, text: str, end: str = "\r", properties: bytes = b"") -> None:
        self.text += text + end
        self.ends.append((len(self.text), properties))

    def item(self, text: str, level: int) -> None:
        self.paragraph(text, properties=struct.pack("<HBHHHh", 0x260A, level, 0x460B, 1, 0x840F, 420))

    def table(self, rows: Table, widths: Sequence[int] = ()) -> None:
        in_table = struct.pack("<HB", 0x2416, 1)
        for row in rows:
            for cell in row:
                self.paragraph(cell, "\x07", in_table)
            own = widths if len(row) == len(widths) else [1500] * len(row)
            edges = [sum(own[:at]) for at in range(len(row) + 1)]
            cells = bytes([len(row)]) + struct.pack(f"<{len(edges)}h", *edges) + b"\0" * 20 * len(row)
            ended = struct.pack("<HB", 0x2417, 1) + struct.pack("<HH", 0xD608, len(cells) + 1) + cells
            self.paragraph("", "\x07", in_table + ended)


def at(place: int) -> int:
    """The place of a character in the stream."""
    return TEXT_AT + 2 * place


def pages_of_paragraphs(ends: Sequence[tuple[int, bytes]]) -> list[tuple[int, int, bytes]]:
    """The pages with the properties of paragraphs: from, to and the page."""
    pages, page, start, free = [], list[tuple[int, int, bytes]](), 0, 500
    for end, properties in ends:
        inner = b"\0\0" + properties
        length = (len(inner) + 1) // 2
        raw = bytes([length]) + inner if len(inner) % 2 else bytes([0, length]) + inner
        raw += b"\0" * (len(raw) % 2)
        if page and len(raw) + 19 > free:
            pages.append(page)
            page, free = [], 500
        page.append((start, end, raw))
        start, free = end, free - len(raw) - 19
    pages.append(page)
    made = []
    for page in pages:
        out, low, places = bytearray(SECTOR), SECTOR - 2, b""
        for _, _, raw in page:
            low = (low - len(raw)) & ~1
            out[low : low + len(raw)] = raw
            places += bytes([low // 2]) + b"\0" * 12
        head = struct.pack(f"<{len(page) + 1}I", *(at(one[0]) for one in page), at(page[-1][1])) + places
        out[: len(head)] = head
        out[-1] = len(page)
        made.append((page[0][0], page[-1][1], bytes(out)))
    return made


def word97(
    word: Word97, *, levels: Sequence[tuple[int, str, str]] = (), notes: Sequence[str] = (), flags: int = 0
) -> bytes:
    """A Word 97 file; `levels` of its list are a form of numbers, the text before and the text after, `notes` its footnotes."""
    main = len(word.text)
    marks = [place for place, char in enumerate(word.text) if char == "\x02"]
    for note in notes:
        word.paragraph(f"\x02 {note}")
    ends = [end - main for end, _ in word.ends if end > main]
    if notes:
        word.paragraph("")
    length = len(word.text)
    stream = bytearray(TEXT_AT) + whole(word.text.encode("utf-16-le"))
    pages = pages_of_paragraphs(word.ends)
    first = len(stream) // SECTOR
    stream += b"".join(page for _, _, page in pages)
    letters = len(stream) // SECTOR
    stream += (struct.pack("<II", at(0), at(length)) + b"\0").ljust(SECTOR - 1, b"\0") + b"\1"
    table, places = b"", dict[int, tuple[int, int]]()

    def put(number: int, data: bytes, rest: bytes = b"") -> None:
        nonlocal table
        places[number] = (len(table), len(data))
        table += data + rest

    put(1, struct.pack("<10H", 18, 15, 10, 1, 91, 15, 0, 0, 0, 0) + b"\0\0" * 15)
    put(6, struct.pack("<II", 0, length) + struct.pack("<HIHI", 0, FREE, 0, 0))
    put(12, struct.pack("<III", at(0), at(length), letters))
    edges = [*(at(start) for start, _, _ in pages), at(length), *range(first, first + len(pages))]
    put(13, struct.pack(f"<{len(edges)}I", *edges))
    put(33, b"\x02" + struct.pack("<IIIHIH", 16, 0, length, 0, TEXT_AT, 0))
    if notes:
        put(2, struct.pack(f"<{len(marks) + 1}I", *marks, main) + b"\1\0" * len(marks))
        put(3, struct.pack(f"<{len(ends) + 2}I", 0, *ends, ends[-1] + 1))
    if levels:
        kinds = b""
        for number, (form, before, after) in enumerate([*levels, *[(0, "", ".")] * (9 - len(levels))]):
            printed = f"{before}{chr(number)}{after}"
            kinds += struct.pack("<IBB", 1, form, 0) + bytes([len(before) + 1]) + b"\0" * 21
            kinds += struct.pack("<H", len(printed)) + printed.encode("utf-16-le")
        put(73, struct.pack("<HiI", 1, 7, 7) + b"\xff\x0f" * 9 + b"\0\0", kinds)
        put(74, struct.pack("<Ii", 1, 7) + b"\0" * 12, b"\xff" * 4)
    head = bytearray(154 + 8 * 93)
    struct.pack_into("<7H", head, 0, 0xA5EC, 0xC1, 0, 0x804, 0, 0x1200 | flags, 0xBF)
    struct.pack_into("<II", head, 24, TEXT_AT, at(length))
    struct.pack_into("<H", head, 32, 14)
    struct.pack_into("<H", head, 62, 22)
    struct.pack_into("<I", head, 64, len(stream))
    struct.pack_into("<II", head, 76, main, max(0, length - main - 1))
    struct.pack_into("<H", head, 152, 93)
    for number, place in places.items():
        struct.pack_into("<II", head, 154 + 8 * number, *place)
    stream[: len(head)] = head
    return ole({"WordDocument": bytes(stream), "1Table": table})


TABLE = [
    ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "修缮北岸灯塔并更换全部夜航灯和码头的系船柱", "区交通运输局", "区财政局、区应急管理局", "2033年底前"],
    ["2", "回收废旧渔网", "区农业农村局", "区生态环境局", "2032年6月底前"],
]


def plan_in_word(text: str) -> bytes:
    word = Word97()
    for line in [*text.split("\n"), "附件", "贝壳区灯塔养护任务分工表"]:
        word.paragraph(line)
    word.table(TABLE)
    word.paragraph("")
    return word97(word)


@needs_antiword
def test_a_plan_in_an_old_word_file_says_the_same_as_in_plain_text(fixtures: Path) -> None:
    text = (fixtures / "plan.txt").read_text()
    rows = "\n".join(map("\t".join, TABLE))
    plain = kg.extract(kg.read(f"{text}\n附件\n贝壳区灯塔养护任务分工表\n{rows}\n".encode(), name="plan.txt"))
    old = kg.extract(kg.read(plan_in_word(text), name="plan.doc"))

    def told(plan: kg.Plan) -> list[object]:
        return [
            [(task.number, task.title, task.section) for task in plan.tasks],
            [(duty.department, duty.role, duty.basis) for task in plan.tasks for duty in task.responsibilities],
            [(deadline.when, deadline.latest) for task in plan.tasks for deadline in task.deadlines],
            [(one.metric, one.value, one.unit, one.by) for one in plan.commitments],
            (plan.document.title, plan.document.number, plan.document.issuer, plan.document.date_issued),
        ]

    assert len(plain.tasks) == 6
    assert told(old) == told(plain)


@needs_antiword
def test_tables_keep_their_broken_cells_spans_and_frames() -> None:
    word = Word97()
    word.paragraph("灯塔\x0b渔网")
    word.table(
        [["指标与说明", "目标"], ["灯塔完好率应当按照每年年底普查的结果计算\r渔网", "说明|甲", "95%"]], [3000, 1500]
    )
    word.paragraph("一")
    word.table([["专栏1 灯塔"], ["修缮灯塔。"]])
    word.paragraph("二")
    parts = read_doc(word97(word), "plan.doc").parts
    assert [part.text for part in parts if isinstance(part, Line) and part.text] == [
        *("灯塔", "渔网", "一", "专栏1 灯塔", "修缮灯塔。", "二")
    ]
    assert [part for part in parts if isinstance(part, Grid)] == [
        Grid(
            cells=(
                GridCell(text="指标与说明", row=0, column=0, columns=2),
                GridCell(text="目标", row=0, column=2),
                GridCell(text="灯塔完好率应当按照每年年底普查的结果计算\n渔网", row=1, column=0),
                GridCell(text="说明|甲", row=1, column=1),
                GridCell(text="95%", row=1, column=2),
            )
        )
    ]


@needs_antiword
def test_notes_stand_below_the_text_and_their_marks_are_out_of_it() -> None:
    word = Word97()
    word.paragraph("灯塔完好率\x02达到95%\x02以上。")
    data = word97(word, notes=["按年底普查计算", "不含私人灯塔"])
    assert [part.text for part in read_doc(data, "plan.doc").parts if isinstance(part, Line) and part.text] == [
        *("灯塔完好率达到95%以上。", "[1] 按年底普查计算", "[2] 不含私人灯塔")
    ]


@needs_antiword
def test_a_file_whose_headings_word_numbers_is_refused_rather_than_read_with_another_outline() -> None:
    word = Word97()
    word.item("重点任务", 0)
    word.item("修缮灯塔", 1)
    with pytest.raises(ReadError, match="Word numbers its paragraphs, and antiword does not know Chinese numerals"):
        read_doc(word97(word, levels=[(37, "", "、"), (37, "（", "）")]), "plan.doc")


@needs_antiword
def test_an_encrypted_and_a_damaged_file_are_refused() -> None:
    word = Word97()
    word.paragraph("灯塔" * 3000)
    with pytest.raises(ReadError, match=r"plan\.doc: antiword cannot read it \(Encrypted documents"):
        kg.read(word97(word, flags=0x100), name="plan.doc")
    data = word97(Word97(word.text, word.ends))
    for damaged in (data[: len(data) // 2], data[:SECTOR] + b"WordDocument\0".decode().encode("utf-16-le")):
        with pytest.raises(ReadError, match=r"^plan\.doc: ") as raised:
            kg.read(damaged, name="plan.doc")
        assert "\n" not in str(raised.value)


def stream_of(name: str) -> bytes:
    return MAGIC + b"\0" * 600 + f"{name}\0".encode("utf-16-le") + b"\0" * 600


OTHERS = {
    "an encrypted DOCX": (
        ole({"EncryptedPackage": b"", "EncryptionInfo": b""}),
        "encrypted: save it without a password",
    ),
    "a workbook": (stream_of("Workbook"), r"an old Office workbook \(XLS\)"),
    "a workbook of Excel 95": (stream_of("Book"), r"an old Office workbook \(XLS\)"),
    "a presentation": (stream_of("PowerPoint Document"), r"an old Office presentation \(PPT\)"),
    "something else": (MAGIC + b"rest", "an old Office file in which no Word document is found"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_old_office_files_are_named(kind: str) -> None:
    data, words = OTHERS[kind]
    with pytest.raises(ReadError, match=f"^plan: {words}"):
        kg.read(data, name="plan")


def test_without_antiword_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        ReadError, match=r"plan\.doc: .* install it \(apt install antiword\), or save the file as DOCX$"
    ):
        kg.read(stream_of("WordDocument"), name="plan.doc")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Put a program called antiword on the path that runs these lines of Python; `mode` is `-w` or `-x`."""

    def stand_in(lines: str) -> None:
        program = tmp_path / "antiword"
        program.write_text(f"#!{sys.executable}\nimport sys, time\nmode = sys.argv[3]\n{lines}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("PYTHONIOENCODING", "utf-8")

    return stand_in


BARS = (
    "灯塔[i]率\n|序号 |任务 |\n|1    |修缮 |\n|     |灯塔 |\n\n[pic]乙\n"
    + "-" * 23
    + "\n一个文本框\n"
    + "-" * 23
    + "\n[i] 注\n又注\n"
)
CELLS = "<book><informaltable><tgroup><colspec colwidth='9pt'/><colspec colwidth='90.00pt'/><row><entry>序号</entry><entry>任务</entry></row><row><entry>1</entry><entry>修缮灯塔<footnote><para>注</para></footnote></entry></row></tgroup></informaltable></book>"


def test_what_antiword_prints_is_put_together(stand_in: Callable[[str], None]) -> None:
    stand_in(f"print({BARS!r} if mode == '-w' else {CELLS!r})")
    first, table, *rest = read_doc(stream_of("WordDocument"), "plan.doc").parts
    assert first == Line(text="灯塔率")
    assert isinstance(table, Grid)
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        *(("序号", 0, 0), ("任务", 0, 1), ("1", 1, 0), ("修缮灯塔", 1, 1))
    ]
    assert [part.text for part in rest if isinstance(part, Line)] == ["", "乙", "一个文本框", "", "[1] 注 又注"]


FAILURES = {
    "it says why": (
        "sys.stderr.write(f'{sys.argv[-1]} is no Word Document.\\nmore')\nsys.exit(1)",
        r"\(it is no Word Document\)",
    ),
    "it crashes": ("import os\nos.abort()", r"\(it stopped\)"),
    "it prints nothing": ("print()", r"\(it stopped\)"),
    "it never ends": ("time.sleep(60)", "antiword takes longer than"),
    "its tables differ": (
        "print('|修缮 |灯 |' if mode == '-w' else '<book/>')",
        "a table that antiword does not print whole",
    ),
    "it prints no XML": ("print('|修缮 |灯 |')", "a table that antiword does not print whole"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_of_antiword_is_one_line_and_leaves_nothing_behind(
    kind: str, stand_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, words = FAILURES[kind]
    stand_in(program)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("kg.documents.doc._SECONDS", 2)
    before = time.monotonic()
    with pytest.raises(ReadError, match=words) as raised:
        read_doc(stream_of("WordDocument"), "plan.doc")
    assert time.monotonic() - before < 5
    assert str(raised.value).startswith("plan.doc: ")
    assert "\n" not in str(raised.value)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_program_that_cannot_be_started_is_one_line(stand_in: Callable[[str], None], tmp_path: Path) -> None:
    stand_in("")
    (tmp_path / "antiword").write_text("#!/none/such\n", encoding="utf-8")
    with pytest.raises(ReadError, match="antiword cannot be run"):
        read_doc(stream_of("WordDocument"), "plan.doc")


@given(st.text(alphabet="<>/=' 0123456789.ptabcdeghilmnorsuwy灯&;", max_size=200))
def test_any_docbook_gives_tables_or_none(text: str) -> None:
    for docbook in (text, f"<book>{text}</book>", CELLS.replace("序号", text).replace("9pt", text[:5])):
        assert all(isinstance(grid, Grid) for grid in read_tables(docbook))
        assert has_lists(docbook) in (True, False)


@needs_antiword
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(8, 20_000), st.integers(0, 255)), max_size=6))
def test_changed_bytes_raise_nothing_but_a_read_error(changes: list[tuple[int, int]]) -> None:
    word = Word97()
    word.paragraph("灯塔")
    word.table([["甲", "乙"]])
    data = bytearray(word97(word))
    for place, value in changes:
        data[place % len(data)] = value
    complaint = ""
    try:
        kg.read(bytes(data), name="plan.doc")
    except ReadError as error:
        complaint = str(error)
    assert complaint.startswith("plan.doc: ") or not complaint
