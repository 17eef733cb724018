"""Keep connections from stopping the server: uvicorn's protocol with limits on time and number where it has none.

Seen in uvicorn 0.54: a client that connects and sends nothing, or half a header, keeps its connection for ever, as one does that
reads no answer; past `limit_concurrency` every client gets 503, also those that ask something. So the head of a request has
a time limit, and an answer that is not read is cut off. Where there are too many connections, the one that has waited longest without a
request gives way to the new one.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.settings import Limits

if TYPE_CHECKING:
    from typing import Any

__all__ = ["guarded"]


def guarded(limits: Limits) -> type[H11Protocol]:
    """Return the protocol with these limits; all its connections count together."""
    opened: dict[Guarded, None] = {}  # in the order in which they came, or last finished a request

    class Limited(Guarded):
        _limits = limits
        _opened = opened

    return Limited


class Guarded(H11Protocol):
    """One connection."""

    _limits: Limits
    _opened: dict[Guarded, None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, if need be in the place of an idle one."""
        super().connection_made(transport)
        if len(self._opened) >= self._limits.connections:
            idle = next((other for other in self._opened if other.is_idle), self)
            idle.transport.abort()
            self._opened.pop(idle, None)
            if idle is self:
                return
        self._opened[self] = None
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._opened.pop(self, None)
        _cancel(self._head_timer)
        self._head_timer = None
        _cancel(self._write_timer)
        self._write_timer = None
        super().connection_lost(exc)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        cycle = cast("Any", self.cycle)  # None before the first request
        return cycle is None or bool(cycle.response_complete)

    def data_received(self, data: bytes) -> None:
        """Take bytes; the time for a head runs from its first byte, or from the connection, and no further byte prolongs it."""
        super().data_received(data)
        if self.is_idle:
            self._expect_head()
        else:
            _cancel(self._head_timer)
            self._head_timer = None

    def on_response_complete(self) -> None:
        """Bound the time in which the rest of an answer is taken off a connection that closes."""
        super().on_response_complete()
        self._opened.pop(self, None)
        self._opened[self] = None
        if self.transport.is_closing():
            self._abort_later()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that has been idle, also where its client does not read."""
        super().timeout_keep_alive_handler()
        self._abort_later()

    def pause_writing(self) -> None:
        """Wait for a client that reads slower than it is written to, for a while."""
        super().pause_writing()
        self._abort_later()

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        _cancel(self._write_timer)
        self._write_timer = None
        super().resume_writing()

    def _expect_head(self) -> None:
        if self._head_timer is None and not self.transport.is_closing():
            self._head_timer = self.loop.call_later(self._limits.header_seconds, self._end)

    def _end(self) -> None:
        self._head_timer = None
        if self.is_idle:
            self.transport.abort()

    def _abort_later(self) -> None:
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(self._limits.reading_seconds, self.transport.abort)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    """Stop a timer."""
    if timer is not None:
        timer.cancel()
