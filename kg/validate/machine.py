"""Write the report of a validation for machines: a SHACL report in Turtle, or JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.validate.details import detail
from kg.validate.model import SHACL, SHAPES, Component, Predicate, Words
from kg.validate.paths import path_text, path_triples
from kg.validate.places import label, place
from kg.validate.wording import found, mend, rule
from kg.vocabulary import PREFIXES, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.validate.engine import Node, Result, Validation

__all__ = ["as_json", "as_turtle"]


_PREFIX_LINES = re.compile(r"\A(?:@prefix .*\n)+")


def as_turtle(validation: Validation) -> str:
    """Write the validation report of SHACL (https://www.w3.org/TR/shacl/#validation-report); equal results give equal bytes."""
    report = BlankNode("report")
    triples = [
        Triple(report, term("rdf:type"), _shacl("ValidationReport")),
        Triple(report, _shacl("conforms"), Literal(not validation.results)),
    ]
    nodes = [BlankNode(f"result{number}") for number in range(len(validation.results))]
    triples += [Triple(report, _shacl("result"), node) for node in nodes]
    for number, (node, result) in enumerate(zip(nodes, validation.results, strict=True)):
        triples += _result(result, node, f"path{number}")
    prefixes = dict(sorted((dict(PREFIXES) | {"sh": SHACL, "shapes": SHAPES}).items()))
    body = _PREFIX_LINES.sub("", (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode())
    used = [prefix for prefix in prefixes if re.search(rf"(?<![\w:-]){prefix}:", body)]
    head = "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in used)
    return "\n".join([head, body.replace(" .\n", " .\n\n").rstrip("\n"), ""])


def as_json(validation: Validation, store: Store) -> str:
    """Write the results as JSON, each with its words in both languages and its place in the text."""
    document = {
        "conforms": not validation.results,
        "triples": validation.triples,
        "violations": len(validation.violations),
        "warnings": len(validation.warnings),
        "skipped": [group.value for group in validation.skipped],
        "results": [_plain(result, store) for result in validation.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(result: Result, node: BlankNode, name: str) -> Iterator[Triple]:
    yield Triple(node, term("rdf:type"), _shacl("ValidationResult"))
    yield Triple(node, _shacl("resultSeverity"), _shacl(result.severity))
    yield Triple(node, _shacl("focusNode"), result.focus)
    if result.path:
        path, told = path_triples(result.path, name)
        yield Triple(node, _shacl("resultPath"), path)
        yield from told
    if result.value is not None:
        yield Triple(node, _shacl("value"), result.value)
    yield Triple(node, _shacl("sourceShape"), result.shape.iri)
    yield Triple(node, _shacl("sourceConstraintComponent"), _shacl(result.constraint.component))
    if result.constraint.component is Component.SPARQL:
        yield Triple(node, _shacl("sourceConstraint"), result.constraint.values[0])
    for language in ("en", "zh"):
        text = f"{rule(result).to(language)} {found(result).to(language)}"
        yield Triple(node, _shacl("resultMessage"), Literal(text, language=language))


def _plain(result: Result, store: Store) -> dict[str, Any]:
    path, where = result.path, place(store, result.focus)
    said, more = found(result), detail(store, result)
    told = {
        name: {"zh": words.zh, "en": words.en}
        for name, words in (
            ("rule", rule(result)),
            ("found", Words(said.zh + more.zh, said.en + more.en)),
            ("mend", mend(result)),
        )
    }
    return {
        "severity": result.severity.value,
        "shape": result.shape.iri.value,
        "component": f"{SHACL}{result.constraint.component}",
        "focus": _text(result.focus),
        "label": label(store, result.focus) or None,
        "path": path.iri.value if isinstance(path, Predicate) else path_text(path) if path else None,
        "value": _text(result.value),
        **told,
        "quote": where.quote if where else None,
        "start": int(where.start) if where and where.start and where.start.isdecimal() else None,
        "end": int(where.end) if where and where.end and where.end.isdecimal() else None,
        "file": where.file if where else None,
    }


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node) if isinstance(node, BlankNode) else node.value


def _shacl(name: str) -> NamedNode:
    return NamedNode(SHACL + name)
