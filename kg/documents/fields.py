"""Follow the fields of a Word document: which text is a field's result, and which is none or a page number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.numerals import numeral

_PAGE = re.compile(r"\s*(?:PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_ENCLOSED = re.compile(r"\s*EQ\s*\\o\s*\\ac\s*\(\s*[○◯]\s*[,;，]\s*(\d{1,2})\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False

    @property
    def is_page(self) -> bool:
        return _PAGE.match(self.instruction) is not None


class Fields:
    """The fields that are open at a place of the text, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.is_printed = True
        self.ends_page_number = False

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].instruction += text

    def mark(self, kind: str) -> str:
        """Take a mark that begins, parts or ends a field; give what Word prints of a field that has no result."""
        printed = ""
        self.ends_page_number = False
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            self.ends_page_number = ended.is_page
            enclosed = _ENCLOSED.match(ended.instruction)
            if enclosed and not ended.has_result:
                printed = numeral(int(enclosed[1]), "decimalEnclosedCircle")
        self._judge()
        return printed if self.is_printed else ""

    def end_paragraph(self) -> None:
        """Forget fields without a result: no instruction runs over paragraphs, and one that is never ended hides no more text."""
        if not self.is_printed:
            self._open = [one for one in self._open if one.has_result and not one.is_page]
            self._judge()

    def _judge(self) -> None:
        self.is_printed = all(one.has_result and not one.is_page for one in self._open)
