"""Run the command and end it well: every error is one line on standard error, and the exit code says what happened."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

import click

from kg.cli.commands import kg
from kg.errors import KgError

__all__ = ["main"]

FAILED, MISUSED, STOPPED = 1, 2, 130
"""Exit codes: an error, a wrong use of the command, and stopped by the user (128 + SIGINT, as shells have it)."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `kg` and exit; 0 where all went well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese letters gets their codes
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return int(kg.main(arguments, prog_name="kg", standalone_mode=False) or 0)
    except click.UsageError as error:
        usage = f" ({error.ctx.command_path} --help tells how)" if error.ctx else ""
        _complain(f"{error.format_message().rstrip('.')}{usage}")
        return MISUSED
    except click.Abort:
        _complain("stopped")
        return STOPPED
    except (KgError, click.ClickException) as error:
        _complain(str(error))
    except OSError as error:
        _complain(f"{error.filename or 'the system'}: {error.strerror or error}")
    return FAILED


def _complain(message: str) -> None:
    for line in message.splitlines():
        click.echo(f"kg: {line}", err=True)
