"""A DOCX file gives the lines and tables that Word prints; a damaged, encrypted or harmful one gives one clear error."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.documents.docx import read_docx
from kg.documents.fields import Fields
from kg.documents.formats import Format, format_of
from kg.documents.numerals import numeral
from kg.documents.parts import Grid, GridCell, Line
from kg.documents.table import ColumnKind, Table
from kg.errors import ReadError
from kg.records import Plan

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def archive(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return buffer.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    return (
        f'<Relationships xmlns="{RELATIONS}">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(targets.items())
        )
        + "</Relationships>"
    )


def package(body: str, **others: str) -> dict[str, str | bytes]:
    """The parts of a Word document with this body; others are styles, numbering, footnotes and endnotes."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in others}),
        **{f"word/{kind}.xml": f"<w:{kind} {SPACES}>{inner}</w:{kind}>" for kind, inner in others.items()},
    }


def word(body: str, **others: str) -> bytes:
    return archive(package(body, **others))


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') or not inner else r(inner)}</w:p>"


def lines(data: bytes) -> list[str]:
    parts = read_docx(data, "plan.docx").parts
    assert all(isinstance(part, Line) for part in parts)
    return [part.text for part in parts if isinstance(part, Line)]


def grids(data: bytes) -> list[Grid]:
    return [part for part in read_docx(data, "plan.docx").parts if isinstance(part, Grid)]


BOX = "<w:txbxContent>{}</w:txbxContent>"
PAGE_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'

