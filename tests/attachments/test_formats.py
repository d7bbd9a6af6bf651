"""Every kind of file is known by its bytes and its text comes out as it stands there."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter

from crawler.attaching import trouble
from crawler.attaching.reader import FileReader, FileReading
from crawler.rendering.chromium import find_chromium
from tests.attachments import made, old_office


def test_word_with_a_table(reader: FileReader) -> None:
    rows = [["姓名", "单位"], ["甲某", "第一\t小学\n二年级"]]
    found = reader.read(made.word("关于秸杆禁烧的通告", "第二段。", rows=rows))
    assert found == FileReading(
        "docx", "关于秸杆禁烧的通告\n第二段。\n姓名\t单位\n甲某\t第一 小学 二年级", ""
    )


def test_word_without_what_was_deleted_or_said_twice(reader: FileReader) -> None:
    body = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>的话</w:t><w:br/><w:t>下一行</w:t></w:r></w:p>"
        "<w:Choice><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:Choice>"
        "<w:Fallback><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:Fallback>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
    )
    assert reader.read(made.wordml(body)).text == "保留 的话\n下一行\n框中"


def test_sheets(reader: FileReader) -> None:
    found = reader.read(
        made.sheet([["姓名", "电话", None], ["甲某", 13800000000, "备\n注"], [None]])
    )
    assert found == FileReading("xlsx", "姓名\t电话\n甲某\t13800000000\t备 注", "")


def test_slides_in_their_order(reader: FileReader) -> None:
    found = reader.read(made.slides(*(f"第{n}页" for n in range(1, 12))))
    assert found.kind == "pptx"
    assert [line for line in found.text.split("\n") if "页" in line] == [
        f"第{n}页" for n in range(1, 12)
    ]
    assert "甲\t乙" in found.text


def test_ofd(reader: FileReader) -> None:
    lines = ("各乡镇人民政府，区政府各工作部门，现将有关事", "项通知如下。", "特此通知。")
    found = reader.read(made.ofd(*lines))
    assert found == FileReading(
        "ofd", "各乡镇人民政府，区政府各工作部门，现将有关事项通知如下。\n特此通知。", ""
    )


def test_old_word(reader: FileReader) -> None:
    text = (
        '关于通知\r见\x13 HYPERLINK "http://a" \x14链接\x15\r姓名\x07电话\x07\x07甲\x07一\x07\x07'
    )
    found = reader.read(old_office.doc(text))
    assert found == FileReading("doc", "关于通知\n见链接\n姓名\t电话\n甲\t一\n(END)", "")


def test_old_sheets(reader: FileReader) -> None:
    found = reader.read(old_office.xls([["姓名", "金额"], ["甲某", 12.0], ["乙某", 1.5]]))
    assert found == FileReading("xls", "姓名\t金额\n甲某\t12\n乙某\t1.5", "")


def test_text_of_any_encoding(reader: FileReader) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        found = reader.read("第一行，各位同志。\r\n\r\n第二行，大家好。".encode(encoding))
        assert (found.kind, found.text) == ("txt", "第一行，各位同志。\n第二行，大家好。"), encoding


def test_rich_text(reader: FileReader) -> None:
    body = (
        rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 \'cb\'ce\'cc\'e5;}}{\*\generator X;}\f0 "
        + b"".join(rb"\'%02x" % byte for byte in "各位".encode("gb18030"))
        + rb"\u21516 ?\u24535\'3f\par second \{line\}\par}"
    )
    assert reader.read(body).text == "各位同志\nsecond {line}"


def test_pdf_lines_become_paragraphs(reader: FileReader) -> None:
    page = made.said("This line is as long as the page is wide and goes on", "here.", "- 1 -")
    found = reader.read(made.pdf(page))
    assert found.text == "This line is as long as the page is wide and goes on here."


@pytest.mark.browser
def test_pdf_as_a_browser_prints_it(reader: FileReader, tmp_path: Path) -> None:
    program = find_chromium()
    if program is None:
        assert not os.environ.get("CI"), "Chromium is missing"
        pytest.skip("Chromium is missing")
    sentence = "各乡镇人民政府、区政府各工作部门要切实加强组织领导，认真落实各项措施。"
    html = f"<meta charset=utf-8><h1>关于秸杆禁烧的通告</h1><p>{sentence * 6}</p><p>特此通告。</p>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    subprocess.run(
        [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--print-to-pdf={tmp_path / 'a.pdf'}",
            "--no-pdf-header-footer",
            (tmp_path / "a.html").as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = reader.read((tmp_path / "a.pdf").read_bytes())
    assert (found.kind, found.reason) == ("pdf", "")
    assert found.text.split("\n") == ["关于秸杆禁烧的通告", sentence * 6, "特此通告。"]


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_zip() -> bytes:
    data = bytearray(made.wordml("<w:p/>"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        places = [info.header_offset for info in package.infolist()]
    for place in (*places, data.index(b"PK\x01\x02") + 2):
        data[place + 6] |= 1
    return bytes(data)


SCAN = b"q 595 0 0 842 0 0 cm /Im0 Do Q"


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (made.pdf(SCAN, SCAN), "pdf", trouble.SCANNED),
        (made.pdf(b""), "pdf", trouble.NO_TEXT),
        (encrypted_pdf(), "pdf", trouble.ENCRYPTED),
        (b"%PDF-1.7 and nothing more", "pdf", trouble.BROKEN),
        (locked_zip(), "docx", trouble.ENCRYPTED),
        (old_office.doc("密", locked=True), "doc", trouble.ENCRYPTED),
        (old_office.container({"EncryptedPackage": b"x"}), "locked", trouble.ENCRYPTED),
        (made.zipped({"a.txt": "甲"}), "zip", trouble.ARCHIVE),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "rar", trouble.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "7z", trouble.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "png", trouble.PICTURE),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>404", "html", trouble.A_PAGE),
        (b"PK\x03\x04 and nothing more", "zip", trouble.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole", trouble.BROKEN),
        (bytes(range(256)) * 9, "?", trouble.UNKNOWN),
        (b"\x01\x02\x80\xff\xfe" * 300, "txt", trouble.UNKNOWN),
        (made.word(), "docx", trouble.NO_TEXT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(
    reader: FileReader, data: bytes, kind: str, reason: str
) -> None:
    found = reader.read(data)
    assert (found.kind, found.text, found.reason) == (kind, "", reason)


def test_pages_that_are_pictures_are_named_beside_the_text(reader: FileReader) -> None:
    found = reader.read(made.pdf(made.said("Some words that can be read."), SCAN, SCAN))
    told = "第2、3页是图片，未检查"
    assert found == FileReading("pdf", "Some words that can be read.", told, pictured=True)


def test_old_slides_need_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = old_office.container({"PowerPoint Document": b"x"})
    if shutil.which("soffice") is None:
        plain = FileReader(5)
        assert plain.read(data) == FileReading("ppt", "", trouble.NO_OFFICE)
        plain.close()
    # What stands in for it does what it is asked to: a PDF beside the file it is given.
    (tmp_path / "made.pdf").write_bytes(made.pdf(made.said("What the slides say.")))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n'
        f'[ -s "$1" ] && [ -s "$out/profile/user/registrymodifications.xcu" ] && '
        f'cp {tmp_path}/made.pdf "$out/file.pdf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    helped = FileReader(5)
    assert helped.read(data) == FileReading("ppt", "What the slides say.", "")
    helped.close()
