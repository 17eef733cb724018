"""Web pages of many designs give the same records as the plain text of the plan that they show."""

from __future__ import annotations

import html
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.documents.html import read_html
from kg.documents.html.flow import numeral
from kg.documents.parts import Grid, Line, Parts
from kg.errors import ReadError
from kg.records import Plan
from kg.tables import TABLES, rows

Lines = Sequence[str | Sequence[Sequence[str]]]
"""A plan as its lines and its tables, each a list of rows."""


def grid(table: Sequence[Sequence[str]], cell: str = "<td>{}</td>") -> str:
    made = "".join(f"<tr>{''.join(cell.format(text) for text in row)}</tr>" for row in table)
    return f'<table border="1">{made}</table>'


def blocks(lines: Lines, line: str, cell: str = "<td>{}</td>") -> str:
    return "\n".join(line.format(html.escape(one)) if isinstance(one, str) else grid(one, cell) for one in lines)


MENU = "".join(
    f'<li><a href="/{n}/">{name}</a></li>'
    for n, name in enumerate(["首页", "政务公开", "办事服务", "互动交流", "走进贝壳"])
)


def with_meta_table(title: str, lines: Lines) -> str:
    """A page of a large publishing system: a meta table, an editor's spans, bars to share and print, and a foot."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_政府文件_贝壳区人民政府</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2031-04-06 09:30"></head><body>
<div class="top"><a href="/">贝壳区人民政府门户网站</a></div><div class="nav"><ul>{MENU}</ul></div>
<div class="dqwz">您当前的位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; 政府文件</div>
<table class="xxgk"><tr><td>索&nbsp;引&nbsp;号：</td><td>990101-2031-00007</td><td>主题分类：</td><td></td></tr>
<tr><td>发文机关：</td><td>雾灯市贝壳区人民政府办公室</td><td>有&nbsp;效&nbsp;性：</td><td>有效</td></tr>
<tr><td>标　　题：</td><td colspan="3">{title}</td></tr><tr><td>成文日期：</td><td></td><td>发布日期：</td><td>2031-04-06</td></tr></table>
<h1 class="title">{title}</h1><div class="bar">【字体：<a>大</a> <a>中</a> <a>小</a>】 <a href="javascript:window.print()">打印</a></div>
<div class="UCAP-CONTENT"><div class="TRS_Editor">{blocks(lines, '<p style="text-indent:2em"><span style="font-size:16pt">　　{}</span></p>')}</div></div>
<div class="share-box">分享到：<a href="#">微信</a></div><p>上一篇：<a href="/a.html">贝壳区渔网方案</a></p>
<div class="xgwz"><h3>相关文章</h3><ul><li><a href="/1">贝壳区风筝方案的解读，请阅读。</a></li><li><a href="/2">渔网</a></li><li><a href="/3">码头</a></li></ul></div>
<div class="bottom"><p>主办：贝壳区人民政府办公室</p><p>版权所有：贝壳区人民政府　海ICP备20310007号</p></div>
<script>document.write("牵头单位：区脚本局")</script></body></html>"""


def of_layout_tables(title: str, lines: Lines) -> str:
    """An old page: tables lay it out, elements are in capitals and not closed, and nothing is named."""
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{title}</TITLE></HEAD>
<BODY><TABLE width=980><TR><TD colspan=2><IMG src=top.jpg alt="贝壳区由区图片局牵头"><TR>
<TD width=200><TABLE>{"".join(f'<TR><TD><A href="/{n}">公开目录{n}</A>' for n in range(9))}</TABLE>
<TD><TABLE width="100%"><TR><TD align=center><B><FONT size=5>{title}</FONT></B><TR><TD>
<TABLE><TR><TD>【索引号】<TD>990101-7<TD>【发布日期】<TD>2031-04-06</TABLE>
<TR><TD>{blocks(lines, "<P>&nbsp;&nbsp;&nbsp;&nbsp;<FONT face=仿宋>{}</FONT>", "<TD><P>{}</P>")}</TABLE>
<TR><TD colspan=2 align=center>版权所有 贝壳区人民政府<BR>海ICP备20310007号</TABLE></BODY></HTML>"""


def with_meta_list(title: str, lines: Lines) -> str:
    """A page of sections with a definition list above them, a sidebar beside them and hidden parts among them."""
    return f"""<!doctype html><html lang="zh"><head><meta charset="UTF-8"><title>{title} - 贝壳区人民政府</title></head><body>
