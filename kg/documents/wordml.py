"""The names of WordprocessingML, and its on/off values."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset({"0", "false", "off"})
_WRAPS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})


def w(name: str) -> str:
    """Give the full name of an element or attribute of WordprocessingML."""
    return _W + name


VAL = w("val")
ALTERNATE = f"{_MC}AlternateContent"
_CHOICE, _FALLBACK = f"{_MC}Choice", f"{_MC}Fallback"
_WRAPPERS = frozenset(map(w, _WRAPS))


def branch(alternate: etree._Element) -> etree._Element | None:
    """Give the one branch of alternate contents that is printed."""
    choice = alternate.find(_CHOICE)
    return alternate.find(_FALLBACK) if choice is None else choice


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the children of a name, those inside content controls and marks of a revision too."""
    for child in element:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, name)


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Tell whether a property is on; None where the parent does not say."""
    mark = parent.find(name) if parent is not None else None
    return None if mark is None else mark.get(VAL, "1").lower() not in _OFF


def value(parent: etree._Element | None, path: str) -> str | None:
    """Give the value of the property at a path below an element; None where there is none."""
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get(VAL)


def number(parent: etree._Element | None, path: str) -> int | None:
    """Give the whole number at a path below an element; None where there is none."""
    text = (value(parent, path) or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None
