"""The command `kg serve`: it takes a build and the limits, and answers over HTTP until it is stopped."""

from __future__ import annotations

import re
from pathlib import Path

import click

__all__ = ["serve"]

_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", re.IGNORECASE)
_ORIGIN = re.compile(r"\*|https?://[\w.\[\]:-]+")


class _Size(click.ParamType[int]):
    """A number of bytes: 500K, 64M, 2G."""

    name = "size"

    def __init__(self, *, zero: bool = False) -> None:
        self._zero = zero

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a size."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(str(value))
        if not match or (float(match[1]) == 0 and not self._zero):
            self.fail(f"{value!r} is no size: write 500K, 64M or 2G", param, ctx)
        return int(float(match[1]) * _UNITS[match[2].lower()])


def _origins(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not _ORIGIN.fullmatch(value):
            raise click.BadParameter(f"{value!r} is no origin: write https://example.org, or *", context, parameter)
    return values


_SECONDS = click.FloatRange(min=0.1)
_COUNT = click.IntRange(min=1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("out"))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other machines in."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--name", "names", multiple=True, help="Host name under which the server is called; may be repeated.")
@click.option(
    "--cors",
    "origins",
    multiple=True,
    callback=_origins,
    metavar="ORIGIN",
    help="Web page that may read answers, or *; may be repeated.",
)
@click.option("--proxy", is_flag=True, help="Take the client's address from a proxy on this machine.")
@click.option(
    "--time", "seconds", type=_SECONDS, default=10.0, show_default=True, help="Seconds that a query may take."
)
@click.option("--rows", type=_COUNT, default=100_000, show_default=True, help="Rows or triples of an answer.")
@click.option("--answer-size", type=_Size(), default="64M", show_default=True, help="Bytes of an answer.")
@click.option(
    "--keep", type=_Size(zero=True), default="32M", show_default=True, help="Bytes of answers kept; 0 keeps none."
)
@click.option("--body-size", type=_Size(), default="1M", show_default=True, help="Bytes of a request's body.")
@click.option("--memory", type=_Size(), default="1G", show_default=True, help="Memory of a worker.")
@click.option(
    "--workers", type=_COUNT, help="Queries that run at once; without it two for each processor, four to sixteen."
)
@click.option(
    "--waiting", type=click.IntRange(min=0), default=256, show_default=True, help="Queries that wait for a worker."
)
@click.option(
    "--per-minute",
    type=click.IntRange(min=0),
    default=600,
    show_default=True,
    help="Requests a minute of one client; 0 for no limit.",
)
@click.option("--connections", type=_COUNT, default=2048, show_default=True, help="Open connections.")
@click.option(
    "--header-time", type=_SECONDS, default=10.0, show_default=True, help="Seconds that the head of a request may take."
)
@click.option(
    "--body-time", type=_SECONDS, default=20.0, show_default=True, help="Seconds that the body of a request may take."
)
@click.option(
    "--reading-time",
    type=_SECONDS,
    default=30.0,
    show_default=True,
    help="Seconds that a client may leave an answer unread.",
)
@click.option(
    "--grace", type=_SECONDS, default=20.0, show_default=True, help="Seconds that running queries have when it stops."
)
@click.option("--log-queries", is_flag=True, help="Log the text of queries too.")
@click.option("--no-log", is_flag=True, help="Log no requests.")
def serve(  # noqa: PLR0913  (one for each option)
    folder: Path,
    *,
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    proxy: bool,
    seconds: float,
    rows: int,
    answer_size: int,
    keep: int,
    body_size: int,
    memory: int,
    workers: int | None,
    waiting: int,
    per_minute: int,
    connections: int,
    header_time: float,
    body_time: float,
    reading_time: float,
    grace: float,
    log_queries: bool,
    no_log: bool,
) -> None:
    """Serve a build in FOLDER (out without it) over HTTP, until it is stopped (Ctrl+C or SIGTERM).

    /sparql is a SPARQL 1.1 endpoint, / a page to write queries on, and every IRI of the data has a page, Turtle and JSON-LD under
    its own path. Nothing can be changed through it. A build that puts a new store in the folder is seen by the next query.
    """
    from kg.serve import Limits, Settings  # noqa: PLC0415  (the command's help needs none of these)

    limits = Limits(
        seconds=seconds,
        rows=rows,
        answer_bytes=answer_size,
        kept_bytes=keep,
        body_bytes=body_size,
        memory_bytes=memory,
        waiting=waiting,
        per_minute=per_minute,
        connections=connections,
        header_seconds=header_time,
        body_seconds=body_time,
        reading_seconds=reading_time,
        grace_seconds=grace,
        **({} if workers is None else {"workers": workers}),
    )
    settings = Settings(
        folder=folder,
        host=host,
        port=port,
        names=names,
        origins=origins,
        behind_proxy=proxy,
        log_requests=not no_log,
        log_queries=log_queries,
        limits=limits,
    )
    try:
        from kg.serve.running import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'{error.name} is not installed: pip install "policy-responsibility-graph[serve]"'
        ) from error
    run(settings, lambda address: click.echo(f"serving {folder} at {address} (Ctrl+C stops)"))
