"""The page in a real browser: it draws, nothing overlaps, filters and keyboard work, nothing is fetched."""

from __future__ import annotations

import pytest

from kg.pages import view_page

DESKTOP = "1280,943"  # of the window; the page itself has about 1280 × 800
pytestmark = pytest.mark.slow  # two seconds a test

REPORT = """
const network = one("#graph").network;
const click = (node) => network.body.emitter.emit("click", { nodes: node ? [node] : [] });
const shown = () => all("#tasks tr.task").filter((row) => !row.hidden).map((row) => row.dataset.key);
const drawn = () => Object.values(network.body.nodes).filter((node) => !node.options.hidden).map((node) => node.id);
"""


@pytest.fixture
def run(browse):
    """Open a page, run steps in it, return what they return; fail where the page throws or asks for anything."""

    def run_steps(html, steps, size=DESKTOP):
        return browse(html, REPORT + steps, size)

    return run_steps


BOXES = """
const box = (id) => { const b = network.getBoundingBox(id); return { id, ...b }; };
const boxes = drawn().map(box);
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const hits = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b)).map((b) => [a.id, b.id]));
const pane = one("#graph").getBoundingClientRect();
const out = boxes.filter((b) => {
  const least = network.canvasToDOM({ x: b.left, y: b.top }), most = network.canvasToDOM({ x: b.right, y: b.bottom });
  return least.x < 0 || least.y < 0 || most.x > pane.width || most.y > pane.height;
});
const size = 14 * network.getScale();
const wider = document.documentElement.scrollWidth > innerWidth;
return { count: boxes.length, hits, out: out.map((b) => b.id), size, wider };
"""


@pytest.mark.parametrize(("tasks", "least"), [(5, 11), (25, 9), (40, 8), (60, 7)])
def test_all_boxes_are_in_the_pane_and_none_overlap(tasks, least, make, run):
    found = run(view_page([make(tasks)], center="贝壳区灯塔局"), BOXES)
    assert found["count"] > tasks
    assert (found["hits"], found["out"]) == ([], [])
    assert found["size"] >= least, "labels are legible before anyone zooms"


def test_a_narrow_window_fits_too(make, run):
    found = run(view_page([make(25)], center="贝壳区灯塔局", language="en"), BOXES, size="800,1000")
    assert (found["hits"], found["out"], found["wider"]) == ([], [], False)


def test_search_narrows_table_and_graph(make, run):
    steps = """
    const search = one("#search");
    search.value = "螺号广播 2032年6月"; input(search);
    const both = [shown(), drawn().filter((id) => id.startsWith("t")), one("#shown").textContent];
    search.value = "无此事"; input(search);
    return [...both, shown(), one("#none").hidden];
    """
    rows, nodes, status, none, hidden = run(view_page([make(30)], center="贝壳区灯塔局"), steps)
    assert rows == nodes == ["t23"]
    assert status == "显示 1 / 30 项任务"
    assert (none, hidden) == ([], False)


def test_roles_filter_by_the_department(make, run):
    steps = """
    for (const box of all("input[name=role]")) if (box.value !== "support") { box.checked = false; input(box); }
    return [shown(), drawn().filter((id) => id.startsWith("t"))];
    """
    rows, nodes = run(view_page([make(9)], center="贝壳区灯塔局"), steps)
    assert rows == nodes == ["t2", "t5", "t8"]


def test_roles_filter_by_any_body_in_a_region(make, run):
    steps = """
    for (const box of all("input[name=role]")) if (box.value !== "implement") { box.checked = false; input(box); }
    const edges = Object.values(network.body.edges).filter((edge) => !edge.options.hidden);
    return [shown(), [...new Set(edges.map((edge) => network.body.data.edges.get(edge.id).role))]];
    """
    rows, roles = run(view_page([make(9)], center="贝壳区"), steps)
    assert rows == ["t2", "t3", "t6", "t7"]
    assert set(roles) == {None, "implement"}


def test_a_click_on_a_body_shows_the_tasks_shared_with_it_and_escape_ends_that(make, run):
    steps = """
    click("b0");
    const kept = [shown(), one("#focus").textContent, one("#clear").hidden];
    press("Escape");
    return [...kept, shown().length, one("#clear").hidden];
    """
    page = view_page([make(12)], center="贝壳区灯塔局")
    rows, focus, hidden, after, hidden_after = run(page, steps)
    assert rows == ["t1", "t10"]
    assert (focus, hidden, after, hidden_after) == ("只看：贝壳区潮汐局", False, 12, True)


def test_a_click_on_a_body_finds_tasks_that_are_not_drawn(make, run):
    rows, drawn = run(view_page([make(300)], center="贝壳区"), 'click("b1"); return [shown(), drawn()];')
    assert set(rows) - set(drawn)


def test_a_click_on_a_task_opens_its_words(make, run):
    steps = """
    click("t3");
    return [one("#more-t3").hidden, one("#more-t3").innerText, one("tr.chosen").dataset.key];
    """
    hidden, text, chosen = run(view_page([make(6)], center="贝壳区灯塔局"), steps)
    assert (hidden, chosen) == (False, "t3")
    assert "(区灯塔局等4家按第3号令分工)" in text


def test_the_table_works_from_the_keyboard(make, run):
    steps = """
    one("#tasks button").focus();
    press("ArrowDown"); press("ArrowDown"); press("ArrowUp");
    document.activeElement.click();
    const row = document.activeElement.closest("tr");
    return [row.dataset.key, row.nextElementSibling.hidden, document.activeElement.getAttribute("aria-expanded")];
    """
    assert run(view_page([make(6)], center="贝壳区灯塔局"), steps) == ["t1", False, "true"]
