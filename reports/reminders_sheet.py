"""The reminders as a workbook: columns on one sheet, duties on another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.workbook import cell_at, put_address, put_text, to_bytes

Row = dict[str, Any]
Write = Callable[[Cell, Any], None]
Field = tuple[str, float, str, Write]
"""Heading, width in characters, the key of a row, and how its value is written."""

HEADER_ROW = 3

_FACE = "微软雅黑"
_BODY, _BOLD = Font(name=_FACE, size=10), Font(name=_FACE, size=10, bold=True)
_TITLE = Font(name=_FACE, size=16, bold=True)
_FILL = PatternFill("solid", fgColor="DDE6EF")
_SIDE = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_LINE, _TALLEST, _WIDE = 14.5, 400, 0x2E7F
_WRAP = Alignment(wrap_text=True, vertical="top")


def workbook(model: Model) -> bytes:
    """The model as an XLSX file."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = "栏目更新提醒"
    notes = [part["words"] for part in (model["lead"], model["unchecked_words"]) if part]
    _fill(sheet, model["heading"], "".join(notes), _COLUMNS, model["columns"])
    _fill(book.create_sheet("整改提醒"), "整改任务提醒", "", _DUTIES, model["duties"])
    book.properties.title = model["heading"]
    made = model["run"]["finished"] or model["run"]["started"]
    return to_bytes(book, datetime.fromisoformat(made).replace(tzinfo=ZONE) if made else None)


def _number(cell: Cell, value: Any) -> None:
    cell.value = value


def _text(cell: Cell, value: Any) -> None:
    put_text(cell, value or "")


def _day(cell: Cell, value: Any) -> None:
    if value:
        cell.value = date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"


def _address(cell: Cell, value: Any) -> None:
    if value:
        put_address(cell, value)


_COLUMNS: tuple[Field, ...] = (
    ("序号", 6, "no", _number),
    ("栏目", 40, "name", _text),
    ("责任单位", 22, "unit", _text),
    ("更新要求", 14, "frequency_word", _text),
    ("最近更新", 12, "last_updated", _day),
    ("应更新至", 12, "due", _day),
    ("状态", 16, "words", _text),
    ("网址", 44, "url", _address),
)
_DUTIES: tuple[Field, ...] = (
    ("序号", 6, "no", _number),
    ("问题", 18, "name", _text),
    ("原文或情况", 46, "excerpt", _text),
    ("责任单位", 22, "unit", _text),
    ("整改期限", 12, "due", _day),
    ("状态", 16, "words", _text),
    ("整改建议", 30, "advice", _text),
    ("网址", 44, "url", _address),
)


def _fill(
    sheet: Worksheet, title: str, note: str, fields: Sequence[Field], listed: Sequence[Row]
) -> None:
    last = get_column_letter(len(fields))
    for number, (words, font) in enumerate(((title, _TITLE), (note, _BODY)), start=1):
        sheet.merge_cells(f"A{number}:{last}{number}")
        cell = cell_at(sheet, number, 1)
        put_text(cell, words)
        cell.font, cell.alignment = font, _WRAP
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 26, 34
    for index, (head, width, key, write) in enumerate(fields, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        top = cell_at(sheet, HEADER_ROW, index)
        put_text(top, head)
        top.font, top.fill, top.border = _BOLD, _FILL, _BOX
        for number, row in enumerate(listed, start=HEADER_ROW + 1):
            cell = cell_at(sheet, number, index)
            cell.font = _BODY
            write(cell, row[key])
            cell.border, cell.alignment = _BOX, _WRAP
    for number, row in enumerate(listed, start=HEADER_ROW + 1):
        sheet.row_dimensions[number].height = _height(fields, row)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + len(listed)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _height(fields: Sequence[Field], row: Row) -> float:
    """Room for the longest cell; a Chinese character is as wide as two others."""
    lines = [
        -(-sum(2 if ord(sign) > _WIDE else 1 for sign in str(row[key] or "")) // (width - 1))
        for _, width, key, _ in fields
    ]
    return min(_TALLEST, _LINE * max(1, *lines))
