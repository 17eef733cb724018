"""A document says what it is: title, number, issuer, region, dates and kind, in a meta block, in its title or at its end."""

from __future__ import annotations

from datetime import date

import pytest

from kg.documents import read
from kg.extract import extract
from kg.records import DocumentInfo, DocumentKind

BODY = "一、修缮灯塔。（区灯塔局负责）"


def info(*lines: str, name: str = "plan.txt") -> DocumentInfo:
    return extract(read("\n\n".join(lines).encode(), name=name)).document


NOTICE = "贝壳区人民政府办公室关于印发贝壳区灯塔养护方案的通知"


def test_a_notice_names_its_issuer_and_region_in_its_title_and_is_signed_with_a_date() -> None:
    found = info(
        NOTICE,
        "贝政办发〔2031〕5号",
        "各街道：",
        "现印发给你们。",
        "贝壳区人民政府办公室",
        "2031年3月18日",
        "贝壳区灯塔养护方案",
        BODY,
    )
    assert (found.title, found.number) == (NOTICE, "贝政办发〔2031〕5号")
    assert (found.issuer, found.region) == ("贝壳区人民政府办公室", "贝壳区")
    assert (found.date_issued, found.date_published) == (date(2031, 3, 18), None)
    assert found.kind is DocumentKind.PLAN
    assert found.id == "贝政办发-2031-5"
    assert (found.file, len(found.sha256)) == ("plan.txt", 64)


BLOCKS = [
    (
        "标题：{}",
        "发文字号：贝政办发〔2031〕5号",
        "发布机构：贝壳区人民政府办公室",
        "成文日期：2031-03-18",
        "发布日期：2031年3月20日",
    ),
    tuple(
        part
        for pair in zip(
            ("标题", "发文字号", "发布机构", "成文日期", "发布日期"),
            ("{}", "贝政办发〔2031〕5号", "贝壳区人民政府办公室", "2031-03-18", "2031-03-20"),
            strict=True,
        )
        for part in pair
    ),
    (
        "索 引 号\t0186-1\t发布机构\t贝壳区人民政府办公室",
        "公开形式\t主动公开\t发文字号\t贝政办发〔2031〕5号",
        "成文日期\t2031-03-18\t发布日期\t2031-03-20",
    ),
    tuple(
        f"• {part}"
        for part in (
            "标题",
            "{}",
            "发文字号",
            "贝政办发〔2031〕5号",
            "发布机构",
            "贝壳区人民政府办公室",
            "成文日期",
            "2031-03-18",
            "发布日期",
            "2031-03-20",
        )
    ),
]


@pytest.mark.parametrize(
    "block", BLOCKS, ids=["label and value on a line", "a line each", "a table with tabs", "a list"]
)
def test_a_meta_block_is_read_in_each_of_its_forms(block: tuple[str, ...]) -> None:
    found = info(*(line.format(NOTICE) for line in block), NOTICE, BODY)
    assert found.title == NOTICE
    assert found.number == "贝政办发〔2031〕5号"
    assert found.issuer == "贝壳区人民政府办公室"
    assert (found.date_issued, found.date_published) == (date(2031, 3, 18), date(2031, 3, 20))


def test_a_title_that_is_broken_over_lines_is_put_together() -> None:
    found = info("雾灯市人民政府\n关于印发雾灯市灯塔养护方案的通知", BODY)
    assert found.title == "雾灯市人民政府关于印发雾灯市灯塔养护方案的通知"


KINDS = [
    ("贝壳区灯塔养护方案", DocumentKind.PLAN),
    ("贝壳区灯塔发展“十六五”规划", DocumentKind.PLAN),
    ("贝壳区2031年灯塔工作要点", DocumentKind.PLAN),
    ("雾灯市灯塔管理局关于第118号建议的答复函", DocumentKind.REPLY),
    ("贝壳区人民政府关于召开灯塔会议的通知", DocumentKind.NOTICE),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_a_title_tells_what_a_document_is(title: str, kind: DocumentKind) -> None:
    assert info(title, BODY).kind is kind


def test_rules_in_articles_are_a_regulation() -> None:
    assert (
        info("贝壳区灯塔管理办法", "第一条 为了保护灯塔，制定本办法。", "第二条 区灯塔局负责灯塔管理。").kind
        is DocumentKind.REGULATION
    )


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (("贝壳区人民政府令", "第48号"), "贝壳区人民政府令第48号"),
        (("贝壳区人民政府令\n（第 48 号）",), "贝壳区人民政府令(第48号)"),
        (("贝壳区人民政府令第四十八号",), "贝壳区人民政府令第四十八号"),
        (("令　　号：贝壳区人民政府令第48号", "公布机关：贝壳区人民政府"), "贝壳区人民政府令第48号"),
    ],
)
def test_an_order_of_a_government_has_its_number_and_issuer(head: tuple[str, ...], number: str) -> None:
    found = info(*head, "贝壳区灯塔管理办法", "第一条 灯塔部门负责灯塔管理。")
    assert (found.number, found.issuer, found.region) == (number, "贝壳区人民政府", "贝壳区")


