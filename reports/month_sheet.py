"""The monthly column table as a workbook: the table, its summary and its legend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ledger.clock import ZONE
from reports.base import Model
from reports.columns import Row, spread
from reports.wording import MEANINGS, SOON, SOON_WORD, VERDICT_ORDER, verdict_word
from reports.workbook import cell_at, put_address, put_text, to_bytes

TABLE, SUMMARY, LEGEND = "栏目巡查表", "汇总", "说明"

HEADER_ROW = 4
"""The row of the table's header; title, totals and notices stand above it."""

_FACE = "微软雅黑"
_BODY = Font(name=_FACE, size=10)
_BOLD = Font(name=_FACE, size=10, bold=True)
_GREY = Font(name=_FACE, size=10, color="5A6672")
_TITLE = Font(name=_FACE, size=16, bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="DDE6EF")
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_RIGHT = Alignment(vertical="top", horizontal="right")

# Text and fill of each verdict, dark on light so that print without colour keeps the words.
_COLOURS = {
    "overdue": ("7D4300", "FFE3BD"),
    "blank": ("573782", "E9DFF7"),
    "unreachable": ("98141F", "FBD5D5"),
    "jump_broken": ("8C154D", "F9D5E5"),
    "not_checked": ("3D4854", "DDE2E7"),
    "on_time": ("17613A", "D6EEDF"),
    SOON: ("665200", "FAEFB5"),
    "as_needed": ("33506F", "DEE8F2"),
    "jump_ok": ("085A61", "D2ECEE"),
}

Write = Callable[[Cell, Row], None]


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the sheet: heading, width in characters, and how a row fills its cell."""

    head: str
    width: float
    write: Write
    align: Alignment = _WRAP


def workbook(model: Model) -> bytes:
    """The model as an XLSX file."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook starts with a worksheet")
    sheet.title = TABLE
    _table(sheet, model)
    _summary(book.create_sheet(SUMMARY), model)
    _legend(book.create_sheet(LEGEND), model)
    book.properties.title = f"{model['site']['name']}{model['month_word']}{model['title']}"
    return to_bytes(book, _made(model["run"]["finished"] or model["run"]["started"]))


def _made(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE) if moment else None


def _text(name: str) -> Write:
    def write(cell: Cell, row: Row) -> None:
        put_text(cell, row[name] or "")

    return write


def _number(name: str) -> Write:
    def write(cell: Cell, row: Row) -> None:
        cell.value = row[name]

    return write


def _date(name: str) -> Write:
    def write(cell: Cell, row: Row) -> None:
        if row[name]:
            cell.value = date.fromisoformat(row[name])
            cell.number_format = "yyyy-mm-dd"

    return write


def _address(cell: Cell, row: Row) -> None:
    if row["url"]:
        put_address(cell, row["url"])


def _evidence(cell: Cell, row: Row) -> None:
    held = row["evidence"]
    if held:
        quoted = f"“{held['text']}”" if held["text"] else ""
        words = "：".join(part for part in (held["how_word"], quoted) if part)
        put_address(cell, held["url"], words or held["url"])


def _verdict(cell: Cell, row: Row) -> None:
    put_text(cell, row["word"])
    _paint(cell, SOON if row["soon"] else row["verdict"])


def _missed(cell: Cell, row: Row) -> None:
    cell.value = row["missed"]
    if row["missed"]:
        cell.font = Font(name=_FACE, size=10, bold=True, color=_COLOURS["overdue"][0])


def _paint(cell: Cell, key: str) -> None:
    ink, fill = _COLOURS[key]
    cell.font = Font(name=_FACE, size=10, bold=True, color=ink)
    cell.fill = PatternFill("solid", fgColor=fill)


def _level(level: int, names: Sequence[Sequence[tuple[str, bool]]]) -> Write:
    def write(cell: Cell, row: Row) -> None:
        name, repeated = names[row["no"] - 1][level]
        put_text(cell, name)
        if repeated:
            cell.font = _GREY

    return write


def _fields(model: Model) -> list[_Field]:
    names = spread(model["columns"], len(model["levels"]))
    levels = [_Field(head, 14, _level(index, names)) for index, head in enumerate(model["levels"])]
    return [
        _Field("序号", 6, _number("no"), _RIGHT),
        *levels,
        _Field("栏目网址", 28, _address),
        _Field("责任单位", 16, _text("unit")),
        _Field("更新要求", 11, _text("frequency_word")),
        _Field("最近更新标题", 28, _text("last_title")),
        _Field("最近更新日期", 12, _date("last_updated"), _RIGHT),
        _Field("已过天数", 9, _number("age"), _RIGHT),
        _Field("应更新截止", 12, _date("due"), _RIGHT),
        _Field("本月各期更新条数", 30, _text("periods_words")),
        _Field("缺更期数", 9, _missed, _RIGHT),
        _Field("结论", 10, _verdict, _MIDDLE),
        _Field("取证", 22, _evidence),
        _Field("备注", 32, _text("remark")),
    ]


def _table(sheet: Worksheet, model: Model) -> None:
    fields = _fields(model)
    last = get_column_letter(len(fields))
    _banner(sheet, model, len(fields))
    for column, field in enumerate(fields, start=1):
        _head(cell_at(sheet, HEADER_ROW, column), field.head)
        sheet.column_dimensions[get_column_letter(column)].width = field.width
    for offset, row in enumerate(model["columns"], start=HEADER_ROW + 1):
        for column, field in enumerate(fields, start=1):
            cell = cell_at(sheet, offset, column)
            cell.font, cell.alignment, cell.border = _BODY, field.align, _BOX
            field.write(cell, row)
    end = HEADER_ROW + max(1, len(model["columns"]))
    sheet.freeze_panes = f"{get_column_letter(len(model['levels']) + 2)}{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{end}"
    sheet.print_area = f"A1:{last}{end}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _page(sheet, "landscape")


