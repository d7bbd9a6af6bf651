"""A monitoring vendor's notice about the portal, as a Word file."""

from __future__ import annotations

import io
from datetime import date

from docx import Document

from demo.faults import Place, faults
from demo.portal import Portal

VENDOR = "某监测平台"
_HEADER = ("序号", "疑似错误", "推荐修改", "所在片段", "网页URL")
_KNOWN = 3
_OWN = ("逐条自查", "逐项自查")
"""What the vendor alone takes for a slip; nobody mends it."""


def notice(portal: Portal, base: str, day: date) -> tuple[str, bytes]:
    """File name and content: some of the planted faults, and one that only the vendor sees."""
    rows = []
    for fault in faults():
        if fault.place is not Place.BODY or fault.tier != "report" or fault.item < 0:
            continue
        entry = portal.boards[fault.path].entries[fault.item]
        wrong, right = fault.shown or fault.wrong, fault.right or fault.suggest
        address = base.rstrip("/") + entry.at
        rows.append((wrong, right, fault.text.replace("{}", wrong), address))
        if _OWN[0] in fault.text:
            rows.append((*_OWN, fault.text.replace("{}", wrong), address))
    name = f"{portal.frame.identity.name}网站错别字【{day.isoformat()}】.docx"
    return name, _written(name.removesuffix(".docx"), rows[: _KNOWN + 1])


def _written(title: str, rows: list[tuple[str, str, str, str]]) -> bytes:
    word = Document()
    word.add_heading(title, level=1)
    table = word.add_table(rows=1, cols=len(_HEADER))
    for cell, head in zip(table.rows[0].cells, _HEADER, strict=True):
        cell.text = head
    for number, row in enumerate(rows, start=1):
        for cell, words in zip(table.add_row().cells, (str(number), *row), strict=True):
            cell.text = words
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()
