"""Write outputs so that they appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import OutputError


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write a file through a temporary one beside it and return its path; folders are made.

    Raises `OutputError` where the place cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: is no regular file: choose another place with -o")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}: choose another place with -o") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written: {error.strerror}: choose another place with -o") from error
    return path
