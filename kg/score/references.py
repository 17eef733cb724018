"""Read references: a file or a folder of corrected records (YAML) and annotations (JSON) goes in, readings come out."""

from __future__ import annotations

from pathlib import Path

from kg.documents import MOST_BYTES
from kg.errors import KgError, ScoreError
from kg.records_file import loads as loads_records
from kg.resolve import resolve
from kg.score.annotation import loads as loads_annotation
from kg.score.from_annotation import read_annotation
from kg.score.from_records import read_records
from kg.score.reading import Reading

__all__ = ["read_references"]

_RECORDS = (".yaml", ".yml")
_ANNOTATION = (".json",)


def read_references(path: Path) -> tuple[Reading, ...]:
    """Read one reference, or all of a folder, by name; a build stands for its records.

    Raises `ScoreError` with a line for each that cannot be read: a score against half a reference would mislead.
    """
    readings: list[Reading] = []
    reasons: list[str] = []
    for file in _list_references(path):
        try:
            readings.append(_read(file))
        except KgError as error:
            reasons.append(str(error))
    if reasons:
        raise ScoreError("\n".join(reasons))
    return tuple(readings)


def _list_references(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    folder = path / "plans" if (path / "manifest.json").is_file() and (path / "plans").is_dir() else path
    wanted = [
        file
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in _RECORDS + _ANNOTATION and not file.name.startswith(".")
    ]
    if not wanted:
        raise ScoreError(f"{path}: holds no .yaml and no .json file: name a folder of corrected records or annotations")
    return wanted


def _read(file: Path) -> Reading:
    suffix = file.suffix.lower()
    if suffix in _ANNOTATION:
        return read_annotation(loads_annotation(_text_of(file), file.name), file.name)
    if suffix in _RECORDS:
        plan = loads_records(_text_of(file), file.name)
        return read_records(plan if plan.organizations else resolve(plan), file.name)
    raise ScoreError(
        f"{file}: no reference: expected records (.yaml, as `kg extract` writes them) or an annotation (.json)"
    )


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ScoreError(f"{file.name}: more than {MOST_BYTES:,} bytes: expected the reference of one document")
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ScoreError(f"{file}: no such file: check the path") from error
    except UnicodeDecodeError as error:
        raise ScoreError(f"{file.name}: byte {error.start} is not UTF-8: save the reference as UTF-8") from error
    except OSError as error:
        raise ScoreError(f"{file}: cannot be read: {error.strerror}: check what it is") from error
