"""Files as Office wrote them before 2007, made by hand: an OLE2 container and what stands in it."""

from __future__ import annotations

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NO = 0xFFFFFFFF
_SMALL = 4096


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file with these streams, each filled up to the size kept in whole sectors."""
    fat: list[int] = [_FAT]
    body = b""
    entries: list[tuple[str, int, int]] = []
    for name, content in streams.items():
        padded = content.ljust(max(_SMALL, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
        first, count = len(fat), len(padded) // _SECTOR
        fat += [*range(first + 1, first + count), _END]
        body += padded
        entries.append((name, first, len(padded)))
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0)
    for number, (name, first, size) in enumerate(entries, 1):
        right = number + 1 if number < len(entries) else _NO
        directory += _entry(name, 2, right=right, start=first, size=size)
    while len(directory) % _SECTOR:
        directory += _entry("", 0, start=0, size=0)
    at, count = len(fat), len(directory) // _SECTOR
    fat += [*range(at + 1, at + count), _END]
    assert len(fat) <= _SECTOR // 4, "one sector of the table is enough for tests"
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, at, 0, _SMALL, _END, 0, _END, 0)
    head += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return head + table + body + directory


def _entry(
    name: str, kind: int, *, right: int = _NO, child: int = _NO, start: int, size: int
) -> bytes:
    wide = name.encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2 if name else 0, kind, 1)
    links = struct.pack("<III", _NO, right, child)
    return head + links + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", start, size)


def doc(text: str, *, locked: bool = False) -> bytes:
    """A Word document whose text stands in two pieces, one of one byte a character."""
    wide = text.encode("utf-16-le")
    latin = b" (END)\r"
    head = bytearray(1024)
    struct.pack_into("<H", head, 0, 0xA5EC)
    struct.pack_into("<H", head, 0x0A, 0x0200 | (0x0100 if locked else 0))
    struct.pack_into("<i", head, 0x4C, len(text) + len(latin))
    ends = struct.pack("<III", 0, len(text), len(text) + len(latin))
    pieces = struct.pack("<HIH", 0, 1024, 0)
    pieces += struct.pack("<HIH", 0, (1024 + len(wide)) * 2 | 0x40000000, 0)
    plc = ends + pieces
    clx = b"\x01" + struct.pack("<H", 4) + bytes(4) + b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", head, 0x01A2, 16, len(clx))
    return container({"WordDocument": bytes(head) + wide + latin, "1Table": bytes(16) + clx})


def xls(rows: list[list[str | float]]) -> bytes:
    """A workbook of one sheet."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6))
    name = "表一".encode("utf-16-le")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                wide = value.encode("utf-16-le")
                content = struct.pack("<HHHHB", y, x, 0, len(value), 1) + wide
                sheet += _record(0x0204, content)
            else:
                sheet += _record(0x0203, struct.pack("<HHHd", y, x, 0, value))
    sheet += _record(0x000A, b"")
    size = len(begin) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", size, 0, 0, 2, 1) + name)
    return container({"Workbook": begin + bound + _record(0x000A, b"") + sheet})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
