"""Run the server until it is told to stop: settings go in; running queries end before it returns."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from starlette.applications import Starlette

from kg.errors import KgError, OutputError
from kg.serve.app import make_app
from kg.serve.guard import guarded
from kg.serve.settings import Limits, Settings
from kg.store import open_store, store_folder

__all__ = ["run"]

_FILES_BESIDE = 256
"""Open files that the server needs beside one for each connection."""
_BACKLOG = 2048
_LONGEST_HEAD = 2**16
_SECONDS_TO_TELL = 3
"""What clients have to take their last answer, after the grace time."""


def run(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `started` is told the address once it answers there.

    Raises `QueryError` where the folder holds no store, `OutputError` where the address cannot be listened on.
    """
    folder = store_folder(settings.folder)
    open_store(folder)
    _allow_files(settings.limits)
    _log_to_stderr()
    listener = _listen(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{listener.getsockname()[1]}/"
    with TemporaryDirectory(prefix="kg-serve-") as scratch:
        app = make_app(settings, folder.absolute(), Path(scratch))
        server = _Server(_config(app, settings), lambda: started(address), settings.limits.grace_seconds)
        if threading.current_thread() is threading.main_thread():
            for stop in (signal.SIGTERM, signal.SIGINT):
                signal.signal(stop, _ignore)  # uvicorn raises them once more when it has stopped
        try:
            asyncio.run(server.serve(sockets=[listener]))
        except SystemExit:
            raise KgError("the server did not start: see above") from None
        finally:
            listener.close()


class _Server(uvicorn.Server):
    """The server, which tells when it answers, and ends what still runs when its grace time is over."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None], grace_seconds: float) -> None:
        super().__init__(config)
        self._tell = started
        self._grace_seconds = grace_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        loop, application = asyncio.get_running_loop(), self.config.app
        assert isinstance(application, Starlette)  # noqa: S101  (made by make_app)
        ending = [loop.call_later(self._grace_seconds, pool.close) for pool in application.state.pools]
        try:
            await super().shutdown(sockets)
        finally:
            for timer in ending:
                timer.cancel()


def _config(app: object, settings: Settings) -> uvicorn.Config:
    limits = settings.limits
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI application
        http=guarded(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        backlog=_BACKLOG,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_keep_alive=max(1, int(limits.header_seconds)),
        timeout_graceful_shutdown=round(limits.grace_seconds) + _SECONDS_TO_TELL,
    )


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or error
        where = f"{settings.host}:{settings.port}"
        raise OutputError(f"{where}: cannot be listened on: {reason}: choose another with --host and --port") from error
    return listener


def _allow_files(limits: Limits) -> None:
    """Let this process open a file for each connection, as far as the system allows."""
    import resource  # noqa: PLC0415  (not on every system)

    needed = limits.connections + _FILES_BESIDE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    for name, level in (("kg.serve", logging.INFO), ("uvicorn.error", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


def _ignore(signum: int, frame: object) -> None:
    """Let a signal pass that was obeyed already."""
