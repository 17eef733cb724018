"""A line in which headings, numbers and text run together is cut where its paragraphs began, and no other line is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Paragraph, read
from kg.documents.running import pieces
from kg.extract import extract

RUN = (
    "一、总体要求 （一）指导思想。以灯塔为指引，全面建设。 （二）主要目标。到2031年，建成灯塔30座。 二、重点任务 "
    "（一）修缮灯塔。加快修缮，建立台账。（牵头单位：区民政局；配合单位：区财政局） （二）培训人员。1.开展培训。每年培训200名。"
    "（责任单位：区人社局）2.建设基地。2032年底前建成基地2个。（责任单位：区教育局） 三、保障措施 （一）加强领导。成立领导小组。"
)
LINES = [
    "一、总体要求",
    "（一）指导思想。以灯塔为指引，全面建设。",
    "（二）主要目标。到2031年，建成灯塔30座。",
    "二、重点任务",
    "（一）修缮灯塔。加快修缮，建立台账。（牵头单位：区民政局；配合单位：区财政局）",
    "（二）培训人员。",
    "1.开展培训。每年培训200名。（责任单位：区人社局）",
    "2.建设基地。2032年底前建成基地2个。（责任单位：区教育局）",
    "三、保障措施",
    "（一）加强领导。成立领导小组。",
]


def paragraphs(text: str) -> list[str]:
    return [b.passage.printed(text) for b in read(text.encode(), name="x.txt").blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize("text", [RUN, RUN.replace(" ", "  "), RUN.replace(" （", "（")])
def test_headings_and_items_that_run_together_are_cut(text: str) -> None:
    assert paragraphs(f"贝壳区灯塔养护方案\n{text}\n")[1:] == [line.replace(" ", "") for line in LINES]


def test_a_text_on_one_line_gives_the_same_tasks_as_on_many() -> None:
    one, many = (extract(read(f"贝壳区灯塔养护方案\n{body}\n".encode())) for body in (RUN, "\n".join(LINES)))
    told = [
        [
            (t.number, t.title, [(d.department, d.role) for d in t.responsibilities], [d.when for d in t.deadlines])
            for t in plan.tasks
        ]
        for plan in (one, many)
    ]
    assert told[0] == told[1]
    assert [number for number, *_ in told[0]] == ["二/(一)", "二/(二)/1", "二/(二)/2", "三/(一)"]


@pytest.mark.parametrize(
    "text",
    [
        "根据条例第三条第（一）项和第（二）项的规定，" + "灯塔由区里养护，渔网由渔民修补。" * 8,
        "要做到：（1）点灯；（2）修网；（3）放风筝。" + "灯塔由区里养护，渔网由渔民修补。" * 8,
        "一是点灯，二是修网，三是放风筝。" + "灯塔由区里养护，渔网由渔民修补。" * 8,
        "灯塔由区里养护，渔网由渔民修补。一、二级灯塔由市里养护，三、四级灯塔由区里养护。" + "灯塔由区里养护。" * 12,
        "（一）点灯。" + "灯塔由区里养护，渔网由渔民修补。" * 8,
    ],
)
def test_a_paragraph_with_an_inner_enumeration_stays_whole(text: str) -> None:
    assert pieces(text, 0, len(text)) == [(0, len(text))]


@given(st.text(alphabet="一二三、（）()1234.。 灯塔网区民政局牵头单位:;章第\t", min_size=100, max_size=300))
def test_pieces_hold_every_printed_character_once_and_in_order(text: str) -> None:
    found = pieces(text, 0, len(text))
    assert "".join(text[a:b] for a, b in found).split() == "".join(text.split()).split() or "".join(
        "".join(text[a:b] for a, b in found).split()
    ) == "".join(text.split())
    assert all(a < b for a, b in found)
