"""The command about vendors' notices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.options import DEFAULT_LEDGER, AsOf, LedgerUrl, Sites, day_of
from console.usage import OPTIONS_WORD, ChineseCommand
from console.wording_commands import leave


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the command into the program, under this heading of its help."""
    app.command("import", cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=panel)(
        import_
    )


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="监测单位的月报或错别字通报：.xlsx 或 .docx。",
            show_default=False,
            readable=False,
        ),
    ],
    sites: Sites,
    day: Annotated[
        str,
        typer.Option(
            "--day",
            metavar="YYYY-MM-DD",
            help="通报的日期，默认取文件名或标题中的日期，没有则为基准日。",
            show_default=False,
        ),
    ] = "",
    vendor: Annotated[
        str,
        typer.Option("--vendor", metavar="NAME", help="监测单位的名称。", show_default=False),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接写入台账。")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看读懂了什么，不写入台账。")
    ] = False,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """导入监测单位的通报：先列出读懂了什么，确认后写入台账，与本工具发现的问题合并。"""
    from console import importing

    told = day_of(day) if day else None
    asked = importing.Asked(told, day_of(as_of), " ".join(vendor.split())[:60], yes, dry_run)
    leave(importing.import_notice(file, sites, ledger, asked))
