"""What the server and its workers tell each other: one message asks, one answers, as MessagePack after its length."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = [
    "LENGTH",
    "Ask",
    "Job",
    "Look",
    "Render",
    "Reply",
    "Survey",
    "WorkerSettings",
    "decode_job",
    "decode_reply",
    "encode",
]

LENGTH = 8
"""The bytes of the length before each message, most significant first."""


class Ask(msgspec.Struct, frozen=True, kw_only=True, tag="ask"):
    """A query with its dataset (None: the protocol names none) and the formats that the client takes, None where it takes none."""

    query: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    results: str | None
    graph: str | None


class Look(msgspec.Struct, frozen=True, kw_only=True, tag="look"):
    """Ask what the store says of the IRI for which a path of the server stands: as a page (`html`) or in a format of RDF.

    `keeps_language` says that the language was asked for by name, so that the links of the page ask for it too.
    """

    path: str
    form: str
    language: Literal["zh", "en"]
    keeps_language: bool = False


class Render(msgspec.Struct, frozen=True, kw_only=True, tag="render"):
    """Ask for the query page; `nonce` lets the editor set its styles, `has_editor` tells whether it is built."""

    language: Literal["zh", "en"]
    nonce: str
    has_editor: bool


class Survey(msgspec.Struct, frozen=True, kw_only=True, tag="survey"):
    """Ask for a description: `service` of the endpoint, `void` of the data, `completion` for the editor."""

    what: Literal["service", "void", "completion"]
    form: str
    origin: str


Job = Ask | Look | Render | Survey


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: whole in `body`, or in the file `spool`, which whoever reads it removes; `store` tells the state that was asked."""

    status: int
    media_type: str
    body: bytes = b""
    spool: str | None = None
    store: str = ""


class WorkerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker is started with; `seconds` is None where its jobs may take as long as they need.

    `niceness` is that of the system: queries give way to pages, and both to the server itself. One that `writes_pages` prepares for it before its time counts.
    """

    folder: str
    scratch: str
    seconds: float | None
    rows: int
    answer_bytes: int
    memory_bytes: int
    niceness: int
    writes_pages: bool


_JOBS = msgspec.msgpack.Decoder(Job)
_REPLIES = msgspec.msgpack.Decoder(Reply)


def encode(message: Job | Reply) -> bytes:
    """Write a message with its length before it."""
    data = msgspec.msgpack.encode(message)
    return len(data).to_bytes(LENGTH, "big") + data


def decode_job(data: bytes) -> Job:
    """Read a job without its length."""
    job: Job = _JOBS.decode(data)
    return job


def decode_reply(data: bytes) -> Reply:
    """Read a reply without its length."""
    return _REPLIES.decode(data)
