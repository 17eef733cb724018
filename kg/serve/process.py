"""Run one worker process from the server: jobs go in, replies come out, and it is ended where one takes too long."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from tempfile import mkdtemp

import msgspec

from kg.serve.jobs import LENGTH, Job, Reply, WorkerSettings, decode_reply, encode

__all__ = ["EndedError", "OverdueError", "WorkerProcess"]

_START = "import sys; sys.path[:] = {path!r}; from kg.serve.worker import main; main()"
_SECONDS_TO_START = 60.0
_READY = b"."


class EndedError(Exception):
    """The process ended while it had a job, as it does where the system refuses it more memory."""


class OverdueError(Exception):
    """The job took longer than it may, and its process was ended."""


class WorkerProcess:
    """A process that does one job at a time; it must be started before it is asked and after it was ended."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._scratch: str | None = None

    async def start(self) -> None:
        """Start the process and wait until it is ready; raises `EndedError` where it is not."""
        await self.stop()
        self._scratch = mkdtemp(prefix="worker-", dir=self._settings.scratch)
        settings = msgspec.json.encode(msgspec.structs.replace(self._settings, scratch=self._scratch)).decode()
        start = _START.format(path=[*map(str, sys.path)])
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", start, settings, stdin=PIPE, stdout=PIPE, start_new_session=True
        )
        assert self._process.stdout is not None  # noqa: S101  (it was started with a pipe)
        try:
            async with asyncio.timeout(_SECONDS_TO_START):
                told = await self._process.stdout.readexactly(len(_READY))
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            raise EndedError("a worker did not start") from error
        if told != _READY:
            raise EndedError("a worker did not start well")

    async def ask(self, job: Job, seconds: float | None) -> Reply:
        """Have a job done; raises `OverdueError` past `seconds`, `EndedError` where the process ends. Either way it is over then."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EndedError("the worker is not running")
        try:
            async with asyncio.timeout(seconds):
                process.stdin.write(encode(job))
                await process.stdin.drain()
                length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
                return decode_reply(await process.stdout.readexactly(length))
        except TimeoutError as error:
            self.kill()
            raise OverdueError from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise EndedError("the worker ended") from error

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None and self._process.returncode is None:
            with suppress(
                ProcessLookupError
            ):  # not `Process.kill`, which takes the exit code from asyncio's own watcher
                os.kill(self._process.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """End the process, wait until it is gone, and remove what it left behind."""
        self.kill()
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            await process.wait()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
