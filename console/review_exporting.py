"""`xuncha review export`: findings as a sheet in which people fill in what they say of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from console import review_sheet as head
from console.errors import Exit, Misused
from console.judged_commands import existing_ledger
from console.output import emit, say
from console.review_choosing import Filters, Reviewed, filtered, look
from console.review_listing import remark_of
from console.sites import load_sites
from ledger.findings import Finding
from ledger.reviews import Review, last_verdicts
from ledger.sheet import MAX_CELLS, MAX_ROWS
from ledger.spent_reviews import SpentReview, spent
from ledger.words import ReviewWord
from reports.safe import line, long_line
from reports.workbook import cell_at, put_address, put_text, to_bytes

_FACE = "微软雅黑"
_BODY = Font(name=_FACE, size=10)
_GREY = Font(name=_FACE, size=9, color="5A6672")
_HEAD = Font(name=_FACE, size=10, bold=True)
_OURS = PatternFill("solid", fgColor="DDE6EF")
_THEIRS = PatternFill("solid", fgColor="FFE699")
_OPEN = PatternFill("solid", fgColor="FFFBEB")
_THIN = Side(style="thin", color="B8C2CC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_DATE = "yyyy-mm-dd"
_LINE = 14.0
"""Points of height a line of text takes."""
_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class _Entry:
    """A finding as one row of the sheet."""

    finding: Finding
    site: str
    day: date
    times: int
    stands: str


_Write = Callable[[Cell, _Entry], None]


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the sheet; without `write` people fill it in."""

    title: str
    width: float
    write: _Write | None = None


