"""What is done with one file, in a process that may die of it."""

from __future__ import annotations

import time
from pathlib import Path

from crawler.attaching import office, trouble
from crawler.attaching.legacy import Container, read_doc, read_xls
from crawler.attaching.packed import Package
from crawler.attaching.pdf import read_pdf
from crawler.attaching.plain_text import read_plain, read_rtf
from crawler.attaching.soffice import find_soffice, to_pdf
from crawler.attaching.trouble import Unreadable
from crawler.attaching.words import Full, Gathering

_MARKS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
_ARCHIVES = frozenset({"rar", "7z", "gz"})
_PICTURES = frozenset({"png", "jpg", "gif", "bmp", "tif"})
_WEB = (b"<!doctype html", b"<html")
_HEAD = 1024
_SHARE = 0.75


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes; names and headers lie."""
    head = data[:_HEAD]
    # Some servers put a blank line before a file, and readers of PDF look further than that.
    if b"%PDF-" in head:
        return "pdf"
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_WEB):
        return "html"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "?"
    return "txt"


def take(data: bytes, seconds: float, folder: Path) -> tuple[str, str, str]:
    """Kind, text, and what could not be read, of a file. Raises nothing but `MemoryError`."""
    taking = _Taking(data, time.process_time() + _SHARE * seconds, folder)
    try:
        reason = taking.read()
    except Full:
        reason = trouble.CUT
    except Unreadable as error:
        reason = str(error)
    except RecursionError:
        reason = trouble.BROKEN
    text = taking.gathering.text
    if not text and not reason:
        reason = trouble.NO_TEXT
    return taking.kind, text, reason


class _Taking:
    """One file on its way; `kind` becomes surer as it is read."""

    def __init__(self, data: bytes, end: float, folder: Path) -> None:
        self.kind = kind_of(data)
        self.gathering = Gathering()
        self._data = data
        self._end = end
        self._folder = folder

    def read(self) -> str:
        """Gather the text; what could not be read, or ''."""
        if self.kind == "zip":
            return self._read_package()
        if self.kind == "ole":
            return self._read_old()
        if self.kind == "pdf":
            return self._read_pdf(self._data)
        if self.kind == "rtf":
            read_rtf(self._data, self.gathering)
            return ""
        if self.kind == "txt":
            read_plain(self._data, self.gathering)
            return ""
        if self.kind in _ARCHIVES:
            return trouble.ARCHIVE
        if self.kind in _PICTURES:
            return trouble.PICTURE
        return trouble.A_PAGE if self.kind == "html" else trouble.UNKNOWN

    def _read_package(self) -> str:
        package = Package(self._data)
        self.kind = office.kind_of(package)
        read = {
            "docx": office.read_docx,
            "xlsx": office.read_xlsx,
            "pptx": office.read_pptx,
            "ofd": office.read_ofd,
        }.get(self.kind)
        if read is None:
            return trouble.ARCHIVE
        read(package, self.gathering)
        return ""

    def _read_pdf(self, data: bytes) -> str:
        return read_pdf(data, self.gathering, lambda: time.process_time() > self._end)

    def _read_old(self) -> str:
        container = Container(self._data)
        self.kind = container.kind
        if self.kind == "xls":
            read_xls(self._data, self.gathering)
            return ""
        if self.kind == "doc":
            try:
                read_doc(container, self.gathering)
            except Unreadable as error:
                if str(error) != trouble.BROKEN or find_soffice() is None:
                    raise
            else:
                return ""
        if self.kind == "locked":
            return trouble.ENCRYPTED
        if self.kind == "ole":
            return trouble.UNKNOWN
        return self._read_pdf(to_pdf(self._data, self.kind, self._folder))
