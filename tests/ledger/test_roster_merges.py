"""A column sheet merged for miles is refused before it is opened."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.problems import RosterError
from ledger.workbook import merged_cells, read_workbook


def merged(folder: Path, area: str) -> bytes:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.append(["一级栏目", "责任单位", "发布形式"])
    book.active.append(["甲栏目", "区政府办", "按月更新"])
    book.active.merge_cells("A4:B5")
    book.save(folder / "whole.xlsx")
    with (
        zipfile.ZipFile(folder / "whole.xlsx") as whole,
        zipfile.ZipFile(folder / "wide.xlsx", "w") as wide,
    ):
        for name in whole.namelist():
            wide.writestr(name, whole.read(name).replace(b"A4:B5", area.encode()))
    return (folder / "wide.xlsx").read_bytes()


def test_merged_for_miles(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="合并单元格过多"):
        read_workbook(merged(tmp_path, "A4:XFD1048576"))


def test_merged_as_people_do(tmp_path: Path) -> None:
    [grid] = read_workbook(merged(tmp_path, "A4:C5"))
    assert [cell.text for cell in grid.rows[1].cells] == ["甲栏目", "区政府办", "按月更新"]


def test_how_many_cells_are_merged() -> None:
    assert merged_cells(b'<mergeCell ref="A1:C2"/><mergeCell x="" ref=\'B5:A4\'/>') == 10
    assert merged_cells(b"<mergeCells/>") == 0
