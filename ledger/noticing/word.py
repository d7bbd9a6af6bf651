"""DOCX notices: tables with merged and nested cells, links, and coloured parts of sentences."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ledger.noticing.parts import (
    MAX_TEXT,
    Cell,
    Document,
    Line,
    NoticeError,
    Table,
    check_size,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FIELD = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"', re.I)
_PLAIN = frozenset({"auto", "000000", "FFFFFF", "333333", "262626", "404040", "595959", "NONE", ""})
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom"})
_MOST_SPAN = 200
_OVER = 4
"""The most paragraphs over a table that may be its heading."""


def read_word(data: bytes) -> Document:
    """Every table of the document, nested ones too, and the paragraphs between them."""
    body, links = _opened(data)
    tables: list[Table] = []
    above: list[str] = []
    over = ""
    first: list[str] = []
    loose: list[Line] = []
    for element in body.iter(f"{_W}p", f"{_W}tbl"):
        if element.tag == f"{_W}tbl":
            lines = tuple(_lines(element, links))
            place = f"第 {len(tables) + 1} 个表格"
            if above:
                # The nearest first: it is the heading of this table, not of an earlier one.
                over = "\n".join(reversed(above[-_OVER:]))
            tables.append(Table(place, lines, over))
            above.clear()
        elif not _inside(element, f"{_W}tbl"):
            cell = _cell([element], links)
            if cell.filled:
                above.append(cell.text)
                if not tables:
                    first.append(cell.text)
                loose.append(_labelled(len(loose) + 1, cell))
    check_size(len(loose), 2)
    return Document((*tables, Table("正文段落", tuple(loose))), "\n".join(first[:12]))


def _opened(data: bytes) -> tuple[Any, dict[str, str]]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        rels = document.part.rels.items()
        links = {key: str(rel.target_ref) for key, rel in rels if rel.is_external}
        return document.element.body, links
    except (
        PackageNotFoundError, LxmlError, zipfile.BadZipFile, LookupError, ValueError, OSError,
        AttributeError,
    ) as error:  # fmt: skip
        raise NoticeError(
            "Word 文档已损坏，无法打开；请用 Word 或 WPS 打开并另存为 .docx 后再导入"
        ) from error


def _labelled(number: int, cell: Cell) -> Line:
    """A paragraph as a row; what stands before its first colon may be a label."""
    label, colon, value = cell.text.replace("：", ":", 1).partition(":")
    if not colon or len(label) > 12 or value.startswith("//"):
        return Line(number, (cell,))
    return Line(number, (Cell(label), Cell(value.strip(), cell.links, cell.marked)))


def _lines(table: Any, links: dict[str, str]) -> Iterator[Line]:
    carried: dict[int, Cell] = {}
    rows = [row for row in table.iter(f"{_W}tr") if _nearest(row, f"{_W}tbl") is table]
    check_size(len(rows), 1)
    for number, row in enumerate(rows, 1):
        cells: list[Cell] = [Cell()] * _number(row, "trPr", "gridBefore", 0)
        for element in row.iter(f"{_W}tc"):
            if _nearest(element, f"{_W}tr") is not row:
                continue
            span, merged = _number(element, "tcPr", "gridSpan", 1), _merge(element)
            at = len(cells)
            if merged == "continue":
                cell = carried.get(at, Cell())
            else:
                cell = _cell(_paragraphs(element), links)
            own = merged != "continue"
            spread = Cell(cell.text, cell.links, cell.marked, spread=True)
            cells += [cell if own else spread, *[spread] * (span - 1)]
            for place in range(at, at + span):
                if merged:
                    carried[place] = cell
                else:
                    carried.pop(place, None)
        check_size(number, len(cells))
        if any(cell.filled for cell in cells):
            yield Line(number, tuple(cells))


def _paragraphs(cell: Any) -> list[Any]:
    """The cell's own paragraphs; those of tables inside it are these tables' rows."""
    return [p for p in cell.iter(f"{_W}p") if _nearest(p, f"{_W}tc") is cell]


def _cell(paragraphs: list[Any], links: dict[str, str]) -> Cell:
    pieces: list[tuple[str, Any]] = []
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        if pieces:
            pieces.append(("\n", None))
        for element in paragraph.iter():
            if _inside_any(element, _GONE, paragraph):
                continue
            match element.tag.removeprefix(_W) if isinstance(element.tag, str) else "":
                case "t":
                    pieces.append((element.text or "", _nearest(element, f"{_W}r")))
                case "tab":
                    pieces.append((" ", None))
                case "br" | "cr":
                    pieces.append(("\n", None))
                case "hyperlink":
                    target = links.get(element.get(f"{_R}id", ""), "")
                    if target:
                        found[target] = None
                case "instrText":
                    held = _FIELD.search(element.text or "")
                    if held:
                        found[held[1]] = None
    text = "".join(piece for piece, _ in pieces).strip()
    return Cell(text[:MAX_TEXT], tuple(found), _marked(text, pieces))


def _marked(text: str, pieces: list[tuple[str, Any]]) -> tuple[str, ...]:
    """The parts that look otherwise than the rest: in colour where any is, else in bold."""
    for looks in (_coloured, _bold):
        found: list[str] = []
        joined = False
        for piece, run in pieces:
            is_set = run is not None and looks(run)
            if is_set and joined:
                found[-1] += piece
            elif is_set:
                found.append(piece)
            joined = is_set
        kept = tuple(part.strip() for part in found if part.strip())
        if kept and "".join("".join(kept).split()) != "".join(text.split()):
            return kept
    return ()


def _coloured(run: Any) -> bool:
    if _inside(run, f"{_W}hyperlink"):
        return False
    colour = _value(run, "color").upper()
    if len(colour) == 6 and colour not in _PLAIN:
        return True
    return _value(run, "highlight").upper() not in _PLAIN or _shaded(run)


def _shaded(run: Any) -> bool:
    shade = run.find(f"{_W}rPr/{_W}shd")
    return shade is not None and shade.get(f"{_W}fill", "auto").upper() not in _PLAIN | {"AUTO"}


def _bold(run: Any) -> bool:
    held = run.find(f"{_W}rPr/{_W}b")
    return held is not None and held.get(f"{_W}val", "1") not in ("0", "false", "off")


def _value(run: Any, name: str) -> str:
    held = run.find(f"{_W}rPr/{_W}{name}")
    return "" if held is None else str(held.get(f"{_W}val", ""))


def _number(element: Any, properties: str, name: str, default: int) -> int:
    held = element.find(f"{_W}{properties}/{_W}{name}")
    word = "" if held is None else held.get(f"{_W}val", "")
    return min(int(word), _MOST_SPAN) if word.isascii() and word.isdigit() else default


def _merge(cell: Any) -> str:
    held = cell.find(f"{_W}tcPr/{_W}vMerge")
    return "" if held is None else str(held.get(f"{_W}val", "continue"))


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _inside(element: Any, tag: str) -> bool:
    return _nearest(element, tag) is not None


def _inside_any(element: Any, tags: frozenset[str], up_to: Any) -> bool:
    for parent in element.iterancestors():
        if parent is up_to:
            return False
        if parent.tag in tags:
            return True
    return False
