"""Write a sketch as a page of a government's site: furniture, a block of metadata, paragraphs and tables with spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .pick import Pick
from .sketch import Line, Sketch, Table


@dataclass(frozen=True, slots=True)
class Page:
    """How a page is made: what wraps its text, its block of metadata, its elements for paragraphs and headings."""

    wrapper: str = "div"
    meta: str = "none"
    paragraph: str = "p"
    headings: bool = False
    wordy: bool = False


def draw_page(pick: Pick) -> Page:
    """Draw the make of a page."""
    return Page(
        pick.one(("div", "table")),
        pick.one(("none", "table", "list")),
        pick.one(("p", "p-span", "div")),
        headings=pick.chance(3),
        wordy=pick.chance(3),
    )


def html_of(sketch: Sketch, page: Page) -> bytes:
    """Write a plan as a page."""
    content = "\n".join(_content(sketch, page))
    inner = f'<div class="content" id="zoom">\n{content}\n</div>'
    if page.wrapper == "table":
        inner = f'<table width="1000" border="0" align="center"><tbody><tr><td>{inner}</td></tr></tbody></table>'
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(sketch.head.title)}_政府门户网站</title>
<style>p{{text-indent:2em}}</style><script>var 责任单位 = "区财政局";</script></head>
<body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/hd/">互动交流</a></li></ul></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div>
{_meta(sketch, page)}
<h1>{escape(sketch.head.title)}</h1>
{inner}
<div class="share">分享到：</div><div>扫一扫在手机打开当前页</div>
<div class="footer"><p>版权所有：政府办公室</p><p>海ICP备20310007号</p><a href="/map">网站地图</a></div>
</body></html>
""".encode()


def _meta(sketch: Sketch, page: Page) -> str:
    """Write the block of metadata with what the head of the plan says anyway."""
    head = sketch.head
    rows = [("索引号", "990101-2031-00007"), ("主题分类", "灯塔、航路")]
    rows += [("发布机构", head.issuer)] if head.issuer else []
    rows += [("成文日期", head.issued)] if head.issued else []
    rows += [("标题", head.title), ("发文字号", head.number)] if head.number else []
    if page.meta == "none":
        return ""
    if page.meta == "list":
        return (
            "<ul>" + "".join(f"<li><b>{name}：</b><span>{escape(value)}</span></li>" for name, value in rows) + "</ul>"
        )
    body = "".join(f"<tr><td>{name}：</td><td>{escape(value)}</td></tr>" for name, value in rows)
    return f'<table class="xxgk" width="100%"><tbody>{body}</tbody></table>'


def _content(sketch: Sketch, page: Page) -> Iterator[str]:
    for part in sketch.parts:
        if isinstance(part, Line):
            yield _line(part, page)
        else:
            yield _table(part, page)


def _line(line: Line, page: Page) -> str:
    text = escape(line.whole)
    if page.headings and line.level == 1 and len(line.whole) < 30:
        return f"<h2>{text}</h2>"
    if line.center:
        return f'<p style="text-align:center"><strong>{text}</strong></p>'
    if page.paragraph == "p-span":
        half = len(line.whole) // 2
        return f'<p><span style="font-size:16pt">{escape(line.whole[:half])}</span><span>{escape(line.whole[half:])}</span></p>'
    return f"<{page.paragraph}>　　{text}</{page.paragraph}>"


def _table(table: Table, page: Page) -> str:
    rows = "".join(f"<tr>{''.join(_cell(*cell, page) for cell in row)}</tr>\n" for row in table.spans())
    return f'<table border="1" cellspacing="0"><tbody>\n{rows}</tbody></table>'


def _cell(_: int, text: str, rows: int, columns: int, page: Page) -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
    words = escape(text) or "&nbsp;"
    if page.wordy and len(text) > 8 and text[3:5].isalpha() and not text[4].isdigit():
        words = f"<p>{escape(text[:4])}<br/>{escape(text[4:])}</p>"
    return f"<td{spans}>{words}</td>"
