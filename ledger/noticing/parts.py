"""A notice's file as tables of cells, whatever kind of file it came in."""

from __future__ import annotations

from dataclasses import dataclass

MAX_FILE = 30 * 1024 * 1024
MAX_ROWS = 20_000
MAX_WIDTH = 200
MAX_CELLS = 500_000
MAX_TEXT = 4_000
"""The most characters kept of one cell."""


class NoticeError(Exception):
    """A file that cannot be taken as a notice; the text is a Chinese sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `links` are the addresses behind it, `marked` its parts set off by colour or bold.

    `spread` says that the text stands in another cell of the same merged range.
    """

    text: str = ""
    links: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    spread: bool = False

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.text or self.links)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table with its number, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table or worksheet; `above` is the text over it, `place` what to call it."""

    place: str
    lines: tuple[Line, ...]
    above: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a file: its tables, and the text over and between them."""

    tables: tuple[Table, ...]
    heading: str = ""


def check_size(rows: int, width: int) -> None:
    """Refuse a table no notice can be."""
    if rows > MAX_ROWS or width > MAX_WIDTH or rows * width > MAX_CELLS:
        raise NoticeError(
            f"表格太大（{rows} 行、{width} 列），监测通报不会这样；"
            "请检查是否选错文件，或把通报的表格单独另存"
        )
