"""Name the organisation that a body written in a document is: its region, function, kind, label and id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.records import Organization, OrganizationKind, Region, RegionLevel
from kg.resolve import patterns
from kg.resolve.functions import (
    GENERAL_GOVERNMENT,
    Prefix,
    Reading,
    clean_name,
    load_functions,
    read_body,
    with_department,
)
from kg.resolve.kinds import kind_of_function, shape_of
from kg.resolve.patterns import RANKS
from kg.resolve.regions import COUNTRY, load_regions

_LEVELS = tuple(RegionLevel)
_LEVEL_OF_RANK: Mapping[str, RegionLevel] = {
    "省": RegionLevel.PROVINCE,
    **dict.fromkeys("市州盟", RegionLevel.PREFECTURE),
    **dict.fromkeys("区县旗", RegionLevel.COUNTY),
}


@dataclass(frozen=True, slots=True)
class Context:
    """Where a document stands: its region and those above it, or only the name where the region table lacks it."""

    chain: tuple[Region, ...]
    name: str | None = None
    parent: str | None = None
    township: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as written, and as it reads where it stands: 财政局 is read as 市财政局 in a list of the city's bureaux.

    `read` is None where its place leaves open which region's body it is.
    """

    written: str
    read: str | None


@dataclass(frozen=True, slots=True)
class Site:
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
    """The bodies of a document: the organisation id of each mention, the organisations, and their regions."""

    ids: Mapping[Mention, str]
    organizations: tuple[Organization, ...]
    regions: tuple[Region, ...]


def name_bodies(mentions: Iterable[Mention], context: Context) -> Bodies:
    """Resolve the bodies of a document, the organisations in order of appearance.

    Names of one region, function and plain bureau are one organisation, labelled with the longest form.
    """
    named = {mention: name_mention(context, mention) for mention in mentions}
    mentions_of: dict[str, list[Mention]] = {}
    for mention, body in named.items():
        mentions_of.setdefault(body.id, []).append(mention)
    return Bodies(
        {mention: body.id for mention, body in named.items()},
        tuple(_organization([named[m] for m in found], [m.written for m in found]) for found in mentions_of.values()),
        tuple({body.region.code: body.region for body in named.values() if body.region}.values()),
    )


def name_mention(context: Context, mention: Mention) -> Named:
    """Resolve one mention; one that its place leaves open has a function and no region."""
    if mention.read is not None:
        named = name_body(context, mention.read)
        is_central = mention.read != mention.written and named.region is not None and named.region.code == COUNTRY
        return replace(named, label=mention.written) if is_central else named
    named = name_body(context, mention.written)
    written = clean_name(mention.written)
    return Named(_id(own_site(context), written), written, named.kind, None, named.function)


def _organization(bodies: list[Named], names: list[str]) -> Organization:
    best = max(bodies, key=lambda body: (not body.loose, len(body.label)))
    return Organization(
        id=best.id,
        label=best.label,
        kind=best.kind,
        names=tuple(dict.fromkeys(names)),
        region_code=best.region.code if best.region else None,
        function=best.function,
    )


@lru_cache(maxsize=65536)
def name_body(context: Context, written: str) -> Named:
    """Resolve one written name in the context of its document."""
    name = with_department(clean_name(written))
    reading = read_body(name)
    if context.township and patterns.TOWNSHIP_SEAT.fits(name):
        return name_body(context, f"{context.township}{patterns.TOWNSHIP_PREFIX.regex.sub('', name)}")
    if collective := _collective_of(reading, context):
        return collective
    kind = shape_of(name)
    if reading.function and kind not in (OrganizationKind.GROUP, OrganizationKind.COMPANY):
        kind = kind_of_function(reading.function, load_functions().groups[reading.function])
    return _WAYS[reading.prefix](reading, kind, context)


def own_site(context: Context) -> Site:
    """Return the region for which the document speaks."""
    if context.chain:
        return _site(context.chain[0])
    return _unknown_site(context.name or "")


