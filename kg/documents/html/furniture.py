"""Find the furniture of a page: what is hidden, menus, bars to share and print, the way to the page, and its foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from kg.documents.html.flow import BLOCKS
from kg.documents.html.page import Page, Weights, is_link

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:.*[-_])?(?:breadcrumbs?|crumbs?|bdshare\w*|bshare\w*|share(?:box|bar)?|social|jiathis\w*|print(?:er)?|noprint|font-?size|toolbar|"
    r"footer|foot|copyright|nav|navbar|navigation|menu|sidebar|qrcode|ewm|xgwj|xglj|xgyd|related|pager|prevnext|friendlinks?|search(?:box|bar)?)",
    re.IGNORECASE,
)
"""Words of classes and ids that style furniture."""

_ELEMENTS = frozenset({"aside", "footer", "form", "header", "nav", "textarea"})
_FOOT = re.compile(r"版权所有|ICP备|公网安备|网站标识码|[Cc]opyright|©")
_BAR = re.compile(
    r"(?:上|下)一[篇条页]|相关(?:链接|文章|阅读|新闻|解读|文档|稿件|信息)[:：]?$|分享(?:到|至)?[:：]?$|扫一扫|[【\[]?(?:打印|关闭|字(?:体|号)大?小?[:：])|视力保护|语音播报"
)
_WAY = re.compile(r"(?:[您你](?:当前|现在)?|当前|现在)(?:所在)?的?(?:位置|栏目)|首页$")
_WAY_MARK = re.compile(r"[>＞»›/]")
_STOP = "。"
_LARGEST_FOOT = 400
_LARGEST_BAR = 60
_LARGEST_WAY = 120
_MOST_LEVELS = 12
_FEWEST_LINKS = 3
_LEAST_PLAIN = 0.3
_MOST_WORDS = 0.5
_MENUS = frozenset({"div", "dl", "li", "ol", "p", "section", "table", "td", "tr", "ul"})


def hidden(page: Page, weights: Weights) -> tuple[frozenset[int], frozenset[int]]:
    """Give the elements that a browser does not show, and those that by their names hold no part of the article.

    One that holds most of the page's words is neither: scripts show some pages late, and a form may wrap a whole page.
    """
    unseen: set[int] = set()
    aside: set[int] = set()
    most = _MOST_WORDS * weights.plain[-1]
    place = 1
    while place < len(page.tags):
        end = page.ends[place]
        named = place in page.attributes or page.tags[place] in _ELEMENTS
        if named and weights.plain[end] - weights.plain[place] <= most:
            found = unseen if _is_unseen(page, place) else aside if _is_aside(page, place) else None
            if found is not None:
                found.add(place)
                place = end
                continue
        place += 1
    return frozenset(unseen), frozenset(aside)


def _is_unseen(page: Page, node: int) -> bool:
    if page.tags[node] == "textarea":
        return True
    found = page.attributes.get(node, {})
    style = found.get("style")
    return "hidden" in found or (bool(style) and _HIDDEN.search(style or "") is not None)


def _is_aside(page: Page, node: int) -> bool:
    tag = page.tags[node]
    if tag in _ELEMENTS:
        return tag != "header" or not any(page.tags[one] in ("article", "main") for one in page.around(node))
    return tag in BLOCKS and _is_named(page.attribute(node, "class"), page.attribute(node, "id"))


@lru_cache(maxsize=1024)
def _is_named(classes: str, name: str) -> bool:
    return any(_NAMED.fullmatch(one) for one in (*classes.split(), *name.split()))


def furniture(page: Page, weights: Weights) -> frozenset[int]:
    """Give the menus of a page and the short blocks around words that only furniture has."""
    found = set(_menus(page, weights))
    for place, text in enumerate(page.texts):
        words = text.strip()
        if 1 < len(words) <= _LARGEST_WAY and _STOP not in words:
            found.update(_around_words(page, weights, place, words))
    return frozenset(found)


def _menus(page: Page, weights: Weights) -> Iterator[int]:
    """Give the blocks that are little but links to other pages; a list of annexes is none."""
    links = [0]
    for place, tag in enumerate(page.tags):
        links.append(links[-1] + (tag == "a" and is_link(page, place)))
    place = 1
    while place < len(page.tags):
        end = page.ends[place]
        letters = weights.letters[end] - weights.letters[place]
        if (
            page.tags[place] in _MENUS
            and links[end] - links[place] >= _FEWEST_LINKS
            and weights.plain[end] - weights.plain[place] < _LEAST_PLAIN * letters
            and "附件" not in page.first_words(place)
        ):
            yield place
            place = end
        else:
            place += 1


def _around_words(page: Page, weights: Weights, place: int, words: str) -> Iterator[int]:
    if _FOOT.search(words):
        yield _block(page, weights, place, _LARGEST_FOOT)
    elif _BAR.match(words):
        yield _block(page, weights, place, _LARGEST_BAR)
    elif _WAY.match(words):
        block = _block(page, weights, place, _LARGEST_WAY)
        if _WAY_MARK.search(page.text(block)) or words.endswith(("：", ":")):
            yield block


def _block(page: Page, weights: Weights, place: int, most: int) -> int:
    """Give the largest element around a text that is short and holds no sentence; the text itself where there is none."""
    chosen = place
    for node in islice(page.around(place), _MOST_LEVELS):
        size = weights.letters[page.ends[node]] - weights.letters[node]
        if size > most or _STOP in page.text(node) or page.tags[node] in ("td", "th", "tr", "tbody"):
            break
        chosen = node
    return chosen
