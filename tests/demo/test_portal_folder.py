"""The site folder an operator would keep for the portal."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook

from demo.folder import write_site
from demo.portal import Portal
from demo.table import HEADER, sheet_text
from ledger.roster import read_roster

BASE = "http://127.0.0.1:8123"


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def test_without_addresses_it_is_the_contracts_table(portal: Portal, tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site", BASE, portal, with_addresses=False)
    assert (folder / "columns.csv").read_bytes() == sheet_text().encode()
    assert tuple(read(folder / "columns.csv")[0]) == HEADER


def test_some_addresses_are_those_no_menu_shows(portal: Portal, tmp_path: Path) -> None:
    folder = write_site(tmp_path / "site", BASE, portal)
    lines = read(folder / "columns.csv")
    assert lines[0] == [*HEADER, "网址"]
    hidden = [b.part.at for b in portal.boards.values() if b.part.menu == "none"]
    assert [line[6] for line in lines[1:] if line[6]] == [BASE + at for at in hidden]
    assert 2 <= len(hidden) < 10


def test_settings(portal: Portal, tmp_path: Path) -> None:
    folder = write_site(tmp_path, f"{BASE}/", portal, delay=0.25, timeout=2, retries=0)
    data = tomllib.loads((folder / "site.toml").read_text("utf-8"))
    assert data["home"] == f"{BASE}/"
    assert data["crawl"] == {"delay": 0.25, "timeout": 2, "retries": 0}


@pytest.mark.parametrize("sheet", ["columns.csv", "columns.xlsx"])
@pytest.mark.parametrize("with_addresses", [True, False, "some"])
def test_the_roster_reads_it_as_the_portal_means_it(
    portal: Portal,
    tmp_path: Path,
    sheet: Literal["columns.csv", "columns.xlsx"],
    with_addresses: bool | Literal["some"],
) -> None:
    folder = write_site(tmp_path, BASE, portal, sheet=sheet, with_addresses=with_addresses)
    roster = read_roster(folder)
    assert not roster.errors
    assert roster.site is not None
    read_back = {column.path: column.frequency for column in roster.site.columns}
    assert read_back == {b.path: b.part.row.frequency for b in portal.boards.values()}


def test_parents_are_merged_in_a_workbook(portal: Portal, tmp_path: Path) -> None:
    folder = write_site(tmp_path, BASE, portal, sheet="columns.xlsx")
    book = load_workbook(folder / "columns.xlsx")
    merged = {str(span) for span in book.worksheets[0].merged_cells.ranges}
    assert "A2:A5" in merged
    book.close()
