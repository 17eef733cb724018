"""Make the pages of one language: a vocabulary and a worked example go in, the HTML of each page comes out."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from kg.answers import Answer
from kg.assets import asset
from kg.competency import not_asked
from kg.pages.template import render
from kg.questions import Question
from kg.site.alignments import Standard, standards
from kg.site.diagram import Diagram, draw
from kg.site.entries import Described, Entries, Ref, Scheme, Term
from kg.site.example import Example
from kg.site.places import Piece
from kg.site.prose import Block, read_prose
from kg.site.vocabulary import TERM_KINDS, Language
from kg.vocabulary import DATA, HOME, Names

__all__ = ["EXAMPLE_FILES", "LANGUAGES", "Page", "pages", "read_words", "take_away"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

EXAMPLE_FILES = ("example/plan.txt", "example/plan.ttl", "example/plan.evidence.ttl")

_MOST_ROWS = 30
"""Rows of an answer that a page shows."""

_TARGETS = {
    "competency-questions.csv": "questions.html",
    "results": "questions.html",
    "specification.md": "../en/requirements.html",
    "specification.zh-CN.md": "../zh/requirements.html",
    "not-asked.csv": "questions.html#not-asked",
    "../ontology/requirements/not-asked.csv": "questions.html#not-asked",
    "queries.md": "questions.html",
}
"""The pages that show what a text of the ontology's folder, or the guide, links to."""

