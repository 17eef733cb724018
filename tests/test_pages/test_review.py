"""The review page: the whole text with every fact marked, the records beside it, and no fact at a wrong place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.documents import Document
from kg.documents.table import Table
from kg.errors import RecordsError
from kg.pages.passages import Marks, TableBlock, cut
from kg.pages.places import Mark, find_date, find_words, locate
from kg.records import Evidence, Plan

DESKTOP = "1400,943"
TABLED = (
    "贝壳区灯塔养护整体方案\n\n一、发展指标\n\n| 序号 | 指标名称 | 单位 | 2030年 | 2035年 | 责任单位 |\n|---|---|---|---|---|---|\n"
    "| 1 | 灯塔亮灯率 | % | 82.5 | ≥95 | 区民政局 |\n| 2 | 守塔人数 | 人 | 120 | 300 | 区民政局、区财政局 |\n\n"
    "二、重点任务\n\n（一）修灯。到2033年，修好灯塔30座以上。（牵头单位：区民政局；配合单位：区财政局）\n"
    "（二）修网。修补渔网。（主抓单位：甲乙丙丁、戊己庚辛负责）\n"
)


class Segments(HTMLParser):
    """Takes the text side of a page apart: each segment with its place, words and kinds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[list[Any]] = []
        self._open = False
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        self.tags.append(tag)
        if "data-s" in known:
            self.found.append([int(known["data-s"] or 0), "", (known.get("data-kinds") or "").split()])
            self._open = True

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1][1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "span"


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    given: dict[str, Any] = json.loads(found[1])
    return given


def words(html: str, kind: str) -> list[str]:
    return [text for _, text, kinds in Segments(html).found if kind in kinds]


def plan_of(document: Document) -> Plan:
    return kg.resolve(kg.extract(document))


@pytest.fixture(scope="module")
def document(fixtures: Path) -> Document:
    return kg.read(fixtures / "plan.txt")


@pytest.fixture(scope="module")
def tabled() -> Document:
    return kg.read(TABLED.encode(), name="tabled.txt")


@pytest.mark.parametrize("which", ["document", "tabled"])
def test_every_character_of_the_text_is_on_the_page_at_its_place(which: str, request: pytest.FixtureRequest) -> None:
    document: Document = request.getfixturevalue(which)
    html = kg.review_page(plan_of(document), document)
    shown: set[int] = set()
    for start, text, _ in Segments(html).found:
        assert document.text[start : start + len(text)] == text
        shown |= set(range(start, start + len(text)))
    heads = {
        at
        for table in document.blocks
        if isinstance(table, Table)
        for at in range(table.start, min(cell.start for cell in table.rows[0].cells.values()))
    }
    assert {
        at for at, letter in enumerate(document.text) if not letter.isspace() and letter not in "|-"
    } <= shown | heads


def test_each_kind_of_fact_is_marked_at_the_words_that_name_it(document: Document) -> None:
    html = kg.review_page(plan_of(document), document)
    assert words(html, "lead") == ["区交通运输局", "区交通运输局"]
    assert words(html, "support") == ["区财政局", "区应急管理局"]
    assert words(html, "implement") == ["各码头街道办事处"]
    assert words(html, "task") == ["修缮老旧灯塔", "培训守塔人员", "关爱守塔老人", "加强组织领导"]
    assert "".join(words(html, "citation")) == "《海雾省灯塔养护条例》"
    assert "贝政办发〔2031〕5号" in words(html, "metadata")
    assert "2031年4月2日" in words(html, "metadata")


def test_marks_that_overlap_are_cut_into_segments_of_one_look(document: Document) -> None:
    found = [(text, kinds) for _, text, kinds in Segments(kg.review_page(plan_of(document), document)).found]
    at = next(place for place, (text, kinds) in enumerate(found) if "deadline" in kinds)
    assert found[at : at + 2] == [("到2033年", ["commitment", "deadline"]), ("，完成30座老旧灯塔修缮", ["commitment"])]


def test_a_table_is_a_table_with_its_values_marked(tabled: Document) -> None:
    html = kg.review_page(plan_of(tabled), tabled)
    tags = Segments(html).tags
    assert (tags.count("table"), tags.count("th"), tags.count("tr")) == (1, 6, 3)
    assert words(html, "indicator") == ["灯塔亮灯率", "82.5", "≥95", "守塔人数", "120", "300"]
    assert words(html, "responsible") == ["区民政局", "区民政局", "区财政局"]


def test_places_that_were_not_read_are_marked_and_listed_with_their_reason(tabled: Document) -> None:
    plan = plan_of(tabled)
    assert plan.unread
    for language in ("zh", "en"):
        html = kg.review_page(plan, tabled, language=language)
        listed = [fact for fact in data_of(html)["facts"] if fact["kind"] == "unread"]
        assert [dict(fact["details"])["reason"] for fact in listed] == [place.reason for place in plan.unread]
        assert "甲乙丙丁" in "".join(words(html, "unread"))


def test_the_page_needs_nothing_and_escapes_all(document: Document) -> None:
    plan = plan_of(document)
    evil = '</script><img src=x onerror=alert(1)>"灯'
    html = kg.review_page(replace(plan, tasks=(replace(plan.tasks[0], title=evil), *plan.tasks[1:])), document)
    assert evil not in html
    assert evil in unescape(html)
    assert "<img" not in html
    assert re.findall(r"https?://|@import|\burl\(|\bfetch\(|XMLHttpRequest|\bsrc=(?!x)", html) == []
    assert "default-src 'none'" in html
    assert html.count("<script") == 2


def test_the_names_of_persons_are_not_on_the_page(document: Document) -> None:
    html = kg.review_page(plan_of(document), document)
    assert "联系人：×××" in "".join(text for _, text, _ in Segments(html).found)
    assert "祁望舟" not in html
    assert "5551234" not in html


def test_the_page_speaks_english_on_request_and_equal_plans_give_equal_bytes(document: Document) -> None:
    plan = plan_of(document)
    html = kg.review_page(plan, document, language="en")
    assert html == kg.review_page(plan, document, language="en")
    assert '<html lang="en">' in html
    for word in ("牵头", "核对", "未读出", "文件信息"):
        assert word not in re.sub(r"<article.*?</article>", "", html, flags=re.DOTALL)


def test_words_that_moved_are_marked_where_they_stand(document: Document) -> None:
    plan = plan_of(document)
    later = replace(document, sha256="0" * 64, name="later.txt", text="新的一行\n" + document.text)
    later = replace(later, blocks=kg.read(later.text.encode()).blocks)
    html = kg.review_page(plan, later)
    assert words(html, "lead") == ["区交通运输局", "区交通运输局"]
    assert "给出的文件 later.txt 不是记录所依据的 plan.txt" in html
    assert (
        f"{sum('evidence' in f for f in data_of(html)['facts'] if f['kind'] != 'metadata')} 处字句不在记录所写的位置"
        in html
    )


def test_a_fact_whose_words_are_not_in_the_text_is_listed_without_a_place(document: Document) -> None:
    plan = plan_of(document)
    lost = replace(plan.commitments[0], evidence=Evidence(start=3, end=7, quote="放飞风筝"))
    html = kg.review_page(replace(plan, commitments=(lost, *plan.commitments[1:])), document)
    [fact] = [fact for fact in data_of(html)["facts"] if fact["id"] == lost.id]
    assert "evidence" not in fact
    assert html.count('<b class="flaw">') == 1
    assert "1 条记录的字句在原文中找不到" in html


def test_records_of_another_document_are_refused(document: Document, fixtures: Path) -> None:
    plan, letter = plan_of(document), kg.read(fixtures / "letter.txt")
    with pytest.raises(RecordsError, match=r"^letter.txt: lacks the words of \d+ of \d+ facts: give the document"):
        kg.review_page(plan, letter)
    with pytest.raises(RecordsError, match=r"^letter.txt: not the document that the records were made from, plan.txt"):
        kg.review_page(kg.facts_only(plan), letter)
    assert words(kg.review_page(kg.facts_only(plan), document), "lead") == ["区交通运输局", "区交通运输局"]


PLACES: dict[str, tuple[Evidence, Mark | None]] = {
    "at its offsets": (Evidence(start=2, end=4, quote="灯塔"), Mark(start=2, end=4)),
    "nearest to them": (Evidence(start=9, end=11, quote="灯塔"), Mark(start=7, end=9, moved=True)),
    "nowhere": (Evidence(start=0, end=2, quote="渔网"), None),
    "without words": (Evidence(start=1, end=3), Mark(start=1, end=3)),
    "without words, behind the end": (Evidence(start=1, end=30), None),
}


@pytest.mark.parametrize("case", PLACES)
def test_evidence_is_found(case: str) -> None:
    evidence, place = PLACES[case]
    assert locate(evidence, "修好灯塔，修旧灯塔。") == place


def test_names_and_dates_are_found_as_printed() -> None:
    text = "（牵头单位：区民 政局Ａ）\n二〇三一年四月二日印发，2031 年 4月 2 日"
    assert find_words("区民政局A", text) == Mark(start=6, end=12)
    assert find_words("", text) is None
    day = replace(kg.extract(kg.read("贝壳区方案\n2031年4月2日".encode())).document).date_issued
    assert day is not None
    found = find_date(day, text)
    assert found is not None
    assert text[found.start : found.end] == "2031 年 4月 2 日"
    chinese = find_date(day, text[:30])
    assert chinese is not None
    assert text[chinese.start : chinese.end] == "二〇三一年四月二日"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 60), st.sampled_from(("lead", "deadline"))), max_size=30
    )
)
def test_any_marks_cut_the_text_into_pieces_that_are_the_text(
    places: list[tuple[int, int, str]], document: Document
) -> None:
    size = len(document.text)
    kinds = [(kind, Mark(start=min(a, size - 1), end=min(a + n, size))) for a, n, kind in places]
    blocks = cut(document, Marks(kinds=kinds, edges=[], tasks={}))
    segments = [s for block in blocks if not isinstance(block, TableBlock) for s in block.segments]
    assert "".join("".join(s.text for s in segments).split()) == "".join(document.text.split())
    for segment in segments:
        for at in range(segment.start, segment.start + len(segment.text)):
            assert set(segment.kinds) == {kind for kind, mark in kinds if mark.start <= at < mark.end}


