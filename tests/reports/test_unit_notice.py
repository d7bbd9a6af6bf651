"""整改通知单: a letter a unit, its counts those of its own table, hostile text inert."""

import io
import zipfile
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files

import pytest
from docx import Document
from docx.shared import RGBColor
from selectolax.lexbor import LexborHTMLParser as Html

from reports import load
from reports.base import PaperError
from reports.rectify_rows import UNCLEAR, parts
from reports.unit_notice import PAPER
from tests.reports.rectify_case import AUDIT, FISCAL, STATS, owed_case


@pytest.fixture(scope="module")
def model():
    return PAPER.build(owed_case())


@pytest.fixture(scope="module")
def letters(model):
    return PAPER.split(model)


def word(letter, templates=None):
    return Document(io.BytesIO(PAPER.render(letter, "docx", templates)))


def said(made):
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


def test_the_model_is_known(model, golden):
    assert load()["unit-notice"] is PAPER
    golden("unit-notice.json", model)


def test_each_unit_gets_its_own_letter_and_what_nobody_owns_one_apart(letters):
    assert list(letters) == [AUDIT, STATS, FISCAL, UNCLEAR]
    assert [len(letter["rows"]) for letter in letters.values()] == [1, 1, 3, 1]
    assert letters[AUDIT]["rows"][0]["who"] == f"共同责任：{FISCAL}、{AUDIT}"
    assert letters[FISCAL]["lead"]["words"] == (
        "按基准日2026年3月20日的巡查结果，你单位负责的内容中有需要整改的问题 3 项，"
        "其中已超过整改期限的 1 项，与其他单位共同负责的 1 项。现将有关事项通知如下。"
    )
    assert letters[UNCLEAR]["addressee"] == "未明确责任单位（请确定后转办）："
    assert "你单位" not in letters[UNCLEAR]["lead"]["words"]


def test_the_letter_in_word_lists_marks_and_asks_back(letters):
    made = word(letters[FISCAL])
    text = said(made)
    assert text.startswith("关于沙河区人民政府网有关问题整改的通知\n区财政局：\n按基准日")
    assert "沙河区人民政府办公室\n2026年3月20日" in text
    assert "xuncha report unit-notice sites/shahe --as-of 2026-03-20" in text
    listed, slip = made.tables
    assert len(listed.rows) == len(slip.rows) == 4
    cells = [cell.text for cell in listed.rows[1].cells]
    assert cells[0] == "1"
    assert cells[2] == "［正文］严禁焚烧【秸杆】，违者依法处理"
    assert cells[4] == "建议改为“秸秆”。请改正后重新发布。"
    assert cells[5] == "10个工作日内，至2026年3月16日；已超期4个工作日"
    (strong,) = [run for run in listed.rows[1].cells[2].paragraphs[0].runs if run.bold]
    assert strong.text == "【秸杆】"
    assert [cell.text for cell in slip.rows[1].cells] == ["1", "错别字：秸杆", "", "", "", ""]


def test_a_long_heading_is_parted_between_words():
    case = owed_case()
    case = replace(case, site=replace(case.site, name="沙河区某某某管理委员会门户网站"))
    letter = PAPER.split(PAPER.build(case))[FISCAL]
    lines = said(word(letter)).splitlines()
    assert lines[:2] == ["关于沙河区某某某管理委员会门户网站", "有关问题整改的通知"]
    assert (
        "<h1>关于沙河区某某某管理委员会门户网站有关问题整改的通知</h1>"
        in PAPER.render(letter, "html").decode()
    )


def test_a_year_without_announced_holidays_is_said(letters):
    assert any("节假日安排尚未公布" in said for said in letters[STATS]["demands"])
    assert not any("节假日安排尚未公布" in said for said in letters[FISCAL]["demands"])


def test_hostile_text_is_inert_in_every_format(letters):
    letter = letters[STATS]
    page = Html(PAPER.render(letter, "html").decode())
    assert page.css("main script, main img, main [onerror]") == []
    assert not any((a.attributes["href"] or "").startswith("javascript") for a in page.css("a"))
    with zipfile.ZipFile(io.BytesIO(PAPER.render(letter, "docx"))) as held:
        body = held.read("word/document.xml").decode()
    assert "{{ 7*7 }}" in body
    assert "instrText" not in body
    assert "<w:hyperlink" not in body


def test_nothing_to_mend_is_one_page_that_says_so():
    case = replace(owed_case(), duties=())
    model = PAPER.build(case)
    assert list(PAPER.split(model)) == [""]
    text = said(word(model))
    assert "没有已确认、需要通知整改的问题，不发整改通知。" in text
    assert "另有 4 个栏目本次未检查，不能据此认为没有问题。" in text
    assert "回执" not in text
    assert "不发整改通知" in PAPER.render(model, "html").decode()


@pytest.mark.parametrize("form", PAPER.formats)
def test_counts_that_differ_from_the_table_are_refused(letters, form):
    spoilt = deepcopy(letters[FISCAL])
    spoilt["rows"].pop()
    with pytest.raises(PaperError, match="报表自检未通过"):
        PAPER.render(spoilt, form)


def test_a_restyled_template_still_renders(letters, tmp_path):
    own = tmp_path / "unit-notice.docx"
    with (files("reports") / "templates" / "unit-notice.docx").open("rb") as shipped:
        own.write_bytes(shipped.read())
    changed = Document(own)
    changed.styles["公文标题"].font.color.rgb = RGBColor(0xC0, 0, 0)
    changed.paragraphs[0].insert_paragraph_before("沙河区人民政府办公室文件")
    changed.save(own)
    made = word(letters[FISCAL], tmp_path)
    assert said(made).startswith("沙河区人民政府办公室文件\n关于沙河区")
    assert len(made.tables[0].rows) == 4


def test_names_of_files_never_meet():
    units = ["区财政局", "区/财政局", "区\\财政局", "!!!", "…", "甲" * 60, "甲" * 61, "ABC", "abc"]
    found = list(parts(units).values())
    assert len({part.casefold() for part in found}) == len(units)
    assert all(part and len(part) <= 36 and "/" not in part for part in found)
