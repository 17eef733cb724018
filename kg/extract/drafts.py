"""Tasks before their facts are read, and the paragraphs that they are put together from, each with its clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.documents.passage import Passage, join
from kg.extract.outline import Unit
from kg.grammar.bodies import split_bodies
from kg.grammar.clauses import LABEL, Clause, find_clauses, labelled
from kg.grammar.labels import PERSON_LABEL

_LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A task before its facts are read: its place in the outline, its text and the clauses in it.

    `text` runs from after the title to the end of the clause; `clauses` have places in it.
    """

    path: tuple[str, ...]
    section: tuple[str, ...]
    text: Passage
    title: Passage | None = None
    clauses: tuple[Clause, ...] = ()
    truncated: bool = False
    bearers: tuple[Passage, ...] = ()


@dataclass(slots=True)
class Segment:
    """Paragraphs up to and with the clause that ends them."""

    parts: list[Passage] = field(default_factory=list)
    marks: list[Clause] = field(default_factory=list)
    length: int = 0

    def add(self, part: Passage, clauses: Sequence[Clause]) -> None:
        """Add a paragraph; its clauses are moved to their places in the whole."""
        self.parts.append(part)
        self.marks.extend(moved(clause, self.length) for clause in clauses)
        self.length += len(part.text)


def moved(clause: Clause, shift: int) -> Clause:
    """Give a clause at its place in a text that begins `shift` characters earlier."""
    if not shift:
        return clause
    moved = tuple(
        type(a)(type(a.item)(a.item.start + shift, a.item.end + shift, a.item.name), a.role) for a in clause.assignments
    )
    return Clause(clause.start + shift, clause.end + shift, moved, clause.open, clause.strange)


def read_paragraphs(unit: Unit) -> list[tuple[Passage, list[Clause]]]:
    """Give the paragraphs of a unit with the clauses in each; lines of persons are left out."""
    found: list[tuple[Passage, list[Clause]]] = []
    for part in map(without_person, _with_labels(unit.body)):
        if not part:
            continue
        line = labelled(part.text)
        found.append((part, [line] if line else list(find_clauses(part.text)[0])))
    return found


def without_person(part: Passage) -> Passage:
    """Leave the label of a person at the start of a line, and the names after it, out: up to a label of bodies, or all of it."""
    if not PERSON_LABEL.at_start(part.text):
        return part
    label = LABEL.first(part.text)
    return part.part(label.start()) if label else part.part(0, 0)


def _with_labels(parts: Sequence[Passage]) -> Iterator[Passage]:
    """Put a label that stands alone on its line before the list on the next one."""
    label: Passage | None = None
    for part in parts:
        if label is not None:
            listed = label.text.endswith(":") or not split_bodies(part.text, trusted=False).strange
            yield from [join([_with_colon(label), part])] if listed else [label, part]
            label = None
        elif len(part.text) <= _LONGEST_LABEL and LABEL.fits(part.text.removesuffix(":") + ":"):
            label = part
        else:
            yield part
    if label is not None:
        yield label


def _with_colon(label: Passage) -> Passage:
    """Give a label the colon by which clauses are read; it stands where the label's last character does."""
    return label if label.text.endswith(":") else Passage(f"{label.text}:", (*label.offsets, label.offsets[-1]))


def is_standalone(part: Passage, clauses: Sequence[Clause]) -> bool:
    """Tell whether a paragraph holds nothing but its clauses."""
    return bool(clauses) and clauses[0].start == 0 and clauses[-1].end >= len(part.text) - 1