def long_document() -> Document:
    """Give a plan of some 60,000 characters with more than 400 facts."""
    filler = "灯塔养护工作要逐步推进，码头、渔网、风筝和贝壳都要照看，" * 14
    tasks = []
    numerals = "一二三四五六七八九"
    for first in numerals:
        tasks.append(f"{first}、第{first}方面")
        for second in (*numerals, "十", "十一", "十二", "十三", "十四", "十五"):
            tasks.append(
                f"（{second}）修灯{first}{second}号。{filler}到2033年，修好灯塔30座。（牵头单位：区民政局；配合单位：区财政局、区水务局）"
            )
    return kg.read("\n".join(["贝壳区灯塔养护整体方案", *tasks]).encode(), name="long.txt")


def test_a_long_document_is_shown_quickly() -> None:
    document = long_document()
    plan = plan_of(document)
    assert len(document.text) > 55_000
    start = perf_counter()
    html = kg.review_page(plan, document)
    assert perf_counter() - start < 10
    assert len(data_of(html)["facts"]) > 400
    assert len(html) < 2_000_000


MISUSES = {
    "review": "Missing argument '[RECORDS] DOCUMENT'",
    "review a.yaml -o p.html": "one document, and at most one .yaml file with its records",
    "review a.txt b.txt -o p.html": "one document, and at most one .yaml file with its records",
    "review a.txt": "Missing option '-o' / '--out'",
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_wrong_use_of_review_is_one_line(misuse: str, run: Callable) -> None:
    got = run(*misuse.split())
    assert (got.code, got.out, len(got.complaints)) == (2, "", 1)
    assert MISUSES[misuse] in got.err


def test_review_shows_corrected_records_beside_their_document(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    records, page = tmp_path / "plan.yaml", tmp_path / "page.html"
    run("extract", fixtures / "plan.txt", "-o", records)
    corrected = records.read_text(encoding="utf-8").replace("title: 修缮老旧灯塔", "title: 灯塔大修")
    records.write_text(corrected, encoding="utf-8")
    assert run("review", records, fixtures / "plan.txt", "-o", page).out == f"{page}: open it in a browser\n"
    assert "灯塔大修" in page.read_text(encoding="utf-8")
    assert run("review", fixtures / "plan.txt", "-o", page, "--language", "en").code == 0
    assert "灯塔大修" not in page.read_text(encoding="utf-8")


@pytest.mark.slow
class TestInABrowser:
    """What a person does on the page."""

    def test_a_click_on_a_record_shows_its_words(self, document: Document, browse: Callable) -> None:
        html = kg.review_page(plan_of(document), document)
        steps = """
        all(".chip.deadline")[1].click();
        const lit = all(".chosen").map((part) => part.textContent);
        const at = one(".chosen").getBoundingClientRect();
        return [lit, at.top > 0 && at.bottom < innerHeight, one("#card").innerText, one(".on").textContent];
        """
        lit, seen, card, on = browse(html, steps, DESKTOP)
        assert (lit, seen) == (["每年"], True)
        assert "贝政办发-2031-5_2-1_t2" in card
        assert "every-year" in card
        assert on == "期每年"

    def test_clicks_on_words_go_through_the_records_that_hold_them(self, document: Document, browse: Callable) -> None:
        html = kg.review_page(plan_of(document), document)
        steps = """
        const part = one("#text .deadline.commitment");
        const chosen = () => { part.click(); return one(".on").dataset.kind; };
        const kinds = [chosen(), chosen(), chosen(), chosen()];
        press("Escape");
        return [kinds, all(".chosen, .around, .on").length];
        """
        assert browse(html, steps, DESKTOP) == [["deadline", "commitment", "task", "deadline"], 0]

    def test_the_legend_takes_marks_and_records_away(self, document: Document, browse: Callable) -> None:
        html = kg.review_page(plan_of(document), document)
        steps = """
        const box = one('input[value="lead"]');
        box.click();
        const off = [all("#text .lead").length, all(".chip.lead").filter((chip) => !chip.hidden).length];
        box.click();
        return [off, all("#text .lead").length];
        """
        assert browse(html, steps, DESKTOP) == [[0, 0], 2]

    def test_keys_go_from_one_unread_place_to_the_next(self, tabled: Document, browse: Callable) -> None:
        plan = plan_of(tabled)
        more = replace(plan.unread[0], evidence=Evidence(start=0, end=3, quote="贝壳区"))
        html = kg.review_page(replace(plan, unread=(plan.unread[0], more)), tabled)
        steps = """
        const at = () => one("#at").textContent;
        press("n"); const first = [at(), one(".chosen").textContent];
        press("n"); const second = at();
        press("n"); const third = at();
        press("p");
        return [first, second, third, at(), one(".on").dataset.kind];
        """
        assert browse(html, steps, DESKTOP) == [["1 / 2", "贝壳区"], "2 / 2", "1 / 2", "2 / 2", "unread"]

    def test_search_keeps_the_records_that_hold_the_words_and_finds_them_in_the_text(
        self, document: Document, browse: Callable
    ) -> None:
        html = kg.review_page(plan_of(document), document)
        steps = """
        press("/");
        const box = document.activeElement;
        box.value = "守塔人员"; input(box);
        const kept = all(".tasks .entry").filter((entry) => !entry.hidden).map((entry) => entry.querySelector(".label").textContent);
        const hits = one("#hits").textContent;
        press("Enter");
        return [box.id, kept, hits, one("#hits").textContent];
        """
        assert browse(html, steps, DESKTOP) == ["search", ["培训守塔人员"], "2 处", "1 / 2"]

    def test_selected_words_become_the_evidence_of_a_new_record(self, document: Document, browse: Callable) -> None:
        html = kg.review_page(plan_of(document), document)
        steps = """
        const part = all("#text .m.commitment")[0];
        const range = document.createRange();
        range.setStart(part.firstChild, 0);
        range.setEnd(part.firstChild, 4);
        getSelection().addRange(range);
        document.dispatchEvent(new Event("selectionchange"));
        return [one("#take").hidden, one("#take").dataset.copy];
        """
        hidden, line = browse(html, steps, DESKTOP)
        found = re.fullmatch(r'evidence: \{start: (\d+), end: (\d+), quote: "(.*)"\}', line)
        assert not hidden
        assert found
        assert document.text[int(found[1]) : int(found[2])] == found[3]

    @pytest.mark.parametrize("size", [DESKTOP, "800,943"])
    def test_nothing_is_wider_than_the_window(self, size: str, tabled: Document, browse: Callable) -> None:
        steps = """
        const panes = ["#text", "#records"].map((name) => one(name).getBoundingClientRect().width);
        return [document.documentElement.scrollWidth > innerWidth, Math.min(...panes)];
        """
        wider, least = browse(kg.review_page(plan_of(tabled), tabled, language="en"), steps, size)
        assert not wider
        assert least >= 280

    def test_a_long_document_stays_smooth(self, browse: Callable) -> None:
        document = long_document()
        steps = """
        const chips = all(".chip");
        const start = performance.now();
        for (let at = 0; at < 40; at += 1) chips[at * 10].click();
        const choosing = (performance.now() - start) / 40;
        const box = one("#search"); box.value = "灯塔"; const before = performance.now(); input(box);
        return [chips.length, choosing, performance.now() - before];
        """
        count, choosing, searching = browse(kg.review_page(plan_of(document), document), steps, DESKTOP)
        assert count > 400
        assert choosing < 150
        assert searching < 1000


def test_a_page_of_ours_is_no_document(run: Callable, fixtures: Path, tmp_path: Path) -> None:
    for arguments in (("review", fixtures / "plan.txt"), ("view", "民政", fixtures / "plan.txt")):
        page = tmp_path / f"{arguments[0]}.html"
        assert run(*arguments, "-o", page).code == 0
        got = run("extract", page)
        assert (got.code, got.err) == (
            1,
            f"kg: {page.name}: a page that kg wrote, not a document: keep pages in another folder\n",
        )
