"""Read what a document says about itself: title, number, issuer, region, dates and kind."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.documents import Document
from kg.documents.passage import Passage, fold
from kg.grammar.bodies import is_body
from kg.grammar.metablock import LABEL_LINE, is_label, read_labels
from kg.grammar.numbers import chinese_number
from kg.grammar.pattern import Pattern
from kg.records import DocumentInfo, DocumentKind

_CHINESE_DATE = re.compile(
    r"(?P<year>二[〇○零ＯO0一][〇○零ＯO0一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_FIGURES = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")
_DATE = re.compile(r"(20\d\d)[-年./](1[0-2]|0?[1-9])[-月./](3[01]|[12]\d|0?[1-9])日?")

NUMBER = Pattern(
    "document number",
    r"[\u4e00-\u9fff]{2,14}[〔\[(【﹝]?(?:19|20)\d{2}[〕\])】﹞]?第?\d{1,4}号",
    ("灯塔办发〔2031〕5号", "灯政发[2031]12号"),
    ("2031年5月", "第5号"),
)
ORDER = Pattern(
    "number of an order",
    r"(?P<issuer>[\u4e00-\u9fff]{3,20})令(?:\((?:20\d\d年)?)?(?:20\d\d年)?第[\d一二三四五六七八九十百〇零]{1,6}号\)?",
    ("贝壳区人民政府令第5号", "灯塔省人民政府令(第310号)"),
    ("贝壳区人民政府令", "第5号"),
    whole=True,
)
TITLE = Pattern(
    "title",
    r"(?!.*[。;>|]$)(?!\(?[一二三四五六七八九十\d]+[、.)])(?!附件|附表|附录|您|当前|《)[^。;>|]{4,90}?(?:通知|意见|方案|规划|办法|决定|批复|条例|规定|细则|要点|计划|纲要|措施|清单|分工|答复函?|复函|函|行动|预案|规则|公告|通告|报告|任务书|指南|建设标准|若干政策)"
    r"(?:\((?:试行|暂行|修订|征求意见稿|[\d—\-年]+)\))*(?:\(?(?:20\d\d[—\-~至]20\d\d年?)\)?)?》?(?:的(?:通知|函|答复|批复|报告|公告|决定|意见|请示))?(?:\((?:[\u4e00-\u9fff]{2,8})\))?",
    ("贝壳区灯塔建设实施方案", "贝壳区人民政府关于印发灯塔规划的通知"),
    ("一、工作措施", "加强灯塔管理。"),
)
_ISSUER = re.compile(r"(?P<issuer>.{3,60}?)(?:关于(?!印发$)|印发)")
_REGION = re.compile(
    r"(?:[\u4e00-\u9fff]{2,7}?(?:特别行政区|自治区|省))?(?:[\u4e00-\u9fff]{1,11}?(?:自治州|地区|州|盟|市))?(?:[\u4e00-\u9fff]{1,12}?(?:自治县|自治旗|新区|区|县|旗|市))?"
)
_BARE_RANK = re.compile(r"[省市区县州旗](?!直)")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,11}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|州|盟|市|新区|区|县|旗)")
_POINT = re.compile(r"[一二三四五六七八九十]{1,2}、[^。]{2,30}。.")
"""A numbered point of the notice itself, with a title and words of its own."""
_ID_DROPPED = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_PUBLISHED = re.compile(r"(?:^(?:日期|时间|发布于)|(?:发布|公开|公布)(?:日期|时间)):(?P<date>.{8,11})")
_HEAD = 60
_LONGEST_NUMBER = 40
_LONGEST_TITLE = 100
_JOINED_LINES = 4
_LONGEST_LINE = 44
_NO_TITLE_LINE = re.compile(r"[。;:>|,]|首页|^[(]?[一二三四五六七八九十\d]+[、.)]")
_TITLE_ENDS = ("通知", "意见", "答复", "批复", "报告", "公告", "决定", "函", "复函")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the head of a document says, and where the running text after the title begins (index of a passage)."""

    info: DocumentInfo
    names: tuple[str, ...]
    body: int


def read_front(document: Document, passages: Sequence[Passage]) -> Front:
    """Read the metadata of a document from its meta block, its title lines and its signature."""
    labels = dict(document.meta) | read_labels([*_head(document.text, passages[:_HEAD])])
    title, body = _title(passages, labels.get("title"))
    number = _number(labels.get("number"), passages[: body + 12])
    kind = _kind(title, passages)
    signature, signed = _signature(passages)
    publisher = labels.get("issuer")
    named = publisher if publisher and is_body(publisher) else None
    if named and signature and _BARE_RANK.match(named):
        named = signature
    issuer = _in_full(_issuer(title), passages) or named or signature or _of_order(number)
    issued = _date(labels.get("issued")) or signed
    published = _date(labels.get("published")) or _page_date(passages[:_HEAD])
    info = DocumentInfo(
        id=document_id(title, number, document.text, document.name),
        file=document.name,
        sha256=document.sha256,
        title=title or document.name,
        kind=kind,
        number=number,
        issuer=issuer,
        region=_region(issuer, title, publisher),
        date_issued=issued,
        date_published=published,
    )
    return Front(info=info, names=_own_names(title), body=body)


