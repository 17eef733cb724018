"""Read the files that pages load: the style sheet, and the editor where it was built."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from kg.assets import asset
from kg.errors import KgError

__all__ = ["Statics"]

_STYLE, _EDITOR = "serve.css", "page.js"


@dataclass(frozen=True, slots=True)
class Statics:
    """The files by name, each with its media type and bytes."""

    files: Mapping[str, tuple[str, bytes]]

    @classmethod
    def read(cls) -> Statics:
        """Read them."""
        files = {_STYLE: ("text/css; charset=utf-8", asset("visualize", f"serve/{_STYLE}").read_bytes())}
        with suppress(KgError):  # the page says that the editor is missing
            script = asset("visualize", f"query/dist/{_EDITOR}").read_bytes()
            files[_EDITOR] = ("text/javascript; charset=utf-8", script)
        return cls(files)

    @property
    def has_editor(self) -> bool:
        """Whether the editor was built."""
        return _EDITOR in self.files
