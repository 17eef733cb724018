"""What is in an archive is read in memory within limits, and what is wrong with a part of it spoils no other."""

from __future__ import annotations

import io
import os
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import ReadError
from kg.sources import Failure, read_plan
from kg.sources import archives as room
from kg.sources.archives import open_archive, unpack
from kg.sources.file import File

HARMLESS = "贝壳区灯塔，渔网与风筝。\n".encode()


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make an archive; names are written as they are, in UTF-8 with its flag where they are not ASCII."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def named_in(encoding: str, name: str, data: bytes = HARMLESS) -> bytes:
    """Make an archive as programs do that do not know the UTF-8 flag."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    made = packed((stand_in, data))
    assert made.count(stand_in.encode()) == 2
    return made.replace(stand_in.encode(), raw)


def file(data: bytes, name: str = "a.zip") -> File:
    return File(label=f"folder/{name}", short=name, name=name, data=data)


def found(data: bytes, name: str = "a.zip") -> dict[str, bytes | str]:
    """Unpack and give the content of each file, or the reason why there is none, by its label."""
    return {
        one.source if isinstance(one, Failure) else one.label: one.reason if isinstance(one, Failure) else one.data
        for one in unpack(file(data, name))
    }


@pytest.fixture
def plan(fixtures: Path) -> bytes:
    return (fixtures / "plan.txt").read_bytes()


@pytest.fixture
def letter(fixtures: Path) -> bytes:
    return (fixtures / "letter.txt").read_bytes()


def test_an_archive_gives_the_plans_in_it(run: Callable, plan: bytes, letter: bytes, tmp_path: Path) -> None:
    data = packed(("2031/方案.txt", plan), ("2031/", b""), ("letter.txt", letter), ("picture.png", b""))
    (tmp_path / "plans.zip").write_bytes(data)
    gathered = kg.gather([tmp_path / "plans.zip"])
    assert [p.document.file for p in gathered.plans] == ["方案.txt", "letter.txt"]
    assert gathered.failures == gathered.notes == ()
    assert run("extract", tmp_path, "-o", tmp_path / "out").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plans.zip"]
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".yaml"}


def test_messages_name_the_archive_and_the_file_in_it(plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    inner = packed(("inner/b.txt", plan), ("empty.txt", b""))
    (tmp_path / "sub" / "plans.zip").write_bytes(packed(("a.txt", plan), ("c.zip", inner), ("z.txt", b"\x00")))
    gathered = kg.gather([tmp_path])
    assert gathered.notes == (
        f"{tmp_path}/sub/plans.zip/c.zip/inner/b.txt: passed over: the same document as {tmp_path}/sub/plans.zip/a.txt",
    )
    assert [(failure.source, failure.reason) for failure in gathered.failures] == [
        (f"{tmp_path}/sub/plans.zip/c.zip/empty.txt", "sub/plans.zip/c.zip/empty.txt: empty: nothing to read"),
        (
            f"{tmp_path}/sub/plans.zip/z.txt",
            "sub/plans.zip/z.txt: a binary file, not text: convert it to text (UTF-8 or GB18030) first",
        ),
    ]


def test_records_in_an_archive_win_over_the_document_beside_it(plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(plan)
    records = kg.dumps(read_plan(tmp_path / "plan.txt")).encode()
    (tmp_path / "records.zip").write_bytes(packed(("plan.yaml", records)))
    assert kg.gather([tmp_path]).notes == (
        f"{tmp_path}/plan.txt: passed over: {tmp_path}/records.zip/plan.yaml holds its records, "
        "which may have been corrected",
    )


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8"])
def test_names_without_the_utf8_flag_are_read_as_they_were_written(encoding: str) -> None:
    assert list(found(named_in(encoding, "贝壳区/灯塔養护方案.txt"))) == ["folder/a.zip/贝壳区/灯塔養护方案.txt"]


def test_names_of_dos_stay_what_they_are() -> None:
    assert list(found(named_in("cp437", "café.txt"))) == ["folder/a.zip/café.txt"]


NAMES = {
    "../../etc/passwd.txt": "etc/passwd.txt",
    "/etc/a.txt": "etc/a.txt",
    "C:\\plans\\a.txt": "plans/a.txt",
    "c:/a.txt": "a.txt",
    "..\\..\\a.txt": "a.txt",
    "a/./b//c.txt": "a/b/c.txt",
    "\\\\server\\share\\a.txt": "server/share/a.txt",
    "a\nb\u202etxt.txt": "a_b_txt.txt",
    "灯" * 300 + ".txt": "灯" * 100 + "…" + "灯" * 96 + ".txt",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_would_lead_out_of_the_archive_is_a_label_only(name: str) -> None:
    (one,) = unpack(file(packed((name, HARMLESS))))
    assert isinstance(one, File)
    assert (one.label, one.short) == (f"folder/a.zip/{NAMES[name]}", f"a.zip/{NAMES[name]}")
    assert one.name == NAMES[name].rpartition("/")[2]


@pytest.mark.parametrize(
    "name", [".hidden/a.txt", "__MACOSX/._a.txt", "a/~$b.docx", "a.png", "..", "C:", "a.txt/", "/"]
)
def test_what_is_no_document_is_passed_over(name: str) -> None:
    assert list(found(packed((name, HARMLESS), ("b.txt", HARMLESS)))) == ["folder/a.zip/b.txt"]


def test_a_link_in_an_archive_is_not_read() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", HARMLESS)
    assert list(found(stream.getvalue())) == ["folder/a.zip/b.txt"]


def changed(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag of the first entry, in its header and in the directory."""
    directory = data.index(b"PK\x01\x02")
    return changed(changed(data, 6, struct.pack("<H", flag)), directory + 8, struct.pack("<H", flag))


