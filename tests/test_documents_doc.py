"""A DOC file is read through antiword where it is installed; without it, or where it fails, one clear error says what to do."""

from __future__ import annotations

import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.documents.doc import read_doc
from kg.documents.docbook import has_lists, read_tables
from kg.documents.parts import Grid, GridCell, Line
from kg.errors import ReadError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

needs_antiword = pytest.mark.skipif(
    shutil.which("antiword") is None, reason="the program antiword is not installed: apt install antiword"
)


@pytest.fixture(scope="session")
def old(generated: ModuleType) -> ModuleType:
    """The module that makes Word 97 files."""
    module: ModuleType = generated.old_word
    return module


TABLE = [
    ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "修缮北岸灯塔并更换全部夜航灯和码头的系船柱", "区交通运输局", "区财政局、区应急管理局", "2033年底前"],
    ["2", "回收废旧渔网", "区农业农村局", "区生态环境局", "2032年6月底前"],
]


def plan_in_word(old: ModuleType, text: str) -> bytes:
    word = old.Word97()
    for line in [*text.split("\n"), "附件", "贝壳区灯塔养护任务分工表"]:
        word.paragraph(line)
    word.table(TABLE)
    word.paragraph("")
    return old.word97(word)


@needs_antiword
def test_a_plan_in_an_old_word_file_says_the_same_as_in_plain_text(old: ModuleType, fixtures: Path) -> None:
    text = (fixtures / "plan.txt").read_text()
    rows = "\n".join(map("\t".join, TABLE))
    plain = kg.extract(kg.read(f"{text}\n附件\n贝壳区灯塔养护任务分工表\n{rows}\n".encode(), name="plan.txt"))
    in_word = kg.extract(kg.read(plan_in_word(old, text), name="plan.doc"))

    def told(plan: kg.Plan) -> list[object]:
        return [
            [(task.number, task.title, task.section) for task in plan.tasks],
            [(duty.department, duty.role, duty.basis) for task in plan.tasks for duty in task.responsibilities],
            [(deadline.when, deadline.latest) for task in plan.tasks for deadline in task.deadlines],
            [(one.metric, one.value, one.unit, one.by) for one in plan.commitments],
            (plan.document.title, plan.document.number, plan.document.issuer, plan.document.date_issued),
        ]

    assert len(plain.tasks) == 6
    assert told(in_word) == told(plain)


@needs_antiword
def test_tables_keep_their_broken_cells_spans_and_frames(old: ModuleType) -> None:
    word = old.Word97()
    word.paragraph("灯塔\x0b渔网")
    word.table(
        [["指标与说明", "目标"], ["灯塔完好率应当按照每年年底普查的结果计算\r渔网", "说明|甲", "95%"]], [3000, 1500]
    )
    word.paragraph("一")
    word.table([["专栏1 灯塔"], ["修缮灯塔。"]])
    word.paragraph("二")
    parts = read_doc(old.word97(word), "plan.doc").parts
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
def test_notes_stand_below_the_text_and_their_marks_are_out_of_it(old: ModuleType) -> None:
    word = old.Word97()
    word.paragraph("灯塔完好率\x02达到95%\x02以上。")
    data = old.word97(word, notes=["按年底普查计算", "不含私人灯塔"])
    assert [part.text for part in read_doc(data, "plan.doc").parts if isinstance(part, Line) and part.text] == [
        *("灯塔完好率达到95%以上。", "[1] 按年底普查计算", "[2] 不含私人灯塔")
    ]


@needs_antiword
def test_a_file_whose_headings_word_numbers_is_refused_rather_than_read_with_another_outline(old: ModuleType) -> None:
    word = old.Word97()
    word.item("重点任务", 0)
    word.item("修缮灯塔", 1)
    with pytest.raises(ReadError, match="Word numbers its paragraphs, and antiword does not know Chinese numerals"):
        read_doc(old.word97(word, levels=[(37, "", "、"), (37, "（", "）")]), "plan.doc")


@needs_antiword
def test_an_encrypted_and_a_damaged_file_are_refused(old: ModuleType) -> None:
    word = old.Word97()
    word.paragraph("灯塔" * 3000)
    with pytest.raises(ReadError, match=r"plan\.doc: antiword cannot read it \(Encrypted documents"):
        kg.read(old.word97(word, flags=0x100), name="plan.doc")
    data = old.word97(old.Word97(word.text, word.ends))
    for damaged in (data[: len(data) // 2], data[: old.SECTOR] + b"WordDocument\0".decode().encode("utf-16-le")):
        with pytest.raises(ReadError, match=r"^plan\.doc: ") as raised:
            kg.read(damaged, name="plan.doc")
        assert "\n" not in str(raised.value)


def stream_of(name: str) -> bytes:
    return MAGIC + b"\0" * 600 + f"{name}\0".encode("utf-16-le") + b"\0" * 600


OTHERS = {
    "an encrypted DOCX": (
        stream_of("EncryptedPackage"),
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
def test_changed_bytes_raise_nothing_but_a_read_error(old: ModuleType, changes: list[tuple[int, int]]) -> None:
    word = old.Word97()
    word.paragraph("灯塔")
    word.table([["甲", "乙"]])
    data = bytearray(old.word97(word))
    for place, value in changes:
        data[place % len(data)] = value
    complaint = ""
    try:
        kg.read(bytes(data), name="plan.doc")
    except ReadError as error:
        complaint = str(error)
    assert complaint.startswith("plan.doc: ") or not complaint
