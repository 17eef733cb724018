"""Options by which a command names what is asked: a store on disk or the endpoint of a server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from kg.asking import Engine
    from kg.asking.twins import Choice

__all__ = ["Opener", "asked_options", "timeout_option"]

Opener = Callable[[], "Engine"]
"""What opens the engine that the options name, when it is needed."""

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="Time that a server has for one answer.",
)
_store = click.option(
    "--store",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder of a build, or its store.",
)
_choice = click.option(
    "--engine",
    "choice",
    type=click.Choice(["auto", "store", "tables"]),
    default="auto",
    show_default=True,
    help="What answers: the store; the Parquet tables, by DuckDB, for questions that have a twin in SQL; or (auto) the "
    "tables where there is a twin and the build is large, about 150 documents and more, else the store.",
)
_endpoint = click.option(
    "--endpoint",
    metavar="URL",
    help="SPARQL endpoint of a server to ask instead of a store; KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or a netrc file, tell it who asks.",
)


def asked_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --store, --engine, --endpoint and --timeout; it takes `engine`, which opens what they name."""

    @_store
    @_choice
    @_endpoint
    @timeout_option
    @wraps(command)
    def opening(
        *arguments: Any, store: Path, choice: Choice, endpoint: str | None, timeout: float, **options: Any
    ) -> None:
        command(*arguments, engine=lambda: _engine(store, choice, endpoint, timeout), **options)

    return opening


def _engine(store: Path, choice: Choice, endpoint: str | None, timeout: float) -> Engine:
    """Open what the options name.

    Raises `QueryError` where there is none, and a wrong use where both are named.
    """
    from kg.asking import open_engine  # noqa: PLC0415  (the command's help needs none of these)
    from kg.asking.remote import RemoteEngine  # noqa: PLC0415

    context = click.get_current_context()
    if endpoint is None:
        return open_engine(store, choice)
    for name in ("store", "choice"):
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            option = "--store" if name == "store" else "--engine"
            raise click.UsageError(f"{option} and --endpoint name two things to ask: give one", context)
    return RemoteEngine(endpoint, seconds=timeout)
