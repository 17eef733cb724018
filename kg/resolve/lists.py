"""Read a bare name in a list of bodies with the rank of the name before it: 渔网局 after 市灯塔局 is the city's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from kg.grammar.labels import OWN_NAME
from kg.records import Evidence, Indicator, OrganizationKind, Plan, Project, Responsibility, Task
from kg.resolve import patterns
from kg.resolve.functions import (
    DEVELOPMENT_ZONE,
    GENERAL_GOVERNMENT,
    Prefix,
    Reading,
    clean_name,
    load_functions,
    read_body,
)
from kg.resolve.organizations import Context, Mention, name_body, own_site, site_of_rank
from kg.resolve.patterns import RANKS
from kg.resolve.regions import COUNTRY, load_regions

Item = Task | Indicator | Project

_OWN = ""
_CENTRAL = "国家"
_LISTED = (OrganizationKind.DEPARTMENT, OrganizationKind.ASSOCIATION)
_NEXT = 2  # characters between two names of a list: 、 or 以及
_SAME_CLAUSE = 12  # and between two lists of a clause: 牵头,配合单位:


class _Sort(Enum):
    """What a name does in a list."""

    BARE = "bare"  # 财政局: takes the rank of the list
    RANKED = "ranked"  # 市民政局: sets it
    NEUTRAL = "neutral"  # 团市委, 各乡镇, 灯塔公司: neither


@dataclass(frozen=True, slots=True)
class _Word:
    """A name in its list, with the rank or place that stands before it, or that its list gives it.

    `rank` is None where nothing before the name tells, and `_OWN` for the region of the document.
    """

    written: str
    sort: _Sort
    rank: str | None


class Lists:
    """The lists of bodies of a plan, and how the plan writes the bodies of its own region.

    In a plan that writes its own bodies bare, a bare name after one of another level can be either's; so can a name that
    stands bare at the head of another list. Those are left open.
    """

    __slots__ = ("_context", "_issuer", "_own_bare", "_own_ranked")

    def __init__(self, plan: Plan, context: Context) -> None:
        self._context = context
        self._issuer = plan.document.issuer
        self._own_bare: set[str] = set()
        self._own_ranked: set[str] = set()
        items: tuple[Item, ...] = (*plan.tasks, *plan.indicators, *plan.projects)
        for item in items:
            for words in self._words(item):
                self._own_bare.update(w.written for w in words if w.sort is _Sort.BARE and w.rank is None)
                self._own_ranked.update(w.written for w in words if w.sort is _Sort.RANKED and w.rank == _OWN)

    def read(self, item: Item) -> tuple[Mention, ...]:
        """Return how the body of each duty of an item is to be read, in the order of its duties."""
        found = [self._mention(word) for words in self._words(item) for word in words]
        order = _ordered(item.responsibilities)
        mentions = dict(zip(order, found, strict=True))
        return tuple(mentions[at] for at in range(len(order)))

    def _mention(self, word: _Word) -> Mention:
        if self._issuer and OWN_NAME.fits(word.written):
            return Mention(word.written, self._issuer)
        if word.sort is not _Sort.BARE or not word.rank:
            return Mention(word.written, word.written)
        if word.written in self._own_bare or len(self._own_bare) > len(self._own_ranked):
            return Mention(word.written, None)
        if word.rank == _CENTRAL and clean_name(word.written).endswith("局"):
            return Mention(word.written, None)
        return Mention(word.written, f"{word.rank}{word.written}")

    def _words(self, item: Item) -> Iterator[list[_Word]]:
        """Give the names of each list of an item, each with its rank."""
        duties = item.responsibilities
        clause = item.clause if isinstance(item, Task) else None
        words: list[_Word] = []
        rank: str | None = None
        previous: Responsibility | None = None
        for at in _ordered(duties):
            duty = duties[at]
            if previous is not None and not _follows(previous.evidence, duty.evidence, clause):
                yield words
                words, rank = [], None
            sort, own_rank = self._sort(duty.department)
            rank = own_rank if sort is _Sort.RANKED else rank
            words.append(_Word(duty.department, sort, rank))
            previous = duty
        yield words

    def _sort(self, written: str) -> tuple[_Sort, str | None]:
        """Tell what a name does in a list, and the rank that it gives the names after it."""
        reading = read_body(clean_name(written))
        named = name_body(self._context, written)
        if named.kind not in _LISTED:
            return _Sort.NEUTRAL, None
        is_central = named.region is not None and named.region.code == COUNTRY
        if is_central and reading.prefix in (Prefix.NONE, Prefix.COUNTRY):
            return _Sort.RANKED, _OWN if own_site(self._context).key == COUNTRY else _CENTRAL
        if reading.prefix in (Prefix.RANK, Prefix.PLACE, Prefix.UNKNOWN_PLACE):
            return self._ranked(reading)
        return (_Sort.BARE if _is_bare(reading) else _Sort.NEUTRAL), None

    def _ranked(self, reading: Reading) -> tuple[_Sort, str | None]:
        before, own = reading.before, own_site(self._context)
        if before.removesuffix("级")[-1] not in f"{RANKS}区":
            return _Sort.NEUTRAL, None
        if reading.prefix is Prefix.RANK:
            site = site_of_rank(before.removesuffix("级"), reading.core, self._context)
            return _Sort.RANKED, _OWN if site is not None and site.key == own.key else before
        if reading.prefix is Prefix.UNKNOWN_PLACE:
            return _Sort.RANKED, _OWN if before.endswith(own.label or before) else before
        places = load_regions().leading(before, [region.code for region in self._context.chain])
        last = places[-1].region if places else None
        return _Sort.RANKED, _OWN if last is not None and last.code == own.key else before


def _is_bare(reading: Reading) -> bool:
    """Tell whether a name is that of a bureau of any region, written without one: 财政局, also 灯塔局."""
    if reading.prefix is not Prefix.NONE or patterns.YOUTH_LEAGUE.regex.fullmatch(reading.name):
        return False
    if reading.function:
        label = load_functions().of_core(patterns.BRACKET.regex.sub("", reading.name))
        return label is not None and label.function not in (GENERAL_GOVERNMENT, DEVELOPMENT_ZONE)
    return patterns.LOCAL_BUREAU.regex.fullmatch(reading.name) is not None


def _ordered(duties: Sequence[Responsibility]) -> list[int]:
    """Return the places of duties in the order in which the document names their bodies."""
    return sorted(range(len(duties)), key=lambda at: (duties[at].evidence.start, at))


def _follows(first: Evidence, second: Evidence, clause: Evidence | None) -> bool:
    """Tell whether two names stand in one list, or in two lists of one clause."""
    if first.start == first.end:
        return False
    in_clause = clause is not None and clause.start <= first.start and second.end <= clause.end
    return second.start - first.end <= (_SAME_CLAUSE if in_clause else _NEXT)
