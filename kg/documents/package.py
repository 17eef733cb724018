"""Open a DOCX package: bytes go in, the XML trees of its body, styles, numbering and notes come out, or one clear error."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from kg.documents.formats import BROKEN_ZIP
from kg.errors import ReadError

MOST_INFLATED = 40_000_000
"""The body of a plan has a hundred thousand to five million bytes of XML."""

MOST_TAGS = 600_000
"""Twenty dense pages have 9,000 tags, or ten times as many where each letter is a run; so many are read in five seconds."""

MOST_RATIO = 250
"""Long tables of equal cells, the XML that packs best, are packed to a hundredth."""

_FREE = 2_000_000
"""A part this small is read however well it is packed."""

_MOST_ENTRIES = 20_000
_PIECE = 1 << 18
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_IS_ENCRYPTED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a Word document that print text, as trees; None for what it does without."""

    body: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None


def open_package(data: bytes, name: str) -> Package:
    """Open a DOCX; no part is written anywhere, and no more is inflated than a document can need.

    Raises `ReadError` where the archive is damaged, encrypted or a bomb, or holds no Word document.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _Opened(archive, name).package()
    except BROKEN_ZIP as error:
        raise ReadError(f"{name}: a damaged DOCX file: copy it again, or open it in Word and save it anew") from error


class _Opened:
    """An open archive: finds parts by their relations and counts what is inflated."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        entries = archive.infolist()
        if len(entries) > _MOST_ENTRIES:
            raise ReadError(f"{name}: {len(entries):,} parts in one DOCX file: open it in Word and save it anew")
        self._entries = {_key(entry.filename): entry for entry in entries}
        self._left = MOST_INFLATED

    def package(self) -> Package:
        """Read the body and what it relates to."""
        main = self._related("").get("officeDocument") or "word/document.xml"
        body = self._tree(main)
        if body is None:
            raise ReadError(f"{self._name}: a DOCX file without a text ({main}): open it in Word and save it anew")
        related = self._related(main)
        others = {kind: self._tree(related.get(kind)) for kind in ("styles", "numbering", "footnotes", "endnotes")}
        return Package(body=body, **others)

    def _related(self, part: str) -> Mapping[str, str]:
        """Give the parts that a part (`""` for the package) relates to, by the last word of the relation."""
        folder, leaf = posixpath.split(part)
        tree = self._tree(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        found: dict[str, str] = {}
        for relation in tree if tree is not None else ():
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if target and relation.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.setdefault(kind.rpartition("/")[2], path)
        return found

    def _tree(self, part: str | None) -> etree._Element | None:
        """Parse a part without entities, document types and the network; None where the package has no such part."""
        entry = self._entries.get(_key(part)) if part else None
        if entry is None:
            return None
        data = self._inflated(entry).replace(_STRICT, _TRANSITIONAL)
        if data.count(b"<") > MOST_TAGS:
            raise ReadError(f"{self._name}: too long for one document ({data.count(b'<'):,} tags): split it")
        try:
            tree = etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            reason = str(error.msg).partition("\n")[0]
            raise ReadError(
                f"{self._name}: {entry.filename!r} in it is no good XML ({reason}): open it in Word and save it anew"
            ) from error
        if tree.getroottree().docinfo.internalDTD:
            raise ReadError(
                f"{self._name}: {entry.filename!r} in it has a document type, which no Word file has: not read"
            )
        return tree

    def _inflated(self, entry: ZipInfo) -> bytes:
        """Inflate an entry piece by piece, whatever size its header claims."""
        if entry.flag_bits & _IS_ENCRYPTED:
            raise ReadError(f"{self._name}: encrypted: save it without a password first")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ReadError(f"{self._name}: packed in a way that no Word file is: open it in Word and save it anew")
        pieces: list[bytes] = []
        size = 0
        most = max(_FREE, MOST_RATIO * entry.compress_size)
        with self._archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > self._left or size > most:
                    raise ReadError(f"{self._name}: unpacks to far more than a document needs: not read")
                pieces.append(piece)
        self._left -= size
        return b"".join(pieces)


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").lower()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
