"""The month's table in Word: every column on paper, its header repeated, its figures placed."""

import io
from dataclasses import replace
from datetime import timedelta
from functools import cache

from docx import Document

from reports import load
from reports.page import _environment
from tests.reports.conftest import AS_OF, build_case

ROWS = 66


@cache
def month_case():
    """A contract's table of 66 rows: the hand-made columns over and over, with updates."""
    case = build_case()
    verdicts, readings = list(case.judgement.verdicts), dict(case.readings)
    for number in range(ROWS - len(verdicts)):
        like = case.judgement.verdicts[number % 15]
        path = (*like.path[:-1], f"{like.path[-1]}{number}")
        verdicts.append(replace(like, path=path))
        readings[path] = replace(readings[like.path], path=path, covers_from=None)
    updates = {
        v.path: {AS_OF - timedelta(days=v.age + 30 * n): n + 1 for n in range(3)}
        for v in verdicts
        if v.age is not None
    }
    judgement = replace(case.judgement, verdicts=tuple(verdicts))
    return replace(case, judgement=judgement, readings=readings, updates=updates)


@cache
def model():
    return load()["month"].build(month_case())


@cache
def word():
    return Document(io.BytesIO(load()["month"].render(model(), "docx")))


def test_every_column_is_on_paper_under_a_header_that_repeats():
    table = word().tables[0]
    trs = table._tbl.tr_lst
    assert len(trs) == ROWS + 1
    assert trs[0].xpath("w:trPr/w:tblHeader")
    heads = [cell.text for cell in table.rows[0].cells]
    cells = [tr.xpath("string(w:tc[1])") for tr in trs[1:]]
    assert cells == [str(row["no"]) for row in model()["columns"]]
    third = dict(zip(heads, [cell.text for cell in table.rows[3].cells], strict=True))
    assert third["一级栏目"] == "首页"
    assert third["二级栏目"] == "通知公告"
    assert third["最近更新日期"] == "2026-03-14"
    assert third["结论"] == "临近"
    assert third["本月各期"].splitlines()[:2] == ["2.23—3.1：未读到", "3.2—3.8：4条"]


def test_the_sheet_is_wide_enough_for_its_tables():
    section = word().sections[0]
    room = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    assert section.page_width > section.page_height
    for table in word().tables:
        assert sum(column.w.mm for column in table._tbl.tblGrid.gridCol_lst) <= room + 0.1


def test_units_legend_and_proof_follow():
    _, units, legend = word().tables
    assert [row.cells[0].text for row in units.rows[1:]] == [
        "全部栏目（每个栏目计一次）",
        *(unit["unit"] for unit in model()["units"]),
    ]
    assert units.rows[1].cells[1].text == str(ROWS)
    assert [row.cells[0].text for row in legend.rows[1:]][:2] == ["逾期", "空白"]
    said = [paragraph.text for paragraph in word().paragraphs]
    assert model()["proof"]["words"][0] in said
    assert model()["proof"]["commands"][0] in said


def test_the_figures_stand_in_word_and_on_the_page_with_their_words():
    assert [held["no"] for held in model()["calendars"]] == sorted(
        (held["no"] for held in model()["calendars"]),
        key=lambda no: -model()["columns"][no - 1]["days_over"],
    )
    told = [shape._inline.docPr.get("descr") for shape in word().inline_shapes]
    assert len(told) == 4
    assert told[0].startswith("逾期栏目未更新天数图")
    assert "共发布 6 条，有更新的 3 天" in told[1]
    page = load()["month"].render(model(), "html").decode()
    assert all(_environment().from_string("{{ w }}").render(w=words) in page for words in told)


def test_without_known_days_there_is_no_calendar():
    assert load()["month"].build(build_case())["calendars"] == []
