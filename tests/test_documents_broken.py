"""The lines of a table cell are put together: a name that a break cut is one, whole names below each other are a list."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import read
from kg.documents.broken import join_lines

JOINED = [
    ("市灯塔城乡|建设局", "市灯塔城乡建设局"),
    ("市渔网局|市灯塔文化|和旅游局", "市渔网局、市灯塔文化和旅游局"),
    ("★各县（市、区）人民政府|★贝壳经开区管委会|市渔网局", "★各县（市、区）人民政府、★贝壳经开区管委会、市渔网局"),
    ("各县（市、|区）人民政府|市渔网局等", "各县（市、区）人民政府、市渔网局等"),
    ("市渔网局、石灯区人民政府|螺湾区人民政府", "市渔网局、石灯区人民政府、螺湾区人民政府"),
    ("石灯区|人民政府", "石灯区人民政府"),
    ("各乡镇|人民政府", "各乡镇人民政府"),
    ("各乡镇人|民政府（街道办事处）", "各乡镇人民政府（街道办事处）"),
    ("各镇|乡街道", "各镇乡街道"),
    ("渔网总局、各|省级人民政府", "渔网总局、各省级人民政府"),
    ("各有关|市级部门", "各有关市级部门"),
    ("各县市|区人民政府", "各县市区人民政府"),
    ("各县区|各乡镇|市渔网局", "各县区、各乡镇、市渔网局"),
    ("各有关部门|各镇人民政府", "各有关部门、各镇人民政府"),
    ("市委|组织部", "市委组织部"),
    ("市委|市政府", "市委、市政府"),
    ("市政府|办公室|市渔网局", "市政府办公室、市渔网局"),
    ("市渔网管理委|员会|市渔网集团|有限公司", "市渔网管理委员会、市渔网集团有限公司"),
    ("市公安局|石灯分局", "市公安局石灯分局"),
    ("国家税务总局|石灯区税务局", "国家税务总局石灯区税务局"),
    ("石灯区|螺湾县", "石灯区、螺湾县"),
    ("石灯区|市场监管局", "石灯区市场监管局"),
    ("石灯市|螺湾区", "石灯市螺湾区"),
    ("市渔网局（牵头）|市灯塔局", "市渔网局（牵头）、市灯塔局"),
    ("1.市渔网局|2.市灯塔局", "1.市渔网局、2.市灯塔局"),
    ("牵头单位：市渔网局|市灯塔局|配合单位：市风筝局", "牵头单位：市渔网局、市灯塔局;配合单位：市风筝局"),
    ("灯塔总局（国家渔网委）|渔网部", "灯塔总局（国家渔网委）、渔网部"),
    ("派出所|司法所|中心小学", "派出所、司法所、中心小学"),
    ("文化和灯塔部、|渔网部", "文化和灯塔部、渔网部"),
    ("成立工作专班，|由市渔网局|市灯塔局办公室统筹推进灯塔修缮，|每月调度", "成立工作专班，由市渔网局市灯塔局办公室统筹推进灯塔修缮，每月调度"),
    ("修缮灯塔|更换夜航灯", "修缮灯塔更换夜航灯"),
    ("责任单位|（★为牵头单位）", "责任单位（★为牵头单位）"),
    ("Shell|Bay", "Shell Bay"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "joined"), JOINED)
def test_a_break_parts_whole_names_and_nothing_else(lines: str, joined: str) -> None:
    assert join_lines(lines.split("|")) == joined


WHOLE = [
    "省码头工作联席会议办公室", "市审计局", "市公安局交警支队", "市灯塔乡村振兴局", "国务院灯塔办公厅", "灯塔银行贝壳滩中心支行", "各区县(自治县)人民政府", "县灯塔工作委员会办公室",
    "各县市区渔网局", "各有关部门和单位", "省政府办公厅(省灯塔中心)", "市灯委会成员单位", "灯塔大学附属贝壳医院", "国家税务总局贝壳区税务局",
    "各乡镇人民政府(街道办事处)", "贝壳开发区管委会", "市委灯塔委员会办公室", "区住房和城乡建设局", "贝壳湾水务集团有限公司", "市人力资源和社会保障局",
]  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_that_is_cut_anywhere_is_one(name: str) -> None:
    for at in range(1, len(name)):
        assert join_lines([name[:at], name[at:]]) == name


@given(st.lists(st.text(st.sampled_from("市局委灯★（）、，；a1 "), min_size=1).filter(str.strip), max_size=6))
def test_no_character_of_a_cell_is_lost(lines: list[str]) -> None:
    printed = [char for line in lines for char in line if char not in "、; "]
    assert [char for char in join_lines(lines) if char not in "、; "] == printed


HEADER = ("序号", "工作任务", "责任单位")
NAMES = ("区灯塔城乡", "建设局", "石灯镇人民政府", "螺湾镇人民政府")
LIST = "区灯塔城乡建设局、石灯镇人民政府、螺湾镇人民政府"


def a_page(parted: str) -> bytes:
    rows = (HEADER, ("1", "修缮灯塔", parted.join(NAMES)))
    made = "".join(f"<tr>{''.join(f'<td><p>{text}</p></td>' for text in row)}</tr>" for row in rows)
    return f"<html><body><p>贝壳区灯塔任务表</p><table>{made}</table></body></html>".encode()


@pytest.mark.parametrize("parted", ["<br>", "<br/>", "</p><p>", "</div><div>"])
def test_a_web_page_parts_the_lines_of_a_cell_in_any_way(parted: str) -> None:
    assert LIST in read(a_page(parted), name="plan.html").text


def test_breaks_and_paragraphs_in_a_cell_of_a_word_processor_are_lines() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    first, second, third = table.rows[1].cells
    first.text, second.text, third.text = "1", "修缮灯塔", "\n".join(NAMES[:2])
    for name in NAMES[2:]:
        third.add_paragraph(name)
    data = io.BytesIO()
    made.save(data)
    assert LIST in read(data.getvalue(), name="plan.docx").text
