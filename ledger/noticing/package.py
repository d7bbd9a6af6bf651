"""Office files before they are opened: of what kind they are, and whether they are safe."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from ledger.noticing.parts import MAX_CELLS, NoticeError
from ledger.workbook import merged_cells

_MAX_XML = 40 * 1024 * 1024
_MAX_ENTRIES = 5_000
_WORD = (".doc", ".dot", ".wps")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels", ".vml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DAMAGED = "文件已损坏，无法打开；请用 Office 或 WPS 打开并另存为 .xlsx 或 .docx"


def kind_of(data: bytes, suffix: str) -> str:
    """`xlsx` or `docx`. Raises NoticeError for anything else, and for what is not safe to open."""
    if data.startswith(_OLE):
        raise NoticeError(_ole(data, suffix))
    if not data.startswith(b"PK"):
        raise NoticeError(_other(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            names = set(archive.namelist())
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError,
    ) as error:  # fmt: skip
        raise NoticeError(_DAMAGED) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    raise NoticeError("文件是压缩包，但不是 XLSX 或 DOCX；请解压后导入其中的通报文件")


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    xml = [entry for entry in entries if entry.filename.endswith(_XML)]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise NoticeError("文件设有密码；请取消密码后另存，再导入")
    # The sizes a package states are those its parts are read to.
    if sum(entry.file_size for entry in xml) > _MAX_XML or len(entries) > _MAX_ENTRIES:
        raise NoticeError("文件解压后过大，监测通报不会这么大；请把通报的表格单独另存后再导入")
    for entry in xml:
        body = archive.read(entry)
        if body.startswith(_UTF16):
            body = body.decode("utf-16", "replace").encode()
        if _SHEET.match(entry.filename) and merged_cells(body) > MAX_CELLS:
            # Every cell of a merged range would be made when the workbook is opened.
            raise NoticeError(
                "工作表的合并单元格过多；请把通报的表格单独复制到一个新工作簿后再导入"
            )
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise NoticeError("文件里有实体声明，正常的 Office 文件没有；为安全起见没有打开")


def _ole(data: bytes, suffix: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件设有打开密码；请在 Office 或 WPS 中取消密码后另存，再导入"
    is_book = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if "WordDocument".encode("utf-16-le") in data or (suffix in _WORD and not is_book):
        return "文件是旧版 Word 文档（.doc）；请用 Word 或 WPS 另存为 .docx 后再导入"
    return "文件是旧版 Excel 工作簿（.xls）；请用 Excel 或 WPS 另存为 .xlsx 后再导入"


def _other(data: bytes) -> str:
    if not data.strip():
        return "文件是空的；请检查是否选错文件"
    head = data[:2000].lower()
    if b"<html" in head or b"<table" in head:
        return "文件其实是网页（HTML）；请用 Excel 或 WPS 打开后另存为 .xlsx，再导入"
    if head.startswith(b"%pdf"):
        return "文件是 PDF；请向监测单位索取 Word 或 Excel 版，或转换为 .docx 后再导入"
    return "认不出文件类型；请用 Office 或 WPS 另存为 .xlsx 或 .docx 后再导入"
