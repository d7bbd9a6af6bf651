"""The commands about wording: a person's word on a finding, and text before publication."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.errors import Exit
from console.options import (
    DEFAULT_LEDGER,
    AsOf,
    Draft,
    FailOn,
    FormatOption,
    LedgerUrl,
    Sites,
    TierOption,
    day_of,
    review_word_of,
)
from console.output import Format
from console.usage import OPTIONS_WORD, ChineseCommand


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the commands into the program, under this heading of its help."""
    for command in (review, text):
        app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=panel)(
            command
        )


def review(
    word: Annotated[
        str,
        typer.Argument(
            metavar="confirm|dismiss",
            help="confirm 属实，dismiss 误报；同一问题以最后一次为准，以前的都保留。",
            show_default=False,
        ),
    ],
    sites: Sites,
    fingerprints: Annotated[
        list[str],
        typer.Argument(
            metavar="FINGERPRINT...",
            help="问题的编号，一个或多个，写前几位也可以。",
            show_default=False,
        ),
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="复核人，默认当前用户。", show_default=False)
    ] = "",
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="理由。", show_default=False)
    ] = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """记下人对问题的复核：属实或误报；文字问题的答复会让以后的检查更准。"""
    from console import reviewing

    leave(
        reviewing.review(review_word_of(word), fingerprints, sites, ledger, day_of(as_of), by, note)
    )


def text(
    target: Draft,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="DIR",
            help="按这个站点的用语和领导名录来判断。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            metavar="OUT.docx",
            help="把疑点作为批注写进 DOCX 稿件的副本。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    tier: TierOption = None,
    as_of: AsOf = "",
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """发布前检查文字：错别字、表述、个人信息（三审三校）；- 表示每行一段文字。"""
    from console import proofreading

    day = day_of(as_of)
    leave(
        proofreading.check(
            target,
            day,
            form,
            told=bool(as_of),
            policy=proofreading.policy_of(site),
            tier=tier,
            fail_on=fail_on,
            annotated=annotate,
        )
    )


def leave(code: Exit) -> None:
    """End the program with this code."""
    if code is not Exit.FINE:
        raise typer.Exit(int(code))
