"""A column sheet as rows of cells, whatever kind of file it came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.problems import RosterError, reason

MAX_FILE = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_WIDTH = 200
MAX_CELLS = 500_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv")
_SEPARATORS = (",", "\t", ";", "，")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `kind` is text, number, date, formula (without a kept result) or blank.

    `link` is the address behind the cell. `spread` says that the text stands in another cell of
    the same merged range.
    """

    text: str = ""
    link: str = ""
    kind: str = "text"
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number as a spreadsheet counts it, from 1."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell at `index`, an empty one past the row's end."""
        return self.cells[index] if index < len(self.cells) else Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: a worksheet, or a text file split at one separator."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    note: str = ""


def read_grids(path: Path) -> list[Grid]:
    """Every table in the file. Raises RosterError with a Chinese sentence where it has none."""
    data = _bytes(path)
    kind = path.suffix.lower()
    if data.startswith(_OLE):
        raise RosterError(_ole_sentence(data))
    if data.startswith(b"PK\x03\x04"):
        if kind not in _WORKBOOKS:
            raise RosterError("文件内容是 XLSX 工作簿，扩展名却不是 .xlsx；请把扩展名改为 .xlsx")
        # Imported here: openpyxl costs more than everything else a CSV roster needs.
        from ledger.workbook import read_workbook

        return read_workbook(data)
    if not data.strip():
        raise RosterError("文件是空的；请填好表格后再试")
    if b"<html" in data[:2000].lower() or b"<table" in data[:2000].lower():
        raise RosterError("文件其实是网页（HTML），不是表格；请用 Excel 或 WPS 打开后另存为 .xlsx")
    if kind in _WORKBOOKS:
        raise RosterError(
            "文件不是有效的 XLSX 工作簿（可能损坏或被改过扩展名）；请用 Excel 或 WPS 另存为 .xlsx"
        )
    if kind not in _TEXTS:
        raise RosterError(f"不认识的表格类型“{path.suffix}”；请另存为 .xlsx 或 .csv")
    text, note = _decode(data)
    return _split(text, note)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise RosterError(
                f"文件有 {size // 1024 // 1024} MB，超过 20 MB 上限；请检查是否选错文件"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise RosterError(
            "文件不存在；请把栏目表放进站点文件夹，或在 site.toml 的 columns 中写对文件名"
        ) from error
    except IsADirectoryError as error:
        raise RosterError(
            "这是文件夹，不是表格文件；请在 site.toml 的 columns 中写文件名"
        ) from error
    except OSError as error:
        raise RosterError(
            f"文件无法读取（{reason(error)}）；请检查权限，或先在其他程序中关闭它"
        ) from error


def _ole_sentence(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "工作簿设有打开密码；请在 Excel 或 WPS 中取消密码后另存为 .xlsx"
    return "文件是旧版 .xls 工作簿（或改了扩展名的 .xls）；请用 Excel 或 WPS 另存为 .xlsx"


def _decode(data: bytes) -> tuple[str, str]:
    """The text and a Chinese note on its encoding, empty where it is plain UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = [("utf-16", "")]
    else:
        encodings = [("utf-8-sig", ""), ("gb18030", "文件按 GBK（GB18030）编码读取")]
    for name, note in encodings:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text, note
    raise RosterError(
        "文件不是可识别的文本（既不是 UTF-8 也不是 GBK）；请用 Excel 或 WPS 另存为“CSV UTF-8”"
    )


def _split(text: str, note: str) -> list[Grid]:
    """The text split at each separator that occurs; the reader of headers picks the right one."""
    head = text[:20_000]
    present = [mark for mark in _SEPARATORS if mark in head] or [","]
    grids, failure = [], ""
    for mark in present:
        try:
            grids.append(Grid("", _records(text, mark), note=note))
        except csv.Error as error:
            failure = str(error)
    if not grids:
        raise RosterError(
            f"CSV 无法按行拆开（{failure}）；多半是英文引号没有成对，请检查单元格内的引号"
        )
    return grids


def _records(text: str, separator: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, record in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1
    ):
        check_size(number, len(record))
        if any(value.strip() for value in record):
            rows.append(Row(number, tuple(Cell(value) for value in record)))
    return tuple(rows)


def check_size(rows: int, width: int) -> None:
    """Refuse a table no column sheet can be."""
    if rows > MAX_ROWS:
        raise RosterError(f"表格超过 {MAX_ROWS} 行；一张表不会这么长，请检查是否选错文件")
    if width > MAX_WIDTH or rows * width > MAX_CELLS:
        raise RosterError("表格的列太多；一张表不会这么宽，请检查是否选错文件")


def unwanted(rows: Sequence[Row]) -> bool:
    """True where a table holds no text at all."""
    return not any(cell.text.strip() for row in rows for cell in row.cells)
