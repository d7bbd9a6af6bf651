"""`xuncha close`, `notify`, `templates`: what is done with papers beside making them."""

from __future__ import annotations

from typing import Annotated

import typer

from console.errors import Misused
from console.options import (
    DEFAULT_LEDGER,
    AsOf,
    LedgerUrl,
    Month,
    Quarter,
    Sites,
    Year,
    day_of,
    span_of,
)
from console.usage import OPTIONS_WORD, ChineseCommand
from console.wording_commands import leave


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the commands into the program, under this heading of its help."""
    for command in (close, notify, templates):
        app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=panel)(
            command
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
