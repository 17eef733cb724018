"""Write the documentation site of the ontology: its Turtle files go in, a folder of static pages in two languages comes out.

The site is made by the installed package from its own ontology, not by a script of the checkout: so whoever has the command has the
pages of the very version that wrote his data. pyLODE, which makes such pages, mixes languages (its issue 18), so the pages are ours.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from kg.assets import asset
from kg.errors import OutputError
from kg.graph_files import ontology_files
from kg.pages.template import render
from kg.questions import questions
from kg.site.entries import Entries
from kg.site.example import Example, work_example
from kg.site.pages import EXAMPLE_FILES, LANGUAGES, Page, pages, read_words, take_away
from kg.site.places import Places
from kg.site.vocabulary import Vocabulary

__all__ = ["site_files", "write_site"]

_MARK = '<meta name="generator" content="policy-responsibility-graph site">'


def site_files() -> dict[str, str]:
    """Give the text of every file of the site by its path; equal ontologies give equal files."""
    vocabulary = Vocabulary(files=ontology_files())
    example = work_example()
    places = Places(vocabulary=vocabulary)
    made = {"index.html": _door()}
    for language in LANGUAGES:
        entries = Entries(
            vocabulary=vocabulary, places=places, language=language, questions=questions(), shown=example.triples
        )
        made |= {f"{language}/{file}": html for file, html in pages(entries, example)}
    return made | _sources(example)


def _door() -> str:
    """Give the page that leads to the languages."""
    words = read_words("en")
    return render(
        "site/door.html.jinja", Page(language="en", words=words, file="index.html", title=words["site"], nav=())
    )


def _sources(example: Example) -> dict[str, str]:
    """Give the Turtle that a reader takes home: every file of the ontology, and the worked example."""
    texts = dict(zip(EXAMPLE_FILES, (example.text, example.facts, example.evidence), strict=True))
    folder = asset("ontology")
    return {name: texts.get(name) or (folder / Path(name).name).read_text(encoding="utf-8") for name in take_away()}


def write_site(folder: Path) -> Path:
    """Write the site into a folder, which appears whole or not at all, and return it; an earlier site is replaced.

    Raises `OutputError` where the folder holds something else or cannot be written.
    """
    folder = folder.resolve()
    if folder.exists() and not _replaceable(folder):
        raise OutputError(f"{folder}: holds other files: choose another folder with -o")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}: choose another place with -o") from error
    try:
        for name, text in site_files().items():
            path = workshop / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.replace(workshop / "old")
        (workshop / "new").replace(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}: choose another place with -o") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder


def _replaceable(folder: Path) -> bool:
    """Tell whether a place is an empty folder or an earlier site."""
    if not folder.is_dir():
        return False
    door = folder / "index.html"
    return not any(folder.iterdir()) or (door.is_file() and _MARK in door.read_text(encoding="utf-8", errors="replace"))
