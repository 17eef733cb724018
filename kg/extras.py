"""Load a package that only some commands need: its name goes in, the module comes out, or one line that says what to install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import OutputError

__all__ = ["extra"]


def extra(name: str, of: str) -> Any:
    """Return the module `name`, which the extra `of` brings.

    Raises `OutputError` where it is not installed.

    >>> extra("no_such_module", "tables")
    Traceback (most recent call last):
    kg.errors.OutputError: no_such_module is not installed: pip install "policy-responsibility-graph[tables]"
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise OutputError(f'{name} is not installed: pip install "policy-responsibility-graph[{of}]"') from error
