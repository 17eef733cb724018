"""Write the paths of shapes: as SPARQL property paths, as triples of a report, and as names for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.catalogue import CATALOGUE_PREFIXES
from kg.cube import CUBE_PREFIXES
from kg.validate.model import SHACL, Alternative, Inverse, Path, Predicate, Sequence
from kg.vocabulary import PREFIXES, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["path_name", "path_steps", "path_text", "path_triples", "predicates", "short"]


def path_text(path: Path) -> str:
    """Write a path in the syntax of SPARQL.

    >>> path_text(Inverse(Predicate(term("rdf:type"))))
    '^<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    match path:
        case Predicate(iri):
            return str(iri)
        case Inverse(inner):
            return f"^{path_text(inner)}"
        case Sequence(parts):
            return "/".join(map(path_text, parts))
        case Alternative(parts):
            return f"({'|'.join(map(path_text, parts))})"


def path_name(path: Path) -> str:
    """Write a path for people, with our prefixes.

    >>> path_name(Alternative((Predicate(term("resp:task")), Predicate(term("resp:project")))))
    'resp:task or resp:project'
    """
    match path:
        case Predicate(iri):
            return short(iri.value)
        case Inverse(inner):
            return f"^{path_name(inner)}"
        case Sequence(parts):
            return "/".join(map(path_name, parts))
        case Alternative(parts):
            return " or ".join(map(path_name, parts))


def path_steps(subject: str, path: Path, value: str) -> list[str]:
    """Write the triple patterns that lead from a subject to a value, with variables for the nodes of a sequence.

    They are called after the value where that is one. A path with / would be joined before the engine looks at the subject.
    """
    if not isinstance(path, Sequence):
        return [f"{subject} {path_text(path)} {value}"]
    stem = value if value.startswith("?") else "?step"
    between = [f"{stem}s{at}" for at in range(len(path.parts) - 1)]
    nodes = [subject, *between, value]
    return [f"{one} {path_text(part)} {two}" for one, part, two in zip(nodes, path.parts, nodes[1:], strict=False)]


def predicates(path: Path) -> Iterator[NamedNode]:
    """Yield the properties of a path in their order."""
    match path:
        case Predicate(iri):
            yield iri
        case Inverse(inner):
            yield from predicates(inner)
        case Sequence(parts) | Alternative(parts):
            for part in parts:
                yield from predicates(part)


def path_triples(path: Path, name: str) -> tuple[NamedNode | BlankNode, list[Triple]]:
    """Give the node of a path, and the triples that describe it where it is no single property.

    Blank nodes are called after `name`, so that equal reports are equal in bytes.
    """
    match path:
        case Predicate(iri):
            return iri, []
        case Inverse(inner):
            node, told = path_triples(inner, f"{name}i")
            return BlankNode(name), [Triple(BlankNode(name), NamedNode(SHACL + "inversePath"), node), *told]
        case Alternative(parts):
            head, told = _listed(parts, f"{name}a")
            return BlankNode(name), [Triple(BlankNode(name), NamedNode(SHACL + "alternativePath"), head), *told]
        case Sequence(parts):
            return _listed(parts, name)


def _listed(parts: Iterable[Path], name: str) -> tuple[NamedNode | BlankNode, list[Triple]]:
    head: NamedNode | BlankNode = term("rdf:nil")
    told: list[Triple] = []
    for at, part in reversed(list(enumerate(parts))):
        cell = BlankNode(f"{name}{at}")
        node, inner = path_triples(part, f"{name}{at}p")
        told += [Triple(cell, term("rdf:first"), node), Triple(cell, term("rdf:rest"), head), *inner]
        head = cell
    return head, told


def short(iri: str) -> str:
    """Write an IRI with our prefixes where one fits.

    >>> short(term("resp:bearer").value)
    'resp:bearer'
    """
    for prefix, namespace in {**PREFIXES, **CUBE_PREFIXES, **CATALOGUE_PREFIXES}.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
