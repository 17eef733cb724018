"""Exchange requests for replies with one server, within limits of time, size and redirects."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from urllib.parse import urljoin

from kg.connecting import Deadline, connected, ended
from kg.errors import EndpointError, ReadError
from kg.extract.extractor import extractor_name
from kg.remote.address import Address, parse_address
from kg.remote.credentials import Authorizer, Credentials, find_credentials
from kg.sources.addresses import addresses_of
from kg.sources.file import plain

__all__ = ["MOST_BYTES", "MOST_REDIRECTS", "SECONDS", "Reply", "Request", "Session"]

SECONDS = 120.0
"""Time for one exchange with its redirects, to the last byte."""

MOST_BYTES = 256_000_000
"""The most that one answer may have."""

MOST_REDIRECTS = 5
_SEE_OTHER = 303
_KEEP_METHOD = (307, 308)
_REDIRECTS = (301, 302, _SEE_OTHER, *_KEEP_METHOD)
_UNAUTHORIZED = 401
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server; one that only reads may be sent anew and follows every redirect."""

    method: str
    query: str = ""
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    reads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answers; `type` is its media type in lower case, without parameters."""

    status: int
    reason: str
    type: str
    charset: str
    headers: HTTPMessage = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def done(self) -> bool:
        """Tell whether the server did what was asked."""
        return 200 <= self.status < 300

    def text(self) -> str:
        """Return the body as text, with a mark for what is none."""
        try:
            return self.body.decode(self.charset, errors="replace")
        except LookupError:
            return self.body.decode("utf-8", errors="replace")


class Session:
    """The exchanges with one server, at the URL of its endpoint, whose query stays in every request.

    Addresses of every kind are asked, those of a private network too, since the user names the server; proxies of the
    environment are not used. Credentials are looked up in the environment and in a netrc file, and go to that server
    alone. Raises `EndpointError` for a URL that is none.
    """

    def __init__(
        self,
        url: str,
        *,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        credentials: Credentials | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._address = parse_address(url)
        self._seconds = seconds
        self._most = most_bytes
        self._context = context
        self.known = credentials or find_credentials(self._address)
        self._authorizer = Authorizer(self.known, self._address)

    @property
    def label(self) -> str:
        """Return what messages call the server: its URL without the query."""
        return self._address.label

    def send(self, request: Request) -> Reply:
        """Send a request and return the reply, whatever its status, but for challenges and redirects.

        Raises `EndpointError` where the server cannot be reached, takes too long, sends too much or cuts its answer
        short, and where a redirect leads nowhere, to another server without encryption, or would repeat a write.
        """
        deadline = Deadline(self._seconds)
        address = self._address.asking(request.query) if request.query else self._address
        redirects, challenged = 0, False
        while redirects <= MOST_REDIRECTS:
            reply = self._exchange(request, address, deadline)
            if reply.status == _UNAUTHORIZED and not challenged and self._authorizer.learn(reply.headers, address):
                challenged = True
                continue
            where = reply.headers.get("Location")
            if reply.status not in _REDIRECTS or not where:
                return reply
            address = self._followed(request, address, where, reply.status)
            if reply.status == _SEE_OTHER:
                request = Request(method="GET", headers=request.headers, reads=True)
            redirects += 1
        raise EndpointError(f"{self.label}: more than {MOST_REDIRECTS} redirects: give the URL of the endpoint itself")

    def _followed(self, request: Request, address: Address, where: str, status: int) -> Address:
        """Give the target of a redirect, or refuse it."""
        try:
            target = parse_address(urljoin(address.url, plain(where)))
        except ValueError as error:
            raise EndpointError(
                f"{self.label}: leads to what is no URL: give the URL of the endpoint itself"
            ) from error
        if address.scheme == "https" and target.scheme == "http":
            raise EndpointError(
                f"{self.label}: leads to {target.label}, which is not encrypted: give that URL if meant"
            )
        if not request.reads and status not in _KEEP_METHOD:
            raise EndpointError(f"{self.label}: has moved to {target.label}: give that URL")
        return target

    def _exchange(self, request: Request, address: Address, deadline: Deadline) -> Reply:
        try:
            found = addresses_of(
                address.host, address.port, label=self.label, seconds=deadline.left(), allowed=lambda _: True
            )
            with connected(found, deadline) as connection, ended(connection, deadline):
                number = str(connection.getpeername()[0])
                stream = self._secured(connection, address)
                with stream, self._response(stream, request, address, number) as response:
                    reply = self._read(response)
        except ReadError as error:
            raise EndpointError(str(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise self._explained(error, deadline) from error
        except EndpointError as error:
            raise error if deadline.left() > 0 else self._explained(error, deadline) from error
        if deadline.left() <= 0:  # the end of a connection that was shut looks like the end of the answer
            raise self._explained(TimeoutError(), deadline)
        return reply

    def _secured(self, connection: socket.socket, address: Address) -> socket.socket:
        if address.scheme == "http":
            return connection
        context = self._context or ssl.create_default_context()
        return context.wrap_socket(connection, server_hostname=address.host)

    def _response(self, stream: socket.socket, request: Request, address: Address, number: str) -> HTTPResponse:
        headers = {
            "Host": address.authority,
            "User-Agent": f"{extractor_name()} (policy-responsibility-graph)",
            "Accept-Encoding": "identity",
            "Connection": "close",
            **dict(request.headers),
        }
        if authorization := self._authorizer.header(request.method, address, number):
            headers["Authorization"] = authorization
        connection = HTTPConnection(address.host, address.port)
        connection.sock = stream
        # A server that refuses a body need not read it: its answer is there, although the connection is broken.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request(request.method, address.target, body=request.body, headers=headers)
        return connection.getresponse()

    def _read(self, response: HTTPResponse) -> Reply:
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("identity", ""):
            raise EndpointError(f"{self.label}: packs its answer though not asked to ({plain(coding)[:40]})")
        length = response.headers.get("Content-Length", "")
        expected = int(length) if length.isdecimal() and not response.chunked else 0
        body = bytearray()
        while chunk := response.read(_CHUNK):
            body += chunk
            if len(body) > self._most:
                raise EndpointError(f"{self.label}: answers more than {self._most:,} bytes: ask for less, with LIMIT")
        if len(body) < expected:
            raise EndpointError(f"{self.label}: the answer is cut short: ask again")
        return Reply(
            status=response.status,
            reason=plain(response.reason or ""),
            type=response.headers.get_content_type() if "Content-Type" in response.headers else "",
            charset=response.headers.get_content_charset("utf-8"),
            headers=response.headers,
            body=bytes(body),
        )

    def _explained(self, error: Exception, deadline: Deadline) -> EndpointError:
        """Say what a failure of the connection was: the end of the time, or what the system says."""
        if deadline.left() <= 0 or isinstance(error, TimeoutError):
            return EndpointError(
                f"{self.label}: no whole answer in {deadline.seconds:g} seconds: ask for less, or wait longer (--timeout)"
            )
        if isinstance(error, ssl.SSLCertVerificationError):
            why = f"its certificate is not valid: {plain(error.verify_message)}"
        else:
            why = plain(str(getattr(error, "strerror", None) or error)) or type(error).__name__
        if isinstance(error, HTTPException):
            return EndpointError(
                f"{self.label}: breaks off, or answers no HTTP ({why[:100]}): ask again, or check the URL"
            )
        return EndpointError(f"{self.label}: cannot be reached ({why[:200]}): check the URL, and that the server runs")
