"""Find administrative regions of China by code, by name and by the words of a document's title or issuer."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.assets import asset
from kg.errors import ResolveError
from kg.records import Region, RegionLevel
from kg.resolve import patterns
from kg.resolve.shortnames import bare_forms, ranked_forms

COUNTRY = "100000"
_COUNTRY_NAMES = frozenset({"中华人民共和国", "中国", "全国", "国家"})
_LIST_GAP = 2  # years between two of the lists behind the table, at most
_NEEDS_PLACE = 3  # shorter names with a rank (和县, 城区) are also parts of other words: 市和县, 中心城区


@dataclass(frozen=True, slots=True)
class Place:
    """A place name at the start of a text: its end, whether it names its rank, and the region if only one fits."""

    end: int
    ranked: bool
    region: Region | None


@dataclass(frozen=True, slots=True)
class _Row:
    region: Region
    since: int
    until: int | None

    def distance(self, year: int | None) -> int:
        """Return how many years the lists that name the region lie from `year`; without one, from now."""
        if self.until is None:
            return 0 if year is None else max(self.since - year, 0)
        return 9999 - self.until if year is None else max(self.since - year, year - self.until, 0)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    rows: tuple[_Row, ...]


class Regions:
    """All regions at county level and above, with the names they had since 2009."""

    __slots__ = ("_bare", "_by_code", "_longest", "_ranked")

    def __init__(self, rows: Iterable[tuple[Region, int, int | None]]) -> None:
        entries = [_Row(region, since, until) for region, since, until in rows]
        self._by_code: dict[str, Region] = {}
        ranked: dict[str, list[_Row]] = defaultdict(list)
        bare: dict[str, list[_Row]] = defaultdict(list)
        newest: dict[str, int] = {}
        for row in entries:
            region, until = row.region, row.until or 9999
            if until >= newest.get(region.code, 0):
                newest[region.code] = until
                self._by_code[region.code] = region
            if region.code == COUNTRY:
                continue
            for form in (region.name, *ranked_forms(region.name)):
                (ranked if len(form) >= _NEEDS_PLACE else bare)[form].append(row)
            for form in bare_forms(region.name):
                bare[form].append(row)
        self._ranked = {form: tuple(found) for form, found in ranked.items()}
        self._bare = {form: tuple(found) for form, found in bare.items()}
        self._longest = max(map(len, (*ranked, *bare)), default=0)

    def at(self, code: str) -> Region:
        """Return the region with a GB/T 2260 code, under its newest name. Raises `ResolveError` where there is none."""
        try:
            return self._by_code[code]
        except KeyError:
            raise ResolveError(f"no region has the code {code!r}: data/regions.csv lists the codes") from None

    def named(self, name: str, within: str | None = None) -> tuple[Region, ...]:
        """Return every region that bears a full or common short name, those of today first.

        With `within`, only regions at or below that code. One code appears once, under its newest matching name.
        """
        if name in _COUNTRY_NAMES:
            return (self.at(COUNTRY),)
        rows = sorted(self._rows(name), key=lambda row: (row.distance(None), row.region.code))
        found = {row.region.code: row.region for row in reversed(rows)}
        return tuple(
            found[code]
            for code in dict.fromkeys(row.region.code for row in rows)
            if within is None or any(region.code == within for region in self.chain_of(found[code]))
        )

    def chain(self, code: str) -> tuple[Region, ...]:
        """Return the region with a code and its ancestors, up to the country."""
        return self.chain_of(self.at(code))

    def chain_of(self, region: Region) -> tuple[Region, ...]:
        """Return a region, as it was named, and its ancestors up to the country."""
        chain = [region]
        while chain[-1].parent:
            chain.append(self.at(chain[-1].parent))
        return tuple(chain)

    def short(self, region: Region) -> str:
        """Return the name that bodies of a region bear: 红河州 for an autonomous prefecture, else the full name."""
        return "" if region.code == COUNTRY else next(iter(ranked_forms(region.name)), region.name)

    def leading(self, text: str, near: Collection[str] = ()) -> tuple[Place, ...]:
        """Read the place names one after another at the start of a text: 重庆市 and 万州区 in 重庆市万州区民政局.

        A name that several regions bear is told apart by the place before it, else by the codes in `near`.
        """
        places: list[Place] = []
        at, above = 0, frozenset(near)
        while (mention := self._longest_at(text, at, bare=True)) is not None:
            known = places[-1].region if places else None
            row = self._one(mention.rows, frozenset({known.code}) if known else above, None)
            if known and (row is None or known.code not in {r.code for r in self.chain_of(row.region)[1:]}):
                break
            places.append(Place(mention.end, self._names_rank(text[at : mention.end]), row.region if row else None))
            at = mention.end
        return tuple(places)

    def locate(self, *texts: str | None, year: int | None = None) -> Region | None:
        """Find the region of a document from clues in order of weight, such as its region, title and issuer.

        The first clue that yields one region wins; in a title the words before 关于 count first. A name that several
        regions bear counts only where another clue names one above it, and regions side by side yield none: nothing is
        guessed. With `year`, a name that passed from one region to another is read as in that year.
        """
        clues = [part for text in texts if text for part in _split_title("".join(text.split()))]
        mentions = [list(self._mentions(clue)) for clue in clues]
        context = self._context([m for clue in mentions for m in clue], year)
        for clue, found in zip(clues, mentions, strict=True):
            if patterns.CORPS.first(clue):
                return None
            region = self._deepest(found, context, year)
            if region is not None:
                return region
            if not found and patterns.CENTRAL_ISSUER.first(clue):
                return self.at(COUNTRY)
        return None

    def _rows(self, form: str) -> tuple[_Row, ...]:
        return self._ranked.get(form, ()) + self._bare.get(form, ())

    def _longest_at(self, text: str, start: int, *, bare: bool) -> _Mention | None:
        for end in range(min(len(text), start + self._longest), start + 1, -1):
            form = text[start:end]
            rows = self._rows(form) if bare else self._ranked.get(form, ())
            if rows and self._ends(form, text, end):
                return _Mention(start, end, rows)
        return None

    def _mentions(self, text: str) -> Iterator[_Mention]:
        """Find place names: those that name their rank anywhere, bare ones where a name can only be a place."""
        heads = {0, *(match.end() for match in patterns.PLACE_MAY_START.find(text))}
        at, previous = 0, -1
        while at < len(text):
            follows = at == previous
            mention = self._longest_at(text, at, bare=follows or at in heads)
            if mention is not None and self._is_trusted(text, mention, follows=follows):
                yield mention
                at = previous = mention.end
            else:
                at += 1

    def _is_trusted(self, text: str, mention: _Mention, *, follows: bool) -> bool:
        """Tell whether a name without a rank can be read as a place: a province, or one beside another place name."""
        form = text[mention.start : mention.end]
        if form in self._ranked or follows or any(row.region.level is RegionLevel.PROVINCE for row in mention.rows):
            return True
        if mention.start > 0:
            return False
        if mention.end == len(text) or self._names_rank(form):
            return True
        return patterns.GOVERNMENT.at_start(text, mention.end) is not None

    def _ends(self, form: str, text: str, end: int) -> bool:
        """Tell whether a place name ends here rather than being part of a longer word or another place's name."""
        if patterns.WORD_GOES_ON.at_start(text, end):
            return False
        return self._names_rank(form) or not patterns.OTHER_RANK.at_start(text, end)

    def _names_rank(self, form: str) -> bool:
        return form in self._ranked or any(row.region.name == form for row in self._bare.get(form, ()))

    def _context(self, mentions: list[_Mention], year: int | None) -> frozenset[str]:
        """Return the codes of all regions that the clues name beyond doubt."""
        codes = frozenset(row.region.code for m in mentions if (row := self._one(m.rows, frozenset(), year)))
        more = frozenset(row.region.code for m in mentions if (row := self._one(m.rows, codes, year)))
        return codes | more

    def _one(self, rows: tuple[_Row, ...], context: frozenset[str], year: int | None) -> _Row | None:
        """Pick the only row that fits: at or above the context, else most deeply within it, then by time."""
        if context:
            above = {region.code for code in context for region in self.chain(code)}
            shared = [sum(region.code in context for region in self.chain_of(row.region)[1:]) for row in rows]
            within = tuple(row for row, count in zip(rows, shared, strict=True) if count == max(shared) > 0)
            rows = tuple(row for row in rows if row.region.code in above) or within or rows
        rows = _in_time(rows, year)
        return rows[0] if len({row.region.code for row in rows}) == 1 else None

    def _deepest(self, mentions: list[_Mention], context: frozenset[str], year: int | None) -> Region | None:
        """Return the lowest region of a clue whose regions all lie on one path."""
        rows = [row for mention in mentions if (row := self._one(mention.rows, context, year))]
        if not rows:
            return None
        chains = sorted((self.chain_of(row.region) for row in rows), key=len)
        deepest = {region.code for region in chains[-1]}
        return chains[-1][0] if all(chain[0].code in deepest for chain in chains) else None


