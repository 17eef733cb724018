"""What every request passes: who may call, how often, what is logged, and what browsers are told to keep to."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import OrderedDict
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["AccessLog", "Hosts", "Rate", "Secure"]

_log = logging.getLogger("kg.serve.access")
_MOST_CLIENTS = 10_000
_MOST_OF_A_PATH = 200
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: only what this server sends. `nonce` is for the styles that the editor makes, in elements and attributes."""


class AccessLog:
    """Log one line a request: client, method, path, status, bytes, milliseconds. Neither parameters, headers nor bodies are in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and log how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, size = time.monotonic(), 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            path = quote(scope["path"][:_MOST_OF_A_PATH], safe="/:@!$&'()*+,;=~-._")
            taken = (time.monotonic() - started) * 1000
            _log.info("%s %s %s %s %s %.0fms", client_of(scope), scope["method"][:20], path, status or "-", size, taken)


class Hosts:
    """Answer only under known names, so that a page on the web cannot reach this machine by a name that it controls."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request to a known name; no names are all names."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
            if (self.names and name.lower() not in self.names) or not _is_host(host):
                message = "this server is not called by that name: start it with --name to allow one\n"
                await PlainTextResponse(message, 421)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class Rate:
    """Let each client make so many requests a minute, evenly refilled; IPv6 clients count by their network of 64 bits."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self.per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request or answer it with 429."""
        if scope["type"] == "http" and self.per_minute and scope["path"] != "/health":
            wait = self._take(client_of(scope), time.monotonic())
            if wait > 0:
                message = f"more than {self.per_minute} requests a minute, the limit of this server: slow down\n"
                headers = {"Retry-After": str(int(wait) + 1)}
                await PlainTextResponse(message, 429, headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _take(self, client: str, now: float) -> float:
        """Take one request of a client's share; return the seconds to wait where it is used up."""
        key = _network(client)
        left, then = self._left.pop(key, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - then) * self.per_minute / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self.per_minute
        self._left[key] = (left if wait else left - 1, now)
        if len(self._left) > _MOST_CLIENTS:
            self._left.popitem(last=False)
        return wait


class Secure:
    """Tell browsers to load nothing from elsewhere, to guess no types and to tell nobody where they came from."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def added(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY.format(nonce=""))
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, added)


def client_of(scope: Scope) -> str:
    """Name the client of a request by its address."""
    client = scope.get("client")
    return client[0] if client else "-"


def _network(client: str) -> str:
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client[:64]
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _is_host(host: str) -> bool:
    return 0 < len(host) <= 260 and all(
        letter.isascii() and (letter.isalnum() or letter in ".-_:[]") for letter in host
    )
