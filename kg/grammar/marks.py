"""Read the marks that single out bodies in a list, ★ and the like, and the note that says what they mean."""

from __future__ import annotations

import re

from kg.grammar.pattern import Pattern

MARKS = "★☆▲△●○◆◇■□◎※*✱✦"
"""What is printed before or after a name, or before a label; never part of either."""
_ANY = re.compile(f"[{MARKS}]")
MARKED_LEAD = Pattern(
    "note that marked bodies lead",
    rf"(?:其中|注:)?(?:[带标注打加](?:注|有|记|了|\")*)?\"?[{MARKS}]\"?(?:[号标记者的]|标志|符号|标识)*(?:责任|负责)?(?:单位|部门)?"
    r"(?:为|是|系|表示|代表|即为|指)(?:该项|此项|本项)?(?:任务|工作|事项)?的?(?:牵头|主办|主责|第一责任|主要责任)",
    ("★为牵头单位", "带※号的单位为牵头单位"),
    ("为牵头单位", "★区灯塔局为成员"),
)


def has_mark(text: str) -> bool:
    """Tell whether a mark stands in a text: most have none, and to look is faster than the pattern of the note."""
    return _ANY.search(text) is not None


def without_marks(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """Give the place of a name without the marks and spaces around it, and whether there was a mark."""
    first, last = start, end
    while first < last and (text[first] in MARKS or text[first].isspace()):
        first += 1
    while last > first and (text[last - 1] in MARKS or text[last - 1].isspace()):
        last -= 1
    marked = any(char in MARKS for char in (*text[start:first], *text[last:end]))
    return first, last, marked