def _head(source: str, passages: Sequence[Passage]) -> Iterator[str]:
    """Give the first lines; of one with tabs, as a copy leaves a meta table, each label with the cell behind it."""
    for line in passages:
        printed = source[line.start : line.end] if line else ""
        cells = ["".join(fold(cell).split()) for cell in printed.split("\t")] if "\t" in printed else []
        labels = [at for at, cell in enumerate(cells[:-1]) if is_label(cell)]
        if labels:
            yield from (f"{cells[at].removesuffix(':')}:{cells[at + 1]}" for at in labels)
        else:
            yield line.text


def document_id(title: str, number: str | None, text: str, name: str) -> str:
    """Make a readable id: the number of the act, else its title and six figures of the hash of its printed characters.

    Only letters, digits and `-`, so that it is a local name in Turtle.
    """
    if number:
        return _ID_DROPPED.sub("-", number.removesuffix("号")).strip("-")
    stem = _ID_DROPPED.sub("", title or name)[:24]
    printed = "".join(text.split()).encode("utf-8", "replace")
    return f"{stem}-{hashlib.sha256(printed).hexdigest()[:6]}"


def _title(passages: Sequence[Passage], labelled: str | None) -> tuple[str, int]:
    """Give the title and the index of the first passage after its last printing in the head."""
    lines = [p.text for p in passages[: _HEAD * 2]]
    title = labelled or ""
    at = -1
    for index, line in enumerate(lines):
        if title and line == title:
            at = index
        if not title and (whole := _broken_title(lines, index)):
            title, at = whole
        elif not title and _may_be_title(line):
            title, at = _joined_title(lines, index)
        elif title and at >= 0 and index <= at + 20 and _repeats(lines, index, title):
            at = index
        if at >= 0 and (index > at + 25 or _POINT.match(line)):
            break
    if at < 0 and labelled:
        return labelled.strip("。"), max(
            (n for n, line in enumerate(lines[:_HEAD]) if LABEL_LINE.fullmatch(line)), default=-1
        ) + 1
    if at < 0:
        return _first_words(lines)
    return title.strip("。"), _after_repeats(lines, at, title)


def _first_words(lines: Sequence[str]) -> tuple[str, int]:
    """Take the first line as the title where it is short and no sentence, heading or label."""
    if (
        lines
        and 2 <= len(lines[0]) <= 40
        and not re.search(r"[。;:>|,]|首页", lines[0])
        and not re.match(r"[(\d一二三四五六七八九十]+[、.)]", lines[0])
    ):
        return lines[0], 1
    return "", 0


def _may_be_title(line: str) -> bool:
    return (
        TITLE.regex.fullmatch(line) is not None
        and not LABEL_LINE.fullmatch(line)
        and ">" not in line
        and "首页" not in line
    )


def _broken_title(lines: Sequence[str], index: int) -> tuple[str, int] | None:
    """Put a title together that begins on a line, 甲政府关于印发…, and ends on one of the next; give it and that line's place."""
    first = lines[index]
    begins = "关于" in first or "".join(lines[index + 1 : index + 2]).startswith("关于")
    if not begins or len(first) > _LONGEST_LINE or _NO_TITLE_LINE.search(first) or LABEL_LINE.fullmatch(first):
        return None
    for count in range(2, _JOINED_LINES + 1):
        rest = lines[index + 1 : index + count]
        if len(rest) < count - 1 or any(len(line) > _LONGEST_LINE or _NO_TITLE_LINE.search(line) for line in rest):
            return None
        joined = first + "".join(rest)
        if joined.endswith(_TITLE_ENDS) and not first.endswith(_TITLE_ENDS) and TITLE.regex.fullmatch(joined):
            return joined, index + count - 1
    return None


def _joined_title(lines: Sequence[str], index: int) -> tuple[str, int]:
    """Put a title together that is broken over lines: take short lines before it that begin it."""
    title, first = lines[index], index
    while first > 0 and index - first < _JOINED_LINES - 1:
        before = lines[first - 1]
        if len(before) > 40 or not (
            title.startswith("关于")
            or before.endswith(("关于", "印发", "的"))
            or ("《" in before and "》" not in before)
        ):
            break
        if re.search(r"[。:>|\d]", before) or LABEL_LINE.fullmatch(before):
            break
        title, first = before + title, first - 1
    return title, index


def _repeats(lines: Sequence[str], index: int, title: str) -> bool:
    """Tell whether the line at `index` ends a second printing of the title or of the plan's own name."""
    if len(lines[index]) > _LONGEST_TITLE:
        return False
    plain = _letters(title)
    line = _letters(lines[index])
    return (len(line) >= 4 and plain.endswith(line)) or (
        len(line) >= 6 and line in plain and len(line) * 2 > len(plain)
    )


