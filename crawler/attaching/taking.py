"""What is done with one file, in a process that may die of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.attaching import office, trouble
from crawler.attaching.legacy import Container, read_doc, read_xls
from crawler.attaching.packed import Package
from crawler.attaching.pdf import Missing, read_pdf
from crawler.attaching.plain_text import read_plain, read_rtf
from crawler.attaching.recognising import Recognised
from crawler.attaching.scans import Scan
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
_RECOGNISABLE = frozenset({"png", "jpg"})
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


@dataclass(frozen=True, slots=True)
class Taken:
    """Kind and text of a file, and what could not be read.

    `scan` is what of it can only be recognised, `recognised` what was; `missing` the pages of a
    PDF that are neither read nor recognised.
    """

    kind: str
    text: str
    reason: str
    scan: Scan | None = None
    missing: Missing | None = None
    recognised: str = ""

    def with_words(self, found: Recognised, most: int) -> Taken:
        """The file with what was recognised, of `most` pages at most."""
        if not found.pages:
            return replace(self, reason=f"{self.reason}；{trouble.UNFINISHED}", scan=None)
        left = self.missing.without(found.pages) if self.missing else Missing()
        if self.text or found.text or left.shown:
            reason = left.told(readable=bool(self.text or found.text))
        else:
            reason = left.cut or ("" if found.unclear else trouble.NO_WORDS)
        many = self.scan is not None and len(self.scan.pages) > most
        notes = (
            reason,
            trouble.UNCLEAR if found.unclear else "",
            f"一个文件最多识别{most}页（ocr_pages）" if many else "",
        )
        said = "；".join(filter(None, notes))
        return replace(self, reason=said, scan=None, missing=left, recognised=found.text)


def take(data: bytes, seconds: float, folder: Path) -> Taken:
    """What a file says. Raises nothing but `MemoryError`."""
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
    return Taken(taking.kind, text, reason, taking.scan, taking.missing)


class _Taking:
    """One file on its way; `kind` becomes surer as it is read."""

    def __init__(self, data: bytes, end: float, folder: Path) -> None:
        self.kind = kind_of(data)
        self.gathering = Gathering()
        self.scan: Scan | None = None
        self.missing: Missing | None = None
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
            self.scan = Scan(self._data) if self.kind in _RECOGNISABLE else None
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
        missing = read_pdf(data, self.gathering, lambda: time.process_time() > self._end)
        self.missing = missing
        if missing.shown:
            self.scan = Scan(data, missing.shown)
        return missing.told(readable=bool(self.gathering.text))

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
