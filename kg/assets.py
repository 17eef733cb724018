"""Find the folders that travel with the package: ontology, queries, visualize, data and, of docs, the guide to queries."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import KgError


def asset(folder: str, name: str = "") -> Path:
    """Return the path of an asset folder, or of a file in it.

    Raises `KgError` where the installation lacks it.
    """
    packaged = Path(str(files("kg"))) / "_assets" / folder
    checkout = Path(__file__).resolve().parents[1] / folder
    path = (packaged if packaged.is_dir() else checkout) / name
    if not path.exists():
        raise KgError(f"{folder}/{name} is missing from this installation: install policy-responsibility-graph again")
    return path
