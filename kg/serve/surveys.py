"""Keep the descriptions of the store, which take long to count: each is made once for each state of the store."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from pathlib import Path

from kg.serve.jobs import Reply, Survey
from kg.serve.pinned import identify
from kg.serve.pool import Pool

__all__ = ["Surveys"]

_KEPT = 32


class Surveys:
    """Descriptions by what they describe and the state of the store; who asks too early goes on asking, the count goes on too."""

    def __init__(self, folder: Path, pool: Pool, seconds: float) -> None:
        self._folder = folder
        self._pool = pool
        self._seconds = seconds
        self._made: OrderedDict[tuple[str, Survey], asyncio.Task[Reply]] = OrderedDict()

    async def get(self, survey: Survey) -> Reply | None:
        """Return a description, or None where it is not ready in time; raises what the pool raises, and `OSError` without a store."""
        key = (identify(self._folder), survey)
        task = self._made.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() or task.result().status != 200)):
            task = self._made[key] = asyncio.create_task(self._pool.do(survey))
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)[1].cancel()
        self._made.move_to_end(key)
        done, _ = await asyncio.wait({task}, timeout=self._seconds)
        return task.result() if done else None