_CHANGES = ("skos:changeNote", "skos:historyNote", "owl:deprecated", "dct:isReplacedBy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nav:
    """A page in the list of pages."""

    file: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A question with its SPARQL cut at terms, and where it is worked its answer: at most some rows, and how many there are."""

    question: Question
    title: str
    pieces: tuple[Piece, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A competency question: the query that answers it with its parameters, the terms that it needs, and the stored answer."""

    id: str
    theme: str
    question: str
    query: str
    parameters: str
    terms: tuple[Piece, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed of a term."""

    of: Ref
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A row of the migration table: a term of an earlier version, what to use now, since when, and why."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    since: str
    note: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A prefix with its namespace; `ours` tells vocabulary and data apart from the terms of others."""

    name: str
    namespace: str
    ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the templates `visualize/site/*.html.jinja` are given; a page has what its template names.

    - `language`, `words`: the language, and what its pages say
    - `file`, `title`, `nav`: the page's own file and title, and all pages of the language
    - `terms`: our terms by their kind; `schemes`: the code lists; `scheme`: the one of this page
    - `headers`: the ontology files; `prefixes`: every prefix; `files`: what a reader can take; `counts`: how many of what
    - `diagram`: the drawing of the classes; `loose`: properties without a domain, which it lacks; `text_data`: how data is laid out
    - `individuals`: other nodes by their class; `standards`: alignments by vocabulary; `changes`, `migration`: what changed
    - `prose`, `prose_language`: the change log, the requirements or the guide, and the language they are written in
    - `required`: competency questions; `unasked`: terms that none of them needs, with the reason; `questions`: the named questions; `worked`: those of the example, with answers
    - `text`, `facts`, `evidence`: the plan of the example and its Turtle
    """

    language: Language
    words: Mapping[str, str]
    file: str
    title: str
    nav: tuple[Nav, ...]
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    schemes: tuple[Scheme, ...] = ()
    scheme: Scheme | None = None
    headers: tuple[Described, ...] = ()
    prefixes: tuple[Prefix, ...] = ()
    diagram: Diagram | None = None
    loose: tuple[Ref, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    text_data: tuple[Piece, ...] = ()
    files: tuple[str, ...] = ()
    individuals: tuple[tuple[Ref, tuple[Described, ...]], ...] = ()
    standards: tuple[Standard, ...] = ()
    changes: tuple[Change, ...] = ()
    migration: tuple[Migration, ...] = ()
    prose: tuple[Block, ...] = ()
    prose_language: str = ""
    required: tuple[Required, ...] = ()
    questions: tuple[Code, ...] = ()
    unasked: tuple[tuple[tuple[Piece, ...], str], ...] = ()
    worked: tuple[Code, ...] = ()
    text: str = ""
    facts: tuple[Piece, ...] = ()
    evidence: tuple[Piece, ...] = ()


def read_words(language: Language) -> Mapping[str, str]:
    """Read what the pages of a language say."""
    words = json.loads(asset("visualize", "site/words.json").read_text(encoding="utf-8"))
    return MappingProxyType(words[language])


def pages(entries: Entries, example: Example) -> Iterator[tuple[str, str]]:
    """Yield the file name and the HTML of every page of the language of the entries."""
    words = read_words(entries.language)
    terms = {kind.partition(":")[2]: tuple(entries.terms(kind)) for kind in TERM_KINDS}
    schemes = tuple(map(entries.scheme, entries.vocabulary.schemes))
    large = [scheme for scheme in schemes if scheme.page != "codes.html"]
    titles = {"index.html": words["index"], "terms.html": words["terms"], "codes.html": words["codes"]}
    titles |= {scheme.page: scheme.label for scheme in large}
    titles |= {
        f"{name}.html": words[name]
        for name in ("individuals", "alignments", "requirements", "guide", "questions", "examples", "changes")
    }
    if not _prose(entries, "ontology", "requirements/specification"):
        del titles["requirements.html"]
    nav = tuple(Nav(file=file, label=label) for file, label in titles.items())

    def page(file: str, template: str = "", **content: Any) -> tuple[str, str]:
        made = Page(language=entries.language, words=words, file=file, title=titles[file], nav=nav, **content)
        return file, render(f"site/{template or file.removesuffix('.html')}.html.jinja", made)

    yield page("index.html", **_overview(entries, terms, schemes))
    yield page("terms.html", terms=terms)
    yield page("codes.html", schemes=schemes)
    for scheme in large:
        yield page(scheme.page, "scheme", scheme=scheme)
    yield page("individuals.html", individuals=_individuals(entries))
    yield page("alignments.html", standards=tuple(standards(entries)))
    yield page(
        "questions.html",
        required=tuple(_required(entries)),
        questions=tuple(_named(entries)),
        unasked=_unasked(entries),
    )
    yield page("examples.html", **_example(entries, example))
    yield page("guide.html", **_prose(entries, "docs", "sparql"))
    if specification := _prose(entries, "ontology", "requirements/specification"):
        yield page("requirements.html", **specification)
    log = {"changes": tuple(_changes(entries)), "migration": tuple(_migration(entries))} | _prose(
        entries, "ontology", "CHANGES"
    )
    yield page("changes.html", headers=tuple(_headers(entries)), **log)


def _overview(entries: Entries, terms: Mapping[str, tuple[Term, ...]], schemes: tuple[Scheme, ...]) -> dict[str, Any]:
    counts = {kind: len(listed) for kind, listed in terms.items()}
    counts |= {"schemes": len(schemes), "concepts": sum(len(scheme.concepts) for scheme in schemes)}
    data = [Prefix(name=name, namespace=Names().namespace(name), ours=True) for name in DATA]
    others = [
        Prefix(name=name, namespace=iri, ours=iri.startswith(HOME))
        for name, iri in sorted(entries.vocabulary.prefixes.items())
    ]
    return {
        "headers": tuple(_headers(entries)),
        "counts": counts,
        "prefixes": (*[p for p in others if p.ours], *data, *[p for p in others if not p.ours]),
        "diagram": draw(entries.vocabulary, entries.places, entries.language),
        "loose": tuple(
            entries.ref(node) for node in entries.vocabulary.terms["owl:ObjectProperty"] if _is_loose(entries, node)
        ),
        "text_data": tuple(entries.places.pieces(read_words(entries.language)["data_text"])),
        "files": take_away(),
    }


def take_away() -> tuple[str, ...]:
    """Name the files that stand beside the pages: the Turtle of the ontology, and the worked example."""
    turtle = sorted(f"ttl/{path.name}" for path in asset("ontology").glob("*.ttl"))
    return (*turtle, *EXAMPLE_FILES)


def _is_loose(entries: Entries, node: NamedNode) -> bool:
    """Tell whether a property has no domain, of its own or of a superproperty, and is no inverse of one that has."""
    known = entries.vocabulary
    above = known.nodes(node, "rdfs:subPropertyOf")
    inverse = [*known.nodes(node, "owl:inverseOf"), *known.sayers("owl:inverseOf", node)]
    return not inverse and not known.values(node, "rdfs:domain") and all(_is_loose(entries, wide) for wide in above)


def _headers(entries: Entries) -> Iterator[Described]:
    known = entries.vocabulary
    return (entries.described(node) for node in known.members("owl:Ontology") if node.value.startswith(HOME))


def _individuals(entries: Entries) -> tuple[tuple[Ref, tuple[Described, ...]], ...]:
    grouped = entries.vocabulary.individuals
    return tuple((entries.ref(kind), tuple(map(entries.described, nodes))) for kind, nodes in grouped.items())


def _unasked(entries: Entries) -> tuple[tuple[tuple[Piece, ...], str], ...]:
    """List the terms that no competency question needs, each with the reason."""
    return tuple((tuple(entries.places.pieces(term)), why) for term, why in not_asked(entries.language).items())


def _named(entries: Entries) -> Iterator[Code]:
    return (_code(entries, question) for question in entries.questions)


def _code(entries: Entries, question: Question, answer: Answer | None = None) -> Code:
    sparql = "\n".join(line for line in question.sparql.splitlines() if not line.startswith("#")).strip()
    rows = answer.strings() if answer else []
    return Code(
        question=question,
        title=question.question_zh if entries.language == "zh" else question.question_en,
        pieces=tuple(entries.places.pieces(sparql)),
        columns=answer.columns if answer else (),
        rows=tuple(rows[:_MOST_ROWS]),
        total=len(rows),
    )


def _required(entries: Entries) -> Iterator[Required]:
    """Read the competency questions, and their stored answers, where the ontology has them."""
    folder = asset("ontology") / "requirements"
    for row in _csv(folder / "competency-questions.csv")[1]:
        columns, rows = _csv(folder / "results" / f"{row['id']}.csv")
        yield Required(
            id=row["id"],
            theme=row.get("theme", ""),
            question=row[f"question_{entries.language}"],
            query=row["query"],
            parameters=row.get("parameters", ""),
            terms=tuple(entries.places.pieces(row.get("terms", ""))),
            columns=columns,
            rows=tuple(tuple(answer.values()) for answer in rows[:_MOST_ROWS]),
            total=len(rows),
        )


def _prose(entries: Entries, folder: str, name: str) -> dict[str, Any]:
    """Read a text of a folder in the language of the entries, else in English; nothing where there is none."""
    for suffix, language in ((".zh-CN.md", "zh-CN"), (".md", "en")):
        path = asset(folder) / f"{name}{suffix}"
        if path.is_file() and (entries.language == "zh" or language == "en"):
            blocks = read_prose(path.read_text(encoding="utf-8"), entries.places, _TARGETS)
            return {"prose": tuple(blocks), "prose_language": language}
    return {}


def _migration(entries: Entries) -> Iterator[Migration]:
    """Read the migration table where the ontology has one, with the notes of the language."""
    told = "note_zh" if entries.language == "zh" else "note"
    for row in _csv(asset("ontology") / "migration.csv")[1]:
        old, new, note = (tuple(entries.places.pieces(row[name])) for name in ("old_term", "new_term", told))
        yield Migration(old=old, new=new, since=row["since"], note=note)


def _csv(path: Path) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Read the columns and the rows of a table, none where there is no file."""
    if not path.is_file():
        return (), []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return tuple(reader.fieldnames or ()), list(reader)


def _example(entries: Entries, example: Example) -> dict[str, Any]:
    return {
        "text": example.text,
        "facts": tuple(entries.places.pieces(_without_prefixes(example.facts))),
        "evidence": tuple(entries.places.pieces(_without_prefixes(example.evidence))),
        "worked": tuple(_code(entries, asked.question, asked.answer) for asked in example.asked),
    }


def _without_prefixes(turtle: str) -> str:
    return turtle[turtle.rindex("@prefix ") :].partition("\n")[2].strip()


def _changes(entries: Entries) -> Iterator[Change]:
    """List what the notes of the files say of changes."""
    known = entries.vocabulary
    nodes: list[NamedNode] = [*known.members("owl:Ontology"), *known.own]
    for node in nodes:
        notes = [text for curie in _CHANGES[:2] for text in known.texts(node, curie, entries.language)]
        notes += [f"{curie} {entries.ref(value).text}" for curie in _CHANGES[2:] for value in known.values(node, curie)]
        if notes:
            yield Change(of=entries.ref(node), notes=tuple(notes))
