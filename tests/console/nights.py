"""A small site whose nights are written into the ledger by hand and judged by the command."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from console.judging import judge_run
from ledger.clock import ZONE
from ledger.facts import ColumnReading, DayReading, Found, Item, Page
from ledger.roster import read_roster
from ledger.store import Ledger
from ledger.words import ColumnKind, How, Outcome
from tests.console.conftest import Ran, Typed, write_site

FIRST = date(2026, 3, 20)
OLD = FIRST - timedelta(days=90)
HOME = "http://demo.test"
NOTICES = ("政务公开", "通知公告")
FIGURES = ("政务公开", "统计信息")
ROWS = [
    f"政务公开,通知公告,,,区政府办,按月更新,{HOME}/notices/",
    f"政务公开,统计信息,,,区统计局、区教育局,按月更新,{HOME}/figures/",
]


def wrong(before: str = "积极推广", after: str = "技术") -> str:
    """A text with one wrong word between these words."""
    return f"全区{before}秸杆还田{after}，请各单位遵照执行。"


def first_night(home: Path, *keys: str) -> Path:
    """A folder with these sites after their first night: a wrong word and a late column each."""
    for key in keys:
        write_site(home / key, HOME, ROWS, name=f"{key}测试站")
        write_night(home, key, FIRST, {"a": wrong(), "b": "一切正常。"})
    return home


def write_night(
    home: Path, key: str, day: date, texts: Mapping[str, str], figures: date = OLD
) -> None:
    """One run of the site in the ledger, judged."""
    moment = datetime.combine(day, time(1, 30), ZONE)
    site = read_roster(home / key).site
    assert site is not None
    items = [_item(f"notices/{name}", FIRST, n) for n, name in enumerate(texts)]
    with Ledger.open(f"sqlite:///{home / 'xuncha.db'}") as ledger:
        run = ledger.begin_run(site, day, moment)
        ledger.save_column(run.id, _reading(NOTICES, "notices", moment), items)
        old = [_item("figures/1", figures, 0)]
        ledger.save_column(run.id, _reading(FIGURES, "figures", moment), old)
        pages = [
            Page(item.url, "通知", DayReading(FIRST, How.META, str(FIRST)), text=text)
            for item, text in zip(items, texts.values(), strict=True)
        ]
        ledger.save_pages(run.id, pages, [], [])
        ledger.finish_run(run.id, moment)
        judge_run(ledger, site, day)


def _item(at: str, day: date, position: int) -> Item:
    url = f"{HOME}/{at}.html"
    return Item(url, f"第{position}条通知", day, How.LIST, str(day), position=position)


def _reading(path: tuple[str, ...], at: str, moment: datetime) -> ColumnReading:
    return ColumnReading(
        path,
        f"{HOME}/{at}/",
        Outcome.OK,
        ColumnKind.LIST,
        Found("sheet", 1.0, path[-1], HOME),
        moment,
        status=200,
        complete=True,
        covers_from=date(2020, 1, 1),
    )


class Nights:
    """The site in the folder `site`, its ledger beside it, and what the command says of them."""

    def __init__(self, typed: Typed, base: Path, key: str = "site") -> None:
        self.typed, self.key = typed, key
        shutil.copytree(base, typed.home, dirs_exist_ok=True)

    @property
    def ledger(self) -> str:
        """The address of the ledger."""
        return f"sqlite:///{self.typed.home / 'xuncha.db'}"

    def night(self, day: date, texts: Mapping[str, str], figures: date = OLD) -> None:
        """One run: the pages of the notices by name, and the last day of the figures."""
        write_night(self.typed.home, self.key, day, texts, figures)

    def review(self, *args: str, day: date = FIRST, code: int = 0) -> Ran:
        """`xuncha review …` on that day, which must leave with this code."""
        ran = self.typed("review", *args, "--as-of", str(day))
        assert ran.code == code, ran.err
        return ran

    def listed(self, *args: str, day: date = FIRST) -> list[dict[str, Any]]:
        """What `xuncha review list` prints for programs."""
        found = self.review("list", self.key, "--format", "json", *args, day=day).json()
        assert isinstance(found, list)
        return found

    def finding(self, code: str, day: date = FIRST) -> dict[str, Any]:
        """The one finding of a rule, as `xuncha findings` prints it."""
        ran = self.typed("findings", self.key, "--as-of", str(day), "--format", "json")
        [found] = [row for row in ran.json() if row["code"] == code]
        assert isinstance(found, dict)
        return found
