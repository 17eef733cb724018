"""Take the address of an endpoint apart: a URL goes in, what a connection and a request line need comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kg.errors import EndpointError
from kg.sources.file import plain

__all__ = ["USER", "Address", "parse_address"]

USER = "KG_ENDPOINT_USER"
"""The variable of the environment that names the user of an endpoint."""

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_KEPT = "/%:@!$&'()*+,;=~-._?"
"""What stays as it is in the path and the query; all else is percent-encoded as UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The address of an endpoint; `target` is path and query as a request line takes them."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return scheme, host and port: who gets a password for one gets it for no other."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Return host and port as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the whole URL, in ASCII."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def label(self) -> str:
        """Return what messages call it: without the query, which may hold a key."""
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}"

    def asking(self, query: str) -> Address:
        """Return the same address with more in its query, which is encoded already."""
        between = "&" if "?" in self.target else "?"
        return Address(scheme=self.scheme, host=self.host, port=self.port, target=f"{self.target}{between}{query}")


def parse_address(url: str) -> Address:
    """Take the URL of an endpoint apart.

    Raises `EndpointError` for what is no http or https URL, and for one that carries a user name or a password.

    >>> parse_address("http://localhost:8890/sparql?default-graph-uri=urn:a").label
    'http://localhost:8890/sparql'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise EndpointError("the address of the endpoint is no URL: check how it is written") from error
    if "@" in parts.netloc:  # before anything that would print the URL
        raise EndpointError(
            f"the address of the endpoint at {plain(host)} carries a user name: leave it out, and set {USER} "
            "and KG_ENDPOINT_PASSWORD, or write a netrc file"
        )
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or port == 0:
        raise EndpointError(
            f"{plain(url.partition('?')[0])}: no address of an endpoint: it begins with http:// or https:// and names a host"
        )
    query = f"?{parts.query}" if parts.query else ""
    target = quote((parts.path or "/") + query, safe=_KEPT)
    return Address(scheme=parts.scheme, host=host, port=port or _PORTS[parts.scheme], target=target)
