"""The analysis of notices as a workbook: one sheet a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.workbook import cell_at, put_address, put_text, to_bytes

_FACE = "微软雅黑"
_BODY, _BOLD = Font(name=_FACE, size=10), Font(name=_FACE, size=10, bold=True)
_TITLE = Font(name=_FACE, size=16, bold=True)
_FILL = PatternFill("solid", fgColor="DDE6EF")
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")

_Fields = Sequence[tuple[str, float, str]]

_ITEMS: _Fields = (
    ("序号", 6, "no"),
    ("类别", 12, "kind"),
    ("标题", 28, "title"),
    ("所在句（【】内为错误）", 40, "excerpt"),
    ("建议修改", 14, "suggest"),
    ("栏目", 22, "column"),
    ("责任单位", 18, "unit"),
    ("网址", 40, "url"),
    ("通报日期", 12, "day"),
    ("由谁发现", 12, "found_by"),
    ("结果", 12, "state_word"),
    ("消除日期", 12, "ended_on"),
    ("备注", 24, "note"),
)
_OURS: _Fields = (
    ("序号", 6, "no"),
    ("类别", 14, "kind"),
    ("问题", 22, "name"),
    ("说明", 60, "what"),
    ("栏目", 22, "column"),
    ("责任单位", 18, "unit"),
    ("网址", 40, "url"),
    ("确认日期", 12, "since"),
    ("结果", 12, "state_word"),
)
_GROUPS: _Fields = (
    ("名称", 36, "name"),
    ("通报问题", 10, "told"),
    ("双方都发现", 12, "both"),
    ("仅监测单位", 12, "theirs"),
    ("仅本工具", 10, "ours"),
    ("通报中已消除", 14, "ended"),
    ("通报中未消除", 14, "open"),
)
_KINDS: _Fields = (
    ("类别", 20, "name"),
    ("上月通报", 10, "before"),
    ("本月通报", 10, "now"),
    ("再次通报", 10, "again"),
    ("本月新通报", 12, "fresh"),
)
_NOTICES: _Fields = (
    ("序号", 6, "no"),
    ("文件", 50, "name"),
    ("监测单位", 24, "vendor"),
    ("通报日期", 12, "day"),
    ("条数", 8, "count"),
)
_SHEETS: tuple[tuple[str, str, _Fields], ...] = (
    ("通报问题", "items", _ITEMS),
    ("仅本工具发现", "ours", _OURS),
    ("按单位", "units", _GROUPS),
    ("按栏目", "columns", _GROUPS),
    ("月度对比", "kinds", _KINDS),
    ("通报文件", "notices", _NOTICES),
)


def workbook(model: Model) -> bytes:
    """The model as an XLSX file."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    for number, (title, key, fields) in enumerate(_SHEETS):
        sheet = first if number == 0 else book.create_sheet()
        sheet.title = title
        _table(sheet, model, model[key], fields, told=number == 0)
    book.properties.title = model["heading"]
    finished = model["run"]["finished"] or model["run"]["started"]
    moment = datetime.fromisoformat(finished).replace(tzinfo=ZONE) if finished else None
    return to_bytes(book, moment)


def _table(
    sheet: Worksheet, model: Model, listed: Sequence[Model], fields: _Fields, *, told: bool
) -> None:
    title = cell_at(sheet, 1, 1)
    put_text(title, model["heading"])
    title.font = _TITLE
    said = [model[key] for key in ("lead", "difference", "outcomes", "months") if told]
    lines = [one["words"] for one in said if one] + (model["proof"]["words"] if told else [])
    for offset, words in enumerate(lines):
        put_text(cell_at(sheet, 2 + offset, 1), words)
    head = 2 + len(lines)
    for column, (name, width, _) in enumerate(fields, start=1):
        cell = cell_at(sheet, head, column)
        put_text(cell, name)
        cell.font, cell.fill, cell.border = _BOLD, _FILL, _BOX
        sheet.column_dimensions[get_column_letter(column)].width = width
    for offset, row in enumerate(listed, start=1):
        for column, (_, _, key) in enumerate(fields, start=1):
            cell = cell_at(sheet, head + offset, column)
            value = row[key]
            cell.font, cell.alignment, cell.border = _BODY, _WRAP, _BOX
            if key == "url" and row["link"]:
                put_address(cell, value)
            elif isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value or "")
    sheet.freeze_panes = cell_at(sheet, head + 1, 1).coordinate
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
