"""Validate a graph against the SHACL shapes of the ontology, and tell a person or a machine what breaks them.

The shapes are `ontology/shapes.ttl`. They are compiled to SPARQL and run on the store, so that a graph of any size is
validated where it lies; pySHACL, which the tests run beside it, finds the same (see docs/validation.md).
"""

from kg.validate.engine import Result, Validation, validate
from kg.validate.graphs import is_graph, load_graphs, load_plans
from kg.validate.machine import as_json, as_turtle
from kg.validate.report import report, skipped_note

__all__ = [
    "Result",
    "Validation",
    "as_json",
    "as_turtle",
    "is_graph",
    "load_graphs",
    "load_plans",
    "report",
    "skipped_note",
    "validate",
]
