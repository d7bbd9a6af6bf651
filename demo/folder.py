"""A site folder for the portal, as an operator would keep it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from openpyxl import Workbook

from demo.parts import Part
from demo.portal import Portal
from demo.table import HEADER, LEVELS, rows, sheet_text

Addresses = bool | Literal["some"]


def write_site(
    folder: Path,
    base_url: str,
    portal: Portal,
    *,
    with_addresses: Addresses = "some",
    delay: float = 0.0,
    sheet: Literal["columns.csv", "columns.xlsx"] = "columns.csv",
    timeout: float = 5.0,
    retries: int = 1,
) -> Path:
    """Write site.toml and the column sheet into `folder`, and return it.

    `with_addresses`: True fills 网址 for every column; "some" only where no menu of the portal can
    show it; False writes the contract's own six columns, byte for byte in the case of CSV.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.toml").write_text(
        _settings(base_url, portal, delay=delay, sheet=sheet, timeout=timeout, retries=retries),
        encoding="utf-8",
    )
    table = _table(base_url.rstrip("/"), portal, with_addresses)
    if sheet.endswith(".xlsx"):
        _write_workbook(folder / sheet, table)
    elif with_addresses is False:
        (folder / sheet).write_bytes(sheet_text().encode())
    else:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(table)
        (folder / sheet).write_text(text.getvalue(), encoding="utf-8", newline="")
    return folder


def _settings(
    base_url: str, portal: Portal, *, delay: float, sheet: str, timeout: float, retries: int
) -> str:
    identity = portal.frame.identity
    return "\n".join(
        [
            f'name = "{identity.name}（演示）"',
            f'home = "{base_url.rstrip("/")}/"',
            f'id_code = "{identity.id_code}"',
            f'columns = "{sheet}"',
            "",
            "[crawl]",
            f"delay = {delay:g}",
            f"timeout = {timeout:g}",
            f"retries = {retries}",
            "",
            "[report]",
            f'agency = "{identity.name}办公室"',
            'operator = "云泽信息技术服务中心"',
            "",
        ]
    )


def _table(base: str, portal: Portal, with_addresses: Addresses) -> list[list[str]]:
    wanted: Callable[[Part], bool] = {
        True: lambda part: True,
        False: lambda part: False,
        "some": lambda part: part.menu == "none",
    }[with_addresses]
    header = [*HEADER] if with_addresses is False else [*HEADER, "网址"]
    table = [header]
    for row in rows():
        part = portal.boards[row.path].part
        address = [] if with_addresses is False else [base + part.at if wanted(part) else ""]
        table.append([*row.cells, *address])
    return table


def _write_workbook(path: Path, table: list[list[str]]) -> None:
    """The same table as a workbook, parents merged over the rows they hold."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has no sheet")
    for cells in table:
        sheet.append([cell or None for cell in cells])
    for level in range(LEVELS - 1):
        for first, last in _spans(table, level):
            sheet.merge_cells(
                start_row=first, end_row=last, start_column=level + 1, end_column=level + 1
            )
    book.save(path)


def _spans(table: list[list[str]], level: int) -> list[tuple[int, int]]:
    """The rows a name of `level` is carried down over, where that is more than one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for number, cells in enumerate([*table[1:], ["end"] * len(HEADER)], start=2):
        if any(cells[: level + 1]):
            if start and number - start > 1:
                spans.append((start, number - 1))
            start = number if cells[level] else 0
    return spans
