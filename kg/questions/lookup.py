"""Look up what a name can mean in a dataset: one way for each type of parameter, each by queries of `queries/lookups`.

The steps go from the surest to the loosest, and the first that finds anything ends the search: the name in full, the name as
`kg.resolve` reads names in documents, the name as documents write it, a part of the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from kg.answers import Answer, Term
from kg.assets import asset
from kg.errors import RecordsError, ResolveError
from kg.questions.binding import CONCEPTS, fill
from kg.records import Region
from kg.resolve import function_of, load_regions
from kg.resolve.functions import Prefix, clean_name, read_body
from kg.resolve.organizations import Context, name_body
from kg.vocabulary import DEFAULT_BASE, LANGUAGE, PREFIXES, Names, term

__all__ = ["DATA_BASE", "WAYS", "Ask", "Choice", "Lookup", "Way", "base_of", "lookup_query"]

Ask = Callable[[str], Answer]
"""What answers SPARQL text about the dataset: `Engine.answer`."""

DATA_BASE = """PREFIX resp: <https://w3id.org/policy-responsibility/ontology#>
SELECT ?document WHERE { ?document a resp:Document } LIMIT 1"""
"""The query whose answer tells under which base the data stands; see `base_of`."""


def base_of(documents: Answer) -> str:
    """Return the base of the data, given the answer to `DATA_BASE`; the default one of an empty store."""
    return documents.strings()[0][0].rpartition("doc/")[0] if documents.rows else DEFAULT_BASE


_NOTHING: Mapping[str, Sequence[Term]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name can mean: a term of the dataset, and the name by which a person can choose it."""

    term: NamedNode | Literal
    name: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The dataset in which names are looked up, and the code of the region that the question is about, if it names one."""

    answer: Ask
    region: str | None = None
    _asked: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def rows(self, name: str, /, terms: Mapping[str, Sequence[Term]] = _NOTHING) -> list[tuple[str, ...]]:
        """Give the rows of a query of `queries/lookups`, with its variables bound."""
        sparql = fill(lookup_query(name), terms)
        if sparql not in self._asked:
            self._asked[sparql] = self.answer(sparql).strings()
        return self._asked[sparql]


@dataclass(frozen=True, slots=True)
class Way:
    """How names of one type are looked up, and how all of them are listed."""

    find: Callable[[Lookup, str], Iterable[Choice]]
    all: Callable[[Lookup], Iterable[Choice]]


@cache
def lookup_query(name: str) -> str:
    """Read a query of `queries/lookups` once."""
    return asset("queries", f"lookups/{name}.rq").read_text(encoding="utf-8")


def _written(text: str) -> tuple[Literal, ...]:
    """Give the literals that a name can be in the data."""
    return Literal(text, language=LANGUAGE), Literal(text)


def _bodies(lookup: Lookup, text: str) -> list[Choice]:
    """Find bodies by name; where several bear it, those of the region of the question, if it names one."""
    for step in (
        _bodies_by_id,
        _bodies_in_full,
        _bodies_as_read,
        _bodies_as_written,
        _bodies_of_function,
        _bodies_like,
    ):
        if rows := list(step(lookup, text)):
            near = [row for row in rows if row[2] == lookup.region] or rows
            return [Choice(NamedNode(body), label) for body, label, _ in near]
    return []


def _bodies_by_id(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    return _bodies_at(lookup, text) if "_" in text else []


def _bodies_at(lookup: Lookup, name: str) -> list[tuple[str, ...]]:
    """Give the body of an id, such as 500101_civil-affairs."""
    try:
        return lookup.rows("bodies-at", {"body": (Names(base_of(lookup.answer(DATA_BASE))).node("body", name),)})
    except RecordsError:  # what is written is no id
        return []


def _bodies_in_full(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    return [row for row in lookup.rows("bodies-named", {"name": _written(text)}) if row[1] == text]


def _bodies_as_read(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    """Read the name as `kg.resolve` reads one in a document of the question's region: 重庆市万州区民政局."""
    named = name_body(Context(_chain(lookup.region)), clean_name(text))
    return _bodies_at(lookup, named.id) if named.region else []


def _chain(code: str | None) -> tuple[Region, ...]:
    """Return the region of a code and those above it; none for a code that the bundled table lacks."""
    try:
        return load_regions().chain(code) if code else ()
    except ResolveError:
        return ()


