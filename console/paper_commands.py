"""`xuncha report`, `templates`, `close` and `notify`: the papers, and what is done with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.errors import Misused
from console.options import (
    DEFAULT_LEDGER,
    DEFAULT_OUT,
    AsOf,
    Formats,
    LedgerUrl,
    Month,
    Out,
    Quarter,
    Sites,
    Year,
    day_of,
    paper_and_sites,
    span_of,
)
from console.usage import OPTIONS_WORD, ChineseCommand
from console.wording_commands import leave


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the commands into the program, under this heading of its help."""
    for command in (report, templates, close, notify):
        app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=panel)(
            command
        )


def report(
    paper: Annotated[
        str,
        typer.Argument(
            metavar="[PAPER]",
            help="报表的名字，默认 nightly 日报；all 全部；都不写时列出有哪些。",
            show_default=False,
        ),
    ] = "",
    sites: Annotated[
        Path | None,
        typer.Argument(
            metavar="SITES",
            help="站点文件夹，或存放多个站点文件夹的文件夹。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    month: Month = "",
    quarter: Quarter = "",
    year: Year = "",
    formats: Formats = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    out: Out = DEFAULT_OUT,
) -> None:
    """只按台账出报表；不访问网站，过去的月份也可以。"""
    from console import judged_commands

    if not paper and sites is None:
        leave(judged_commands.list_papers())
        return
    name, folder = paper_and_sites(paper, sites)
    day, span = day_of(as_of), span_of(month, quarter, year)
    words = [
        word for word in formats.replace("，", ",").replace(" ", "").lower().split(",") if word
    ]
    if name == "all":
        # All papers of a period are those of its last day.
        last = min(day, span.end) if span else day
        leave(judged_commands.report_all(folder, ledger, last, out, words))
        return
    leave(
        judged_commands.report(
            name,
            folder,
            ledger,
            day,
            out,
            asked=bool(as_of),
            span=span,
            formats=words,
        )
    )


def close(
    sites: Sites,
    month: Month = "",
    quarter: Quarter = "",
    year: Year = "",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="封账人，默认当前用户。", show_default=False)
    ] = "",
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="已封账的要更正时，写明原因，另出新版。",
            show_default=False,
        ),
    ] = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """封账：把已结束的月份、季度或年度的报表按现状定稿，以后规则变了也不会变。"""
    from console import closing

    span = span_of(month, quarter, year)
    if span is None:
        raise Misused("请用 --month、--quarter 或 --year 指明封哪一期。")
    leave(closing.close(sites, ledger, span, day_of(as_of), by, reason))


def notify(
    sites: Sites,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="只显示要发的内容，不发送，也不记录。")
    ] = False,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """通知：把上次通知以后的变化按责任单位发到企业微信、钉钉、飞书或邮件，每个渠道每天一次。"""
    from console import notifying

    leave(notifying.notify(sites, ledger, day_of(as_of), dry=dry))


def templates(
    sites: Sites,
    paper: Annotated[
        str,
        typer.Option(
            "--paper", metavar="PAPER", help="只取这一张报表的模板，默认全部。", show_default=False
        ),
    ] = "",
) -> None:
    """把自带的 Word 模板复制到站点文件夹，供在 Word 中改字体和版式；已有的不覆盖。"""
    from console import templating

    leave(templating.templates(sites, paper))