@pytest.mark.parametrize(
    "line", ["签署日期：2031-03-18　　发布时间：2031-03-20 09:30", "作者：本站　发布时间：2031-03-20 09:30　点击：8次"]
)
def test_the_time_of_publication_may_stand_behind_other_fields(line: str) -> None:
    assert info(line, "贝壳区灯塔养护方案", BODY).date_published == date(2031, 3, 20)


REGIONS = [
    ("贝壳区灯塔养护方案", "贝壳区"),
    ("海雾省雾灯市贝壳区灯塔养护方案", "贝壳区"),
    ("雾灯市灯塔养护方案", "雾灯市"),
    ("海雾省人民政府关于灯塔养护的意见", "海雾省"),
    ("浮标县灯塔养护方案", "浮标县"),
    ("灯塔养护方案", None),
]


@pytest.mark.parametrize(("title", "region"), REGIONS)
def test_the_region_is_the_innermost_that_the_title_begins_with(title: str, region: str | None) -> None:
    assert info(title, BODY).region == region


def test_a_plan_without_a_number_has_an_id_of_its_title_and_its_text() -> None:
    first, second = info("贝壳区灯塔养护方案", BODY), info("贝壳区灯塔养护方案", BODY, "二、新建灯塔。")
    assert first.id.startswith("贝壳区灯塔养护方案-")
    assert first.id != second.id
    assert first.id == info("贝壳区灯塔养护方案", BODY, name="other.txt").id


def test_an_impossible_date_is_none() -> None:
    assert info("贝壳区灯塔养护方案", "成文日期：2031-02-30", BODY).date_issued is None


def test_a_text_without_a_title_is_named_by_its_file() -> None:
    found = info(
        "1.修缮灯塔，逐座体检，查清隐患，建立台账，落实责任，限期整改，不留死角，全面覆盖，长期坚持，久久为功。（区灯塔局负责）",
        name="note.txt",
    )
    assert found.title == "note.txt"
    assert found.id.startswith("notetxt-")


@pytest.mark.parametrize(
    "lines",
    [
        ("雾灯市贝壳区人民政府办公室关于印发《贝壳区灯塔养护方案》的", "通知"),
        ("雾灯市贝壳区人民政府办公室关于印发贝壳区", "2031年灯塔养护行动计划的通知"),
        ("雾灯市贝壳区人民政府", "关于灯塔养护和渔网", "回收的实施意见"),
    ],
)
def test_a_title_over_several_lines_is_put_together(lines: tuple[str, ...]) -> None:
    plan = extract(read("\n".join((*lines, "贝政发〔2031〕5号", "一、点灯", "（一）点灯。点亮。")).encode()))
    assert plan.document.title == "".join(lines)
    assert plan.document.number == "贝政发〔2031〕5号"


@pytest.mark.parametrize(
    "block",
    [
        "索引号 : 0110-2031 文       号 : 贝政发〔2031〕5号\n主题分类: 其他 发文单位: 贝壳区人民政府 成文日期: 2031年2月22日",
        "索引号: | 0110 | 发文字号: | 贝政发〔2031〕5号 |\n发布机构: | 贝壳区人民政府 | 成文日期: | 2031-02-22 |",
        "[ 发文字号 ] 贝政发〔2031〕5号\n[ 发布机构 ] 贝壳区人民政府\n[ 成文日期 ] 2031-02-22",
    ],
)
def test_several_labels_of_a_meta_block_may_share_a_line(block: str) -> None:
    info = extract(read(f"{block}\n灯塔养护方案\n一、点灯\n（一）点灯。点亮。".encode())).document
    assert (info.number, info.issuer, str(info.date_issued)) == ("贝政发〔2031〕5号", "贝壳区人民政府", "2031-02-22")


def test_a_title_that_only_the_meta_block_prints_is_taken() -> None:
    text = "标    题: 贝壳区人民政府关于灯塔养护的实施意见\n有效性: 有效\n各街道办事处：\n一、点灯\n（一）点灯。点亮。"
    assert extract(read(text.encode())).document.title == "贝壳区人民政府关于灯塔养护的实施意见"


def test_an_issuer_that_bears_no_place_is_named_as_it_signs() -> None:
    found = info("发布机构：市灯塔委", "对第0145号提案的答复", "一、办理情况。", "雾灯市灯塔委员会", "2031年3月18日")
    assert (found.issuer, found.region) == ("雾灯市灯塔委员会", "雾灯市")


def test_a_commission_that_the_title_cuts_short_is_named_as_it_signs() -> None:
    found = info(
        "雾灯市灯塔委等3部门关于印发灯塔方案的通知", "一、任务。", "雾灯市灯塔委员会", "雾灯市渔网局", "2031年3月18日"
    )
    assert found.issuer == "雾灯市灯塔委员会"