def _banner(sheet: Worksheet, model: Model, width: int) -> None:
    site, run = model["site"], model["run"]
    said = [model["summary"] + model["gaps_words"]]
    about = (
        f"基准日 {model['as_of']}　巡查 {run['started']} 至 {run['finished'] or run['state_word']}"
    )
    lines = (
        (f"{site['name']}{model['month_word']}{model['title']}", _TITLE, 30.0),
        (about, _GREY, 18.0),
        ("\n".join([*said, *model["notices"]]), _BODY, 18.0 * (1 + len(model["notices"]))),
    )
    for number, (text, font, height) in enumerate(lines, start=1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)
        sheet.row_dimensions[number].height = height
    sheet.row_dimensions[HEADER_ROW].height = 32


def _head(cell: Cell, text: str) -> None:
    put_text(cell, text)
    cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD_FILL, _BOX, _MIDDLE


def _page(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation = "landscape" if orientation == "landscape" else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _summary(sheet: Worksheet, model: Model) -> None:
    """Counts of the whole site and of each unit, taken from the rows."""
    heads = [
        "责任单位",
        "栏目数",
        *(verdict_word(verdict) for verdict in VERDICT_ORDER),
        "其中" + SOON_WORD,
        "缺更期数",
    ]
    put_text(cell_at(sheet, 1, 1), f"{model['site']['name']}{model['month_word']}汇总")
    cell_at(sheet, 1, 1).font = _TITLE
    put_text(
        cell_at(sheet, 2, 1),
        "一个栏目由几个单位共同负责的，在每个单位下各计一次；“全部栏目”一行每个栏目只计一次。",
    )
    cell_at(sheet, 2, 1).font = _GREY
    for column, head in enumerate(heads, start=1):
        cell = cell_at(sheet, 3, column)
        _head(cell, head)
        sheet.column_dimensions[get_column_letter(column)].width = 26 if column == 1 else 10
    everyone = {"unit": "全部栏目", "all": model["totals"]["all"]} | {
        "by_verdict": model["totals"]["by_verdict"]
    }
    for number, unit in enumerate([everyone, *model["units"]], start=4):
        mine = [row for row in model["columns"] if unit is everyone or unit["unit"] in row["units"]]
        _summary_row(sheet, number, unit, mine)
        if unit is everyone:
            for column in range(1, len(heads) + 1):
                cell_at(sheet, number, column).font = _BOLD
    last = get_column_letter(len(heads))
    end = 4 + len(model["units"])
    sheet.freeze_panes = "B4"
    sheet.auto_filter.ref = f"A3:{last}{end}"
    sheet.print_area = f"A1:{last}{end}"
    sheet.print_title_rows = "3:3"
    _page(sheet, "landscape")


def _summary_row(sheet: Worksheet, number: int, unit: Row, mine: Sequence[Row]) -> None:
    values: list[str | int] = [
        unit["unit"],
        unit["all"],
        *(unit["by_verdict"][verdict.value] for verdict in VERDICT_ORDER),
        sum(1 for row in mine if row["soon"]),
        sum(row["missed"] or 0 for row in mine),
    ]
    for column, value in enumerate(values, start=1):
        cell = cell_at(sheet, number, column)
        cell.font, cell.border = _BODY, _BOX
        if isinstance(value, str):
            put_text(cell, value)
            cell.alignment = _WRAP
        else:
            cell.value = value
            cell.alignment = _RIGHT


def _legend(sheet: Worksheet, model: Model) -> None:
    """What the words and colours mean, and how it was judged."""
    for column, (head, width) in enumerate((("结论", 14.0), ("含义", 90.0)), start=1):
        _head(cell_at(sheet, 1, column), head)
        sheet.column_dimensions[get_column_letter(column)].width = width
    number = 2
    for verdict in VERDICT_ORDER:
        _legend_row(sheet, number, verdict.value, verdict_word(verdict))
        number += 1
    _legend_row(sheet, number, SOON, SOON_WORD)
    for head, words in _method(model):
        number += 1
        label, said = cell_at(sheet, number, 1), cell_at(sheet, number, 2)
        put_text(label, head)
        put_text(said, words)
        label.font, said.font = _BOLD, _BODY
        for cell in (label, said):
            cell.alignment, cell.border = _WRAP, _BOX
    _page(sheet, "portrait")


def _legend_row(sheet: Worksheet, number: int, key: str, word: str) -> None:
    label, said = cell_at(sheet, number, 1), cell_at(sheet, number, 2)
    put_text(label, word)
    put_text(said, MEANINGS[key])
    said.font = _BODY
    for cell in (label, said):
        cell.alignment, cell.border = _WRAP, _BOX
    _paint(label, key)


def _method(model: Model) -> list[tuple[str, str]]:
    judged = model["judged"]
    return [
        (
            "各期条数",
            "每期为更新要求所定的周期；“缺更”表示该期已满而没有更新，"
            "“未读到”表示列表没有读到那么早，不计缺更。",
        ),
        ("计时方式", judged["mode_words"]),
        ("请求页面", f"{judged['asked']['pages']} 次"),
        ("未读全的栏目", f"{len(judged['cut'])} 个" if judged["cut"] else "无"),
        ("规则集", judged["rule_set"] or "未记录"),
        ("重做命令", "\n".join(model["reproduce"])),
    ]
