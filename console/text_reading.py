"""What `xuncha text` is given: a document or lines of text, as pages the text rules can read.

TXT and MD are one document of many lines; from standard input every line is a text of its own.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.errors import Failed, Misused
from ledger.texts import OutLink, PageText, Passage, PassageKind, split

MAX_BYTES = 256 * 1024 * 1024
"""More than any document; a corpus of lines may be large."""

_PLAIN = (".txt", ".md", ".markdown", ".text", "")
_HTML = (".html", ".htm", ".shtml", ".xhtml", ".mht")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before publication, or lines that each are a text of their own.

    `starts` are the numbers, from 1, of the lines that the passages of the one document begin on;
    where `separate`, those of the pages, which hold a line each.
    """

    pages: tuple[PageText, ...]
    starts: Sequence[int]
    separate: bool = False

    def line(self, page: int, passage: int) -> int:
        """The number of the line a passage begins on."""
        return self.starts[page if self.separate else passage]


def read_draft(target: str, day: date, *, told: bool) -> Draft:
    """The text of the file `target`, or of standard input where it is `-`.

    A file is published on `day`; lines may be of any age, so they have no day unless one was told.
    """
    if target == "-":
        text = _decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "标准输入")
        return lines_of(text, day if told else None)
    path = Path(target)
    ending = path.suffix.lower()
    if not path.exists():
        raise Misused(f"文件 {target} 不存在。请核对路径；要从标准输入读请写 -。")
    if path.is_dir():
        raise Misused(f"{target} 是文件夹。请写出其中的一个文件。")
    if ending in _PLAIN:
        return _document(_decoded(_bytes(path), target), day, target)
    if ending in _HTML:
        return _page(path, day)
    if ending == ".docx":
        return _word(path, day)
    raise Misused(
        f"文件 {target} 的类型 {ending} 读不了，可用 TXT、MD、HTML、DOCX。"
        "请另存为其中一种，或把文字复制到 TXT 文件。"
    )


def lines_of(text: str, day: date | None) -> Draft:
    """Every line a text of its own; blank lines count but hold nothing."""
    pages: list[PageText] = []
    numbers = array("L")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            pages.append(PageText(url="", day=day, passages=(Passage(PassageKind.BODY, line),)))
            numbers.append(number)
    return Draft(tuple(pages), numbers, separate=True)


def _document(text: str, day: date, name: str) -> Draft:
    page = PageText(url=name, day=day, passages=(Passage(PassageKind.BODY, text),))
    return Draft((page,), (1,))


def _word(path: Path, day: date) -> Draft:
    from console.word_file import passages_of

    return _passages(passages_of(path), day, str(path))


def _page(path: Path, day: date) -> Draft:
    from crawler.reading.article import read_article
    from crawler.reading.charset import decode
    from crawler.reading.document import Document

    address = "http://localhost/"
    doc = Document(decode(_bytes(path))[0], address)
    page = read_article(doc, day)
    found = [Passage(PassageKind.TITLE, page.title)] if page.title else []
    found += split(page.text, page.parts.stretches) or [Passage(PassageKind.BODY, doc.text)]
    found += page.parts.passages
    return _passages(tuple(found), day, str(path), page.parts.links)


def _passages(
    found: tuple[Passage, ...], day: date, name: str, links: tuple[OutLink, ...] = ()
) -> Draft:
    """A page of these passages, their lines counted through."""
    starts: list[int] = []
    line = 1
    for passage in found:
        starts.append(line)
        line += passage.text.count("\n") + 1
    page = PageText(url=name, day=day, passages=found, links=links)
    return Draft((page,), starts)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise Misused(f"{name}超过 {MAX_BYTES // 1024 // 1024} MB。请分成几份再检查。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Failed(f"{name}的文字编码认不出（不是 UTF-8，也不是 GB18030）。请另存为 UTF-8 再检查。")
