"""The command `kg`: it parses, calls the library of the same verbs, and prints."""

from kg.cli.main import main

__all__ = ["main"]
