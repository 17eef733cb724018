"""Draw a placed graph with pyvis: nodes, edges and options come out as vis-network, which pyvis carries, reads them."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.assets import asset
from kg.errors import KgError
from kg.pages.layout import Position

if TYPE_CHECKING:
    import networkx as nx

    from kg.pages.wording import Wording

__all__ = ["Theme", "draw", "read_theme", "vis_network_script"]

Theme = dict[str, Any]
"""Colours, dashes and vis-network options of the pages, as in `visualize/theme.json`."""

CLEAR_EDGES = 80  # up to so many, edges with a role are drawn in full colour; more of them are drawn fainter
FAINTEST = 0.4
FRAME = 1.5
BEND = 0.12  # by which the second edge between two nodes bows away from the first


def read_theme() -> Theme:
    """Read the look of the pages."""
    theme: Theme = json.loads(asset("visualize", "theme.json").read_text(encoding="utf-8"))
    return theme


def draw(graph: nx.MultiGraph[str], positions: dict[str, Position], theme: Theme, wording: Wording) -> dict[str, Any]:
    """Draw a graph with every node at its position; physics is off, so that the picture stands still from the first."""
    from pyvis.network import Network  # noqa: PLC0415 - loads IPython, 0.4 s

    network = Network(directed=True, cdn_resources="in_line")  # of an undirected one pyvis drops parallel edges
    for node, data in graph.nodes(data=True):
        x, y = positions[node]
        look = {"group": _group(data), "shape": "box", "title": data["tip"]}
        network.add_node(node, data["label"], x=x, y=y, kind=data["kind"], **look)
    parallel: Counter[tuple[str, str]] = Counter()
    typed = sum("role" in data for _, _, data in graph.edges(data=True))
    opacity = round(max(FAINTEST, min(1.0, CLEAR_EDGES / max(1, typed))), 2)
    for source, target, data in graph.edges(data=True):
        look = _edge_look(data, theme, parallel[source, target]) | {"opacity": opacity if "role" in data else 1}
        parallel[source, target] += 1
        network.add_edge(source, target, **look, **_edge_words(data, wording))
    network.options = theme["options"] | {"groups": _groups(theme)}
    nodes, edges, _, _, _, options = network.get_network_data()
    numbered = [edge | {"id": f"e{index}"} for index, edge in enumerate(edges)]
    return {"nodes": nodes, "edges": numbered, "options": json.loads(options)}


def _group(data: dict[str, Any]) -> str:
    return f"{data['kind']}-{data['role']}" if data["role"] else str(data["kind"])


def _groups(theme: Theme) -> dict[str, Any]:
    """Look of each kind of node; a task in which the centre has a role has a frame in that role's colour and dashes."""
    framed = {}
    for role, line in theme["roles"].items():
        look = copy.deepcopy(theme["kinds"]["task"])
        look["color"]["border"] = line["color"]
        look["shapeProperties"]["borderDashes"] = line["dashes"] or False
        framed[f"task-{role}"] = look | {"borderWidth": FRAME}
    return {**theme["kinds"], **framed}


def vis_network_script() -> str:
    """Return the vis-network script inside the installed pyvis (the newest it has), with its licence comment."""
    import pyvis  # noqa: PLC0415 - loads IPython, 0.4 s

    scripts = sorted(Path(pyvis.__file__).parent.glob("lib/vis-*/vis-network.min.js"), key=_version)
    if not scripts:
        raise KgError("the installed pyvis has no lib/vis-*/vis-network.min.js: install pyvis 0.3.2 again")
    return scripts[-1].read_text(encoding="utf-8")


def _version(script: Path) -> list[int]:
    return [int(part) for part in script.parent.name.removeprefix("vis-").split(".") if part.isdecimal()]


def _edge_look(data: dict[str, Any], theme: Theme, before: int) -> dict[str, Any]:
    role = data.get("role")
    line = theme["roles"][role] if role else theme["tie"]
    look = {
        "arrows": "",
        "color": {"color": line["color"], "highlight": line["color"], "hover": line["color"]},
        "dashes": line["dashes"] or False,
        "hidden": data.get("quiet", False),
        "quiet": data.get("quiet", False),
        "role": role,
        "width": line["width"],
    }
    if before:
        look["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": BEND * before}
    return look


def _edge_words(data: dict[str, Any], wording: Wording) -> dict[str, str]:
    return (
        {"title": wording.say("tip_role", role=wording.role(data["role"]), name=data["name"])} if "role" in data else {}
    )
