"""Read the tasks of the running text: the smallest units with a duty clause, else the lowest headings that ask for work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.documents.passage import Passage, join
from kg.extract.acting import begins_with_actor
from kg.extract.background import BACKGROUND
from kg.extract.drafts import Draft, Segment, is_standalone, moved, read_paragraphs, without_person
from kg.extract.outline import Unit
from kg.extract.prose import names_somebody
from kg.extract.table_tasks import is_task_table
from kg.grammar.bodies import split_bodies
from kg.grammar.clauses import Clause, find_clauses, labelled, share_of
from kg.grammar.labels import TIME_LABEL
from kg.grammar.rules import ALL_ABOVE

_WORK = re.compile(r"任务(?!目标)|举措|措施|行动(?!目标|范围)|保障|实施步骤|安排")
_OPENING = re.compile(r"([^。;:]{4,30})[。]")
_ENDS = tuple('。!;:)]】”"')
_HEADING_LINES = 2
_SHORT_HEADING = 16
_FEWEST_SHARES = 2
_FIELD = re.compile(
    r"(?:工作|任务|主要|具体|重点|年度|总体|推进|实施|阶段|绩效|预期|建设)*(?:目标|任务|内容|举措|措施|计划|安排|要求|步骤|时限|时间|进度|成效|范围|对象|标准)(?:任务|安排|要求|及目标)?(?::|$)"
)
_CHARGED_WITH = re.compile(
    r"(?P<list>[^,;。:]{2,60}?)(?:应当|应|主要|依法|具体)*(?:履行|承担|负责|做好|行使)(?:下列|以下|如下)[^,;。:]{0,16}(?:职责|职能|工作|事项|任务|责任):"
)
_LED = re.compile(r"[^,;:。]{3,60}牵头(?:负责|抓总)?,")
_DIVISION = re.compile(r"职责|分工")
_SMALLEST = frozenset({"third", "fourth", "fifth", "item", "article"})
"""Units with numerals of low rank, each one task however many clauses its text holds."""
_TITLE_LIKE = re.compile(r"[^,;:]{4,30}")


def find_tasks(root: Unit) -> Iterator[Draft]:
    """Find the tasks of a plan, in the order of the text."""
    last = _last_unit(root)
    for unit in root.children or [root]:
        yield from (draft for draft in _visit(unit, background=False, last=last) if draft.text)


def _last_unit(root: Unit) -> Unit:
    unit = root
    while unit.children:
        unit = unit.children[-1]
    return unit


def bearers(unit: Unit) -> tuple[Passage, ...]:
    """Give the bodies that a heading names and nothing else, where duties are sorted by body; a heading above counts too."""
    above: Unit | None = unit
    while above is not None and above.kind != "root":
        named = _named_by(above.title)
        if named and _is_sorted_by_body(above):
            return named
        above = above.parent
    return ()


def _named_by(title: Passage) -> tuple[Passage, ...]:
    found = split_bodies(title.text, trusted=False) if title else None
    if found is None or found.strange or found.open:
        return ()
    return tuple(title.part(item.start, item.end) for item in found.items)


def _is_sorted_by_body(unit: Unit) -> bool:
    siblings = unit.parent.children if unit.parent else []
    named = sum(1 for sibling in siblings if _named_by(sibling.title))
    return named >= 2 and named * 2 > len(siblings)


def is_background(unit: Unit) -> bool:
    """Tell whether a heading announces background, principles or aims rather than work."""
    title = (unit.title or unit.heading).text.rstrip("。:")
    return BACKGROUND.fits(title) is not None and not _WORK.search(title)


def _visit(unit: Unit, *, background: bool, last: Unit) -> Iterator[Draft]:
    if unit.kind == "annex" and not unit.children:
        if any(clause for _, clause in read_paragraphs(unit)):
            yield from _leaf(unit, background=True, last=last)
        return
    background = background or is_background(unit)
    if not unit.children:
        yield from _leaf(unit, background=background, last=last)
        return
    group = _fielded(unit) or _group_clause(unit)
    if group is not None:
        yield group
        return
    if unit.kind == "article":
        yield from _article(unit, background=background, last=last)
        return
    if any(clauses for _, clauses in read_paragraphs(unit)):
        yield from _leaf(unit, background=True, last=last)
    for child in unit.children:
        yield from _visit(child, background=background, last=last)


def _article(unit: Unit, *, background: bool, last: Unit) -> Iterator[Draft]:
    """Read an article with items: what stands above them, each item, and the paragraphs below them with bodies of their own."""
    yield _plain(unit, truncated=False)
    *others, final = unit.children
    listed = _charged(unit)
    for child in others:
        yield from _items(child, listed, background=background, last=last)
    own = next((n for n, part in enumerate(final.body) if n and begins_with_actor(part.text)), len(final.body))
    below = final.body[own:] if not final.children else []
    shortened = replace(final, body=final.body[:own]) if below else final
    yield from _items(shortened, listed, background=background, last=last)
    yield from _paragraphs(unit, below)


def _items(unit: Unit, listed: tuple[Passage, ...], *, background: bool, last: Unit) -> Iterator[Draft]:
    """Read an item of an article; it is for the bodies which the words above the items charge, unless it names its own."""
    for draft in _visit(unit, background=background, last=last):
        yield draft if draft.clauses or begins_with_actor(draft.text.text) else replace(draft, bearers=listed)


def _charged(unit: Unit) -> tuple[Passage, ...]:
    """Give the bodies that the words above the items of an article charge with them: 区灯塔局履行下列职责."""
    lead = unit.body[-1] if unit.body else unit.title
    match = _CHARGED_WITH.fullmatch(lead.text) if lead else None
    found = split_bodies(lead.text, *match.span("list"), trusted=False) if match else None
    if found is None or found.strange or not all(names_somebody(item.name) for item in found.items):
        return ()
    return tuple(lead.part(item.start, item.end) for item in found.items)


def _paragraphs(unit: Unit, parts: Sequence[Passage]) -> Iterator[Draft]:
    """Make a task of each paragraph of an article that begins with the bodies it charges, with those below it that begin with none."""
    section = (*unit.section, unit.heading.text) if unit.heading else unit.section
    group: list[Passage] = []
    for part in parts:
        if group and begins_with_actor(part.text):
            yield Draft(path=unit.path, section=section, text=join(group))
            group = []
        group.append(part)
    if group:
        yield Draft(path=unit.path, section=section, text=join(group))


def _fielded(unit: Unit) -> Draft | None:
    """Read a unit whose numbered parts are its fields, the bodies among them, as one task, 1.任务目标 2.责任单位."""
    fields = [list(filter(None, map(without_person, (child.title, *child.body)))) for child in unit.children]
    named = [labelled(parts[0].text) if parts else None for parts in fields]
    if not any(named) or any(child.children for child in unit.children):
        return None
    others = [(child, parts) for child, parts, clause in zip(unit.children, fields, named, strict=True) if not clause]
    if any(parts and not _is_field(child, parts) for child, parts in others):
        return None
    segment = Segment()
    for part, clauses in read_paragraphs(unit):
        segment.add(part, clauses)
    for child, parts, clause in zip(unit.children, fields, named, strict=True):
        if not parts:
            continue
        first = parts[0] if clause or child.heading.text.endswith(parts[0].text) else child.heading
        segment.add(first, [clause] if clause else [])
        for part in parts[1:]:
            segment.add(part, [])
    return Draft(
        path=unit.path,
        section=unit.section,
        title=unit.title or None,
        text=join(segment.parts),
        clauses=tuple(segment.marks),
    )


def _is_field(child: Unit, parts: Sequence[Passage]) -> bool:
    """Tell whether a numbered part begins with the name of a field and assigns nothing itself, 1.工作目标."""
    if any(labelled(part.text) or find_clauses(part.text)[0] for part in parts):
        return False
    return _FIELD.match(child.title.text) is not None or TIME_LABEL.at_start(parts[0].text) is not None


def _group_clause(unit: Unit) -> Draft | None:
    """Read one clause that stands by itself below several units as the clause of their heading."""
    if len(unit.children) < 2 or any(child.children for child in unit.children):
        return None
    *others, final = unit.children
    lines = read_paragraphs(final)
    if not lines or any(clauses for child in others for _, clauses in read_paragraphs(child)):
        return None
    clause_lines = [clauses for _, clauses in lines if clauses]
    if ALL_ABOVE.first(lines[-1][0].text):
        return None
    if not is_standalone(*lines[-1]) or len(clause_lines) != 1 or (final.runs_on and len(lines) == 1):
        return None
    segment = Segment()
    for part, clauses in read_paragraphs(unit):
        segment.add(part, clauses)
    for child in unit.children:
        if child.heading:
            segment.add(child.heading, [])
        for part, clauses in read_paragraphs(child):
            segment.add(part, clauses)
    return _draft(unit, segment, own_title=True)


def _leaf(unit: Unit, *, background: bool, last: Unit) -> Iterator[Draft]:
    shares = [found for part in unit.body if (found := share_of(part.text))]
    if len(shares) >= _FEWEST_SHARES and 2 * len(shares) > len(unit.body) and not background:
        yield from _shares(unit)
        return
    segments = _segments(unit)
    if not segments and unit.kind == "article" and _has_several_subjects(unit):
        yield from _paragraphs(unit, unit.body)
        return
    if not segments and (_is_division(unit) or _is_led_by_each(unit, background=background)):
        yield from _shares(unit)
        return
    if not segments:
        if not background and (unit.title or unit.body) and not any(map(is_task_table, unit.tables)):
            yield _plain(unit, truncated=unit is last and _is_cut(unit))
        return
    if len(segments) == 1 and unit.kind != "root":
        yield _draft(unit, segments[0], own_title=True)
        return
    single = all(len(segment.parts) - _clause_lines(segment) <= 1 for segment in segments[1:])
    first, *others = segments
    for segment in [_last_paragraph(first) if single else first, *others]:
        yield _draft(unit, segment, own_title=False)


def _shares(unit: Unit) -> Iterator[Draft]:
    """Make a task of each paragraph that begins with the bodies it is about: 区灯塔局:巡查灯塔."""
    section = (*unit.section, unit.heading.text) if unit.heading else unit.section
    for part in unit.body:
        clause = share_of(part.text)
        if clause or begins_with_actor(part.text) or _LED.match(part.text):
            yield Draft(path=unit.path, section=section, text=part, clauses=(clause,) if clause else ())


def _is_division(unit: Unit) -> bool:
    """Tell whether a heading divides the work and each of its paragraphs begins with a body and what it does."""
    if not _DIVISION.search(unit.title.text):
        return False
    return len(unit.body) >= _FEWEST_SHARES and all(begins_with_actor(part.text) for part in unit.body)


def _has_several_subjects(unit: Unit) -> bool:
    return sum(begins_with_actor(part.text) for part in unit.body) >= _FEWEST_SHARES


def _is_led_by_each(unit: Unit, *, background: bool) -> bool:
    """Tell whether each paragraph of a unit begins with who leads what it says: 区灯塔局牵头,区渔网局配合,…."""
    return not background and len(unit.body) >= _FEWEST_SHARES and all(_LED.match(part.text) for part in unit.body)


def _clause_lines(segment: Segment) -> int:
    """Count the paragraphs at the end of a segment that hold nothing but a clause."""
    return sum(
        1
        for part in segment.parts
        if labelled(part.text) or TIME_LABEL.at_start(part.text) or is_standalone(part, find_clauses(part.text)[0])
    )


def _segments(unit: Unit) -> list[Segment]:
    """Cut the paragraphs of a unit after each clause; clause lines in a row belong together. What follows the last is left."""
    segments: list[Segment] = []
    current = Segment()
    for part, clauses in read_paragraphs(unit):
        more = is_standalone(part, clauses) or TIME_LABEL.at_start(part.text)
        if more and segments and not current.parts:
            segments[-1].add(part, clauses)
            continue
        cut = [(part, clauses)] if unit.kind in _SMALLEST else _inner_cut(part, clauses)
        for piece, inner in cut:
            current.add(piece, inner)
            if inner:
                segments.append(current)
                current = Segment()
    return segments


def _inner_cut(part: Passage, clauses: Sequence[Clause]) -> list[tuple[Passage, list[Clause]]]:
    """Cut one paragraph that holds several clauses, each at the end of its sentences, after each of them."""
    if len(clauses) < 2 or (part.text[0] not in "([【" and any(c.start == 0 for c in clauses)):
        return [(part, list(clauses))]
    pieces: list[tuple[Passage, list[Clause]]] = []
    place = 0
    for clause in clauses:
        end = clause.end + (1 if part.text[clause.end : clause.end + 1] in ("。", ";") else 0)
        pieces.append((part.part(place, end), [moved(clause, -place)]))
        place = end
    if place < len(part.text):
        pieces.append((part.part(place), []))
    return [p for p in pieces if p[0]]


def _last_paragraph(segment: Segment) -> Segment:
    """Drop introductory paragraphs before the one that carries the clause."""
    keep = _clause_lines(segment) + 1
    kept = Segment()
    dropped = segment.parts[:-keep] if keep < len(segment.parts) else []
    shift = sum(len(p.text) for p in dropped)
    for part in segment.parts[len(dropped) :]:
        kept.add(part, [])
    kept.marks = [moved(clause, -shift) for clause in segment.marks]
    return kept


def _draft(unit: Unit, segment: Segment, *, own_title: bool) -> Draft:
    """Make the draft of one segment: the heading is the title where the segment is all that the unit holds."""
    text = join(segment.parts)
    end = segment.marks[-1].end if segment.marks else len(text.text)
    if end < len(text.text) and text.text[end] in "。;":
        end += 1
    text = text.part(0, max(end, _time_end(segment)))
    if own_title:
        return Draft(
            path=unit.path, section=unit.section, title=unit.title or None, text=text, clauses=tuple(segment.marks)
        )
    section = (*unit.section, unit.heading.text) if unit.heading else unit.section
    above, title, text, shift = _heading_line(segment, text) or ("", *_opening(text, segment.marks))
    return Draft(
        path=unit.path,
        section=(*section, above) if above else section,
        title=title,
        text=text,
        clauses=tuple(moved(c, -shift) for c in segment.marks),
    )


def _time_end(segment: Segment) -> int:
    place = end = 0
    for part in segment.parts:
        place += len(part.text)
        if TIME_LABEL.at_start(part.text):
            end = place
    return end


def _heading_line(segment: Segment, text: Passage) -> tuple[str, Passage, Passage, int] | None:
    """Take a short first line without a stop as the title of the paragraphs below it; of two, the first is a section."""
    lines = segment.parts[: len(segment.parts) - _clause_lines(segment)]
    headings = 0
    while headings < len(lines) - 1 and headings < _HEADING_LINES and _is_heading_line(lines[headings], headings):
        headings += 1
    if not headings:
        return None
    shift = sum(len(line.text) for line in lines[:headings])
    above = lines[0].text if headings > 1 else ""
    return above, lines[headings - 1], text.part(shift), shift


def _is_heading_line(line: Passage, above: int) -> bool:
    longest = _SHORT_HEADING if above else len(line.text)
    return _TITLE_LIKE.fullmatch(line.text) is not None and line.text[-1] not in "。:;" and len(line.text) <= longest


def _opening(text: Passage, clauses: Sequence[Clause]) -> tuple[Passage | None, Passage, int]:
    """Take the opening sentence as the title where it is short and title-like."""
    match = _OPENING.match(text.text)
    limit = clauses[0].start if clauses else len(text.text)
    if match and match.end() < limit and _TITLE_LIKE.fullmatch(match[1]):
        return text.part(0, match.end(1)), text.part(match.end()), match.end()
    return None, text, 0


def _plain(unit: Unit, *, truncated: bool) -> Draft:
    """Make the draft of a heading without a clause."""
    parts = [part for part in map(without_person, unit.body) if part]
    text = join(parts) if parts else unit.title
    return Draft(
        path=unit.path,
        section=unit.section,
        title=unit.title or None,
        text=text,
        truncated=truncated,
        bearers=bearers(unit),
    )


def _is_cut(unit: Unit) -> bool:
    """Tell whether the text breaks off in its last unit: words without a stop at the end."""
    final = unit.body[-1] if unit.body else unit.heading
    return not final.text.endswith(_ENDS) and unit.kind != "annex"
