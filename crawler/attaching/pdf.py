"""PDF: the text of its pages, its lines joined to paragraphs."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from crawler.attaching.joining import joined
from crawler.attaching.trouble import BROKEN, CUT, ENCRYPTED, GARBLED, NO_TEXT, SCANNED, Unreadable
from crawler.attaching.words import Full, Gathering

_MOST_PAGES = 2_000
_FEW = 8
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]|/(?:g|uni|cid)[0-9A-F]{2,6}|\\(cid:")
_GARBLED = 0.2
_NAMED = 6
_ERRORS = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    ZeroDivisionError,
    UnicodeError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """The pages that were not read, as they are pictures or in fonts without an encoding.

    `cut` says where reading ended before the last page.
    """

    pictures: tuple[int, ...] = ()
    garbled: tuple[int, ...] = ()
    cut: str = ""

    @property
    def shown(self) -> tuple[int, ...]:
        """The pages that can still be looked at."""
        return tuple(sorted((*self.pictures, *self.garbled)))

    def without(self, pages: Collection[int]) -> Missing:
        """What is missing once these pages were looked at."""
        return Missing(
            tuple(page for page in self.pictures if page not in pages),
            tuple(page for page in self.garbled if page not in pages),
            self.cut,
        )

    def told(self, *, readable: bool) -> str:
        """What could not be read, or ''; `readable` says that something could."""
        if not readable:
            if self.pictures:
                return SCANNED
            return self.cut or (GARBLED if self.garbled else NO_TEXT)
        missing = f"{_pages(self.pictures)}是图片，未检查" if self.pictures else ""
        odd = f"{_pages(self.garbled)}的字体没有文字编码，未检查" if self.garbled else ""
        return "；".join(filter(None, (missing, odd, self.cut)))


def read_pdf(data: bytes, gathering: Gathering, enough: Callable[[], bool]) -> Missing:
    """Take in the text page by page until `enough` says so; the pages that could not be read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages = _opened(data)
    lines: list[str] = []
    pictures: list[int] = []
    garbled: list[int] = []
    cut = ""
    for number, page in enumerate(pages, 1):
        if enough() or number > _MOST_PAGES:
            cut = f"处理时间有限，只检查了前{number - 1}页（共{len(pages)}页）"
            break
        text = _text(page)
        if _is_garbled(text):
            garbled.append(number)
        elif len("".join(text.split())) < _FEW and _has_pictures(page):
            pictures.append(number)
        else:
            lines += text.split("\n")
    try:
        for line in joined(lines):
            gathering.add(line)
    except Full:
        cut = CUT
    return Missing(tuple(pictures), tuple(garbled), cut)


def _opened(data: bytes) -> list[PageObject]:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(ENCRYPTED)
        return list(reader.pages[: _MOST_PAGES + 1])
    except DependencyError as error:
        raise Unreadable(ENCRYPTED) from error
    except _ERRORS as error:
        raise Unreadable(BROKEN) from error


def _text(page: PageObject) -> str:
    try:
        return page.extract_text() or ""
    except _ERRORS:
        return ""


def _has_pictures(page: PageObject) -> bool:
    """Whether the page shows a picture; where that cannot be told, it may well be one."""
    try:
        resources = page.get("/Resources")
        objects = resources.get_object().get("/XObject") if resources is not None else None
        if objects is None:
            return b"BI" in (page.get_contents() or _Nothing()).get_data()
        named = objects.get_object().values()
        kinds = {one.get_object().get("/Subtype") for one in named}
        return bool(kinds & {"/Image", "/Form"})
    except _ERRORS:
        return True


class _Nothing:
    def get_data(self) -> bytes:
        return b""


def _is_garbled(text: str) -> bool:
    words = "".join(text.split())
    odd = sum(len(match[0]) for match in _PRIVATE.finditer(words))
    return len(words) >= _FEW and odd > _GARBLED * len(words)


def _pages(numbers: tuple[int, ...]) -> str:
    named = "、".join(map(str, numbers[:_NAMED]))
    return f"第{named}页" + (f"等{len(numbers)}页" if len(numbers) > _NAMED else "")
