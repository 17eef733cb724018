"""What a server is told: where the store lies, where to listen, and the limits that keep it answering."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Limits", "Settings"]

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request, one client and all of them may take; times in seconds, sizes in bytes.

    `workers` queries run at once, more than there are processors, so that quick ones pass those that take long; and `waiting` more wait, half of `seconds` at most. `header_seconds` and `body_seconds` bound
    what a client takes to send the head and the body of a request, and `reading_seconds` what it takes to read the next part of
    an answer. Answers are kept in `kept_bytes` for when they are asked for again. `per_minute` is of one client; 0 is no limit. `grace_seconds` is what running queries have when the server stops.
    """

    seconds: float = 10.0
    rows: int = 100_000
    answer_bytes: int = 64 * _MEBIBYTE
    kept_bytes: int = 32 * _MEBIBYTE
    body_bytes: int = _MEBIBYTE
    workers: int = field(default_factory=lambda: max(4, min(16, 2 * (os.cpu_count() or 2))))
    waiting: int = 256
    per_minute: int = 600
    connections: int = 2048
    memory_bytes: int = 1024 * _MEBIBYTE
    header_seconds: float = 10.0
    body_seconds: float = 20.0
    reading_seconds: float = 30.0
    grace_seconds: float = 20.0

    @property
    def wait_seconds(self) -> float:
        """How long a query waits for a worker, so that waiting and running end within one and a half of `seconds`."""
        return self.seconds / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A server: a build or its store, the address, who may call it from other pages, and what is logged.

    `names` are the host names under which it is called; on a loopback address only those of this machine are answered besides,
    so that no page on the web can reach it through a name of its own. `origins` are the web pages that may read answers.
    `behind_proxy` takes a client's address from the proxy on this machine.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    behind_proxy: bool = False
    log_requests: bool = True
    log_queries: bool = False
    limits: Limits = field(default_factory=Limits)
