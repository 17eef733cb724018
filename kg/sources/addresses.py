"""Tell which internet addresses are open to everybody, and give those of a host, so that no URL leads into a private network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from kg.errors import ReadError

__all__ = ["Address", "addresses_of", "is_public"]

_GLOBAL = IPv6Network("2000::/3")
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0/96"))
"""NAT64 (RFC 6052) and mapped addresses: the last 32 bits are those of an IPv4 address."""

_CLOSED = (
    IPv6Network("2001::/23"),  # protocol assignments, Teredo among them
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)
_CLOSED_OLD = (
    IPv4Network("100.64.0.0/10"),  # shared by customers of a provider (RFC 6598)
    IPv4Network("192.0.0.0/24"),  # protocol assignments
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a host, as `socket` takes it."""

    family: socket.AddressFamily
    number: str
    target: tuple[object, ...]


def is_public(number: str) -> bool:
    """Tell whether an address is one of the public internet; an IPv6 address that stands for an IPv4 one is as that.

    After the registries of IANA for special addresses (RFC 6890).

    >>> is_public("1.1.1.1"), is_public("127.0.0.1"), is_public("64:ff9b::10.0.0.1")
    (True, False, False)
    """
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_open(address) and not any(address in network for network in _CLOSED_OLD)
    if any(address in network for network in _TRANSLATED):
        return is_public(str(IPv4Address(address.packed[-4:])))
    if address.sixtofour is not None:
        return is_public(str(address.sixtofour))
    return address in _GLOBAL and _is_open(address) and not any(address in network for network in _CLOSED)


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    closed = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_reserved,
        address.is_unspecified,
    )
    return not any(closed)


def addresses_of(
    host: str, port: int, *, label: str, seconds: float, allowed: Callable[[str], bool]
) -> tuple[Address, ...]:
    """Resolve a host once and give its addresses.

    Raises `ReadError` where it has none, where the answer takes too long, and where any of them is not allowed.
    """
    answers: SimpleQueue[tuple[Address, ...] | OSError | UnicodeError] = SimpleQueue()
    Thread(target=lambda: answers.put(_resolved(host, port)), daemon=True).start()
    try:
        found = answers.get(timeout=max(seconds, 0))
    except Empty as error:
        raise ReadError(f"{label}: no answer for the address of {host} in time: check the network") from error
    if isinstance(found, Exception) or not found:
        raise ReadError(f"{label}: no address of {host} is known: check the URL and the network")
    for address in found:
        if not allowed(address.number):
            where = host if host == address.number else f"{host} is at {address.number}, which"
            raise ReadError(f"{label}: {where} is no address of the public internet: save the file and give its path")
    return found


def _resolved(host: str, port: int) -> tuple[Address, ...] | OSError | UnicodeError:
    try:
        return tuple(_lookup(host, port))
    except (OSError, UnicodeError) as error:
        return error


def _lookup(host: str, port: int) -> Iterator[Address]:
    for family, _, _, _, target in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        yield Address(family=family, number=str(target[0]), target=target)
