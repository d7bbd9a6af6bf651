"""Reading one notice: what it says, what of it was not understood, and from which day it counts."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.noticing.days import notice_day
from ledger.noticing.entries import Entry, TableReading, read_table
from ledger.noticing.headings import LABELS
from ledger.noticing.package import kind_of
from ledger.noticing.parts import MAX_FILE, Document, NoticeError, Table
from ledger.problems import reason

_SHOWN = 6
_TITLE_ROWS = 5
_WANTED = "网址、错误内容（疑似错误、错敏字……）、建议修改、标题、所在句、栏目、问题类型、责任单位"


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """What was read of a file. `day` is None where neither its name nor its title says one.

    `by_month` tells that they name only a month, `hidden` the worksheets passed over as hidden.
    """

    name: str
    data: bytes
    day: date | None
    tables: tuple[TableReading, ...]
    hidden: tuple[str, ...] = ()
    by_month: bool = False

    @property
    def entries(self) -> list[Entry]:
        """All entries in the order of the file."""
        return [entry for table in self.tables for entry in table.entries]


def read_notice(path: Path) -> NoticeReading:
    """What the file says. Raises NoticeError where no table of it is understood."""
    data = _bytes(path)
    document = _document(data, path.suffix.lower())
    shown = [table for table in document.tables if not table.hidden]
    told = (path.stem, document.heading, *(text for table in shown for text in _titles(table)))
    day, by_month = notice_day(told)
    year = day.year if day is not None else None
    readings = tuple(read_table(table, document.heading, year) for table in shown)
    understood = tuple(one for one in readings if one.understood)
    if not understood:
        raise NoticeError(_nothing(readings))
    hidden = tuple(table.place for table in document.tables if table.hidden and table.lines)
    # A table nobody understands is told of, paragraphs are not.
    kept = tuple(one for one in readings if one.understood or one.place != "正文段落")
    return NoticeReading(path.name, data, day, kept, hidden, by_month)


def _titles(table: Table) -> list[str]:
    """What stands alone in one of the first rows."""
    found: list[str] = []
    for line in table.lines[:_TITLE_ROWS]:
        texts = {cell.text for cell in line.cells if cell.text}
        found += texts if len(texts) == 1 else ()
    return found


def _document(data: bytes, suffix: str) -> Document:
    if kind_of(data, suffix) == "xlsx":
        from ledger.noticing.sheets import read_workbook

        return read_workbook(data)
    from ledger.noticing.word import read_word

    return read_word(data)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise NoticeError(
                f"文件有 {size // 1024 // 1024} MB，超过 {MAX_FILE // 1024 // 1024} MB 上限；"
                "请检查是否选错文件，或删去其中的截图后另存"
            )
        return path.read_bytes()
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise NoticeError("文件不存在；请核对路径和文件名") from error
        raise NoticeError(f"文件无法读取（{reason(error)}）；请检查后再试") from error


def _nothing(readings: tuple[TableReading, ...]) -> str:
    seen = [
        f"{one.place}：{'、'.join(filter(None, one.first)) or '（空）'}"
        for one in readings
        if one.place != "正文段落" and one.first
    ]
    found = "；".join(seen[:_SHOWN]) or "没有表格"
    more = f"；另有 {len(seen) - _SHOWN} 个表格" if len(seen) > _SHOWN else ""
    return (
        f"没有看懂的表格。读到的第一行是——{found}{more}。"
        f"表头至少要有两项能看懂，例如：{_WANTED}；"
        "请把表头改成这些名称，或在 ledger/data/notice_headers.toml 里补上这种写法后再导入"
    )


def meaning(role: str) -> str:
    """What a role is called when the reading is shown."""
    return LABELS[role]
