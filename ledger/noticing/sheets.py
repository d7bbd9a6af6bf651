"""XLSX notices: worksheets with merged ranges, links behind cells and coloured parts of text."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.noticing.parts import (
    MAX_CELLS,
    MAX_TEXT,
    Cell,
    Document,
    Line,
    NoticeError,
    Table,
    check_size,
)

_HYPERLINK = re.compile(r'^=\s*HYPERLINK\(\s*"([^"]{1,2000})"', re.I)
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, EOFError,
    OSError, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip
_PLAIN_COLOURS = frozenset({"000000", "FFFFFF", "333333", "262626", "404040", "595959"})
_Place = tuple[int, int]


def read_workbook(data: bytes) -> Document:
    """Every worksheet of the workbook, in order. Raises NoticeError."""
    values, formulas = _load(data, values=True), _load(data, values=False)
    tables = []
    for sheet in values.worksheets:
        twin = formulas[sheet.title] if sheet.title in formulas.sheetnames else None
        targets = _targets(twin) if isinstance(twin, Worksheet) else {}
        tables.append(_table(sheet, targets))
    return Document(tuple(tables), "")


def _load(data: bytes, *, values: bool) -> Workbook:
    # openpyxl warns of styles and validations it drops; none of them concerns a notice.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(data), data_only=values, rich_text=values)
        except _BROKEN as error:
            raise NoticeError(
                "工作簿已损坏，无法打开；请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入"
            ) from error


def _targets(sheet: Worksheet) -> dict[_Place, str]:
    """The addresses that formulas lead to, by cell."""
    found: dict[_Place, str] = {}
    for place, cell in sheet._cells.items():
        held = _HYPERLINK.match(cell.value) if isinstance(cell.value, str) else None
        if held:
            found[place] = held[1]
    return found


def _table(sheet: Worksheet, targets: dict[_Place, str]) -> Table:
    filled = [
        place
        for place, cell in sheet._cells.items()
        if cell.value is not None or cell.hyperlink or place in targets
    ]
    height = max((row for row, _ in filled), default=0)
    width = max((column for _, column in filled), default=0)
    check_size(height, width)
    spread = _spread(sheet, height, width)
    lines = []
    for row in range(1, height + 1):
        cells = tuple(
            _cell(sheet, targets, spread.get((row, column)), (row, column))
            for column in range(1, width + 1)
        )
        if any(cell.filled for cell in cells):
            lines.append(Line(row, cells))
    hidden = sheet.sheet_state != "visible"
    return Table(f"工作表“{sheet.title}”", tuple(lines), sheet.title, hidden)


def _spread(sheet: Worksheet, height: int, width: int) -> dict[_Place, _Place]:
    """For every cell of a merged range but its first, where the text stands."""
    origin: dict[_Place, _Place] = {}
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, height) + 1):
            for column in range(area.min_col, min(area.max_col, width) + 1):
                if (row, column) != first:
                    origin[row, column] = first
        if len(origin) > MAX_CELLS:
            raise NoticeError("工作表的合并单元格过多；请把通报的表格单独复制到一个新工作簿")
    return origin


def _cell(
    sheet: Worksheet, targets: dict[_Place, str], source: _Place | None, place: _Place
) -> Cell:
    at = source or place
    held = sheet._cells.get(at)
    if held is None:
        return Cell()
    link = held.hyperlink.target if held.hyperlink and held.hyperlink.target else ""
    links = tuple(dict.fromkeys(one for one in (link, targets.get(at, "")) if one))
    text, marked = _words(held.value)
    return Cell(text[:MAX_TEXT], links, marked, source is not None)


def _words(value: object) -> tuple[str, tuple[str, ...]]:
    match value:
        case None:
            return "", ()
        case CellRichText():
            return str(value).strip(), _marked(value)
        case bool():
            return "是" if value else "否", ()
        case float():
            return (str(int(value)) if value.is_integer() else str(value)), ()
        case datetime():
            return value.date().isoformat(), ()
        case date() | time() | timedelta():
            return str(value), ()
    return str(value).strip(), ()


def _marked(text: CellRichText) -> tuple[str, ...]:
    """The parts that look otherwise than the rest: in colour where any is, else in bold."""
    blocks = [part for part in text if isinstance(part, TextBlock) and part.text.strip()]
    for looks in (_coloured, _bold):
        found = [part.text.strip() for part in blocks if looks(part.font)]
        if found and "".join(found) != "".join(str(text).split()):
            return tuple(found)
    return ()


def _coloured(font: InlineFont) -> bool:
    rgb = font.color.rgb if font.color is not None else None
    return isinstance(rgb, str) and rgb[-6:].upper() not in _PLAIN_COLOURS


def _bold(font: InlineFont) -> bool:
    return bool(font.b)
