"""DOCX, XLSX, PPTX and OFD: zipped XML, read without building trees."""

from __future__ import annotations

import re

from crawler.attaching.joining import joined
from crawler.attaching.packed import Package
from crawler.attaching.words import MOST, Gathering, Rows

_NUMBER = re.compile(r"(\d+)\.xml$")
_DOCX_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_OFD_PAGE = re.compile(r"(?:.*/)?Pages/Page_\d+/Content\.xml", re.I)


def kind_of(package: Package) -> str:
    """docx, xlsx, pptx, ofd, or zip for what is none of them."""
    names = set(package.names)
    for name, kind in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("ppt/presentation.xml", "pptx"),
        ("OFD.xml", "ofd"),
    ):
        if name in names:
            return kind
    return "zip"


def read_docx(package: Package, gathering: Gathering) -> None:
    """Paragraphs and tables; what tracked changes deleted is not there any more."""
    parts = sorted(
        filter(_DOCX_PARTS.fullmatch, package.names), key=lambda n: (n != "word/document.xml", n)
    )
    for name in parts:
        _flow(package, name, gathering)


def read_pptx(package: Package, gathering: Gathering) -> None:
    """The slides in their order."""
    for name in sorted(filter(_SLIDE.fullmatch, package.names), key=_numbered):
        _flow(package, name, gathering)


def _flow(package: Package, name: str, gathering: Gathering) -> None:
    """Words and drawings share the names of what is looked for here: p, t, tab, br, tr, tc."""
    rows = Rows(gathering)
    skipped = 0
    inside = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal skipped, inside
        if skipped or tag in ("Fallback", "moveFrom"):
            # What is said here is said in another way or place.
            skipped += 1
        elif tag == "t":
            inside = True
        elif tag == "tab":
            rows.words(" ")
        elif tag in ("br", "cr"):
            rows.words("\n")
        elif tag == "tr":
            rows.begin_row()
        elif tag == "tc":
            rows.begin_cell()

    def end(tag: str) -> None:
        nonlocal skipped, inside
        if skipped:
            skipped -= 1
        elif tag == "t":
            inside = False
        elif tag == "p":
            rows.end_paragraph()
        elif tag == "tr":
            rows.end_row()

    def words(text: str) -> None:
        if inside:
            rows.words(text)

    package.parse(name, start, end, words)


def read_xlsx(package: Package, gathering: Gathering) -> None:
    """The sheets row by row. Numbers stand as they are stored; results of formulas count."""
    shared = _shared(package)
    for name in sorted(filter(_SHEET.fullmatch, package.names), key=_numbered):
        _sheet(package, name, shared, gathering)


def _shared(package: Package) -> list[str]:
    found: list[str] = []
    if "xl/sharedStrings.xml" not in package.names:
        return found
    parts: list[str] = []
    inside = phonetic = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal inside, phonetic
        inside = tag == "t" and not phonetic
        phonetic = phonetic or tag == "rPh"

    def end(tag: str) -> None:
        nonlocal inside, phonetic
        inside = False
        if tag == "rPh":
            phonetic = False
        elif tag == "si":
            found.append("".join(parts)[:MOST])
            parts.clear()

    def words(text: str) -> None:
        if inside:
            parts.append(text)

    package.parse("xl/sharedStrings.xml", start, end, words)
    return found


def _sheet(package: Package, name: str, shared: list[str], gathering: Gathering) -> None:
    cells: list[str] = []
    parts: list[str] = []
    kind = ""
    inside = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal kind, inside
        if tag == "row":
            cells.clear()
        elif tag == "c":
            kind = attrs.get("t", "n")
            parts.clear()
        inside = tag in ("v", "t")

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag == "c":
            cells.append(_value("".join(parts), kind, shared).replace("\t", " "))
        elif tag == "row":
            gathering.add("\t".join(cell.replace("\n", " ") for cell in cells if cell))

    def words(text: str) -> None:
        if inside:
            parts.append(text)

    package.parse(name, start, end, words)


def _value(text: str, kind: str, shared: list[str]) -> str:
    if kind == "s":
        return shared[int(text)] if text.isdigit() and int(text) < len(shared) else ""
    return "" if kind in ("b", "e") else text


def read_ofd(package: Package, gathering: Gathering) -> None:
    """The text objects of each page; those at one height are one line."""
    pages = sorted(filter(_OFD_PAGE.fullmatch, package.names), key=_page_number)
    lines: list[str] = []
    for name in pages:
        _ofd_page(package, name, lines)
    for line in joined(lines):
        gathering.add(line)


def _ofd_page(package: Package, name: str, lines: list[str]) -> None:
    height = last = ""
    inside = False
    line: list[str] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal height, inside
        if tag == "TextObject":
            boundary = attrs.get("Boundary", "").split()
            height = boundary[1].partition(".")[0] if len(boundary) > 1 else ""
        inside = tag == "TextCode"

    def end(tag: str) -> None:
        nonlocal inside
        inside = False

    def words(text: str) -> None:
        nonlocal last
        if not inside:
            return
        if line and height != last:
            lines.append("".join(line))
            line.clear()
        last = height
        line.append(text)

    package.parse(name, start, end, words)
    lines.append("".join(line))


def _numbered(name: str) -> tuple[int, str]:
    found = _NUMBER.search(name)
    return int(found[1][:9]) if found else 0, name


def _page_number(name: str) -> tuple[str, int]:
    found = re.search(r"Page_(\d{1,9})/", name, re.I)
    return name.partition("Pages/")[0], int(found[1]) if found else 0
