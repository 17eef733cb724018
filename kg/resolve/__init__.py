"""Resolve the records of a plan: which region it is of, and which organisation each body is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from kg.records import (
    DocumentInfo,
    Indicator,
    OrganizationKind,
    Plan,
    Project,
    Region,
    RegionLevel,
    Responsibility,
    Task,
)
from kg.resolve import patterns
from kg.resolve.functions import function_of
from kg.resolve.lists import Item, Lists
from kg.resolve.organizations import Context, Mention, name_bodies
from kg.resolve.regions import Regions, load_regions

__all__ = ["Regions", "function_of", "load_regions", "resolve", "unknown_bodies"]

_Item = TypeVar("_Item", Task, Indicator, Project)
_HAS_PARENT = (RegionLevel.PREFECTURE, RegionLevel.COUNTY, RegionLevel.TOWNSHIP)


def resolve(plan: Plan) -> Plan:
    """Return a plan with its region, the regions above it, its organisations, and the organisation of each duty.

    `organization` of a responsibility is the id of one of the plan's `organizations`. A region that the clues do not
    settle stays None, and the ids of organisations then begin with the region's name as written, or with `x`.
    """
    region = _region_of(plan.document)
    chain = load_regions().chain_of(region) if region else ()
    document = plan.document
    if region:
        document = replace(
            document,
            region=region.name,
            region_code=region.code,
            parent_region=chain[1].name if region.level in _HAS_PARENT else None,
        )
    context = Context(chain, document.region, document.parent_region, _township_of(plan.document))
    read = Lists(plan, context).read
    bodies = name_bodies(dict.fromkeys(mention for item in _items(plan) for mention in read(item)), context)
    return replace(
        plan,
        document=document,
        tasks=_resolved(plan.tasks, read, bodies.ids),
        indicators=_resolved(plan.indicators, read, bodies.ids),
        projects=_resolved(plan.projects, read, bodies.ids),
        organizations=bodies.organizations,
        regions=_all_regions(chain, bodies.regions),
    )


def unknown_bodies(plans: Iterable[Plan]) -> list[tuple[str, int]]:
    """List the bodies whose function no name form tells, as written, with how many duties name them, most first.

    Hospitals, schools, companies, associations, groups and collective bodies have a kind instead and are left out.
    """
    counts: Counter[str] = Counter()
    for plan in plans:
        resolved = plan if plan.organizations else resolve(plan)
        unknown = {
            body.id
            for body in resolved.organizations
            if body.function is None and body.kind in (OrganizationKind.DEPARTMENT, OrganizationKind.OTHER)
        }
        counts.update(duty.department for duty in _duties(resolved) if duty.organization in unknown)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _region_of(document: DocumentInfo) -> Region | None:
    dated = document.date_issued or document.date_published
    number = patterns.NUMBER_YEAR.first(document.number or "")
    year = dated.year if dated else int(number["year"]) if number else None
    return load_regions().locate(document.region, document.title, document.issuer, year=year)


def _township_of(document: DocumentInfo) -> str | None:
    """Name the township that issued a document, which the region table does not reach."""
    for text in (document.issuer, document.region):
        match = patterns.TOWNSHIP_ISSUER.regex.fullmatch("".join((text or "").split()))
        if match:
            return match["name"]
    return None


def _items(plan: Plan) -> tuple[Item, ...]:
    return (*plan.tasks, *plan.indicators, *plan.projects)


def _duties(plan: Plan) -> Iterator[Responsibility]:
    for item in _items(plan):
        yield from item.responsibilities


def _resolved(
    items: tuple[_Item, ...], read: Callable[[Item], tuple[Mention, ...]], ids: Mapping[Mention, str]
) -> tuple[_Item, ...]:
    return tuple(
        replace(
            item,
            responsibilities=tuple(
                replace(duty, organization=ids[mention])
                for duty, mention in zip(item.responsibilities, read(item), strict=True)
            ),
        )
        for item in items
    )


def _all_regions(chain: tuple[Region, ...], found: tuple[Region, ...]) -> tuple[Region, ...]:
    """Return the document's regions from its own upward, then those that only its organisations belong to."""
    regions = {region.code: region for region in chain}
    others = (above for region in sorted(found, key=lambda r: r.code) for above in load_regions().chain_of(region))
    for region in others:
        regions.setdefault(region.code, region)
    return tuple(regions.values())