@cache
def load_regions() -> Regions:
    """Read the bundled region table once."""
    return Regions(read_regions(asset("data", "regions.csv")))


def read_regions(path: Path) -> list[tuple[Region, int, int | None]]:
    """Read a region table: code, name, level, parent, and the first and last year whose list names the region.

    An empty last year means that the newest list still does. Raises `ResolveError` where a row does not hold that.
    """
    rows: list[tuple[Region, int, int | None]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, values in enumerate(csv.reader(file), start=1):
            if line == 1:
                continue
            try:
                code, name, level, parent, since, until = values
                region = Region(code=code, name=name, level=RegionLevel(level), parent=parent or None)
                rows.append((region, int(since), int(until) if until else None))
            except ValueError as error:
                message = f"{path.name}, line {line}: {error}; a row holds code,name,level,parent,since,until"
                raise ResolveError(message) from error
    return rows


def _in_time(rows: tuple[_Row, ...], year: int | None) -> tuple[_Row, ...]:
    """Keep the rows nearest in time, where that is a choice between a region's successive forms and not between places.

    江北区 of 重庆 was abolished in 2025: that alone does not make an undated 江北区 the one of 宁波.
    """
    if len({row.region.code[:2] for row in rows}) == 1:
        nearest = min(row.distance(year) for row in rows)
        return tuple(row for row in rows if row.distance(year) == nearest)
    if year is None:
        return rows
    return tuple(row for row in rows if row.distance(year) <= _LIST_GAP) or rows


def _split_title(text: str) -> tuple[str, ...]:
    """Split a title into the words before 关于, which name the issuer, and the rest."""
    match = patterns.TITLE_BREAK.first(text)
    return (text,) if match is None else (text[: match.start()], text[match.start() :])
