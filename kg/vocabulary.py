"""The one place for IRIs in Python: the terms that the ontology files state, and the nodes of the data.

What the files state is read when it is first used (see `kg.ontology`), so importing this module does no work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import OutputError, RecordsError
from kg.ontology import Kind, Stated, classes, prefixes, printed, properties, shortcuts
from kg.records import (
    Basis,
    CitationRelation,
    DocumentKind,
    OrganizationKind,
    Precision,
    Recurrence,
    RegionLevel,
    Role,
    ValueKind,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from enum import StrEnum

__all__ = [
    "ATTRIBUTES",
    "CLASSES",
    "CODE_LISTS",
    "DATA",
    "DEFAULT_BASE",
    "HOME",
    "LANGUAGE",
    "PREFIXES",
    "PROPERTIES",
    "SHORTCUTS",
    "VOCABULARY_FILES",
    "Kind",
    "Names",
    "concept",
    "local_name",
    "term",
]

HOME = "https://w3id.org/policy-responsibility/"
DEFAULT_BASE = HOME + "id/"
LANGUAGE = "zh"

VOCABULARY_FILES = (
    "responsibility.ttl", "roles.ttl", "functions.ttl", "reforms.ttl", "topics.ttl", "indicator-concepts.ttl", "alignments.ttl",
)  # fmt: skip
"""The files of `ontology/` that are loaded beside the data: terms and code lists, no shapes and no examples."""

DATA = (
    "doc", "body", "region", "task", "duty", "deadline", "commitment", "indicator", "value", "project",
    "achievement", "citation", "act", "agent", "copy", "run", "span", "position", "quote", "facts", "evidence", "graph",
)  # fmt: skip
"""The prefixes of the data in reading order; each stands for a folder of the same name under the base."""


PREFIXES: Mapping[str, str] = Stated(prefixes)
"""Every prefix that does not depend on the base of the data."""

CLASSES: Collection[str] = Stated(classes)
"""Every class of which the data has members, written as prefix:name."""

PROPERTIES: Mapping[str, Kind] = Stated(properties)
"""Every property that the data uses, with the kind of its values, in the order in which people read them."""

SHORTCUTS: Mapping[Role, str] = Stated(lambda: {Role(role): name for role, name in shortcuts().items()})
"""The rule of the shortcut properties: a duty of this role links its piece of work to its bearer by this property."""

CODE_LISTS: Mapping[type[StrEnum], str] = MappingProxyType(
    {
        Role: "role",
        Basis: "basis",
        DocumentKind: "dockind",
        OrganizationKind: "bodykind",
        RegionLevel: "level",
        Precision: "precision",
        Recurrence: "recurrence",
        ValueKind: "valuekind",
        CitationRelation: "relation",
    }
)
"""The prefix of the concepts that stand for the members of an enumeration in `kg.records`."""

ATTRIBUTES: Mapping[str, str] = Stated(lambda: printed("attribute"))
"""The concept of each attribute that an indicator table prints."""

# Letters that Turtle allows in a local name without an escape (PN_CHARS_BASE of https://www.w3.org/TR/turtle/#sec-grammar).
_LETTER = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_LOCAL = re.compile(rf"[{_LETTER}0-9_](?:[{_LETTER}0-9_.·-]*[{_LETTER}0-9_·-])?")
_FOREIGN = re.compile(rf"(?:[^\w.]|[^{_LETTER}0-9_.])+")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+/")


@cache
def term(curie: str) -> NamedNode:
    """Return the node of a term or concept written as prefix:name.

    >>> term("role:lead").value
    'https://w3id.org/policy-responsibility/role/lead'
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def concept(member: StrEnum) -> NamedNode:
    """Return the concept of a member of an enumeration: role:lead for `Role.LEAD`."""
    return term(f"{CODE_LISTS[type(member)]}:{member.value}")


def local_name(text: str) -> str:
    """Make a legal local name from text of any kind.

    >>> local_name("贝政发〔2031〕5号")
    '贝政发-2031-5号'
    """
    return _FOREIGN.sub("-", text).strip("-.") or "_"


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of the data under one base, one folder for each type of node.

    Raises `OutputError` where the base is not an absolute IRI that ends in /.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise OutputError(f"base {self.base!r} is not an absolute http IRI that ends in /: try {DEFAULT_BASE}")

    def namespace(self, prefix: str) -> str:
        """Return the namespace of one prefix of `DATA`."""
        return f"{self.base}{prefix}/"

    def node(self, prefix: str, local: str) -> NamedNode:
        """Return the node of a record.

        Raises `RecordsError` where its id would need an escape in Turtle.
        """
        if not _LOCAL.fullmatch(local):
            raise RecordsError(f"id {local!r} of a {prefix} is no legal local name: use letters, digits, _ and - only")
        return NamedNode(self.namespace(prefix) + local)

    def prefixes(self) -> dict[str, str]:
        """Return every prefix with its namespace: data first, then terms."""
        return {prefix: self.namespace(prefix) for prefix in DATA} | dict(PREFIXES)
