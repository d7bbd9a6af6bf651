"""The options commands share, and how their values are read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.errors import Misused
from ledger import clock

DEFAULT_LEDGER = "sqlite:///xuncha.db"
DEFAULT_OUT = Path("xuncha-out")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR = 2000, 2099

_LEDGER = re.compile(r"sqlite(\+pysqlite)?:///.+|postgres(ql)?(\+psycopg)?://.+", re.S)


def _ledger(url: str) -> str:
    if not _LEDGER.fullmatch(url):
        # Never the whole address: it may hold a password.
        raise Misused(
            f"看不懂的台账地址 {url.partition(':')[0]}…，应写成 sqlite:///文件名.db 或 "
            "postgresql+psycopg://用户:密码@主机/库名。"
        )
    return url


Sites = Annotated[
    Path,
    typer.Argument(
        metavar="SITES",
        help="站点文件夹，或存放多个站点文件夹的文件夹。",
        show_default=False,
        # The roster says better what is wrong with a folder, and in Chinese.
        readable=False,
    ),
]
LedgerUrl = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="URL",
        envvar="XUNCHA_LEDGER",
        callback=_ledger,
        help="台账地址：sqlite:///文件 或 postgresql+psycopg://用户:密码@主机/库名。",
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="基准日，默认北京时间的今天。", show_default=False
    ),
]
Out = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help="报表写到哪个目录，没有会自动建立。", readable=False),
]
Jobs = Annotated[
    int, typer.Option("--jobs", metavar="N", help="同时巡查几个站点；同一平台的站点总是逐个巡查。")
]


def day_of(text: str) -> date:
    """The as-of day as typed, today where it was not."""
    if not text:
        return clock.today()
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        raise Misused(f"基准日 {text} 不存在，请核对月份和日子。") from None
    if day is None:
        raise Misused(f"基准日 {text} 看不懂，应写成 YYYY-MM-DD，如 2026-03-20。")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Misused(f"基准日 {text} 应在 {_FIRST_YEAR} 年到 {_LAST_YEAR} 年之间。")
    return day


def month_of(text: str, day: date) -> date:
    """The first day of the month as typed, the as-of day's month where it was not."""
    if not text:
        return day.replace(day=1)
    if not _MONTH.fullmatch(text) or not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        raise Misused(f"月份 {text} 看不懂，应写成 YYYY-MM，如 2026-03。")
    return date(int(text[:4]), int(text[5:]), 1)


def width_of(jobs: int) -> int:
    """The number of sites inspected at a time."""
    if not 1 <= jobs <= 256:
        raise Misused(f"--jobs 应是 1 到 256 之间的整数，不能是 {jobs}。")
    return jobs


def paper_and_sites(first: str, second: Path | None) -> tuple[str, Path]:
    """The paper may be left out, and then the first word is the sites."""
    from reports import load

    if second is not None:
        return first, second
    if not first or (first in load() and not Path(first).exists()):
        raise Misused("缺少参数 SITES：请写出站点文件夹。用法见 xuncha report --help。")
    return "nightly", Path(first)
