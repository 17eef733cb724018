"""What a name means: a region, an organisation, a function, or bodies as written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import KgError
from kg.pages import UnknownCenterError, view_page
from kg.pages.center import CenterKind, find_center

BOTH = {"beike-2031", "luobei-2031"}


@pytest.mark.parametrize(
    ("name", "kind", "label", "members"),
    [
        ("贝壳区", CenterKind.REGION, "贝壳区", {"beike-2031"}),
        ("990102", CenterKind.REGION, "螺贝县", {"luobei-2031"}),
        ("群岛市", CenterKind.REGION, "群岛市", BOTH),
        ("990100", CenterKind.REGION, "群岛市", BOTH),
        ("贝壳区灯塔局", CenterKind.DEPARTMENT, "贝壳区灯塔局", {"990101-灯塔局"}),
        ("990102-灯塔局", CenterKind.DEPARTMENT, "螺贝县灯塔局", {"990102-灯塔局"}),
        ("lighthouses", CenterKind.DEPARTMENT, "灯塔", {"990101-灯塔局", "990102-灯塔局"}),
        ("灯塔", CenterKind.DEPARTMENT, "灯塔", {"990101-灯塔局", "990102-灯塔局"}),
        ("fishing NETS", CenterKind.DEPARTMENT, "渔网", {"990101-渔网局", "990102-渔网局"}),
        ("区灯塔局", CenterKind.DEPARTMENT, "区灯塔局", {"990101-灯塔局", "990102-灯塔局"}),
        (" 区 灯塔局 ", CenterKind.DEPARTMENT, "区灯塔局", {"990101-灯塔局", "990102-灯塔局"}),
    ],
)
def test_a_name_means(name, kind, label, members, two_islands, labels):
    center = find_center(two_islands, name, labels, "zh")
    assert (center.kind, center.label, set(center.members)) == (kind, label, members)


def test_a_function_is_called_in_the_language_of_the_page(two_islands, labels):
    assert find_center(two_islands, "灯塔", labels, "en").label == "Lighthouses"
    assert find_center(two_islands, "lighthouses", {}, "en").label == "lighthouses"


def test_bodies_that_are_not_resolved_are_found_as_written(make):
    center = find_center([make(3, resolved=False)], "区潮汐局", {}, "zh")
    assert center.members == {"贝壳区/区潮汐局"}


def test_a_written_name_of_one_body_is_answered_with_its_full_name(make):
    assert find_center([make(3)], "区灯塔局", {}, "zh").label == "贝壳区灯塔局"


def test_an_unknown_name_is_answered_with_the_nearest(two_islands):
    with pytest.raises(UnknownCenterError, match="'贝壳区灯搭局'; nearest: 贝壳区灯塔局") as error:
        view_page(two_islands, center="贝壳区灯搭局")
    assert isinstance(error.value, KgError)


def test_plans_without_any_name_say_so():
    with pytest.raises(UnknownCenterError, match="no department and no region"):
        find_center([], "灯塔局", {}, "zh")


def test_a_circle_of_regions_ends(make):
    plan = make(2)
    center = find_center([plan], "群岛市", {}, "zh")
    first, second = plan.regions
    circle = replace(plan, regions=(replace(first, parent=second.code), second))
    assert find_center([circle], "群岛市", {}, "zh") == center
