"""Fill the pages of the server: what a page says and a language go in, HTML comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from kg.assets import asset
from kg.pages.template import render
from kg.serve.looking import Resource

__all__ = ["MissingPage", "QueryPage", "ResourcePage", "missing_page", "query_page", "resource_page"]

Language = Literal["zh", "en"]
_EXAMPLE = """SELECT ?task ?label ?body
WHERE {
  ?task a resp:Task ; rdfs:label ?label ; resp:leadDepartment/rdfs:label ?body .
}
ORDER BY ?label
LIMIT 20"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """The record of `visualize/serve/resource.html.jinja`: `words` are of the language, `path` is where the page is."""

    words: dict[str, str]
    language: Language
    path: str
    resource: Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPage:
    """The record of `visualize/serve/query.html.jinja`: `nonce` lets the editor set its styles."""

    words: dict[str, str]
    language: Language
    path: str
    nonce: str
    has_editor: bool
    query: str = _EXAMPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """The record of `visualize/serve/missing.html.jinja`: the store has nothing on this IRI."""

    words: dict[str, str]
    language: Language
    path: str
    iri: str


def resource_page(resource: Resource, language: Language, path: str) -> bytes:
    """Write the page of a node."""
    page = ResourcePage(words=_words(language), language=language, path=path, resource=resource)
    return render("serve/resource.html.jinja", page).encode()


def query_page(language: Language, nonce: str, *, has_editor: bool) -> bytes:
    """Write the page on which queries are written; without the built editor it says how to get it."""
    page = QueryPage(words=_words(language), language=language, path="/", nonce=nonce, has_editor=has_editor)
    return render("serve/query.html.jinja", page).encode()


def missing_page(iri: str, language: Language, path: str) -> bytes:
    """Say that the store has nothing on an IRI."""
    page = MissingPage(words=_words(language), language=language, path=path, iri=iri)
    return render("serve/missing.html.jinja", page).encode()


def _words(language: Language) -> dict[str, str]:
    words: dict[str, dict[str, str]] = json.loads(asset("visualize", "serve/words.json").read_text(encoding="utf-8"))
    return words[language]
