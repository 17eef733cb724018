"""The one place for IRIs: prefixes, classes, properties with the type of their values, and the nodes of the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import OutputError, RecordsError
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
    from collections.abc import Mapping

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

VOCABULARY_FILES = ("responsibility.ttl", "roles.ttl", "functions.ttl", "reforms.ttl")
"""The files of `ontology/` that are loaded beside the data: terms and code lists, no shapes and no examples."""

_CONCEPTS = {
    "role": "role/",
    "func": "function/",
    "dockind": "document-kind/",
    "bodykind": "body-kind/",
    "basis": "basis/",
    "valuekind": "value-kind/",
    "precision": "precision/",
    "recurrence": "recurrence/",
    "level": "region-level/",
    "relation": "citation-relation/",
    "attribute": "indicator-attribute/",
    "former": "former-body/",
    "reform": "reform/",
}

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "resp": HOME + "ontology#",
        **{prefix: HOME + path for prefix, path in _CONCEPTS.items()},
        "dct": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Every prefix that does not depend on the base of the data."""

DATA = (
    "doc", "body", "region", "task", "duty", "deadline", "commitment", "indicator", "value", "project",
    "achievement", "citation", "act", "agent", "copy", "run", "span", "position", "quote", "facts", "evidence", "graph",
)  # fmt: skip
"""The prefixes of the data in reading order; each stands for a folder of the same name under the base."""


class Kind(StrEnum):
    """What the value of a property is in RDF."""

    CLASS = "class"  # a class, written as prefix:name
    NODE = "node"  # another node
    LABEL = "label"  # text for people, tagged with its language
    STRING = "string"  # characters as printed, or a code
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


CLASSES = (
    "resp:Document", "resp:Plan", "resp:DocumentCopy", "resp:CitedAct", "resp:Citation", "resp:Task", "resp:Responsibility",
    "resp:Department", "resp:Organization", "resp:CollectiveBody", "resp:Region", "resp:Deadline", "resp:Commitment",
    "resp:Achievement", "resp:Indicator", "resp:IndicatorValue", "resp:Project",
    "eli:Work", "org:FormalOrganization", "dct:Location",
    "prov:Activity", "prov:Entity", "prov:SoftwareAgent",
    "oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector",
)  # fmt: skip
"""Every class of which the data has members."""

PROPERTIES: Mapping[str, Kind] = MappingProxyType(
    {
        "rdf:type": Kind.CLASS,
        "rdfs:label": Kind.LABEL,
        "skos:altLabel": Kind.LABEL,
        "dct:title": Kind.LABEL,
        "eli:id_local": Kind.STRING,
        "resp:number": Kind.STRING,
        "resp:order": Kind.INTEGER,
        "resp:document": Kind.NODE,
        "resp:documentKind": Kind.NODE,
        "resp:issuer": Kind.NODE,
        "resp:issuerName": Kind.STRING,
        "resp:region": Kind.NODE,
        "resp:regionName": Kind.STRING,
        "resp:regionCode": Kind.STRING,
        "resp:level": Kind.NODE,
        "resp:parentRegion": Kind.NODE,
        "eli:date_document": Kind.DATE,
        "eli:date_publication": Kind.DATE,
        "eli:based_on": Kind.NODE,
        "eli:cites": Kind.NODE,
        "resp:citedAct": Kind.NODE,
        "resp:relation": Kind.NODE,
        "resp:bodyKind": Kind.NODE,
        "org:classification": Kind.NODE,
        "resp:section": Kind.STRING,
        "resp:task": Kind.NODE,
        "resp:indicator": Kind.NODE,
        "resp:project": Kind.NODE,
        "resp:inTask": Kind.NODE,
        "resp:bearer": Kind.NODE,
        "resp:role": Kind.NODE,
        "resp:basis": Kind.NODE,
        "resp:writtenAs": Kind.STRING,
        "resp:namesFormerBody": Kind.NODE,
        "resp:leadDepartment": Kind.NODE,
        "resp:responsibleDepartment": Kind.NODE,
        "resp:supportDepartment": Kind.NODE,
        "resp:implementingDepartment": Kind.NODE,
        "resp:open": Kind.BOOLEAN,
        "resp:truncated": Kind.BOOLEAN,
        "resp:deadline": Kind.NODE,
        "resp:when": Kind.STRING,
        "resp:printed": Kind.STRING,
        "resp:period": Kind.STRING,
        "resp:year": Kind.INTEGER,
        "resp:earliest": Kind.DATE,
        "resp:latest": Kind.DATE,
        "resp:precision": Kind.NODE,
        "resp:recurrence": Kind.NODE,
        "resp:group": Kind.STRING,
        "resp:attribute": Kind.NODE,
        "resp:attributeName": Kind.STRING,
        "resp:indicatorValue": Kind.NODE,
        "resp:valueKind": Kind.NODE,
        "resp:metric": Kind.STRING,
        "resp:comparator": Kind.STRING,
        "resp:value": Kind.DECIMAL,
        "resp:valueMax": Kind.DECIMAL,
        "resp:unit": Kind.STRING,
        "resp:text": Kind.STRING,
        "resp:aligned": Kind.STRING,
        "resp:asOf": Kind.STRING,
        "resp:list": Kind.STRING,
        "resp:projectType": Kind.STRING,
        "resp:start": Kind.STRING,
        "resp:end": Kind.STRING,
        "resp:startYear": Kind.INTEGER,
        "resp:endYear": Kind.INTEGER,
        "resp:place": Kind.STRING,
        "resp:investmentWan": Kind.DECIMAL,
        "resp:centralWan": Kind.DECIMAL,
        "resp:goal": Kind.STRING,
        "resp:copyOf": Kind.NODE,
        "resp:fileName": Kind.STRING,
        "resp:sha256": Kind.STRING,
        "resp:evidence": Kind.NODE,
        "resp:clause": Kind.NODE,
        "oa:hasSource": Kind.NODE,
        "oa:hasSelector": Kind.NODE,
        "oa:start": Kind.INTEGER,
        "oa:end": Kind.INTEGER,
        "oa:exact": Kind.STRING,
        "prov:used": Kind.NODE,
        "prov:wasAssociatedWith": Kind.NODE,
        "prov:wasDerivedFrom": Kind.NODE,
        "prov:wasGeneratedBy": Kind.NODE,
    }
)
"""Every property that the data uses, with the kind of its values, in the order in which people read them."""

SHORTCUTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.LEAD: "resp:leadDepartment",
        Role.RESPONSIBLE: "resp:responsibleDepartment",
        Role.SUPPORT: "resp:supportDepartment",
        Role.IMPLEMENT: "resp:implementingDepartment",
    }
)
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

ATTRIBUTES: Mapping[str, str] = MappingProxyType({"约束性": "binding", "预期性": "expected"})
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
