"""Word files: official look, an operator's own templates, and hostile text that stays text."""

import io
import re
import zipfile
from functools import cache
from importlib.resources import files

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from reports.base import PaperError
from reports.drafts import layout
from reports.drafts.layout import Field, drafts, written
from reports.word import Picture, document, marked

HOSTILE = (
    "{{ 7 * 7 }}",
    "{% for x in rows %}",
    '{ HYPERLINK "http://evil.example/" }',
    '<w:fldChar w:fldCharType="begin"/>',
    "]]></w:t></w:r><w:r><w:instrText>DDEAUTO</w:instrText></w:r>",
    "&amp; &lt; 甲&乙",
    "{_{ 7 * 7 }_}",
    "字" + "W" * 300,
)


def draft():
    made = layout.sheet()
    layout.title(made, "{{ title }}")
    layout.text(made, "{{ intro }}")
    layout.table(
        made,
        "rows",
        [
            Field("序号", 12, "loop.index", centred=True),
            Field("原文", 90, "row.marked", rich=True),
            Field("说明", 40, "row.note"),
        ],
    )
    layout.picture(made, "map", "图 1")
    layout.signature(made, "{{ who }}", "{{ day }}")
    layout.proof(made)
    return made


def context(rows=(("我的【帐号】是", "无"),), intro="正文。"):
    return {
        "title": "通报",
        "intro": intro,
        "rows": [{"marked": marked(excerpt), "note": note} for excerpt, note in rows],
        "who": "沙河区人民政府办公室",
        "day": "2026年3月20日",
        "proof": {"words": ["可复现。"], "commands": ["xuncha report"]},
    }


@pytest.fixture
def templates(tmp_path):
    (tmp_path / "try.docx").write_bytes(drawn())
    return tmp_path


@cache
def drawn():
    return written(draft())


def made(templates, held=None, **more):
    content = document(
        "try", held or context(), title="通报", made=None, templates=templates, **more
    )
    return Document(io.BytesIO(content))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_shipped_templates_are_what_the_drafts_write():
    folder = files("reports") / "templates"
    shipped = {item.name for item in folder.iterdir() if item.name.endswith(".docx")}
    assert shipped == {f"{name}.docx" for name in drafts()}
    for name, build in drafts().items():
        kept = (folder / f"{name}.docx").read_bytes()
        assert parts(kept) == parts(written(build())), (
            f"{name}.docx: run python -m reports.drafts and commit what it writes"
        )


def test_the_page_and_its_letters_are_official(templates):
    word = made(templates)
    section = word.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    title, text = word.paragraphs[0].style, word.paragraphs[1].style
    assert (title.font.size, text.font.size) == (Pt(22), Pt(16))
    assert text.paragraph_format.line_spacing == Pt(28)
    faces = [
        style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for style in (title, text)
    ]
    assert faces == ["方正小标宋简体", "仿宋_GB2312"]
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0]._p.xpath("string(.)") == "— 1 —"
        assert footer.paragraphs[0]._p.xpath("w:fldSimple/@w:instr") == ["PAGE"]


def test_every_missing_typeface_has_a_stand_in(templates):
    fonts = parts((templates / "try.docx").read_bytes())["word/fontTable.xml"].decode()
    for face in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert re.search(rf'w:name="{face}"><w:altName w:val="[^"]+"', fonts)


def test_widths_hold_and_the_header_repeats_over_many_rows(templates):
    rows = [(f"第{n}处【帐号】有误", "x" * n) for n in range(120)]
    table = made(templates, context(rows)).tables[0]
    grid = [column.w.mm for column in table._tbl.tblGrid.gridCol_lst]
    assert grid == pytest.approx([12, 90, 40], abs=0.1)
    assert table.autofit is False
    trs = table._tbl.tr_lst
    assert len(trs) == 121
    assert trs[0].xpath("w:trPr/w:tblHeader")
    assert all(tr.xpath("w:trPr/w:cantSplit") for tr in trs)
    assert not any(tr.xpath("w:trPr/w:tblHeader") for tr in trs[1:])


