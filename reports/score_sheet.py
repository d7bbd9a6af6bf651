"""The score sheet as a workbook in which a person fills the points and Excel does the sums."""

from __future__ import annotations

from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.workbook import cell_at, put_text, to_bytes

_FACE = "微软雅黑"
_HEADS = (("序号", 6), ("考核项", 16), ("分值", 8), ("考核要求", 36), ("台账统计", 44),
          ("得分", 10), ("说明", 40))  # fmt: skip
_FIRST = 4
_SCORE = 6
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")


def workbook(model: Model) -> bytes:
    """The model as an XLSX file; only the cells for points can be filled in."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = "考核评分表"
    _top(sheet, model)
    for offset, head in enumerate(model["heads"]):
        _row(sheet, _FIRST + offset, head)
    _sums(sheet, model)
    sheet.freeze_panes = sheet.cell(row=_FIRST, column=1).coordinate
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
    # Without a password: it keeps formulas from being overwritten by accident, no more.
    sheet.protection.sheet = True
    book.properties.title = model["heading"]
    finished = model["run"]["finished"] or model["run"]["started"]
    moment = datetime.fromisoformat(finished).replace(tzinfo=ZONE) if finished else None
    return to_bytes(book, moment)


def _top(sheet: Worksheet, model: Model) -> None:
    title = cell_at(sheet, 1, 1)
    put_text(title, model["heading"])
    title.font = Font(name=_FACE, size=16, bold=True)
    put_text(cell_at(sheet, 2, 1), model["summary"]["words"])
    for column, (head, width) in enumerate(_HEADS, start=1):
        cell = cell_at(sheet, _FIRST - 1, column)
        put_text(cell, head)
        cell.font = Font(name=_FACE, size=10, bold=True)
        cell.fill, cell.border = PatternFill("solid", fgColor="DDE6EF"), _BOX
        sheet.column_dimensions[cell.column_letter].width = width


def _row(sheet: Worksheet, number: int, head: Model) -> None:
    values = (
        head["no"],
        head["name"],
        head["points"],
        head["asks"],
        head["evidence"],
        head["left"],
        head["why"],
    )
    for column, value in enumerate(values, start=1):
        cell = cell_at(sheet, number, column)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        cell.font, cell.alignment, cell.border = Font(name=_FACE, size=10), _WRAP, _BOX
    score = cell_at(sheet, number, _SCORE)
    score.protection = Protection(locked=False)
    score.fill = PatternFill("solid", fgColor="FFF8DC")
    allowed = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2=str(head["points"]),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="得分",
        error=f"请填 0 到 {head['points']} 之间的数。",
    )
    sheet.add_data_validation(allowed)
    allowed.add(score)


def _sums(sheet: Worksheet, model: Model) -> None:
    """Total, grade and deduction, as formulas of ours over the points a person fills in."""
    last = _FIRST + len(model["heads"]) - 1
    span = f"F{_FIRST}:F{last}"
    total = last + 1
    missing = f"COUNT({span})<{len(model['heads'])}"
    pass_mark, percent = model["pass_mark"], model["fee_percent"]
    grade = f'IF(F{total}<{pass_mark},"不合格","")'
    for number, least in reversed(list(enumerate(model["grades"]))):
        grade = f'IF(F{total}>={least},"第{"一二三四五六"[number]}档",{grade})'
    formulas = (
        ("总分", f'=IF({missing},"待评定",SUM({span}))'),
        ("等次", f'=IF({missing},"待评定",{grade})'),
        (
            "扣除服务费",
            f'=IF({missing},"待评定",MAX(0,{pass_mark}-F{total})*{percent}/100)',
        ),
    )
    for offset, (name, formula) in enumerate(formulas):
        put_text(cell_at(sheet, total + offset, 2), name)
        cell = cell_at(sheet, total + offset, _SCORE)
        cell.value = formula
        cell.font = Font(name=_FACE, size=10, bold=True)
    cell_at(sheet, total + 2, _SCORE).number_format = "0.##%"
    below = total + len(formulas) + 1
    said = [*model["arithmetic"], *model["notes"], *model["proof"]["words"]]
    for offset, words in enumerate(said):
        put_text(cell_at(sheet, below + offset, 1), words)