<header><h1>贝壳区人民政府</h1><nav><ul>{MENU}</ul></nav></header><main>
<dl><dt>索引号</dt><dd>990101</dd><dt>公开方式</dt><dd></dd><dt>发布日期</dt><dd>2031-04-06</dd><dt>信息名称</dt><dd>{title}</dd></dl>
<div class="content"><div class="pages_content">{blocks(lines, "<div><span>{}</span></div>", "<td><div>{}</div></td>")}
<div style="display: none">牵头单位：区隐身局。到2040年，新建灯塔900座。</div></div></div>
<aside><h2>最新</h2><p>区民政局召开会议，部署工作。</p></aside></main>
<footer><p>网站标识码：9901010001</p></footer></body></html>"""


def with_label_spans(title: str, lines: Lines) -> str:
    """A page whose labels are set apart by style sheets, in list items; the text is one paragraph of broken lines."""
    text = "<br>\r\n".join(f"　　{html.escape(one)}" if isinstance(one, str) else f"{grid(one)}" for one in lines)
    return f"""<html><head><title>{title}</title></head><body><form id="aspnetForm" action="."><ul class="menu">{MENU}</ul>
<ul class="xx"><li><b>索引号</b><span>990101</span></li><li><b>文号</b><span></span></li><li><b>发布日期</b><span>2031-04-06</span></li></ul>
<div class="art_tit">{title}</div><p>发布时间：2031-04-06　来源：贝壳区人民政府办公室　浏览次数：<span id="hits"></span></p>
<div id="zoom"><p>{text}</p></div><p>【打印本页】【关闭窗口】</p></form></body></html>"""


def bare(title: str, lines: Lines) -> str:
    """A page saved from a word processor: nothing but paragraphs."""
    text = blocks(lines, "<p class=MsoNormal><b><span lang=ZH>{}</span></b></p>")
    return f"<html><body><p class=MsoNormal>{title}</p><p>发布日期：2031-04-06</p>{text}"


DESIGNS = {
    design.__name__: design for design in (with_meta_table, of_layout_tables, with_meta_list, with_label_spans, bare)
}


def told(plan: Plan, *besides: str) -> dict[str, list[dict[str, str]]]:
    """Give all tables of a plan without what differs by form: the file and the places in it, the day of its publication, white space."""
    left_out = {"file", "sha256", "start", "end", "date_published", *besides}
    return {
        name: [{k: "".join(str(v).split()) for k, v in row.items() if k not in left_out} for row in rows([plan], name)]
        for name in TABLES
    }


def plan_of(page: str | bytes, name: str = "x.html") -> Plan:
    return kg.extract(kg.read(page.encode() if isinstance(page, str) else page, name=name))


def lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def parts_of(page: str | bytes) -> Parts:
    return read_html(page.encode() if isinstance(page, str) else page, "x.html")


def texts(page: str) -> list[str]:
    return ["".join(part.text.split()) for part in parts_of(page).parts if isinstance(part, Line)]


def cells(page: str) -> list[tuple[str, int, int, int, int]]:
    (found,) = [part for part in parts_of(page).parts if isinstance(part, Grid)]
    return [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in found.cells]


# --- pages of several designs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    "document", ["two/plan.txt", "two/letter.txt", "plans/contents-first/source.txt", "plans/reply-letter/source.txt"]
)
def test_a_page_of_every_design_tells_what_its_text_tells(
    document: str, design: str, encoding: str, fixtures: Path
) -> None:
    source = fixtures.parent / document
    lines = lines_of(source)
    title = next(line for line in lines if len(line) > 16)
    page = DESIGNS[design](title, lines).replace("utf-8", encoding)
    read = plan_of(page.encode(encoding))
    assert told(read) == told(kg.extract(kg.read(source)))
    assert read.document.date_published == date(2031, 4, 6)


INDICATORS = [
    ["序号", "指标名称", "单位", "2030年", "2033年", "2035年", "属性", "责任单位"],
    ["一、灯塔网络"],
    ["1", "灯塔数", "座", "26", "34", "40", "约束性", "区灯塔局"],
    ["2", "灯塔完好率", "%", "88", "≥92", "≥96", "约束性", "区灯塔局、区交通运输委"],
    ["3", "夜航灯数", "盏", "", "8000", "12000", "预期性", "区灯塔局"],
    ["二、守塔队伍"],
    ["4", "守塔人持证率", "%", "", "≥80", "≥95", "预期性", "区人力社保局、区灯塔局"],
    ["5", "守塔人子女入学帮扶", "—", "—", "应帮尽帮", "应帮尽帮", "预期性", "区教委"],
]
ASSIGNED = [
    ["序号", "工作任务", "主要内容", "牵头单位", "责任单位", "完成时限", "责任人"],
    ["一", "点亮行动"],
    [
        "1",
        "更换夜航灯",
        "新增夜航灯260盏，故障率控制在2%以内",
        "区灯塔局",
        "区财政局、区经济和信息化委",
        "6月底",
        "祁望舟",
    ],
    [
        "2",
        "建设灯塔驿站",
        "建成灯塔驿站3—5个",
        "区灯塔局、各码头街道办事处",
        "区规划自然资源局，区住房城乡建委",
        "2031年11月",
        "陆望汀",
    ],
    ["序号", "工作任务", "主要内容", "牵头单位", "责任单位", "完成时限", "责任人"],
    ["二", "守护行动"],
    ["3", "巡查灯塔", "每座灯塔每月巡查不少于2次", "区应急局", "各码头街道办事处等", "持续推进", "沈澜屿"],
    ["5", "演练夜航救援", "举办夜航救援演练4场", "区应急局、区灯塔局", "海事处", "每季度", "范潮汐"],
]


def with_table(lines: Sequence[str], table: Sequence[Sequence[str]], before: str, after: str) -> Lines:
    """Put a table into the place of its flattened cells, between two lines."""
    return [*lines[: lines.index(before) + 1], table, *lines[lines.index(after) :]]


@pytest.mark.parametrize("design", DESIGNS)
def test_an_indicator_table_tells_what_its_flattened_copy_tells(design: str, fixtures: Path) -> None:
    source = fixtures.parent / "plans" / "web-page" / "source.txt"
    lines = lines_of(source)
    title = "贝壳区人民政府办公室关于印发贝壳区灯塔事业发展“十六五”规划的通知"
    body = with_table(
        lines[lines.index("各码头街道办事处，区政府各部门，有关单位：") :],
        INDICATORS,
        "贝壳区灯塔事业主要指标",
        "三、重点任务",
    )
    body = ["贝府办发〔2031〕7号", *body[: [*body].index("扫一扫在手机打开当前页")]]
    copied = kg.extract(kg.read(source))
    read = plan_of(DESIGNS[design](title, body))
    assert told(read, "aligned") == told(copied, "aligned")
    assert {value.aligned for one in read.indicators for value in one.values} == {None}


@pytest.mark.parametrize("design", DESIGNS)
def test_a_table_of_duties_tells_what_its_flattened_copy_tells(design: str, fixtures: Path) -> None:
    source = fixtures.parent / "plans" / "annex-table" / "source.txt"
    lines = lines_of(source)
    body = with_table(lines[1:], ASSIGNED, "贝壳区2031年灯塔重点任务分工表", "备注：表中责任单位排名不分先后。")
    copied, read = kg.extract(kg.read(source)), plan_of(DESIGNS[design](lines[0], body))
    assert told(read, "issuer", "region") == told(copied, "issuer", "region")
    assert "祁望舟" not in kg.read(DESIGNS[design](lines[0], body).encode(), name="x.html").text


# --- encodings -------------------------------------------------------------------------------------------------------

SHORT = "<html><head></head><body><p>贝壳区灯塔方案</p><p>区灯塔局牵头，修好灯塔３０座。</p></body></html>"
SHORT_LINES = ["贝壳区灯塔方案", "区灯塔局牵头，修好灯塔３０座。"]
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'

ENCODINGS = {
    "UTF-8, not declared": SHORT.encode(),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + SHORT.encode(),
    "UTF-8, declared as GB2312": SHORT.replace("<head>", "<head>" + META.format("gb2312")).encode(),
    "GBK, not declared": SHORT.encode("gbk"),
    "GBK, declared as GB2312": SHORT.replace("<head>", "<head>" + META.format("GB2312")).encode("gbk"),
    "GB18030, declared as UTF-8": SHORT.replace("<head>", "<head>" + "<meta charset=utf-8>").encode("gb18030"),
    "GBK, declared as Latin-1": SHORT.replace("<head>", "<head>" + '<meta charset="iso-8859-1">').encode("gbk"),
    "GBK, declared as nothing known": SHORT.replace("<head>", "<head>" + '<meta charset="灯塔">').encode("gbk"),
    "UTF-16 with a mark": SHORT.encode("utf-16"),
    "XHTML": ('<?xml version="1.0" encoding="GBK"?>' + SHORT).encode("gbk"),
    "with zeros in it": SHORT.encode().replace(b"</p>", b"</p>\x00", 1),
}


@pytest.mark.parametrize("kind", ENCODINGS)
def test_a_page_is_decoded_whatever_it_declares(kind: str) -> None:
    assert texts(ENCODINGS[kind]) == SHORT_LINES


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_in_a_page_stand_as_what_was_lost(encoding: str) -> None:
    page = ("<p>" + "修好灯塔。" * 200 + "</p><p>牵头单位：区民政局</p>").encode(encoding)
    cut = page.rindex("局".encode(encoding))
    found = texts(page[:cut] + page[cut + 1 :])
    assert found[0] == "修好灯塔。" * 200
    assert "\ufffd" in found[1]
    assert found[1].startswith("牵头单位：区民政\ufffd")


@pytest.mark.parametrize("data", [bytes(range(128, 255)) * 4, "灯塔".encode() + b"<p>\x00\x01\x02" * 9, b"\xff\xfe<"])
def test_a_page_that_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^x\.html: "):
        read_html(b"<p>" + data if data[0] != 255 else data, "x.html")


# --- what is not the article -----------------------------------------------------------------------------------------

ARTICLE = "<p>灯塔要修好，渔网要补好，风筝要放好。</p>" * 4
NOT_TEXT = [
    "<script>由区脚本局牵头，负责。</script>",
    "<style>p{content:'由区样式局牵头'}</style>",
    "<noscript>请打开脚本，由区脚本局负责。</noscript>",
    "<nav><p>由区导航局牵头。</p></nav>",
    "<header><p>由区门头局牵头。</p></header>",
    "<footer><p>由区页脚局牵头。</p></footer>",
    "<aside><p>由区旁栏局牵头。</p></aside>",
    "<form><input value='由区表单局牵头'><button>搜索</button></form>",
    "<p hidden>由区隐身局牵头。</p>",
    "<div style='DISPLAY : none'>由区隐身局牵头。</div>",
    "<span style='visibility:hidden'>由区隐身局牵头。</span>",
    "<img src='a.png' alt='由区图片局牵头。'>",
    "<!-- 由区注释局牵头。 -->",
    "<div class='breadcrumb'><a href='/'>首页</a> &gt; 政务公开</div>",
    "<p>您当前的位置：<a href='/'>首页</a> &gt; <a href='/a'>政务公开</a></p>",
    "<div><a href='/'>首页</a> / <a href='/b'>公开</a></div>",
    "<div><span>分享到：</span><a href='#'>微信</a></div>",
    "<p>【字体：大 中 小】</p>",
    "<div class='bdsharebuttonbox'><a href='#'>微博</a></div>",
    "<ul><li><a href='/1'>贝壳区召开会议，部署灯塔。</a></li><li><a href='/2'>渔网</a></li><li><a href='/3'>码头</a></li></ul>",
    "<div><p>上一篇：<a href='/1'>渔网方案</a></p><p>下一篇：没有了</p></div>",
    "<div><p>主办：贝壳区人民政府</p><p>版权所有　海ICP备20310007号</p></div>",
    "<div><p>承办：区政务局</p><p>网站标识码：9901010001</p></div>",
]


@pytest.mark.parametrize("furniture", NOT_TEXT)
@pytest.mark.parametrize("page", ["<body>{}{}</body>", "<body><div id='zoom'>{}{}</div></body>", "<body>{1}{0}</body>"])
def test_furniture_is_no_text(furniture: str, page: str) -> None:
    assert texts(page.format(furniture, ARTICLE)) == ["灯塔要修好，渔网要补好，风筝要放好。"] * 4


def test_what_is_hidden_or_in_a_form_is_read_where_it_is_most_of_the_page() -> None:
    for page in (
        "<form>{}</form>",
        "<div style='display:none'>{}</div>",
        "<header>{}</header>",
        "<div class='print'>{}</div>",
        "<div class='main-nav'>{}</div>",
    ):
        assert len(texts(page.format(ARTICLE))) == 4


@pytest.mark.parametrize(
    "inside",
    [
        "<p>附件：<a href='/1.doc'>1.灯塔清单</a> <a href='/2.pdf'>2.渔网清单</a> <a href='/3.xls'>3.码头清单</a></p>",
        "<p><a href='#a'>一、总体要求</a></p><p><a href='#b'>二、重点任务</a></p><p><a href='#c'>三、保障措施</a></p>",
        "<p>选址位置：灯塔路1号</p>",
        "<p>打印机采购由区灯塔局负责，版权所有的软件由区码头局负责，并要按期完成采购的各项工作，不得拖延。</p>",
    ],
)
def test_links_to_annexes_and_places_in_the_page_and_like_words_are_text(inside: str) -> None:
    plain = "".join(texts(f"<body>{inside}{ARTICLE}</body>"))
    assert plain.count("。") == 4 + inside.count("。")
    assert all(word in plain for word in ("清单", "要求", "位置", "打印机") if word in inside)


SIDE = "<div class='side'><p>" + "区民政局召开会议，部署工作。" * 3 + "</p></div>"


@pytest.mark.parametrize(
    "name",
    ["UCAP-CONTENT", "TRS_Editor", "zoom", "article-content", "content", "pages_content", "view", "vsb_content_2"],
)
def test_an_element_that_is_named_as_the_article_leaves_the_rest_out(name: str) -> None:
    for attribute in ("id", "class"):
        page = f"<body><div class='wrap'>{SIDE}<div {attribute}='{name}'>{ARTICLE * 3}</div></div></body>"
        assert len(texts(page)) == 12


def test_the_signature_and_the_annexes_below_the_article_are_read_with_it() -> None:
    below = "<div><p>贝壳区人民政府</p><p>2031年4月2日</p></div> <p>附件：<a href='/1'>灯塔清单</a></p>"
    page = f"<body><div class='wrap'><div id='zoom'>{ARTICLE}</div>{below}{SIDE[:40]}好。</p></div></div></body>"
    assert texts(page)[4:] == ["贝壳区人民政府", "2031年4月2日", "附件：灯塔清单"]


def test_an_annex_beside_the_article_is_read_with_it() -> None:
    page = f"<body><div id='zoom'>{ARTICLE * 9}</div><div><p>附件1</p>{grid(ASSIGNED)}</div></body>"
    assert [type(part) for part in parts_of(page).parts][-2:] == [Line, Grid]


# --- the meta block and the title ------------------------------------------------------------------------------------

NAMES = {
    "title": "贝壳区灯塔方案",
    "number": "贝政发〔2031〕5号",
    "issuer": "贝壳区人民政府",
    "issued": "2031年4月2日",
    "published": "2031-04-06",
}
LABELS = [
    ("标题", "title"),
    ("发文字号", "number"),
    ("发文机关", "issuer"),
    ("成文日期", "issued"),
    ("发布日期", "published"),
]
FORMS = {
    "rows of a table": ("<table>", "<tr><td>{}</td><td>{}</td></tr>", "</table>"),
    "cells with colons": ("<table><tr>", "<th>{}：</th><td>{}</td>", "</table>"),
    "cells with both": ("<table>", "<tr><td>{}：{}</td></tr>", "</table>"),
    "a definition list": ("<dl>", "<dt>{}：</dt><dd><span>{}</span></dd>", "</dl>"),
    "items": ("<ul>", "<li>{}: {}</li>", "</ul>"),
    "spans without colons": ("<div>", "<div><span>{}</span><em>{}</em></div>", "</div>"),
    "one line": ("<p>", "<b>{}：</b>{}　", "</p>"),
    "brackets": ("<div>", "<p>[ {} ] {}</p>", "</div>"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spaced", [False, True])
def test_a_meta_block_of_every_form_is_read(form: str, spaced: bool) -> None:
    start, pair, end = FORMS[form]
    pairs = "".join(
        pair.format("&nbsp; ".join(label) if spaced else label, NAMES[key])
        for label, key in [("索引号", "number"), *LABELS]
        if label != "索引号"
    )
    page = f"<body><div>{start}{pair.format('索引号', '990101')}{pairs}{end}</div><div id='zoom'>{ARTICLE}</div></body>"
    assert dict(parts_of(page).meta) == NAMES
    assert texts(page) == ["贝壳区灯塔方案", *texts(ARTICLE)]


def test_a_label_without_a_value_takes_none_from_its_neighbour() -> None:
    block = (
        "<tr><td>文号</td><td></td><td>发布日期</td><td>2031-04-06</td></tr><tr><td>发文机关：</td><td>&nbsp;</td></tr>"
    )
    found = parts_of(f"<body><table>{block}</table>{ARTICLE}</body>").meta
    assert found == {"published": "2031-04-06"}


def test_a_list_of_documents_is_no_meta_block() -> None:
    table = [
        ["序号", "文件名称", "文号", "发布日期"],
        ["1", "灯塔方案", "贝政发〔2031〕5号", "2031-04-06"],
        ["2", "渔网方案", "贝政发〔2031〕6号", "2031-04-07"],
    ]
    assert parts_of(f"<body>{ARTICLE}{grid(table)}</body>").meta == {}


def test_meta_tags_say_what_no_meta_block_says() -> None:
    tags = (
        '<meta name="ArticleTitle" content="贝壳区灯塔方案"><meta name="PubDate" content="2031-04-06 10:00">'
        '<meta name="ContentSource" content="区灯塔局"><meta name="Author" content="某某"><meta name="PubDate" content="2030-01-01">'
    )
    found = parts_of(f"<html><head>{tags}</head><body><p>发文机关：贝壳区人民政府</p>{ARTICLE}</body></html>")
    assert found.meta == {"title": "贝壳区灯塔方案", "published": "2031-04-06 10:00", "issuer": "贝壳区人民政府"}


TITLES = {
    "a heading": ("", "<h1>贝壳区灯塔养护方案</h1>"),
    "a named element": ("贝壳区灯塔养护方案", "<div class='art_title'>贝壳区灯塔养护方案</div>"),
    "a window with the name of the site": ("贝壳区灯塔养护方案_政府文件_贝壳区人民政府门户网站", ""),
    "a window with dashes": ("贝壳区灯塔养护方案 - 贝壳区人民政府", "<h1><a href='/'>贝壳区人民政府门户网站</a></h1>"),
    "a window that says which heading": (
        "贝壳区灯塔养护方案-贝壳区",
        "<h1>贝壳区灯塔养护方案</h1><h2>贝壳区智慧灯塔专栏内容</h2>",
    ),
    "a heading under the site's": ("首页", "<h1>贝壳区人民政府网</h1><h2>贝壳区灯塔养护方案</h2>"),
}


@pytest.mark.parametrize("kind", TITLES)
def test_the_title_is_found(kind: str) -> None:
    window, heading = TITLES[kind]
    page = f"<html><head><title>{window}</title></head><body>{heading}<div id='zoom'>{ARTICLE}</div></body></html>"
    assert parts_of(page).meta["title"] == "贝壳区灯塔养护方案"
    assert texts(page).count("贝壳区灯塔养护方案") == 1


def test_a_span_of_years_in_the_title_of_a_window_is_not_cut() -> None:
    page = (
        f"<html><head><title>贝壳区灯塔规划（2031-2035年）-贝壳区人民政府</title></head><body>{ARTICLE}</body></html>"
    )
    assert parts_of(page).meta["title"] == "贝壳区灯塔规划（2031-2035年）"


# --- lines -----------------------------------------------------------------------------------------------------------

LINES = {
    "<p>一</p><p>二</p>": ["一", "二"],
    "<div>一<div>二</div>三</div>": ["一", "二", "三"],
    "<p>一<br>二<br/>三</p>": ["一", "二", "三"],
    "<p>灯<b>塔</b><a href='/x'>局</a><span>牵</span><font>头</font></p>": ["灯塔局牵头"],
    "<p><strong>（一）修灯。</strong>到2031年</p>": ["（一）修灯。到2031年"],
    "<h2>一、要求</h2>正文<section>二、任务</section>": ["一、要求", "正文", "二、任务"],
    "<ul><li>一</li><li>二</ul>": ["一", "二"],
    "<ol><li>灯<li>塔</ol>": ["1.灯", "2.塔"],
    "<ol start=3><li><p>灯</p><p>亮</p></li><li>塔</li></ol>": ["3.灯", "亮", "4.塔"],
    "<ol type=a><li>灯</li><li value=4>塔</li></ol>": ["a.灯", "d.塔"],
    "<ol type=I><li>灯</li><li>塔</li></ol>": ["I.灯", "II.塔"],
    "<ol reversed><li>灯</li><li>塔</li></ol>": ["2.灯", "1.塔"],
    "<ol style='list-style-type:cjk-ideographic'><li>灯</li><li>塔</li></ol>": ["一、灯", "二、塔"],
    "<ol style='list-style: none'><li>灯</li><li>塔</li></ol>": ["灯", "塔"],
    "<ol><li>1.灯</li><li>（二）塔</li></ol>": ["1.灯", "（二）塔"],
    "<ol><li>2031年修灯</li><li>塔<ol type=i><li>网</li></ol></li></ol>": ["1、2031年修灯", "2.塔", "i.网"],
    "<ol><li></li><li>塔</li></ol>": ["2.塔"],
    "<pre>灯\n塔\r\n网</pre>": ["灯", "塔", "网"],
    "<div style='white-space: pre-wrap'>灯\n塔</div>": ["灯", "塔"],
    "<p>灯\n  塔</p>": ["灯塔"],
    "<p>&nbsp;&emsp;灯　塔</p>": ["灯塔"],
    "<p></p><p> &nbsp;</p>灯": ["灯"],
    "<p>一<p>二<div>三": ["一", "二", "三"],
    "<p>灯&#xD800;塔&#0;</p>": ["灯\ufffd塔\ufffd"],
    "<o:p>灯</o:p><ucapcontent>塔</ucapcontent>": ["灯塔"],
}


@pytest.mark.parametrize("page", LINES)
def test_lines_begin_and_end_where_a_browser_begins_and_ends_them(page: str) -> None:
    assert texts(f"<body>{page}</body>") == LINES[page]


def test_a_line_of_the_source_that_is_broken_between_latin_words_keeps_its_space() -> None:
    (line,) = parts_of("<p>Shell\n  District</p>").parts
    assert line == Line(text="Shell District")


@given(st.integers(1, 3999), st.sampled_from(["1", "a", "A", "i", "I", "一", "x"]))
def test_every_numeral_of_a_list_is_printed_once(number: int, kind: str) -> None:
    assert numeral(number, kind) != numeral(number + 1, kind)


# --- tables ----------------------------------------------------------------------------------------------------------

HEADER = "<tr><th>序号</th><th>任务</th><th>牵头单位</th></tr>"
SPANS = {
    "<tr><td rowspan=2>1</td><td>灯</td><td>区灯塔局</td></tr><tr><td>塔</td><td>区渔网局</td></tr>": [
        ("1", 1, 0, 2, 1), ("灯", 1, 1, 1, 1), ("区灯塔局", 1, 2, 1, 1), ("塔", 2, 1, 1, 1), ("区渔网局", 2, 2, 1, 1),
    ],
    "<tr><td colspan=10000>点亮</td></tr><tr><td>1<td>灯": [("点亮", 1, 0, 1, 3), ("1", 2, 0, 1, 1), ("灯", 2, 1, 1, 1)],
    "<tr><td rowspan=0>1<td>灯<tr><td>塔<tr><td>网": [("1", 1, 0, 3, 1), ("灯", 1, 1, 1, 1), ("塔", 2, 1, 1, 1), ("网", 3, 1, 1, 1)],
    "<tr><td rowspan=65534 colspan=2>1<td>灯<tr><td>塔": [("1", 1, 0, 2, 2), ("灯", 1, 2, 1, 1), ("塔", 2, 2, 1, 1)],
    "<tr><td rowspan=-2 colspan=x>1<td rowspan=' 2 '>灯<td>塔<tr><td>网": [
        ("1", 1, 0, 1, 1), ("灯", 1, 1, 2, 1), ("塔", 1, 2, 1, 1), ("网", 2, 0, 1, 1),
    ],
    "<tr><td>1<td rowspan=2>灯<td>塔<tr><td colspan=2>网": [
        ("1", 1, 0, 1, 1), ("灯", 1, 1, 2, 1), ("塔", 1, 2, 1, 1), ("网", 2, 0, 1, 2),
    ],
}  # fmt: skip


@pytest.mark.parametrize("body", SPANS)
def test_spans_give_every_cell_the_place_that_a_browser_gives_it(body: str) -> None:
    assert cells(f"<table>{HEADER}{body}</table>")[3:] == SPANS[body]


def test_the_head_of_a_table_comes_first_its_foot_last_and_its_caption_before_it() -> None:
    table = f"<table><caption>灯塔<b>分工表</b></caption><tfoot><tr><td>注：略<td><td></tfoot><tbody><tr><td>1<td>灯<td>区灯塔局</tbody><thead>{HEADER}</thead></table>"
    first, _ = parts_of(table).parts
    assert first == Line(text="灯塔分工表")
    assert [text for text, *_ in cells(table)] == ["序号", "任务", "牵头单位", "1", "灯", "区灯塔局", "注：略", "", ""]


def test_a_table_of_data_is_found_inside_tables_that_lay_out_the_page() -> None:
    page = f"<table><tr><td>左<td><table><tr><td>{ARTICLE}{grid(ASSIGNED)}</td></tr></table></table>"
    assert [type(part) for part in parts_of(page).parts] == [*[Line] * 4, Grid]


def test_a_small_table_in_a_cell_is_the_text_of_the_cell() -> None:
    page = f"<table>{HEADER}<tr><td>1<td>修缮灯塔<table><tr><td>一号<td>二号</table><td>区灯塔局</table>"
    assert [text for text, *_ in cells(page)][3:] == ["1", "修缮灯塔\n一号\n二号", "区灯塔局"]


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td>{ARTICLE}</td></tr></table>",
        f"<table><tr><td>左<td>{ARTICLE * 9}</td></tr><tr><td>右<td>下</table>",
        f"<table role=presentation><tr><td>左<td>{ARTICLE}</td></tr><tr><td>右<td>下</table>",
        "<table><tr><td>灯塔</td></tr><tr><td>渔网</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_the_page_gives_lines(table: str) -> None:
    assert not [part for part in parts_of(table).parts if isinstance(part, Grid)]


# --- what no page should do to a reader ------------------------------------------------------------------------------

MONSTERS = {
    "deep blocks": "<div>" * 10_000 + "灯塔" + "</div>" * 10_000,
    "deep formatting": "<p>" + "<b>" * 10_000 + "灯塔",
    "deep spans": "<span>" * 10_000 + "灯塔",
    "deep lists": "<ol><li>灯塔" * 5_000,
    "deep tables": "<table><tr><td>灯塔<td>" * 10_000,
    "deeper blocks": "<div>" * 400_000 + "灯塔",
    "wrong ends": "<div>灯塔" * 5_000 + "</p>" * 200_000,
    "copies of formatting": "".join(f"<p><b a={n}>灯" for n in range(20_000)),
    "a long attribute": f'<p title="{"a > b " * 180_000}">灯塔',
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">灯塔",
    "unclosed": "<p>灯<td>塔<b><i><u></p></td>" * 20_000,
    "zeros": "<p>灯塔" + "\0" * 5 + "</p>灯塔灯塔" * 500,
    "surrogates": "<p>灯&#xD800;&#xDFFF;&#55296;塔" * 20_000,
    "many cells": f"<table>{HEADER}" + "<tr><td>1<td>修缮灯塔<td>区灯塔局" * 33_000,
    "a wide table": f"<table>{HEADER}<tr>" + "<td>灯" * 100_000,
    "wide spans": f"<table>{HEADER}" + "<tr><td rowspan=65534 colspan=1000>灯塔<td>渔网" * 5_000,
    "tall spans": f"<table>{HEADER}" + "<tr><td rowspan=999999999>灯塔" * 30_000,
    "lonely rows": "<table>" + "<tr><td colspan=3>灯塔" * 30_000 + HEADER + "<tr><td>1<td>灯<td>区灯塔局",
    "many bars": "<div>" * 200 + "<p>打印</p><p>首页</p>" * 3_000,
    "many menus": "<ul>" + "<li><a href=/1>灯</a>" * 50_000,
    "many small tables": "<table><tr><td>灯<td>塔<tr><td>渔<td>网</table>" * 10_000,
    "comments": "<!--" * 100_000 + "灯塔",
    "open quotes": "<p \"<a '" * 50_000,
}


@pytest.mark.parametrize("kind", MONSTERS)
def test_no_page_takes_long_or_breaks_the_reader(kind: str) -> None:
    begun = time.process_time()
    read = complaint(MONSTERS[kind].encode())
    assert time.process_time() - begun < 15, "about 4 seconds at most on the machine where it was measured"
    assert (kind in REFUSED) == bool(read), read


REFUSED = {
    "deeper blocks",
    "wrong ends",
    "copies of formatting",
    "many attributes",
    "unclosed",
    "open quotes",
    "many menus",
    "comments",
}
"""What costs the parser too much, or holds no text."""


def complaint(page: bytes) -> str:
    """Read a page; give the complaint, which is one line with the name of the page."""
    said = ""
    try:
        kg.read(page, name="x.html")
    except ReadError as error:
        said = str(error)
    assert said.startswith("x.html: ") or not said
    assert "\n" not in said
    return said


# --- any page --------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class='content'>",
            "</div>",
            "<table>",
            "<tr>",
            "<td colspan=3>",
            "<td rowspan=0>",
            "<th>",
            "</table>",
        ),
        *(
            "<caption>",
            "<ol type=i start=-3>",
            "<ol reversed>",
            "<li value=x>",
            "<br>",
            "<pre>",
            "<b>",
            "</b>",
            "<a href=/>",
            "<h1>",
        ),
        *(
            "<dl><dt>",
            "<dd>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<style>",
            "<textarea>",
            "<svg>",
            "<template>",
            "<select>",
            "<form>",
        ),
        *(
            "<meta charset=gbk>",
            "<title>",
            "<frameset>",
            "<p hidden>",
            "<p style='display:none'>",
            "&#xD800;",
            "&nbsp;",
            "&lt",
            "\0",
            "\ufffd",
        ),
        *(
            "索引号：",
            "发布日期",
            "2031-04-06",
            "首页",
            ">",
            "打印",
            "版权所有",
            "序号",
            "任务",
            "牵头单位",
            "2035年",
            "指标",
            "1",
            "灯塔",
        ),
        *(
            "一、修缮灯塔。",
            "（区灯塔局牵头，区财政局配合）",
            "到2035年，新建灯塔30座。",
            "附件1",
            "\t",
            "\n",
            '"',
            "'",
            "<",
            "=",
        ),
    ]
)


@given(st.lists(PIECES, max_size=60))
def test_any_soup_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    page = f"<body>{''.join(pieces)}".encode()
    if not complaint(page):
        kg.extract(kg.read(page, name="x.html"))


@given(st.sampled_from([*DESIGNS]), st.data())
def test_a_page_that_is_damaged_anywhere_is_read_or_refused(design: str, data: st.DataObject) -> None:
    whole = bytearray(
        DESIGNS[design]("贝壳区灯塔养护工作方案的通知", ["一、修缮灯塔。", ASSIGNED, "（区灯塔局牵头）"]).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        first = data.draw(st.integers(0, len(whole)))
        last = min(len(whole), first + data.draw(st.integers(0, 200)))
        whole[first:last] = data.draw(st.one_of(st.binary(max_size=8), PIECES.map(str.encode)))
    if not complaint(bytes(whole)):
        kg.extract(kg.read(bytes(whole), name="x.html"))


@given(st.binary(max_size=300))
def test_any_bytes_are_parts_or_refused(data: bytes) -> None:
    said = ""
    try:
        assert all(part for part in read_html(data, "x.html").parts)
    except ReadError as error:
        said = str(error)
    assert said.startswith("x.html: ") or not said