def with_sizes(data: bytes, size: int) -> bytes:
    """Let the headers of the first entry claim another size."""
    directory = data.index(b"PK\x01\x02")
    return changed(changed(data, 22, struct.pack("<I", size)), directory + 24, struct.pack("<I", size))


def at(data: bytes) -> int:
    """Give the place of the second header."""
    return data.index(b"PK\x03\x04", 1)


def test_an_entry_that_cannot_be_had_is_one_line_and_the_rest_is_read() -> None:
    whole = packed(("a.txt", HARMLESS * 9), ("b.txt", HARMLESS))
    start = 30 + len("a.txt")
    assert found(whole)["folder/a.zip/a.txt"] == HARMLESS * 9
    broken = {
        "encrypted: unpack it with its password": with_flag(whole, 1),
        "damaged (bad CRC-32)": changed(whole, whole.index(b"PK\x01\x02") + 16, b"\x00\x01\x02\x03"),
        "damaged (error -3 while decompressing data": changed(whole, start, b"\xff\xff"),
        "damaged (bad magic number": changed(
            after := packed(("b.txt", HARMLESS), ("a.txt", HARMLESS)), at(after), b"?"
        ),
        "damaged (": with_sizes(whole, 5),
    }
    for reason, data in broken.items():
        got = found(data)
        assert got["folder/a.zip/b.txt"] == HARMLESS
        assert str(got["folder/a.zip/a.txt"]).startswith(f"a.zip/a.txt: {reason}")
        assert "\n" not in str(got["folder/a.zip/a.txt"])


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_packed_in_a_rare_way_is_refused(method: int) -> None:
    (reason,) = found(packed(("a.txt", HARMLESS), method=method)).values()
    assert str(reason).startswith("a.zip/a.txt: packed in a way that few programs read")


