"""Share a few worker processes among many requests: a job goes in, a reply comes out, or word that there was no room or time."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from weakref import WeakValueDictionary

from kg.serve.jobs import Job, Reply, WorkerSettings
from kg.serve.process import EndedError, OverdueError, WorkerProcess

__all__ = ["BusyError", "ClosingError", "Pool"]

_log = logging.getLogger("kg.serve")
_PAUSE = 1.0
"""Seconds before a worker that did not start is started again, and that a job goes on after its client left."""


class BusyError(Exception):
    """All workers are busy, and too many jobs wait already or this one waited too long."""


class ClosingError(Exception):
    """The server stops, and the job was not done in the time that it had left."""


class Pool:
    """Workers of one kind; `wait_seconds` is what a job waits for one, `settings.seconds` what it may then take."""

    def __init__(self, settings: WorkerSettings, size: int, *, waiting: int, wait_seconds: float) -> None:
        self._settings = settings
        self._workers = [WorkerProcess(settings) for _ in range(size)]
        self._free: asyncio.LifoQueue[WorkerProcess] = asyncio.LifoQueue()
        self._most_waiting = waiting
        self._wait_seconds = wait_seconds
        self._waiting = 0
        self._most_of_one = size - 1 if size > 2 else size
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Reply | None]] = set()
        self._closing = asyncio.Event()
        self.running = 0
        self.is_failing = False

    async def start(self) -> None:
        """Start all workers; raises `EndedError` where one does not start."""
        await asyncio.gather(*(worker.start() for worker in self._workers))
        for worker in self._workers:
            self._free.put_nowait(worker)
        self.running = len(self._workers)

    def close(self) -> None:
        """End what is running or waiting; those who wait for it get `ClosingError`."""
        self._closing.set()
        for worker in self._workers:
            worker.kill()

    async def stop(self) -> None:
        """End all workers, busy or not."""
        self.close()
        self.running = 0
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def do(self, job: Job, client: str = "") -> Reply:
        """Have a job done for a client, who never has all workers where there are three or more. Raises `BusyError`, `OverdueError`, `EndedError` or `ClosingError`. Where the caller is cancelled, the job ends soon after."""
        share = self._shares.setdefault(client, asyncio.Semaphore(self._most_of_one))
        worker = await self._take(share)
        task: asyncio.Task[Reply | None] = asyncio.create_task(self._run(worker, job, share))
        self._keep(task)
        try:
            reply = await asyncio.shield(task)
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_later(_PAUSE, self._give_up, worker, task)
            task.add_done_callback(_throw_away)
            raise
        assert reply is not None  # noqa: S101  (`_run` returns one)
        return reply

    async def _take(self, share: asyncio.Semaphore) -> WorkerProcess:
        if self._waiting >= self._most_waiting and self._free.empty():
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await share.acquire()
                try:
                    return await self._free.get()
                except BaseException:
                    share.release()
                    raise
        except TimeoutError as error:
            raise (ClosingError if self._closing.is_set() else BusyError) from error
        finally:
            self._waiting -= 1

    async def _run(self, worker: WorkerProcess, job: Job, share: asyncio.Semaphore) -> Reply:
        try:
            reply = await worker.ask(job, self._settings.seconds)
        except BaseException as error:
            if self._closing.is_set() and isinstance(error, EndedError):
                raise ClosingError from error
            self._keep(asyncio.create_task(self._replace(worker)))
            raise
        finally:
            share.release()
        self._free.put_nowait(worker)
        return reply

    async def _replace(self, worker: WorkerProcess) -> None:
        """Start a worker again, until it starts."""
        self.running -= 1
        while not self._closing.is_set():
            try:
                await worker.start()
            except (EndedError, OSError) as error:
                self.is_failing = True
                _log.error("a worker does not start: %s", error)
                await asyncio.sleep(_PAUSE)
            else:
                self.is_failing = False
                self.running += 1
                self._free.put_nowait(worker)
                return

    def _give_up(self, worker: WorkerProcess, task: asyncio.Task[Reply | None]) -> None:
        if not task.done():
            worker.kill()

    def _keep(self, task: asyncio.Task[Reply | None] | asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._drop)

    def _drop(self, task: asyncio.Task[Reply | None] | asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None and not isinstance(error, EndedError | OverdueError | ClosingError):
                _log.error("a worker task failed: %r", error)


def _throw_away(task: asyncio.Task[Reply | None]) -> None:
    """Remove the file of an answer for which nobody waits."""
    if not task.cancelled() and task.exception() is None:
        reply = task.result()
        if reply is not None and reply.spool is not None:
            Path(reply.spool).unlink(missing_ok=True)
