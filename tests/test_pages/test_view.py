"""The finished page: complete, offline, escaped, the same every time."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from kg.assets import asset
from kg.errors import OutputError, QueryError
from kg.pages import view_page, write_page
from kg.pages.drawing import vis_network_script

REFERRING = {"src", "srcset", "href", "xlink:href", "action", "formaction", "poster", "data", "background", "ping"}
IN_LIBRARY = {  # addresses in vis-network's code that nothing is loaded from: a namespace, an error message, a licence
    "http://www.w3.org/2000/svg",
    "https://github.com/uuidjs/uuid#getrandomvalues-not-supported",
    "https://github.com/zloirock/core-js",
    "https://github.com/zloirock/core-js/blob/v3.21.1/LICENSE",
}
ADDRESS = re.compile(r"https?://[^\s\"'`)<>]+")
REACHING_OUT = re.compile(
    r"@import|\burl\(|\bimport\(|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|Worker\("
)


class Parsed(HTMLParser):
    """A page taken apart: attributes, text by element, rows."""

    def __init__(self, html):
        super().__init__()
        self.attributes, self.parts, self.rows, self._open = [], {}, [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        self._open.append(tag if tag not in ("script", "style") else f"{tag}{len(self.parts)}")
        if tag == "tr" and "data-key" in known:
            self.rows.append(known["data-key"])

    def handle_data(self, data):
        if self._open and self._open[-1].startswith(("script", "style")):
            self.parts[self._open[-1]] = data

    def handle_endtag(self, tag):
        while self._open and not self._open.pop().startswith(tag):
            pass


def drawn(html):
    """Return what the page gives to vis-network."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])


@pytest.fixture
def html(make):
    return view_page([make(9, projects=2)], center="贝壳区灯塔局")


def test_a_page_refers_to_nothing_outside(html):
    page = Parsed(html)
    assert [attribute for attribute in page.attributes if attribute[1] in REFERRING] == []
    library = vis_network_script()
    own = html.replace(library, "")
    assert html != own, "the library is inlined as it is"
    assert ADDRESS.findall(own) == []
    assert REACHING_OUT.findall(own) == []
    assert re.findall(r"[\"'(=]\s*//\w", own) == []
    code = re.sub(r"/\*.*?\*/", "", library, flags=re.DOTALL)
    assert set(ADDRESS.findall(code)) <= IN_LIBRARY
    assert re.findall(r"@import|\burl\(|\bfetch\(|XMLHttpRequest|WebSocket|\bimport\(", code) == []
    assert "default-src 'none'" in html


def test_the_licence_of_vis_network_is_kept(html):
    assert "vis.js is dual licensed under both" in html
    assert "@version 9.1.2" in html


def test_a_page_lists_all_that_the_department_answers_for(html):
    keys = [*(f"t{n}" for n in range(9)), "i0", "i1", "i2", "p0", "p1"]
    assert Parsed(html).rows == keys
    for text in (
        "灯塔巡检0号",
        "二、岛上的事",
        "按第4号令分工",
        "2032年6月",
        "亮灯率之1",
        "现状：81",
        "月牙礁新塔2号",
        "贝府发〔2031〕7号",
    ):
        assert text in html


def test_a_tooltip_says_title_number_document_deadline_and_quote(html):
    tip = next(node["title"] for node in drawn(html)["nodes"] if node["id"] == "t3")
    assert tip.split("\n") == [
        "潮汐预警站点建设3号",
        "编号 二/(四)/4 · 贝壳区一岛一灯行动方案",
        "期限 2032年6月",
        "“(区灯塔局等4家按第3号令分工)”",
    ]


def test_records_without_text_are_shown_with_their_offsets(make):
    html = view_page([make(3, words=False)], center="贝壳区灯塔局")
    assert "文件第 200–204 字（记录不带原文）" in html
    assert "（无标题）" in html


def test_a_task_without_a_title_is_called_by_how_its_text_begins(make):
    plan = make(1)
    html = view_page([replace(plan, tasks=(replace(plan.tasks[0], title=None),))], center="贝壳区")
    assert next(node["label"] for node in drawn(html)["nodes"] if node["id"] == "t0") == "灯塔巡检0号。逐季报告进度…"


def test_a_department_with_projects_only_has_a_page(make):
    html = view_page([make(0, indicators=0, projects=2)], center="贝壳区灯塔局")
    assert Parsed(html).rows == ["p0", "p1"]
    assert [node["id"] for node in drawn(html)["nodes"]] == ["center"]


