"""Connect to a server for a bounded time: the addresses of a host go in, a connection comes out that ends at its deadline."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.sources.addresses import Address

__all__ = ["Deadline", "connected", "ended"]

_CONNECT_SECONDS = 15.0


class Deadline:
    """The end of the time for one exchange, so many seconds from now."""

    __slots__ = ("_end", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, negative ones past the end."""
        return self._end - monotonic()


def connected(found: Iterable[Address], deadline: Deadline) -> socket.socket:
    """Connect to the first of the addresses that answers; raises `OSError` where none does."""
    failed: OSError = OSError("no address")
    for address in found:
        connection = socket.socket(address.family, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(min(_CONNECT_SECONDS, deadline.left()), 0.001))
            connection.connect(address.target)
            connection.settimeout(max(deadline.left(), 0.001))
        except OSError as error:
            connection.close()
            failed = error
        else:
            return connection
    raise failed


@contextmanager
def ended(connection: socket.socket, deadline: Deadline) -> Iterator[None]:
    """Shut a connection at the deadline, whatever is waited for: a server may send a byte a second for ever."""
    twin = connection.dup()

    def shut() -> None:
        with suppress(OSError):
            twin.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(deadline.left(), 0), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        twin.close()
