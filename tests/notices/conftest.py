"""A small site on disk and a ledger with runs of it, as `xuncha import` meets them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from console.cli import run as xuncha
from ledger.clock import ZONE
from ledger.facts import ColumnReading, DayReading, Found, Item, Page, Visit
from ledger.findings import Finding
from ledger.known import Known
from ledger.roster import read_roster
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import ColumnKind, How, Outcome, Role
from tests.notices import made

BASE = "https://www.weh.gov.cn"
DAY = date(2026, 3, 11)
LATER = date(2026, 3, 12)


class House:
    """A site folder and a ledger, with runs made by hand."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "weh"
        self.folder.mkdir()
        (self.folder / "site.toml").write_text(
            f'name = "乌尔禾区人民政府网"\nhome = "{BASE}/"\nid_code = "6502050001"\n'
            'columns = "columns.csv"\n[crawl]\ncontact = "op@example.cn"\n',
            encoding="utf-8",
        )
        (self.folder / "columns.csv").write_text(
            "一级栏目,二级栏目,责任单位,发布形式,网址\n"
            f"政务公开,动态,区政府办,按月更新,{BASE}/zwdt/\n"
            f"政务公开,统计信息,区统计局,按月更新,{BASE}/tjxx/\n",
            encoding="utf-8",
        )

    @property
    def url(self) -> str:
        return f"sqlite:///{self.home}/ledger.db"

    @property
    def site(self) -> Site:
        site = read_roster(self.folder).site
        assert site is not None
        return site

    def page(self, number: int) -> str:
        return f"{BASE}/zwdt/{number}.html"

    def night(
        self,
        day: date,
        texts: Mapping[int, str],
        *,
        gone: tuple[int, ...] = (),
        unlisted: Mapping[str, str] | None = None,
        failed: tuple[str, ...] = (),
        newest: date | None = None,
    ) -> int:
        """A run that read these pages of 动态; `newest` is the last day of 统计信息."""
        at = datetime(day.year, day.month, day.day, 2, tzinfo=ZONE)
        read = {self.page(number): text for number, text in texts.items()} | dict(unlisted or {})
        told = DayReading(day, How.META, day.isoformat())
        with Ledger.open(self.url) as ledger:
            run = ledger.begin_run(self.site, day, at)
            listed = [self.page(number) for number in (*texts, *gone)]
            items = [Item(url, f"信息{url[-6]}", day, How.LIST) for url in listed]
            stale = [Item(f"{BASE}/tjxx/1.html", "统计", newest or date(2025, 10, 1), How.LIST)]
            for column, listing in zip(self.site.columns, (items, stale), strict=True):
                reading = ColumnReading(
                    column.path, column.url, Outcome.OK, ColumnKind.LIST, Found("roster"), at, 200,
                    final_url=column.url or "", title=column.name, complete=True,
                )  # fmt: skip
                visit = Visit(column.url or "", Outcome.OK, at, 200)
                ledger.save_column(run.id, reading, listing, [visit])
            visits = [Visit(url, Outcome.OK, at, 200) for url in read]
            visits += [Visit(self.page(number), Outcome.GONE, at, 404) for number in gone]
            visits += [Visit(url, Outcome.TIMEOUT, at) for url in failed]
            pages = [Page(url, "标题", told, text=text) for url, text in read.items()]
            known = [Known(url, Role.PAGE, day, run.id, body=b"x") for url in read]
            ledger.save_pages(run.id, pages, visits, known)
            ledger.finish_run(run.id, at)
        return run.id

    def take(self, file: Path, *more: str, day: date = DAY, code: int = 0) -> None:
        assert self.run("import", str(file), str(self.folder), *more, day=day) == code

    def judge(self, day: date) -> None:
        assert self.run("judge", str(self.folder), day=day) == 0

    def run(self, *args: str, day: date) -> int:
        return xuncha([*args, "--ledger", self.url, "--as-of", day.isoformat()])

    def findings(self, day: date, code: str = "V") -> list[Finding]:
        with Ledger.open(self.url) as ledger:
            return [f for f in ledger.findings("weh", day) if f.code.startswith(code)]

    def notice(self, maker: str = "old_table", name: str = "月报【2026-03-10】") -> Path:
        suffix = ".docx" if maker in ("alert_mail", "word_notice") else ".xlsx"
        file: Path = getattr(made, maker)(self.home / f"{name}{suffix}", BASE)
        return file


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)
