"""Print scores: as tables for a terminal or for a paper, as CSV with a row for each figure, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import click

from kg.cli.printing import echo_csv
from kg.columns import UNKNOWN, aligned

if TYPE_CHECKING:
    from kg.score import DocumentScore, Measure, Miss, Scores

__all__ = ["FORMATS", "scores", "unpaired"]

FORMATS = ("table", "csv", "json", "markdown")

Language = Literal["zh", "en"]
Grid = Callable[[Sequence[str], Sequence[Sequence[str]]], str]
"""Lays a header and rows out as text."""

_PLACES = 6
"""Decimal places of CSV and JSON; tables have three."""

_FIGURES = ("wanted", "found", "hit", "precision", "recall", "f1", "low", "high", "documents", "mean_f1")
_ONE = 6
"""The first six figures are those of one document; the others are of several."""

_LABELS: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "relation": "relation",
            "f1": "F1",
            "low": "95% from",
            "high": "to",
            "mean_f1": "mean F1",
            "all": "All documents",
            "reference": "reference",
            "misses": "Missed and invented",
        },
        "zh": {
            "relation": "关系",
            "wanted": "应有",
            "found": "找到",
            "hit": "命中",
            "precision": "精确率",
            "recall": "召回率",
            "f1": "F1",
            "low": "95%区间自",
            "high": "至",
            "documents": "文件数",
            "mean_f1": "文件平均F1",
            "all": "全部文件",
            "reference": "参照",
            "misses": "遗漏与多出",
            "side": "类别",
            "missed": "遗漏",
            "invented": "多出",
            "place": "位置",
            "said": "内容",
            "characters": "字符",
            "quote": "原文",
        },
    }
)
"""What a table calls things; a word that is not here is its own label."""


def scores(given: Scores, form: str, *, misses: bool, language: Language) -> None:
    """Print scores in one of `FORMATS`."""
    if form == "json":
        click.echo((json.dumps(_plain(given, misses=misses), ensure_ascii=False, indent=1) + "\n").encode(), nl=False)
    elif form == "csv":
        _echo_rows(given, misses=misses)
    elif form == "markdown":
        click.echo("\n\n".join(_blocks(given, _markdown, "## ", misses=misses, language=language)))
    else:
        click.echo("\n\n".join(_blocks(given, _table, "", misses=misses, language=language)))


def unpaired(given: Scores) -> None:
    """Print on standard error which documents only one side has."""
    for lone in given.unpaired:
        click.echo(f"note: {lone.name}: {lone.side} only, left out: {lone.reason}", err=True)


def _blocks(given: Scores, grid: Grid, mark: str, *, misses: bool, language: Language) -> Iterator[str]:
    """Give each document, then all together, each with a heading."""
    label = _LABELS[language]
    between = "\n\n" if mark else "\n"
    for document in given.documents:
        heading = (
            f"{mark}{document.document} {' '.join(document.title.split())} ({label['reference']}: {document.reference})"
        )
        yield between.join((heading, _figures(document.measures, _FIGURES[:_ONE], grid, language)))
        if misses and document.misses:
            yield between.join((f"{label['misses']}:", _listed(document, grid, language)))
    heading = f"{mark}{label['all']}: {len(given.documents)}"
    yield between.join((heading, _figures(given.overall, _FIGURES, grid, language)))


def _figures(measures: Mapping[str, Measure], names: Sequence[str], grid: Grid, language: Language) -> str:
    label = _LABELS[language]
    rows = [
        [_relation(name, language), *(_short(getattr(row, figure)) for figure in names)]
        for name, row in measures.items()
    ]
    return grid([label["relation"], *(label.get(name, name) for name in names)], rows)


def _listed(document: DocumentScore, grid: Grid, language: Language) -> str:
    label = _LABELS[language]
    names = ("side", "relation", "place", "said", "characters", "quote")
    rows = [
        [
            label.get(miss.side, miss.side),
            _relation(miss.relation.value, language),
            miss.place,
            _said(miss),
            "" if miss.start is None else f"{miss.start}–{miss.end}",
            miss.quote or "",
        ]
        for miss in document.misses
    ]
    return grid([label.get(name, name) for name in names], rows)


def _relation(name: str, language: Language) -> str:
    from kg.score.relations import GLOSSES  # noqa: PLC0415  (loads the readers)

    return GLOSSES[name] if language == "zh" else f"{name} {GLOSSES[name]}"


def _said(miss: Miss) -> str:
    return " · ".join(part for part in miss.said if part)


def _short(figure: float | None) -> str:
    if figure is None:
        return UNKNOWN
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(aligned(header, rows))


def _markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def _echo_rows(given: Scores, *, misses: bool) -> None:
    if misses:
        header = ["document", "reference", "relation", "side", "place", "said", "start", "end", "quote"]
        listed = [
            [d.document, d.reference, m.relation.value, m.side, m.place, _said(m), m.start, m.end, m.quote]
            for d in given.documents
            for m in d.misses
        ]
        echo_csv(header, _texts(listed))
        return
    rows = [
        [document, reference, name, *(getattr(row, figure) for figure in _FIGURES)]
        for document, reference, measures in (
            *((d.document, d.reference, d.measures) for d in given.documents),
            ("all", "", given.overall),
        )
        for name, row in measures.items()
    ]
    echo_csv(["document", "reference", "relation", *_FIGURES], _texts(rows))


def _texts(rows: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [["" if value is None else str(_rounded(value)) for value in row] for row in rows]


def _plain(given: Scores, *, misses: bool) -> Any:
    made = asdict(given)
    for document in () if misses else made["documents"]:
        del document["misses"]
    return _rounded(made)


def _rounded(value: Any) -> Any:
    """Round every figure within lists and mappings."""
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, _PLACES) if isinstance(value, float) else value