INLINE = {
    "runs are one text": (p(r("修缮") + r("灯塔", "<w:b/>")), ["修缮灯塔"]),
    "an empty paragraph is a blank line": (p("") + p("灯塔"), ["", "灯塔"]),
    "a soft break begins a line": (p("<w:r><w:t>灯塔</w:t><w:br/><w:t>渔网</w:t></w:r>"), ["灯塔", "渔网"]),
    "a carriage return begins a line": (p("<w:r><w:t>灯塔</w:t><w:cr/><w:t>渔网</w:t></w:r>"), ["灯塔", "渔网"]),
    "a page break cuts nothing": (
        p(
            '<w:r><w:t>灯</w:t><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>塔</w:t><w:br w:type="column"/></w:r>'
        ),
        ["灯塔"],
    ),
    "a tab stays inside a line": (p("<w:r><w:tab/><w:t>灯塔</w:t><w:tab/><w:t>渔网</w:t></w:r>"), ["灯塔\t渔网"]),
    "a hyphen that does not break": (p("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5座</w:t></w:r>"), ["3-5座"]),
    "a soft hyphen is nothing": (p("<w:r><w:t>灯</w:t><w:softHyphen/><w:t>塔</w:t></w:r>"), ["灯塔"]),
    "a sign of the Symbol font": (
        p('<w:r><w:t>完好率</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>'),
        ["完好率≥95%"],
    ),
    "an ornament is left out": (p('<w:r><w:sym w:font="Wingdings" w:char="F0D8"/><w:t>灯塔</w:t></w:r>'), ["灯塔"]),
    "a sign with a code that is none": (p('<w:r><w:sym w:font="宋体" w:char="灯"/><w:t>灯塔</w:t></w:r>'), ["灯塔"]),
    "a hyperlink": (p(f'<w:hyperlink w:anchor="a">{r("灯塔")}</w:hyperlink>'), ["灯塔"]),
    "a smart tag": (p(f"<w:smartTag><w:smartTagPr/>{r('灯塔')}</w:smartTag>"), ["灯塔"]),
    "a content control in a line": (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('灯塔')}</w:sdtContent></w:sdt>"), ["灯塔"]),
    "a content control around paragraphs": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('灯塔')}{p('渔网')}</w:sdtContent></w:sdt>",
        ["灯塔", "渔网"],
    ),
    "the hint of an empty content control": (
        p(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>{r('灯塔')}"
        ),
        ["灯塔"],
    ),
    "inserted text is kept and deleted text dropped": (
        p(f"<w:ins>{r('灯')}</w:ins><w:del><w:r><w:delText>渔网</w:delText></w:r></w:del>{r('塔')}"),
        ["灯塔"],
    ),
    "moved text stands where it was moved to": (
        p(f"<w:moveFrom>{r('渔网')}</w:moveFrom><w:moveTo>{r('灯塔')}</w:moveTo>"),
        ["灯塔"],
    ),
    "a paragraph whose mark was deleted runs on": (p("修缮", "<w:rPr><w:del/></w:rPr>") + p("灯塔"), ["修缮灯塔"]),
    "a last paragraph whose mark was deleted": (p("修缮灯塔", "<w:rPr><w:del/></w:rPr>"), ["修缮灯塔"]),
    "a heading that runs into its text": (
        p("修缮。", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("修缮灯塔。"),
        ["修缮。修缮灯塔。"],
    ),
    "a large initial": (p("灯", '<w:framePr w:dropCap="drop"/>') + p("塔三十座"), ["灯塔三十座"]),
    "hidden text": (p(r("灯塔") + r("渔网", "<w:vanish/>")), ["灯塔"]),
    "text that is expressly not hidden": (p(r("灯塔", '<w:vanish w:val="0"/>')), ["灯塔"]),
    "a comment": (p(f'<w:commentRangeStart w:id="1"/>{r("灯塔")}<w:r><w:commentReference w:id="1"/></w:r>'), ["灯塔"]),
    "a formula": (p(f"{r('完好率')}<m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath>"), ["完好率≥95%"]),
    "reading aids above a word": (
        p(f"<w:r><w:ruby><w:rt>{r('deng')}</w:rt><w:rubyBase>{r('灯')}</w:rubyBase></w:ruby></w:r>{r('塔')}"),
        ["灯塔"],
    ),
    "one branch of alternatives": (
        p(
            f"{r('灯塔')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>甲</w:t></mc:Choice>"
            f"<mc:Fallback><w:t>乙</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["灯塔甲"],
    ),
    "the fallback where there is no choice": (
        p("<w:r><mc:AlternateContent><mc:Fallback><w:t>灯塔</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
        ["灯塔"],
    ),
    "the result of a field, not its instruction": (p(PAGE_FIELD.format("REF _Ref1 \\h", r("灯塔"))), ["灯塔"]),
    "a simple field": (p(f'<w:fldSimple w:instr="TITLE">{r("灯塔")}</w:fldSimple>'), ["灯塔"]),
    "a page number in a line": (p(r("灯塔") + PAGE_FIELD.format(" PAGE ", r("7"))), ["灯塔"]),
    "a field that is never ended hides one line at most": (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("渔网")) + p("灯塔"),
        ["", "灯塔"],
    ),
    "a circle around a number": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,11)</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("灯塔")
        ),
        ["⑪灯塔"],
    ),
    "a line of contents without its page": (
        p(
            f"<w:hyperlink>{r('一、重点任务')}<w:r><w:tab/></w:r>{PAGE_FIELD.format(' PAGEREF _Toc1 ', r('7'))}</w:hyperlink>",
        ),
        ["一、重点任务"],
    ),
    "a line of contents typed by hand": (
        p(
            f"{r('一、重点任务')}<w:r><w:tab/></w:r>{r('- 7 -')}",
            '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8"/></w:tabs>',
        ),
        ["一、重点任务"],
    ),
    "a drawn text box, once, before the words that it stands beside": (
        p(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{BOX.format(p('雾灯市文件') + p('贝政发〔2031〕5号'))}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            f"<v:textbox>{BOX.format(p('雾灯市文件'))}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{r('灯塔')}"
        ),
        ["雾灯市文件", "贝政发〔2031〕5号", "灯塔"],
    ),
    "an old text box inside a sentence does not cut it": (
        p(f"{r('修缮')}<w:r><w:pict><v:textbox>{BOX.format(p('渔网'))}</v:textbox></w:pict></w:r>{r('灯塔')}"),
        ["修缮灯塔", "渔网"],
    ),
    "elements that nobody knows": (f"<w:strange>{p('灯塔')}</w:strange><w:bookmarkStart/>", ["灯塔"]),
}


@pytest.mark.parametrize("kind", INLINE)
def test_a_paragraph_is_read_as_it_is_printed(kind: str) -> None:
    body, printed = INLINE[kind]
    assert lines(word(body)) == printed


