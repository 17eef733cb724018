"""The site of the ontology: every term has its place, every link leads somewhere, nothing comes from outside, bytes repeat."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.assets import asset
from kg.competency import not_asked
from kg.errors import OutputError
from kg.graph_files import GraphFile, ontology_files
from kg.questions import questions
from kg.site import site_files, write_site
from kg.site.alignments import standards
from kg.site.diagram import Diagram, draw
from kg.site.entries import Entries
from kg.site.example import Example, work_example
from kg.site.pages import pages
from kg.site.places import Places
from kg.site.prose import read_prose
from kg.site.vocabulary import TERM_KINDS, Language, Vocabulary
from kg.vocabulary import HOME

LANGUAGES: tuple[Language, ...] = ("zh", "en")
PAGES = {"index", "terms", "codes", "individuals", "alignments", "questions", "examples", "changes", "function"}
VOID = {"meta", "link", "br", "input", "wbr"}
REEF = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix reef: <http://reef.example/> .
@prefix resp: <https://w3id.org/policy-responsibility/ontology#> .
@prefix bait: <https://w3id.org/policy-responsibility/bait/> .
"""


@dataclass
class Seen(HTMLParser):
    """What a page holds: anchors, links, attributes, tags that stay open, and the text of each element with an anchor."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
            self.texts[given["id"]] = ""
        if "href" in given:
            self.links.append(given["href"])
        self.sources += [given[name] for name in ("src", "action", "srcset", "data", "poster") if name in given]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append((tag, given.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:  # within a drawing
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1][0] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, name in self.open:
            if name:
                self.texts[name] += data


def see(html: str) -> Seen:
    seen = Seen()
    seen.feed(html)
    seen.close()
    assert seen.open == []
    return seen


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return site_files()


@pytest.fixture(scope="module")
def seen(files: dict[str, str]) -> dict[str, Seen]:
    return {name: see(text) for name, text in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(files=ontology_files())


@pytest.fixture(scope="module")
def places(vocabulary: Vocabulary) -> Places:
    return Places(vocabulary=vocabulary)


@pytest.fixture(scope="module")
def example() -> Example:
    return work_example()


@pytest.fixture(scope="module", params=LANGUAGES)
def entries(request: pytest.FixtureRequest, vocabulary: Vocabulary, places: Places, example: Example) -> Entries:
    return Entries(
        vocabulary=vocabulary,
        places=places,
        language=request.param,
        questions=questions(),
        shown=example.triples,
    )


def reef(text: str) -> Entries:
    """The entries of an invented ontology."""
    parser = parse(input=(REEF + text).encode(), format=RdfFormat.TURTLE)
    triples = tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in parser)
    known = Vocabulary(files=(GraphFile(name="reef.ttl", triples=triples, prefixes=dict(parser.prefixes)),))
    return Entries(vocabulary=known, places=Places(vocabulary=known), language="en", questions=(), shown=())


# ---- The whole site


def test_both_languages_have_the_same_pages(files: dict[str, str]) -> None:
    for language in LANGUAGES:
        pages = {PurePosixPath(name).stem for name in files if name.startswith(f"{language}/")}
        assert pages >= PAGES
    assert {name.partition("/")[2] for name in files if name.startswith("zh/")} == {
        name.partition("/")[2] for name in files if name.startswith("en/")
    }


def test_a_second_run_gives_equal_bytes(files: dict[str, str]) -> None:
    assert site_files() == files


def test_every_anchor_is_there_once(seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        assert [anchor for anchor, count in Counter(page.ids).items() if count > 1] == [], name


def test_every_link_leads_to_a_file_and_an_anchor_of_the_site(files: dict[str, str], seen: dict[str, Seen]) -> None:
    checked = 0
    for name, page in seen.items():
        for link in page.links:
            path, _, anchor = unquote(link).partition("#")
            parts = (
                [*PurePosixPath(name).parent.parts, *PurePosixPath(path).parts]
                if path
                else list(PurePosixPath(name).parts)
            )
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            target = "/".join(parts)
            assert target in files, (name, link)
            assert not anchor or anchor in seen[target].ids, (name, link)
            checked += 1
    assert checked > 1000


def test_nothing_comes_from_outside(files: dict[str, str], seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        assert page.sources == [], name
        assert not [link for link in page.links if ":" in link.partition("#")[0]], name
        code = " ".join(re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", files[name], re.DOTALL))
        assert code
        assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest|import\(", code), name
        assert "default-src 'none'" in files[name]


def test_pages_are_named_and_headed_in_order(files: dict[str, str], seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        assert page.headings[0] == "h1", name
        assert page.headings.count("h1") == 1, name
        levels = [int(heading[1]) for heading in page.headings]
        assert all(after <= before + 2 for before, after in pairwise(levels)), name
        assert re.search(r"<title>[^<]+</title>", files[name])
        language = "zh-CN" if name.startswith("zh/") else "en"
        assert f'<html lang="{language}">' in files[name]


def test_each_page_leads_to_itself_in_the_other_language(seen: dict[str, Seen]) -> None:
    for name, page in seen.items():
        if "/" in name:
            language, _, file = name.partition("/")
            assert f"../{'en' if language == 'zh' else 'zh'}/{file}" in page.links


# ---- Terms


def test_every_node_of_ours_has_an_anchor_and_its_label_there(
    vocabulary: Vocabulary, places: Places, seen: dict[str, Seen]
) -> None:
    nodes = {
        triple.subject
        for file in vocabulary.files
        for triple in file.triples
        if str(triple.subject).startswith(f"<{HOME}")
    }
    assert len(nodes) > 300
    for node in nodes:
        page, _, anchor = places.links[node].partition("#")
        for language in LANGUAGES:
            text = seen[f"{language}/{page}"].texts[anchor]
            label = vocabulary.label(node, language)
            assert label in text or node in vocabulary.schemes, (node, language)


def test_terms_of_a_hash_namespace_share_a_page_so_that_a_redirect_keeps_their_fragment(
    vocabulary: Vocabulary, places: Places
) -> None:
    for terms in vocabulary.terms.values():
        for term in terms:
            assert places.links[term] == f"terms.html#{term.value.partition('#')[2]}"


def test_a_term_shows_all_that_its_file_says(entries: Entries, seen: dict[str, Seen]) -> None:
    known, language = entries.vocabulary, entries.language
    for kind in TERM_KINDS:
        for term in known.terms[kind]:
            text = seen[f"{language}/terms.html"].texts[entries.places.anchor(term)]
            assert known.text(term, "skos:definition", language) in text, term
            assert term.value in text
            for curie in ("rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf"):
                for node in known.nodes(term, curie):
                    assert known.label(node, language) in text, (term, curie)
            for example in known.texts(term, "skos:example", language):
                assert example in text


def test_a_property_of_the_example_is_shown_by_its_first_triple(entries: Entries) -> None:
    shown = {
        term.name: "".join(piece.text for piece in term.shown) for kind in TERM_KINDS for term in entries.terms(kind)
    }
    assert shown["leadDepartment"] == "task:贝政办发-2031-7_1-1-1 resp:leadDepartment body:贝壳区_civil-affairs ."
    assert shown["Responsibility"].startswith("duty:贝政办发-2031-7_1-1-1_d1 a resp:Responsibility ;\n    resp:task ")
    assert shown["notLabel"] == ""


def test_a_term_names_the_queries_that_use_it(entries: Entries) -> None:
    used = {term.name: term.used for term in entries.terms("owl:ObjectProperty")}
    assert "lead-and-support" in used["leadDepartment"]
    assert "due-by" in used["deadline"]
    assert all("due-by" not in used[name] for name in ("indicatorValue", "formerBody"))


UNSTATED = {
    "resp:Body", "resp:Fact", "resp:Figure", "resp:WorkItem", "resp:answeringBody", "resp:bears", "resp:concerns",
    "resp:hasResponsibility", "resp:valueOf",
}  # fmt: skip


def test_a_term_without_triples_before_reasoning_says_so(entries: Entries, seen: dict[str, Seen]) -> None:
    terms = [term for kind in TERM_KINDS for term in entries.terms(kind)]
    assert {term.curie for term in terms if not term.stated} == UNSTATED
    told = {"zh": "未经推理没有三元组", "en": "No triples without reasoning"}[entries.language]
    texts = seen[f"{entries.language}/terms.html"].texts
    assert {term.curie for term in terms if told in texts[term.anchor]} == UNSTATED


def test_a_term_that_no_question_needs_says_why(entries: Entries, seen: dict[str, Seen]) -> None:
    pages = {name: seen[f"{entries.language}/{name}.html"] for name in ("questions", "terms")}
    reasons = not_asked(entries.language)
    assert len(reasons) > 10
    for term, reason in reasons.items():
        if term.startswith("resp:"):
            assert reason in pages["terms"].texts[term.removeprefix("resp:")]
    assert "not-asked" in pages["questions"].ids


def test_the_not_asked_terms_stand_on_the_page_of_questions(files: dict[str, str]) -> None:
    for language in LANGUAGES:
        for reason in not_asked(language).values():
            assert reason in unescape(files[f"{language}/questions.html"])


def test_a_long_list_of_queries_is_folded(files: dict[str, str]) -> None:
    page = files["en/terms.html"]
    assert re.search(r"<details><summary>\d+ queries</summary>", page)
    long = re.findall(
        r'(?s)(<details><summary>\d+ queries</summary>\s*)?<ul class="refs">((?:<li><a href="questions[^<]*</a></li>)+)',
        page,
    )
    assert all(bool(fold) == (items.count("<li>") > 5) for fold, items in long)


def test_the_guide_stands_on_the_site_and_pages_lead_to_it(files: dict[str, str], seen: dict[str, Seen]) -> None:
    for language in LANGUAGES:
        guide = files[f"{language}/guide.html"]
        assert "How things hang together" in guide
        assert "terms.html#parentRegion" in seen[f"{language}/guide.html"].links
        assert "questions.html#not-asked" in seen[f"{language}/guide.html"].links
        assert "answer --" not in guide
        for page in ("index", "terms", "questions"):
            assert seen[f"{language}/{page}.html"].links.count("guide.html") >= 2, (
                "in the list of pages, and in the text"
            )


def test_terms_without_a_name_are_written_as_owl_writes_them() -> None:
    made = reef(
        """resp:Keeper a owl:Class ; rdfs:label "keeper"@en ;
             rdfs:subClassOf [ a owl:Restriction ; owl:onProperty resp:tends ; owl:someValuesFrom reef:Lamp ] ,
                             [ a owl:Restriction ; owl:onProperty resp:tends ; owl:hasValue reef:one ] .
           resp:tends a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:domain [ owl:unionOf ( resp:Keeper reef:Crab ) ] ;
             rdfs:range [ owl:oneOf ( "red" "green" ) ] ; skos:scopeNote "at night"@en ."""
    )
    keeper = made.terms("owl:Class")[0]
    assert [(word, [ref.text for ref in refs]) for word, refs in keeper.facts] == [
        ("superclasses", ["resp:tends some reef:Lamp", "resp:tends value reef:one"])
    ]
    tends = made.terms("owl:ObjectProperty")[0]
    assert dict(tends.facts)["domain"][0].text == "(resp:Keeper ⊔ reef:Crab)"
    assert dict(tends.facts)["range"][0].text == '{"red" , "green"}'
    assert (tends.traits, tends.notes, tends.label) == (("FunctionalProperty",), ("at night",), "resp:tends")


# ---- Code lists, individuals, alignments


def test_a_concept_stands_below_its_broader_one_and_a_circle_loses_none() -> None:
    made = reef(
        """bait:list a skos:ConceptScheme . bait:worm a skos:Concept ; skos:inScheme bait:list ; skos:broader bait:live .
           bait:live a skos:Concept ; skos:inScheme bait:list . bait:fly a skos:Concept ; skos:inScheme bait:list .
           bait:a a skos:Concept ; skos:inScheme bait:list ; skos:broader bait:b .
           bait:b a skos:Concept ; skos:inScheme bait:list ; skos:broader bait:a ."""
    )
    scheme = made.scheme(made.vocabulary.schemes[0])
    told = [(concept.notation, concept.depth) for concept in scheme.concepts]
    assert told == [("live", 0), ("worm", 1), ("fly", 0), ("a", 0), ("b", 1)]


def test_the_functions_have_a_page_that_can_be_searched(files: dict[str, str], seen: dict[str, Seen]) -> None:
    for language in LANGUAGES:
        page = files[f"{language}/function.html"]
        assert 'type="search"' in page
        row = seen[f"{language}/function.html"].texts["function-civil-affairs"]
        assert all(word in row for word in ("民政", "Civil affairs", "civil-affairs"))
        assert re.search(r"民政局", row)


def test_a_reform_tells_its_year_and_who_holds_the_work(seen: dict[str, Seen]) -> None:
    text = seen["en/individuals.html"].texts["reform-human-resources-2008"]
    assert all(word in text for word in ("2008", "personnel bureau", "Human resources and social security"))


def test_every_tie_to_a_term_of_others_is_an_alignment(entries: Entries) -> None:
    known = entries.vocabulary
    found = {(row.own.curie, row.relation, row.other) for standard in standards(entries) for row in standard.alignments}
    expected = {
        (known.curie(term), curie, known.curie(other))
        for kind in TERM_KINDS
        for term in known.terms[kind]
        for curie in ("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:seeAlso")
        for other in known.nodes(term, curie)
        if not other.value.startswith(HOME)
    }
    assert expected
    assert found >= expected


def test_every_standard_has_a_name_and_a_list_of_its_terms(entries: Entries) -> None:
    with asset("ontology", "standards.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["prefix"] for row in rows} - {""} == {path.stem for path in asset("ontology", "imports").glob("*.csv")}
    shown = [(standard.name, standard.prefix, standard.namespace) for standard in standards(entries)]
    named = [(row["name"], row["prefix"], row["namespace"]) for row in rows]
    assert shown == [row for row in named if row in shown]
    aligned = {row["prefix"] for row in rows[:16]}
    assert (
        {prefix for _, prefix, _ in shown}
        == aligned
        == {
            *("eli", "eli-dl", "p-plan", "cv", "org", "prov", "oa", "skos"),
            *("dct", "qb", "time", "dcat", "sdgo", "qudt", "unit", ""),
        }
    )


def test_every_concept_and_individual_shows_its_example(entries: Entries, seen: dict[str, Seen]) -> None:
    known, places = entries.vocabulary, entries.places
    pages = {
        language: "".join(seen[f"{language}/{p}.html"].texts["main"] for p in ("codes", "function", "individuals"))
        for language in LANGUAGES
    }
    nodes = [node for node in places.links if known.texts(node, "skos:notation", "") or "/reform/" in node.value]
    assert len(nodes) > 280
    for node in nodes:
        for language in LANGUAGES:
            (example,) = known.texts(node, "skos:example", language)
            assert example in pages[language], node


def test_names_are_those_of_bodies_only_where_bodies_bear_them(files: dict[str, str]) -> None:
    assert "机构名称" in files["zh/function.html"]
    indicators = files["zh/codes.html"].partition('id="indicator-concept"')[2].partition("<h2")[0]
    assert "其他名称" in indicators
    assert "机构名称" not in indicators


def test_an_alignment_may_go_either_way_and_says_what_differs() -> None:
    made = reef(
        """resp:Task a owl:Class ; rdfs:seeAlso reef:Chore , <http://reef.example.org/part2.html> ;
             rdfs:comment "reef:Chore: ours has a number."@en , "Reef, part 2: an element of XML."@en .
           reef:Net rdfs:subClassOf resp:Task ."""
    )
    rows = [row for standard in standards(made) for row in standard.alignments]
    assert [(row.other, row.relation, row.backward, row.note) for row in rows] == [
        ("http://reef.example.org/part2.html", "rdfs:seeAlso", False, "Reef, part 2: an element of XML."),
        ("reef:Net", "rdfs:subClassOf", True, ""),
        ("reef:Chore", "rdfs:seeAlso", False, "ours has a number."),
    ]


def test_a_change_note_is_told() -> None:
    made = reef(
        """resp:Task a owl:Class ; rdfs:label "task"@en ; skos:changeNote "Lamps are tasks too."@en .
           resp:Ebb a owl:Class ; owl:deprecated true ."""
    )
    empty = Example(text="", facts="@prefix a: <b> .\n", evidence="@prefix a: <b> .\n", triples=(), asked=())
    page = dict(pages(made, empty))["changes.html"]
    assert "Lamps are tasks too." in page
    assert "owl:deprecated true" in page


def test_prose_is_parted_into_blocks_whose_code_leads_to_terms(places: Places) -> None:
    text = (
        "# Tides\n\nSee `resp:Task`, **ebb** and [flood](flood.md)\nor [reef](reef.md).\n\n"
        "- one `x`\n- two\n\n  more\n  - inner\n\n| a | b |\n|---|---|\n| 1 | <b> |\n\n```\ncode\n```\n"
    )
    blocks = read_prose(text, places, {"flood.md": "flood.html"})
    told = [
        (block.kind, [["".join(s.text for s in part) for part in line] for line in block.lines]) for block in blocks
    ]
    assert told == [
        ("h1", [["Tides"]]),
        ("p", [["See resp:Task, ebb and flood\nor reef."]]),
        ("ul", [["one x"], ["two", "more"], ["inner"]]),
        ("table", [["a", "b"], ["1", "<b>"]]),
        ("pre", [["code\n"]]),
    ]
    marked = [(span.text, span.mark, span.link) for span in blocks[1].lines[0][0] if span.mark or span.link]
    assert marked == [("resp:Task", "code", "terms.html#Task"), ("ebb", "strong", ""), ("flood", "", "flood.html")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("灯塔\n亮了", "灯塔亮了"),
        ("灯塔、\nSDG", "灯塔、SDG"),
        ("`resp:Task`\n（任务）", "resp:Task（任务）"),
        ("灯塔\nlamp", "灯塔\nlamp"),
        ("a lamp\nlit", "a lamp\nlit"),
        ("`a`\n`b`", "a\nb"),
    ],
)
def test_a_line_of_chinese_goes_on_without_a_space(text: str, told: str, places: Places) -> None:
    (block,) = read_prose(text, places, {})
    assert "".join(span.text for span in block.lines[0][0]) == told


def test_the_requirements_have_a_page_in_each_language(files: dict[str, str]) -> None:
    for language, name in (("zh", "specification.zh-CN.md"), ("en", "specification.md")):
        path = asset("ontology") / "requirements" / name
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings
        assert all(f"<h2>{heading}</h2>" in files[f"{language}/requirements.html"] for heading in headings)


def test_the_change_log_has_a_page_in_each_language(seen: dict[str, Seen]) -> None:
    for language, name, other in (("zh", "CHANGES.zh-CN.md", "CHANGES.md"), ("en", "CHANGES.md", "CHANGES.zh-CN.md")):
        text = " ".join(seen[f"{language}/changes.html"].texts["main"].split())
        for file, wanted in ((name, True), (other, False)):
            last = asset("ontology", file).read_text(encoding="utf-8").strip().rpartition("\n\n")[2]
            assert (" ".join(last.split()) in text) is wanted, (language, file)


def test_every_row_of_the_migration_table_is_there(seen: dict[str, Seen]) -> None:
    path = asset("ontology") / "migration.csv"
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    for language in LANGUAGES:
        text = seen[f"{language}/changes.html"].texts["main"]
        assert all(row.split(",")[1] in text for row in rows)


# ---- The diagram


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


@pytest.fixture(scope="module")
def diagram(entries: Entries) -> Diagram:
    return draw(entries.vocabulary, entries.places, entries.language)


def test_every_class_with_a_relation_is_drawn_and_no_two_boxes_meet(entries: Entries, diagram: Diagram) -> None:
    known = entries.vocabulary
    classes = known.terms["owl:Class"]
    tied = {c for c in classes if set(classes).intersection(known.nodes(c, "rdfs:subClassOf"))}
    tied |= {c for p in known.terms["owl:ObjectProperty"] for c in known.nodes(p, "rdfs:domain") if c in classes}
    assert {box.name for box in diagram.boxes} >= {known.curie(c) for c in tied}
    for at, one in enumerate(diagram.boxes):
        assert 0 <= one.x <= one.x + one.width <= diagram.width
        assert 0 <= one.y <= one.y + one.height <= diagram.height
        for other in diagram.boxes[at + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y, (one.name, other.name)


def test_every_line_begins_and_ends_at_the_edge_of_its_box(diagram: Diagram) -> None:
    boxes = {box.name: box for box in diagram.boxes}
    assert len(diagram.lines) > 15
    for line in diagram.lines:
        names = re.findall(r"resp:\w+", line.title)
        first, last = points(line.path)[0], points(line.path)[-1]
        for (x, y), box in ((first, boxes[names[0]]), (last, boxes[names[-1]])):
            assert min(abs(x - box.x), abs(x - box.x - box.width)) < 0.2, line.title
            assert box.y <= y <= box.y + box.height, line.title


def test_a_class_stands_left_of_what_its_properties_lead_to() -> None:
    made = reef(
        "".join(f"resp:{name} a owl:Class . " for name in ("Boat", "Net", "Crab", "Eel"))
        + """resp:throws a owl:ObjectProperty ; rdfs:domain resp:Boat ; rdfs:range resp:Net .
             resp:holds a owl:ObjectProperty ; rdfs:domain resp:Net ; rdfs:range resp:Crab .
             resp:heldIn a owl:ObjectProperty ; rdfs:domain resp:Crab ; rdfs:range resp:Net ; owl:inverseOf resp:holds .
             resp:pinches a owl:ObjectProperty ; rdfs:domain resp:Crab ; rdfs:range resp:Boat .
             resp:Eel rdfs:subClassOf resp:Crab ."""
    )
    drawn = draw(made.vocabulary, made.places, "en")
    left = {box.name: box.x for box in drawn.boxes}
    assert left["resp:Boat"] < left["resp:Net"] < left["resp:Crab"]
    assert left["resp:Eel"] < left["resp:Crab"]
    told = {line.title: line.kind for line in drawn.lines}
    assert told == {
        "resp:Boat — resp:throws → resp:Net": "relation",
        "resp:Net — resp:holds → resp:Crab": "relation",
        "resp:Crab — resp:pinches → resp:Boat": "relation",
        "resp:Eel ⊑ resp:Crab": "above",
    }
    rows = {row.label: row.kind for box in drawn.boxes for row in box.rows}
    assert rows["resp:heldIn"] == "resp:Net", "its inverse has the line"


# ---- Example, words, questions

ANSWERS = {
    "1-tasks-and-leads": [
        ("一/(一)/1", "修复旧灯塔", "贝壳区民政局", "2033-12-31"),
        ("一/(一)/2", "巡查雾笛", "", ""),
        ("一/(二)/1", "建设避风港", "贝壳区农业农村局", "2032-06-30"),
        ("一/(二)/2", "培训守塔人", "贝壳区人力资源社会保障局", ""),
    ],
    "2-duties": [
        ("修复旧灯塔", "lead", "贝壳区民政局", "区民政局"),
        ("修复旧灯塔", "support", "贝壳区住房城乡建设局", "区住房城乡建设局"),
        ("修复旧灯塔", "support", "贝壳区财政局", "区财政局"),
        ("巡查雾笛", "responsible", "贝壳区各镇人民政府", "各镇人民政府"),
        ("巡查雾笛", "responsible", "贝壳区应急管理局", "区应急管理局"),
        ("建设避风港", "lead", "贝壳区农业农村局", "区农业农村局"),
        ("建设避风港", "responsible", "贝壳区交通运输局", "区交通运输局"),
        ("培训守塔人", "lead", "贝壳区人力资源社会保障局", "区人力资源社会保障局"),
        ("培训守塔人", "support", "贝壳区教育局", "区教育局"),
    ],
    "4-targets": [
        ("渔港监控覆盖率", "expected", "60", "=", "90", "2033"),
        ("灯塔亮灯率", "binding", "82", ">=", "95", "2033"),
    ],
    "6-open-lists": [("一/(二)/1", "建设避风港", "2")],
}


def test_the_questions_of_the_example_have_their_answers(example: Example) -> None:
    found = {asked.question.name: asked.answer.strings() for asked in example.asked}
    assert set(found) == {path.stem for path in asset("queries", "examples").glob("*.rq")}
    assert {name: found[name] for name in ANSWERS} == ANSWERS
    assert all(found.values())
    for _, start, end, words in found["3-sentences"]:
        assert example.text[int(start) : int(end)] == words


def test_every_question_of_the_example_says_what_it_asks_and_gives(example: Example) -> None:
    for asked in example.asked:
        assert asked.question.question_en.endswith("?")
        assert asked.question.question_zh.endswith("？")
        assert [column.name for column in asked.question.columns] == list(asked.answer.columns)


def test_the_answers_stand_on_the_page(seen: dict[str, Seen]) -> None:
    for language in LANGUAGES:
        text = seen[f"{language}/examples.html"].texts["1-tasks-and-leads"]
        assert "贝壳区农业农村局" in text
        assert "resp:leadDepartment" in text


def test_every_competency_question_is_there_with_its_stored_answer(seen: dict[str, Seen]) -> None:
    stored = sorted((asset("ontology") / "requirements" / "results").glob("*.csv"))
    for path in stored:
        for language in LANGUAGES:
            header, *rows = path.read_text(encoding="utf-8").splitlines()
            shown = header.split(",") if rows else [{"zh": "没有结果。", "en": "No row."}[language]]
            assert all(text in seen[f"{language}/questions.html"].texts[path.stem] for text in shown), path


def test_every_named_question_is_there_in_its_language(seen: dict[str, Seen]) -> None:
    for question in questions():
        assert question.question_zh in seen["zh/questions.html"].texts[question.name]
        assert question.question_en in seen["en/questions.html"].texts[question.name]
        for part in (*question.parameters, *question.columns):
            assert " ".join(part.text_zh.split()) in seen["zh/questions.html"].texts[question.name]
            assert " ".join(part.text.split()) in seen["en/questions.html"].texts[question.name]


def test_both_languages_have_all_words_and_pages_use_each() -> None:
    words = json.loads(asset("visualize", "site/words.json").read_text(encoding="utf-8"))
    assert list(words["zh"]) == list(words["en"])
    assert all(text.strip() for told in words.values() for text in told.values())
    code = "".join(path.read_text(encoding="utf-8") for path in asset("visualize", "site").glob("*.jinja"))
    code += "".join(
        Path(__import__(f"kg.site.{name}", fromlist=["x"]).__file__).read_text() for name in ("pages", "entries")
    )
    families = r"count_\w+|trait_\w+|relation_\w+|(Class|\w+Property)"  # looked up by what the ontology says
    unused = [word for word in words["en"] if not re.search(rf'w\.{word}\b|"{word}"', code)]
    assert [word for word in unused if not re.fullmatch(families, word)] == []


def test_code_is_cut_at_terms_only(places: Places) -> None:
    code = 'PREFIX resp: <https://w3id.org/x:y> ?w resp:leadDepartment/rdfs:label "resp:Task"@en . <http://a/resp:Task>'
    pieces = places.pieces(code)
    assert "".join(piece.text for piece in pieces) == code
    assert [(piece.text, piece.link) for piece in pieces if piece.link] == [
        ("resp:leadDepartment", "terms.html#leadDepartment")
    ]


# ---- Writing


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_command_writes_the_site_and_replaces_an_earlier_one(
    run: Callable, tmp_path: Path, files: dict[str, str]
) -> None:
    folder = tmp_path / "reef" / "site"
    got = run("docs", "-o", folder)
    assert (got.code, got.err) == (0, "")
    assert got.out == f"{folder / 'index.html'}: open it in a browser\n"
    assert tree(folder) == {name: text.encode() for name, text in files.items()}
    (folder / "zh" / "stale.html").write_text("", encoding="utf-8")
    assert run("docs", "-o", folder).code == 0
    assert tree(folder) == {name: text.encode() for name, text in files.items()}
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("held", ["notes.txt", "index.html"])
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, held: str) -> None:
    (tmp_path / held).write_text("tide table", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other files: choose another folder with -o"):
        write_site(tmp_path)
    assert tree(tmp_path) == {held: b"tide table"}


def test_a_place_that_cannot_be_written_is_told_in_one_line(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    got = run("docs", "-o", tmp_path / "file" / "site")
    assert got.code == 1
    assert len(got.complaints) == 1
    assert "cannot be written" in got.err


# ---- In a browser

MEASURE = """<script>addEventListener("load", () => {
  const wide = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest(".wide, .drawing, pre")).map((e) => e.tagName + "." + e.className);
  const search = document.getElementById("filter");
  let left = null;
  if (search) {
    search.value = "FILTER"; search.dispatchEvent(new Event("input"));
    left = document.querySelectorAll(search.dataset.filter + ":not([hidden])").length;
  }
  parent.postMessage({ page: location.pathname.split("/").slice(-2).join("/"), over: document.documentElement.scrollWidth > innerWidth, wide, left }, "*");
});</script></body>"""


def chromium() -> str:
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(files: dict[str, str], tmp_path: Path, width: int) -> None:
    browser = chromium()
    names = sorted(name for name in files if name.endswith(".html") and "/" in name)
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        word = "民政" if name.startswith("zh/") else "civil"
        path.write_text(text.replace("</body>", MEASURE.replace("FILTER", word)), encoding="utf-8")
    frames = "".join(f'<iframe src="{name}" style="width:{width}px;height:800px"></iframe>' for name in names)
    collect = f"""<script>const told = []; addEventListener("message", (event) => {{ told.push(event.data);
        if (told.length === {len(names)}) document.body.dataset.told = JSON.stringify(told); }});</script>"""
    door = tmp_path / "frames.html"
    door.write_text(
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{collect}</head><body>{frames}</body></html>',
        encoding="utf-8",
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=20000"]
    command = [
        browser,
        *flags,
        "--allow-file-access-from-files",
        f"--user-data-dir={tmp_path / 'home'}",
        "--dump-dom",
        door.as_uri(),
    ]
    dom = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode()
    told = json.loads(next(_told(dom)))
    assert len(told) == len(names)
    assert [(row["page"], row["wide"][:3]) for row in told if row["over"] or row["wide"]] == []
    left = {row["page"]: row["left"] for row in told}
    assert 0 < left["zh/function.html"] < 20
    assert 0 < left["en/function.html"] < 20


def _told(dom: str) -> Iterator[str]:
    class Body(HTMLParser):
        told: str | None = None

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "body":
                self.told = dict(attrs).get("data-told")

    body = Body()
    body.feed(dom)
    assert body.told, "the pages did not come to their report"
    yield body.told
