"""Extract the records of a plan from a document: one module a relation, all under `extract`."""

from kg.extract.extractor import extract, extractor_name

__all__ = ["extract", "extractor_name"]
