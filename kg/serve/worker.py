"""Answer jobs in a process of its own, one after the other: settings and jobs come in on standard input, replies go out.

The server ends this process where a job takes too long; where the server itself is gone, an alarm of the system does.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg.errors import QueryError
from kg.serve.addresses import Addresses
from kg.serve.answering import answer, graph_reply, refusal
from kg.serve.jobs import LENGTH, Ask, Job, Look, Render, Reply, Survey, WorkerSettings, decode_job, encode
from kg.serve.looking import Viewer
from kg.serve.pinned import Pinned, identify, pin
from kg.serve.spool import Spool, TooLargeError

__all__ = ["READY", "Worker", "main"]

READY = b"."
_BEYOND = 2.0
"""How many times its limit a job may take before the system ends this process; the server does so much earlier."""
_MOST_FILES = 65536
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class Worker:
    """A store that is looked at anew for each job: where a build has put another in its place, that one is asked."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._folder, self._scratch = Path(settings.folder), Path(settings.scratch)
        self._pinned: Pinned | None = None
        self._addresses = Addresses()

    def do(self, job: Job) -> Reply:
        """Do a job; what goes wrong is a reply too."""
        try:
            reply = self._do(job)
        except QueryError as error:
            reply = refusal(503, str(error))
        except OSError as error:
            reply = refusal(503, f"the store cannot be read: {error}")
        return msgspec.structs.replace(reply, store=self._pinned.identity if self._pinned else "")

    def open(self) -> Pinned:
        """Open the store as it is now, unless it is open already."""
        with suppress(OSError):
            if self._pinned is not None and identify(self._folder) == self._pinned.identity:
                return self._pinned
        if self._pinned is not None:
            self._pinned.release()
            self._pinned = None
        self._pinned = pin(self._folder, self._scratch)
        assert self._pinned.store is not None  # noqa: S101  (just opened)
        self._addresses = Addresses.of(self._pinned.store)
        return self._pinned

    def prepare(self) -> None:
        """Load what jobs will need, so that no job is charged for it."""
        self.do(Ask(query="ASK {}", default_graphs=None, named_graphs=None, results="json", graph=None))
        if self._settings.writes_pages:
            self.do(Look(path="/region-level", form="html", language="zh"))
            self.do(Render(language="zh", nonce="", has_editor=False))

    def _do(self, job: Job) -> Reply:
        if isinstance(job, Render):
            from kg.serve.pages import query_page  # noqa: PLC0415  (loads the templates)

            body = query_page(job.language, job.nonce, has_editor=job.has_editor)
            return Reply(status=200, media_type=_HTML, body=body)
        store = self.open().store
        assert store is not None  # noqa: S101  (open)
        settings = self._settings
        if isinstance(job, Ask):
            prefixes = self._addresses.prefixes()
            return answer(
                job, store, prefixes, rows=settings.rows, answer_bytes=settings.answer_bytes, scratch=self._scratch
            )
        if isinstance(job, Survey):
            from kg.serve import survey  # noqa: PLC0415  (loads the catalogue)

            if job.what == "service":
                return survey.service(store, job.origin, job.form)
            if job.what == "void":
                return survey.void(store, self._addresses, job.origin, job.form)
            return survey.completion(store, self._addresses)
        return self._look(job)

    def _look(self, job: Look) -> Reply:
        """Tell of an IRI, which comes as a path of this server."""
        from kg.serve.pages import missing_page, resource_page  # noqa: PLC0415  (loads the templates)

        assert self._pinned is not None  # noqa: S101  (open)
        assert self._pinned.store is not None  # noqa: S101  (open)
        iri = self._addresses.iri(job.path)
        viewer = Viewer(self._pinned.store, self._addresses, job.language, keeps_language=job.keeps_language)
        try:
            if job.form != "html":
                return self._graph(viewer, iri, job.form)
            found = viewer.resource(iri)
        except ValueError:
            return refusal(404, "this path stands for no IRI")
        if found is None:
            return Reply(status=404, media_type=_HTML, body=missing_page(iri, job.language, job.path))
        return Reply(status=200, media_type=_HTML, body=resource_page(found, job.language, job.path))

    def _graph(self, viewer: Viewer, iri: str, form: str) -> Reply:
        rows = self._settings.rows
        triples = viewer.triples(iri, rows)
        if not triples:
            return refusal(404, f"the store says nothing of <{iri}>")
        if len(triples) > rows:
            return refusal(422, f"more than {rows:,} triples, the limit of this server: ask for parts with CONSTRUCT")
        spool = Spool(self._scratch, self._settings.answer_bytes)
        try:
            return graph_reply(triples, form, spool, self._addresses.prefixes())
        except TooLargeError:
            spool.discard()
            return refusal(422, f"more than {self._settings.answer_bytes:,} bytes, the limit of this server")


_HTML = "text/html; charset=utf-8"


def main() -> None:
    """Serve jobs until standard input ends."""
    jobs, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything else prints must not come between the replies
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # both reach every process of the service; the server ends its workers
    settings = msgspec.json.decode(sys.argv[1], type=WorkerSettings)
    _confine(settings)
    worker = Worker(settings)
    worker.prepare()
    replies.write(READY)
    replies.flush()
    while (job := _next(jobs)) is not None:
        if settings.seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, settings.seconds * _BEYOND + 1)
        reply = worker.do(job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        replies.write(encode(reply))
        replies.flush()


def _next(jobs: BinaryIO) -> Job | None:
    length = jobs.read(LENGTH)
    return decode_job(jobs.read(int.from_bytes(length, "big"))) if len(length) == LENGTH else None


def _confine(settings: WorkerSettings) -> None:
    """Bound the memory of this process, let others go first and, where the system lets it, take the network from it."""
    os.nice(settings.niceness)
    with suppress(OSError, ValueError):  # a store has a file for each 64 megabytes or so, all of them open
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    for limit in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        most = settings.memory_bytes if limit == resource.RLIMIT_DATA else 0
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))
    if sys.platform == "linux" and (unshare := getattr(ctypes.CDLL(None), "unshare", None)) is not None:
        user, group = os.getuid(), os.getgid()
        if unshare(_NEW_NETWORK) != 0 and unshare(_NEW_USER | _NEW_NETWORK) == 0:
            for name, text in (
                ("setgroups", "deny"),
                ("uid_map", f"{user} {user} 1"),
                ("gid_map", f"{group} {group} 1"),
            ):
                Path(f"/proc/self/{name}").write_text(text, encoding="ascii")  # so that it stays who it is
