"""Measure how well found facts match wanted ones: counts go in, precision, recall, F1, averages and intervals come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, quantiles

from kg.score.relations import AVERAGED, MACRO, MICRO, Relation

__all__ = ["Counts", "Measure", "measure_all", "measure_document"]

_FEWEST = 2
"""Documents with facts of a relation from which on its F1 gets an interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many facts the reference has, how many were found, and how many of these are right."""

    wanted: int = 0
    found: int = 0
    hit: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(wanted=self.wanted + other.wanted, found=self.found + other.found, hit=self.hit + other.hit)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        return self.hit / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what is wanted that was found; None where nothing is wanted."""
        return self.hit / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, as 2·hit / (found + wanted); None where neither side has a fact."""
        return 2 * self.hit / (self.found + self.wanted) if self.found or self.wanted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The figures of one relation or average, of one document or of all; what is not defined is None.

    - `wanted`, `found`, `hit`: facts; None for the macro average
    - `low`, `high`: 95 % interval of F1 over documents; None for one document
    - `documents`: how many documents have a fact of it on either side
    - `mean_f1`: mean of the F1 of these documents, each counting the same
    """

    wanted: int | None
    found: int | None
    hit: int | None
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None = None
    high: float | None = None
    documents: int = 1
    mean_f1: float | None = None


def measure_document(counts: Mapping[Relation, Counts]) -> dict[str, Measure]:
    """Measure one document: each relation that is judged, then the averages."""
    rows: dict[str, Measure] = {relation.value: _measure(told) for relation, told in counts.items()}
    rows[MICRO] = _measure(_pooled(counts))
    rows[MACRO] = _macro(rows)
    return rows


def measure_all(documents: Sequence[Mapping[Relation, Counts]], *, resamples: int, seed: int) -> dict[str, Measure]:
    """Measure all documents together: facts are pooled, and F1 gets an interval and its mean over documents."""
    relations = [relation for relation in Relation if any(relation in counts for counts in documents)]
    rows = measure_document(_total(documents, relations))
    each = [_f1s(counts) for counts in documents]
    drawn = _resampled(documents, relations, resamples=resamples, seed=seed)
    made: dict[str, Measure] = {}
    for name, row in rows.items():
        own = [f1 for f1s in each if (f1 := f1s.get(name)) is not None]
        low, high = (
            _interval([f1 for f1s in drawn if (f1 := f1s[name]) is not None]) if len(own) >= _FEWEST else (None, None)
        )
        made[name] = Measure(
            wanted=row.wanted,
            found=row.found,
            hit=row.hit,
            precision=row.precision,
            recall=row.recall,
            f1=row.f1,
            low=low,
            high=high,
            documents=len(own),
            mean_f1=_mean(own),
        )
    return made


def _measure(counts: Counts) -> Measure:
    return Measure(
        wanted=counts.wanted,
        found=counts.found,
        hit=counts.hit,
        precision=counts.precision,
        recall=counts.recall,
        f1=counts.f1,
        documents=int(counts.f1 is not None),
    )


def _macro(rows: Mapping[str, Measure]) -> Measure:
    """Give the mean of the relations' figures, each of those that are defined."""
    own = [rows[relation.value] for relation in AVERAGED if relation.value in rows]
    f1 = _mean(row.f1 for row in own)
    return Measure(
        wanted=None,
        found=None,
        hit=None,
        precision=_mean(row.precision for row in own),
        recall=_mean(row.recall for row in own),
        f1=f1,
        documents=int(f1 is not None),
    )


def _mean(figures: Iterable[float | None]) -> float | None:
    defined = [figure for figure in figures if figure is not None]
    return fmean(defined) if defined else None


def _pooled(counts: Mapping[Relation, Counts]) -> Counts:
    return sum((counts[relation] for relation in AVERAGED if relation in counts), Counts())


def _total(documents: Iterable[Mapping[Relation, Counts]], relations: Sequence[Relation]) -> dict[Relation, Counts]:
    totals = dict.fromkeys(relations, Counts())
    for counts in documents:
        for relation, told in counts.items():
            totals[relation] += told
    return totals


def _f1s(counts: Mapping[Relation, Counts]) -> dict[str, float | None]:
    """Give F1 alone, of each relation and of the averages."""
    f1s: dict[str, float | None] = {relation.value: told.f1 for relation, told in counts.items()}
    f1s[MACRO] = _mean(f1s.get(relation.value) for relation in AVERAGED)
    f1s[MICRO] = _pooled(counts).f1
    return f1s


def _resampled(
    documents: Sequence[Mapping[Relation, Counts]], relations: Sequence[Relation], *, resamples: int, seed: int
) -> list[dict[str, float | None]]:
    """Draw as many documents as there are, with replacement, again and again, and measure each draw.

    This is the percentile bootstrap with the document as the unit (Efron and Tibshirani 1993, chapter 13), for facts of
    one document are right or wrong together.
    """
    if len(documents) < _FEWEST:
        return []
    rows = [_row(counts, relations) for counts in documents]
    chance = Random(seed)  # noqa: S311  (a sample, no secret)
    f1s: list[dict[str, float | None]] = []
    for _ in range(resamples):
        wanted, found, hit = (
            tuple(map(sum, zip(*part, strict=True))) for part in zip(*chance.choices(rows, k=len(rows)), strict=True)
        )
        drawn = zip(relations, wanted, found, hit, strict=True)
        f1s.append(_f1s({relation: Counts(wanted=w, found=f, hit=h) for relation, w, f, h in drawn}))
    return f1s


def _row(counts: Mapping[Relation, Counts], relations: Sequence[Relation]) -> tuple[tuple[int, ...], ...]:
    """Give the counts of a document as three rows of figures, which add up ten times faster than records."""
    told = [counts.get(relation, Counts()) for relation in relations]
    return tuple(c.wanted for c in told), tuple(c.found for c in told), tuple(c.hit for c in told)


def _interval(figures: Sequence[float]) -> tuple[float | None, float | None]:
    """Give the 2.5th and 97.5th percentile."""
    if len(figures) < _FEWEST:
        return None, None
    cuts = quantiles(figures, n=40, method="inclusive")
    return cuts[0], cuts[-1]
