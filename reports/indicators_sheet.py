"""The inspection table as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.workbook import cell_at, put_text, to_bytes

SHEET = "检查情况表"

_FACE = "微软雅黑"
_BODY, _BOLD = Font(name=_FACE, size=10), Font(name=_FACE, size=10, bold=True)
_TITLE = Font(name=_FACE, size=16, bold=True)
_FILL = PatternFill("solid", fgColor="DDE6EF")
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
# Fills that differ in lightness, so that print without colour keeps them apart.
_FILLS = {"found": "F2B8B5", "asked": "FFE3BD", "unseen": "DDE2E7", "clean": "FFFFFF"}


@dataclass(frozen=True, slots=True)
class _Field:
    head: str
    width: float
    key: str


_FIELDS = (
    _Field("序号", 6, "no"),
    _Field("类别", 15, "part"),
    _Field("检查对象", 22, "group"),
    _Field("指标", 24, "name"),
    _Field("评分细则", 44, "text"),
    _Field("检查方式", 16, "level_word"),
    _Field("检查情况", 14, "word"),
    _Field("说明和取证", 60, "told"),
    _Field("分值", 16, "points"),
    _Field("依据", 40, "basis"),
)
_STATE = next(number for number, field in enumerate(_FIELDS, 1) if field.key == "word")


def workbook(model: Model) -> bytes:
    """The model as an XLSX file."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = SHEET
    head = _banner(sheet, model)
    for column, field in enumerate(_FIELDS, start=1):
        cell = cell_at(sheet, head, column)
        put_text(cell, field.head)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _FILL, _BOX, _MIDDLE
        sheet.column_dimensions[get_column_letter(column)].width = field.width
    for number, row in enumerate(model["rows"], start=head + 1):
        for column, field in enumerate(_FIELDS, start=1):
            cell = cell_at(sheet, number, column)
            cell.font, cell.border, cell.alignment = _BODY, _BOX, _WRAP
            value = row[field.key]
            if isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, "\n".join(value) if isinstance(value, list) else value)
        state = cell_at(sheet, number, _STATE)
        state.font, state.fill = _BOLD, PatternFill("solid", fgColor=_FILLS[row["state"]])
    _page(sheet, head, head + max(1, len(model["rows"])))
    book.properties.title = model["titled"]
    made = model["run"]["finished"] or model["run"]["started"]
    return to_bytes(book, datetime.fromisoformat(made).replace(tzinfo=ZONE) if made else None)


def _banner(sheet: Worksheet, model: Model) -> int:
    """Title, period, result and proof above the table; the row of the table's header."""
    lines = [
        (model["titled"], _TITLE, 30.0),
        (f"检查期间：{model['period']}", _BODY, 18.0),
        ("检查结果：" + "".join(said["words"] for said in model["said"]), _BOLD, 34.0),
        *((f"{part['name']}{part['said']['words']}", _BODY, 18.0) for part in model["parts"]),
        ("".join((*model["proof"]["words"], *model["proof"]["commands"])), _BODY, 34.0),
    ]
    for number, (text, font, height) in enumerate(lines, start=1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_FIELDS))
        sheet.row_dimensions[number].height = height
    return len(lines) + 1


def _page(sheet: Worksheet, head: int, end: int) -> None:
    last = get_column_letter(len(_FIELDS))
    sheet.freeze_panes = f"E{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{end}"
    sheet.print_area = f"A1:{last}{end}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
