"""Name the organisation that a body written in a document is: its region, function, kind, label and id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Organization, OrganizationKind, Region, RegionLevel
from kg.resolve import patterns
from kg.resolve.functions import GENERAL_GOVERNMENT, Prefix, Reading, clean_name, load_functions, read_body
from kg.resolve.kinds import kind_of_function, shape_of
from kg.resolve.patterns import RANKS
from kg.resolve.regions import COUNTRY, load_regions


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document stands: its region and those above it, or only the name where the region table lacks it."""

    chain: tuple[Region, ...]
    name: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class _Site:
    """A region as bodies bear it: what stands before `_` in their ids and at the head of their labels."""

    key: str
    label: str
    region: Region | None


@dataclass(frozen=True, slots=True)
class Named:
    """One written name, resolved. `loose` where it names the body by its field only (民政部门)."""

    id: str
    label: str
    kind: OrganizationKind
    region: Region | None
    function: str | None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a document: the organisation id of each written name, the organisations, and their regions."""

    ids: Mapping[str, str]
    organizations: tuple[Organization, ...]
    regions: tuple[Region, ...]


def name_bodies(written: Iterable[str], context: Context) -> Bodies:
    """Resolve the bodies of a document, the organisations in order of appearance.

    Names of one region, function and plain bureau are one organisation, labelled with the longest form.
    """
    named = {name: name_body(context, name) for name in written}
    names_of: dict[str, list[str]] = {}
    for name, body in named.items():
        names_of.setdefault(body.id, []).append(name)
    return Bodies(
        {name: body.id for name, body in named.items()},
        tuple(_organization([named[name] for name in names], names) for names in names_of.values()),
        tuple({body.region.code: body.region for body in named.values() if body.region}.values()),
    )


def _organization(bodies: list[Named], names: list[str]) -> Organization:
    best = max(bodies, key=lambda body: (not body.loose, len(body.label)))
    return Organization(
        id=best.id,
        label=best.label,
        kind=best.kind,
        names=tuple(names),
        region_code=best.region.code if best.region else None,
        function=best.function,
    )


@lru_cache(maxsize=65536)
def name_body(context: Context, written: str) -> Named:
    """Resolve one written name in the context of its document."""
    name = clean_name(written)
    reading = read_body(name)
    if collective := _collective_of(reading, context):
        return collective
    kind = shape_of(name)
    if reading.function and kind is not OrganizationKind.GROUP:
        kind = kind_of_function(reading.function, load_functions().groups[reading.function])
    return _WAYS[reading.prefix](reading, kind, context)


def _own(context: Context) -> _Site:
    if context.chain:
        return _site(context.chain[0])
    return _unknown_site(context.name or "")


def _site(region: Region) -> _Site:
    return _Site(region.code, load_regions().short(region), region)


def _unknown_site(name: str) -> _Site:
    return _Site(_local_name(name) or "x", name, None)


def _body(reading: Reading, kind: OrganizationKind, site: _Site, label: str, core: str | None = None) -> Named:
    """Make the record of a body of a site: a plain bureau is known by its function, any other body by its name."""
    if reading.is_plain and kind is not OrganizationKind.GROUP:
        id_ = f"{site.key}_{reading.function}"
    else:
        id_ = _id(site, core or reading.name)
    loose = reading.is_plain and patterns.BUREAU_END.first(reading.core) is None
    return Named(id_, label, kind, site.region, reading.function, loose)


def _id(site: _Site, name: str) -> str:
    return f"{site.key}_{_local_name(patterns.SEAT.regex.sub('', name)) or 'x'}"


def _local_name(text: str) -> str:
    """Return a text as a Turtle local name that needs no escapes."""
    return patterns.NOT_LOCAL_NAME.regex.sub("", text)


def _of_rank(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """区民政局: the body of the document's region or one above it that has the rank; else the name stays."""
    site = _site_of_rank(reading.before.removesuffix("级"), reading.core, context)
    if site is None:
        return Named(_id(_own(context), reading.name), reading.name, kind, None, reading.function)
    return _body(reading, kind, site, f"{site.label}{reading.core}", reading.core)


def _site_of_rank(rank: str, core: str, context: Context) -> _Site | None:
    """Find the lowest region of a rank on the document's path; 区 can mean the autonomous region, save of a 局."""
    for region in context.chain:
        if region.level is RegionLevel.COUNTRY or not region.name.endswith(rank):
            continue
        if rank == "区" and region.level is not RegionLevel.COUNTY and core.endswith("局"):
            continue
        if rank == "区" and region.level is RegionLevel.PREFECTURE:
            continue
        return _site(region)
    if not context.chain:
        for name in (context.name, context.parent):
            if name and name.endswith(rank):
                return _unknown_site(name)
    return None


