"""The records of SHACL shapes as the validator runs them: shapes with targets, paths and constraints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

__all__ = [
    "SHACL",
    "SHAPES",
    "Alternative",
    "Component",
    "Constraint",
    "Inverse",
    "Language",
    "Path",
    "Predicate",
    "Sequence",
    "Severity",
    "Shape",
    "Target",
    "TargetKind",
    "Value",
    "Words",
]

SHACL = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/policy-responsibility/shapes#"

Value = NamedNode | Literal
Language = OneOf["zh", "en"]


class Component(StrEnum):
    """The constraint components that shapes may use, by their names (https://www.w3.org/TR/shacl/#core-components)."""

    CLASS = "ClassConstraintComponent"
    CLOSED = "ClosedConstraintComponent"
    DATATYPE = "DatatypeConstraintComponent"
    HAS_VALUE = "HasValueConstraintComponent"
    IN = "InConstraintComponent"
    LANGUAGE_IN = "LanguageInConstraintComponent"
    LESS_THAN = "LessThanConstraintComponent"
    LESS_THAN_OR_EQUALS = "LessThanOrEqualsConstraintComponent"
    MAX_COUNT = "MaxCountConstraintComponent"
    MAX_INCLUSIVE = "MaxInclusiveConstraintComponent"
    MIN_COUNT = "MinCountConstraintComponent"
    MIN_INCLUSIVE = "MinInclusiveConstraintComponent"
    MIN_LENGTH = "MinLengthConstraintComponent"
    NODE = "NodeConstraintComponent"
    NODE_KIND = "NodeKindConstraintComponent"
    PATTERN = "PatternConstraintComponent"
    SPARQL = "SPARQLConstraintComponent"
    UNIQUE_LANG = "UniqueLangConstraintComponent"


class Severity(StrEnum):
    """How grave a result is: data that breaks the model, or data that may well be what the document says."""

    VIOLATION = "Violation"
    WARNING = "Warning"


class TargetKind(StrEnum):
    """How a shape names the nodes that it is about."""

    CLASS = "targetClass"
    SUBJECTS_OF = "targetSubjectsOf"


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in both languages."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Give the text in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Predicate:
    """The path of one property."""

    iri: NamedNode


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path gone backwards."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths gone one after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Paths of which any is gone."""

    parts: tuple[Path, ...]


Path = Predicate | Inverse | Sequence | Alternative


@dataclass(frozen=True, slots=True)
class Target:
    """The instances of a class, or the subjects of a property."""

    kind: TargetKind
    iri: NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One condition of a shape: its component and the values of its parameters.

    `node` is the shape of sh:node; `query` is the SELECT of sh:sparql with its prefixes, `message` what it says.
    """

    component: Component
    values: tuple[Value, ...] = ()
    node: Shape | None = None
    query: str | None = None
    message: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node shape, or a property shape where it has a path."""

    iri: NamedNode
    name: Words
    severity: Severity
    message: Words | None = None
    mend: Words | None = None
    group: NamedNode | None = None
    path: Path | None = None
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[Shape, ...] = ()