def _site(region: Region) -> Site:
    return Site(region.code, load_regions().short(region), region)


def _unknown_site(name: str) -> Site:
    return Site(_local_name(name) or "x", name, None)


def _body(reading: Reading, kind: OrganizationKind, site: Site, label: str, core: str | None = None) -> Named:
    """Make the record of a body of a site: a plain bureau is known by its function, any other body by its name."""
    if reading.is_plain and kind is not OrganizationKind.GROUP:
        id_ = f"{site.key}_{reading.function}"
    else:
        id_ = _id(site, core or reading.name)
    loose = reading.is_plain and patterns.BUREAU_END.first(reading.core) is None
    return Named(id_, label, kind, site.region, reading.function, loose)


def _id(site: Site, name: str) -> str:
    return f"{site.key}_{_local_name(patterns.SEAT.regex.sub('', name)) or 'x'}"


def _local_name(text: str) -> str:
    """Return a text as a Turtle local name that needs no escapes."""
    return patterns.NOT_LOCAL_NAME.regex.sub("", text)


def _of_rank(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """区民政局: the body of the document's region or one above it that has the rank; else the name stays."""
    rank = reading.before.removesuffix("级")
    site = site_of_rank(rank, reading.core, context)
    if site is None and rank != reading.before and _is_below(rank, context):
        return _collective(reading.name, own_site(context), reading.function)
    if site is None:
        return Named(_id(own_site(context), reading.name), reading.name, kind, None, reading.function)
    return _body(reading, kind, site, f"{site.label}{reading.core}", reading.core)


def _is_below(rank: str, context: Context) -> bool:
    """Tell whether a rank lies below the document's region: 县级民政部门 of a province are many."""
    own = context.chain[0].level if context.chain else None
    return own is not None and _LEVELS.index(own) < _LEVELS.index(_LEVEL_OF_RANK.get(rank[-1], RegionLevel.COUNTRY))


def site_of_rank(rank: str, core: str, context: Context) -> Site | None:
    """Find the lowest region of a rank on the document's path; 区 can mean the autonomous region, save of a 局."""
    for region in context.chain:
        if region.level is RegionLevel.COUNTRY or not region.name.endswith(rank.removeprefix("师")):
            continue
        if rank == "区" and region.level is not RegionLevel.COUNTY and core.endswith("局"):
            continue
        if rank == "区" and region.level is RegionLevel.PREFECTURE:
            continue
        return _site(region)
    if not context.chain:
        for name in (context.name, context.parent):
            if name and name.endswith(rank.removeprefix("师")):
                return _unknown_site(name)
    return None


def _of_place(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """万州区税务局: the body of the place that the name holds; a place that several regions bear is left open."""
    region, is_ranked = _place(reading, context)
    if region is None and (is_ranked or reading.function):
        return Named(_id(own_site(context), reading.name), reading.name, kind, None, reading.function)
    if region is None or not (is_ranked or reading.function or _is_near(region, context)):
        return _body(reading, kind, own_site(context), reading.name)
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
    own = own_site(context)
    if context.chain:
        places = load_regions().leading(reading.name, _codes(context))
        own_end = max((place.end for place in places if place.region == own.region), default=0)
        return Named(_id(own, reading.name[own_end:]), reading.name, kind, own.region, reading.function)
    if context.name and (reading.before.endswith(context.name) or context.name.endswith(reading.before)):
        return _body(reading, kind, own, f"{own.label}{reading.core}", reading.core)
    return _body(reading, kind, _unknown_site(reading.before), reading.name, reading.core)


def _of_township(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """镇民政办: an office of the township that issues the document; in any other document one node for all of them."""
    if context.township:
        return _of_own_township(reading, kind, context, reading.core)
    return _collective(reading.name, own_site(context), reading.function)


def _of_own_township(reading: Reading, kind: OrganizationKind, context: Context, core: str) -> Named:
    """民政办 or 镇民政办 in a township's document: an office of that township, known by township and name."""
    own, township = own_site(context), context.township or ""
    site = own if own.label == township else Site(f"{own.key}_{_local_name(township)}", township, own.region)
    return _body(reading, kind, site, f"{township}{core}", core)


def _of_country(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """国家发展改革委: a body of the country, left as written; 国家灯塔局渔网分局 is one of a place that is not known."""
    functions = load_functions()
    is_branch = reading.function is not None and functions.groups[reading.function] == "central-branches"
    if is_branch and patterns.LOCAL_BRANCH.regex.fullmatch(reading.core) and not functions.of_core(reading.core):
        return Named(_id(own_site(context), reading.name), reading.name, kind, None, reading.function)
    return _body(reading, kind, _site(load_regions().at(COUNTRY)), reading.name)


def _unprefixed(reading: Reading, kind: OrganizationKind, context: Context) -> Named:
    """Resolve a name without a prefix: a ministry, a local department, or a name of its own (渝东新区)."""
    name, own = reading.name, own_site(context)
    if league := patterns.YOUTH_LEAGUE.regex.fullmatch(name):
        return _youth_league(reading, league["place"], kind, context)
    if patterns.CENTRAL_BODY.first(name) or (reading.is_plain and _is_ministry(reading)):
        return _of_country(reading, kind, context)
    is_local = kind is OrganizationKind.GROUP or load_functions().of_core(patterns.BRACKET.regex.sub("", name))
    if is_local and context.township and not name.endswith("局"):
        return _of_own_township(reading, kind, context, name)
    return _body(reading, kind, own, f"{own.label}{name}" if is_local else name)


def _is_ministry(reading: Reading) -> bool:
    group = load_functions().groups[reading.function or ""]
    return group != "party-affairs" and patterns.MINISTRY.regex.fullmatch(reading.name) is not None


def _youth_league(reading: Reading, place: str, kind: OrganizationKind, context: Context) -> Named:
    """团市委: the rank or place stands inside the name, and the region with it in the full name 共青团蒙自市委."""
    site: Site | None = None
    if place in RANKS:
        site = site_of_rank(place, "", context)
    else:
        found = load_regions().leading(place, _codes(context))
        if found and found[-1].end == len(place) and found[-1].region:
            site = _site(found[-1].region)
    if site is None:
        return Named(_id(own_site(context), reading.name), reading.name, kind, None, reading.function)
    return _body(reading, kind, site, f"共青团{site.label}委")


def _collective_of(reading: Reading, context: Context) -> Named | None:
    """Resolve a name that is collective as a whole (各镇乡街道, 市级有关部门) or after its place (平凉市各县区)."""
    name, core = reading.name, reading.core
    is_unplaced = reading.prefix in (Prefix.NONE, Prefix.UNKNOWN_PLACE)
    if shape_of(name) is OrganizationKind.COLLECTIVE and (is_unplaced or reading.function is None):
        match = patterns.COLLECTIVE_RANK.first(name)
        site = site_of_rank(match["all"] or match["rank"], "", context) if match else None
        return _collective(name, site or own_site(context), _collective_function(name))
    is_core = reading.prefix is Prefix.PLACE and shape_of(core) is OrganizationKind.COLLECTIVE
    if is_core and not reading.is_plain:
        region, _ = _place(reading, context)
        site = _site(region) if region else _unknown_site(reading.before)
        return _collective(core, site, _collective_function(core))
    return None


def _collective(name: str, site: Site, function: str | None) -> Named:
    """各镇乡街道: one node of the region that the name speaks of, never expanded."""
    label = name if name.startswith(site.label) else f"{site.label}{name}"
    return Named(_id(site, name), label, OrganizationKind.COLLECTIVE, site.region, function)


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
    Prefix.TOWNSHIP: _of_township,
}
