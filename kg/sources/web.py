"""Fetch one file from the public web: a URL goes in, its file comes out, within limits of size, time and redirects."""

from __future__ import annotations

import re
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

from kg.connecting import Deadline, connected, ended
from kg.errors import ReadError
from kg.extract.extractor import extractor_name
from kg.sources.addresses import addresses_of, is_public
from kg.sources.file import File, plain, shortened
from kg.sources.streams import read_all

__all__ = ["fetch"]

MOST_REDIRECTS = 5
SECONDS = 120.0
"""Time for one URL, from the first question for its address to the last byte."""

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_REDIRECTS = (301, 302, 303, 307, 308)
_FOUND = 200
_GZIP_OR_ZLIB = 47
"""The `wbits` with which zlib takes either."""

_TARGET = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The parts of a URL that a request needs; `host` is in ASCII, without brackets and the dot of the root."""

    url: str
    scheme: str
    host: str
    port: int
    target: str


def fetch(
    url: str,
    label: str,
    *,
    allowed: Callable[[str], bool] = is_public,
    context: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> File:
    """Fetch the file at a URL of http or https; `label` names it in messages.

    The connection goes to the very address that was found `allowed`, so that no name can lead elsewhere between the
    check and the use; proxies of the environment, which would look names up by themselves, are not used. Each target
    of a redirect is checked anew. What kind of file it is tells its content, not the server.
    Raises `ReadError` for what is refused, does not answer, or exceeds a limit.
    """
    deadline = Deadline(seconds)
    for _ in range(MOST_REDIRECTS + 1):
        address = _parsed(url, label)
        found = _ask(address, label, deadline, allowed, context)
        if isinstance(found, File):
            return found
        url = urljoin(address.url, found)
    raise ReadError(f"{label}: more than {MOST_REDIRECTS} redirects: give the URL of the file itself")


def _parsed(url: str, label: str) -> _Parts:
    """Take a URL apart and refuse what is not fetched."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise ReadError(f"{label}: not a URL: check how it is written") from error
    if parts.scheme not in _PORTS:
        raise ReadError(f"{label}: leads to {plain(parts.scheme)}:, and only http and https are fetched")
    if "@" in parts.netloc:
        raise ReadError(f"{label}: carries a user name: save the file and give its path")
    if not _HOST.fullmatch(host) or port == 0:
        raise ReadError(f"{label}: not a URL: check the host in it")
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=_TARGET)
    return _Parts(url=url, scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme], target=target)


def _ask(
    address: _Parts, label: str, deadline: Deadline, allowed: Callable[[str], bool], context: ssl.SSLContext | None
) -> File | str:
    """Ask one server: give the file that it sends, or where it says that the file is."""
    found = addresses_of(address.host, address.port, label=label, seconds=deadline.left(), allowed=allowed)
    try:
        with connected(found, deadline) as connection, ended(connection, deadline):
            secret = context or ssl.create_default_context() if address.scheme == "https" else None
            stream = secret.wrap_socket(connection, server_hostname=address.host) if secret else connection
            with stream, _request(stream, address) as response:
                answer = _answer(response, address, label)
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        raise _explained(deadline, label, error) from error
    except ReadError as error:
        raise error if deadline.left() > 0 else _explained(deadline, label, error) from error
    if deadline.left() <= 0:  # the end of a connection that was shut looks like the end of the file
        raise _explained(deadline, label, TimeoutError())
    return answer


def _explained(deadline: Deadline, label: str, error: Exception) -> ReadError:
    """Say what a failure of the connection was: the end of the time, or what the system says."""
    if deadline.left() <= 0:
        return ReadError(f"{label}: took longer than {deadline.seconds:g} seconds: save the file and give its path")
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"its certificate is not valid ({plain(error.verify_message)})"
        return ReadError(f"{label}: {why}: check the URL, or save the file and give its path")
    why = plain(str(getattr(error, "strerror", None) or error)) or type(error).__name__
    return ReadError(f"{label}: cannot be fetched ({why}): check the URL and the network")


def _request(stream: socket.socket, address: _Parts) -> HTTPResponse:
    host = f"[{address.host}]" if ":" in address.host else address.host
    headers = {
        "Host": host if address.port == _PORTS[address.scheme] else f"{host}:{address.port}",
        "User-Agent": f"{extractor_name()} (policy-responsibility-graph)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection = HTTPConnection(address.host, address.port)
    connection.sock = stream
    connection.request("GET", address.target, headers=headers)
    return connection.getresponse()


def _answer(response: HTTPResponse, address: _Parts, label: str) -> File | str:
    where = response.headers.get("Location")
    if response.status in _REDIRECTS and where:
        return _recoded(where).strip()
    if response.status != _FOUND:
        said = plain(f"{response.status} {response.reason}").strip()
        raise ReadError(
            f"{label}: the server answers {shortened(said)}: check the URL, or save the file and give its path"
        )
    data = read_all(_Body(response, label), label)
    return File(label=label, short=label, name=_name(response.headers, address), data=data)


class _Body:
    """The body of an answer, inflated where the server packed it unasked, never more than is asked for at once."""

    def __init__(self, response: HTTPResponse, label: str) -> None:
        coding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise ReadError(f"{label}: is sent packed as {shortened(plain(coding))}: save the file and give its path")
        self._inflater = None if coding in ("identity", "") else zlib.decompressobj(_GZIP_OR_ZLIB)
        self._response = response
        self._label = label
        length = response.headers.get("Content-Length", "")
        self._missing = int(length) if length.isdecimal() and not response.chunked else 0

    def read(self, size: int) -> bytes:
        """Read up to so many bytes; fewer only at the end."""
        data = bytearray()
        while len(data) < size and (chunk := self._some(size - len(data))):
            data += chunk
        return bytes(data)

    def _some(self, size: int) -> bytes:
        if self._inflater is None:
            return self._received(size)
        while not self._inflater.eof:
            packed = self._inflater.unconsumed_tail or self._received(size)
            inflated = self._inflater.decompress(packed, size)
            if inflated:
                return inflated
            if not packed:
                raise ReadError(f"{self._label}: the answer is cut short: fetch it again")
        return b""

    def _received(self, size: int) -> bytes:
        chunk = self._response.read(size)
        self._missing -= len(chunk)
        if not chunk and self._missing > 0:
            raise ReadError(f"{self._label}: the answer is cut short: fetch it again")
        return chunk


def _name(headers: HTTPMessage, address: _Parts) -> str:
    """Give the name of the file: what the server calls it, else the last part of the URL, else the host."""
    said = headers.get_filename() or ""
    for written in (_recoded(said), address.target.partition("?")[0]):
        name = re.split(r"[/\\]", _text(unquote_to_bytes(written)))[-1].strip(" .")
        if name:
            return shortened(plain(name))
    return address.host


def _recoded(header: str) -> str:
    """Give the text of a header, which the standard library takes for Latin-1, though servers write UTF-8 or GB18030."""
    try:
        return _text(header.encode("latin-1"))
    except UnicodeEncodeError:
        return header


def _text(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")
