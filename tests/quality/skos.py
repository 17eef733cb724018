"""Checks of the concept schemes: SKOS's own integrity conditions, and those of the Concept Librarian of Climate Policy Radar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.resolve.functions import function_of
from kg.vocabulary import PREFIXES
from quality.check import check
from quality.graph import files, local, whole

SKOS = "SKOS"
LIBRARIAN = "Concept Librarian"
OURS = "Ours"
LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")


def concepts() -> list[str]:
    return whole().of_type("skos:Concept")


@check(SKOS, "S13", "condition", "a label of two sorts at once: preferred, alternative, hidden")
def overlapping_labels() -> Iterator[str]:
    for term in concepts():
        said = Counter(text for label in LABELS for text in set(whole().texts(term, label, "zh")))
        yield from (f"{term}: {text}" for text, count in said.items() if count > 1)


@check(SKOS, "S14", "condition", "several preferred labels in one language")
def several_preferred_labels() -> Iterator[str]:
    for term in concepts():
        yield from (term for language in ("en", "zh") if len(whole().texts(term, "skos:prefLabel", language)) != 1)


@check(SKOS, "S27", "condition", "concepts that are related and one above the other; skos:related is not used")
def related() -> Iterator[str]:
    yield from (s for s, p, _ in whole().triples if p == "skos:related")


@check(LIBRARIAN, "duplicate-preferred-labels", "", "a preferred label twice in a scheme")
def duplicate_preferred_labels() -> Iterator[str]:
    yield from shared("skos:prefLabel")


@check(LIBRARIAN, "non-unique-alternative-labels", "", "an alternative label twice in a scheme")
def shared_alternative_labels() -> Iterator[str]:
    yield from shared("skos:altLabel")


@check(LIBRARIAN, "negative-labels", "", "a label that the same concept forbids (resp:notLabel)")
def forbidden_labels() -> Iterator[str]:
    forbids = PREFIXES["resp"] + "notLabel"
    for term in concepts():
        said = {text for label in LABELS for text in whole().texts(term, label)}
        yield from said & set(whole().texts(term, forbids))


@check(LIBRARIAN, "hierarchy", "", "a concept above itself, or above one of another scheme")
def wrong_hierarchy() -> Iterator[str]:
    for term in concepts():
        upper = whole().above(term, "skos:broader")
        if term in upper or any(
            whole().nodes(u, "skos:inScheme") != whole().nodes(term, "skos:inScheme") for u in upper
        ):
            yield term


@check(LIBRARIAN, "unconnected", "", "a concept without a scheme, and neither at its top nor under another")
def unconnected_concepts() -> Iterator[str]:
    for term in concepts():
        (*schemes,) = whole().nodes(term, "skos:inScheme")
        former = term.startswith(PREFIXES["former"])  # a flat list of kinds, ordered by their reforms
        placed = former or whole().nodes(term, "skos:topConceptOf") or whole().nodes(term, "skos:broader")
        if len(schemes) != 1 or not placed:
            yield term


@check(OURS, "notation", "", "a concept whose notation is not the last part of its IRI")
def notations() -> Iterator[str]:
    yield from (term for term in concepts() if whole().texts(term, "skos:notation") != [local(term)])


@check(OURS, "same-names", "", "a preferred label that is not the label")
def same_names() -> Iterator[str]:
    for term in [*concepts(), *whole().of_type("skos:ConceptScheme")]:
        if sorted(map(str, whole().values(term, "skos:prefLabel"))) != sorted(
            map(str, whole().values(term, "rdfs:label"))
        ):
            yield term


@check(OURS, "examples", "", "a term without an example in each language")
def missing_examples() -> Iterator[str]:
    for term in whole().terms:
        yield from (f"{term} {lang}" for lang in ("en", "zh") if len(whole().texts(term, "skos:example", lang)) != 1)


@check(OURS, "invented-examples", "", "an example that names no place of the invented city")
def real_examples() -> Iterator[str]:
    for term in whole().terms:
        texts = whole().texts(term, "skos:example")
        yield from (f"{term}: {text}" for text in texts if not any(place in text for place in ("贝壳", "灯塔")))


@check(OURS, "function-examples", "", "an example of a function whose body our own resolver puts under another")
def wrong_function_examples() -> Iterator[str]:
    for term in files()["functions.ttl"].of_type("skos:Concept"):
        if not whole().nodes(term, "skos:topConceptOf"):
            body = whole().texts(term, "skos:example", "en")[0].partition(",")[0]
            if function_of(body) != local(term):
                yield f"{term}: {body}"


@check(OURS, "topics", "", "an indicator concept without a topic of the scheme")
def missing_topics() -> Iterator[str]:
    topics = set(files()["topics.ttl"].of_type("skos:Concept"))
    for term in files()["indicator-concepts.ttl"].of_type("skos:Concept"):
        subjects = whole().nodes(term, "dct:subject")
        if not subjects or not set(subjects) <= topics:
            yield term


@check(OURS, "units", "", "an indicator concept without a note on its unit in each language and a unit of QUDT")
def missing_units() -> Iterator[str]:
    for term in files()["indicator-concepts.ttl"].of_type("skos:Concept"):
        notes = [text for lang in ("en", "zh") for text in whole().texts(term, "skos:note", lang)]
        if [note[:3] for note in notes] != ["Uni", "单位："] or len(whole().nodes(term, "rdfs:seeAlso")) != 1:
            yield term


def shared(predicate: str) -> Iterator[str]:
    said: Counter[tuple[str, str]] = Counter()
    for term in concepts():
        (scheme,) = whole().nodes(term, "skos:inScheme")
        said.update((scheme, text) for language in ("en", "zh") for text in whole().texts(term, predicate, language))
    yield from (f"{scheme}: {text}" for (scheme, text), count in said.items() if count > 1)
