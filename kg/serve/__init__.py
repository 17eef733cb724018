"""Serve a store over HTTP: the SPARQL 1.1 Protocol for programs, pages and linked data for people; needs the extra `serve`."""

from kg.serve.settings import Limits, Settings

__all__ = ["Limits", "Settings"]