def test_styles_hide_text_and_mark_contents() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="i"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = (
        p(r("渔网", '<w:rStyle w:val="i"/>') + r("灯塔", '<w:rStyle w:val="none"/>'))
        + p("渔网", '<w:pStyle w:val="q"/>')
        + p(f"{r('一、灯塔')}<w:r><w:tab/></w:r>{r('12')}", '<w:pStyle w:val="t"/>')
        + p("一圈样式", '<w:pStyle w:val="a"/>')
    )
    assert lines(word(body, styles=styles)) == ["灯塔", "", "一、灯塔", "一圈样式"]


def test_notes_follow_the_text_in_the_order_in_which_it_names_them() -> None:
    notes = "".join(
        f'<w:footnote w:id="{at}">{p("<w:r><w:footnoteRef/></w:r>" + r(text)) + p("又一段")}</w:footnote>'
        for at, text in enumerate(("没有引用", "灯塔完好率", "海雾率"))
    )
    ends = f'<w:endnote w:id="1">{p("渔网率")}</w:endnote>'
    body = p(
        f'{r("海雾率")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
        f'{r("和完好率")}<w:r><w:footnoteReference w:id="1"/><w:footnoteReference w:id="9"/></w:r>{r("95%。")}'
    )
    assert lines(word(body, footnotes=notes, endnotes=ends)) == [
        "海雾率和完好率95%。",
        "[1] 海雾率 又一段",
        "[2] 灯塔完好率 又一段",
        "[3] 渔网率",
    ]


def test_a_note_is_no_part_of_a_task(fixtures: Path) -> None:
    plan = (fixtures / "plan.txt").read_text().partition("\n联系人")[0]
    body = "".join(map(p, plan.splitlines()))
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{p("完好率：到2036年，不低于99%，由区民政局牵头。")}</w:footnote>'
    without = kg.extract(kg.read(word(body), name="plan.docx"))
    noted = kg.extract(kg.read(word(body.replace("修缮。", f"修缮。</w:t></w:r>{mark}<w:r><w:t>"), footnotes=note)))
    assert noted.tasks == without.tasks
    assert noted.commitments == without.commitments


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(list_id: int, at: int | None = None) -> str:
    place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    return f'<w:numPr>{place}<w:numId w:val="{list_id}"/></w:numPr>'


OUTLINE = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{OUTLINE}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "japaneseCounting", "第%1章")}{level(1, "decimal", "%1.%2", "<w:isLgl/>")}'
    f"{level(2, 'bullet', '·')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    f'<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="99"/></w:num>'
)

NUMBERED = {
    "levels begin again below a higher one": (
        [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (1, 3)],
        ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1.", "①"],
    ),
    "a level without its upper one": ([(1, 1), (1, 0)], ["（一）", "二、"]),
    "chapters, and figures throughout below them": (
        [(2, 0), (2, 1), (2, 0), (2, 1), (2, 2)],
        ["第一章 ", "1.1 ", "第二章 ", "2.1 ", ""],
    ),
    "another list of one definition counts on": ([(1, 0), (3, 0), (1, 0)], ["一、", "二、", "三、"]),
    "a list that begins anew": ([(1, 0), (1, 0), (4, 0), (4, 0)], ["一、", "二、", "一、", "二、"]),
    "a list with a level of its own": ([(1, 0), (5, 0)], ["一、", "II."]),
    "no list, or none that is there": ([(0, 0), (6, 0), (7, 0), (1, 10), (1, 7)], ["", "", "", "", ""]),
}


@pytest.mark.parametrize("kind", NUMBERED)
def test_the_numerals_that_word_keeps_stand_in_front(kind: str) -> None:
    places, numerals = NUMBERED[kind]
    body = "".join(p("灯塔", listed(*place)) for place in places)
    assert lines(word(body, numbering=LISTS)) == [f"{numeral}灯塔" for numeral in numerals]


