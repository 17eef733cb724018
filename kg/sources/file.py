"""What passes between the modules of this room: a file as bytes with its names, or the failure to get one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

__all__ = [
    "ARCHIVES",
    "KNOWN",
    "RECORDS",
    "Failure",
    "File",
    "ending",
    "has_ending",
    "is_aside",
    "plain",
    "shortened",
]

DOCUMENTS = frozenset({".txt", ".md", ".html", ".htm", ".shtml", ".docx", ".doc", ".pdf"})
RECORDS = frozenset({".yaml", ".yml"})
ARCHIVES = frozenset({".zip"})
KNOWN = DOCUMENTS | RECORDS | ARCHIVES
"""Endings of the files for which a folder or an archive stands."""

_ENDING = re.compile(r"\.(?!v?\d+$)[a-z0-9]{1,5}")
_UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """The bytes of one document or records file.

    `label` says in full where they lie, `short` from the named folder or archive on, as messages on the content do, and
    `name` is the file's own, without any folder.
    """

    label: str
    short: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that gave no plan, and why, with its name and the mend."""

    source: str
    reason: str


def ending(name: str) -> str:
    """Give the last ending of a file name in lower case."""
    return PurePath(name).suffix.lower()


def has_ending(name: str) -> bool:
    """Tell whether a name says what kind of file it is; `方案.2022年版` and `plan.v2` do not.

    >>> has_ending("plan.xlsx"), has_ending("方案.2022年版"), has_ending("plan.v2")
    (True, False, False)
    """
    return _ENDING.fullmatch(ending(name)) is not None


def is_aside(part: str) -> bool:
    """Tell what no folder and no archive stands for: hidden things, locks of Word, what a Mac adds to archives, a README."""
    return part.startswith((".", "~$")) or part == "__MACOSX" or part.lower().startswith("readme.")


def plain(text: str) -> str:
    r"""Put `_` for what does not print in a name, such as line ends.

    >>> plain("灯塔\n养护.txt")
    '灯塔_养护.txt'
    """
    return "".join("_" if unicodedata.category(char) in _UNPRINTED else char for char in text)


def shortened(name: str) -> str:
    """Cut a name that comes from elsewhere in the middle, so that it fits a line and keeps its ending."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"
