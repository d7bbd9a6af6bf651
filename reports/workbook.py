"""Workbooks whose text stays text and whose bytes depend on their content alone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reports.safe import sheet_link

CELL_LIMIT = 32767
"""The most characters Excel keeps in a cell."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

# What XML 1.0 cannot carry.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Excel reads _x0041_ as the character of that code; the underscore itself is spelt the same way.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_LINK_COLOUR = "14508F"

# The earliest moment a zip archive can carry.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at `row` and `column`, both from 1."""
    held = sheet.cell(row=row, column=column)
    if not isinstance(held, Cell):
        raise TypeError(f"{held.coordinate} is inside a merged range")
    return held


def put_text(cell: Cell, text: str) -> None:
    """Write `text` as text, whatever it looks like: never a formula, an error or a number."""
    held = _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text))
    cell.value = held[:CELL_LIMIT]
    cell.data_type = "s"
    if held.startswith(_FORMULA):
        # Excel then also keeps it text when somebody edits the cell.
        cell.quotePrefix = True


def put_address(cell: Cell, url: str, words: str = "") -> None:
    """Write an address, or `words` leading to it, as a link where it is fit for one."""
    put_text(cell, words or url)
    target = sheet_link(url)
    if target:
        cell.hyperlink = target
        held = cell.font
        cell.font = Font(name=held.name, size=held.size, color=_LINK_COLOUR, underline="single")


def to_bytes(book: Workbook, made: datetime | None) -> bytes:
    """The workbook as a file that says it was made at `made`, with fixed times inside."""
    moment = (made or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    book.properties.created = moment
    book.properties.modified = moment
    book.properties.creator = "xuncha"
    raw = io.BytesIO()
    # Workbook.save would stamp the present moment.
    ExcelWriter(book, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)).save()
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return packed.getvalue()