def test_a_level_restarts_only_after_the_level_that_it_names() -> None:
    levels = (
        level(0, "decimal", "%1.")
        + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
        + level(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>')
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = "".join(p("灯", listed(1, at)) for at in (0, 1, 2, 1, 2, 0, 1, 2))
    assert lines(word(body, numbering=numbering)) == ["1.灯", "(1)灯", "a)灯", "(2)灯", "b)灯", "2.灯", "(3)灯", "a)灯"]


def test_numbering_comes_from_styles_their_bases_and_styles_of_lists() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:default="1" w:styleId="n"/>'
        f'<w:style w:type="paragraph" w:styleId="h1"><w:pPr>{listed(1)}</w:pPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="h2"><w:pPr>{listed(1, 1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="h2"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="off"><w:basedOn w:val="h2"/><w:pPr>{listed(0)}</w:pPr></w:style>'
        f'<w:style w:type="numbering" w:styleId="list"><w:pPr>{listed(2)}</w:pPr></w:style>'
    )
    linked = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>') + level(1, "chineseCounting", "（%2）")
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{linked}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level(0, "upperLetter", "%1.")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="list"/></w:abstractNum>'
        + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(3))
    )
    marks = ("h1", "h2", "own", "off", "n", "none", "h1", "own")
    body = "".join(p("灯", f'<w:pStyle w:val="{mark}"/>') for mark in marks) + p("灯", listed(3)) + p("灯", listed(3))
    numerals = ["一、", "（一）", "（二）", "", "", "", "二、", "（一）", "A.", "B."]
    assert lines(word(body, styles=styles, numbering=numbering)) == [f"{numeral}灯" for numeral in numerals]


def test_an_empty_paragraph_counts_and_prints_its_numeral_in_a_cell_only() -> None:
    table = f"<w:tbl>{''.join(row(p('', listed(1, 2)), p('灯塔')) for _ in range(2))}</w:tbl>"
    data = word(p("灯", listed(1, 0)) + p("", listed(1, 0)) + p("塔", listed(1, 0)) + table, numbering=LISTS)
    parts = read_docx(data, "plan.docx").parts
    assert [part.text for part in parts if isinstance(part, Line)] == ["一、灯", "", "三、塔"]
    assert [cell.text for grid in grids(data) for cell in grid.cells] == ["1.", "灯塔", "2.", "灯塔"]


