"""Files that are no notice, or are meant to harm: refused with a sentence that names the remedy."""

import io
import zipfile

import docx
import pytest
from openpyxl import Workbook

from ledger.noticing.parts import NoticeError
from ledger.noticing.reading import read_notice
from tests.notices import made

BASE = "https://www.weh.gov.cn"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def repacked(path, changes, more=()):
    """The package with some parts replaced or added."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts |= changes
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in parts.items():
            target.writestr(name, body)
        for name, body in more:
            target.writestr(name, body)
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", OLE, "另存为 .xlsx"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsx", b"<html><table></table></html>", "网页"),
        ("a.docx", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"hello", "认不出文件类型"),
        ("a.docx", b"PK\x03\x04 broken", "已损坏"),
    ],
)
def test_what_is_no_office_file(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(NoticeError, match=said):
        read_notice(path)


def test_an_archive_of_something_else(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(NoticeError, match="不是 XLSX 或 DOCX"):
        read_notice(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NoticeError, match="不存在"):
        read_notice(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("maker", "part"),
    [("old_table", "xl/worksheets/sheet1.xml"), ("word_notice", "word/document.xml")],
)
def test_entities_and_bombs_are_not_opened(tmp_path, maker, part):
    suffix = ".xlsx" if part.startswith("xl") else ".docx"
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    for name, body, said in (
        ("entity", entity, "实体声明"),
        (
            "wide",
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
            "实体",
        ),
        ("bomb", b"<a>" + b" " * (41 * 1024 * 1024) + b"</a>", "解压后过大"),
    ):
        path = getattr(made, maker)(tmp_path / f"{name}{suffix}", BASE)
        with pytest.raises(NoticeError, match=said):
            read_notice(repacked(path, {part: body}))


def test_broken_xml_inside(tmp_path):
    path = made.word_notice(tmp_path / "a.docx", BASE)
    with pytest.raises(NoticeError, match="已损坏"):
        read_notice(repacked(path, {"word/document.xml": b"<w:document"}))
    path = made.old_table(tmp_path / "a.xlsx", BASE)
    with pytest.raises(NoticeError, match="已损坏"):
        read_notice(repacked(path, {"xl/workbook.xml": b"<workbook"}))


def test_a_table_nobody_understands_names_its_first_row(tmp_path):
    book = Workbook()
    book.active.append(["姓名", "分数"])
    book.active.append(["张三", 98])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(NoticeError, match=r"姓名、分数.*网址、错误内容"):
        read_notice(tmp_path / "a.xlsx")


def test_a_sheet_merged_for_miles_is_not_opened(tmp_path):
    path = made.old_table(tmp_path / "a.xlsx", BASE)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("xl/worksheets/sheet1.xml")
    wide = body.replace(b'ref="A1:F1"/>', b'ref="A1:F1"/><mergeCell ref="A20:XFD1048576"/>')
    assert wide != body
    with pytest.raises(NoticeError, match="合并单元格过多"):
        read_notice(repacked(path, {"xl/worksheets/sheet1.xml": wide}))


def test_unsound_addresses_cost_their_row_alone(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["疑似错误", "推荐修改", "网页URL"],
        ["秸杆", "秸秆", "http://[broken/1.html"],
        ["秸杆", "秸秆", f"{BASE}/2.html"],
        ["布署", "部署", "无"],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    reading = read_notice(tmp_path / "a.xlsx")
    assert [entry.item.url for entry in reading.entries] == [f"{BASE}/2.html"]
    [table] = reading.tables
    assert [(one.place, one.reason.partition("：")[0]) for one in table.skipped] == [
        ("工作表“Sheet”第 2 行", "网址写法不对"),
        ("工作表“Sheet”第 4 行", "没有网址"),
    ]


def test_deleted_text_and_field_codes_of_word(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("错别字", "正确写法", "网址"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("秸杆", "秸秆", f"{BASE}/1.html"), strict=True):
        cell.text = text
    path = tmp_path / "a.docx"
    document.save(path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        body = archive.read("word/document.xml").decode()
    body = body.replace(
        "<w:r><w:t>秸杆</w:t></w:r>",
        '<w:del w:id="1" w:author="a"><w:r><w:t>旧词</w:t></w:r></w:del><w:r><w:t>秸杆</w:t></w:r>'
        "<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>",
    )
    [entry] = read_notice(repacked(path, {"word/document.xml": body.encode()})).entries
    assert (entry.item.wrong, entry.item.suggest) == ("秸杆", "秸秆")
