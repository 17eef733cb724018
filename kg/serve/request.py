"""Read a request of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-operation): what is asked comes out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.accept import media_type
from kg.serve.formats import GRAPH_OFFERS, GRAPHS, RESULT_OFFERS, RESULTS
from kg.serve.jobs import Ask
from kg.serve.settings import Limits

__all__ = ["RefusedError", "read_body", "read_query"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "this server only answers queries: no update is done"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*")
_MOST_PARAMETERS = 1000
_DRAINED = 32
"""How many times the most of a body is still read, and thrown away, so that a client that sends it first gets to its answer."""


class RefusedError(Exception):
    """A request that is not done: a status of HTTP, a plain sentence and headers that go with them."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, dict(headers or {})


@dataclass(frozen=True, slots=True)
class _Parameters:
    pairs: Sequence[tuple[str, str]]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str | None:
        """Return the one value of a parameter, None where there is none; raises `RefusedError` where there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise RefusedError(400, f"{name} is given {len(values)} times: give it once")
        return values[0] if values else None


async def read_query(request: Request, limits: Limits) -> Ask | None:
    """Return the query that a request asks, None where a GET has no parameter at all; raises `RefusedError`."""
    in_address = _Parameters(_pairs(request.scope["query_string"]))
    if request.method in ("GET", "HEAD"):
        if not in_address.pairs:
            return None
        return _asked(request, in_address, in_address.one("query"))
    kind, body = await _posted(request, limits)
    if kind == _QUERY:
        if in_address.one("query") is not None:
            raise RefusedError(400, "the query is given twice, in the address and as the body: give it once")
        return _asked(request, in_address, _text(body))
    return _asked(request, form := _Parameters(_pairs(body)), form.one("query"))


async def _posted(request: Request, limits: Limits) -> tuple[str, bytes]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise RefusedError(403, _READ_ONLY, {"Connection": "close"})
    if kind not in (_FORM, _QUERY):
        raise RefusedError(
            415,
            f"a body of type {kind[:100]!r}: send {_QUERY} or {_FORM}",
            {"Connection": "close", "Accept-Post": f"{_QUERY}, {_FORM}"},
        )
    return kind, await read_body(request, limits)


def _asked(request: Request, parameters: _Parameters, query: str | None) -> Ask:
    if parameters.all("update"):
        raise RefusedError(403, _READ_ONLY)
    if query is None:
        raise RefusedError(
            400, "no query: give it as the parameter query, or as a body of type application/sparql-query"
        )
    default, named = (_graphs(parameters, f"{kind}-graph-uri") for kind in ("default", "named"))
    if default is None and named is None:
        chosen: tuple[list[str] | None, list[str] | None] = (None, None)
    else:
        chosen = (default or [], named or [])
    results, graph = _formats(request, parameters.one("format"))
    return Ask(query=query, default_graphs=chosen[0], named_graphs=chosen[1], results=results, graph=graph)


def _graphs(parameters: _Parameters, name: str) -> list[str] | None:
    iris = parameters.all(name)
    for iri in iris:
        if not _IRI.fullmatch(iri):
            raise RefusedError(400, f"{name}={iri[:100]!r} is no absolute IRI")
    return iris or None


def _formats(request: Request, form: str | None) -> tuple[str | None, str | None]:
    """Give the format of rows and that of triples: by name where one is given, else by what is accepted."""
    if form is not None:
        if form not in RESULTS and form not in GRAPHS:
            raise RefusedError(400, f"format={form[:100]!r}: choose one of {', '.join((*RESULTS, *GRAPHS))}")
        return (form if form in RESULTS else None), (form if form in GRAPHS else None)
    accept = ", ".join(request.headers.getlist("accept"))
    return media_type(accept, RESULT_OFFERS), media_type(accept, GRAPH_OFFERS)


async def read_body(request: Request, limits: Limits) -> bytes:
    """Read a body of bounded size in bounded time; raises `RefusedError` with 413 or 408."""
    most = limits.body_bytes
    too_large = RefusedError(
        413, f"the body has more than {most:,} bytes, the limit of this server", {"Connection": "close"}
    )
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most * _DRAINED:
                    raise too_large
                if size <= most:
                    body += chunk
                else:
                    body.clear()
    except TimeoutError:
        message = f"the body was not sent within {limits.body_seconds:g} seconds"
        raise (too_large if size > most else RefusedError(408, message, {"Connection": "close"})) from None
    except ClientDisconnect:
        raise RefusedError(400, "the client left before it had sent the body", {"Connection": "close"}) from None
    if size > most:
        raise too_large
    return bytes(body)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii") if encoded.isascii() else _text(encoded),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise RefusedError(400, "a parameter is not in UTF-8: encode it so") from None
    except ValueError:
        raise RefusedError(400, f"more than {_MOST_PARAMETERS} parameters") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "the query is not in UTF-8: encode it so") from None
