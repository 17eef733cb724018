"""Make files of Word 97 byte by byte, for nothing else writes them here: text, tables, notes and lists."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

SECTOR = 512
SMALLEST = 4096
FREE, END, TABLE_OF_SECTORS = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Rows = Sequence[Sequence[str]]


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

    def table(self, rows: Rows, widths: Sequence[int] = ()) -> None:
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