def test_edges_are_told_apart_by_colour_and_by_dashes(make):
    edges = [edge for edge in drawn(view_page([make(9)], center="贝壳区"))["edges"] if edge["role"]]
    looks = {(edge["role"], edge["color"]["color"], str(edge["dashes"])) for edge in edges}
    assert [len({look[part] for look in looks}) for part in range(3)] == [4, 4, 4]


def test_physics_is_off_and_every_node_has_its_place(html):
    data = drawn(html)
    assert data["options"]["physics"] == {"enabled": False}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in data["nodes"])


def test_what_the_graph_leaves_out_is_said_and_listed(make):
    html = view_page([make(200)], center="贝壳区")
    assert len(drawn(html)["nodes"]) <= 150
    assert re.search(r"图中画出连接最多的 150 个节点，未画：3 项指标、\d+ 项任务", html)
    assert len([key for key in Parsed(html).rows if key.startswith("t")]) == 200


def test_a_name_that_means_several_bodies_says_which(two_islands):
    html = view_page(two_islands, center="区灯塔局")
    assert "名称“区灯塔局”包含：贝壳区灯塔局、螺贝县灯塔局" in html


def test_what_a_document_says_cannot_become_markup(make):
    plan = make(2)
    evil = '</script><script>alert("灯")</script><img src=x onerror=alert(1)>'
    html = view_page([replace(plan, tasks=(replace(plan.tasks[0], title=evil),))], center="贝壳区")
    assert evil not in html
    assert html.count("<script") - vis_network_script().count("<script") == 3
    assert "<img" not in html.replace(vis_network_script(), "")
    assert next(node for node in drawn(html)["nodes"] if node["id"] == "t0")["title"].startswith(evil)


def test_equal_plans_give_equal_bytes_whatever_their_order(two_islands):
    page = view_page(two_islands, center="群岛市")
    assert view_page(two_islands[::-1], center="群岛市") == page


def test_a_page_does_not_depend_on_the_hash_seed():
    code = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]; import conftest; from kg.pages import view_page;"
        "plans = [conftest.plan_of(conftest.Island(20))];"
        "print(hashlib.sha256(view_page(plans, center='lighthouses').encode()).hexdigest())"
    )
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, *paths],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_page_speaks_english_on_request(two_islands, labels):
    html = view_page(two_islands, center="lighthouses", language="en", labels=labels)
    assert '<html lang="en">' in html
    assert "<h1>Lighthouses</h1>" in html
    visible = re.sub(r"<script.*", "", html, flags=re.DOTALL)
    for chinese in ("牵头", "责任图", "编号", "期限", "每年"):
        assert chinese not in visible
    assert "every year" in visible


def test_an_unknown_language_is_an_error(make):
    with pytest.raises(QueryError, match="'fr': choose one of zh, en"):
        view_page([make(1)], center="贝壳区", language="fr")


def test_both_languages_have_the_same_words_and_all_are_used():
    words = json.loads(asset("visualize", "words.json").read_text(encoding="utf-8"))
    assert list(words["zh"]) == list(words["en"])
    gaps = [[re.findall(r"{(\w*)", text) for text in words[language].values()] for language in ("zh", "en")]
    assert [sorted(each) for each in gaps[0]] == [sorted(each) for each in gaps[1]]
    sources = [
        *asset("visualize").glob("*.jinja"),
        *asset("visualize").glob("*.js"),
        *Path(str(files("kg.pages"))).glob("*.py"),
    ]
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    composed = re.compile(
        r"(legend|left_out|detail_quote|role|roles|kicker|together|stat_bodies|when|kind|sign|unread|review_say|review_section|review_field)_[\w-]+"
    )
    unused = [key for key in words["zh"] if f'"{key}"' not in text and not composed.fullmatch(key)]
    assert unused == []


def test_included_files_hold_no_template_marks():
    for name in ("view.css", "view.js", "review.css", "review.js"):
        assert re.findall(r"{{|{%|{#", asset("visualize", name).read_text(encoding="utf-8")) == []


def test_importing_pages_loads_no_drawing_library():
    code = "import sys, kg.pages; print([m for m in ('pyvis', 'networkx', 'jinja2', 'IPython') if m in sys.modules])"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_page_is_written_whole(tmp_path, html):
    path = write_page(tmp_path / "new" / "page.html", html)
    assert path.read_bytes() == html.encode()
    assert [file.name for file in path.parent.iterdir()] == ["page.html"]


def test_a_page_that_cannot_be_written_is_an_error(tmp_path, html):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        write_page(tmp_path / "file" / "page.html", html)
