"""Say which body a responsibility names: the resolved organisation, or else the name as the document writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.records import DocumentInfo, Organization, OrganizationKind, Plan, Responsibility

__all__ = ["Bearer", "bearers", "place_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A body that bears responsibilities, known by the same `key` in every plan.

    The key is the organisation's id; of a body that is not resolved, it is the plan's place and the written name, so
    that 区民政局 of two districts stays two bodies.
    """

    key: str
    label: str
    place: str
    names: tuple[str, ...]
    kind: OrganizationKind | None = None
    function: str | None = None


def place_of(document: DocumentInfo) -> str:
    """Name the place for which a document speaks: its region, or the document itself where no region is known."""
    return document.region or document.region_code or document.id


def bearers(plan: Plan) -> Callable[[Responsibility], Bearer]:
    """Return the function that gives the body of a responsibility of this plan."""
    organizations = {organization.id: organization for organization in plan.organizations}
    regions = {region.code: region.name for region in plan.regions}
    place = place_of(plan.document)

    def bearer(responsibility: Responsibility) -> Bearer:
        organization = organizations.get(responsibility.organization or "")
        if organization is None:
            return _written(responsibility, place)
        return _resolved(organization, regions, place)

    return bearer


def _written(responsibility: Responsibility, place: str) -> Bearer:
    name = responsibility.department
    return Bearer(key=responsibility.organization or f"{place}/{name}", label=name, place=place, names=(name,))


def _resolved(organization: Organization, regions: dict[str, str], place: str) -> Bearer:
    code = organization.region_code
    return Bearer(
        key=organization.id,
        label=organization.label,
        place=regions.get(code, code) if code else place,
        names=organization.names,
        kind=organization.kind,
        function=organization.function,
    )
