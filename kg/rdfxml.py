"""Write facts and register as RDF/XML: sorted graphs go in, one element a node comes out, with IRIs relative to the base.

By hand over the escapes of the standard library: pyoxigraph writes a carriage return as itself, which XML reads as a line
feed, and the incremental writer of lxml declares a second prefix for the namespace of XML, which XML forbids.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode

from kg.errors import OutputError
from kg.layers import SPOKEN
from kg.vocabulary import DATA, PREFIXES, term

if TYPE_CHECKING:
    from typing import BinaryIO

    from pyoxigraph import Quad

    from kg.layers import Graphs
    from kg.vocabulary import Names

__all__ = ["write_rdfxml"]

_ELEMENTS = ("rdf", "resp", "dct", "eli", "org", "prov", "rdfs", "skos")
"""The prefixes of classes and properties, of which the names of elements are made."""

_PLAIN = (PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (https://www.w3.org/TR/xml/#charsets)."""


def write_rdfxml(graphs: Graphs, names: Names, file: BinaryIO) -> None:
    """Write facts and register as RDF/XML.

    Raises `OutputError` where a text has a control character, which XML 1.0 cannot hold, and for a property that has no
    name in XML.
    """
    declared = "".join(f"\n\txmlns:{prefix}={quoteattr(PREFIXES[prefix])}" for prefix in _ELEMENTS)
    file.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}\n\txml:base={quoteattr(names.base)}>\n'.encode()
    )
    for part in graphs:
        if part.layer in SPOKEN:
            for _, told in groupby(part.quads(), key=lambda quad: quad.subject):
                file.write(_node(list(told), names.base).encode())
    file.write(b"</rdf:RDF>\n")


def _node(quads: list[Quad], base: str) -> str:
    """Write a node as an element of its first class, and each property as an element in it."""
    first = quads[0]
    typed = first.predicate == term("rdf:type") and isinstance(first.object, NamedNode)
    name = _element(first.object.value) if typed and isinstance(first.object, NamedNode) else "rdf:Description"
    properties = "".join(_property(quad, base) for quad in (quads[1:] if typed else quads))
    about = _relative(first.subject, base)
    return f"<{name} rdf:about={about}>\n{properties}</{name}>\n" if properties else f"<{name} rdf:about={about}/>\n"


def _property(quad: Quad, base: str) -> str:
    name, value = _element(quad.predicate.value), quad.object
    if not isinstance(value, Literal):
        return f"\t<{name} rdf:resource={_relative(value, base)}/>\n"
    if _FORBIDDEN.search(value.value):
        raise OutputError(
            f"{quad.subject}: the text {value.value!r} has a control character, which XML cannot hold: "
            "choose another --format, or mend the records"
        )
    kind = f" rdf:datatype={quoteattr(value.datatype.value)}" if value.datatype.value not in _PLAIN else ""
    if value.language:
        kind = f" xml:lang={quoteattr(value.language)}"
    return f"\t<{name}{kind}>{escape(value.value, {chr(13): '&#13;'})}</{name}>\n"


def _relative(node: object, base: str) -> str:
    """Write a node of the data, quoted, relative to the base as `task/…`; everything else in full."""
    if not isinstance(node, NamedNode):
        raise TypeError(f"{node}: the data has no blank nodes and no triple terms")
    local = node.value.removeprefix(base)
    return quoteattr(local if local.partition("/")[0] in DATA else node.value)


def _element(iri: str) -> str:
    """Give the name of an element with its prefix."""
    for prefix in _ELEMENTS:
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
    raise OutputError(
        f"{iri}: has no name in RDF/XML: its prefix is none of {', '.join(_ELEMENTS)}: choose another --format"
    )
