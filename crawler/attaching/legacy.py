"""DOC and WPS, XLS and ET: files of the kind Office wrote before 2007, in OLE2 containers."""

from __future__ import annotations

import io
import re
import struct
from datetime import date
from typing import Any

import xlrd
from xlrd.biffh import XL_CELL_DATE, XL_CELL_NUMBER, XL_CELL_TEXT, XLRDError
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.xldate import XLDateError, xldate_as_tuple

from crawler.attaching.trouble import BROKEN, ENCRYPTED, Unreadable
from crawler.attaching.words import Gathering

_compound: Any = CompDoc
_open: Any = xlrd.open_workbook
_as_tuple: Any = xldate_as_tuple
_WORD = 0xA5EC
_FLAGS, _CHARACTERS, _PIECES = 0x0A, 0x4C, 0x01A2
_LOCKED, _TABLE_ONE = 0x0100, 0x0200
_MOST_PIECES = 1_000_000
_FIELD = re.compile(r"\x13[^\x13\x14\x15]{0,4000}(?:\x14([^\x13\x14\x15]{0,4000}))?\x15")
_SIGNS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "})
_NOTHING = re.compile(r"[\x00-\x06\x08\x0e-\x1d]")


class Container:
    """An OLE2 file and its streams."""

    def __init__(self, data: bytes) -> None:
        try:
            self._streams: Any = _compound(data, logfile=io.StringIO())
        except (CompDocError, struct.error, IndexError, ValueError, AssertionError) as error:
            raise Unreadable(BROKEN) from error

    @property
    def kind(self) -> str:
        """doc, xls, ppt, locked for an encrypted document, or ole."""
        names = {node.name for node in self._streams.dirlist}
        for name, kind in (
            ("EncryptedPackage", "locked"),
            ("WordDocument", "doc"),
            ("Workbook", "xls"),
            ("Book", "xls"),
            ("PowerPoint Document", "ppt"),
        ):
            if name in names:
                return kind
        return "ole"

    def stream(self, name: str) -> bytes | None:
        """A stream's content, or None. To be asked for once: a second time it counts as a ring."""
        try:
            found = self._streams.get_named_stream(name)
        except (CompDocError, struct.error, IndexError, ValueError, AssertionError):
            return None
        return bytes(found) if found is not None else None


def read_doc(container: Container, gathering: Gathering) -> None:
    """The main text of a Word document, from the table of its pieces."""
    head = container.stream("WordDocument") or b""
    if len(head) < _PIECES + 8 or struct.unpack_from("<H", head)[0] != _WORD:
        raise Unreadable(BROKEN)
    flags = struct.unpack_from("<H", head, _FLAGS)[0]
    if flags & _LOCKED:
        raise Unreadable(ENCRYPTED)
    table = container.stream("1Table" if flags & _TABLE_ONE else "0Table") or b""
    at, size = struct.unpack_from("<II", head, _PIECES)
    count = struct.unpack_from("<i", head, _CHARACTERS)[0]
    text = "".join(_pieces(head, table[at : at + size]))[: max(count, 0)]
    for line in _lines(text):
        gathering.add(line)


def _pieces(head: bytes, table: bytes) -> list[str]:
    """The pieces of the text in their order ([MS-DOC] 2.4.1)."""
    at = 0
    while at + 3 <= len(table) and table[at] == 1:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at + 5 > len(table) or table[at] != 2:
        raise Unreadable(BROKEN)
    size = struct.unpack_from("<I", table, at + 1)[0]
    plc = table[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    if not 0 < count <= _MOST_PIECES:
        raise Unreadable(BROKEN)
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    found: list[str] = []
    left = 2 * len(head)
    for number in range(count):
        length = ends[number + 1] - ends[number]
        place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        left -= length
        if length < 0 or left < 0:
            raise Unreadable(BROKEN)
        if place & 0x40000000:
            begin = (place & 0x3FFFFFFF) // 2
            found.append(head[begin : begin + length].decode("cp1252", "replace"))
        else:
            found.append(head[place : place + 2 * length].decode("utf-16-le", "replace"))
    return found


def _lines(text: str) -> list[str]:
    """Paragraphs, and tables row by row: a cell ends with \\x07, a row with another."""
    for _ in range(8):
        text, changed = _FIELD.subn(lambda field: field[1] or "", text)
        if not changed:
            break
    text = _NOTHING.sub("", text.translate(_SIGNS))
    lines: list[str] = []
    for paragraph in text.split("\r"):
        *cells, rest = paragraph.split("\x07")
        if cells:
            # Where a row ends there are two marks in a row.
            row: list[str] = []
            for cell in cells:
                if cell:
                    row.append(cell.replace("\n", " ").replace("\t", " "))
                elif row:
                    lines.append("\t".join(row))
                    row = []
            if row:
                lines.append("\t".join(row))
        lines.extend(line.replace("\t", " ") for line in rest.split("\n"))
    return lines


def read_xls(data: bytes, gathering: Gathering) -> None:
    """The sheets of a workbook row by row."""
    try:
        book = _open(file_contents=data, logfile=io.StringIO(), on_demand=True)
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            for row in range(sheet.nrows):
                cells = (_cell(cell, book.datemode) for cell in sheet.row(row))
                gathering.add("\t".join(cell for cell in cells if cell))
            book.unload_sheet(number)
    except XLRDError as error:
        locked = "encrypted" in str(error).lower() or "password" in str(error).lower()
        raise Unreadable(ENCRYPTED if locked else BROKEN) from error
    except (
        CompDocError,
        struct.error,
        IndexError,
        KeyError,
        ValueError,
        TypeError,
        AssertionError,
        UnicodeDecodeError,
        OverflowError,
        AttributeError,
    ) as error:
        raise Unreadable(BROKEN) from error


def _cell(cell: Any, mode: int) -> str:
    if cell.ctype == XL_CELL_TEXT:
        return str(cell.value).replace("\t", " ").replace("\n", " ")
    if cell.ctype == XL_CELL_DATE:
        try:
            year, month, day, *_ = _as_tuple(cell.value, mode)
            return date(year, month, day).isoformat() if year else ""
        except (ValueError, XLDateError):
            return ""
    if cell.ctype == XL_CELL_NUMBER:
        number = float(cell.value)
        return str(int(number)) if number.is_integer() else str(number)
    return ""
