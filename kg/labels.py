"""Read what government functions are called in Chinese and in English, from the bundled scheme."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.assets import asset
from kg.vocabulary import PREFIXES, term

__all__ = ["function_branches", "function_labels"]


def function_labels() -> dict[str, dict[str, str]]:
    """Return the preferred labels of each function: notation → language tag → label."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    preferred = term("skos:prefLabel")
    for quad in parse(path=str(asset("ontology", "functions.ttl")), format=RdfFormat.TURTLE):
        subject, label = quad.subject, quad.object
        if quad.predicate == preferred and isinstance(subject, NamedNode) and isinstance(label, Literal):
            prefix, notation = subject.value[: len(PREFIXES["func"])], subject.value[len(PREFIXES["func"]) :]
            if prefix == PREFIXES["func"] and label.language:
                labels[notation][label.language] = label.value
    return dict(labels)


def function_branches() -> dict[str, set[str]]:
    """Return the functions above each function: notation → notations; a top concept has none above it."""
    above: dict[str, set[str]] = {notation: set() for notation in function_labels()}
    broader = term("skos:broader")
    for quad in parse(path=str(asset("ontology", "functions.ttl")), format=RdfFormat.TURTLE):
        subject, branch = quad.subject, quad.object
        if quad.predicate == broader and isinstance(subject, NamedNode) and isinstance(branch, NamedNode):
            above[subject.value.removeprefix(PREFIXES["func"])].add(branch.value.removeprefix(PREFIXES["func"]))
    return above