def export(path: Path, url: str, day: date, filters: Filters, out: Path) -> Exit:
    """Write the sheet; an existing file is left alone, it may be filled in."""
    if out.suffix.lower() != ".xlsx":
        raise Misused(f"复核表的文件名 {out} 应以 .xlsx 结尾。")
    if out.exists():
        raise Misused(f"{out} 已经存在，里面可能有填好的意见，不会覆盖；请用 --out 换一个文件名。")
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        entries = [
            entry
            for site in sites
            for entry in _entries(
                look(ledger, site, day), ledger.reviews(site.key, date.max), filters, day
            )
        ]
    if not entries:
        raise Misused("没有符合条件的问题，没有写出复核表。")
    if len(entries) >= min(MAX_ROWS, MAX_CELLS // len(_FIELDS)):
        raise Misused(
            f"问题有 {len(entries)} 个，一张复核表放不下；请加 --unit、--code 等条件分几次导出。"
        )
    with out.open("xb") as file:
        file.write(_workbook(entries))
    emit(f"{out.resolve()}\n")
    say(f"写出 {len(entries)} 个问题。填好后运行 xuncha review import {out} 读回。")
    return Exit.FINE


def _entries(one: Reviewed, ever: Sequence[Review], filters: Filters, day: date) -> list[_Entry]:
    last = last_verdicts(one.said)
    ended = {
        end.finding.fingerprint: end for end in spent(one.findings, one.said, one.judgement, day)
    }
    times: dict[str, int] = {}
    for review in ever:
        times[review.fingerprint] = times.get(review.fingerprint, 0) + 1
    return [
        _Entry(
            finding,
            one.site.name,
            day,
            times.get(finding.fingerprint, 0),
            _stands(finding, last.get(finding.fingerprint), ended.get(finding.fingerprint)),
        )
        for finding in filtered([one], filters)
    ]


def _stands(finding: Finding, verdict: Review | None, end: SpentReview | None) -> str:
    """What people have said so far, in words."""
    told = []
    if verdict is not None and finding.review is not None:
        accepted = finding.review is ReviewWord.ACCEPTED
        until = f"至 {finding.accepted_until}，" if accepted else ""
        told.append(f"{finding.review.label}（{until}{verdict.by}，{verdict.day}）")
    if finding.assigned:
        told.append(f"指派：{finding.assigned}")
    if not finding.in_report:
        told.append("不纳入报告")
    if finding.veto is not None:
        told.append("计入单项否决" if finding.veto else "不计入单项否决")
    told += [finding.note, remark_of(finding, verdict, end)]
    return "；".join(filter(None, told))


def _text(said: Callable[[_Entry], str]) -> _Write:
    def write(cell: Cell, entry: _Entry) -> None:
        put_text(cell, long_line(said(entry)))

    return write


def _first_seen(cell: Cell, entry: _Entry) -> None:
    cell.value = entry.finding.first_seen
    cell.number_format = _DATE


def _count(cell: Cell, entry: _Entry) -> None:
    cell.value = entry.finding.count


def _place(cell: Cell, entry: _Entry) -> None:
    places = entry.finding.places
    if places:
        excerpt = long_line(places[0].excerpt)
        put_address(cell, long_line(places[0].url), excerpt)


_FIELDS = (
    _Field(head.MARK, 19, _text(lambda e: e.finding.fingerprint)),
    _Field("站点", 18, _text(lambda e: e.site)),
    _Field("规则", 7, _text(lambda e: e.finding.code)),
    _Field("名称", 14, _text(lambda e: e.finding.name)),
    _Field("级别", 7, _text(lambda e: e.finding.severity.label)),
    _Field("状态", 10, _text(lambda e: e.finding.state.label)),
    _Field("栏目/页面", 28, _text(lambda e: e.finding.subject)),
    _Field("问题", 44, _text(lambda e: e.finding.message)),
    _Field("建议", 30, _text(lambda e: e.finding.advice)),
    _Field("责任单位", 18, _text(lambda e: e.finding.responsible)),
    _Field("首次发现", 12, _first_seen),
    _Field("次数", 7, _count),
    _Field("首个位置", 36, _place),
    _Field("现有意见", 30, _text(lambda e: e.stands)),
    _Field(head.WORD, 12),
    _Field(head.WHY, 24),
    _Field(head.UNTIL, 14),
    _Field(head.UNIT, 18),
    _Field(head.IN_REPORT, 10),
    _Field(head.VETO, 14),
    _Field(head.BY, 10),
    _Field(head.SITE, 12, _text(lambda e: e.finding.site)),
    _Field(head.DAY, 12, _text(lambda e: e.day.isoformat())),
    _Field(head.TIMES, 12, _text(lambda e: str(e.times))),
)
_CHOICES = {
    head.WORD: tuple(head.WORDS),
    head.IN_REPORT: (head.YES, head.NO),
    head.VETO: (head.YES, head.NO),
}
_BACK = (head.SITE, head.DAY, head.TIMES)
"""For reading the sheet back; of no use to people."""


def _workbook(entries: Sequence[_Entry]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = head.SHEET
    for index, field in enumerate(_FIELDS, 1):
        _heading(sheet, index, field)
    for number, entry in enumerate(entries, 2):
        _fill(sheet, number, entry)
    last = len(entries) + 1
    for index, field in enumerate(_FIELDS, 1):
        if field.title in _CHOICES:
            _offer(sheet, index, field.title, last)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{cell_at(sheet, last, len(_FIELDS)).coordinate}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    shown = cell_at(sheet, last, len(_FIELDS) - len(_BACK)).coordinate
    sheet.print_area = f"A1:{shown}"
    _explain(book.create_sheet("说明"))
    return to_bytes(book, None)


def _heading(sheet: Worksheet, index: int, field: _Field) -> None:
    cell = cell_at(sheet, 1, index)
    put_text(cell, field.title)
    cell.font = _HEAD
    cell.fill = _OURS if field.write else _THEIRS
    cell.alignment = _MIDDLE
    cell.border = _BOX
    sheet.column_dimensions[cell.column_letter].width = field.width


def _fill(sheet: Worksheet, number: int, entry: _Entry) -> None:
    for index, field in enumerate(_FIELDS, 1):
        cell = cell_at(sheet, number, index)
        cell.font = _GREY if field.title in _BACK else _BODY
        cell.alignment = _WRAP
        cell.border = _BOX
        if field.write:
            field.write(cell, entry)
            continue
        cell.fill = _OPEN
        if field.title == head.UNTIL:
            cell.number_format = _DATE
    lines = max(_lines(cell_at(sheet, number, i).value, f.width) for i, f in enumerate(_FIELDS, 1))
    sheet.row_dimensions[number].height = min(lines, _MOST_LINES) * _LINE + 2


def _lines(value: object, width: float) -> int:
    """How many lines a text fills in a column of that many half-width characters."""
    text = value if isinstance(value, str) else ""
    taken = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    return max(1, ceil(taken * 1.05 / (width - 1)))


def _offer(sheet: Worksheet, index: int, title: str, last: int) -> None:
    choices = _CHOICES[title]
    rule = DataValidation(
        type="list",
        formula1=f'"{",".join(choices)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=title,
        error=f"请从下拉列表中选择：{'、'.join(choices)}",
    )
    column = cell_at(sheet, 1, index).column_letter
    rule.add(f"{column}2:{column}{last}")
    sheet.add_data_validation(rule)


_GUIDE = (
    "怎样填写",
    "1. 只填表头为黄色的各栏；没有意见的行留空，读回时略过。",
    "2. 复核意见从下拉列表中选：属实；误报（以后不再列出）；"
    "暂予保留（须填“暂予保留至”，过后自动恢复）；重新打开（撤回以前的意见）。",
    "3. 只想记一句话、改派单位，或改“纳入报告”“计入单项否决”，复核意见可以留空。",
    "4. 日期写成 2026-03-20、2026/3/20 或 2026年3月20日都可以；几个单位共同负责的，用顿号分开。",
    "5. 复核人留空时，记为读回这张表的人。",
    "6. 可以排序、筛选、删行、调整列的次序、另加自己的列；表头的文字、“编号”和最右边三栏请不要改。",
    "7. 填好后运行 xuncha review import 文件名 读回；加 --dry-run 只看读懂了什么。"
    "有一处看不懂，整张表都不收，并写明行号和原因，改好再读一次即可；同一张表读两次不会重复记录。",
)


def _explain(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, told in enumerate(_GUIDE, 1):
        cell = cell_at(sheet, number, 1)
        put_text(cell, line(told))
        cell.alignment = _WRAP
        cell.font = _HEAD if number == 1 else _BODY
