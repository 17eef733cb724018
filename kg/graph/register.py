"""Describe what documents share: bodies, regions, cited acts and the software that read them.

Documents differ in how they write a name or a number, so the register of several is settled: one label and one number
for each node, and the other forms as alternative names. Otherwise a query would count a body once for each of its labels.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from kg.records import Citation, Organization, OrganizationKind, Plan, Region
from kg.vocabulary import LANGUAGE, Names, concept, local_name, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import NamedNode

    from kg.graph.describe import Description

__all__ = ["act", "act_name", "agent", "register", "settle"]

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


def settle(quads: Iterable[Quad]) -> set[Quad]:
    """Return a register with one label and one number for each node: the longest form, the first of equally long ones.

    The other forms become alternative names. Settling what is settled changes nothing.
    """
    settled = set(quads)
    label, number, name = term("rdfs:label"), term("eli:id_local"), term("skos:altLabel")
    forms: dict[tuple[object, object], list[tuple[str, Quad]]] = defaultdict(list)
    for quad in settled:
        if quad.predicate in (label, number) and isinstance(quad.object, Literal):
            forms[quad.subject, quad.predicate].append((quad.object.value, quad))
    for written in forms.values():
        kept, *others = sorted(written, key=lambda form: (-len(form[0]), form[0]))
        for text, quad in others:
            settled.remove(quad)
            settled.add(Quad(quad.subject, name, Literal(text, language=LANGUAGE), quad.graph_name))
        settled.discard(Quad(kept[1].subject, name, Literal(kept[0], language=LANGUAGE), kept[1].graph_name))
    return settled


def act(citation: Citation, names: Names) -> NamedNode:
    """Return the node of a cited act, named by its number as documents are, or by its title where none is printed."""
    return names.node("act", act_name(citation))


def act_name(citation: Citation) -> str:
    """Return the local name of the node of a cited act."""
    return local_name(citation.number.removesuffix("号") if citation.number else citation.title)


def agent(plan: Plan, names: Names) -> NamedNode:
    """Return the node of the software, with its version, that read the plan."""
    return names.node("agent", local_name(plan.extractor))


def _body(organization: Organization, names: Names) -> Description:
    function, region = organization.function, organization.region_code
    return names.node("body", organization.id), {
        "rdf:type": _TYPES.get(organization.kind, ("resp:Organization",)),
        "rdfs:label": organization.label,
        "skos:altLabel": tuple(name for name in organization.names if name != organization.label),
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