def _of_place(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """万州区税务局: the body of the place that the name holds; a place that several regions bear is left open."""
    region, is_ranked = _place(reading, context)
    if region is None and (is_ranked or reading.function):
        return Named(_id(_own(context), reading.name), reading.name, kind, None, reading.function)
    if region is None or not (is_ranked or reading.function or _is_near(region, context)):
        return _body(reading, kind, _own(context), reading.name)
    site = _site(region)
    if reading.prefix is Prefix.PLACE and is_ranked:
        return _body(reading, kind, site, f"{site.label}{reading.core}", reading.core)
    return _body(reading, kind, site, reading.name)


def _place(reading: Reading, context: Context) -> tuple[Region | None, bool]:
    """Find the region that the place before the core means, and whether it is written with its rank."""
    end = len(reading.before)
    for start in range(end):
        for place in load_regions().leading(reading.name[start:], _codes(context)):
            if start + place.end in (end, end + 1):
                return place.region, place.ranked and start + place.end == end
    return None, False


def _codes(context: Context) -> tuple[str, ...]:
    return tuple(region.code for region in context.chain)


def _is_near(region: Region, context: Context) -> bool:
    return region.level is RegionLevel.PROVINCE or any(region.code == above.code for above in context.chain)


def _of_unknown_place(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """灯塔区民政局: a body of the document's region where it is that one; of its own, where none is known."""
    own = _own(context)
    if context.chain:
        return Named(_id(own, reading.name), reading.name, kind, own.region, reading.function)
    if context.name and reading.before.endswith(context.name):
        return _body(reading, kind, own, f"{own.label}{reading.core}", reading.core)
    return _body(reading, kind, _unknown_site(reading.before), reading.name, reading.core)


def _of_country(reading: Reading, kind: OrganizationKind, _: Context) -> Named:
    """国家发展改革委: a body of the country, left as written."""
    return _body(reading, kind, _site(load_regions().at(COUNTRY)), reading.name)


def _unprefixed(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """Resolve a name without a prefix: a ministry, a local department, or a name of its own (渝东新区)."""
    name, own = reading.name, _own(context)
    if league := patterns.YOUTH_LEAGUE.regex.fullmatch(name):
        return _youth_league(reading, league["place"], kind, context)
    if patterns.CENTRAL_BODY.first(name) or (reading.is_plain and _is_ministry(reading)):
        return _of_country(reading, kind, context)
    is_local = kind is OrganizationKind.GROUP or load_functions().of_core(patterns.BRACKET.regex.sub("", name))
    return _body(reading, kind, own, f"{own.label}{name}" if is_local else name)


def _is_ministry(reading: Reading) -> bool:
    group = load_functions().groups[reading.function or ""]
    return group != "party-affairs" and patterns.MINISTRY.regex.fullmatch(reading.name) is not None


def _youth_league(reading: Reading, place: str, kind: OrganizationKind, context: Context) -> Named:
    """团市委: the rank or place stands inside the name, and the region with it in the full name 共青团蒙自市委."""
    site: _Site | None = None
    if place in RANKS:
        site = _site_of_rank(place, "", context)
    else:
        found = load_regions().leading(place, _codes(context))
        if found and found[-1].end == len(place) and found[-1].region:
            site = _site(found[-1].region)
    if site is None:
        return Named(_id(_own(context), reading.name), reading.name, kind, None, reading.function)
    return _body(reading, kind, site, f"共青团{site.label}委")


def _collective_of(reading: Reading, context: Context) -> Named | None:
    """Resolve a name that is collective as a whole (各镇乡街道, 市级有关部门) or after its place (平凉市各县区)."""
    name, core = reading.name, reading.core
    is_unplaced = reading.prefix in (Prefix.NONE, Prefix.UNKNOWN_PLACE)
    if shape_of(name) is OrganizationKind.COLLECTIVE and (is_unplaced or reading.function is None):
        match = patterns.COLLECTIVE_RANK.first(name)
        site = _site_of_rank(match["all"] or match["rank"], "", context) if match else None
        return _collective(name, site or _own(context))
    is_core = reading.prefix is Prefix.PLACE and shape_of(core) is OrganizationKind.COLLECTIVE
    if is_core and not reading.is_plain:
        region, _ = _place(reading, context)
        return _collective(core, _site(region) if region else _unknown_site(reading.before))
    return None


def _collective(name: str, site: _Site) -> Named:
    """各镇乡街道: one node of the region that the name speaks of, never expanded."""
    label = name if name.startswith(site.label) else f"{site.label}{name}"
    return Named(_id(site, name), label, OrganizationKind.COLLECTIVE, site.region, _collective_function(name))


def _collective_function(name: str) -> str | None:
    """Return the function that all members share: general government for 各镇乡街道, civil affairs for 各区县民政局."""
    plain = patterns.LISTING.regex.sub("", patterns.BRACKET.regex.sub("", name))
    if patterns.LOCALS_ONLY.regex.fullmatch(plain):
        return GENERAL_GOVERNMENT
    tails = (plain[start:] for start in range(1, len(plain) - 1))
    return next((label.function for tail in tails if (label := load_functions().of_core(tail))), None)


_WAYS: Mapping[Prefix, Callable[[Reading, OrganizationKind, Context], Named]] = {
    Prefix.NONE: _unprefixed,
    Prefix.COUNTRY: _of_country,
    Prefix.RANK: _of_rank,
    Prefix.PLACE: _of_place,
    Prefix.CENTRAL: _of_place,
    Prefix.UNKNOWN_PLACE: _of_unknown_place,
}
