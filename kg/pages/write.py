"""Put a finished page in its place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import OutputError


def write_page(path: Path, html: str) -> None:
    """Write a page whole or not at all: a reader never meets half a file.

    Missing folders are made. Raises `OutputError` where the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(f"{path}: cannot write a page there ({error.strerror}): choose another path") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(html)
        Path(draft).chmod(0o644)  # mkstemp makes files that only their owner may read
        Path(draft).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot write the page ({error.strerror}): choose another path") from error
    finally:
        Path(draft).unlink(missing_ok=True)
