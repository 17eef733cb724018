"""Turn the surroundings of a centre into a graph: nodes with kind, label and tooltip, edges typed by role."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.pages.center import CenterKind
from kg.pages.ego import shown_names
from kg.pages.layout import box_width, kinds_of, shorten
from kg.pages.wording import Wording

if TYPE_CHECKING:
    import networkx as nx

    from kg.pages.ego import Ego, Entry, Share
    from kg.records import Indicator, Role, Task

__all__ = ["CENTER", "LIMIT", "build_graph", "leave_out", "tasks_by_node"]

CENTER = "center"
LIMIT = 150  # nodes; above this a drawing with labels cannot be read on a screen (field notes, section 4)

TITLE_EMS = 14
NAME_EMS = 11
CENTER_SCALE = 18 / 14


def build_graph(ego: Ego, wording: Wording) -> nx.MultiGraph[str]:
    """Build the graph of a page.

    A centre of one body (or one document) is tied to its tasks itself; otherwise a node for each body or document
    stands between. A task carries the centre's strongest role in it, too. Ties of deadlines to tasks are marked
    `quiet`: they are drawn only while one of the two is looked at.
    """
    import networkx as nx  # noqa: PLC0415 - takes as long to load as all the rest of the package

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    _add(graph, CENTER, "center", ego.center.label, tip=ego.center.label)
    holders = _add_holders(graph, ego)
    for entry in ego.tasks:
        _add_task(graph, entry, wording)
        for share in entry.mine:
            _tie(graph, holders.get(share.bearer.key, CENTER), entry.key, share)
        if not entry.mine:
            graph.add_edge(holders.get(entry.document.id, CENTER), entry.key)
    _add_bodies(graph, ego)
    _add_deadlines(graph, ego, wording)
    for indicator in ego.indicators:
        _add_indicator(graph, indicator, wording)
    return graph


def tasks_by_node(graph: nx.MultiGraph[str]) -> dict[str, list[str]]:
    """List the tasks beside each node; taken from the whole graph, so that a filter finds tasks that are not drawn."""
    kinds = kinds_of(graph)
    return {node: [other for other in graph.neighbors(node) if kinds[other] == "task"] for node in graph}


def leave_out(graph: nx.MultiGraph[str], limit: int = LIMIT) -> Counter[str]:
    """Take the least connected nodes out of a graph too large to be read; return how many of each kind are gone."""
    kinds = kinds_of(graph)
    before = Counter(kinds.values())
    if len(graph) > limit:
        order = {node: index for index, node in enumerate(graph)}
        fixed = {"center", "member"}
        ranked = sorted(graph, key=lambda node: (kinds[node] not in fixed, -graph.degree(node), order[node]))
        graph.remove_nodes_from(ranked[limit:])
        graph.remove_nodes_from([node for node, degree in graph.degree() if not degree and node != CENTER])
    before.subtract(kinds[node] for node in graph)
    return +before


def _add(graph: nx.MultiGraph[str], node: str, kind: str, label: str, *, tip: str, role: Role | None = None) -> None:
    scale = CENTER_SCALE if kind == "center" else 1.0
    graph.add_node(node, kind=kind, label=label, tip=tip, role=role, width=box_width(label, scale))


def _tie(graph: nx.MultiGraph[str], source: str, target: str, share: Share) -> None:
    graph.add_edge(source, target, role=share.role, name=share.bearer.label)


def _add_holders(graph: nx.MultiGraph[str], ego: Ego) -> dict[str, str]:
    """Add the bodies or documents of which the centre is made, where there are several; return their nodes by key."""
    shown = shown_names(ego)
    names = {bearer.key: shown[bearer.key] for bearer in ego.members}
    if ego.center.kind is CenterKind.REGION:
        names = {document.id: document.title for document in ego.documents}
    if len(names) < 2:
        return {}
    holders = {key: f"m{index}" for index, key in enumerate(names)}
    for key, node in holders.items():
        _add(graph, node, "member", shorten(names[key], NAME_EMS), tip=names[key])
        graph.add_edge(CENTER, node)
    return holders


def _add_task(graph: nx.MultiGraph[str], entry: Entry[Task], wording: Wording) -> None:
    label = shorten(wording.task(entry.item, entry.item.number), TITLE_EMS)
    _add(graph, entry.key, "task", label, tip=wording.task_tip(entry), role=entry.roles[0] if entry.mine else None)


def _add_bodies(graph: nx.MultiGraph[str], ego: Ego) -> None:
    nodes: dict[str, str] = {}
    names = shown_names(ego)
    for entry in ego.tasks:
        for share in entry.others:
            key = share.bearer.key
            if key not in nodes:
                nodes[key] = f"b{len(nodes)}"
                _add(graph, nodes[key], "body", shorten(names[key], NAME_EMS), tip=share.bearer.label)
            _tie(graph, nodes[key], entry.key, share)


def _add_deadlines(graph: nx.MultiGraph[str], ego: Ego, wording: Wording) -> None:
    due = {(deadline.when, entry.key) for entry in ego.tasks for deadline in entry.item.deadlines}
    counts = Counter(when for when, _ in due)
    nodes = {when: f"d{index}" for index, when in enumerate(sorted(counts))}
    for when, node in nodes.items():
        label = wording.say("due_tasks", when=wording.when(when), count=counts[when])
        _add(graph, node, "deadline", label, tip=label)
        graph.add_edge(CENTER, node)
    for when, task in sorted(due):
        graph.add_edge(nodes[when], task, quiet=True)


def _add_indicator(graph: nx.MultiGraph[str], entry: Entry[Indicator], wording: Wording) -> None:
    _add(graph, entry.key, "indicator", shorten(entry.item.name, NAME_EMS), tip=wording.indicator_tip(entry))
    if not entry.mine:
        graph.add_edge(CENTER, entry.key)
    for role in entry.roles if entry.mine else ():
        graph.add_edge(CENTER, entry.key, role=role, name=entry.item.name)
