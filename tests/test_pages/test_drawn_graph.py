"""The graph of a page and where its nodes stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest

from kg.pages.center import find_center
from kg.pages.ego import gather
from kg.pages.graph import CENTER, LIMIT, build_graph, leave_out, tasks_by_node
from kg.pages.layout import PITCH, display_width, kinds_of, place, shorten
from kg.pages.wording import read_wording
from kg.records import Role

BOX_HEIGHT = 29  # of one line of 14 px with a margin of 6 and a border of 1.5, as vis-network draws it


def graph_of(plans, name):
    return build_graph(gather(plans, find_center(plans, name, {}, "zh")), read_wording("zh"))


def test_a_department_is_tied_to_its_tasks_by_role(make):
    graph = graph_of([make(6)], "贝壳区灯塔局")
    roles = [data["role"] for _, node, data in graph.edges(CENTER, data=True) if node.startswith("t")]
    assert roles == [Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT] * 2
    assert graph.nodes["t0"]["role"] is Role.LEAD


def test_several_bodies_stand_between_a_function_and_its_tasks(two_islands):
    graph = graph_of(two_islands, "lighthouses")
    assert set(graph.neighbors("m0")) == {CENTER, *(f"t{n}" for n in range(12))}
    assert [graph.nodes[node]["label"] for node in ("m0", "m1")] == ["贝壳区灯塔局", "螺贝县灯塔局"]


def test_a_region_is_tied_to_tasks_without_a_role_and_its_bodies_with_one(make):
    graph = graph_of([make(6)], "贝壳区")
    assert not any("role" in data for _, node, data in graph.edges(CENTER, data=True) if node.startswith("t"))
    assert all("role" in data for _, _, data in graph.edges([n for n in graph if n.startswith("b")], data=True))


def test_a_page_on_one_place_leaves_the_place_out_of_names(make, two_islands):
    names = {data["label"] for _, data in graph_of([make(6)], "贝壳区灯塔局").nodes(data=True)}
    assert "区潮汐局" in names
    names = {data["label"] for _, data in graph_of(two_islands, "lighthouses").nodes(data=True)}
    assert {"贝壳区潮汐局", "螺贝县潮汐局"} <= names


def test_unresolved_bodies_written_alike_are_told_apart_by_place(make):
    plans = [make(4, resolved=False), make(4, resolved=False, region="螺贝县", document="luobei-2031")]
    names = {data["label"] for _, data in graph_of(plans, "区灯塔局").nodes(data=True)}
    assert {"贝壳区·区灯塔局", "螺贝县·区灯塔局", "贝壳区·区潮汐局", "螺贝县·区潮汐局"} <= names


def test_collective_names_keep_no_trace_of_the_place(make):
    plan = make(1, bodies=1)
    organizations = [replace(body, label="贝壳区各岛村") for body in plan.organizations[1:]]
    task = plan.tasks[0]
    duty = replace(task.responsibilities[0], organization=organizations[0].id)
    plan = replace(plan, tasks=(replace(task, responsibilities=(duty,)),), organizations=tuple(organizations))
    assert "各岛村" in {data["label"] for _, data in graph_of([plan], "贝壳区").nodes(data=True)}


def test_deadlines_count_their_tasks_and_their_ties_are_quiet(make):
    graph = graph_of([make(10)], "贝壳区灯塔局")
    assert [data["label"] for _, data in graph.nodes(data=True) if data["kind"] == "deadline"] == [
        "2032年6月 · 2项",
        "2033年 · 2项",
        "每年 · 2项",
        "长期 · 2项",
    ]
    assert {data.get("quiet") for _, _, data in graph.edges("d1", data=True)} == {None, True}


def test_a_body_with_two_roles_in_a_task_has_two_edges(make):
    plan = make(1, bodies=1)
    task = plan.tasks[0]
    lead = task.responsibilities[0]
    both = (lead, replace(lead, role=Role.IMPLEMENT), lead)
    graph = graph_of([replace(plan, tasks=(replace(task, responsibilities=both),))], "贝壳区灯塔局")
    assert [data["role"] for *_, data in graph.edges(["t0"], data=True) if "role" in data] == [
        Role.LEAD,
        Role.IMPLEMENT,
    ]


@pytest.mark.parametrize("tasks", [1, 5, 25, 40, 60, 120])
@pytest.mark.parametrize("name", ["贝壳区灯塔局", "贝壳区"])
def test_no_two_boxes_overlap(tasks, name, make):
    graph = graph_of([make(tasks, indicators=tasks // 4)], name)
    positions = place(graph)
    assert set(positions) == set(graph)
    for one, other in combinations(graph, 2):
        (x, y), (u, v) = positions[one], positions[other]
        room = (graph.nodes[one]["width"] + graph.nodes[other]["width"]) / 2
        assert abs(x - u) >= room or abs(y - v) >= BOX_HEIGHT, (one, other)


def test_tasks_keep_the_order_of_the_document(make):
    graph = graph_of([make(50)], "贝壳区灯塔局")
    heights = [place(graph)[f"t{number}"][1] for number in range(50)]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] < 50 * PITCH, "fifty tasks stand in more than one lane"


def test_a_large_graph_keeps_its_most_connected_nodes(make):
    graph = graph_of([make(300)], "贝壳区")
    whole = kinds_of(graph)
    degrees = dict(graph.degree())
    tasks = tasks_by_node(graph)
    gone = leave_out(graph)
    left = Counter(whole.values()) - gone
    assert len(graph) <= LIMIT
    assert left == Counter(kinds_of(graph).values())
    assert CENTER in graph
    assert min(degrees[node] for node in graph) >= max(degrees[node] for node in whole if node not in graph)
    assert len(tasks["b0"]) > graph.degree("b0"), "what a filter finds does not depend on what is drawn"


def test_a_small_graph_is_left_whole(make):
    graph = graph_of([make(30)], "贝壳区")
    assert leave_out(graph) == Counter()


@pytest.mark.parametrize(
    ("text", "ems", "short"),
    [
        ("灯塔巡检", 4, "灯塔巡检"),
        ("灯塔巡检", 3, "灯塔…"),
        ("LED灯塔", 4, "LED灯塔"),
        ("灯塔\n巡检", 6, "灯塔 巡检"),
        ("", 3, ""),
    ],
)
def test_labels_are_cut_to_a_width(text, ems, short):
    assert shorten(text, ems) == short
    assert display_width(short) <= ems
