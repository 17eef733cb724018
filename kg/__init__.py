"""Reads policy plans and answers who owes what, by when, and where the document says so."""
