"""XLSX column sheets: merged ranges, links behind cells, formulas, hidden rows."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.problems import RosterError
from ledger.sheet import MAX_CELLS, Cell, Grid, Row, check_size

_MAX_XML = 30 * 1024 * 1024
_MAX_ENTRIES = 2_000
_SHEET_XML = re.compile(r"xl/worksheets/[^/]+\.xml$")
_HYPERLINK = re.compile(r'^=\s*HYPERLINK\(\s*"([^"]{1,2000})"', re.I)
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, ParseError, EOFError,
    OSError, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip

_MERGED = re.compile(rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})""")
_OVERMERGED = "工作表的合并单元格过多，表格不会这样；请把它单独复制到一个新工作簿"
_DAMAGED = "工作簿已损坏，无法打开；请用 Excel 或 WPS 打开并另存为 .xlsx"


def read_workbook(data: bytes) -> list[Grid]:
    """Every worksheet of the workbook, in order. Raises RosterError with a Chinese sentence."""
    has_formulas = _inspect(data)
    values = _load(data, values=True)
    formulas = _load(data, values=False) if has_formulas else None
    grids = []
    for sheet in values.worksheets:
        twin = formulas[sheet.title] if formulas else None
        grids.append(_grid(sheet, twin if isinstance(twin, Worksheet) else None))
    if not grids:
        raise RosterError("工作簿里没有工作表；请检查是否选错文件")
    return grids


def _inspect(data: bytes) -> bool:
    """Refuse a bomb before it is unpacked; True where some cell holds a formula."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(
                e.file_size for e in entries if e.filename.endswith((".xml", ".rels", ".vml"))
            )
            if size > _MAX_XML or len(entries) > _MAX_ENTRIES:
                raise RosterError(
                    "工作簿解压后过大，表格不会这么大；请把表格单独复制到一个新工作簿再保存"
                )
            if any(e.flag_bits & 0x1 for e in entries):
                raise RosterError("工作簿设有密码；请取消密码后另存为 .xlsx")
            if "xl/workbook.xml" not in archive.namelist():
                raise RosterError(
                    "文件是压缩包，但不是 XLSX 工作簿；请用 Excel 或 WPS 另存为 .xlsx"
                )
            sheets = [archive.read(e) for e in entries if _SHEET_XML.match(e.filename)]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise RosterError(_DAMAGED) from error
    if any(merged_cells(body) > MAX_CELLS for body in sheets):
        # Every cell of a merged range would be made when the workbook is opened.
        raise RosterError(_OVERMERGED)
    return any(re.search(rb"<f[\s>/]", body) for body in sheets)


def merged_cells(body: bytes) -> int:
    """How many cells the merged ranges of a worksheet cover, told from its XML."""
    total = 0
    for first, top, last, bottom in _MERGED.findall(body):
        left, right = (column_index_from_string(name.decode()) for name in (first, last))
        total += (abs(right - left) + 1) * (abs(int(bottom) - int(top)) + 1)
    return total


def _load(data: bytes, *, values: bool) -> Workbook:
    # openpyxl warns of styles and validations it drops; none of them concerns a column sheet.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(data), data_only=values)
        except _BROKEN as error:
            raise RosterError(_DAMAGED) from error


def _grid(sheet: Worksheet, formulas: Worksheet | None) -> Grid:
    height, width = _extent(sheet)
    spread = _spread(sheet, height, width)
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=height, max_col=width), 1):
        read: list[Cell] = []
        for index, cell in enumerate(cells, 1):
            source = spread.get((number, index))
            at = sheet.cell(*source) if source else cell
            formula = formulas.cell(*(source or (number, index))).value if formulas else None
            hyperlink = getattr(at, "hyperlink", None)
            link = str(hyperlink.target or "") if hyperlink else ""
            read.append(_cell(at.value, link, formula, spread=source is not None))
        if any(c.text for c in read):
            rows.append(Row(number, tuple(read)))
    return Grid(sheet.title, tuple(rows), hidden=sheet.sheet_state != "visible")


def _extent(sheet: Worksheet) -> tuple[int, int]:
    """The last row and column that hold anything; formatting alone stretches a sheet for miles."""
    # Only the cells that exist: iter_rows would make a million empty ones on the way.
    filled = [place for place, cell in sheet._cells.items() if cell.value is not None]
    height = max((row for row, _ in filled), default=1)
    width = max((column for _, column in filled), default=1)
    check_size(height, width)
    return height, width


def _spread(sheet: Worksheet, height: int, width: int) -> Mapping[tuple[int, int], tuple[int, int]]:
    """For every cell of a merged range but its first, where the text stands."""
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    visits = 0
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, height) + 1):
            for col in range(area.min_col, min(area.max_col, width) + 1):
                visits += 1
                if (row, col) != first:
                    origin[row, col] = first
        if visits > MAX_CELLS:
            raise RosterError(_OVERMERGED)
    return origin


def _cell(value: object, link: str, formula: object, *, spread: bool) -> Cell:
    if isinstance(formula, str) and formula.startswith("="):
        link = link or (found[1] if (found := _HYPERLINK.match(formula)) else "")
        if value is None:
            return Cell(formula[:100], link, "formula", spread)
    match value:
        case None:
            return Cell("", link, "blank", spread)
        case bool():
            return Cell("TRUE" if value else "FALSE", link, "number", spread)
        case int():
            return Cell(str(value), link, "number", spread)
        case float():
            return Cell(
                str(int(value)) if value.is_integer() else str(value), link, "number", spread
            )
        case datetime():
            return Cell(value.date().isoformat(), link, "date", spread)
        case date() | time() | timedelta():
            return Cell(str(value), link, "date", spread)
    return Cell(str(value), link, "text", spread)
