"""Find who asks: the environment or a netrc file gives a name and password for a server, a challenge gets its answer.

Nothing here is written anywhere: not in messages, not in logs, and `repr` hides it.
"""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass, field
from email.message import Message
from netrc import NetrcParseError, netrc
from pathlib import Path
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from kg.errors import EndpointError
from kg.remote.address import USER, Address
from kg.sources.addresses import is_public

__all__ = ["ADVICE", "Authorizer", "Credentials", "find_credentials"]

PASSWORD, TOKEN = "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"
ADVICE = f"set {USER} and {PASSWORD}, or write a netrc file (chmod 600) with a line 'machine HOST login … password …'"
"""What to do where a server wants to know who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A name and password, or a token; both are sent to the server that was named and to no other."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def find_credentials(address: Address) -> Credentials | None:
    """Return the credentials for a server: those of the environment, else those that a netrc file has for its host.

    Raises `EndpointError` where the netrc file cannot be read, is open to others, or half of a pair is missing.
    """
    if token := os.environ.get(TOKEN):
        return Credentials(token=token)
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user or password:
        if not user or password is None:
            raise EndpointError(f"{address.label}: only one of {USER} and {PASSWORD} is set: set both or neither")
        return Credentials(user=user, password=password)
    return _of_netrc(address)


def _of_netrc(address: Address) -> Credentials | None:
    named = os.environ.get("NETRC")
    path = Path(named) if named else Path.home() / ".netrc"
    if not named and not path.is_file():
        return None
    try:
        found = netrc(path).authenticators(address.host)
        readable = os.name == "posix" and bool(path.stat().st_mode & 0o077)
    except NetrcParseError as error:  # its message may quote the file
        raise EndpointError(f"{path}: line {error.lineno or '?'} is not as a netrc file has it: mend it") from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise EndpointError(f"{path}: cannot be read ({why}): mend it, or unset NETRC") from error
    if found is None:
        return None
    if readable:
        raise EndpointError(f"{path}: holds a password and is open to others: chmod 600 {path}")
    return Credentials(user=found[0] or "", password=found[2] or "")


class Authorizer:
    """Answer the challenges of one server, by Digest (RFC 7616) or Basic (RFC 7617), and remember how it asks."""

    def __init__(self, credentials: Credentials | None, address: Address) -> None:
        self._given = credentials
        self._origin = address.origin
        self._label = address.label
        self._basic = False
        self._challenge: dict[str, str] | None = None
        manager = HTTPPasswordMgrWithDefaultRealm()
        if credentials is not None:
            manager.add_password(None, address.url, credentials.user, credentials.password)
        self._passwords = manager
        self._digest = AbstractDigestAuthHandler(manager)

    def header(self, method: str, address: Address, number: str) -> str | None:
        """Return the value of `Authorization` for a request; none where nothing is known or the server is another.

        `number` is the network address of the server: over plain http to the internet only a digest is sent.
        """
        if self._given is None or address.origin != self._origin:
            return None
        if self._given.token:
            return f"Bearer {self._closed(self._given.token, address, number)}"
        if self._basic:
            pair = f"{self._given.user}:{self._given.password}".encode()
            return f"Basic {self._closed(b64encode(pair).decode(), address, number)}"
        if self._challenge is None:
            return None
        request = Request(address.url, method=method)  # noqa: S310  (it is never opened, and is http or https)
        self._passwords.add_password(self._challenge.get("realm"), address.url, self._given.user, self._given.password)
        try:
            answered = self._digest.get_authorization(request, self._challenge)
        except ValueError as error:
            raise EndpointError(
                f"{self._label}: asks for a kind of login that is not known here, or the password is not ASCII"
            ) from error
        return f"Digest {answered}" if answered else None

    def learn(self, headers: Message, address: Address) -> bool:
        """Learn from the headers of a refusal how a server asks; tell whether there is an answer to that."""
        if self._given is None or self._given.token or address.origin != self._origin:
            return False
        said = [value.strip() for value in headers.get_all("WWW-Authenticate") or []]
        for value in said:
            scheme, _, rest = value.partition(" ")
            if scheme.lower() == "digest":
                self._challenge = parse_keqv_list([item for item in parse_http_list(rest) if "=" in item])
                return True
        asked_before = self._basic
        self._basic = any(value.lower().startswith("basic") for value in said)
        return self._basic and not asked_before

    def _closed(self, secret: str, address: Address, number: str) -> str:
        """Refuse to send a secret that everybody on the way could read."""
        if address.scheme == "http" and is_public(number):
            raise EndpointError(f"{self._label}: would get the password unencrypted over the internet: use https")
        return secret
