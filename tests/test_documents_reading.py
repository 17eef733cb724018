"""Sources are read into one normalised text whatever their encoding, line ends and marks; what is no plan is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import MOST_BYTES, Document, Paragraph, read
from kg.documents.passage import FOLD, fold, join, passage
from kg.errors import ReadError

PLAN = "贝壳区灯塔养护方案\n\n一、重点任务\n（一）修灯。到2031年，修好灯塔30座。（牵头单位：区灯塔局）\n"


def lines(document: Document) -> list[str]:
    return [block.passage.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_text_is_the_same_in_every_encoding(encoding: str) -> None:
    data = PLAN.encode(encoding)
    document = read(data, name="plan.txt")
    assert document.text == PLAN
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.name == "plan.txt"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_every_line_end_is_one_newline(end: str) -> None:
    assert read(PLAN.replace("\n", end).encode()).text == PLAN


@pytest.mark.parametrize(
    "mark", ["[bookmark: _Toc12]", "[bookmark:OLE_LINK1]", "\u200b", "\ufeff", "\u00ad", "\x07", "\u202c"]
)
def test_marks_that_nobody_sees_are_dropped(mark: str) -> None:
    assert read(PLAN.replace("灯塔", f"灯{mark}塔").encode()).text == PLAN


@pytest.mark.parametrize("space", [" ", "\u3000", "\u00a0", "\u2003"])
def test_every_space_is_one_character_and_none_is_in_the_passages(space: str) -> None:
    document = read(PLAN.replace("修好灯塔", f"修好{space}{space}灯塔").encode())
    assert "修好  灯塔" in document.text
    assert lines(document) == lines(read(PLAN.encode()))


def test_full_width_forms_are_folded_for_reading_and_printed_in_evidence() -> None:
    document = read("灯塔\uff08\uff11\uff09\uff1a\uff25座\uff0c达\uff16\uff10\uff05。".encode())
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert block.passage.text == "灯塔(1):E座,达60%。"
    assert block.passage.printed(document.text) == "灯塔（１）：Ｅ座，达６０％。"


def test_a_path_and_its_bytes_give_equal_documents(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.encode("gb18030"))
    assert read(path) == read(str(path)) == read(path.read_bytes(), name="plan.txt")


def test_marks_of_markdown_stand_outside_the_paragraphs() -> None:
    assert lines(read("## 一、修缮灯塔\n> 到2031年，修好灯塔。".encode())) == ["一、修缮灯塔", "到2031年,修好灯塔。"]


def test_the_furniture_of_a_page_is_no_text() -> None:
    page = "贝壳区灯塔方案\n打印\n关闭窗口\n扫一扫在手机打开\n修缮灯塔。\n上一篇：渔网方案\n网站地图\n海ICP备12345号\n"
    assert lines(read(page.encode())) == ["贝壳区灯塔方案", "修缮灯塔。"]


BAD = [
    (b"", "empty"),
    (b" \n\t\n", "empty"),
    ("\u200b\ufeff\n".encode(), "empty"),
    (b"A plan about lighthouses.", "no Chinese text"),
    (b"%PDF-1.7 \xe4\xe5", "a broken PDF"),
    (b"PK\x03\x04rest", "a damaged DOCX file or archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Office"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\x1f\x8b\x08", "an archive"),
    ("灯塔".encode() + b"\x00\x01\x02", "a binary file"),
    ("灯塔".encode() + b"\xff\xff\xff", "is not gb18030"),
    (bytes(range(128, 255)) * 4, "save"),
]


@pytest.mark.parametrize(("data", "words"), BAD)
def test_what_cannot_be_read_is_refused_with_its_name_and_the_mend(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as raised:
        read(data, name="strange.bin")
    assert str(raised.value).startswith("strange.bin: ")


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt: no such file: check the path"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="a folder: name the files in it"):
        read(tmp_path)


def test_a_source_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    for source in (path, b" " * (MOST_BYTES + 1)):
        with pytest.raises(ReadError, match="is the most for one document: split it"):
            read(source)


TEXTS = st.text(alphabet="灯塔（１）：Ｅ ，达％\u3000\tab12\n、。", max_size=80)


@given(TEXTS)
def test_a_passage_leads_back_to_the_characters_of_the_document(text: str) -> None:
    found = passage(fold(text), 0, len(text))
    assert found.text == "".join(char for char in fold(text) if not char.isspace())
    assert [fold(text)[at] for at in found.offsets] == list(found.text)
    if found:
        evidence = found.evidence(text)
        assert evidence.quote == text[evidence.start : evidence.end]
        assert "".join((evidence.quote or "").split()) == found.printed(text)


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_part_and_the_rest_make_the_whole_again(text: str, first: int, last: int) -> None:
    found = passage(fold(text), 0, len(text))
    start, end = sorted((min(first, len(found.text)), min(last, len(found.text))))
    parts = [found.part(0, start), found.part(start, end), found.part(end)]
    assert join(parts).text == found.text
    assert list(join(parts).offsets) == list(found.offsets)


def test_folding_keeps_every_offset() -> None:
    assert all(isinstance(half, int) for half in FOLD.values())
    assert len(fold(PLAN)) == len(PLAN)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read(text.encode("utf-8", "surrogatepass"))
    except ReadError:
        return
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert 0 <= block.passage.start < block.passage.end <= len(document.text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_their_name(data: bytes) -> None:
    complaint = ""
    try:
        read(data)
    except ReadError as error:
        complaint = str(error)
    assert complaint.startswith("input: ") or not complaint
