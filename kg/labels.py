"""Read what government functions are called in Chinese and in English, from the bundled scheme."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import Literal, RdfFormat, parse

from kg.assets import asset
from kg.vocabulary import PREFIXES

__all__ = ["function_labels"]


def function_labels() -> dict[str, dict[str, str]]:
    """Return the preferred labels of each function: notation → language tag → label."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(path=str(asset("ontology", "functions.ttl")), format=RdfFormat.TURTLE):
        subject, predicate = str(quad.subject).strip("<>"), quad.predicate.value
        if predicate == f"{PREFIXES['skos']}prefLabel" and isinstance(quad.object, Literal) and quad.object.language:
            labels[subject.removeprefix(PREFIXES["func"])][quad.object.language] = quad.object.value
    return dict(labels)