def _after_repeats(lines: Sequence[str], at: int, title: str) -> int:
    plain = _letters(title)
    while at + 1 < len(lines) and len(_letters(lines[at + 1])) >= 4 and _letters(lines[at + 1]) in plain:
        at += 1
    return at + 1


def is_own_name(line: str, names: Sequence[str]) -> bool:
    """Tell whether a line prints one of the names of the document, as letters, and nothing else."""
    return len(line) <= _LONGEST_TITLE and _letters(line) in names


def _letters(text: str) -> str:
    return _ID_DROPPED.sub("", text)


def _number(labelled: str | None, passages: Sequence[Passage]) -> str | None:
    if labelled:
        match = re.search(r"[\u4e00-\u9fff]{1,14}[〔\[(【]?(?:19|20)\d{2}[〕\])】]?第?\d+号", labelled)
        if match:
            return match[0]
        if ORDER.fits(labelled):
            return labelled
    for line, below in itertools.zip_longest(passages, passages[1:]):
        if len(line.text) <= _LONGEST_NUMBER and NUMBER.fits(line.text):
            return line.text
        for words in (line.text, line.text + below.text if below and line.text.endswith("令") else ""):
            if len(words) <= _LONGEST_NUMBER and ORDER.fits(words):
                return words
    return None


def _of_order(number: str | None) -> str | None:
    """Give the body whose order a number is."""
    order = ORDER.fits(number) if number else None
    return order["issuer"] if order and is_body(order["issuer"]) else None


def _kind(title: str, passages: Sequence[Passage]) -> DocumentKind:
    if re.search(r"(?:答复|复函|回复|办理情况|提案.*函|建议.*函)", title):
        return DocumentKind.REPLY
    if re.search(r"(?:条例|办法|规定|细则|规则)(?:\((?:试行|暂行|修订)\))?》?(?:的通知)?$", title) and any(
        re.match(r"第[一二三四五六七八九十]+条", p.text) for p in passages
    ):
        return DocumentKind.REGULATION
    if title.endswith("通知") and not re.search(r"印发|方案|规划|意见|要点|计划|任务|分工|措施|行动|清单|责任", title):
        return DocumentKind.NOTICE
    return DocumentKind.PLAN


def _issuer(title: str) -> str | None:
    match = _ISSUER.match(title)
    if not match:
        return None
    issuer = re.sub(r"等[一二三四五六七八九十\d]*(?:个)?部门$", "", match["issuer"])
    bodies = re.split(r"[、 ]", issuer)
    return issuer if all(is_body(body) for body in bodies) else None


def _in_full(issuer: str | None, passages: Sequence[Passage]) -> str | None:
    """Give the name of a commission in full where a line signs it so: 市灯塔委员会 for 市灯塔委."""
    full = f"{issuer}员会" if issuer and issuer.endswith("委") else None
    return full if full and any(line.text == full for line in passages) else issuer


def _signature(passages: Sequence[Passage]) -> tuple[str | None, date | None]:
    """Find a short line that names a body with a line that is a date after it."""
    for name, when in itertools.pairwise(passages):
        signed = _DATE.fullmatch(_in_figures(when.text))
        if len(name.text) <= 40 and signed and not LABEL_LINE.fullmatch(name.text):
            return (name.text if is_body(name.text) else None), _as_date(signed)
    alone = next((m for p in passages[:_HEAD] if (m := _DATE.fullmatch(_in_figures(p.text))) and "年" in p.text), None)
    return None, (_as_date(alone) if alone else None)


def _in_figures(text: str) -> str:
    """Print a date that is written in Chinese numerals (二〇三一年五月十八日) in figures."""
    match = _CHINESE_DATE.search(text) if "年" in text and len(text) < _LONGEST_TITLE else None
    if match is None:
        return text
    year = match["year"].translate(_FIGURES)
    month, day = (chinese_number(match[part]) for part in ("month", "day"))
    return f"{text[: match.start()]}{year}年{month}月{day}日{text[match.end() :]}"


def _date(text: str | None) -> date | None:
    match = _DATE.search(_in_figures(text)) if text else None
    return _as_date(match) if match else None


def _as_date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _page_date(passages: Sequence[Passage]) -> date | None:
    for line in passages:
        match = _PUBLISHED.search(line.text) if len(line.text) < _LONGEST_TITLE else None
        if match:
            return _date(match["date"])
    return None


def _region(issuer: str | None, title: str, publisher: str | None) -> str | None:
    """Give the innermost region that the issuer, the title or the publisher begins with, as printed."""
    for clue in (issuer, title, publisher):
        match = _REGION.match((clue or "").removeprefix("关于").removeprefix("对"))
        units = _UNIT.findall(match[0]) if match else []
        if units and len(units[-1]) >= 2:
            return str(units[-1])
    return None


def _own_names(title: str) -> tuple[str, ...]:
    """Give the letters of the names that the document goes by: its title and the name within it."""
    inner = re.findall(r"《(.+)》", title) + re.findall(r"印发(?!《)(.+?)的通知", title)
    return tuple(_letters(name) for name in [title, *inner] if name)
