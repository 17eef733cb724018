"""How a typist writes the marks of clauses: full width, half width, or both mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .pick import Pick
from .sketch import Words


@dataclass(frozen=True, slots=True)
class Hand:
    """The marks that one document prints in its clauses; `numerals` are the brackets of headings of the second level, `stop` what follows those of the third."""

    opening: str
    closing: str
    colon: str
    semicolon: str
    comma: str
    numerals: str
    stop: str

    def write(self, words: Words) -> Words:
        """Print a clause in this hand."""
        marks = {"（": self.opening, "）": self.closing, "：": self.colon, "；": self.semicolon, "，": self.comma}
        return replace(words, text="".join(marks.get(char, char) for char in words.text))

    def second(self, numeral: str) -> str:
        """Print the numeral of a heading of the second level."""
        return self.numerals[0] + numeral + self.numerals[1]


def draw_hand(pick: Pick) -> Hand:
    """Draw the marks of a document."""
    opening, closing = pick.one(("（）", "()", "（)", "(）"))
    return Hand(
        opening, closing, pick.one("：:"), pick.one("；;"), pick.one("，,"), pick.one(("（）", "()")), pick.one(".、．")
    )
