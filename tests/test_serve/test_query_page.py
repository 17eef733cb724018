"""The pages in a real browser: the editor comes up, knows the questions, and nothing is blocked, missing or asked for elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import kg

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--virtual-time-budget=8000", "--enable-logging=stderr"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def open_page(address: str, size: str, home: Path) -> tuple[str, str]:
    """Return what a page has become, and what the browser complained of."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    command = [CHROMIUM, *FLAGS, f"--window-size={size}", f"--user-data-dir={home}", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    told = [line for line in done.stderr.decode(errors="replace").splitlines() if "CONSOLE" in line]
    return done.stdout.decode(), "\n".join(told)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["1440,900", "500,844"])
def test_the_editor_comes_up_with_the_question_library(size: str, server: Any, tmp_path: Path) -> None:
    if server.get("/assets/page.js").status != 200:
        pytest.skip("the editor is not built: cd visualize/query && npm ci && npm run build")
    server.get("/completion.json")
    page, complaints = open_page(f"{server.address}?lang=en", size, tmp_path / "home")
    assert complaints == ""
    assert "cm-editor" in page
    assert len(re.findall(r"<li><button", page)) == len(kg.questions())
    assert re.search(r'<textarea[^>]* hidden=""', page)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["id/region/990101?format=html", "ontology?format=html"])
def test_a_page_of_the_data_is_shown_without_complaint(path: str, server: Any, tmp_path: Path) -> None:
    page, complaints = open_page(server.address + path, "1440,900", tmp_path / "home")
    assert complaints == ""
    assert "<dl class" in page
