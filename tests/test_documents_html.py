"""Web pages of many designs give the same records as the plain text of the plan that they show."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
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
    "document", ["plan.txt", "letter.txt", "plans/contents-first/source.txt", "plans/reply-letter/source.txt"]
)
def test_a_page_of_every_design_tells_what_its_text_tells(
    document: str, design: str, encoding: str, fixtures: Path
) -> None:
    source = fixtures / document
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
    source = fixtures / "plans" / "web-page" / "source.txt"
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
    source = fixtures / "plans" / "annex-table" / "source.txt"
    lines = lines_of(source)
    body = with_table(lines[1:], ASSIGNED, "贝壳区2031年灯塔重点任务分工表", "备注：表中责任单位排名不分先后。")
    copied, read = kg.extract(kg.read(source)), plan_of(DESIGNS[design](lines[0], body))
    assert told(read, "issuer", "region") == told(copied, "issuer", "region")
    assert "祁望舟" not in kg.read(DESIGNS[design](lines[0], body).encode(), name="x.html").text
