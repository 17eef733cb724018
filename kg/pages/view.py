"""Show one department or region: plans and a name go in, one HTML page with graph and table comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.pages.center import CenterKind, find_center
from kg.pages.drawing import Theme, draw, read_theme, vis_network_script
from kg.pages.ego import Ego, Entry, gather, shown_names, shown_sources
from kg.pages.graph import LIMIT, build_graph, leave_out, tasks_by_node
from kg.pages.layout import place
from kg.pages.template import render
from kg.pages.wording import Language, Wording, read_wording
from kg.rank import FunctionLabels
from kg.records import Plan, Role, Task

__all__ = ["Page", "view_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document under a caption; or, in records without text, where they stand."""

    caption: str
    text: str
    printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template `visualize/view.html.jinja` is given.

    - `wording`: the words of the page's language, and how it says dates and roles
    - `theme`: colours and dashes, the same for graph and table
    - `ego`: the centre with its documents, tasks, indicators and projects
    - `roles`: the roles that tasks are filtered by, each with the number of its tasks
    - `drawn`: the roles that edges of the graph have
    - `bodies`: number of distinct bodies beside the centre
    - `notes`: sentences on what the name covers and what the graph leaves out
    - `names`: how the page calls each body, by its key
    - `sources`: how the page calls each document, by its id
    - `quotes`: the quotes of each task, by its key
    - `graph`: nodes, edges and options for vis-network; the look of nodes off focus, the tasks beside each node, drawn
      or not, whether roles are those of bodies (in a region), and the words that the script says
    - `library`: the vis-network script
    """

    wording: Wording
    theme: Theme
    ego: Ego
    roles: tuple[tuple[Role, int], ...]
    drawn: tuple[Role, ...]
    bodies: int
    notes: tuple[str, ...]
    names: dict[str, str]
    sources: dict[str, str]
    quotes: dict[str, tuple[Quote, ...]]
    graph: dict[str, Any]
    library: str


def view_page(
    plans: Sequence[Plan], *, center: str, language: Language = "zh", labels: FunctionLabels | None = None
) -> str:
    """Return one HTML page about a department (function, organisation or any written name) or a region (name or code).

    The page holds all that it needs, names no outside address and opens from a file; equal plans give equal bytes.
    `labels` are the labels of government functions. Raises `UnknownCenterError`, with the nearest names, for a name
    that no plan has.
    """
    wording = read_wording(language)
    ego = gather(plans, find_center(plans, center, labels or {}, language))
    return render("view.html.jinja", _page(ego, wording))


def _page(ego: Ego, wording: Wording) -> Page:
    theme = read_theme()
    graph = build_graph(ego, wording)
    tasks = tasks_by_node(graph)
    gone = leave_out(graph)
    held = Counter(role for entry in ego.tasks for role in entry.roles)
    bodies = {share.bearer.key for entry in ego.tasks for share in entry.others}
    drawing = draw(graph, place(graph), theme, wording)
    said = {key: wording.words[key] for key in ("shown", "focus")}
    return Page(
        wording=wording,
        theme=theme,
        ego=ego,
        roles=tuple((role, held[role]) for role in Role if role in held),
        drawn=tuple(role for role in Role if role in {edge["role"] for edge in drawing["edges"]}),
        bodies=len(bodies),
        notes=tuple(_notes(ego, gone, wording)),
        names=shown_names(ego),
        sources=shown_sources(ego),
        quotes={entry.key: tuple(_quotes(entry, wording)) for entry in ego.tasks},
        graph=drawing
        | {"words": said, "dim": theme["dim"], "tasks": tasks, "byBodies": ego.center.kind is CenterKind.REGION},
        library=vis_network_script(),
    )


def _notes(ego: Ego, gone: Counter[str], wording: Wording) -> list[str]:
    notes = []
    if len(ego.members) > 1:
        names = shown_names(ego)
        members = wording.join(names[bearer.key] for bearer in ego.members)
        notes.append(wording.say("covers", name=ego.center.label, members=members))
    if gone:
        kinds = wording.join(wording.say(f"left_out_{kind}", count=count) for kind, count in sorted(gone.items()))
        notes.append(wording.say("left_out", limit=LIMIT, kinds=kinds))
    return notes


def _quotes(entry: Entry[Task], wording: Wording) -> list[Quote]:
    """Quote who, when and what; who is left to the duty clause where the task has one."""
    task = entry.item
    who = [task.clause] if task.clause else [share.evidence for share in entry.mine]
    when = [deadline.evidence for deadline in task.deadlines]
    captioned = (
        [("share", piece) for piece in who] + [("deadline", piece) for piece in when] + [("task", task.evidence)]
    )
    quotes = []
    for caption, evidence in captioned:
        place = wording.say("no_text", place=wording.place(evidence))
        name = wording.words[f"detail_quote_{caption}"]
        quotes.append(Quote(caption=name, text=evidence.quote or place, printed=evidence.quote is not None))
    return list(dict.fromkeys(quotes))