def _bodies_as_written(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    return lookup.rows("bodies-named", {"name": _written(text)})


def _bodies_of_function(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    functions = [choice.term for choice in _functions(lookup, text, loose=False)]
    rank = read_body(clean_name(text))
    rows = lookup.rows("bodies-of-function", {"function": functions}) if functions else []
    return [row for row in rows if rank.prefix is not Prefix.RANK or rank.before in row[1]]


def _bodies_like(lookup: Lookup, text: str) -> list[tuple[str, ...]]:
    return lookup.rows("bodies-like", {"word": (Literal(text),)}) if text else []


def _all_bodies(lookup: Lookup) -> Iterator[Choice]:
    for body, label, _ in lookup.rows("bodies-like", {"word": (Literal(""),)}):
        yield Choice(NamedNode(body), label)


def _departments(lookup: Lookup, text: str) -> list[Choice]:
    """Find a function (民政, 民政局) or, where a name says of which region it is, a body (万州区民政局, 区民政局)."""
    if rows := _bodies_by_id(lookup, text) or _bodies_in_full(lookup, text):
        return [Choice(NamedNode(body), label) for body, label, _ in rows]
    reading = read_body(clean_name(text))
    is_field = reading.prefix is Prefix.NONE or reading.function is None
    return (is_field and _functions(lookup, text, loose=False)) or _bodies(lookup, text) or _functions(lookup, text)


def _functions(lookup: Lookup, text: str, *, loose: bool = True) -> list[Choice]:
    """Find functions by notation or name, or as `kg.resolve` reads the name of a body."""
    found = _concepts("function", lookup, text, loose=False)
    if not found and (notation := function_of(text)):
        found = _concepts("function", lookup, notation, loose=False)
    return found or (_concepts("function", lookup, text) if loose else [])


def _concepts(kind: str, lookup: Lookup, text: str, *, loose: bool = True) -> list[Choice]:
    """Find concepts of a code list by notation or label, whatever the case; underscores are hyphens."""
    scheme, written = _scheme(kind), (*_written(text), Literal(text.replace("_", "-")))
    found = {row[0] for row in lookup.rows("concepts-named", {"scheme": scheme, "name": written})}
    if not found:
        wanted, rows = _plain(text), lookup.rows("concepts", {"scheme": scheme})
        exact = {concept for concept, name in rows if _plain(name) == wanted}
        found = exact or {concept for concept, name in rows if loose and wanted and wanted in _plain(name)}
    return [Choice(NamedNode(concept), _notation(kind, concept)) for concept in sorted(found)]


def _all_concepts(kind: str, lookup: Lookup) -> list[Choice]:
    concepts = sorted({concept for concept, _ in lookup.rows("concepts", {"scheme": _scheme(kind)})})
    return [Choice(NamedNode(concept), _notation(kind, concept)) for concept in concepts]


def _scheme(kind: str) -> tuple[NamedNode]:
    """Return the scheme of a code list, whose IRI is the namespace of its concepts without the slash."""
    return (NamedNode(PREFIXES[CONCEPTS[kind]].rstrip("/")),)


def _notation(kind: str, concept: str) -> str:
    return concept.removeprefix(PREFIXES[CONCEPTS[kind]])


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").strip()


def _regions(lookup: Lookup, text: str) -> list[Choice]:
    """Find regions by code or name, in full, in short (万州) or with those above (重庆市万州区)."""
    known, codes = lookup.rows("regions"), _codes(text)
    steps = (
        [row for row in known if text in row],
        [row for row in known if row[0] in codes],
        [row for row in known if text and (text in row[1] or text.endswith(row[1]))],
    )
    found: list[tuple[str, ...]] = next(filter(None, steps), [])
    return [Choice(Literal(code), name) for code, name in found]


def _codes(text: str) -> frozenset[str]:
    """Give the codes of the regions that a name can mean in the bundled table."""
    table = load_regions()
    places = table.leading(text)
    whole = places and places[-1].end == len(text) and places[-1].region
    return frozenset({whole.code} if whole else {region.code for region in table.named(text)})


def _all_regions(lookup: Lookup) -> list[Choice]:
    return [Choice(Literal(code), name) for code, name in lookup.rows("regions")]


def _documents(lookup: Lookup, text: str) -> list[Choice]:
    rows = lookup.rows("documents-named", {"name": _written(text)})
    rows = rows or (lookup.rows("documents-like", {"word": (Literal(text),)}) if text else [])
    return [Choice(NamedNode(document), title) for document, title in rows]


def _all_documents(lookup: Lookup) -> list[Choice]:
    return [Choice(NamedNode(row[0]), row[1]) for row in lookup.rows("documents-like", {"word": (Literal(""),)})]


def _labels(kind: str, lookup: Lookup, text: str) -> list[Choice]:
    """Find the label of the members of a class, in full or by a part."""
    of: Sequence[Term] = (term(kind),)
    rows = lookup.rows("labels-named", {"class": of, "label": _written(text)})
    rows = rows or (lookup.rows("labels-like", {"class": of, "word": (Literal(text),)}) if text else [])
    return [Choice(Literal(label, language=LANGUAGE), label) for (label,) in rows]


def _all_labels(kind: str, lookup: Lookup) -> list[Choice]:
    rows = lookup.rows("labels-like", {"class": (term(kind),), "word": (Literal(""),)})
    return [Choice(Literal(label, language=LANGUAGE), label) for (label,) in rows]


def _any_name(lookup: Lookup, text: str) -> list[Choice]:
    found = lookup.rows("names", {"name": _written(text)})
    return [Choice(Literal(text, language=LANGUAGE), text)] if found else []


WAYS: Mapping[str, Way] = {
    **{kind: Way(partial(_concepts, kind), partial(_all_concepts, kind)) for kind in CONCEPTS},
    "function": Way(_functions, partial(_all_concepts, "function")),
    "region": Way(_regions, _all_regions),
    "body": Way(_bodies, _all_bodies),
    "department": Way(_departments, _all_bodies),
    "document": Way(_documents, _all_documents),
    "indicator": Way(partial(_labels, "resp:Indicator"), partial(_all_labels, "resp:Indicator")),
    "task": Way(partial(_labels, "resp:Task"), partial(_all_labels, "resp:Task")),
    "name": Way(_any_name, lambda _: ()),
}
"""The types of parameters whose values are looked up; all others are taken as they are written."""
