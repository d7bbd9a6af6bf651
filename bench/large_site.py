"""The large portal as files below a folder, and the site folder an operator would keep for it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bench.large_pages import SITE, Printer
from bench.large_plan import Plan, list_at
from ledger.clock import ZONE

_ROBOTS = "User-agent: *\nDisallow: /admin/\n"
_PDF = b"%PDF-1.4\n" + b"% an attachment nobody opens\n" * 700 + b"%%EOF\n"
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
_SETTINGS = """name = "{name}（测速）"
home = "{base}/"
columns = "columns.csv"

[crawl]
delay = 0
timeout = 20
retries = 0
concurrency = {concurrency}
max_pages = 1000000
max_list_pages = 10000
"""
CONCURRENCY = 8
"""Requests at a time, the same as Scrapy's default for one host."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the addresses of all HTML pages, and the bytes of those pages."""

    targets: tuple[str, ...]
    size: int


def write_portal(folder: Path, plan: Plan) -> Written:
    """Write every file of the portal below `folder`; each is dated by its last change."""
    targets: list[str] = []
    size = 0
    for target, text, day in _pages(plan, Printer(plan)):
        size += _write(folder, target, text.encode(), day)
        targets.append(target)
    _write_attachments(folder, plan)
    _write(folder, "/robots.txt", _ROBOTS.encode(), plan.day)
    _write(folder, "/static/site.css", b"body{margin:0}\n", plan.day)
    _write(folder, "/static/site.js", b"var site=1;\n", plan.day)
    _write(folder, "/static/logo.png", _PNG, plan.day)
    return Written(tuple(targets), size)


def write_changes(folder: Path, before: Plan, plan: Plan) -> int:
    """Bring the files written for `before` to the state of `plan`; how many pages were written."""
    count = 0
    for target, text, day in _pages(plan, Printer(plan), before):
        _write(folder, target, text.encode(), day)
        count += 1
    _write_attachments(folder, plan)
    return count


def write_roster(folder: Path, base: str, plan: Plan) -> Path:
    """site.toml and the column sheet, every address given; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = _SETTINGS.format(name=SITE, base=base, concurrency=CONCURRENCY)
    (folder / "site.toml").write_text(settings, encoding="utf-8")
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["一级栏目", "二级栏目", "责任单位", "发布形式", "网址"])
    table.writerows([c.channel, c.name, c.unit, c.due, base + c.at] for c in plan.columns)
    (folder / "columns.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    return folder


def _pages(
    plan: Plan, printer: Printer, before: Plan | None = None
) -> Iterator[tuple[str, str, date]]:
    """Address, text and day of every page; with `before`, of those that are not as they were."""
    for column in plan.columns:
        pages = plan.list_pages(column)
        if before is None or column.number in plan.grown:
            for number in range(1, len(pages) + 1):
                day = pages[0][0].day
                yield list_at(column, number), printer.list_page(column, number, pages), day
        old = set(before.entries(column)) if before else set()
        for entry in plan.entries(column):
            if entry not in old:
                yield entry.at, printer.article(entry), entry.edited or entry.day
    for name, at, columns in plan.channels:
        if before is None or any(c.number in plan.grown for c in columns):
            yield at, printer.channel(name, columns), plan.day
    yield "/", printer.home(), plan.day
    if before is None:
        yield "/map.html", printer.map_page(), plan.day
        yield (
            "/about.html",
            printer.plain("关于我们", "<p>本网站由区政府办公室主办。</p>"),
            plan.day,
        )
        yield "/contact.html", printer.plain("联系我们", "<p>友谊路1号</p>"), plan.day


def _write_attachments(folder: Path, plan: Plan) -> None:
    """One file under all the names the articles give their attachments."""
    first = folder / "static" / "attachment.pdf"
    if not first.exists():
        _write(folder, "/static/attachment.pdf", _PDF, plan.day)
    for column in plan.columns:
        for entry in plan.entries(column):
            path = folder / entry.file_at.lstrip("/")
            if entry.file_at and not path.exists():
                path.hardlink_to(first)


def _write(folder: Path, target: str, body: bytes, day: date) -> int:
    path = folder / target.lstrip("/")
    if target.endswith("/"):
        path /= "index.html"
    try:
        path.write_bytes(body)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    changed = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE).timestamp()
    os.utime(path, (changed, changed))
    return len(body)