def test_a_table_wider_than_the_page_is_no_template():
    with pytest.raises(ValueError, match="wide"):
        layout.table(layout.sheet(), "rows", [Field("宽", 200, "row")])


def test_the_wrong_part_stands_out_and_keeps_the_look_of_its_place(templates):
    own = Document(templates / "try.docx")
    for row in own.tables[0].rows:
        for run in row.cells[1].paragraphs[0].runs:
            run.font.size = Pt(13)
    own.save(templates / "try.docx")
    runs = made(templates).tables[0].rows[1].cells[1].paragraphs[0].runs
    spoken = [(run.text, bool(run.font.bold)) for run in runs if run.text]
    assert spoken == [("我的", False), ("【帐号】", True), ("是", False)]
    assert {run.font.size for run in runs if run.text} == {Pt(13)}
    assert [run.font.color.rgb for run in runs if run.font.bold] == [RGBColor(0xB0, 0, 0x20)]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_portal_is_text_and_nothing_else(text, templates):
    word = made(templates, context([(f"前【{text}】后", text)], intro=text))
    shown = text.replace("{_{", "{{").replace("}_}", "}}")
    assert word.paragraphs[1].text == shown
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["1", f"前【{shown}】后", shown]
    xml = word.element.xml
    assert "<w:fldChar" not in xml
    assert "<w:instrText" not in xml
    assert "<w:hyperlink" not in xml


def test_characters_no_file_can_hold_are_left_out(templates):
    word = made(
        templates, context([("甲\x00【乙\x07】\ufffe", "丙\x0c\x1b丁")], intro="戊\ud800己")
    )
    assert word.paragraphs[1].text == "戊己"
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["1", "甲【乙】", "丙丁"]


def test_a_restyled_template_wins_and_still_fills(templates):
    own = Document(templates / "try.docx")
    own.styles["公文正文"].font.size = Pt(12)
    own.add_paragraph("承办单位：{{ who }}")
    own.tables[0].columns[2].width = Mm(30)
    own.save(templates / "try.docx")
    word = made(templates)
    assert word.paragraphs[1].style.font.size == Pt(12)
    assert word.paragraphs[-1].text == "承办单位：沙河区人民政府办公室"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("{{ contractor }}", "没有名为 contractor 的内容可填"),
        ("{{ proof.stamp }}", "没有名为 stamp 的内容可填"),
        ("{% if who %}", "TemplateSyntaxError"),
        ("{{ who + 1 }}", "TypeError"),
        ("{{ who.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_broken_template_is_named_with_its_fault(spoil, said, templates):
    own = Document(templates / "try.docx")
    own.add_paragraph(spoil)
    own.save(templates / "try.docx")
    with pytest.raises(PaperError, match=said) as refused:
        made(templates)
    assert str(templates / "try.docx") in str(refused.value)
    assert str(refused.value).endswith("以使用自带的模板。")


def test_a_template_that_is_no_word_file_is_named(templates):
    (templates / "try.docx").write_bytes(b"PK not a file")
    with pytest.raises(PaperError, match=r"try\.docx 打不开"):
        made(templates)


def test_a_folder_of_templates_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PaperError, match=r"nowhere 不存在"):
        made(tmp_path / "nowhere")


def test_a_picture_is_placed_with_its_words(templates):
    raw = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(raw, "PNG")
    word = made(templates, pictures={"map": Picture(raw.getvalue(), 100, "趋势图：3 个问题。")})
    (shape,) = word.inline_shapes
    assert shape.width.mm == pytest.approx(100, abs=0.1)
    assert shape._inline.docPr.get("descr") == "趋势图：3 个问题。"
    assert "图 1" in [p.text for p in word.paragraphs]
    assert "图 1" not in [p.text for p in made(templates).paragraphs]


def test_the_same_paper_is_the_same_bytes(templates):
    first = document("try", context(), title="通报", made="2026-03-20T02:00", templates=templates)
    again = document("try", context(), title="通报", made="2026-03-20T02:00", templates=templates)
    assert first == again
    assert Document(io.BytesIO(first)).core_properties.title == "通报"
