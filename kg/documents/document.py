"""The document: one source file as normalised text, with the paragraphs and tables found in it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.documents.passage import Passage
from kg.documents.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of running text."""

    passage: Passage


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source read once: every offset of the records made from it points into `text`.

    `sha256` is the hash of the source's bytes, `name` the file's name without its folder, `meta` what the file says of
    itself outside its text, as pairs (see `Parts`).
    """

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    meta: tuple[tuple[str, str], ...] = ()
