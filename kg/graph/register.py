"""Describe what documents share: bodies, regions, cited acts and the software that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import Citation, Organization, OrganizationKind, Plan, Region
from kg.vocabulary import Names, concept, local_name, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from kg.graph.describe import Description

__all__ = ["act", "agent", "register"]

_TYPES = {
    OrganizationKind.DEPARTMENT: ("resp:Department", "org:FormalOrganization"),
    OrganizationKind.COLLECTIVE: ("resp:CollectiveBody",),
}


def register(plan: Plan, names: Names) -> Iterator[Description]:
    """Yield the bodies, regions and acts that the plan names, and its reader."""
    for organization in plan.organizations:
        yield _body(organization, names)
    for region in plan.regions:
        yield _region(region, names)
    for citation in plan.citations:
        yield _act(citation, names)
    yield agent(plan, names), {"rdf:type": "prov:SoftwareAgent", "rdfs:label": plan.extractor}


def act(citation: Citation, names: Names) -> NamedNode:
    """Return the node of a cited act, named by its number as documents are, or by its title where none is printed."""
    return names.node("act", local_name(citation.number.removesuffix("号") if citation.number else citation.title))


def agent(plan: Plan, names: Names) -> NamedNode:
    """Return the node of the software, with its version, that read the plan."""
    return names.node("agent", local_name(plan.extractor))


def _body(organization: Organization, names: Names) -> Description:
    function, region = organization.function, organization.region_code
    return names.node("body", organization.id), {
        "rdf:type": _TYPES.get(organization.kind, ("resp:Organization",)),
        "rdfs:label": organization.label,
        "skos:altLabel": [name for name in organization.names if name != organization.label],
        "resp:bodyKind": concept(organization.kind),
        "org:classification": term(f"func:{function}") if function else None,
        "resp:region": names.node("region", region) if region else None,
    }


def _region(region: Region, names: Names) -> Description:
    return names.node("region", region.code), {
        "rdf:type": ("resp:Region", "dct:Location"),
        "rdfs:label": region.name,
        "resp:regionCode": region.code,
        "resp:level": concept(region.level),
        "resp:parentRegion": names.node("region", region.parent) if region.parent else None,
    }


def _act(citation: Citation, names: Names) -> Description:
    return act(citation, names), {
        "rdf:type": ("resp:CitedAct", "eli:Work"),
        "rdfs:label": citation.title,
        "eli:id_local": citation.number,
    }