ARCHIVES = {
    "cut in the middle": (packed(("a.txt", HARMLESS * 9))[:60], "a.zip: a damaged DOCX file or archive: "),
    "only a mark": (b"PK\x03\x04", "a.zip: a damaged DOCX file or archive: "),
    "empty": (packed(), "a.zip: holds no document and no records"),
    "without a document": (packed(("a.png", b"")), "a.zip: holds no document and no records"),
    "text": (HARMLESS, "a.zip: not a ZIP archive, or a damaged one"),
    "another archive": (b"Rar!\x1a\x07\x00", "a.zip: not a ZIP archive, or a damaged one"),
    "no bytes": (b"", "a.zip: not a ZIP archive, or a damaged one"),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_that_cannot_be_read_is_one_line(kind: str, run: Callable, tmp_path: Path) -> None:
    data, reason = ARCHIVES[kind]
    (tmp_path / "a.zip").write_bytes(data)
    got = run("rank", tmp_path / "a.zip")
    assert (got.code, got.out, len(got.complaints)) == (1, "", 1)
    assert got.err.startswith(f"kg: {reason}")


OTHERS = {
    "x.docx": (packed(("a.txt", HARMLESS)), "x.docx: a ZIP archive, not one document: rename it to end in .zip"),
    "y.docx": (packed(("[Content_Types].xml", b"")), "y.docx: a file of another program, or damaged: save it as"),
    "sheet": (packed(("[Content_Types].xml", b"")), "sheet: a file of another program, or damaged: save it as"),
    "open": (packed(("mimetype", b"")), "open: a file of another program, or damaged: save it as"),
    "x.xlsx": (packed(("[Content_Types].xml", b"")), "x.xlsx: a .xlsx file, which no reader takes"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_an_office_program_is_no_archive(name: str, tmp_path: Path) -> None:
    data, reason = OTHERS[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as raised:
        read_plan(tmp_path / name)
    assert str(raised.value).startswith(reason)


def test_a_word_document_is_no_archive_whatever_it_is_called() -> None:
    data = packed(("word/document.xml", b"<w:document/>"), ("word/notes.txt", HARMLESS))
    for name in ("a.docx", "a.zip", "a"):
        assert found(data, name) == {f"folder/{name}": data}


def test_an_archive_without_an_ending_is_told_by_its_content(plan: bytes, tmp_path: Path) -> None:
    (tmp_path / "plans").write_bytes(packed(("a.txt", plan)))
    assert read_plan(tmp_path / "plans").document.file == "a.txt"
    (tmp_path / "two").write_bytes(packed(("a.txt", plan), ("b.txt", plan)))
    with pytest.raises(ReadError, match="holds more than one document"):
        read_plan(tmp_path / "two")


def test_an_archive_comes_through_standard_input(plan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed(("a.txt", plan)))))
        assert [p.document.file for p in kg.gather(["-"]).plans] == ["a.txt"]


def test_archives_in_archives_are_read_to_a_small_depth() -> None:
    data, depths = packed(("a.txt", HARMLESS)), {}
    for depth in range(1, 5):
        depths[depth] = list(found(data).values())
        data = packed(("a.zip", data))
    assert depths[1] == depths[2] == depths[3] == [HARMLESS]
    assert depths[4] == ["a.zip/a.zip/a.zip/a.zip: archives in archives, more than 3 deep: unpack it first"]


def test_an_entry_is_no_larger_than_a_document_whatever_its_header_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 150_000)
    large = packed(("a.txt", os.urandom(200_000)), ("b.txt", HARMLESS))
    for data in (large, with_sizes(large, 2**31)):
        got = found(data)
        reason = "a.zip/a.txt: more than 150,000 bytes, the most for one file in an archive: split it"
        assert got == {"folder/a.zip/a.txt": reason, "folder/a.zip/b.txt": HARMLESS}


def test_an_entry_that_unpacks_to_many_times_its_size_is_refused_early(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(("a.txt", bytes(15_000_000)), ("b.txt", HARMLESS))
    assert len(bomb) < 20_000
    seen: list[int] = []
    check = room._check
    monkeypatch.setattr(room, "_check", lambda size, *rest: (seen.append(size), check(size, *rest)))
    got = found(bomb)
    assert str(got["folder/a.zip/a.txt"]).startswith("a.zip/a.txt: unpacks to more than 250 times its packed size")
    assert got["folder/a.zip/b.txt"] == HARMLESS
    assert max(seen) < 4_000_000


def test_all_entries_together_have_a_limit_through_all_depths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_INFLATED", 250_000)
    noise = os.urandom(100_000)
    inner = packed(("b.txt", noise), ("c.txt", noise))
    got = found(packed(("a.txt", noise), ("b.zip", inner), ("z.txt", HARMLESS)))
    assert got == {
        "folder/a.zip/a.txt": noise,
        "folder/a.zip": "a.zip: unpacks to more than 250,000 bytes: the rest was not read: split it",
    }


def test_the_number_of_entries_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_ENTRIES", 3)
    four = packed(*((f"{n}.txt", HARMLESS) for n in range(4)))
    assert found(four) == {"folder/a.zip": "a.zip: holds more than 3 files: the rest was not read: split it"}
    got = found(packed(("a.txt", HARMLESS), ("b.zip", packed(*((f"{n}.txt", HARMLESS) for n in range(2)))), ("c", b"")))
    assert list(got) == ["folder/a.zip/a.txt", "folder/a.zip"]


def test_a_directory_too_large_for_memory_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_DIRECTORY", 100_000)
    data = packed(*((f"{n}{'x' * 200}.txt", b"") for n in range(500)))
    (reason,) = found(data).values()
    assert "a.zip: a ZIP archive that cannot be unpacked (its directory is larger than 100,000 bytes)" in str(reason)


def test_entries_that_share_their_bytes_count_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_INFLATED", 250_000)
    noise = os.urandom(100_000)
    data = packed(("a.txt", noise), method=zipfile.ZIP_STORED)
    directory, end = data.index(b"PK\x01\x02", 100_000), data.index(b"PK\x05\x06", 100_000)
    entry = data[directory:end]
    counts = struct.pack("<HHII", 5, 5, 5 * len(entry), directory)
    overlapping = data[:directory] + entry * 5 + data[end : end + 8] + counts + b"\x00\x00"
    reason = "a.zip: unpacks to more than 250,000 bytes: the rest was not read: split it"
    assert found(overlapping) == {"folder/a.zip/a.txt": noise, "folder/a.zip": reason}


def test_a_large_archive_is_read_where_it_lies(plan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(packed(("a.txt", plan), ("b.bin", os.urandom(50_000))))
    (tmp_path / "b.txt").write_bytes(bytes(30_000))
    files = sys.modules["kg.sources.files"]
    monkeypatch.setattr(files, "MOST_BYTES", 20_000)
    monkeypatch.setattr(files, "read_all", lambda *_: pytest.fail("read whole"))
    gathered = kg.gather([tmp_path])
    assert [p.document.file for p in gathered.plans] == ["a.txt"]
    assert [failure.reason for failure in gathered.failures] == [
        "b.txt: 30,000 bytes, and 20,000 is the most for one document: split it"
    ]


PIECES = packed(("a.txt", HARMLESS), ("灯塔/b.txt", HARMLESS * 50), ("c.zip", packed(("d.md", HARMLESS))))


@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_leaves_files_or_reasons_of_one_line(data: st.DataObject) -> None:
    damaged = bytearray(PIECES)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))
    broken = bytes(damaged[:cut] if data.draw(st.booleans()) else damaged)
    for results in (unpack(file(broken)), open_archive(io.BytesIO(broken), "folder/a.zip", "a.zip")):
        for one in results:
            if isinstance(one, Failure):
                assert one.reason.startswith("a.zip")
                assert len(one.reason.splitlines()) == 1
            else:
                assert one.label.startswith("folder/a.zip")
                assert "/" not in one.name


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_name_is_a_label_below_its_archive(name: str, flagged: bool) -> None:
    raw = f"{name}.txt".encode("utf-8" if flagged else "gb18030")
    made = named_in("utf-8" if flagged else "gb18030", f"{name}.txt")
    made = with_flag(made, 0x800) if flagged and b"\x00" not in raw else made
    for one in unpack(file(made)):
        if isinstance(one, Failure):
            assert one.reason.startswith(("a.zip: holds no document", "a.zip/", "a.zip: a ZIP archive that cannot"))
            continue
        below = one.label.removeprefix("folder/a.zip/").split("/")
        assert not {"", ".", ".."} & set(below)
        assert one.name == below[-1]
        assert len(one.label.splitlines()) == 1
