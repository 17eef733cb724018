"""Keep answers for when the same is asked of the same store again: a state of the store and a query go in, an answer or None comes out."""

from __future__ import annotations

from collections import OrderedDict

from kg.asking.tokens import is_repeatable
from kg.serve.jobs import Ask, Reply, encode

__all__ = ["Kept"]

_BESIDE = 1000
"""Bytes of an entry beside the texts of query and answer, about."""


class Kept:
    """The answers that were last asked for, in so many bytes; none where the limit is 0. Large ones are not kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._replies: OrderedDict[tuple[str, bytes], Reply] = OrderedDict()

    def get(self, store: str, asked: Ask) -> Reply | None:
        """Return the answer to a query in a state of the store, if it is kept."""
        key = (store, _key(asked))
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def put(self, asked: Ask, reply: Reply) -> None:
        """Keep an answer, in place of those that nobody asked for since long."""
        key = (reply.store, _key(asked))
        size = _size(key, reply)
        if reply.status != 200 or reply.spool is not None or size > self._limit // 8 or key in self._replies:
            return
        if not is_repeatable(asked.query):
            return
        self._replies[key] = reply
        self._size += size
        while self._size > self._limit:
            self._size -= _size(*self._replies.popitem(last=False))


def _key(asked: Ask) -> bytes:
    return encode(asked)


def _size(key: tuple[str, bytes], reply: Reply) -> int:
    return len(key[1]) + len(reply.body) + _BESIDE
