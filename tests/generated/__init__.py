"""Invented plans drawn at random, written in each format, and the records that a reader must find in them."""

from __future__ import annotations

from .facts import difference, expected, found
from .plans import plans
from .written import parts_of

__all__ = ["difference", "expected", "found", "parts_of", "plans"]
