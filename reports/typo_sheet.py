"""Wording findings as a workbook: one table, every text inert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.workbook import cell_at, put_address, put_text, to_bytes

HEADER_ROW = 3

_FACE = "微软雅黑"
_BODY = Font(name=_FACE, size=10)
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the sheet: heading, width in characters, and the key of its cells in a row."""

    head: str
    width: float
    key: str


def workbook(model: Model, heads: Sequence[Head], name: str) -> bytes:
    """The rows of the model as an XLSX file, one sheet called `name`."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = name
    _top(sheet, model, heads)
    for number, row in enumerate(model["rows"], start=HEADER_ROW + 1):
        for column, head in enumerate(heads, start=1):
            cell = cell_at(sheet, number, column)
            cell.font, cell.alignment, cell.border = _BODY, _WRAP, _BOX
            value = row[head.key]
            if head.key == "url" and value:
                put_address(cell, value)
            elif isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
    last = get_column_letter(len(heads))
    end = HEADER_ROW + max(1, len(model["rows"]))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{end}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.title = model["heading"]
    finished = model["run"]["finished"] or model["run"]["started"]
    return to_bytes(book, datetime.fromisoformat(finished).replace(tzinfo=ZONE))


def _top(sheet: Worksheet, model: Model, heads: Sequence[Head]) -> None:
    """Title, what the table says as a whole, and the header."""
    said = "".join((model["summary"]["words"], *model["scope"]))
    texts = ((model["heading"], Font(name=_FACE, size=16, bold=True), 30.0), (said, _BODY, 48.0))
    for number, (words, font, height) in enumerate(texts, start=1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, words)
        cell.font, cell.alignment = font, Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(heads))
        sheet.row_dimensions[number].height = height
    for column, head in enumerate(heads, start=1):
        cell = cell_at(sheet, HEADER_ROW, column)
        put_text(cell, head.head)
        cell.font, cell.border = Font(name=_FACE, size=10, bold=True), _BOX
        cell.fill = PatternFill("solid", fgColor="DDE6EF")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = head.width
