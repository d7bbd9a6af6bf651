"""The options commands share, and how their values are read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from console.errors import Misused
from console.output import Format
from ledger import clock
from ledger.period import Period, PeriodKind
from ledger.texts import Tier
from ledger.words import Severity

DEFAULT_LEDGER = "sqlite:///xuncha.db"
DEFAULT_OUT = Path("xuncha-out")
DEFAULT_MAX_PAGES = 200

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"[0-9]{4}-Q([1-4])")
_YEAR = re.compile(r"[0-9]{4}")
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
FormatOption = Annotated[
    Format, typer.Option("--format", help="输出格式；数据写到标准输出，说明写到标准错误。")
]
FailOn = Annotated[
    Severity | None,
    typer.Option(
        "--fail-on",
        help="未解决的问题达到这个程度时退出码为 1：info 提示、light 轻微、general 一般、"
        "severe 严重；默认不因问题而失败。",
        show_default=False,
    ),
]
Target = Annotated[
    str,
    typer.Argument(
        metavar="URL|FILE|-",
        help="网址，或保存下来的网页文件；- 表示从标准输入读。",
        show_default=False,
    ),
]
Draft = Annotated[
    str,
    typer.Argument(
        metavar="FILE|-",
        help="稿件：TXT、MD、HTML 或 DOCX；- 表示从标准输入读，每行一段文字。",
        show_default=False,
    ),
]
TierOption = Annotated[
    Tier | None,
    typer.Option(
        "--tier",
        help="只列这一类：report 有把握的、review 待人核实的；默认都列。",
        show_default=False,
    ),
]
PageUrl = Annotated[
    str,
    typer.Option(
        "--url", metavar="URL", help="网页文件原来的网址，用来补全链接。", show_default=False
    ),
]
Home = Annotated[
    str,
    typer.Argument(
        metavar="URL", help="网站首页的网址，http:// 或 https:// 开头。", show_default=False
    ),
]
NewSite = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        help="新的站点文件夹，如 sites/某某县；已有站点的文件夹不会覆盖。",
        show_default=False,
        readable=False,
    ),
]
MaxPages = Annotated[
    int, typer.Option("--max-pages", metavar="N", help="最多请求网站多少次，含 robots.txt。")
]
Delay = Annotated[
    float, typer.Option("--delay", metavar="SECONDS", help="同一主机两次访问之间的秒数。")
]
Month = Annotated[
    str,
    typer.Option(
        "--month", metavar="YYYY-MM", help="月度表的月份，默认基准日所在的月。", show_default=False
    ),
]
Quarter = Annotated[
    str,
    typer.Option(
        "--quarter", metavar="YYYY-Qn", help="季度报表的季度，如 2026-Q1。", show_default=False
    ),
]
Year = Annotated[
    str, typer.Option("--year", metavar="YYYY", help="年度报表的年度。", show_default=False)
]
Formats = Annotated[
    str,
    typer.Option(
        "--formats",
        metavar="LIST",
        help="文件格式，用逗号分开：html、docx、xlsx、json、ics，各报表不尽相同；默认全部。",
        show_default=False,
    ),
]


def day_of(text: str) -> date:
    """The as-of day as typed, today where it was not."""
    return _day(text, "基准日") if text else clock.today()


def until_of(text: str) -> date | None:
    """The last day of an acceptance as typed, None where it was not."""
    return _day(text, "--until") if text else None


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        raise Misused(f"{name} {text} 不存在，请核对月份和日子。") from None
    if day is None:
        raise Misused(f"{name} {text} 看不懂，应写成 YYYY-MM-DD，如 2026-03-20。")
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Misused(f"{name} {text} 应在 {_FIRST_YEAR} 年到 {_LAST_YEAR} 年之间。")
    return day


def span_of(month: str, quarter: str, year: str) -> Period | None:
    """The one period that was typed, None where none was."""
    typed = [text for text in (month, quarter, year) if text]
    if not typed:
        return None
    if len(typed) > 1:
        raise Misused("--month、--quarter、--year 只能用一个。")
    if month:
        return _period(PeriodKind.MONTH, month, _MONTH, "月份", "YYYY-MM，如 2026-03")
    if quarter:
        return _period(PeriodKind.QUARTER, quarter, _QUARTER, "季度", "YYYY-Qn，如 2026-Q1")
    return _period(PeriodKind.YEAR, year, _YEAR, "年度", "YYYY，如 2026")


def _period(kind: PeriodKind, text: str, shape: re.Pattern[str], name: str, written: str) -> Period:
    held = shape.fullmatch(text.upper())
    if held is None or not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        raise Misused(f"{name} {text} 看不懂，应写成 {written}。")
    number = int(held[1]) if held.lastindex else 1
    month = (number - 1) * 3 + 1 if kind is PeriodKind.QUARTER else number
    return Period.holding(kind, date(int(text[:4]), month, 1))


def width_of(jobs: int) -> int:
    """The number of sites inspected at a time."""
    if not 1 <= jobs <= 256:
        raise Misused(f"--jobs 应是 1 到 256 之间的整数，不能是 {jobs}。")
    return jobs


def pages_of(count: int) -> int:
    """The number of requests a survey may make."""
    if not 10 <= count <= 100_000:
        raise Misused(f"--max-pages 应是 10 到 100000 之间的整数，不能是 {count}。")
    return count


def delay_of(seconds: float) -> float:
    """The seconds between two requests to one host."""
    if not 0 <= seconds <= 3600:
        raise Misused(f"--delay 应是 0 到 3600 之间的秒数，不能是 {seconds:g}。")
    return seconds


def paper_and_sites(first: str, second: Path | None) -> tuple[str, Path]:
    """The paper may be left out, and then the first word is the sites."""
    from reports import load

    if second is not None:
        return first, second
    if not first or (first in {*load(), "all"} and not Path(first).exists()):
        raise Misused("缺少参数 SITES：请写出站点文件夹。用法见 xuncha report --help。")
    return "nightly", Path(first)