NUMERALS = [
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一"}),
    ("chineseCountingThousand", {10: "十", 100: "一百", 101: "一百零一", 110: "一百一十", 12000: "12000"}),
    ("japaneseCounting", {3: "三", 19: "十九"}),
    ("ideographDigital", {1: "一", 10: "一〇", 23: "二三"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("ideographZodiac", {1: "子", 12: "亥"}),
    ("chineseLegalSimplified", {3: "叁", 12: "壹拾贰"}),
    ("decimal", {0: "0", 12: "12"}),
    ("decimalZero", {3: "03", 12: "12"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 50: "㊿", 51: "51"}),
    ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
    ("decimalEnclosedFullstop", {1: "⒈"}),
    ("lowerLetter", {1: "a", 26: "z", 27: "aa", 52: "zz", 0: "0"}),
    ("upperLetter", {2: "B", 28: "BB"}),
    ("lowerRoman", {4: "iv", 1990: "mcmxc", 0: "0", 5000: "5000"}),
    ("upperRoman", {9: "IX"}),
    ("bullet", {1: ""}),
    ("none", {1: ""}),
    ("a form of another world", {7: "7"}),
]


@pytest.mark.parametrize(("form", "written"), NUMERALS)
def test_numbers_are_written_as_their_form_asks(form: str, written: Mapping[int, str]) -> None:
    assert {number: numeral(number, form) for number in written} == written


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(map(cell, cells))}</w:tr>"


def cell(inner: str, properties: str = "") -> str:
    if inner.startswith("<w:tc>"):
        return inner
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def places(data: bytes) -> list[tuple[str, int, int, int, int]]:
    (grid,) = grids(data)
    return [(one.text, one.row, one.column, one.rows, one.columns) for one in grid.cells]


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES = {
    "cells that span columns and rows": (
        row(cell("甲", '<w:gridSpan w:val="2"/>'), "乙")
        + row(cell("丙", DOWN), "丁", cell("戊", DOWN))
        + row(cell("渔网", ON), "己", cell("", ON)),
        [
            ("甲", 0, 0, 1, 2),
            ("乙", 0, 2, 1, 1),
            ("丙", 1, 0, 2, 1),
            ("丁", 1, 1, 1, 1),
            ("戊", 1, 2, 2, 1),
            ("己", 2, 1, 1, 1),
        ],
    ),
    "a cell that carries on none is one of its own": (
        row("甲", "乙") + row(cell("丙", ON + '<w:gridSpan w:val="2"/>')) + row(cell("丁", ON), "戊"),
        [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 2), ("丁", 2, 0, 1, 1), ("戊", 2, 1, 1, 1)],
    ),
    "columns left out before and after": (
        row("甲", "乙", "丙") + row("丁", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 1), ("丁", 1, 1, 1, 1)],
    ),
    "cells merged beside each other in the old way": (
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"),
        [("甲", 0, 0, 1, 2), ("乙", 0, 2, 1, 1)],
    ),
    "deleted and hidden rows": (
        row("甲", "乙")
        + row("渔网", "渔网", properties="<w:del/>")
        + row("渔网", "渔网", properties="<w:hidden/>")
        + row("丙", "丁"),
        [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)],
    ),
    "paragraphs and a table inside a cell": (
        row(p("甲") + p("乙"), p("丙") + f"<w:tbl>{row('丁', '戊')}</w:tbl>" + p("己")),
        [("甲\n乙", 0, 0, 1, 1), ("丙\n丁\n戊\n己", 0, 1, 1, 1)],
    ),
    "rows and cells in content controls": (
        f"<w:sdt><w:sdtContent>{row('甲', '乙')}</w:sdtContent></w:sdt>"
        f"<w:tr><w:sdt><w:sdtContent>{cell('丙')}</w:sdtContent></w:sdt>{cell('丁')}</w:tr>",
        [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)],
    ),
    "spans that are no numbers": (
        row(
            cell("甲", '<w:gridSpan w:val="-2"/>'),
            cell("乙", '<w:gridSpan w:val="多"/>'),
            cell("丙", '<w:gridSpan w:val="9999999"/>'),
        ),
        [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 63)],
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_is_read_by_its_grid(kind: str) -> None:
    rows, cells = TABLES[kind]
    assert places(word(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")) == cells


def test_a_frame_of_one_column_is_text_and_a_table_in_it_stays_one() -> None:
    inner = f"<w:tbl>{row('甲', '乙')}</w:tbl>"
    data = word(f"<w:tbl>{row('专栏1 灯塔')}{row(p('修缮灯塔。') + inner + p('完。'))}</w:tbl><w:tbl/>")
    first, second, table, last = read_docx(data, "plan.docx").parts
    assert (first, second, last) == (Line(text="专栏1 灯塔"), Line(text="修缮灯塔。"), Line(text="完。"))
    assert table == Grid(cells=(GridCell(text="甲", row=0, column=0), GridCell(text="乙", row=0, column=1)))


def test_a_table_in_a_text_box_is_a_table() -> None:
    inner = BOX.format(f"<w:tbl>{row('甲', '乙')}</w:tbl>")
    data = word(p(f"<w:r><w:pict><v:textbox>{inner}</v:textbox></w:pict></w:r>{r('灯塔')}"))
    table, line = read_docx(data, "plan.docx").parts
    assert isinstance(table, Grid)
    assert line == Line(text="灯塔")


FILE_ONLY = {"file", "sha256", "start", "end"}


def said(plan: Plan) -> object:
    """What a plan says, but for its file and for the places and the white space in it."""

    def told(item: object, name: str = "") -> object:
        if isinstance(item, dict):
            return {key: told(value, key) for key, value in item.items() if key not in FILE_ONLY}
        if isinstance(item, list | tuple):
            return [told(value) for value in item]
        return "".join(item.split()) if name == "quote" and isinstance(item, str) else item

    return told(asdict(plan))


TABLE = [
    ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "修缮北岸灯塔", "区交通运输局", "区财政局、区应急管理局", "2033年底前"],
    ["2", "回收废旧渔网", "区农业农村局", "区生态环境局", "2032年6月底前"],
]


def with_table(text: str) -> str:
    return "\n".join([text, "附件", "贝壳区灯塔养护任务分工表", *map("\t".join, TABLE), ""])


def made_with_word(text: str) -> bytes:
    """A plan as python-docx writes it, each line a paragraph, with a table below."""
    made = docx.Document()
    for line in [*text.split("\n"), "附件", "贝壳区灯塔养护任务分工表"]:
        made.add_paragraph(line)
    table = made.add_table(len(TABLE), len(TABLE[0]))
    for cells, words in zip(table.rows, TABLE, strict=True):
        for one, text_of_one in zip(cells.cells, words, strict=True):
            one.text = text_of_one
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def numbered_by_word(text: str) -> bytes:
    """A plan whose first and second headings have their numerals from Word."""
    body = ""
    for line in text.split("\n"):
        first, second = re.match("[一二三]、", line), re.match("（[一二三]）", line)
        mark = first or second
        body += p(line[mark.end() :], listed(1, 0 if first else 1)) if mark else p(line)
    table = "".join(row(*words) for words in TABLE)
    return word(f"{body}{p('附件')}{p('贝壳区灯塔养护任务分工表')}<w:tbl>{table}</w:tbl>", numbering=LISTS)


@pytest.mark.parametrize("make", [made_with_word, numbered_by_word])
def test_a_plan_in_word_says_the_same_as_in_plain_text(make: Callable[[str], bytes], fixtures: Path) -> None:
    text = (fixtures / "plan.txt").read_text()
    plain = kg.extract(kg.read(with_table(text).encode(), name="plan.txt"))
    assert len(plain.tasks) == 6
    assert said(kg.extract(kg.read(make(text), name="plan.docx"))) == said(plain)


def test_a_table_with_merged_cells_gives_its_rows_and_groups() -> None:
    rows = (
        row(*TABLE[0])
        + row(cell("1", DOWN), "修缮北岸灯塔", cell("区交通运输局", DOWN), "区财政局", "2033年底前")
        + row(cell("", ON), "修缮南岸灯塔", cell("", ON), "区应急管理局", "2034年底前")
    )
    document = kg.read(word(p("贝壳区灯塔养护任务分工表") + f"<w:tbl>{rows}</w:tbl>"), name="plan.docx")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [body.text for one in table.rows if (body := table.cell(one, ColumnKind.BODY))] == ["区交通运输局"] * 2
    assert len(table.rows) == 2


def test_contents_are_no_tasks(fixtures: Path) -> None:
    text = (fixtures / "plan.txt").read_text()
    names = [line.partition("。")[0] for line in text.split("\n") if re.match("[一二三]、|（", line)]
    contents = "".join(
        p(f"{r(name)}<w:r><w:tab/></w:r>{PAGE_FIELD.format(f'PAGEREF _Toc{at}', r(str(at)))}")
        for at, name in enumerate(names, start=1)
    )
    head, _, rest = text.partition("根据《")
    data = word("".join(map(p, head.split("\n"))) + contents + "".join(map(p, f"根据《{rest}".split("\n"))))
    found, wanted = (kg.extract(kg.read(one)) for one in (data, text.encode()))
    assert len(names) == 7
    assert [task.number for task in found.tasks] == [task.number for task in wanted.tasks]
    assert not found.unread


def test_strict_files_and_bodies_of_another_name_are_read() -> None:
    parts = package(p("灯塔", listed(1, 0)), numbering=LISTS)
    strict = {name: str(text).replace(W, STRICT) for name, text in parts.items()}
    assert lines(archive(strict)) == ["一、灯塔"]
    moved = {
        "[Content_Types].xml": TYPES.replace("word/document", "text/Main"),
        "_rels/.rels": relations({"officeDocument": "/text/Main.xml"}),
        "TEXT\\main.xml": parts["word/document.xml"],
        "text/_rels/Main.xml.rels": relations({"numbering": "../lists/n.xml", "styles": "../../../styles.xml"}),
        "lists/n.xml": parts["word/numbering.xml"],
        "styles.xml": f"<w:styles {SPACES}/>",
    }
    assert lines(archive(moved)) == ["一、灯塔"]
    assert format_of(archive(moved), "plan.bin") is Format.DOCX


def test_a_package_without_relations_or_types_is_read() -> None:
    only = {"word/document.xml": package(p("灯塔"))["word/document.xml"]}
    assert format_of(archive(only), "plan") is Format.DOCX
    assert lines(archive(only)) == ["灯塔"]


OTHERS = {
    "a workbook": ({"[Content_Types].xml": '<a ContentType="x.spreadsheetml.sheet.main+xml"/>'}, "a workbook"),
    "a workbook without types": ({"xl/workbook.xml": ""}, "a workbook"),
    "a presentation": ({"[Content_Types].xml": "presentationml.presentation.main"}, "a presentation"),
    "an OpenDocument text": ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an OpenDocument file"),
    "an OFD file": ({"OFD.xml": "<OFD/>"}, "an OFD file"),
    "an archive of files": ({"plan.txt": "灯塔"}, "an archive"),
    "an empty archive": ({}, "an archive"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_files_in_a_zip_are_named(kind: str) -> None:
    parts, words = OTHERS[kind]
    with pytest.raises(ReadError, match=f"^plan: {words}"):
        kg.read(archive(parts), name="plan")


def test_a_workbook_inside_a_document_does_not_make_it_one() -> None:
    types = TYPES.replace("<Override", '<Default Extension="xlsx" ContentType="x.spreadsheetml.sheet"/><Override')
    parts = package(p("灯塔")) | {
        "[Content_Types].xml": types,
        "word/embeddings/a.xlsx": archive({"xl/workbook.xml": ""}),
    }
    assert format_of(archive(parts), "plan") is Format.DOCX


def entities(depth: int = 30, *, in_attribute: bool = False) -> str:
    names = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "灯塔" * 10}">' for at in range(depth))
    use = f"&e{depth - 1};"
    text = f'<w:p w:a="{use}"/>' if in_attribute else p(f"<w:r><w:t>{use}</w:t></w:r>")
    return f"<!DOCTYPE w:document [{names}]><w:document {SPACES}><w:body>{text}</w:body></w:document>"


def body_of(xml: str | bytes) -> bytes:
    return archive(package("") | {"word/document.xml": xml})


OUTSIDE = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {SPACES}><w:body>{p("<w:r><w:t>&x;</w:t></w:r>")}</w:body></w:document>'
NESTED = f"<w:document {SPACES}><w:body>{'<w:sdt>' * 10_000}{p('灯塔')}{'</w:sdt>' * 10_000}</w:body></w:document>"
HARMFUL = {
    "entities in entities": (lambda: body_of(entities()), "no good XML|a document type"),
    "entities in attributes": (lambda: body_of(entities(in_attribute=True)), "no good XML|a document type"),
    "a file outside": (lambda: body_of(OUTSIDE), "a document type"),
    "a document type and nothing else": (lambda: body_of(f"<!DOCTYPE a><w:document {SPACES}/>"), "a document type"),
    "ten thousand elements inside each other": (lambda: body_of(NESTED), "no good XML|nested too deeply"),
    "a body of a hundred megabytes": (lambda: body_of(b" " * 100_000_000), "unpacks to far more"),
    "a body of seven hundred thousand paragraphs": (
        lambda: archive(package("<w:p/>" * 700_000), zipfile.ZIP_STORED),
        "too long for one document",
    ),
    "XML that is cut": (lambda: body_of(f"<w:document {SPACES}><w:body>"), "no good XML"),
    "no XML": (lambda: body_of("灯塔"), "no good XML"),
    "no body": (lambda: body_of(f"<w:document {SPACES}/>"), "no body in it"),
    "a part for the body that is not there": (lambda: archive({"[Content_Types].xml": TYPES}), "without a text"),
    "a text in a web page": (lambda: word("<w:altChunk/>"), "as a web page inside"),
    "twenty thousand parts": (lambda: archive(package("") | {f"a/{at}": b"" for at in range(20_001)}), "20,005 parts"),
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_harmful_or_empty_file_is_refused_in_one_line_and_soon(kind: str) -> None:
    make, words = HARMFUL[kind]
    data = make()
    before = time.monotonic()
    with pytest.raises(ReadError, match=words) as raised:
        kg.read(data, name="plan.docx")
    assert time.monotonic() - before < 5
    assert str(raised.value).startswith("plan.docx: ")
    assert "\n" not in str(raised.value)


def changed(data: bytes, entry: bytes, offset: int, value: bytes) -> bytes:
    """Change a field of the headers of an entry: the local one, or the one in the directory."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(entry)) + offset
    return data[:at] + value + data[at + len(value) :]


def test_the_size_that_a_header_claims_is_not_believed() -> None:
    data = changed(body_of(b" " * 50_000_000), b"word/document.xml", 24, (1000).to_bytes(4, "little"))
    with pytest.raises(ReadError):
        read_docx(data, "plan.docx")
    claimed = changed(word(p("灯塔")), b"word/document.xml", 24, (1 << 31).to_bytes(4, "little"))
    assert lines(claimed) == ["灯塔"]


def test_an_encrypted_part_and_a_strange_packing_are_refused() -> None:
    with pytest.raises(ReadError, match="encrypted: save it without a password"):
        read_docx(changed(word(p("灯塔")), b"word/document.xml", 8, b"\x01\x00"), "plan.docx")
    with pytest.raises(ReadError, match="packed in a way"):
        read_docx(changed(word(p("灯塔")), b"word/document.xml", 10, b"\x0e\x00"), "plan.docx")


def test_a_damaged_file_is_refused() -> None:
    data = archive(package(p("灯塔" * 500)))
    content = zlib.compress(str(package(p("灯塔" * 500))["word/document.xml"]).encode())[2:40]
    at = data.index(content[:8])
    for damaged in (data[:-1], data[: len(data) // 2], data[:40], data[:at] + b"\xff" * 30 + data[at + 30 :]):
        with pytest.raises(
            ReadError, match=r"plan\.docx: (?:a damaged DOCX file|'word/document\.xml' in it is no good XML)"
        ):
            kg.read(damaged, name="plan.docx")


def test_a_wrong_checksum_is_damage() -> None:
    data = word(p("灯塔"))
    with pytest.raises(ReadError, match="a damaged DOCX file"):
        read_docx(changed(data, b"word/document.xml", 16, b"\x00\x00\x00\x00"), "plan.docx")


SAMPLE = word(
    p("灯塔", listed(1, 0))
    + p(PAGE_FIELD.format("PAGE", r("7")))
    + f"<w:tbl>{row('甲', cell('乙', DOWN))}{row('丙', cell('', ON))}</w:tbl>",
    numbering=LISTS,
    styles='<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="a"/></w:style>',
    footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
)
SAMPLE_PARTS = [name for name in package("", numbering="", styles="", footnotes="") if name != "[Content_Types].xml"]


def only_read_error(data: bytes) -> None:
    complaint = ""
    try:
        read_docx(data, "plan.docx")
    except ReadError as error:
        complaint = str(error)
    assert complaint.startswith("plan.docx: ") or not complaint
    assert "\n" not in complaint


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_changed_bytes_raise_nothing_but_a_read_error(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    only_read_error(bytes(data))


@given(st.integers(0, len(SAMPLE)), st.binary(max_size=20))
def test_cut_files_raise_nothing_but_a_read_error(at: int, rest: bytes) -> None:
    only_read_error(SAMPLE[:at] + rest)


FRAGMENTS = st.sampled_from(
    [
        *(
            "<w:p>",
            "</w:p>",
            "<w:tbl>",
            "</w:tbl>",
            "<w:tr>",
            "</w:tr>",
            "<w:tc>",
            "</w:tc>",
            "<w:r>",
            "</w:r>",
            "<w:t>灯</w:t>",
        ),
        *("<w:ins>", "</w:ins>", '<w:fldChar w:fldCharType="end"/>', '<w:fldChar w:fldCharType="begin"/>', "<w:sym/>"),
        *(
            '<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="²"/></w:numPr>',
            '<w:gridSpan w:val="0"/>',
            "<w:br/>",
            "",
            "<",
            "&#0;",
        ),
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLE_PARTS), st.data())
def test_changed_xml_raises_nothing_but_a_read_error(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as opened:
        parts: dict[str, str | bytes] = {entry: opened.read(entry) for entry in opened.namelist()}
    text = bytes(parts[name]).decode()
    tags = [match.span() for match in re.finditer(r"<[^>]*>", text)]
    for start, end in sorted(data.draw(st.lists(st.sampled_from(tags), max_size=3, unique=True)), reverse=True):
        text = text[:start] + data.draw(FRAGMENTS) + text[end:]
    only_read_error(archive(parts | {name: text}))


@given(st.lists(st.tuples(st.sampled_from(["begin", "separate", "end", "text", "paragraph", "PAGE", ""])), max_size=12))
def test_fields_in_any_order_never_hide_what_follows_them_for_long(marks: list[tuple[str]]) -> None:
    fields = Fields()
    for (mark,) in marks:
        if mark == "paragraph":
            fields.end_paragraph()
            assert fields.is_printed
        elif mark in ("text", "PAGE"):
            fields.instruct(mark)
        else:
            fields.mark(mark)
