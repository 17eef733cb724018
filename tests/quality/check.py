"""What a check is: where it comes from, what it asks, and the function that finds what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check that our tests make."""

    source: str
    id: str
    level: str
    text: str
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Unchecked:
    """A check of the field that cannot be made here, with the reason."""

    source: str
    id: str
    level: str
    text: str
    reason: str


SOURCES = {
    "FOOPS!": ("https://w3id.org/foops/catalogue", "the catalogue of version 0.2.0; the levels are the four FAIR principles"),
    "OOPS!": (
        "https://oops.linkeddata.es/catalogue.jsp",
        "the levels are those of the source of that page, github.com/oeg-upm/OOPS (`CheckersCatalogue.java` and `checkers/` in 2025), "
        "compared one by one; only P34 differs, minor there and important in the reports of the service: the stricter one stands here",
    ),
    "OWL 2 DL": ("https://www.w3.org/TR/owl2-syntax/", "sections 2, 4, 5, 10 and 11: what makes a graph an ontology of OWL 2 DL"),
    "OWL 2 RL": ("https://www.w3.org/TR/owl2-profiles/#OWL_2_RL", "which axioms the profile allows"),
    "ROBOT report": ("http://robot.obolibrary.org/report", "the default profile, `report_profile.txt`; labels and definitions are counted by language"),
    "SKOS": ("https://www.w3.org/TR/skos-reference/", "the integrity conditions by their numbers"),
    "Concept Librarian": ("https://github.com/climatepolicyradar/knowledge-graph", "its checks of a taxonomy"),
    "Ours": ("../tests/quality", "what no source asks and our files promise"),
}  # fmt: skip
"""Where the checks of each source are listed, and what was read there."""

CHECKS: list[Check] = []
UNCHECKED: list[Unchecked] = []


def check(source: str, id: str, level: str, text: str) -> Callable[[Callable], Callable]:  # noqa: A002  (the word of the field)
    """Enter a function, which yields its findings as text, in the register."""

    def enter(find: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
        CHECKS.append(Check(source=source, id=id, level=level, text=text, find=find))
        return find

    return enter


def unchecked(source: str, id: str, level: str, text: str, reason: str) -> None:  # noqa: A002  (one row of a table)
    UNCHECKED.append(Unchecked(source=source, id=id, level=level, text=text, reason=reason))
