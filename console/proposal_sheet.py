"""A new site folder: site.toml and the column sheet, ready for the operator to complete."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from console.errors import Misused
from console.output import clean
from ledger.config import FILE
from ledger.header import FREQUENCY, NOTE, TITLES, UNIT, URL, level_title
from ledger.words import Frequency
from reports.workbook import cell_at, put_address, put_text, to_bytes

Row = dict[str, Any]

SHEET = "columns.xlsx"
_LEVELS = 4
_HEADER = (
    *(level_title(level) for level in range(1, _LEVELS + 1)),
    *(TITLES[role] for role in (UNIT, FREQUENCY, URL, NOTE)),
)
_WIDTHS = (18, 24, 28, 28, 22, 14, 52, 60)
_FORM = _HEADER.index(TITLES[FREQUENCY])
_CHOICES = tuple(f.label for f in Frequency if f is not Frequency.UNSPECIFIED)
_SPARE_ROWS = 500
"""Rows below the last column that offer the choices too: operators add columns."""


def refuse_existing(folder: Path) -> None:
    """Raise the sentence to end with where a new site cannot be made at `folder`."""
    if folder.exists() and not folder.is_dir():
        raise Misused(f"{folder} 是文件，不能用作站点文件夹。请换一个名称。")
    for name in (FILE, SHEET):
        if (folder / name).exists():
            raise Misused(
                f"{folder} 里已有 {name}，不会覆盖。请换一个文件夹；"
                f"要重新生成，请先把原来的 {name} 改名或移走。"
            )
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise Misused(f"上一级目录 {parent} 不存在。请先建立：mkdir -p {shlex.quote(str(parent))}")


def write_site(folder: Path, told: Row, contract_day: str) -> None:
    """Write both files; site.toml last, for a folder with it counts as a site."""
    folder.mkdir(exist_ok=True)
    with (folder / SHEET).open("xb") as sheet:
        sheet.write(workbook(told, folder, contract_day))
    with (folder / FILE).open("x", encoding="utf-8") as file:
        file.write(site_file(told))


def site_file(told: Row) -> str:
    """The text of site.toml."""
    code = told["id_code"]
    code_line = f"id_code = {_quoted(code)}" if code else '# id_code = ""'
    hint = "网站标识码" if code else "网站标识码：首页没有读到，可在页脚查到后填写"
    return (
        f"name = {_quoted(told['name'] or '（请填写网站名称）')}\n"
        f"home = {_quoted(told['home'])}\n"
        f"{code_line}  # {hint}\n"
        f"columns = {_quoted(SHEET)}\n"
        "\n"
        "[crawl]\n"
        "# 请写明联系方式，便于网站管理方联系；去掉下一行开头的 # 并改成自己的：\n"
        '# contact = "单位的邮箱或电话"\n'
    )


def _quoted(text: str) -> str:
    """A TOML basic string; JSON writes the same escapes."""
    return json.dumps(clean(text), ensure_ascii=False)


def workbook(told: Row, folder: Path, day: str) -> bytes:
    """The column sheet, and beside it what remains to be done."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "栏目表"
    _head(sheet)
    for number, row in enumerate(told["columns"], 2):
        _fill(sheet, number, row)
    last = len(told["columns"]) + 1
    _offer_choices(sheet, last + _SPARE_ROWS)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{cell_at(sheet, last, len(_HEADER)).coordinate}"
    _explain(book.create_sheet("说明"), told, folder, day)
    return to_bytes(book, None)


def _head(sheet: Worksheet) -> None:
    for index, (title, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), 1):
        cell = cell_at(sheet, 1, index)
        put_text(cell, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = Border(bottom=Side("thin"))
        sheet.column_dimensions[cell.column_letter].width = width


def _fill(sheet: Worksheet, number: int, row: Row) -> None:
    names = [*row["path"], *[""] * (_LEVELS - len(row["path"]))]
    for index, text in enumerate((*names, "", row["frequency"]), 1):
        if text:
            put_text(cell_at(sheet, number, index), clean(text))
    put_address(cell_at(sheet, number, _HEADER.index(TITLES[URL]) + 1), row["url"])
    note = cell_at(sheet, number, len(_HEADER))
    put_text(note, clean(row["note"]))
    note.alignment = Alignment(wrap_text=True, vertical="top")
    if row["guess"]:
        cell_at(sheet, number, _FORM + 1).fill = PatternFill("solid", fgColor="FFF2CC")


def _offer_choices(sheet: Worksheet, last: int) -> None:
    rule = DataValidation(
        type="list",
        formula1=f'"{",".join(_CHOICES)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=TITLES[FREQUENCY],
        error=f"请从下拉列表中选择：{'、'.join(_CHOICES)}",
    )
    column = cell_at(sheet, 1, _FORM + 1).column_letter
    rule.add(f"{column}2:{column}{last}")
    sheet.add_data_validation(rule)


def _explain(sheet: Worksheet, told: Row, folder: Path, day: str) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(_lines(told, folder, day), 1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)


def _lines(told: Row, folder: Path, day: str) -> Sequence[str]:
    where = shlex.quote(str(folder))
    return (
        f"本表由巡查程序于 {day} 根据 {told['home']} 的菜单、政务公开目录和面包屑生成，"
        "是草稿，请对照合同补全：",
        "1. 逐行填写哪个单位负责这个栏目；程序无从知道，全部留空。",
        "2. 逐行核对多久应发布一次，从下拉列表中选择。底色为浅黄的是程序按栏目名称或页面标签"
        "给出的建议，依据写在同一行末尾；没有依据的留空。留空的栏目按需处理，不计时限。",
        "3. 删去合同不管的栏目；补上合同里有、网站菜单里没有链接的栏目。",
        "4. 名称以合同为准时可以改，网址请保留，程序按网址打开栏目。",
        "5. 指向别的网站的栏目已填“跳转链接”，只检查能否打开。",
        *_gaps(told),
        f"改好并保存后，先运行 xuncha check {where} 检查，再运行 xuncha nightly {where} 开始巡查。",
    )


def _gaps(told: Row) -> list[str]:
    said = []
    if told["short"]:
        said.append(
            f"注意：已用完 {told['requests']} 次请求，还有栏目页没有打开，下级栏目可能不全；"
            "可换一个文件夹，加 --max-pages 用更大的数重新生成。"
        )
    if told["unread"]:
        names = "、".join(" > ".join(map(clean, one["path"])) for one in told["unread"][:20])
        said.append(f"注意：{len(told['unread'])} 个栏目页没有读到，下级栏目可能不全：{names}")
    return said
